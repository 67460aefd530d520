//! What the window sees of each expert while it speaks. Written by the streams, read by the ticker.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use super::reading::{Opinion, thought_so_far};
use crate::{
    llm::{Answer, Sink, open::millis},
    protocol::{ExpertState, ExpertView},
};

/// As much of a stream as anybody reads; a model that never ends must not fill the memory.
const TEXT_LIMIT: usize = 16 << 10;

/// The seats of all experts. Cheap to clone; all clones are the same stage.
#[derive(Clone, Debug, Default)]
pub struct Stage(Arc<Mutex<Vec<ExpertView>>>);

/// One expert's place on the stage during one question; what it says is heard here.
pub struct Seat {
    stage: Stage,
    index: usize,
    asked_at: Instant,
    raw: String,
    pieces: u32,
    first_piece_at: Option<Instant>,
}

impl Stage {
    /// Panics cannot leave a view half-written: every change is one assignment after the other.
    fn views(&self) -> MutexGuard<'_, Vec<ExpertView>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a place; gives its index.
    pub fn add(&self, role: &str, title: &str, model: &str) -> usize {
        let mut views = self.views();
        views.push(ExpertView {
            role: role.to_owned(),
            title: title.to_owned(),
            model: model.to_owned(),
            ..ExpertView::default()
        });
        views.len() - 1
    }

    /// All views as they are now.
    pub fn read(&self) -> Vec<ExpertView> {
        self.views().clone()
    }

    /// Clears every place for the next question. What was said last stays until something new is said.
    pub fn clear(&self) {
        for view in self.views().iter_mut() {
            let ExpertView { role, title, model, text, .. } = std::mem::take(view);
            *view = ExpertView { role, title, model, text, ..ExpertView::default() };
        }
    }

    /// Takes a place for one question.
    pub fn sit(&self, index: usize) -> Seat {
        let seat = Seat {
            stage: self.clone(),
            index,
            asked_at: Instant::now(),
            raw: String::new(),
            pieces: 0,
            first_piece_at: None,
        };
        seat.change(|view| view.state = ExpertState::Asked);
        seat
    }
}

impl Seat {
    fn change(&self, change: impl FnOnce(&mut ExpertView)) {
        if let Some(view) = self.stage.views().get_mut(self.index) {
            change(view);
        }
    }

    fn heard(&mut self) -> (u64, Option<f64>) {
        self.pieces += 1;
        let first = *self.first_piece_at.get_or_insert_with(Instant::now);
        let seconds = first.elapsed().as_secs_f64();
        let rate = (self.pieces > 4 && seconds > 0.0).then(|| f64::from(self.pieces - 1) / seconds);
        (millis(first - self.asked_at), rate)
    }

    /// Shows how the answer ended.
    pub fn finish(&self, answer: &Answer, opinion: &Opinion) {
        self.change(|view| {
            view.state = ExpertState::Done;
            view.first_token_ms = Some(answer.timings.first_token_ms);
            view.tokens_per_second = answer.timings.tokens_per_second.or(view.tokens_per_second);
            view.text.clone_from(&opinion.thought);
            view.proposal.clone_from(&opinion.action);
            view.confidence = Some(opinion.confidence);
        });
    }

    /// Shows that no answer came.
    pub fn fail(&self, why: &str) {
        self.change(|view| {
            view.state = ExpertState::Failed;
            view.failure = Some(why.to_owned());
        });
    }
}

/// Whoever leaves without a word was not waited for.
impl Drop for Seat {
    fn drop(&mut self) {
        self.change(|view| {
            if view.state.is_busy() {
                view.state = ExpertState::BrokenOff;
            }
        });
    }
}

impl Sink for Seat {
    fn text(&mut self, piece: &str) {
        if self.raw.len() < TEXT_LIMIT {
            self.raw.push_str(piece);
        }
        let (first_token_ms, rate) = self.heard();
        let thought = thought_so_far(&self.raw).to_owned();
        self.change(|view| {
            view.state = ExpertState::Answering;
            view.text = thought;
            view.first_token_ms = Some(first_token_ms);
            view.tokens_per_second = rate;
        });
    }

    fn reasoning(&mut self, piece: &str) {
        let (first_token_ms, rate) = self.heard();
        self.change(|view| {
            view.state = ExpertState::Thinking;
            if view.reasoning.len() < TEXT_LIMIT {
                view.reasoning.push_str(piece);
            }
            view.first_token_ms = Some(first_token_ms);
            view.tokens_per_second = rate;
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_seen_while_it_comes_and_cleared_for_the_next_question() {
        let stage = Stage::default();
        let index = stage.add("expert.1", "threat", "small");
        let mut seat = stage.sit(index);
        assert_eq!(stage.read()[0].state, ExpertState::Asked);
        seat.reasoning("hm");
        seat.text("{\"thought\": \"The wolf");
        let view = &stage.read()[0];
        assert_eq!((view.text.as_str(), view.reasoning.as_str()), ("The wolf", "hm"));
        assert_eq!(view.state, ExpertState::Answering);
        stage.clear();
        let view = &stage.read()[0];
        assert_eq!((view.text.as_str(), view.reasoning.as_str()), ("The wolf", ""));
        assert_eq!((view.model.as_str(), view.state), ("small", ExpertState::Idle));
    }
}
