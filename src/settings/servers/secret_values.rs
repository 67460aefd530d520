//! Secrets among the variables and headers of a server: which values are some, and how they are called in the keychain.

use std::collections::BTreeMap;

use super::{Place, ServerSettings};
use crate::settings::{Secret, redaction};

/// What a value says that is kept in the keychain.
pub const IN_KEYCHAIN: &str = "${keychain}";

/// What the names of a server's secrets in the keychain begin with.
pub const ENTRY: &str = "server:";

/// Words in the name of a variable or header whose value is a secret.
const TELLING: [&str; 16] = [
    "APIKEY",
    "AUTH",
    "AUTHORIZATION",
    "COOKIE",
    "CREDENTIAL",
    "CREDENTIALS",
    "KEY",
    "KEYS",
    "PASS",
    "PASSPHRASE",
    "PASSWD",
    "PASSWORD",
    "PAT",
    "SECRET",
    "TOKEN",
    "TOKENS",
];

/// Values that say only whether something is on.
const NO_SECRETS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "none", "0", "1"];

/// How a server's secret is called in the keychain: `server:NAME:VARIABLE`. `None` for a variable with a colon in its
/// name, which could be mistaken for that of another server.
pub fn entry_name(server: &str, variable: &str) -> Option<String> {
    (!variable.is_empty() && !variable.contains(':')).then(|| format!("{ENTRY}{server}:{variable}"))
}

/// The server and the variable of an entry.
pub fn entry_parts(entry: &str) -> Option<(&str, &str)> {
    entry.strip_prefix(ENTRY)?.rsplit_once(':')
}

/// The secret that stands in this value itself; `None` for a reference such as `${TOKEN}`, and for what is no secret.
pub fn secret_in(variable: &str, value: &str) -> Option<Secret> {
    let value = value.trim();
    let is_plain = value.is_empty() || value.contains("${") || NO_SECRETS.contains(&value.to_lowercase().as_str());
    let is_secret = !is_plain && (has_telling_name(variable) || redaction::redact(value) != value);
    if is_secret { Secret::new(value) } else { None }
}

/// By its words: `GITHUB_PAT` and `accessToken` are telling, `PATH` and `KEYBOARD` are not.
fn has_telling_name(variable: &str) -> bool {
    words(variable).iter().any(|word| TELLING.contains(&word.as_str()))
}

/// In capitals. A word ends at whatever is no letter or figure, and before a capital that follows a small letter.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for letter in name.chars() {
        let begins = !letter.is_alphanumeric() || (was_small && letter.is_uppercase());
        if begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.extend(letter.to_uppercase());
        }
        was_small = letter.is_lowercase();
    }
    words
}

impl ServerSettings {
    /// Its variables or headers, by name.
    pub fn values(&self) -> &BTreeMap<String, String> {
        match &self.place {
            Place::Program { variables, .. } => variables,
            Place::Address { headers, .. } => headers,
        }
    }

    /// The same to be changed.
    pub fn values_mut(&mut self) -> &mut BTreeMap<String, String> {
        match &mut self.place {
            Place::Program { variables, .. } => variables,
            Place::Address { headers, .. } => headers,
        }
    }

    /// The secrets that stand in its settings themselves, by the name of the variable or header. From then on they are
    /// taken out of everything that is written down.
    pub fn secrets(&self) -> BTreeMap<String, Secret> {
        let secret = |(name, value): (&String, &String)| Some((name.clone(), secret_in(name, value)?));
        self.values().iter().filter_map(secret).collect()
    }

    /// The same server fit to be shown: with what `instead` gives in place of each secret.
    #[must_use]
    pub fn without_secrets(&self, mut instead: impl FnMut(&Secret) -> String) -> Self {
        let mut server = self.clone();
        for (name, value) in server.values_mut() {
            if let Some(secret) = secret_in(name, value) {
                *value = instead(&secret);
            }
        }
        server
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_shapes_tell_secrets_and_references_are_none() {
        for (name, value) in [
            ("GITHUB_PERSONAL_ACCESS_TOKEN", "abc"),
            ("githubPat", "abc"),
            ("X-Api-Key", "of-a-test-0001"),
            ("Authorization", "Bearer of-a-test-0002"),
            ("DB_PASSWORD", "p"),
            ("DATABASE", "postgres://me:hunter22@host/db"),
            ("ANYTHING", "ghp_abcdefghijklmnop1234"),
        ] {
            assert!(secret_in(name, value).is_some(), "{name}");
        }
        for (name, value) in [
            ("PATH", "/usr/bin"),
            ("MEMORY_FILE_PATH", "/home/me/memory.jsonl"),
            ("KEYBOARD", "german"),
            ("TOKEN", "${TOKEN}"),
            ("TOKEN", IN_KEYCHAIN),
            ("Authorization", "Bearer ${env:TOKEN}"),
            ("TOKEN", "  "),
            ("USE_AUTH", "false"),
            ("LANG", "C.UTF-8"),
        ] {
            assert!(secret_in(name, value).is_none(), "{name}");
        }
    }

    #[test]
    fn entries_are_told_apart_even_where_names_have_colons() {
        assert_eq!(entry_name("a:b", "TOKEN").unwrap(), "server:a:b:TOKEN");
        assert_eq!(entry_parts("server:a:b:TOKEN"), Some(("a:b", "TOKEN")));
        assert_eq!((entry_name("a", "b:c"), entry_name("a", "")), (None, None));
        assert_eq!((entry_parts("gemini"), entry_parts("server:x")), (None, None));
    }

    #[test]
    fn what_is_shown_has_no_secret() {
        let mut server = ServerSettings::program("git", "run", &[]);
        server.values_mut().insert("GIT_TOKEN".into(), "of-a-test-and-of-nobody".into());
        server.values_mut().insert("LANG".into(), "C".into());
        assert_eq!(server.secrets().keys().collect::<Vec<_>>(), ["GIT_TOKEN"]);
        let shown = server.without_secrets(|_secret| "(hidden)".to_owned());
        assert_eq!((&*shown.values()["GIT_TOKEN"], &*shown.values()["LANG"]), ("(hidden)", "C"));
        assert_eq!(shown.name, server.name);
    }
}
