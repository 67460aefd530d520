//! The certificate: the proof that everything ended, line by line.

use egui::{Label, RichText, Ui};

use super::{card::Tint, dense, icon, section};
use crate::{
    protocol::{Certificate, CertificateItem, Outcome, Proof},
    ui::{
        icon as icons,
        theme::{palette, size, space, text},
    },
};

/// Draws a certificate.
pub fn certificate(ui: &mut Ui, certificate: &Certificate) {
    section(ui, "Certificate", |ui| {
        let words = format!("all closed after {:.0} ms", certificate.stopped_ms);
        ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)));
    });
    let proof = certificate.proof();
    let (tint, symbol) = match proof {
        Proof::Complete => (Tint::Good, icons::CHECK),
        Proof::Partial => (Tint::Warn, icons::WARNING),
        Proof::Broken => (Tint::Bad, icons::FAILED),
    };
    let (ink, _) = tint.colors(palette(ui));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        icon(ui, symbol, size::ICON_LARGE, ink);
        ui.add(Label::new(RichText::new(proof.words()).font(text::strong()).color(ink)).wrap());
    });
    let gate = format!("Nothing new could begin after {:.1} ms", certificate.gate_closed_ms);
    ui.add(Label::new(RichText::new(gate).font(text::small()).color(palette(ui).weak)));
    dense(ui);
    for item in &certificate.items {
        line(ui, item);
    }
    let after = &certificate.open_after;
    let sockets = after.sockets.map_or_else(|| "not counted here".to_owned(), |count| count.to_string());
    let left = format!(
        "Still open: {} loops, {} requests, connections {sockets}, {} child processes, {} keys",
        after.tasks, after.requests, after.children, after.keys
    );
    ui.add(Label::new(RichText::new(left).font(text::small())).wrap());
}

fn line(ui: &mut Ui, item: &CertificateItem) {
    let palette = palette(ui);
    let (symbol, color) = match item.outcome {
        Outcome::Closed => (icons::CHECK, palette.good),
        Outcome::NotVerifiable => (icons::WARNING, palette.warn),
        Outcome::Aborted | Outcome::Failed => (icons::FAILED, palette.bad),
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        icon(ui, symbol, size::ICON, color);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let words = format!("{}, {} ms", item.outcome.word(), item.took_ms);
            ui.add(Label::new(RichText::new(words).font(text::small()).color(color)));
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let name = format!("{} {}", item.kind.word(), item.name);
                ui.add(Label::new(RichText::new(name).font(text::small())).truncate());
            });
        });
    })
    .response
    .on_hover_text(if item.note.is_empty() { &item.name } else { &item.note });
    // Why something did not end is not to be looked for.
    if matches!(item.outcome, Outcome::Aborted | Outcome::Failed) && !item.note.is_empty() {
        ui.add(Label::new(RichText::new(&item.note).font(text::small()).color(color)).wrap());
    }
}
