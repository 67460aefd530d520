//! One model that answers: what is heard, what is asked, who answered, and what is open meanwhile.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};
use singularis::{
    demo::{DemoConfig, DemoModel, DemoServer, Fault, FaultKind},
    llm::{
        Ask, Error, Format, Gate, Http, Model, Sink, ToolCall,
        ask::Unwatched,
        lm_studio::{ChatModel, LmStudio},
    },
    protocol::{ActionSpec, Cause, Outcome, Risk},
};
use tokio::sync::mpsc;

use crate::{Heard, MODEL, cause, chat_model, demo, http, lm_studio, on_chat, patient, question, quick, soon, within};

/// A client and its demo server.
struct Stage {
    http: Arc<Http>,
    demo: DemoServer,
    server: LmStudio,
}

async fn stage(config: DemoConfig) -> Stage {
    let (http, demo) = (http(), demo(config).await);
    let server = lm_studio(&http, &demo.url());
    Stage { http, demo, server }
}

impl Stage {
    fn model(&self, name: &str) -> ChatModel {
        chat_model(&self.http, &self.demo.url(), name)
    }

    /// The bodies of all chats that arrived.
    fn bodies(&self) -> Vec<Value> {
        let chats = self.demo.requests().into_iter().filter(|request| request.path == "/v1/chat/completions");
        chats.map(|request| request.body).collect()
    }
}

/// Passes each piece on.
struct Feed(mpsc::UnboundedSender<String>);

impl Sink for Feed {
    fn text(&mut self, piece: &str) {
        let _nobody_listens = self.0.send(piece.to_owned());
    }

    fn reasoning(&mut self, _piece: &str) {}
}

fn refusal(words: &str) -> Vec<Fault> {
    let body = json!({"error": words}).to_string();
    let what = FaultKind::Status(400, "application/json".to_owned(), body);
    vec![Fault { on: "/chat/completions".to_owned(), first: Some(1), what }]
}

fn shaped() -> Ask {
    let schema = json!({
        "type": "object",
        "properties": {"sure": {"type": "boolean"}, "word": {"type": "string"}},
        "required": ["sure", "word"],
    });
    Ask { format: Format::Json { name: "verdict", schema }, ..question(patient()) }
}

fn armed() -> Ask {
    let tool = ActionSpec {
        name: "go_to".to_owned(),
        description: "Walks to a place".to_owned(),
        input_schema: json!({"type": "object", "properties": {"place": {"type": "string"}}, "required": ["place"]}),
        risk: Risk::Safe,
    };
    Ask { tools: vec![tool], ..question(patient()) }
}

#[tokio::test]
async fn an_answer_is_heard_piece_by_piece_and_counted() {
    let stage = stage(quick()).await;
    let (model, ask, mut heard) = (stage.model(MODEL), question(patient()), Heard::default());
    let answer = soon(model.ask(&ask, &mut heard)).await.expect("an answer");

    assert!(heard.text.len() > 3, "{:?}", heard.text);
    assert_eq!(heard.text.concat(), answer.text);
    assert_eq!((answer.by.model_asked.as_str(), answer.by.model_answered.as_str()), (MODEL, MODEL));
    assert_eq!(answer.by.endpoint, stage.demo.url());
    assert!(!answer.by.is_other_model());
    assert_eq!(answer.usage.answer_tokens, u64::try_from(heard.text.len()).ok());
    assert!(answer.usage.prompt_tokens.is_some_and(|tokens| tokens > 0));
    assert!(answer.timings.first_token_ms <= answer.timings.total_ms);
    assert_eq!((answer.detours, answer.tool_calls), (Vec::<String>::new(), Vec::new()));

    let bodies = stage.bodies();
    assert_eq!(bodies.len(), 1);
    let (stream, usage, limit) = (&bodies[0]["stream"], &bodies[0]["stream_options"], &bodies[0]["max_tokens"]);
    assert_eq!((stream, usage, limit), (&json!(true), &json!({"include_usage": true}), &json!(64)));
    assert!(stage.http.open().last_good_answer().is_some());
}

