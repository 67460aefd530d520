//! One run: a player without a model beside the terminal, or a session through the worker.

use std::{
    io,
    time::{Duration, Instant},
};

use super::{
    arm::{Arm, Player},
    plan::Plan,
    statistics::mean,
    store::{RunEnd, RunResult},
};
use crate::{
    cli::terminal::{Heard, Terminal},
    environment::world::{
        World,
        baseline::{Baseline, Played, play},
    },
    llm::open::millis,
    protocol::{
        Command, Ending, Event, LoopName, Notice, NoticeKind, PauseReason, Problem, SessionReport, StepReport, Until,
    },
    settings::Settings,
};

/// Chance is no score until it was tried this often in the same world.
const RANDOM_GAMES: u64 = 200;

/// What came of it.
pub struct Ran {
    /// `None` where somebody interrupted it before its end.
    pub result: Option<RunResult>,
    /// Somebody wants no further runs.
    pub is_interrupted: bool,
}

/// Plays one arm in one world.
pub async fn once(plan: &Plan, arm: &Arm, seed: u64, terminal: &mut Terminal) -> io::Result<Ran> {
    match arm.player {
        Player::Baseline(baseline) => {
            let (difficulty, wording) = (plan.difficulty, plan.wording_of(arm));
            let game = move || without_a_model(baseline, &World::with_wording(seed, difficulty, wording));
            beside(terminal, game).await
        }
        Player::Strategy(strategy) => session(terminal, plan.settings(arm, strategy, seed), plan.limit).await,
    }
}

/// Lets a game be played where it holds up nobody, and listens meanwhile. It is over in a second or so and cannot be
/// broken off.
async fn beside(terminal: &mut Terminal, game: impl FnOnce() -> RunResult + Send + 'static) -> io::Result<Ran> {
    let mut playing = tokio::task::spawn_blocking(game);
    let (mut is_interrupted, mut is_worker_there) = (false, true);
    loop {
        tokio::select! {
            done = &mut playing => {
                return Ok(Ran { result: Some(done.map_err(io::Error::other)?), is_interrupted });
            }
            heard = terminal.next(), if is_worker_there => match heard {
                Heard::Interrupt => is_interrupted = true,
                // It is not needed here; whoever needs it will notice.
                Heard::Gone => is_worker_there = false,
                Heard::Event(_) | Heard::Line(_) => {}
            }
        }
    }
}

fn without_a_model(baseline: Baseline, world: &World) -> RunResult {
    let began = Instant::now();
    let games = if baseline == Baseline::Random { RANDOM_GAMES } else { 1 };
    // Other dice in every world, or chance would have the same luck in all of them.
    let first = world.seed().wrapping_mul(games);
    let games: Vec<Played> = (0..games).map(|game| play(baseline, world, first.wrapping_add(game))).collect();
    let scores: Vec<f64> = games.iter().map(|game| f64::from(game.score)).collect();
    let decisions = games.iter().map(|game| game.decisions).sum::<usize>() / games.len().max(1);
    let decisions = u64::try_from(decisions).unwrap_or(u64::MAX);
    RunResult {
        end: RunEnd::Finished,
        score: mean(&scores),
        steps: decisions,
        decisions,
        is_clean: true,
        is_proved: games.iter().all(|game| game.is_proved),
        bound: games.iter().find_map(|game| game.bound).map(f64::from),
        took_ms: millis(began.elapsed()),
        ..RunResult::default()
    }
}

/// Has the worker play a whole session with these settings, which it keeps to itself.
async fn session(terminal: &mut Terminal, settings: Settings, limit: Duration) -> io::Result<Ran> {
    let environment = settings.agent.environment.clone();
    terminal.send(Command::SaveSettings { settings: Box::new(settings) });
    // What was learnt in another run, by another arm or with clues, would make this one something else.
    terminal.send(Command::ForgetLessons { environment });
    loop {
        match terminal.next().await {
            Heard::Event(Event::LessonsForgotten { .. }) => break,
            Heard::Event(Event::Refused(problem)) => {
                return Ok(Ran { result: Some(not_started(&problem)), is_interrupted: false });
            }
            Heard::Interrupt => return Ok(Ran { result: None, is_interrupted: true }),
            Heard::Gone => return Err(has_ended()),
            Heard::Event(_) | Heard::Line(_) => {}
        }
    }
    terminal.send(Command::Start { until: Until { cycles: None, duration_ms: Some(millis(limit)) } });
    let mut tally = Tally::default();
    let mut is_interrupted = false;
    loop {
        match terminal.next().await {
            Heard::Event(Event::SessionEnded(report)) => {
                let is_cut_off = is_interrupted && report.outcome == Ending::Stopped;
                let result = (!is_cut_off).then(|| tally.result(&report));
                return Ok(Ran { result, is_interrupted });
            }
            // Once it runs, only something beside it can be refused.
            Heard::Event(Event::Refused(problem)) if !tally.has_started => {
                return Ok(Ran { result: Some(not_started(&problem)), is_interrupted });
            }
            Heard::Event(event) => {
                if tally.note(event) == Next::Stop {
                    terminal.send(Command::Stop);
                }
            }
            Heard::Line(_) => {}
            // A session that is still being prepared has no end of its own; closing the terminal stops it all the same.
            Heard::Interrupt if !tally.has_started => {
                return Ok(Ran { result: None, is_interrupted: true });
            }
            Heard::Interrupt => {
                is_interrupted = true;
                terminal.send(Command::Stop);
            }
            Heard::Gone => return Err(has_ended()),
        }
    }
}

