//! A tool server as it is being written down: everything as typed, and what keeps it from being used.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::line::{joined, split};
use crate::settings::{
    AskFrom, Place, PresetCall, ServerExtras, ServerSettings,
    servers::{IN_KEYCHAIN, usable_name},
};

/// Stands in a field of lines for a value that has several itself.
const SEVERAL: &str = "(several lines, kept as they are)";

/// How a server is reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    #[default]
    Program,
    Address,
}

/// Everything as it is being typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Its name in the settings; `None` for a new one.
    pub was: Option<String>,
    pub name: String,
    pub way: Way,
    /// Program and arguments in one line.
    pub command: String,
    /// `NAME=VALUE`, one a line.
    pub variables: String,
    pub folder: String,
    pub url: String,
    /// `Name: value`, one a line.
    pub headers: String,
    pub extras: ExtrasDraft,
    /// What it was before; whatever cannot be typed stays as it is.
    base: ServerSettings,
}

/// What makes an environment of it, as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct ExtrasDraft {
    pub observe: CallDraft,
    pub reset: CallDraft,
    pub score: String,
    pub done: String,
    pub legal: String,
    pub legal_tool: String,
    pub legal_argument: String,
    /// Names with commas between them.
    pub allow: String,
    pub deny: String,
    pub ask_from: AskFrom,
    pub connect_s: f64,
    pub call_s: f64,
    pub call_total_s: f64,
    pub result_chars: usize,
}

/// A call that is always the same, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallDraft {
    pub tool: String,
    /// A JSON object; empty for none.
    pub arguments: String,
}

impl Draft {
    /// One that is not in the settings yet.
    pub fn new(way: Way) -> Self {
        let base = ServerSettings::program("", "", &[]);
        Self { was: None, way, ..Self::of(&base) }
    }

    /// One that is.
    pub fn of(server: &ServerSettings) -> Self {
        let mut draft = Self {
            was: Some(server.name.clone()),
            name: server.name.clone(),
            way: Way::Program,
            command: String::new(),
            variables: String::new(),
            folder: String::new(),
            url: String::new(),
            headers: String::new(),
            extras: ExtrasDraft::of(&server.extras),
            base: server.clone(),
        };
        match &server.place {
            Place::Program { command, arguments, variables, folder } => {
                let words = std::iter::once(command).filter(|command| !command.is_empty()).chain(arguments);
                draft.command = joined(words.map(String::as_str));
                draft.variables = written(variables, "=");
                draft.folder.clone_from(folder);
            }
            Place::Address { url, headers } => {
                draft.way = Way::Address;
                draft.url.clone_from(url);
                draft.headers = written(headers, ": ");
            }
        }
        draft
    }

