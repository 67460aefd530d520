//! The closing screen: the window stays until everything has ended, and names what is still running.

use egui::{Frame, Label, RichText, Ui};

use crate::{
    protocol::{Phase, Snapshot},
    ui::{
        icon,
        state::{Leaving, State},
        theme::{margins, palette, size, space, text},
        widgets::{card, certificate, label_icon},
    },
};

/// Draws what is still being waited for, and the certificate once there is one.
pub fn ui(ui: &mut Ui, state: &State, snapshot: &Snapshot) {
    let frame = Frame::new().fill(palette(ui).ground).inner_margin(margins(space::XL, space::XL));
    egui::CentralPanel::default().frame(frame).show(ui, |ui| {
        ui.vertical_centered(|ui| {
            ui.set_max_width(size::DIALOG);
            ui.add_space(space::XXL);
            card(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.label(RichText::new("Closing").font(text::title()));
                match (&state.leaving, &snapshot.phase) {
                    (Leaving::Ended(ended), _) => certificate(ui, ended),
                    (_, Phase::Stopping { waiting_for }) => {
                        ui.add(Label::new("Still running, and asked to end:"));
                        for name in waiting_for {
                            label_icon(ui, icon::RUNNING, name, palette(ui).accent);
                        }
                    }
                    _ => {
                        ui.add(Label::new("The last connections are being closed"));
                    }
                }
            });
        });
    });
}
