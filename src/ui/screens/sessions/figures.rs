//! Who did what in a session, what went wrong and how often, and how it ended.

use egui::{CollapsingHeader, Frame, Label, RichText, ScrollArea, Ui};

use super::{small, weak};
use crate::{
    protocol::{Cause, ErrorPattern, ExpertFigures, SessionState},
    ui::{
        state::sessions::Opened,
        theme::{ROUND_SMALL, margins, palette, size, space, text},
        widgets::{Column, Row, capitalised, card, certificate as draw_certificate, dense, section, table},
        words::{self, kept},
    },
};

const EXPERTS: [Column; 8] = [
    Column::words("Expert", 1.3),
    Column::words("Model", 1.8),
    Column::figures("Answered", 1.0),
    Column::figures("Followed", 0.9),
    Column::figures("First token", 1.0),
    Column::figures("In all", 0.8),
    Column::figures("Tokens/s", 0.8),
    Column::figures("Tokens", 0.8),
];

/// What each part did; times are those in the middle of all answers.
pub fn experts(ui: &mut Ui, opened: &Opened) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, "Who was asked", |_| {});
        let figures = &opened.file.figures.experts;
        if figures.is_empty() {
            weak(ui, "No model was asked in this session");
            return;
        }
        let rows: Vec<Row> = figures.iter().map(expert).collect();
        table(ui, &EXPERTS, &rows);
        weak(ui, "First token, time in all and tokens a second are those in the middle of all answers");
        if let Some(report) = &opened.file.report {
            ui.add_space(space::XS);
            small(ui, &words::used_up(&report.spending), palette(ui).text);
            small(ui, &format!("Spent: {}", words::spent(&report.spending)), palette(ui).text);
            for advice in &report.ensemble.advice {
                small(ui, advice, palette(ui).text);
            }
        }
    });
}

fn expert(figures: &ExpertFigures) -> Row {
    let time = |ms: Option<u64>| ms.map_or_else(|| "unknown".to_owned(), kept::span);
    let rate = figures.median_tokens_per_second.map_or_else(|| "unknown".to_owned(), kept::figure);
    Row {
        cells: vec![
            capitalised(&figures.title),
            figures.model.clone(),
            format!("{} of {}", figures.answered, figures.asked),
            kept::followed(figures).trim_start_matches("followed ").to_owned(),
            time(figures.median_first_token_ms),
            time(figures.median_total_ms),
            rate,
            (figures.prompt_tokens + figures.answer_tokens).to_string(),
        ],
        sentence: kept::expert(figures),
        hover: format!("{} failed, {} broken off", figures.failed, figures.broken_off),
    }
}

/// What went wrong, the most frequent first.
pub fn errors(ui: &mut Ui, opened: &Opened) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, "What went wrong", |_| {});
        if opened.file.figures.errors.is_empty() {
            weak(ui, "No error was seen in this session");
        }
        for pattern in &opened.file.figures.errors {
            error(ui, opened, pattern);
        }
    });
}

fn error(ui: &mut Ui, opened: &Opened, pattern: &ErrorPattern) {
    let seen_by = pattern.seen_by.iter().map(|role| opened.title_of(role).to_owned()).collect();
    let pattern = ErrorPattern { seen_by, ..pattern.clone() };
    let well = Frame::new().fill(palette(ui).bad_wash).corner_radius(ROUND_SMALL);
    well.inner_margin(margins(space::M, space::S)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        dense(ui);
        let title = pattern.cause.map_or("An error without a known cause", Cause::title);
        ui.add(Label::new(RichText::new(title).font(text::strong())).wrap());
        small(ui, &kept::error(&pattern), palette(ui).text);
        if !pattern.words.is_empty() {
            ui.add(Label::new(RichText::new(&pattern.words).font(text::mono()).color(palette(ui).weak)).wrap());
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
                    weak(ui, "Nothing was sent off this machine");
                }
                for line in away {
                    let requests = words::counted(line.requests, "request", "requests");
                    let sent = format!("{} in {requests}", words::bytes(line.sent_bytes));
                    small(ui, &format!("Sent to {} by {}: {sent}", line.host, line.purpose), palette(ui).warn);
                }
            }
            None => {
                section(ui, "Certificate", |_| {});
                weak(ui, without_report(opened.file.line.state));
            }
        }
        if !opened.file.settings.is_empty() {
            CollapsingHeader::new("Settings it ran with").show(ui, |ui| settings(ui, &opened.file.settings));
        }
    });
}

fn without_report(state: SessionState) -> &'static str {
    match state {
        SessionState::Running => "There will be one once the session has ended",
        SessionState::Ended | SessionState::Interrupted => "There is none: the program ended before the session did",
    }
}

fn settings(ui: &mut Ui, settings: &str) {
    ScrollArea::vertical().id_salt("settings it ran with").max_height(size::SAID).show(ui, |ui| {
        ui.add(Label::new(RichText::new(settings).font(text::mono())).wrap());
    });
}
