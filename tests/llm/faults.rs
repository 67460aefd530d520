//! Every fault of the demo server, asked by the real client: what is noticed, and what it is taken for.

use std::time::{Duration, Instant};

use singularis::{
    demo::{DemoConfig, FaultKind},
    llm::{Answer, Error, Fault as Noticed, Limit, Limits, Model},
    protocol::Cause,
};

use crate::{Heard, MODEL, cause, chat_model, demo, http, on_chat, patient, question, quick, soon, within};

/// The limit that is to fire, and how much later it may be seen to have fired on a busy machine.
const SHORT: Duration = Duration::from_millis(300);
const SLACK: Duration = Duration::from_millis(4000);

/// What a fault must lead to.
enum Expected {
    /// A good answer, with so many detours.
    Answer(usize),
    /// A good answer of another model.
    OtherModel,
    /// This limit, when it is due.
    Limit(Limit, Cause),
    /// A failure at once, for one of these reasons, after so many pieces where that can be told.
    Failure(&'static [Cause], Option<usize>),
}

/// A kind without an expectation does not compile.
fn expected(kind: &FaultKind) -> Expected {
    use Expected::{Answer, Failure, OtherModel};
    match kind {
        FaultKind::Refuse | FaultKind::Reset => Failure(&[Cause::ConnectionReset], Some(0)),
        FaultKind::SilentHeaders | FaultKind::StallBeforeFirstToken => {
            Expected::Limit(Limit::FirstToken, Cause::TimeoutSlowModel)
        }
        FaultKind::SlowHeaders(_)
        | FaultKind::Slow(_)
        | FaultKind::DuplicateInstances
        | FaultKind::IgnoreClosedSocket => Answer(0),
        FaultKind::StallMidStream(_) => Expected::Limit(Limit::BetweenTokens, Cause::StreamStalled),
        FaultKind::TruncateAfter(pieces) => Failure(&[Cause::StreamTruncated], Some(*pieces)),
        // What was said just before a reset may be lost with it.
        FaultKind::CutAfter(_) => Failure(&[Cause::ConnectionReset, Cause::StreamTruncated], None),
        FaultKind::GarbageAfter(pieces) => Failure(&[Cause::MalformedResponse], Some(*pieces)),
        FaultKind::ErrorEventAfter(pieces, _) => Failure(&[Cause::StreamErrorEvent], Some(*pieces)),
        FaultKind::EmptyStream => Failure(&[Cause::EmptyOutput], Some(0)),
        FaultKind::Status(..) => Failure(&[Cause::ServerInternalError], Some(0)),
        FaultKind::HtmlPage => Failure(&[Cause::WrongPortOtherService, Cause::ProxyInterference], Some(0)),
        FaultKind::WrongModel(_) => OtherModel,
        FaultKind::JsonInsteadOfSse => Answer(1),
    }
}

fn every_kind() -> Vec<FaultKind> {
    let moment = Duration::from_millis(20);
    let body = r#"{"error":"Something broke"}"#.to_owned();
    vec![
        FaultKind::Refuse,
        FaultKind::Reset,
        FaultKind::SilentHeaders,
        FaultKind::SlowHeaders(moment),
        FaultKind::StallBeforeFirstToken,
        FaultKind::StallMidStream(2),
        FaultKind::TruncateAfter(2),
        FaultKind::CutAfter(2),
        FaultKind::GarbageAfter(2),
        FaultKind::ErrorEventAfter(2, "boom".to_owned()),
        FaultKind::EmptyStream,
        FaultKind::Slow(moment),
        FaultKind::Status(500, "application/json".to_owned(), body),
        FaultKind::HtmlPage,
        FaultKind::WrongModel("demo/other".to_owned()),
        FaultKind::DuplicateInstances,
        FaultKind::IgnoreClosedSocket,
        FaultKind::JsonInsteadOfSse,
    ]
}

/// Only where a limit is to fire is it a short one, so that a busy machine does not make the others fire.
fn limits(expected: &Expected) -> Limits {
    match expected {
        Expected::Limit(Limit::FirstToken, _) => Limits { first_token: SHORT, ..patient() },
        Expected::Limit(..) => Limits { between_tokens: SHORT, ..patient() },
        _ => patient(),
    }
}

fn verify(expected: &Expected, outcome: Result<Answer, Error>, heard: &Heard, took: Duration) -> Result<(), String> {
    let text = heard.text.concat();
    match (expected, outcome) {
        (Expected::Answer(detours), Ok(answer)) if answer.detours.len() == *detours && answer.text == text => Ok(()),
        (Expected::OtherModel, Ok(answer)) if answer.by.is_other_model() => Ok(()),
        (_, Ok(answer)) => Err(format!("answered: {answer:?}")),
        (Expected::Limit(limit, meaning), Err(error)) => {
            let fired = error.evidence().and_then(|evidence| evidence.fault.clone());
            let is_right = matches!(fired, Some(Noticed::TimedOut { limit: fired, .. }) if fired == *limit);
            let is_in_time = (SHORT..SHORT + SLACK).contains(&took);
            let said = format!("{fired:?} after {took:?} means {}", cause(&error));
            if is_right && is_in_time && cause(&error) == *meaning { Ok(()) } else { Err(said) }
        }
        (Expected::Failure(causes, pieces), Err(error)) => {
            let said = format!("{} after {} pieces: {error:?}", cause(&error), heard.text.len());
            let is_right = causes.contains(&cause(&error));
            let is_heard = pieces.is_none_or(|pieces| heard.text.len() == pieces);
            if is_right && is_heard { Ok(()) } else { Err(said) }
        }
        (_, Err(error)) => Err(format!("{}: {error:?}", cause(&error))),
    }
}

#[tokio::test]
async fn every_fault_is_noticed_for_what_it_is() {
    let (http, demo) = (http(), demo(quick()).await);
    let mut complaints = Vec::new();
    for kind in every_kind() {
        demo.set_faults(on_chat(kind.clone()));
        let expected = expected(&kind);
        let model = chat_model(&http, &demo.url(), MODEL);
        let (ask, mut heard, started) = (question(limits(&expected)), Heard::default(), Instant::now());
        let outcome = soon(model.ask(&ask, &mut heard)).await;
        if let Err(complaint) = verify(&expected, outcome, &heard, started.elapsed()) {
            complaints.push(format!("{kind:?}: {complaint}"));
        }
        assert_eq!(http.open().requests(), 0, "{kind:?}");
        within(Duration::from_secs(10), "the server has nothing left to do", || demo.busy() == 0).await;
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert!(http.open().clients().is_empty());
}

#[tokio::test]
async fn a_truncated_stream_tells_how_far_it_came() {
    let (http, demo) = (http(), demo(DemoConfig { faults: on_chat(FaultKind::TruncateAfter(3)), ..quick() }).await);
    let model = chat_model(&http, &demo.url(), MODEL);
    let error = soon(model.ask(&question(patient()), &mut Heard::default())).await.expect_err("truncated");
    let evidence = error.evidence().expect("evidence");
    assert_eq!(evidence.fault, Some(Noticed::Truncated { pieces: 3 }));
    assert_eq!(evidence.models(), [MODEL], "what the server lists belongs to the evidence");
    assert!(evidence.observed.body.as_deref().is_some_and(|tail| tail.contains("\"content\"")), "{evidence:?}");
    assert!(evidence.took_ms.is_some() && evidence.observed.status == Some(200), "{evidence:?}");
}

#[tokio::test]
async fn the_servers_words_inside_a_stream_count() {
    let words = "Input does not fit in context length. The input has 31430 tokens, but the context length only \
                 supports 30000 tokens.";
    let faults = on_chat(FaultKind::ErrorEventAfter(0, words.to_owned()));
    let (http, demo) = (http(), demo(DemoConfig { faults, ..quick() }).await);
    let model = chat_model(&http, &demo.url(), MODEL);
    let error = soon(model.ask(&question(patient()), &mut Heard::default())).await.expect_err("an error event");
    assert_eq!(cause(&error), Cause::ContextOverflow);
    let problem = singularis::llm::diagnose(error.evidence().expect("evidence")).problem;
    assert!(problem.details.iter().any(|line| line.contains("31430")), "{problem:?}");
}

/// Asks with the fault armed and a short limit for the whole.
async fn overall(what: FaultKind, first_token: Duration) -> (Option<Noticed>, Cause, Duration) {
    let (http, demo) = (http(), demo(DemoConfig { faults: on_chat(what), ..quick() }).await);
    let model = chat_model(&http, &demo.url(), MODEL);
    let limits = Limits { first_token, between_tokens: Duration::from_secs(5), total: SHORT };
    let started = Instant::now();
    let error = soon(model.ask(&question(limits), &mut Heard::default())).await.expect_err("too slow");
    let took = started.elapsed();
    (error.evidence().and_then(|evidence| evidence.fault.clone()), cause(&error), took)
}

#[tokio::test]
async fn an_answer_that_takes_too_long_as_a_whole_is_ended() {
    let (fault, cause, took) = overall(FaultKind::Slow(Duration::from_millis(100)), Duration::from_secs(5)).await;
    assert!(matches!(fault, Some(Noticed::TimedOut { limit: Limit::Total, .. })), "{fault:?}");
    assert_eq!(cause, Cause::TimeoutSlowModel);
    assert!((SHORT..SHORT + SLACK).contains(&took), "{took:?}");
}

#[tokio::test]
async fn the_limit_that_fired_is_the_one_that_is_named() {
    for what in [FaultKind::StallBeforeFirstToken, FaultKind::SilentHeaders] {
        let (fault, _, took) = overall(what.clone(), Duration::from_secs(5)).await;
        assert!((SHORT..SHORT + SLACK).contains(&took), "{what:?} {took:?}");
        assert!(matches!(fault, Some(Noticed::TimedOut { limit: Limit::Total, .. })), "{what:?} {fault:?}");
    }
}

#[tokio::test]
async fn a_stall_of_another_model_is_still_a_stall() {
    let mut faults = on_chat(FaultKind::WrongModel("demo/other".to_owned()));
    faults.extend(on_chat(FaultKind::StallMidStream(2)));
    let (http, demo) = (http(), demo(DemoConfig { faults, ..quick() }).await);
    let model = chat_model(&http, &demo.url(), MODEL);
    let limits = Limits { between_tokens: SHORT, ..patient() };
    let error = soon(model.ask(&question(limits), &mut Heard::default())).await.expect_err("stalled");
    assert_eq!(cause(&error), Cause::StreamStalled);
}
