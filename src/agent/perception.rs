//! Looks: once at the start, after every action, and now and then where the world moves by itself. It also keeps the
//! clock of a world whose time is its own.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::watch,
    time::{Instant, sleep_until},
};

use super::{Board, LoopEnd, LoopError, LoopResult, Percept};
use crate::{
    environment::{Observation, Want},
    protocol::{Ending, EnvironmentView, LoopName, NoticeKind, Observed, What},
};

/// Nobody but the reflex uses what is seen while the models think about something older; it must still see danger in time.
const SELDOM: Duration = Duration::from_secs(2);
/// So many looks that reasoning has not taken up halve the pace.
const LAG: u32 = 4;

/// So many calls are kept with each look at a tool server.
const CALLS_KEPT: usize = 6;

/// Runs until the session stops or the goal is reached.
pub async fn run(board: Board, percepts: watch::Sender<Option<Percept>>) -> LoopResult {
    let beat = board.context.beats.begin(LoopName::Perception);
    let (can_pause, every) = {
        let place = board.place.lock().await;
        (place.info().can_pause, place.look_every())
    };
    let mut turn_at = board.clock.turn().filter(|_| can_pause).map(|turn| Instant::now() + turn);
    let looking = async {
        let (mut untaken, mut acts, mut looks) = (0, 0, 0);
        let mut kept = None;
        loop {
            beat.work(if untaken >= LAG { "looking less often, reasoning is behind" } else { "looking" });
            looks += 1;
            if look(&board, &percepts, looks, &mut kept).await? {
                return Ok(reached(&board));
            }
            beat.wait();
            // Whoever acts has used the turn.
            let now = board.shown.get(|shown| shown.acts);
            if now != std::mem::replace(&mut acts, now) {
                turn_at = turn_at.and(board.clock.turn()).map(|turn| Instant::now() + turn);
            }
            let is_thinking = board.thinking.borrow().is_some();
            untaken = if is_thinking { untaken + 1 } else { 0 };
            let look_at = (!can_pause).then(|| Instant::now() + pace(every, untaken));
            tokio::select! {
                () = board.look.notified() => {}
                () = until(look_at) => {}
                () = until(turn_at) => turn_at = Some(pass_turn(&board).await),
            }
        }
    };
    match board.context.stop.run_until_cancelled(looking).await {
        Some(ended) => ended,
        None => board.context.stopped(LoopName::Perception),
    }
}

/// The time between two looks, longer the more of them nobody has taken up.
fn pace(every: Duration, untaken: u32) -> Duration {
    (every * 2_u32.pow((untaken / LAG).min(4))).min(SELDOM.max(every))
}

async fn until(moment: Option<Instant>) {
    match moment {
        Some(moment) => sleep_until(moment).await,
        None => std::future::pending().await,
    }
}

/// Looks, and tells everybody. True if the goal is reached. `kept` is what was recorded last: what looks the same is not
/// recorded again.
async fn look(
    board: &Board,
    percepts: &watch::Sender<Option<Percept>>,
    look: u64,
    kept: &mut Option<Arc<Observation>>,
) -> Result<bool, LoopError> {
    // While the models think, nobody would look at a picture.
    let picture = board.mind.wants_picture() && board.thinking.borrow().is_none();
    let mut place = board.place.lock().await;
    let observation = Arc::new(place.observe(Want { picture }).await?);
    let (view, file) = (place.view(), place.picture_file());
    board.repertoire.follow(&**place);
    let actions_before = board.shown.get(|shown| shown.step);
    drop(place);
    if kept.as_ref() != Some(&observation) {
        let view = briefly(view.clone());
        let picture_png = observation.picture.clone().or(file);
        let observed = Observed { picture_png, ..observed(look, &observation, view) };
        board.context.recorder.keep(What::Observed(Box::new(observed))).await;
        *kept = Some(Arc::clone(&observation));
    }
    board.shown.change(|shown| {
        shown.environment = view;
        shown.score = observation.score;
    });
    let is_reached = board.duties.goal_when.as_ref().is_some_and(|goal| goal.holds(&observation.facts));
    let seen_at = Instant::now();
    percepts.send_replace(Some(Percept { observation, actions_before, look, has_picture: picture, seen_at }));
    Ok(is_reached)
}

/// The view as it is kept: the steps keep every call with all that came of it, so a look keeps the last ones only.
fn briefly(mut view: EnvironmentView) -> EnvironmentView {
    if let EnvironmentView::Tools(tools) = &mut view {
        let older = tools.calls.len().saturating_sub(CALLS_KEPT);
        tools.calls.drain(..older);
    }
    view
}

/// The look as it is kept, without its picture.
fn observed(look: u64, observation: &Observation, view: EnvironmentView) -> Observed {
    Observed {
        look,
        tick: observation.tick,
        scene: observation.scene,
        situation: observation.situation(),
        text: observation.text.clone(),
        facts: observation.facts.clone(),
        score: observation.score,
        view,
        picture_png: None,
        picture: None,
    }
}

fn reached(board: &Board) -> LoopEnd {
    let note = format!("the goal is reached: {}", board.duties.goal);
    board.context.notice(NoticeKind::Information, LoopName::Perception, note.clone(), None);
    LoopEnd { note, ending: Some(Ending::GoalReached) }
}

/// One turn goes by in which nobody acted, unless it is a person who is waited for. Gives when the next one is due.
async fn pass_turn(board: &Board) -> Instant {
    let turn = board.clock.turn().unwrap_or(SELDOM);
    let is_held = board.context.brake.is_on() || board.context.reins.waiting().is_some();
    if !is_held && board.context.gate.pass().is_ok() {
        let passed = board.place.lock().await.pass_turn();
        if let Some(effect) = passed {
            board.shown.change(|shown| {
                shown.clock.turns_lost += 1;
                shown.remember(effect.text);
            });
        }
    }
    Instant::now() + turn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_become_rarer_while_nobody_takes_them_up_and_never_too_rare_for_the_reflex() {
        let ms = Duration::from_millis;
        let paces = |every| [0, 3, 4, 8, 400].map(|untaken| pace(ms(every), untaken));
        assert_eq!(paces(500), [500, 500, 1000, 2000, 2000].map(ms));
        assert_eq!(paces(100), [100, 100, 200, 400, 1600].map(ms));
        assert_eq!(paces(9000), [ms(9000); 5], "whoever wants it seldom is not disturbed more often");
    }
}
