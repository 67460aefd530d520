//! What actions have been worth, by situation: a table of values, learnt step by step (Q-learning).

use std::collections::{BTreeMap, BTreeSet};

use crate::protocol::{ActionCall, Lesson, Moment};

/// How much of what comes after a step is counted as its doing.
const DISCOUNT: f64 = 0.9;
/// Late steps still change a value by this much; early ones by more.
const LEAST_RATE: f64 = 0.05;
/// A single try says little.
const TRIES_FOR_A_HINT: u64 = 2;
const HINTS: usize = 4;

/// One step, as far as learning is concerned.
#[derive(Clone, Copy, Debug)]
pub struct Experience<'a> {
    pub situation: &'a str,
    pub action: &'a str,
    /// Points that the step brought at once.
    pub reward: f64,
    /// The situation after it; `None` where the episode was over.
    pub next: Option<&'a str>,
}

/// Values of one kind of environment.
#[derive(Clone, Debug, Default)]
pub struct Values {
    environment: String,
    table: BTreeMap<(String, String), Lesson>,
    /// What is not on disk yet.
    changed: BTreeSet<(String, String)>,
}

impl Values {
    /// Begins with what was learnt before.
    pub fn new(environment: &str, lessons: Vec<Lesson>) -> Self {
        let known = lessons.into_iter().filter(|lesson| lesson.value.is_finite());
        let table = known.map(|lesson| ((lesson.situation.clone(), lesson.action.clone()), lesson)).collect();
        Self { environment: environment.to_owned(), table, changed: BTreeSet::new() }
    }

    pub fn environment(&self) -> &str {
        &self.environment
    }

    /// Moves the value of an action towards what it brought and what is to be expected after it.
    pub fn learn(&mut self, experience: Experience<'_>, now: Moment) {
        let Experience { situation, action, reward, next } = experience;
        let target = reward + DISCOUNT * next.map_or(0.0, |next| self.best(next));
        if !target.is_finite() {
            return;
        }
        let key = (situation.to_owned(), action.to_owned());
        let lesson = self.table.entry(key.clone()).or_insert_with(|| Lesson {
            environment: self.environment.clone(),
            situation: situation.to_owned(),
            action: action.to_owned(),
            ..Lesson::default()
        });
        lesson.times += 1;
        #[expect(clippy::cast_precision_loss, reason = "nobody plays so often")]
        let rate = (1.0 / lesson.times as f64).max(LEAST_RATE);
        lesson.value += rate * (target - lesson.value);
        lesson.learnt_at = now;
        self.changed.insert(key);
    }

    /// The best that is known of a situation; 0 where nothing is.
    fn best(&self, situation: &str) -> f64 {
        self.of(situation).map(|lesson| lesson.value).reduce(f64::max).unwrap_or(0.0)
    }

