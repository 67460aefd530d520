//! Every screen through its accessibility tree, on a line whose other end is the test. No display and no GPU is needed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::large_futures,
    reason = "a test that cannot go on says so"
)]

mod approval;
mod choices;
mod desk;
mod diagnostics;
mod environments;
mod everywhere;
mod experts;
mod gallery;
mod learning;
mod logs;
mod pause;
mod policy;
mod samples;
mod scenes;
mod servers;
mod sessions;
mod updates;
mod working;

use desk::Desk;
use egui_kittest::kittest::Queryable;
use samples::{ended, finding, listed, report, running};
use singularis::{
    protocol::{
        Cause, Certificate, Check, Command, Connection, Depth, Event, Fix, LoadingView, Phase, Problem, Remedy,
        Snapshot, Until, Verdict, Wellness,
    },
    settings::{CloudMode, Provider, Settings},
};

fn refused() -> Problem {
    Problem {
        cause: Some(Cause::ServerNotRunning),
        summary: "Nothing answers at 127.0.0.1:1234".into(),
        details: vec!["GET http://127.0.0.1:1234".into()],
        remedies: vec![Remedy::Action(Fix::CheckAgain), Remedy::advice("Start LM Studio")],
    }
}

#[test]
fn the_first_look_starts_a_check_by_itself() {
    let mut desk = Desk::open();
    desk.tell(Event::SettingsLoaded { settings: Box::default(), warnings: vec!["The section [agent] is bad".into()] });
    assert_eq!(desk.sent(), [Command::CheckHealth { depth: Depth::Full }]);
    desk.harness.get_by_label("The section [agent] is bad");
    insta::assert_snapshot!("setup_before_the_first_check", desk.outline());
}

#[test]
fn a_dead_server_is_one_red_line_with_buttons() {
    let mut desk = Desk::ready();
    desk.tell(Event::CheckStarted);
    desk.tell(finding(Check::Address, Verdict::Passed, None));
    desk.tell(finding(Check::Port, Verdict::Failed, Some(refused())));
    desk.tell(finding(Check::Identity, Verdict::Skipped, None));
    desk.tell(report(Wellness::Unhealthy, Some(refused())));
    insta::assert_snapshot!("setup_with_a_dead_server", desk.outline());
    assert!(!desk.is_enabled("Start"), "nothing can be started on a dead server");
    desk.press("Try the demo");
    assert_eq!(desk.sent(), [Command::Fix { fix: Fix::TryDemo }]);
}

#[test]
fn rules_alone_can_start_without_a_server_and_models_cannot() {
    let mut desk = Desk::ready();
    desk.tell(report(Wellness::Unhealthy, Some(refused())));
    desk.press("Run");
    assert!(!desk.is_enabled("Start"));
    desk.harness.get_by_label_contains("Not ready: Nothing answers at 127.0.0.1:1234");
    desk.press("Rules only");
    assert!(desk.is_enabled("Start"));
}

#[test]
fn a_healthy_server_leads_to_the_run_screen_and_start() {
    let mut desk = Desk::ready();
    desk.tell(finding(Check::Port, Verdict::Passed, None));
    desk.tell(report(Wellness::Healthy, None));
    insta::assert_snapshot!("setup_with_a_healthy_server", desk.outline());
    desk.press("Open the run screen");
    insta::assert_snapshot!("run_before_a_session", desk.outline());
    desk.press("Start");
    assert_eq!(desk.sent(), [Command::Start { until: Until::default() }]);
}

#[test]
fn experts_are_seen_while_they_speak_and_stop_is_at_hand_on_every_screen() {
    let mut desk = Desk::ready();
    desk.tell(report(Wellness::Healthy, None));
    desk.press("Run");
    desk.show(running());
    insta::assert_snapshot!("run_with_a_session", desk.outline());
    desk.harness.get_by_label_contains("Expert threat, answering: The wolf");
    desk.harness.get_by_label_contains("Map: the agent is at Town");
    desk.press("Setup");
    desk.press("Stop");
    assert_eq!(desk.sent(), [Command::Stop]);
    desk.show(Snapshot { phase: Phase::Stopping { waiting_for: vec!["the reasoning loop".into()] }, ..running() });
    desk.harness.get_by_label("Stopping: waiting for the reasoning loop");
}

