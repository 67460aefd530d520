//! The header: which screen this is, how things stand, and Start, or Stop with Pause and Step.

use egui::{Align, Label, Layout, RichText, Ui};

use super::hint;
use crate::{
    protocol::{Phase, Snapshot},
    ui::{
        catalogue::{said, say},
        icon,
        screens::{Wishes, pause},
        state::{State, shortcuts::Deed},
        theme::{palette, size, text},
        widgets::{Button, Look},
    },
};

/// Draws the header.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.label(RichText::new(state.screen.title()).font(text::title()));
        let phase = RichText::new(phase_words(state, snapshot)).color(palette(ui).weak);
        ui.scope(|ui| {
            // However much there is to say, Stop keeps its place.
            ui.set_max_width((ui.available_width() - size::HEADER_BUTTONS).max(0.0));
            ui.add(Label::new(phase).truncate());
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(deed) = start_or_stop(ui, state, snapshot) {
                deed.carry_out(state, snapshot, wishes, None);
            }
        });
    });
}

fn phase_words(state: &State, snapshot: &Snapshot) -> String {
    let (step, seconds) = (snapshot.step, snapshot.elapsed_ms / 1000);
    match &snapshot.phase {
        Phase::Idle if snapshot.replay.is_some() => say!("shell-past-session"),
        Phase::Idle if state.read_only.is_some() => say!("shell-only-shows"),
        Phase::Idle | Phase::Gone => String::new(),
        Phase::Starting => say!("shell-starting"),
        // Why stands in the banner below.
        Phase::Paused { .. } => say!("shell-paused", step = step, seconds = seconds),
        Phase::Stopping { waiting_for } => say!("shell-stopping-for", names = names(waiting_for)),
        Phase::Running if state.session.as_ref().is_some_and(|started| started.demo) => {
            say!("shell-demo-runs", step = step, seconds = seconds)
        }
        Phase::Running => say!("shell-runs", step = step, seconds = seconds),
    }
}

fn names(waiting_for: &[String]) -> String {
    waiting_for.iter().map(|name| said(name)).collect::<Vec<_>>().join(", ")
}

/// Start and Stop share one place, so that Stop is always where the hand already is; gives what was pressed.
fn start_or_stop(ui: &mut Ui, state: &State, snapshot: &Snapshot) -> Option<Deed> {
    match snapshot.phase {
        // A replay has its own controls, and is closed before something new is started.
        Phase::Idle if snapshot.replay.is_some() => None,
        Phase::Idle => start(ui, state.why_not_start(snapshot)),
        Phase::Starting | Phase::Running | Phase::Paused { .. } => {
            let mut pressed = None;
            let mut offer = |ui: &mut Ui, button: Button<'_>, deed: Deed, meaning: String| {
                if ui.add(button.large()).on_hover_text(hint(ui, &meaning, &deed)).clicked() {
                    pressed = Some(deed);
                }
            };
            let stop = say!("shell-stop");
            let button = Button::new(&stop).icon(icon::STOP).look(Look::Danger);
            offer(ui, button, Deed::Stop, say!("shell-stop-means"));
            if snapshot.phase == Phase::Running {
                offer(ui, Button::new(&say!("shell-pause")), Deed::Pause, say!("shell-pause-means"));
                // While it is paused a step is one of the ways on, which stand together in the banner.
                offer(ui, Button::new(&say!("shell-step")), Deed::Step, pause::meaning_of_step());
            }
            pressed
        }
        Phase::Stopping { .. } | Phase::Gone => {
            ui.add_enabled(false, Button::new(&say!("shell-stopping")).icon(icon::STOP).large());
            None
        }
    }
}

fn start(ui: &mut Ui, why_not: Option<String>) -> Option<Deed> {
    let words = say!("shell-start");
    let button = Button::new(&words).icon(icon::PLAY).look(Look::Primary).large();
    let response = ui.add_enabled(why_not.is_none(), button);
    let response = response.on_disabled_hover_text(why_not.unwrap_or_default());
    let response = response.on_hover_text(hint(ui, &say!("shell-start-means"), &Deed::Start));
    response.clicked().then_some(Deed::Start)
}
