//! Two sessions beside each other: what they came to figure by figure, and how their scores went.

use egui::Ui;

use super::{Wishes, small, weak};
use crate::{
    protocol::Moment,
    ui::{
        icon,
        state::{
            State,
            sessions::{Beside, Compared, Opened, both_scores, compared},
        },
        theme::{palette, space},
        widgets::{Button, Column, Row, Span, card, choice, moments, plot, section, table},
        words::kept,
    },
};

const FIGURES: [Column; 4] = [
    Column::words("Figure", 1.4),
    Column::figures("This session", 1.6),
    Column::figures("The other one", 1.6),
    Column::figures("Difference", 1.6),
];

/// So many sessions are offered; a search brings others among them.
const OFFERED: usize = 100;

/// Draws the choice of the other session, or both beside each other.
pub fn ui(ui: &mut Ui, state: &mut State, opened: &Opened, wishes: &mut Wishes) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        let mut is_over = false;
        section(ui, "Comparison", |ui| {
            is_over = ui.add(Button::new("End the comparison").icon(icon::CLOSE)).clicked();
        });
        if is_over {
            state.sessions.beside = Beside::Nobody;
            return;
        }
        choose(ui, state, opened, wishes);
        match &state.sessions.beside {
            Beside::Nobody | Beside::Choosing => weak(ui, "Both will stand beside each other, figure by figure"),
            // What was refused is said at the top of the window.
            Beside::Reading { .. } if state.refused.is_some() => weak(ui, "It could not be read; why is said above"),
            Beside::Reading { .. } => weak(ui, "The other session is being read"),
            Beside::Shown(other) => both(ui, opened, other),
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
        weak(ui, "There is no other session in the list to compare it with");
        return;
    }
    let current = match &state.sessions.beside {
        Beside::Reading { session } => Some(session.clone()),
        Beside::Shown(other) => Some(other.file.line.session.clone()),
        Beside::Nobody | Beside::Choosing => None,
    };
    let name = |session: &Option<String>| {
        let Some(session) = session else { return "Choose a session".to_owned() };
        let line = list.lines.iter().find(|line| line.session == *session);
        line.map_or_else(|| session.clone(), |line| kept::name(line, now))
    };
    if let Some(Some(session)) = choice(ui, "Compare with", &current, &offered, name) {
        wishes.push(state.sessions.compare_with(&session));
    }
}

fn both(ui: &mut Ui, opened: &Opened, other: &Opened) {
    let now = Moment::now();
    small(ui, &format!("This session: {}", kept::name(&opened.file.line, now)), palette(ui).text);
    small(ui, &format!("The other one: {}", kept::name(&other.file.line, now)), palette(ui).text);
    ui.add_space(space::XS);
    let rows: Vec<Row> = compared(opened, other).iter().map(row).collect();
    table(ui, &FIGURES, &rows);
    weak(ui, "The difference is that of this session from the other one; times are those in the middle");
    ui.add_space(space::S);
    let scores = both_scores(opened, other);
    let span = Span::new(opened.total_ms.max(other.total_ms));
    plot(ui, &scores, span, None);
    moments(ui, span);
}

fn row(compared: &Compared) -> Row {
    let [name, one, other, difference] = compared;
    let sentence = format!("{name}: this session {one}, the other one {other}; {difference}");
    Row { cells: compared.to_vec(), sentence, hover: String::new() }
}
