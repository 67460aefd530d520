//! `singularis run`: a session without a window.

use std::{io, process::ExitCode};

use serde_json::{Value, json};

use super::{
    arguments::Run,
    doctor::wrong_usage,
    terminal::{Heard, Terminal, block_on},
    words,
};
use crate::{
    protocol::{
        Approval, ApprovalAnswer, Certificate, Command, Ending, Event, Notice, NoticeKind, PauseReason, Phase, Problem,
        SessionReport, SessionStarted, StepReport, Until,
    },
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
}

async fn session(settings: Settings, until: Until, is_json: bool) -> io::Result<ExitCode> {
    let mut terminal = Terminal::open(settings)?;
    terminal.send(Command::Start { until });
    let mut report: Option<SessionReport> = None;
    let mut has_started = false;
    // The action that waits for whoever sits at the terminal.
    let mut asked: Option<u64> = None;
    let mut printer = Printer { is_json, has_reader: true };
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
        if !printer.has_reader {
            terminal.send(Command::Stop);
        }
    }
    let (last, kept) = terminal.close().await;
    let report = report.or(kept);
    let is_failed = report.as_ref().is_none_or(|report| report.outcome == Ending::Failed);
    let certificate = printer.finish(report, last);
    Ok(if certificate.clean && !is_failed { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// What the models are told where no person can be asked.
const NOBODY_IS_HERE: &str = "nobody is here who could allow it";

/// `y` allows it once, `a` for the whole session; whatever else is typed does not, and is told to the models.
fn answer(approval: u64, line: &str) -> Command {
    match line.to_lowercase().as_str() {
        "y" | "yes" => Command::Approve { approval, for_session: false },
        "a" | "always" => Command::Approve { approval, for_session: true },
        "" | "n" | "no" => Command::Reject { approval, word: String::new() },
        _ => Command::Reject { approval, word: line.to_owned() },
    }
}

/// Prints until the reader has gone.
struct Printer {
    is_json: bool,
    has_reader: bool,
}

impl Printer {
    fn say(&mut self, line: &str) {
        self.has_reader &= words::say(line).is_ok();
    }

    fn refused(&mut self, problem: &Problem) {
        let line = if self.is_json {
            json!({"event": "refused", "problem": problem}).to_string()
        } else {
            format!("The session could not be started\n{}", words::problem(problem))
        };
        self.say(&line);
    }

    /// Something beside the session.
    fn remark(&mut self, words: &str) {
        let line = if self.is_json {
            json!({"event": "remark", "text": words}).to_string()
        } else {
            format!("       note: {words}")
        };
        self.say(&line);
    }

    fn paused(&mut self, why: &PauseReason, is_somebody_there: bool, is_asked: bool) {
        let ways_on = if is_asked && is_somebody_there {
            "The next line still answers the question above; after it Enter goes on"
        } else if is_somebody_there {
            "Enter goes on; a line of text goes on and is told to the models; Ctrl-C stops"
        } else {
            "Nobody is here to ask, so it stops"
        };
        let line = if self.is_json {
            json!({"event": "paused", "why": why.words(), "reason": why}).to_string()
        } else {
            format!("Paused: {}. {ways_on}", why.words())
        };
        self.say(&line);
    }

    fn approval(&mut self, approval: &Approval, is_somebody_there: bool) {
        let line = if self.is_json {
            with_event("approval_needed", approval)
        } else {
            let ways_on = if is_somebody_there {
                "y allows it, a allows it for the whole session, anything else does not and is told to the models"
            } else {
                "Nobody is here to ask, so it is not done"
            };
            let seconds = approval.waits_ms / 1000;
            let (action, because) = (&approval.action, &approval.because);
            format!("May it do this? {action}, because: {because}\n       {ways_on}; it waits {seconds} s")
        };
        self.say(&line);
    }

    fn event(&mut self, event: &Event) {
        let line = match event {
            Event::SessionStarted(started) if self.is_json => with_event("session_started", &**started),
            Event::Step(step) if self.is_json => with_event("step", &**step),
            Event::Notice(notice) if self.is_json => with_event("notice", &**notice),
            Event::Judged(judgement) if self.is_json => with_event("judged", &**judgement),
            Event::SessionStarted(started) => started_line(started),
            Event::Step(step) => step_line(step),
            Event::Resumed if self.is_json => json!({"event": "resumed"}).to_string(),
            Event::Notice(notice) if is_worth_a_line(notice) => format!("       note: {}", notice.text),
            _ => return,
        };
        self.say(&line);
    }

    /// Prints the end; the certificate covers the session, if there was one, and what the program closed after it.
    fn finish(&mut self, report: Option<SessionReport>, last: Certificate) -> Certificate {
        let Some(report) = report else {
            self.certificate(&last);
            return last;
        };
        let session = report.certificate;
        let certificate = Certificate::conclude(
            session.gate_closed_ms,
            session.stopped_ms,
            [session.items, last.items].concat(),
            session.open_after,
        );
        if self.is_json {
            let ended = json!({"event": "session_ended", "session": report.session, "outcome": report.outcome,
                "steps": report.steps, "score": report.score, "took_ms": report.took_ms, "problem": report.problem,
                "spending": report.spending, "ensemble": report.ensemble, "egress": report.egress,
                "regret": report.regret, "clock": report.clock});
            self.say(&ended.to_string());
        } else {
            let score = report.score.map_or_else(String::new, |score| format!(", score {score:.0}"));
            self.say(&format!(
                "\n{} after {} step{}{score}",
                report.outcome.words(),
                report.steps,
                if report.steps == 1 { "" } else { "s" }
            ));
            if let Some(problem) = &report.problem {
                self.say(&words::problem(problem));
            }
            for line in words::decisions(&report.regret, &report.clock) {
                self.say(&line);
            }
            self.say(&words::minds(&report.spending, &report.ensemble, &report.egress));
        }
        self.certificate(&certificate);
        certificate
    }

    fn certificate(&mut self, certificate: &Certificate) {
        let line = if self.is_json {
            json!({"certificate": certificate}).to_string()
        } else {
            words::certificate(certificate)
        };
        self.say(&line);
    }
}

/// The plain data with the name of the event in front.
fn with_event(name: &str, data: &impl serde::Serialize) -> String {
    let mut object = json!({"event": name});
    if let (Value::Object(object), Ok(Value::Object(data))) = (&mut object, serde_json::to_value(data)) {
        object.extend(data);
    }
    object.to_string()
}

/// What went wrong, and who answers.
fn is_worth_a_line(notice: &Notice) -> bool {
    notice.kind == NoticeKind::Warning || notice.from == "policy"
}

fn started_line(started: &SessionStarted) -> String {
    let who = if started.demo { "the demo answers, not a language model" } else { "models answer" };
    format!("Session {} in {}, seed {}, {who}", started.session, started.environment, started.seed)
}

fn step_line(step: &StepReport) -> String {
    let score = step.score.map_or_else(String::new, |score| format!("score {score:.0}"));
    format!("{:>4}   {:<34} by {:<14} {score:<9} {} ms", step.step, step.action.to_string(), step.by, step.took_ms)
}
