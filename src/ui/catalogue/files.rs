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

// Those at the end hold what the worker says, by its rooms.
files! {
    "shared", "shell", "setup", "accounts", "run", "choices", "scene", "session", "approval", "experts", "learning",
    "models", "servers", "sessions", "logs", "settings", "palette", "asked", "judged", "kept", "minds", "closing",
    "said-llm", "said-health", "said-protocol", "said-process", "said-tools", "said-desktop", "said-worker",
    "said-agent", "said-mind", "said-journal", "said-settings",
}

/// Every file of a language: its name and its text.
pub fn of(language: Language) -> &'static [(&'static str, &'static str)] {
    match language {
        Language::English => ENGLISH,
        Language::German => GERMAN,
    }
}
