//! The house rules, checked over the sources as text: who may use whom, what stands where, how long a file may be.
//!
//! Each rule is also shown to fail on a planted breach, so that a rule that has gone blind is noticed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::large_futures,
    reason = "a test that cannot go on says so"
)]

mod documents;
mod literals;
mod packages;
mod said;
mod sizes;
mod words;

use std::{collections::BTreeMap, path::Path};

/// The longest file.
const MOST_LINES: usize = 400;
/// The file in the middle.
const MEDIAN_LINES: usize = 150;

/// Each room, and the rooms it may use besides itself.
const MAY_USE: [(&str, &[&str]); 14] = [
    ("settings", &[]),
    ("protocol", &["settings"]),
    ("llm", &["settings", "protocol"]),
    ("process", &["settings", "protocol"]),
    ("guardian", &["settings", "protocol", "process"]),
    // Tool servers are spoken to over HTTP too, and there is one place that makes requests.
    ("environment", &["settings", "protocol", "process", "guardian", "llm"]),
    ("journal", &["settings", "protocol"]),
    ("mind", &["settings", "protocol", "llm", "environment", "journal"]),
    ("health", &["settings", "protocol", "llm", "process"]),
    ("agent", &["settings", "protocol", "llm", "environment", "journal", "mind"]),
    (
        "worker",
        &["settings", "protocol", "process", "llm", "environment", "journal", "mind", "health", "agent", "demo"],
    ),
    ("cli", &["settings", "protocol", "llm", "environment", "guardian", "journal", "worker"]),
    ("ui", &["settings", "protocol"]),
    // It speaks HTTP and has its own wire types, so that it can contradict our client.
    ("demo", &[]),
];

/// What must not be named in a room or file, and why.
const ABSENT: [(&str, &[&str], &str); 9] = [
    (
        "src/ui/",
        &["tokio", "std::fs", "std::path", "PathBuf", "std::env", "reqwest"],
        "the window waits for nothing and touches no file",
    ),
    ("src/agent/", &["egui", "std::fs", "settings::file", "reqwest"], "loops draw nothing and read no settings"),
    ("src/mind/", &["egui", "std::fs", "settings::file", "reqwest"], "minds draw nothing and read no settings"),
    (
        "src/llm/",
        &["std::env::", "env::var", "std::fs", "OnceLock", "LazyLock", "const_new"],
        "a client takes what it is given",
    ),
    (
        "src/protocol/",
        &["std::fs", "std::env", "reqwest", "egui", "tokio::spawn", "async_trait"],
        "messages do nothing",
    ),
    ("src/health/", &["reqwest", "egui"], "probes go through the HTTP layer"),
    ("src/demo/", &["crate::llm", "crate::protocol", "reqwest"], "the demo knows nothing of the client"),
    ("src/environment/", &["egui", "reqwest"], "a place is not drawn by itself"),
    ("src/cli/", &["egui", "eframe", "reqwest"], "the terminal has no window"),
];

/// What may stand in one file or room only.
const ONLY_IN: [(&str, &[&str]); 6] = [
    ("reqwest::", &["src/llm/http"]),
    ("rusqlite", &["src/journal/"]),
    ("Color32::from_", &["src/ui/theme"]),
    ("FontId::", &["src/ui/theme"]),
    ("tokio::spawn", &["src/worker/", "src/demo/", "src/cli/"]),
    ("eframe::", &["src/ui/app"]),
];

/// Rooms that say nothing about what is in them.
const NO_ROOM: [&str; 4] = ["utils", "helpers", "common", "misc"];

struct Source {
    path: String,
    text: String,
}

impl Source {
    fn room(&self) -> &str {
        let rest = self.path.strip_prefix("src/").unwrap_or(&self.path);
        rest.split(['/', '.']).next().unwrap_or(rest)
    }

