//! Who did what in a session, what went wrong and how often, and how it ended.

use egui::{CollapsingHeader, Frame, Label, RichText, ScrollArea, Ui};

use super::{small, weak};
use crate::{
    protocol::{ErrorPattern, ExpertFigures, SessionState},
    ui::{
        catalogue::{said, say},
        state::sessions::Opened,
        theme::{ROUND_SMALL, margins, palette, size, space, text},
        widgets::{Column, Row, capitalised, card, certificate as draw_certificate, dense, section, table},
        words::{self, kept},
    },
};

fn columns() -> [Column; 8] {
    [
        Column::words(say!("sessions-expert"), 1.3),
        Column::words(say!("sessions-model"), 1.8),
        Column::figures(say!("sessions-answered"), 1.0),
        Column::figures(say!("sessions-followed"), 0.9),
        Column::figures(say!("sessions-first-token"), 1.0),
        Column::figures(say!("sessions-in-all"), 0.8),
        Column::figures(say!("sessions-rate"), 0.8),
        Column::figures(say!("sessions-tokens"), 0.8),
    ]
}

/// What each part did; times are those in the middle of all answers.
pub fn experts(ui: &mut Ui, opened: &Opened) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, &say!("sessions-who-was-asked"), |_| {});
        let figures = &opened.file.figures.experts;
        if figures.is_empty() {
            weak(ui, &say!("sessions-nobody-asked"));
            return;
        }
        let rows: Vec<Row> = figures.iter().map(expert).collect();
        table(ui, &columns(), &rows);
        weak(ui, &say!("sessions-in-the-middle"));
        if let Some(report) = &opened.file.report {
            ui.add_space(space::XS);
            small(ui, &words::used_up(&report.spending), palette(ui).text);
            small(ui, &say!("sessions-spent", spent = words::spent(&report.spending)), palette(ui).text);
            for advice in &report.ensemble.advice {
                small(ui, &said(advice), palette(ui).text);
            }
        }
    });
}

fn expert(figures: &ExpertFigures) -> Row {
    Row {
        cells: vec![
            capitalised(&said(&figures.title)),
            figures.model.clone(),
            say!("sessions-answered-of", answered = figures.answered, asked = figures.asked),
            kept::times_followed(figures),
            kept::known_span(figures.median_first_token_ms),
            kept::known_span(figures.median_total_ms),
            // As many digits in every row.
            figures.median_tokens_per_second.map_or_else(|| kept::known_rate(None), |rate| words::decimal(rate, 1)),
            words::count(figures.prompt_tokens + figures.answer_tokens),
        ],
        sentence: capitalised(&kept::expert(figures)),
        hover: say!("sessions-failed", failed = figures.failed, broken_off = figures.broken_off),
    }
}

/// What went wrong, the most frequent first.
pub fn errors(ui: &mut Ui, opened: &Opened) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, &say!("sessions-what-went-wrong"), |_| {});
        if opened.file.figures.errors.is_empty() {
            weak(ui, &say!("sessions-no-error"));
        }
        for pattern in &opened.file.figures.errors {
            error(ui, opened, pattern);
        }
    });
}

fn error(ui: &mut Ui, opened: &Opened, pattern: &ErrorPattern) {
    let seen_by = pattern.seen_by.iter().map(|role| said(opened.title_of(role)).into_owned()).collect();
    let pattern = ErrorPattern { seen_by, ..pattern.clone() };
    let well = Frame::new().fill(palette(ui).bad_wash).corner_radius(ROUND_SMALL);
    well.inner_margin(margins(space::M, space::S)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        dense(ui);
        let title =
            pattern.cause.map_or_else(|| say!("sessions-without-cause"), |cause| said(cause.title()).into_owned());
        ui.add(Label::new(RichText::new(title).font(text::strong())).wrap());
        small(ui, &kept::error(&pattern), palette(ui).text);
        if !pattern.words.is_empty() {
            ui.add(Label::new(RichText::new(said(&pattern.words)).font(text::mono()).color(palette(ui).weak)).wrap());
        }
    });
}

/// The proof that everything ended, what left this machine, and the settings it ran with.
pub fn certificate(ui: &mut Ui, opened: &Opened) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        match &opened.file.report {
            Some(report) => {
                draw_certificate(ui, &report.certificate);
                let mut away = report.egress.iter().filter(|line| !line.is_this_machine).peekable();
                if away.peek().is_none() {
                    weak(ui, &say!("sessions-nothing-sent"));
                }
                for line in away {
                    let sent = say!(
                        "sessions-sent",
                        host = line.host.as_str(),
                        purpose = said(&line.purpose),
                        bytes = words::bytes(line.sent_bytes),
                        requests = line.requests,
                    );
                    small(ui, &sent, palette(ui).warn);
                }
            }
            None => {
                section(ui, &say!("sessions-certificate"), |_| {});
                weak(ui, &without_report(opened.file.line.state));
            }
        }
        if !opened.file.settings.is_empty() {
            CollapsingHeader::new(say!("sessions-settings"))
                .id_salt("settings")
                .show(ui, |ui| settings(ui, &opened.file.settings));
        }
    });
}

fn without_report(state: SessionState) -> String {
    match state {
        SessionState::Running => say!("sessions-certificate-later"),
        SessionState::Ended | SessionState::Interrupted => say!("sessions-certificate-never"),
    }
}

fn settings(ui: &mut Ui, settings: &str) {
    let area = ScrollArea::vertical().id_salt("settings-text");
    area.max_height(size::SAID).min_scrolled_height(size::SAID).show(ui, |ui| {
        ui.add(Label::new(RichText::new(settings).font(text::mono())).wrap());
    });
}
