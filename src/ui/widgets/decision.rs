//! The last decision: what, by whom, why, and what came of it.

use egui::{Label, RichText, Ui};

use super::{dense, icon, section};
use crate::{
    protocol::DecisionView,
    ui::{
        icon as icons,
        theme::{palette, size, space, text},
        words,
    },
};

/// Draws the decision, or says that there is none yet.
pub fn decision(ui: &mut Ui, decision: Option<&DecisionView>) {
    let palette = palette(ui);
    let Some(decision) = decision else {
        section(ui, "Decision", |_| {});
        ui.add(Label::new(RichText::new("The first decision will appear here").color(palette.weak)));
        return;
    };
    section(ui, "Decision", |ui| {
        let took = format!("step {}, after {} ms", decision.step, decision.took_ms);
        ui.add(Label::new(RichText::new(took).font(text::small()).color(palette.weak)));
    });
    dense(ui);
    ui.add(
        Label::new(RichText::new(words::action(&decision.action)).font(text::heading()).color(palette.accent)).wrap(),
    );
    let because = if decision.because.is_empty() { "No reason was given" } else { &decision.because };
    ui.add(Label::new(RichText::new(because)).wrap());
    for proposal in &decision.proposals {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            let (symbol, color) =
                if proposal.followed { (icons::CHECK, palette.good) } else { (icons::SKIPPED, palette.weak) };
            icon(ui, symbol, size::ICON, color);
            let action = words::proposed(proposal);
            let line = format!("{}: {action}", proposal.title);
            ui.add(Label::new(RichText::new(line).font(text::small()).color(palette.weak)).truncate());
        })
        .response
        .on_hover_text(&proposal.thought);
    }
    if let Some(effect) = &decision.effect {
        ui.add_space(space::XS);
        ui.add(Label::new(RichText::new(effect).font(text::small())).wrap());
    }
    for shortfall in &decision.shortfalls {
        ui.add(Label::new(RichText::new(shortfall).font(text::small()).color(palette.warn)).wrap());
    }
}
