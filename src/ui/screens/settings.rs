//! Every setting that is not chosen where it is needed, section by section. What is typed is checked as it is typed and
//! used as soon as the field is left; what cannot be used changes nothing and says why.
//!
//! | file | what |
//! |---|---|
//! | `row` | one field: its name, what it does, what it holds |
//! | `facts` | which figures it takes, what is usual, and why something cannot be used |
//! | `texts` | what sections and fields are called, and what they do |
//! | `releases` | whether a newer release is known |

mod facts;
mod releases;
mod row;
mod texts;

use egui::{Label, RichText, ScrollArea, Ui};

use super::Wishes;
use crate::{
    protocol::{Command, Depth, Phase, Snapshot},
    ui::{
        catalogue::{Language, say, spoken},
        state::{
            State,
            settings::{Field, Section, is_found},
        },
        theme::{palette, size, space, text},
        widgets::{Button, card, scrolled, section, word_field},
    },
};

/// Draws the sections in as many columns as there is room for; what was changed is saved.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    let (name, hint) = (say!("settings-search"), say!("settings-search-hint"));
    ui.horizontal(|ui| word_field(ui, &name, &hint, &mut state.fields.search));
    weak(ui, &say!("settings-kept-at-once"));
    ui.add_space(space::XS);
    scrolled(ui, ScrollArea::vertical().id_salt("settings"), |ui| {
        let changed = sections(ui, state);
        if changed.is_empty() {
            return;
        }
        save(state, wishes);
        // Whether hosts can be reached is another question now.
        let is_elsewhere = changed.iter().any(|field| Section::Network.fields().contains(field));
        if is_elsewhere && snapshot.phase == Phase::Idle {
            wishes.push(Command::CheckHealth { depth: Depth::Full });
        }
    });
}

/// Uses what was being typed when the page was left by a key or by the rail. To be called while it is not shown.
pub fn leave(state: &mut State, wishes: &mut Wishes) {
    if !state.fields.typed.is_empty() && state.fields.leave(&mut state.settings, takes_comma()) {
        save(state, wishes);
    }
}

fn save(state: &State, wishes: &mut Wishes) {
    wishes.push(Command::SaveSettings { settings: Box::new(state.settings.clone()) });
}

/// Whether people who speak the language of the window write a comma before the digits.
fn takes_comma() -> bool {
    spoken() == Language::German
}

/// The fields that are looked for; gives those that were changed.
fn sections(ui: &mut Ui, state: &mut State) -> Vec<Field> {
    let left = looked_for(state, &Section::LEFT);
    let right = looked_for(state, &Section::RIGHT);
    if left.is_empty() && right.is_empty() {
        nothing(ui, state);
        return Vec::new();
    }
    // What was found begins at the left, wherever it stands otherwise.
    let (left, right) = if left.is_empty() { (right, left) } else { (left, right) };
    let mut changed = Vec::new();
    if ui.available_width() < size::PAIR {
        column(ui, state, &left, &mut changed);
        column(ui, state, &right, &mut changed);
    } else {
        ui.scope(|ui| {
            let gap = ui.spacing().item_spacing.x;
            // As far apart as cards under one another.
            ui.spacing_mut().item_spacing.x = space::L;
            ui.columns_const(|[one, other]| {
                for (ui, sections) in [(one, &left), (other, &right)] {
                    ui.spacing_mut().item_spacing.x = gap;
                    ui.vertical(|ui| column(ui, state, sections, &mut changed));
                }
            });
        });
    }
    changed
}

/// The sections that have something that is looked for, each with its fields.
fn looked_for(state: &State, sections: &[Section]) -> Vec<(Section, Vec<Field>)> {
    let search = state.fields.search.trim();
    let fields = |section: Section| {
        let title = texts::title(section);
        let is_wanted = |field: &Field| {
            if search.is_empty() {
                return true;
            }
            let [name, about] = texts::of(*field);
            is_found(search, &[&title, &name, &about])
        };
        section.fields().iter().copied().filter(is_wanted).collect::<Vec<_>>()
    };
    let found = sections.iter().map(|section| (*section, fields(*section)));
    found.filter(|(_, fields)| !fields.is_empty()).collect()
}

/// Nothing is called that: what to do next.
fn nothing(ui: &mut Ui, state: &mut State) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        let words = say!("settings-nothing-found", words = state.fields.search.trim());
        ui.add(Label::new(words).wrap());
        if ui.add(Button::new(&say!("settings-show-all"))).clicked() {
            state.fields.search.clear();
        }
    });
}

/// Section under section.
fn column(ui: &mut Ui, state: &mut State, sections: &[(Section, Vec<Field>)], changed: &mut Vec<Field>) {
    for (part, fields) in sections {
        card(ui, |ui| {
            ui.set_width(ui.available_width());
            section(ui, &texts::title(*part), |_| {});
            for field in fields {
                ui.add_space(space::XS);
                if row::ui(ui, state, *field) {
                    changed.push(*field);
                }
            }
            if *part == Section::Updates {
                releases::ui(ui, state);
            }
        });
        ui.add_space(space::S);
    }
}

fn weak(ui: &mut Ui, words: &str) {
    ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).wrap());
}
