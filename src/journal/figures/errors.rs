//! What went wrong in a session, one by one and those that are alike as one: failed calls, problems that were told,
//! actions that were refused or failed.

use std::collections::{BTreeMap, BTreeSet};

use crate::protocol::{
    ActionCall, ApprovalAnswer, Call, CallState, Cause, EffectStatus, ErrorPattern, SessionFile, StepReport, What,
};

/// So much of a text decides whether two are alike.
const TELLING_LETTERS: usize = 200;

/// Where an error shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Call,
    Problem,
    Refused,
    Failed,
}

/// One error.
#[derive(Debug)]
pub struct Seen {
    pub at_ms: u64,
    kind: Kind,
    cause: Option<Cause>,
    words: String,
    /// The role or loop.
    by: String,
    /// It tells of errors that stand here by themselves, and is no further one.
    pub is_echo: bool,
}

impl Seen {
    /// What a plot calls those of its sort.
    pub fn name(&self) -> &'static str {
        match (self.cause, self.kind) {
            (Some(cause), _) => cause.title(),
            (None, Kind::Call) => "Other failed calls",
            (None, Kind::Problem) => "Other problems",
            (None, Kind::Refused) => "Actions refused",
            (None, Kind::Failed) => "Actions that failed",
        }
    }

    /// The same for all that are alike.
    fn key(&self) -> String {
        match self.cause {
            Some(cause) => cause.name().to_owned(),
            None => format!("{:?} {}", self.kind, telling(&self.words)),
        }
    }
}

/// A text without what differs from time to time: figures, capitals, spaces.
fn telling(text: &str) -> String {
    let mut telling = String::new();
    for letter in text.chars().take(TELLING_LETTERS) {
        let letter = match letter {
            '0'..='9' => '#',
            letter if letter.is_whitespace() => ' ',
            letter => letter,
        };
        // A longer figure is no other error.
        if !(matches!(letter, '#' | ' ') && telling.ends_with(letter)) {
            telling.extend(letter.to_lowercase());
        }
    }
    telling
}

/// Patterns, most frequent first.
pub fn of(file: &SessionFile, calls: &[(u64, &Call)]) -> Vec<ErrorPattern> {
    let (counted, echoes): (Vec<Seen>, Vec<Seen>) = seen(file, calls).into_iter().partition(|seen| !seen.is_echo);
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut patterns: Vec<ErrorPattern> = Vec::new();
    for seen in counted {
        let place = *places.entry(seen.key()).or_insert(patterns.len());
        match patterns.get_mut(place) {
            Some(pattern) => {
                pattern.count += 1;
                pattern.last_at_ms = seen.at_ms;
                note_who(pattern, seen.by);
            }
            None => patterns.push(ErrorPattern {
                cause: seen.cause,
                words: seen.words,
                seen_by: vec![seen.by],
                count: 1,
                first_at_ms: seen.at_ms,
                last_at_ms: seen.at_ms,
            }),
        }
    }
    for echo in echoes {
        if let Some(pattern) = places.get(&echo.key()).and_then(|place| patterns.get_mut(*place)) {
            note_who(pattern, echo.by);
        }
    }
    patterns.sort_by(|one, other| other.count.cmp(&one.count).then(one.first_at_ms.cmp(&other.first_at_ms)));
    patterns
}

fn note_who(pattern: &mut ErrorPattern, who: String) {
    if !pattern.seen_by.contains(&who) {
        pattern.seen_by.push(who);
    }
}

/// Every error, in order of time.
pub fn seen(file: &SessionFile, calls: &[(u64, &Call)]) -> Vec<Seen> {
    let mut seen: Vec<Seen> = calls.iter().filter_map(|(at_ms, call)| failed_call(*at_ms, call)).collect();
    // What a loop says of the calls that it waited for is about the same errors.
    let of_calls: BTreeSet<Cause> = seen.iter().filter_map(|seen| seen.cause).collect();
    let mut denials = Denials::default();
    for record in &file.records {
        match &record.what {
            What::Noticed(notice) => seen.extend(notice.problem.as_ref().map(|problem| Seen {
                at_ms: record.at_ms,
                kind: Kind::Problem,
                cause: problem.cause,
                words: problem.summary.clone(),
                by: notice.from.clone(),
                is_echo: problem.cause.is_some_and(|cause| of_calls.contains(&cause)),
            })),
            What::Stepped(step) if !denials.take(step) => seen.extend(bad_step(record.at_ms, step)),
            what => denials.note(what),
        }
    }
    seen.extend(last_problem(file, &seen));
    seen.sort_by_key(|seen| seen.at_ms);
    seen
}

fn failed_call(at_ms: u64, call: &Call) -> Option<Seen> {
    let words = || call.cause.map_or("The call failed", Cause::title).to_owned();
    (call.state == CallState::Failed).then(|| Seen {
        at_ms,
        kind: Kind::Call,
        cause: call.cause,
        words: call.failure.clone().filter(|failure| !failure.is_empty()).unwrap_or_else(words),
        by: call.role.clone(),
        is_echo: false,
    })
}

fn bad_step(at_ms: u64, step: &StepReport) -> Option<Seen> {
    let (kind, how) = match step.effect.status {
        EffectStatus::Rejected => (Kind::Refused, "was refused"),
        EffectStatus::Failed => (Kind::Failed, "failed"),
        EffectStatus::Done | EffectStatus::Uncertain => return None,
    };
    let words = format!("{} {how}: {}", step.action.name, step.effect.text);
    Some(Seen { at_ms, kind, cause: None, words, by: step.ordered_by.title().to_owned(), is_echo: false })
}

/// Why the whole session failed; only an echo where that has been seen before.
fn last_problem(file: &SessionFile, before: &[Seen]) -> Option<Seen> {
    let report = file.report.as_ref()?;
    let problem = report.problem.as_ref()?;
    let mut last = Seen {
        at_ms: report.took_ms,
        kind: Kind::Problem,
        cause: problem.cause,
        words: problem.summary.clone(),
        by: "session".to_owned(),
        is_echo: false,
    };
    let key = last.key();
    last.is_echo = before.iter().any(|seen| seen.key() == key);
    Some(last)
}

/// What a person did not allow is refused as well, and is no error.
#[derive(Default)]
struct Denials<'a> {
    asked: BTreeMap<u64, &'a ActionCall>,
    denied: Option<&'a ActionCall>,
}

impl<'a> Denials<'a> {
    fn note(&mut self, what: &'a What) {
        match what {
            What::ApprovalNeeded(approval) => {
                self.asked.insert(approval.id, &approval.action);
            }
            What::ApprovalClosed { approval, answer } => {
                let action = self.asked.remove(approval);
                self.denied = action.filter(|_| !matches!(answer, ApprovalAnswer::Approved { .. }));
            }
            _ => {}
        }
    }

    /// True if this is the step that was not allowed.
    fn take(&mut self, step: &StepReport) -> bool {
        let is_denied = step.effect.status == EffectStatus::Rejected && self.denied == Some(&step.action);
        if is_denied {
            self.denied = None;
        }
        is_denied
    }
}
