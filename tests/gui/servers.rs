//! The screen of tool servers: adding, testing, editing and removing them, and taking them over from other programs.

use egui_kittest::kittest::Queryable;
use singularis::{
    protocol::{Command, Event, FoundServers, Problem, Risk, ServerReport, Snapshot, ToolLine},
    settings::{Place, SERVER_PRESETS, ServerSettings, Settings},
};

use crate::{desk::Desk, samples::running};

/// A server of the tests, with something allowed and something in the keychain.
pub fn shop() -> ServerSettings {
    let mut server = ServerSettings::program("shop", "shop-server", &["--port", "a b"]);
    if let Place::Program { variables, .. } = &mut server.place {
        variables.insert("SHOP_TOKEN".into(), "${keychain}".into());
    }
    server.extras.allowed = vec!["buy".into()];
    server
}

pub fn with(servers: Vec<ServerSettings>) -> Settings {
    Settings { servers, ..Settings::default() }
}

fn servers_of(settings: Settings) -> Desk {
    let mut desk = Desk::high_with(settings);
    desk.press("Servers");
    desk
}

/// What a test found of the server of the tests.
pub fn report() -> ServerReport {
    let tool = |name: &str, risk, is_annotated, is_offered| ToolLine {
        name: name.into(),
        description: format!("What {name} does"),
        risk,
        is_annotated,
        is_offered,
    };
    ServerReport {
        name: "shop".into(),
        product: "Corner shop".into(),
        version: "1.2".into(),
        protocol: "2025-11-25".into(),
        capabilities: vec!["resources".into(), "logging".into()],
        tools: vec![
            tool("look", Risk::ReadOnly, true, true),
            tool("buy", Risk::Destructive, false, true),
            tool("burn", Risk::OpenWorld, true, false),
        ],
        skipped: vec!["sell: it has no schema".into()],
        connect_ms: 300,
        list_ms: 100,
        close_ms: 10,
        errors: vec!["listening".into()],
        problem: None,
    }
}

fn saved(desk: &mut Desk) -> Vec<ServerSettings> {
    let sent = desk.sent();
    let Some(Command::SaveSettings { settings }) = sent.first() else { panic!("nothing was saved: {sent:?}") };
    settings.servers.clone()
}

#[test]
fn without_a_server_it_says_what_to_do() {
    let mut desk = servers_of(Settings::default());
    desk.harness.get_by_label("No tool server yet");
    desk.harness.get_by_label_contains("Once it is added and tested");
    assert_eq!(desk.nameless(), Vec::<String>::new());
    let simple = SERVER_PRESETS.iter().find(|preset| preset.needs.is_none()).unwrap();
    desk.press(&format!("Add {}", simple.title));
    assert_eq!(saved(&mut desk), [(simple.server)("")]);
    desk.twice("Not tested yet");
    desk.press("Test");
    assert_eq!(desk.sent(), [Command::TestServer { server: Box::new((simple.server)("")) }]);
}

#[test]
fn a_preset_that_needs_something_waits_for_it() {
    let mut desk = servers_of(Settings::default());
    let needy = SERVER_PRESETS.iter().find(|preset| preset.needs.is_some()).unwrap();
    let add = format!("Add {}", needy.title);
    assert!(!desk.is_enabled(&add));
    desk.type_into(needy.needs.unwrap(), "/tmp/here");
    desk.press(&add);
    assert_eq!(saved(&mut desk), [(needy.server)("/tmp/here")]);
}

#[test]
fn a_healthy_server_shows_what_it_is_and_what_its_tools_can_do() {
    let mut desk = servers_of(with(vec![shop()]));
    desk.twice("shop-server --port 'a b'");
    desk.harness.get_by_label("Variables: SHOP_TOKEN (kept in the keychain)");
    desk.press("Test");
    desk.twice("Being tested");
    assert!(!desk.is_enabled("Test"), "once is enough");
    desk.tell(Event::ServerTested(Box::new(report())));
    desk.twice("3 tools, answered in 0.4\u{a0}s");
    desk.harness.get_by_label("Corner shop 1.2");
    desk.harness.get_by_label("Protocol 2025-11-25; beside tools: resources, logging");
    desk.harness.get_by_label("Tools (2 of 3 offered)");
    desk.harness.get_by_label("look, only looks, offered to sessions: What look does");
    desk.harness.get_by_label_contains("buy, can lose something, as the server does not say what it can do");
    desk.harness.get_by_label("burn, reaches beyond, not offered: What burn does");
    desk.harness.get_by_label("Left out: sell: it has no schema");
    desk.press("Last lines of its error output");
    desk.harness.get_by_label("listening");
    assert_eq!(desk.nameless(), Vec::<String>::new());
}

#[test]
fn a_server_that_cannot_be_used_says_why_and_what_to_do() {
    let mut desk = servers_of(with(vec![shop()]));
    let problem = Problem::plain("The program shop-server was not found", vec![], "Install it, or correct the command");
    let broken = ServerReport { name: "shop".into(), problem: Some(problem), ..ServerReport::default() };
    desk.tell(Event::ServerTested(Box::new(broken)));
    desk.twice("The program shop-server was not found");
    desk.harness.get_by_label("Its last test failed");
    desk.harness.get_by_label("Install it, or correct the command");
    assert!(desk.is_enabled("Test"), "it can be tried again");
}

