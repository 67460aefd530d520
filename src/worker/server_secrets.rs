//! Secrets of tool servers: what is kept of them in the keychain, what was typed in for this run, and what stands in the
//! files of other programs. The settings only refer to them.
//!
//! | file | what |
//! |---|---|
//! | `change` | what becomes of secrets when settings are saved |

pub mod change;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

pub use change::SecretsChange;

use change::Source;

use crate::settings::{
    Secret, ServerSettings,
    servers::{IN_KEYCHAIN, entry_parts},
};

/// What a value says that was found in another program's file: `${found:3}`. The value itself stays with the worker.
const FOUND: &str = "${found:";

/// Cheap to clone; all clones are the same.
#[derive(Clone, Debug, Default)]
pub struct ServerSecrets(Arc<Mutex<Book>>);

#[derive(Debug, Default)]
struct Book {
    /// In the keychain, by their names there.
    kept: BTreeMap<String, Secret>,
    /// In use, and not in the keychain yet, if ever.
    typed: BTreeMap<String, Secret>,
    /// Out of use, whatever the keychain still has.
    forgotten: BTreeSet<String>,
    /// In other programs' files, in the order in which they were found.
    found: Vec<Secret>,
}

impl ServerSecrets {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Those of one server, by the name of the variable or header.
    pub fn of(&self, server: &str) -> BTreeMap<String, Secret> {
        let book = self.book();
        // What was typed in is newer than what was kept, so it comes last.
        let all = book.kept.iter().chain(&book.typed);
        let ours = all.filter_map(|(entry, secret)| match entry_parts(entry) {
            Some((name, variable)) if name == server => Some((variable.to_owned(), secret.clone())),
            _ => None,
        });
        ours.collect()
    }

    /// What the keychain holds. Whatever has changed meanwhile is newer.
    pub fn have_read(&self, named: BTreeMap<String, Secret>) {
        let mut book = self.book();
        for (entry, secret) in named {
            if !book.forgotten.contains(&entry) {
                book.kept.entry(entry).or_insert(secret);
            }
        }
    }

    /// The same server with references in place of its secrets: those stay here, and nobody who hears of the server hears
    /// of them.
    pub fn hidden(&self, server: &ServerSettings) -> ServerSettings {
        let mut book = self.book();
        server.without_secrets(|secret| {
            let number = book.found.iter().position(|found| found == secret).unwrap_or_else(|| {
                book.found.push(secret.clone());
                book.found.len() - 1
            });
            format!("{FOUND}{number}}}")
        })
    }

    /// The same server ready to be started: what was found elsewhere is given with its secrets, as if it had been kept.
    pub fn ready(&self, server: &ServerSettings) -> (ServerSettings, BTreeMap<String, Secret>) {
        let (mut server, mut secrets) = (server.clone(), self.of(&server.name));
        let book = self.book();
        for (variable, value) in server.values_mut() {
            if let Some(secret) = found_number(value).and_then(|number| book.found.get(number)) {
                secrets.insert(variable.clone(), secret.clone());
                IN_KEYCHAIN.clone_into(value);
            }
        }
        (server, secrets)
    }

    /// Uses what has changed from now on, and no longer what is to be forgotten.
    pub fn use_now(&self, change: &SecretsChange) {
        let mut book = self.book();
        for (entry, source) in &change.keep {
            let secret = match source {
                Source::Typed(secret) => Some(secret.clone()),
                Source::Found(number) => book.found.get(*number).cloned(),
                Source::Entry(old) => book.typed.get(old).or_else(|| book.kept.get(old)).cloned(),
            };
            if let Some(secret) = secret {
                book.typed.insert(entry.clone(), secret);
            }
            book.forgotten.remove(entry);
        }
        for entry in change.in_file.keys() {
            book.forgotten.remove(entry);
        }
        for entry in &change.forget {
            book.typed.remove(entry);
            book.kept.remove(entry);
            book.forgotten.insert(entry.clone());
        }
    }

    /// Whether a server has a new name and what it had under the old one is not known here: the keychain was not read
    /// yet.
    pub(super) fn misses_any(&self, change: &SecretsChange) -> bool {
        !self.missed(change).is_empty()
    }

    /// What the keychain had under the old names goes with their servers to the new ones.
    pub(super) fn take_along(&self, change: &SecretsChange, named: &BTreeMap<String, Secret>) {
        let missed = self.missed(change);
        let mut book = self.book();
        for (entry, old) in missed {
            if let Some(secret) = named.get(old) {
                book.typed.insert(entry.clone(), secret.clone());
            }
        }
    }

