//! What was typed into a field, as a value that can be used, or why it cannot.

use super::{Field, Slot};
use crate::settings::{Settings, UpdateSettings};

/// A value that can be used.
#[derive(Clone, Debug, PartialEq)]
pub enum Typed {
    /// In the unit in which it is shown.
    Figure(f64),
    Word(String),
    Hosts(Vec<String>),
}

/// Why what was typed cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    NoNumber,
    /// It has digits behind the point where whole things are counted.
    NotWhole,
    /// It is more or less than the field takes.
    Outside,
    /// This is no name of a host.
    NoHost(String),
    /// This is no name of a key.
    NoKey(String),
    /// This is a key, but not one that is held while another is pressed.
    NotHeld(String),
    /// This is no address that can be asked for releases.
    NoAddress,
}

/// Keys that are held while another is pressed, under all their names.
const HELD: [&str; 11] =
    ["shift", "ctrl", "alt", "super", "control", "option", "win", "windows", "cmd", "command", "meta"];

/// Keys with a name of more than one letter.
#[rustfmt::skip]
const NAMED: [&str; 32] = [
    "space", "enter", "return", "escape", "esc", "tab", "backspace", "delete", "insert", "home", "end", "page_up",
    "page_down", "left", "right", "up", "down", "print", "pause", "menu", "f1", "f2", "f3", "f4", "f5", "f6", "f7",
    "f8", "f9", "f10", "f11", "f12",
];

impl Field {
    /// Reads what was typed. Some languages write a comma where others write a point.
    pub fn read(self, typed: &str, takes_comma: bool) -> Result<Typed, Wrong> {
        match (self, self.figures()) {
            (_, Some(figures)) => {
                let typed = if takes_comma { typed.replace(',', ".") } else { typed.to_owned() };
                let figure: f64 = typed.trim().parse().map_err(|_no_number| Wrong::NoNumber)?;
                if !figure.is_finite() {
                    return Err(Wrong::NoNumber);
                }
                if figures.digits == 0 && figure.fract() != 0.0 {
                    return Err(Wrong::NotWhole);
                }
                if figures.takes(figure) { Ok(Typed::Figure(figure)) } else { Err(Wrong::Outside) }
            }
            (Self::StopKey, None) => keys(typed).map(Typed::Word),
            (Self::ReleasesAddress, None) => address(typed).map(Typed::Word),
            (_, None) => hosts(typed).map(Typed::Hosts),
        }
    }

    /// Puts such a value into its place; true when another one stood there.
    pub fn put(self, settings: &mut Settings, typed: Typed) -> bool {
        let before = self.written(settings);
        match (self.slot(settings), typed, self.figures()) {
            (Slot::Word(word), Typed::Word(typed), _) => *word = typed,
            (Slot::Hosts(hosts), Typed::Hosts(typed), _) => *hosts = typed,
            // What stands there may have more digits than are shown.
            (mut slot, Typed::Figure(figure), Some(figures)) if figures.written(figures.kept(figure)) != before => {
                slot.put_figure(figures.kept(figure));
            }
            _ => {}
        }
        self.written(settings) != before
    }
}

/// Keys with plus signs between them, such as `ctrl+alt+q`: only the last one may be any.
fn keys(typed: &str) -> Result<String, Wrong> {
    let keys: Vec<String> = typed.split('+').map(|key| key.trim().to_lowercase()).collect();
    let is_held = |key: &str| HELD.contains(&key);
    let is_single = |key: &str| key.chars().count() == 1 && !key.contains(char::is_whitespace);
    let Some((last, held)) = keys.split_last() else { return Err(Wrong::NoKey(String::new())) };
    let is_named = |key: &str| NAMED.contains(&key);
    if let Some(key) = keys.iter().find(|key| !(is_held(key) || is_single(key) || is_named(key))) {
        return Err(Wrong::NoKey(key.clone()));
    }
    // One that is only held is pressed by whoever types a capital.
    if is_held(last) {
        return Err(Wrong::NoKey(last.clone()));
    }
    match held.iter().find(|key| !is_held(key)) {
        Some(key) => Err(Wrong::NotHeld(key.clone())),
        None => Ok(keys.join("+")),
    }
}

/// An address that can be asked, or nothing for the one of this build.
fn address(typed: &str) -> Result<String, Wrong> {
    let typed = typed.trim();
    let is_usable = typed.is_empty() || UpdateSettings::understand(typed).is_some();
    if is_usable { Ok(typed.to_owned()) } else { Err(Wrong::NoAddress) }
}

