//! Where in the records each kind of thing stands. Records are named by their place in the file, so that any moment
//! of a session, however long it was, is found by a few searches and nothing is copied.

use std::collections::HashMap;

use crate::protocol::{Record, What};

/// The places of everything, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Course {
    /// The moment that counts for each record. What is kept a little late keeps its place, so time never goes back.
    times: Vec<u64>,
    observed: Vec<usize>,
    /// The picture that was kept of a look, by its number in the journal.
    pictures: Vec<(usize, u64)>,
    questioned: Vec<(usize, u64)>,
    stepped: Vec<usize>,
    noticed: Vec<usize>,
    narrated: Vec<usize>,
    /// The approval that waits from this place on.
    approvals: Vec<(usize, Option<usize>)>,
    /// The score from this place on.
    scores: Vec<(usize, Option<f64>)>,
    /// From this place on, this decision is the one that is shown.
    shown: Vec<(usize, usize)>,
    /// The decision on each question.
    decided: HashMap<u64, usize>,
    /// The step that each decision led to, by the place of the decision.
    step_of: HashMap<usize, usize>,
}

impl Course {
    pub fn of(records: &[Record]) -> Self {
        let mut course = Self::default();
        let mut now = 0;
        for (index, record) in records.iter().enumerate() {
            now = record.at_ms.max(now);
            course.times.push(now);
            course.note(index, &record.what);
        }
        course
    }

    fn note(&mut self, index: usize, what: &What) {
        match what {
            What::Observed(observed) => {
                self.observed.push(index);
                self.pictures.extend(observed.picture.map(|picture| (index, picture)));
                self.scores.push((index, observed.score));
            }
            What::Questioned(questioned) => self.questioned.push((index, questioned.question)),
            What::Decided(decided) => {
                self.decided.insert(decided.question, index);
            }
            What::Acting { question, .. } => self.show(index, *question),
            What::Stepped(step) => {
                let before = self.scores.last().and_then(|(_, score)| *score);
                self.scores.push((index, step.score.or(before)));
                self.stepped.push(index);
                // What was refused at once is never begun, and shown all the same.
                self.show(index, step.question);
                if let Some(decided) = step.question.and_then(|question| self.decided.get(&question)) {
                    self.step_of.insert(*decided, index);
                }
            }
            What::ApprovalNeeded(_) => self.approvals.push((index, Some(index))),
            What::ApprovalClosed { .. } => self.approvals.push((index, None)),
            What::Noticed(_) => self.noticed.push(index),
            What::Narrated(_) => self.narrated.push(index),
            What::Asked(_)
            | What::CallEnded(_)
            | What::Judged(_)
            | What::Paused { .. }
            | What::Resumed { .. }
            | What::Opened(_)
            | What::Closed(_) => {}
        }
    }

    /// From this place on the decision on the question is shown, if there was one.
    fn show(&mut self, index: usize, question: Option<u64>) {
        if let Some(decided) = question.and_then(|question| self.decided.get(&question)) {
            self.shown.push((index, *decided));
        }
    }

    pub fn times(&self) -> &[u64] {
        &self.times
    }

    /// When the last thing happened.
    pub fn end_ms(&self) -> u64 {
        self.times.last().copied().unwrap_or(0)
    }

    /// How many records have happened at this moment.
    pub fn count_at(&self, at_ms: u64) -> usize {
        self.times.partition_point(|time| *time <= at_ms)
    }

    pub fn next_record_after(&self, at_ms: u64) -> Option<u64> {
        self.times.get(self.count_at(at_ms)).copied()
    }

    pub fn next_step_after(&self, at_ms: u64) -> Option<u64> {
        let next = self.stepped.partition_point(|index| self.times[*index] <= at_ms);
        self.stepped.get(next).map(|index| self.times[*index])
    }

    pub fn step_before(&self, at_ms: u64) -> Option<u64> {
        let after = self.stepped.partition_point(|index| self.times[*index] < at_ms);
        up_to(&self.stepped, after, 1).first().map(|index| self.times[*index])
    }

    /// The last look among the first `seen` records; so with everything below.
    pub fn observed(&self, seen: usize) -> Option<usize> {
        last(&self.observed, seen)
    }

    /// The last picture.
    pub fn picture(&self, seen: usize) -> Option<u64> {
        last_of(&self.pictures, seen)
    }

    /// The first look of all.
    pub fn first_look(&self) -> Option<usize> {
        self.observed.first().copied()
    }

    /// The last sentence of the narrator.
    pub fn narrated(&self, seen: usize) -> Option<usize> {
        last(&self.narrated, seen)
    }

    /// The last question to the mind, by its number.
    pub fn question(&self, seen: usize) -> Option<u64> {
        last_of(&self.questioned, seen)
    }

    /// The approval that waits.
    pub fn approval(&self, seen: usize) -> Option<usize> {
        last_of(&self.approvals, seen)?
    }

    pub fn score(&self, seen: usize) -> Option<f64> {
        last_of(&self.scores, seen)?
    }

    /// The decision that is shown, and the step that it has led to by now.
    pub fn decision(&self, seen: usize) -> Option<(usize, Option<usize>)> {
        let decided = last_of(&self.shown, seen)?;
        Some((decided, self.step_of.get(&decided).copied().filter(|step| *step < seen)))
    }

    /// What was decided on a question, whenever that was.
    pub fn decided(&self, question: u64) -> Option<usize> {
        self.decided.get(&question).copied()
    }

    /// The last so many steps, oldest first.
    pub fn steps(&self, seen: usize, most: usize) -> &[usize] {
        up_to(&self.stepped, self.stepped.partition_point(|index| *index < seen), most)
    }

    /// The last so many notices, oldest first.
    pub fn notices(&self, seen: usize, most: usize) -> &[usize] {
        up_to(&self.noticed, self.noticed.partition_point(|index| *index < seen), most)
    }
}

/// The last one that is among the first `seen` records.
fn last(places: &[usize], seen: usize) -> Option<usize> {
    let count = places.partition_point(|index| *index < seen);
    places[..count].last().copied()
}

/// The same for places that stand for something.
fn last_of<T: Copy>(places: &[(usize, T)], seen: usize) -> Option<T> {
    let count = places.partition_point(|(index, _)| *index < seen);
    places[..count].last().map(|(_, meaning)| *meaning)
}

/// The last `most` of the first `count`.
fn up_to(places: &[usize], count: usize, most: usize) -> &[usize] {
    &places[count.saturating_sub(most)..count]
}
