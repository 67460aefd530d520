//! One server: how it is reached, and how its tools make an environment.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::settings::{AskFrom, redaction};

/// One tool server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServerSettings {
    /// Its key in `mcpServers`; sessions call it `tools:NAME`.
    pub name: String,
    pub place: Place,
    /// False while the user has switched it off; it then cannot be chosen.
    pub is_enabled: bool,
    pub extras: ServerExtras,
    /// What other programs write beside it and nobody here knows; it is kept as it is.
    pub unknown: Map<String, Value>,
}

/// How a server is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Place {
    /// A program that is started and spoken to over its input and output.
    Program {
        command: String,
        arguments: Vec<String>,
        /// Added to this program's own environment. `${NAME}` stands for a variable of that environment, `${keychain}`
        /// for what the keychain keeps under the server's and the variable's name.
        variables: BTreeMap<String, String>,
        /// Empty for the user's own folder.
        folder: String,
    },
    /// A server that runs already, spoken to over HTTP (streamable).
    Address {
        url: String,
        /// Written like [`variables`](Self::Program::variables).
        headers: BTreeMap<String, String>,
    },
}

/// What makes a good environment of a server; everything may be missing. In the file it stands under `singularis`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServerExtras {
    /// Called to look; without it what the last call gave is what is seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observe: Option<PresetCall>,
    /// Called once at the start of a session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reset: Option<PresetCall>,
    /// Where the score stands in what is seen or was given, as a JSON pointer such as `/score`.
    pub score: String,
    /// Where it stands that the episode is over: true, or a word that says how.
    pub done: String,
    /// Where the possible actions are listed, and which tool and argument they are meant for. Without a tool each of
    /// them is a whole call: `{"name", "arguments"}`.
    pub legal: String,
    pub legal_tool: String,
    pub legal_argument: String,
    /// Only these tools are offered; empty for all.
    pub allow: Vec<String>,
    /// These are never offered.
    pub deny: Vec<String>,
    /// From which risk on a person is asked; by default whatever is not read-only.
    pub ask_from: AskFrom,
    /// Tools that a person has allowed for ever.
    pub allowed: Vec<String>,
    /// To start and to list tools. Seconds.
    pub connect_s: f64,
    /// Without a sign of life during a call. Seconds.
    pub call_s: f64,
    /// For a whole call, however many signs of life it gives. Seconds.
    pub call_total_s: f64,
    /// So many characters of a result are shown to the models; the journal keeps all.
    pub result_chars: usize,
    /// What it is asked first.
    pub greets_with: Greeting,
    /// Whether a question of the server to the user is accepted with the question's own defaults, where it has one for
    /// all that it needs. Otherwise such questions are declined, for nobody may consent in the user's place.
    pub answers_with_defaults: bool,
}

/// How a server is met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Greeting {
    /// It is greeted as almost all servers want to be, and asked what it speaks only if it says that it knows no greeting.
    #[default]
    Initialize,
    /// It is asked at once what it speaks: for servers of the newest protocol, which knows no greeting.
    Discover,
}

impl Default for ServerExtras {
    fn default() -> Self {
        Self {
            observe: None,
            reset: None,
            score: String::new(),
            done: String::new(),
            legal: String::new(),
            legal_tool: String::new(),
            legal_argument: String::new(),
            allow: Vec::new(),
            deny: Vec::new(),
            ask_from: AskFrom::Changes,
            allowed: Vec::new(),
            // npx may have to fetch a server first.
            connect_s: 60.0,
            call_s: 60.0,
            call_total_s: 600.0,
            result_chars: 12_000,
            greets_with: Greeting::Initialize,
            answers_with_defaults: false,
        }
    }
}

impl ServerExtras {
    /// Replaces figures that can be read but not used, and names them.
    pub(super) fn mend(&mut self, server: &str, warnings: &mut Vec<String>) {
        let usual = Self::default();
        for (name, seconds, default) in [
            ("connect_s", &mut self.connect_s, usual.connect_s),
            ("call_s", &mut self.call_s, usual.call_s),
            ("call_total_s", &mut self.call_total_s, usual.call_total_s),
        ] {
            // A day is longer than any wait that makes sense.
            if !(0.1..=86_400.0).contains(seconds) {
                warnings.push(format!("{name} of the tool server {server} cannot be used, {default} seconds are used"));
                *seconds = default;
            }
        }
        if !(200..=1_000_000).contains(&self.result_chars) {
            let default = usual.result_chars;
            warnings.push(format!("result_chars of the tool server {server} cannot be used, {default} is used"));
            self.result_chars = default;
        }
    }
}

/// A call that is always the same.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PresetCall {
    pub tool: String,
    pub arguments: Map<String, Value>,
}

impl ServerSettings {
    /// A server that is started by this command and has no extras.
    pub fn program(name: &str, command: &str, arguments: &[&str]) -> Self {
        let arguments = arguments.iter().map(|&argument| argument.to_owned()).collect();
        let place = Place::Program {
            command: command.to_owned(),
            arguments,
            variables: BTreeMap::new(),
            folder: String::new(),
        };
        Self::at(name, place)
    }

    /// A server that answers at this address and has no extras.
    pub fn address(name: &str, url: &str) -> Self {
        Self::at(name, Place::Address { url: url.to_owned(), headers: BTreeMap::new() })
    }

    fn at(name: &str, place: Place) -> Self {
        Self { name: name.to_owned(), place, is_enabled: true, extras: ServerExtras::default(), unknown: Map::new() }
    }

    /// What sessions and the command line call it: `tools:NAME`.
    pub fn environment(&self) -> String {
        format!("{}{}", Self::PREFIX, self.name)
    }

    /// What the name of an environment made of tools begins with.
    pub const PREFIX: &'static str = "tools:";

    /// How it is reached, in one line for people: the command with its arguments, or the address. Whatever looks like a
    /// secret in it is taken out.
    pub fn reached(&self) -> String {
        let text = match &self.place {
            Place::Program { command, arguments, .. } => {
                let words = std::iter::once(command).chain(arguments).map(|word| {
                    if word.is_empty() || word.contains(char::is_whitespace) {
                        format!("\"{word}\"")
                    } else {
                        word.clone()
                    }
                });
                words.collect::<Vec<_>>().join(" ")
            }
            Place::Address { url, .. } => url.clone(),
        };
        redaction::redact(&text).into_owned()
    }
}
