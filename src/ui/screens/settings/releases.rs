//! Whether a newer release is known, under the fields that say whether anybody asks: quietly, and only where somebody has
//! switched it on. The page of a release is opened by a person, and nothing is ever fetched.

use egui::{OpenUrl, Ui};

use crate::{
    protocol::NewestRelease,
    settings::CloudMode,
    ui::{
        catalogue::say,
        icon,
        state::State,
        theme::{palette, space},
        widgets::{Button, Tint, problem, sentence},
        words,
    },
};

/// What a page has to begin with to be opened.
const SAFE: &str = "https://";

/// Draws it.
pub fn ui(ui: &mut Ui, state: &mut State) {
    let updates = &state.settings.updates;
    if !updates.check {
        return;
    }
    ui.add_space(space::XS);
    let (text, warn) = (palette(ui).text, palette(ui).warn);
    if updates.place().is_none() {
        sentence(ui, icon::WARNING, &say!("settings-releases-nowhere"), warn);
    } else if state.settings.demo {
        sentence(ui, icon::LOCK, &say!("settings-releases-demo"), text);
    } else if state.settings.cloud == CloudMode::LocalOnly {
        sentence(ui, icon::LOCK, &say!("settings-releases-local"), text);
    } else {
        match state.release.clone() {
            None => sentence(ui, icon::CLOCK, &say!("settings-releases-not-yet"), text),
            Some(NewestRelease::NoneNewer) => {
                let own = env!("CARGO_PKG_VERSION");
                sentence(ui, icon::CHECK, &say!("settings-releases-none", own = own), text);
            }
            Some(NewestRelease::Newer { version, page }) => newer(ui, state, &version, page.as_deref()),
            Some(NewestRelease::Unknown(found)) => {
                // Its only way out is a sentence.
                let _no_mend = problem(ui, Tint::Calm, &found);
            }
        }
    }
}

/// There is one, and where people read about it.
fn newer(ui: &mut Ui, state: &mut State, version: &str, page: Option<&str>) {
    let ink = palette(ui).text;
    sentence(ui, icon::INFORMATION, &words::newer(version), ink);
    let Some(page) = page.filter(|page| page.starts_with(SAFE)) else { return };
    ui.horizontal_wrapped(|ui| {
        if ui.add(Button::new(&say!("settings-releases-open"))).on_hover_text(page).clicked() {
            ui.ctx().open_url(OpenUrl::new_tab(page));
        }
        if ui.add(Button::new(&say!("settings-releases-copy")).icon(icon::COPY)).clicked() {
            state.to_copy = Some(page.to_owned());
        }
    });
}
