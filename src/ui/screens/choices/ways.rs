//! The ways of thinking, and what the chosen one means under the present policy.

use egui::Ui;

use super::{one_of::one_of, small};
use crate::{
    settings::Strategy,
    ui::{
        catalogue::say,
        state::State,
        theme::{palette, space},
        widgets::{card, section},
        words,
    },
};

/// Draws them one under the other; true when another one was chosen.
pub fn ui(ui: &mut Ui, state: &mut State) -> bool {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, &say!("choices-ways"), |_| {});
        let mut is_changed = false;
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = space::HAIR;
            for strategy in Strategy::ALL {
                let is_chosen = state.settings.agent.strategy == strategy;
                if one_of(ui, is_chosen, &words::way(strategy), &line(strategy)) && !is_chosen {
                    state.settings.agent.strategy = strategy;
                    is_changed = true;
                }
            }
        });
        let meaning = words::parts_played(state.settings.agent.strategy, state.settings.cloud);
        if let Some(meaning) = meaning.filter(|_| !state.settings.demo) {
            small(ui, &meaning, palette(ui).accent);
        }
        is_changed
    })
    .inner
}

/// How decisions come about, in one short line.
fn line(strategy: Strategy) -> String {
    match strategy {
        Strategy::Single => say!("choices-way-single"),
        Strategy::LocalExperts => say!("choices-way-local-experts"),
        Strategy::SelfExperts => say!("choices-way-self-experts"),
        Strategy::CloudExperts => say!("choices-way-cloud-experts"),
        Strategy::Hybrid => say!("choices-way-hybrid"),
        Strategy::Parallel => say!("choices-way-parallel"),
        Strategy::Heuristic => say!("choices-way-heuristic"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_is_explained_as_the_terminal_explains_it() {
        for strategy in Strategy::ALL {
            assert_eq!(line(strategy), strategy.explanation());
        }
    }
}
