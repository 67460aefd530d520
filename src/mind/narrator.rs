//! The narrator: one plain sentence about the state, now and then, from a small model. It stands beside the decisions: when
//! others are busy at its provider it is not asked at all, and what it says decides nothing.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{player::Manner, prompts, switch::Switch};
use crate::{
    llm::{Ask, Error, Model, Turn, ask::Unwatched},
    protocol::Narration,
    settings::cast::NARRATOR,
};

/// A sentence needs no more; a thought before it does.
const ANSWER_TOKENS: u32 = 400;
/// What the window has room for.
const LONGEST_SENTENCE: usize = 240;

/// A small model that says what is going on.
pub struct Narrator {
    /// Taken out when it is closed.
    model: Mutex<Option<Arc<Switch>>>,
    manner: Manner,
    said: Mutex<Option<Narration>>,
    dropped: Mutex<u64>,
}

impl Narrator {
    pub fn new(model: Switch, manner: &Manner) -> Self {
        let manner = Manner { answer_tokens: ANSWER_TOKENS, ..manner.clone() };
        Self { model: Mutex::new(Some(Arc::new(model))), manner, said: Mutex::default(), dropped: Mutex::default() }
    }

    fn said(&self) -> MutexGuard<'_, Option<Narration>> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What it said last; how often it was left out is told even before it said anything.
    pub fn read(&self) -> Option<Narration> {
        let dropped = *self.dropped.lock().unwrap_or_else(PoisonError::into_inner);
        self.said().clone().map(|said| Narration { dropped, ..said })
    }

    /// Says one sentence about this state of step `step`. `None` if others are busy and it was not asked.
    /// It is shown once it is handed to [`show`](Self::show); nothing usable is an empty one.
    pub async fn tell(&self, state: String, step: u64) -> Option<Result<Narration, Error>> {
        let model = self.model.lock().unwrap_or_else(PoisonError::into_inner).clone()?;
        let ask = Ask {
            system: prompts::of_part(NARRATOR),
            turns: vec![Turn::User(state)],
            answer_tokens: self.manner.answer_tokens,
            limits: self.manner.limits,
            ..Ask::default()
        };
        if model.is_busy_for(&ask) {
            *self.dropped.lock().unwrap_or_else(PoisonError::into_inner) += 1;
            return None;
        }
        Some(model.ask(&ask, &mut Unwatched).await.map(|answer| {
            let text = sentence(&answer.text);
            let by = if answer.by.model_answered.is_empty() { answer.by.model_asked } else { answer.by.model_answered };
            let dropped = *self.dropped.lock().unwrap_or_else(PoisonError::into_inner);
            Narration { text, by, step, dropped }
        }))
    }

    /// From now on this is what it said last.
    pub fn show(&self, said: Narration) {
        *self.said() = Some(said);
    }

    /// Lets go of the model.
    pub fn close(&self) {
        self.model.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

/// The sentence in an answer: after any thinking, on one line, no longer than there is room for.
fn sentence(text: &str) -> String {
    let text = text.rsplit_once("</think>").map_or(text, |(_, answer)| answer);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_matches('"');
    match line.char_indices().nth(LONGEST_SENTENCE) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_one_line_without_thoughts_and_not_too_long() {
        assert_eq!(sentence("<think>hm</think>\n\"The agent rests.\nIt is night.\""), "The agent rests. It is night.");
        assert_eq!(sentence("  \n"), "");
        let long = sentence(&"so ".repeat(200));
        assert!(long.chars().count() <= LONGEST_SENTENCE + 1 && long.ends_with('…'), "{long}");
    }
}
