//! What the agent did on the desktop, and whether anything came of it.

use std::collections::VecDeque;

use crate::protocol::EffectStatus;

/// So many are kept for the window, and so many of them are told the models.
const KEPT: usize = 20;
const TOLD: usize = 8;
/// The longest that is told of one. Letters.
const MOST_LETTERS: usize = 160;

/// The last deeds, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Diary(VecDeque<Entry>);

#[derive(Clone, Debug)]
struct Entry {
    words: String,
    ending: &'static str,
}

impl Diary {
    /// Writes down what was done, and whether the screen changed after it.
    pub fn note(&mut self, words: &str, status: EffectStatus, is_dry_run: bool, changed: bool) {
        let ending = match (status, is_dry_run, changed) {
            (EffectStatus::Done, true, _) => "",
            (EffectStatus::Done, false, true) => ": the screen changed",
            (EffectStatus::Done, false, false) => ": the screen did not change",
            (EffectStatus::Rejected, ..) => ": not done",
            (EffectStatus::Failed, ..) => ": did not work",
            (EffectStatus::Uncertain, ..) => ": broken off",
        };
        let mut words: String = words.chars().take(MOST_LETTERS).collect();
        if is_dry_run {
            words = format!("would {words} (dry run)");
        }
        self.0.push_back(Entry { words, ending });
        while self.0.len() > KEPT {
            self.0.pop_front();
        }
    }

    /// For the window.
    pub fn lines(&self) -> Vec<String> {
        self.0.iter().map(Entry::line).collect()
    }

    /// For models: the last few.
    pub fn told(&self) -> Vec<String> {
        self.0.iter().skip(self.0.len().saturating_sub(TOLD)).map(Entry::line).collect()
    }
}

impl Entry {
    fn line(&self) -> String {
        format!("{}{}", self.words, self.ending)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_deeds_are_kept_with_what_came_of_them() {
        let mut diary = Diary::default();
        for number in 0..30 {
            diary.note(&format!("press {number}"), EffectStatus::Done, false, number % 2 == 0);
        }
        assert_eq!((diary.lines().len(), diary.told().len()), (KEPT, TOLD));
        assert_eq!(diary.told()[6..], ["press 28: the screen changed", "press 29: the screen did not change"]);
        diary.note(&"x".repeat(5000), EffectStatus::Uncertain, false, true);
        assert!(diary.lines().last().unwrap().len() < 200);
        diary.note("press w", EffectStatus::Done, true, false);
        assert_eq!(diary.lines().last().map(String::as_str), Some("would press w (dry run)"));
    }
}