#[test]
fn the_certificate_names_what_ended_and_what_did_not() {
    let mut desk = Desk::ready();
    desk.press("Run");
    desk.show(running());
    desk.show(Snapshot::default());
    desk.tell(ended());
    insta::assert_snapshot!("run_after_a_session", desk.outline());
    desk.harness.get_by_label("Not everything ended as it should");
    desk.harness.get_by_label_contains("loop reasoning");
    desk.harness.get_by_label("Sent to api.anthropic.com by expert.1: 4.2\u{a0}kB in 3 requests");
    desk.harness.get_by_label("Spent: at least $0.12; 3 calls of unknown price");
    desk.harness.get_by_label("navigation changed nothing in 12 decisions");
    let cost = "Its decisions: 6.3 points in all, over 3 judged decisions, 1 of them as far as it was searched; best play \
                from here still reaches 92";
    desk.harness.get_by_label(cost);
    desk.harness.get_by_label("A turn takes 10\u{a0}s, 3 of 12 decisions came too late, 5 turns were lost");
    desk.press("Prepare the next session");
    desk.harness.get_by_label("Next session");
}

#[test]
fn a_refusal_stays_until_it_is_closed() {
    let mut desk = Desk::ready();
    desk.tell(Event::Refused(Box::new(refused())));
    desk.harness.get_by_label("Nothing answers at 127.0.0.1:1234");
    desk.press("Close this message");
    assert!(desk.harness.query_by_label("Nothing answers at 127.0.0.1:1234").is_none());
}

#[test]
fn cloud_only_is_saved_and_checked() {
    let mut desk = Desk::ready();
    desk.press("Cloud only");
    let settings = Box::new(Settings { cloud: CloudMode::CloudOnly, ..Settings::default() });
    let expected = [Command::SaveSettings { settings }, Command::CheckHealth { depth: Depth::Full }];
    assert_eq!(desk.sent(), expected);
}

#[test]
fn an_address_that_is_typed_is_saved_and_checked() {
    let mut desk = Desk::ready();
    desk.type_into("Server address", "10.0.0.5:1234");
    desk.press("Use it");
    let sent = desk.sent();
    let [Command::SaveSettings { settings }, Command::CheckHealth { .. }] = sent.as_slice() else {
        panic!("the address was not used: {sent:?}");
    };
    assert_eq!(settings.endpoints[0].url, "10.0.0.5:1234");
}

#[test]
fn the_worker_is_told_once_when_nobody_looks_any_more() {
    let mut desk = Desk::ready();
    let in_front = |is_in_front| Command::InFront { is_in_front };
    assert!(desk.sent().is_empty(), "a window that does not know is looked at");
    desk.look(Some(false), None);
    assert_eq!(desk.sent(), [in_front(false)]);
    desk.look(Some(true), None);
    assert_eq!(desk.sent(), [in_front(true)]);
    desk.look(Some(true), Some(true));
    assert_eq!(desk.sent(), [in_front(false)], "one that is only an icon has the focus of nobody");
}

#[test]
fn closing_waits_for_the_worker_and_names_what_still_runs() {
    let mut desk = Desk::ready();
    desk.show(running());
    desk.close_window();
    assert_eq!(desk.sent(), [Command::Shutdown]);
    desk.show(Snapshot { phase: Phase::Stopping { waiting_for: vec!["the action loop".into()] }, ..running() });
    desk.harness.get_by_label("the action loop");
    insta::assert_snapshot!("closing", desk.outline());
    assert!(!desk.has_left());
    desk.tell(Event::ShutDown(Box::new(Certificate { clean: true, ..Certificate::default() })));
    assert!(desk.has_left(), "once everything has ended the window goes");
}

#[test]
fn a_worker_that_is_gone_does_not_hold_the_window() {
    let mut desk = Desk::ready();
    desk.kill_worker();
    desk.close_window();
    assert!(!desk.has_left_open());
}

#[test]
fn every_model_is_listed_with_its_copies_and_can_be_loaded_unloaded_and_given_a_part() {
    let mut desk = Desk::ready();
    desk.press("Models");
    desk.harness.get_by_label_contains("Once a server answers");
    desk.tell(report(Wellness::Healthy, None));
    desk.tell(listed());
    insta::assert_snapshot!("models", desk.outline());
    assert_eq!(desk.nameless(), Vec::<String>::new());
    desk.press("Load gemma-3");
    desk.press("Unload qwen/qwen3-8b:2");
    desk.press("Refresh");
    let endpoint = "lm_studio".to_owned();
    let unload = Fix::UnloadModel { instance: "qwen/qwen3-8b:2".into(), endpoint };
    let load = Fix::load("google/gemma-3").at("lm_studio");
    assert_eq!(desk.sent(), [Command::Fix { fix: load }, Command::Fix { fix: unload }, Command::RefreshModels]);
}

