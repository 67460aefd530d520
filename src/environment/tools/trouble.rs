//! What can be wrong with a tool server, one variant for each remedy, and what a person sees of it.

mod advice;

use std::time::Duration;

use crate::{
    protocol::{Problem, Remedy},
    settings::{Place, ServerSettings, redaction::redact},
};

/// So many of its last lines are shown with a problem.
const LINES_SHOWN: usize = 8;

/// Why a server cannot be used, or not any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// There is no such program, neither in a folder that was named nor on the path.
    NotFound {
        program: String,
    },
    NoFolder {
        folder: String,
    },
    /// The file is there and may not be run.
    NotAllowed {
        program: String,
    },
    CouldNotStart {
        words: String,
    },
    /// The settings want a variable of this program's environment that is not there.
    NeedsVariable {
        name: String,
    },
    /// The settings want a secret that the keychain has not given, under the name of this variable or header.
    NeedsSecret {
        name: String,
    },
    /// `exit` goes after *ended*: `with code 1`.
    EndedAtOnce {
        exit: String,
    },
    /// It ran and wrote nothing.
    Silent {
        after: Duration,
    },
    /// It wrote lines that are no messages; the first of them.
    TalksGarbage {
        line: String,
        lines: u64,
    },
    /// It began a message and never ended it.
    HalfLine {
        bytes: usize,
    },
    /// A message of at least so many bytes, which is more than is read.
    TooLong {
        bytes: usize,
    },
    WrongProtocol {
        words: String,
    },
    /// It answered the greeting with an error.
    Refused {
        words: String,
    },
    /// Its address is none.
    BadAddress {
        words: String,
    },
    Http {
        status: u16,
        words: String,
    },
    /// The locality lock is on, and the host is none of the user's own.
    Locked {
        host: String,
    },
    /// Nobody answers at its address.
    Unreachable {
        words: String,
    },
    ListFailed {
        words: String,
    },
    /// It ended while it was in use. `exit` goes after *ended*; `None` where nobody knows.
    Died {
        exit: Option<String>,
    },
    /// It runs, and has closed the connection.
    HungUp,
    /// Trouble with the last lines that the server wrote, where there is no connection left to ask for them.
    Told {
        trouble: Box<Self>,
        complaints: Vec<String>,
    },
}

impl Trouble {
    /// Together with the last lines of a server that is gone.
    pub fn with(self, complaints: Vec<String>) -> Self {
        if complaints.is_empty() { self } else { Self::Told { trouble: Box::new(self), complaints } }
    }

    /// The last lines that the server wrote, oldest first, where they came with the trouble.
    pub fn complaints(&self) -> &[String] {
        match self {
            Self::Told { complaints, .. } => complaints,
            _ => &[],
        }
    }

    /// What a person sees of it. `complaints` are the last lines that the server wrote to its standard error, oldest
    /// first; those that came with the trouble are shown if there are none.
    pub fn problem(&self, server: &ServerSettings, complaints: &[String]) -> Problem {
        let complaints = if complaints.is_empty() { self.complaints() } else { complaints };
        let trouble = self.bare();
        let first_shown = complaints.len().saturating_sub(LINES_SHOWN);
        let mut details = trouble.evidence();
        details.push(how_it_is_reached(server));
        details.extend(complaints[first_shown..].iter().map(|line| format!("It wrote: {line}")));
        Problem {
            cause: None,
            summary: trouble.summary(&server.name),
            details,
            remedies: trouble.advice(server, complaints).into_iter().map(Remedy::advice).collect(),
        }
    }

    /// Without the lines that came with it.
    fn bare(&self) -> &Self {
        match self {
            Self::Told { trouble, .. } => trouble.bare(),
            trouble => trouble,
        }
    }

    fn summary(&self, name: &str) -> String {
        match self {
            Self::NotFound { program } => format!("There is no program {program} for the tool server {name}"),
            Self::NoFolder { folder } => format!("There is no folder {folder} for the tool server {name}"),
            Self::NotAllowed { program } => format!("{program} may not be run for the tool server {name}"),
            Self::CouldNotStart { .. } => format!("The tool server {name} could not be started"),
            Self::NeedsVariable { name: variable } => {
                format!("The tool server {name} needs the variable {variable}, which is not set")
            }
            Self::NeedsSecret { name: secret } => {
                format!("The tool server {name} needs the secret {secret}, which the keychain has not given")
            }
            Self::EndedAtOnce { exit } => format!("The tool server {name} ended {exit} before it had answered"),
            Self::Silent { after } => format!("The tool server {name} said nothing for {}", seconds(*after)),
            Self::TalksGarbage { .. } => format!("What {name} runs does not speak like a tool server"),
            Self::HalfLine { .. } => format!("The tool server {name} began a message and never ended it"),
            Self::TooLong { .. } => format!("The tool server {name} sent a message that is too long to be read"),
            Self::WrongProtocol { .. } => format!("The tool server {name} speaks a protocol that is not known here"),
            Self::Refused { .. } => format!("The tool server {name} refused the connection"),
            Self::BadAddress { .. } => format!("The address of the tool server {name} cannot be read"),
            Self::Http { status, .. } => format!("The tool server {name} answered with status {status}"),
            Self::Locked { host } => format!("The tool server {name} is at {host}, and requests may not go there now"),
            Self::Unreachable { .. } => format!("The tool server {name} cannot be reached"),
            Self::ListFailed { .. } => format!("The tool server {name} did not list its tools"),
            Self::Died { exit: Some(exit) } => format!("The tool server {name} ended {exit} while it was in use"),
            Self::Died { exit: None } => format!("The tool server {name} ended while it was in use"),
            Self::HungUp => format!("The tool server {name} closed the connection"),
            Self::Told { trouble, .. } => trouble.summary(name),
        }
    }

