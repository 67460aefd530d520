//! The shell around every screen: the rail on the left, the header with Start, Pause and Stop, the status bar below, and
//! what floats over all of it: messages and the palette.

mod header;
mod rail;
mod status;

use egui::{CentralPanel, Frame, Panel, Rect, ScrollArea, Ui, vec2};

use super::{Wishes, approval, messages, pause, settings};
use crate::{
    protocol::{Phase, Snapshot},
    ui::{
        catalogue::{said, say},
        icon,
        state::{
            Screen, State,
            shortcuts::{Deed, keys, pressed},
        },
        theme::{ROUND, margins, palette, size, space},
        widgets::{Button, Look, Tint, announce, part, problem, region, sentence},
    },
};

/// The share of the content's height that what is urgent may take.
const URGENT: f32 = 0.75;

/// Draws the shell, and the screen inside it.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    commands(ui, state, snapshot, wishes);
    let frame = Frame::new().fill(palette(ui).frame);
    Panel::left("rail").exact_size(size::RAIL).resizable(false).frame(frame).show(ui, |ui| {
        rail::ui(ui, state, snapshot, wishes);
    });
    let padded = frame.inner_margin(margins(space::L, space::XS));
    Panel::bottom("status").exact_size(size::STATUS).resizable(false).frame(padded).show(ui, |ui| {
        status::ui(ui, state, snapshot, wishes);
    });
    Panel::top("header").exact_size(size::HEADER).resizable(false).frame(padded).show(ui, |ui| {
        header::ui(ui, state, snapshot, wishes);
    });
    // The window is cleared with the colour of the ground.
    let content = Frame::new().inner_margin(margins(space::L, space::L));
    CentralPanel::default().frame(content).show(ui, |ui| {
        let edges = edges(ui.available_rect_before_wrap(), state.screen);
        region(ui, "content", edges, |ui| {
            urgent(ui, state, snapshot, wishes);
            standing(ui, state, snapshot);
            part(ui, ("screen", state.screen), |ui| screen(ui, state, snapshot, wishes));
        });
    });
    messages::ui(ui, state, wishes);
    super::palette::ui(ui, state, snapshot, wishes);
}

/// Where the content stands: a map and a log can be as wide as there is room, lines that are read cannot, and stand in
/// the middle.
fn edges(room: Rect, screen: Screen) -> Rect {
    let is_wide = matches!(screen, Screen::Run | Screen::Logs);
    let aside = if is_wide { 0.0 } else { (room.width() - size::CONTENT).max(0.0) / 2.0 };
    room.shrink2(vec2(aside.round(), 0.0))
}

fn screen(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    if state.screen != Screen::Settings {
        settings::leave(state, wishes);
    }
    match state.screen {
        Screen::Setup => super::setup::ui(ui, state, snapshot, wishes),
        Screen::Run => super::run::ui(ui, state, snapshot, wishes),
        Screen::Experts => super::experts::ui(ui, state, snapshot),
        Screen::Learning => super::learning::ui(ui, state, snapshot, wishes),
        Screen::Models => super::catalogue::ui(ui, state, snapshot, wishes),
        Screen::Servers => super::servers::ui(ui, state, snapshot, wishes),
        Screen::Sessions => super::sessions::ui(ui, state, snapshot, wishes),
        Screen::Logs => super::logs::ui(ui, state, wishes),
        Screen::Settings => settings::ui(ui, state, snapshot, wishes),
    }
}

/// Carries out what was ordered with the keyboard, before any field hears it.
fn commands(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    let focused = ui.memory(egui::Memory::focused);
    if let Some(deed) = state.palette.next.take() {
        deed.carry_out(state, snapshot, wishes, focused);
    }
    let ordered = ui.input_mut(|input| {
        pressed(input, || {
            let mut deeds = Deed::possible(state, snapshot);
            deeds.push(Deed::ShowPalette);
            deeds
        })
    });
    let Some(deed) = ordered else { return };
    if state.palette.is_open {
        super::palette::close(ui, state);
        if deed == Deed::ShowPalette {
            return;
        }
    }
    match focused {
        // Whatever is being typed is to be used, and is only used once its field is left.
        Some(focused) if deed == Deed::Start => {
            ui.memory_mut(|memory| memory.surrender_focus(focused));
            state.palette.next = Some(deed);
            ui.ctx().request_repaint();
        }
        focused => deed.carry_out(state, snapshot, wishes, focused),
    }
}

