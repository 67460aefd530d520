//! The icons: Phosphor's regular family, as a font that holds only these.

pub const CHECK: &str = "\u{e184}";
pub const WARNING: &str = "\u{e4e2}";
pub const FAILED: &str = "\u{e4f8}";
pub const SKIPPED: &str = "\u{e32c}";
pub const RUNNING: &str = "\u{eb44}";
pub const PLAY: &str = "\u{e3d0}";
pub const STOP: &str = "\u{e46c}";
pub const SETUP: &str = "\u{eb5a}";
pub const RUN: &str = "\u{e1c8}";
pub const REPEAT: &str = "\u{e036}";
pub const ROBOT: &str = "\u{e762}";
pub const WRENCH: &str = "\u{e5d4}";
pub const CLOUD: &str = "\u{e1aa}";
pub const SUN: &str = "\u{e472}";
pub const MOON: &str = "\u{e330}";
pub const DESKTOP: &str = "\u{e560}";
pub const BRAIN: &str = "\u{e74e}";
pub const SCALES: &str = "\u{e750}";
pub const EYE: &str = "\u{e220}";
pub const PATH: &str = "\u{e39c}";
pub const SHIELD: &str = "\u{e412}";
pub const SPARKLE: &str = "\u{e6a2}";
pub const HEART: &str = "\u{e2a8}";
pub const COINS: &str = "\u{e78e}";
pub const FLASK: &str = "\u{e79e}";
pub const CLOCK: &str = "\u{e19a}";
pub const TROPHY: &str = "\u{e67e}";
pub const SWORD: &str = "\u{e5ba}";
pub const FOOTPRINTS: &str = "\u{ea88}";
pub const CUBE: &str = "\u{e1da}";
pub const PULSE: &str = "\u{e2ac}";
pub const LOCK: &str = "\u{e2fa}";
pub const CLOSE: &str = "\u{e4f6}";
pub const CHECKLIST: &str = "\u{eadc}";
pub const TARGET: &str = "\u{e47c}";
pub const HAND: &str = "\u{e57e}";
pub const PAUSE: &str = "\u{e39e}";
pub const STEP_BACK: &str = "\u{e5a4}";
pub const STEP_ON: &str = "\u{e5a6}";
pub const PAST: &str = "\u{e1a0}";
pub const SCROLL: &str = "\u{eb7a}";
pub const SAVE: &str = "\u{e20c}";
pub const COPY: &str = "\u{e1ca}";
pub const REMOVE: &str = "\u{e4a6}";
pub const WHY: &str = "\u{e3e8}";
pub const SEARCH: &str = "\u{e30c}";
pub const COMPARE: &str = "\u{e27c}";
pub const FIRST_AID: &str = "\u{e570}";
pub const BACK: &str = "\u{e058}";
pub const ON: &str = "\u{e06c}";
pub const GEAR: &str = "\u{e270}";
pub const INFORMATION: &str = "\u{e2ce}";
pub const MESSAGES: &str = "\u{e16c}";
pub const COMMANDS: &str = "\u{eae8}";

/// The icon of an expert, by what it looks at.
pub fn of_expert(title: &str) -> &'static str {
    match title {
        "perception" => EYE,
        "navigation" => PATH,
        "threat" => SHIELD,
        "opportunity" => SPARKLE,
        "synthesizer" => SCALES,
        _ => BRAIN,
    }
}

/// The icon of a place on the map.
pub fn of_place(kind: crate::protocol::PlaceKind) -> &'static str {
    use crate::protocol::PlaceKind as Kind;
    match kind {
        Kind::Town => "\u{e2c2}",
        Kind::Farm | Kind::Wild => "\u{e6da}",
        Kind::Shrine => SPARKLE,
        Kind::Camp => "\u{e9d8}",
        Kind::Den => "\u{e916}",
        Kind::Bridge => "\u{ea68}",
        Kind::Ruin => "\u{e7ae}",
        Kind::Tower => "\u{e9d0}",
        Kind::Gate => "\u{e7e6}",
        Kind::Depths => LOCK,
    }
}
