//! The learning loop: hears of every step, learns what actions are worth, has them judged where somebody can, and keeps
//! what was learnt.

mod judging;
pub mod lessons;
mod values;

use std::{collections::VecDeque, time::Duration};

use tokio::{
    sync::mpsc,
    time::{Instant, timeout},
};

pub use self::lessons::Lessons;
use super::{Board, LoopResult};
use crate::{
    environment::Critic,
    protocol::{ActionCall, Judgement, LoopName, Moment},
};

/// How often what was learnt is handed to the journal.
const KEEP_EVERY: Duration = Duration::from_secs(2);
/// How long handing over the rest may take at the end.
const LAST_MAY_TAKE: Duration = Duration::from_millis(300);
/// So many judgements may be due; older steps are then left unjudged.
const MOST_DUE: usize = 200;

/// One step that something can be learnt from.
#[derive(Clone, Debug, PartialEq)]
pub struct Experience {
    pub step: u64,
    /// The moment in which it was done, as the environment counts them.
    pub tick: u64,
    pub call: ActionCall,
    pub situation: String,
    /// Points that the step brought at once.
    pub reward: f64,
    /// What followed; `None` where the episode was over.
    pub next: Option<String>,
    /// What each expert had proposed, by its title.
    pub proposals: Vec<(String, ActionCall)>,
    /// A decision; what loops without a mind do is learnt from and not judged.
    pub is_decision: bool,
}

/// Runs until the session stops.
pub async fn run(board: Board, mut steps: mpsc::Receiver<Experience>) -> LoopResult {
    let beat = board.context.beats.begin(LoopName::Learning);
    let mut critic = board.place.lock().await.critic();
    board.shown.change(|shown| shown.regret.is_known = critic.is_some());
    let learning = async {
        let mut due = VecDeque::new();
        let mut keep_at = Instant::now() + KEEP_EVERY;
        loop {
            beat.wait();
            let Some(critic) = critic.as_mut().filter(|_| !due.is_empty()) else {
                match next(&board, &mut steps, &mut keep_at).await {
                    Some(step) => take(&board, &beat, step, &mut due),
                    None => return,
                }
                continue;
            };
            let Some(judged) = due.pop_front() else { continue };
            // The search is carried on whatever else is heard meanwhile.
            let judging = judge(critic.as_mut(), &judged);
            tokio::pin!(judging);
            loop {
                tokio::select! {
                    biased;
                    step = next(&board, &mut steps, &mut keep_at) => match step {
                        Some(step) => take(&board, &beat, step, &mut due),
                        None => return,
                    },
                    judgement = &mut judging => {
                        if let Some(judgement) = judgement {
                            judging::tell(&board, judgement).await;
                        }
                        break;
                    }
                }
            }
        }
    };
    let _stopped: Option<()> = board.context.stop.run_until_cancelled(learning).await;
    // The last step of an episode is the one that tells how it ended.
    while let Ok(step) = steps.try_recv() {
        if board.duties.learning {
            board.lessons.learn(&step, Moment::now());
        }
    }
    let _too_slow = timeout(LAST_MAY_TAKE, board.lessons.keep()).await;
    board.context.stopped(LoopName::Learning)
}

/// The next step; keeps what was learnt while there is none. `None` once nobody acts any more.
async fn next(board: &Board, steps: &mut mpsc::Receiver<Experience>, keep_at: &mut Instant) -> Option<Experience> {
    loop {
        tokio::select! {
            biased;
            step = steps.recv() => return step,
            () = tokio::time::sleep_until(*keep_at) => {
                board.lessons.keep().await;
                *keep_at = Instant::now() + KEEP_EVERY;
            }
        }
    }
}

fn take(board: &Board, beat: &super::Beat, step: Experience, due: &mut VecDeque<Experience>) {
    beat.work(&step.situation);
    if board.duties.learning {
        board.lessons.learn(&step, Moment::now());
    }
    if let Some(situation) = &step.next {
        board.lessons.look_at(situation);
    }
    if step.is_decision {
        due.push_back(step);
        if due.len() > MOST_DUE {
            due.pop_front();
        }
    }
}

async fn judge(critic: &mut dyn Critic, step: &Experience) -> Option<Judgement> {
    let calls: Vec<ActionCall> =
        [&step.call].into_iter().chain(step.proposals.iter().map(|(_, call)| call)).cloned().collect();
    let costs = critic.judge(step.tick, &calls).await?;
    judging::judgement(step, &costs)
}
