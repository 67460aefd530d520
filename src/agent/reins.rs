//! What a person holds in hand while the agent runs: pause and go on, one decision at a time, a word to the models, yes or
//! no to an action. Held by the worker, felt by the loops.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::oneshot, time::Instant};

use super::breaker::{Breakers, Struck};
use crate::{
    llm::Brake,
    protocol::{ActionCall, Approval, ApprovalAnswer, Effect, PauseReason},
    settings::BreakerSettings,
};

/// So many words of a person the models are reminded of.
const NOTES: usize = 5;

/// The reins of one session. Cheap to clone; all clones are the same.
#[derive(Clone, Debug)]
pub struct Reins {
    brake: Brake,
    began: Instant,
    held: Arc<Mutex<Held>>,
}

#[derive(Debug)]
struct Held {
    breakers: Breakers,
    /// Pause once the next decision has been carried out.
    one_decision: bool,
    notes: VecDeque<String>,
    /// When the last of them was said.
    last_word: Option<Instant>,
    last_approval: u64,
    waiting: BTreeMap<u64, (Approval, oneshot::Sender<ApprovalAnswer>)>,
    /// Actions by these names are not asked about any more.
    approved: BTreeSet<String>,
}

impl Reins {
    pub fn new(brake: Brake, limits: BreakerSettings) -> Self {
        let held = Held {
            breakers: Breakers::new(limits),
            one_decision: false,
            notes: VecDeque::new(),
            last_word: None,
            last_approval: 0,
            waiting: BTreeMap::new(),
            approved: BTreeSet::new(),
        };
        Self { brake, began: Instant::now(), held: Arc::new(Mutex::new(held)) }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Nothing new is asked or done from now on.
    pub fn pause(&self) {
        self.brake.pull(PauseReason::Person);
    }

    /// Goes on, with a word to the models if there is one; whatever a breaker has counted is counted anew.
    pub fn resume(&self, word: Option<String>) {
        let mut held = self.held();
        held.one_decision = false;
        held.go_on(word, self.active());
        self.brake.release();
    }

    /// Lets one decision through.
    pub fn step(&self) {
        let mut held = self.held();
        held.one_decision = true;
        held.go_on(None, self.active());
        self.brake.release();
    }

    /// Why it is paused, if it is.
    pub fn why_paused(&self) -> Option<PauseReason> {
        self.brake.why()
    }

    /// A decision has been carried out; pauses if only that one was let through.
    pub fn decision_done(&self) {
        // Held over the pull, so that nobody who lets it go on meanwhile is overruled.
        let mut held = self.held();
        if std::mem::take(&mut held.one_decision) {
            self.brake.pull(PauseReason::OneDecision);
        }
    }

    /// Takes note of a step; the breaker that strikes because of it has paused the session.
    pub fn note_step(&self, call: &ActionCall, effect: &Effect) -> Option<Struck> {
        let struck = self.held().breakers.note(call, effect);
        self.strike(struck)
    }

    /// The same for the time.
    pub fn note_time(&self) -> Option<Struck> {
        let struck = self.held().breakers.time(self.active());
        self.strike(struck)
    }

    /// Gives the breaker only if it is the one that pauses the session: one pause is told once.
    fn strike(&self, struck: Option<Struck>) -> Option<Struck> {
        let (breaker, words) = struck?;
        let is_first = self.brake.pull(PauseReason::Breaker { breaker, words: words.clone() });
        is_first.then_some((breaker, words))
    }

    /// How long the session has run, pauses left out.
    pub fn active(&self) -> Duration {
        self.began.elapsed().saturating_sub(self.brake.held_for())
    }

    /// What a person told the models, oldest first.
    pub fn notes(&self) -> Vec<String> {
        self.held().notes.iter().cloned().collect()
    }

    /// Whether a person has said something to the models since then.
    pub fn has_spoken_since(&self, then: Instant) -> bool {
        self.held().last_word.is_some_and(|word| word > then)
    }

    /// True if actions of this name need no answer any more.
    pub fn is_approved(&self, name: &str) -> bool {
        self.held().approved.contains(name)
    }

    /// The number of the next action that is put before a person, from 1.
    pub fn next_approval(&self) -> u64 {
        let mut held = self.held();
        held.last_approval += 1;
        held.last_approval
    }

    /// Puts an action before a person.
    pub fn ask(&self, approval: Approval) -> oneshot::Receiver<ApprovalAnswer> {
        let (sender, receiver) = oneshot::channel();
        self.held().waiting.insert(approval.id, (approval, sender));
        receiver
    }

    /// The action that waits longest, if one does.
    pub fn waiting(&self) -> Option<Approval> {
        self.held().waiting.first_key_value().map(|(_, (approval, _))| approval.clone())
    }

    /// The action of this number, if it waits.
    pub fn waiting_as(&self, id: u64) -> Option<Approval> {
        self.held().waiting.get(&id).map(|(approval, _)| approval.clone())
    }

    /// A person's answer; false if that action waits no longer.
    pub fn answer(&self, id: u64, answer: ApprovalAnswer) -> bool {
        let mut held = self.held();
        let Some((approval, sender)) = held.waiting.remove(&id) else { return false };
        match &answer {
            ApprovalAnswer::Approved { for_session, for_ever } if *for_session || *for_ever => {
                held.approved.insert(approval.action.name);
            }
            ApprovalAnswer::Rejected { word } if !word.trim().is_empty() => {
                held.say(format!("{} was not allowed: {}", approval.action, word.trim()));
            }
            ApprovalAnswer::Approved { .. } | ApprovalAnswer::Rejected { .. } | ApprovalAnswer::Unanswered => {}
        }
        sender.send(answer).is_ok()
    }

    /// Nobody waits for an answer any more.
    pub fn withdraw(&self, id: u64) {
        self.held().waiting.remove(&id);
    }
}

impl Held {
    fn go_on(&mut self, word: Option<String>, active: Duration) {
        if let Some(word) = word.filter(|word| !word.trim().is_empty()) {
            self.say(word.trim().to_owned());
        }
        self.breakers.reset(active);
    }

