//! `singularis doctor`: the ladder of checks, told as it runs.

use std::{io, process::ExitCode};

use super::{
    arguments::{Connection, Doctor},
    terminal::{Heard, Terminal, block_on},
    words,
};
use crate::{
    protocol::{Command, Depth, Event, Finding, HealthReport, Wellness},
    settings::Settings,
};

pub fn carry_out(doctor: &Doctor, settings: Settings) -> io::Result<ExitCode> {
    let depth = if doctor.deep { Depth::Deep } else { Depth::Full };
    let show = |finding: &Finding| {
        if !doctor.json {
            // A reader that has gone is noticed with the report at the end.
            let _gone = words::say(&finding.to_string());
        }
    };
    let Some(report) = check(&doctor.connection, settings, depth, show)? else { return Ok(ExitCode::from(1)) };
    if doctor.json {
        words::say(&serde_json::to_string_pretty(&report)?)?;
    } else {
        words::say(&format!("\n{} is {}  ({} ms)", report.endpoint, report.worst().word(), report.took_ms))?;
    }
    Ok(if report.verdict == Wellness::Unhealthy { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// What was typed cannot be meant; the exit code says so.
pub fn wrong_usage(reason: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, reason)
}

/// Runs the ladder; `None` if somebody interrupted it.
pub fn check(
    connection: &Connection,
    mut settings: Settings,
    depth: Depth,
    show: impl Fn(&Finding),
) -> io::Result<Option<HealthReport>> {
    connection.apply(&mut settings).map_err(wrong_usage)?;
    block_on(async {
        let mut terminal = Terminal::open(settings)?;
        terminal.send(Command::CheckHealth { depth });
        let mut report = None;
        loop {
            match terminal.next().await {
                Heard::Event(Event::Checked(finding)) => show(&finding),
                Heard::Event(Event::CheckFinished(finished)) => {
                    report = Some(*finished);
                    break;
                }
                // Only a check that broke down inside is refused; it will not finish any more.
                Heard::Event(Event::Refused(problem)) => {
                    eprintln!("{}", words::problem(&problem));
                    break;
                }
                Heard::Event(_) | Heard::Line(_) => {}
                Heard::Interrupt | Heard::Gone => break,
            }
        }
        terminal.close().await;
        Ok(report)
    })?
}
