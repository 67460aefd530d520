//! One session: what became of it, what can be done with it, and its parts.

use egui::{Label, RichText, Role, Ui, WidgetInfo};

use super::{Wishes, compare, figures, sign, small, steps, timeline, weak, why};
use crate::{
    protocol::{Command, Moment, Phase, ReportFormat, SessionState, Snapshot},
    ui::{
        catalogue::{self, say},
        icon,
        state::{
            Screen, State,
            sessions::{Beside, Opened, Part},
        },
        theme::{palette, space, text},
        widgets::{Button, Look, Tint, card, dense, label_icon, problem, section, sentence, under_way},
        words::kept,
    },
};

/// Draws what is opened, or says what can be. With `is_alone` there is a way back to the list.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes, is_alone: bool) {
    if state.sessions.asked_why().is_some() {
        why::ui(ui, state, wishes);
        return;
    }
    let Some(opened) = state.sessions.opened.clone() else {
        if state.sessions.is_reading() {
            on_its_way(ui, state);
        } else if state.sessions.list.as_ref().is_some_and(|list| !list.lines.is_empty()) {
            weak(ui, &say!("sessions-choose"));
        }
        return;
    };
    if is_alone && ui.add(Button::new(&say!("sessions-back-to-list")).icon(icon::BACK)).clicked() {
        state.sessions.close();
        return;
    }
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        headline(ui, state, &opened, wishes);
        ui.add_space(space::XS);
        actions(ui, state, snapshot, &opened, wishes);
        removing(ui, state, wishes);
        said(ui, state, &opened);
    });
    ui.add_space(space::S);
    if !matches!(state.sessions.beside, Beside::Nobody) {
        compare::ui(ui, state, &opened, wishes);
        return;
    }
    parts(ui, state);
    ui.add_space(space::XS);
    match state.sessions.part {
        Part::Timeline => timeline::ui(ui, state, &opened, wishes),
        Part::Steps => steps::ui(ui, state, &opened, wishes),
        Part::Experts => figures::experts(ui, &opened),
        Part::Errors => figures::errors(ui, &opened),
        Part::Certificate => figures::certificate(ui, &opened),
    }
}

/// It is being read, with the way out.
fn on_its_way(ui: &mut Ui, state: &mut State) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        // What was refused is said at the top of the window.
        let is_refused = state.refused.is_some();
        let reading = || under_way(ui, &say!("sessions-being-read"));
        let words = if is_refused { say!("sessions-not-read") } else { reading() };
        weak(ui, &words);
        if ui.add(Button::new(&say!("sessions-back-to-list")).icon(icon::BACK)).clicked() {
            state.sessions.close();
        }
    });
}

/// What it was to do, when, what became of it, and why it failed if it did.
fn headline(ui: &mut Ui, state: &mut State, opened: &Opened, wishes: &mut Wishes) {
    let line = &opened.file.line;
    ui.scope(|ui| {
        dense(ui);
        ui.add(Label::new(RichText::new(kept::goal(line)).font(text::heading())).wrap());
        weak(ui, &format!("{} · {}", kept::when_first(line.started_at, Moment::now()), kept::setting(line)));
        let (tint, symbol) = sign(line);
        let (ink, _) = tint.colors(palette(ui));
        label_icon(ui, symbol, &kept::outcome(line), ink);
        let took = say!("sessions-took", time = kept::moment(opened.total_ms));
        ui.add(Label::new([kept::result(line), took, kept::proof(line.clean)].join(" · ")).wrap());
        if line.demo {
            weak(ui, &say!("sessions-demo"));
        }
    });
    let found = opened.file.report.as_ref().and_then(|report| report.problem.as_ref());
    if let Some(fix) = found.and_then(|found| problem(ui, Tint::Bad, found)) {
        state.wish_for(fix, wishes);
    }
}

