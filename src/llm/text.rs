//! A text in an event, borrowed wherever it stands there as it is meant.

use std::{borrow::Cow, ops::Deref};

use serde::Deserialize;

/// A string that is copied only where something in it is escaped. serde borrows a field that is a `Cow`, but copies an
/// `Option` of one.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl Text<'_> {
    pub fn into_owned(self) -> String {
        self.0.into_owned()
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Said<'a> {
        #[serde(borrow, default)]
        plain: Option<Text<'a>>,
        #[serde(borrow, default)]
        escaped: Option<Text<'a>>,
        #[serde(borrow, default)]
        absent: Option<Text<'a>>,
    }

    #[test]
    fn only_what_is_escaped_is_copied() {
        let said: Said<'_> = serde_json::from_str(r#"{"plain":" word","escaped":"a\nb","absent":null}"#).unwrap();
        assert!(matches!(said.plain, Some(Text(Cow::Borrowed(" word")))), "{:?}", said.plain);
        assert_eq!(said.escaped.map(Text::into_owned).as_deref(), Some("a\nb"));
        assert!(said.absent.is_none());
    }
}
