//! The learning screen: what decisions cost, what each expert's advice was worth, what was learnt, and what the clock
//! took. After a session its last picture stays.

use egui::{Label, RichText, ScrollArea, Ui};

use super::Wishes;
use crate::{
    protocol::{
        AdviserRegret, Command, Judgement, Lesson, LessonsView, LoopName, NoticeKind, Phase, RegretView, Snapshot,
    },
    ui::{
        icon,
        state::State,
        theme::{palette, size, space, text},
        widgets::{Button, Column, Look, Row, capitalised, card, costs, dense, section, sentence, table},
        words,
    },
};

const ADVISERS: [Column; 5] = [
    Column::words("Expert", 1.8),
    Column::figures("Judged", 0.9),
    Column::figures("Mean cost", 1.2),
    Column::figures("Cost where followed", 2.0),
    Column::figures("Lost by overruling", 1.9),
];

const LESSONS: [Column; 5] = [
    Column::words("When", 0.7),
    Column::words("Situation", 2.6),
    Column::words("Action", 2.4),
    Column::figures("Value", 0.8),
    Column::figures("Times", 0.8),
];

/// So many of the dearest decisions are named.
const DEAREST: usize = 3;

/// Draws one card under the other; the whole of it can be scrolled.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    let kept = state.kept.clone();
    // While it starts nothing is known of it yet.
    let is_idle = snapshot.replay.is_none() && matches!(snapshot.phase, Phase::Idle | Phase::Starting | Phase::Gone);
    let shown = if is_idle { kept.as_deref().unwrap_or(snapshot) } else { snapshot };
    let has_session = !is_idle || kept.is_some();
    ScrollArea::vertical().id_salt("learning").auto_shrink(false).show(ui, |ui| {
        ui.set_width(ui.available_width() - space::M);
        regret(ui, state, &shown.regret, has_session);
        ui.add_space(space::S);
        if !shown.regret.advisers.is_empty() {
            advisers(ui, &shown.regret.advisers);
            ui.add_space(space::S);
        }
        lessons(ui, state, &shown.lessons, has_session, wishes);
        ui.add_space(space::S);
        let has_clock = shown.clock.waits || shown.clock.turn_ms > 0;
        let clock = if has_clock { words::clock(&shown.clock) } else { words::clock_to_be(&state.settings.agent) };
        card(ui, |ui| {
            ui.set_width(ui.available_width());
            section(ui, "The clock", |_| {});
            ui.add(Label::new(clock).wrap());
        });
    });
}

/// The newest decision in words, all of them as bars, and the dearest by name.
fn regret(ui: &mut Ui, state: &State, regret: &RegretView, has_session: bool) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, "What decisions cost", |_| {});
        dense(ui);
        let Some(newest) = regret.judgements.last() else {
            let words = match (has_session, regret.is_known) {
                (false, _) => {
                    "Once a session runs, each decision has a bar here: the points of the final score that are out of \
                     reach since, measured against the best play from there"
                }
                (true, true) => "The first decision is still being judged; then its bar appears here",
                (true, false) => "This environment cannot tell what a decision cost: its best play is not known",
            };
            weak(ui, words);
            return;
        };
        // Judging may lag behind what is done.
        let is_last = state.steps.back().is_none_or(|step| step.step == newest.step);
        let words = if is_last { words::this_decision(newest) } else { words::that_decision(newest) };
        ui.add(Label::new(RichText::new(words).font(text::heading())).wrap());
        ui.add(Label::new(words::regret_in_all(regret)).wrap());
        ui.add_space(space::XS);
        let said = |judgement: &Judgement| words::judged(judgement, &state.steps);
        costs(ui, &regret.judgements, said);
        let mut dear: Vec<&Judgement> =
            regret.judgements.iter().filter(|judgement| !words::is_free(judgement.cost)).collect();
        dear.sort_by(|one, other| other.cost.total_cmp(&one.cost));
        if !dear.is_empty() {
            ui.add_space(space::XS);
            weak(ui, "The dearest");
        }
        for judgement in dear.into_iter().take(DEAREST) {
            ui.add(Label::new(said(judgement)).wrap());
        }
    });
}

