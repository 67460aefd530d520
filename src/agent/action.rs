//! Carries out orders, one at a time: checked, permitted, done, told. The reflex goes first and may break off what takes
//! long; what the world has overtaken is dropped.

use std::ops::ControlFlow::{self, Break, Continue};

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{
    Board, Done, LoopError, LoopMessage, LoopResult, Order, breaker,
    learning::Experience,
    overtaking::{self, Age},
    permission,
};
use crate::{
    environment::{Observation, Want},
    llm::open::millis,
    protocol::{
        ActionCall, Effect, EffectStatus, EnvironmentView, LoopName, NoticeKind, Risk, StepReport, ToolCallView, What,
    },
};

/// The lanes that orders come in by.
pub struct Lanes {
    pub orders: mpsc::Receiver<Order>,
    /// The reflex's own lane.
    pub urgent: mpsc::Receiver<Order>,
    /// Where what was done goes, to be learnt from.
    pub learn: mpsc::Sender<Experience>,
}

/// Runs until the session stops.
pub async fn run(board: Board, mut lanes: Lanes) -> LoopResult {
    let beat = board.context.beats.begin(LoopName::Action);
    let stop = board.context.stop.clone();
    let acting = async {
        loop {
            beat.wait();
            let order = tokio::select! {
                biased;
                Some(order) = lanes.urgent.recv() => order,
                Some(order) = lanes.orders.recv() => order,
                else => return Ok(()),
            };
            board.context.brake.passed().await;
            beat.work(&order.call.to_string());
            board.acting.send_replace(true);
            let done = carry_out(&board, order, &mut lanes).await;
            board.acting.send_replace(false);
            done?;
        }
    };
    match stop.run_until_cancelled(acting).await {
        Some(Err(error)) => Err(error),
        Some(Ok(())) | None => board.context.stopped(LoopName::Action),
    }
}

/// One order, and whatever the reflex puts in front of its end.
async fn carry_out(board: &Board, order: Order, lanes: &mut Lanes) -> Result<(), LoopError> {
    let first = order.call.clone();
    let mut cut_in = one(board, order, lanes, Age::AsItCame).await?;
    while let Some(order) = cut_in.take() {
        // The same once more would not be its own doing but a repetition, of something that may well have happened.
        let age = if order.call == first { Age::AsItCame } else { Age::CutIn };
        cut_in = one(board, order, lanes, age).await?;
    }
    Ok(())
}

/// Gives the reflex's order that broke this one off, if one did.
async fn one(board: &Board, order: Order, lanes: &mut Lanes, age: Age) -> Result<Option<Order>, LoopError> {
    if board.context.gate.pass().is_err() {
        return Ok(None);
    }
    // What a server no longer offers must not be asked of it.
    board.repertoire.follow(&**board.place.lock().await);
    if let Err(why) = board.repertoire.read().validation.check(&order.call) {
        refuse(board, order, why).await;
        return Ok(None);
    }
    // What has to be asked about is asked only while it is still possible.
    if overtaking::is_overtaken(&mut **board.place.lock().await, board, &order, age).await? {
        drop_order(board, order);
        return Ok(None);
    }
    let permission = tokio::select! {
        biased;
        permission = permission::wait_for(board, &order) => permission,
        // The reflex does not wait for a person to make up their mind about something else.
        Some(urgent) = lanes.urgent.recv(), if order.ordered_by != LoopName::Reflex => {
            drop_order(board, order);
            return Ok(Some(urgent));
        }
    };
    if let Err(why) = permission {
        refuse(board, order, why).await;
        return Ok(None);
    }
    // A person may have paused it, or taken long to answer.
    board.context.brake.passed().await;
    if board.context.gate.pass().is_err() {
        return Ok(None);
    }
    match still_due(board, order, lanes) {
        Continue(order) => act(board, order, lanes, age).await,
        Break(instead) => Ok(instead),
    }
}

/// What was decided before a person spoke was decided without it, and the reflex goes first, however long others have
/// waited. Gives the order if it is still to be done, else what is to be done in its place.
fn still_due(board: &Board, order: Order, lanes: &mut Lanes) -> ControlFlow<Option<Order>, Order> {
    let is_thought = order.ordered_by == LoopName::Reasoning;
    if is_thought && board.context.reins.has_spoken_since(order.percept.seen_at) {
        drop_order(board, order);
        return Break(None);
    }
    if order.ordered_by != LoopName::Reflex
        && let Ok(urgent) = lanes.urgent.try_recv()
    {
        drop_order(board, order);
        return Break(Some(urgent));
    }
    Continue(order)
}

