//! One model in the list: what it is, whether it is loaded, who plays with it, and what can be done with it.

use egui::{
    Align, Color32, Label, RichText, Role, Sense, Ui, WidgetInfo,
    text::{LayoutJob, TextFormat},
    vec2,
};

use super::{
    copies::{Act, act, copies},
    grid::{self, Cells, cell, figure},
};
use crate::{
    protocol::{Api, Fix, LoadingView, ModelEntry, ModelKind, ModelsListed, RoleReport},
    settings::Role as Part,
    ui::{
        catalogue::{said, say},
        icon,
        screens::parts,
        state::State,
        theme::{palette, size, space, text},
        widgets::{choice, icon as draw_icon},
        words,
    },
};

/// Contexts that are offered when a model is loaded, in tokens; the largest that fits the model comes last.
const CONTEXTS: [u32; 6] = [4096, 8192, 16_384, 32_768, 65_536, 131_072];
/// So many lines of the parts that a model plays stand in its row; all of them are seen by whoever points at them.
const PLAYS_LINES: usize = 2;

/// A model of a server.
pub struct Entry<'a> {
    pub listed: &'a ModelsListed,
    pub model: &'a ModelEntry,
    /// The load that is under way, of whatever model.
    pub loading: Option<&'a LoadingView>,
}

impl Entry<'_> {
    /// True where the server can be told to load and to unload.
    pub fn can_load(&self) -> bool {
        self.listed.server.api == Some(Api::V1)
    }

    /// For how long it has been loading, in milliseconds, if it is.
    fn loading_ms(&self) -> Option<u64> {
        let loading = self.loading?;
        let is_here = loading.endpoint.is_empty() || loading.endpoint == self.listed.endpoint;
        (is_here && self.model.answers_to(&loading.model)).then_some(loading.elapsed_ms)
    }
}

/// What a row says.
struct Said {
    /// Whether it is loaded.
    mark: String,
    is_loaded: bool,
    is_loading: bool,
    facts: String,
    size: String,
    context: String,
    places: String,
    plays: String,
}

/// Draws one model; gives what is wanted of it.
pub fn row(ui: &mut Ui, state: &State, entry: &Entry<'_>) -> Option<Fix> {
    let said = row_words(state, entry);
    let mut wanted = None;
    if grid::has_room(ui.available_width()) {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::BUTTON_LARGE), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Group, true, sentence(&entry.model.key, &said)));
        let cells = grid::cells(rect);
        columns(ui, &entry.model.key, &said, &cells);
        cell(ui, cells.part_for, Align::Min, |ui| wanted = wanted.take().or(part_for(ui, state, entry)));
        cell(ui, cells.load_with, Align::Min, |ui| wanted = wanted.take().or(load_with(ui, entry)));
        cell(ui, cells.button, Align::Max, |ui| wanted = wanted.take().or(act(ui, entry, Act::of(entry.model))));
    } else {
        stacked(ui, &entry.model.key, &said);
        ui.horizontal_wrapped(|ui| {
            let list = vec2(size::FIELD / 2.0, size::BUTTON);
            ui.allocate_ui(list, |ui| wanted = part_for(ui, state, entry));
            ui.allocate_ui(list, |ui| wanted = wanted.take().or(load_with(ui, entry)));
            wanted = wanted.take().or(act(ui, entry, Act::of(entry.model)));
        });
    }
    wanted.or(copies(ui, entry))
}

/// What there is to say of a model.
fn row_words(state: &State, entry: &Entry<'_>) -> Said {
    let model = entry.model;
    let roles = state.report.as_ref().map(|report| report.roles.as_slice()).unwrap_or_default();
    let mark = match entry.loading_ms() {
        Some(ms) => say!("models-mark-loading", seconds = ms / 1000),
        None if model.is_loaded() => say!("models-mark-loaded"),
        None => say!("models-mark-not-loaded"),
    };
    let only = model.instances.first().filter(|_| model.instances.len() == 1);
    let context = only.and_then(|copy| copy.context_length);
    Said {
        mark,
        is_loaded: model.is_loaded(),
        is_loading: entry.loading_ms().is_some(),
        facts: facts(model).join(" · "),
        size: model.size_bytes.map(words::memory).unwrap_or_default(),
        context: context_words(context, model.max_context_length),
        places: match (only.and_then(|copy| copy.parallel), model.instances.len()) {
            (Some(places), _) => places.to_string(),
            (None, 0 | 1) => String::new(),
            (None, copies) => say!("models-copies", count = copies),
        },
        plays: plays(&state.settings.roles, roles, entry).join(", "),
    }
}

