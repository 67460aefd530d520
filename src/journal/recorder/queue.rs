//! What waits to be written. It is bounded: where the disk takes nothing for long, what can best be done without goes
//! first, and is counted.

use std::{collections::VecDeque, sync::Arc};

use serde_json::{Map, Value};

use super::{
    super::{JournalError, sessions::Numbered},
    WRITE_MAY_TAKE,
};
use crate::protocol::{
    ActionCall, Approval, Decided, EnvironmentView, Narration, Notice, Observed, ProposalView, Record, Said,
    StepReport, What,
};

/// The most records that are held.
const MOST_RECORDS: usize = 20_000;

/// The most that they may take together, roughly, in bytes: twenty thousand pictures would be too much.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// The most records that are written at once, so that one write does not take longer than it may.
const MOST_AT_ONCE: usize = 1_000;

/// What a record takes besides its texts and pictures, roughly, in bytes.
const FRAME: usize = 512;

/// What a text or another value in it takes besides its letters, roughly, in bytes.
const VALUE: usize = 32;

/// Records in order, numbered from 1.
#[derive(Debug, Default)]
pub(super) struct Queue {
    /// The number that was given last.
    last: u64,
    held: VecDeque<Arc<Numbered>>,
    bytes: usize,
    lost: usize,
    /// Why writing failed last.
    failure: Option<JournalError>,
}

impl Queue {
    pub(super) fn push(&mut self, at_ms: u64, what: What) {
        self.last += 1;
        let numbered = Numbered { number: self.last, record: Record { at_ms, what } };
        self.bytes += weight(&numbered);
        self.held.push_back(Arc::new(numbered));
        while self.held.len() > MOST_RECORDS || (self.bytes > MOST_BYTES && self.held.len() > 1) {
            self.drop_one();
        }
    }

    /// Something happened that cannot even be held.
    pub(super) fn lose_one(&mut self) {
        self.lost += 1;
    }

    /// The number that was given last.
    pub(super) fn last(&self) -> u64 {
        self.last
    }

    /// The next ones to be written, none after `last`.
    pub(super) fn batch(&self, last: u64) -> Vec<Arc<Numbered>> {
        let due = self.held.iter().take_while(|numbered| numbered.number <= last);
        due.take(MOST_AT_ONCE).cloned().collect()
    }

    /// All up to this number are on the disk.
    pub(super) fn written(&mut self, number: u64) {
        while let Some(first) = self.held.pop_front_if(|first| first.number <= number) {
            self.bytes = self.bytes.saturating_sub(weight(&first));
        }
    }

    /// Takes note of why writing failed, in case that something is lost over it.
    pub(super) fn note_failure(&mut self, error: &JournalError) {
        self.failure = Some(error.clone());
    }

    /// How many were given up for good.
    pub(super) fn lost(&self) -> usize {
        self.lost
    }

    /// Why something was given up, if anything was.
    pub(super) fn loss(&self) -> Option<JournalError> {
        // Without a failure so much waits only for a write that takes its time.
        let silent = || JournalError::NoAnswer { seconds: WRITE_MAY_TAKE.as_secs() };
        (self.lost > 0).then(|| self.failure.clone().unwrap_or_else(silent))
    }

    /// How many are not on the disk: given up, or still held.
    pub(super) fn unsaved(&self) -> usize {
        self.lost + self.held.len()
    }

    /// The oldest look goes first: the next one shows nearly the same. Without one, whatever is oldest.
    fn drop_one(&mut self) {
        let look = self.held.iter().position(|numbered| matches!(numbered.record.what, What::Observed(_)));
        if let Some(dropped) = self.held.remove(look.unwrap_or_default()) {
            self.bytes = self.bytes.saturating_sub(weight(&dropped));
            self.lose_one();
        }
    }
}

