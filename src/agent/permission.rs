//! Whether an action may be done: by its risk, by what a person has allowed for the session, or by asking.

use std::{collections::BTreeSet, time::Duration};

use tokio::time::timeout;

use super::{Board, LoopMessage, Order};
use crate::{
    llm::open::millis,
    protocol::{Approval, ApprovalAnswer, Risk, What},
    settings::AskFrom,
};

/// Who is asked about what, and for how long.
#[derive(Clone, Debug)]
pub struct Caution {
    pub ask_from: AskFrom,
    /// After that an action counts as rejected.
    pub wait: Duration,
    /// The tool server that the actions are meant for, by its name in the settings.
    pub server: Option<String>,
    /// Its tools that a person has allowed for ever.
    pub allowed: BTreeSet<String>,
}

impl Caution {
    /// Where the actions are no server's tools, and nothing is allowed for ever.
    pub fn new(ask_from: AskFrom, wait: Duration) -> Self {
        Self { ask_from, wait, server: None, allowed: BTreeSet::new() }
    }

    /// Whether an action of this name and risk waits for a person.
    fn asks(&self, name: &str, risk: Risk) -> bool {
        if self.allowed.contains(name) {
            return false;
        }
        match self.ask_from {
            AskFrom::Everything => true,
            AskFrom::Changes => risk >= Risk::Safe,
            AskFrom::Destructive => risk >= Risk::Destructive,
            AskFrom::OpenWorld => risk >= Risk::OpenWorld,
            AskFrom::Nothing => false,
        }
    }
}

/// Waits for a person's yes where one is needed. The error is what the models are told.
pub async fn wait_for(board: &Board, order: &Order) -> Result<(), String> {
    let risk = board.repertoire.read().risk(&order.call.name);
    let (reins, caution) = (&board.context.reins, &board.duties.caution);
    if !caution.asks(&order.call.name, risk) || reins.is_approved(&order.call.name) {
        return Ok(());
    }
    let approval = Approval {
        id: reins.next_approval(),
        action: order.call.clone(),
        risk,
        ordered_by: order.ordered_by,
        by: order.by.clone(),
        because: order.because.clone(),
        server: caution.server.clone(),
        waits_ms: millis(caution.wait),
    };
    // Whoever drops this future, as a stop or the reflex does, asks no longer.
    let mut question = Open { board, id: approval.id, answer: ApprovalAnswer::Unanswered, is_told: false };
    board.context.recorder.keep(What::ApprovalNeeded(Box::new(approval.clone()))).await;
    let answer = reins.ask(approval.clone());
    question.is_told = true;
    let _worker_is_gone = board.context.tell.send(LoopMessage::ApprovalNeeded(Box::new(approval)));
    if let Ok(Ok(answer)) = timeout(caution.wait, answer).await {
        question.answer = answer;
    }
    match question.answer.clone() {
        ApprovalAnswer::Approved { .. } => Ok(()),
        ApprovalAnswer::Rejected { word } if word.trim().is_empty() => Err("A person did not allow it".to_owned()),
        ApprovalAnswer::Rejected { word } => Err(format!("A person did not allow it: {}", word.trim())),
        ApprovalAnswer::Unanswered => Err("Nobody answered whether it may be done, so it was not".to_owned()),
    }
}

/// A question that a person sees until it is dropped.
struct Open<'a> {
    board: &'a Board,
    id: u64,
    answer: ApprovalAnswer,
    /// Somebody was told of it, and has to be told of its end.
    is_told: bool,
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        self.board.context.reins.withdraw(self.id);
        let (approval, answer) = (self.id, self.answer.clone());
        self.board.context.recorder.keep_later(What::ApprovalClosed { approval, answer });
        if self.is_told {
            let closed = LoopMessage::ApprovalClosed { approval: self.id, answer: self.answer.clone() };
            let _worker_is_gone = self.board.context.tell.send(closed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_higher_the_risk_the_sooner_a_person_is_asked() {
        let risks = [Risk::ReadOnly, Risk::Safe, Risk::Destructive, Risk::OpenWorld];
        let asked = AskFrom::ALL.map(|ask_from| {
            let caution = Caution::new(ask_from, Duration::ZERO);
            risks.into_iter().filter(|risk| caution.asks("send", *risk)).count()
        });
        assert_eq!(asked, [4, 3, 2, 1, 0]);
    }

    #[test]
    fn what_is_allowed_for_ever_is_not_asked_about_and_everything_else_is() {
        let allowed = BTreeSet::from(["send".to_owned()]);
        let caution = Caution { allowed, ..Caution::new(AskFrom::Everything, Duration::ZERO) };
        assert!(!caution.asks("send", Risk::OpenWorld) && caution.asks("send_all", Risk::ReadOnly));
    }
}
