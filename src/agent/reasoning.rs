//! Asks the mind what to do, orders it, and waits for what came of it.

use std::time::Duration;

use tokio::{
    sync::{oneshot, watch},
    time::{Instant, sleep, sleep_until},
};

use super::{Board, Context, Done, LoopEnd, LoopError, LoopResult, Order, Percept};
use crate::{
    llm::open::millis,
    mind::{Decision, MindError, Question},
    protocol::{DecisionView, Ending, LoopName, Moment, NoticeKind},
};

/// So many failed questions in a row end the session: the way the models are reached is broken, not one answer.
const FAILURES_IN_A_ROW: u32 = 3;
/// After each of them, times their number.
const AFTER_A_FAILURE: Duration = Duration::from_secs(1);
/// The clock on the wall and the one that waits need not agree.
const LEAST_REST: Duration = Duration::from_secs(1);

/// Runs until the session stops, the episode is over or a limit is reached.
pub async fn run(board: Board, thinking: watch::Sender<bool>) -> LoopResult {
    let stop = board.context.stop.clone();
    match stop.run_until_cancelled(reason(&board, &thinking)).await {
        Some(ended) => ended,
        None => board.context.stopped(LoopName::Reasoning),
    }
}

async fn reason(board: &Board, thinking: &watch::Sender<bool>) -> LoopResult {
    let beat = board.context.beats.begin(LoopName::Reasoning);
    let end = |note: String, ending: Ending| Ok(LoopEnd { note, ending: Some(ending) });
    let started = Instant::now();
    let mut percepts = board.percepts.clone();
    let (mut cycles, mut failures, mut actions_so_far) = (0_u64, 0_u32, 0_u64);
    let mut said_rest = None;
    loop {
        if board.duties.cycles.is_some_and(|limit| cycles >= limit) {
            return end(format!("{cycles} cycles are done"), Ending::LimitReached);
        }
        if board.duties.duration.is_some_and(|limit| started.elapsed() >= limit) {
            return end(format!("the time is over after {cycles} cycles"), Ending::LimitReached);
        }
        beat.wait();
        let Ok(percept) =
            percepts.wait_for(|percept| is_new(percept.as_ref(), actions_so_far)).await.map(|seen| seen.clone())
        else {
            return end("nothing is seen any more".to_owned(), Ending::Failed);
        };
        let Some(percept) = percept else { continue };
        if let Some(how) = &percept.observation.ended {
            return end(format!("the episode is over: {how}"), Ending::Finished);
        }
        board.context.brake.passed().await;
        let next_at = Instant::now() + board.duties.pace;
        beat.work("asking the mind");
        thinking.send_replace(true);
        let asked = within_time(board, started, &percept).await;
        thinking.send_replace(false);
        match asked {
            None => return end(format!("the time is over after {cycles} cycles"), Ending::LimitReached),
            Some(Err(MindError::Stopped)) => return board.context.stopped(LoopName::Reasoning),
            Some(Err(error)) if error.rests_until().is_some() => {
                beat.wait();
                failures = 0;
                said_rest = wait_for_a_provider(board, &error, started, said_rest).await;
            }
            Some(Err(error)) => {
                failures += 1;
                report_failure(&board.context, &error);
                if failures >= FAILURES_IN_A_ROW {
                    return Err(LoopError { problem: Box::new(error.problem()) });
                }
                // A server that is just starting again needs a moment, not three questions in one.
                sleep(AFTER_A_FAILURE * failures).await;
            }
            Some(Ok(decision)) => {
                failures = 0;
                beat.work("acting");
                if let Some(actions) = order(board, percept, decision).await {
                    actions_so_far = actions;
                    cycles += 1;
                }
                sleep_until(next_at).await;
            }
        }
    }
}

/// Nobody may be asked before a time that a provider named itself. That is no failure, only a wait, which a person is told
/// of once and can end with Stop. Gives the time that was told.
async fn wait_for_a_provider(
    board: &Board,
    error: &MindError,
    started: Instant,
    said: Option<Moment>,
) -> Option<Moment> {
    let until = error.rests_until()?;
    if said != Some(until) {
        let problem = error.problem();
        board.context.notice(NoticeKind::Warning, LoopName::Reasoning, problem.summary.clone(), Some(problem));
    }
    let wait = Duration::from_millis(until.0.saturating_sub(Moment::now().0)).max(LEAST_REST);
    let over = board.duties.duration.map(|limit| started + limit);
    let rested = Instant::now() + wait;
    sleep_until(over.map_or(rested, |over| over.min(rested))).await;
    Some(until)
}

/// True once everything that was done has also been seen.
fn is_new(percept: Option<&Percept>, actions_so_far: u64) -> bool {
    percept.is_some_and(|percept| percept.actions_before >= actions_so_far)
}

/// Asks, unless the session's time is over first.
async fn within_time(board: &Board, started: Instant, percept: &Percept) -> Option<Result<Decision, MindError>> {
    let question = Question {
        goal: board.duties.goal.clone(),
        observation: percept.observation.clone(),
        actions: board.actions.clone(),
        recent: board.shown.read().recent.into(),
    };
    let asking = board.mind.decide(&question);
    match board.duties.duration {
        Some(limit) => tokio::time::timeout_at(started + limit, asking).await.ok(),
        None => Some(asking.await),
    }
}

/// Has the decision carried out; gives the count of actions after it, or `None` if the world had moved on.
async fn order(board: &Board, percept: Percept, decision: Decision) -> Option<u64> {
    for shortfall in &decision.shortfalls {
        board.context.notice(NoticeKind::Warning, LoopName::Reasoning, shortfall.clone(), None);
    }
    let (answer, done) = oneshot::channel();
    let Decision { action, by, because, proposals, shortfalls, confidence: _ } = decision;
    let view = DecisionView {
        step: 0,
        action: action.clone(),
        by: by.clone(),
        because: because.clone(),
        proposals,
        shortfalls,
        took_ms: millis(percept.seen_at.elapsed()),
        effect: None,
    };
    let decision = Some(Box::new(view));
    let order = Order { call: action, ordered_by: LoopName::Reasoning, by, because, percept, decision, answer };
    board.orders.send(order).await.ok()?;
    match done.await.ok()? {
        Done::Carried { actions, .. } => Some(actions),
        Done::Overtaken => None,
    }
}

fn report_failure(context: &Context, error: &MindError) {
    let problem = error.problem();
    context.notice(NoticeKind::Warning, LoopName::Reasoning, problem.summary.clone(), Some(problem));
}
