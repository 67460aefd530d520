//! The tokens and keys in use: from the environment, from the keychain, or typed in for this run; and the secrets of tool
//! servers, which are kept with them.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::watch, time::timeout};

use super::server_secrets::{SecretsChange, ServerSecrets};
use crate::{
    protocol::{Problem, TokenFrom},
    settings::{
        Provider, Secret,
        keychain::{Keychain, KeychainError},
    },
};

/// The system may ask its user to unlock the keychain; a check does not wait longer for that.
const WAITED_FOR: Duration = Duration::from_secs(3);
/// Nobody answers the system's question for ever.
const ANSWERED_WITHIN: Duration = Duration::from_secs(120);

/// Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Keys(Arc<Shared>);

struct Shared {
    /// Who set a key there meant it, so these count first and cannot be changed here.
    outside: BTreeMap<Provider, Secret>,
    keychain: Keychain,
    book: Mutex<Book>,
    servers: ServerSecrets,
    /// Held while the keychain is told of their secrets, so that what was said last holds.
    turn: tokio::sync::Mutex<()>,
    is_read: watch::Sender<bool>,
}

#[derive(Default)]
struct Book {
    kept: BTreeMap<Provider, Secret>,
    typed: BTreeMap<Provider, Secret>,
    /// Why keys are not in the keychain.
    trouble: Option<KeychainError>,
}

impl Keys {
    /// The environment's keys and the place where others are kept. Nothing is read yet.
    pub fn new(outside: BTreeMap<Provider, Secret>, keychain: Keychain) -> Self {
        let (book, servers, turn) = (Mutex::default(), ServerSecrets::default(), tokio::sync::Mutex::default());
        Self(Arc::new(Shared { outside, keychain, book, servers, turn, is_read: watch::Sender::new(false) }))
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The key to use.
    pub fn get(&self, provider: Provider) -> Option<Secret> {
        let book = self.book();
        self.0
            .outside
            .get(&provider)
            .or_else(|| book.typed.get(&provider))
            .or_else(|| book.kept.get(&provider))
            .cloned()
    }

    /// Where it comes from.
    pub fn from(&self, provider: Provider) -> TokenFrom {
        let book = self.book();
        if self.0.outside.contains_key(&provider) {
            TokenFrom::Environment
        } else if book.typed.contains_key(&provider) {
            TokenFrom::ThisRun
        } else if book.kept.contains_key(&provider) {
            TokenFrom::Keychain
        } else {
            TokenFrom::Nowhere
        }
    }

    /// Why keys are not kept in the keychain, if they are not: *there is no keychain: …*.
    pub fn trouble(&self) -> Option<String> {
        self.book().trouble.as_ref().map(ToString::to_string)
    }

    /// Reads the keychain once.
    pub async fn read(&self) {
        let keychain = self.0.keychain.clone();
        match blocking(move || keychain.load_all()).await {
            Ok(kept) => {
                self.book().kept = kept.keys;
                self.0.servers.have_read(kept.named);
            }
            Err(error) => self.note(&error),
        }
        self.0.is_read.send_replace(true);
    }

    /// Waits until the keychain was read, but not for ever.
    pub async fn ready(&self) {
        let mut is_read = self.0.is_read.subscribe();
        let _goes_on_without_it = timeout(WAITED_FOR, is_read.wait_for(|is_read| *is_read)).await;
    }

    /// Uses this key from now on and keeps it; `None` forgets it. Gives why it is not in the keychain, if it is not.
    pub async fn change(&self, provider: Provider, key: Option<Secret>) -> Option<Problem> {
        let is_absent = {
            let mut book = self.book();
            book.kept.remove(&provider);
            match &key {
                Some(key) => book.typed.insert(provider, key.clone()),
                None => book.typed.remove(&provider),
            };
            matches!(book.trouble, Some(KeychainError::Absent { .. }))
        };
        // Where there is no keychain, nothing has to be forgotten there.
        if key.is_none() && is_absent {
            return None;
        }
        let (keychain, kept) = (self.0.keychain.clone(), key.clone());
        match blocking(move || keychain.change(provider, kept.as_ref())).await {
            Ok(()) => {
                let mut book = self.book();
                book.trouble = None;
                // Whoever read the keychain meanwhile has found the old one.
                book.kept.remove(&provider);
                // Unless another one was typed in meanwhile.
                if let Some(key) = key.filter(|key| book.typed.get(&provider) == Some(key)) {
                    book.typed.remove(&provider);
                    book.kept.insert(provider, key);
                }
                None
            }
            Err(error) => {
                self.note(&error);
                Some(problem(provider, &error, key.is_some()))
            }
        }
    }

    /// The secrets of tool servers.
    pub fn servers(&self) -> &ServerSecrets {
        &self.0.servers
    }

    /// Puts into the keychain, and takes out of it, what is [in use](ServerSecrets::use_now) already. An error says why
    /// that could not be; then it is in use until the program ends.
    pub async fn keep(&self, change: &SecretsChange) -> Result<(), KeychainError> {
        let _turn = self.0.turn.lock().await;
        let is_absent = matches!(self.book().trouble, Some(KeychainError::Absent { .. }));
        if !is_absent && self.0.servers.misses_any(change) {
            // What goes to a new name has to be known before the old one is taken out.
            let keychain = self.0.keychain.clone();
            match blocking(move || keychain.load_named()).await {
                Ok(named) => self.0.servers.take_along(change, &named),
                Err(error) => {
                    self.note(&error);
                    return Err(error);
                }
            }
        }
        let changes = self.0.servers.to_be_kept(change);
        // Where there is no keychain, nothing has to be forgotten there.
        if changes.is_empty() || (is_absent && changes.values().all(Option::is_none)) {
            return Ok(());
        }
        let (keychain, told) = (self.0.keychain.clone(), changes.clone());
        match blocking(move || keychain.change_named(&told)).await {
            Ok(()) => {
                self.book().trouble = None;
                self.0.servers.are_kept(changes);
                Ok(())
            }
            Err(error) => {
                self.note(&error);
                Err(error)
            }
        }
    }

    fn note(&self, error: &KeychainError) {
        tracing::info!("{error}");
        self.book().trouble = Some(error.clone());
    }
}

/// Whatever the system asks its user happens on a thread of its own.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, KeychainError> + Send + 'static,
) -> Result<T, KeychainError> {
    let refused = |why: &str| Err(KeychainError::Refused { why: why.to_owned() });
    match timeout(ANSWERED_WITHIN, tokio::task::spawn_blocking(work)).await {
        Ok(Ok(done)) => done,
        Ok(Err(_panicked)) => refused("it broke down"),
        Err(_elapsed) => refused("it did not answer in time"),
    }
}

