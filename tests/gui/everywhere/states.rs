//! The states that screens can be in, and how each is reached.

use egui::Key;
use egui_kittest::kittest::NodeT;
use singularis::{
    protocol::{
        Check, EnvironmentView, Event, LoadingView, Moment, PauseReason, Phase, Problem, ReplayView, Snapshot, Verdict,
        Wellness,
    },
    settings::{Language, Settings},
    ui::{catalogue::text, state::Screen, words::kept},
};
use tracing::Level;

use crate::{desk::Desk, diagnostics, environments, logs, refused, samples, scenes, servers, sessions::past, working};

/// One of them.
pub struct State {
    pub name: &'static str,
    pub reach: Reach,
}

/// How a window comes into a state.
type Reach = fn(&mut Desk, &Settings);

/// All of them, from the first look to the last.
pub fn all() -> Vec<State> {
    let states: [(&'static str, Reach); 39] = [
        ("setup_unchecked", |_, _| {}),
        ("setup_dead", |desk, _| dead(desk)),
        ("setup_healthy", |desk, _| healthy(desk)),
        ("setup_read_only", |desk, _| desk.tell(Event::ReadOnly { why: "another copy is open".into() })),
        ("setup_refused", |desk, _| desk.tell(Event::Refused(Box::new(refused())))),
        ("run_world", |desk, settings| choosing(desk, settings, "world")),
        ("run_tools", |desk, settings| choosing(desk, settings, "tools:shop")),
        ("run_desktop", |desk, settings| choosing(desk, settings, "desktop")),
        ("run_with_world", |desk, _| running(desk, scenes::judged())),
        ("run_with_tools", |desk, _| running(desk, in_tools())),
        ("run_with_desktop", |desk, _| running(desk, on_desktop())),
        ("run_asking_many", |desk, _| running(desk, samples::asking())),
        ("run_starting", |desk, _| running(desk, Snapshot { phase: Phase::Starting, ..Snapshot::default() })),
        ("run_paused", |desk, _| running(desk, paused())),
        ("run_waiting", |desk, _| running(desk, scenes::waiting(3))),
        ("run_stopping", |desk, _| running(desk, stopping())),
        ("run_after_world", |desk, _| over(desk, scenes::judged())),
        ("run_after_tools", |desk, _| over(desk, in_tools())),
        ("run_after_desktop", |desk, _| over(desk, on_desktop())),
        ("run_choosing_again", choosing_again),
        ("run_replay", |desk, _| running(desk, replayed())),
        ("experts_empty", |desk, _| desk.open_screen(Screen::Experts)),
        ("experts", |desk, _| with(desk, Screen::Experts, samples::asking())),
        ("learning_empty", |desk, _| desk.open_screen(Screen::Learning)),
        ("learning", |desk, _| with(desk, Screen::Learning, scenes::judged())),
        ("models_empty", |desk, _| desk.open_screen(Screen::Models)),
        ("models", |desk, _| models(desk)),
        ("models_loading", |desk, _| loading(desk)),
        ("servers_empty", |desk, _| desk.open_screen(Screen::Servers)),
        ("servers", shops),
        ("sessions_empty", |desk, _| sessions(desk, Vec::new())),
        ("sessions", |desk, _| sessions(desk, vec![past::won(), past::stopped()])),
        ("sessions_opened", |desk, _| opened(desk)),
        ("logs_empty", |desk, _| desk.open_screen(Screen::Logs)),
        ("logs", |desk, _| logged(desk)),
        ("settings", |desk, _| desk.open_screen(Screen::Settings)),
        ("palette", |desk, _| desk.ctrl(Key::K)),
        ("messages", |desk, _| messages(desk)),
        ("closing", |desk, _| closing(desk)),
    ];
    states.map(|(name, reach)| State { name, reach }).into()
}

fn dead(desk: &mut Desk) {
    desk.tell(Event::CheckStarted);
    desk.tell(samples::finding(Check::Address, Verdict::Passed, None));
    desk.tell(samples::finding(Check::Port, Verdict::Failed, Some(refused())));
    desk.tell(samples::finding(Check::Identity, Verdict::Skipped, None));
    desk.tell(samples::report(Wellness::Unhealthy, Some(refused())));
}

fn healthy(desk: &mut Desk) {
    desk.tell(samples::finding(Check::Port, Verdict::Passed, None));
    desk.tell(samples::report(Wellness::Healthy, None));
}

/// The choices before a session in one of the environments.
fn choosing(desk: &mut Desk, settings: &Settings, environment: &str) {
    let mut settings = Settings { servers: vec![servers::shop()], ..settings.clone() };
    settings.agent.environment = environment.into();
    settings.agent.goal = "buy bread".into();
    desk.tell(Event::SettingsLoaded { settings: Box::new(settings), warnings: Vec::new() });
    healthy(desk);
    desk.open_screen(Screen::Run);
    desk.tell(Event::DesktopSeen(Box::new(environments::seen())));
}

fn running(desk: &mut Desk, picture: Snapshot) {
    with(desk, Screen::Run, picture);
}

fn with(desk: &mut Desk, screen: Screen, picture: Snapshot) {
    healthy(desk);
    desk.show(picture);
    desk.open_screen(screen);
}

fn in_tools() -> Snapshot {
    Snapshot { environment: EnvironmentView::Tools(Box::new(working::tools())), ..samples::running() }
}

fn on_desktop() -> Snapshot {
    Snapshot { environment: EnvironmentView::Desktop(Box::new(working::desktop())), ..samples::running() }
}

fn paused() -> Snapshot {
    Snapshot { phase: Phase::Paused { why: PauseReason::Person }, ..scenes::judged() }
}

fn stopping() -> Snapshot {
    Snapshot { phase: Phase::Stopping { waiting_for: vec!["the reasoning loop".into()] }, ..samples::running() }
}

fn replayed() -> Snapshot {
    let view = ReplayView { session: "s-1".into(), total_ms: 60_000, speed: 1.0, ..ReplayView::default() };
    Snapshot { phase: Phase::Idle, replay: Some(Box::new(view)), ..samples::running() }
}

/// A session that has run in this picture and has ended.
fn over(desk: &mut Desk, picture: Snapshot) {
    running(desk, picture);
    desk.show(Snapshot::default());
    desk.tell(samples::ended());
    let place = "reports/s-1.html".to_owned();
    desk.tell(Event::ReportWritten { session: "s-1".into(), place });
}

/// The choices for the next session, with the end of the last one in reach.
fn choosing_again(desk: &mut Desk, settings: &Settings) {
    over(desk, scenes::judged());
    desk.press(match settings.window.language {
        Language::German => "Nächste Sitzung planen",
        Language::System | Language::English => "Prepare the next session",
    });
}

fn models(desk: &mut Desk) {
    healthy(desk);
    desk.tell(samples::listed());
    desk.open_screen(Screen::Models);
}

fn loading(desk: &mut Desk) {
    models(desk);
    let loading = LoadingView {
        model: "google/gemma-3".into(),
        elapsed_ms: 4500,
        last_took_ms: Some(9000),
        stall: Some("The server has stopped answering while it loads".into()),
        ..LoadingView::default()
    };
    desk.show(Snapshot { loading: Some(loading), ..Snapshot::default() });
}

fn shops(desk: &mut Desk, settings: &Settings) {
    let settings = Settings { servers: vec![servers::shop()], ..settings.clone() };
    desk.tell(Event::SettingsLoaded { settings: Box::new(settings), warnings: Vec::new() });
    desk.open_screen(Screen::Servers);
    desk.tell(Event::ServerTested(Box::new(servers::report())));
    desk.press("shop");
}

fn sessions(desk: &mut Desk, lines: Vec<singularis::protocol::SessionLine>) {
    desk.open_screen(Screen::Sessions);
    desk.tell(past::listed("", lines));
}

fn opened(desk: &mut Desk) {
    sessions(desk, vec![past::won(), past::stopped()]);
    desk.press(&kept::line(&past::won(), Moment::now()));
    desk.tell(past::opened(past::file(past::won())));
}

fn logged(desk: &mut Desk) {
    desk.open_screen(Screen::Logs);
    desk.log([
        logs::line(Level::DEBUG, "singularis::llm", "asked expert.1"),
        logs::line(Level::WARN, "singularis::llm", "no answer after 30 s"),
        logs::line(Level::ERROR, "hyper", "the answer was cut off"),
    ]);
    desk.tell(Event::BundleReady(Box::new(diagnostics::bundle())));
}

/// Through the palette, whose commands are found by their names.
fn messages(desk: &mut Desk) {
    desk.tell(Event::FileSaved { place: "downloads/report.html".into() });
    desk.tell(Event::Refused(Box::new(Problem::plain("The line is too long", vec![], "Try again"))));
    desk.ctrl(Key::K);
    let order = text("palette-show-messages", &[]);
    let is_field = |node: &egui_kittest::Node<'_>| node.accesskit_node().role() == egui::accesskit::Role::TextInput;
    let has_field = desk.harness.root().children_recursive().any(|node| is_field(&node) && node.is_focused());
    assert!(has_field, "one can type in the palette at once");
    desk.harness.event(egui::Event::Text(order));
    desk.harness.run_steps(3);
    desk.key(Key::Enter);
}

fn closing(desk: &mut Desk) {
    desk.show(samples::running());
    desk.close_window();
    desk.show(stopping());
}
