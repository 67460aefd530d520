//! What each expert showed at a moment: where its last question was, what it had said last, what it proposed.
//!
//! What was said is left out where a whole session is read; then the thought behind the proposal stands for it, which
//! is what the window showed once an answer was there. What a stream showed on its way is not kept, so until an
//! answer is whole nothing of it is shown.

use std::collections::HashMap;

use super::course::Course;
use crate::{
    protocol::{ActionCall, AskView, Call, CallState, DecisionView, ExpertState, ExpertView, Record, What},
    settings::{Part, cast::NARRATOR},
};

/// So many questions to one expert are shown, as in a live picture.
const REMEMBERED: usize = 32;
/// An instruction that is longer is a prompt and no title.
const LONGEST_TITLE: usize = 24;

/// Every expert of a session.
#[derive(Clone, Debug, Default)]
pub(super) struct Lanes(Vec<Lane>);

/// One expert and its questions, in the order in which they were put.
#[derive(Clone, Debug)]
struct Lane {
    role: String,
    title: String,
    calls: Vec<Played>,
}

/// One question to one expert.
#[derive(Clone, Copy, Debug)]
struct Played {
    asked_at_ms: u64,
    /// The place of the record that knows most of the call.
    place: usize,
    opinion: Option<Opinion>,
}

/// Where what an expert thought stands: in the decision at `decided`, as its proposal or as the decision itself.
#[derive(Clone, Copy, Debug)]
struct Opinion {
    decided: usize,
    proposal: Option<usize>,
}

impl Lanes {
    /// Parts that were never asked have no lane; whoever was asked and is no part stands after the others.
    pub fn of(records: &[Record], course: &Course, parts: &[Part]) -> Self {
        // What is known at the end of a call takes the place of what was known at its beginning.
        let mut places: HashMap<u64, usize> = HashMap::new();
        let mut order = Vec::new();
        for (index, record) in records.iter().enumerate() {
            let (What::Asked(call) | What::CallEnded(call)) = &record.what else { continue };
            // The narrator speaks beside the decisions and has no lane.
            if call.role == NARRATOR {
                continue;
            }
            if places.insert(call.call, index).is_none() {
                order.push(call.call);
            }
        }
        let mut lanes: Vec<Lane> = parts.iter().map(Lane::of).collect();
        for place in order.iter().filter_map(|number| places.get(number).copied()) {
            let Some(call) = call(records, place) else { continue };
            let known = lanes.iter().position(|lane| lane.role == call.role);
            let lane = known.unwrap_or_else(|| {
                lanes.push(Lane { role: call.role.clone(), title: call.role.clone(), calls: Vec::new() });
                lanes.len() - 1
            });
            lanes[lane].calls.push(Played { asked_at_ms: call.asked_at_ms, place, opinion: None });
        }
        lanes.retain(|lane| !lane.calls.is_empty());
        lanes.iter_mut().for_each(|lane| lane.calls.sort_by_key(|played| played.asked_at_ms));
        give_opinions(&mut lanes, records, course);
        Self(lanes)
    }

    /// Every expert at this moment; `question` is the last one that was put to the mind.
    pub fn views(&self, records: &[Record], at_ms: u64, question: Option<u64>) -> Vec<ExpertView> {
        self.0.iter().map(|lane| lane.view(records, at_ms, question)).collect()
    }
}

/// Finds for each answer what was thought. Several experts may have the same title; their proposals stand in the
/// order of the parts, and whoever did not answer has none.
fn give_opinions(lanes: &mut [Lane], records: &[Record], course: &Course) {
    let mut taken: HashMap<(u64, String), usize> = HashMap::new();
    for lane in lanes {
        for played in &mut lane.calls {
            let Some(call) = call(records, played.place).filter(|call| call.state == CallState::Answered) else {
                continue;
            };
            let Some(question) = call.question else { continue };
            let Some(decided) = course.decided(question) else { continue };
            let Some(decision) = decision(records, decided) else { continue };
            let nth = taken.entry((question, lane.title.clone())).or_insert(0);
            let proposals = decision.proposals.iter().enumerate();
            let own = proposals.filter(|(_, proposal)| proposal.title == lane.title).nth(*nth);
            *nth += 1;
            let proposal = own.map(|(index, _)| index);
            if proposal.is_some() || decision.by == lane.title {
                played.opinion = Some(Opinion { decided, proposal });
            }
        }
    }
}

impl Lane {
    fn of(part: &Part) -> Self {
        Self { role: part.role.clone(), title: title(part).to_owned(), calls: Vec::new() }
    }

