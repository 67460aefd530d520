//! What was said to the person in this run: each message floats for a while where it is no question of the moment, and
//! all of them can be found again.

use std::collections::VecDeque;

use egui::Id;

use crate::protocol::{Moment, Problem};

/// So many messages are kept; the oldest go first.
const KEPT: usize = 500;
/// So many float at the same time; the rest is counted.
const AT_ONCE: usize = 3;
/// How long one floats. Seconds.
const STAYS_S: f64 = 6.0;
/// How long one goes on floating after the pointer has left it. Seconds.
const LINGERS_S: f64 = 1.5;
/// So many are shown before somebody asks for older ones.
const PAGE: usize = 100;

/// How much a message weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// What was wanted has been done.
    Done,
    Information,
    Warning,
    /// It stays until it is closed.
    Error,
}

/// One message.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// From 1, counted through the run.
    pub number: u64,
    pub weight: Weight,
    pub at: Moment,
    pub words: String,
    /// What there is to know and to do about it.
    pub problem: Option<Problem>,
    /// How often in a row it was said.
    pub times: u64,
    /// Nobody has looked at it yet.
    pub is_new: bool,
}

/// A message that floats, and until when: seconds on the window's clock, once it has been drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Floating {
    number: u64,
    until: Option<f64>,
}

/// Everything that was said.
#[derive(Default)]
pub struct MessagesState {
    /// Oldest first.
    list: VecDeque<Message>,
    /// Oldest first.
    floating: Vec<Floating>,
    said: u64,
    /// The list is shown; then nothing floats.
    pub is_open: bool,
    /// It was opened in this frame and wants the focus.
    pub is_fresh: bool,
    /// How many of the newest are shown in the list.
    pub shown: usize,
    /// What had the focus before the list was opened.
    before: Option<Id>,
}

impl MessagesState {
    /// Keeps a message and lets it float. The same words again are counted and float again.
    pub fn say(&mut self, weight: Weight, words: String, problem: Option<Problem>) {
        let number = self.add(weight, words, problem, weight != Weight::Done);
        self.floating.retain(|floating| floating.number != number);
        if !self.is_open {
            self.floating.push(Floating { number, until: None });
        }
    }

    /// Keeps a message that has time: it counts as unread and does not float.
    pub fn leave(&mut self, weight: Weight, words: String, problem: Option<Problem>) {
        self.add(weight, words, problem, true);
    }

    /// Keeps a message that is to be seen elsewhere at the moment.
    pub fn note(&mut self, weight: Weight, words: String, problem: Option<Problem>) {
        self.add(weight, words, problem, false);
    }

    fn add(&mut self, weight: Weight, words: String, problem: Option<Problem>, is_new: bool) -> u64 {
        let is_new = is_new && !self.is_open;
        let is_same = |last: &&mut Message| last.weight == weight && last.words == words && last.problem == problem;
        if let Some(last) = self.list.back_mut().filter(is_same) {
            last.times += 1;
            last.at = Moment::now();
            last.is_new = is_new;
            return last.number;
        }
        if self.list.len() == KEPT {
            self.list.pop_front();
        }
        self.said += 1;
        let number = self.said;
        self.list.push_back(Message { number, weight, at: Moment::now(), words, problem, times: 1, is_new });
        number
    }

