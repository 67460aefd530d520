//! `singularis run`: a session without a window.

use std::{io, process::ExitCode};

use super::{
    arguments::Run,
    doctor::wrong_usage,
    printer::Printer,
    terminal::{Heard, Terminal, block_on},
};
use crate::{
    protocol::{ApprovalAnswer, Command, Ending, Event, Phase, SessionReport, Until},
    settings::Settings,
};

pub fn carry_out(run: &Run, mut settings: Settings) -> io::Result<ExitCode> {
    run.connection.apply(&mut settings).map_err(wrong_usage)?;
    apply(run, &mut settings);
    let until = Until { cycles: run.cycles, duration_ms: run.duration.map(crate::llm::open::millis) };
    block_on(session(settings, until, run.json))?
}

fn apply(run: &Run, settings: &mut Settings) {
    let agent = &mut settings.agent;
    if let Some(environment) = &run.environment {
        agent.environment.clone_from(environment);
    }
    if let Some(goal) = &run.goal {
        agent.goal.clone_from(goal);
        // Another goal is reached in another way.
        agent.goal_when.clear();
    }
    if let Some(condition) = &run.goal_when {
        agent.goal_when.clone_from(condition);
    }
    if let Some(turn) = run.turn {
        (agent.world_waits, agent.turn_s) = (false, turn.as_secs_f64());
    }
    agent.ask_from = run.ask_from.unwrap_or(agent.ask_from);
    agent.strategy = run.strategy.unwrap_or(agent.strategy);
    agent.seed = run.seed.unwrap_or(agent.seed);
    // Nobody who only tries something is to find their mouse taken.
    settings.desktop.live = run.live;
}

async fn session(settings: Settings, until: Until, is_json: bool) -> io::Result<ExitCode> {
    let mut terminal = Terminal::open(settings)?;
    terminal.send(Command::Start { until });
    let mut report: Option<SessionReport> = None;
    let mut has_started = false;
    // The action that waits for whoever sits at the terminal.
    let mut asked: Option<u64> = None;
    let mut printer = Printer::new(is_json);
    loop {
        match terminal.next().await {
            Heard::Event(Event::SessionEnded(ended)) => {
                report = Some(*ended);
                break;
            }
            Heard::Event(Event::Refused(problem)) if !has_started => {
                printer.refused(&problem);
                break;
            }
            // Once it runs, only something beside it can be refused.
            Heard::Event(Event::Refused(problem)) => printer.remark(&problem.summary),
            Heard::Event(Event::Paused { why }) => {
                // Only now: a program in the background that reads from the terminal is stopped by it.
                let is_there = terminal.listen();
                printer.paused(&why, is_there, asked.is_some());
                // Where nobody can be asked, a pause would be one for ever.
                if !is_there {
                    terminal.send(Command::Stop);
                }
            }
            Heard::Event(Event::ApprovalNeeded(approval)) => {
                let is_there = terminal.listen();
                printer.approval(&approval, is_there);
                if is_there {
                    asked = Some(approval.id);
                } else {
                    terminal.send(Command::Reject { approval: approval.id, word: NOBODY_IS_HERE.to_owned() });
                }
            }
            Heard::Event(Event::ApprovalClosed { approval, answer }) => {
                if asked == Some(approval) {
                    asked = None;
                }
                if answer == ApprovalAnswer::Unanswered {
                    printer.remark("Nobody answered in time, or it is out of date: it is not done");
                }
            }
            Heard::Event(event) => {
                has_started |= matches!(event, Event::SessionStarted(_));
                printer.event(&event);
            }
            Heard::Line(line) => match asked.take() {
                Some(approval) => terminal.send(answer(approval, line.trim())),
                None if matches!(terminal.phase(), Phase::Paused { .. }) => {
                    let word = Some(line.trim().to_owned()).filter(|word| !word.is_empty());
                    terminal.send(Command::Resume { word });
                }
                None => printer.remark("Nothing waits for an answer"),
            },
            // A session that is still being prepared has no end of its own; leaving stops it all the same.
            Heard::Interrupt if matches!(terminal.phase(), Phase::Idle | Phase::Starting) => break,
            Heard::Interrupt => terminal.send(Command::Stop),
            Heard::Gone => break,
        }
        if !printer.has_reader() {
            terminal.send(Command::Stop);
        }
    }
    let closed = terminal.close().await;
    let report = report.or(closed.report);
    let is_failed = report.as_ref().is_none_or(|report| report.outcome == Ending::Failed);
    let certificate = printer.finish(report, closed.written.as_deref(), closed.certificate);
    Ok(if certificate.clean && !is_failed { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// What the models are told where no person can be asked.
const NOBODY_IS_HERE: &str = "nobody is here who could allow it";

/// `y` allows it once, `a` for the whole session; whatever else is typed does not, and is told to the models.
fn answer(approval: u64, line: &str) -> Command {
    match line.to_lowercase().as_str() {
        "y" | "yes" => Command::Approve { approval, for_session: false, for_ever: false },
        "a" | "always" => Command::Approve { approval, for_session: true, for_ever: false },
        "" | "n" | "no" => Command::Reject { approval, word: String::new() },
        _ => Command::Reject { approval, word: line.to_owned() },
    }
}