    fn of<'a>(&'a self, situation: &str) -> impl Iterator<Item = &'a Lesson> + use<'a> {
        let situation = situation.to_owned();
        let from = (situation.clone(), String::new());
        self.table.range(from..).take_while(move |((known, _), _)| *known == situation).map(|(_, lesson)| lesson)
    }

    /// What is known of the actions that are possible now, in words for the models: the best first.
    pub fn hints(&self, situation: &str, legal: &[ActionCall]) -> Vec<String> {
        let legal: BTreeSet<String> = legal.iter().map(ToString::to_string).collect();
        let mut known: Vec<&Lesson> = self
            .of(situation)
            .filter(|lesson| lesson.times >= TRIES_FOR_A_HINT && (legal.is_empty() || legal.contains(&lesson.action)))
            .collect();
        known.sort_by(|left, right| right.value.total_cmp(&left.value));
        // Of many, the best and the worst say most.
        if known.len() > HINTS {
            known.drain(HINTS / 2..known.len() - HINTS / 2);
        }
        let words = |lesson: &&Lesson| {
            format!("{}: {:+.1} points on average, tried {} times", lesson.action, lesson.value, lesson.times)
        };
        known.iter().map(words).collect()
    }

    /// Rows for a table: those of the present situation first, then the ones tried most.
    pub fn rows(&self, situation: &str, most: usize) -> Vec<Lesson> {
        let mut rows: Vec<&Lesson> = self.of(situation).collect();
        rows.sort_by(|left, right| right.value.total_cmp(&left.value));
        let mut others: Vec<&Lesson> = self.table.values().filter(|lesson| lesson.situation != situation).collect();
        others.sort_by(|left, right| {
            let key =
                |lesson: &Lesson| (std::cmp::Reverse(lesson.times), lesson.situation.clone(), lesson.action.clone());
            key(left).cmp(&key(right))
        });
        rows.into_iter().chain(others).take(most).cloned().collect()
    }

    pub fn total(&self) -> u64 {
        u64::try_from(self.table.len()).unwrap_or(u64::MAX)
    }

    /// What is not on disk yet.
    pub fn changed(&self) -> Vec<Lesson> {
        self.changed.iter().filter_map(|key| self.table.get(key).cloned()).collect()
    }

    /// These are on disk now; one that was learnt from meanwhile is so only as it was.
    pub fn kept(&mut self, lessons: &[Lesson]) {
        for lesson in lessons {
            let key = (lesson.situation.clone(), lesson.action.clone());
            if self.table.get(&key).is_none_or(|now| now.times == lesson.times) {
                self.changed.remove(&key);
            }
        }
    }

    /// Forgets everything.
    pub fn forget(&mut self) {
        self.table.clear();
        self.changed.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learn(values: &mut Values, situation: &str, action: &str, reward: f64, next: Option<&str>) {
        values.learn(Experience { situation, action, reward, next }, Moment(1));
    }

    #[test]
    fn what_leads_to_something_good_becomes_good_itself() {
        let mut values = Values::new("world", Vec::new());
        for _ in 0..20 {
            learn(&mut values, "gate", "open", 5.0, None);
            learn(&mut values, "road", "to the gate", 0.0, Some("gate"));
            learn(&mut values, "road", "wait", 0.0, Some("road"));
        }
        let rows = values.rows("road", 10);
        assert_eq!((rows[0].action.as_str(), rows[0].times), ("to the gate", 20));
        assert!((rows[0].value - 4.5).abs() < 1e-9, "{rows:?}");
        assert!(rows[1].value < rows[0].value && rows[2].situation == "gate");
        assert_eq!(values.total(), 3);
    }

    #[test]
    fn hints_speak_of_what_is_possible_and_was_tried_more_than_once() {
        let mut values = Values::new("world", Vec::new());
        let legal: Vec<ActionCall> = ["a", "b", "c", "d", "e", "f"].map(ActionCall::bare).into();
        for (index, action) in ["a", "b", "c", "d", "e", "g"].into_iter().enumerate() {
            for _ in 0..2 {
                learn(&mut values, "fight", action, f64::from(u8::try_from(index).unwrap()), None);
            }
        }
        learn(&mut values, "fight", "f", 100.0, None);
        let hints = values.hints("fight", &legal);
        assert_eq!(hints.len(), 4);
        assert_eq!(hints[0], "e: +4.0 points on average, tried 2 times");
        assert!(hints[1].starts_with("d:") && hints[2].starts_with("b:") && hints[3].starts_with("a:"), "{hints:?}");
        assert!(values.hints("elsewhere", &legal).is_empty());
    }

    #[test]
    fn what_was_learnt_is_taken_over_kept_once_and_forgotten_for_good() {
        let mut values = Values::new("world", Vec::new());
        learn(&mut values, "town", "talk", 1.0, None);
        let kept = values.changed();
        learn(&mut values, "town", "talk", 1.0, None);
        values.kept(&kept);
        assert_eq!(values.changed()[0].times, 2, "what came in between is still to be kept");
        values.kept(&values.changed());
        assert_eq!((kept.len(), values.changed().len()), (1, 0));
        let mut again = Values::new("world", kept);
        assert_eq!(again.rows("town", 9)[0].value, 1.0);
        learn(&mut again, "town", "talk", f64::NAN, None);
        assert_eq!(again.rows("town", 9)[0].times, 1, "no number, no lesson");
        again.forget();
        assert_eq!((again.total(), again.changed().len()), (0, 0));
    }
}
