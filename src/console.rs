//! The same program for a terminal on Windows. There a program with a window cannot print into the terminal that it was
//! started from, so this one has none. Without a command it starts the one that has, which lies beside it.

use std::{
    env, io,
    process::{Command, ExitCode},
};

use clap::Parser;
use singularis::{
    cli::{self, Arguments, Task},
    settings::Home,
    worker,
};

fn main() -> ExitCode {
    let _shown = worker::log::to_standard_error();
    let Some(task) = Arguments::parse().task else { return window() };
    // Until the end of this function: what was said last has to get into the file.
    let home = Home::find().ok().filter(|_| !matches!(task, Task::Guardian));
    let _log = home.as_ref().map(|home| worker::log::begin_file(home.log_folder()));
    cli::carry_out(task)
}

fn window() -> ExitCode {
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("singularis: the window cannot be opened: {error}");
            eprintln!("In a terminal, try: singularis-cli run --demo");
            ExitCode::from(1)
        }
    }
}

/// Starts the program with the window and does not wait for it.
fn start() -> io::Result<()> {
    let program = env::current_exe()?.with_file_name(format!("singularis{}", env::consts::EXE_SUFFIX));
    Command::new(program).spawn().map(drop)
}
