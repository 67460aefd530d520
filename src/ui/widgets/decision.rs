//! The last decision: what, by whom, why, what came of it, and what it cost.

use egui::{Label, RichText, Role, Ui, WidgetInfo};

use super::{Button, dense, icon, section};
use crate::{
    protocol::{DecisionView, Judgement, ProposalView},
    ui::{
        icon as icons,
        theme::{palette, size, space, text},
        words,
    },
};

/// So much is shown of what came of it.
const EFFECT_LETTERS: usize = 400;
const EFFECT_LINES: usize = 4;

/// Draws the decision, or says that there is none yet; of all judgements its own counts. With `has_reasons` there is a
/// way to all reasons of it once it has been carried out; gives its step when that was pressed.
pub fn decision(
    ui: &mut Ui,
    decision: Option<&DecisionView>,
    judgements: &[Judgement],
    has_reasons: bool,
) -> Option<u64> {
    let palette = palette(ui);
    let mut asked = None;
    let Some(decision) = decision else {
        section(ui, "Decision", |_| {});
        ui.add(Label::new(RichText::new("The first decision will appear here").color(palette.weak)));
        return None;
    };
    section(ui, "Decision", |ui| {
        if has_reasons && why(ui, decision) {
            asked = Some(decision.step);
        }
        // It gets its number when it is carried out.
        let step = if decision.step > 0 { format!("step {}, ", decision.step) } else { String::new() };
        let took = format!("{step}after {}", words::duration(decision.took_ms));
        ui.add(Label::new(RichText::new(took).font(text::small()).color(palette.weak)));
    });
    dense(ui);
    ui.add(
        Label::new(RichText::new(words::action(&decision.action)).font(text::heading()).color(palette.accent)).wrap(),
    );
    let because = if decision.because.is_empty() { "No reason was given" } else { &decision.because };
    ui.add(Label::new(RichText::new(because)).wrap());
    let judgement = judgements.iter().rev().find(|judgement| judgement.step == decision.step);
    if let Some(judgement) = judgement {
        ui.add(Label::new(RichText::new(words::this_decision(judgement)).font(text::strong())).wrap());
    }
    for view in &decision.proposals {
        proposal(ui, view, words::advice_cost(judgement, view));
    }
    if let Some(effect) = &decision.effect {
        ui.add_space(space::XS);
        self::effect(ui, effect);
    }
    for shortfall in &decision.shortfalls {
        ui.add(Label::new(RichText::new(shortfall).font(text::small()).color(palette.warn)).wrap());
    }
    asked
}

/// What came of it, as far as there is room; all of it stands in the environment and with the reasons.
fn effect(ui: &mut Ui, effect: &str) {
    let (start, rest) = words::rest_of(effect, EFFECT_LETTERS, EFFECT_LINES);
    let response = ui.add(Label::new(RichText::new(start).font(text::small())).wrap());
    if let Some(rest) = rest {
        ui.add(Label::new(RichText::new(rest).font(text::small()).color(palette(ui).weak)).wrap());
        response.on_hover_text(effect);
    }
}

/// The way to the reasons. It keeps its place while the decision is being carried out, so that nothing moves.
fn why(ui: &mut Ui, decision: &DecisionView) -> bool {
    let is_done = decision.effect.is_some() && decision.step > 0;
    let response = ui.add_enabled(is_done, Button::new("Why?"));
    let name = format!("Why step {}?", decision.step);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, is_done, &name));
    response.on_disabled_hover_text("Its reasons are kept once it has been carried out").clicked()
}

/// What one expert proposed, whether it was followed, and what that would have cost.
fn proposal(ui: &mut Ui, view: &ProposalView, cost: Option<String>) {
    let palette = palette(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let (symbol, color) = if view.followed { (icons::CHECK, palette.good) } else { (icons::SKIPPED, palette.weak) };
        icon(ui, symbol, size::ICON, color);
        let cost = cost.map_or_else(String::new, |cost| format!(" · {cost}"));
        let line = format!("{}: {}{cost}", view.title, words::proposed(view));
        ui.add(Label::new(RichText::new(line).font(text::small()).color(palette.weak)).truncate());
    })
    .response
    .on_hover_text(&view.thought);
}
