//! `singularis diagnostics`: one text that can be posted when somebody asks for help.

use std::{io, process::ExitCode};

use super::{
    arguments::Diagnostics,
    doctor::wrong_usage,
    terminal::{Heard, Terminal, block_on},
    words,
};
use crate::{
    protocol::{Bundle, Command, Depth, Event},
    settings::Settings,
    worker::dialog,
};

pub fn carry_out(diagnostics: &Diagnostics, mut settings: Settings) -> io::Result<ExitCode> {
    diagnostics.connection.apply(&mut settings).map_err(wrong_usage)?;
    let Some(bundle) = block_on(prepare(settings))?? else { return Ok(ExitCode::from(1)) };
    let text = if diagnostics.json { serde_json::to_string_pretty(&bundle)? } else { bundle.text };
    match &diagnostics.output {
        None => words::say(text.trim_end())?,
        Some(path) => {
            if let Err(problem) = dialog::write(path, &text) {
                eprintln!("{}", words::problem(&problem));
                return Ok(ExitCode::from(1));
            }
            eprintln!("singularis: saved as {}", path.display());
        }
    }
    // Beside the text and not in it, so that what was printed can be posted as it is.
    eprintln!("singularis: read it before you post it");
    Ok(ExitCode::SUCCESS)
}

/// A quick look at the servers, and then everything in one text; `None` if it was interrupted or could not be made.
async fn prepare(settings: Settings) -> io::Result<Option<Bundle>> {
    let mut terminal = Terminal::open(settings)?;
    terminal.send(Command::CheckHealth { depth: Depth::Quick });
    let mut is_asked = false;
    let bundle = loop {
        match terminal.next().await {
            // Where even the check breaks down, its reason is among the last errors, and help is needed most.
            Heard::Event(Event::CheckFinished(_) | Event::Refused(_)) if !is_asked => {
                is_asked = true;
                terminal.send(Command::PrepareBundle);
            }
            Heard::Event(Event::BundleReady(bundle)) => break Some(*bundle),
            Heard::Event(Event::Refused(problem)) => {
                eprintln!("{}", words::problem(&problem));
                break None;
            }
            Heard::Event(_) | Heard::Line(_) => {}
            Heard::Interrupt | Heard::Gone => break None,
        }
    };
    terminal.close().await;
    Ok(bundle)
}
