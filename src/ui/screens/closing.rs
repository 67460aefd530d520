//! The closing screen: the window stays until everything has ended, and names what is still running.

use egui::{CentralPanel, Frame, Label, RichText, ScrollArea, Ui};

use crate::{
    protocol::{Phase, Snapshot},
    ui::{
        catalogue::{said, say},
        icon,
        state::{Leaving, State},
        theme::{margins, palette, size, space, text},
        widgets::{card, certificate, sentence, under_way},
    },
};

/// Draws what is still being waited for, and the certificate once there is one.
pub fn ui(ui: &mut Ui, state: &State, snapshot: &Snapshot) {
    // The window is cleared with the colour of the ground.
    let content = Frame::new().inner_margin(margins(space::XL, space::XL));
    CentralPanel::default().frame(content).show(ui, |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.vertical_centered(|ui| {
                ui.set_max_width(size::DIALOG);
                ui.add_space(space::XXL);
                card(ui, |ui| {
                    ui.set_width(ui.available_width());
                    // The card stands in the middle, what it says at its left.
                    ui.vertical(|ui| what_is_left(ui, state, snapshot));
                });
            });
        });
    });
}

fn what_is_left(ui: &mut Ui, state: &State, snapshot: &Snapshot) {
    ui.label(RichText::new(say!("closing-title")).font(text::title()));
    match (&state.leaving, &snapshot.phase) {
        (Leaving::Ended(ended), _) => certificate(ui, ended),
        (_, Phase::Stopping { waiting_for }) => {
            ui.add(Label::new(say!("closing-still-running")).wrap());
            for name in waiting_for {
                sentence(ui, icon::RUNNING, &said(name), palette(ui).accent);
            }
        }
        _ => {
            let words = under_way(ui, &say!("closing-connections"));
            ui.add(Label::new(words).wrap());
        }
    }
}
