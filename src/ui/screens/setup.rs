//! The setup wizard: how things stand and the next thing to do, what the checks say, where the server is, which model
//! plays which part.

mod watch;

use egui::{Label, RichText, ScrollArea, Ui, accesskit::Live};

use super::{Wishes, connection, ladder, parts};
use crate::{
    protocol::{Command, Depth, Fix, HealthReport, Phase, Remedy, Snapshot, Wellness},
    settings::CloudMode,
    ui::{
        catalogue::{self, say},
        icon,
        state::{Screen, State},
        theme::{palette, size, space, text},
        widgets::{Button, Look, Tint, banner, live, mend_words, scrolled},
        words,
    },
};

/// The most of the width that the choices take, as a share.
const SIDE: f32 = 0.42;

/// Draws the wizard: the state of things across, under it the checks on the left and the choices on the right.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    super::sessions::interrupted(ui, state, wishes);
    verdict(ui, state, snapshot, wishes);
    ui.add_space(space::S);
    let room = ui.available_size();
    if room.x < size::PAIR {
        return column(ui, "setup", room.x, room.y, |ui| {
            checks(ui, state, snapshot, wishes);
            ui.add_space(space::S);
            choices(ui, state, snapshot, wishes);
        });
    }
    ui.horizontal_top(|ui| {
        let side = size::SETUP_SIDE.min(room.x * SIDE);
        column(ui, "checks", room.x - side - space::L, room.y, |ui| checks(ui, state, snapshot, wishes));
        ui.add_space(space::S);
        column(ui, "choices", side, room.y, |ui| choices(ui, state, snapshot, wishes));
    });
}

fn checks(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    ladder::ui(ui, state, snapshot, wishes);
    ui.add_space(space::S);
    connection::ui(ui, state, snapshot, wishes);
}

fn choices(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    parts::roles(ui, state, wishes);
    ui.add_space(space::S);
    parts::list(ui, state, snapshot.loading.is_some(), wishes);
}

fn column(ui: &mut Ui, name: &str, width: f32, height: f32, contents: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        ui.set_width(width);
        ui.set_height(height);
        scrolled(ui, ScrollArea::vertical().id_salt(name), contents);
    });
}

/// How things stand, with the next thing to do.
fn verdict(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    let (tint, symbol, words) = standing(ui, state, snapshot);
    ui.scope(|ui| {
        // The sign stands beside the sentence, not between it and the buttons.
        ui.spacing_mut().interact_size.y = size::ICON_LARGE;
        banner(ui, tint, symbol, |ui| stands(ui, words, state, snapshot, wishes));
    });
    for warning in &state.warnings {
        ui.add(Label::new(RichText::new(catalogue::said(warning)).font(text::small()).color(palette(ui).warn)).wrap());
    }
}

/// The sentence, and under it what can be done next.
fn stands(ui: &mut Ui, words: String, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    ui.vertical(|ui| {
        ui.spacing_mut().interact_size.y = size::BUTTON;
        ui.set_width(ui.available_width());
        let said = ui.add(Label::new(RichText::new(words).font(text::heading())).wrap());
        // While it counts, nobody wants to hear every tenth of a second.
        if !snapshot.checking {
            live(&said, Live::Polite);
        }
        ui.horizontal_wrapped(|ui| ways_on(ui, state, snapshot, wishes));
    });
}

/// How things stand, in one sentence.
fn standing(ui: &Ui, state: &State, snapshot: &Snapshot) -> (Tint, &'static str, String) {
    if snapshot.checking {
        return (Tint::Calm, icon::RUNNING, checking(ui, state));
    }
    let Some(report) = &state.report else { return (Tint::Calm, icon::RUNNING, say!("setup-unchecked")) };
    match report.verdict {
        Wellness::Healthy => (Tint::Good, icon::CHECK, who_answers(report, state.settings.cloud, true)),
        Wellness::Degraded => (Tint::Warn, icon::WARNING, who_answers(report, state.settings.cloud, false)),
        Wellness::Unhealthy => {
            let why = report.first_problem().map(|problem| catalogue::said(&problem.summary).into_owned());
            (Tint::Bad, icon::FAILED, why.unwrap_or_else(|| say!("setup-failed")))
        }
    }
}

