//! One case: asks, and looks at the answer or the failure, at what was heard of it, and at the requests behind it.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};
use singularis::{
    llm::{Answer, Error, Fault, Http, Model, Sink, diagnose},
    protocol::Cause,
};
use tokio::time::timeout;

use crate::{
    cases::{Case, Condition, Outcome},
    client::{Client, KEY},
    counterpart::Stage,
    question::PLACE,
    sent::{check, need},
};

/// Nothing takes longer than this.
const PATIENCE: Duration = Duration::from_secs(20);

/// Keeps every piece of an answer.
#[derive(Default)]
struct Heard(Vec<String>);

impl Sink for Heard {
    fn text(&mut self, piece: &str) {
        self.0.push(piece.to_owned());
    }

    fn reasoning(&mut self, _piece: &str) {}
}

/// Puts the question of a case and says what is not as it has to be.
pub async fn put(http: &Arc<Http>, client: Client, case: &Case, stage: &Stage<'_>) -> Result<(), String> {
    let model = client.connect(http, &stage.url);
    let (ask, mut heard) = (case.question.ask(case.condition.limits()), Heard::default());
    let told = timeout(PATIENCE, model.ask(&ask, &mut heard)).await;
    let told = told.map_err(|_elapsed| format!("neither an answer nor a failure within {PATIENCE:?}"))?;
    look(client, &case.outcome, &told, &heard)?;
    let seen = stage.seen().await;
    let tries = match &case.outcome {
        Outcome::Fails(_, tries) => client.of(*tries),
        _ => 1,
    };
    need(seen.len() == tries, || format!("{} requests were sent, and it should be {tries}", seen.len()))?;
    seen.iter().try_for_each(|seen| check(client, case.question, seen))?;
    let findings = stage.findings().await;
    let is_clean = findings.iter().all(|code| is_granted(client, case.condition, code));
    need(is_clean, || format!("it is found guilty of {findings:?}"))
}

/// Findings that are none, since a judge of requests sees nothing else.
fn is_granted(client: Client, condition: Condition, code: &str) -> bool {
    match code {
        // A server of one's own is not asked again by itself.
        "gave_up" if client == Client::LmStudio => true,
        // Whether half an answer was taken for a whole one shows only if somebody asks again, as in `retries`.
        "gave_up" | "truncated_stream_accepted" | "malformed_chunk_ignored" => {
            matches!(condition, Condition::Cut | Condition::Dropped | Condition::Garbled)
        }
        _ => false,
    }
}

fn look(client: Client, outcome: &Outcome, told: &Result<Answer, Error>, heard: &Heard) -> Result<(), String> {
    match outcome {
        Outcome::Text(text, pieces) => {
            let answer = answered(told)?;
            need(answer.text == *text, || format!("the answer is {:?}", answer.text))?;
            need(heard.0.concat() == *text && heard.0.len() >= *pieces, || format!("heard was {:?}", heard.0))?;
            need(!answer.by.is_other_model(), || format!("it says that it comes from {:?}", answer.by))
        }
        Outcome::Calls(count) => {
            let calls = &answered(told)?.tool_calls;
            let made: Vec<_> = calls.iter().map(|call| (call.name.as_str(), call.arguments.clone())).collect();
            let wanted = [("go_to", json!({"place": PLACE})), ("wait", json!({}))];
            need(made == wanted[..*count], || format!("the calls are {made:?}"))
        }
        Outcome::Shape => {
            let text = &answered(told)?.text;
            let is_kept = serde_json::from_str::<Value>(text).is_ok_and(|value| value == json!({"answer": "yes"}));
            need(is_kept, || format!("the answer is {text:?}"))
        }
        Outcome::Fails(causes, _) => {
            let (cause, ..) = failed(told)?;
            let wanted = client.of(*causes);
            need(cause == wanted, || format!("the cause is {cause} and not {wanted}"))
        }
        Outcome::BreaksOff => {
            let (cause, fault, pieces) = failed(told)?;
            need(matches!(fault, Some(Fault::Truncated { .. } | Fault::Reset)), || format!("the fault is {fault:?}"))?;
            let is_told = matches!(cause, Cause::StreamTruncated | Cause::ConnectionReset);
            need(is_told, || format!("the cause is {cause}, and {pieces}"))
        }
        Outcome::TimesOut(limit, wanted) => {
            let (cause, fault, pieces) = failed(told)?;
            let has_fired = matches!(fault, Some(Fault::TimedOut { limit: fired, .. }) if fired == limit);
            need(has_fired, || format!("the fault is {fault:?} and not the limit of {}", limit.title()))?;
            need(cause == *wanted, || format!("the cause is {cause} and not {wanted}, and {pieces}"))
        }
    }
}

fn answered(told: &Result<Answer, Error>) -> Result<&Answer, String> {
    told.as_ref().map_err(|error| format!("it failed: {error}, {:?}", error.evidence()))
}

/// The cause, what our client noticed, and the evidence for whoever reads the complaint. The key shows nowhere.
fn failed(told: &Result<Answer, Error>) -> Result<(Cause, Option<&Fault>, String), String> {
    let Err(error) = told else { return Err(format!("it counts as an answer: {told:?}")) };
    let Some(evidence) = error.evidence() else { return Err(format!("nothing was sent: {error}")) };
    let pieces = format!("the evidence is {evidence:?}");
    need(!format!("{error} {pieces}").contains(&KEY[..12]), || "the key shows".to_owned())?;
    Ok((diagnose(evidence).cause, evidence.fault.as_ref(), pieces))
}
