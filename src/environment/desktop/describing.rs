//! The desktop in words, for models: what is looked at, how to point at it, what was done and what came of it.

use super::{geometry::Geometry, profile::Profile};

/// What is told.
pub struct Facts<'a> {
    /// What is looked at, for people.
    pub title: &'a str,
    pub geometry: &'a Geometry,
    pub is_dry_run: bool,
    /// How much of the picture is new, 0 to 1.
    pub share: f32,
    pub held: &'a [String],
    /// What was done last, oldest first.
    pub told: &'a [String],
    pub profile: Option<&'a Profile>,
}

/// A few lines.
pub fn text(facts: &Facts) -> String {
    let Facts { title, geometry, .. } = facts;
    let ((width, height), (across, along)) = (geometry.size, geometry.shown);
    let mut lines = vec![
        format!("You see: {title}, {width} by {height} pixels of a desktop."),
        format!("The picture is {across} by {along}; points are counted in its pixels, from its upper left corner."),
        changed(facts.share),
    ];
    if facts.is_dry_run {
        lines.push("This is a dry run: what you do is only noted, and nothing is sent.".to_owned());
    }
    let held = if facts.held.is_empty() { "nothing".to_owned() } else { facts.held.join(", ") };
    lines.push(format!("Held down: {held}."));
    if let Some(Profile { title, about, .. }) = facts.profile {
        lines.push(format!("Keys for: {title}. {about}").trim().to_owned());
    }
    if !facts.told.is_empty() {
        lines.push("What was done last, oldest first:".to_owned());
        lines.extend(facts.told.iter().map(|told| format!("- {told}")));
    }
    lines.join("\n")
}

fn changed(share: f32) -> String {
    match share {
        none if none <= 0.0 => "It has not changed since the last look.".to_owned(),
        little if little < 0.01 => "Less than 1 % of it changed since the last look.".to_owned(),
        share => format!("{:.0} % of it changed since the last look.", share * 100.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::environment::desktop::profile::Profiles;

    #[test]
    fn models_read_where_to_point_and_what_came_of_it() {
        let geometry = Geometry { size: (2560, 1600), shown: (1280, 800), ..Geometry::default() };
        let profiles = Profiles::load(None);
        let (held, told) = (["w".to_owned()], ["press e: the screen changed".to_owned()]);
        let mut facts = Facts {
            title: "Whole screen",
            geometry: &geometry,
            is_dry_run: true,
            share: 0.257,
            held: &held,
            told: &told,
            profile: profiles.find("nethack"),
        };
        let whole = text(&facts);
        for words in
            ["2560 by 1600", "1280 by 800", "26 % of it", "dry run", "Held down: w.", "NetHack", "- press e: the"]
        {
            assert!(whole.contains(words), "{words} in {whole}");
        }
        facts.held = &[];
        facts.told = &[];
        (facts.is_dry_run, facts.profile, facts.share) = (false, None, 0.0);
        let short = text(&facts);
        assert!(!short.contains("dry run") && short.contains("Held down: nothing") && short.contains("not changed"));
    }
}
