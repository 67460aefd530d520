//! The experts screen: when each was asked and spoke, what each says, who was followed, whether asking several pays,
//! and what all of it costs. After a session its last picture stays.

use egui::{Label, Rect, RichText, ScrollArea, Sense, Ui, pos2, vec2};

use super::{accounts, worth};
use crate::{
    protocol::{ExpertView, Phase, Snapshot},
    ui::{
        catalogue::say,
        state::{Screen, State},
        theme::{palette, size, space, text},
        widgets::{beside, card, expert, lanes, part, region, scrolled, section, to_run},
    },
};

/// Draws one card under the other; the whole of it can be scrolled.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot) {
    let shown = state.shown(snapshot);
    let mut is_left = false;
    scrolled(ui, ScrollArea::vertical().id_salt("experts in time"), |ui| {
        let is_over = snapshot.phase == Phase::Idle && snapshot.replay.is_none();
        is_left = part(ui, "time", |ui| in_time(ui, shown, is_over));
        said(ui, &shown.experts);
        ui.add_space(space::S);
        part(ui, "decided", |ui| worth::decision(ui, shown.decision.as_ref()));
        ui.add_space(space::S);
        part(ui, "ensemble", |ui| worth::ensemble(ui, &shown.ensemble));
        ui.add_space(space::S);
        let has_session = snapshot.phase != Phase::Idle || snapshot.replay.is_some() || state.kept.is_some();
        let mode = if has_session { shown.cloud } else { state.settings.cloud };
        if ui.available_width() < size::PAIR {
            accounts::standing(ui, mode, &shown.providers);
            ui.add_space(space::S);
            accounts::spending(ui, &shown.spending, state.settings.budget.warn_at);
        } else {
            beside(ui, |[left, right]| {
                left.vertical(|ui| accounts::standing(ui, mode, &shown.providers));
                right.vertical(|ui| accounts::spending(ui, &shown.spending, state.settings.budget.warn_at));
            });
        }
        ui.add_space(space::S);
        part(ui, "ledger", |ui| accounts::ledger(ui, &shown.egress, &shown.experts));
    });
    if is_left {
        state.screen = Screen::Run;
    }
}

/// The swim lanes, or why there are none; true when somebody wants to go where a session is started.
fn in_time(ui: &mut Ui, shown: &Snapshot, is_over: bool) -> bool {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, &say!("experts-in-time"), |ui| {
            if is_over && !shown.experts.is_empty() {
                let words = RichText::new(say!("experts-last-session")).font(text::small());
                ui.add(Label::new(words.color(palette(ui).weak)).truncate());
            }
        });
        if shown.experts.is_empty() {
            let words = if is_over { say!("experts-lanes-to-be") } else { say!("experts-nobody-asked") };
            ui.add(Label::new(RichText::new(words).color(palette(ui).weak)).wrap());
            return is_over && to_run(ui);
        }
        lanes(ui, &shown.experts, shown.elapsed_ms);
        false
    })
    .inner
}

/// What each expert says, in as many cards side by side as there is room for.
fn said(ui: &mut Ui, experts: &[ExpertView]) {
    if experts.is_empty() {
        return;
    }
    ui.add_space(space::S);
    let room = ui.available_width();
    let (mut count, mut columns) = (1, 1.0_f32);
    while count < experts.len() && (columns + 1.0) * (size::EXPERT_MIN + space::S) <= room + space::S {
        count += 1;
        columns += 1.0;
    }
    let pitch = (room + space::S) / columns;
    for row in experts.chunks(count) {
        let (edges, _) = ui.allocate_exact_size(vec2(room, size::EXPERTS_HEIGHT), Sense::hover());
        let mut left = edges.left();
        for view in row {
            // Together they are as wide as what stands above and below them.
            let right = left + pitch - space::S;
            let place = Rect::from_min_max(pos2(left.round(), edges.top()), pos2(right.round(), edges.bottom()));
            region(ui, ("expert", &view.role), place, |ui| expert(ui, view, place.size()));
            left += pitch;
        }
    }
}
