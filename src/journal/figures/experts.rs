//! What each part did in the whole session: how often it was asked, how soon it answered, how often it was followed.

use std::collections::{BTreeMap, BTreeSet};

use super::{left_at, strategy};
use crate::{
    protocol::{Call, CallState, Decided, ExpertFigures, SessionFile, What},
    settings::{
        Part,
        cast::{NARRATOR, REASONING, SYNTHESIZER, VISION},
        file::parse,
    },
};

/// A title that is longer is a prompt.
const LONGEST_TITLE: usize = 24;

/// Those who advise, then those who decide, then the one who tells of it.
const ORDER: [&str; 6] = ["expert", "mind", VISION, REASONING, SYNTHESIZER, NARRATOR];

/// One line for each part that was asked.
pub fn of(file: &SessionFile, calls: &[(u64, &Call)]) -> Vec<ExpertFigures> {
    let mut asked: BTreeMap<_, Vec<&Call>> = BTreeMap::new();
    for (_, call) in calls {
        asked.entry(place(&call.role)).or_default().push(call);
    }
    let titles = Titles::of(file);
    let mut figures: Vec<ExpertFigures> = asked.into_values().map(|calls| one(&calls, &titles)).collect();
    count_followed(file, calls, &mut figures);
    figures
}

/// Where a part stands among the others: `expert.2` before `expert.10`, both before the synthesizer.
pub fn place(role: &str) -> (usize, u64, String) {
    let (kind, number) = role.split_once('.').unwrap_or((role, ""));
    let rank = ORDER.iter().position(|known| *known == kind).unwrap_or(ORDER.len());
    (rank, number.parse().unwrap_or(u64::MAX), role.to_owned())
}

fn one(calls: &[&Call], titles: &Titles<'_>) -> ExpertFigures {
    let count = |state: CallState| calls.iter().filter(|call| call.state == state).fold(0, |count, _| count + 1);
    let answered: Vec<&Call> = calls.iter().copied().filter(|call| call.state == CallState::Answered).collect();
    let last = answered.last().or(calls.last());
    let since_left = |until: fn(&Call) -> Option<u64>| {
        let times = answered.iter().filter_map(|call| Some(until(call)?.saturating_sub(left_at(call))));
        median(times.collect(), u64::midpoint, Ord::cmp)
    };
    let role = last.map_or_else(String::new, |call| call.role.clone());
    ExpertFigures {
        title: titles.title(&role),
        model: last.map_or_else(String::new, |call| call.model.clone()),
        asked: calls.iter().fold(0, |count, _| count + 1),
        answered: count(CallState::Answered),
        failed: count(CallState::Failed),
        broken_off: count(CallState::BrokenOff),
        median_first_token_ms: since_left(|call| call.first_token_at_ms),
        median_total_ms: since_left(|call| call.ended_at_ms),
        median_tokens_per_second: median(
            answered.iter().filter_map(|call| call.tokens_per_second).filter(|rate| rate.is_finite()).collect(),
            f64::midpoint,
            f64::total_cmp,
        ),
        prompt_tokens: calls.iter().filter_map(|call| call.prompt_tokens).fold(0, u64::saturating_add),
        answer_tokens: calls.iter().filter_map(|call| call.answer_tokens).fold(0, u64::saturating_add),
        followed: 0,
        role,
    }
}

/// The one in the middle, or what lies between the two in the middle.
fn median<T: Copy>(mut values: Vec<T>, between: fn(T, T) -> T, order: fn(&T, &T) -> std::cmp::Ordering) -> Option<T> {
    values.sort_by(order);
    let upper = *values.get(values.len() / 2)?;
    let lower = *values.get((values.len() - 1) / 2)?;
    Some(between(lower, upper))
}

/// What each part is called in decisions.
pub struct Titles<'a> {
    file: &'a SessionFile,
    parts: Vec<Part>,
}

impl<'a> Titles<'a> {
    /// Those of this session.
    pub fn of(file: &'a SessionFile) -> Self {
        // Without settings nobody knows who looked at what, and the usual experts would be a guess.
        let parts = match file.settings.trim() {
            "" => Vec::new(),
            text => strategy(file).parts(&parse(text).settings.roles),
        };
        Self { file, parts }
    }

    /// The title of a part, or its role where nobody knows the title.
    pub fn title(&self, role: &str) -> String {
        let mut reported = self.file.report.iter().flat_map(|report| &report.ensemble.experts);
        if let Some(known) = reported.find(|expert| expert.role == role && !expert.title.is_empty()) {
            return known.title.clone();
        }
        let part = self.parts.iter().find(|part| part.role == role);
        let instruction = part.map_or("", |part| part.instruction.as_str());
        let is_name = !instruction.is_empty() && instruction.len() <= LONGEST_TITLE && !instruction.contains('\n');
        // Several minds of one kind are told apart by their role.
        if is_name && !role.starts_with("mind.") { instruction.to_owned() } else { role.to_owned() }
    }
}

/// Adds up in how many decisions each part's proposal was followed.
fn count_followed(file: &SessionFile, calls: &[(u64, &Call)], figures: &mut [ExpertFigures]) {
    let mut answered: BTreeMap<u64, BTreeSet<&str>> = BTreeMap::new();
    for (_, call) in calls.iter().filter(|(_, call)| call.state == CallState::Answered) {
        if let Some(question) = call.question {
            answered.entry(question).or_default().insert(&call.role);
        }
    }
    let nobody = BTreeSet::new();
    for record in &file.records {
        if let What::Decided(decided) = &record.what {
            note_followed(decided, answered.get(&decided.question).unwrap_or(&nobody), figures);
        }
    }
}

/// Several parts may bear one title. Their proposals stand in the order of the parts that answered; where that does not
/// come out even, a followed title counts for all of its parts.
fn note_followed(decided: &Decided, answered: &BTreeSet<&str>, figures: &mut [ExpertFigures]) {
    let proposals = &decided.decision.proposals;
    let titles: BTreeSet<&str> = proposals.iter().map(|proposal| proposal.title.as_str()).collect();
    for title in titles {
        let followed: Vec<bool> =
            proposals.iter().filter(|proposal| proposal.title == title).map(|proposal| proposal.followed).collect();
        let of_title = |part: &&mut ExpertFigures| part.title == title;
        let mut parts: Vec<&mut ExpertFigures> =
            figures.iter_mut().filter(of_title).filter(|part| answered.contains(part.role.as_str())).collect();
        if parts.len() == followed.len() {
            parts.iter_mut().zip(followed).for_each(|(part, is_followed)| part.followed += u64::from(is_followed));
        } else if followed.contains(&true) {
            figures.iter_mut().filter(of_title).for_each(|part| part.followed += 1);
        }
    }
}
