//! The action that waits for a person: what is to be done, how much harm it can do, who wants it, and the answers. It
//! stands over the content on every screen.

use egui::{Frame, Label, RichText, ScrollArea, Ui};

use super::Wishes;
use crate::{
    protocol::{Approval, Command, Risk, Snapshot},
    ui::{
        catalogue::say,
        icon,
        state::State,
        theme::{ROUND, ROUND_SMALL, margins, palette, size, space, stroke, text},
        widgets::{Button, Look, Tint, announce, icon as draw_icon, word_field},
        words,
    },
};

/// The answers can be pressed only after so many seconds: a click that was meant for what stood here before must not
/// approve what nobody has read.
const LEAST_LOOK_S: f64 = 0.4;

/// Draws the question and its answers while an action waits.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    let Some(approval) = &snapshot.approval else { return };
    let tint = match approval.risk {
        Risk::ReadOnly | Risk::Safe => Tint::Warn,
        Risk::Destructive | Risk::OpenWorld => Tint::Bad,
    };
    let (ink, wash) = tint.colors(palette(ui));
    let framed = Frame::new()
        .fill(wash)
        .stroke(stroke(space::HAIR, ink))
        .corner_radius(ROUND)
        .inner_margin(margins(space::L, space::M))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            question(ui, approval, ink);
            answers(ui, state, approval, wishes);
        });
    let action = words::action(&approval.action);
    let risk = words::risk(approval.risk);
    announce(&framed.response, &say!("approval-announced", action = action, risk = risk));
    ui.add_space(space::S);
}

fn question(ui: &mut Ui, approval: &Approval, ink: egui::Color32) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        ui.horizontal(|ui| {
            draw_icon(ui, icon::HAND, size::ICON_LARGE, ink);
            ui.add(Label::new(RichText::new(say!("approval-question")).font(text::heading())).wrap());
        });
        let action = RichText::new(words::action(&approval.action)).font(text::title());
        ui.add(Label::new(action).wrap());
        if let Some(server) = &approval.server {
            ui.add(Label::new(say!("approval-server", server = server.as_str())).wrap());
        }
        ui.add(Label::new(RichText::new(words::risk(approval.risk)).font(text::strong()).color(ink)).wrap());
        if let Some(arguments) = words::arguments(&approval.action) {
            self::arguments(ui, &arguments);
        }
        // However much a model says, the answers stay in sight.
        let reason = ScrollArea::vertical().id_salt("reason").auto_shrink([false, true]);
        reason.max_height(size::ARGUMENTS / 2.0).show(ui, |ui| ui.add(Label::new(words::wanted_by(approval)).wrap()));
        let waits = say!("approval-waits", stretch = words::stretch(approval.waits_ms));
        ui.add(Label::new(RichText::new(waits).font(text::small())).wrap());
    });
}

/// Everything that would be sent, to be scrolled where it is long.
fn arguments(ui: &mut Ui, arguments: &str) {
    let well = Frame::new().fill(palette(ui).well).corner_radius(ROUND_SMALL);
    let area = ScrollArea::vertical().id_salt("arguments").auto_shrink([false, true]).max_height(size::ARGUMENTS);
    well.inner_margin(margins(space::M, space::S)).show(ui, |ui| {
        area.show(ui, |ui| ui.add(Label::new(RichText::new(arguments).font(text::mono())).wrap()));
    });
}

fn answers(ui: &mut Ui, state: &mut State, approval: &Approval, wishes: &mut Wishes) {
    let is_seen = is_seen(ui, state, approval.id);
    let approve = |for_session, for_ever| Command::Approve { approval: approval.id, for_session, for_ever };
    ui.horizontal_wrapped(|ui| {
        let once = say!("approval-approve");
        if ui.add_enabled(is_seen, Button::new(&once).icon(icon::CHECK).look(Look::Primary)).clicked() {
            wishes.push(approve(false, false));
        }
        let always = ui.add_enabled(is_seen, Button::new(&say!("approval-for-session")));
        if always.on_hover_text(say!("approval-for-session-meaning")).clicked() {
            wishes.push(approve(true, false));
        }
        // Only what belongs to a tool server can be told apart from what bears the same name elsewhere.
        if let Some(server) = &approval.server {
            let always = ui.add_enabled(is_seen, Button::new(&say!("approval-for-ever")));
            let (action, server) = (approval.action.name.as_str(), server.as_str());
            let meaning = say!("approval-for-ever-meaning", action = action, server = server);
            if always.on_hover_text(meaning).clicked() {
                wishes.push(approve(true, true));
            }
        }
    });
    let (is_entered, is_pressed) = ui
        .horizontal_wrapped(|ui| {
            let reject = say!("approval-reject");
            let is_pressed = ui.add_enabled(is_seen, Button::new(&reject).icon(icon::CLOSE)).clicked();
            let (name, hint) = (say!("approval-why-not"), say!("approval-may-stay-empty"));
            let is_entered = word_field(ui, &name, &hint, &mut state.objection);
            (is_entered, is_pressed)
        })
        .inner;
    if is_pressed || (is_seen && is_entered && !state.objection.trim().is_empty()) {
        let word = std::mem::take(&mut state.objection).trim().to_owned();
        wishes.push(Command::Reject { approval: approval.id, word });
    }
}

/// True once this approval has been on screen long enough to be read.
fn is_seen(ui: &Ui, state: &mut State, approval: u64) -> bool {
    let now = ui.input(|input| input.time);
    let since = match state.asked {
        Some((asked, since)) if asked == approval => since,
        _ => now,
    };
    state.asked = Some((approval, since));
    let is_seen = now - since >= LEAST_LOOK_S;
    if !is_seen {
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(LEAST_LOOK_S));
    }
    is_seen
}
