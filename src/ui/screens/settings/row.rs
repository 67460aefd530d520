//! One field of the settings: its name and what it does at the left, what it holds at the right, or under it where that
//! is long.

use egui::{Label, Response, RichText, Role, TextEdit, Ui, WidgetInfo, vec2};

use super::{facts, takes_comma, texts, weak};
use crate::{
    settings::{AskFrom, Language, Theme},
    ui::{
        catalogue::say,
        state::{
            State,
            settings::{Field, Figures, Slot},
        },
        theme::{margins, palette, size, space, text},
        widgets::{Button, Look, choice, switch},
        words,
    },
};

const THEMES: [Theme; 3] = [Theme::System, Theme::Dark, Theme::Light];
const LANGUAGES: [Language; 3] = [Language::System, Language::English, Language::German];

/// Draws a field; true when it holds something else now.
pub fn ui(ui: &mut Ui, state: &mut State, field: Field) -> bool {
    let [name, about] = texts::of(field);
    let is_long = matches!(field, Field::AskFrom | Field::BypassProxy | Field::OwnHosts | Field::ReleasesAddress);
    let mut is_changed = false;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        if is_long {
            let label = described(ui, state, field, &name, &about);
            is_changed = control(ui, state, field, &name, &label);
            is_changed |= usual(ui, state, field, &name);
        } else {
            ui.horizontal_top(|ui| {
                let room = (ui.available_width() - size::FIELD_BUTTON - space::S).max(size::FIELD / 2.0);
                let label = ui
                    .vertical(|ui| {
                        ui.set_width(room);
                        described(ui, state, field, &name, &about)
                    })
                    .inner;
                ui.vertical(|ui| {
                    is_changed = control(ui, state, field, &name, &label);
                    is_changed |= usual(ui, state, field, &name);
                });
            });
        }
        trouble(ui, state, field);
    });
    is_changed
}

/// Its name, what it does, and what it takes; gives the name, which the field is called by.
fn described(ui: &mut Ui, state: &mut State, field: Field, name: &str, about: &str) -> Response {
    ui.spacing_mut().item_spacing.y = space::HAIR;
    let label = ui.add(Label::new(RichText::new(name).font(text::strong())).wrap());
    weak(ui, about);
    if let Some(figures) = field.figures() {
        let usual = field.written(&mut state.fields.usual);
        weak(ui, &facts::of(&figures, &usual));
    }
    label
}

/// What it holds, to be changed; true when it was.
fn control(ui: &mut Ui, state: &mut State, field: Field, name: &str, label: &Response) -> bool {
    let figures = field.figures();
    match field.slot(&mut state.settings) {
        Slot::Switch(is_on) => {
            let is_switched = switch(ui, *is_on, name).clicked();
            *is_on ^= is_switched;
            is_switched
        }
        Slot::Theme(theme) => picked(ui, name, theme, &THEMES, |theme| themed(*theme)),
        Slot::Language(language) => picked(ui, name, language, &LANGUAGES, |language| called(*language)),
        Slot::AskFrom(from) => picked(ui, name, from, &AskFrom::ALL, |from| words::ask_from(*from)),
        _ => typed(ui, state, field, figures.as_ref(), label),
    }
}

/// A list to choose from; true when another one was chosen.
fn picked<T: PartialEq + Copy>(
    ui: &mut Ui,
    name: &str,
    place: &mut T,
    all: &[T],
    words: impl Fn(&T) -> String,
) -> bool {
    let current = *place;
    *place = choice(ui, name, &current, all, words).unwrap_or(current);
    *place != current
}

fn themed(theme: Theme) -> String {
    match theme {
        Theme::System => say!("settings-as-the-system"),
        Theme::Dark => say!("settings-dark"),
        Theme::Light => say!("settings-light"),
    }
}

/// A language in its own words, so that whoever speaks no other finds it.
fn called(language: Language) -> String {
    match language {
        Language::System => say!("settings-as-the-system"),
        Language::English => say!("settings-english"),
        Language::German => say!("settings-german"),
    }
}

/// A field to type into, with its unit behind it; true when what was typed is in use from now on.
fn typed(ui: &mut Ui, state: &mut State, field: Field, figures: Option<&Figures>, label: &Response) -> bool {
    let in_use = shown(state, field);
    let mut typed = state.fields.typed.remove(&field).unwrap_or_else(|| in_use.clone());
    let response = ui
        .horizontal(|ui| {
            let width = if figures.is_some() { size::NUMBER } else { ui.available_width() };
            let line = TextEdit::singleline(&mut typed)
                .desired_width(width)
                .margin(margins(space::M, space::XS))
                .align(egui::Align2::LEFT_CENTER)
                .min_size(vec2(0.0, size::BUTTON));
            let response = ui.add(line).labelled_by(label.id);
            if let Some(figures) = figures {
                ui.add(Label::new(facts::unit(figures.unit)).truncate());
            }
            response
        })
        .inner;
    let is_open = response.has_focus();
    match field.read(&typed, takes_comma()) {
        Ok(value) if !is_open => return field.put(&mut state.settings, value),
        // Whoever empties a field and leaves it has thought better of it.
        Err(_) if !is_open && typed.trim().is_empty() => {}
        _ if typed == in_use => {}
        _ => {
            state.fields.typed.insert(field, typed);
        }
    }
    false
}

/// What is in use, as it is written.
fn shown(state: &mut State, field: Field) -> String {
    let in_use = field.written(&mut state.settings);
    if field.figures().is_some() { facts::written(&in_use) } else { in_use }
}

/// Why what was typed is not in use, and what is.
fn trouble(ui: &mut Ui, state: &mut State, field: Field) {
    let Some(typed) = state.fields.typed.get(&field) else { return };
    let Err(wrong) = field.read(typed, takes_comma()) else { return };
    let words = facts::why(field.figures().as_ref(), &wrong);
    ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).bad)).wrap());
    let in_use = shown(state, field);
    if !in_use.is_empty() {
        let value = match field.figures() {
            Some(figures) => facts::counted(&in_use, figures.unit),
            None => in_use,
        };
        weak(ui, &say!("settings-stays-in-use", value = value));
    }
}

/// The way back to what is usual, where it is another value; true when it was taken.
fn usual(ui: &mut Ui, state: &mut State, field: Field, name: &str) -> bool {
    let is_usual = field.is_usual(&mut state.settings, &mut state.fields.usual);
    if is_usual && !state.fields.typed.contains_key(&field) {
        return false;
    }
    let value = match field.slot(&mut state.fields.usual) {
        Slot::Switch(true) => say!("settings-on"),
        Slot::Switch(false) => say!("settings-off"),
        Slot::Theme(theme) => themed(*theme),
        Slot::Language(language) => called(*language),
        Slot::AskFrom(from) => words::ask_from(*from),
        Slot::Hosts(_) => say!("settings-no-hosts"),
        Slot::Word(_) if field == Field::ReleasesAddress => say!("settings-releases-usual"),
        _ => {
            let figure = field.written(&mut state.fields.usual);
            field.figures().map_or(figure.clone(), |figures| facts::counted(&figure, figures.unit))
        }
    };
    let words = say!("settings-usual-of", name = name, value = value);
    let response = ui.add(Button::new(&say!("settings-usual")).look(Look::Quiet));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
    if !response.on_hover_text(words.as_str()).clicked() {
        return false;
    }
    state.fields.typed.remove(&field);
    field.copy(&mut state.fields.usual, &mut state.settings);
    !is_usual
}
