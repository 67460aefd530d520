//! `singularis servers` and its neighbours in a terminal: what is added, listed, tested, taken over and removed; and that
//! no secret gets into a file or onto the screen.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Printed, finish, program};

/// A home for several commands, and a user's home without any other program.
struct House(tempfile::TempDir);

impl House {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn user(&self) -> PathBuf {
        self.0.path().join("user")
    }

    fn run(&self, arguments: &[&str]) -> Printed {
        let (mut command, _other_home) = program(arguments);
        std::fs::create_dir_all(self.user()).unwrap();
        command.env("SINGULARIS_HOME", self.0.path().join("ours")).env("HOME", self.user());
        let printed = finish(command.spawn().unwrap());
        assert!(!printed.err.contains("panicked"), "{}", printed.err);
        printed
    }

    fn servers(&self, arguments: &[&str]) -> Printed {
        self.run(&[&["servers"][..], arguments].concat())
    }

    /// The same where it has to succeed, as JSON.
    fn object(&self, arguments: &[&str]) -> Value {
        let printed = self.servers(&[&["--json"][..], arguments].concat());
        assert_eq!(printed.code, Some(0), "{arguments:?}: {} {}", printed.out, printed.err);
        serde_json::from_str(&printed.out).unwrap_or_else(|_| panic!("no JSON: {}", printed.out))
    }

    fn file(&self) -> String {
        std::fs::read_to_string(self.0.path().join("ours/mcp.json")).unwrap_or_default()
    }
}

/// A server with one tool.
const SERVER: &str = r#"
import json, sys
for line in sys.stdin:
    message = json.loads(line)
    if "id" not in message:
        continue
    result = {}
    if message["method"] == "initialize":
        result = {"protocolVersion": message["params"]["protocolVersion"], "capabilities": {"tools": {}},
                  "serverInfo": {"name": "one-tool", "version": "1.0"}}
    if message["method"] == "tools/list":
        result = {"tools": [{"name": "look", "description": "Looks", "inputSchema": {"type": "object"},
                             "annotations": {"readOnlyHint": True}}]}
    print(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}), flush=True)
"#;

