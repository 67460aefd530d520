//! The settings as fields: what each of them is, what it takes, what is being typed into it, and which of them somebody
//! looks for.
//!
//! | file | what |
//! |---|---|
//! | `field` | every field, section by section |
//! | `slot` | where each stands in the settings |
//! | `figures` | which figures it takes, and as what they are shown |
//! | `typed` | what was typed, as a value that can be used |

mod field;
mod figures;
mod slot;
mod typed;

use std::collections::BTreeMap;

pub use field::{Field, Section};
pub use figures::{Figures, Unit, Zero};
pub use slot::Slot;
pub use typed::{Typed, Wrong};

use crate::settings::Settings;

/// Everything the window remembers of its settings page.
#[derive(Default)]
pub struct FieldsState {
    /// The words that somebody looks for.
    pub search: String,
    /// What is typed and not in use: somebody is still at it, or it cannot be used.
    pub typed: BTreeMap<Field, String>,
    /// The settings as they are before anybody changes them.
    pub usual: Settings,
}

impl FieldsState {
    /// Uses whatever was typed and can be used, when the page is left in the middle of it; the rest is forgotten. True
    /// when something is another one now.
    pub fn leave(&mut self, settings: &mut Settings, takes_comma: bool) -> bool {
        let mut is_changed = false;
        for (field, typed) in std::mem::take(&mut self.typed) {
            if let Ok(value) = field.read(&typed, takes_comma) {
                is_changed |= field.put(settings, value);
            }
        }
        is_changed
    }
}

/// Whether each of the words that are looked for stands in one of these texts.
pub fn is_found(search: &str, texts: &[&str]) -> bool {
    let texts = texts.join("\n").to_lowercase();
    search.to_lowercase().split_whitespace().all(|word| texts.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_words_must_stand_there_in_any_order_and_case() {
        let texts = ["Zoom", "How large everything is"];
        assert!(is_found("", &texts) && is_found("LARGE zoom", &texts) && is_found("every", &texts));
        assert!(!is_found("zoom small", &texts));
        assert!(is_found("größe", &["GRÖSSE", "Größe"]));
    }

    #[test]
    fn whoever_leaves_in_the_middle_keeps_what_can_be_used() {
        let mut settings = Settings::default();
        let typed = [(Field::Connect, "7"), (Field::Load, "soon"), (Field::Quorum, "2")];
        let typed = typed.map(|(field, typed)| (field, typed.to_owned())).into();
        let mut state = FieldsState { typed, ..FieldsState::default() };
        assert!(state.leave(&mut settings, false));
        assert_eq!((settings.limits.connect_s, settings.limits.load_s), (7.0, 600.0));
        assert!(state.typed.is_empty() && !state.leave(&mut settings, false));
    }
}
