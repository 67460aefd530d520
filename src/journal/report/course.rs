//! What stood between the steps: what the narrator said, what a person was asked, pauses; and what was under way when a
//! session was cut off.

use std::collections::BTreeMap;

use serde::Serialize;

use super::words;
use crate::protocol::{
    ActionCall, Approval, ApprovalAnswer, Belonging, Call, CallState, Decided, PauseReason, SessionFile, What,
};

/// Something that the narrator said.
#[derive(Debug, Serialize)]
pub struct Told<'a> {
    pub at_ms: u64,
    pub step: u64,
    pub text: &'a str,
    pub by: &'a str,
}

/// The session stood still for a person, or an action did.
#[derive(Debug, Serialize)]
pub struct Stop<'a> {
    pub at_ms: u64,
    /// Why, or what was asked, in words.
    pub what: String,
    /// In words; empty while nothing had.
    pub came_of_it: String,
    /// What a person said with it, if anything.
    pub word: Option<&'a str>,
    /// How long it took; `None` for one that was still open at the end.
    pub took_ms: Option<u64>,
}

/// Everything the narrator said, oldest first.
pub fn narrations(file: &SessionFile) -> Vec<Told<'_>> {
    let told = file.records.iter().filter_map(|record| match &record.what {
        What::Narrated(said) => Some(Told { at_ms: record.at_ms, step: said.step, text: &said.text, by: &said.by }),
        _ => None,
    });
    told.collect()
}

/// Pauses and questions to a person, in the order in which they began.
pub fn stops(file: &SessionFile) -> Vec<Stop<'_>> {
    let mut stops: Vec<Stop<'_>> = Vec::new();
    let mut paused = None;
    let mut asked: BTreeMap<u64, usize> = BTreeMap::new();
    for record in &file.records {
        let at_ms = record.at_ms;
        let begun = |what| Stop { at_ms, what, came_of_it: String::new(), word: None, took_ms: None };
        match &record.what {
            What::Paused { why } => {
                paused = Some(stops.len());
                stops.push(begun(pause(why)));
            }
            What::Resumed { word } => {
                let word = word.as_deref().filter(|word| !word.trim().is_empty());
                close(paused.take().and_then(|index| stops.get_mut(index)), at_ms, "went on", word);
            }
            What::ApprovalNeeded(approval) => {
                asked.insert(approval.id, stops.len());
                stops.push(begun(request(approval)));
            }
            What::ApprovalClosed { approval, answer } => {
                let (came_of_it, word) = answered(answer);
                let stop = asked.remove(approval).and_then(|index| stops.get_mut(index));
                close(stop, at_ms, came_of_it, word);
            }
            _ => {}
        }
    }
    stops
}

fn close<'a>(stop: Option<&mut Stop<'a>>, at_ms: u64, came_of_it: &str, word: Option<&'a str>) {
    if let Some(stop) = stop {
        came_of_it.clone_into(&mut stop.came_of_it);
        stop.word = word;
        stop.took_ms = Some(at_ms.saturating_sub(stop.at_ms));
    }
}

fn pause(why: &PauseReason) -> String {
    match why.words() {
        "" => "Paused on request".to_owned(),
        words => format!("Paused: {words}"),
    }
}

fn request(approval: &Approval) -> String {
    let (action, risk) = (words::action(&approval.action), words::risk(approval.risk));
    format!("May it {action}? That {risk}. The {} loop wanted it", approval.ordered_by)
}

fn answered(answer: &ApprovalAnswer) -> (&'static str, Option<&str>) {
    match answer {
        ApprovalAnswer::Approved { for_session: false, for_ever: false } => ("allowed", None),
        ApprovalAnswer::Approved { for_ever: true, .. } => ("allowed for ever", None),
        ApprovalAnswer::Approved { for_session: true, .. } => ("allowed for the whole session", None),
        ApprovalAnswer::Rejected { word } => ("not allowed", Some(word.trim()).filter(|word| !word.is_empty())),
        ApprovalAnswer::Unanswered => ("nobody answered, so it was not done", None),
    }
}

/// What was under way at the last record, one sentence each.
pub fn in_flight(file: &SessionFile, calls: &[(u64, &Call)]) -> Vec<String> {
    let open = calls.iter().filter(|(_, call)| call.state == CallState::UnderWay);
    let mut sentences: Vec<String> = open.map(|(_, call)| asking(call)).collect();
    let Open { question, decided, acting, approvals } = Open::at_the_end(file);
    if let Some(question) = question {
        sentences.push(format!("Question {question} had been asked and not been decided"));
    }
    if let Some(decided) = decided {
        sentences
            .push(format!("It had been decided to {} and not been begun", words::action(&decided.decision.action)));
    }
    if let Some(action) = acting {
        sentences.push(format!("The action {} had begun; what came of it is not known", words::action(action)));
    }
    let waiting = approvals.values();
    sentences.extend(waiting.map(|approval| {
        format!("A person had been asked whether it may {}; nobody had answered", words::action(&approval.action))
    }));
    sentences
}

fn asking(call: &Call) -> String {
    let Call { role, model, endpoint, asked_at_ms, .. } = call;
    let since = words::since(*asked_at_ms);
    format!("{role} had asked {model} at {endpoint} since {since}; the answer had not ended")
}

/// What has begun and not ended.
#[derive(Default)]
struct Open<'a> {
    question: Option<u64>,
    decided: Option<&'a Decided>,
    acting: Option<&'a ActionCall>,
    approvals: BTreeMap<u64, &'a Approval>,
}

impl<'a> Open<'a> {
    fn at_the_end(file: &'a SessionFile) -> Self {
        let mut open = Self::default();
        for record in &file.records {
            open.note(&record.what);
        }
        open
    }

    fn note(&mut self, what: &'a What) {
        match what {
            What::Questioned(asked) => (self.question, self.decided) = (Some(asked.question), None),
            What::Decided(decided) => (self.question, self.decided) = (None, Some(&**decided)),
            What::Acting { action, question } => {
                self.acting = Some(action);
                self.settle(*question);
            }
            What::Stepped(step) => {
                self.acting = None;
                self.settle(step.question);
            }
            What::ApprovalNeeded(approval) => {
                self.approvals.insert(approval.id, approval);
            }
            What::ApprovalClosed { approval, .. } => {
                self.approvals.remove(approval);
            }
            _ => {}
        }
    }

    /// The decision on this question has become an action.
    fn settle(&mut self, question: Option<u64>) {
        self.decided = self.decided.filter(|decided| question != Some(decided.question));
    }
}

/// What was begun and could outlive the program, and was not ended.
pub fn left(file: &SessionFile) -> Vec<&Belonging> {
    let mut left: Vec<&Belonging> = Vec::new();
    for record in &file.records {
        match &record.what {
            What::Opened(belonging) => left.push(belonging),
            What::Closed(closed) => {
                left.retain(|open| {
                    (open.kind, &open.handle, &open.place) != (closed.kind, &closed.handle, &closed.place)
                });
            }
            _ => {}
        }
    }
    left
}
