//! One model of Claude that answers questions, streaming.

use std::{
    sync::atomic::{AtomicU8, Ordering},
    time::Duration,
};

use super::{Claude, Form, Part, Refused, events::Gathered, wire::body};
use crate::{
    llm::{
        Answer, Ask, BoxFuture, Effort, Error, Fault, Format, Model, Sink, Who,
        ask::Timings,
        diagnose,
        evidence::Evidence,
        http::{Method, Reply, has_error},
        open::{OpenGuard, millis},
        stream,
    },
    protocol::Cause,
    settings::Provider,
};

/// One model of one account, registered in the ledger of open things until it is dropped.
pub struct ClaudeModel {
    account: Claude,
    model: String,
    /// What the account may ask, so that a wrong name can be answered with the right ones.
    listed: Vec<String>,
    /// The [`Refused`] parts: learned because a question was answered without them only.
    refused: AtomicU8,
    _open: OpenGuard,
}

impl ClaudeModel {
    /// A model by its name. `client` is its name in the ledger.
    pub fn new(account: &Claude, client: &str, model: &str, listed: Vec<String>) -> Self {
        let open = account.caller.http.open().client(format!("{client} ({model})"));
        let account = account.asked_by(client);
        Self { account, model: model.to_owned(), listed, refused: AtomicU8::new(0), _open: open }
    }

    async fn ask_once(&self, form: Form<'_>, sink: &mut dyn Sink) -> Result<Answer, Error> {
        let body = body(form, &self.model);
        let mut call = self.account.caller.call(Method::Post, self.account.ask_url(), form.ask.limits.first_wait());
        call.body = Some(&body);
        call.model = Some(&self.model);
        let reply = self.account.caller.send(call).await?;
        match reply.content_type().as_str() {
            "text/event-stream" if reply.is_success() => self.read_stream(form, reply, sink).await,
            _ => self.read_whole(form, reply, sink).await,
        }
    }

    async fn read_stream(&self, form: Form<'_>, reply: Reply, sink: &mut dyn Sink) -> Result<Answer, Error> {
        let mut gathered = Gathered::by_tool(form.answer_tool());
        let (timings, _pieces, evidence) = stream::read(reply, &form.ask.limits, &mut gathered, sink).await?;
        match gathered.failure() {
            Some(fault) => Err(evidence.with(fault).into()),
            None => Ok(self.answer(form, gathered, timings)),
        }
    }

    /// An error, or a server that gives the whole answer at once although a stream was asked for.
    async fn read_whole(&self, form: Form<'_>, reply: Reply, sink: &mut dyn Sink) -> Result<Answer, Error> {
        let (is_success, started) = (reply.is_success(), reply.started());
        let (text, mut evidence) = reply.text().await?;
        evidence.request.stream = Some(true);
        if !is_success {
            return Err(evidence.with(Fault::Status).into());
        }
        if serde_json::from_str(&text).is_ok_and(|value| has_error(&value)) {
            return Err(evidence.with(Fault::ErrorInBody).into());
        }
        let Some(gathered) = Gathered::whole(&text, form.answer_tool(), sink) else {
            return Err(evidence.with(Fault::NotAStream).into());
        };
        if let Some(fault) = gathered.failure() {
            return Err(evidence.with(fault).into());
        }
        let total_ms = millis(started.elapsed());
        let timings = Timings { first_token_ms: total_ms, total_ms, tokens_per_second: None };
        let mut answer = self.answer(form, gathered, timings);
        answer.detours.push("the server gave the whole answer at once instead of streaming it".to_owned());
        Ok(answer)
    }