#[tokio::test]
async fn reasoning_is_kept_apart_from_the_answer() {
    let thinker = DemoModel { reasoning: true, loaded: true, ..DemoModel::llm("demo/thinker") };
    let stage = stage(DemoConfig { models: vec![thinker], ..quick() }).await;
    let (model, ask, mut heard) = (stage.model("demo/thinker"), question(patient()), Heard::default());
    let answer = soon(model.ask(&ask, &mut heard)).await.expect("an answer");
    assert!(!answer.reasoning.is_empty() && !answer.text.is_empty());
    assert_eq!((heard.reasoning.concat(), heard.text.concat()), (answer.reasoning.clone(), answer.text.clone()));
    assert!(!answer.text.contains(&answer.reasoning));
}

#[tokio::test]
async fn a_tool_is_called_with_its_arguments() {
    let stage = stage(quick()).await;
    let answer = soon(stage.model(MODEL).ask(&armed(), &mut Unwatched)).await.expect("an answer");
    let id = answer.tool_calls[0].id.clone();
    assert_eq!(answer.tool_calls, [ToolCall { id, name: "go_to".to_owned(), arguments: json!({"place": "demo"}) }]);
    let bodies = stage.bodies();
    assert_eq!(bodies[0]["tools"][0]["function"]["name"], "go_to");
}

#[tokio::test]
async fn an_answer_in_json_fits_its_schema() {
    let stage = stage(quick()).await;
    let answer = soon(stage.model(MODEL).ask(&shaped(), &mut Unwatched)).await.expect("an answer");
    let value: Value = serde_json::from_str(&answer.text).expect("JSON");
    assert_eq!(value, json!({"sure": false, "word": "demo"}));
    let bodies = stage.bodies();
    let format = &bodies[0]["response_format"];
    assert_eq!((&format["type"], &format["json_schema"]["name"]), (&json!("json_schema"), &json!("verdict")));
    assert_eq!(format["json_schema"]["strict"], true);
}

#[tokio::test]
async fn a_refused_shape_is_left_to_the_prompt_and_never_asked_for_again() {
    for (ask, key, words) in [
        (shaped(), "response_format", "'response_format.type' must be 'json_schema' or 'text'"),
        (armed(), "tools", "demo/small-talker does not support tools"),
    ] {
        let stage = stage(DemoConfig { faults: refusal(words), ..quick() }).await;
        let model = stage.model(MODEL);
        let answer = soon(model.ask(&ask, &mut Unwatched)).await.expect("an answer without a shape");
        assert!(answer.detours.iter().any(|detour| detour.contains("refuses structured answers")), "{answer:?}");
        let again = soon(model.ask(&ask, &mut Unwatched)).await.expect("an answer without a shape");
        assert!(!again.detours.is_empty());
        let has_shape: Vec<bool> = stage.bodies().iter().map(|body| body.get(key).is_some()).collect();
        assert_eq!(has_shape, [true, false, false], "{key}");
    }
}

#[tokio::test]
async fn another_model_that_answers_is_noticed() {
    let stage = stage(DemoConfig { faults: on_chat(FaultKind::WrongModel("demo/other".to_owned())), ..quick() }).await;
    let answer = soon(stage.model(MODEL).ask(&question(patient()), &mut Unwatched)).await.expect("an answer");
    assert!(answer.by.is_other_model(), "{:?}", answer.by);
    assert_eq!(answer.by.model_answered, "demo/other");
}

#[tokio::test]
async fn without_loading_on_demand_the_stand_in_is_noticed() {
    let stage = stage(DemoConfig { just_in_time_loading: false, ..quick() }).await;
    let answer = soon(stage.model("no/such-model").ask(&question(patient()), &mut Unwatched)).await.expect("an answer");
    assert!(answer.by.is_other_model(), "{:?}", answer.by);
    assert_eq!(answer.by.model_answered, MODEL);
}

#[tokio::test]
async fn a_shut_gate_lets_nothing_through() {
    let stage = stage(quick()).await;
    let gate = Gate::default();
    let model = ChatModel::new(&stage.server.behind(gate.clone()), "expert.1", MODEL, Vec::new());
    assert!(soon(model.ask(&question(patient()), &mut Unwatched)).await.is_ok());
    gate.shut();
    let error = soon(model.ask(&question(patient()), &mut Unwatched)).await.expect_err("the gate is shut");
    assert!(matches!(error, Error::GateShut), "{error}");
    assert!(error.evidence().is_none());
    assert_eq!((stage.bodies().len(), gate.passed()), (1, 1), "nothing was sent after the gate was shut");
}

