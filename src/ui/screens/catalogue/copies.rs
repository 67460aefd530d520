//! What loads a model and what takes it out of memory again; where it is there several times, one line for each copy.

use egui::{Align, Label, RichText, Sense, Ui, vec2};

use super::{
    grid::{self, cell, figure},
    rows::{Entry, context_words},
};
use crate::{
    protocol::{Fix, ModelEntry, ModelInstance, ModelKind},
    ui::{
        catalogue::say,
        screens::parts,
        theme::{palette, size, space, text},
        widgets::{Button, Look},
    },
};

/// What the button of a row does.
#[derive(Clone, Copy)]
pub enum Act<'a> {
    Load(&'a ModelEntry),
    Unload(&'a ModelInstance),
    /// Its copies have buttons of their own, or nobody would ask it.
    Nothing,
}

impl<'a> Act<'a> {
    /// What can be done with a whole model.
    pub fn of(model: &'a ModelEntry) -> Self {
        match model.instances.as_slice() {
            [] if model.kind == ModelKind::Embedding => Self::Nothing,
            [] => Self::Load(model),
            [only] => Self::Unload(only),
            [_, _, ..] => Self::Nothing,
        }
    }
}

/// Draws the button, where there is one; gives what is wanted.
pub fn act(ui: &mut Ui, entry: &Entry<'_>, act: Act<'_>) -> Option<Fix> {
    if !entry.can_load() {
        return None;
    }
    match act {
        Act::Load(model) => {
            let (words, name) = (say!("models-load"), say!("models-load-this", model = parts::short(&model.key)));
            let is_pressed = parts::pressed(ui, entry.loading.is_none(), Button::new(&words), &name);
            is_pressed.then(|| Fix::load(&model.key).at(&entry.listed.endpoint))
        }
        Act::Unload(copy) => {
            let (words, name) = (say!("models-unload"), say!("models-unload-this", copy = copy.id.as_str()));
            let is_pressed = parts::pressed(ui, true, Button::new(&words).look(Look::Quiet), &name);
            let (instance, endpoint) = (copy.id.clone(), entry.listed.endpoint.clone());
            is_pressed.then_some(Fix::UnloadModel { instance, endpoint })
        }
        Act::Nothing => None,
    }
}

/// Draws one line for each copy where there are several; gives what is wanted.
pub fn copies(ui: &mut Ui, entry: &Entry<'_>) -> Option<Fix> {
    if entry.model.instances.len() < 2 {
        return None;
    }
    let mut wanted = None;
    for copy in &entry.model.instances {
        let fix = if grid::has_room(ui.available_width()) { aligned(ui, entry, copy) } else { told(ui, entry, copy) };
        wanted = wanted.or(fix);
    }
    wanted
}

/// Under the columns of its model.
fn aligned(ui: &mut Ui, entry: &Entry<'_>, copy: &ModelInstance) -> Option<Fix> {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::BUTTON), Sense::hover());
    let cells = grid::cells(rect);
    cell(ui, cells.name, Align::Min, |ui| {
        ui.add_space(space::XL);
        ui.add(Label::new(RichText::new(&copy.id).font(text::mono()).color(palette(ui).weak)).truncate());
    });
    figure(ui, cells.context, &context_words(copy.context_length, entry.model.max_context_length));
    figure(ui, cells.places, &copy.parallel.map(|places| places.to_string()).unwrap_or_default());
    let mut wanted = None;
    cell(ui, cells.button, Align::Max, |ui| wanted = act(ui, entry, Act::Unload(copy)));
    wanted
}

/// In one sentence, where there is no room for columns.
fn told(ui: &mut Ui, entry: &Entry<'_>, copy: &ModelInstance) -> Option<Fix> {
    let id = copy.id.as_str();
    let words = match (copy.context_length, copy.parallel) {
        (Some(context), Some(places)) => say!("models-copy", id = id, context = context, places = places),
        (Some(context), None) => say!("models-copy-context", id = id, context = context),
        (None, Some(places)) => say!("models-copy-places", id = id, places = places),
        (None, None) => copy.id.clone(),
    };
    ui.horizontal_wrapped(|ui| {
        ui.add(Label::new(RichText::new(words).font(text::mono()).color(palette(ui).weak)).wrap());
        act(ui, entry, Act::Unload(copy))
    })
    .inner
}
