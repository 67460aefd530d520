//! The learning screen: what decisions cost, what each expert's advice was worth, what was learnt, and what the clock
//! took. After a session its last picture stays.

use egui::{Label, RichText, ScrollArea, Ui};

use super::Wishes;
use crate::{
    protocol::{
        AdviserRegret, Command, Judgement, Lesson, LessonsView, LoopName, NoticeKind, Phase, RegretView, Snapshot,
    },
    ui::{
        catalogue::{said, say},
        icon,
        state::{Screen, State},
        theme::{palette, size, space, text},
        widgets::{
            Button, Column, Look, Row, capitalised, card, costs, dense, part, scrolled, section, sentence, table,
            to_run,
        },
        words,
    },
};

fn adviser_columns() -> [Column; 5] {
    [
        Column::words(say!("learning-column-expert"), 1.6),
        Column::figures(say!("learning-column-judged"), 0.9),
        Column::figures(say!("learning-column-mean"), 1.5),
        Column::figures(say!("learning-column-followed"), 1.9),
        Column::figures(say!("learning-column-lost"), 1.9),
    ]
}

fn lesson_columns() -> [Column; 5] {
    [
        Column::words(say!("learning-column-when"), 0.7),
        Column::words(say!("learning-column-situation"), 2.5),
        Column::words(say!("learning-column-action"), 2.3),
        Column::figures(say!("learning-column-value"), 1.0),
        Column::figures(say!("learning-column-times"), 0.8),
    ]
}

/// So many of the dearest decisions are named.
const DEAREST: usize = 3;

/// Draws one card under the other; the whole of it can be scrolled.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    let kept = state.kept.clone();
    // While it starts nothing is known of it yet.
    let is_idle = snapshot.replay.is_none() && matches!(snapshot.phase, Phase::Idle | Phase::Starting | Phase::Gone);
    let shown = if is_idle { kept.as_deref().unwrap_or(snapshot) } else { snapshot };
    let has_session = !is_idle || kept.is_some();
    scrolled(ui, ScrollArea::vertical().id_salt("learning"), |ui| {
        if regret(ui, state, &shown.regret, has_session) {
            state.screen = Screen::Run;
        }
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
            section(ui, &say!("learning-clock"), |_| {});
            ui.add(Label::new(clock).wrap());
        });
    });
}

/// The newest decision in words, all of them as bars, and the dearest by name; true when somebody wants to go where a
/// session is started.
fn regret(ui: &mut Ui, state: &State, regret: &RegretView, has_session: bool) -> bool {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, &say!("learning-costs"), |_| {});
        dense(ui);
        let Some(newest) = regret.judgements.last() else {
            let words = match (has_session, regret.is_known) {
                (false, _) => say!("learning-costs-to-be"),
                (true, true) => say!("learning-costs-soon"),
                (true, false) => say!("learning-costs-unknown"),
            };
            empty(ui, &words);
            return !has_session && to_run(ui);
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
            weak(ui, &say!("learning-dearest"));
        }
        for judgement in dear.into_iter().take(DEAREST) {
            ui.add(Label::new(said(judgement)).wrap());
        }
        false
    })
    .inner
}

/// Whose advice was worth following.
fn advisers(ui: &mut Ui, advisers: &[AdviserRegret]) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, &say!("learning-advice"), |_| {});
        dense(ui);
        let rows: Vec<Row> = advisers.iter().map(adviser).collect();
        table(ui, &adviser_columns(), &rows);
        weak(ui, &say!("learning-advice-means"));
    });
}

fn adviser(view: &AdviserRegret) -> Row {
    let figure = |points: f64| words::decimal(points, 1);
    Row {
        cells: vec![
            said(&view.title).into_owned(),
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
        section(ui, &say!("learning-lessons"), |_| {});
        dense(ui);
        let is_on = if has_session { view.is_on } else { state.settings.agent.learning };
        if !is_on {
            weak(ui, &say!("learning-is-off"));
        }
        if let Some(trouble) = &view.trouble {
            let words = say!("learning-not-kept", trouble = capitalised(&said(trouble)));
            sentence(ui, icon::WARNING, &words, palette(ui).warn);
        }
        if has_session {
            ui.add(Label::new(words::learnt(view)).wrap());
        } else {
            empty(ui, &say!("learning-lessons-to-be"));
        }
        if !view.rows.is_empty() {
            let is_now = |lesson: &&Lesson| lesson.situation == view.situation;
            let now = view.rows.iter().filter(is_now).map(|lesson| row(lesson, true));
            let others = view.rows.iter().filter(|lesson| !is_now(lesson)).map(|lesson| row(lesson, false));
            let rows: Vec<Row> = now.chain(others).collect();
            table(ui, &lesson_columns(), &rows);
        }
        let newest = state.notices.iter().rev().find(|notice| notice.from == LoopName::Learning.title());
        if let Some(notice) = newest {
            let (symbol, color) = match notice.kind {
                NoticeKind::Information => (icon::CHECK, palette(ui).good),
                NoticeKind::Warning => (icon::WARNING, palette(ui).warn),
            };
            sentence(ui, symbol, &said(&notice.text), color);
        }
        ui.add_space(space::XS);
        // Judgements come late, and with them a card above: who is about to press goes on being heard.
        part(ui, "forgetting", |ui| forgetting(ui, state, has_session && view.total == 0, wishes));
    });
}

fn row(lesson: &Lesson, is_now: bool) -> Row {
    let when = if is_now { say!("learning-now") } else { String::new() };
    Row {
        cells: vec![
            when,
            said(&lesson.situation).into_owned(),
            words::written_action(&lesson.action),
            words::decimal(lesson.value, 1),
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
        let forget = ui.add_enabled(!is_empty, Button::new(&say!("learning-forget")));
        if forget.on_disabled_hover_text(say!("learning-nothing-to-forget")).clicked() {
            state.is_forgetting = true;
        }
        return;
    }
    let environment = state.settings.agent.environment.clone();
    let words = say!("learning-forget-sure", environment = environment.as_str());
    sentence(ui, icon::WARNING, &words, palette(ui).warn);
    ui.horizontal_wrapped(|ui| {
        if ui.add(Button::new(&say!("learning-forget-yes")).look(Look::Danger)).clicked() {
            state.is_forgetting = false;
            wishes.push(Command::ForgetLessons { environment });
        }
        if ui.add(Button::new(&say!("learning-forget-no"))).clicked() {
            state.is_forgetting = false;
        }
    });
}

/// What will stand here.
fn empty(ui: &mut Ui, words: &str) {
    ui.add(Label::new(RichText::new(words).color(palette(ui).weak)).wrap());
}

fn weak(ui: &mut Ui, words: &str) {
    ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).wrap());
}