#[tokio::test]
async fn dropping_a_question_closes_its_socket_and_everything_is_counted_down() {
    let stage = stage(DemoConfig { faults: on_chat(FaultKind::StallMidStream(1)), ..quick() }).await;
    let open = stage.http.open().clone();
    let model = Arc::new(stage.model(MODEL));
    let names: Vec<String> = open.clients().into_iter().map(|(_, name)| name).collect();
    assert_eq!((names, open.requests()), (vec![format!("expert.1 ({MODEL})")], 0));

    let (feed, mut pieces) = mpsc::unbounded_channel();
    let asked = Arc::clone(&model);
    let asking = tokio::spawn(async move {
        let (ask, mut sink) = (question(patient()), Feed(feed));
        asked.ask(&ask, &mut sink).await.is_ok()
    });
    let first = soon(pieces.recv()).await;
    assert!(first.is_some_and(|piece| !piece.is_empty()), "a piece is heard while the rest is still to come");
    assert_eq!((open.requests(), stage.demo.busy()), (1, 1));

    asking.abort();
    assert!(soon(asking).await.is_err_and(|error| error.is_cancelled()));
    assert_eq!((open.requests(), open.clients().len()), (0, 1));
    within(Duration::from_secs(10), "the server stops generating", || stage.demo.busy() == 0).await;
    assert_eq!(stage.demo.aborted(), 1);
    within(Duration::from_secs(10), "the connection is closed", || stage.demo.open_connections() == 0).await;
    drop(model);
    assert!(open.clients().is_empty());
}

#[tokio::test]
async fn a_server_that_goes_on_for_nobody_keeps_nothing_open_here() {
    let faults = on_chat(FaultKind::IgnoreClosedSocket);
    let stage = stage(DemoConfig { first_token_after: Duration::from_secs(60), faults, ..quick() }).await;
    let model = stage.model(MODEL);
    let asking = tokio::spawn(async move { model.ask(&question(patient()), &mut Unwatched).await.is_ok() });
    within(Duration::from_secs(5), "the question arrives", || stage.demo.busy() == 1).await;
    asking.abort();
    assert!(soon(asking).await.is_err_and(|error| error.is_cancelled()));
    assert_eq!((stage.http.open().requests(), stage.http.open().clients().len()), (0, 0));
    within(Duration::from_secs(10), "the connection is closed", || stage.demo.open_connections() == 0).await;
    assert_eq!((stage.demo.busy(), stage.demo.aborted()), (1, 0), "this server does not care");
}

#[tokio::test]
async fn a_watch_tells_how_each_open_question_ended() {
    let stage = stage(DemoConfig { faults: on_chat(FaultKind::StallBeforeFirstToken), ..quick() }).await;
    let open = stage.http.open().clone();
    let model = stage.model(MODEL);
    let asking = tokio::spawn(async move { model.ask(&question(patient()), &mut Unwatched).await.is_ok() });
    within(Duration::from_secs(5), "the question arrives", || stage.demo.busy() == 1).await;
    open.begin_watch();
    asking.abort();
    assert!(soon(asking).await.is_err());
    let lines = open.end_watch();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].name.contains("expert.1") && lines[0].name.contains("/v1/chat/completions"), "{lines:?}");
    assert_eq!(lines[0].outcome, Outcome::Closed);
}

#[tokio::test]
async fn many_questions_side_by_side_are_all_answered_and_none_stays_open() {
    let stage = stage(quick()).await;
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let model = stage.model(MODEL);
        asking.spawn(async move { model.ask(&question(patient()), &mut Unwatched).await.map(|answer| answer.text) });
    }
    while let Some(answer) = soon(asking.join_next()).await {
        assert!(!answer.expect("no panic").expect("an answer").is_empty());
    }
    assert_eq!((stage.http.open().requests(), stage.http.open().clients().len()), (0, 0));
    within(Duration::from_secs(10), "nothing is left", || stage.demo.busy() == 0 && stage.demo.queued() == 0).await;
    assert_eq!(stage.demo.aborted(), 0);
}

#[tokio::test]
async fn an_answer_cut_by_its_token_limit_does_not_pass_for_a_whole_one() {
    let stage = stage(quick()).await;
    let ask = Ask { answer_tokens: 2, ..question(patient()) };
    match soon(stage.model(MODEL).ask(&ask, &mut Unwatched)).await {
        Err(error) => assert_eq!(cause(&error), Cause::OutputBudgetSpent),
        Ok(answer) => assert!(!answer.detours.is_empty(), "nothing says that \u{201c}{}\u{201d} is cut", answer.text),
    }
}
