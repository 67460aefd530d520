//! What the window knows of tool servers: what tests found, what other programs have, and what is being written down.

mod draft;
mod extras;
mod line;
mod secret_lines;

use std::collections::{BTreeMap, BTreeSet};

pub use draft::{Draft, Way};
pub use extras::{CallDraft, ExtrasDraft};
pub use line::joined;
pub use secret_lines::{COLON, EQUALS, Sign, masked, unmasked};

use crate::{
    protocol::{Command, FoundServers, ServerReport},
    settings::{ServerSettings, Settings},
};

/// What stands beside the list of servers.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Open {
    /// The first server, or without any the ways to add one.
    #[default]
    First,
    Server(String),
    /// The ways to add one.
    Adding,
    /// What other programs have.
    Found,
    Draft(Box<Draft>),
}

/// Everything the window remembers of tool servers.
#[derive(Default)]
pub struct ServersState {
    /// What the last test of each found, by its name.
    pub reports: BTreeMap<String, ServerReport>,
    /// Those that are being tested.
    pub testing: BTreeSet<String>,
    /// What other programs have; `None` before anybody looked.
    pub found: Option<Vec<FoundServers>>,
    pub is_looking: bool,
    pub open: Open,
    /// So many times something was begun to be written down; each begins at its top.
    pub drafts: u64,
    /// Whether to remove the server that is shown is being asked.
    pub is_removing: bool,
    /// What a preset needs to be told, as typed, by its name.
    pub needed: BTreeMap<&'static str, String>,
}

impl ServersState {
    /// The server that is shown, if one is.
    pub fn shown<'a>(&self, settings: &'a Settings) -> Option<&'a ServerSettings> {
        match &self.open {
            Open::First => settings.servers.first(),
            Open::Server(name) => settings.servers.iter().find(|server| server.name == *name),
            Open::Adding | Open::Found | Open::Draft(_) => None,
        }
    }

    /// Shows something else.
    pub fn show(&mut self, open: Open) {
        self.drafts += u64::from(matches!(open, Open::Draft(_)));
        self.open = open;
        self.is_removing = false;
    }

    /// The order to test a server.
    pub fn test(&mut self, server: &ServerSettings) -> Command {
        self.testing.insert(server.name.clone());
        Command::TestServer { server: Box::new(server.clone()) }
    }

    /// The order to look what other programs have.
    pub fn look(&mut self) -> Command {
        self.is_looking = true;
        self.show(Open::Found);
        Command::FindServers
    }

    /// A test is over.
    pub fn tested(&mut self, report: ServerReport) {
        self.testing.remove(&report.name);
        self.reports.insert(report.name.clone(), report);
    }

    /// Whether its last test found nothing wrong; a test that still runs says nothing yet.
    pub fn has_passed(&self, name: &str) -> bool {
        let is_well = self.reports.get(name).is_some_and(|report| report.problem.is_none());
        is_well && !self.testing.contains(name)
    }

    /// Somebody looked what other programs have.
    pub fn found(&mut self, found: Vec<FoundServers>) {
        self.is_looking = false;
        self.found = Some(found);
    }

    /// Whatever was refused, nothing of it is waited for.
    pub fn refused(&mut self) {
        self.testing.clear();
        self.is_looking = false;
    }

    /// Adds a server, under another name where its own is taken, and shows it.
    pub fn add(&mut self, settings: &mut Settings, server: ServerSettings) {
        let name = free_name(&settings.servers, &server.name);
        self.show(Open::Server(name.clone()));
        settings.servers.push(ServerSettings { name, ..server });
    }

    /// Puts a server where the one of that name is, or adds it, and shows it. What a test found of the old one is void;
    /// sessions that were to use it use the new one.
    pub fn put(&mut self, settings: &mut Settings, was: Option<&str>, server: ServerSettings) {
        self.show(Open::Server(server.name.clone()));
        let Some(old) = settings.servers.iter_mut().find(|old| was == Some(old.name.as_str())) else {
            settings.servers.push(server);
            return;
        };
        self.reports.remove(&old.name);
        if settings.agent.environment == old.environment() {
            settings.agent.environment = server.environment();
        }
        *old = server;
    }

    /// Takes a server out.
    pub fn remove(&mut self, settings: &mut Settings, name: &str) {
        settings.servers.retain(|server| server.name != name);
        self.reports.remove(name);
        self.show(Open::First);
    }
}

/// The name itself, or with a number behind it.
fn free_name(servers: &[ServerSettings], wanted: &str) -> String {
    let is_free = |name: &String| servers.iter().all(|server| server.name != *name);
    let numbered = (2..).map(|number: u32| format!("{wanted} {number}"));
    std::iter::once(wanted.to_owned()).chain(numbered).find(is_free).unwrap_or_else(|| wanted.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn servers(names: &[&str]) -> Settings {
        let servers = names.iter().map(|name| ServerSettings::program(name, "x", &[])).collect();
        Settings { servers, ..Settings::default() }
    }

    fn names(settings: &Settings) -> Vec<&str> {
        settings.servers.iter().map(|server| server.name.as_str()).collect()
    }

    #[test]
    fn the_first_is_shown_until_somebody_chooses() {
        let settings = servers(&["git", "shop"]);
        let mut state = ServersState::default();
        assert_eq!(state.shown(&settings).unwrap().name, "git");
        state.show(Open::Server("shop".into()));
        assert_eq!(state.shown(&settings).unwrap().name, "shop");
        state.show(Open::Server("gone".into()));
        assert_eq!(state.shown(&settings), None);
        assert_eq!(ServersState::default().shown(&Settings::default()), None);
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number_and_a_new_one_is_shown() {
        let mut settings = servers(&["git", "git 2"]);
        let mut state = ServersState::default();
        state.add(&mut settings, ServerSettings::program("git", "y", &[]));
        assert_eq!(names(&settings), ["git", "git 2", "git 3"]);
        assert_eq!(state.open, Open::Server("git 3".into()));
    }

    #[test]
    fn a_new_name_is_used_everywhere_and_what_a_test_found_is_void() {
        let mut settings = servers(&["git", "shop"]);
        settings.agent.environment = "tools:git".into();
        let mut state = ServersState::default();
        state.tested(ServerReport { name: "git".into(), ..ServerReport::default() });
        state.put(&mut settings, Some("git"), ServerSettings::program("house", "y", &[]));
        assert_eq!((names(&settings), settings.agent.environment.as_str()), (vec!["house", "shop"], "tools:house"));
        assert!(state.reports.is_empty());
        state.remove(&mut settings, "house");
        assert_eq!((names(&settings), state.open), (vec!["shop"], Open::First));
    }

    #[test]
    fn a_test_is_awaited_until_it_is_answered_or_refused() {
        let mut state = ServersState::default();
        let server = ServerSettings::program("git", "x", &[]);
        assert_eq!(state.test(&server), Command::TestServer { server: Box::new(server.clone()) });
        assert!(state.testing.contains("git") && !state.has_passed("git"));
        state.tested(ServerReport { name: "git".into(), ..ServerReport::default() });
        assert!(state.testing.is_empty() && state.reports.contains_key("git") && state.has_passed("git"));
        assert_eq!((state.test(&server), state.look()).1, Command::FindServers);
        state.refused();
        assert!(state.testing.is_empty() && !state.is_looking && state.found.is_none());
        state.found(Vec::new());
        assert_eq!(state.found, Some(Vec::new()));
    }
}