/// Which check is under way, of how many, and for how long they have run.
fn checking(ui: &Ui, state: &State) -> String {
    let took = words::duration(watch::elapsed_ms(ui, &state.findings));
    let number = state.findings.len() + 1;
    match watch::expected(&state.settings, &state.findings) {
        Some(total) => say!("setup-checking-of", number = number, total = total, took = took),
        None => say!("setup-checking", number = number, took = took),
    }
}

/// Who was found to answer. Accounts in the cloud stand beside each other.
fn who_answers(report: &HealthReport, cloud: CloudMode, is_healthy: bool) -> String {
    let usable = report.all().filter(|report| report.verdict != Wellness::Unhealthy);
    let names: Vec<String> = usable.map(|report| connection::who(report.server.product)).collect();
    let both = match names.as_slice() {
        [first, second, ..] if cloud == CloudMode::CloudOnly => Some((first.as_str(), second.as_str())),
        _ => None,
    };
    let who = connection::who(report.server.product);
    match (both, is_healthy) {
        (Some((first, second)), true) => say!("setup-both-healthy", first = first, second = second),
        (Some((first, second)), false) => say!("setup-both-usable", first = first, second = second),
        (None, true) => say!("setup-healthy", who = who),
        (None, false) => say!("setup-usable", who = who),
    }
}

/// The first button of what is wrong, unless it stands here anyway.
fn first_mend(state: &State) -> Option<Fix> {
    let problem = state.report.as_ref()?.first_problem()?;
    let mut fixes = problem.remedies.iter().filter_map(|remedy| match remedy {
        Remedy::Action(fix) => Some(fix),
        Remedy::Advice { .. } => None,
    });
    fixes.find(|fix| !matches!(fix, Fix::CheckAgain | Fix::TryDemo | Fix::LeaveDemo)).cloned()
}

/// What can be done next. One button at most asks for attention: what mends, else the demo; once all is well it is Start,
/// in the header.
fn ways_on(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    let is_demo = state.settings.demo;
    let is_over = !snapshot.checking && state.report.is_some();
    let is_ready = state.can_run() && !snapshot.checking;
    let mend = first_mend(state).filter(|_| is_over);
    let is_demo_the_way = is_over && !is_ready && !is_demo && mend.is_none();
    if is_ready && ui.add(Button::new(&say!("setup-open-run")).icon(icon::RUN)).clicked() {
        state.screen = Screen::Run;
    }
    // It stands here too: the problem itself may lie below the fold.
    if let Some(fix) = mend
        && ui.add(Button::new(&mend_words(&fix)).look(Look::Primary)).clicked()
    {
        state.wish_for(fix, wishes);
    }
    let again = mend_words(&Fix::CheckAgain);
    if ui.add_enabled(!snapshot.checking, Button::new(&again).icon(icon::REPEAT)).clicked() {
        wishes.push(Command::CheckHealth { depth: Depth::Full });
    }
    let demo = if is_demo { Fix::LeaveDemo } else { Fix::TryDemo };
    let look = if is_demo_the_way { Look::Primary } else { Look::Plain };
    if ui.add(Button::new(&mend_words(&demo)).icon(icon::CUBE).look(look)).clicked() {
        wishes.push(Command::Fix { fix: demo });
    }
    // Start stands there only as long as nothing runs and nothing is played again.
    let has_start = snapshot.phase == Phase::Idle && snapshot.replay.is_none();
    let hint = if is_ready && !has_start {
        return;
    } else if is_ready && is_demo {
        say!("setup-start-demo")
    } else if is_ready {
        say!("setup-start")
    } else if is_demo_the_way {
        say!("setup-why-demo")
    } else {
        return;
    };
    ui.add(Label::new(RichText::new(hint).font(text::small()).color(palette(ui).weak)).wrap());
}