    /// New names and old ones.
    fn missed<'c>(&self, change: &'c SecretsChange) -> Vec<(&'c String, &'c String)> {
        let book = self.book();
        let moved = change.keep.iter().filter_map(|(entry, source)| match source {
            Source::Entry(old) => Some((entry, old)),
            Source::Typed(_) | Source::Found(_) => None,
        });
        let is_unknown = |entry: &String| {
            !(book.typed.contains_key(entry) || book.kept.contains_key(entry) || book.forgotten.contains(entry))
        };
        moved.filter(|&(entry, _)| is_unknown(entry)).collect()
    }

    /// What the keychain has to be told for a change that is in use already. What is in use again meanwhile stays.
    pub(super) fn to_be_kept(&self, change: &SecretsChange) -> BTreeMap<String, Option<Secret>> {
        let book = self.book();
        let known = |entry: &String| Some((entry.clone(), Some(book.typed.get(entry)?.clone())));
        let in_file = change.in_file.iter().map(|(entry, secret)| (entry.clone(), Some(secret.clone())));
        let out_of_use = change.forget.iter().filter(|entry| book.forgotten.contains(*entry));
        let forgotten = out_of_use.map(|entry| (entry.clone(), None));
        forgotten.chain(change.keep.keys().filter_map(known)).chain(in_file).collect()
    }

    /// The keychain has them now.
    pub(super) fn are_kept(&self, changes: BTreeMap<String, Option<Secret>>) {
        let mut book = self.book();
        for (entry, secret) in changes {
            let Some(secret) = secret else { continue };
            // Unless another one was typed in meanwhile.
            if book.typed.get(&entry) == Some(&secret) {
                book.typed.remove(&entry);
            }
            book.kept.insert(entry, secret);
        }
    }
}

/// Which of those that were found a value refers to.
fn found_number(value: &str) -> Option<usize> {
    value.trim().strip_prefix(FOUND)?.strip_suffix('}')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret {
        Secret::new(text).unwrap()
    }

    fn with(name: &str, value: &str) -> ServerSettings {
        let mut server = ServerSettings::program(name, "run", &[]);
        server.values_mut().insert("TOKEN".into(), value.into());
        server
    }

    #[test]
    fn what_was_found_elsewhere_is_only_referred_to_until_it_is_taken() {
        let secrets = ServerSecrets::default();
        let hidden = secrets.hidden(&with("a", "of-a-test-found"));
        assert_eq!(hidden.values()["TOKEN"], "${found:0}");
        assert_eq!(secrets.hidden(&with("b", "of-a-test-found")), with("b", "${found:0}"), "the same is one");
        let (ready, given) = secrets.ready(&hidden);
        assert_eq!(ready.values()["TOKEN"], IN_KEYCHAIN);
        assert!(given["TOKEN"] == secret("of-a-test-found"));
        let mut taken = [hidden];
        let change = SecretsChange::between(&[], &mut taken);
        secrets.use_now(&change);
        assert_eq!(taken[0].values()["TOKEN"], IN_KEYCHAIN);
        assert!(secrets.of("a")["TOKEN"] == secret("of-a-test-found"));
        assert!(!format!("{secrets:?} {change:?}").contains("of-a-test"));
    }

    #[test]
    fn a_reference_to_nothing_stays_as_it_is() {
        let secrets = ServerSecrets::default();
        for value in ["${found:7}", "${found:}", "${found:-1}", "${found:99999999999999999999}"] {
            let (ready, given) = secrets.ready(&with("a", value));
            assert_eq!((ready.values()["TOKEN"].as_str(), given.len()), (value, 0));
        }
    }

    #[test]
    fn what_is_forgotten_is_out_of_use_and_a_new_name_takes_its_secrets_along() {
        let secrets = ServerSecrets::default();
        secrets.have_read(BTreeMap::from([("server:a:TOKEN".into(), secret("of-a-test-kept"))]));
        let mut renamed = [with("b", IN_KEYCHAIN)];
        let change = SecretsChange::between(&[with("a", IN_KEYCHAIN)], &mut renamed);
        secrets.use_now(&change);
        assert!(secrets.of("a").is_empty());
        assert!(secrets.of("b")["TOKEN"] == secret("of-a-test-kept"));
        let told = secrets.to_be_kept(&change);
        assert!(told["server:a:TOKEN"].is_none());
        assert!(told["server:b:TOKEN"] == Some(secret("of-a-test-kept")));
        secrets.are_kept(told);
        assert!(secrets.of("b")["TOKEN"] == secret("of-a-test-kept"));
    }
}
