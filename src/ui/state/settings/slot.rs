//! Where each field stands in the settings, and how it is read and changed there.

use super::{Field, Figures};
use crate::settings::{AskFrom, Language, Settings, Theme};

/// A place in the settings, by what stands there.
#[derive(Debug, PartialEq)]
pub enum Slot<'s> {
    Byte(&'s mut u8),
    Count(&'s mut u32),
    Many(&'s mut u64),
    Size(&'s mut usize),
    Real(&'s mut f64),
    Short(&'s mut f32),
    Switch(&'s mut bool),
    Theme(&'s mut Theme),
    Language(&'s mut Language),
    AskFrom(&'s mut AskFrom),
    Word(&'s mut String),
    Hosts(&'s mut Vec<String>),
}

impl Field {
    /// Its place.
    pub fn slot(self, settings: &mut Settings) -> Slot<'_> {
        let Settings { window, agent, breakers, limits, budget, desktop, journal, network, updates, .. } = settings;
        match self {
            Self::Theme => Slot::Theme(&mut window.theme),
            Self::Language => Slot::Language(&mut window.language),
            Self::Zoom => Slot::Short(&mut window.zoom),
            Self::Motion => Slot::Switch(&mut window.motion),
            Self::Notify => Slot::Switch(&mut window.notify),
            Self::Pace => Slot::Many(&mut agent.pace_ms),
            Self::Narrator => Slot::Real(&mut agent.narrate_every_s),
            Self::WorldWaits => Slot::Switch(&mut agent.world_waits),
            Self::Turn => Slot::Real(&mut agent.turn_s),
            Self::Patience => Slot::Real(&mut agent.exploration_patience_s),
            Self::AskFrom => Slot::AskFrom(&mut agent.ask_from),
            Self::Approval => Slot::Real(&mut agent.approval_s),
            Self::Learning => Slot::Switch(&mut agent.learning),
            Self::ReflexHealth => Slot::Byte(&mut agent.reflex_health_percent),
            Self::ReflexEnemies => Slot::Byte(&mut agent.reflex_enemies),
            Self::ReflexStamina => Slot::Byte(&mut agent.reflex_stamina_percent),
            Self::ReflexPreempts => Slot::Switch(&mut agent.reflex_preempts),
            Self::SameAction => Slot::Count(&mut breakers.same_action),
            Self::NoChange => Slot::Count(&mut breakers.no_change),
            Self::SameError => Slot::Count(&mut breakers.same_error),
            Self::Time => Slot::Many(&mut breakers.time_s),
            Self::Connect => Slot::Real(&mut limits.connect_s),
            Self::Load => Slot::Real(&mut limits.load_s),
            Self::FirstToken => Slot::Real(&mut limits.first_token_s),
            Self::BetweenTokens => Slot::Real(&mut limits.between_tokens_s),
            Self::Total => Slot::Real(&mut limits.total_s),
            Self::AnswerTokens => Slot::Count(&mut limits.answer_tokens),
            Self::Quorum => Slot::Size(&mut limits.quorum),
            Self::Experts => Slot::Real(&mut limits.experts_s),
            Self::Calls => Slot::Many(&mut budget.calls),
            Self::Tokens => Slot::Many(&mut budget.tokens),
            Self::Dollars => Slot::Real(&mut budget.usd),
            Self::WarnAt => Slot::Real(&mut budget.warn_at),
            Self::PictureSize => Slot::Count(&mut desktop.most_px),
            Self::LookEvery => Slot::Many(&mut desktop.look_every_ms),
            Self::Settle => Slot::Many(&mut desktop.settle_ms),
            Self::Press => Slot::Many(&mut desktop.press_ms),
            Self::MostHold => Slot::Many(&mut desktop.most_hold_ms),
            Self::CountDown => Slot::Many(&mut desktop.countdown_s),
            Self::HandsOff => Slot::Real(&mut desktop.hands_off_s),
            Self::StopKey => Slot::Word(&mut desktop.stop_key),
            Self::KeepDays => Slot::Count(&mut journal.keep_days),
            Self::KeepMegabytes => Slot::Many(&mut journal.keep_mb),
            Self::BypassProxy => Slot::Hosts(&mut network.bypass_proxy),
            Self::OwnHosts => Slot::Hosts(&mut network.own_hosts),
            Self::AskForReleases => Slot::Switch(&mut updates.check),
            Self::ReleasesAddress => Slot::Word(&mut updates.address),
        }
    }

    /// What stands in its place, as a person would type it; empty for what is not typed.
    pub fn written(self, settings: &mut Settings) -> String {
        match (self.slot(settings), self.figures()) {
            (Slot::Word(word), _) => word.clone(),
            (Slot::Hosts(hosts), _) => hosts.join(", "),
            (slot, Some(figures)) => figures.written(slot.figure()),
            _ => String::new(),
        }
    }

    /// Whether it is as it is before anybody changes it.
    pub fn is_usual(self, settings: &mut Settings, usual: &mut Settings) -> bool {
        self.slot(settings) == self.slot(usual)
    }

    /// Makes it as it is there.
    pub fn copy(self, from: &mut Settings, to: &mut Settings) {
        match (self.slot(to), self.slot(from)) {
            (Slot::Byte(to), Slot::Byte(from)) => *to = *from,
            (Slot::Count(to), Slot::Count(from)) => *to = *from,
            (Slot::Many(to), Slot::Many(from)) => *to = *from,
            (Slot::Size(to), Slot::Size(from)) => *to = *from,
            (Slot::Real(to), Slot::Real(from)) => *to = *from,
            (Slot::Short(to), Slot::Short(from)) => *to = *from,
            (Slot::Switch(to), Slot::Switch(from)) => *to = *from,
            (Slot::Theme(to), Slot::Theme(from)) => *to = *from,
            (Slot::Language(to), Slot::Language(from)) => *to = *from,
            (Slot::AskFrom(to), Slot::AskFrom(from)) => *to = *from,
            (Slot::Word(to), Slot::Word(from)) => to.clone_from(from),
            (Slot::Hosts(to), Slot::Hosts(from)) => to.clone_from(from),
            // The same field has the same kind of place everywhere.
            _ => {}
        }
    }
}

impl Slot<'_> {
    /// The figure that stands there, in the unit of the settings; 0 for what is none.
    #[expect(clippy::cast_precision_loss, reason = "no figure of the settings is that large")]
    pub fn figure(&self) -> f64 {
        match self {
            Self::Byte(byte) => f64::from(**byte),
            Self::Count(count) => f64::from(**count),
            Self::Many(many) => **many as f64,
            Self::Size(size) => **size as f64,
            Self::Real(real) => **real,
            Self::Short(short) => f64::from(**short),
            _ => 0.0,
        }
    }

    /// Puts a figure there, in the unit of the settings.
    #[expect(clippy::cast_possible_truncation, reason = "it is not written with more digits")]
    pub fn put_figure(&mut self, figure: f64) {
        let whole = Figures::whole_part(figure);
        match self {
            Self::Byte(byte) => **byte = u8::try_from(whole).unwrap_or(u8::MAX),
            Self::Count(count) => **count = u32::try_from(whole).unwrap_or(u32::MAX),
            Self::Many(many) => **many = whole,
            Self::Size(size) => **size = usize::try_from(whole).unwrap_or(usize::MAX),
            Self::Real(real) => **real = figure,
            Self::Short(short) => **short = figure as f32,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Section, *};

    #[test]
    fn every_field_has_a_place_of_its_own() {
        let mut usual = Settings::default();
        for field in Section::all_fields() {
            let mut settings = Settings::default();
            match field.slot(&mut settings) {
                Slot::Switch(switch) => *switch = !*switch,
                Slot::Theme(theme) => *theme = Theme::Light,
                Slot::Language(language) => *language = Language::German,
                Slot::AskFrom(from) => *from = AskFrom::Nothing,
                Slot::Word(word) => word.push('x'),
                Slot::Hosts(hosts) => hosts.push("x".into()),
                mut figure => figure.put_figure(99.0),
            }
            assert_ne!(settings, usual, "{field:?}");
            let others: Vec<Field> =
                Section::all_fields().filter(|other| !other.is_usual(&mut settings, &mut usual)).collect();
            assert_eq!(others, [field]);
            field.copy(&mut usual, &mut settings);
            assert_eq!(settings, usual, "{field:?}");
        }
    }
}
