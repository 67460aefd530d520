//! Diagnostics that can be posted in public when somebody asks for help: one text in Markdown, made from what the
//! worker knows. Secrets, goals, prompts, people and other machines are taken out of it, and what was is listed.
//!
//! | file | what |
//! |---|---|
//! | `machine` | what this machine is, and the two names of it that must not be told |
//! | `privacy` | everything that is taken out, and how often |
//! | `addresses` | other machines by their addresses; addresses for mail |
//! | `words` | finding words and putting others in their place |
//! | `passages` | finding parts of what was written for models |

mod addresses;
mod machine;
mod passages;
mod privacy;
#[cfg(test)]
mod tests;
mod words;

use std::{fmt::Write, path::PathBuf};

use self::{machine::Machine, privacy::Privacy};
use crate::{
    protocol::{Bundle, HealthReport, LogLine, Moment, Problem, Redaction, Remedy},
    settings::Settings,
};

/// What the file is called.
const FILE_NAME: &str = "singularis-diagnostics.md";
/// So many lines of the log are enough to see what led to a fault, and few enough to be read.
const LOG_LINES: usize = 300;

/// What the bundle is made from.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub settings: Settings,
    /// The last complete health check.
    pub report: Option<HealthReport>,
    /// Oldest first; the last 300 are used.
    pub log: Vec<LogLine>,
    /// What went wrong lately, oldest first.
    pub problems: Vec<Problem>,
    /// How many sessions the journal has, and how many bytes it takes on the disk.
    pub journal: Option<(u64, u64)>,
    /// Why the journal cannot be used, if it cannot.
    pub journal_problem: Option<Problem>,
    /// The user's home folder; its name is not told.
    pub user_home: Option<PathBuf>,
    /// What the window says of itself: its size, zoom and how it draws; `None` in a terminal.
    pub window: Option<String>,
}

/// Puts the text together. The same facts on the same machine give the same text. Reads small files of the system, so
/// it belongs on a thread that may wait.
pub fn prepare(facts: &Facts) -> Bundle {
    assemble(facts, &Machine::here())
}

fn assemble(facts: &Facts, machine: &Machine) -> Bundle {
    let mut privacy = Privacy::new(&facts.settings, facts.report.as_ref(), facts.user_home.as_deref(), machine);
    let mut text = "# Singularis diagnostics\n\nMade for asking for help. Prompts, keys and the addresses of other \
                    machines are not in it; the last section lists what was taken out.\n"
        .to_owned();
    for (title, body) in [
        ("Versions", versions(facts, machine, &mut privacy)),
        ("Health check", health(facts, &mut privacy)),
        ("Last errors", errors(&facts.problems, &mut privacy)),
        ("Journal", journal(facts, &mut privacy)),
        ("Settings", settings(facts, &mut privacy)),
        ("Log", log(&facts.log, &mut privacy)),
    ] {
        let _infallible = write!(text, "\n## {title}\n\n{body}");
    }
    // Every part was cleaned by itself; whatever came together only here is looked at once more, before it is counted.
    let mut text = privacy.without_secrets(&text);
    let redactions = privacy.redactions();
    let _infallible = write!(text, "\n## What was taken out\n\n{}", taken_out(&redactions));
    Bundle { text, file_name: FILE_NAME.to_owned(), redactions }
}

fn versions(facts: &Facts, machine: &Machine, privacy: &mut Privacy) -> String {
    let build = if cfg!(debug_assertions) { "debug" } else { "release" };
    let version = super::build::VERSION;
    let processors = machine.processors.map_or_else(|| "not known".to_owned(), |count| count.to_string());
    let demo = if facts.settings.demo { "on: the built-in demo answers, not a language model" } else { "off" };
    let mut text = format!("- Singularis {version}, {build} build for {}\n", Machine::target());
    let _infallible = writeln!(text, "- System: {}", privacy.clean(&machine.system));
    let _infallible = writeln!(text, "- Processors: {processors}");
    if let Some(memory) = machine.memory() {
        let _infallible = writeln!(text, "- Memory: {memory}");
    }
    if let Some(window) = &facts.window {
        let _infallible = writeln!(text, "- Window: {}", one_line(&privacy.clean(window)));
    }
    let _infallible = writeln!(text, "- Demo: {demo}");
    text
}