    /// The server that was typed, among these that there are; or what is wrong with it, one sentence each. No value is
    /// repeated in them, for it may be a secret.
    pub fn finished(&self, servers: &[ServerSettings]) -> Result<ServerSettings, Vec<String>> {
        let mut wrong = Vec::new();
        let name = self.name.trim();
        wrong.extend(self.wrong_name(name, servers));
        let place = self.place(&mut wrong);
        let extras = self.extras.finished(&self.base.extras, &mut wrong);
        let lost: Vec<String> = self.kept().into_iter().filter(|_| self.was.as_deref() != Some(name)).collect();
        if self.was.is_some() && !lost.is_empty() {
            wrong.push(format!("{} is kept in the keychain under the old name; type it again here", lost.join(", ")));
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let base = self.base.clone();
        Ok(ServerSettings { name: name.to_owned(), place, extras, ..base })
    }

    fn wrong_name(&self, name: &str, servers: &[ServerSettings]) -> Option<String> {
        if name.is_empty() {
            return Some("It needs a name".to_owned());
        }
        if let Err(why) = usable_name(name) {
            return Some(format!("It cannot be called that: {why}"));
        }
        let is_other = self.was.as_deref() != Some(name);
        let is_taken = is_other && servers.iter().any(|server| server.name == name);
        is_taken.then(|| format!("There is a server called {name} already; choose another name"))
    }

    fn place(&self, wrong: &mut Vec<String>) -> Place {
        match self.way {
            Way::Program => {
                let mut words = split(&self.command).unwrap_or_else(|why| {
                    wrong.push(why.to_owned());
                    vec![String::new()]
                });
                if words.is_empty() {
                    wrong.push("It needs the command that starts it".to_owned());
                    words.push(String::new());
                }
                let command = words.remove(0);
                let variables = self.pairs(&self.variables, '=', "variables", "NAME=VALUE", wrong);
                Place::Program { command, arguments: words, variables, folder: self.folder.trim().to_owned() }
            }
            Way::Address => {
                let url = self.url.trim().to_owned();
                if !["http://", "https://"].iter().any(|scheme| url.len() > scheme.len() && url.starts_with(scheme)) {
                    wrong.push("It needs an address that begins with http:// or https://".to_owned());
                }
                let headers = self.pairs(&self.headers, ':', "headers", "Name: value", wrong);
                Place::Address { url, headers }
            }
        }
    }

    /// What the lines say; a value of several lines is that of before.
    fn pairs(
        &self,
        lines: &str,
        between: char,
        what: &str,
        form: &str,
        wrong: &mut Vec<String>,
    ) -> BTreeMap<String, String> {
        let before = match &self.base.place {
            Place::Program { variables, .. } => variables,
            Place::Address { headers, .. } => headers,
        };
        let mut pairs = BTreeMap::new();
        for (index, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let number = index + 1;
            let Some((name, value)) = line.split_once(between).filter(|(name, _)| !name.trim().is_empty()) else {
                wrong.push(format!("Line {number} of the {what} is not written as {form}"));
                continue;
            };
            let name = name.trim();
            let value =
                if value.trim() == SEVERAL { before.get(name).map_or(SEVERAL, String::as_str) } else { value.trim() };
            if pairs.insert(name.to_owned(), value.to_owned()).is_some() {
                wrong.push(format!("Line {number} of the {what} says {name} once more"));
            }
        }
        pairs
    }

    /// The names of what the keychain keeps for it.
    pub fn kept(&self) -> Vec<String> {
        let (lines, between) = match self.way {
            Way::Program => (&self.variables, '='),
            Way::Address => (&self.headers, ':'),
        };
        let pairs = lines.lines().filter_map(|line| line.split_once(between));
        pairs.filter(|(_, value)| value.contains(IN_KEYCHAIN)).map(|(name, _)| name.trim().to_owned()).collect()
    }
}

/// The pairs, one a line.
fn written(pairs: &BTreeMap<String, String>, between: &str) -> String {
    let shown = |value: &str| if value.contains('\n') { SEVERAL.to_owned() } else { value.to_owned() };
    pairs.iter().map(|(name, value)| format!("{name}{between}{}", shown(value))).collect::<Vec<_>>().join("\n")
}

impl ExtrasDraft {
    fn of(extras: &ServerExtras) -> Self {
        Self {
            observe: CallDraft::of(extras.observe.as_ref()),
            reset: CallDraft::of(extras.reset.as_ref()),
            score: extras.score.clone(),
            done: extras.done.clone(),
            legal: extras.legal.clone(),
            legal_tool: extras.legal_tool.clone(),
            legal_argument: extras.legal_argument.clone(),
            allow: extras.allow.join(", "),
            deny: extras.deny.join(", "),
            ask_from: extras.ask_from,
            connect_s: extras.connect_s,
            call_s: extras.call_s,
            call_total_s: extras.call_total_s,
            result_chars: extras.result_chars,
        }
    }

