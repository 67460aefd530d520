//! The question, the answer, and the one-method trait between them.

use std::{future::Future, pin::Pin, time::Duration};

use serde_json::Value;

use super::{Error, Limit};
use crate::{protocol::ActionSpec, settings::Provider};

/// A boxed future, because a trait object cannot return `impl Future`.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Something that answers.
pub trait Model: Send + Sync {
    /// Asks once. Dropping the future closes the connection, which is what makes a server stop generating.
    fn ask<'a>(&'a self, ask: &'a Ask, sink: &'a mut dyn Sink) -> BoxFuture<'a, Result<Answer, Error>>;

    /// The name of the model that will be asked.
    fn name(&self) -> &str;
}

/// Hears an answer while it comes.
pub trait Sink: Send {
    /// More of the answer itself.
    fn text(&mut self, piece: &str);
    /// More of what the model thinks before it answers.
    fn reasoning(&mut self, piece: &str);
    /// The question leaves now, to this model; until then it waited for its turn.
    fn leaves(&mut self, _provider: Provider, _model: &str) {}
}

/// For answers nobody watches.
pub struct Unwatched;

impl Sink for Unwatched {
    fn text(&mut self, _piece: &str) {}
    fn reasoning(&mut self, _piece: &str) {}
}

/// Passes on what is heard, and remembers that something was.
pub struct Ear<'a> {
    sink: &'a mut dyn Sink,
    pub has_heard: bool,
}

impl<'a> Ear<'a> {
    /// Nothing has been heard yet.
    pub fn on(sink: &'a mut dyn Sink) -> Self {
        Self { sink, has_heard: false }
    }
}

impl Sink for Ear<'_> {
    fn text(&mut self, piece: &str) {
        self.has_heard = true;
        self.sink.text(piece);
    }

    fn reasoning(&mut self, piece: &str) {
        self.has_heard = true;
        self.sink.reasoning(piece);
    }

    fn leaves(&mut self, provider: Provider, model: &str) {
        self.sink.leaves(provider, model);
    }
}

/// Everything one question needs.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    pub system: String,
    pub turns: Vec<Turn>,
    /// Pictures that go with the last turn, as PNG files.
    pub pictures: Vec<std::sync::Arc<[u8]>>,
    /// Tools the model may call; a decision is a call of one of them.
    pub tools: Vec<ActionSpec>,
    pub format: Format,
    /// Tokens in the answer, reasoning included.
    pub answer_tokens: u32,
    /// 0 for the same answer every time; higher for variety.
    pub temperature: Option<f32>,
    /// How much the model is to think before it answers; `None` leaves that to the model.
    pub effort: Option<Effort>,
    pub limits: Limits,
}

/// How much a model is to think before it answers, where it can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effort {
    Off,
    Low,
    High,
}

/// One turn of the conversation.
#[derive(Clone, Debug, PartialEq)]
pub enum Turn {
    User(String),
    Assistant(String),
    /// What a model answered before, as it was: calls of tools and signed thoughts have to come back unchanged.
    Answered(Box<Answered>),
    /// What the tools that it called gave back, in the order of the calls.
    Results(Vec<ToolResult>),
}

impl Turn {
    /// How many bytes of words it is made of, roughly.
    pub fn size(&self) -> usize {
        match self {
            Self::User(text) | Self::Assistant(text) => text.len(),
            Self::Answered(answered) => {
                let calls = answered.tool_calls.iter().map(|call| call.name.len() + call.arguments.to_string().len());
                answered.text.len() + calls.sum::<usize>()
            }
            Self::Results(results) => results.iter().map(|result| result.text.len()).sum(),
        }
    }
}

/// An earlier answer, as a part of the conversation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answered {
    pub text: String,
    pub tool_calls: Vec<ToolCall>,
    pub kept: Option<Kept>,
}

/// An answer in its provider's own form. Only a client of the same provider can use it; every other goes by text and calls.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    pub provider: Provider,
    pub content: Value,
}

/// What one tool gave back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToolResult {
    /// The id of the call that it answers.
    pub call_id: String,
    pub name: String,
    pub text: String,
    pub is_error: bool,
}

/// The shape of the answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Format {
    #[default]
    Text,
    /// JSON that fits this schema, called by this name.
    Json { name: &'static str, schema: Value },
}

/// How long to wait for what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// From the question to the first token.
    pub first_token: Duration,
    pub between_tokens: Duration,
    pub total: Duration,
}

impl Limits {
    /// The first wait, which is called after the shorter of the limits that end it.
    pub fn first_wait(&self) -> (Limit, Duration) {
        if self.total < self.first_token { (Limit::Total, self.total) } else { (Limit::FirstToken, self.first_token) }
    }
}

