//! Carries out orders, one at a time. The reflex goes first; an order the world has overtaken is dropped.

use tokio::sync::mpsc;

use super::{Board, Done, LoopError, LoopMessage, LoopResult, Order};
use crate::{
    llm::open::millis,
    protocol::{Effect, EffectStatus, LoopName, NoticeKind, StepReport},
};

/// So many steps the models are reminded of.
const REMEMBERED: usize = 6;

/// Runs until the session stops.
pub async fn run(board: Board, mut orders: mpsc::Receiver<Order>, mut urgent: mpsc::Receiver<Order>) -> LoopResult {
    let beat = board.context.beats.begin(LoopName::Action);
    let stop = board.context.stop.clone();
    loop {
        beat.wait();
        let order = tokio::select! {
            biased;
            () = stop.cancelled() => return board.context.stopped(LoopName::Action),
            Some(order) = urgent.recv() => order,
            Some(order) = orders.recv() => order,
            else => return board.context.stopped(LoopName::Action),
        };
        tokio::select! {
            biased;
            () = stop.cancelled() => return board.context.stopped(LoopName::Action),
            () = board.context.brake.passed() => {}
        }
        beat.work(&order.call.to_string());
        carry_out(&board, order).await?;
    }
}

async fn carry_out(board: &Board, order: Order) -> Result<(), LoopError> {
    if board.context.gate.pass().is_err() {
        return Ok(());
    }
    if is_overtaken(board, &order) {
        let text = format!("{} is no longer possible, the world has moved on", order.call);
        board.context.notice(NoticeKind::Information, LoopName::Action, text, None);
        let _asker_is_gone = order.answer.send(Done::Overtaken);
        return Ok(());
    }
    board.shown.change(|shown| {
        if let Some(decision) = &order.decision {
            shown.decision = Some((**decision).clone());
        }
    });
    let mut place = board.place.lock().await;
    let effect = place.act(&order.call, &board.context.stop).await?;
    let view = place.view();
    drop(place);
    let step = remember(board, &order, &effect);
    board.shown.change(|shown| shown.environment = view);
    let report = StepReport {
        step,
        action: order.call,
        ordered_by: order.ordered_by,
        by: order.by,
        because: order.because,
        score: effect.score,
        effect: effect.clone(),
        took_ms: millis(order.percept.seen_at.elapsed()),
    };
    let _worker_is_gone = board.context.tell.send(LoopMessage::Step(Box::new(report)));
    board.look.notify_one();
    let _asker_is_gone = order.answer.send(Done::Carried { effect, actions: step });
    Ok(())
}

/// Something was done since the order was decided, and what it asks for is no longer possible.
fn is_overtaken(board: &Board, order: &Order) -> bool {
    if board.shown.read().step == order.percept.actions_before {
        return false;
    }
    let newest = board.percepts.borrow();
    let Some(newest) = newest.as_ref() else { return false };
    let legal = &newest.observation.legal;
    // An exploring or reflex step for an older moment has lost its reason; a decision is kept while it is possible.
    order.ordered_by != LoopName::Reasoning || (!legal.is_empty() && !legal.contains(&order.call))
}

/// Notes the step for the models and the window; gives its number.
fn remember(board: &Board, order: &Order, effect: &Effect) -> u64 {
    let mut step = 0;
    board.shown.change(|shown| {
        shown.step += 1;
        step = shown.step;
        shown.score = effect.score.or(shown.score);
        let how = match effect.status {
            EffectStatus::Done => "",
            EffectStatus::Rejected => "refused: ",
            EffectStatus::Failed => "failed: ",
            EffectStatus::Uncertain => "unclear whether it happened: ",
        };
        shown.recent.push_back(format!("{}: {how}{}", order.call, effect.text.replace('\n', " ")));
        if shown.recent.len() > REMEMBERED {
            shown.recent.pop_front();
        }
        if let Some(decision) = shown.decision.as_mut().filter(|_| order.decision.is_some()) {
            decision.step = step;
            decision.effect = Some(effect.text.clone());
        }
    });
    step
}
