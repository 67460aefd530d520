//! What makes a good environment of a server: how to look, where the score stands, which tools are offered.

use egui::{CollapsingHeader, Ui};

use super::{small, weak};
use crate::{
    settings::{AskFrom, Greeting},
    ui::{
        catalogue::say,
        state::servers::{CallDraft, ExtrasDraft},
        theme::palette,
        widgets::{choice, line_field, lines_field, named, number, toggle},
        words,
    },
};

/// An hour to start, a day to work: more is never.
const MOST_START_S: f64 = 3600.0;
const MOST_CALL_S: f64 = 86_400.0;
const LETTERS: std::ops::RangeInclusive<usize> = 200..=1_000_000;
const GREETINGS: [Greeting; 2] = [Greeting::Initialize, Greeting::Discover];

/// Draws the fields behind their heading.
pub fn ui(ui: &mut Ui, extras: &mut ExtrasDraft) {
    let heading = CollapsingHeader::new(say!("servers-as-an-environment")).id_salt("extras").show_background(true);
    heading.show_unindented(ui, |ui| {
        weak(ui, &say!("servers-extras-may-stay"));
        seen(ui, extras);
        possible(ui, extras);
        asked(ui, extras);
        limits(ui, extras);
    });
}

/// How it is looked at, how it begins, and what in it says how things stand.
fn seen(ui: &mut Ui, extras: &mut ExtrasDraft) {
    let looks = [say!("servers-look-tool"), say!("servers-look-arguments")];
    let begins = [say!("servers-begin-tool"), say!("servers-begin-arguments")];
    pair(ui, |ui| call(ui, &looks, &mut extras.observe), |ui| call(ui, &begins, &mut extras.reset));
    pair(
        ui,
        |ui| line(ui, &say!("servers-score-stands"), "/score", &mut extras.score),
        |ui| line(ui, &say!("servers-end-stands"), "/done", &mut extras.done),
    );
}

/// What can be done.
fn possible(ui: &mut Ui, extras: &mut ExtrasDraft) {
    line(ui, &say!("servers-actions-stand"), "/legal_actions", &mut extras.legal);
    let whole = say!("servers-empty-for-whole-calls");
    pair(
        ui,
        |ui| line(ui, &say!("servers-action-tool"), &whole, &mut extras.legal_tool),
        |ui| line(ui, &say!("servers-action-argument"), "action", &mut extras.legal_argument),
    );
    let names = say!("servers-names-with-commas");
    pair(
        ui,
        |ui| line(ui, &say!("servers-only-tools"), &names, &mut extras.allow),
        |ui| line(ui, &say!("servers-never-tools"), &names, &mut extras.deny),
    );
}

/// Who is asked what: a person before a call, the server at the beginning, the user by the server.
fn asked(ui: &mut Ui, extras: &mut ExtrasDraft) {
    let name = say!("servers-ask-before");
    let ask_from =
        named(ui, &name, |ui| choice(ui, &name, &extras.ask_from, &AskFrom::ALL, |from| words::ask_from(*from)));
    extras.ask_from = ask_from.unwrap_or(extras.ask_from);
    let name = say!("servers-greeting");
    let greeting = named(ui, &name, |ui| choice(ui, &name, &extras.greets_with, &GREETINGS, |way| greeted(*way)));
    extras.greets_with = greeting.unwrap_or(extras.greets_with);
    if toggle(ui, extras.answers_with_defaults, &say!("servers-answers-with-defaults")).clicked() {
        extras.answers_with_defaults = !extras.answers_with_defaults;
    }
    weak(ui, &say!("servers-answers-otherwise"));
}

fn greeted(greeting: Greeting) -> String {
    match greeting {
        Greeting::Initialize => say!("servers-greeting-initialize"),
        Greeting::Discover => say!("servers-greeting-discover"),
    }
}

/// How long is waited for it, and how much of it is shown.
fn limits(ui: &mut Ui, extras: &mut ExtrasDraft) {
    number(ui, &mut extras.connect_s, 1.0..=MOST_START_S, &say!("servers-seconds-to-start"));
    number(ui, &mut extras.call_s, 1.0..=MOST_CALL_S, &say!("servers-seconds-without-a-sign"));
    number(ui, &mut extras.call_total_s, 1.0..=MOST_CALL_S, &say!("servers-seconds-for-a-call"));
    number(ui, &mut extras.result_chars, LETTERS, &say!("servers-letters-of-a-result"));
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
fn call(ui: &mut Ui, [tool, arguments]: &[String; 2], call: &mut CallDraft) {
    line_field(ui, tool, &say!("servers-tool-hint"), &mut call.tool, false);
    lines_field(ui, arguments, &say!("servers-arguments-hint"), &mut call.arguments, 1);
    if let Some(trouble) = call.trouble() {
        small(ui, &trouble, palette(ui).warn);
    }
}
