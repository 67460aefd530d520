//! A problem: what happened, the evidence, and the ways out as buttons and sentences.

use egui::{Frame, Label, RichText, Ui};

use super::{Button, Look, card::Tint};
use crate::{
    protocol::{Fix, Problem, Remedy},
    ui::{
        catalogue::{said, say},
        icon,
        theme::{ROUND_SMALL, margins, palette, size, space, text},
    },
};

/// Draws a problem; gives the mend whose button was pressed.
pub fn problem(ui: &mut Ui, tint: Tint, problem: &Problem) -> Option<Fix> {
    draw(ui, tint, problem, true)
}

/// The same where the best way out stands above it already: no button asks for attention.
pub fn problem_below(ui: &mut Ui, tint: Tint, problem: &Problem) -> Option<Fix> {
    draw(ui, tint, problem, false)
}

fn draw(ui: &mut Ui, tint: Tint, problem: &Problem, is_first_primary: bool) -> Option<Fix> {
    let (_, wash) = tint.colors(palette(ui));
    Frame::new()
        .fill(wash)
        .corner_radius(ROUND_SMALL)
        .inner_margin(margins(space::L, space::M))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = space::XS;
            ui.add(Label::new(RichText::new(said(&problem.summary)).font(text::strong())).wrap());
            for detail in &problem.details {
                let words = RichText::new(said(detail)).font(text::mono()).color(palette(ui).weak);
                ui.add(Label::new(words).wrap());
            }
            advice(ui, problem);
            actions(ui, &problem.remedies, is_first_primary)
        })
        .inner
}

fn advice(ui: &mut Ui, problem: &Problem) {
    for remedy in &problem.remedies {
        if let Remedy::Advice { text: words } = remedy {
            ui.spacing_mut().interact_size.y = size::ROW;
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::XS;
                super::icon(ui, icon::WRENCH, size::ICON, palette(ui).weak);
                ui.add(Label::new(&*said(words)).wrap());
            });
        }
    }
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
            if ui.add(Button::new(&mend_words(fix)).look(look)).clicked() {
                pressed = Some(fix.clone());
            }
        }
    });
    pressed
}

/// The words on the button of a mend.
pub fn mend_words(fix: &Fix) -> String {
    match fix {
        Fix::UseAddress { url, .. } => say!("setup-mend-address", url = url.as_str()),
        Fix::UseModel { model, .. } => say!("setup-mend-model", model = model.as_str()),
        Fix::LoadModel { model, context_length: None, .. } => say!("setup-mend-load", model = model.as_str()),
        Fix::LoadModel { model, context_length: Some(length), .. } => {
            say!("setup-mend-load-with", model = model.as_str(), length = *length)
        }
        Fix::UnloadModel { instance, .. } => say!("setup-mend-unload", instance = instance.as_str()),
        Fix::StartServer { port } => say!("setup-mend-start-server", port = port.to_string()),
        Fix::OpenLmStudio => say!("setup-mend-open"),
        Fix::BypassProxy { host } => say!("setup-mend-bypass", host = host.as_str()),
        Fix::EnterToken => say!("setup-mend-token"),
        Fix::CheckPatiently => say!("setup-mend-patiently"),
        Fix::CopyReport => say!("setup-mend-copy"),
        Fix::TryDemo => say!("setup-mend-try-demo"),
        Fix::LeaveDemo => say!("setup-mend-leave-demo"),
        Fix::CheckAgain => say!("setup-mend-check-again"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_english_a_mend_is_called_what_it_is_called_elsewhere() {
        let [role, instead_of, endpoint] = [const { String::new() }; 3];
        for fix in [
            Fix::use_address("http://127.0.0.1:5555"),
            Fix::UseModel { role, instead_of, model: "a/b".into() },
            Fix::load("a/b"),
            Fix::load_with("a/b", 131_072),
            Fix::UnloadModel { instance: "a/b:2".into(), endpoint },
            Fix::StartServer { port: 1234 },
            Fix::OpenLmStudio,
            Fix::BypassProxy { host: "10.0.0.5".into() },
            Fix::EnterToken,
            Fix::CheckPatiently,
            Fix::CopyReport,
            Fix::TryDemo,
            Fix::LeaveDemo,
            Fix::CheckAgain,
        ] {
            // The window groups the digits of large figures.
            assert_eq!(mend_words(&fix).replace(',', ""), fix.label());
        }
    }
}
