//! Looking for newer versions, as the settings show it.

use egui::{OutputCommand, accesskit::Role};
use egui_kittest::kittest::Queryable;
use singularis::{
    protocol::{Command, Event, NewestRelease, Problem},
    settings::{CloudMode, Settings, UpdateSettings},
    ui::state::Screen,
};

use crate::desk::Desk;

const OWN: &str = env!("CARGO_PKG_VERSION");
const PAGE: &str = "https://example.org/singularis/9.8.7";

/// The settings screen of somebody who has switched it on.
fn looking(cloud: CloudMode, address: &str) -> Desk {
    let updates = UpdateSettings { check: true, address: address.into() };
    let mut desk = Desk::high_with(Settings { cloud, updates, ..Settings::default() });
    desk.open_screen(Screen::Settings);
    desk
}

fn allowed() -> Desk {
    looking(CloudMode::LocalFirst, "https://example.org/newest.json")
}

fn shows(desk: &Desk, text: &str) -> bool {
    desk.harness.query_all_by_label_contains(text).next().is_some()
}

fn newer(page: Option<&str>) -> Event {
    Event::NewestRelease(Box::new(NewestRelease::Newer { version: "9.8.7".into(), page: page.map(str::to_owned) }))
}

/// What the window asks of the system when this button is pressed, also where it would have to be scrolled to.
fn wanted(desk: &mut Desk, name: &str) -> Vec<OutputCommand> {
    desk.harness.get_by_role_and_label(Role::Button, name).click_accesskit();
    let mut wanted = Vec::new();
    for _ in 0..6 {
        desk.harness.step();
        wanted.extend(desk.harness.output().platform_output.commands.iter().cloned());
    }
    wanted
}

#[test]
fn it_is_off_and_says_nothing_until_it_is_switched_on() {
    let mut desk = Desk::high();
    desk.open_screen(Screen::Settings);
    desk.tell(newer(Some(PAGE)));
    assert!(!shows(&desk, "9.8.7") && !shows(&desk, "Not asked"));
    desk.harness.get_by_role_and_label(Role::CheckBox, "Look for newer versions").click_accesskit();
    desk.harness.run_steps(3);
    let sent = desk.sent();
    let saved = sent.iter().find_map(|command| match command {
        Command::SaveSettings { settings } => Some(settings.updates.check),
        _ => None,
    });
    assert_eq!(saved, Some(true), "{sent:?}");
}

#[test]
fn while_nothing_may_leave_it_says_why_nobody_is_asked() {
    let local = looking(CloudMode::LocalOnly, "https://example.org/newest.json");
    assert!(shows(&local, "Not asked while only local is allowed"));
    assert!(shows(&allowed(), "Not asked yet"));
}

#[test]
fn without_an_address_it_asks_for_one() {
    if UpdateSettings::default().place().is_some() {
        return assert!(shows(&looking(CloudMode::LocalFirst, ""), "Not asked yet"));
    }
    let mut desk = looking(CloudMode::LocalFirst, "");
    assert!(shows(&desk, "Nobody is asked: this program came without an address"));
    desk.type_into("Asked at", "http://example.org/newest.json");
    assert!(shows(&desk, "It takes an address that begins with https://"));
    assert!(desk.sent().is_empty(), "what cannot be asked is not used");
}

#[test]
fn a_newer_version_is_a_quiet_line_with_its_page() {
    let mut desk = allowed();
    desk.tell(newer(Some(PAGE)));
    assert!(shows(&desk, &format!("Version 9.8.7 is out; this is {OWN}")));
    let opened = wanted(&mut desk, "Open its page");
    let is_opened = |command: &OutputCommand| matches!(command, OutputCommand::OpenUrl(open) if open.url == PAGE);
    assert_eq!(opened.iter().filter(|command| is_opened(command)).count(), 1, "{opened:?}");
    let copied = wanted(&mut desk, "Copy its address");
    let is_copied = |command: &OutputCommand| matches!(command, OutputCommand::CopyText(text) if text == PAGE);
    assert_eq!(copied.iter().filter(|command| is_copied(command)).count(), 1, "{copied:?}");
    assert_eq!(desk.nameless(), Vec::<String>::new());
}

#[test]
fn a_page_that_is_no_page_cannot_be_opened() {
    for page in [None, Some("http://example.org/"), Some("javascript:alert(1)"), Some("file:///etc/passwd")] {
        let mut desk = allowed();
        desk.tell(newer(page));
        assert!(shows(&desk, "Version 9.8.7 is out") && !shows(&desk, "Open its page"), "{page:?}");
        assert!(!shows(&desk, "Copy its address"), "{page:?}");
    }
}

#[test]
fn as_new_as_any_other_or_not_known_is_said_in_words() {
    let mut desk = allowed();
    desk.tell(Event::NewestRelease(Box::new(NewestRelease::NoneNewer)));
    assert!(shows(&desk, &format!("No newer version is out; this is {OWN}")));
    let problem = Problem::plain("It could not be learnt", vec!["Status: 404".into()], "Look at the address");
    desk.tell(Event::NewestRelease(Box::new(NewestRelease::Unknown(Box::new(problem)))));
    assert!(shows(&desk, "It could not be learnt") && shows(&desk, "Status: 404"));
}