fn python(folder: &Path) -> String {
    let path = folder.join("server.py");
    std::fs::write(&path, SERVER).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_server_is_added_listed_and_removed() {
    let house = House::new();
    let none = house.servers(&[]);
    assert_eq!((none.code, none.out.contains("servers add playwright")), (Some(0), true), "{}", none.out);
    assert_eq!(house.object(&["add", "git", "--needs", "/repository"])["added"][0], "git");
    assert_eq!(house.object(&["add", "far away", "--url", "https://x/mcp"])["added"][0], "far away");
    let list = house.object(&["list"]);
    assert_eq!(list["servers"][0]["reached"], "uvx mcp-server-git --repository /repository");
    assert_eq!(list["servers"][1]["environment"], "tools:far away");
    let again = house.servers(&["add", "git", "--needs", "/other"]);
    assert_eq!(again.code, Some(1));
    assert!(again.err.contains("called git already") && again.err.contains("servers remove"), "{}", again.err);
    assert_eq!(house.object(&["remove", "git"])["removed"], "git");
    let gone = house.servers(&["remove", "git"]);
    assert_eq!(gone.code, Some(1));
    assert!(gone.err.contains("There are: far away"), "{}", gone.err);
    assert!(house.file().contains("mcpServers") && !house.file().contains("mcp-server-git"), "{}", house.file());
}

#[test]
fn what_cannot_be_meant_is_refused_with_what_can_be() {
    let house = House::new();
    for (arguments, code, expected) in [
        (&["add", "nobody"][..], 1, "playwright, filesystem, memory, git, fetch"),
        (&["add", "filesystem"], 1, "The folder it may use"),
        (&["add", "a", "--command", "x", "--url", "http://y"], 2, "cannot be used with"),
        (&["add", "a", "--url", "nowhere"], 1, "http://"),
        (&["test", "nobody"], 1, "There are none yet"),
        (&["import", "--take", "nobody"], 1, "No other program"),
    ] {
        let printed = house.servers(arguments);
        assert_eq!(printed.code, Some(code), "{arguments:?}: {}", printed.err);
        assert!(printed.err.contains(expected), "{arguments:?}: {}", printed.err);
    }
    assert_eq!(house.file(), "");
}

#[test]
fn a_test_says_by_its_exit_code_whether_a_server_can_be_used() {
    let house = House::new();
    let script = python(house.0.path());
    house.object(&["add", "mine", "--command", "python3", "--", &script]);
    house.object(&["add", "broken", "--command", "/no/such/program"]);
    let report = house.object(&["test", "mine"]);
    assert_eq!((&report["product"], &report["tools"][0]["name"]), (&"one-tool".into(), &"look".into()));
    assert_eq!(report["tools"][0]["risk"], "read_only");
    let told = house.servers(&["test", "mine"]);
    assert!(told.out.contains("one-tool 1.0") && told.out.contains("only looks"), "{}", told.out);
    let broken = house.servers(&["test", "broken"]);
    assert_eq!(broken.code, Some(1), "{}", broken.out);
    assert!(broken.err.contains("/no/such/program"), "{}", broken.err);
}

/// Elsewhere whoever runs the tests has a keychain of their own.
#[test]
#[cfg(target_os = "linux")]
fn a_secret_gets_into_no_file_and_onto_no_screen() {
    let house = House::new();
    let secret = "of-a-test-and-of-nobody-else";
    let variable = format!("GIT_TOKEN={secret}");
    let added = house.servers(&["add", "mine", "--command", "run", "--env", &variable, "--env", "LANG=C"]);
    assert_eq!(added.code, Some(1), "there is no keychain, which is said: {}", added.err);
    assert!(added.err.contains("GIT_TOKEN of mine could not be kept in the keychain"), "{}", added.err);
    assert!(house.file().contains("${keychain}") && house.file().contains("\"LANG\": \"C\""), "{}", house.file());
    let theirs = house.user().join(".cursor/mcp.json");
    std::fs::create_dir_all(theirs.parent().unwrap()).unwrap();
    let text = format!(r#"{{"mcpServers": {{"theirs": {{"command": "x", "env": {{"API_KEY": "{secret}"}}}}}}}}"#);
    std::fs::write(&theirs, &text).unwrap();
    let listed = house.servers(&["import", "--json"]);
    assert!(listed.out.contains("Cursor") && listed.out.contains("(hidden)"), "{}", listed.out);
    let taken = house.servers(&["import", "--take", "theirs"]);
    assert!(taken.out.contains("Added: theirs"), "{} {}", taken.out, taken.err);
    assert!(house.file().contains("theirs"), "{}", house.file());
    assert_eq!(std::fs::read_to_string(&theirs).unwrap(), text, "files of others are only read");
    let list = house.servers(&["--json"]);
    for place in [&house.file(), &added.out, &added.err, &listed.out, &taken.out, &taken.err, &list.out] {
        assert!(!place.contains("of-a-test"), "{place}");
    }
}

#[test]
fn a_file_that_was_written_by_hand_is_used_as_far_as_it_can_be() {
    let house = House::new();
    let ours = house.0.path().join("ours");
    std::fs::create_dir_all(&ours).unwrap();
    let text = r#"{"mcpServers": {"bad": 7, /* mine */ "good": {"command": "x"},}, "theirs": [1]}"#;
    std::fs::write(ours.join("mcp.json"), text).unwrap();
    let list = house.servers(&["list", "--json"]);
    assert!(list.err.contains("The tool server bad cannot be used"), "{}", list.err);
    let list: Value = serde_json::from_str(&list.out).unwrap();
    assert_eq!(list["servers"].as_array().unwrap().len(), 1);
    house.object(&["remove", "good"]);
    let left: Value = serde_json::from_str(&house.file()).unwrap();
    assert_eq!((&left["mcpServers"]["bad"], &left["theirs"][0]), (&7.into(), &1.into()));
    assert_eq!(std::fs::read_to_string(ours.join("mcp.json.kept")).unwrap(), text);
}

/// Other systems always have a desktop for the user who is logged in.
#[test]
#[cfg(target_os = "linux")]
fn without_a_display_the_desktop_says_why_it_cannot_be_used() {
    let house = House::new();
    let printed = house.run(&["desktop", "--json"]);
    assert_eq!(printed.code, Some(1), "{}", printed.out);
    let report: Value = serde_json::from_str(&printed.out).unwrap();
    assert!(report["problem"]["summary"].is_string(), "{report}");
}

#[test]
fn the_guardian_is_hidden_and_ends_with_whoever_started_it() {
    let house = House::new();
    assert!(!house.run(&["--help"]).out.contains("guardian"));
    let printed = house.run(&["guardian"]);
    assert_eq!((printed.code, printed.out.as_str()), (Some(0), ""), "{}", printed.err);
}
