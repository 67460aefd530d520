//! The models screen: what every server has, loaded and downloaded, who plays with what, and loading and unloading.

mod copies;
mod grid;
mod rows;

use std::time::{Duration, Instant};

use egui::{Align, Id, Label, Layout, RichText, ScrollArea, Ui};

use super::{Wishes, connection};
use crate::{
    protocol::{Command, Fix, LoadingView, ModelEntry, ModelKind, ModelsListed, Product, Snapshot},
    ui::{
        catalogue::{said, say},
        icon,
        state::{Screen, State},
        theme::{palette, size, space, text},
        widgets::{Button, Measure, Tint, banner, bar, card, part, problem, scrolled, section, sentence},
        words,
    },
};
use rows::Entry;

/// The age of a list is told in minutes, so it is drawn again once a minute while it is looked at.
const AGE_EVERY_S: u64 = 60;
/// How often it is drawn how long the reading of a list takes, and after what nobody expects one any more.
const TICK: Duration = Duration::from_millis(100);
const READ_WITHIN: Duration = Duration::from_secs(30);

/// Draws one card for each server.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    let lists: Vec<(ModelsListed, Instant)> = state.lists.values().cloned().collect();
    scrolled(ui, ScrollArea::vertical().id_salt("catalogue"), |ui| {
        if let Some(loading) = &snapshot.loading {
            part(ui, "loading", |ui| under_way(ui, loading, wishes));
            ui.add_space(space::S);
        }
        if lists.is_empty() {
            return nothing_yet(ui, state, snapshot.checking);
        }
        for (listed, heard) in &lists {
            let loading = snapshot.loading.as_ref();
            part(ui, ("server", &listed.endpoint), |ui| server(ui, state, listed, *heard, loading, wishes));
            ui.add_space(space::S);
        }
    });
}

/// What is to be done before there is a list.
fn nothing_yet(ui: &mut Ui, state: &mut State, is_checking: bool) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, &say!("models-title"), |_| {});
        let words = if is_checking { say!("models-being-checked") } else { say!("models-none-yet") };
        ui.add(Label::new(RichText::new(words).color(palette(ui).weak)).wrap());
        if ui.add(Button::new(&say!("models-open-setup")).icon(icon::SETUP)).clicked() {
            state.screen = Screen::Setup;
        }
    });
}

/// A load: how long it has taken beside how long it took before, and the way to give it up.
fn under_way(ui: &mut Ui, loading: &LoadingView, wishes: &mut Wishes) {
    let LoadingView { model, elapsed_ms, last_took_ms, stall, .. } = loading;
    let tint = if stall.is_some() { Tint::Warn } else { Tint::Calm };
    banner(ui, tint, icon::RUNNING, |ui| {
        ui.vertical(|ui| {
            ui.set_width(ui.available_width() - size::FIELD_BUTTON);
            let seconds = elapsed_ms / 1000;
            match last_took_ms {
                Some(last_ms) => {
                    let name = say!("models-loading", model = model.as_str());
                    let last = words::decimal(words::seconds(*last_ms), 0);
                    let words = say!("models-loading-like-last-time", seconds = seconds, last = last);
                    let (share, color) = (words::share(*elapsed_ms, *last_ms), palette(ui).accent);
                    bar(ui, &Measure { symbol: icon::CLOCK, name: &name, words, share, color });
                }
                // Without anything to compare with, a bar would only pretend to know.
                None => {
                    let words = say!("models-loading-for", model = model.as_str(), seconds = seconds);
                    // In the middle of the row that the button makes.
                    ui.horizontal(|ui| ui.add(Label::new(RichText::new(words).font(text::strong())).truncate()));
                }
            }
            if let Some(stall) = stall {
                ui.add(Label::new(RichText::new(said(stall)).color(palette(ui).warn)).wrap());
            }
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.add(Button::new(&say!("models-cancel")).icon(icon::CLOSE)).clicked() {
                wishes.push(Command::CancelLoad);
            }
        });
    });
}