async fn act(board: &Board, mut order: Order, lanes: &mut Lanes, age: Age) -> Result<Option<Order>, LoopError> {
    let question = order.decision.as_ref().map(|decision| decision.question);
    let mut is_kept = false;
    let mut place = loop {
        let mut place = board.place.lock().await;
        // From here on nothing else can move the world on.
        if overtaking::is_overtaken(&mut **place, board, &order, age).await? {
            drop_order(board, order);
            return Ok(None);
        }
        // Should the program be killed now, nobody can tell whether it was done; that it was begun, the journal can.
        if !std::mem::replace(&mut is_kept, true) {
            board.context.recorder.keep(What::Acting { action: order.call.clone(), question }).await;
            // Whoever was woken here is let through first: a place that blocks this thread would keep them with it.
            tokio::task::yield_now().await;
        }
        // Writing takes its time, and may itself have ended in a pause; nobody holds the place through one.
        if board.context.gate.is_shut() {
            return Ok(None);
        }
        if !board.context.brake.is_on() {
            break place;
        }
        drop(place);
        board.context.brake.passed().await;
        order = match still_due(board, order, lanes) {
            Continue(order) => order,
            Break(instead) => return Ok(instead),
        };
    };
    board.shown.change(|shown| {
        shown.acts += 1;
        if let Some(decision) = &order.decision {
            shown.decision = Some((**decision).clone());
        }
        show_begun(&mut shown.environment, &order.call);
    });
    let (tick, before) = (place.tick(), board.shown.get(|shown| shown.score));
    let running: CancellationToken = board.context.stop.child_token();
    let mut urgent = None;
    let effect = {
        let acting = place.act(&order.call, &running);
        tokio::pin!(acting);
        loop {
            tokio::select! {
                biased;
                effect = &mut acting => break effect?,
                // It is told to end early and says itself what came of it: nothing is ever done beside something else.
                Some(sooner) = lanes.urgent.recv(), if urgent.is_none() && order.ordered_by != LoopName::Reflex => {
                    // What is being done already comes no sooner by being begun again.
                    if sooner.call != order.call {
                        running.cancel();
                    }
                    urgent = Some(sooner);
                }
            }
        }
    };
    // Learning needs what followed; a look without a picture costs little, and perception looks again for the others.
    let after = place.observe(Want::default()).await;
    let view = place.view();
    board.repertoire.follow(&**place);
    drop(place);
    if let Ok(after) = &after {
        learn(board, &order, &effect, after, tick, before, lanes);
    }
    // A place that was lost over the look ends the session, and what was done before that is kept all the same.
    finish(board, order, effect, Some(view)).await;
    after?;
    Ok(urgent)
}

/// A tool may take long, and the place tells nothing before it has ended; so its call is shown from its beginning.
fn show_begun(view: &mut EnvironmentView, call: &ActionCall) {
    if let EnvironmentView::Tools(tools) = view {
        let number = tools.calls.last().map_or(0, |last| last.number) + 1;
        tools.calls.push(ToolCallView { number, call: call.clone(), status: None, text: String::new(), took_ms: 0 });
    }
}

/// Nothing was done, and the models are told why.
async fn refuse(board: &Board, order: Order, text: String) {
    board.shown.change(|shown| {
        if let Some(decision) = &order.decision {
            shown.decision = Some((**decision).clone());
        }
    });
    let score = board.shown.get(|shown| shown.score);
    let effect = Effect { status: EffectStatus::Rejected, text, score, changed: false, whole: None };
    finish(board, order, effect, None).await;
}

/// The world has moved on, so the order is not carried out.
fn drop_order(board: &Board, order: Order) {
    let text = format!("{} was decided for a moment that is gone", order.call);
    board.context.notice(NoticeKind::Information, LoopName::Action, text, None);
    let _asker_is_gone = order.answer.send(Done::Overtaken);
}

