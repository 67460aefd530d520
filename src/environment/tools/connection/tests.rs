//! A connection to real processes that speak the protocol, or pretend to.

mod questions;

use std::sync::Mutex;

use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::{
    super::calling::{CallLimits, Called},
    *,
};
use crate::{
    environment::Hooks,
    llm::{Http, HttpConfig, OpenThings},
    protocol::ActionCall,
};

/// A machine with two cores that does something else too is slow. Nothing waits for this long.
const PATIENCE: Duration = Duration::from_secs(60);
const LIMITS: CallLimits = CallLimits { quiet: PATIENCE, total: PATIENCE };
/// Of one that never answers; a good one has to begin to speak within it.
const SHORT: Duration = Duration::from_secs(5);
const SERVER: &str = include_str!("pretend_server.py");

fn settings(mode: &str) -> ServerSettings {
    ServerSettings::program("maze", "python3", &["-c", SERVER, mode])
}

fn around() -> Surroundings {
    let http = Http::new(HttpConfig::default(), OpenThings::default()).unwrap();
    Surroundings { http: Arc::new(http), secrets: BTreeMap::new(), hooks: Hooks::default(), guardian: None }
}

async fn opened(settings: &ServerSettings) -> (Result<Connection, Trouble>, Children) {
    let children = Children::default();
    let around = around();
    let opening = Connection::open(settings, &around, &children, None);
    let opened = timeout(PATIENCE, opening).await.unwrap();
    (opened, children)
}

async fn open(mode: &str) -> (Connection, Children) {
    let (opened, children) = opened(&settings(mode)).await;
    (opened.map_err(|trouble| format!("{trouble:?}")).unwrap(), children)
}

/// The trouble with one that cannot be used, of which nothing is left.
async fn trouble(settings: &ServerSettings) -> Trouble {
    let (opened, children) = opened(settings).await;
    let Err(trouble) = opened else { panic!("it can be used") };
    assert_eq!(children.alive(), 0);
    trouble
}

/// The trouble without the lines that came with it. Its time to connect is short.
async fn bare(mode: &str) -> Trouble {
    let mut settings = settings(mode);
    settings.extras.connect_s = SHORT.as_secs_f64();
    match trouble(&settings).await {
        Trouble::Told { trouble, .. } => *trouble,
        trouble => trouble,
    }
}

async fn called(connection: &Connection, name: &str, limits: CallLimits) -> Called {
    let call = ActionCall::with(name, "word", "hello");
    let ignore = |_progress: String| {};
    connection.call(&call, limits, &CancellationToken::new(), &ignore).await
}

fn words(called: &Called) -> String {
    match called {
        Called::Answered { result, .. } => {
            result.content.iter().filter_map(|block| block.as_text().map(|text| text.text.as_str())).collect()
        }
        Called::Refused { words, .. } | Called::Unclear { words, .. } => words.clone(),
        Called::Died { trouble, .. } => format!("{trouble:?}"),
    }
}

