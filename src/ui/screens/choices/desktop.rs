//! The desktop before a session: what is looked at, which keys may be used, and whether anything is really sent.

use egui::{Label, RichText, Ui};

use crate::{
    protocol::{CalibrationReport, DesktopReport},
    settings::DesktopSettings,
    ui::{
        icon,
        screens::Wishes,
        state::State,
        theme::{palette, space, text},
        widgets::{Button, Tint, card, choice, named, number, problem, section, selectable, sentence},
        words,
    },
};

const MOST_COUNTDOWN_S: u64 = 60;

/// Draws the choices; true when something was changed.
pub fn ui(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) -> bool {
    wishes.extend(state.desktop.ask());
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        let mut is_changed = false;
        section(ui, "Desktop", |ui| {
            let is_looking = state.desktop.is_looking;
            if ui.add_enabled(!is_looking, Button::new("Look again").icon(icon::REPEAT)).clicked() {
                wishes.push(state.desktop.look());
            }
        });
        found(ui, state, wishes);
        let report = state.desktop.seen.as_ref();
        is_changed |= source(ui, &mut state.settings.desktop, report);
        is_changed |= profile(ui, &mut state.settings.desktop, report);
        is_changed |= dry_or_live(ui, &mut state.settings.desktop);
        if state.settings.desktop.live {
            let seconds = &mut state.settings.desktop.countdown_s;
            is_changed |= number(ui, seconds, 0..=MOST_COUNTDOWN_S, "seconds are counted down before that");
            calibration(ui, state, wishes);
        }
        is_changed
    })
    .inner
}

/// How it is reached, and why it cannot be used if it cannot.
fn found(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    let Some(report) = &state.desktop.seen else {
        weak(ui, "The screen is being looked for");
        return;
    };
    weak(ui, &report.system);
    for trouble in &report.troubles {
        ui.add(Label::new(RichText::new(trouble).font(text::small()).color(palette(ui).warn)).wrap());
    }
    if let Some(found) = report.problem.clone()
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
    let chosen = named(ui, "Looks at", |ui| {
        choice(ui, "Looks at", &desktop.source, &all, |source| words::source(source, report))
    });
    let Some(chosen) = chosen else { return false };
    desktop.source = chosen;
    true
}

/// Which keys may be used and what they mean; true when something else was chosen.
fn profile(ui: &mut Ui, desktop: &mut DesktopSettings, report: Option<&DesktopReport>) -> bool {
    let mut all = vec![String::new()];
    all.extend(report.iter().flat_map(|report| &report.profiles).map(|(name, _)| name.clone()));
    if !all.contains(&desktop.profile) {
        all.push(desktop.profile.clone());
    }
    let chosen = named(ui, "Key profile", |ui| {
        choice(ui, "Key profile", &desktop.profile, &all, |name| words::profile(name, report))
    });
    let Some(chosen) = chosen else { return false };
    desktop.profile = chosen;
    true
}

/// Whether anything is really sent; true when the other one was chosen.
fn dry_or_live(ui: &mut Ui, desktop: &mut DesktopSettings) -> bool {
    let before = desktop.live;
    let live = words::live(desktop);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        if selectable(ui, !before, "Dry run", "Nothing is sent: what the agent would do is only shown") {
            desktop.live = false;
        }
        if selectable(ui, before, "Live", &live) {
            desktop.live = true;
        }
    });
    desktop.live != before
}

/// How well it aims, and the way to find out.
fn calibration(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    let is_calibrating = state.desktop.is_calibrating;
    let can_be_used = state.desktop.seen.is_some() && state.desktop.obstacle().is_none();
    let is_ready = !is_calibrating && can_be_used;
    let button = Button::new("Calibrate now").icon(icon::TARGET);
    let why = if is_calibrating { "It is being calibrated" } else { "It needs a desktop that can be used" };
    let words = "Shows targets, clicks them and reads the clicks back; keep your hands off for a moment";
    let response = ui.add_enabled(is_ready, button).on_disabled_hover_text(why);
    if response.on_hover_text(words).clicked() {
        wishes.push(state.desktop.calibrate());
    }
    match &state.desktop.calibration {
        Some(report) => self::result(ui, report),
        None if is_calibrating => weak(ui, "Targets are shown and clicked"),
        None => weak(
            ui,
            "A live session calibrates by itself before it begins; this only shows beforehand how well it aims",
        ),
    }
}

fn result(ui: &mut Ui, report: &CalibrationReport) {
    let colors = palette(ui);
    let is_good = report.problem.is_none();
    let (symbol, color) = if is_good { (icon::CHECK, colors.good) } else { (icon::FAILED, colors.bad) };
    sentence(ui, symbol, &words::aimed(report), color);
    if let Some(found) = &report.problem {
        problem(ui, Tint::Bad, found);
    }
}

fn weak(ui: &mut Ui, words: &str) {
    if !words.is_empty() {
        ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).wrap());
    }
}
