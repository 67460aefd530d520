//! What becomes of the secrets of tool servers when other settings take the place of the old ones: each goes into the
//! keychain, and the settings only say that it is there.

use std::collections::{BTreeMap, BTreeSet};

use super::found_number;
use crate::settings::{
    Secret, ServerSettings,
    servers::{IN_KEYCHAIN, entry_name, entry_parts, secret_in},
};

/// What is to be kept and forgotten, by the names in the keychain.
#[derive(Clone, Debug, Default)]
pub struct SecretsChange {
    /// The settings refer to these already.
    pub(super) keep: BTreeMap<String, Source>,
    /// These stand in the file on the disk. They stay there until the keychain has them, so that none is lost.
    pub(super) in_file: BTreeMap<String, Secret>,
    pub(super) forget: BTreeSet<String>,
}

/// Where a secret comes from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    Typed(Secret),
    /// The one of this number among those of other programs.
    Found(usize),
    /// The one that had this name: its server is called otherwise now.
    Entry(String),
}

impl SecretsChange {
    /// Compares; takes what was typed in out of the new settings at once.
    pub fn between(old: &[ServerSettings], new: &mut [ServerSettings]) -> Self {
        let in_old: BTreeSet<&str> =
            old.iter().flat_map(|server| server.values().values().map(String::as_str)).collect();
        let mut change = Self::default();
        for server in new.iter_mut() {
            let name = server.name.clone();
            for (variable, value) in server.values_mut() {
                let Some(entry) = entry_name(&name, variable) else { continue };
                let source = match (found_number(value), secret_in(variable, value)) {
                    (Some(number), _) => Source::Found(number),
                    (None, Some(secret)) if in_old.contains(value.as_str()) => {
                        change.in_file.insert(entry, secret);
                        continue;
                    }
                    (None, Some(secret)) => Source::Typed(secret),
                    (None, None) => continue,
                };
                change.keep.insert(entry, source);
                IN_KEYCHAIN.clone_into(value);
            }
        }
        change.compare(&entries(old), &entries(new), new);
        change
    }

    /// What is not referred to any more is forgotten, or goes with its server to the new name.
    fn compare(&mut self, before: &BTreeSet<String>, after: &BTreeSet<String>, new: &[ServerSettings]) {
        let gone: Vec<&String> = before.difference(after).filter(|entry| !self.in_file.contains_key(*entry)).collect();
        let is_there = |name: &str| new.iter().any(|server| server.name == name);
        for entry in after.difference(before) {
            let Some((_, variable)) = entry_parts(entry) else { continue };
            let mut left = gone
                .iter()
                .filter(|old| entry_parts(old).is_some_and(|(name, other)| other == variable && !is_there(name)));
            if let (Some(old), None) = (left.next(), left.next())
                && !self.keep.contains_key(entry)
            {
                self.keep.insert(entry.clone(), Source::Entry((*old).clone()));
            }
        }
        self.forget = gone.into_iter().cloned().collect();
    }

    /// Nothing has to be done.
    pub fn is_empty(&self) -> bool {
        !self.keeps_something() && self.in_file.is_empty() && self.forgets_nothing()
    }

    /// Something is to be kept that stands nowhere else.
    pub fn keeps_something(&self) -> bool {
        !self.keep.is_empty()
    }

    /// Nothing in the keychain is out of use now.
    pub fn forgets_nothing(&self) -> bool {
        self.forget.is_empty()
    }

    /// Leaves alone what stands in the file and is not wanted.
    pub fn retain_in_file(&mut self, mut is_wanted: impl FnMut(&str) -> bool) {
        self.in_file.retain(|entry, _| is_wanted(entry));
    }

    /// The keychain has what stood in the file, so the settings only refer to it from now on. True if that changed any.
    pub fn put_away(&self, servers: &mut [ServerSettings]) -> bool {
        let mut is_changed = false;
        for server in servers {
            let name = server.name.clone();
            for (variable, value) in server.values_mut() {
                let kept = entry_name(&name, variable).and_then(|entry| self.in_file.get(&entry));
                if kept.is_some_and(|secret| secret.reveal() == value.trim()) {
                    IN_KEYCHAIN.clone_into(value);
                    is_changed = true;
                }
            }
        }
        is_changed
    }

    /// What is to be kept, for people: `TOKEN of github`.
    pub fn names(&self) -> Vec<String> {
        let parts = self.keep.keys().filter_map(|entry| entry_parts(entry));
        parts.map(|(server, variable)| format!("{variable} of {server}")).collect()
    }
}

/// What servers refer to in the keychain.
fn entries(servers: &[ServerSettings]) -> BTreeSet<String> {
    let referred = servers.iter().flat_map(|server| {
        let kept = server.values().iter().filter(|(_, value)| value.contains(IN_KEYCHAIN));
        kept.filter_map(|(variable, _)| entry_name(&server.name, variable))
    });
    referred.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &str, value: &str) -> ServerSettings {
        let mut server = ServerSettings::program(name, "run", &[]);
        server.values_mut().insert("TOKEN".into(), value.into());
        server.values_mut().insert("LANG".into(), "C".into());
        server
    }

    fn value(servers: &[ServerSettings]) -> &str {
        &servers[0].values()["TOKEN"]
    }

    #[test]
    fn what_is_typed_goes_at_once_and_what_stands_in_the_file_once_it_is_kept() {
        let old = [with("a", "of-a-test-old")];
        let mut new = [with("a", "of-a-test-new")];
        let change = SecretsChange::between(&old, &mut new);
        assert_eq!((value(&new), change.names()), (IN_KEYCHAIN, vec!["TOKEN of a".to_owned()]));
        let mut same = old.clone();
        let mut change = SecretsChange::between(&old, &mut same);
        assert_eq!((value(&same), change.keeps_something(), change.is_empty()), ("of-a-test-old", false, false));
        assert!(change.put_away(&mut same));
        assert_eq!(value(&same), IN_KEYCHAIN);
        assert!(!change.put_away(&mut same));
        change.retain_in_file(|_| false);
        assert!(change.is_empty());
    }

    #[test]
    fn what_nobody_refers_to_is_forgotten() {
        let old = [with("a", IN_KEYCHAIN)];
        for mut new in [vec![], vec![with("a", "${TOKEN}")], vec![ServerSettings::address("a", "http://x")]] {
            let change = SecretsChange::between(&old, &mut new);
            assert_eq!(change.forget.iter().collect::<Vec<_>>(), ["server:a:TOKEN"]);
            assert!(change.keep.is_empty());
        }
        let change = SecretsChange::between(&old, &mut old.clone());
        assert!(change.is_empty());
        let change = SecretsChange::between(&old, &mut [with("a", "of-a-test-typed")]);
        assert!(change.forget.is_empty() && change.keeps_something(), "it takes the place of the old one");
    }

    #[test]
    fn a_new_name_is_told_from_a_new_server() {
        let old = [with("a", IN_KEYCHAIN)];
        let change = SecretsChange::between(&old, &mut [with("b", IN_KEYCHAIN)]);
        assert!(matches!(&change.keep["server:b:TOKEN"], Source::Entry(old) if old == "server:a:TOKEN"));
        assert_eq!(change.forget.len(), 1);
        let change = SecretsChange::between(&old, &mut [with("a", IN_KEYCHAIN), with("b", IN_KEYCHAIN)]);
        assert!(change.is_empty(), "the other one is still there");
    }
}
