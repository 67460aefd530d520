//! Whether an action may be done: by its risk, by what a person has allowed for the session, or by asking.

use std::time::Duration;

use tokio::time::timeout;

use super::{Board, LoopMessage, Order};
use crate::{
    llm::open::millis,
    protocol::{Approval, ApprovalAnswer, Risk, What},
    settings::AskFrom,
};

/// Who is asked, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Caution {
    pub ask_from: AskFrom,
    /// After that an action counts as rejected.
    pub wait: Duration,
}

impl Caution {
    /// Whether an action of this risk waits for a person.
    fn asks(self, risk: Risk) -> bool {
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
    let spec = board.actions.iter().find(|spec| spec.name == order.call.name);
    // What nobody knows may do anything.
    let risk = spec.map_or(Risk::OpenWorld, |spec| spec.risk);
    let reins = &board.context.reins;
    if !board.duties.caution.asks(risk) || reins.is_approved(&order.call.name) {
        return Ok(());
    }
    let approval = Approval {
        id: reins.next_approval(),
        action: order.call.clone(),
        risk,
        ordered_by: order.ordered_by,
        by: order.by.clone(),
        because: order.because.clone(),
        waits_ms: millis(board.duties.caution.wait),
    };
    // Whoever drops this future, as a stop or the reflex does, asks no longer.
    let mut question = Open { board, id: approval.id, answer: ApprovalAnswer::Unanswered, is_told: false };
    board.context.recorder.keep(What::ApprovalNeeded(Box::new(approval.clone()))).await;
    let answer = reins.ask(approval.clone());
    question.is_told = true;
    let _worker_is_gone = board.context.tell.send(LoopMessage::ApprovalNeeded(Box::new(approval)));
    if let Ok(Ok(answer)) = timeout(board.duties.caution.wait, answer).await {
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
            let caution = Caution { ask_from, wait: Duration::ZERO };
            risks.into_iter().filter(|risk| caution.asks(*risk)).count()
        });
        assert_eq!(asked, [4, 3, 2, 1, 0]);
    }
}
