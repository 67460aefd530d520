//! Judges how a client asks again, by what a server saw of it: a pure function, without a server.

use std::{collections::BTreeMap, time::Duration};

/// Failures that the same question meets again.
const LASTING: [u16; 8] = [400, 401, 402, 403, 404, 405, 413, 422];
/// One question is put so many times at the most.
const MOST_TRIES: usize = 3;
/// Nobody asks again sooner, whoever says nothing about it.
const LEAST_PAUSE: Duration = Duration::from_millis(200);

/// One request, as the server saw it.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// When it had come in whole, counted from the start of the server.
    pub at: Duration,
    /// What it was answered with.
    pub status: u16,
    /// The pause that the answer asked for.
    pub pause: Option<Duration>,
    /// True if the answer broke off.
    pub is_cut: bool,
    /// The same number for the same question.
    pub question: u64,
}

/// Something that a client must not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It put a question again that can only fail again.
    InVain { status: u16 },
    /// It put a question too many times.
    Storm { tries: usize },
    /// It hardly waited.
    Hasty { waited: Duration },
    /// It was told how long to wait and did not.
    TooEarly { waited: Duration, told: Duration },
    /// It took half an answer for a whole one.
    HalfTaken,
}

/// Judges the requests of a client. `answered` are the questions for which it handed out an answer in the end.
pub fn judge(attempts: &[Attempt], answered: &[u64]) -> Vec<Finding> {
    let mut questions: BTreeMap<u64, Vec<&Attempt>> = BTreeMap::new();
    for attempt in attempts {
        questions.entry(attempt.question).or_default().push(attempt);
    }
    let mut findings = Vec::new();
    for (question, tries) in &questions {
        if tries.len() > MOST_TRIES {
            findings.push(Finding::Storm { tries: tries.len() });
        }
        for pair in tries.windows(2) {
            let (before, after) = (pair[0], pair[1]);
            let waited = after.at.saturating_sub(before.at);
            if LASTING.contains(&before.status) {
                findings.push(Finding::InVain { status: before.status });
            }
            match before.pause {
                Some(told) if waited < told => findings.push(Finding::TooEarly { waited, told }),
                None if waited < LEAST_PAUSE => findings.push(Finding::Hasty { waited }),
                _ => {}
            }
        }
        if answered.contains(question) && tries.last().is_some_and(|last| last.is_cut) {
            findings.push(Finding::HalfTaken);
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    fn attempt(at_ms: u64, status: u16, pause_ms: Option<u64>) -> Attempt {
        Attempt { at: MS(at_ms), status, pause: pause_ms.map(MS), is_cut: false, question: 1 }
    }

    #[test]
    fn good_manners_are_not_found_fault_with() {
        let waits = [attempt(0, 429, Some(300)), attempt(301, 429, Some(300)), attempt(700, 200, None)];
        let backs_off = [attempt(0, 529, None), attempt(1200, 529, None), attempt(3900, 529, None)];
        let gives_up = [attempt(0, 401, None)];
        let other = Attempt { question: 2, ..attempt(5, 400, None) };
        let side_by_side = [attempt(0, 400, None), other];
        for attempts in [waits.to_vec(), backs_off.to_vec(), gives_up.to_vec(), side_by_side.to_vec(), Vec::new()] {
            assert!(judge(&attempts, &[]).is_empty(), "{attempts:?}");
        }
        let cut = Attempt { is_cut: true, ..attempt(0, 200, None) };
        assert!(judge(std::slice::from_ref(&cut), &[]).is_empty(), "it is told as a failure");
        assert!(judge(&[cut, attempt(900, 200, None)], &[1]).is_empty(), "the whole answer was taken");
    }

    #[test]
    fn every_planted_breach_is_found() {
        for status in LASTING {
            let again = [attempt(0, status, None), attempt(2000, 200, None)];
            assert_eq!(judge(&again, &[1]), [Finding::InVain { status }]);
        }
        let storm: Vec<Attempt> = (0..4).map(|number| attempt(number * 1000, 503, None)).collect();
        assert_eq!(judge(&storm, &[]), [Finding::Storm { tries: 4 }]);
        let hasty = [attempt(0, 500, None), attempt(20, 200, None)];
        assert_eq!(judge(&hasty, &[1]), [Finding::Hasty { waited: MS(20) }]);
        let early = [attempt(0, 429, Some(1000)), attempt(900, 200, None)];
        assert_eq!(judge(&early, &[1]), [Finding::TooEarly { waited: MS(900), told: MS(1000) }]);
        let half = Attempt { is_cut: true, ..attempt(0, 200, None) };
        assert_eq!(judge(&[half], &[1]), [Finding::HalfTaken]);
    }

    #[test]
    fn several_breaches_are_all_told() {
        let wild: Vec<Attempt> = (0..5).map(|number| attempt(number, 401, Some(300))).collect();
        let findings = judge(&wild, &[]);
        assert_eq!(findings.len(), 1 + 4 + 4, "a storm, four times in vain and four times too early: {findings:?}");
    }
}