/// Waits until the server has written this to its standard error.
async fn until_it_complains(connection: &Connection, passage: &str) {
    let complaining = async {
        while !connection.complaints().iter().any(|line| line.contains(passage)) {
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(PATIENCE, complaining).await.unwrap();
}

#[tokio::test]
async fn a_good_server_is_greeted_listed_called_and_closed() {
    let (connection, children) = open("good").await;
    let about = connection.about();
    assert_eq!((about.product.as_str(), about.version.as_str()), ("pretend", "7"));
    assert_eq!((about.protocol.as_str(), about.instructions.as_str()), ("2025-11-25", "Be kind."));
    assert_eq!(about.capabilities, ["logging"]);
    let listed = connection.list(PATIENCE).await.unwrap();
    assert_eq!(listed.tools.iter().map(|tool| tool.name.as_ref()).collect::<Vec<_>>(), ["echo", "slow", "deaf"]);
    assert_eq!(listed.skipped, ["tool 3: odd: it has no input schema"]);
    assert_eq!(words(&called(&connection, "echo", LIMITS).await), "{\"word\": \"hello\"}");
    assert!(connection.is_alive());
    until_it_complains(&connection, "listening on stdio").await;
    let items = connection.close().await;
    assert_eq!((items.len(), items[0].outcome, items[0].name.as_str()), (1, Outcome::Closed, "tool server maze"));
    assert_eq!(children.alive(), 0);
}

#[tokio::test]
async fn one_that_fails_answers_and_one_that_refuses_says_so() {
    let (connection, _children) = open("good").await;
    let failed = called(&connection, "fail", LIMITS).await;
    assert!(matches!(&failed, Called::Answered { result, .. } if result.is_error == Some(true)), "{failed:?}");
    let refused = called(&connection, "fly", LIMITS).await;
    assert!(matches!(refused, Called::Refused { .. }), "{refused:?}");
    assert_eq!(words(&refused), "Unknown tool: fly");
}

#[tokio::test]
async fn progress_is_heard_while_a_call_goes_on() {
    let (connection, _children) = open("good").await;
    let heard = Mutex::new(Vec::new());
    let call = ActionCall::bare("slow");
    let hear = |text: String| heard.lock().unwrap().push(text);
    let answer = connection.call(&call, LIMITS, &CancellationToken::new(), &hear).await;
    assert_eq!(words(&answer), "done");
    let heard = heard.lock().unwrap();
    assert!(heard.iter().all(|text| text.starts_with("step (") && text.ends_with(" of 5)")), "{heard:?}");
    assert!(!heard.is_empty());
}

#[tokio::test]
async fn a_call_that_is_not_answered_in_time_is_unclear_and_the_server_hears_of_it() {
    let (connection, _children) = open("good").await;
    let short = Duration::from_millis(200);
    let quiet = called(&connection, "deaf", CallLimits { quiet: short, total: PATIENCE }).await;
    assert!(words(&quiet).starts_with("Neither an answer nor a sign of progress came for 0.2 s"), "{quiet:?}");
    let total = called(&connection, "deaf", CallLimits { quiet: PATIENCE, total: short }).await;
    assert!(words(&total).starts_with("It was not done after 0.2 s"), "{total:?}");
    assert!(matches!((quiet, total), (Called::Unclear { .. }, Called::Unclear { .. })));
    until_it_complains(&connection, "cancelled: It was not done").await;
    assert!(connection.is_alive());
    assert_eq!(words(&called(&connection, "echo", LIMITS).await), "{\"word\": \"hello\"}");
}

#[tokio::test]
async fn a_stop_ends_the_wait_at_once_and_the_server_hears_of_it() {
    let (connection, _children) = open("good").await;
    let stop = CancellationToken::new();
    let (call, ignore) = (ActionCall::bare("deaf"), |_progress: String| {});
    let stopping = async {
        sleep(Duration::from_millis(20)).await;
        stop.cancel();
    };
    let (stopped, ()) = tokio::join!(connection.call(&call, LIMITS, &stop, &ignore), stopping);
    assert!(matches!(stopped, Called::Unclear { .. }), "{stopped:?}");
    until_it_complains(&connection, "cancelled: It was stopped").await;
    let never_sent = connection.call(&call, LIMITS, &stop, &ignore).await;
    assert!(matches!(never_sent, Called::Refused { .. }), "{never_sent:?}");
}

#[tokio::test]
async fn an_answer_that_is_too_long_ends_the_call_at_once() {
    let (connection, _children) = open("good").await;
    let flooded = called(&connection, "flood", LIMITS).await;
    assert!(matches!(flooded, Called::Unclear { .. }), "{flooded:?}");
    assert!(words(&flooded).contains("more than 16 MiB"), "{flooded:?}");
    assert_eq!(words(&called(&connection, "echo", LIMITS).await), "{\"word\": \"hello\"}");
}

#[tokio::test]
async fn one_that_dies_in_the_middle_of_a_call_is_noticed() {
    let (connection, children) = open("good").await;
    let died = called(&connection, "die", LIMITS).await;
    let Called::Died { trouble, .. } = &died else { panic!("{died:?}") };
    assert_eq!(*trouble, Trouble::Died { exit: Some("with code 9".to_owned()) });
    assert!(!connection.is_alive());
    until_it_complains(&connection, "out of memory").await;
    let again = called(&connection, "echo", LIMITS).await;
    assert!(matches!(again, Called::Died { .. }), "{again:?}");
    assert!(connection.list(PATIENCE).await.is_err());
    connection.close().await;
    assert_eq!(children.alive(), 0);
}

#[tokio::test]
async fn a_change_of_the_tools_is_noticed() {
    let (connection, _children) = open("good").await;
    assert_eq!(connection.changes(), 0);
    called(&connection, "change", LIMITS).await;
    let changing = async {
        while connection.changes() == 0 {
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(PATIENCE, changing).await.unwrap();
}

#[tokio::test]
async fn one_that_knows_no_greeting_is_asked_what_it_speaks() {
    let (connection, children) = open("modern").await;
    assert_eq!(connection.about().protocol, "2026-07-28");
    assert_eq!(connection.list(PATIENCE).await.unwrap().tools.len(), 3);
    connection.close().await;
    assert_eq!(children.alive(), 0);
}

#[tokio::test]
async fn one_that_listens_to_nothing_is_ended_all_the_same() {
    let (connection, children) = open("stubborn").await;
    let items = connection.close().await;
    assert_eq!(items[0].outcome, Outcome::Aborted, "{items:?}");
    assert_eq!(children.alive(), 0);
}

#[tokio::test]
async fn one_that_is_started_by_a_wrapper_ends_with_it() {
    let script = "python3 -c \"$1\" good; echo the wrapper goes on >&2; sleep 60";
    let settings = ServerSettings::program("maze", "sh", &["-c", script, "sh", SERVER]);
    let (opened, children) = opened(&settings).await;
    assert_eq!(words(&called(&opened.unwrap_or_else(|_| panic!()), "echo", LIMITS).await), "{\"word\": \"hello\"}");
    // It was dropped without a word.
    let ending = async {
        while children.alive() > 0 {
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(PATIENCE, ending).await.unwrap();
}

#[tokio::test]
async fn nasty_ones_each_have_their_own_trouble() {
    let (silent, garbage, half) = tokio::join!(bare("silent"), bare("garbage"), bare("half"));
    assert_eq!(silent, Trouble::Silent { after: SHORT });
    assert_eq!(garbage, Trouble::TalksGarbage { line: "Ready on port 3000".to_owned(), lines: 2 });
    assert_eq!(half, Trouble::HalfLine { bytes: 17 });
}

#[tokio::test]
async fn one_that_ends_at_once_is_not_waited_for_and_its_last_lines_are_kept() {
    let trouble = trouble(&settings("exit")).await;
    let lines = ["usage: server [stdio] (on its output)", "Error: API_KEY environment variable is required"];
    assert_eq!(trouble.complaints(), lines);
    let ended = Trouble::EndedAtOnce { exit: "with code 3".to_owned() };
    assert_eq!(trouble, ended.with(lines.map(str::to_owned).into()));
}

#[tokio::test]
async fn one_that_refuses_hangs_up_or_wants_another_version_is_told_apart() {
    assert_eq!(bare("refuse").await, Trouble::Refused { words: "no licence".to_owned() });
    assert_eq!(bare("hangup").await, Trouble::HungUp);
    assert_eq!(bare("old").await, Trouble::WrongProtocol { words: "it wants version 1999-01-01".to_owned() });
}

#[tokio::test]
async fn what_cannot_be_started_is_told_by_name() {
    let missing = ServerSettings::program("maze", "no-such-program-anywhere", &[]);
    assert_eq!(trouble(&missing).await, Trouble::NotFound { program: "no-such-program-anywhere".to_owned() });
    let mut nowhere = settings("good");
    let Place::Program { folder, .. } = &mut nowhere.place else { panic!("it is a program") };
    "/no/such/folder".clone_into(folder);
    assert_eq!(trouble(&nowhere).await, Trouble::NoFolder { folder: "/no/such/folder".to_owned() });
    let Place::Program { variables, .. } = &mut nowhere.place else { panic!("it is a program") };
    variables.insert("TOKEN".to_owned(), "${keychain}".to_owned());
    assert_eq!(trouble(&nowhere).await, Trouble::NeedsSecret { name: "TOKEN".to_owned() });
}

#[tokio::test]
async fn addresses_that_are_none_or_where_nobody_is_are_told_apart() {
    let bad = trouble(&ServerSettings::address("maze", "not an address")).await;
    assert!(matches!(bad, Trouble::BadAddress { .. }), "{bad:?}");
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let nobody = trouble(&ServerSettings::address("maze", &format!("http://{free}/mcp"))).await;
    assert!(matches!(nobody, Trouble::Unreachable { .. }), "{nobody:?}");
}