/// What can be done with it, and below that the ways to take it along.
fn actions(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, opened: &Opened, wishes: &mut Wishes) {
    let line = &opened.file.line;
    let session = line.session.clone();
    ui.horizontal_wrapped(|ui| {
        let is_idle = snapshot.phase == Phase::Idle;
        let replay =
            ui.add_enabled(is_idle, Button::new(&say!("sessions-replay")).icon(icon::PLAY).look(Look::Primary));
        let replay = replay.on_hover_text(say!("sessions-replay-hint"));
        if replay.on_disabled_hover_text(say!("sessions-replay-later")).clicked() {
            wishes.push(Command::Replay { session: session.clone() });
            state.screen = Screen::Run;
        }
        tell(ui, state, wishes);
        let is_comparing = !matches!(state.sessions.beside, Beside::Nobody);
        if !is_comparing && ui.add(Button::new(&say!("sessions-compare")).icon(icon::COMPARE)).clicked() {
            state.sessions.beside = Beside::Choosing;
        }
        let why_not = match (&state.read_only, line.state) {
            (Some(why), _) => Some(catalogue::said(why).into_owned()),
            (None, SessionState::Running) => Some(say!("sessions-still-running")),
            (None, _) => None,
        };
        let remove = ui.add_enabled(why_not.is_none(), Button::new(&say!("sessions-remove")).icon(icon::REMOVE));
        if remove.on_disabled_hover_text(why_not.unwrap_or_default()).clicked() {
            state.sessions.is_removing = true;
        }
    });
    ui.horizontal_wrapped(|ui| {
        weak(ui, &say!("sessions-export-as"));
        for format in ReportFormat::ALL {
            let title = title_of(format);
            let response = ui.add(Button::new(&format!("{title}…")));
            let name = say!("sessions-export-as-format", format = title);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            if response.clicked() {
                wishes.push(Command::ExportSession { session: session.clone(), format });
            }
        }
    });
}

fn title_of(format: ReportFormat) -> String {
    match format {
        ReportFormat::Html => say!("sessions-web-page"),
        ReportFormat::Markdown | ReportFormat::Json => format.title().to_owned(),
    }
}

fn tell(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    let is_telling = state.sessions.is_summarising();
    let name = if is_telling { under_way(ui, &say!("sessions-being-told")) } else { say!("sessions-tell") };
    let button = ui.add_enabled(!is_telling, Button::new(&name).icon(icon::SPARKLE));
    if button.on_hover_text(say!("sessions-tell-hint")).clicked() {
        wishes.extend(state.sessions.summarise());
    }
}

/// Removing loses something for good, so it is asked once more.
fn removing(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    if !state.sessions.is_removing {
        return;
    }
    sentence(ui, icon::WARNING, &say!("sessions-removing"), palette(ui).warn);
    ui.horizontal_wrapped(|ui| {
        let name = say!("sessions-remove-for-good");
        if ui.add(Button::new(&name).icon(icon::REMOVE).look(Look::Danger)).clicked() {
            wishes.extend(state.sessions.remove());
        }
        if ui.add(Button::new(&say!("sessions-keep-it"))).clicked() {
            state.sessions.is_removing = false;
        }
    });
}

/// What the narrator's model made of it.
fn said(ui: &mut Ui, state: &State, opened: &Opened) {
    if state.sessions.is_summarising() {
        weak(ui, &say!("sessions-summing-up"));
    }
    if let Some(summary) = &opened.file.summary {
        ui.add_space(space::XS);
        section(ui, &say!("sessions-in-words"), |_| {});
        ui.add(Label::new(summary).wrap());
        small(ui, &say!("sessions-by-narrator"), palette(ui).weak);
    }
}

/// The parts of the session, of which one is shown.
fn parts(ui: &mut Ui, state: &mut State) {
    ui.horizontal_wrapped(|ui| {
        for part in Part::ALL {
            let is_shown = part == state.sessions.part;
            let look = if is_shown { Look::Chosen } else { Look::Plain };
            let response = ui.add(Button::new(&part.title()).look(look));
            response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_shown, part.name()));
            if response.clicked() {
                state.sessions.part = part;
            }
        }
    });
}
