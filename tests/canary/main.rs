//! Fifty secrets are planted in keys, the environment, addresses, prompts and answers. None of them may be found again
//! where it does not belong: not in the diagnostics, not in the log, not in a report, not in the journal, nowhere.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::large_futures,
    reason = "a test that cannot go on says so"
)]

mod canaries;
mod program;
mod scan;
mod server;
mod typed;

use canaries::{Canary, Flock, Place, Sort};
use program::{Desk, path};
use scan::{Found, leaks};
use server::Manner;

fn of_sort(flock: &Flock, sort: Sort) -> Vec<&Canary> {
    flock.all().iter().filter(|canary| canary.sort == sort).collect()
}

/// A model that says what it was sent tells it to whoever started the session, as everything that models say. So the
/// keys that were sent to it are looked for in everything but that.
fn assert_nothing_stays(flock: &Flock, found: Vec<Found>) {
    let (told, stays): (Vec<Found>, Vec<Found>) = found.into_iter().partition(|thing| thing.place == Place::Run);
    assert_nothing_got_out(flock, &stays);
    let was_sent = |canary: &Canary| flock.rounds.iter().any(|round| round.local == canary.text);
    let others: Vec<Canary> = flock.all().iter().filter(|canary| !was_sent(canary)).cloned().collect();
    let leaks = leaks(&others, &told);
    assert!(leaks.is_empty(), "{} got out:\n{}", leaks.len(), leaks.join("\n"));
}

fn assert_nothing_got_out(flock: &Flock, found: &[Found]) {
    let leaks = leaks(flock.all(), found);
    assert!(leaks.is_empty(), "{} got out:\n{}", leaks.len(), leaks.join("\n"));
}

/// A server that lets nobody in and quotes what it was sent, once with each set of keys.
#[test]
fn whoever_is_refused_gives_nothing_away() {
    let flock = Flock::new();
    let server = server::start(Manner::Refuses, &flock);
    let mut desk = Desk::new(&flock, server.port);
    for (number, round) in flock.rounds.iter().enumerate() {
        let printed = desk.run(&flock, round, Place::Doctor, &["doctor"]);
        assert_eq!(printed.code, Some(1), "{}", printed.err);
        assert!(server.was_sent(&format!("Bearer {}", round.local)), "there was nothing to give away: {}", printed.out);
        desk.run(&flock, round, Place::Doctor, &["doctor", "--json", "--cloud", "cloud_only"]);
        for key in [&round.gemini, &round.claude] {
            assert!(server.was_sent(key), "the keys of round {number} were not sent: {}", printed.out);
        }
        let printed = desk.run(&flock, round, Place::Bundle, &["diagnostics"]);
        assert_eq!(printed.code, Some(0), "{}", printed.err);
        assert!(printed.out.contains("(hidden)") && printed.out.contains("## Settings"), "{}", printed.out);
        desk.run(&flock, round, Place::Run, &["run", "--json", "--cycles", "1"]);
    }
    let found = desk.everything();
    assert!(found.iter().any(|thing| thing.place == Place::Logs), "there is a log to look at");
    assert_nothing_got_out(&flock, &found);
}

