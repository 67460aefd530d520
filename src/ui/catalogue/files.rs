//! The files that the texts stand in.

use super::Language;

/// One list for all languages, so that none lacks a file.
macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        const ENGLISH: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../../assets/words/en/", $name, ".ftl")))),+];
        const GERMAN: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../../assets/words/de/", $name, ".ftl")))),+];
    };
}

files!(
    "shared", "shell", "setup", "accounts", "run", "choices", "scene", "session", "approval", "experts", "learning",
    "models", "servers", "sessions", "logs", "settings", "palette", "asked", "judged", "kept", "minds", "closing",
);

/// Every file of a language: its name and its text.
pub fn of(language: Language) -> &'static [(&'static str, &'static str)] {
    match language {
        Language::English => ENGLISH,
        Language::German => GERMAN,
    }
}