    /// What was seen, one fact a line.
    fn evidence(&self) -> Vec<String> {
        let fact = match self {
            Self::CouldNotStart { words }
            | Self::Refused { words }
            | Self::WrongProtocol { words }
            | Self::BadAddress { words }
            | Self::Unreachable { words }
            | Self::ListFailed { words } => format!("Because: {words}"),
            Self::Http { words, .. } if !words.is_empty() => format!("It said: {words}"),
            Self::TalksGarbage { line, lines: 1 } => format!("It wrote one line that is no message: {line}"),
            Self::TalksGarbage { line, lines } => {
                format!("It wrote {lines} lines that are no messages; the first was: {line}")
            }
            Self::HalfLine { bytes } => format!("{bytes} bytes came without an end of line"),
            Self::TooLong { bytes } => format!("More than {} MiB came without an end of line", bytes >> 20),
            Self::NotFound { program } if !program.contains(['/', '\\']) => {
                "It was looked for on the path of this program and on that of the login shell".to_owned()
            }
            _ => return Vec::new(),
        };
        vec![fact]
    }
}

/// The command or the address, without secrets.
fn how_it_is_reached(server: &ServerSettings) -> String {
    let words = match &server.place {
        Place::Program { command, arguments, .. } => {
            let whole = [command.as_str()].into_iter().chain(arguments.iter().map(String::as_str));
            format!("Command: {}", whole.collect::<Vec<_>>().join(" "))
        }
        Place::Address { url, .. } => format!("Address: {url}"),
    };
    redact(&words).into_owned()
}

/// `60 s`, `1.5 s`.
pub fn seconds(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    if duration.subsec_millis() == 0 { format!("{seconds:.0} s") } else { format!("{seconds:.1} s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Trouble> {
        let words = || "its own words".to_owned();
        vec![
            Trouble::NotFound { program: "npx".to_owned() },
            Trouble::NoFolder { folder: "/no/such".to_owned() },
            Trouble::NotAllowed { program: "/a/b".to_owned() },
            Trouble::CouldNotStart { words: words() },
            Trouble::NeedsVariable { name: "TOKEN".to_owned() },
            Trouble::NeedsSecret { name: "TOKEN".to_owned() },
            Trouble::EndedAtOnce { exit: "with code 1".to_owned() },
            Trouble::Silent { after: Duration::from_secs(60) },
            Trouble::TalksGarbage { line: "hello".to_owned(), lines: 3 },
            Trouble::HalfLine { bytes: 17 },
            Trouble::TooLong { bytes: 17 << 20 },
            Trouble::WrongProtocol { words: words() },
            Trouble::Refused { words: words() },
            Trouble::BadAddress { words: words() },
            Trouble::Http { status: 404, words: words() },
            Trouble::Locked { host: "example.org".to_owned() },
            Trouble::Unreachable { words: words() },
            Trouble::ListFailed { words: words() },
            Trouble::Died { exit: Some("by signal 9".to_owned()) },
            Trouble::Died { exit: None },
            Trouble::HungUp,
        ]
    }

    #[test]
    fn every_trouble_has_a_summary_of_its_own_and_a_way_out() {
        for server in
            [ServerSettings::program("files", "npx", &["-y", "x"]), ServerSettings::address("files", "http://a/mcp")]
        {
            let problems: Vec<Problem> = all().iter().map(|trouble| trouble.problem(&server, &[])).collect();
            let mut summaries: Vec<&str> = problems.iter().map(|problem| problem.summary.as_str()).collect();
            summaries.sort_unstable();
            summaries.dedup();
            assert_eq!(summaries.len(), all().len(), "{summaries:?}");
            for problem in &problems {
                assert!(problem.summary.contains("files") && !problem.summary.ends_with('.'), "{problem:?}");
                assert!(!problem.details.is_empty() && !problem.remedies.is_empty(), "{problem:?}");
            }
        }
    }

    #[test]
    fn the_servers_own_words_and_last_lines_are_shown() {
        let server =
            ServerSettings::program("files", "npx", &["--api-key=sk-ant-api03-0123456789abcdefghijklmnopqrstuv"]);
        let lines: Vec<String> = (0..20).map(|number| format!("line {number}")).collect();
        let trouble = Trouble::Refused { words: "no licence".to_owned() };
        let problem = trouble.problem(&server, &lines);
        assert_eq!(problem.details[0], "Because: no licence");
        assert!(problem.details[1].starts_with("Command: npx --api-key="), "{problem:?}");
        assert!(!problem.details[1].contains("0123456789"), "{problem:?}");
        assert_eq!((problem.details.len(), problem.details[2].as_str()), (10, "It wrote: line 12"));
    }

    #[test]
    fn lines_that_came_with_the_trouble_are_shown_where_there_are_no_others() {
        let server = ServerSettings::program("files", "npx", &[]);
        let plain = Trouble::HungUp;
        assert_eq!(plain.clone().with(Vec::new()), plain);
        let told = plain.clone().with(vec!["out of paper".to_owned()]);
        assert_eq!(told.complaints(), ["out of paper"]);
        let problem = told.problem(&server, &[]);
        assert_eq!(problem.summary, plain.problem(&server, &[]).summary);
        assert_eq!(problem.details.last().map(String::as_str), Some("It wrote: out of paper"));
        let later = told.problem(&server, &["out of ink".to_owned()]);
        assert_eq!(later.details.last().map(String::as_str), Some("It wrote: out of ink"));
    }

    #[test]
    fn times_are_short() {
        assert_eq!(seconds(Duration::from_secs(60)), "60 s");
        assert_eq!(seconds(Duration::from_millis(1500)), "1.5 s");
    }
}
