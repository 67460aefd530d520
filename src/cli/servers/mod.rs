//! `singularis servers`: tool servers in the settings and in the files of other programs.
//!
//! | file | what |
//! |---|---|
//! | [`arguments`] | what can be typed |
//! | [`list`] | those in the settings |
//! | `test` | one is started and ended again |
//! | [`import`] | those of other programs |
//! | [`change`] | one is added or removed |
//! | [`keeping`] | the file, and secrets in the keychain |

mod arguments;
mod change;
mod import;
mod keeping;
mod list;
mod test;

use std::{io, process::ExitCode};

use serde_json::{Value, json};

pub use arguments::{Add, Errand, Servers};

use super::{terminal::block_on, words};
use crate::{
    protocol::Problem,
    settings::{ServerSettings, Settings},
};

/// What is told once something was done.
struct Said {
    text: String,
    object: Value,
    /// It was done, but not all of it.
    problem: Option<Problem>,
}

impl Said {
    fn well(text: String, object: Value) -> Self {
        Self { text, object, problem: None }
    }
}

pub fn carry_out(servers: &Servers, settings: Settings) -> io::Result<ExitCode> {
    let said = match &servers.errand {
        None | Some(Errand::List) => Ok(list::said(&settings.servers)),
        Some(Errand::Test { name }) => match settings.servers.iter().find(|server| server.name == *name).cloned() {
            Some(server) => return test::carry_out(server, settings, servers.json),
            None => Err(unknown(name, &settings.servers)),
        },
        Some(Errand::Import { take }) if take.is_empty() => import::said(),
        Some(Errand::Import { take }) => block_on(import::take(take, settings.servers))?,
        Some(Errand::Add(add)) => block_on(change::add(add, settings.servers))?,
        Some(Errand::Remove { name }) => block_on(change::remove(name, settings.servers))?,
    };
    tell(said, servers.json)
}

/// The exit code says whether everything was done.
fn tell(said: Result<Said, Problem>, is_json: bool) -> io::Result<ExitCode> {
    let (said, problem) = match said {
        Ok(said) => (Some((said.text, said.object)), said.problem),
        Err(problem) => (None, Some(problem)),
    };
    if is_json {
        let mut object = said.map_or_else(|| json!({}), |(_, object)| object);
        if let Some(problem) = &problem {
            object["problem"] = serde_json::to_value(problem)?;
        }
        words::say(&serde_json::to_string_pretty(&object)?)?;
    } else {
        if let Some((text, _)) = said {
            words::say(&text)?;
        }
        if let Some(problem) = &problem {
            eprintln!("{}", words::problem(problem));
        }
    }
    Ok(if problem.is_some() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn unknown(name: &str, servers: &[ServerSettings]) -> Problem {
    let names: Vec<&str> = servers.iter().map(|server| server.name.as_str()).collect();
    let there =
        if names.is_empty() { "There are none yet".to_owned() } else { format!("There are: {}", names.join(", ")) };
    let advice = "Use one of these, or add one: singularis servers add";
    Problem::plain(format!("No tool server is called {name}"), vec![there], advice)
}
