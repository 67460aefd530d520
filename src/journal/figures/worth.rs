//! Which decisions are worth reading: the dear ones, those that somebody objected to, those nobody agreed on, the first
//! and the last.

use std::collections::BTreeMap;

use super::strategy;
use crate::{
    protocol::{ApprovalAnswer, Decided, Judgement, LoopName, SessionFile, What, WorthReading},
    settings::Strategy,
};

/// Nobody reads more than that.
const MOST: usize = 8;
/// What one digit cannot show has cost nothing.
const TOO_LITTLE: f64 = 0.05;
/// Who decides where no model has named anything possible.
const RULES: &str = "rules";
/// As the dearest ones are counted.
const DEAREST: [&str; 3] = ["the dearest decision", "the second dearest decision", "the third dearest decision"];

/// A question with a reason to read its decision.
type Reason = (u64, String);

/// At most eight, in the order in which they were asked. One that there are several reasons for names them all.
pub fn of(file: &SessionFile) -> Vec<WorthReading> {
    let decided: Vec<&Decided> = file
        .records
        .iter()
        .filter_map(|record| match &record.what {
            What::Decided(decided) => Some(&**decided),
            _ => None,
        })
        .collect();
    let sorts = [dearest(file), refused(file), ends(&decided), by_rules(file, &decided), divided(&decided)];
    let mut found: Vec<WorthReading> = Vec::new();
    for (question, why) in in_turn(sorts) {
        let has_room = found.len() < MOST;
        match found.iter_mut().find(|found| found.question == question) {
            Some(known) => known.why = format!("{}; {why}", known.why),
            None if has_room => found.push(WorthReading { question, why }),
            None => {}
        }
    }
    found.sort_by_key(|found| found.question);
    found
}

/// The best of each sort first, then the second best, so that none crowds out the others.
fn in_turn(sorts: [Vec<Reason>; 5]) -> Vec<Reason> {
    let mut sorts = sorts.map(Vec::into_iter);
    let mut reasons = Vec::new();
    loop {
        let before = reasons.len();
        reasons.extend(sorts.iter_mut().filter_map(Iterator::next));
        if reasons.len() == before {
            return reasons;
        }
    }
}

/// Those that cost most, where that was judged.
fn dearest(file: &SessionFile) -> Vec<Reason> {
    let mut questions = BTreeMap::new();
    let mut judged: Vec<&Judgement> = Vec::new();
    for record in &file.records {
        match &record.what {
            What::Stepped(step) => {
                if let Some(question) = step.question {
                    questions.insert(step.step, question);
                }
            }
            What::Judged(judgement) if judgement.cost.is_finite() && judgement.cost >= TOO_LITTLE => {
                judged.push(judgement);
            }
            _ => {}
        }
    }
    judged.retain(|judgement| questions.contains_key(&judgement.step));
    judged.sort_by(|one, other| other.cost.total_cmp(&one.cost).then(one.step.cmp(&other.step)));
    let dear = judged.iter().zip(DEAREST).filter_map(|(judgement, which)| {
        let bound = if judgement.is_proved { "" } else { ", as far as it was searched" };
        Some((*questions.get(&judgement.step)?, format!("{which}: {:.1} points{bound}", judgement.cost)))
    });
    dear.collect()
}

/// Those whose action a person did not allow.
fn refused(file: &SessionFile) -> Vec<Reason> {
    let mut last: Option<&Decided> = None;
    let mut asked = BTreeMap::new();
    let mut refused = Vec::new();
    for record in &file.records {
        match &record.what {
            What::Decided(decided) => last = Some(&**decided),
            What::ApprovalNeeded(approval) if approval.ordered_by == LoopName::Reasoning => {
                if let Some(decided) = last.filter(|decided| decided.decision.action == approval.action) {
                    asked.insert(approval.id, decided.question);
                }
            }
            What::ApprovalClosed { approval, answer: ApprovalAnswer::Rejected { word } } => {
                if let Some(question) = asked.remove(approval) {
                    let word = word.trim();
                    let said = if word.is_empty() { String::new() } else { format!(": {word}") };
                    refused.push((question, format!("a person said no{said}")));
                }
            }
            _ => {}
        }
    }
    refused
}

fn ends(decided: &[&Decided]) -> Vec<Reason> {
    match decided {
        [] => Vec::new(),
        [only] => vec![(only.question, "the only decision".to_owned())],
        [first, .., last] => vec![
            (first.question, "the first decision".to_owned()),
            (last.question, "the last decision before the end".to_owned()),
        ],
    }
}

/// Where models were asked and rules had to decide.
fn by_rules(file: &SessionFile, decided: &[&Decided]) -> Vec<Reason> {
    if strategy(file) == Strategy::Heuristic {
        return Vec::new();
    }
    let by_rules = decided.iter().filter(|decided| decided.decision.by == RULES);
    by_rules
        .map(|decided| (decided.question, "no model named anything possible, so rules decided".to_owned()))
        .collect()
}

/// Where the experts named different actions, the most divided first.
fn divided(decided: &[&Decided]) -> Vec<Reason> {
    let mut divided: Vec<(usize, u64)> = decided
        .iter()
        .map(|decided| {
            let mut named = Vec::new();
            for action in decided.decision.proposals.iter().filter_map(|proposal| proposal.action.as_ref()) {
                if !named.contains(&action) {
                    named.push(action);
                }
            }
            (named.len(), decided.question)
        })
        .filter(|(named, _)| *named > 1)
        .collect();
    divided.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    let reason =
        |(named, question)| (question, format!("the experts did not agree: they named {named} different actions"));
    // More than a few would be taken as a reason for nearly every decision of a lively session.
    divided.into_iter().take(DEAREST.len()).map(reason).collect()
}