/// A server that answers, once with each set of keys: prompts and answers are kept with the session, and nothing else
/// is, though the server puts the key that it was sent into everything it says.
#[test]
fn a_session_keeps_what_was_said_and_no_key() {
    let flock = Flock::new();
    let server = server::start(Manner::Answers, &flock);
    let mut desk = Desk::new(&flock, server.port);
    let home = desk.home();
    let endpoint = format!("http://ann:{}@127.0.0.1:{}", flock.on_the_line, server.port);
    let run = ["run", "--json", "--cycles", "3", "--strategy", "local_experts", "--endpoint", &endpoint];
    for (number, round) in flock.rounds.iter().enumerate() {
        let printed = desk.run(&flock, round, Place::Run, &run);
        assert!(printed.out.contains("session_started") && printed.out.contains("\"certificate\""), "{}", printed.out);
        assert!(server.was_sent(&format!("Bearer {}", round.local)), "there was nothing to give away");
        desk.run(&flock, round, Place::Doctor, &["doctor", "--json", "--endpoint", &endpoint]);
        for format in ["html", "md", "json"] {
            let file = path(&home, &format!("report.{number}.{format}"));
            let export = ["sessions", "export", "latest", "--format", format];
            let printed = desk.run(&flock, round, Place::Report, &export);
            assert_eq!(printed.code, Some(0), "{}", printed.err);
            // The data has everything that was said, so what was said back must have been taken out of it.
            let said_back = "you sent authorization: bearer (hidden) to me";
            let has_it = printed.out.to_lowercase().contains(said_back);
            assert!(has_it || format != "json", "round {number}: nothing was said back");
            let printed = desk.run(&flock, round, Place::Report, &[&export[..], &["--output", &file]].concat());
            assert_eq!(printed.code, Some(0), "{}", printed.err);
        }
        for arguments in [vec!["sessions", "show", "latest"], vec!["sessions", "why", "latest", "1"]] {
            desk.run(&flock, round, Place::Report, &arguments);
        }
    }
    let round = &flock.rounds[0];
    desk.run(&flock, round, Place::Bundle, &["diagnostics", "--json"]);
    let file = path(&home, "diagnostics.md");
    let printed = desk.run(&flock, round, Place::Errors, &["diagnostics", "--output", &file]);
    assert_eq!(printed.code, Some(0), "{}", printed.err);
    let found = desk.everything();
    for place in [Place::Logs, Place::Journal, Place::Report, Place::Bundle] {
        assert!(found.iter().any(|thing| thing.place == place), "there is nothing at {place:?} to look at");
    }
    // What belongs to the session is there, so what is looked at is the right thing and can be found in it.
    let spoken = [of_sort(&flock, Sort::Prompt), of_sort(&flock, Sort::Answer)].concat();
    let kept = |canary: &&Canary| found.iter().any(|thing| thing.place == Place::Journal && thing.contains(canary));
    let missing: Vec<&str> = spoken.iter().filter(|canary| !kept(canary)).map(|canary| canary.how.as_str()).collect();
    assert!(missing.is_empty(), "the journal does not have {missing:?}");
    assert_nothing_stays(&flock, found);
}

/// The way it would be without any care: what is known is written as it is.
fn written_without_care(desk: &Desk, text: &str) {
    let logs = desk.home().join("logs");
    std::fs::create_dir_all(&logs).unwrap();
    std::fs::write(logs.join("singularis.log"), format!("INFO singularis: asking with {text}\n")).unwrap();
}

#[test]
fn what_gets_out_is_found() {
    let flock = Flock::new();
    for canary in flock.all() {
        let desk = Desk::new(&flock, 1);
        written_without_care(&desk, &canary.text);
        let leaks = leaks(flock.all(), &desk.everything());
        assert_eq!(leaks.len(), 1, "{}: {leaks:?}", canary.how);
        assert!(leaks[0].contains(&canary.how) && leaks[0].contains("singularis.log"), "{leaks:?}");
    }
}

#[test]
fn it_is_found_in_every_form_and_only_where_it_must_not_be() {
    let flock = Flock::new();
    let key = of_sort(&flock, Sort::Key)[0];
    let prompt = of_sort(&flock, Sort::Prompt)[0];
    let [first, second] = key.needles();
    for text in [key.text.clone(), first.to_uppercase(), format!("\0\u{1}{second}\u{fffd}")] {
        for place in [Place::Journal, Place::Logs, Place::Bundle, Place::Run, Place::Errors, Place::Elsewhere] {
            let found = [Found::new(place, "a thing", text.as_bytes())];
            assert_eq!(leaks(flock.all(), &found).len(), 1, "{text} at {place:?}");
        }
    }
    for (place, expected) in [(Place::Journal, 0), (Place::Report, 0), (Place::Logs, 1), (Place::Bundle, 1)] {
        let found = [Found::new(place, "a thing", prompt.text.as_bytes())];
        assert_eq!(leaks(flock.all(), &found).len(), expected, "{place:?}");
    }
    let cut = &key.text[..key.text.len() - 1];
    assert_eq!(leaks(flock.all(), &[Found::new(Place::Logs, "a thing", cut.as_bytes())]).len(), 1);
    assert!(leaks(flock.all(), &[Found::new(Place::Logs, "a thing", b"nothing to see")]).is_empty());
}