/// One server with all that it has.
fn server(
    ui: &mut Ui,
    state: &mut State,
    listed: &ModelsListed,
    heard: Instant,
    loading: Option<&LoadingView>,
    wishes: &mut Wishes,
) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        let version = listed.server.version.as_deref().unwrap_or_default();
        let title = match (&listed.problem, listed.server.product) {
            // It has not said what it is.
            (Some(_), Product::Unknown) => say!("setup-endpoint", name = listed.endpoint.as_str()),
            (_, product) => format!("{} {version}", connection::who(product)),
        };
        section(ui, title.trim(), |ui| freshness(ui, listed, heard, wishes));
        if let Some(found) = &listed.problem
            && let Some(fix) = problem(ui, Tint::Bad, found)
        {
            state.wish_for(fix, wishes);
        }
        if listed.models.is_empty() {
            if listed.problem.is_none() {
                ui.add(Label::new(RichText::new(say!("models-empty")).color(palette(ui).weak)).wrap());
            }
            return;
        }
        let (loaded, others): (Vec<&ModelEntry>, Vec<&ModelEntry>) =
            listed.models.iter().partition(|model| model.is_loaded());
        grid::headings(ui);
        let heading = say!("models-group-loaded", count = loaded.len());
        group(ui, state, [&heading, &say!("models-none-loaded")], entries(listed, loaded, loading), wishes);
        let heading = say!("models-group-downloaded", count = others.len());
        group(ui, state, [&heading, &say!("models-none-downloaded")], entries(listed, others, loading), wishes);
    });
}

/// How old the list is, or how long it has been read, and the way to have it read again.
fn freshness(ui: &mut Ui, listed: &ModelsListed, heard: Instant, wishes: &mut Wishes) {
    let asked = Id::unique("models-asked");
    let reading = ui.data(|data| data.get_temp::<Instant>(asked)).and_then(|asked| under_way_for(asked, heard));
    let refresh = say!("models-refresh");
    if ui.add_enabled(reading.is_none(), Button::new(&refresh).icon(icon::REPEAT)).clicked() {
        ui.data_mut(|data| data.insert_temp(asked, Instant::now()));
        wishes.push(Command::RefreshModels);
    }
    let (url, endpoint) = (listed.url.as_str(), listed.endpoint.as_str());
    let age_s = heard.elapsed().as_secs();
    let (words, again) = if let Some(waited) = reading {
        let took = words::duration(u64::try_from(waited.as_millis()).unwrap_or(u64::MAX));
        (say!("models-reading", url = url, endpoint = endpoint, took = took), TICK)
    } else {
        let again = Duration::from_secs(AGE_EVERY_S - age_s % AGE_EVERY_S);
        let words = match age_s / AGE_EVERY_S {
            0 => say!("models-just-read", url = url, endpoint = endpoint),
            minutes => say!("models-read", url = url, endpoint = endpoint, minutes = minutes),
        };
        (words, again)
    };
    ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).truncate());
    ui.ctx().request_repaint_after(again);
}

/// For how long a list has been read that was asked for then; nothing once it has come, or nobody can expect it any more.
fn under_way_for(asked: Instant, heard: Instant) -> Option<Duration> {
    let waited = asked.elapsed();
    (heard < asked && waited < READ_WITHIN).then_some(waited)
}

/// What answers questions first, by name.
fn entries<'a>(
    listed: &'a ModelsListed,
    mut models: Vec<&'a ModelEntry>,
    loading: Option<&'a LoadingView>,
) -> Vec<Entry<'a>> {
    models.sort_by_key(|model| (model.kind == ModelKind::Embedding, &model.key));
    models.into_iter().map(|model| Entry { listed, model, loading }).collect()
}

/// One half of the list under its title, or what to say where it is empty.
fn group(ui: &mut Ui, state: &State, [title, nothing]: [&str; 2], entries: Vec<Entry<'_>>, wishes: &mut Wishes) {
    ui.add_space(space::S);
    ui.add(Label::new(RichText::new(title).font(text::strong())));
    if entries.is_empty() {
        sentence(ui, icon::SKIPPED, nothing, palette(ui).weak);
    }
    for entry in entries {
        ui.separator();
        let name = ("model", &entry.listed.endpoint, &entry.model.key);
        let wanted: Option<Fix> = part(ui, name, |ui| rows::row(ui, state, &entry));
        wishes.extend(wanted.map(|fix| Command::Fix { fix }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_being_read_from_the_press_until_it_has_come() {
        let now = Instant::now();
        let before = now.checked_sub(Duration::from_millis(50)).unwrap();
        assert!(under_way_for(now, before).is_some());
        assert_eq!(under_way_for(before, now), None, "it has come since");
        // A machine that was started just now has no such moment.
        if let (Some(asked), Some(heard)) = (now.checked_sub(READ_WITHIN), now.checked_sub(READ_WITHIN * 2)) {
            assert_eq!(under_way_for(asked, heard), None, "it will not come any more");
        }
    }
}
