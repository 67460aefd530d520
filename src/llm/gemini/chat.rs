//! One model of Gemini that answers questions, streaming.

use std::{
    sync::atomic::{AtomicU8, Ordering},
    time::Duration,
};

use super::{
    Gemini, bare,
    events::Gathered,
    wire::{Ungranted, Wish, body},
};
use crate::{
    llm::{
        Answer, Ask, BoxFuture, Error, Fault, Model, Sink, Who,
        ask::Timings,
        diagnose,
        evidence::Evidence,
        http::{Method, Reply},
        open::{OpenGuard, millis},
        stream,
    },
    protocol::Cause,
    settings::Provider,
};

/// How a refusal sounds that is about a schema or a tool. The last one names nothing at all; a schema with too many
/// bounds is refused in these words.
const SHAPE_WORDS: [&str; 8] = [
    "schema",
    "json mode is not enabled",
    "response mime type",
    "function calling is not",
    "tool use is not",
    "too many states",
    "parameters.properties",
    "request contains an invalid argument",
];

/// One model of one account, registered in the ledger of open things until it is dropped.
pub struct GeminiModel {
    account: Gemini,
    model: String,
    /// What the account may ask, so that a wrong name can be answered with the right ones.
    listed: Vec<String>,
    /// The [`Ungranted`] wishes: known from the name, or learned because a question was answered without them only.
    ungranted: AtomicU8,
    _open: OpenGuard,
}

impl GeminiModel {
    /// A model by its name, with or without `models/` in front. `client` is its name in the ledger.
    pub fn new(account: &Gemini, client: &str, model: &str, listed: Vec<String>) -> Self {
        let open = account.caller.http.open().client(format!("{client} ({model})"));
        let model = bare(model).to_owned();
        let ungranted = AtomicU8::new(Ungranted::by_name(&model).0);
        Self { account: account.asked_by(client), model, listed, ungranted, _open: open }
    }