#[test]
fn it_is_switched_off_and_removed_after_one_question() {
    let mut desk = servers_of(with(vec![shop()]));
    desk.press("Sessions may use shop");
    assert!(!saved(&mut desk)[0].is_enabled);
    desk.harness.get_by_label_contains("Switched off");
    desk.press("Remove");
    assert_eq!(desk.sent(), Vec::<Command>::new(), "it is asked first");
    desk.press("Keep it");
    desk.press("Remove");
    desk.press("Remove shop");
    assert_eq!(saved(&mut desk), Vec::<ServerSettings>::new());
    desk.harness.get_by_label("No tool server yet");
}

#[test]
fn what_was_allowed_for_ever_can_be_taken_back() {
    let mut desk = servers_of(with(vec![shop()]));
    desk.press("Ask again about buy");
    assert_eq!(saved(&mut desk)[0].extras.allowed, Vec::<String>::new());
    assert!(desk.harness.query_by_label("Allowed for ever").is_none());
}

#[test]
fn one_of_your_own_is_written_down_and_tested() {
    let mut desk = servers_of(Settings::default());
    desk.press("A program of your own…");
    assert_eq!(desk.nameless(), Vec::<String>::new());
    desk.harness.get_by_label("It needs a name");
    assert!(!desk.is_enabled("Save"));
    desk.type_into("Name", "mine");
    desk.type_into("Command", "node 'my server.js' stdio");
    desk.type_into("Variables", "DEPTH=2");
    desk.harness.get_by_label_contains("goes into this system's keychain");
    desk.press("Save and test");
    let mut expected = ServerSettings::program("mine", "node", &["my server.js", "stdio"]);
    if let Place::Program { variables, .. } = &mut expected.place {
        variables.insert("DEPTH".into(), "2".into());
    }
    let settings = Box::new(with(vec![expected.clone()]));
    let test = Command::TestServer { server: Box::new(expected) };
    assert_eq!(desk.sent(), [Command::SaveSettings { settings }, test]);
}

#[test]
fn a_name_that_is_taken_is_refused_with_words() {
    let mut desk = servers_of(with(vec![shop(), ServerSettings::program("shop2", "x", &[])]));
    desk.press("shop2");
    desk.press("Edit");
    desk.press("As an environment");
    desk.type_into("Tool to look with", "look");
    desk.type_into("Arguments to look with", "{\"depth\": 2");
    desk.harness.get_by_label_contains("It is no JSON object");
    assert_eq!(desk.nameless(), Vec::<String>::new());
    assert!(!desk.is_enabled("Save"));
    desk.type_into("Arguments to look with", "}");
    desk.press("Save");
    let look = saved(&mut desk)[1].extras.observe.clone().unwrap();
    assert_eq!((look.tool.as_str(), look.arguments["depth"].as_u64()), ("look", Some(2)));
    desk.press("Edit");
    desk.press("Cancel");
    desk.press("Add a server…");
    desk.press("An address…");
    desk.type_into("Name", "shop");
    desk.type_into("Address", "http://127.0.0.1:9/mcp");
    desk.harness.get_by_label("There is a server called shop already; choose another name");
    assert!(!desk.is_enabled("Save"));
}

#[test]
fn servers_of_other_programs_are_taken_over_one_by_one() {
    let mut desk = servers_of(with(vec![shop()]));
    desk.press("Look in other programs");
    assert_eq!(desk.sent(), [Command::FindServers]);
    desk.harness.get_by_label_contains("Looking");
    let notes = ServerSettings::program("notes", "notes-server", &[]);
    desk.tell(Event::ServersFound(vec![FoundServers {
        program: "Claude Desktop".into(),
        file: "claude_desktop_config.json".into(),
        servers: vec![shop(), notes.clone()],
        troubles: vec!["The entry broken has no command".into()],
    }]));
    desk.harness.get_by_label_contains("Their files are only read");
    desk.harness.get_by_label("Claude Desktop");
    desk.harness.get_by_label("The entry broken has no command");
    desk.harness.get_by_label("there already");
    desk.press("Add notes");
    assert_eq!(saved(&mut desk), [shop(), notes]);
    assert_eq!(desk.harness.get_all_by_label("there already").count(), 2);
    assert_eq!(desk.nameless(), Vec::<String>::new());
}

#[test]
fn a_refusal_ends_the_waiting_and_nothing_is_tested_while_a_session_runs() {
    let mut desk = servers_of(with(vec![shop()]));
    desk.press("Test");
    desk.tell(Event::Refused(Box::new(Problem::plain("A session runs", vec![], "Stop it first"))));
    assert!(desk.is_enabled("Test"));
    desk.show(running());
    assert!(!desk.is_enabled("Test"));
    desk.show(Snapshot::default());
    assert!(desk.is_enabled("Test"));
}

#[test]
fn nothing_sticks_out_in_a_small_window() {
    for (width, height) in [(1280.0, 764.0), (1024.0, 700.0), (640.0, 382.0)] {
        let mut desk = Desk::of_size(width, height);
        desk.tell(Event::SettingsLoaded { settings: Box::new(with(vec![shop()])), warnings: Vec::new() });
        desk.press("Servers");
        desk.tell(Event::ServerTested(Box::new(report())));
        assert_eq!(desk.beyond(width), Vec::<String>::new(), "at {width} by {height}");
    }
}
