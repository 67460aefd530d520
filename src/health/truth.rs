//! Truth tests: a model that is said to have an ability must show it. What a server lists proves nothing.
//!
//! Each test asks for something that cannot be guessed: a random word in a picture, a tool call or a JSON answer with a
//! random mark, a word hidden near the end of the loaded context, and quiet after the connection was closed.

use std::time::Duration;

use rand_pcg::{
    Pcg32,
    rand_core::{Rng, SeedableRng},
};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{
    idle::{Idle, wait_until_idle},
    lms::Lms,
    picture,
    rungs::Rung,
};
use crate::{
    llm::{
        Answer, Ask, Error, Format, Limits, Model, Sink, Turn,
        ask::Unwatched,
        lm_studio::{ChatModel, LmStudio},
    },
    protocol::{ActionSpec, Cause, ModelEntry, Problem, Product, Remedy, Risk, Verdict},
};

/// Room for the answer and for a model that thinks first.
const ANSWER_TOKENS: u32 = 768;
/// A token is about four letters of English.
const LETTERS_A_TOKEN: usize = 4;
/// Servers need a moment to notice that somebody has gone; one that is reading a prompt needs more.
const QUIET_WITHIN: Duration = Duration::from_secs(4);

/// One model to be tested.
pub struct Witness<'a> {
    pub server: &'a LmStudio,
    pub product: Product,
    pub model: &'a str,
    pub entry: Option<&'a ModelEntry>,
    pub limits: Limits,
    pub lms: Option<&'a Lms>,
}

/// An ability that can be proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ability {
    Schema,
    Tools,
    Vision,
    Context,
    Quiet,
}

impl Ability {
    pub const ALL: [Self; 5] = [Self::Schema, Self::Tools, Self::Vision, Self::Context, Self::Quiet];

    /// For people, after *Proof:*.
    pub fn title(self) -> &'static str {
        match self {
            Self::Schema => "answers in a given shape",
            Self::Tools => "calls tools",
            Self::Vision => "sees pictures",
            Self::Context => "reads its whole context",
            Self::Quiet => "stops when asked",
        }
    }

    /// False for an ability that the server says the model does not have: then there is nothing to prove.
    pub fn is_claimed(self, entry: Option<&ModelEntry>) -> bool {
        match self {
            Self::Tools => entry.and_then(|entry| entry.tool_use) == Some(true),
            Self::Vision => entry.and_then(|entry| entry.vision) == Some(true),
            Self::Context => context(entry).is_some(),
            Self::Schema | Self::Quiet => true,
        }
    }
}

fn context(entry: Option<&ModelEntry>) -> Option<u32> {
    entry?.instances.first()?.context_length
}

