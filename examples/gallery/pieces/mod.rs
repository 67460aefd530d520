//! What the gallery shows: the widgets of the program, each in all of its states.

mod figures;
mod people;

use egui::{Label, RichText, Ui};
use singularis::{
    protocol::{Fix, Problem, Remedy, Verdict},
    ui::{
        icon,
        theme::{palette, size, space, text},
        widgets::{
            Button, Field, Look, Tint, Toast, announce, banner, card, choice, entry, field, label_icon, line_field,
            lines_field, named, number, problem, section, selectable, sentence, switch, toast, toggle, verdict_icon,
            word_field,
        },
    },
};

/// What is chosen and typed in the gallery.
pub struct Shown {
    is_on: bool,
    chosen: &'static str,
    count: u32,
    word: String,
    secret: String,
    lines: String,
    at_ms: u64,
}

impl Default for Shown {
    fn default() -> Self {
        let text = |words: &str| words.to_owned();
        Self {
            is_on: true,
            chosen: "the first",
            count: 3,
            word: text("bring the relic home"),
            secret: text("not to be seen"),
            lines: text("one line\nand another one"),
            at_ms: 21_000,
        }
    }
}

/// Draws all of them, one under the other.
pub fn ui(ui: &mut Ui, shown: &mut Shown) {
    part(ui, "Type and colours", |ui| {
        type_scale(ui);
        colors(ui);
    });
    part(ui, "Buttons", buttons);
    part(ui, "Choices", |ui| choices(ui, shown));
    part(ui, "Fields", |ui| fields(ui, shown));
    part(ui, "Things to choose among", entries);
    part(ui, "What is said", said);
    part(ui, "Experts and decisions", people::ui);
    part(ui, "Figures", |ui| figures::ui(ui, &mut shown.at_ms));
}

fn part(ui: &mut Ui, title: &str, contents: impl FnOnce(&mut Ui)) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, title, |_| {});
        ui.push_id(title, contents);
    });
    ui.add_space(space::M);
}

fn type_scale(ui: &mut Ui) {
    let fonts = [
        ("Figure 24", text::figure()),
        ("Title 20", text::title()),
        ("Heading 15", text::heading()),
        ("Strong 13.5", text::strong()),
        ("Body 13.5", text::body()),
        ("Small 12", text::small()),
        ("Mono 12.5", text::mono()),
    ];
    for (name, font) in fonts {
        ui.label(RichText::new(name).font(font));
    }
}

fn colors(ui: &mut Ui) {
    let palette = palette(ui);
    let inks = [
        ("Text", palette.text),
        ("Weak", palette.weak),
        ("Accent", palette.accent),
        ("Good", palette.good),
        ("Warning", palette.warn),
        ("Bad", palette.bad),
    ];
    ui.horizontal_wrapped(|ui| {
        for (name, color) in inks {
            ui.label(RichText::new(name).color(color));
        }
    });
}

fn buttons(ui: &mut Ui) {
    let looks = [(Look::Primary, "Primary"), (Look::Plain, "Plain"), (Look::Danger, "Danger"), (Look::Quiet, "Quiet")];
    for is_enabled in [true, false] {
        ui.horizontal_wrapped(|ui| {
            for (look, name) in looks {
                ui.add_enabled(is_enabled, Button::new(name).look(look));
                ui.add_enabled(is_enabled, Button::new("With an icon").icon(icon::PLAY).look(look));
            }
            ui.add_enabled(is_enabled, Button::new("Large").icon(icon::STOP).look(Look::Danger).large());
            ui.add_enabled(is_enabled, Button::new("Icon alone").icon(icon::COPY).look(Look::Quiet).icon_only());
        });
    }
}

fn choices(ui: &mut Ui, shown: &mut Shown) {
    named(ui, "One of several", |ui| {
        let all = ["the first", "the second", "one with a name that is much longer than the others"];
        if let Some(chosen) = choice(ui, "One of several", &shown.chosen, &all, |option| (*option).to_owned()) {
            shown.chosen = chosen;
        }
    });
    number(ui, &mut shown.count, 0..=100, "steps, then it stops");
    let is_pressed =
        toggle(ui, shown.is_on, "With words").clicked() | switch(ui, shown.is_on, "Without words").clicked();
    if is_pressed {
        shown.is_on = !shown.is_on;
    }
    ui.add_enabled_ui(false, |ui| {
        toggle(ui, true, "On, and cannot be changed");
        toggle(ui, false, "Off, and cannot be changed");
    });
}

fn fields(ui: &mut Ui, shown: &mut Shown) {
    let with_button = Field {
        name: "Server address",
        hint: "127.0.0.1:1234",
        button: "Use it",
        is_secret: false,
        wants_focus: false,
    };
    field(ui, &with_button, &mut shown.word, |typed| !typed.is_empty());
    let hidden =
        Field { name: "Token", hint: "paste it here", button: "Use the token", is_secret: true, wants_focus: false };
    field(ui, &hidden, &mut shown.secret, |typed| !typed.is_empty());
    word_field(ui, "A word", "what is to be done", &mut shown.word);
    line_field(ui, "A line", "what is to be done", &mut shown.word, false);
    lines_field(ui, "Several lines", "one in each line", &mut shown.lines, 3);
}

fn entries(ui: &mut Ui) {
    let colors = palette(ui);
    selectable(ui, true, "Chosen", "What it means that this one is chosen");
    selectable(ui, false, "Not chosen", "What it would mean");
    entry(ui, false, ["One of a list", "What it is, in one line", "Everything is well"], colors.good);
    entry(ui, true, ["The chosen one of a list", "What it is, in one line", "Something is wrong"], colors.bad);
    ui.add_enabled_ui(false, |ui| selectable(ui, false, "Cannot be chosen", "Something is in the way"));
}

fn said(ui: &mut Ui) {
    let weak = palette(ui).weak;
    label_icon(ui, icon::CLOCK, "In one line", weak);
    sentence(ui, icon::WARNING, "A sentence that takes as many lines as it needs. ".repeat(4).trim_end(), weak);
    ui.horizontal(|ui| {
        for verdict in [Verdict::Passed, Verdict::Warned, Verdict::Failed, Verdict::Skipped] {
            verdict_icon(ui, verdict);
        }
    });
    let tints = [
        (Tint::Good, icon::CHECK, "All is well"),
        (Tint::Warn, icon::WARNING, "Something is not as it should be"),
        (Tint::Bad, icon::FAILED, "Something has failed"),
        (Tint::Calm, icon::CLOCK, "Something is under way"),
    ];
    for (tint, symbol, words) in tints {
        let said =
            banner(ui, tint, symbol, |ui| ui.add(Label::new(RichText::new(words).font(text::heading())).truncate()));
        if tint == Tint::Bad {
            announce(&said, words);
        }
        ui.add_space(size::LIGHT);
    }
    for tint in [Tint::Bad, Tint::Warn] {
        let trouble = Problem {
            remedies: vec![Remedy::Action(Fix::CheckAgain), Remedy::advice("Start LM Studio")],
            ..Problem::plain("Nothing answers at 127.0.0.1:1234", vec!["connection refused".into()], "Look at its log")
        };
        ui.push_id(format!("{tint:?}"), |ui| problem(ui, tint, &trouble));
    }
    for (tint, times) in [(Tint::Calm, 1), (Tint::Bad, 3)] {
        let words = "Something was said, and it goes away by itself after a while";
        let message = Toast { tint, symbol: icon::INFORMATION, words, times, has_more: tint == Tint::Bad };
        ui.push_id(("toast", times), |ui| toast(ui, &message));
    }
}
