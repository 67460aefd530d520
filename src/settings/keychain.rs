//! Keys in the keychain of the operating system: all of them in one entry, so that a system that asks its user asks once.
//!
//! Everything here blocks, and for as long as the system waits for its user to unlock the keychain. No error quotes what
//! an entry holds.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use serde_json::{Map, Value};

use super::{Provider, Secret, servers::ENTRY};

/// The entry's name in the keychain.
const SERVICE: &str = "singularis";
/// And whose it is there.
const USER: &str = "keys";

/// Why keys could not be read or kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeychainError {
    #[error("there is no keychain: {why}")]
    Absent { why: String },
    /// Locked, denied, or something went wrong in there.
    #[error("the keychain refused: {why}")]
    Refused { why: String },
    /// It stays as it is until somebody removes it.
    #[error("what the keychain holds under \u{201c}{SERVICE}\u{201d} cannot be read and is left alone: {why}")]
    Unreadable { why: String },
}

/// One place for one text.
pub trait KeyStore: fmt::Debug + Send + Sync {
    /// `None` when nothing is there.
    fn read(&self) -> Result<Option<String>, KeychainError>;
    /// Puts the text in the place of what was there.
    fn write(&self, text: &str) -> Result<(), KeychainError>;
    /// Nothing to remove is fine too.
    fn remove(&self) -> Result<(), KeychainError>;
}

/// Where keys are kept between runs. Cheap to clone; clones take turns.
#[derive(Clone, Debug)]
pub struct Keychain {
    store: Arc<dyn KeyStore>,
    /// Held while the entry is read and written again.
    turn: Arc<Mutex<()>>,
}

/// Everything that is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    pub keys: BTreeMap<Provider, Secret>,
    /// Of tool servers, by their names: `server:NAME:VARIABLE`.
    pub named: BTreeMap<String, Secret>,
}

impl Keychain {
    /// Keys are kept here.
    pub fn new(store: impl KeyStore + 'static) -> Self {
        Self { store: Arc::new(store), turn: Arc::default() }
    }

    /// Every key that is kept. Names that are not known here are passed over.
    pub fn load(&self) -> Result<BTreeMap<Provider, Secret>, KeychainError> {
        self.load_all().map(|kept| kept.keys)
    }

    /// The secrets of tool servers that are kept, by their names: `server:NAME:VARIABLE`.
    pub fn load_named(&self) -> Result<BTreeMap<String, Secret>, KeychainError> {
        self.load_all().map(|kept| kept.named)
    }

    /// Both at once, for a system that asks its user for each look.
    pub fn load_all(&self) -> Result<Kept, KeychainError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let entries = entries(self.store.read()?.as_deref())?;
        Ok(Kept { keys: keys_in(&entries)?, named: named_in(&entries) })
    }

    /// Keeps these secrets of tool servers, and forgets those without one; everything else stays. A name is
    /// `server:NAME:VARIABLE`.
    pub fn change_named(&self, changes: &BTreeMap<String, Option<Secret>>) -> Result<(), KeychainError> {
        self.rewrite(|entries| {
            for (name, secret) in changes {
                match secret {
                    Some(secret) => entries.insert(name.clone(), secret.reveal().into()),
                    None => entries.shift_remove(name),
                };
            }
        })
    }

    /// Keeps this key, or with `None` forgets it; the others stay, also when they were never loaded.
    pub fn change(&self, provider: Provider, key: Option<&Secret>) -> Result<(), KeychainError> {
        self.rewrite(|entries| set(entries, provider, key))
    }

    /// What was not understood is never written over, and what needs no change is not touched.
    fn rewrite(&self, change: impl FnOnce(&mut Map<String, Value>)) -> Result<(), KeychainError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let text = self.store.read()?;
        let before = entries(text.as_deref())?;
        keys_in(&before)?;
        let mut after = before.clone();
        change(&mut after);
        match text {
            Some(_) if after.is_empty() => self.store.remove(),
            _ if after == before => Ok(()),
            _ => self.store.write(&Value::Object(after).to_string()),
        }
    }
}

/// Without being told where, keys are kept nowhere.
impl Default for Keychain {
    fn default() -> Self {
        Self::new(AbsentStore)
    }
}

/// What the entry says: names of providers and their keys.
fn entries(text: Option<&str>) -> Result<Map<String, Value>, KeychainError> {
    let text = text.unwrap_or_default().trim();
    if text.is_empty() {
        return Ok(Map::new());
    }
    // The parser's own words would quote it.
    serde_json::from_str(text).map_err(|_quotes_it| unreadable("it is not a list of keys".to_owned()))
}

