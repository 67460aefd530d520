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
        Certificate, Command, Ending, Event, Notice, NoticeKind, Phase, Problem, SessionReport, SessionStarted,
        StepReport, Until,
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
    }
    agent.strategy = run.strategy.unwrap_or(agent.strategy);
    agent.seed = run.seed.unwrap_or(agent.seed);
}

async fn session(settings: Settings, until: Until, is_json: bool) -> io::Result<ExitCode> {
    let mut terminal = Terminal::open(settings)?;
    terminal.send(Command::Start { until });
    let mut report: Option<SessionReport> = None;
    let mut printer = Printer { is_json, has_reader: true };
    loop {
        match terminal.next().await {
            Heard::Event(Event::SessionEnded(ended)) => {
                report = Some(*ended);
                break;
            }
            Heard::Event(Event::Refused(problem)) => {
                printer.refused(&problem);
                break;
            }
            Heard::Event(Event::Paused { why }) => {
                // Only now: a program in the background that reads from the terminal is stopped by it.
                let enter = terminal.listen_for_enter();
                printer.paused(&why, enter.is_offered());
                // Where nobody can be asked, a pause would be one for ever.
                if !enter.is_offered() {
                    terminal.send(Command::Stop);
                }
            }
            Heard::Event(event) => printer.event(&event),
            Heard::Enter => terminal.send(Command::Resume),
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

    fn paused(&mut self, why: &str, is_enter_offered: bool) {
        let way_on = if is_enter_offered {
            "Enter goes on with as much again, Ctrl-C stops"
        } else {
            "Nobody is here to ask, so it stops"
        };
        let line = if self.is_json {
            json!({"event": "paused", "why": why}).to_string()
        } else {
            format!("Paused: {why}. {way_on}")
        };
        self.say(&line);
    }

    fn event(&mut self, event: &Event) {
        let line = match event {
            Event::SessionStarted(started) if self.is_json => with_event("session_started", &**started),
            Event::Step(step) if self.is_json => with_event("step", &**step),
            Event::Notice(notice) if self.is_json => with_event("notice", &**notice),
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
                "spending": report.spending, "ensemble": report.ensemble, "egress": report.egress});
            self.say(&ended.to_string());
        } else {
            let score = report.score.map_or_else(String::new, |score| format!(", score {score:.0}"));
            self.say(&format!("\n{} after {} steps{score}", report.outcome.words(), report.steps));
            if let Some(problem) = &report.problem {
                self.say(&words::problem(problem));
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