    fn answer(&self, form: Form<'_>, gathered: Gathered, mut timings: Timings) -> Answer {
        let usage = gathered.usage();
        // Thoughts that nobody was told of came before the first piece, so they do not count for the speed after it.
        let untold = usage.reasoning_tokens.filter(|_| gathered.reasoning.is_empty()).unwrap_or(0);
        let tokens = usage.answer_tokens.map(|tokens| tokens.saturating_sub(untold)).filter(|tokens| *tokens > 1);
        if let Some(tokens) = tokens {
            let writing = Duration::from_millis(timings.total_ms.saturating_sub(timings.first_token_ms));
            let tokens = usize::try_from(tokens - 1).unwrap_or(usize::MAX);
            timings.tokens_per_second = stream::rate(tokens, writing).or(timings.tokens_per_second);
        }
        let (tool_calls, mut detours) = gathered.tool_calls();
        detours.extend(gathered.cut_off().map(str::to_owned));
        if form.ask.effort == Some(Effort::Off) && gathered.has_thought() {
            detours.push("the model thought before it answered, although it was not to".to_owned());
        }
        let kept = gathered.kept();
        let by = Who {
            provider: Provider::Claude,
            model_asked: self.model.clone(),
            model_answered: gathered.model,
            endpoint: self.account.caller.base.to_string(),
        };
        self.account.caller.http.open().note_good_answer();
        Answer {
            text: gathered.text,
            reasoning: gathered.reasoning,
            tool_calls,
            kept,
            by,
            usage,
            timings,
            usd: None,
            detours,
        }
    }
}

impl Model for ClaudeModel {
    fn ask<'a>(&'a self, ask: &'a Ask, sink: &'a mut dyn Sink) -> BoxFuture<'a, Result<Answer, Error>> {
        Box::pin(async move {
            let mut form = Form { ask, refused: Refused(self.refused.load(Ordering::Relaxed)) };
            loop {
                match self.ask_once(form, sink).await {
                    Ok(mut answer) => {
                        // Only now it is certain that the part was the reason.
                        self.refused.fetch_or(form.refused.lasting().0, Ordering::Relaxed);
                        answer.detours.extend(detours(form));
                        return Ok(answer);
                    }
                    // Each part is given up once, so this comes to an end.
                    Err(error) => match refused_part(form, &error) {
                        Some(part) => form.refused = form.refused.and(part),
                        None => return Err(self.account.caller.complete(error, &self.listed)),
                    },
                }
            }
        })
    }

    fn name(&self) -> &str {
        &self.model
    }
}

/// What was asked for and could not be sent, for people.
fn detours(form: Form<'_>) -> Vec<String> {
    let ask = form.ask;
    let wants_thoughts = matches!(ask.effort, Some(Effort::Low | Effort::High));
    let misses_temperature = ask.temperature.is_some() && form.refused.has(Part::Temperature);
    let notes = [
        (
            ask.format != Format::Text && form.shape().is_none(),
            "the server refuses structured answers, the prompt alone asks for one",
        ),
        (wants_thoughts && form.thinking().is_none(), "the model could not be told how much to think"),
        (misses_temperature, "the model chooses its temperature itself"),
        (form.refused.has(Part::Thoughts), "the server refuses the thoughts of earlier answers, so they were left out"),
    ];
    notes.into_iter().filter(|(applies, _)| *applies).map(|(_, note)| note.to_owned()).collect()
}

/// The part of the question that the server refuses, if it is one that it can do without.
fn refused_part(form: Form<'_>, error: &Error) -> Option<Part> {
    let evidence = error.evidence()?;
    let said = evidence.observed.body.as_deref().unwrap_or_default().to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if !is_refusal(evidence, says(&["deprecated for this model"])) {
        return None;
    }
    // The place of a fault in the conversation begins so; nothing around the conversation mends it.
    if says(&["messages."]) {
        return Some(Part::Thoughts).filter(|_| says(&["thinking"]) && form.has_thoughts());
    }
    if says(&["temperature"]) && form.temperature().is_some() {
        return Some(Part::Temperature);
    }
    let shape = form.shape();
    let is_of_thinking = says(&["thinking", "effort"]) || (says(&["output_config"]) && shape != Some(Part::Schema));
    // A refusal in vague words is most likely about the shape, which differs most between models and gateways.
    form.thinking().filter(|_| is_of_thinking).or(shape)
}

