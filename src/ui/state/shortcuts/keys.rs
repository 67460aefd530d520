//! The keys of each command, how they are written, and which command was pressed.

use egui::{Event, InputState, Key, KeyboardShortcut, Modifiers};

use super::Deed;
use crate::ui::{catalogue::say, state::Screen};

/// The keys of the screens, in the order of the rail.
const SCREENS: [Key; 9] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];

const fn with_command(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn alone(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

impl Deed {
    /// Its shortcut, and another one for the same. Never a letter alone, which somebody may be typing.
    pub fn shortcuts(&self) -> [Option<KeyboardShortcut>; 2] {
        match self {
            Self::Start => [Some(with_command(Key::Enter)), None],
            Self::Stop => [Some(with_command(Key::Period)), None],
            // Never both at the same time.
            Self::Pause | Self::GoOn => [Some(with_command(Key::P)), None],
            Self::Step => [Some(alone(Key::F10)), None],
            Self::Show(screen) => {
                let place = Screen::ALL.iter().position(|other| other == screen);
                [place.and_then(|place| SCREENS.get(place)).copied().map(with_command), None]
            }
            Self::ShowPalette => [Some(with_command(Key::K)), Some(alone(Key::F1))],
            // On many keyboards plus is typed with Shift on the key of the equals sign.
            Self::ZoomIn => [Some(with_command(Key::Plus)), Some(with_command(Key::Equals))],
            Self::ZoomOut => [Some(with_command(Key::Minus)), None],
            Self::ZoomBack => [Some(with_command(Key::Num0)), None],
            _ => [None, None],
        }
    }
}

/// The keys of a command as people write them, `Ctrl+K`; empty for one that has none.
pub fn keys(deed: &Deed, is_mac: bool) -> String {
    let [Some(shortcut), _] = deed.shortcuts() else { return String::new() };
    let key = match shortcut.logical_key {
        Key::Enter => say!("palette-key-enter"),
        Key::Period => ".".to_owned(),
        Key::Plus => "+".to_owned(),
        Key::Minus => "-".to_owned(),
        key => key.name().to_owned(),
    };
    if !shortcut.modifiers.command {
        return key;
    }
    let modifier = if is_mac { say!("palette-key-command") } else { say!("palette-key-control") };
    format!("{modifier}+{key}")
}

/// Takes the presses of these commands out of the input and gives the one that was pressed first.
pub fn pressed(input: &mut InputState, possible: impl FnOnce() -> Vec<Deed>) -> Option<Deed> {
    if !input.events.iter().any(may_be_shortcut) {
        return None;
    }
    let deeds = possible();
    let mut first = None;
    input.events.retain(|event| {
        let Event::Key { key, pressed: true, repeat, modifiers, .. } = event else { return true };
        let Some(deed) = deeds.iter().find(|deed| is_of(deed, *key, *modifiers)) else { return true };
        // Whoever leans on a key wants it once.
        if first.is_none() && !repeat {
            first = Some(deed.clone());
        }
        false
    });
    first
}

/// Most frames have no press that could be one, and then nothing has to be looked up.
fn may_be_shortcut(event: &Event) -> bool {
    match event {
        Event::Key { key, pressed: true, modifiers, .. } => modifiers.command || matches!(key, Key::F1 | Key::F10),
        _ => false,
    }
}

fn is_of(deed: &Deed, key: Key, modifiers: Modifiers) -> bool {
    // With Alt beside Ctrl some keyboards type brackets.
    let is_exact = |shortcut: &KeyboardShortcut| {
        shortcut.logical_key == key && !modifiers.alt && modifiers.matches_logically(shortcut.modifiers)
    };
    deed.shortcuts().iter().flatten().any(is_exact)
}
