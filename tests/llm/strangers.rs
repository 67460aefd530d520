//! The real client asks servers that stream in ways no LM Studio does: with other habits, with faults of their own, and
//! with words that are a model's and not a server's.

use std::time::{Duration, Instant};

use serde_json::json;
use singularis::{
    llm::{Answer, Error, Fault as Noticed, Limits, Model, diagnose},
    protocol::{Cause, Fix, Remedy},
};

use crate::{
    Heard, cause, chat_model, http,
    lookalikes::{TINY, garbled_llama, plain_text_llama},
    patient, question,
    reply::{DONE, Manner, Reply, chunk, pieces, speech},
    soon,
    wire::{Asked, Plan, Wire},
};

/// Asks a raw server once, with these limits.
async fn ask_with(limits: Limits, plan: Plan) -> (Result<Answer, Error>, Heard) {
    let (http, wire, mut heard) = (http(), Wire::start(plan).await, Heard::default());
    let model = chat_model(&http, &wire.url(), TINY);
    let outcome = soon(model.ask(&question(limits), &mut heard)).await;
    assert_eq!(http.open().requests(), 0, "whatever happened, it is over");
    (outcome, heard)
}

async fn ask(answer: fn(&Asked) -> Reply) -> (Result<Answer, Error>, Heard) {
    ask_with(patient(), Plan::Http(answer)).await
}

/// The cause of a failure that has to come.
async fn fails(answer: fn(&Asked) -> Reply) -> Cause {
    cause(&ask(answer).await.0.expect_err("a failure"))
}

fn error_event(words: &str) -> String {
    let data = json!({"error": {"message": words}, "message": words});
    format!("event: error\ndata: {data}\n\n")
}

#[tokio::test]
async fn a_plain_stream_is_read() {
    let (outcome, heard) = ask(|asked| Reply::sse(speech(asked.model(), &["one", " two"]))).await;
    assert_eq!(outcome.expect("an answer").text, "one two");
    assert_eq!(heard.text, ["one", " two"]);
}

#[tokio::test]
async fn comments_and_carriage_returns_are_no_answer() {
    let (outcome, _) = ask(|_| {
        let events = format!(": keep-alive\n\n{}", speech(TINY, &["one"])).replace('\n', "\r\n");
        Reply::sse(events)
    })
    .await;
    assert_eq!(outcome.expect("an answer").text, "one");
}

#[tokio::test]
async fn reasoning_under_both_names_at_once_is_taken_once() {
    let (outcome, heard) = ask(|_| {
        let thought = chunk(TINY, &json!({"reasoning": "so", "reasoning_content": "so"}), None);
        Reply::sse(format!("{thought}{}", speech(TINY, &["yes"])))
    })
    .await;
    let answer = outcome.expect("some servers send both for old clients");
    assert_eq!((answer.reasoning.as_str(), answer.text.as_str()), ("so", "yes"));
    assert_eq!(heard.reasoning, ["so"]);
}

