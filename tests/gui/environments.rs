//! Choosing where a session acts: the built-in world, the desktop, or a tool server.

use egui_kittest::kittest::Queryable;
use singularis::{
    protocol::{
        CalibrationPoint, CalibrationReport, Command, DesktopReport, Event, Problem, ScreenSource, Until, Wellness,
    },
    settings::{AskFrom, Settings},
};

use crate::{
    desk::Desk,
    samples,
    servers::{report, shop, with},
};

fn choosing(settings: Settings) -> Desk {
    let mut desk = Desk::high_with(settings);
    desk.tell(samples::report(Wellness::Healthy, None));
    desk.press("Run");
    desk.sent();
    desk
}

fn on(environment: &str) -> Settings {
    let mut settings = with(vec![shop()]);
    settings.agent.environment = environment.into();
    settings.agent.goal = "buy bread".into();
    settings
}

fn saved(desk: &mut Desk) -> Settings {
    let sent = desk.sent();
    let Some(Command::SaveSettings { settings }) = sent.first() else { panic!("nothing was saved: {sent:?}") };
    (**settings).clone()
}

pub fn seen() -> DesktopReport {
    let source = |source: &str, title: &str| ScreenSource {
        source: source.into(),
        title: title.into(),
        width: 1280,
        height: 800,
        ..ScreenSource::default()
    };
    DesktopReport {
        system: "X11, display :7".into(),
        sources: vec![source("screen", "The whole screen"), source("window:Doom", "Doom")],
        profiles: vec![("shooter".into(), "walks and shoots".into())],
        ..DesktopReport::default()
    }
}

#[test]
fn only_the_world_has_a_seed_and_every_environment_has_goals_to_pick() {
    let mut desk = choosing(with(vec![shop()]));
    desk.harness.get_by_label("Seed");
    desk.press("Environment");
    desk.press("Tools of shop");
    let settings = saved(&mut desk);
    assert_eq!((settings.agent.environment.as_str(), settings.agent.goal.as_str()), ("tools:shop", ""));
    assert!(desk.harness.query_by_label("Seed").is_none());
    desk.harness.get_by_label("Not ready: The agent has not been told what to do");
    desk.type_into("Reached when", "/sc");
    desk.harness.get_by_label("A fact, a comparison and a value, such as /score >= 10");
    assert!(!desk.is_enabled("Start"));
    desk.type_into("Goal", "buy bread");
    desk.harness.get_by_label("Press Start: the agent works with the tools of shop");
    desk.press("Environment");
    desk.press("Built-in world");
    assert_eq!(saved(&mut desk).agent.goal, "buy bread", "leaving the field has saved it");
    desk.harness.get_by_label("Press Start: the agent sets out in the built-in world");
    desk.harness.get_by_label("Seed");
    desk.press("Environment");
    desk.press("Tools of shop");
    desk.sent();
    desk.press("Pick a goal");
    desk.press("Look around");
    let goal = saved(&mut desk).agent.goal;
    assert!(goal.ends_with("change nothing"), "{goal}");
    assert_eq!(desk.nameless(), Vec::<String>::new());
}

#[test]
fn the_list_of_environments_leads_to_where_servers_are_added() {
    let mut desk = choosing(Settings::default());
    desk.press("Environment");
    desk.press("Add a server…");
    desk.harness.get_by_label("No tool server yet");
    assert_eq!(desk.sent(), Vec::<Command>::new());
}

#[test]
fn a_tool_server_is_tested_and_made_cautious_where_it_is_chosen() {
    let mut desk = choosing(on("tools:shop"));
    desk.harness.get_by_label("Not tested yet");
    desk.press("Test");
    assert_eq!(desk.sent(), [Command::TestServer { server: Box::new(shop()) }]);
    desk.tell(Event::ServerTested(Box::new(report())));
    desk.harness.get_by_label("3 tools, answered in 0.4\u{a0}s");
    desk.press("Ask before");
    desk.press("nothing: the agent acts on its own");
    let settings = saved(&mut desk);
    assert_eq!(settings.servers[0].extras.ask_from, AskFrom::Nothing);
    assert_eq!(settings.agent.ask_from, AskFrom::default(), "the word for other environments stays");
    desk.press("Start");
    assert_eq!(desk.sent(), [Command::Start { until: Until::default() }]);
}

#[test]
fn a_server_that_is_gone_or_off_keeps_the_session_from_starting() {
    let mut desk = choosing(Settings { servers: Vec::new(), ..on("tools:shop") });
    desk.harness.get_by_label("Not ready: The tool server that was chosen is not there any more");
    assert!(!desk.is_enabled("Start"));
    desk.press("Open the servers");
    desk.harness.get_by_label("No tool server yet");
}

#[test]
fn the_desktop_is_looked_at_once_and_dry_unless_somebody_says_otherwise() {
    let mut desk = Desk::high_with(on("desktop"));
    desk.tell(samples::report(Wellness::Healthy, None));
    desk.press("Run");
    assert_eq!(desk.sent(), [Command::LookAtDesktop]);
    desk.tell(Event::DesktopSeen(Box::new(seen())));
    desk.harness.get_by_label("X11, display :7");
    desk.harness.get_by_label("Press Start: the agent looks at the screen and shows what it would do");
    desk.harness.get_by_label("Nothing is sent: what the agent would do is only shown");
    assert!(desk.harness.query_by_label("Calibrate now").is_none());
    desk.press("Looks at");
    desk.press("Doom, 1280 x 800");
    assert_eq!(saved(&mut desk).desktop.source, "window:Doom");
    desk.press("Key profile");
    desk.press("shooter: walks and shoots");
    assert_eq!(saved(&mut desk).desktop.profile, "shooter");
    desk.press("Look again");
    assert_eq!(desk.sent(), [Command::LookAtDesktop]);
    assert_eq!(desk.nameless(), Vec::<String>::new());
}

#[test]
fn live_control_is_explained_and_calibrated() {
    let mut desk = choosing(on("desktop"));
    desk.tell(Event::DesktopSeen(Box::new(seen())));
    desk.press("Live");
    assert!(saved(&mut desk).desktop.live);
    desk.harness
        .get_by_label_contains("Keys and mouse are really used after a calibration and a count-down of 3\u{a0}s");
    desk.press("Calibrate now");
    assert_eq!(desk.sent(), [Command::Calibrate]);
    assert!(!desk.is_enabled("Calibrate now"));
    let hit = CalibrationPoint { target: (9, 9), seen: Some((9, 9)), clicked: Some((9, 9)) };
    desk.tell(Event::Calibrated(Box::new(CalibrationReport { points: vec![hit; 5], ..CalibrationReport::default() })));
    desk.harness.get_by_label("5 of 5 targets hit, 0.0\u{a0}px off");
    desk.press("Dry run");
    assert!(!saved(&mut desk).desktop.live);
    assert_eq!(desk.nameless(), Vec::<String>::new());
}

#[test]
fn a_desktop_that_cannot_be_used_says_why() {
    let mut desk = choosing(on("desktop"));
    let problem = Problem::plain("There is no X server here", vec![], "Start the program inside of a desktop session");
    desk.tell(Event::DesktopSeen(Box::new(DesktopReport { problem: Some(problem), ..DesktopReport::default() })));
    desk.harness.get_by_label("Not ready: There is no X server here");
    desk.harness.get_by_label("Start the program inside of a desktop session");
    assert!(!desk.is_enabled("Start"));
}