/// What a record takes in memory, roughly, in bytes.
fn weight(numbered: &Numbered) -> usize {
    FRAME
        + match &numbered.record.what {
            What::Observed(observed) => of_look(observed),
            What::Asked(call) | What::CallEnded(call) => call.said.as_deref().map_or(0, of_words),
            What::Decided(decided) => of_decision(decided),
            What::Acting { action, .. } => of_action(action),
            What::Stepped(step) => of_step(step),
            What::ApprovalNeeded(approval) => of_approval(approval),
            What::Noticed(notice) => of_notice(notice),
            What::Narrated(Narration { text, .. }) => text.len(),
            What::Resumed { word } => word.as_ref().map_or(0, String::len),
            // These say nothing long.
            What::Questioned(_)
            | What::ApprovalClosed { .. }
            | What::Judged(_)
            | What::Paused { .. }
            | What::Opened(_)
            | What::Closed(_) => 0,
        }
}

/// The view says again what the words say, and what the last calls gave.
fn of_look(observed: &Observed) -> usize {
    let picture = observed.picture_png.as_ref().map_or(0, |picture| picture.len());
    let calls = match &observed.view {
        EnvironmentView::Tools(tools) => {
            tools.calls.iter().map(|call| FRAME + call.text.len() + of_action(&call.call)).sum()
        }
        _ => 0,
    };
    picture + 2 * observed.text.len() + of_value(&observed.facts) + calls
}

fn of_decision(Decided { decision, .. }: &Decided) -> usize {
    let of_proposal = |proposal: &ProposalView| {
        FRAME + proposal.title.len() + proposal.thought.len() + proposal.action.as_ref().map_or(0, of_action)
    };
    decision.by.len()
        + decision.because.len()
        + decision.effect.as_ref().map_or(0, String::len)
        + of_action(&decision.action)
        + of_texts(&decision.shortfalls)
        + decision.proposals.iter().map(of_proposal).sum::<usize>()
}

fn of_step(step: &StepReport) -> usize {
    let said = step.effect.text.len() + step.effect.whole.as_ref().map_or(0, String::len);
    step.by.len() + step.because.len() + said + of_action(&step.action)
}

fn of_approval(approval: &Approval) -> usize {
    approval.by.len() + approval.because.len() + of_action(&approval.action)
}

fn of_notice(notice: &Notice) -> usize {
    let of_problem = notice.problem.as_ref().map_or(0, |problem| problem.summary.len() + of_texts(&problem.details));
    notice.from.len() + notice.text.len() + of_problem
}

fn of_action(action: &ActionCall) -> usize {
    action.name.len() + of_fields(&action.arguments)
}

fn of_texts(texts: &[String]) -> usize {
    texts.iter().map(|text| VALUE + text.len()).sum()
}

fn of_value(value: &Value) -> usize {
    let inside = match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
        Value::String(text) => text.len(),
        Value::Array(values) => values.iter().map(of_value).sum(),
        Value::Object(fields) => of_fields(fields),
    };
    VALUE + inside
}

fn of_fields(fields: &Map<String, Value>) -> usize {
    fields.iter().map(|(name, value)| name.len() + of_value(value)).sum()
}

