//! Every field of the settings page, section by section.

/// One field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Theme,
    Language,
    Zoom,
    Motion,
    Notify,
    Pace,
    Narrator,
    WorldWaits,
    Turn,
    Patience,
    AskFrom,
    Approval,
    Learning,
    ReflexHealth,
    ReflexEnemies,
    ReflexStamina,
    ReflexPreempts,
    SameAction,
    NoChange,
    SameError,
    Time,
    Connect,
    Load,
    FirstToken,
    BetweenTokens,
    Total,
    AnswerTokens,
    Quorum,
    Experts,
    Calls,
    Tokens,
    Dollars,
    WarnAt,
    PictureSize,
    LookEvery,
    Settle,
    Press,
    MostHold,
    CountDown,
    HandsOff,
    StopKey,
    KeepDays,
    KeepMegabytes,
    BypassProxy,
    OwnHosts,
    AskForReleases,
    ReleasesAddress,
}

/// What belongs together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Window,
    Session,
    Reflex,
    Breakers,
    Limits,
    Money,
    Desktop,
    Past,
    Network,
    Updates,
}

impl Section {
    /// In their order, and about half of it each where there is room for two columns.
    pub const LEFT: [Self; 5] = [Self::Window, Self::Session, Self::Reflex, Self::Breakers, Self::Past];
    pub const RIGHT: [Self; 5] = [Self::Limits, Self::Money, Self::Desktop, Self::Network, Self::Updates];

    /// Its fields, in their order.
    pub fn fields(self) -> &'static [Field] {
        use Field as F;
        match self {
            Self::Window => &[F::Theme, F::Language, F::Zoom, F::Motion, F::Notify],
            Self::Session => {
                &[F::Pace, F::Narrator, F::WorldWaits, F::Turn, F::Patience, F::AskFrom, F::Approval, F::Learning]
            }
            Self::Reflex => &[F::ReflexHealth, F::ReflexEnemies, F::ReflexStamina, F::ReflexPreempts],
            Self::Breakers => &[F::SameAction, F::NoChange, F::SameError, F::Time],
            Self::Limits => &[
                F::Connect,
                F::Load,
                F::FirstToken,
                F::BetweenTokens,
                F::Total,
                F::AnswerTokens,
                F::Quorum,
                F::Experts,
            ],
            Self::Money => &[F::Calls, F::Tokens, F::Dollars, F::WarnAt],
            Self::Desktop => {
                &[F::PictureSize, F::LookEvery, F::Settle, F::Press, F::MostHold, F::CountDown, F::HandsOff, F::StopKey]
            }
            Self::Past => &[F::KeepDays, F::KeepMegabytes],
            Self::Network => &[F::BypassProxy, F::OwnHosts],
            Self::Updates => &[F::AskForReleases, F::ReleasesAddress],
        }
    }

    /// The fields of all sections.
    pub fn all_fields() -> impl Iterator<Item = Field> {
        Self::LEFT.into_iter().chain(Self::RIGHT).flat_map(|section| section.fields().iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_field_stands_in_one_section() {
        let fields: Vec<Field> = Section::all_fields().collect();
        let different: BTreeSet<Field> = fields.iter().copied().collect();
        assert_eq!((fields.len(), different.len()), (47, 47));
    }
}
