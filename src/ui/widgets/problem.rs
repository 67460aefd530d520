//! A problem: what happened, the evidence, and the ways out as buttons and sentences.

use egui::{Frame, Label, RichText, Ui};

use super::{Button, Look, card::Tint};
use crate::{
    protocol::{Fix, Problem, Remedy},
    ui::{
        icon,
        theme::{ROUND_SMALL, margins, palette, size, space, text},
    },
};

/// Draws a problem; gives the mend whose button was pressed.
pub fn problem(ui: &mut Ui, tint: Tint, problem: &Problem) -> Option<Fix> {
    let (_, wash) = tint.colors(palette(ui));
    Frame::new()
        .fill(wash)
        .corner_radius(ROUND_SMALL)
        .inner_margin(margins(space::M, space::S))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = space::XS;
            ui.add(Label::new(RichText::new(&problem.summary).font(text::strong())).wrap());
            for detail in &problem.details {
                let words = RichText::new(detail).font(text::mono()).color(palette(ui).weak);
                ui.add(Label::new(words).wrap());
            }
            ways_out(ui, problem)
        })
        .inner
}

fn ways_out(ui: &mut Ui, problem: &Problem) -> Option<Fix> {
    for remedy in &problem.remedies {
        if let Remedy::Advice { text: words } = remedy {
            ui.spacing_mut().interact_size.y = size::ROW;
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::XS;
                super::icon(ui, icon::WRENCH, size::ICON, palette(ui).weak);
                ui.add(Label::new(words).wrap());
            });
        }
    }
    actions(ui, &problem.remedies, true)
}

/// The remedies that are buttons; gives the one that was pressed.
pub fn actions(ui: &mut Ui, remedies: &[Remedy], is_first_primary: bool) -> Option<Fix> {
    let mut pressed = None;
    let fixes: Vec<&Fix> = remedies
        .iter()
        .filter_map(|remedy| match remedy {
            Remedy::Action(fix) => Some(fix),
            Remedy::Advice { .. } => None,
        })
        .collect();
    if fixes.is_empty() {
        return None;
    }
    ui.add_space(space::XS);
    ui.horizontal_wrapped(|ui| {
        for (index, fix) in fixes.into_iter().enumerate() {
            let look = if index == 0 && is_first_primary { Look::Primary } else { Look::Plain };
            if ui.add(Button::new(&fix.label()).look(look)).clicked() {
                pressed = Some(fix.clone());
            }
        }
    });
    pressed
}