/// Whose advice was worth following.
fn advisers(ui: &mut Ui, advisers: &[AdviserRegret]) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, "What advice was worth", |_| {});
        dense(ui);
        let rows: Vec<Row> = advisers.iter().map(adviser).collect();
        table(ui, &ADVISERS, &rows);
        weak(ui, "In points of the final score; lost by overruling is what decisions cost beyond its proposals");
    });
}

fn adviser(view: &AdviserRegret) -> Row {
    let figure = |points: f64| format!("{points:.1}");
    Row {
        cells: vec![
            view.title.clone(),
            view.judged.to_string(),
            figure(view.mean_cost),
            figure(view.cost_followed),
            figure(view.lost_by_overruling),
        ],
        sentence: words::adviser(view),
        hover: String::new(),
    }
}

/// What was learnt, that of the present situation first, and the way to forget it.
fn lessons(ui: &mut Ui, state: &mut State, view: &LessonsView, has_session: bool, wishes: &mut Wishes) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, "What was learnt", |_| {});
        dense(ui);
        let is_on = if has_session { view.is_on } else { state.settings.agent.learning };
        if !is_on {
            weak(ui, "Learning is off: nothing is learnt, and nothing that was learnt is shown to the models");
        }
        if let Some(trouble) = &view.trouble {
            let words = format!("{}, so it is not kept for the next session", capitalised(trouble));
            sentence(ui, icon::WARNING, &words, palette(ui).warn);
        }
        if has_session {
            ui.add(Label::new(words::learnt(view)).wrap());
        } else {
            weak(ui, "Once a session runs, it says here what each action has been worth, and in which situation");
        }
        if !view.rows.is_empty() {
            let is_now = |lesson: &&Lesson| lesson.situation == view.situation;
            let now = view.rows.iter().filter(is_now).map(|lesson| row(lesson, true));
            let others = view.rows.iter().filter(|lesson| !is_now(lesson)).map(|lesson| row(lesson, false));
            let rows: Vec<Row> = now.chain(others).collect();
            table(ui, &LESSONS, &rows);
        }
        let newest = state.notices.iter().rev().find(|notice| notice.from == LoopName::Learning.title());
        if let Some(notice) = newest {
            let (symbol, color) = match notice.kind {
                NoticeKind::Information => (icon::CHECK, palette(ui).good),
                NoticeKind::Warning => (icon::WARNING, palette(ui).warn),
            };
            sentence(ui, symbol, &notice.text, color);
        }
        ui.add_space(space::XS);
        forgetting(ui, state, has_session && view.total == 0, wishes);
    });
}

fn row(lesson: &Lesson, is_now: bool) -> Row {
    let when = if is_now { "now" } else { "" };
    Row {
        cells: vec![
            when.to_owned(),
            lesson.situation.clone(),
            words::written_action(&lesson.action),
            format!("{:.1}", lesson.value),
            lesson.times.to_string(),
        ],
        sentence: words::lesson(lesson, is_now),
        hover: String::new(),
    }
}

/// Forgetting loses something for good, so it is asked once more.
fn forgetting(ui: &mut Ui, state: &mut State, is_empty: bool, wishes: &mut Wishes) {
    // Buttons among dense lines keep their size.
    ui.spacing_mut().interact_size.y = size::BUTTON;
    if !state.is_forgetting {
        let forget = ui.add_enabled(!is_empty, Button::new("Forget what was learnt"));
        if forget.on_disabled_hover_text("Nothing has been learnt yet").clicked() {
            state.is_forgetting = true;
        }
        return;
    }
    let environment = state.settings.agent.environment.clone();
    let words = format!("Everything that was learnt about the environment {environment} will be lost for good");
    sentence(ui, icon::WARNING, &words, palette(ui).warn);
    ui.horizontal_wrapped(|ui| {
        if ui.add(Button::new("Forget it for good").look(Look::Danger)).clicked() {
            state.is_forgetting = false;
            wishes.push(Command::ForgetLessons { environment });
        }
        if ui.add(Button::new("Keep it")).clicked() {
            state.is_forgetting = false;
        }
    });
}

fn weak(ui: &mut Ui, words: &str) {
    ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).wrap());
}
