//! `singularis run`: a session without a window.

use std::{io, process::ExitCode};

use serde_json::{Value, json};

use super::{
    arguments::Run,
    terminal::{Heard, Terminal, block_on},
    words,
};
use crate::{
    protocol::{Certificate, Command, Ending, Event, NoticeKind, SessionReport, SessionStarted, StepReport, Until},
    settings::Settings,
};

pub fn carry_out(run: &Run, mut settings: Settings) -> io::Result<ExitCode> {
    run.connection.apply(&mut settings).map_err(io::Error::other)?;
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
    loop {
        match terminal.next().await {
            Heard::Event(Event::SessionEnded(ended)) => {
                report = Some(*ended);
                break;
            }
            Heard::Event(Event::Refused(problem)) => {
                if is_json {
                    println!("{}", json!({"event": "refused", "problem": problem}));
                } else {
                    println!("The session could not be started\n{}", words::problem(&problem));
                }
                break;
            }
            Heard::Event(event) => show(&event, is_json),
            // A session that is still being prepared has no end to tell of; leaving stops it all the same.
            Heard::Interrupt => {
                terminal.send(Command::Stop);
                if matches!(terminal.phase(), crate::protocol::Phase::Idle | crate::protocol::Phase::Starting) {
                    break;
                }
            }
            Heard::Gone => break,
        }
    }
    let last = terminal.close().await;
    let Some(report) = report else {
        return Ok(ExitCode::from(1));
    };
    let outcome = report.outcome;
    let certificate = finish(report, last, is_json);
    Ok(if certificate.clean && outcome != Ending::Failed { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn show(event: &Event, is_json: bool) {
    let line = match event {
        Event::SessionStarted(started) if is_json => with_event("session_started", &**started),
        Event::Step(step) if is_json => with_event("step", &**step),
        Event::Notice(notice) if is_json => with_event("notice", &**notice),
        Event::SessionStarted(started) => started_line(started),
        Event::Step(step) => step_line(step),
        Event::Notice(notice) if notice.kind == NoticeKind::Warning => format!("       note: {}", notice.text),
        _ => return,
    };
    println!("{line}");
}

/// The plain data with the name of the event in front.
fn with_event(name: &str, data: &impl serde::Serialize) -> String {
    let mut object = json!({"event": name});
    if let (Value::Object(object), Ok(Value::Object(data))) = (&mut object, serde_json::to_value(data)) {
        object.extend(data);
    }
    object.to_string()
}

fn started_line(started: &SessionStarted) -> String {
    let who = if started.demo { "the demo answers, not a language model" } else { "models answer" };
    format!("Session {} in {}, seed {}, {who}", started.session, started.environment, started.seed)
}

fn step_line(step: &StepReport) -> String {
    let score = step.score.map_or_else(String::new, |score| format!("score {score:.0}"));
    format!("{:>4}   {:<34} by {:<14} {score:<9} {} ms", step.step, step.action.to_string(), step.by, step.took_ms)
}

/// Prints the end; the certificate covers the session and what the program closed after it.
fn finish(report: SessionReport, last: Certificate, is_json: bool) -> Certificate {
    let session = report.certificate;
    let certificate = Certificate::conclude(
        session.gate_closed_ms,
        session.stopped_ms,
        [session.items, last.items].concat(),
        session.open_after,
    );
    if is_json {
        let ended = json!({"event": "session_ended", "session": report.session, "outcome": report.outcome,
            "steps": report.steps, "score": report.score, "took_ms": report.took_ms, "problem": report.problem});
        println!("{ended}");
        println!("{}", json!({"certificate": certificate}));
    } else {
        let score = report.score.map_or_else(String::new, |score| format!(", score {score:.0}"));
        println!("\n{} after {} steps{score}", report.outcome.words(), report.steps);
        if let Some(problem) = &report.problem {
            println!("{}", words::problem(problem));
        }
        println!("{}", words::certificate(&certificate));
    }
    certificate
}