fn of_words(said: &Said) -> usize {
    said.system.len() + said.prompt.len() + said.answer.len() + said.reasoning.len()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::protocol::{DecisionView, Effect, EffectStatus, LoopName, NoticeKind, Problem, Questioned, Risk};

    fn question(question: u64) -> What {
        What::Questioned(Questioned { question, look: 0 })
    }

    fn look(bytes: usize) -> What {
        What::Observed(Box::new(Observed { picture_png: Some(vec![0; bytes].into()), ..Observed::default() }))
    }

    fn numbers(queue: &Queue) -> Vec<u64> {
        queue.held.iter().map(|numbered| numbered.number).collect()
    }

    #[test]
    fn looks_go_first_when_there_are_too_many_and_the_loss_is_counted() {
        let mut queue = Queue::default();
        queue.note_failure(&JournalError::Closed);
        queue.push(0, question(1));
        queue.push(1, look(10));
        for number in 2..MOST_RECORDS as u64 {
            queue.push(number, question(number));
        }
        assert_eq!((queue.held.len(), queue.lost(), queue.loss()), (MOST_RECORDS, 0, None));
        queue.push(7, question(7));
        assert_eq!((queue.held.len(), queue.lost(), queue.loss()), (MOST_RECORDS, 1, Some(JournalError::Closed)));
        assert_eq!(numbers(&queue)[..3], [1, 3, 4], "the look is gone");
        queue.push(8, question(8));
        assert_eq!(numbers(&queue)[..3], [3, 4, 5], "without a look the oldest goes");
        assert_eq!(queue.unsaved(), MOST_RECORDS + 2);
    }

    #[test]
    fn pictures_cannot_fill_the_memory() {
        let mut queue = Queue::default();
        queue.push(0, question(1));
        for number in 0..10 {
            queue.push(number, look(MOST_BYTES / 4));
        }
        assert_eq!(numbers(&queue), [1, 9, 10, 11]);
        queue.written(u64::MAX);
        assert_eq!((queue.bytes, queue.held.len(), queue.lost()), (0, 0, 7));
    }

    /// A text that nobody can overlook.
    fn long() -> String {
        "long ".repeat(1_000)
    }

    fn decided(action: ActionCall) -> What {
        let proposal = ProposalView {
            title: String::new(),
            action: Some(action.clone()),
            thought: long(),
            confidence: 0.5,
            followed: true,
            decisive: false,
            took_ms: 0,
            tokens: None,
            usd: None,
        };
        let decision = DecisionView {
            question: 1,
            step: 1,
            action,
            by: String::new(),
            because: long(),
            proposals: vec![proposal],
            shortfalls: vec![long()],
            took_ms: 0,
            effect: Some(long()),
        };
        What::Decided(Box::new(Decided { question: 1, look: 1, decision }))
    }

    fn stepped(action: ActionCall) -> What {
        let effect = Effect { status: EffectStatus::Done, text: long(), score: None, changed: true, whole: None };
        What::Stepped(Box::new(StepReport {
            step: 1,
            action,
            ordered_by: LoopName::Action,
            by: String::new(),
            because: long(),
            effect,
            score: None,
            took_ms: 0,
            question: None,
        }))
    }

    fn approval(action: ActionCall) -> What {
        What::ApprovalNeeded(Box::new(Approval {
            id: 1,
            action,
            risk: Risk::Safe,
            ordered_by: LoopName::Action,
            by: String::new(),
            because: long(),
            server: None,
            waits_ms: 0,
        }))
    }

    #[test]
    fn whatever_is_long_has_its_weight() {
        let action = || ActionCall::with("say", "text", long());
        let problem = Some(Problem::plain(long(), vec![long()], "Wait"));
        let notice = Notice { kind: NoticeKind::Warning, from: String::new(), text: long(), problem };
        let facts = json!({"said": [long(), 1, null]});
        let rows = [
            (What::Acting { action: action(), question: None }, 1),
            (decided(action()), 6),
            (stepped(action()), 3),
            (approval(action()), 2),
            (What::Noticed(Box::new(notice)), 3),
            (What::Observed(Box::new(Observed { facts, ..Observed::default() })), 1),
            (question(1), 0),
        ];
        for (what, texts) in rows {
            let numbered = Numbered { number: 1, record: Record { at_ms: 0, what } };
            let letters = texts * long().len();
            assert!((letters..letters + 3 * FRAME).contains(&weight(&numbered)), "{texts}: {}", weight(&numbered));
        }
    }

    #[test]
    fn a_batch_ends_where_it_is_told_to() {
        let mut queue = Queue::default();
        (1..=10).for_each(|number| queue.push(number, question(number)));
        assert_eq!(queue.batch(4).len(), 4);
        queue.written(3);
        assert_eq!(queue.batch(4).iter().map(|numbered| numbered.number).collect::<Vec<_>>(), [4]);
        assert_eq!(queue.batch(3), Vec::new());
    }
}
