//! The certificate: the proof that everything ended, line by line.

use egui::{Label, RichText, Ui};

use super::{card::Tint, dense, heartbeat::title, icon, section};
use crate::{
    protocol::{Certificate, CertificateItem, LoopName, OpenAfter, OpenKind, Outcome, Proof},
    ui::{
        catalogue::{said, say},
        icon as icons,
        theme::{palette, size, space, text},
        words,
    },
};

/// Draws a certificate.
pub fn certificate(ui: &mut Ui, certificate: &Certificate) {
    let words = say!("session-all-closed", ms = words::decimal(certificate.stopped_ms, 0));
    let all_closed = Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak));
    // Where there is no room beside the heading, it stands under it.
    if ui.available_width() < size::NOTES {
        section(ui, &say!("session-certificate"), |_| {});
        ui.add(all_closed.wrap());
    } else {
        section(ui, &say!("session-certificate"), |ui| {
            ui.add(all_closed.truncate());
        });
    }
    let (tint, symbol, proof) = match certificate.proof() {
        Proof::Complete => (Tint::Good, icons::CHECK, say!("session-proof-complete")),
        Proof::Partial => (Tint::Warn, icons::WARNING, say!("session-proof-partial")),
        Proof::Broken => (Tint::Bad, icons::FAILED, say!("session-proof-broken")),
    };
    let (ink, _) = tint.colors(palette(ui));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        icon(ui, symbol, size::ICON_LARGE, ink);
        ui.add(Label::new(RichText::new(proof).font(text::strong()).color(ink)).wrap());
    });
    let gate = say!("session-gate", ms = words::decimal(certificate.gate_closed_ms, 1));
    ui.add(Label::new(RichText::new(gate).font(text::small()).color(palette(ui).weak)).wrap());
    dense(ui);
    for item in &certificate.items {
        line(ui, item);
    }
    ui.add(Label::new(RichText::new(still_open(&certificate.open_after)).font(text::small())).wrap());
}

/// What a second look found.
fn still_open(after: &OpenAfter) -> String {
    let OpenAfter { tasks, requests, sockets, children, keys } = *after;
    match sockets {
        Some(sockets) => say!(
            "session-still-open",
            loops = tasks,
            requests = requests,
            connections = sockets,
            processes = children,
            keys = keys
        ),
        None => {
            say!("session-still-open-uncounted", loops = tasks, requests = requests, processes = children, keys = keys)
        }
    }
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
            let words = ended(item.outcome, item.took_ms);
            ui.add(Label::new(RichText::new(words).font(text::small()).color(color)));
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let name = named(item.kind, &item.name);
                ui.add(Label::new(RichText::new(name).font(text::small())).truncate());
            });
        });
    })
    .response
    .on_hover_text(&*said(if item.note.is_empty() { &item.name } else { &item.note }));
    // Why something did not end is not to be looked for.
    if matches!(item.outcome, Outcome::Aborted | Outcome::Failed) && !item.note.is_empty() {
        ui.add(Label::new(RichText::new(said(&item.note)).font(text::small()).color(color)).wrap());
    }
}

/// How one thing ended, and after what time.
fn ended(outcome: Outcome, ms: u64) -> String {
    match outcome {
        Outcome::Closed => say!("session-item-closed", ms = ms),
        Outcome::Aborted => say!("session-item-aborted", ms = ms),
        Outcome::Failed => say!("session-item-failed", ms = ms),
        Outcome::NotVerifiable => say!("session-item-not-verifiable", ms = ms),
    }
}

/// What it was.
fn named(kind: OpenKind, name: &str) -> String {
    match kind {
        OpenKind::Loop => {
            let known = LoopName::ALL.into_iter().find(|known| known.title() == name);
            say!("session-item-loop", name = known.map_or_else(|| name.to_owned(), title))
        }
        OpenKind::Request => say!("session-item-request", name = said(name)),
        OpenKind::Environment => say!("session-item-environment", name = said(name)),
        OpenKind::Key => say!("session-item-key", name = name),
        OpenKind::Child => say!("session-item-child", name = said(name)),
        OpenKind::Client => say!("session-item-client", name = client(name)),
        OpenKind::Journal => say!("session-item-journal", name = said(name)),
    }
}

/// Whose it was, and which model it asked: `narrator (qwen/qwen3-8b)`.
fn client(name: &str) -> String {
    let whole = said(name);
    match name.split_once(" (") {
        Some((part, model)) if *whole == *name => format!("{} ({model}", said(part)),
        _ => whole.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_still_open_is_counted() {
        let nothing = OpenAfter { sockets: Some(0), ..OpenAfter::default() };
        let words = "Still open: 0 loops, 0 requests, connections 0, 0 child processes, 0 keys";
        assert_eq!(still_open(&nothing), words);
        let one = OpenAfter { tasks: 1, requests: 1, sockets: None, children: 1, keys: 1 };
        let words = "Still open: 1 loop, 1 request, connections not counted here, 1 child process, 1 key";
        assert_eq!(still_open(&one), words);
        assert_eq!(named(OpenKind::Child, "shop"), "child process shop");
        assert_eq!(ended(Outcome::NotVerifiable, 3), "not verifiable, 3\u{a0}ms");
    }
}
