//! One event on its way to everybody.

use std::fs;

use super::*;
use crate::protocol::{LogLine, link};

/// What was kept of the lines with this mark.
fn kept(mark: &str) -> Vec<LogLine> {
    tail(usize::MAX).into_iter().filter(|line| line.text.contains(mark)).collect()
}

fn listening<R>(asked: Option<&str>, work: impl FnOnce() -> R) -> R {
    tracing::subscriber::with_default(tracing_subscriber::registry().with(subscriber(what_is_shown(asked))), work)
}

#[test]
fn what_is_kept_depends_on_who_speaks() {
    for (target, level, expected) in [
        ("singularis", Level::INFO, true),
        ("singularis::worker", Level::ERROR, true),
        ("singularis::worker", Level::DEBUG, false),
        ("singularis_of_others", Level::INFO, false),
        ("hyper::client", Level::WARN, true),
        ("hyper::client", Level::INFO, false),
    ] {
        assert_eq!(is_kept(target, level), expected, "{target} {level}");
    }
}

#[test]
fn nonsense_in_the_variable_counts_as_not_said() {
    for asked in [None, Some(""), Some("  "), Some("a=b=c")] {
        let shown = what_is_shown(asked);
        assert!(shown.would_enable("singularis", &Level::WARN), "{asked:?}");
        assert!(!shown.would_enable("singularis", &Level::INFO), "{asked:?}");
    }
    assert!(what_is_shown(Some("warn,singularis::llm=debug")).would_enable("singularis::llm::http", &Level::DEBUG));
}

#[test]
fn an_event_becomes_one_redacted_line_in_ring_and_lane() {
    let (mut ui, worker) = link();
    begin(worker.log_lane());
    listening(Some("off,singularis::seen=debug"), || {
        tracing::info!(password = "mark-one-hunter2", count = 3, "mark-one: to http://u:pw12@host\nand on");
        tracing::debug!("mark-one: ours, but not asked for");
        tracing::debug!(target: "singularis::seen", "mark-one: shown and not kept");
        tracing::info!(target: "others", "mark-one: of others");
    });
    let lines = kept("mark-one");
    assert_eq!(lines.len(), 1, "{lines:?}");
    let LogLine { number, at, level, target, text } = &lines[0];
    assert!(*number > 0 && at.0 > 0);
    assert_eq!((*level, target.as_str()), (Level::INFO, module_path!()));
    assert_eq!(text, "mark-one: to http://u:(hidden)@host and on password=\"(hidden)\" count=3");
    // Other tests may speak meanwhile.
    let mut sent = Vec::new();
    while let Some(line) = ui.next_log_line() {
        sent.extend(Some(line.text).filter(|text| text.contains("mark-one")));
    }
    assert_eq!(sent, [text.as_str(), "mark-one: shown and not kept"]);
}

#[test]
fn the_file_has_every_line_that_was_kept_once_it_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let logs = folder.path().join("logs");
    let file = begin_file(&logs);
    listening(None, || {
        for number in 0..200 {
            tracing::info!("mark-two: line {number} with sk-canary0123456789");
        }
        tracing::debug!("mark-two: too fine");
    });
    drop(file);
    listening(None, || tracing::warn!("mark-two: too late"));
    let files: Vec<_> = fs::read_dir(&logs).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 1);
    let text = fs::read_to_string(&files[0]).unwrap();
    let ours: Vec<&str> = text.lines().filter(|line| line.contains("mark-two")).collect();
    assert_eq!(ours.len(), 200);
    assert!(ours[199].ends_with("singularis::worker::log::tests: mark-two: line 199 with (hidden)"), "{}", ours[199]);
    assert!(!text.contains("canary"));
    assert_eq!(kept("mark-two").len(), 201);
}
