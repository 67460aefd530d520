//! What waits to be written. It is bounded: where the disk takes nothing for long, what can best be done without goes
//! first, and is counted.

use std::{collections::VecDeque, sync::Arc};

use super::{
    super::{JournalError, sessions::Numbered},
    WRITE_MAY_TAKE,
};
use crate::protocol::{Observed, Record, Said, What};

/// The most records that are held.
const MOST_RECORDS: usize = 20_000;

/// The most that they may take together, roughly, in bytes: twenty thousand pictures would be too much.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// The most records that are written at once, so that one write does not take longer than it may.
const MOST_AT_ONCE: usize = 1_000;

/// What a record takes besides its texts and pictures, roughly, in bytes.
const FRAME: usize = 512;

/// Records in order, numbered from 1.
#[derive(Debug, Default)]
pub(super) struct Queue {
    /// The number that was given last.
    last: u64,
    held: VecDeque<Arc<Numbered>>,
    bytes: usize,
    lost: usize,
    /// Why writing failed last.
    failure: Option<JournalError>,
}

impl Queue {
    pub(super) fn push(&mut self, at_ms: u64, what: What) {
        self.last += 1;
        let numbered = Numbered { number: self.last, record: Record { at_ms, what } };
        self.bytes += weight(&numbered);
        self.held.push_back(Arc::new(numbered));
        while self.held.len() > MOST_RECORDS || (self.bytes > MOST_BYTES && self.held.len() > 1) {
            self.drop_one();
        }
    }

    /// Something happened that cannot even be held.
    pub(super) fn lose_one(&mut self) {
        self.lost += 1;
    }

    /// The number that was given last.
    pub(super) fn last(&self) -> u64 {
        self.last
    }

    /// The next ones to be written, none after `last`.
    pub(super) fn batch(&self, last: u64) -> Vec<Arc<Numbered>> {
        let due = self.held.iter().take_while(|numbered| numbered.number <= last);
        due.take(MOST_AT_ONCE).cloned().collect()
    }

    /// All up to this number are on the disk.
    pub(super) fn written(&mut self, number: u64) {
        while let Some(first) = self.held.pop_front_if(|first| first.number <= number) {
            self.bytes = self.bytes.saturating_sub(weight(&first));
        }
    }

    /// Takes note of why writing failed, in case that something is lost over it.
    pub(super) fn note_failure(&mut self, error: &JournalError) {
        self.failure = Some(error.clone());
    }

    /// How many were given up for good.
    pub(super) fn lost(&self) -> usize {
        self.lost
    }

    /// Why something was given up, if anything was.
    pub(super) fn loss(&self) -> Option<JournalError> {
        // Without a failure so much waits only for a write that takes its time.
        let silent = || JournalError::NoAnswer { seconds: WRITE_MAY_TAKE.as_secs() };
        (self.lost > 0).then(|| self.failure.clone().unwrap_or_else(silent))
    }

    /// How many are not on the disk: given up, or still held.
    pub(super) fn unsaved(&self) -> usize {
        self.lost + self.held.len()
    }

    /// The oldest look goes first: the next one shows nearly the same. Without one, whatever is oldest.
    fn drop_one(&mut self) {
        let look = self.held.iter().position(|numbered| matches!(numbered.record.what, What::Observed(_)));
        if let Some(dropped) = self.held.remove(look.unwrap_or_default()) {
            self.bytes = self.bytes.saturating_sub(weight(&dropped));
            self.lose_one();
        }
    }
}

/// What a record takes in memory, roughly, in bytes.
fn weight(numbered: &Numbered) -> usize {
    FRAME
        + match &numbered.record.what {
            What::Observed(observed) => of_look(observed),
            What::Asked(call) | What::CallEnded(call) => call.said.as_deref().map_or(0, of_words),
            _ => 0,
        }
}

/// The words stand in the view and in the facts a second time.
fn of_look(observed: &Observed) -> usize {
    observed.picture_png.as_ref().map_or(0, |png| png.len()) + 3 * observed.text.len()
}

fn of_words(said: &Said) -> usize {
    said.system.len() + said.prompt.len() + said.answer.len() + said.reasoning.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Questioned;

    fn question(question: u64) -> What {
        What::Questioned(Questioned { question, look: 0 })
    }

    fn look(bytes: usize) -> What {
        What::Observed(Box::new(Observed { picture_png: Some(vec![0; bytes].into()), ..Observed::default() }))
    }

    fn numbers(queue: &Queue) -> Vec<u64> {
        queue.held.iter().map(|numbered| numbered.number).collect()
    }

    #[test]
    fn looks_go_first_when_there_are_too_many_and_the_loss_is_counted() {
        let mut queue = Queue::default();
        queue.note_failure(&JournalError::Closed);
        queue.push(0, question(1));
        queue.push(1, look(10));
        for number in 2..MOST_RECORDS as u64 {
            queue.push(number, question(number));
        }
        assert_eq!((queue.held.len(), queue.lost(), queue.loss()), (MOST_RECORDS, 0, None));
        queue.push(7, question(7));
        assert_eq!((queue.held.len(), queue.lost(), queue.loss()), (MOST_RECORDS, 1, Some(JournalError::Closed)));
        assert_eq!(numbers(&queue)[..3], [1, 3, 4], "the look is gone");
        queue.push(8, question(8));
        assert_eq!(numbers(&queue)[..3], [3, 4, 5], "without a look the oldest goes");
        assert_eq!(queue.unsaved(), MOST_RECORDS + 2);
    }

    #[test]
    fn pictures_cannot_fill_the_memory() {
        let mut queue = Queue::default();
        queue.push(0, question(1));
        for number in 0..10 {
            queue.push(number, look(MOST_BYTES / 4));
        }
        assert_eq!(numbers(&queue), [1, 9, 10, 11]);
        queue.written(u64::MAX);
        assert_eq!((queue.bytes, queue.held.len(), queue.lost()), (0, 0, 7));
    }

    #[test]
    fn a_batch_ends_where_it_is_told_to() {
        let mut queue = Queue::default();
        (1..=10).for_each(|number| queue.push(number, question(number)));
        assert_eq!(queue.batch(4).len(), 4);
        queue.written(3);
        assert_eq!(queue.batch(4).iter().map(|numbered| numbered.number).collect::<Vec<_>>(), [4]);
        assert_eq!(queue.batch(3), Vec::new());
    }
}
