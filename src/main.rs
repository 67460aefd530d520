//! Chooses between window and terminal. Everything else is in the library.

// Windows would open a console beside the window. What is printed goes nowhere then, so a terminal has its own program
// there (`console.rs`). A debug build keeps the console.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::{
    io::{self, Write},
    process::ExitCode,
    sync::{Arc, OnceLock},
    time::Instant,
};

use clap::Parser;
use singularis::{
    cli::{self, Arguments, Task},
    protocol::{Event, Teller},
    settings::{Home, file},
    ui::{self, catalogue::said_in},
    worker::{
        self, Outside,
        instance::{Claim, FirstWindow, Window},
        notifying::SystemNotifier,
    },
};

fn main() -> ExitCode {
    let started = Instant::now();
    let _shown = worker::log::to_standard_error();
    let task = Arguments::parse().task;
    let home = Home::find().ok();
    // Until the end of this function: what was said last has to get into the file.
    let is_guardian = matches!(task, Some(Task::Guardian));
    let _log = home.as_ref().filter(|_| !is_guardian).map(|home| worker::log::begin_file(home.log_folder()));
    match task {
        Some(task) => cli::carry_out(task),
        None => open_window(started, home),
    }
}

/// Opens the panel; the worker is ended in order however the window ends.
fn open_window(started: Instant, home: Option<Home>) -> ExitCode {
    if !cli::has_display() {
        return no_window("there is no display here");
    }
    let (mut first, read_only) = match claim(home.as_ref()) {
        Ours::Alone(first) => (first, None),
        Ours::Shown { pid } => return it_comes(pid),
        Ours::Beside { pid } => (None, Some(who_hangs(pid))),
    };
    let loaded = home.as_ref().map(|home| file::load(home.settings_file())).unwrap_or_default();
    let look = loaded.settings.window.clone();
    let outside = Outside { read_only, notifier: Some(Arc::new(SystemNotifier { say: said_in })), ..cli::outside() };
    let teller = Arc::<OnceLock<Teller>>::default();
    if let Some(first) = &mut first {
        // Before there is a window: another copy waits for a moment only, and one that opens comes to the front anyway.
        let teller = Arc::clone(&teller);
        first.listen(move || {
            if let Some(teller) = teller.get() {
                teller.tell(Event::ComeToFront);
            }
        });
    }
    let mut running = None;
    // Once there is a window: what the worker does first would take the processor from opening it.
    let link = || {
        let worker = worker::start(loaded, home, outside)?;
        let _first_and_last = teller.set(worker.teller);
        running = Some(worker.thread);
        Ok(worker.link)
    };
    let shown = ui::open(link, started, look);
    // The link is gone with the window, so the worker ends by itself; a panic in it has been reported already.
    let ended_cleanly = running.is_some_and(|worker| worker.join().is_ok_and(|certificate| certificate.clean));
    // The next copy may be the first from here on.
    drop(first);
    match shown {
        Err(error) => no_window(&error.to_string()),
        Ok(()) if ended_cleanly => ExitCode::SUCCESS,
        Ok(()) => ExitCode::from(1),
    }
}

/// Whose window it is.
enum Ours {
    /// No other copy has one; without a place for the claim there is nothing to hold.
    Alone(Option<FirstWindow>),
    /// Another copy has it and comes to the front.
    Shown { pid: u32 },
    /// Another copy has it and does not answer.
    Beside { pid: u32 },
}

fn claim(home: Option<&Home>) -> Ours {
    match home.and_then(|home| home.journal_file().parent()).map(Window::claim) {
        Some(Ok(Claim::First(first))) => Ours::Alone(Some(first)),
        Some(Ok(Claim::Second { pid, answered: true })) => Ours::Shown { pid },
        Some(Ok(Claim::Second { pid, answered: false })) => Ours::Beside { pid },
        Some(Err(error)) => {
            // A folder that cannot be written is said by whoever needs it; the window opens all the same.
            tracing::warn!("whether another copy of the program runs cannot be told: {error}");
            Ours::Alone(None)
        }
        None => Ours::Alone(None),
    }
}

fn it_comes(pid: u32) -> ExitCode {
    // Whoever started it may not listen.
    let _nobody_reads = writeln!(io::stdout(), "Singularis is open already as process {pid}, which comes to the front");
    ExitCode::SUCCESS
}

/// Why this copy only looks.
fn who_hangs(pid: u32) -> String {
    let who = if pid == 0 { "Another copy of Singularis".to_owned() } else { format!("Singularis as process {pid}") };
    format!("{who} is open already and does not answer, so this one only shows what is kept")
}

fn no_window(reason: &str) -> ExitCode {
    eprintln!("singularis: the window cannot be opened: {reason}");
    eprintln!("In a terminal, try: singularis run --demo");
    ExitCode::from(1)
}