    /// Whether the import that a line stands in is of our rooms: others have modules of the same names.
    fn imports_ours(&self, number: usize) -> bool {
        let head =
            self.text.lines().take(number).filter(|line| line.starts_with("use ") || line.starts_with("pub use "));
        head.last().is_none_or(|head| head.contains("crate::"))
    }

    /// What only runs in tests, from the first line to the last.
    fn is_test(&self) -> bool {
        self.path.ends_with("tests.rs") || self.path.contains("/tests/")
    }

    /// The code without comments and without the unit tests at its end.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_test_file = self.is_test();
        let lines = self.text.lines().enumerate().take_while(|(_, line)| !line.trim().starts_with("#[cfg(test)]"));
        lines.filter(move |(_, line)| !is_test_file && !line.trim_start().starts_with("//"))
    }
}

fn sources(folder: &Path) -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders = ["src", "tests", "examples"].map(|name| folder.join(name)).to_vec();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap();
                let name = name.to_str().unwrap().replace('\\', "/");
                found.push(Source { path: name, text: std::fs::read_to_string(&path).unwrap() });
            }
        }
    }
    found.sort_by(|left, right| left.path.cmp(&right.path));
    found
}

/// Every breach of every rule, one line each.
fn breaches(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        let Source { path, text } = source;
        let lines = text.lines().count();
        if !text.starts_with("//!") {
            found.push(format!("{path} does not begin with //! and what it is for"));
        }
        if lines > MOST_LINES {
            found.push(format!("{path} has {lines} lines, more than {MOST_LINES}"));
        }
        if let Some(name) = path.split(['/', '.']).find(|part| NO_ROOM.contains(part)) {
            found.push(format!("{path} is called {name}, which says nothing"));
        }
        if path.starts_with("src/ui/") && !source.is_test() {
            found.extend(words::unsaid(text).map(|(number, text)| format!("{path}:{number} says {text:?} by itself")));
        }
        if path.starts_with("src/") {
            found.extend(source.code().flat_map(|(number, line)| {
                let at = format!("{path}:{}", number + 1);
                [uses(source, number, line), absences(path, line), homes(path, line), sizes::bare(path, line)]
                    .into_iter()
                    .flatten()
                    .map(move |breach| format!("{at} {breach}"))
            }));
        }
    }
    found
}

/// A room that names another one which it may not use, in the line of this number, counted from 0.
fn uses(source: &Source, number: usize, line: &str) -> Option<String> {
    let room = source.room();
    let (_, allowed) = MAY_USE.iter().find(|(name, _)| *name == room)?;
    let rooms = line.match_indices("crate::").filter_map(|(at, prefix)| {
        let name: &str = &line[at + prefix.len()..];
        let end = name.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(name.len());
        Some(&name[..end]).filter(|name| MAY_USE.iter().any(|(known, _)| known == name))
    });
    // In a grouped import the room stands alone at the beginning of a line, four spaces in.
    let grouped = line.strip_prefix("    ").and_then(|rest| rest.split_once("::")).map(|(name, _)| name);
    let grouped = grouped.filter(|name| MAY_USE.iter().any(|(known, _)| known == name));
    let grouped = grouped.filter(|_| source.imports_ours(number));
    let stranger = rooms.chain(grouped).find(|name| *name != room && !allowed.contains(name))?;
    Some(format!("uses {stranger}, which {room} may not"))
}

fn absences(path: &str, line: &str) -> Option<String> {
    ABSENT.iter().filter(|(room, ..)| path.starts_with(room)).find_map(|(_, words, why)| {
        let word = words.iter().find(|word| line.contains(**word))?;
        Some(format!("names {word}, but {why}"))
    })
}

fn homes(path: &str, line: &str) -> Option<String> {
    let (word, homes) =
        ONLY_IN.iter().find(|(word, homes)| line.contains(word) && !homes.iter().any(|home| path.starts_with(home)))?;
    Some(format!("names {word}, which belongs into {}", homes.join(" or ")))
}

