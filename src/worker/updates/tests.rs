//! What leaves this machine and when, and what comes of honest and hostile answers.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Instant,
};

use serde_json::json;

use super::*;
use crate::{
    llm::{HttpConfig, OpenThings},
    protocol::{Command, Depth, Event},
    settings::{CloudMode, Home, UpdateSettings, file::Loaded},
    worker::{Outside, Worker, start},
};

/// Long enough for a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Somebody who can be asked, and remembers every connection with what was said over it.
struct Source {
    address: String,
    is_over: Arc<AtomicBool>,
    listening: JoinHandle<Vec<String>>,
}

impl Source {
    /// Gives everybody this answer, to the letter.
    fn saying(answer: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = format!("http://{}/newest.json", listener.local_addr().unwrap());
        let is_over = Arc::new(AtomicBool::new(false));
        let over = Arc::clone(&is_over);
        let listening = thread::spawn(move || {
            let mut heard = Vec::new();
            loop {
                // Whoever came before the end is still heard.
                let is_last = over.load(Ordering::SeqCst);
                match listener.accept() {
                    Ok((stream, _)) => heard.push(hear(stream, &answer)),
                    Err(_) if is_last => return heard,
                    Err(_) => thread::sleep(Duration::from_millis(2)),
                }
            }
        });
        Self { address, is_over, listening }
    }

    fn giving(body: &str) -> Self {
        Self::saying(http("200 OK", body))
    }

    /// What was said over each connection.
    fn heard(self) -> Vec<String> {
        self.is_over.store(true, Ordering::SeqCst);
        self.listening.join().unwrap()
    }
}

fn hear(mut stream: TcpStream, answer: &str) -> String {
    stream.set_nonblocking(false).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let (mut head, mut byte) = (Vec::new(), [0_u8]);
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|count| count == 1) {
        head.push(byte[0]);
    }
    // Whoever reads no more than the beginning may be gone.
    let _gone = stream.write_all(answer.as_bytes());
    String::from_utf8_lossy(&head).to_ascii_lowercase()
}

fn http(status: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}

async fn asked(answer: String) -> (NewestRelease, Vec<String>) {
    let source = Source::saying(answer);
    let http = Http::new(HttpConfig::default(), OpenThings::default()).unwrap();
    let found = ask(&http, Url::parse(&source.address).unwrap()).await;
    assert_eq!(http.open().requests(), 0);
    (found, source.heard())
}

/// What it comes to that nothing was learnt.
async fn details_of(answer: String) -> Vec<String> {
    match asked(answer).await.0 {
        NewestRelease::Unknown(problem) => problem.details,
        other => panic!("{other:?}"),
    }
}

fn newer(version: &str, page: Option<&str>) -> NewestRelease {
    NewestRelease::Newer { version: version.to_owned(), page: page.map(str::to_owned) }
}

#[tokio::test]
async fn the_question_is_one_plain_request_that_says_nothing_of_anybody() {
    let body = r#"{"version": "999.2.0", "page": "https://example.org/999", "notes": "all is new"}"#;
    let (found, heard) = asked(http("200 OK", body)).await;
    assert_eq!(found, newer("999.2.0", Some("https://example.org/999")));
    assert_eq!(heard.len(), 1);
    let mut lines: Vec<&str> = heard[0].trim_end().split("\r\n").collect();
    lines.retain(|line| !line.starts_with("host: 127.0.0.1:"));
    lines.sort_unstable();
    assert_eq!(lines, ["accept: application/json", "get /newest.json http/1.1", "user-agent: singularis"]);
}

