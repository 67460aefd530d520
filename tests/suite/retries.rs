//! Who asks again, how often and how soon: every client in front of every status, judged by us and by llmock.

use std::{sync::Arc, time::Duration};

use futures_util::future::join_all;
use serde_json::{Value, json};
use singularis::llm::{Http, Model, ask::Unwatched};
use tokio::time::sleep;

use crate::{
    cases::{BEGUN, Condition, TEXT},
    client::{Client, http},
    formats::speech,
    judge::{Finding, judge},
    llmock::{Llmock, stream_fault},
    question::{Question, patient},
    raw::Raw,
    refusals::PAUSE,
    script::{Reply, reply},
};

/// What a server does in a row; the last thing it goes on doing.
fn scripts(client: Client) -> Vec<(String, Vec<Reply>)> {
    let mut scripts = Vec::new();
    for status in [400, 401, 402, 403, 404, 405, 408, 409, 413, 422, 429, 500, 502, 503, 504, 529] {
        scripts.push((format!("{status} for ever"), vec![Reply::refusal(client, status, None)]));
    }
    let good = || Reply::stream(speech(client, TEXT));
    for status in [429, 500, 503, 529] {
        let limited = || Reply::refusal(client, status, Some(PAUSE));
        scripts.push((format!("{status} with a pause for ever"), vec![limited()]));
        scripts.push((format!("{status} with a pause twice"), vec![limited(), limited(), good()]));
    }
    let broken = [Condition::Cut, Condition::Dropped, Condition::BlankCut, Condition::Garbled, Condition::ErrorAmid];
    scripts.extend(broken.map(|condition| (format!("{condition:?}"), vec![reply(client, condition)])));
    scripts
}

/// Complaints about one client in front of one server.
async fn judged(http: &Arc<Http>, client: Client, name: String, replies: Vec<Reply>) -> Vec<String> {
    let raw = Raw::start(replies).await;
    let told = client.connect(http, &raw.url()).ask(&Question::Plain.ask(patient()), &mut Unwatched).await;
    let attempts = raw.attempts();
    let answered: Vec<u64> = attempts.last().filter(|_| told.is_ok()).map(|last| last.question).into_iter().collect();
    let (has_an_answer, is_refused) = (name.ends_with("twice"), name.ends_with("for ever"));
    let complain = move |what: String| format!("{} in front of {name}: {what}", client.title());
    let mut complaints: Vec<String> =
        judge(&attempts, &answered).iter().map(|finding| complain(format!("{finding:?}"))).collect();
    // A server of one's own is not asked again by itself.
    let is_own = client == Client::LmStudio;
    if has_an_answer && (told.is_ok(), attempts.len()) != (!is_own, if is_own { 1 } else { 3 }) {
        complaints.push(complain(format!("after two pauses there is an answer: {told:?}, {attempts:?}")));
    }
    if is_refused && told.is_ok() {
        complaints.push(complain("it takes a refusal for an answer".to_owned()));
    }
    complaints
}

#[tokio::test]
async fn nobody_asks_again_in_vain_in_a_storm_or_too_early() {
    let http = http();
    let all =
        Client::ALL.into_iter().flat_map(|client| scripts(client).into_iter().map(move |script| (client, script)));
    let complaints = join_all(all.map(|(client, (name, replies))| judged(&http, client, name, replies))).await.concat();
    assert!(complaints.is_empty(), "{} findings:\n{}", complaints.len(), complaints.join("\n"));
}

/// Our server keeps a record by which a bad client is found out, so that finding nothing means something.
#[tokio::test]
async fn a_hasty_client_is_found_out() {
    // However busy the machine is, nobody waits that long here.
    let told_to_wait = Duration::from_secs(30);
    let refusal = Reply::refusal(Client::Claude, 429, Some(told_to_wait));
    let raw = Raw::start(vec![refusal, reply(Client::Claude, Condition::Cut)]).await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    for _ in 0..4 {
        let answer = http.post(format!("{}/v1/messages", raw.url())).body("{}").send().await.unwrap();
        let _it_may_break_off = answer.text().await;
    }
    let attempts = raw.attempts();
    let findings = judge(&attempts, &[attempts[0].question]);
    assert!(findings.contains(&Finding::Storm { tries: 4 }), "{findings:?}");
    assert!(findings.contains(&Finding::HalfTaken), "{findings:?}");
    let is_early = |finding: &Finding| matches!(finding, Finding::TooEarly { told, .. } if *told == told_to_wait);
    assert!(findings.iter().any(is_early), "{findings:?}");
    assert!(findings.iter().any(|finding| matches!(finding, Finding::Hasty { .. })), "{findings:?}");
}

/// What llmock does, and what has to come of it.
struct Scene {
    name: String,
    behaviors: Value,
    /// How many requests the first question takes.
    tries: usize,
    ends: End,
    /// Findings that are none.
    granted: &'static [&'static str],
}

