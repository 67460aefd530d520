//! The setup wizard: where the server is, what the checks say, which model plays which part.

use egui::{Label, RichText, ScrollArea, Ui};

use super::{Wishes, connection, ladder, parts};
use crate::{
    protocol::{Command, Depth, Fix, HealthReport, Remedy, Snapshot, Wellness},
    settings::CloudMode,
    ui::{
        icon,
        state::{Screen, State},
        theme::{palette, size, space, text},
        widgets::{Button, Look, Tint, banner},
    },
};

/// Draws the wizard: the state of things across, the ladder on the left, choices on the right.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    super::sessions::interrupted(ui, state, wishes);
    verdict(ui, state, snapshot, wishes);
    ui.add_space(space::S);
    let height = ui.available_height();
    ui.horizontal_top(|ui| {
        let side = size::SETUP_SIDE.min(ui.available_width() * 0.42);
        let main = ui.available_width() - side - space::L;
        column(ui, "checks", main, height, |ui| {
            connection::ui(ui, state, snapshot, wishes);
            ui.add_space(space::S);
            ladder::ui(ui, state, snapshot, wishes);
        });
        ui.add_space(space::S);
        column(ui, "choices", side, height, |ui| {
            parts::roles(ui, state, wishes);
            ui.add_space(space::S);
            parts::list(ui, state, wishes);
        });
    });
}

fn column(ui: &mut Ui, name: &str, width: f32, height: f32, contents: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        ui.set_width(width);
        ui.set_height(height);
        ScrollArea::vertical().id_salt(name).auto_shrink(false).show(ui, |ui| {
            ui.set_width(width - space::M);
            contents(ui);
        });
    });
}

/// The first button of what is wrong, unless the banner has it anyway.
fn first_mend(state: &State) -> Option<Fix> {
    let problem = state.report.as_ref()?.first_problem()?;
    let mut fixes = problem.remedies.iter().filter_map(|remedy| match remedy {
        Remedy::Action(fix) => Some(fix),
        Remedy::Advice { .. } => None,
    });
    fixes.find(|fix| !matches!(fix, Fix::CheckAgain | Fix::TryDemo | Fix::LeaveDemo)).cloned()
}

/// Who was found to answer, and whether that is more than one: accounts in the cloud stand beside each other.
fn who_answers(report: &HealthReport, cloud: CloudMode) -> (String, bool) {
    let usable = report.all().filter(|report| report.verdict != Wellness::Unhealthy);
    let names: Vec<&str> = usable.map(|report| report.server.product.title()).collect();
    match names.as_slice() {
        [_, _, ..] if cloud == CloudMode::CloudOnly => (names.join(" and "), true),
        _ => (report.server.product.title().to_owned(), false),
    }
}

/// How things stand, with the next thing to do.
fn verdict(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    let (tint, symbol, words) = match &state.report {
        _ if snapshot.checking => (Tint::Calm, icon::RUNNING, "Checking the connection step by step".to_owned()),
        None => (Tint::Calm, icon::RUNNING, "Nothing has been checked yet".to_owned()),
        Some(report) => {
            let (who, is_many) = who_answers(report, state.settings.cloud);
            let is_or_are = if is_many { "are" } else { "is" };
            match report.verdict {
                Wellness::Healthy => {
                    (Tint::Good, icon::CHECK, format!("{who} {is_or_are} healthy, everything is ready"))
                }
                Wellness::Degraded => (Tint::Warn, icon::WARNING, format!("{who} can be used, with something to know")),
                Wellness::Unhealthy => {
                    let why = report.first_problem().map_or("The check failed", |problem| problem.summary.as_str());
                    (Tint::Bad, icon::FAILED, why.to_owned())
                }
            }
        }
    };
    let is_ready = state.can_run() && !snapshot.checking;
    let is_demo = state.settings.demo;
    banner(ui, tint, symbol, |ui| {
        ui.add(Label::new(RichText::new(&words).font(text::heading())).truncate());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if is_ready && ui.add(Button::new("Open the run screen").icon(icon::RUN).look(Look::Primary)).clicked() {
                state.screen = Screen::Run;
            }
            // The first way out stands here too: the problem itself may lie below the fold.
            if let Some(fix) = first_mend(state).filter(|_| !snapshot.checking)
                && ui.add(Button::new(&fix.label()).look(Look::Primary)).clicked()
            {
                state.wish_for(fix, wishes);
            }
            let again = Button::new("Check again").icon(icon::REPEAT);
            if ui.add_enabled(!snapshot.checking, again).clicked() {
                wishes.push(Command::CheckHealth { depth: Depth::Full });
            }
            let (name, fix) = if is_demo { ("Leave the demo", Fix::LeaveDemo) } else { ("Try the demo", Fix::TryDemo) };
            if ui.add(Button::new(name).icon(icon::CUBE)).clicked() {
                wishes.push(Command::Fix { fix });
            }
        });
    });
    for warning in &state.warnings {
        ui.add(Label::new(RichText::new(warning).font(text::small()).color(palette(ui).warn)).wrap());
    }
}