impl Default for Limits {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { first_token: seconds(180), between_tokens: seconds(60), total: seconds(600) }
    }
}

/// A complete answer. A cut-off one is an [`Error`].
#[derive(Clone, Debug, Default)]
pub struct Answer {
    pub text: String,
    pub reasoning: String,
    pub tool_calls: Vec<ToolCall>,
    /// The answer in its provider's own form, where that has to come back unchanged in the next question.
    pub kept: Option<Kept>,
    pub by: Who,
    pub usage: Usage,
    pub timings: Timings,
    /// What it cost, where the price is known. US dollars.
    pub usd: Option<f64>,
    /// What was not as asked, such as an answer format that the server refused.
    pub detours: Vec<String>,
}

/// A call of one of the offered tools.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ToolCall {
    /// As the server names the call; empty where it gives no name.
    pub id: String,
    pub name: String,
    /// An object; `{}` when the model gave no arguments.
    pub arguments: Value,
}

/// Who answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    pub provider: Provider,
    pub model_asked: String,
    /// As the server names it; empty if it does not.
    pub model_answered: String,
    pub endpoint: String,
}

impl Who {
    /// True when the server names another model than the one that was asked. An instance (`name:2`) or a build of it
    /// (`name@q4_k_m`) is the same model.
    pub fn is_other_model(&self) -> bool {
        let (asked, answered) = (self.model_asked.trim().to_lowercase(), self.model_answered.trim().to_lowercase());
        if asked.is_empty() || answered.is_empty() || asked == answered || is_file_of(&answered, &asked) {
            return false;
        }
        // An alias that moves with every release is answered by whatever it points to.
        if let Some(family) = asked.strip_suffix("-latest")
            && answered.starts_with(family)
        {
            return false;
        }
        let (asked_stem, asked_build) = split_build(bare(&asked));
        let (answered_stem, answered_build) = split_build(bare(&answered));
        let (short, long) = if asked_stem.len() <= answered_stem.len() {
            (asked_stem, answered_stem)
        } else {
            (answered_stem, asked_stem)
        };
        match long.strip_prefix(short) {
            // Two builds that both have a name of their own are two models: `qwen:7b` is not `qwen:0.5b`.
            Some("") => {
                asked_build.zip(answered_build).is_some_and(|(asked, answered)| is_name(asked) && is_name(answered))
            }
            // `tiny-2024-08-06` is the build of that day.
            Some(rest) => {
                !(rest.starts_with('-') && rest.chars().all(|letter| letter.is_ascii_digit() || letter == '-'))
            }
            None => true,
        }
    }
}

/// Without the publisher or provider that gateways put in front or leave out.
fn bare(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// True for a server that names itself by the file it runs, which is called after the model and its build.
fn is_file_of(answered: &str, asked: &str) -> bool {
    let letters = |name: &str| name.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let is_file = std::path::Path::new(answered).extension().is_some_and(|ending| ending == "gguf");
    is_file && letters(bare(answered)).starts_with(&letters(bare(asked)))
}

/// `name@q4` and `name:2` as name and build.
fn split_build(name: &str) -> (&str, Option<&str>) {
    match name.split_once(['@', ':']) {
        Some((stem, build)) => (stem, Some(build)),
        None => (name, None),
    }
}

/// A number alone is only the count of an instance.
fn is_name(build: &str) -> bool {
    !build.chars().all(|letter| letter.is_ascii_digit())
}

/// What it cost, as the server counts it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    pub prompt_tokens: Option<u64>,
    /// Reasoning included.
    pub answer_tokens: Option<u64>,
    /// The part of the answer that was reasoning.
    pub reasoning_tokens: Option<u64>,
}

/// How long it took.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Timings {
    pub first_token_ms: u64,
    pub total_ms: u64,
    /// Answer tokens over the time after the first one; pieces are counted where the server gives no usage.
    pub tokens_per_second: Option<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instance_or_build_is_the_same_model() {
        let who = |asked: &str, answered: &str| Who {
            model_asked: asked.into(),
            model_answered: answered.into(),
            ..Who::default()
        };
        assert!(!who("gemma", "gemma:2").is_other_model());
        assert!(!who("gemma@q4", "gemma").is_other_model());
        assert!(!who("gemma", "").is_other_model());
        assert!(!who("openai/tiny", "tiny").is_other_model());
        assert!(!who("tiny-2024-08-06", "tiny").is_other_model());
        assert!(!who("qwen3.6-27B", "/models/Qwen3.6-27B-MTP-UD-Q6_K_XL.gguf").is_other_model());
        assert!(!who("gemini-flash-latest", "gemini-flash-3.6").is_other_model());
        assert!(who("qwen", "gemma:2").is_other_model());
        assert!(who("qwen3", "qwen3-coder").is_other_model());
    }
}
