//! The languages that the window speaks.

use unic_langid::LanguageIdentifier;

use crate::settings;

/// One of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    English,
    German,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// The one that was chosen; `of_the_system` is what the system says of its user, such as `de_AT.UTF-8`.
    pub fn chosen(choice: settings::Language, of_the_system: Option<&str>) -> Self {
        match choice {
            settings::Language::English => Self::English,
            settings::Language::German => Self::German,
            settings::Language::System => match of_the_system.map(str::to_ascii_lowercase) {
                Some(tag) if tag == "de" || tag.starts_with("de-") || tag.starts_with("de_") => Self::German,
                _ => Self::English,
            },
        }
    }

    pub(super) fn identifier(self) -> LanguageIdentifier {
        let tag = match self {
            Self::English => "en",
            Self::German => "de",
        };
        // Both are well formed; what was not would be English.
        tag.parse().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_is_followed_where_nobody_has_chosen() {
        let by_system = |tag| Language::chosen(settings::Language::System, tag);
        assert_eq!([Some("de"), Some("de_AT.UTF-8"), Some("de-CH")].map(by_system), [Language::German; 3]);
        assert_eq!([None, Some("den"), Some("C"), Some("fr-FR")].map(by_system), [Language::English; 4]);
        assert_eq!(Language::chosen(settings::Language::English, Some("de")), Language::English);
    }
}
