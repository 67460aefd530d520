//! A tool server as it is being written down: everything as typed, and what keeps it from being used.

use std::collections::BTreeMap;

use super::{
    extras::ExtrasDraft,
    line::{joined, split},
    secret_lines::{COLON, EQUALS, Sign},
};
use crate::{
    settings::{
        Place, ServerSettings,
        servers::{IN_KEYCHAIN, usable_name},
    },
    ui::catalogue::say,
};

/// The longest name. In letters.
const LONGEST_NAME: usize = 60;

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
    /// Stands in a field of lines for a value that has several itself.
    several: String,
    /// What it was before; whatever cannot be typed stays as it is.
    base: ServerSettings,
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
            several: say!("servers-several-lines"),
            base: server.clone(),
        };
        match &server.place {
            Place::Program { command, arguments, variables, folder } => {
                let words = std::iter::once(command).filter(|command| !command.is_empty()).chain(arguments);
                draft.command = joined(words.map(String::as_str));
                draft.variables = written(variables, "=", &draft.several);
                draft.folder.clone_from(folder);
            }
            Place::Address { url, headers } => {
                draft.way = Way::Address;
                draft.url.clone_from(url);
                draft.headers = written(headers, ": ", &draft.several);
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
            wrong.push(say!("servers-wrong-kept-elsewhere", names = lost.join(", ")));
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let base = self.base.clone();
        Ok(ServerSettings { name: name.to_owned(), place, extras, ..base })
    }

    fn wrong_name(&self, name: &str, servers: &[ServerSettings]) -> Option<String> {
        if name.is_empty() {
            return Some(say!("servers-wrong-no-name"));
        }
        if name.chars().count() > LONGEST_NAME {
            return Some(say!("servers-wrong-long-name", letters = LONGEST_NAME));
        }
        if usable_name(name).is_err() {
            return Some(say!("servers-wrong-unseen-name"));
        }
        let is_other = self.was.as_deref() != Some(name);
        let is_taken = is_other && servers.iter().any(|server| server.name == name);
        is_taken.then(|| say!("servers-wrong-name-taken", name = name))
    }

    fn place(&self, wrong: &mut Vec<String>) -> Place {
        match self.way {
            Way::Program => {
                let mut words = split(&self.command).unwrap_or_else(|_open| {
                    wrong.push(say!("servers-wrong-open-quotation"));
                    vec![String::new()]
                });
                if words.is_empty() {
                    wrong.push(say!("servers-wrong-no-command"));
                    words.push(String::new());
                }
                let command = words.remove(0);
                let variables = self.pairs(&self.variables, EQUALS, wrong);
                Place::Program { command, arguments: words, variables, folder: self.folder.trim().to_owned() }
            }
            Way::Address => {
                let url = self.url.trim().to_owned();
                if !["http://", "https://"].iter().any(|scheme| url.len() > scheme.len() && url.starts_with(scheme)) {
                    wrong.push(say!("servers-wrong-address"));
                }
                let headers = self.pairs(&self.headers, COLON, wrong);
                Place::Address { url, headers }
            }
        }
    }

    /// What the lines say; a value of several lines is that of before.
    fn pairs(&self, lines: &str, between: Sign, wrong: &mut Vec<String>) -> BTreeMap<String, String> {
        let before = self.base.values();
        let mut pairs = BTreeMap::new();
        for (index, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let number = index + 1;
            let Some((name, value)) = line.split_once(between).filter(|(name, _)| !name.trim().is_empty()) else {
                wrong.push(match between {
                    EQUALS => say!("servers-wrong-variable", line = number),
                    _ => say!("servers-wrong-header", line = number),
                });
                continue;
            };
            let name = name.trim();
            let kept = before.get(name).filter(|_| value.trim() == self.several);
            let value = kept.map_or(value.trim(), String::as_str);
            if pairs.insert(name.to_owned(), value.to_owned()).is_some() {
                wrong.push(match between {
                    EQUALS => say!("servers-wrong-variable-twice", line = number, name = name),
                    _ => say!("servers-wrong-header-twice", line = number, name = name),
                });
            }
        }
        pairs
    }

    /// The names of what the keychain keeps for it.
    pub fn kept(&self) -> Vec<String> {
        let (lines, between) = match self.way {
            Way::Program => (&self.variables, EQUALS),
            Way::Address => (&self.headers, COLON),
        };
        let pairs = lines.lines().filter_map(|line| line.split_once(between));
        pairs.filter(|(_, value)| value.contains(IN_KEYCHAIN)).map(|(name, _)| name.trim().to_owned()).collect()
    }
}

/// The pairs, one a line.
fn written(pairs: &BTreeMap<String, String>, between: &str, several: &str) -> String {
    let shown = |value: &str| if value.contains('\n') { several.to_owned() } else { value.to_owned() };
    pairs.iter().map(|(name, value)| format!("{name}{between}{}", shown(value))).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value};

    use super::*;
    use crate::settings::{Greeting, PresetCall};

    fn shop() -> ServerSettings {
        let mut server = ServerSettings::program("shop", "npx", &["-y", "a shop"]);
        let Place::Program { variables, .. } = &mut server.place else { unreachable!() };
        variables.insert("TOKEN".into(), IN_KEYCHAIN.into());
        variables.insert("CERTIFICATE".into(), "one\ntwo".into());
        let arguments = Map::from_iter([("depth".to_owned(), Value::from(2))]);
        server.extras.observe = Some(PresetCall { tool: "look".into(), arguments });
        server.extras.allowed = vec!["buy".into()];
        server.extras.deny = vec!["burn".into(), "sell".into()];
        server.extras.greets_with = Greeting::Discover;
        server.extras.answers_with_defaults = true;
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