fn keys_in(entries: &Map<String, Value>) -> Result<BTreeMap<Provider, Secret>, KeychainError> {
    let mut keys = BTreeMap::new();
    for provider in Provider::ALL {
        match entries.get(provider.name()) {
            None => {}
            Some(Value::String(text)) => keys.extend(Secret::new(text).map(|key| (provider, key))),
            Some(_) => return Err(unreadable(format!("what it holds for {} is not a key", provider.title()))),
        }
    }
    Ok(keys)
}

/// What is no text under such a name is passed over, and stays.
fn named_in(entries: &Map<String, Value>) -> BTreeMap<String, Secret> {
    let ours = entries.iter().filter(|(name, _)| name.starts_with(ENTRY));
    ours.filter_map(|(name, value)| Some((name.clone(), Secret::new(value.as_str()?)?))).collect()
}

fn set(entries: &mut Map<String, Value>, provider: Provider, key: Option<&Secret>) {
    match key {
        Some(key) => entries.insert(provider.name().to_owned(), key.reveal().into()),
        None => entries.remove(provider.name()),
    };
}

fn unreadable(why: String) -> KeychainError {
    KeychainError::Unreadable { why }
}

/// The keychain of macOS, the credential manager of Windows, the secret service elsewhere.
///
/// The connection to a secret service is made once; where there was none, there is none until the program starts again.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemStore;

impl SystemStore {
    fn entry() -> Result<keyring::Entry, KeychainError> {
        if let Err(error) = keyring::Entry::store_status() {
            return Err(KeychainError::Absent { why: absence(error) });
        }
        keyring::Entry::new(SERVICE, USER).map_err(in_words)
    }
}

impl KeyStore for SystemStore {
    fn read(&self) -> Result<Option<String>, KeychainError> {
        match Self::entry()?.get_password() {
            Ok(text) => Ok(Some(text)),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(in_words(error)),
        }
    }

    fn write(&self, text: &str) -> Result<(), KeychainError> {
        Self::entry()?.set_password(text).map_err(in_words)
    }

    fn remove(&self) -> Result<(), KeychainError> {
        match Self::entry()?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(in_words(error)),
        }
    }
}

fn absence(error: &keyring::Error) -> String {
    let evidence = match error {
        keyring::Error::PlatformFailure(why) | keyring::Error::NoStorageAccess(why) => why.to_string(),
        other => other.to_string(),
    };
    if cfg!(any(windows, target_os = "macos")) {
        return evidence;
    }
    format!("no secret service such as GNOME Keyring, KWallet or KeePassXC answers ({evidence})")
}

/// Errors that carry bytes of the entry are told without them.
fn in_words(error: keyring::Error) -> KeychainError {
    use keyring::Error::*;
    let refused = |why: String| KeychainError::Refused { why };
    match error {
        NoStorageAccess(why) => refused(format!("it is locked, or there is no place for keys in it yet ({why})")),
        PlatformFailure(why) => refused(why.to_string()),
        NoEntry => refused("the entry went away meanwhile".to_owned()),
        TooLong(_, limit) => refused(format!("the keys together are longer than its limit of {limit} bytes")),
        Ambiguous(found) => unreadable(format!("there are {} such entries", found.len())),
        BadEncoding(_) | BadDataFormat(..) | BadStoreFormat(_) => unreadable("it is not text".to_owned()),
        NoDefaultStore => KeychainError::Absent { why: "none was found".to_owned() },
        _ => refused("it cannot do that".to_owned()),
    }
}

/// A keychain that lasts as long as the process. Clones share it.
#[derive(Clone, Default)]
pub struct MemoryStore(Arc<Mutex<Option<String>>>);

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MemoryStore(hidden)")
    }
}

impl KeyStore for MemoryStore {
    fn read(&self) -> Result<Option<String>, KeychainError> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    fn write(&self, text: &str) -> Result<(), KeychainError> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(text.to_owned());
        Ok(())
    }

    fn remove(&self) -> Result<(), KeychainError> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
        Ok(())
    }
}

/// No keychain, for runs that must not touch the system's.
#[derive(Clone, Copy, Debug, Default)]
pub struct AbsentStore;

impl AbsentStore {
    fn absent<T>() -> Result<T, KeychainError> {
        Err(KeychainError::Absent { why: "none is used in this run".to_owned() })
    }
}

impl KeyStore for AbsentStore {
    fn read(&self) -> Result<Option<String>, KeychainError> {
        Self::absent()
    }

    fn write(&self, _text: &str) -> Result<(), KeychainError> {
        Self::absent()
    }

    fn remove(&self) -> Result<(), KeychainError> {
        Self::absent()
    }
}

#[cfg(test)]
mod tests;
