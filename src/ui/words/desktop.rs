//! The desktop as words: what is looked at, whether anything is sent, how well it aims.

use super::{decimal, percent};
use crate::{
    protocol::{CalibrationReport, DesktopReport, DesktopView},
    settings::DesktopSettings,
    ui::catalogue::{said, say},
};

/// What the settings call a source, as it is called in a list.
pub fn source(source: &str, report: Option<&DesktopReport>) -> String {
    let known = report.and_then(|report| report.sources.iter().find(|known| known.source == source));
    match (known, source.split_once(':')) {
        (Some(known), _) => format!("{}, {}", said(&known.title), area(known.width, known.height)),
        (None, None) => say!("asked-desktop-screen"),
        (None, Some(("monitor", name))) => say!("asked-desktop-monitor-gone", name = name),
        (None, Some((_, title))) => say!("asked-desktop-window-gone", title = title),
    }
}

fn area(width: u32, height: u32) -> String {
    format!("{width} x {height}")
}

/// A key profile and what it is for.
pub fn profile(name: &str, report: Option<&DesktopReport>) -> String {
    if name.is_empty() {
        return say!("asked-desktop-no-profile");
    }
    let known = report.and_then(|report| report.profiles.iter().find(|(known, _)| known == name));
    match known {
        Some((_, purpose)) if !purpose.is_empty() => format!("{name}: {}", said(purpose)),
        Some(_) => name.to_owned(),
        None => say!("asked-desktop-profile-gone", name = name),
    }
}

/// What a calibration found: `5 of 5 targets hit, 0.0 px off`.
pub fn aimed(report: &CalibrationReport) -> String {
    let is_hit = |point: &&crate::protocol::CalibrationPoint| point.seen.is_some() && point.clicked.is_some();
    let hit = report.points.iter().filter(is_hit).count();
    say!("asked-desktop-aimed", hit = hit, targets = report.points.len(), off = decimal(report.off_px, 1))
}

/// Whether anything is sent, and how it is stopped.
pub fn acts_how(view: &DesktopView) -> String {
    match view.stop_key.as_str() {
        _ if view.is_dry_run => say!("asked-desktop-dry"),
        "" => say!("asked-desktop-live"),
        stop => say!("asked-desktop-live-stop", stop = stop),
    }
}

/// What was looked at and how often something was new there.
pub fn looked(view: &DesktopView) -> String {
    let mut parts = vec![said(&view.source).into_owned()];
    if view.width > 0 && view.height > 0 {
        parts.push(area(view.width, view.height));
    }
    parts.push(say!("asked-desktop-looks", looks = view.looks, changes = view.changes));
    parts.push(say!("asked-desktop-changed", share = percent(f64::from(view.changed_share))));
    if !view.profile.is_empty() {
        parts.push(say!("asked-desktop-keys-of", profile = view.profile.as_str()));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// What a live session does before it begins, and how it is stopped.
pub fn live(settings: &DesktopSettings) -> String {
    match (settings.countdown_s, settings.stop_key.as_str()) {
        (0, "") => say!("asked-desktop-before"),
        (0, stop) => say!("asked-desktop-before-stop", stop = stop),
        (seconds, "") => say!("asked-desktop-before-countdown", seconds = seconds),
        (seconds, stop) => say!("asked-desktop-before-countdown-stop", seconds = seconds, stop = stop),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{CalibrationPoint, ScreenSource};

    #[test]
    fn what_is_looked_at_has_a_name_even_when_it_is_not_there() {
        let known = ScreenSource {
            source: "monitor:DP-1".into(),
            title: "Monitor DP-1".into(),
            width: 800,
            height: 600,
            ..ScreenSource::default()
        };
        let profiles = vec![("doom".to_owned(), "a shooter".to_owned())];
        let report = DesktopReport { sources: vec![known], profiles, ..DesktopReport::default() };
        assert_eq!(source("monitor:DP-1", Some(&report)), "Monitor DP-1, 800 x 600");
        assert_eq!(source("screen", None), "The whole screen");
        assert_eq!(source("window:Doom: two", Some(&report)), "The window with Doom: two in its title, not seen now");
        assert_eq!(profile("doom", Some(&report)), "doom: a shooter");
        assert_eq!(profile("hack", Some(&report)), "hack, not there now");
        assert_eq!(profile("", None), "None: every key may be used");
    }

    #[test]
    fn aim_and_looks_are_said_with_their_figures() {
        let hit = CalibrationPoint { target: (1, 1), seen: Some((1, 1)), clicked: Some((1, 1)) };
        let missed = CalibrationPoint { clicked: None, ..hit };
        let report = CalibrationReport { points: vec![hit, missed], off_px: 0.04, ..CalibrationReport::default() };
        assert_eq!(aimed(&report), "1 of 2 targets hit, 0.0\u{a0}px off");
        let view =
            DesktopView { looks: 9, changes: 4, changed_share: 0.03, source: "Doom".into(), ..DesktopView::default() };
        assert_eq!(looked(&view), "Doom · 9 looks, 4 showed something new · 3\u{a0}% of the last one");
        assert!(acts_how(&DesktopView { is_dry_run: true, ..view.clone() }).starts_with("Dry run"));
        let stop_key = "ctrl+alt+q".to_owned();
        let words = acts_how(&DesktopView { stop_key, ..view });
        assert_eq!(words, "Live: keys and mouse are really used; ctrl+alt+q stops it");
        let words =
            "Keys and mouse are really used after a calibration and a count-down of 3\u{a0}s; ctrl+alt+q stops it";
        assert_eq!(live(&DesktopSettings::default()), words);
        let at_once = DesktopSettings { countdown_s: 0, stop_key: String::new(), ..DesktopSettings::default() };
        assert_eq!(live(&at_once), "Keys and mouse are really used after a calibration");
    }
}
