//! The least time between two decisions, so that a person can follow. A session keeps the one that it began with.

use egui::{Align, Id, Label, Layout, RichText, Ui, vec2};

use crate::{
    protocol::{Command, Phase, Snapshot},
    ui::{
        catalogue::say,
        screens::Wishes,
        state::State,
        theme::{palette, size, text},
        widgets::choice,
        words,
    },
};

/// From the quickest to the slowest.
const PACES_MS: [u64; 4] = [0, 250, 1000, 3000];

/// Draws the choice from right to left; one that is made is saved at once.
pub fn ui(ui: &mut Ui, state: &mut State, shown: &Snapshot, wishes: &mut Wishes) {
    let current = state.settings.agent.pace_ms;
    let layout = Layout::left_to_right(Align::Center);
    let chosen = ui.allocate_ui_with_layout(vec2(size::CHECK_COLUMN, size::BUTTON), layout, |ui| {
        choice(ui, &say!("run-pace"), &current, &offered(current), |pace_ms| in_words(*pace_ms))
    });
    if let Some(pace_ms) = chosen.inner {
        state.settings.agent.pace_ms = pace_ms;
        wishes.push(Command::SaveSettings { settings: Box::new(state.settings.clone()) });
    }
    let is_later = is_later(ui, state, shown);
    // What was said by the narrator matters more.
    if ui.available_width() < size::FIELD {
        return;
    }
    let (said, color) =
        if is_later { (say!("run-pace-later"), palette(ui).accent) } else { (say!("run-pace"), palette(ui).weak) };
    let label = Label::new(RichText::new(said).font(text::small()).color(color)).selectable(false);
    ui.add(label).on_hover_text(say!("run-pace-meaning"));
}

/// What is offered: the usual ones, and the one that is set.
fn offered(current: u64) -> Vec<u64> {
    let mut paces = PACES_MS.to_vec();
    if !paces.contains(&current) {
        paces.push(current);
        paces.sort_unstable();
    }
    paces
}

fn in_words(pace_ms: u64) -> String {
    if pace_ms == 0 {
        return say!("run-pace-none");
    }
    // As many digits as it takes.
    let digits = match pace_ms {
        _ if pace_ms.is_multiple_of(1000) => 0,
        _ if pace_ms.is_multiple_of(100) => 1,
        _ if pace_ms.is_multiple_of(10) => 2,
        _ => 3,
    };
    say!("run-pace-seconds", seconds = words::decimal(words::seconds(pace_ms), digits))
}

/// True where another pace was chosen than the one that the session which runs began with.
fn is_later(ui: &Ui, state: &State, shown: &Snapshot) -> bool {
    let is_live = matches!(shown.phase, Phase::Running | Phase::Paused { .. });
    let Some(started) = state.session.as_ref().filter(|_| is_live) else { return false };
    let id = Id::unique("session_pace");
    let kept: Option<(String, u64)> = ui.ctx().data(|data| data.get_temp(id));
    match kept {
        Some((session, pace_ms)) if session == started.session => pace_ms != state.settings.agent.pace_ms,
        _ => {
            let first = (started.session.clone(), state.settings.agent.pace_ms);
            ui.ctx().data_mut(|data| data.insert_temp(id, first));
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pace_that_is_set_is_always_among_those_offered() {
        assert_eq!(offered(250), PACES_MS);
        assert_eq!(offered(500), [0, 250, 500, 1000, 3000]);
        assert_eq!([0, 250, 1000].map(in_words), ["no wait", "0.25\u{a0}s", "1\u{a0}s"]);
    }
}