    /// All of them, newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &Message> {
        self.list.iter().rev()
    }

    /// How many nobody has looked at.
    pub fn unread(&self) -> u64 {
        u64::try_from(self.list.iter().filter(|message| message.is_new).count()).unwrap_or(u64::MAX)
    }

    /// Those that float and have room, newest first, and how many have none.
    pub fn floating(&self) -> (Vec<Message>, u64) {
        let find = |number| self.list.iter().find(|message| message.number == number).cloned();
        let numbers = self.floating.iter().rev().map(|floating| floating.number);
        let more = self.floating.len().saturating_sub(AT_ONCE);
        (numbers.filter_map(find).take(AT_ONCE).collect(), u64::try_from(more).unwrap_or(u64::MAX))
    }

    /// Lets go what has floated long enough; while the pointer is on one of them none goes. Gives how many seconds are
    /// left until the next one goes. `now` in seconds on the window's clock.
    pub fn let_go(&mut self, now: f64, is_hovered: bool) -> Option<f64> {
        let list = &self.list;
        let weight = |number| list.iter().find(|message| message.number == number).map(|message| message.weight);
        self.floating.retain_mut(|floating| {
            let until = *floating.until.get_or_insert(now + STAYS_S);
            if is_hovered {
                floating.until = Some(until.max(now + LINGERS_S));
            }
            match weight(floating.number) {
                Some(Weight::Error) => true,
                Some(_) => is_hovered || until > now,
                None => false,
            }
        });
        let goes = |floating: &&Floating| weight(floating.number) != Some(Weight::Error);
        let ends = self.floating.iter().filter(goes).filter_map(|floating| floating.until);
        ends.min_by(f64::total_cmp).map(|until| (until - now).max(0.0))
    }

    /// Somebody has seen this one and closes it.
    pub fn close_one(&mut self, number: u64) {
        self.floating.retain(|floating| floating.number != number);
        if let Some(message) = self.list.iter_mut().find(|message| message.number == number) {
            message.is_new = false;
        }
    }

    /// Shows the list. `focused` is what has the focus now.
    pub fn open(&mut self, focused: Option<Id>) {
        (self.is_open, self.is_fresh, self.before, self.shown) = (true, true, focused, PAGE);
        self.floating.clear();
    }

    /// Shows older ones too.
    pub fn show_older(&mut self) {
        self.shown += PAGE;
    }

    /// Puts the list away; everything in it has been seen. Gives what had the focus before.
    pub fn close(&mut self) -> Option<Id> {
        self.is_open = false;
        self.list.iter_mut().for_each(|message| message.is_new = false);
        self.before.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(weight: Weight, words: &[&str]) -> MessagesState {
        let mut state = MessagesState::default();
        words.iter().for_each(|words| state.say(weight, (*words).to_owned(), None));
        state
    }

    fn shown(state: &MessagesState) -> (Vec<String>, u64) {
        let (messages, more) = state.floating();
        (messages.into_iter().map(|message| message.words).collect(), more)
    }

    #[test]
    fn the_newest_three_float_and_the_rest_is_counted() {
        let state = said(Weight::Warning, &["a", "b", "c", "d", "e"]);
        assert_eq!(shown(&state), (vec!["e".to_owned(), "d".to_owned(), "c".to_owned()], 2));
        assert_eq!(state.unread(), 5);
    }

    #[test]
    fn one_goes_after_six_seconds_and_an_error_only_when_it_is_closed() {
        let mut state = said(Weight::Information, &["a"]);
        state.say(Weight::Error, "b".into(), None);
        assert_eq!(state.let_go(100.0, false), Some(STAYS_S));
        assert_eq!(state.let_go(104.0, false), Some(2.0));
        assert_eq!(state.let_go(106.0, false), None);
        assert_eq!(shown(&state).0, ["b"]);
        state.let_go(1000.0, false);
        state.close_one(2);
        assert_eq!((shown(&state).0.len(), state.unread()), (0, 1), "what went by itself may not have been read");
    }

    #[test]
    fn nothing_goes_while_the_pointer_is_on_it() {
        let mut state = said(Weight::Done, &["a"]);
        state.let_go(0.0, false);
        assert_eq!(state.let_go(60.0, true), Some(LINGERS_S));
        assert_eq!(state.let_go(61.0, false), Some(0.5));
        assert_eq!(state.let_go(62.0, false), None);
        assert!(shown(&state).0.is_empty());
    }

    #[test]
    fn the_same_words_in_a_row_are_counted_and_float_once() {
        let mut state = said(Weight::Warning, &["a", "b", "b", "b"]);
        assert_eq!(shown(&state).0, ["b", "a"]);
        assert_eq!(state.newest_first().map(|message| message.times).collect::<Vec<_>>(), [3, 1]);
        state.say(Weight::Warning, "a".into(), None);
        assert_eq!(state.newest_first().count(), 3);
    }

    #[test]
    fn whoever_opens_the_list_has_read_it() {
        let mut state = said(Weight::Warning, &["a"]);
        state.note(Weight::Error, "shown elsewhere".into(), None);
        assert_eq!(state.unread(), 1);
        state.open(Some(Id::unique("field")));
        assert!(shown(&state).0.is_empty());
        state.say(Weight::Warning, "while it is open".into(), None);
        assert!(shown(&state).0.is_empty(), "nothing is said twice at the same time");
        assert_eq!(state.close(), Some(Id::unique("field")));
        assert_eq!((state.unread(), state.newest_first().count()), (0, 3));
    }

    #[test]
    fn only_so_many_are_kept() {
        let mut state = MessagesState::default();
        (0..KEPT + 7).for_each(|number| state.note(Weight::Done, number.to_string(), None));
        assert_eq!((state.newest_first().count(), state.said), (KEPT, 507));
    }
}
