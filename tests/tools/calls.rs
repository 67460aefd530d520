//! Servers that can be used although they misbehave: what comes of a call, and what is left.

use std::time::{Duration, Instant};

use serde_json::json;
use singularis::{environment::tools, protocol::EffectStatus};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::{
    PATIENCE,
    stage::{Play, SLACK, around, nasty},
    traces::{Signal, assert_gone, assert_nobody_is_left, fresh_mark, signal},
};

/// It is there, answers, and is gone afterwards.
async fn works_and_ends(mode: &str) {
    let mut play = Play::nasty(mode).await;
    assert!(play.tools().contains(&"look".to_owned()), "{mode}: {:?}", play.tools());
    let effect = play.call("echo", json!({"text": "a word"})).await;
    assert_eq!(effect.status, EffectStatus::Done, "{mode}: {effect:?}");
    assert!(effect.text.contains("a word"), "{mode}: {effect:?}");
    play.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_behaves_is_listed_called_and_closed() {
    let mut play = Play::nasty("good").await;
    let before = play.look().await;
    assert!(before.text.contains("made to break"), "what it says of itself is seen first: {}", before.text);
    let effect = play.call("look", json!({})).await;
    assert_eq!((effect.status, effect.changed), (EffectStatus::Done, false), "it is only a look: {effect:?}");
    assert!(play.look().await.text.contains("nothing but this room"));
    let view = play.view();
    assert_eq!((view.server.as_str(), view.calls.len()), ("nasty", 1), "{view:?}");
    let items = play.close().await;
    assert!(items.iter().any(|item| item.name.contains("nasty")), "the certificate names it: {items:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn garbage_between_its_messages_is_overheard() {
    works_and_ends("banter").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_between_its_messages_drowns_nothing() {
    works_and_ends("noisy").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_megabytes_of_errors_neither_hold_it_up_nor_fill_the_window() {
    let mut play = Play::nasty("chatty").await;
    assert_eq!(play.call("look", json!({})).await.status, EffectStatus::Done);
    let errors = play.view().errors;
    assert!(!errors.is_empty() && errors.len() <= 100, "{} lines", errors.len());
    assert!(errors.iter().all(|line| line.chars().count() <= 600), "lines are short");
    play.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_ignores_every_request_is_killed_and_named() {
    let play = Play::nasty("stubborn").await;
    let items = play.close().await;
    assert!(items.iter().any(|item| item.note.contains("killed")), "{items:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_got_away_from_it_is_found() {
    let mut play = Play::nasty("forks").await;
    assert_eq!(play.call("look", json!({})).await.status, EffectStatus::Done);
    let family = play.processes();
    assert_eq!(family.len(), 2, "the server and what it has started: {family:?}");
    let items = play.close_with(&family).await;
    assert!(items.iter().any(|item| item.note.contains("left behind")), "{items:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn malformed_tools_are_left_out_one_by_one() {
    let mark = fresh_mark();
    let server = nasty("malformed", &mark);
    let report = timeout(PATIENCE, tools::test(&server, around())).await.expect("a test has its own limit");
    assert_nobody_is_left(&mark, &[]);
    assert_eq!(report.problem, None);
    assert_eq!(report.tools.len(), 12, "the good ones: {:?}", report.tools);
    assert_eq!(report.skipped.len(), 9, "each with its reason: {:?}", report.skipped);
    let play = Play::open(&server, &mark).await;
    let echoes = play.tools().into_iter().filter(|name| name == "echo").count();
    assert_eq!(echoes, 1, "{:?}", play.tools());
    play.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_refuses_in_its_own_words_and_nothing_happened() {
    let mut play = Play::nasty("good").await;
    for (tool, words) in [
        ("no_such_tool", "no tool no_such_tool"),
        ("fail", "it did not work out"),
        ("refuse", "not with such arguments"),
    ] {
        let effect = play.call(tool, json!({})).await;
        assert_eq!(effect.status, EffectStatus::Rejected, "{effect:?}");
        assert!(effect.text.contains(words), "{effect:?}");
    }
    play.close().await;
}

/// A line of more than sixteen megabytes is lost on the way, so its call would never end.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_is_too_long_ends_the_call_before_its_limit() {
    let mark = fresh_mark();
    let mut server = nasty("good", &mark);
    (server.extras.call_s, server.extras.call_total_s) = (50.0, 50.0);
    let mut play = Play::open(&server, &mark).await;
    let began = Instant::now();
    let effect = play.call("big", json!({})).await;
    assert!(effect.status != EffectStatus::Done, "{}", effect.text.chars().take(200).collect::<String>());
    assert!(began.elapsed() < Duration::from_secs(40), "it took {:?}", began.elapsed());
    assert!(effect.text.chars().count() < 2000, "the words are about it, not it");
    assert_eq!(play.call("look", json!({})).await.status, EffectStatus::Done, "it can still be used");
    play.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signs_of_life_keep_a_call_alive_but_not_for_ever() {
    let mark = fresh_mark();
    let mut server = nasty("good", &mark);
    (server.extras.call_s, server.extras.call_total_s) = (3.0, 9.0);
    let mut play = Play::open(&server, &mark).await;
    let effect = play.call("slow", json!({"seconds": 5})).await;
    assert_eq!(effect.status, EffectStatus::Done, "a sign of life every fifth of a second: {effect:?}");
    let began = Instant::now();
    let effect = play.call("slow", json!({"seconds": 40})).await;
    assert_eq!(effect.status, EffectStatus::Uncertain, "{effect:?}");
    assert!(began.elapsed() < Duration::from_secs(9) + SLACK, "it took {:?}", began.elapsed());
    play.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_says_nothing_is_not_waited_for_and_told_so() {
    let mark = fresh_mark();
    let mut server = nasty("good", &mark);
    server.extras.call_s = 4.0;
    let mut play = Play::open(&server, &mark).await;
    let began = Instant::now();
    let effect = play.call("quiet", json!({"seconds": 40})).await;
    assert_eq!(effect.status, EffectStatus::Uncertain, "{effect:?}");
    let took = began.elapsed();
    assert!(took >= Duration::from_secs(4) && took < Duration::from_secs(4) + SLACK, "it took {took:?}");
    assert!(play.call("cancelled", json!({})).await.text.contains("1 cancelled"), "it was told");
    play.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_ends_a_call_at_once() {
    let mut play = Play::nasty("good").await;
    let stop = CancellationToken::new();
    let pressed = {
        let stop = stop.clone();
        tokio::spawn(async move {
            // The call has to be under way: that long it takes at most to be written down.
            tokio::time::sleep(Duration::from_millis(1500)).await;
            stop.cancel();
            Instant::now()
        })
    };
    let effect = play.call_until("quiet", json!({"seconds": 40}), &stop).await;
    let took = pressed.await.unwrap().elapsed();
    let effect = effect.unwrap_or_else(|trouble| panic!("{trouble}"));
    assert_eq!(effect.status, EffectStatus::Uncertain, "{effect:?}");
    assert!(took < Duration::from_secs(5), "it took {took:?}");
    play.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_dies_in_a_call_is_started_again_but_only_three_times() {
    let mut play = Play::nasty("good").await;
    for time in 1..=3 {
        let before = play.call("pid", json!({})).await.text;
        let effect = play.call("die", json!({})).await;
        assert_eq!(effect.status, EffectStatus::Uncertain, "death {time}: {effect:?}");
        let after = play.call("pid", json!({})).await;
        assert_eq!(after.status, EffectStatus::Done, "after death {time}: {after:?}");
        assert_ne!(after.text, before, "it is another process");
    }
    // The fourth time it stays dead: either the call says so, or the next one does.
    let mut ends = Vec::new();
    for tool in ["die", "pid"] {
        ends.push(play.try_call(tool, json!({})).await.map_err(|trouble| trouble.to_string()));
    }
    assert!(ends.iter().any(Result::is_err), "{ends:?}");
    play.close().await;
}

/// Between two calls nobody is told that it died, so the next look has to notice.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_is_killed_between_calls_is_there_again() {
    let mut play = Play::nasty("good").await;
    let processes = play.processes();
    assert_eq!(processes.len(), 1, "{processes:?}");
    signal(Signal::KILL, processes[0].pid);
    assert_gone(&processes);
    play.look().await;
    let mut last = play.call("look", json!({})).await;
    if last.status != EffectStatus::Done {
        last = play.call("look", json!({})).await;
    }
    assert_eq!(last.status, EffectStatus::Done, "{last:?}");
    play.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tools_come_and_go() {
    let mut play = Play::nasty("good").await;
    for (tool, is_there) in [("grow", true), ("shrink", false)] {
        let before = play.generation();
        assert_eq!(play.call(tool, json!({})).await.status, EffectStatus::Done);
        // The server says so after its answer, so it may take a moment to arrive.
        let deadline = Instant::now() + PATIENCE;
        while play.tools().contains(&"grown".to_owned()) != is_there {
            assert!(Instant::now() < deadline, "after {tool} there are {:?}", play.tools());
            play.look().await;
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert!(play.generation() > before, "whoever asks for that number learns of it");
    }
    play.close().await;
}
