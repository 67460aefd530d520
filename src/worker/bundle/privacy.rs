//! Takes out of a text what is nobody's business: secrets, what people wrote for models, people, and other machines.

use std::{collections::BTreeMap, path::Path};

use super::{
    addresses::{Places, hide_mail},
    machine::Machine,
    passages::Passages,
    words::{is_ordinary, is_part_of_path, is_whole_name, replace, stands_free},
};
use crate::{
    mind::prompts,
    protocol::{HealthReport, Redaction},
    settings::{
        Settings,
        redaction::{self, HIDDEN},
    },
};

/// Shorter goals and prompts would be found in half of all sentences; they are only taken out of the settings. In
/// letters.
const SHORTEST_WRITING: usize = 6;
/// A line of one word, or one that is shorter, says nothing by itself. In letters.
const SHORTEST_LINE: usize = 8;
/// The home folder is no folder right below the root, or it would be found in half of all paths. In letters.
const SHORTEST_HOME: usize = 4;

/// Something that is taken out beside secrets, in the order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Goal,
    Condition,
    Prompt,
    Mail,
    Machine,
    SignIn,
    Home,
    User,
    Host,
}

impl Kind {
    /// For people.
    fn what(self) -> &'static str {
        match self {
            Self::Goal => "goals",
            Self::Condition => "conditions of goals",
            Self::Prompt => "prompts",
            Self::Mail => "e-mail addresses",
            Self::Machine => "addresses of other machines",
            Self::SignIn => "users in addresses",
            Self::Home => "the name of the home folder",
            Self::User => "the user's name",
            Self::Host => "the name of this machine",
        }
    }

    fn instead(self) -> &'static str {
        match self {
            Self::Goal => "(a goal of so many letters)",
            Self::Condition => "(a condition of so many letters)",
            Self::Prompt => "(a prompt of so many letters)",
            Self::Mail => "(an e-mail address)",
            Self::Machine => "machine-1, machine-2 and so on",
            Self::SignIn => HIDDEN,
            Self::Home => "~",
            Self::User => "user",
            Self::Host => "this-machine",
        }
    }
}

/// Something that a person wrote for models, and what stands in its place.
struct Writing {
    known_by: KnownBy,
    instead: String,
    kind: Kind,
}

/// How it is found.
enum KnownBy {
    /// As a whole, or a whole line of it.
    Text(String),
    /// By any long part of it.
    Passages(Passages),
}

/// One bundle's worth of it: names given to machines stay the same, and everything is counted.
pub struct Privacy {
    writings: Vec<Writing>,
    places: Places,
    homes: Vec<String>,
    user: Option<String>,
    hosts: Vec<String>,
    secrets: BTreeMap<&'static str, u64>,
    counts: BTreeMap<Kind, u64>,
}

impl Privacy {
    /// Gets to know what must not be told.
    pub fn new(settings: &Settings, report: Option<&HealthReport>, home: Option<&Path>, machine: &Machine) -> Self {
        let mut places = Places::default();
        let accounts = [&settings.providers.gemini.url, &settings.providers.claude.url];
        let network = settings.network.own_hosts.iter().chain(&settings.network.bypass_proxy);
        let checked = report.into_iter().flat_map(HealthReport::all).map(|report| &report.endpoint);
        let addresses = settings.endpoints.iter().map(|endpoint| &endpoint.url).chain(accounts).chain(network);
        addresses.chain(checked).for_each(|address| places.learn(address));
        let host = machine.host.as_deref().filter(|host| *host != "localhost");
        Self {
            writings: writings(settings),
            places,
            homes: home.map(homes).unwrap_or_default(),
            user: machine.user.clone(),
            hosts: host.map(hosts).unwrap_or_default(),
            secrets: BTreeMap::new(),
            counts: BTreeMap::new(),
        }
    }