#[tokio::test]
async fn two_calls_under_one_index_are_two_calls() {
    let (outcome, _) = ask(|_| {
        let call = |id: &str, name: &str, arguments: &str| {
            let function = json!({"name": name, "arguments": arguments});
            chunk(TINY, &json!({"tool_calls": [{"index": 0, "id": id, "function": function}]}), None)
        };
        let calls = [call("1", "go_to", r#"{"place":"Farm"}"#), call("2", "wait", "{}")].concat();
        Reply::sse(format!("{calls}{}{DONE}", chunk(TINY, &json!({}), Some("tool_calls"))))
    })
    .await;
    let calls = outcome.expect("an answer").tool_calls;
    let names: Vec<_> = calls.iter().map(|call| (call.name.as_str(), call.arguments.to_string())).collect();
    assert_eq!(names, [("go_to", r#"{"place":"Farm"}"#.to_owned()), ("wait", "{}".to_owned())]);
}

#[tokio::test]
async fn calls_counted_from_one_keep_their_arguments() {
    let (outcome, _) = ask(|_| {
        let first = json!({"tool_calls": [{"index": 1, "function": {"name": "go_to", "arguments": ""}}]});
        let second = json!({"tool_calls": [{"index": 1, "function": {"arguments": "{\"place\":\"Farm\"}"}}]});
        let calls = [chunk(TINY, &first, None), chunk(TINY, &second, None)].concat();
        Reply::sse(format!("{calls}{}{DONE}", chunk(TINY, &json!({}), Some("tool_calls"))))
    })
    .await;
    let calls = outcome.expect("an answer").tool_calls;
    assert_eq!(calls.len(), 1, "{calls:?}");
    assert_eq!(calls[0].arguments, json!({"place": "Farm"}));
}

#[tokio::test]
async fn an_answer_that_is_complete_may_lack_its_end_mark() {
    fn unmarked() -> String {
        format!("{}{}", pieces(TINY, &["one"]), chunk(TINY, &json!({}), Some("stop")))
    }
    let (outcome, _) = ask(|_| Reply::sse(unmarked())).await;
    assert_eq!(outcome.expect("closed in order").text, "one");
    let (outcome, _) = ask(|_| Reply::sse(unmarked()).told(Manner::CutChunk)).await;
    assert_eq!(outcome.expect("all was said before the connection broke").text, "one");
}

#[tokio::test]
async fn a_complete_answer_does_not_wait_long_for_a_connection_that_stays_open() {
    let limits = Limits { between_tokens: Duration::from_secs(60), total: Duration::from_secs(60), ..patient() };
    let started = Instant::now();
    let held = Plan::Http(|_| {
        let events = format!("{}{}", pieces(TINY, &["one"]), chunk(TINY, &json!({}), Some("stop")));
        Reply::sse(events).told(Manner::HeldOpen)
    });
    let (outcome, _) = ask_with(limits, held).await;
    assert_eq!(outcome.expect("an answer").text, "one");
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_stream_without_its_end_is_cut_short() {
    let (outcome, heard) = ask(|_| Reply::sse(pieces(TINY, &["one", " two"]))).await;
    let error = outcome.expect_err("no end mark and no finish reason");
    assert_eq!((cause(&error), heard.text.concat().as_str()), (Cause::StreamTruncated, "one two"));
    assert_eq!(error.evidence().and_then(|seen| seen.fault.clone()), Some(Noticed::Truncated { pieces: 2 }));
    assert_eq!(fails(|_| Reply::sse(pieces(TINY, &["one"])).told(Manner::CutChunk)).await, Cause::StreamTruncated);
}

#[tokio::test]
async fn whatever_came_before_a_broken_event_is_heard_and_the_last_of_it_is_evidence() {
    fn words() -> Vec<String> {
        (0..200).map(|number| format!("<{number}>")).collect()
    }
    fn broken() -> Reply {
        let all = words();
        let mut body = pieces(TINY, &all.iter().map(String::as_str).collect::<Vec<_>>()).into_bytes();
        body.extend_from_slice(b"data: \xff\n\n");
        Reply::new(200, "text/event-stream", body)
    }
    let (outcome, heard) = ask(|_| broken()).await;
    let error = outcome.expect_err("it is no text");
    assert_eq!(heard.text, words());
    let last = error.evidence().and_then(|seen| seen.observed.body.clone()).expect("the last events");
    assert_eq!(last.matches("data: ").count(), 6, "{last}");
    assert!(last.contains("<194>") && last.contains("<199>") && !last.contains("<193>"), "{last}");
}

#[tokio::test]
async fn what_is_no_stream_is_said() {
    assert_eq!(fails(plain_text_llama).await, Cause::MalformedResponse);
    assert_eq!(fails(|_| Reply::text(200, "hello")).await, Cause::MalformedResponse);
    assert_eq!(fails(|_| Reply::ok(&json!({"hello": "world"}))).await, Cause::MalformedResponse);
    assert_eq!(fails(garbled_llama).await, Cause::MalformedResponse);
    let empty = fails(|_| Reply::empty(200)).await;
    assert!(matches!(empty, Cause::EmptyOutput | Cause::MalformedResponse), "{empty}");
}

#[tokio::test]
async fn an_error_that_claims_success_is_an_error() {
    let lost = fails(|_| Reply::ok(&json!({"error": "Unexpected endpoint or method. (POST /chat/completions)"}))).await;
    assert_eq!(lost, Cause::WrongBasePath);
    assert_eq!(fails(|_| Reply::sse(error_event("Compute error."))).await, Cause::StreamErrorEvent);
}

#[tokio::test]
async fn the_words_of_a_model_do_not_explain_the_fault_of_its_server() {
    let cause = fails(|_| {
        let story = pieces(TINY, &["The dragon is out of memory,", " no models loaded,", " rate limit exceeded."]);
        Reply::sse(format!("{story}{}", error_event("Compute error.")))
    })
    .await;
    assert_eq!(cause, Cause::StreamErrorEvent);
}

#[tokio::test]
async fn a_model_that_only_thinks_has_spent_its_budget() {
    let cause = fails(|_| {
        let thought = chunk(TINY, &json!({"reasoning_content": "But then again"}), None);
        Reply::sse(format!("{thought}{}{DONE}", chunk(TINY, &json!({}), Some("length"))))
    })
    .await;
    assert_eq!(cause, Cause::OutputBudgetSpent);
}

#[tokio::test]
async fn a_dated_build_is_the_model_that_was_asked() {
    let (outcome, _) = ask(|_| Reply::sse(speech("tiny-2024-08-06", &["one"]))).await;
    let by = outcome.expect("an answer").by;
    assert!(!by.is_other_model(), "{by:?}");
}

#[tokio::test]
async fn another_size_of_a_model_is_another_model() {
    let (http, wire) = (http(), Wire::start(Plan::Http(|_| Reply::sse(speech("qwen2.5:0.5b", &["one"])))).await);
    let model = chat_model(&http, &wire.url(), "qwen2.5:7b");
    let by = soon(model.ask(&question(patient()), &mut Heard::default())).await.expect("an answer").by;
    assert!(by.is_other_model(), "{by:?}");
    assert_eq!(wire.asked(), 1);
}

#[tokio::test]
async fn names_of_models_in_a_refusal_come_through_whole() {
    let (outcome, _) = ask(|asked| {
        let words = format!("Model \"{}\" not found. Please specify a valid model.", asked.model());
        let message = format!("{words}\n\nYour models:\n\ntiny-task-master-7b\nother");
        let error = json!({"message": message, "type": "invalid_request_error", "code": "model_not_found"});
        Reply::json(404, &json!({"error": error}))
    })
    .await;
    let error = outcome.expect_err("refused");
    let diagnosis = diagnose(error.evidence().expect("evidence"));
    let model = "tiny-task-master-7b".to_owned();
    let fix = Remedy::Action(Fix::UseModel { role: String::new(), instead_of: TINY.to_owned(), model });
    assert_eq!(diagnosis.cause, Cause::ModelNotFound);
    assert!(diagnosis.problem.remedies.contains(&fix), "{:?}", diagnosis.problem);
}

#[tokio::test]
async fn an_answer_without_end_does_not_fill_the_memory() {
    let endless = fails(|_| Reply::new(200, "application/json", vec![b'a'; 1 << 16]).told(Manner::Endless)).await;
    assert_eq!(endless, Cause::MalformedResponse);
}

#[tokio::test]
async fn half_an_answer_is_no_sign_of_a_server_that_is_off() {
    let half = fails(|_| Reply::ok(&json!({"choices": []})).told(Manner::Half)).await;
    assert!(matches!(half, Cause::ConnectionReset | Cause::StreamTruncated | Cause::MalformedResponse), "{half}");
}

#[tokio::test]
async fn a_line_that_breaks_is_a_connection_that_was_closed() {
    for plan in [Plan::ResetWhenAsked, Plan::ResetAtOnce, Plan::HangUp] {
        let error = ask_with(patient(), plan).await.0.expect_err("a broken line");
        assert_eq!(cause(&error), Cause::ConnectionReset, "{error:?}");
    }
}

#[tokio::test]
async fn another_protocol_is_another_program() {
    for plan in [Plan::Answers(b"SSH-2.0-x\r\n"), Plan::SpeaksFirst(b"SSH-2.0-x\r\n")] {
        let error = ask_with(patient(), plan).await.0.expect_err("no HTTP");
        assert_eq!(cause(&error), Cause::WrongPortOtherService, "{error:?}");
    }
}