fn has_ended() -> io::Error {
    io::Error::other("the worker has ended in the middle of a run")
}

fn not_started(problem: &Problem) -> RunResult {
    RunResult { end: RunEnd::NotStarted, problem: Some(problem.summary.clone()), ..RunResult::default() }
}

/// Whether the session goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    GoOn,
    Stop,
}

/// What is counted while a session runs.
#[derive(Debug, Default)]
struct Tally {
    has_started: bool,
    is_demo: bool,
    decisions: u64,
    fell_back: u64,
    shortfalls: u64,
    thinking_ms: u64,
    /// Something fell short since the last decision.
    falls_short: bool,
    paused: Option<PauseReason>,
}

impl Tally {
    fn note(&mut self, event: Event) -> Next {
        match event {
            Event::SessionStarted(started) => {
                self.has_started = true;
                self.is_demo = started.demo;
            }
            Event::Step(step) if step.ordered_by == LoopName::Reasoning => self.decided(&step),
            Event::Notice(notice) => self.noticed(&notice),
            // Nobody is there who could let it go on.
            Event::Paused { why } => {
                self.paused.get_or_insert(why);
                return Next::Stop;
            }
            _ => {}
        }
        Next::GoOn
    }

    fn decided(&mut self, step: &StepReport) {
        self.decisions += 1;
        self.thinking_ms += step.took_ms;
        self.fell_back += u64::from(std::mem::take(&mut self.falls_short));
    }

    /// What falls short is told before the decision that came about all the same.
    fn noticed(&mut self, notice: &Notice) {
        if notice.kind == NoticeKind::Warning && notice.from == LoopName::Reasoning.title() {
            self.falls_short = true;
            self.shortfalls += 1;
        }
    }

    fn result(self, report: &SessionReport) -> RunResult {
        let (end, problem) = self.end(report);
        let spending = &report.spending;
        let mut models: Vec<String> =
            spending.lines.iter().filter(|line| line.calls > 0).map(|line| line.model.clone()).collect();
        models.sort();
        models.dedup();
        RunResult {
            end,
            score: report.score,
            problem,
            steps: report.steps,
            decisions: self.decisions,
            fell_back: self.fell_back,
            shortfalls: self.shortfalls,
            deliberations: report.ensemble.decisions,
            calls: spending.calls,
            tokens: spending.prompt_tokens + spending.answer_tokens,
            // So many digits can be read again exactly as they were written.
            usd: rounded(spending.usd),
            models,
            is_demo: self.is_demo,
            regret: report.regret.is_known.then(|| rounded(report.regret.total)),
            judged: u64::try_from(report.regret.judgements.len()).unwrap_or(u64::MAX),
            is_clean: report.certificate.clean,
            is_proved: false,
            bound: None,
            thinking_ms: self.thinking_ms,
            took_ms: report.took_ms,
        }
    }

    /// How it ended, and why if that was a failure.
    fn end(&self, report: &SessionReport) -> (RunEnd, Option<String>) {
        let end = match (report.outcome, &self.paused) {
            (Ending::Finished, _) => RunEnd::Finished,
            (Ending::GoalReached, _) => RunEnd::GoalReached,
            (Ending::LimitReached, _) => RunEnd::TimeOver,
            (Ending::Stopped, Some(PauseReason::Budget { .. })) => RunEnd::Budget,
            (Ending::Stopped, Some(_)) => RunEnd::Paused,
            (Ending::Failed, _) | (Ending::Stopped, None) => RunEnd::Failed,
        };
        let told = report.problem.as_ref().map(|problem| problem.summary.clone());
        let problem = match end {
            RunEnd::Failed => told.or_else(|| Some(report.outcome.words().to_owned())),
            _ if report.score.is_none() => told.or_else(|| Some("It ended before its first step".to_owned())),
            _ => None,
        };
        (end, problem)
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        protocol::{
            ActionCall, Certificate, ClockView, Effect, EffectStatus, EnsembleView, RegretView, SessionStarted,
            Spending, SpendingLine,
        },
        settings::{Difficulty, Strategy, Wording},
    };