    async fn ask_once(&self, ask: &Ask, ungranted: Ungranted, sink: &mut dyn Sink) -> Result<Answer, Error> {
        let body = body(ask, &self.model, ungranted);
        let mut call =
            self.account.caller.call(Method::Post, self.account.ask_url(&self.model), ask.limits.first_wait());
        call.body = Some(&body);
        call.model = Some(&self.model);
        let reply = self.account.caller.send(call).await?;
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
        let gathered = match Gathered::whole(&text, sink) {
            Ok(gathered) => gathered,
            Err(fault) => return Err(evidence.with(fault).into()),
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
        let (usage, kept) = (gathered.usage(), gathered.kept());
        // Thoughts that nobody was told of came before the first piece, so they do not count for the speed after it.
        let untold = usage.reasoning_tokens.filter(|_| gathered.reasoning.is_empty()).unwrap_or(0);
        if let Some(tokens) = usage.answer_tokens.map(|tokens| tokens.saturating_sub(untold)).filter(|count| *count > 1)
        {
            let writing = Duration::from_millis(timings.total_ms.saturating_sub(timings.first_token_ms));
            let tokens = usize::try_from(tokens - 1).unwrap_or(usize::MAX);
            timings.tokens_per_second = stream::rate(tokens, writing).or(timings.tokens_per_second);
        }
        let ending = gathered.ending();
        let mut detours = gathered.notes;
        detours.extend(ending);
        let by = Who {
            provider: Provider::Gemini,
            model_asked: self.model.clone(),
            model_answered: bare(&gathered.model).to_owned(),
            endpoint: self.account.caller.base.to_string(),
        };
        self.account.caller.http.open().note_good_answer();
        Answer {
            text: gathered.text,
            reasoning: gathered.reasoning,
            tool_calls: gathered.tool_calls,
            kept,
            by,
            usage,
            timings,
            usd: None,
            detours,
        }
    }
}

impl Model for GeminiModel {
    fn ask<'a>(&'a self, ask: &'a Ask, sink: &'a mut dyn Sink) -> BoxFuture<'a, Result<Answer, Error>> {
        Box::pin(async move {
            let mut ungranted = Ungranted(self.ungranted.load(Ordering::Relaxed));
            loop {
                match self.ask_once(ask, ungranted, sink).await {
                    Ok(mut answer) => {
                        // Only now it is certain that the wish was the reason.
                        self.ungranted.fetch_or(ungranted.0, Ordering::Relaxed);
                        let missed = Wish::ALL.into_iter().filter(|wish| ungranted.has(*wish) && wish.is_in(ask));
                        answer.detours.extend(missed.map(|wish| wish.detour().to_owned()));
                        return Ok(answer);
                    }
                    // Each wish is given up once, so this comes to an end.
                    Err(error) => match refused(&error, ask).filter(|wish| !ungranted.has(*wish)) {
                        Some(wish) => ungranted = ungranted.and(wish),
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

/// The wish that the server refuses, if it answered that it cannot grant one.
fn refused(error: &Error, ask: &Ask) -> Option<Wish> {
    let evidence = error.evidence().filter(|evidence| is_refusal(evidence))?;
    let said = evidence.observed.body.as_deref().unwrap_or_default().to_lowercase();
    if said.contains("developer instruction") {
        Some(Wish::System)
    } else if said.contains("thinking") || said.contains("include_thoughts") {
        Some(Wish::Thinking)
    } else if said.contains("temperature") {
        Some(Wish::Temperature)
    } else {
        let is_shape = || SHAPE_WORDS.iter().any(|words| said.contains(words)) || is_refused_shape(evidence);
        (Wish::Shape.is_in(ask) && is_shape()).then_some(Wish::Shape)
    }
}

fn is_refusal(evidence: &Evidence) -> bool {
    evidence.fault == Some(Fault::Status) && evidence.observed.status == Some(400)
}

fn is_refused_shape(evidence: &Evidence) -> bool {
    let cause = diagnose(evidence).cause;
    matches!(cause, Cause::UnsupportedResponseFormat | Cause::UnsupportedTools | Cause::UnsupportedToolChoice)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::llm::{Effort, Format, evidence::Observed};

    fn refusal(status: u16, message: &str) -> Error {
        let body = json!({"error": {"code": status, "message": message, "status": "INVALID_ARGUMENT"}}).to_string();
        let observed = Observed { status: Some(status), body: Some(body), ..Observed::default() };
        Evidence { observed, ..Evidence::default() }.with(Fault::Status).into()
    }

    #[test]
    fn the_words_of_a_refusal_say_which_wish_to_give_up() {
        let format = Format::Json { name: "opinion", schema: json!({}) };
        let ask = Ask { system: "Be brief".into(), format, effort: Some(Effort::Off), ..Ask::default() };
        for (status, message, expected) in [
            (400, "Developer instruction is not enabled for models/gemma-3-27b-it", Some(Wish::System)),
            (400, "JSON mode is not enabled for models/gemma-3-27b-it", Some(Wish::Shape)),
            (400, "Function calling is not enabled for models/gemma-3-27b-it", Some(Wish::Shape)),
            (400, "Tool use with a response mime type: 'application/json' is unsupported", Some(Wish::Shape)),
            (
                400,
                "The specified schema produces a constraint that has too many states for serving.",
                Some(Wish::Shape),
            ),
            (400, "Request contains an invalid argument.", Some(Wish::Shape)),
            (400, "Thinking level is not supported for this model.", Some(Wish::Thinking)),
            (400, "Budget 0 is invalid. This model only works in thinking mode.", Some(Wish::Thinking)),
            (400, "Function call is missing a thought_signature in functionCall parts.", None),
            (400, "API key not valid. Please pass a valid API key.", None),
            (429, "You exceeded your current quota for thinking models.", None),
        ] {
            assert_eq!(refused(&refusal(status, message), &ask), expected, "{message}");
        }
        let plain = Ask { format: Format::Text, ..ask };
        assert_eq!(refused(&refusal(400, "Request contains an invalid argument."), &plain), None);
    }
}