impl Witness<'_> {
    /// Has the model prove one ability.
    pub async fn prove(&self, ability: Ability) -> Rung {
        let mut dice = Pcg32::seed_from_u64(seed());
        match ability {
            Ability::Schema => self.schema(&mark(&mut dice)).await,
            Ability::Tools => self.tools(&mark(&mut dice)).await,
            Ability::Vision => self.vision(picture::WORDS[dice.next_u32() as usize % picture::WORDS.len()]).await,
            Ability::Context => self.needle(&mark(&mut dice)).await,
            Ability::Quiet => self.quiet().await,
        }
    }

    async fn ask(&self, ask: Ask) -> Result<Answer, Error> {
        let chat = ChatModel::new(self.server, "truth test", self.model, Vec::new());
        chat.ask(&Ask { answer_tokens: ANSWER_TOKENS, limits: self.limits, ..ask }, &mut Unwatched).await
    }

    async fn schema(&self, mark: &str) -> Rung {
        let schema = json!({"type": "object", "required": ["mark", "number"], "additionalProperties": false,
            "properties": {"mark": {"type": "string", "enum": [mark, "none"]}, "number": {"type": "integer"}}});
        let question = format!("Answer with JSON: mark is \"{mark}\", number is the sum of 2 and 3.");
        let format = Format::Json { name: "proof", schema };
        let answer = self.ask(Ask { turns: vec![Turn::User(question)], format, ..Ask::default() }).await;
        self.judge(answer, |answer| {
            let value: Value = serde_json::from_str(answer.text.trim()).ok()?;
            let has_shape =
                value.get("mark").is_some_and(Value::is_string) && value.get("number").is_some_and(Value::is_number);
            (has_shape && answer.detours.is_empty()).then(|| "The answer has the shape that was asked for".to_owned())
        })
    }

    async fn tools(&self, mark: &str) -> Rung {
        let tool = ActionSpec {
            name: "repeat_mark".to_owned(),
            description: "Repeats a mark".to_owned(),
            input_schema: json!({"type": "object", "required": ["nonce"], "properties": {"nonce": {"type": "string"}}}),
            risk: Risk::ReadOnly,
        };
        let question = format!("Call the tool repeat_mark with this nonce: {mark}");
        let answer = self.ask(Ask { turns: vec![Turn::User(question)], tools: vec![tool], ..Ask::default() }).await;
        self.judge(answer, |answer| {
            let call = answer.tool_calls.iter().find(|call| call.name == "repeat_mark")?;
            call.arguments.to_string().contains(mark).then(|| "It called the tool with the right mark".to_owned())
        })
    }

    async fn vision(&self, word: &str) -> Rung {
        let question = "Which word is written in the picture? Answer with that word alone.".to_owned();
        let pictures = vec![picture::of_word(word)];
        let answer = self.ask(Ask { turns: vec![Turn::User(question)], pictures, ..Ask::default() }).await;
        self.judge(answer, |answer| {
            answer.text.to_uppercase().contains(word).then(|| format!("It read the word {word}"))
        })
    }

    /// The word stands behind nine tenths of what fits, so a server that silently cuts the beginning or end is caught.
    async fn needle(&self, mark: &str) -> Rung {
        let rung = self.needle_in(mark, LETTERS_A_TOKEN).await;
        // Some models count every letter; a text that is too long for such a one says nothing about its memory.
        match rung.problem.as_ref().and_then(|problem| problem.cause) {
            Some(Cause::ContextOverflow) => self.needle_in(mark, 1).await,
            _ => rung,
        }
    }

    async fn needle_in(&self, mark: &str, letters_a_token: usize) -> Rung {
        let tokens = context(self.entry).unwrap_or(2048) as usize;
        let room = tokens.saturating_sub(ANSWER_TOKENS as usize + 200) * letters_a_token * 7 / 10;
        let filler = "The river runs past the mill and the miller counts his sacks. ";
        let before = filler.repeat(room * 9 / 10 / filler.len());
        let after = filler.repeat(room / 10 / filler.len());
        let question = format!(
            "Remember the password in this text.\n{before}\nThe password is {mark}.\n{after}\nWhat is the password? Answer with it alone."
        );
        let answer = self.ask(Ask { turns: vec![Turn::User(question)], ..Ask::default() }).await;
        self.judge(answer, |answer| {
            answer.text.contains(mark).then(|| format!("It found a word near the end of {tokens} tokens"))
        })
    }

    /// Leaves in mid-answer; the server must fall silent.
    async fn quiet(&self) -> Rung {
        let chat = ChatModel::new(self.server, "truth test", self.model, Vec::new());
        let (first, seen) = tokio::sync::oneshot::channel();
        let mut sink = FirstPiece(Some(first));
        let ask = Ask {
            turns: vec![Turn::User("Count from one to a thousand in words, without stopping.".to_owned())],
            answer_tokens: ANSWER_TOKENS,
            limits: self.limits,
            ..Ask::default()
        };
        tokio::select! {
            ended = chat.ask(&ask, &mut sink) => {
                if let Err(error) = ended {
                    return Rung::of_error(&error);
                }
            }
            _ = seen => {}
        }
        let left = Instant::now();
        match wait_until_idle(self.server, self.product, self.lms, left + QUIET_WITHIN).await {
            Idle::Yes => {
                Rung::passed(format!("Silent {} ms after the connection was closed", left.elapsed().as_millis()))
            }
            Idle::NotVerifiable(why) => {
                Rung::passed(format!("The connection is closed; whether it is silent is not verifiable: {why}"))
            }
            Idle::Busy(count) => Rung::warned(
                "It goes on after the connection was closed",
                Problem::plain(
                    format!("{count} answers go on although nobody listens any more"),
                    vec![format!("Looked for {} s", QUIET_WITHIN.as_secs())],
                    "After Stop this server keeps the processor busy for a while; unloading the model ends it",
                ),
            ),
        }
    }

    /// An answer that does not prove the ability is a warning with what was said instead; an error speaks for itself.
    fn judge(&self, answer: Result<Answer, Error>, proof: impl Fn(&Answer) -> Option<String>) -> Rung {
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => {
                let problem = error.problem();
                let note = problem.summary.clone();
                return Rung { verdict: Verdict::Warned, note, problem: Some(problem) };
            }
        };
        if answer.by.is_other_model() {
            let summary = format!("{} answered instead of {}", answer.by.model_answered, self.model);
            let mut problem = Problem::plain(summary.clone(), Vec::new(), "Load the model that was asked for");
            problem.cause = Some(Cause::ModelNameMismatch);
            return Rung::warned(summary, problem);
        }
        match proof(&answer) {
            Some(note) => Rung::passed(note),
            None => Rung::warned("It did not show this", not_shown(&answer, self.model)),
        }
    }
}

fn not_shown(answer: &Answer, model: &str) -> Problem {
    let said: String = answer.text.chars().take(160).collect();
    let mut details = vec![format!("Model asked: {model}"), format!("It said: {said}")];
    details.extend(answer.detours.iter().cloned());
    Problem {
        cause: None,
        summary: format!("\u{201c}{model}\u{201d} is said to be able to do this, and did not"),
        details,
        remedies: vec![Remedy::advice(
            "Small models fail at this now and then; test again, or use another model where it matters",
        )],
    }
}

/// Tells when the first piece of an answer has come.
struct FirstPiece(Option<tokio::sync::oneshot::Sender<()>>);

impl Sink for FirstPiece {
    fn text(&mut self, _piece: &str) {
        if let Some(first) = self.0.take() {
            let _nobody_waits = first.send(());
        }
    }

    fn reasoning(&mut self, piece: &str) {
        self.text(piece);
    }
}

/// Different at every test, so that no model can know it.
fn seed() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos() & u128::from(u64::MAX)).unwrap_or_default()
}

/// Eight letters that mean nothing.
fn mark(dice: &mut Pcg32) -> String {
    (0..8).map(|_| char::from(b'a' + u8::try_from(dice.next_u32() % 26).unwrap_or(0))).collect()
}
