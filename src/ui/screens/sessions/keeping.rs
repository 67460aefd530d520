//! How long sessions are kept and how much room they may take; the oldest go first.

use std::ops::RangeInclusive;

use egui::{CollapsingHeader, RichText, Ui};

use super::{Wishes, weak};
use crate::{
    protocol::Command,
    ui::{catalogue::say, state::State, theme::text, widgets::number, words::kept},
};

/// Ten years of days; whoever wants longer wants for ever.
const DAYS: RangeInclusive<u32> = 0..=3650;
/// A terabyte of megabytes.
const MEGABYTES: RangeInclusive<u64> = 0..=1_000_000;

/// Draws what is chosen in one line, and behind it the choices.
pub fn ui(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    let chosen = kept::keeping(&state.settings.journal);
    let header = CollapsingHeader::new(RichText::new(chosen).font(text::small())).id_salt("what-is-kept");
    header.show(ui, |ui| {
        let can_choose = state.read_only.is_none();
        let journal = &mut state.settings.journal;
        let is_changed = ui.add_enabled_ui(can_choose, |ui| {
            let days = number(ui, &mut journal.keep_days, DAYS, &say!("sessions-keep-days"));
            days | number(ui, &mut journal.keep_mb, MEGABYTES, &say!("sessions-keep-megabytes"))
        });
        if is_changed.inner {
            wishes.push(Command::SaveSettings { settings: Box::new(state.settings.clone()) });
        }
        weak(ui, &say!("sessions-what-goes"));
    });
}
