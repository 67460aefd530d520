//! The last decision: what, why, who proposed what and whether that was followed, what came of it, and what it cost.

use egui::{Label, RichText, Role, Ui, WidgetInfo};

use super::{Button, dense, icon, section};
use crate::{
    protocol::{DecisionView, Judgement, ProposalView},
    ui::{
        catalogue::{said, say},
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
    let title = say!("session-decision");
    let Some(decision) = decision else {
        section(ui, &title, |_| {});
        ui.add(Label::new(RichText::new(say!("session-no-decision")).color(palette.weak)).wrap());
        return None;
    };
    let mut aside = |ui: &mut Ui| {
        if has_reasons && why(ui, decision) {
            asked = Some(decision.step);
        }
        let took = words::duration(decision.took_ms);
        // It gets its number when it is carried out.
        let words = if decision.step > 0 {
            say!("session-decided-at", step = decision.step, took = took)
        } else {
            say!("session-decided-after", took = took)
        };
        ui.add(Label::new(RichText::new(words).font(text::small()).color(palette.weak)).truncate());
    };
    // Where there is no room beside the heading, it stands under it.
    if ui.available_width() < size::NOTES {
        section(ui, &title, |_| {});
        ui.horizontal(&mut aside);
    } else {
        section(ui, &title, &mut aside);
    }
    dense(ui);
    ui.add(
        Label::new(RichText::new(words::action(&decision.action)).font(text::heading()).color(palette.accent)).wrap(),
    );
    let reason = words::reason(&decision.by, &decision.because);
    let because = if reason.is_empty() { say!("session-no-reason") } else { reason.into_owned() };
    ui.add(Label::new(RichText::new(because)).wrap());
    let judgement = judgements.iter().rev().find(|judgement| judgement.step == decision.step);
    if let Some(judgement) = judgement {
        ui.add(Label::new(RichText::new(words::this_decision(judgement)).font(text::strong())).wrap());
    }
    chain(ui, decision, judgement);
    if let Some(effect) = &decision.effect {
        ui.add_space(space::XS);
        self::effect(ui, &said(effect));
    }
    for shortfall in &decision.shortfalls {
        ui.add(Label::new(RichText::new(said(shortfall)).font(text::small()).color(palette.warn)).wrap());
    }
    asked
}

/// Who decided, and before that who proposed what: first whoever was followed.
fn chain(ui: &mut Ui, decision: &DecisionView, judgement: Option<&Judgement>) {
    if !decision.by.is_empty() {
        weak(ui, &say!("session-decided-by", by = said(&decision.by)));
    }
    for (is_followed, heading) in [(true, say!("session-followed")), (false, say!("session-not-followed"))] {
        let mut proposals = decision.proposals.iter().filter(|view| view.followed == is_followed).peekable();
        if proposals.peek().is_some() {
            weak(ui, &heading);
        }
        for view in proposals {
            proposal(ui, view, words::advice_cost(judgement, view));
        }
    }
}

/// What came of it, as far as there is room; all of it stands in the environment and with the reasons.
fn effect(ui: &mut Ui, effect: &str) {
    let (start, rest) = words::rest_of(effect, EFFECT_LETTERS, EFFECT_LINES);
    let response = ui.add(Label::new(RichText::new(start).font(text::small())).wrap());
    if let Some(rest) = rest {
        weak(ui, &rest);
        response.on_hover_text(effect);
    }
}

/// The way to the reasons. It keeps its place while the decision is being carried out, so that nothing moves.
fn why(ui: &mut Ui, decision: &DecisionView) -> bool {
    let is_done = decision.effect.is_some() && decision.step > 0;
    let response = ui.add_enabled(is_done, Button::new(&say!("session-why")));
    let name = say!("session-why-step", step = decision.step);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, is_done, &name));
    response.on_disabled_hover_text(say!("session-why-later")).clicked()
}

/// What one expert proposed, whether it was followed, and what that would have cost.
fn proposal(ui: &mut Ui, view: &ProposalView, cost: Option<String>) {
    let palette = palette(ui);
    let row = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let (symbol, color) = if view.followed { (icons::CHECK, palette.good) } else { (icons::SKIPPED, palette.weak) };
        icon(ui, symbol, size::ICON, color);
        let said = say!("session-proposal", title = said(&view.title), proposed = words::proposed(view));
        let line = [Some(said), cost].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let ink = if view.followed { palette.text } else { palette.weak };
        ui.add(Label::new(RichText::new(line).font(text::small()).color(ink)).truncate());
    });
    if !view.thought.is_empty() {
        row.response.on_hover_text(&view.thought);
    }
}

fn weak(ui: &mut Ui, words: &str) {
    ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).wrap());
}