    fn view(&self, records: &[Record], at_ms: u64, question: Option<u64>) -> ExpertView {
        let begun = &self.calls[..self.calls.partition_point(|played| played.asked_at_ms <= at_ms)];
        let calls = |played: &[Played]| -> Vec<AskView> {
            played.iter().filter_map(|played| call(records, played.place)).map(|call| ask(call, at_ms)).collect()
        };
        let last = begun.last().or(self.calls.first()).and_then(|played| call(records, played.place));
        let view = ExpertView {
            role: self.role.clone(),
            title: self.title.clone(),
            model: last.map(|call| call.model.clone()).unwrap_or_default(),
            // What was said last stays until something new is said.
            text: begun.iter().rev().find_map(|played| played.words(records, at_ms)).unwrap_or_default(),
            asks: calls(&begun[begun.len().saturating_sub(REMEMBERED)..]),
            ..ExpertView::default()
        };
        let Some((played, call)) = begun.last().zip(last) else { return view };
        // With a new question everybody begins anew.
        if question.is_some() && call.question.is_some() && call.question != question {
            return view;
        }
        let is_over = is_past(call.ended_at_ms, at_ms);
        let left_at_ms = call.left_at_ms.unwrap_or(call.asked_at_ms);
        let first_token_at_ms = call.first_token_at_ms.filter(|first| *first <= at_ms);
        let said = call.said.as_ref().filter(|_| is_over);
        let (proposal, confidence) = if is_over { played.proposal(records) } else { (None, None) };
        ExpertView {
            state: state(call, at_ms),
            reasoning: said.map(|said| said.reasoning.clone()).unwrap_or_default(),
            first_token_ms: first_token_at_ms.map(|first| first.saturating_sub(left_at_ms)),
            tokens_per_second: call.tokens_per_second.filter(|_| is_over),
            proposal,
            confidence,
            failure: call.failure.clone().filter(|_| is_over && call.state == CallState::Failed),
            ..view
        }
    }
}

impl Played {
    /// What it has said by this moment; `None` while nothing new has been said.
    fn words(&self, records: &[Record], at_ms: u64) -> Option<String> {
        let call = call(records, self.place)?;
        let has_spoken = is_past(call.first_token_at_ms, at_ms);
        match state(call, at_ms) {
            ExpertState::Done => Some(self.thought(records, call)),
            ExpertState::Failed | ExpertState::BrokenOff if has_spoken => Some(self.thought(records, call)),
            ExpertState::Answering => Some(String::new()),
            _ => None,
        }
    }

    fn thought(&self, records: &[Record], call: &Call) -> String {
        let opinion = self.opinion.and_then(|opinion| {
            let decision = decision(records, opinion.decided)?;
            Some(match opinion.proposal {
                Some(index) => decision.proposals.get(index)?.thought.clone(),
                None => decision.because.clone(),
            })
        });
        opinion.or_else(|| call.said.as_ref().map(|said| spoken(&said.answer))).unwrap_or_default()
    }

    /// What it wants done, and how sure it is of that.
    fn proposal(&self, records: &[Record]) -> (Option<ActionCall>, Option<f64>) {
        let Some(opinion) = self.opinion else { return (None, None) };
        let Some(decision) = decision(records, opinion.decided) else { return (None, None) };
        match opinion.proposal {
            None => (Some(decision.action.clone()), None),
            Some(index) => match decision.proposals.get(index) {
                Some(proposal) => (proposal.action.clone(), proposal.action.as_ref().map(|_| proposal.confidence)),
                None => (None, None),
            },
        }
    }
}

/// The thought in an answer that has one, else the answer as it came.
fn spoken(answer: &str) -> String {
    let value: Option<serde_json::Value> = serde_json::from_str(answer).ok();
    let thought = value.as_ref().and_then(|value| value.get("thought")).and_then(serde_json::Value::as_str);
    thought.unwrap_or(answer).trim().to_owned()
}

/// The lane of one question, as far as it had come.
fn ask(call: &Call, at_ms: u64) -> AskView {
    let is_over = is_past(call.ended_at_ms, at_ms);
    let by_now = |moment: Option<u64>| moment.filter(|moment| *moment <= at_ms);
    AskView {
        provider: call.provider,
        queued_at_ms: call.asked_at_ms,
        sent_at_ms: by_now(call.left_at_ms),
        first_token_at_ms: by_now(call.first_token_at_ms),
        ended_at_ms: by_now(call.ended_at_ms),
        answer_tokens: call.answer_tokens.filter(|_| is_over).unwrap_or(0),
        is_answered: is_over && call.state == CallState::Answered,
    }
}

fn state(call: &Call, at_ms: u64) -> ExpertState {
    if is_past(call.ended_at_ms, at_ms) {
        return match call.state {
            CallState::Answered => ExpertState::Done,
            CallState::Failed => ExpertState::Failed,
            CallState::BrokenOff | CallState::UnderWay => ExpertState::BrokenOff,
        };
    }
    let has_left = is_past(call.left_at_ms, at_ms);
    // Of a call whose end nobody saw, it is not known either when it left.
    let is_unknown = call.left_at_ms.is_none() && call.state == CallState::UnderWay;
    if is_past(call.first_token_at_ms, at_ms) {
        ExpertState::Answering
    } else if has_left || is_unknown {
        ExpertState::Asked
    } else {
        ExpertState::Queued
    }
}

fn is_past(moment: Option<u64>, at_ms: u64) -> bool {
    moment.is_some_and(|moment| moment <= at_ms)
}

fn call(records: &[Record], place: usize) -> Option<&Call> {
    match &records.get(place)?.what {
        What::Asked(call) | What::CallEnded(call) => Some(call),
        _ => None,
    }
}

fn decision(records: &[Record], place: usize) -> Option<&DecisionView> {
    match &records.get(place)?.what {
        What::Decided(decided) => Some(&decided.decision),
        _ => None,
    }
}

/// What a part looks at. Minds of one kind, and those with a prompt of their own, are called by their role.
fn title(part: &Part) -> &str {
    let instruction = part.instruction.as_str();
    let is_name = instruction.len() <= LONGEST_TITLE && !instruction.contains('\n');
    if is_name && !part.role.starts_with("mind.") { instruction } else { &part.role }
}