/// Context as it is loaded beside the most that it could have.
pub fn context_words(loaded: Option<u32>, most: Option<u32>) -> String {
    match (loaded, most) {
        (Some(loaded), Some(most)) if loaded < most => say!("models-context-of", loaded = loaded, most = most),
        (Some(loaded), _) => words::count(loaded),
        (None, Some(most)) => say!("models-context-up-to", most = most),
        (None, None) => String::new(),
    }
}

/// What it can do, and in what form it is.
fn facts(model: &ModelEntry) -> Vec<String> {
    let has = |ability: Option<bool>| ability == Some(true);
    let mut facts = Vec::new();
    if model.kind == ModelKind::Embedding {
        facts.push(say!("models-for-embeddings"));
    }
    facts.extend(has(model.vision).then(|| say!("shared-sees")));
    facts.extend(has(model.tool_use).then(|| say!("shared-calls-tools")));
    facts.extend(has(model.reasoning).then(|| say!("shared-thinks")));
    facts.extend(model.quantization.clone());
    facts
}

/// The parts that this model plays, as the last check found.
fn plays(parts_of: &[Part], roles: &[RoleReport], entry: &Entry<'_>) -> Vec<String> {
    let is_it = |role: &&RoleReport| {
        !role.model.is_empty() && role.endpoint == entry.listed.endpoint && entry.model.answers_to(&role.model)
    };
    let named = |report: &RoleReport| {
        let part = parts_of.iter().find(|part| part.name == report.role);
        part.map_or_else(|| said(&report.role), parts::title).into_owned()
    };
    roles.iter().filter(is_it).map(named).collect()
}

/// The whole row, for whoever cannot see the columns.
fn sentence(key: &str, said: &Said) -> String {
    let context = if said.context.is_empty() {
        String::new()
    } else {
        say!("models-said-context", context = said.context.as_str())
    };
    let plays =
        if said.plays.is_empty() { String::new() } else { say!("models-said-plays", parts = said.plays.as_str()) };
    let pieces = [key, &said.mark, &said.facts, &said.size, &context, &plays];
    pieces.into_iter().filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn columns(ui: &mut Ui, key: &str, said: &Said, cells: &Cells) {
    let (above, below) = cells.name.split_top_bottom_at_fraction(0.5);
    cell(ui, above, Align::Min, |ui| {
        ui.add(Label::new(RichText::new(key).font(text::strong())).truncate());
    });
    cell(ui, below, Align::Min, |ui| mark(ui, said));
    figure(ui, cells.size, &said.size);
    figure(ui, cells.context, &said.context);
    figure(ui, cells.places, &said.places);
    if !said.plays.is_empty() {
        cell(ui, cells.parts, Align::Min, |ui| plays_in_lines(ui, &said.plays));
    }
}

/// The parts, in as many lines as a row has.
fn plays_in_lines(ui: &mut Ui, plays: &str) {
    let format = TextFormat::simple(text::small(), palette(ui).accent);
    let mut job = LayoutJob::single_section(plays.to_owned(), format);
    job.wrap.max_rows = PLAYS_LINES;
    // What is left out is shown in full on hover.
    ui.add(Label::new(job).wrap());
}

/// Whether it is loaded, in words and with a sign, and what else there is to know.
fn mark(ui: &mut Ui, said: &Said) {
    let palette = palette(ui);
    let (symbol, color) = match said {
        Said { is_loading: true, .. } => (icon::RUNNING, palette.accent),
        Said { is_loaded: true, .. } => (icon::CHECK, palette.good),
        _ => (icon::SKIPPED, palette.weak),
    };
    ui.spacing_mut().item_spacing.x = space::XS;
    draw_icon(ui, symbol, size::ICON, color);
    // Whether it is loaded is said above the rows; that it is on its way is not.
    if said.is_loading || said.facts.is_empty() {
        ui.add(Label::new(RichText::new(&said.mark).font(text::small()).color(color)));
        ui.add_space(space::XS);
    }
    if !said.facts.is_empty() {
        small(ui, &said.facts, palette.weak);
    }
}

fn small(ui: &mut Ui, words: &str, color: Color32) {
    ui.add(Label::new(RichText::new(words).font(text::small()).color(color)).truncate());
}

/// The same under one another, where there is no room for columns.
fn stacked(ui: &mut Ui, key: &str, said: &Said) {
    ui.add(Label::new(RichText::new(key).font(text::strong())).wrap());
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = size::ROW;
        ui.spacing_mut().item_spacing.y = space::XS;
        told(ui, said);
    });
}

fn told(ui: &mut Ui, said: &Said) {
    ui.horizontal(|ui| mark(ui, said));
    let context = if said.context.is_empty() {
        String::new()
    } else {
        say!("models-said-context", context = said.context.as_str())
    };
    let rest = [said.size.as_str(), &context].into_iter().filter(|piece| !piece.is_empty()).collect::<Vec<_>>();
    if !rest.is_empty() {
        small(ui, &rest.join(" · "), palette(ui).weak);
    }
    if !said.plays.is_empty() {
        small(ui, &say!("models-said-plays", parts = said.plays.as_str()), palette(ui).accent);
    }
}

