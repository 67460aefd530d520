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
    places: Arc<Mutex<Vec<Place>>>,
    /// When the session began; every time on the stage is counted from here.
    began: Instant,
}

impl Default for Stage {
    fn default() -> Self {
        Self { places: Arc::default(), began: Instant::now() }
    }
}

/// What is seen of one expert.
#[derive(Debug, Default)]
struct Place {
    view: ExpertView,
    /// The answer as it comes. What of it is meant for people is looked for when somebody looks and not with every piece.
    raw: String,
    has_more: bool,
    /// Which question is heard. Who was still speaking when the next one was put is heard no more.
    turn: u64,
}

impl Place {
    fn catch_up(&mut self) {
        if std::mem::take(&mut self.has_more) {
            thought_so_far(&self.raw).clone_into(&mut self.view.text);
        }
    }

    /// What is said from now on is another answer.
    fn begin_anew(&mut self) {
        self.raw.clear();
        self.has_more = false;
    }
}

/// One expert's place on the stage during one question; what it says is heard here.
pub struct Seat {
    stage: Stage,
    index: usize,
    turn: u64,
    /// When the question left, or was put while it has not.
    left_at: Instant,
    pieces: u32,
    first_piece_at: Option<Instant>,
}

impl Stage {
    /// Panics cannot leave a view half-written: every change is one assignment after the other.
    fn places(&self) -> MutexGuard<'_, Vec<Place>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now_ms(&self) -> u64 {
        millis(self.began.elapsed())
    }

    /// Adds a place; gives its index.
    pub fn add(&self, role: &str, title: &str, model: &str) -> usize {
        let mut places = self.places();
        let (role, title, model) = (role.to_owned(), title.to_owned(), model.to_owned());
        places.push(Place { view: ExpertView { role, title, model, ..ExpertView::default() }, ..Place::default() });
        places.len() - 1
    }

    /// All views as they are now.
    pub fn read(&self) -> Vec<ExpertView> {
        let seen = |place: &mut Place| {
            place.catch_up();
            place.view.clone()
        };
        self.places().iter_mut().map(seen).collect()
    }

    /// Clears these places for the next question. What was said last stays until something new is said.
    pub fn clear(&self, seats: impl IntoIterator<Item = usize>) {
        let mut places = self.places();
        for seat in seats {
            let Some(place) = places.get_mut(seat) else { continue };
            place.catch_up();
            place.begin_anew();
            let ExpertView { role, title, model, text, asks, .. } = std::mem::take(&mut place.view);
            place.view = ExpertView { role, title, model, text, asks, ..ExpertView::default() };
        }
    }

    /// Takes a place for one question.
    pub fn sit(&self, index: usize) -> Seat {
        let turn = self.places().get_mut(index).map_or(0, |place| {
            place.turn += 1;
            place.turn
        });
        let seat = Seat { stage: self.clone(), index, turn, left_at: Instant::now(), pieces: 0, first_piece_at: None };
        let ask = AskView { queued_at_ms: self.now_ms(), ..AskView::default() };
        seat.change(|place| {
            place.catch_up();
            place.begin_anew();
            let view = &mut place.view;
            view.state = ExpertState::Queued;
            // Until it leaves, whoever was asked last is who is likely to be asked.
            let provider = view.asks.last().map_or(ask.provider, |last| last.provider);
            // Whoever was not waited for has ended at the latest now.
            if let Some(last) = view.asks.last_mut() {
                last.ended_at_ms.get_or_insert(ask.queued_at_ms);
            }
            if view.asks.len() == REMEMBERED {
                view.asks.remove(0);
            }
            view.asks.push(AskView { provider, ..ask });
        });
        seat
    }
}

impl Seat {
    fn change(&self, change: impl FnOnce(&mut Place)) {
        if let Some(place) = self.stage.places().get_mut(self.index).filter(|place| place.turn == self.turn) {
            change(place);
        }
    }

    /// Changes the lane of this question too.
    fn change_ask(&self, change: impl FnOnce(&mut Place, &mut AskView)) {
        self.change(|place| {
            if let Some(mut ask) = place.view.asks.pop() {
                change(place, &mut ask);
                place.view.asks.push(ask);
            }
        });
    }