/// Names or numbers of hosts, with commas or blanks between them, each once.
fn hosts(typed: &str) -> Result<Vec<String>, Wrong> {
    let mut hosts: Vec<String> = Vec::new();
    for host in typed.split(|letter: char| letter == ',' || letter.is_whitespace()).filter(|host| !host.is_empty()) {
        let is_usable = host.chars().all(|letter| letter.is_alphanumeric() || ".-_:[]".contains(letter));
        // A single colon is the beginning of a port, and a whole host is meant here.
        if !is_usable || host.matches(':').count() == 1 {
            return Err(Wrong::NoHost(host.to_owned()));
        }
        let host = host.to_lowercase();
        if !hosts.contains(&host) {
            hosts.push(host);
        }
    }
    Ok(hosts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_checked_before_they_are_used() {
        for (field, typed, expected) in [
            (Field::Connect, " 2.5 ", Ok(Typed::Figure(2.5))),
            (Field::Connect, "2,5", Err(Wrong::NoNumber)),
            (Field::Connect, "", Err(Wrong::NoNumber)),
            (Field::Connect, "inf", Err(Wrong::NoNumber)),
            (Field::Connect, "0", Err(Wrong::Outside)),
            (Field::Narrator, "0", Ok(Typed::Figure(0.0))),
            (Field::Quorum, "1.5", Err(Wrong::NotWhole)),
            (Field::SameAction, "1", Err(Wrong::Outside)),
            (Field::SameAction, "0", Ok(Typed::Figure(0.0))),
            (Field::Zoom, "251", Err(Wrong::Outside)),
        ] {
            assert_eq!(field.read(typed, false), expected, "{field:?}: {typed}");
        }
        assert_eq!(Field::Connect.read("2,5", true), Ok(Typed::Figure(2.5)));
    }

    #[test]
    fn a_stop_key_is_held_keys_and_one_more() {
        assert_eq!(Field::StopKey.read(" Ctrl + ALT+q", false), Ok(Typed::Word("ctrl+alt+q".into())));
        assert_eq!(Field::StopKey.read("F12", false), Ok(Typed::Word("f12".into())));
        for (typed, wrong) in [
            ("", Wrong::NoKey(String::new())),
            ("ctrl+", Wrong::NoKey(String::new())),
            ("ctrl+alt", Wrong::NoKey("alt".into())),
            ("ctrl+banana", Wrong::NoKey("banana".into())),
            ("q+ctrl+x", Wrong::NotHeld("q".into())),
        ] {
            assert_eq!(Field::StopKey.read(typed, false), Err(wrong), "{typed}");
        }
    }

    #[test]
    fn hosts_are_names_without_anything_around_them() {
        let hosts = Typed::Hosts(vec!["nas.local".into(), "10.0.0.7".into(), "[fe80::1]".into()]);
        assert_eq!(Field::OwnHosts.read("NAS.local, 10.0.0.7\n[fe80::1] nas.local", false), Ok(hosts));
        assert_eq!(Field::OwnHosts.read(" ", false), Ok(Typed::Hosts(Vec::new())));
        for typed in ["http://nas", "nas:1234", "nas/models"] {
            assert_eq!(Field::OwnHosts.read(typed, false), Err(Wrong::NoHost(typed.into())));
        }
    }

    #[test]
    fn an_address_of_releases_is_one_that_nobody_on_the_way_can_change() {
        for good in ["", " ", "https://example.org/newest.json", " http://127.0.0.1:8080/newest.json"] {
            let typed = Typed::Word(good.trim().to_owned());
            assert_eq!(Field::ReleasesAddress.read(good, false), Ok(typed), "{good}");
        }
        for bad in ["example.org", "http://example.org/newest.json", "file:///newest.json"] {
            assert_eq!(Field::ReleasesAddress.read(bad, false), Err(Wrong::NoAddress), "{bad}");
        }
    }

    #[test]
    fn what_is_the_same_is_no_change() {
        let mut settings = Settings::default();
        settings.limits.connect_s = 5.001;
        assert!(!Field::Connect.put(&mut settings, Typed::Figure(5.0)), "it is shown as 5");
        assert_eq!(settings.limits.connect_s, 5.001);
        assert!(Field::Zoom.put(&mut settings, Typed::Figure(110.0)));
        assert_eq!(settings.window.zoom, 1.1);
        assert!(Field::OwnHosts.put(&mut settings, Typed::Hosts(vec!["nas".into()])));
        assert_eq!(Field::OwnHosts.written(&mut settings), "nas");
    }
}