    fn started() -> Event {
        let (session, environment, goal) = ("s-1".to_owned(), "world".to_owned(), "points".to_owned());
        let strategy = Strategy::Single;
        Event::SessionStarted(Box::new(SessionStarted { session, environment, goal, seed: 1, strategy, demo: true }))
    }

    fn step(ordered_by: LoopName) -> Event {
        let effect =
            Effect { status: EffectStatus::Done, text: String::new(), score: None, changed: true, whole: None };
        Event::Step(Box::new(StepReport {
            step: 1,
            action: ActionCall::bare("wait"),
            ordered_by,
            by: "one model".into(),
            because: String::new(),
            effect,
            score: Some(20.0),
            took_ms: 250,
            question: None,
        }))
    }

    fn notice(kind: NoticeKind, from: LoopName) -> Event {
        Event::Notice(Box::new(Notice { kind, from: from.to_string(), text: "too slow".into(), problem: None }))
    }

    fn report(outcome: Ending, score: Option<f64>) -> SessionReport {
        let line = SpendingLine { model: "a/b".into(), calls: 3, ..SpendingLine::default() };
        let spending = Spending {
            calls: 3,
            prompt_tokens: 90,
            answer_tokens: 10,
            lines: vec![line.clone(), line, SpendingLine::default()],
            ..Spending::default()
        };
        SessionReport {
            session: "s-1".into(),
            outcome,
            steps: 3,
            score,
            took_ms: 900,
            problem: None,
            certificate: Certificate { clean: true, ..Certificate::default() },
            egress: Vec::new(),
            spending,
            ensemble: EnsembleView::default(),
            regret: RegretView::default(),
            clock: ClockView::default(),
            last_picture: Box::default(),
        }
    }

    #[test]
    fn decisions_are_counted_and_those_that_came_about_somehow() {
        let mut tally = Tally::default();
        let warning = || notice(NoticeKind::Warning, LoopName::Reasoning);
        for event in [
            started(),
            warning(),
            warning(),
            step(LoopName::Reasoning),
            step(LoopName::Reflex),
            step(LoopName::Reasoning),
            notice(NoticeKind::Information, LoopName::Reasoning),
            notice(NoticeKind::Warning, LoopName::Narration),
            step(LoopName::Reasoning),
        ] {
            assert_eq!(tally.note(event), Next::GoOn);
        }
        let result = tally.result(&report(Ending::Finished, Some(53.0)));
        assert_eq!((result.decisions, result.fell_back, result.shortfalls, result.thinking_ms), (3, 1, 2, 750));
        assert_eq!((result.calls, result.tokens, result.models), (3, 100, vec!["a/b".to_owned()]));
        assert_eq!((result.end, result.score, result.problem), (RunEnd::Finished, Some(53.0), None));
        assert!(result.is_clean && result.is_demo && result.regret.is_none());
    }

    #[test]
    fn a_pause_ends_the_run_and_a_budget_is_no_failure() {
        let mut tally = Tally::default();
        let why = PauseReason::Budget { words: "9000 tokens are used up".into() };
        assert_eq!(tally.note(Event::Paused { why }), Next::Stop);
        let result = tally.result(&report(Ending::Stopped, Some(31.0)));
        assert_eq!((result.end, result.is_failed()), (RunEnd::Budget, false));
    }

    #[test]
    fn what_failed_says_why() {
        let failed = Tally::default().result(&report(Ending::Failed, Some(31.0)));
        assert_eq!((failed.is_failed(), failed.problem.as_deref()), (true, Some("The session failed")));
        let nothing = Tally::default().result(&report(Ending::LimitReached, None));
        assert_eq!((nothing.is_failed(), nothing.problem.as_deref()), (true, Some("It ended before its first step")));
        let refused = not_started(&Problem::plain("Nobody answers", Vec::new(), "Start the server"));
        assert_eq!((refused.is_failed_start(), refused.problem.as_deref()), (true, Some("Nobody answers")));
    }

    #[test]
    fn chance_is_tried_often_and_the_scores_are_averaged() {
        let world = World::with_wording(3, Difficulty::Normal, Wording::Ordinary);
        let random = without_a_model(Baseline::Random, &world);
        assert!(random.score.is_some_and(|score| (1.0..60.0).contains(&score)), "{random:?}");
        assert_eq!(without_a_model(Baseline::Random, &world).score, random.score);
        assert!(without_a_model(Baseline::Greedy, &world).decisions > 5);
    }
}