    /// Shows a piece of the answer, and how quick it is.
    fn heard(&mut self, state: ExpertState, take: impl FnOnce(&mut Place)) {
        self.pieces += 1;
        let now = Instant::now();
        let first = *self.first_piece_at.get_or_insert(now);
        let seconds = now.duration_since(first).as_secs_f64();
        let rate = (self.pieces > 4 && seconds > 0.0).then(|| f64::from(self.pieces - 1) / seconds);
        let (now_ms, pieces) = (millis(now.duration_since(self.stage.began)), self.pieces);
        let first_token_ms = millis(first.duration_since(self.left_at));
        self.change_ask(|place, ask| {
            ask.sent_at_ms.get_or_insert(ask.queued_at_ms);
            ask.first_token_at_ms.get_or_insert(now_ms);
            ask.answer_tokens = u64::from(pieces);
            place.view.state = state;
            place.view.first_token_ms = Some(first_token_ms);
            place.view.tokens_per_second = rate;
            take(place);
        });
    }

    /// Shows how the answer ended; without an opinion it was words and no proposal.
    pub fn finish(&self, answer: &Answer, opinion: Option<&Opinion>) {
        let now_ms = self.stage.now_ms();
        self.change_ask(|place, ask| {
            place.begin_anew();
            let view = &mut place.view;
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
        self.change_ask(|place, ask| {
            place.view.state = ExpertState::Failed;
            place.view.failure = Some(why.to_owned());
            ask.ended_at_ms = Some(now_ms);
        });
    }
}

/// Whoever leaves without a word was not waited for.
impl Drop for Seat {
    fn drop(&mut self) {
        let now_ms = self.stage.now_ms();
        self.change_ask(|place, ask| {
            if ask.ended_at_ms.is_none() {
                place.view.state = ExpertState::BrokenOff;
                ask.ended_at_ms = Some(now_ms);
            }
        });
    }
}

impl Sink for Seat {
    /// What somebody else had begun to say before is not the beginning of this answer.
    fn leaves(&mut self, provider: Provider, model: &str) {
        self.left_at = Instant::now();
        self.pieces = 0;
        self.first_piece_at = None;
        let now_ms = self.stage.now_ms();
        self.change_ask(|place, ask| {
            place.catch_up();
            place.begin_anew();
            let view = &mut place.view;
            view.state = ExpertState::Asked;
            model.clone_into(&mut view.model);
            view.reasoning.clear();
            ask.provider = provider;
            ask.sent_at_ms = Some(now_ms);
            ask.first_token_at_ms = None;
        });
    }

    fn text(&mut self, piece: &str) {
        self.heard(ExpertState::Answering, |place| {
            if place.raw.len() < TEXT_LIMIT {
                place.raw.push_str(piece);
                place.has_more = true;
            }
        });
    }

    fn reasoning(&mut self, piece: &str) {
        self.heard(ExpertState::Thinking, |Place { view, raw, .. }| {
            // Who thinks again has something new to say.
            if view.reasoning.is_empty() && raw.is_empty() {
                view.text.clear();
            }
            if view.reasoning.len() < TEXT_LIMIT {
                view.reasoning.push_str(piece);
            }
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
        let mut next = stage.sit(index);
        seat.text(" is late");
        drop(seat);
        assert_eq!((stage.read()[0].text.as_str(), stage.read()[0].state), ("The wolf", ExpertState::Queued));
        next.leaves(Provider::Claude, "another");
        next.reasoning("well");
        assert_eq!((stage.read()[0].text.as_str(), stage.read()[0].state), ("", ExpertState::Thinking));
        next.text("The wolf");
        drop(next);
        assert!(stage.read()[0].asks[0].ended_at_ms.is_some() && !stage.read()[0].asks[0].is_answered);
        stage.clear([index]);
        let view = &stage.read()[0];
        assert_eq!((view.text.as_str(), view.reasoning.as_str()), ("The wolf", ""));
        assert_eq!((view.model.as_str(), view.state), ("another", ExpertState::Idle));
    }
}