#[test]
fn the_house_is_tidy() {
    let sources = sources(Path::new(env!("CARGO_MANIFEST_DIR")));
    let found = breaches(&sources);
    assert!(found.is_empty(), "{} breaches:\n{}", found.len(), found.join("\n"));
}

#[test]
fn files_are_short() {
    let sources = sources(Path::new(env!("CARGO_MANIFEST_DIR")));
    let mut lines: Vec<usize> = sources.iter().map(|source| source.text.lines().count()).collect();
    lines.sort_unstable();
    let median = lines[lines.len() / 2];
    assert!(sources.len() > 50, "the sources were found");
    assert!(median <= MEDIAN_LINES, "the median file has {median} lines");
}

#[test]
fn every_room_has_its_rule() {
    let sources = sources(Path::new(env!("CARGO_MANIFEST_DIR")));
    let rooms: BTreeMap<&str, usize> = sources
        .iter()
        .filter(|source| source.path.starts_with("src/"))
        .map(|source| (source.room(), 0))
        .filter(|(room, _)| !["main", "lib", "console"].contains(room))
        .collect();
    for room in rooms.keys() {
        assert!(MAY_USE.iter().any(|(name, _)| name == room), "no rule says what {room} may use");
    }
}

#[test]
fn each_rule_fails_when_it_is_broken() {
    let planted = |path: &str, line: &str| {
        let source = Source { path: path.into(), text: format!("//! What it is for.\n{line}\n") };
        breaches(&[source])
    };
    for (path, line, expected) in [
        ("src/ui/app.rs", "use crate::llm::Http;", "uses llm"),
        ("src/ui/app.rs", "use crate::{\n    worker::Worker,\n};", "uses worker"),
        ("src/protocol/link.rs", "fn f(x: crate::agent::Context) {}", "uses agent"),
        ("src/settings/data.rs", "use crate::protocol::Command;", "uses protocol"),
        ("src/demo/mod.rs", "use crate::settings::Secret;", "uses settings"),
        ("src/ui/state.rs", "let x = std::fs::read(\"\");", "names std::fs"),
        ("src/ui/state.rs", "use tokio::sync::mpsc;", "names tokio"),
        ("src/llm/chat.rs", "let x = std::env::var(\"KEY\");", "names std::env::"),
        ("src/agent/action.rs", "use egui::Ui;", "names egui"),
        ("src/llm/other.rs", "let x = reqwest::get(\"\");", "belongs into src/llm/http"),
        ("src/ui/widgets/bar.rs", "let x = Color32::from_rgb(1, 2, 3);", "belongs into src/ui/theme"),
        ("src/mind/single.rs", "tokio::spawn(async {});", "belongs into src/worker/"),
        ("src/worker/utils.rs", "", "says nothing"),
        ("src/cli/run.rs", "use crate::{\n    process::Children,\n};", "uses process"),
    ] {
        let found = planted(path, line);
        assert!(found.len() == 1 && found[0].contains(expected), "{path}: {line}: {found:?}");
    }
    assert_eq!(planted("src/ui/app.rs", "// crate::llm is far away"), Vec::<String>::new());
    assert_eq!(planted("src/cli/run.rs", "use std::{\n    process::ExitCode,\n};"), Vec::<String>::new());
    let long = Source { path: "src/mind/long.rs".into(), text: format!("//! Long.\n{}", "\n".repeat(MOST_LINES)) };
    let nameless = Source { path: "src/mind/nameless.rs".into(), text: "fn f() {}".into() };
    let wordy = Source { path: "src/ui/wordy.rs".into(), text: "//! Wordy.\nui.label(\"Press it\");\n".into() };
    let bare = Source { path: "src/ui/bare.rs".into(), text: "//! Bare.\nui.add_space(8.0);\n".into() };
    for source in [long, nameless, wordy, bare] {
        assert_eq!(breaches(&[source]).len(), 1);
    }
}
