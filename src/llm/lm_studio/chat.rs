//! One model that answers questions, streaming.

use std::sync::atomic::{AtomicBool, Ordering};

use super::{
    LmStudio,
    wire::{Gathered, Shape, body},
};
use crate::{
    llm::{
        Answer, Ask, BoxFuture, Error, Fault, Model, Sink, Who,
        ask::{Format, Timings},
        diagnose,
        evidence::Evidence,
        http::{Method, Reply, has_error},
        open::{OpenGuard, millis},
        stream,
    },
    protocol::Cause,
    settings::Provider,
};

/// A connection that was closed already fails within this time; a model that dies over a question takes longer.
const STALE_WITHIN_MS: u64 = 250;

/// One model on one server, registered in the ledger of open things until it is dropped.
pub struct ChatModel {
    server: LmStudio,
    model: String,
    /// What the server has loaded or downloaded, so that a wrong name can be answered with the right ones.
    listed: Vec<String>,
    /// Set once the server has refused a structured answer; asking again would be refused again.
    refuses_shapes: AtomicBool,
    /// It is not known to see, so it is asked in words alone.
    is_blind: bool,
    _open: OpenGuard,
}

impl ChatModel {
    /// A model by the name the server knows it by. `client` is its name in the ledger.
    pub fn new(server: &LmStudio, client: &str, model: &str, listed: Vec<String>) -> Self {
        let open = server.http.open().client(format!("{client} ({model})"));
        let server = server.asked_by(client);
        let refuses_shapes = AtomicBool::new(false);
        Self { server, model: model.to_owned(), listed, refuses_shapes, is_blind: false, _open: open }
    }

    /// The same model, never shown a picture: it would refuse the whole question because of it.
    pub fn blind(self) -> Self {
        Self { is_blind: true, ..self }
    }

    async fn ask_once(&self, ask: &Ask, shape: Shape, sink: &mut dyn Sink) -> Result<Answer, Error> {
        let body = body(ask, &self.model, shape);
        let send = || {
            let mut call = self.server.call(Method::Post, "/v1/chat/completions", ask.limits.first_wait());
            call.body = Some(&body);
            call.model = Some(&self.model);
            self.server.http.send(call)
        };
        let reply = match send().await {
            // Servers close a kept connection after some requests or seconds, and the next question may meet that very
            // moment. It never reached a model, so it is asked once more, on a fresh connection.
            Err(error) if was_stale(&error) => {
                self.server.http.close_idle();
                send().await?
            }
            sent => sent?,
        };
        match reply.content_type().as_str() {
            "text/event-stream" if reply.is_success() => self.read_stream(ask, reply, sink).await,
            _ => self.read_whole(reply, sink).await,
        }
    }

    async fn read_stream(&self, ask: &Ask, reply: Reply, sink: &mut dyn Sink) -> Result<Answer, Error> {
        let mut gathered = Gathered::default();
        let (timings, _pieces, evidence) = stream::read(reply, &ask.limits, &mut gathered, sink).await?;
        match gathered.failure() {
            Some(fault) => Err(evidence.with(fault).into()),
            None => Ok(self.answer(gathered, timings)),
        }
    }

    /// An error, or a server that gives the whole answer at once although a stream was asked for.
    async fn read_whole(&self, reply: Reply, sink: &mut dyn Sink) -> Result<Answer, Error> {
        let (is_success, started) = (reply.is_success(), reply.started());
        let (text, mut evidence) = reply.text().await?;
        evidence.request.stream = Some(true);
        if !is_success {
            return Err(evidence.with(Fault::Status).into());
        }
        if serde_json::from_str(&text).is_ok_and(|value| has_error(&value)) {
            return Err(evidence.with(Fault::ErrorInBody).into());
        }
        let Some(gathered) = Gathered::whole(&text, sink) else {
            return Err(evidence.with(Fault::NotAStream).into());
        };
        if let Some(fault) = gathered.failure() {
            return Err(evidence.with(fault).into());
        }
        let total_ms = millis(started.elapsed());
        let mut answer = self.answer(gathered, Timings { first_token_ms: total_ms, total_ms, tokens_per_second: None });
        answer.detours.push("the server gave the whole answer at once instead of streaming it".to_owned());
        Ok(answer)
    }

    fn answer(&self, gathered: Gathered, mut timings: Timings) -> Answer {
        let (tool_calls, mut detours) = gathered.tool_calls();
        if gathered.finish_reason.as_deref() == Some("length") {
            detours.push("the answer was cut off by the limit of its tokens".to_owned());
        }
        if let Some(tokens) = gathered.usage.answer_tokens.filter(|tokens| *tokens > 1) {
            let writing = std::time::Duration::from_millis(timings.total_ms.saturating_sub(timings.first_token_ms));
            let tokens = usize::try_from(tokens - 1).unwrap_or(usize::MAX);
            timings.tokens_per_second = stream::rate(tokens, writing).or(timings.tokens_per_second);
        }
        let by = Who {
            provider: Provider::Local,
            model_asked: self.model.clone(),
            model_answered: gathered.model,
            endpoint: self.server.base.to_string(),
        };
        self.server.http.open().note_good_answer();
        Answer {
            text: gathered.text,
            reasoning: gathered.reasoning,
            tool_calls,
            kept: None,
            by,
            usage: gathered.usage,
            timings,
            usd: None,
            detours,
        }
    }

    /// What is known about the server belongs to the evidence of a failure.
    fn complete(&self, error: Error) -> Error {
        match error {
            Error::GateShut | Error::Locked { .. } | Error::Resting { .. } => error,
            Error::Failed(evidence) => {
                let (models_listed, product) = (Some(self.listed.clone()), Some(self.server.product));
                Evidence { models_listed, product, ..*evidence }.into()
            }
        }
    }
}

impl Model for ChatModel {
    fn ask<'a>(&'a self, ask: &'a Ask, sink: &'a mut dyn Sink) -> BoxFuture<'a, Result<Answer, Error>> {
        Box::pin(async move {
            let in_words =
                (self.is_blind && !ask.pictures.is_empty()).then(|| Ask { pictures: Vec::new(), ..ask.clone() });
            let ask = in_words.as_ref().unwrap_or(ask);
            let wants_shape = ask.format != Format::Text || !ask.tools.is_empty();
            if wants_shape && !self.refuses_shapes.load(Ordering::Relaxed) {
                match self.ask_once(ask, Shape::AsAsked, sink).await {
                    Err(Error::Failed(evidence)) if is_refused_shape(&evidence) => {
                        self.refuses_shapes.store(true, Ordering::Relaxed);
                    }
                    other => return other.map_err(|error| self.complete(error)),
                }
            }
            let mut answer = self.ask_once(ask, Shape::PromptOnly, sink).await.map_err(|error| self.complete(error))?;
            if wants_shape {
                answer.detours.push("the server refuses structured answers, the prompt alone asks for one".to_owned());
            }
            Ok(answer)
        })
    }

    fn name(&self) -> &str {
        &self.model
    }
}

/// True for a connection that was closed at once and before any answer.
fn was_stale(error: &Error) -> bool {
    error.evidence().is_some_and(|evidence| {
        evidence.fault == Some(Fault::Reset)
            && evidence.observed.status.is_none()
            && evidence.took_ms.is_some_and(|took_ms| took_ms < STALE_WITHIN_MS)
    })
}

fn is_refused_shape(evidence: &Evidence) -> bool {
    let cause = diagnose(evidence).cause;
    matches!(cause, Cause::UnsupportedResponseFormat | Cause::UnsupportedTools | Cause::UnsupportedToolChoice)
}