#[test]
fn a_load_shows_its_time_and_can_be_given_up() {
    let mut desk = Desk::ready();
    desk.press("Models");
    desk.tell(listed());
    let loading = LoadingView {
        model: "google/gemma-3".into(),
        elapsed_ms: 4500,
        last_took_ms: Some(9000),
        stall: Some("The server has stopped answering while it loads".into()),
        ..LoadingView::default()
    };
    desk.show(Snapshot { loading: Some(loading), ..Snapshot::default() });
    desk.harness.get_by_label_contains("Loading google/gemma-3: 4\u{a0}s, it took 9\u{a0}s last time");
    desk.harness.get_by_label("The server has stopped answering while it loads");
    assert!(!desk.is_enabled("Load gemma-3"), "one load at a time");
    desk.press("Cancel loading");
    assert_eq!(desk.sent(), [Command::CancelLoad]);
}

#[test]
fn trouble_between_two_checks_turns_the_light_and_says_so() {
    let mut desk = Desk::ready();
    desk.tell(report(Wellness::Healthy, None));
    let connection = Connection {
        trouble: Some("Nothing answers at 127.0.0.1:1234".into()),
        last_good_ms: Some(180_000),
        ..Connection::default()
    };
    desk.show(Snapshot { connection, ..Snapshot::default() });
    desk.harness.get_by_label("Trouble: Nothing answers at 127.0.0.1:1234");
    desk.harness.get_by_label("Last good answer 3\u{a0}min ago");
}

#[test]
fn the_button_for_a_token_leads_to_the_field_and_the_report_can_be_copied() {
    let mut desk = Desk::ready();
    let remedies = vec![Remedy::Action(Fix::EnterToken)];
    let refused = Problem { cause: Some(Cause::AuthRequiredOrInvalid), remedies, ..refused() };
    desk.tell(finding(Check::Token, Verdict::Failed, Some(refused.clone())));
    desk.tell(report(Wellness::Unhealthy, Some(refused)));
    desk.press("Paste a token…");
    desk.harness.run_steps(3);
    assert!(desk.harness.get_all_by_label("LM Studio token").any(|node| node.is_focused()), "one can type at once");
    desk.press("Copy the report");
    assert_eq!(desk.sent(), [Command::Fix { fix: Fix::CopyReport }]);
    desk.tell(Event::CopyText { text: "the report".into() });
    desk.harness.get_by_label("It is in the clipboard");
}

#[test]
fn every_control_has_a_name() {
    let mut desk = Desk::ready();
    desk.tell(report(Wellness::Healthy, None));
    assert_eq!(desk.nameless(), Vec::<String>::new());
    desk.press("Run");
    assert_eq!(desk.nameless(), Vec::<String>::new());
    desk.show(running());
    assert_eq!(desk.nameless(), Vec::<String>::new());
}

#[test]
fn everything_can_be_reached_and_pressed_with_the_keyboard() {
    let mut desk = Desk::ready();
    desk.tell(report(Wellness::Healthy, None));
    desk.tab_to("Open the run screen");
    desk.key(egui::Key::Enter);
    desk.tab_to("Start");
    desk.key(egui::Key::Space);
    assert_eq!(desk.sent(), [Command::Start { until: Until::default() }]);
}

#[test]
fn a_token_can_be_typed_once_it_is_wanted_and_is_sent_hidden() {
    let mut desk = Desk::ready();
    assert!(desk.harness.query_by_label("Use token").is_none());
    let refused = Problem { cause: Some(Cause::AuthRequiredOrInvalid), ..refused() };
    desk.tell(report(Wellness::Unhealthy, Some(refused)));
    desk.type_into("LM Studio token", "sk-lm-abcdefgh:01234567890123456789");
    assert!(!desk.outline().contains("abcdefgh"), "what is typed is not shown");
    desk.press("Use token");
    let sent = desk.sent();
    let [Command::StoreKey { provider: Provider::Local, key: token }] = sent.as_slice() else {
        panic!("no token was sent: {sent:?}")
    };
    assert_eq!(token.reveal(), "sk-lm-abcdefgh:01234567890123456789");
    assert!(!format!("{sent:?}").contains("abcdefgh"), "{sent:?}");
}
