//! Chooses between window and terminal. Everything else is in the library.

use std::{process::ExitCode, time::Instant};

use clap::Parser;
use singularis::{
    cli::{self, Arguments},
    settings::{Home, file},
    ui, worker,
};

fn main() -> ExitCode {
    let started = Instant::now();
    worker::log::to_standard_error();
    match Arguments::parse().task {
        Some(task) => cli::carry_out(task),
        None => open_window(started),
    }
}

/// Opens the panel; the worker is ended in order however the window ends.
fn open_window(started: Instant) -> ExitCode {
    if !cli::has_display() {
        return no_window("there is no display here");
    }
    let home = Home::find().ok();
    let loaded = home.as_ref().map(|home| file::load(home.settings_file())).unwrap_or_default();
    let worker = match worker::start(loaded, home, cli::outside()) {
        Ok(worker) => worker,
        Err(error) => return no_window(&error.to_string()),
    };
    let shown = ui::open(worker.link, started);
    // The link is gone with the window, so the worker ends by itself; a panic in it has been reported already.
    let ended_cleanly = worker.thread.join().is_ok_and(|certificate| certificate.clean);
    match shown {
        Err(error) => no_window(&error.to_string()),
        Ok(()) if ended_cleanly => ExitCode::SUCCESS,
        Ok(()) => ExitCode::from(1),
    }
}

fn no_window(reason: &str) -> ExitCode {
    eprintln!("singularis: the window cannot be opened: {reason}");
    eprintln!("In a terminal, try: singularis run --demo");
    ExitCode::from(1)
}
