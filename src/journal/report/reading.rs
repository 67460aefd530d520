//! A decision that is worth reading, with its chain: what was seen, who proposed what, why it was decided so, what came
//! of it and what it cost.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::protocol::{
    ActionCall, Decided, Effect, Judgement, Observed, ProposalView, SessionFile, StepReport, What, WorthReading,
};

/// One decision with its chain. Times are milliseconds since the session began.
#[derive(Debug, Serialize)]
pub struct Reading<'a> {
    pub question: u64,
    /// The reason to read it.
    pub why: String,
    pub at_ms: u64,
    /// What was seen, in words; `None` where that was not kept.
    pub seen: Option<&'a str>,
    pub situation: Option<&'a str>,
    pub proposals: &'a [ProposalView],
    /// What fell short on the way.
    pub shortfalls: &'a [String],
    pub action: &'a ActionCall,
    pub by: &'a str,
    pub because: &'a str,
    /// The step that it became; `None` where the world had moved on, or the session had ended.
    pub step: Option<u64>,
    pub effect: Option<&'a Effect>,
    pub score: Option<f64>,
    pub took_ms: u64,
    pub judgement: Option<&'a Judgement>,
}

/// Those that are worth it, in the order in which they are named.
pub fn of<'a>(file: &'a SessionFile, worth: &[WorthReading]) -> Vec<Reading<'a>> {
    let wanted: BTreeSet<u64> = worth.iter().map(|worth| worth.question).collect();
    let found = Found::of(file, &wanted);
    worth.iter().filter_map(|worth| found.reading(worth)).collect()
}

/// What belongs to the questions that are wanted.
#[derive(Default)]
struct Found<'a> {
    decided: BTreeMap<u64, (u64, &'a Decided)>,
    steps: BTreeMap<u64, &'a StepReport>,
    looks: BTreeMap<u64, &'a Observed>,
    judged: BTreeMap<u64, &'a Judgement>,
}

impl<'a> Found<'a> {
    fn of(file: &'a SessionFile, wanted: &BTreeSet<u64>) -> Self {
        let mut found = Self::default();
        for record in &file.records {
            match &record.what {
                What::Decided(decided) if wanted.contains(&decided.question) => {
                    found.decided.insert(decided.question, (record.at_ms, &**decided));
                }
                What::Stepped(step) => {
                    if let Some(question) = step.question.filter(|question| wanted.contains(question)) {
                        found.steps.insert(question, step);
                    }
                }
                What::Observed(seen) => {
                    found.looks.insert(seen.look, seen);
                }
                What::Judged(judgement) => {
                    found.judged.insert(judgement.step, judgement);
                }
                _ => {}
            }
        }
        found
    }

    fn reading(&self, worth: &WorthReading) -> Option<Reading<'a>> {
        let (at_ms, decided) = *self.decided.get(&worth.question)?;
        let decision = &decided.decision;
        let seen = self.looks.get(&decided.look).copied();
        let step = self.steps.get(&worth.question).copied();
        Some(Reading {
            question: worth.question,
            why: worth.why.clone(),
            at_ms,
            seen: seen.map(|seen| seen.text.as_str()),
            situation: seen.map(|seen| seen.situation.as_str()),
            proposals: &decision.proposals,
            shortfalls: &decision.shortfalls,
            action: &decision.action,
            by: &decision.by,
            because: &decision.because,
            step: step.map(|step| step.step),
            effect: step.map(|step| &step.effect),
            score: step.and_then(|step| step.score),
            took_ms: decision.took_ms,
            judgement: step.and_then(|step| self.judged.get(&step.step).copied()),
        })
    }
}