    fn say(&mut self, note: String) {
        self.last_word = Some(Instant::now());
        self.notes.push_back(note);
        if self.notes.len() > NOTES {
            self.notes.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Breaker, EffectStatus, LoopName, Risk};

    fn reins() -> (Reins, Brake) {
        let brake = Brake::default();
        let limits = BreakerSettings { same_action: 2, ..BreakerSettings::default() };
        (Reins::new(brake.clone(), limits), brake)
    }

    fn approval(id: u64) -> Approval {
        Approval {
            id,
            action: ActionCall::bare("delete"),
            risk: Risk::Destructive,
            ordered_by: LoopName::Reasoning,
            by: String::new(),
            because: String::new(),
            server: None,
            waits_ms: 1000,
        }
    }

    #[tokio::test(start_paused = true)]
    async fn one_decision_is_let_through_and_then_it_pauses_again() {
        let (reins, brake) = reins();
        reins.pause();
        reins.step();
        assert!(!brake.is_on());
        reins.decision_done();
        assert_eq!(reins.why_paused(), Some(PauseReason::OneDecision));
        reins.resume(Some(" go home ".into()));
        reins.decision_done();
        assert!(!brake.is_on(), "after going on, nothing is let through singly");
        assert_eq!(reins.notes(), ["go home"]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_breaker_pauses_once_and_counts_anew_afterwards() {
        let (reins, _brake) = reins();
        let wait = ActionCall::bare("wait");
        let nothing =
            Effect { status: EffectStatus::Done, text: String::new(), score: None, changed: false, whole: None };
        assert_eq!(reins.note_step(&wait, &nothing), None);
        assert_eq!(reins.note_step(&wait, &nothing).map(|(breaker, _)| breaker), Some(Breaker::SameAction));
        assert_eq!(reins.note_step(&wait, &nothing), None, "it is paused already");
        assert!(matches!(reins.why_paused(), Some(PauseReason::Breaker { .. })));
        reins.resume(None);
        assert_eq!(reins.note_step(&wait, &nothing), None);
        assert!(reins.note_step(&wait, &nothing).is_some());
    }

    #[tokio::test]
    async fn an_answer_reaches_whoever_asked_and_no_answer_comes_twice() {
        let (reins, _brake) = reins();
        let first = reins.next_approval();
        let answer = reins.ask(approval(first));
        assert_eq!(reins.waiting().map(|waiting| waiting.id), Some(first));
        assert!(reins.answer(first, ApprovalAnswer::Rejected { word: "not that one".into() }));
        assert!(!reins.answer(first, ApprovalAnswer::Approved { for_session: true, for_ever: false }));
        assert_eq!(answer.await.unwrap(), ApprovalAnswer::Rejected { word: "not that one".into() });
        assert_eq!(reins.notes(), ["delete was not allowed: not that one"]);
        let second = reins.next_approval();
        let _answer = reins.ask(approval(second));
        assert!(
            reins.answer(second, ApprovalAnswer::Approved { for_session: true, for_ever: false })
                && reins.is_approved("delete")
        );
        let third = reins.next_approval();
        let _answer = reins.ask(approval(third));
        assert_eq!(reins.waiting_as(third).map(|waiting| waiting.id), Some(third));
        reins.withdraw(third);
        assert_eq!((reins.waiting(), reins.waiting_as(third)), (None, None));
    }

    #[tokio::test]
    async fn what_is_allowed_for_ever_is_allowed_in_this_session_too() {
        let (reins, _brake) = reins();
        let first = reins.next_approval();
        let _answer = reins.ask(approval(first));
        assert!(reins.answer(first, ApprovalAnswer::Approved { for_session: false, for_ever: true }));
        assert!(reins.is_approved("delete") && !reins.is_approved("delete_all"));
    }
}
