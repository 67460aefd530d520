//! What makes a good environment of a server: how to look, where the score stands, which tools are offered.

use egui::{CollapsingHeader, Ui};

use super::{small, weak};
use crate::{
    settings::AskFrom,
    ui::{
        state::servers::{CallDraft, ExtrasDraft},
        theme::palette,
        widgets::{choice, line_field, lines_field, named, number},
        words,
    },
};

/// An hour to start, a day to work: more is never.
const MOST_START_S: f64 = 3600.0;
const MOST_CALL_S: f64 = 86_400.0;
const LETTERS: std::ops::RangeInclusive<usize> = 200..=1_000_000;

/// Draws the fields behind their heading.
pub fn ui(ui: &mut Ui, extras: &mut ExtrasDraft) {
    CollapsingHeader::new("As an environment").show_background(true).show_unindented(ui, |ui| {
        weak(ui, "Everything here may stay as it is: then all tools are offered, and the last result is what is seen");
        pair(
            ui,
            |ui| call(ui, ["Tool to look with", "Arguments to look with"], &mut extras.observe),
            |ui| call(ui, ["Tool to begin with", "Arguments to begin with"], &mut extras.reset),
        );
        pair(
            ui,
            |ui| line(ui, "Where the score stands", "/score", &mut extras.score),
            |ui| line(ui, "Where it stands that it is over", "/done", &mut extras.done),
        );
        line(ui, "Where the possible actions stand", "/legal_actions", &mut extras.legal);
        pair(
            ui,
            |ui| line(ui, "Tool for a possible action", "empty where each is a whole call", &mut extras.legal_tool),
            |ui| line(ui, "Its argument", "action", &mut extras.legal_argument),
        );
        pair(
            ui,
            |ui| line(ui, "Only these tools", "names with commas between them", &mut extras.allow),
            |ui| line(ui, "Never these tools", "names with commas between them", &mut extras.deny),
        );
        let ask_from = named(ui, "Ask before", |ui| {
            choice(ui, "Ask before", &extras.ask_from, &AskFrom::ALL, |from| words::ask_from(*from).to_owned())
        });
        extras.ask_from = ask_from.unwrap_or(extras.ask_from);
        number(ui, &mut extras.connect_s, 1.0..=MOST_START_S, "seconds to start it and to list its tools");
        number(ui, &mut extras.call_s, 1.0..=MOST_CALL_S, "seconds without a sign of life during a call");
        number(ui, &mut extras.call_total_s, 1.0..=MOST_CALL_S, "seconds for a whole call");
        number(ui, &mut extras.result_chars, LETTERS, "letters of a result for the models");
    });
}

/// Two of a kind beside each other.
fn pair(ui: &mut Ui, first: impl FnOnce(&mut Ui), second: impl FnOnce(&mut Ui)) {
    ui.columns_const(|[left, right]| {
        first(left);
        second(right);
    });
}

fn line(ui: &mut Ui, name: &str, hint: &str, typed: &mut String) {
    line_field(ui, name, hint, typed, false);
}

/// A call that is always the same.
fn call(ui: &mut Ui, [tool, arguments]: [&str; 2], call: &mut CallDraft) {
    line_field(ui, tool, "its name; empty for none", &mut call.tool, false);
    lines_field(ui, arguments, "a JSON object; empty for none", &mut call.arguments, 1);
    if let Some(trouble) = call.trouble() {
        small(ui, &trouble, palette(ui).warn);
    }
}