/// Keeps what came of it, and then tells everybody.
async fn finish(board: &Board, order: Order, mut effect: Effect, view: Option<EnvironmentView>) {
    let mut report = StepReport {
        step: board.shown.get(|shown| shown.step) + 1,
        action: order.call.clone(),
        ordered_by: order.ordered_by,
        by: order.by.clone(),
        because: order.because.clone(),
        score: effect.score,
        effect: effect.clone(),
        took_ms: millis(order.percept.seen_at.elapsed()),
        question: order.decision.as_ref().map(|decision| decision.question),
    };
    board.context.recorder.keep_later(What::Stepped(Box::new(report.clone())));
    // The journal has everything that was said; nobody else needs more than what the models read.
    (report.effect.whole, effect.whole) = (None, None);
    // Sent at once, so that a stop cannot come between the two; the worker tells it only once it is kept.
    let _worker_is_gone = board.context.tell.send(LoopMessage::Step(Box::new(report)));
    board.context.recorder.flush().await;
    let step = remember(board, &order, &effect, view);
    let is_forced = breaker::is_forced(&order.percept.observation.legal, &effect);
    let struck = if is_forced { None } else { board.context.reins.note_step(&order.call, &effect) };
    if let Some((_, words)) = struck {
        board.context.notice(NoticeKind::Warning, LoopName::Action, format!("Paused: {words}"), None);
    }
    board.look.notify_one();
    if order.ordered_by == LoopName::Reasoning {
        board.context.reins.decision_done();
    }
    let _asker_is_gone = order.answer.send(Done::Carried { effect, actions: step });
}

/// Notes the step for the models and the window; gives its number.
fn remember(board: &Board, order: &Order, effect: &Effect, view: Option<EnvironmentView>) -> u64 {
    let mut step = 0;
    board.shown.change(|shown| {
        if let Some(view) = view {
            shown.environment = view;
        }
        shown.step += 1;
        step = shown.step;
        shown.score = effect.score.or(shown.score);
        let how = match effect.status {
            EffectStatus::Done => "",
            EffectStatus::Rejected => "refused: ",
            EffectStatus::Failed => "failed: ",
            EffectStatus::Uncertain => "unclear whether it happened, look before trying it again: ",
        };
        if effect.status == EffectStatus::Uncertain {
            shown.unclear_step = step;
        }
        shown.remember(format!("{}: {how}{}", order.call, effect.text.replace('\n', " ")));
        if let Some(decision) = shown.decision.as_mut().filter(|_| order.decision.is_some()) {
            decision.step = step;
            decision.effect = Some(effect.text.clone());
        }
    });
    step
}

/// What did not happen, or may not have, teaches nothing.
fn learn(
    board: &Board,
    order: &Order,
    effect: &Effect,
    after: &Observation,
    tick: u64,
    before: Option<f64>,
    lanes: &Lanes,
) {
    let is_look = board.repertoire.read().risk(&order.call.name) == Risk::ReadOnly && !effect.changed;
    if effect.status != EffectStatus::Done || is_look {
        return;
    }
    let proposals = order.decision.iter().flat_map(|decision| &decision.proposals);
    let experience = Experience {
        step: board.shown.get(|shown| shown.step) + 1,
        tick,
        call: order.call.clone(),
        situation: order.percept.observation.situation(),
        reward: effect.score.zip(before).map_or(0.0, |(after, before)| after - before),
        next: after.ended.is_none().then(|| after.situation()),
        proposals: proposals.filter_map(|one| Some((one.title.clone(), one.action.clone()?))).collect(),
        is_decision: order.ordered_by == LoopName::Reasoning,
    };
    if lanes.learn.try_send(experience).is_err() {
        tracing::debug!("learning is behind, step not learnt from");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_of_a_tool_is_shown_as_under_way_and_elsewhere_nothing_is() {
        let mut view = EnvironmentView::Tools(Box::default());
        let call = ActionCall::with("read_file", "path", "a");
        show_begun(&mut view, &call);
        show_begun(&mut view, &call);
        let EnvironmentView::Tools(tools) = &view else { panic!("it stays a view of tools") };
        let calls: Vec<_> = tools.calls.iter().map(|call| (call.number, call.status)).collect();
        assert_eq!(calls, [(1, None), (2, None)]);
        let mut nothing = EnvironmentView::Nothing;
        show_begun(&mut nothing, &call);
        assert_eq!(nothing, EnvironmentView::Nothing);
    }
}