fn health(facts: &Facts, privacy: &mut Privacy) -> String {
    match &facts.report {
        None => "No health check has been completed.\n".to_owned(),
        Some(report) => {
            let verdict = report.worst().word();
            format!("The verdict is **{verdict}**.\n\n{}", fenced("text", &privacy.clean(&report.to_string())))
        }
    }
}

fn errors(problems: &[Problem], privacy: &mut Privacy) -> String {
    if problems.is_empty() {
        return "Nothing went wrong since the program was started.\n".to_owned();
    }
    let words: Vec<String> = problems.iter().map(problem).collect();
    fenced("text", &privacy.clean(&words.join("\n")))
}

fn journal(facts: &Facts, privacy: &mut Privacy) -> String {
    let mut text = match facts.journal {
        None => "It is not known what the journal has.\n".to_owned(),
        Some((sessions, bytes)) => {
            let sessions = format!("{sessions} session{}", if sessions == 1 { "" } else { "s" });
            format!("{sessions}, {} on the disk.\n", megabytes(bytes))
        }
    };
    if let Some(trouble) = &facts.journal_problem {
        let _infallible = write!(text, "\n{}", fenced("text", &privacy.clean(&problem(trouble))));
    }
    text
}

fn settings(facts: &Facts, privacy: &mut Privacy) -> String {
    match toml::to_string_pretty(&privacy.public(&facts.settings)) {
        Ok(text) => fenced("toml", &privacy.clean(&text)),
        Err(error) => format!("They cannot be written as text: {}\n", one_line(&privacy.clean(&error.to_string()))),
    }
}

fn log(lines: &[LogLine], privacy: &mut Privacy) -> String {
    let tail = &lines[lines.len().saturating_sub(LOG_LINES)..];
    if tail.is_empty() {
        return "There are no lines.\n".to_owned();
    }
    let mut text = String::new();
    for LogLine { at, level, target, text: said, .. } in tail {
        let _infallible = writeln!(text, "{} {level:<5} {target}: {}", clock(*at), indented(said));
    }
    let intro = format!("The last {}, in Coordinated Universal Time.", counted(tail.len(), "line", "lines"));
    format!("{intro}\n\n{}", fenced("text", &privacy.clean(&text)))
}

fn taken_out(redactions: &[Redaction]) -> String {
    if redactions.is_empty() {
        return "Nothing had to be taken out.\n".to_owned();
    }
    let line = |Redaction { what, times, instead }: &Redaction| {
        let times = if *times == 1 { "1 time".to_owned() } else { format!("{times} times") };
        format!("- {what}: {times}, `{instead}` stands there instead\n")
    };
    redactions.iter().map(line).collect()
}

/// What happened, the evidence, and what to do.
fn problem(problem: &Problem) -> String {
    let mut text = problem.summary.clone();
    for detail in &problem.details {
        let _infallible = write!(text, "\n  {}", indented(detail));
    }
    for remedy in &problem.remedies {
        let words = match remedy {
            Remedy::Action(fix) => fix.label(),
            Remedy::Advice { text } => text.clone(),
        };
        let _infallible = write!(text, "\n  → {}", indented(&words));
    }
    text
}

/// What a server or a model said must not end the block it stands in, so the fence is longer than any run in it.
fn fenced(language: &str, text: &str) -> String {
    let longest = text.split(|letter: char| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}\n", text.trim_end())
}

/// Further lines of one thing stand under its first one.
fn indented(text: &str) -> String {
    text.trim_end().replace('\n', "\n    ")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `2026-03-09 14:05:01.250`. Where the machine stands would show in its own time.
fn clock(at: Moment) -> String {
    let utc = i64::try_from(at.0).ok().and_then(chrono::DateTime::from_timestamp_millis);
    utc.map_or_else(|| "at no known time".to_owned(), |utc| utc.format("%Y-%m-%d %H:%M:%S%.3f").to_string())
}

fn counted(count: usize, one: &str, several: &str) -> String {
    if count == 1 { one.to_owned() } else { format!("{count} {several}") }
}

#[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