    /// The settings without what was written for models; everything else in them is for [`Self::clean`].
    pub fn public(&mut self, settings: &Settings) -> Settings {
        let mut shown = settings.clone();
        let Settings { agent, roles, .. } = &mut shown;
        self.withhold(Kind::Goal, &mut agent.goal);
        self.withhold(Kind::Condition, &mut agent.goal_when);
        for role in roles.iter_mut().filter(|role| !is_named_prompt(&role.instruction)) {
            self.withhold(Kind::Prompt, &mut role.instruction);
        }
        shown
    }

    /// The text as it can be posted.
    pub fn clean(&mut self, text: &str) -> String {
        let mut text = without_controls(text);
        for Writing { known_by, instead, kind } in &self.writings {
            let (hidden, times) = match known_by {
                KnownBy::Text(written) => replace(&text, written, instead, stands_free),
                KnownBy::Passages(passages) => passages.replace(&text, instead),
            };
            text = hidden;
            *self.counts.entry(*kind).or_default() += times;
        }
        text = self.without_secrets(&text);
        for home in &self.homes {
            let (hidden, times) = replace(&text, home, Kind::Home.instead(), is_whole_name);
            text = hidden;
            *self.counts.entry(Kind::Home).or_default() += times;
        }
        let (hidden, machines, users) = self.places.hide_in_urls(&text);
        let (hidden, people) = hide_mail(&hidden, Kind::Mail.instead());
        let (hidden, figures) = self.places.hide_figures(&hidden);
        let (hidden, names) = self.places.hide_names(&hidden);
        text = hidden;
        self.count(Kind::Machine, machines + figures + names);
        self.count(Kind::SignIn, users);
        self.count(Kind::Mail, people);
        for host in &self.hosts {
            let fits = |before: &str, after: &str| is_whole_name(before, after) && !is_ordinary(host);
            let (hidden, times) = replace(&text, host, Kind::Host.instead(), fits);
            text = hidden;
            *self.counts.entry(Kind::Host).or_default() += times;
        }
        if let Some(user) = &self.user {
            let fits = |before: &str, after: &str| {
                is_part_of_path(before, after) || (stands_free(before, after) && !is_ordinary(user))
            };
            let (hidden, times) = replace(&text, user, Kind::User.instead(), fits);
            text = hidden;
            *self.counts.entry(Kind::User).or_default() += times;
        }
        text
    }

    /// The text without secrets, and otherwise as it is: for what was cleaned already and has come together since.
    pub fn without_secrets(&mut self, text: &str) -> String {
        redaction::redact_counted(text, &mut self.secrets).into_owned()
    }

    /// What was taken out so far, by kind; never the thing itself.
    pub fn redactions(&self) -> Vec<Redaction> {
        let secrets = self.secrets.iter().map(|(what, times)| (*what, *times, HIDDEN));
        let others = self.counts.iter().map(|(kind, times)| (kind.what(), *times, kind.instead()));
        let found = secrets.chain(others).filter(|(_, times, _)| *times > 0);
        found
            .map(|(what, times, instead)| Redaction { what: what.to_owned(), times, instead: instead.to_owned() })
            .collect()
    }

    fn withhold(&mut self, kind: Kind, written: &mut String) {
        if !written.trim().is_empty() {
            *written = stand_in(kind, written);
            self.count(kind, 1);
        }
    }

    fn count(&mut self, kind: Kind, times: u64) {
        *self.counts.entry(kind).or_default() += times;
    }
}