fn problem(provider: Provider, error: &KeychainError, is_kept: bool) -> Problem {
    let name = provider.title();
    let (summary, advice) = if is_kept {
        (
            format!("The key for {name} is in use, but only until the program ends"),
            "Type it in again next time, or mend the keychain",
        )
    } else {
        (
            format!("The key for {name} is not used any more, but the keychain could not be asked to forget it"),
            "Remove the entry called singularis with the system's own keychain program",
        )
    };
    Problem::plain(summary, vec![error.to_string()], advice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{
        ServerSettings,
        keychain::{AbsentStore, KeyStore, MemoryStore},
        servers::IN_KEYCHAIN,
    };

    fn secret(text: &str) -> Secret {
        Secret::new(text).unwrap()
    }

    #[tokio::test]
    async fn a_key_is_kept_found_again_and_forgotten_and_the_environment_counts_first() {
        let store = MemoryStore::default();
        let keys = Keys::new(BTreeMap::new(), Keychain::new(store.clone()));
        keys.read().await;
        assert_eq!(keys.change(Provider::Gemini, Some(secret("kept-key"))).await, None);
        assert_eq!(keys.from(Provider::Gemini), TokenFrom::Keychain);
        let outside = BTreeMap::from([(Provider::Claude, secret("of-the-environment"))]);
        let later = Keys::new(outside, Keychain::new(store));
        later.read().await;
        assert!(later.get(Provider::Gemini) == Some(secret("kept-key")));
        assert_eq!(later.change(Provider::Claude, Some(secret("typed"))).await, None);
        assert!(later.get(Provider::Claude) == Some(secret("of-the-environment")));
        assert_eq!(later.change(Provider::Gemini, None).await, None);
        assert_eq!((later.from(Provider::Gemini), later.trouble()), (TokenFrom::Nowhere, None));
        keys.read().await;
        assert_eq!(keys.from(Provider::Gemini), TokenFrom::Nowhere);
    }

    #[tokio::test]
    async fn secrets_of_servers_are_kept_found_again_and_forgotten() {
        let store = MemoryStore::default();
        let keys = Keys::new(BTreeMap::new(), Keychain::new(store.clone()));
        let mut server = ServerSettings::program("git", "run", &[]);
        server.values_mut().insert("TOKEN".into(), "of-a-test-git".into());
        let mut servers = [server];
        let change = SecretsChange::between(&[], &mut servers);
        keys.servers().use_now(&change);
        assert_eq!(keys.keep(&change).await, Ok(()));
        let later = Keys::new(BTreeMap::new(), Keychain::new(store.clone()));
        later.read().await;
        assert!(later.servers().of("git")["TOKEN"] == secret("of-a-test-git"));
        let change = SecretsChange::between(&servers, &mut []);
        later.servers().use_now(&change);
        assert_eq!(later.keep(&change).await, Ok(()));
        assert_eq!((later.servers().of("git").len(), store.read()), (0, Ok(None)));
    }

    fn git(token: &str) -> [ServerSettings; 1] {
        let mut server = ServerSettings::program("git", "run", &[]);
        server.values_mut().insert("TOKEN".into(), token.into());
        [server]
    }

    #[tokio::test]
    async fn a_server_that_is_renamed_before_the_keychain_was_read_takes_its_secret_along() {
        let store = MemoryStore::default();
        store.write(r#"{"server:git:TOKEN": "of-a-test-renamed"}"#).unwrap();
        let keys = Keys::new(BTreeMap::new(), Keychain::new(store.clone()));
        let (old, mut new) = (git(IN_KEYCHAIN), git(IN_KEYCHAIN));
        new[0].name = "forge".to_owned();
        let change = SecretsChange::between(&old, &mut new);
        keys.servers().use_now(&change);
        assert_eq!(keys.keep(&change).await, Ok(()));
        keys.read().await;
        assert!(keys.servers().of("git").is_empty());
        assert!(keys.servers().of("forge")["TOKEN"] == secret("of-a-test-renamed"));
        let text = store.read().unwrap().unwrap();
        assert!(text.contains("server:forge:TOKEN") && !text.contains("server:git:TOKEN"));
    }

    #[tokio::test]
    async fn a_secret_that_is_in_use_again_is_not_forgotten_by_whoever_comes_late() {
        let store = MemoryStore::default();
        let keys = Keys::new(BTreeMap::new(), Keychain::new(store.clone()));
        let mut servers = git("of-a-test-first");
        let first = SecretsChange::between(&[], &mut servers);
        let gone = SecretsChange::between(&servers, &mut []);
        let back = SecretsChange::between(&[], &mut git("of-a-test-second"));
        [&first, &gone, &back].into_iter().for_each(|change| keys.servers().use_now(change));
        for change in [&back, &gone, &first] {
            assert_eq!(keys.keep(change).await, Ok(()));
        }
        let later = Keys::new(BTreeMap::new(), Keychain::new(store));
        later.read().await;
        assert!(later.servers().of("git")["TOKEN"] == secret("of-a-test-second"));
    }

    #[tokio::test]
    async fn what_was_forgotten_before_the_keychain_was_read_does_not_come_back() {
        let store = MemoryStore::default();
        store.write(r#"{"server:git:TOKEN": "of-a-test-gone"}"#).unwrap();
        let keys = Keys::new(BTreeMap::new(), Keychain::new(store.clone()));
        let change = SecretsChange::between(&git(IN_KEYCHAIN), &mut []);
        keys.servers().use_now(&change);
        keys.read().await;
        assert!(keys.servers().of("git").is_empty());
        assert_eq!(keys.keep(&change).await, Ok(()));
        assert_eq!(store.read(), Ok(None));
    }

    #[tokio::test]
    async fn without_a_keychain_secrets_of_servers_are_used_for_this_run() {
        let keys = Keys::new(BTreeMap::new(), Keychain::new(AbsentStore));
        keys.read().await;
        let mut server = ServerSettings::address("far", "http://x");
        server.values_mut().insert("Authorization".into(), "Bearer of-a-test-far".into());
        let mut servers = [server];
        let change = SecretsChange::between(&[], &mut servers);
        keys.servers().use_now(&change);
        assert!(matches!(keys.keep(&change).await, Err(KeychainError::Absent { .. })));
        assert!(keys.servers().of("far")["Authorization"] == secret("Bearer of-a-test-far"));
        let change = SecretsChange::between(&servers, &mut []);
        keys.servers().use_now(&change);
        assert_eq!(keys.keep(&change).await, Ok(()), "they never were in there");
        assert!(keys.servers().of("far").is_empty());
    }

    #[tokio::test]
    async fn without_a_keychain_a_key_is_used_for_this_run_and_that_is_said() {
        let keys = Keys::new(BTreeMap::new(), Keychain::new(AbsentStore));
        keys.read().await;
        keys.ready().await;
        assert!(keys.trouble().is_some_and(|why| why.contains("no keychain")));
        let problem = keys.change(Provider::Gemini, Some(secret("typed-key"))).await.unwrap();
        assert!(!format!("{problem:?}").contains("typed-key"));
        assert_eq!(keys.from(Provider::Gemini), TokenFrom::ThisRun);
        assert!(keys.get(Provider::Gemini) == Some(secret("typed-key")));
        assert_eq!(keys.change(Provider::Gemini, None).await, None, "it never was in there");
        assert_eq!(keys.from(Provider::Gemini), TokenFrom::Nowhere);
    }
}
