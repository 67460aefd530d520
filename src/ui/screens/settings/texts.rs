//! What the sections and the fields of the settings are called, and what each field does.

use crate::ui::{
    catalogue::say,
    state::settings::{Field, Section},
};

/// The name of a section.
pub fn title(section: Section) -> String {
    match section {
        Section::Window => say!("settings-section-window"),
        Section::Session => say!("settings-section-session"),
        Section::Reflex => say!("settings-section-reflex"),
        Section::Breakers => say!("settings-section-breakers"),
        Section::Limits => say!("settings-section-limits"),
        Section::Money => say!("settings-section-money"),
        Section::Desktop => say!("settings-section-desktop"),
        Section::Past => say!("settings-section-past"),
        Section::Network => say!("settings-section-network"),
        Section::Updates => say!("settings-section-updates"),
    }
}

/// The name of a field, and in one line what it does.
pub fn of(field: Field) -> [String; 2] {
    use Field as F;
    match field {
        F::Theme => [say!("settings-theme"), say!("settings-theme-about")],
        F::Language => [say!("settings-language"), say!("settings-language-about")],
        F::Zoom => [say!("settings-zoom"), say!("settings-zoom-about")],
        F::Motion => [say!("settings-motion"), say!("settings-motion-about")],
        F::Notify => [say!("settings-notify"), say!("settings-notify-about")],
        F::Pace => [say!("settings-pace"), say!("settings-pace-about")],
        F::Narrator => [say!("settings-narrator"), say!("settings-narrator-about")],
        F::WorldWaits => [say!("settings-world-waits"), say!("settings-world-waits-about")],
        F::Turn => [say!("settings-turn"), say!("settings-turn-about")],
        F::Patience => [say!("settings-patience"), say!("settings-patience-about")],
        F::AskFrom => [say!("settings-ask-from"), say!("settings-ask-from-about")],
        F::Approval => [say!("settings-approval"), say!("settings-approval-about")],
        F::Learning => [say!("settings-learning"), say!("settings-learning-about")],
        F::ReflexHealth => [say!("settings-reflex-health"), say!("settings-reflex-health-about")],
        F::ReflexEnemies => [say!("settings-reflex-enemies"), say!("settings-reflex-enemies-about")],
        F::ReflexStamina => [say!("settings-reflex-stamina"), say!("settings-reflex-stamina-about")],
        F::ReflexPreempts => [say!("settings-reflex-preempts"), say!("settings-reflex-preempts-about")],
        F::SameAction => [say!("settings-same-action"), say!("settings-same-action-about")],
        F::NoChange => [say!("settings-no-change"), say!("settings-no-change-about")],
        F::SameError => [say!("settings-same-error"), say!("settings-same-error-about")],
        F::Time => [say!("settings-time"), say!("settings-time-about")],
        F::Connect => [say!("settings-connect"), say!("settings-connect-about")],
        F::Load => [say!("settings-load"), say!("settings-load-about")],
        F::FirstToken => [say!("settings-first-token"), say!("settings-first-token-about")],
        F::BetweenTokens => [say!("settings-between-tokens"), say!("settings-between-tokens-about")],
        F::Total => [say!("settings-total"), say!("settings-total-about")],
        F::AnswerTokens => [say!("settings-answer-tokens"), say!("settings-answer-tokens-about")],
        F::Quorum => [say!("settings-quorum"), say!("settings-quorum-about")],
        F::Experts => [say!("settings-experts"), say!("settings-experts-about")],
        F::Calls => [say!("settings-calls"), say!("settings-calls-about")],
        F::Tokens => [say!("settings-tokens"), say!("settings-tokens-about")],
        F::Dollars => [say!("settings-dollars"), say!("settings-dollars-about")],
        F::WarnAt => [say!("settings-warn-at"), say!("settings-warn-at-about")],
        F::PictureSize => [say!("settings-picture-size"), say!("settings-picture-size-about")],
        F::LookEvery => [say!("settings-look-every"), say!("settings-look-every-about")],
        F::Settle => [say!("settings-settle"), say!("settings-settle-about")],
        F::Press => [say!("settings-press"), say!("settings-press-about")],
        F::MostHold => [say!("settings-most-hold"), say!("settings-most-hold-about")],
        F::CountDown => [say!("settings-count-down"), say!("settings-count-down-about")],
        F::HandsOff => [say!("settings-hands-off"), say!("settings-hands-off-about")],
        F::StopKey => [say!("settings-stop-key"), say!("settings-stop-key-about")],
        F::KeepDays => [say!("settings-keep-days"), say!("settings-keep-days-about")],
        F::KeepMegabytes => [say!("settings-keep-megabytes"), say!("settings-keep-megabytes-about")],
        F::BypassProxy => [say!("settings-bypass-proxy"), say!("settings-bypass-proxy-about")],
        F::OwnHosts => [say!("settings-own-hosts"), say!("settings-own-hosts-about")],
        F::AskForReleases => [say!("settings-releases"), say!("settings-releases-about")],
        F::ReleasesAddress => [say!("settings-releases-address"), say!("settings-releases-address-about")],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::ui::catalogue::{Language, speak};

    #[test]
    fn every_field_has_a_name_of_its_own_in_every_language() {
        for language in Language::ALL {
            speak(language);
            let names: Vec<String> = Section::all_fields().map(|field| of(field)[0].clone()).collect();
            let different: BTreeSet<&String> = names.iter().collect();
            assert_eq!(different.len(), names.len(), "{language:?}: {names:?}");
        }
        speak(Language::English);
    }
}
