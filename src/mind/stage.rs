//! What the window sees of each expert while it speaks. Written by the streams, read by the ticker.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use super::reading::{Opinion, thought_so_far};
use crate::{
    llm::{Answer, Sink, open::millis},
    protocol::{AskView, ExpertState, ExpertView},
    settings::Provider,
};

/// As much of a stream as anybody reads; a model that never ends must not fill the memory.
const TEXT_LIMIT: usize = 16 << 10;

/// So many questions to one expert are remembered; a lane of a minute shows no more.
const REMEMBERED: usize = 32;

/// The seats of all experts. Cheap to clone; all clones are the same stage.
#[derive(Clone, Debug)]
pub struct Stage {
    views: Arc<Mutex<Vec<ExpertView>>>,
    /// When the session began; every time on the stage is counted from here.
    began: Instant,
}

impl Default for Stage {
    fn default() -> Self {
        Self { views: Arc::default(), began: Instant::now() }
    }
}

/// One expert's place on the stage during one question; what it says is heard here.
pub struct Seat {
    stage: Stage,
    index: usize,
    /// When the question left, or was put while it has not.
    left_at: Instant,
    raw: String,
    pieces: u32,
    first_piece_at: Option<Instant>,
}

impl Stage {
    /// Panics cannot leave a view half-written: every change is one assignment after the other.
    fn views(&self) -> MutexGuard<'_, Vec<ExpertView>> {
        self.views.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now_ms(&self) -> u64 {
        millis(self.began.elapsed())
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

    /// Clears these places for the next question. What was said last stays until something new is said.
    pub fn clear(&self, seats: impl IntoIterator<Item = usize>) {
        let mut views = self.views();
        for seat in seats {
            let Some(view) = views.get_mut(seat) else { continue };
            let ExpertView { role, title, model, text, asks, .. } = std::mem::take(view);
            *view = ExpertView { role, title, model, text, asks, ..ExpertView::default() };
        }
    }

    /// Takes a place for one question.
    pub fn sit(&self, index: usize) -> Seat {
        let seat = Seat {
            stage: self.clone(),
            index,
            left_at: Instant::now(),
            raw: String::new(),
            pieces: 0,
            first_piece_at: None,
        };
        let ask = AskView { queued_at_ms: self.now_ms(), ..AskView::default() };
        seat.change(|view| {
            view.state = ExpertState::Queued;
            // Until it leaves, whoever was asked last is who is likely to be asked.
            let provider = view.asks.last().map_or(ask.provider, |last| last.provider);
            if view.asks.len() == REMEMBERED {
                view.asks.remove(0);
            }
            view.asks.push(AskView { provider, ..ask });
        });
        seat
    }
}

impl Seat {
    fn change(&self, change: impl FnOnce(&mut ExpertView)) {
        if let Some(view) = self.stage.views().get_mut(self.index) {
            change(view);
        }
    }

    /// Changes the lane of this question too.
    fn change_ask(&self, change: impl FnOnce(&mut ExpertView, &mut AskView)) {
        self.change(|view| {
            if let Some(mut ask) = view.asks.pop() {
                change(view, &mut ask);
                view.asks.push(ask);
            }
        });
    }

    fn heard(&mut self) -> (u64, Option<f64>) {
        self.pieces += 1;
        let first = *self.first_piece_at.get_or_insert_with(Instant::now);
        let seconds = first.elapsed().as_secs_f64();
        let rate = (self.pieces > 4 && seconds > 0.0).then(|| f64::from(self.pieces - 1) / seconds);
        let (now_ms, pieces) = (self.stage.now_ms(), self.pieces);
        self.change_ask(|_view, ask| {
            ask.sent_at_ms.get_or_insert(ask.queued_at_ms);
            ask.first_token_at_ms.get_or_insert(now_ms);
            ask.answer_tokens = u64::from(pieces);
        });
        (millis(first - self.left_at), rate)
    }

    /// Shows how the answer ended; without an opinion it was words and no proposal.
    pub fn finish(&self, answer: &Answer, opinion: Option<&Opinion>) {
        let now_ms = self.stage.now_ms();
        self.change_ask(|view, ask| {
            view.state = ExpertState::Done;
            view.first_token_ms = Some(answer.timings.first_token_ms);
            view.tokens_per_second = answer.timings.tokens_per_second.or(view.tokens_per_second);
            match opinion {
                Some(opinion) => {
                    view.text.clone_from(&opinion.thought);
                    view.proposal.clone_from(&opinion.action);
                    view.confidence = Some(opinion.confidence);
                }
                None => answer.text.trim().clone_into(&mut view.text),
            }
            ask.sent_at_ms.get_or_insert(ask.queued_at_ms);
            ask.first_token_at_ms.get_or_insert(now_ms);
            ask.answer_tokens = answer.usage.answer_tokens.unwrap_or(ask.answer_tokens);
            ask.ended_at_ms = Some(now_ms);
            ask.is_answered = true;
        });
    }

    /// Shows that no answer came.
    pub fn fail(&self, why: &str) {
        let now_ms = self.stage.now_ms();
        self.change_ask(|view, ask| {
            view.state = ExpertState::Failed;
            view.failure = Some(why.to_owned());
            ask.ended_at_ms = Some(now_ms);
        });
    }
}

/// Whoever leaves without a word was not waited for.
impl Drop for Seat {
    fn drop(&mut self) {
        let now_ms = self.stage.now_ms();
        self.change_ask(|view, ask| {
            if ask.ended_at_ms.is_none() {
                view.state = ExpertState::BrokenOff;
                ask.ended_at_ms = Some(now_ms);
            }
        });
    }
}

impl Sink for Seat {
    /// What somebody else had begun to say before is not the beginning of this answer.
    fn leaves(&mut self, provider: Provider, model: &str) {
        self.left_at = Instant::now();
        self.raw.clear();
        self.pieces = 0;
        self.first_piece_at = None;
        let now_ms = self.stage.now_ms();
        self.change_ask(|view, ask| {
            view.state = ExpertState::Asked;
            model.clone_into(&mut view.model);
            view.reasoning.clear();
            ask.provider = provider;
            ask.sent_at_ms = Some(now_ms);
            ask.first_token_at_ms = None;
        });
    }

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
        assert_eq!(stage.read()[0].state, ExpertState::Queued);
        seat.leaves(Provider::Claude, "another");
        assert_eq!((stage.read()[0].state, stage.read()[0].model.as_str()), (ExpertState::Asked, "another"));
        seat.reasoning("hm");
        seat.text("{\"thought\": \"The wolf");
        let view = &stage.read()[0];
        assert_eq!((view.text.as_str(), view.reasoning.as_str()), ("The wolf", "hm"));
        assert_eq!(view.state, ExpertState::Answering);
        let lane = &view.asks[0];
        assert_eq!((lane.answer_tokens, lane.provider, lane.ended_at_ms), (2, Provider::Claude, None));
        drop(seat);
        assert!(stage.read()[0].asks[0].ended_at_ms.is_some() && !stage.read()[0].asks[0].is_answered);
        stage.clear([index]);
        let view = &stage.read()[0];
        assert_eq!((view.text.as_str(), view.reasoning.as_str()), ("The wolf", ""));
        assert_eq!((view.model.as_str(), view.state), ("another", ExpertState::Idle));
    }
}
