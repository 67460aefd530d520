//! Two sessions beside each other: what they came to figure by figure, and how their scores went.

use std::sync::Arc;

use egui::Ui;

use super::{Wishes, weak};
use crate::{
    protocol::Moment,
    ui::{
        catalogue::say,
        icon,
        state::{
            State,
            sessions::{Beside, Compared, Opened, SessionsState, compared},
        },
        theme::space,
        widgets::{Button, Column, Row, Span, card, choice, moments, plot, section, table, under_way},
        words::kept,
    },
};

/// So many sessions are offered; a search brings others among them.
const OFFERED: usize = 100;

/// Draws the choice of the other session, or both beside each other.
pub fn ui(ui: &mut Ui, state: &mut State, opened: &Arc<Opened>, wishes: &mut Wishes) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        let mut is_over = false;
        section(ui, &say!("sessions-comparison"), |ui| {
            is_over = ui.add(Button::new(&say!("sessions-end-comparison")).icon(icon::CLOSE)).clicked();
        });
        if is_over {
            state.sessions.beside = Beside::Nobody;
            return;
        }
        choose(ui, state, opened, wishes);
        match state.sessions.beside.clone() {
            Beside::Nobody | Beside::Choosing => weak(ui, &say!("sessions-beside-each-other")),
            // What was refused is said at the top of the window.
            Beside::Reading { .. } if state.refused.is_some() => weak(ui, &say!("sessions-not-read")),
            Beside::Reading { .. } => {
                let words = under_way(ui, &say!("sessions-other-being-read"));
                weak(ui, &words);
            }
            Beside::Shown(other) => both(ui, &mut state.sessions, opened, &other),
        }
    });
}

fn choose(ui: &mut Ui, state: &mut State, opened: &Opened, wishes: &mut Wishes) {
    let Some(list) = state.sessions.list.clone() else { return };
    let now = Moment::now();
    let own = &opened.file.line.session;
    let others = list.lines.iter().filter(|line| line.session != *own).take(OFFERED);
    let offered: Vec<Option<String>> = others.map(|line| Some(line.session.clone())).collect();
    if offered.is_empty() {
        weak(ui, &say!("sessions-no-other"));
        return;
    }
    let current = match &state.sessions.beside {
        Beside::Reading { session } => Some(session.clone()),
        Beside::Shown(other) => Some(other.file.line.session.clone()),
        Beside::Nobody | Beside::Choosing => None,
    };
    let name = |session: &Option<String>| {
        let Some(session) = session else { return say!("sessions-choose-other") };
        let line = list.lines.iter().find(|line| line.session == *session);
        line.map_or_else(|| session.clone(), |line| kept::name(line, now))
    };
    if let Some(Some(session)) = choice(ui, &say!("sessions-compare-with"), &current, &offered, name) {
        wishes.push(state.sessions.compare_with(&session));
    }
}

fn both(ui: &mut Ui, sessions: &mut SessionsState, opened: &Arc<Opened>, other: &Arc<Opened>) {
    let rows: Vec<Row> = compared(opened, other).iter().map(row).collect();
    table(ui, &columns(), &rows);
    weak(ui, &say!("sessions-difference-is"));
    ui.add_space(space::S);
    let scores = sessions.scores(opened, other);
    let span = Span::new(opened.total_ms.max(other.total_ms));
    plot(ui, &scores, span, None);
    moments(ui, span);
}

fn columns() -> [Column; 4] {
    [
        Column::words(say!("sessions-figure"), 1.8),
        Column::figures(say!("sessions-this-one"), 1.6),
        Column::figures(say!("sessions-other-one"), 1.6),
        Column::figures(say!("sessions-difference"), 1.3),
    ]
}

fn row(compared: &Compared) -> Row {
    let [name, one, other, difference] = compared.each_ref().map(String::as_str);
    let sentence = say!("sessions-compared", name = name, one = one, other = other, difference = difference);
    Row { cells: compared.to_vec(), sentence, hover: String::new() }
}
