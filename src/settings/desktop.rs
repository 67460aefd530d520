//! How the agent sees the desktop, and whether it may touch it.

use serde::{Deserialize, Serialize};

/// The desktop as an environment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DesktopSettings {
    /// What is looked at: `screen` for everything, `monitor:NAME`, or `window:TITLE` for the window whose title contains
    /// that.
    pub source: String,
    /// False: what would be pressed is only shown. True: keys and mouse are really used, after a calibration.
    pub live: bool,
    /// The name of a key profile; empty for none, which allows every key.
    pub profile: String,
    /// The longer side of the pictures for the models. Pixels.
    pub most_px: u32,
    /// How often the screen is looked at. Milliseconds.
    pub look_every_ms: u64,
    /// How long the screen is given to react before it is looked at after an action. Milliseconds.
    pub settle_ms: u64,
    /// How long a key is down that is only to be pressed: games lose shorter ones. Milliseconds.
    pub press_ms: u64,
    /// The longest that a key may be held. Milliseconds.
    pub most_hold_ms: u64,
    /// What is counted down before keys and mouse are taken. Seconds.
    pub countdown_s: u64,
    /// How long nobody may have touched mouse or keyboard before the agent does. Seconds.
    pub hands_off_s: f64,
    /// Stops the session wherever the focus is, such as `ctrl+alt+q`.
    pub stop_key: String,
}

impl Default for DesktopSettings {
    fn default() -> Self {
        Self {
            source: "screen".to_owned(),
            live: false,
            profile: String::new(),
            most_px: 1280,
            look_every_ms: 500,
            settle_ms: 150,
            press_ms: 80,
            most_hold_ms: 2000,
            countdown_s: 3,
            hands_off_s: 1.0,
            stop_key: "ctrl+alt+q".to_owned(),
        }
    }
}

impl DesktopSettings {
    /// Replaces values that can be read but not used.
    pub(super) fn mend(&mut self, warnings: &mut Vec<String>) {
        let usual = Self::default();
        for (name, value, least, most, default) in [
            ("look_every_ms", &mut self.look_every_ms, 20, 60_000, usual.look_every_ms),
            ("settle_ms", &mut self.settle_ms, 0, 10_000, usual.settle_ms),
            ("press_ms", &mut self.press_ms, 10, 1000, usual.press_ms),
            ("most_hold_ms", &mut self.most_hold_ms, 100, 30_000, usual.most_hold_ms),
            ("countdown_s", &mut self.countdown_s, 0, 60, usual.countdown_s),
        ] {
            if !(least..=most).contains(value) {
                warnings.push(format!("{name} must lie between {least} and {most}, {default} is used"));
                *value = default;
            }
        }
        if !(128..=4096).contains(&self.most_px) {
            warnings.push(format!("most_px must lie between 128 and 4096, {} is used", usual.most_px));
            self.most_px = usual.most_px;
        }
        if !(0.0..=60.0).contains(&self.hands_off_s) {
            warnings.push(format!("hands_off_s must lie between 0 and 60, {} is used", usual.hands_off_s));
            self.hands_off_s = usual.hands_off_s;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_used_is_replaced_and_named() {
        let mut desktop =
            DesktopSettings { most_px: 7, hands_off_s: f64::NAN, press_ms: 0, ..DesktopSettings::default() };
        let mut warnings = Vec::new();
        desktop.mend(&mut warnings);
        assert_eq!((desktop, warnings.len()), (DesktopSettings::default(), 3));
    }
}
