//! A value that must not be seen: it cannot be printed, compared in logs or serialised.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::redaction;

/// A token or key. Only the HTTP layer looks inside, to fill a header.
#[derive(Clone)]
pub struct Secret(Arc<str>);

impl Secret {
    /// Surrounding white space, which comes along when people paste, is dropped; nothing else left means no secret.
    /// From then on it is taken out of everything that is written down.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        redaction::remember(text);
        (!text.is_empty()).then(|| Self(text.into()))
    }

    /// The secret from an environment variable, if that is set and not empty.
    pub fn from_environment(variable: &str) -> Option<Self> {
        std::env::var(variable).ok().and_then(|text| Self::new(&text))
    }

    /// The secret itself. For a request header and nothing else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// Equal without telling how: messages that carry one are compared in tests.
impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

/// A message that is written down says only that there was one.
impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("(hidden)")
    }
}

/// So it cannot be read back.
impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(_deserializer: D) -> Result<Self, D::Error> {
        Err(serde::de::Error::custom("a secret is not kept in messages"))
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_trimmed_and_never_printed() {
        let secret = Secret::new("  sk-lm-abcdefgh:0123456789\n").unwrap();
        assert_eq!(secret.reveal(), "sk-lm-abcdefgh:0123456789");
        assert_eq!(format!("{secret:?}"), "Secret(hidden)");
        assert!(Secret::new(" \n").is_none());
        assert_eq!(serde_json::to_string(&secret).unwrap(), "\"(hidden)\"");
        assert!(serde_json::from_str::<Secret>("\"(hidden)\"").is_err());
    }
}
