//! Asks the mind what to do, orders it, and waits for what came of it.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{oneshot, watch},
    time::{Instant, sleep, sleep_until},
};

use super::{Beat, Board, Context, Done, LoopEnd, LoopError, LoopResult, Order, Percept};
use crate::{
    llm::open::millis,
    mind::{Decision, Mind, MindError, Question},
    protocol::{Decided, DecisionView, Ending, LoopName, Moment, NoticeKind, Questioned, What},
};

/// So many failed questions in a row end the session: the way the models are reached is broken, not one answer.
const FAILURES_IN_A_ROW: u32 = 3;
/// After each of them, times their number.
const AFTER_A_FAILURE: Duration = Duration::from_secs(1);
/// The clock on the wall and the one that waits need not agree.
const LEAST_REST: Duration = Duration::from_secs(1);
/// So many decisions in a row that came too late are worth a word.
const LATE_IN_A_ROW: u32 = 3;
/// And so many that rules had to make.
const BY_RULES_IN_A_ROW: u32 = 3;
/// An episode whose end begins with this has ended well.
const GOAL_REACHED: &str = "goal reached";

/// Runs until the session stops, the episode is over, the goal is reached or a limit is.
pub async fn run(board: Board, thinking: watch::Sender<Option<Instant>>) -> LoopResult {
    let stop = board.context.stop.clone();
    match stop.run_until_cancelled(reason(&board, &thinking)).await {
        Some(ended) => ended,
        None => board.context.stopped(LoopName::Reasoning),
    }
}

/// What has been so far.
struct Course {
    started: Instant,
    cycles: u64,
    failures: u32,
    /// The last look that is not to be asked about any more.
    old_look: u64,
    /// Decisions in a row that the world had overtaken.
    late: u32,
    /// Decisions in a row that rules made.
    by_rules: u32,
    /// The rest of a provider that was told last.
    said_rest: Option<Moment>,
}

/// What came of a question.
enum Asked {
    Decided(Decision),
    Failed(MindError),
    /// The reflex acted, and what was asked about is gone.
    BrokenOff,
    /// The session's time is over.
    TimeIsOver,
}

async fn reason(board: &Board, thinking: &watch::Sender<Option<Instant>>) -> LoopResult {
    let beat = board.context.beats.begin(LoopName::Reasoning);
    let mut percepts = board.percepts.clone();
    let mut course =
        Course { started: Instant::now(), cycles: 0, failures: 0, old_look: 0, late: 0, by_rules: 0, said_rest: None };
    loop {
        if let Some(end) = limit_reached(board, &course) {
            return Ok(end);
        }
        beat.wait();
        let seen = percepts.wait_for(|percept| is_new(board, percept.as_ref(), &course)).await;
        let Ok(Some(percept)) = seen.map(|seen| seen.clone()) else {
            // Perception has ended, and with it the session; why is for it to say.
            board.context.stop.cancelled().await;
            return board.context.stopped(LoopName::Reasoning);
        };
        if board.duties.goal_when.as_ref().is_some_and(|goal| goal.holds(&percept.observation.facts)) {
            return end(format!("the goal is reached: {}", board.duties.goal), Ending::GoalReached);
        }
        if let Some(how) = &percept.observation.ended {
            return Ok(episode_over(board, how));
        }
        if let Some((_, words)) = board.context.reins.note_time() {
            board.context.notice(NoticeKind::Warning, LoopName::Reasoning, format!("Paused: {words}"), None);
        }
        if board.context.brake.is_on() {
            board.context.brake.passed().await;
            // Whatever has happened in the pause, the question is about what is there now.
            look_anew(board, &mut course);
            continue;
        }
        let next_at = Instant::now() + board.duties.pace;
        beat.work("asking the mind");
        thinking.send_replace(Some(Instant::now()));
        let held_before = board.context.brake.held_for();
        let question = board.context.recorder.begin_question(percept.look);
        let questioned = Questioned { question, look: percept.look };
        board.context.recorder.keep(What::Questioned(questioned)).await;
        let asked = ask(board, course.started, &percept).await;
        board.context.recorder.end_question();
        let in_a_pause = board.context.brake.held_for().saturating_sub(held_before);
        let took = percept.seen_at.elapsed().saturating_sub(in_a_pause);
        thinking.send_replace(None);
        match asked {
            Asked::Decided(decision) => {
                (course.failures, course.by_rules) = (0, 0);
                decided(board, &beat, &mut course, questioned, percept, decision, took).await;
                sleep_until(next_at).await;
            }
            // What the reflex did has to be seen first.
            Asked::BrokenOff => {}
            Asked::TimeIsOver => {
                return end(format!("the time is over after {} cycles", course.cycles), Ending::LimitReached);
            }
            Asked::Failed(MindError::NothingUsable { shortfalls }) if !percept.observation.legal.is_empty() => {
                course.failures = 0;
                decide_by_rules(board, &beat, &mut course, questioned, percept, shortfalls, took).await?;
                sleep_until(next_at).await;
            }
            Asked::Failed(MindError::Stopped) => return board.context.stopped(LoopName::Reasoning),
            Asked::Failed(error) => failed(board, &beat, &mut course, error).await?,
        }
    }
}

