//! Looks for every secret in everything that was written or printed, byte for byte.

use std::path::Path;

use crate::canaries::{Canary, Place};

/// So much is shown on each side of what got out. In bytes.
const AROUND: usize = 120;

/// One thing that was written or printed.
pub struct Found {
    pub place: Place,
    /// For whoever reads that something got out.
    name: String,
    /// Its bytes as text, in small letters: hosts and headers are written with capitals in one place and without in
    /// another. What is no text is no secret of ours either.
    text: String,
}

impl Found {
    pub fn new(place: Place, name: &str, bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(&bytes.to_ascii_lowercase()).into_owned();
        Self { place, name: name.to_owned(), text }
    }

    pub fn contains(&self, canary: &Canary) -> bool {
        self.place_of(canary).is_some()
    }

    /// Where the first half of it stands that is there.
    fn place_of(&self, canary: &Canary) -> Option<usize> {
        canary.needles().iter().find_map(|needle| self.text.find(&needle.to_ascii_lowercase()))
    }

    /// What stands around it, so that the way it took can be found.
    fn excerpt(&self, canary: &Canary) -> String {
        let at = self.place_of(canary).unwrap_or_default();
        let start = self.text.floor_char_boundary(at.saturating_sub(AROUND));
        let end = self.text.floor_char_boundary(at + AROUND);
        self.text[start..end].escape_debug().to_string()
    }
}

/// Every file below a folder of the program. The settings are the user's own: what was put there is there.
pub fn files(home: &Path) -> Vec<Found> {
    let mut found = Vec::new();
    let mut folders = vec![home.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.is_file() && path != home.join("settings.toml") {
                let inside = path.strip_prefix(home).unwrap();
                found.push(Found::new(place_of(inside), &inside.display().to_string(), &std::fs::read(&path).unwrap()));
            }
        }
    }
    found
}

fn place_of(inside: &Path) -> Place {
    let name = inside.file_name().unwrap().to_string_lossy();
    if inside.starts_with("logs") {
        Place::Logs
    } else if name.starts_with("journal.sqlite") {
        Place::Journal
    } else if name.starts_with("diagnostics.") {
        Place::Bundle
    } else if name.starts_with("report.") || inside.starts_with("reports") {
        Place::Report
    } else {
        Place::Elsewhere
    }
}

/// Every secret that is somewhere it must not be, one line each.
pub fn leaks(canaries: &[Canary], found: &[Found]) -> Vec<String> {
    let mut leaks = Vec::new();
    for canary in canaries {
        for thing in found.iter().filter(|thing| !canary.sort.may_be_in(thing.place) && thing.contains(canary)) {
            leaks.push(format!("{} is in {} ({:?}): {}", canary.how, thing.name, thing.place, thing.excerpt(canary)));
        }
    }
    leaks
}
