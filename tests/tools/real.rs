//! The reference servers from the package registries: everything, filesystem, memory, git.

use std::{
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use serde_json::json;
use singularis::protocol::EffectStatus;

use crate::{
    drill::Drill,
    found::Found,
    stage::{Play, SLACK, marked, with},
    traces::fresh_mark,
};

/// For servers that answer at once. Seconds.
const CALL_S: f64 = 5.0;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything() {
    let Some(found) = Found::for_test("server-everything") else { return };
    let drill = Drill {
        server: found.reference("everything", &["stdio"]),
        tools: &["echo", "get-sum", "get-tiny-image", "get-structured-content", "trigger-long-running-operation"],
        done: vec![
            ("echo", json!({"message": "a quiet word"}), "a quiet word"),
            ("get-sum", json!({"a": 17, "b": 25}), "42"),
            ("get-tiny-image", json!({}), "picture 1"),
            ("get-structured-content", json!({"location": "Chicago"}), "temperature"),
            ("get-resource-links", json!({"count": 2}), "link"),
        ],
        refused: vec![
            ("echo", json!({}), "message"),
            ("get-sum", json!({"a": 1, "b": "two"}), "expected number"),
            ("no-such-tool", json!({}), "no-such-tool"),
        ],
        looks: 0,
        program: "server-everything",
        call_s: CALL_S,
    };
    drill.carry_out().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_operation_of_everything_is_late_or_in_time() {
    let Some(found) = Found::for_test("a long operation") else { return };
    let mark = fresh_mark();
    let mut server = marked(found.reference("everything", &["stdio"]), &mark);
    (server.extras.call_s, server.extras.call_total_s) = (6.0, 60.0);
    let mut play = Play::open(&server, &mark).await;
    let tool = "trigger-long-running-operation";
    // It gives a sign of life after each step.
    let effect = play.call(tool, json!({"duration": 9, "steps": 9})).await;
    assert_eq!(effect.status, EffectStatus::Done, "{effect:?}");
    let began = Instant::now();
    let effect = play.call(tool, json!({"duration": 25, "steps": 1})).await;
    assert_eq!(effect.status, EffectStatus::Uncertain, "{effect:?}");
    assert!(began.elapsed() < Duration::from_secs(6) + SLACK, "it took {:?}", began.elapsed());
    play.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn filesystem() {
    let Some(found) = Found::for_test("server-filesystem") else { return };
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().canonicalize().unwrap();
    fs::create_dir(folder.join("inside")).unwrap();
    fs::write(folder.join("inside/note.txt"), "the kettle is blue").unwrap();
    fs::write(folder.join("secret.txt"), "outside").unwrap();
    let inside = folder.join("inside");
    let path = |name: &str| inside.join(name).to_str().unwrap().to_owned();
    let outside = ["../secret.txt", "../../../../../../etc/passwd"].map(|name| {
        let call = json!({"path": path(name)});
        ("read_text_file", call, "Access denied")
    });
    let drill = Drill {
        server: found.reference("filesystem", &[inside.to_str().unwrap()]),
        tools: &["read_text_file", "write_file", "list_directory", "move_file", "get_file_info"],
        done: vec![
            ("read_text_file", json!({"path": path("note.txt")}), "the kettle is blue"),
            ("list_directory", json!({"path": path("")}), "note.txt"),
            ("write_file", json!({"path": path("new.txt"), "content": "new"}), "new.txt"),
        ],
        refused: [&outside[..], &[("read_text_file", json!({}), "path"), ("write_file", json!({"path": 3}), "path")]]
            .concat(),
        looks: 0,
        program: "server-filesystem",
        call_s: CALL_S,
    };
    drill.carry_out().await;
    assert_eq!(fs::read_to_string(inside.join("new.txt")).unwrap(), "new");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn memory() {
    let Some(found) = Found::for_test("server-memory") else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("memory.jsonl");
    let kettle = json!({"entities": [{"name": "kettle", "entityType": "thing", "observations": ["it is blue"]}]});
    let drill = Drill {
        server: with(found.reference("memory", &[]), "MEMORY_FILE_PATH", file.to_str().unwrap()),
        tools: &["create_entities", "add_observations", "read_graph", "search_nodes"],
        // The first one is asked again after it was killed: it changes nothing.
        done: vec![
            ("read_graph", json!({}), "entities"),
            ("create_entities", kettle, "entities"),
            ("search_nodes", json!({"query": "blue"}), "kettle"),
        ],
        refused: vec![
            ("create_entities", json!({"entities": 3}), "expected array"),
            ("search_nodes", json!({}), "query"),
            ("no_such_tool", json!({}), "no_such_tool"),
        ],
        looks: 0,
        program: "server-memory",
        call_s: CALL_S,
    };
    drill.carry_out().await;
    assert!(fs::read_to_string(&file).unwrap().contains("it is blue"), "it is kept");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn git() {
    let Some(found) = Found::for_test("mcp-server-git") else { return };
    let folder = tempfile::tempdir().unwrap();
    let repository = folder.path().canonicalize().unwrap();
    run_git(&repository, &["init", "--quiet"]);
    fs::write(repository.join("kettle.txt"), "blue\n").unwrap();
    run_git(&repository, &["add", "kettle.txt"]);
    run_git(&repository, &["commit", "--quiet", "--message", "A blue kettle"]);
    let here = repository.to_str().unwrap();
    let drill = Drill {
        server: found.git(&repository),
        tools: &["git_status", "git_log", "git_diff", "git_commit", "git_show"],
        done: vec![
            ("git_log", json!({"repo_path": here}), "A blue kettle"),
            ("git_status", json!({"repo_path": here}), "nothing to commit"),
        ],
        refused: vec![
            ("git_log", json!({}), "repo_path"),
            ("git_log", json!({"repo_path": "/nowhere/at/all"}), "outside"),
            ("git_show", json!({"repo_path": here, "revision": "no-such-revision"}), "no-such-revision"),
        ],
        looks: 0,
        program: "mcp-server-git",
        // Python takes a while to come up where everything else runs too.
        call_s: 8.0,
    };
    drill.carry_out().await;
}

/// With nothing of the user's own settings.
fn run_git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]).args(arguments);
    command.current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    assert!(command.status().unwrap().success(), "git {arguments:?}");
}