/// What a control does, and the keys that do the same, if there are any.
fn hint(ui: &Ui, meaning: &str, deed: &Deed) -> String {
    match keys(deed, ui.ctx().os().is_mac()) {
        keys if keys.is_empty() => meaning.to_owned(),
        keys => say!("shell-hint", meaning = meaning, keys = keys),
    }
}

/// What stands over the content on every screen: what was refused, what waits for a yes or no, and why nothing goes on.
/// In a very small window it can be scrolled, so that something of the content is left.
fn urgent(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    let is_paused = matches!(snapshot.phase, Phase::Paused { .. });
    // What waited for an answer in the past waits no longer.
    let is_past = snapshot.replay.is_some() && snapshot.phase == Phase::Idle;
    // In the list it stands too.
    let is_refused = state.refused.is_some() && !state.messages.is_open;
    if !is_refused && (snapshot.approval.is_none() || is_past) && !is_paused {
        return;
    }
    let most = ui.available_height() * URGENT;
    ScrollArea::vertical().id_salt("urgent").auto_shrink([false, true]).max_height(most).show(ui, |ui| {
        if is_refused {
            refused(ui, state, wishes);
        }
        if !is_past {
            approval::ui(ui, state, snapshot, wishes);
        }
        pause::ui(ui, state, snapshot, wishes);
    });
    // Each of them has left room below itself already.
    ui.add_space(-space::S);
}

/// What holds as long as one looks: that no session can be started here, that the one that is shown is not kept.
fn standing(ui: &mut Ui, state: &State, snapshot: &Snapshot) {
    let is_where_one_starts = matches!(state.screen, Screen::Setup | Screen::Run);
    if let Some(why) = state.read_only.as_ref().filter(|_| is_where_one_starts) {
        note(ui, &say!("shell-read-only", why = said(why)));
    }
    if let Some(why) = not_recorded(state, snapshot).filter(|_| state.screen == Screen::Run) {
        note(ui, &say!("shell-not-recorded", why = said(why)));
    }
}

/// Why the session that is shown is not kept, if that is so; of one that is played again everything is.
fn not_recorded<'a>(state: &'a State, snapshot: &'a Snapshot) -> Option<&'a str> {
    let is_other = snapshot.replay.is_some() || (snapshot.phase == Phase::Idle && state.is_choosing);
    state.shown(snapshot).not_recorded.as_deref().filter(|_| !is_other)
}

fn note(ui: &mut Ui, words: &str) {
    let (ink, wash) = Tint::Warn.colors(palette(ui));
    let frame = Frame::new().fill(wash).corner_radius(ROUND).inner_margin(margins(space::L, space::S));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        sentence(ui, icon::WARNING, words, ink);
    });
    ui.add_space(space::S);
}

/// What was refused last stays until it is closed or overtaken.
fn refused(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    let Some(refused) = state.refused.clone() else { return };
    let (_, wash) = Tint::Bad.colors(palette(ui));
    let framed = Frame::new().fill(wash).corner_radius(ROUND).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_top(|ui| {
            let room = ui.available_width() - size::BUTTON - 2.0 * space::S;
            ui.vertical(|ui| {
                ui.set_width(room);
                if let Some(fix) = problem(ui, Tint::Bad, &refused) {
                    state.wish_for(fix, wishes);
                    state.refused = None;
                }
            });
            ui.vertical(|ui| {
                ui.add_space(space::S);
                let close = say!("shell-close-refusal");
                if ui.add(Button::new(&close).icon(icon::CLOSE).look(Look::Quiet).icon_only()).clicked() {
                    state.refused = None;
                }
            });
        });
    });
    announce(&framed.response, &say!("shell-refused", what = said(&refused.summary)));
    ui.add_space(space::S);
}
