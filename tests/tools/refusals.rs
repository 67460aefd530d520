//! Servers that cannot be used: each has its own problem, within its limit, and leaves nothing behind.

use std::time::{Duration, Instant};

use singularis::{
    environment::tools,
    protocol::Problem,
    settings::{Place, ServerSettings},
};
use tokio::time::timeout;

use crate::{
    PATIENCE,
    stage::{Play, SLACK, around, marked, nasty, with},
    traces::{assert_nobody_is_left, fresh_mark},
};

/// So long those are waited for that never come to an agreement. Seconds.
const PATIENT_FOR: f64 = 3.0;

/// The nasty server in a mode that leads nowhere.
fn hopeless(mode: &str, mark: &str) -> ServerSettings {
    let mut server = nasty(mode, mark);
    // Those that say so themselves are waited for, however long a busy machine takes to start them.
    let says_so = ["exits", "wrong_version", "refuses"].contains(&mode);
    server.extras.connect_s = if says_so { 30.0 } else { PATIENT_FOR };
    server
}

/// The problem that a server has, as a session and as a test of it are told; they agree.
async fn refused(server: &ServerSettings, mark: &str) -> Problem {
    let name = format!("{:?}", server.place);
    let limit = Duration::from_secs_f64(server.extras.connect_s) + SLACK;
    let began = Instant::now();
    let opened = Play::try_open(server, mark).await;
    let took = began.elapsed();
    assert!(took < limit, "{name} took {took:?}");
    assert_nobody_is_left(mark, &[]);
    let problem = opened.map(|_play| ()).expect_err("it cannot be used");
    let report = timeout(PATIENCE, tools::test(server, around())).await.expect("a test has its own limit");
    assert_nobody_is_left(mark, &[]);
    assert_eq!(report.problem.map(|problem| problem.summary), Some(problem.summary.clone()), "{name}");
    assert!(!problem.remedies.is_empty(), "{name}: there is a way out of {problem}");
    assert!(!problem.summary.ends_with('.') && !problem.summary.is_empty(), "{name}: {problem}");
    problem
}

/// It says this somewhere, letters in either case.
fn assert_says(problem: &Problem, words: &str) {
    let all = problem.to_string().to_lowercase();
    assert!(all.contains(&words.to_lowercase()), "{words:?} is not in {problem:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_way_of_leading_nowhere_has_its_own_problem() {
    let modes = [
        ("garbage", "does not speak like a tool server", "this is no message"),
        ("half_line", "began a message and never ended it", "without an end of line"),
        ("silent", "said nothing for 3 s", "nasty.py silent"),
        ("exits", "ended with code 3", "left-pad"),
        ("wrong_version", "speaks a protocol", "1999-12-31"),
        ("refuses", "refused", "not before the moon is full"),
        ("mute_list", "did not list its tools", "nasty.py mute_list"),
    ];
    let mut summaries = Vec::new();
    for (mode, summary, evidence) in modes {
        let mark = fresh_mark();
        let problem = refused(&hopeless(mode, &mark), &mark).await;
        eprintln!("{mode}: {problem}");
        assert!(problem.summary.contains(summary), "{mode}: {problem:?}");
        assert!(problem.details.iter().any(|detail| detail.contains(evidence)), "{mode}: {problem:?}");
        summaries.push(problem.summary);
    }
    let mark = fresh_mark();
    let nowhere = marked(ServerSettings::program("nasty", "no-such-program-anywhere", &[]), &mark);
    let problem = refused(&nowhere, &mark).await;
    assert_says(&problem, "no-such-program-anywhere");
    summaries.push(problem.summary);
    let all = summaries.len();
    summaries.sort();
    summaries.dedup();
    assert_eq!(summaries.len(), all, "two of them say the same: {summaries:?}");
}

/// Both are noticed for what they are: the first is no language, the second is one, without an answer in it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn floods_neither_hang_nor_fill_the_memory() {
    for (mode, words) in [("flood_junk", "junk, and more of it"), ("flood_notes", "but no answer to the greeting")] {
        let mark = fresh_mark();
        let problem = refused(&hopeless(mode, &mark), &mark).await;
        eprintln!("{mode}: {problem}");
        assert_says(&problem, words);
        assert!(problem.to_string().chars().count() < 8000, "{mode}: a problem is no flood itself");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_ends_at_once_is_not_waited_for() {
    let mark = fresh_mark();
    let mut server = nasty("exits", &mark);
    server.extras.connect_s = 60.0;
    let began = Instant::now();
    let problem = Play::try_open(&server, &mark).await.map(|_play| ()).expect_err("it has ended");
    assert!(began.elapsed() < Duration::from_secs(20), "it took {:?}", began.elapsed());
    assert!(problem.details.iter().any(|detail| detail.contains("left-pad")), "its last words: {problem:?}");
    assert_nobody_is_left(&mark, &[]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_variable_that_is_missing_is_named_and_its_value_is_not() {
    let mark = fresh_mark();
    // It is missing there.
    let problem = refused(&hopeless("needs_variable", &mark), &mark).await;
    assert_says(&problem, "NASTY_TOKEN");
    // It is missing here.
    for reference in ["${SINGULARIS_NO_SUCH_VARIABLE}", "${env:SINGULARIS_NO_SUCH_VARIABLE}", "${keychain}"] {
        let server = with(hopeless("needs_variable", &mark), "NASTY_TOKEN", reference);
        let problem = refused(&server, &mark).await;
        assert_says(&problem, if reference == "${keychain}" { "NASTY_TOKEN" } else { "SINGULARIS_NO_SUCH_VARIABLE" });
    }
    // It is there.
    let secret = "zephyrous-quagmire-1931";
    let server = with(nasty("needs_variable", &mark), "NASTY_TOKEN", secret);
    let play = Play::open(&server, &mark).await;
    let shown = format!("{:?}", play.view());
    assert!(!shown.contains(secret), "{shown}");
    play.close().await;
    // A server that does not come up with it is no reason to tell it either.
    let problem = refused(&with(hopeless("exits", &mark), "NASTY_TOKEN", secret), &mark).await;
    assert!(!format!("{problem:?}").contains(secret), "{problem:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_where_nobody_is_has_its_own_problem_too() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut server = ServerSettings::address("nasty", &format!("http://127.0.0.1:{closed}/mcp"));
    server.extras.connect_s = 10.0;
    assert!(matches!(server.place, Place::Address { .. }));
    let problem = refused(&server, &fresh_mark()).await;
    assert_says(&problem, &closed.to_string());
}

/// Whoever is killed in the middle of opening one has nothing left to let go of it: dropping must be enough.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn giving_up_in_the_middle_leaves_nothing() {
    for mode in ["silent", "flood_junk", "mute_list", "stubborn"] {
        let mark = fresh_mark();
        let server = nasty(mode, &mark);
        let opening = tools::open(&server, around());
        let given_up = timeout(Duration::from_millis(700), opening).await;
        // The stubborn one may have been opened by then.
        drop(given_up);
        assert_nobody_is_left(&mark, &[]);
    }
}
