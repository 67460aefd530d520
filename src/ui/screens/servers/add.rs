//! The ways to add a server: one that is known, one of your own, or one that another program has.

use egui::{Label, RichText, Ui};

use super::{Wishes, save, weak};
use crate::{
    settings::{SERVER_PRESETS, ServerPreset},
    ui::{
        catalogue::say,
        icon,
        state::{
            State,
            servers::{Draft, Open, Way},
        },
        theme::{size, space, text},
        widgets::{Button, card, line_field, section},
    },
};

/// Draws the ways.
pub fn ui(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    let is_first = state.settings.servers.is_empty();
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        let title = if is_first { say!("servers-none-yet") } else { say!("servers-add-one") };
        section(ui, &title, |ui| {
            if !is_first && ui.add(Button::new(&say!("servers-back")).icon(icon::BACK)).clicked() {
                state.servers.show(Open::First);
            }
        });
        ui.add(Label::new(say!("servers-what-one-is")).wrap());
        ui.horizontal_wrapped(|ui| {
            if ui.add(Button::new(&say!("servers-own-program"))).clicked() {
                state.servers.show(Open::Draft(Box::new(Draft::new(Way::Program))));
            }
            if ui.add(Button::new(&say!("servers-own-address"))).clicked() {
                state.servers.show(Open::Draft(Box::new(Draft::new(Way::Address))));
            }
            // Beside the list it stands there.
            if is_first && ui.add(Button::new(&say!("servers-look-elsewhere")).icon(icon::SEARCH)).clicked() {
                wishes.push(state.servers.look());
            }
        });
    });
    ui.add_space(space::S);
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, &say!("servers-known"), |_| {});
        for preset in &SERVER_PRESETS {
            ui.separator();
            self::preset(ui, state, preset, wishes);
        }
    });
}

/// One that is known, with a field for what it needs to be told.
fn preset(ui: &mut Ui, state: &mut State, preset: &ServerPreset, wishes: &mut Wishes) {
    let [title, about, needs] = texts(preset);
    ui.add(Label::new(RichText::new(&title).font(text::strong())).wrap());
    weak(ui, &about);
    let typed = state.servers.needed.entry(preset.name).or_default();
    let mut is_entered = false;
    if preset.needs.is_some() {
        ui.scope(|ui| {
            ui.set_max_width(ui.available_width().min(size::READING));
            is_entered = line_field(ui, &needs, "", typed, false);
        });
    }
    let needed = typed.trim().to_owned();
    let is_ready = preset.needs.is_none() || !needed.is_empty();
    let name = say!("servers-add", name = title);
    let button = Button::new(&name);
    let why = say!("servers-say-first");
    let is_pressed = ui.add_enabled(is_ready, button).on_disabled_hover_text(why).clicked();
    if is_ready && (is_pressed || is_entered) {
        state.servers.needed.remove(preset.name);
        state.servers.add(&mut state.settings, (preset.server)(&needed));
        save(state, wishes);
    }
}

/// What it is called, what it is good for, and what it needs to be told.
fn texts(preset: &ServerPreset) -> [String; 3] {
    match preset.name {
        "playwright" => [preset.title.to_owned(), say!("servers-playwright"), String::new()],
        "filesystem" => [say!("servers-files"), say!("servers-files-about"), say!("servers-files-needs")],
        "memory" => [say!("servers-memory"), say!("servers-memory-about"), say!("servers-memory-needs")],
        "git" => [preset.title.to_owned(), say!("servers-git"), say!("servers-git-needs")],
        "fetch" => [preset.title.to_owned(), say!("servers-fetch"), String::new()],
        _ => [preset.title, preset.about, preset.needs.unwrap_or_default()].map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_told_of_as_it_tells_itself() {
        for preset in &SERVER_PRESETS {
            let own = [preset.title, preset.about, preset.needs.unwrap_or_default()];
            assert_eq!(texts(preset), own, "{}", preset.name);
        }
    }
}