/// True if the question was refused for what it is, and not for who asked, when, or whom.
fn is_refusal(evidence: &Evidence, is_of_a_parameter: bool) -> bool {
    let is_refused = match (&evidence.fault, evidence.observed.status) {
        (Some(Fault::Status), Some(status)) => matches!(status, 400 | 422),
        (Some(Fault::ErrorInBody), _) => true,
        _ => false,
    };
    is_refused
        && match diagnose(evidence).cause {
            Cause::Unknown
            | Cause::UnsupportedParameter
            | Cause::UnsupportedResponseFormat
            | Cause::UnsupportedTools
            | Cause::UnsupportedToolChoice
            | Cause::WrongRequestShape
            | Cause::InvalidMessageSequence => true,
            // `temperature` is said to be deprecated, not the model.
            Cause::ModelDeprecated => is_of_a_parameter,
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::{Value, json};
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    use super::*;
    use crate::{
        llm::{Answered, BaseUrl, Http, HttpConfig, Kept, OpenThings, Turn, ask::Unwatched, evidence::Observed},
        settings::Secret,
    };

    const KEY: &str = "sk-ant-api03-not-a-real-key";
    const STREAM: &str = r#"event: message_start
data: {"type":"message_start","message":{"id":"msg_01","content":[],"model":"claude-x","usage":{"input_tokens":9}}}

event: content_block_start
data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

event: content_block_delta
data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}

event: content_block_stop
data: {"type":"content_block_stop","index":0}

event: message_delta
data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":6}}

event: message_stop
data: {"type":"message_stop"}

"#;

    fn error_body(kind: &str, message: &str) -> String {
        json!({"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_011CerQ"}).to_string()
    }

    /// Answers the next request, and gives back its head in lower case and its body.
    async fn serve(listener: &TcpListener, head: &str, body: &str) -> (String, Value) {
        let (mut socket, _) = listener.accept().await.unwrap();
        let (mut asked, mut piece) = (Vec::new(), [0; 1024]);
        let heard = loop {
            let count = socket.read(&mut piece).await.unwrap();
            assert!(count > 0, "the request is complete");
            asked.extend_from_slice(&piece[..count]);
            let text = String::from_utf8_lossy(&asked);
            let parts = text.split_once("\r\n\r\n").map(|(head, body)| (head.to_lowercase(), body.to_owned()));
            if let Some((head, Ok(body))) = parts.map(|(head, body)| (head, serde_json::from_str(&body))) {
                break (head, body);
            }
        };
        let length = body.len();
        let answer = format!("HTTP/1.1 {head}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}");
        socket.write_all(answer.as_bytes()).await.unwrap();
        heard
    }

    #[tokio::test]
    async fn what_was_refused_is_not_sent_again_and_the_key_is_never_told() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = BaseUrl::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let http = Http::new(HttpConfig::default(), OpenThings::default()).unwrap();
        let account = Claude::new(Arc::new(http), base, Secret::new(KEY));
        let model = ClaudeModel::new(&account, "expert.1", "claude-x", vec!["claude-y".to_owned()]);
        let turns = vec![Turn::User("Hi".into())];
        let ask = Ask { turns, temperature: Some(0.5), answer_tokens: 50, ..Ask::default() };
        let refusal = error_body("invalid_request_error", "`temperature` is deprecated for this model.");
        let locked = error_body("authentication_error", &format!("invalid x-api-key: {KEY}"));
        let serving = async {
            let first = serve(&listener, "400 Bad Request\r\ncontent-type: application/json", &refusal).await;
            let second = serve(&listener, "200 OK\r\ncontent-type: text/event-stream; charset=utf-8", STREAM).await;
            let third = serve(&listener, "200 OK\r\ncontent-type: text/event-stream", STREAM).await;
            let fourth = serve(&listener, "401 Unauthorized\r\ncontent-type: application/json", &locked).await;
            [first, second, third, fourth]
        };
        let asking = async {
            let first = model.ask(&ask, &mut Unwatched).await.unwrap();
            let second = model.ask(&ask, &mut Unwatched).await.unwrap();
            (first, second, model.ask(&ask, &mut Unwatched).await.unwrap_err())
        };
        let both = async { tokio::join!(serving, asking) };
        let (heard, (first, second, error)) = tokio::time::timeout(Duration::from_secs(20), both).await.unwrap();
        let temperatures: Vec<_> = heard.iter().map(|(_, body)| body["temperature"].is_null()).collect();
        assert_eq!(temperatures, [false, true, true, true]);
        let (head, body) = &heard[0];
        assert!(head.starts_with("post /v1/messages http") && head.contains("anthropic-version: 2023-06-01"));
        assert!(head.contains(&format!("x-api-key: {KEY}")) && !body.to_string().contains(KEY));
        assert_eq!((first.text.as_str(), &first.by.model_answered), ("Hello", &"claude-x".to_owned()));
        assert_eq!((&first.detours, &first.kept), (&second.detours, &second.kept));
        let kept = Kept { provider: Provider::Claude, content: json!([{"type": "text", "text": "Hello"}]) };
        assert_eq!((first.detours.len(), first.kept), (1, Some(kept)));
        let evidence = error.evidence().unwrap();
        assert_eq!(evidence.models_listed.as_deref(), Some(&["claude-y".to_owned()][..]));
        assert_eq!(evidence.provider, Some(Provider::Claude));
        assert!(!format!("{error:?} {error}").contains(&KEY[..12]));
    }

    #[test]
    fn a_refusal_names_the_part_that_has_to_go() {
        let thought = json!([{"type": "thinking", "thinking": "", "signature": "Eq"}]);
        let kept = Some(Kept { provider: Provider::Claude, content: thought });
        let plain = Ask { temperature: Some(0.0), ..Ask::default() };
        let thinking = Ask {
            effort: Some(Effort::High),
            answer_tokens: 9000,
            turns: vec![Turn::Answered(Box::new(Answered { kept, ..Answered::default() }))],
            ..Ask::default()
        };
        let schema = json!({"type": "object", "properties": {}});
        let shaped = Ask { format: Format::Json { name: "verdict", schema }, ..Ask::default() };
        let bound = "messages.1.content.0: Invalid `signature` in `thinking` block. The block is bound to a different \
            conversation.";
        for (ask, gone, words, expected) in [
            (&plain, None, "`temperature` is deprecated for this model.", Some(Part::Temperature)),
            (&thinking, None, "adaptive thinking is not supported on this model", Some(Part::AdaptiveThinking)),
            (
                &thinking,
                Some(Part::AdaptiveThinking),
                "\"thinking.type.enabled\" is not supported for this model. Use \"thinking.type.adaptive\".",
                Some(Part::ThinkingBudget),
            ),
            (&thinking, None, "output_config: Extra inputs are not permitted", Some(Part::AdaptiveThinking)),
            (&thinking, None, bound, Some(Part::Thoughts)),
            (&thinking, Some(Part::Thoughts), bound, None),
            (&shaped, None, "output_config: Extra inputs are not permitted", Some(Part::Schema)),
            (&shaped, None, "invalid params", Some(Part::Schema)),
            (
                &shaped,
                Some(Part::Schema),
                "tool_choice: type \"tool\" and \"any\" are not supported for this model.",
                Some(Part::ForcedTool),
            ),
            (&shaped, None, "Your credit balance is too low to access the Anthropic API.", None),
            (&plain, None, "max_tokens: 900000 > 64000", None),
        ] {
            let refused = gone.map_or_else(Refused::default, |part| Refused::default().and(part));
            let body = Some(error_body("invalid_request_error", words));
            let observed = Observed { status: Some(400), body, ..Observed::default() };
            let error: Error = Evidence { observed, ..Evidence::default() }.with(Fault::Status).into();
            assert_eq!(refused_part(Form { ask, refused }, &error), expected, "{words}");
        }
    }
}
