//! The desktop before a session: what is looked at, who is shown it, which keys may be used, and whether anything is
//! really sent.

use egui::Ui;

use super::{one_of::one_of, small, weak};
use crate::{
    protocol::{CalibrationReport, DesktopReport, Problem},
    settings::DesktopSettings,
    ui::{
        catalogue::{said, say},
        icon,
        screens::Wishes,
        state::State,
        theme::{palette, space},
        widgets::{Button, Tint, card, choice, named, number, problem, section, sentence, toggle, under_way},
        words,
    },
};

const MOST_COUNTDOWN_S: u64 = 60;

/// Draws the choices; true when something was changed.
pub fn ui(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) -> bool {
    wishes.extend(state.desktop.ask());
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, &say!("choices-desktop"), |ui| {
            let is_looking = state.desktop.is_looking;
            let again = say!("choices-desktop-look-again");
            if ui.add_enabled(!is_looking, Button::new(&again).icon(icon::REPEAT)).clicked() {
                wishes.push(state.desktop.look());
            }
        });
        found(ui, state, wishes);
        let mut is_changed = source(ui, &mut state.settings.desktop, state.desktop.seen.as_ref());
        is_changed |= shown(ui, state);
        is_changed |= profile(ui, &mut state.settings.desktop, state.desktop.seen.as_ref());
        is_changed |= dry_or_live(ui, &mut state.settings.desktop);
        if state.settings.desktop.live {
            let seconds = &mut state.settings.desktop.countdown_s;
            is_changed |= number(ui, seconds, 0..=MOST_COUNTDOWN_S, &say!("choices-desktop-countdown"));
            calibration(ui, state, wishes);
        }
        is_changed
    })
    .inner
}

/// How it is reached, and why it cannot be used if it cannot.
fn found(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    let Some(report) = &state.desktop.seen else {
        let words = match say!("choices-desktop-looking") {
            words if state.desktop.is_looking => under_way(ui, &words),
            words => words,
        };
        weak(ui, &words);
        return;
    };
    weak(ui, &said(&report.system));
    for trouble in &report.troubles {
        small(ui, &said(trouble), palette(ui).warn);
    }
    let found = report.problem.clone();
    trouble(ui, state, found, wishes);
}

/// What stands in the way, and the mends for it.
fn trouble(ui: &mut Ui, state: &mut State, found: Option<Problem>, wishes: &mut Wishes) {
    if let Some(found) = found
        && let Some(fix) = problem(ui, Tint::Bad, &found)
    {
        state.wish_for(fix, wishes);
    }
}

/// What is looked at; true when something else was chosen.
fn source(ui: &mut Ui, desktop: &mut DesktopSettings, report: Option<&DesktopReport>) -> bool {
    let seen = report.map(|report| report.sources.as_slice()).unwrap_or_default();
    let mut all: Vec<String> = seen.iter().map(|source| source.source.clone()).collect();
    if !all.contains(&desktop.source) {
        all.insert(0, desktop.source.clone());
    }
    let name = say!("choices-desktop-source");
    let words = |source: &String| words::source(source, report);
    let Some(chosen) = named(ui, &name, |ui| choice(ui, &name, &desktop.source, &all, words)) else { return false };
    desktop.source = chosen;
    true
}

/// Whether models get pictures of it; true when that was changed.
fn shown(ui: &mut Ui, state: &mut State) -> bool {
    let is_shown = state.shows_screen();
    let is_pressed = toggle(ui, is_shown, &say!("choices-desktop-show")).clicked();
    if is_pressed {
        state.show_screen(!is_shown);
    }
    weak(ui, &say!("choices-desktop-show-meaning"));
    is_pressed
}

/// Which keys may be used and what they mean; true when something else was chosen.
fn profile(ui: &mut Ui, desktop: &mut DesktopSettings, report: Option<&DesktopReport>) -> bool {
    let mut all = vec![String::new()];
    all.extend(report.iter().flat_map(|report| &report.profiles).map(|(name, _)| name.clone()));
    if !all.contains(&desktop.profile) {
        all.push(desktop.profile.clone());
    }
    let name = say!("choices-desktop-profile");
    let words = |profile: &String| words::profile(profile, report);
    let Some(chosen) = named(ui, &name, |ui| choice(ui, &name, &desktop.profile, &all, words)) else { return false };
    desktop.profile = chosen;
    true
}

/// Whether anything is really sent; true when the other one was chosen.
fn dry_or_live(ui: &mut Ui, desktop: &mut DesktopSettings) -> bool {
    let before = desktop.live;
    let live = words::live(desktop);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = space::HAIR;
        if one_of(ui, !before, &say!("choices-desktop-dry"), &say!("choices-desktop-dry-meaning")) {
            desktop.live = false;
        }
        if one_of(ui, before, &say!("choices-desktop-live"), &live) {
            desktop.live = true;
        }
    });
    desktop.live != before
}

/// How well it aims, and the way to find out.
fn calibration(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    let is_calibrating = state.desktop.is_calibrating;
    ui.horizontal(|ui| {
        let can_be_used = state.desktop.seen.is_some() && state.desktop.obstacle().is_none();
        let name = match say!("choices-desktop-calibrate") {
            name if is_calibrating => under_way(ui, &name),
            name => name,
        };
        let button = ui.add_enabled(!is_calibrating && can_be_used, Button::new(&name).icon(icon::TARGET));
        let why =
            if is_calibrating { say!("choices-desktop-is-calibrated") } else { say!("choices-desktop-not-usable") };
        let button = button.on_disabled_hover_text(why).on_hover_text(say!("choices-desktop-calibrate-meaning"));
        if button.clicked() {
            wishes.push(state.desktop.calibrate());
        }
        match &state.desktop.calibration {
            Some(report) => aim(ui, report),
            None if is_calibrating => weak(ui, &say!("choices-desktop-targets")),
            None => weak(ui, &say!("choices-desktop-calibrates-itself")),
        }
    });
    let found = state.desktop.calibration.as_ref().and_then(|report| report.problem.clone());
    trouble(ui, state, found, wishes);
}

fn aim(ui: &mut Ui, report: &CalibrationReport) {
    let colors = palette(ui);
    let is_good = report.problem.is_none();
    let (symbol, color) = if is_good { (icon::CHECK, colors.good) } else { (icon::FAILED, colors.bad) };
    sentence(ui, symbol, &words::aimed(report), color);
}