    fn finished(&self, before: &ServerExtras, wrong: &mut Vec<String>) -> ServerExtras {
        for (what, pointer) in [("score", &self.score), ("end", &self.done), ("possible actions", &self.legal)] {
            let pointer = pointer.trim();
            if !pointer.is_empty() && !pointer.starts_with('/') {
                wrong.push(format!("Where to find the {what} is written like /{pointer}"));
            }
        }
        ServerExtras {
            observe: self.observe.finished("to look", wrong),
            reset: self.reset.finished("to begin", wrong),
            score: self.score.trim().to_owned(),
            done: self.done.trim().to_owned(),
            legal: self.legal.trim().to_owned(),
            legal_tool: self.legal_tool.trim().to_owned(),
            legal_argument: self.legal_argument.trim().to_owned(),
            allow: names(&self.allow),
            deny: names(&self.deny),
            ask_from: self.ask_from,
            connect_s: self.connect_s,
            call_s: self.call_s,
            call_total_s: self.call_total_s,
            result_chars: self.result_chars,
            ..before.clone()
        }
    }
}

fn names(typed: &str) -> Vec<String> {
    let names = typed.split([',', '\n']).map(str::trim);
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

impl CallDraft {
    fn of(call: Option<&PresetCall>) -> Self {
        let Some(call) = call else { return Self::default() };
        let has_arguments = !call.arguments.is_empty();
        let arguments = if has_arguments { Value::Object(call.arguments.clone()).to_string() } else { String::new() };
        Self { tool: call.tool.clone(), arguments }
    }

    /// Why the arguments cannot be used, if they cannot.
    pub fn trouble(&self) -> Option<String> {
        self.parsed().err()
    }

    fn parsed(&self) -> Result<Map<String, Value>, String> {
        if self.arguments.trim().is_empty() {
            return Ok(Map::new());
        }
        serde_json::from_str(&self.arguments)
            .map_err(|why| format!("It is no JSON object such as {{\"depth\": 2}}: {why}"))
    }

    fn finished(&self, what: &str, wrong: &mut Vec<String>) -> Option<PresetCall> {
        let arguments = self.parsed().unwrap_or_else(|_why| {
            wrong.push(format!("The arguments of the call {what} are no JSON object"));
            Map::new()
        });
        let tool = self.tool.trim();
        (!tool.is_empty()).then(|| PresetCall { tool: tool.to_owned(), arguments })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shop() -> ServerSettings {
        let mut server = ServerSettings::program("shop", "npx", &["-y", "a shop"]);
        let Place::Program { variables, .. } = &mut server.place else { unreachable!() };
        variables.insert("TOKEN".into(), IN_KEYCHAIN.into());
        variables.insert("CERTIFICATE".into(), "one\ntwo".into());
        let arguments = Map::from_iter([("depth".to_owned(), Value::from(2))]);
        server.extras.observe = Some(PresetCall { tool: "look".into(), arguments });
        server.extras.allowed = vec!["buy".into()];
        server.extras.deny = vec!["burn".into(), "sell".into()];
        server.unknown.insert("note".into(), Value::from("mine"));
        server
    }

    #[test]
    fn what_is_not_touched_stays_as_it_is() {
        let server = shop();
        assert_eq!(Draft::of(&server).finished(std::slice::from_ref(&server)), Ok(server));
        let mut address = ServerSettings::address("far", "https://tools.example/mcp");
        let Place::Address { headers, .. } = &mut address.place else { unreachable!() };
        headers.insert("Authorization".into(), "Bearer a:b=c".into());
        assert_eq!(Draft::of(&address).finished(&[]), Ok(address));
    }

    #[test]
    fn everything_that_is_wrong_is_said_and_no_value_is_repeated() {
        let mut draft = Draft::of(&shop());
        draft.name = "git".into();
        draft.command = "npx 'open".into();
        draft.variables.push_str("\nhunter2");
        draft.extras.score = "score".into();
        draft.extras.reset.arguments = "[hunter2]".into();
        let wrong = draft.finished(&[shop(), ServerSettings::program("git", "x", &[])]).unwrap_err();
        let expected = [
            "There is a server called git already; choose another name",
            "A quotation mark of the command is not closed",
            "Line 3 of the variables is not written as NAME=VALUE",
            "Where to find the score is written like /score",
            "The arguments of the call to begin are no JSON object",
            "TOKEN is kept in the keychain under the old name; type it again here",
        ];
        assert_eq!(wrong, expected);
        assert!(draft.extras.reset.trouble().is_some());
    }

    #[test]
    fn a_new_one_says_what_it_needs() {
        let needs = Draft::new(Way::Program).finished(&[]).unwrap_err();
        assert_eq!(needs, ["It needs a name", "It needs the command that starts it"]);
        let draft =
            Draft { name: " far ".into(), url: " http://127.0.0.1:8000/mcp ".into(), ..Draft::new(Way::Address) };
        assert_eq!(draft.finished(&[]), Ok(ServerSettings::address("far", "http://127.0.0.1:8000/mcp")));
        let long = Draft { name: "x".repeat(61), url: "ftp://x".into(), ..Draft::new(Way::Address) };
        assert_eq!(long.finished(&[]).unwrap_err().len(), 2);
    }
}
