//! Chooses between window and terminal. Everything else is in the library.

use std::process::ExitCode;

use clap::Parser;
use singularis::cli::{self, Arguments};

fn main() -> ExitCode {
    singularis::worker::log::to_standard_error();
    match Arguments::parse().task {
        Some(task) => cli::carry_out(task),
        None => ExitCode::from(1),
    }
}