#[expect(clippy::unnecessary_wraps, reason = "it is what the loop gives")]
fn end(note: String, ending: Ending) -> LoopResult {
    Ok(LoopEnd { note, ending: Some(ending) })
}

/// Where no condition can tell, whoever acts says that the goal is reached, and that is told like any other success.
fn episode_over(board: &Board, how: &str) -> LoopEnd {
    let is_reached = how.get(..GOAL_REACHED.len()).is_some_and(|words| words.eq_ignore_ascii_case(GOAL_REACHED));
    if !is_reached {
        return LoopEnd { note: format!("the episode is over: {how}"), ending: Some(Ending::Finished) };
    }
    board.context.notice(NoticeKind::Information, LoopName::Reasoning, capitalised(how), None);
    LoopEnd { note: how.to_owned(), ending: Some(Ending::GoalReached) }
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn limit_reached(board: &Board, course: &Course) -> Option<LoopEnd> {
    let cycles = course.cycles;
    let note = if board.duties.cycles.is_some_and(|limit| cycles >= limit) {
        format!("{cycles} cycles are done")
    } else if board.duties.duration.is_some_and(|limit| course.started.elapsed() >= limit) {
        format!("the time is over after {cycles} cycles")
    } else {
        return None;
    };
    Some(LoopEnd { note, ending: Some(Ending::LimitReached) })
}

/// True once everything that was done has also been seen, with a picture where the mind wants one.
fn is_new(board: &Board, percept: Option<&Percept>, course: &Course) -> bool {
    let steps = board.shown.get(|shown| shown.step);
    let is_newer = |percept: &&Percept| percept.actions_before >= steps && percept.look > course.old_look;
    let Some(percept) = percept.filter(is_newer) else { return false };
    if board.mind.wants_picture() && !percept.has_picture {
        // It was looked at while the mind was busy; now somebody wants to see it.
        board.look.notify_one();
        return false;
    }
    true
}

/// The models answered, but named nothing that is possible: rules decide this once, and it is said.
async fn decide_by_rules(
    board: &Board,
    beat: &Beat,
    course: &mut Course,
    questioned: Questioned,
    percept: Percept,
    shortfalls: Vec<String>,
    took: Duration,
) -> Result<(), LoopError> {
    let question = Question {
        goal: board.duties.goal.clone(),
        observation: percept.observation.clone(),
        actions: Arc::clone(&board.repertoire.read().actions),
        ..Question::default()
    };
    if course.by_rules == 0 {
        board.rules.others_decided();
    }
    let decision =
        board.rules.decide(&question).await.map_err(|error| LoopError { problem: Box::new(error.problem()) })?;
    course.by_rules += 1;
    board.shown.change(|shown| shown.clock.by_rules += 1);
    if course.by_rules == BY_RULES_IN_A_ROW {
        let problem = MindError::NothingUsable { shortfalls: shortfalls.clone() }.problem();
        let text = format!("Rules decided {BY_RULES_IN_A_ROW} times in a row: {}", problem.summary);
        board.context.notice(NoticeKind::Warning, LoopName::Reasoning, text, Some(problem));
    }
    let said = "The models named nothing that is possible, so rules decided".to_owned();
    let shortfalls = [vec![said], shortfalls].concat();
    decided(board, beat, course, questioned, percept, Decision { shortfalls, ..decision }, took).await;
    Ok(())
}

/// Whatever was seen so far is not asked about any more.
fn look_anew(board: &Board, course: &mut Course) {
    course.old_look = board.percepts.borrow().as_ref().map_or(0, |percept| percept.look);
    board.look.notify_one();
}

/// Asks, unless the session's time is over first, or the reflex acts and asking has lost its point.
async fn ask(board: &Board, started: Instant, percept: &Percept) -> Asked {
    let observation = &percept.observation;
    let question = Question {
        goal: board.duties.goal.clone(),
        observation: observation.clone(),
        actions: Arc::clone(&board.repertoire.read().actions),
        recent: board.shown.get(|shown| shown.recent.iter().cloned().collect()),
        notes: board.context.reins.notes(),
        hints: board.lessons.hints(&observation.situation(), &observation.legal),
    };
    let time_is_over = async {
        match board.duties.duration {
            Some(limit) => sleep_until(started + limit).await,
            None => std::future::pending().await,
        }
    };
    // What the reflex did before the question began is part of it.
    let preempted = board.preempted.notified();
    tokio::pin!(preempted);
    preempted.as_mut().enable();
    tokio::select! {
        biased;
        decided = board.mind.decide(&question) => match decided {
            Ok(decision) => Asked::Decided(decision),
            Err(error) => Asked::Failed(error),
        },
        () = &mut preempted, if board.duties.reflex.preempts => Asked::BrokenOff,
        () = time_is_over => Asked::TimeIsOver,
    }
}

async fn decided(
    board: &Board,
    beat: &Beat,
    course: &mut Course,
    questioned: Questioned,
    percept: Percept,
    decision: Decision,
    took: Duration,
) {
    board.shown.change(|shown| {
        shown.clock.decisions += 1;
        // Thinking has as long as a turn takes; where the world waits, nobody is late.
        shown.clock.misses += u64::from(board.clock.turn().is_some_and(|turn| took > turn));
    });
    beat.work("acting");
    if order(board, questioned, percept, decision, took).await {
        course.cycles += 1;
        course.late = 0;
        return;
    }
    course.late += 1;
    if course.late == LATE_IN_A_ROW {
        let text = "The models are slower than the world: their decisions come too late. Let the world wait \
                    while they think, or choose a quicker way of thinking";
        board.context.notice(NoticeKind::Warning, LoopName::Reasoning, text.to_owned(), None);
    }
    // The same moment must not be asked about again.
    look_anew(board, course);
}

async fn failed(board: &Board, beat: &Beat, course: &mut Course, error: MindError) -> Result<(), LoopError> {
    if error.rests_until().is_some() {
        beat.wait();
        course.failures = 0;
        course.said_rest = wait_for_a_provider(board, &error, course).await;
        return Ok(());
    }
    course.failures += 1;
    report_failure(&board.context, &error);
    if course.failures >= FAILURES_IN_A_ROW {
        return Err(LoopError { problem: Box::new(error.problem()) });
    }
    // A server that is just starting again needs a moment, not three questions in one.
    sleep(AFTER_A_FAILURE * course.failures).await;
    Ok(())
}

/// Nobody may be asked before a time that a provider named itself. That is no failure, only a wait, which a person is told
/// of once and can end with Stop. Gives the time that was told.
async fn wait_for_a_provider(board: &Board, error: &MindError, course: &Course) -> Option<Moment> {
    let until = error.rests_until()?;
    if course.said_rest != Some(until) {
        report_failure(&board.context, error);
    }
    let wait = Duration::from_millis(until.0.saturating_sub(Moment::now().0)).max(LEAST_REST);
    let over = board.duties.duration.map(|limit| course.started + limit);
    let rested = Instant::now() + wait;
    sleep_until(over.map_or(rested, |over| over.min(rested))).await;
    Some(until)
}

/// Has the decision carried out; false if the world had moved on.
async fn order(board: &Board, questioned: Questioned, percept: Percept, decision: Decision, took: Duration) -> bool {
    for shortfall in &decision.shortfalls {
        board.context.notice(NoticeKind::Warning, LoopName::Reasoning, shortfall.clone(), None);
    }
    let (answer, done) = oneshot::channel();
    let Decision { action, by, because, proposals, shortfalls, confidence: _ } = decision;
    let Questioned { question, look } = questioned;
    let view = DecisionView {
        question,
        step: 0,
        action: action.clone(),
        by: by.clone(),
        because: because.clone(),
        proposals,
        shortfalls,
        took_ms: millis(took),
        effect: None,
    };
    let decided = Decided { question, look, decision: view.clone() };
    board.context.recorder.keep(What::Decided(Box::new(decided))).await;
    let decision = Some(Box::new(view));
    let order = Order { call: action, ordered_by: LoopName::Reasoning, by, because, percept, decision, answer };
    board.orders.send(order).await.is_ok() && matches!(done.await, Ok(Done::Carried { .. }))
}

fn report_failure(context: &Context, error: &MindError) {
    let problem = error.problem();
    context.notice(NoticeKind::Warning, LoopName::Reasoning, problem.summary.clone(), Some(problem));
}
