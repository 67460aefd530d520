//! `singularis load` and `singularis unload`: the same mends as the buttons in the window.

use std::{io, process::ExitCode};

use super::{
    arguments::{Connection, Load, Unload},
    doctor::wrong_usage,
    terminal::{Heard, Terminal, block_on},
    words,
};
use crate::{
    protocol::{Command, Event, Fix, Problem},
    settings::Settings,
};

pub fn load(load: &Load, settings: Settings) -> io::Result<ExitCode> {
    let fix = match load.context {
        Some(length) => Fix::load_with(&load.model, length),
        None => Fix::load(&load.model),
    };
    mend(fix, load.endpoint.as_ref(), settings, &format!("{} is loaded", load.model))
}

pub fn unload(unload: &Unload, settings: Settings) -> io::Result<ExitCode> {
    let fix = Fix::UnloadModel { instance: unload.model.clone(), endpoint: String::new() };
    mend(fix, unload.endpoint.as_ref(), settings, &format!("{} is unloaded", unload.model))
}

/// Has the worker mend it; the check that follows by itself says that it is done.
fn mend(fix: Fix, endpoint: Option<&String>, mut settings: Settings, done: &str) -> io::Result<ExitCode> {
    let connection = Connection { endpoint: endpoint.cloned(), ..Connection::default() };
    connection.apply(&mut settings).map_err(wrong_usage)?;
    let problem = block_on(carried_out(fix, settings))??;
    Ok(match problem {
        None => {
            words::say(done)?;
            ExitCode::SUCCESS
        }
        Some(problem) => {
            eprintln!("{}", words::problem(&problem));
            ExitCode::from(1)
        }
    })
}

/// Why it could not be done; `None` if it was.
async fn carried_out(fix: Fix, settings: Settings) -> io::Result<Option<Problem>> {
    let mut terminal = Terminal::open(settings)?;
    terminal.send(Command::Fix { fix });
    let problem = loop {
        match terminal.next().await {
            Heard::Event(Event::Refused(problem)) => break Some(*problem),
            Heard::Event(Event::CheckStarted) => break None,
            Heard::Event(_) | Heard::Line(_) => {}
            Heard::Interrupt => terminal.send(Command::CancelLoad),
            Heard::Gone => {
                break Some(Problem::plain("It was interrupted", Vec::new(), "Try again"));
            }
        }
    };
    terminal.close().await;
    Ok(problem)
}
