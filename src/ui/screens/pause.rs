//! The banner of a session that stands still: why, and the ways on. Nothing goes on by itself after a pause, so it stands
//! on every screen.

use egui::{Align, Label, Layout, RichText, Ui, accesskit::Live};

use super::Wishes;
use crate::{
    protocol::{Command, PauseReason, Phase, Snapshot},
    ui::{
        catalogue::say,
        icon,
        state::State,
        theme::{size, space, text},
        widgets::{Button, Look, Tint, banner, line_field, live, part},
        words,
    },
};

/// What a single step is.
pub fn meaning_of_step() -> String {
    say!("approval-pause-step-meaning")
}

/// Draws the banner while a session is paused.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    let Phase::Paused { why } = &snapshot.phase else { return };
    let (tint, symbol) = if is_wanted(why) { (Tint::Calm, icon::HAND) } else { (Tint::Warn, icon::WARNING) };
    let contents = |ui: &mut Ui| {
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            let mut wants_focus = std::mem::take(&mut state.palette.wants_word);
            match reason_and_ways(ui, why) {
                Some(Way::GoOn) => wishes.push(Command::Resume { word: None }),
                Some(Way::Step) => wishes.push(Command::Step),
                Some(Way::ChangePlan) => {
                    wants_focus = state.word.is_none();
                    state.word.get_or_insert_default();
                }
                None => {}
            }
            if state.word.is_some() {
                another_plan(ui, &mut state.word, wants_focus, wishes);
            }
        });
    };
    part(ui, "pause", |ui| banner(ui, tint, symbol, contents));
    ui.add_space(space::S);
}

/// What a person did is no warning to that person.
fn is_wanted(why: &PauseReason) -> bool {
    match why {
        PauseReason::Person | PauseReason::OneDecision | PauseReason::Yielded { .. } => true,
        PauseReason::Budget { .. } | PauseReason::Breaker { .. } | PauseReason::NotRecorded { .. } => false,
    }
}

/// The ways on. Stop stands where it always does.
#[derive(Clone, Copy)]
enum Way {
    GoOn,
    Step,
    ChangePlan,
}

impl Way {
    const ALL: [Self; 3] = [Self::GoOn, Self::Step, Self::ChangePlan];

    fn name(self) -> String {
        match self {
            Self::GoOn => say!("approval-pause-go-on"),
            Self::Step => say!("approval-pause-step"),
            Self::ChangePlan => say!("approval-pause-change"),
        }
    }

    fn button(self, name: &str) -> Button<'_> {
        let button = Button::new(name);
        match self {
            Self::GoOn => button.icon(icon::PLAY).look(Look::Primary),
            Self::Step | Self::ChangePlan => button,
        }
    }

    fn meaning(self) -> String {
        match self {
            Self::GoOn => say!("approval-pause-go-on-meaning"),
            Self::Step => meaning_of_step(),
            Self::ChangePlan => say!("approval-pause-change-meaning"),
        }
    }
}

/// Why it stands still, and beside that, or below where there is less room, the ways on; gives the one that was pressed.
fn reason_and_ways(ui: &mut Ui, why: &PauseReason) -> Option<Way> {
    let gap = ui.spacing().item_spacing.x;
    let buttons: f32 = Way::ALL.iter().map(|way| gap + way.button(&way.name()).width(ui)).sum();
    // They end where everything else does.
    let room = (ui.available_width() - buttons).floor();
    if room < size::BANNER_WORDS {
        reason(ui, why);
        return ui.horizontal_wrapped(|ui| ways(ui, Way::ALL)).inner;
    }
    ui.horizontal(|ui| {
        ui.vertical(|ui| {
            ui.set_width(room);
            reason(ui, why);
        });
        // From left to right also for whoever hears them.
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| ways(ui, Way::ALL)).inner
    })
    .inner
}

fn reason(ui: &mut Ui, why: &PauseReason) {
    ui.spacing_mut().item_spacing.y = space::XS;
    ui.add(Label::new(RichText::new(say!("approval-paused")).font(text::heading())).wrap());
    // In one line where there is room: the scene below can use it.
    ui.spacing_mut().interact_size.y = size::ROW;
    ui.horizontal_wrapped(|ui| {
        let said = ui.add(Label::new(RichText::new(words::pause_reason(why)).font(text::strong())).wrap());
        live(&said, if is_wanted(why) { Live::Polite } else { Live::Assertive });
        ui.add(Label::new(RichText::new(words::pause_outlook(why)).font(text::small())).wrap());
    });
}

fn ways(ui: &mut Ui, ways: impl IntoIterator<Item = Way>) -> Option<Way> {
    let mut pressed = None;
    for way in ways {
        if ui.add(way.button(&way.name())).on_hover_text(way.meaning()).clicked() {
            pressed = Some(way);
        }
    }
    pressed
}

/// The field for what the models are to do differently, and the ways out of it.
fn another_plan(ui: &mut Ui, word: &mut Option<String>, wants_focus: bool, wishes: &mut Wishes) {
    let typed = word.get_or_insert_default();
    let is_entered = line_field(ui, &say!("approval-pause-tell"), "", typed, wants_focus);
    let is_usable = !typed.trim().is_empty();
    let mut is_over = false;
    ui.horizontal_wrapped(|ui| {
        let name = say!("approval-pause-go-on-with");
        let go_on = Button::new(&name).icon(icon::PLAY).look(Look::Primary);
        let is_pressed = ui.add_enabled(is_usable, go_on).clicked();
        if is_usable && (is_entered || is_pressed) {
            wishes.push(Command::Resume { word: Some(typed.trim().to_owned()) });
            is_over = true;
        }
        is_over |= ui.add(Button::new(&say!("approval-pause-keep"))).clicked();
    });
    if is_over {
        *word = None;
    }
}
