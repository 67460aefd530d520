//! The action that waits for a person: what is to be done, how much harm it can do, who wants it, and the answers. It
//! stands over the content on every screen.

use egui::{Align, Frame, Label, Layout, RichText, ScrollArea, Ui};

use super::Wishes;
use crate::{
    protocol::{Approval, Command, Risk, Snapshot},
    ui::{
        catalogue::say,
        icon,
        state::{LEAST_LOOK_S, State},
        theme::{ROUND, ROUND_SMALL, margins, palette, size, space, stroke, text},
        widgets::{Button, Look, Tint, announce, icon as draw_icon, part, word_field, word_field_least},
        words,
    },
};

/// Draws the question and its answers while an action waits.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    let Some(approval) = &snapshot.approval else { return };
    let tint = match approval.risk {
        Risk::ReadOnly | Risk::Safe => Tint::Warn,
        Risk::Destructive | Risk::OpenWorld => Tint::Bad,
    };
    let (ink, wash) = tint.colors(palette(ui));
    let frame = Frame::new()
        .fill(wash)
        .stroke(stroke(space::HAIR, ink))
        .corner_radius(ROUND)
        .inner_margin(margins(space::L, space::M));
    let contents = |ui: &mut Ui| {
        ui.set_width(ui.available_width());
        question(ui, approval, ink);
        answers(ui, state, approval, wishes);
    };
    let framed = part(ui, "approval", |ui| frame.show(ui, contents));
    let action = words::action(&approval.action);
    let risk = words::risk(approval.risk);
    announce(&framed.response, &say!("approval-announced", action = action, risk = risk));
    ui.add_space(space::S);
}

fn question(ui: &mut Ui, approval: &Approval, ink: egui::Color32) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        ui.spacing_mut().interact_size.y = size::ROW;
        ui.horizontal(|ui| {
            draw_icon(ui, icon::HAND, size::ICON_LARGE, ink);
            ui.add(Label::new(RichText::new(say!("approval-question")).font(text::heading())));
            let waits = say!("approval-waits", stretch = words::stretch(approval.waits_ms));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add(Label::new(RichText::new(waits).font(text::small())).truncate());
            });
        });
        // In one line where there is room: the scene below can use it.
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            ui.horizontal_wrapped(|ui| {
                ui.add(Label::new(RichText::new(words::action(&approval.action)).font(text::title())).wrap());
                if let Some(server) = &approval.server {
                    ui.add(Label::new(say!("approval-server", server = server.as_str())).wrap());
                }
                ui.add(Label::new(RichText::new(words::risk(approval.risk)).font(text::strong()).color(ink)).wrap());
            });
        });
        if let Some(arguments) = words::arguments(&approval.action) {
            self::arguments(ui, &arguments);
        }
        // However much a model says, the answers stay in sight.
        let reason = ScrollArea::vertical().id_salt("reason").auto_shrink([false, true]);
        reason.max_height(size::ARGUMENTS / 2.0).show(ui, |ui| ui.add(Label::new(words::wanted_by(approval)).wrap()));
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

/// The answers, in one row where a reason for the last of them finds room there too.
fn answers(ui: &mut Ui, state: &mut State, approval: &Approval, wishes: &mut Wishes) {
    let is_seen = is_seen(ui, state, approval.id);
    let (reject, why_not) = (say!("approval-reject"), say!("approval-why-not"));
    let rejection = |ui: &mut Ui, objection: &mut String| {
        let is_pressed = ui.add_enabled(is_seen, Button::new(&reject).icon(icon::CLOSE)).clicked();
        let is_entered = word_field(ui, &why_not, &say!("approval-may-stay-empty"), objection);
        is_pressed || (is_seen && is_entered && !objection.trim().is_empty())
    };
    let answered = ui.horizontal_wrapped(|ui| {
        consents(ui, approval, is_seen, wishes);
        let button = Button::new(&reject).icon(icon::CLOSE).width(ui);
        let least = space::M + button + ui.spacing().item_spacing.x + word_field_least(ui, &why_not);
        (ui.available_size_before_wrap().x >= least).then(|| {
            ui.add_space(space::M);
            rejection(ui, &mut state.objection)
        })
    });
    let is_rejected =
        answered.inner.unwrap_or_else(|| ui.horizontal_wrapped(|ui| rejection(ui, &mut state.objection)).inner);
    if is_rejected {
        let word = std::mem::take(&mut state.objection).trim().to_owned();
        wishes.push(Command::Reject { approval: approval.id, word });
    }
}

/// What lets it be done, once or more often.
fn consents(ui: &mut Ui, approval: &Approval, is_seen: bool, wishes: &mut Wishes) {
    let approve = |for_session, for_ever| Command::Approve { approval: approval.id, for_session, for_ever };
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
    state.read = is_seen.then_some(approval);
    if !is_seen {
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(LEAST_LOOK_S));
    }
    is_seen
}