/// Loads the model with a context of one's own choice, the first time or again.
fn load_with(ui: &mut Ui, entry: &Entry<'_>) -> Option<Fix> {
    let Entry { listed, model, loading } = entry;
    if !entry.can_load() || (model.kind == ModelKind::Embedding && !model.is_loaded()) {
        return None;
    }
    let most = model.max_context_length.unwrap_or(u32::MAX);
    let mut contexts: Vec<Option<u32>> = vec![None];
    contexts.extend(CONTEXTS.into_iter().filter(|length| *length < most).map(Some));
    contexts.extend(model.max_context_length.map(Some));
    let words = |length: &Option<u32>| match length {
        None => say!("models-load-with"),
        Some(length) => say!("models-tokens", count = *length),
    };
    let name = say!("models-context-for", model = model.key.as_str());
    let chosen = ui.add_enabled_ui(loading.is_none(), |ui| choice(ui, &name, &None, &contexts, words)).inner;
    chosen.flatten().map(|length| Fix::load_with(&model.key, length).at(&listed.endpoint))
}

/// Gives the model a part.
fn part_for(ui: &mut Ui, state: &State, entry: &Entry<'_>) -> Option<Fix> {
    let Entry { listed, model, .. } = entry;
    let here: Vec<&Part> = state.settings.roles.iter().filter(|role| role.endpoint == listed.endpoint).collect();
    if state.settings.demo || model.kind == ModelKind::Embedding || here.is_empty() {
        return None;
    }
    let mut names = vec![String::new()];
    names.extend(here.iter().map(|role| role.name.clone()));
    let words = |name: &String| match here.iter().find(|role| role.name == *name) {
        Some(role) => parts::title(role).into_owned(),
        None => say!("models-use-for"),
    };
    let label = say!("models-part-for", model = model.key.as_str());
    let role = choice(ui, &label, &String::new(), &names, words)?;
    Some(Fix::UseModel { role, instead_of: String::new(), model: model.key.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{ModelInstance, Verdict};

    #[test]
    fn a_context_is_told_beside_the_most_there_could_be() {
        assert_eq!(context_words(Some(8192), Some(32_768)), "8192 of 32,768");
        assert_eq!(context_words(Some(8192), Some(8192)), "8192");
        assert_eq!(context_words(None, Some(131_072)), "up to 131,072");
        assert_eq!(context_words(None, None), "");
    }

    #[test]
    fn a_model_in_several_copies_tells_of_them_and_names_parts_by_what_they_look_at() {
        let copy = |id: &str| ModelInstance { id: id.into(), context_length: Some(8192), parallel: Some(4) };
        let model = ModelEntry {
            key: "a/b".into(),
            instances: vec![copy("a/b"), copy("a/b:2")],
            size_bytes: Some(4_700_000_000),
            ..ModelEntry::default()
        };
        let listed = ModelsListed {
            endpoint: "lm_studio".into(),
            url: String::new(),
            server: crate::protocol::Server::default(),
            models: Vec::new(),
            problem: None,
        };
        let entry = Entry { listed: &listed, model: &model, loading: None };
        let said = row_words(&State::default(), &entry);
        assert_eq!([said.places.as_str(), &said.size, &said.mark], ["2 copies", "4.7\u{a0}GB", "Loaded"]);
        let report = RoleReport {
            role: "expert.3".into(),
            endpoint: "lm_studio".into(),
            model: "a/b:2".into(),
            verdict: Verdict::Passed,
            problem: None,
            speed: None,
        };
        assert_eq!(plays(&crate::settings::Settings::default().roles, &[report], &entry), ["threat"]);
    }

    #[test]
    fn the_load_that_is_under_way_is_told_where_it_happens() {
        let model = ModelEntry { key: "a/b".into(), ..ModelEntry::default() };
        let listed = ModelsListed {
            endpoint: "lm_studio".into(),
            url: String::new(),
            server: crate::protocol::Server::default(),
            models: Vec::new(),
            problem: None,
        };
        let loading = |endpoint: &str, model: &str| LoadingView {
            endpoint: endpoint.into(),
            model: model.into(),
            elapsed_ms: 4500,
            ..LoadingView::default()
        };
        let told =
            |loading: &LoadingView| Entry { listed: &listed, model: &model, loading: Some(loading) }.loading_ms();
        assert_eq!(told(&loading("", "a/b")), Some(4500));
        assert_eq!(told(&loading("elsewhere", "a/b")), None);
        assert_eq!(told(&loading("lm_studio", "other")), None);
    }
}