#[tokio::test]
async fn an_answer_that_says_nothing_is_told_in_words() {
    assert_eq!(details_of(http("200 OK", "<html></html>")).await, ["Its answer is no JSON"]);
    assert_eq!(details_of(http("404 Not Found", "{}")).await, ["Status: 404"]);
    let failed = r#"{"error": "no"}"#;
    assert_eq!(details_of(http("200 OK", failed)).await, ["Its answer says that something failed"]);
    assert_eq!(details_of(http("200 OK", "[]")).await, ["The answer names no version"]);
    let details = details_of(http("200 OK", r#"{"version": "<b>9</b>"}"#)).await;
    assert_eq!(details, ["What the answer names is no version of three numbers"]);
}

#[tokio::test]
async fn nobody_is_followed_elsewhere() {
    let other = Source::giving(r#"{"version": "999.0.0"}"#);
    let moved = format!("HTTP/1.1 302 Found\r\nlocation: {}\r\ncontent-length: 0\r\n\r\n", other.address);
    assert_eq!(details_of(moved).await, ["Status: 302"]);
    assert_eq!(other.heard(), Vec::<String>::new());
}

#[tokio::test]
async fn an_answer_without_end_is_given_up() {
    let body = format!(r#"{{"version": "999.0.0", "notes": "{}"}}"#, "x".repeat(MOST_BYTES));
    assert_eq!(details_of(http("200 OK", &body)).await, ["Its answer is longer than 64 kB"]);
    let body = format!(r#"{{"version": "999.0.0", "notes": "{}"}}"#, "x".repeat(MOST_BYTES / 2));
    assert_eq!(asked(http("200 OK", &body)).await.0, newer("999.0.0", None));
}

#[tokio::test]
async fn where_nobody_listens_nothing_is_learnt_and_that_is_said() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let http = Http::new(HttpConfig::default(), OpenThings::default()).unwrap();
    let found = ask(&http, Url::parse(&format!("http://{closed}/")).unwrap()).await;
    let NewestRelease::Unknown(problem) = found else { panic!("{found:?}") };
    assert_eq!(problem.summary, "Whether a newer version exists could not be learnt");
    assert!(problem.details.len() == 1 && problem.details[0].starts_with("Below HTTP: "), "{problem:?}");
}

#[test]
fn versions_are_compared_number_by_number() {
    let told = |offered: &str, own: &str| read(&json!({ "version": offered }), own);
    for (offered, own) in [("0.2.0", "0.1.0"), ("0.10.0", "0.9.9"), ("1.0.0", "0.99.99"), ("0.1.1", "0.1.0")] {
        assert_eq!(told(offered, own), Ok(newer(offered, None)), "{offered} after {own}");
        assert_eq!(told(own, offered), Ok(NewestRelease::NoneNewer), "{own} after {offered}");
    }
    assert_eq!(told("0.1.0", "0.1.0"), Ok(NewestRelease::NoneNewer));
    assert_eq!(told(" v0.2.0+build.7 ", "0.1.0"), Ok(newer("0.2.0", None)));
    assert_eq!(told("0.2.0", "0.2.0-rc.1"), Ok(newer("0.2.0", None)), "what was tried is released");
    for trial in ["0.2.0-rc.1", "9.0.0-alpha"] {
        assert_eq!(told(trial, "0.1.0"), Ok(NewestRelease::NoneNewer), "{trial} is for whoever looks for it");
    }
    let long = "1".repeat(100);
    for bad in
        ["", "2", "0.2", "0.2.0.0", "0.2.x", "0.-2.0", "+0.2.0", "0.+2.0", "0. 2.0", "0..2", "1111111111.0.0", &long]
    {
        assert!(told(bad, "0.1.0").is_err(), "{bad}");
    }
}

#[test]
fn a_list_of_github_is_understood_too() {
    let page = "https://github.com/example/singularis/releases/tag/v0.2.0";
    let latest = json!({"tag_name": "v0.2.0", "html_url": page, "draft": false, "prerelease": false, "assets": []});
    assert_eq!(read(&latest, "0.1.0"), Ok(newer("0.2.0", Some(page))));
    for mark in ["draft", "prerelease"] {
        let mut marked = latest.clone();
        marked[mark] = json!(true);
        assert_eq!(read(&marked, "0.1.0"), Ok(NewestRelease::NoneNewer), "{mark}");
    }
    for nothing in [json!(null), json!("0.2.0"), json!({"version": 2}), json!({"version": null, "tag_name": 1})] {
        assert!(read(&nothing, "0.1.0").is_err(), "{nothing}");
    }
}

#[test]
fn a_page_that_is_not_safe_to_open_is_left_out() {
    let long = format!("https://example.org/{}", "x".repeat(LONGEST_PAGE));
    for bad in [
        "http://example.org/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://user:word@example.org/",
        "https://",
        "example.org",
        "",
        &long,
    ] {
        let answer = json!({"version": "0.2.0", "page": bad});
        assert_eq!(read(&answer, "0.1.0"), Ok(newer("0.2.0", None)), "{bad}");
    }
}

/// What somebody hears whose address stands in the settings of a whole program, through two checks of the servers.
fn heard_from_a_program(check: bool, cloud: CloudMode) -> Vec<String> {
    let source = Source::giving(r#"{"version": "999.0.0"}"#);
    let home = tempfile::tempdir().unwrap();
    let updates = UpdateSettings { check, address: source.address.clone() };
    let mut settings = Settings { cloud, updates, ..Settings::default() };
    settings.endpoints[0].url = "http://127.0.0.1:9".into();
    let loaded = Loaded { settings, warnings: Vec::new() };
    let worker = start(loaded, Some(Home::in_folder(home.path())), Outside::default()).unwrap();
    let Worker { mut link, thread, .. } = worker;
    let expected = usize::from(check && cloud != CloudMode::LocalOnly);
    let (mut checks, mut answers, deadline) = (0, 0, Instant::now() + PATIENCE);
    link.send(Command::CheckHealth { depth: Depth::Quick }).unwrap();
    while checks < 2 || answers < expected {
        assert!(Instant::now() < deadline, "{checks} checks, {answers} answers");
        match link.next_event() {
            Some(Event::CheckFinished(_)) => {
                checks += 1;
                if checks == 1 {
                    link.send(Command::CheckHealth { depth: Depth::Quick }).unwrap();
                }
            }
            Some(Event::NewestRelease(release)) => {
                assert_eq!(*release, newer("999.0.0", None));
                answers += 1;
            }
            Some(_) => {}
            None => thread::sleep(Duration::from_millis(2)),
        }
    }
    link.send(Command::Shutdown).unwrap();
    assert!(thread.join().unwrap().clean);
    source.heard()
}

#[test]
fn nothing_leaves_until_it_is_switched_on() {
    assert_eq!(heard_from_a_program(false, CloudMode::LocalFirst), Vec::<String>::new());
}

#[test]
fn whoever_has_switched_it_on_asks_exactly_once() {
    let heard = heard_from_a_program(true, CloudMode::LocalFirst);
    assert_eq!(heard.len(), 1);
    assert!(!heard[0].contains(env!("CARGO_PKG_VERSION")), "{heard:?}");
}

#[test]
fn nothing_leaves_while_only_local_is_allowed() {
    assert_eq!(heard_from_a_program(true, CloudMode::LocalOnly), Vec::<String>::new());
}
