//! What can be typed after `singularis sessions`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::{protocol::ReportFormat, worker::replaying::SPEEDS};

/// `singularis sessions`
#[derive(Args, Debug)]
pub struct Sessions {
    #[command(subcommand)]
    pub errand: Option<Errand>,
    /// Print one JSON object, or one a line for a replay
    #[arg(long, global = true)]
    pub json: bool,
}

/// What is wanted of past sessions. Each SESSION is a name, the beginning of one, or `latest`.
#[derive(Debug, Subcommand)]
pub enum Errand {
    /// List what is kept, newest first; without a command this is what is done
    List {
        /// Only those with this text in their goal, their actions, or what was said
        #[arg(long, value_name = "TEXT")]
        search: Option<String>,
    },
    /// Show what was asked, what came of it, and the figures
    Show {
        /// Its name, the beginning of it, or latest
        session: String,
    },
    /// Show why a step was done: what was seen, what each model was asked and said, what was decided and checked
    Why {
        /// Its name, the beginning of it, or latest
        session: String,
        /// The number of the step
        step: u64,
    },
    /// Write the report
    Export {
        /// Its name, the beginning of it, or latest
        session: String,
        /// The form of it: html, md or json
        #[arg(long, value_name = "FORM", value_parser = format)]
        format: ReportFormat,
        /// Into this file; without it the report is printed
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Tell again what happened, as `run` told it; no model is asked
    Replay {
        /// Its name, the beginning of it, or latest
        session: String,
        /// In time, this many times as quick as it was, 0.25 to 64; without it at once
        #[arg(long, value_name = "NUMBER", value_parser = speed)]
        speed: Option<f64>,
    },
    /// Remove a session for good
    Remove {
        /// Its name, the beginning of it, or latest
        session: String,
    },
}

/// By the ending of its files.
fn format(text: &str) -> Result<ReportFormat, String> {
    ReportFormat::ALL
        .into_iter()
        .find(|format| format.extension() == text)
        .ok_or_else(|| format!("{text} is no form of a report; there are html, md and json"))
}

fn speed(text: &str) -> Result<f64, String> {
    let times: f64 = text.parse().map_err(|_| format!("{text} is no number"))?;
    let (least, most) = (SPEEDS.start(), SPEEDS.end());
    if SPEEDS.contains(&times) { Ok(times) } else { Err(format!("a speed is from {least} to {most}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_and_speeds_are_understood() {
        assert_eq!(format("md"), Ok(ReportFormat::Markdown));
        assert!(format("pdf").unwrap_err().contains("html"));
        assert_eq!(speed("0.5"), Ok(0.5));
        assert!(speed("0").is_err() && speed("100").is_err() && speed("NaN").is_err() && speed("quick").is_err());
    }
}