/// How a scene ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Answered,
    Failed,
    /// Failed, and whoever asked asks once more. llmock sees no more of a client than its requests: one that tells of a
    /// broken stream and one that takes it for an answer look the same to it until somebody asks again.
    FailedAndAskedAgain,
}

/// llmock fails so many times.
fn fails(status: u16, times: u32, pause: Option<Duration>) -> Value {
    json!([{"type": "fail", "status": status, "times": times, "retry_after": pause.map(|pause| pause.as_secs_f64())}])
}

fn scenes(client: Client) -> Vec<Scene> {
    let scene = |name: String, behaviors, tries, ends| Scene { name, behaviors, tries, ends, granted: &[] };
    let mut scenes = Vec::new();
    for status in [429, 529] {
        let (name, behaviors) = (format!("{status} once"), fails(status, 1, Some(PAUSE)));
        scenes.push(match client {
            // A server of one's own is not asked again by itself, which llmock finds a pity.
            Client::LmStudio => Scene { granted: &["gave_up"], ..scene(name, behaviors, 1, End::Failed) },
            Client::Claude | Client::Gemini => scene(name, behaviors, 2, End::Answered),
        });
    }
    for status in [400, 401, 403, 404, 413, 422] {
        scenes.push(scene(format!("{status} for ever"), fails(status, 9, None), 1, End::Failed));
    }
    for kind in ["truncate", "disconnect", "malformed"] {
        let mut fault = stream_fault(kind, client.of([3, 5, 2]));
        fault["times"] = json!(1);
        let behaviors = json!([{"type": "reply", "text": BEGUN, "times": 2}, fault]);
        scenes.push(scene(format!("a stream with the fault {kind}"), behaviors, 1, End::FailedAndAskedAgain));
    }
    scenes
}

/// Complaints about one client in one scene.
async fn played(llmock: &Llmock, http: &Arc<Http>, client: Client, scene: &Scene) -> Vec<String> {
    let _turn = llmock.play(&scene.behaviors).await;
    let model = client.connect(http, &llmock.url(client));
    let ask = Question::Plain.ask(patient());
    let mut told = model.ask(&ask, &mut Unwatched).await;
    let tries = llmock.seen().await.len();
    let mut ended = if told.is_ok() { End::Answered } else { End::Failed };
    if scene.ends == End::FailedAndAskedAgain && told.is_err() {
        // llmock takes down a request when it is over, which a client that hung up does not wait for.
        sleep(Duration::from_secs(1)).await;
        told = model.ask(&ask, &mut Unwatched).await;
        ended = if told.is_ok() { End::FailedAndAskedAgain } else { End::Failed };
    }
    let mut findings = llmock.findings().await;
    findings.retain(|code| !scene.granted.contains(&code.as_str()));
    let mut complaints = Vec::new();
    let mut complain = |what: String| complaints.push(format!("{} in {}: {what}", client.title(), scene.name));
    if ended != scene.ends {
        complain(format!("it ended {ended:?} and not {:?}: {told:?}", scene.ends));
    }
    if tries != scene.tries {
        complain(format!("{tries} requests were sent, and it should be {}", scene.tries));
    }
    if !findings.is_empty() {
        complain(format!("llmock finds {findings:?}"));
    }
    complaints
}

#[tokio::test]
async fn the_judge_of_llmock_finds_nothing() {
    let complaints = join_all(Client::ALL.map(|client| async move {
        let Some(llmock) = Llmock::of(client).await else { return Vec::new() };
        let (http, mut complaints) = (http(), Vec::new());
        for scene in scenes(client) {
            complaints.extend(played(&llmock, &http, client, &scene).await);
        }
        complaints
    }));
    let complaints = complaints.await.concat();
    assert!(complaints.is_empty(), "{} findings:\n{}", complaints.len(), complaints.join("\n"));
}

/// llmock is not blind, so that finding nothing means something.
#[tokio::test]
async fn the_judge_of_llmock_finds_a_hasty_client_out() {
    let Some(llmock) = Llmock::of(Client::LmStudio).await else { return };
    // Longer than any machine stands still, or the second question comes late enough by chance.
    let _turn = llmock.play(&fails(429, 2, Some(Duration::from_secs(30)))).await;
    let hasty = reqwest::Client::builder().no_proxy().build().unwrap();
    for _ in 0..2 {
        let question = json!({"model": "m", "messages": [{"role": "user", "content": "now"}]});
        let url = format!("{}/v1/chat/completions", llmock.url(Client::LmStudio));
        hasty.post(url).json(&question).send().await.unwrap().text().await.unwrap();
    }
    assert_eq!(llmock.findings().await, ["retry_after_ignored"]);
}
