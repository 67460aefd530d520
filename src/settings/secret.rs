//! A value that must not be seen: it cannot be printed, compared in logs or serialised.

use std::sync::Arc;

/// A token or key. Only the HTTP layer looks inside, to fill a header.
#[derive(Clone)]
pub struct Secret(Arc<str>);

impl Secret {
    /// Surrounding white space, which comes along when people paste, is dropped; nothing else left means no secret.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
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
    }
}