/// Everything in the settings that was written for models and is long enough to be known again, the longest first; and
/// then, where somebody has cut it, its passages.
fn writings(settings: &Settings) -> Vec<Writing> {
    let agent = &settings.agent;
    let own = settings.roles.iter().map(|role| &role.instruction).filter(|instruction| !is_named_prompt(instruction));
    let prompts = own.map(|instruction| (Kind::Prompt, instruction));
    let (mut whole, mut parts): (Vec<(String, String, Kind)>, Vec<Writing>) = (Vec::new(), Vec::new());
    for (kind, written) in [(Kind::Goal, &agent.goal), (Kind::Condition, &agent.goal_when)].into_iter().chain(prompts) {
        let written = written.trim();
        if written.chars().count() < SHORTEST_WRITING {
            continue;
        }
        let instead = stand_in(kind, written);
        let lines = written.lines().map(str::trim).filter(|line| is_telling(line));
        for form in std::iter::once(written).chain(lines).flat_map(forms) {
            if !form.is_empty() && !whole.iter().any(|(known, ..)| *known == form) {
                whole.push((form, instead.clone(), kind));
            }
        }
        let passages = escaped(written).into_iter().filter_map(|form| Passages::of(&form));
        parts.extend(passages.map(|passages| Writing {
            known_by: KnownBy::Passages(passages),
            instead: instead.clone(),
            kind,
        }));
    }
    whole.sort_by_key(|(form, ..)| std::cmp::Reverse(form.len()));
    let whole = whole.into_iter().map(|(form, instead, kind)| Writing { known_by: KnownBy::Text(form), instead, kind });
    whole.chain(parts).collect()
}

/// Whether a line of its own gives away what was written.
fn is_telling(line: &str) -> bool {
    line.chars().count() >= SHORTEST_LINE && line.contains(char::is_whitespace)
}

/// What was written as it stands in a text that was cleaned of controls: in all its lines or in one, as the log has it
/// and as sentences have it.
fn forms(written: &str) -> Vec<String> {
    let in_a_log: String =
        written.chars().map(|letter| if matches!(letter, '\n' | '\r' | '\t') { ' ' } else { letter }).collect();
    let in_a_sentence = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut forms = escaped(written);
    forms.extend([in_a_log, in_a_sentence]);
    forms.iter().map(|form| without_controls(form)).collect()
}

/// As it is, as it stands in JSON, and as programs print a text with its quotes.
fn escaped(written: &str) -> Vec<String> {
    let quoted = serde_json::to_string(written).unwrap_or_default();
    let printed = format!("{written:?}");
    let mut forms = vec![written.to_owned()];
    for form in [inner(&quoted), inner(&printed)] {
        if !forms.iter().any(|known| known == form) {
            forms.push(form.to_owned());
        }
    }
    forms
}

/// Without the quotes around it.
fn inner(quoted: &str) -> &str {
    quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default()
}

/// `(a goal of 63 letters)`.
fn stand_in(kind: Kind, written: &str) -> String {
    let what = match kind {
        Kind::Goal => "goal",
        Kind::Condition => "condition",
        _ => "prompt",
    };
    format!("(a {what} of {} letters)", written.trim().chars().count())
}

/// An instruction that is no name of a prompt is itself one, and then it is handed to the model as it is.
fn is_named_prompt(instruction: &str) -> bool {
    let written = instruction.trim();
    written.is_empty() || !prompts::of_part(instruction).trim_start().starts_with(written)
}

/// The home folder as it stands in paths, in text that was written by programs, and in addresses.
fn homes(home: &Path) -> Vec<String> {
    let home = home.to_string_lossy();
    let home = home.trim_end_matches(['/', '\\']);
    if home.chars().count() < SHORTEST_HOME {
        return Vec::new();
    }
    let mut forms = vec![home.to_owned()];
    if home.contains('\\') {
        forms.extend([home.replace('\\', "\\\\"), home.replace('\\', "/")]);
    }
    forms
}

/// The name of this machine, whole and without its domain.
fn hosts(host: &str) -> Vec<String> {
    let short = host.split('.').next().filter(|short| *short != host);
    std::iter::once(host).chain(short).map(str::to_owned).collect()
}

/// Signs that only a terminal understands would hide what stands there.
fn without_controls(text: &str) -> String {
    let seen = |letter: char| letter != '\r';
    let shown = |letter: char| if letter.is_control() && !matches!(letter, '\n' | '\t') { '\u{fffd}' } else { letter };
    text.chars().filter(|letter| seen(*letter)).map(shown).collect()
}
