//! The status bar: who answers and how that stands, what matters beside it, and the ways to messages and commands.

use std::time::Duration;

use egui::{
    Align, Align2, Color32, Label, Layout, RichText, Role, Sense, StrokeKind, Ui, Vec2, WidgetInfo, accesskit::Live,
    pos2,
};

use super::{hint, not_recorded};
use crate::{
    protocol::{ExpertState, Phase, Snapshot, Wellness},
    ui::{
        catalogue::{said, say},
        icon,
        screens::{Wishes, connection as connected},
        state::{State, shortcuts::Deed},
        theme::{LINE, ROUND_SMALL, palette, size, space, stroke, text},
        widgets::{live, steady},
        words,
    },
};

/// The share of the bar that facts may take beside the connection.
const FACTS: f32 = 0.7;
/// As often as what is said at rest can change by itself.
const A_MINUTE: Duration = Duration::from_secs(60);

/// Draws the status bar.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    let mut pressed = None;
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        let (color, words) = connection(ui, state, snapshot);
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(size::LIGHT), Sense::hover());
        ui.painter().circle_filled(rect.center(), size::LIGHT / 2.0, color);
        let buttons = buttons_width(ui, state);
        let now = Busy::of(snapshot);
        // That it is quiet is said at once, or it would say otherwise than what stands above it.
        let busy = if now == Busy::default() { now } else { steady(ui, "busy", now) };
        if snapshot.phase == Phase::Idle && snapshot.connection.last_good_ms.is_some() {
            ui.ctx().request_repaint_after(A_MINUTE);
        }
        let (facts, taken) = fitting(ui, facts(state, snapshot, &busy), (ui.available_width() - buttons) * FACTS);
        let is_missing = not_recorded(state, snapshot).is_some();
        ui.scope(|ui| {
            ui.set_max_width((ui.available_width() - taken - buttons).max(0.0));
            let words = RichText::new(words).font(text::small()).color(palette(ui).weak);
            live(&ui.add(Label::new(words).truncate()), Live::Polite);
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            pressed = buttons_at_the_end(ui, state);
            for (index, words) in facts.iter().enumerate() {
                rule(ui);
                let color = if is_missing && index == 0 { palette(ui).warn } else { palette(ui).weak };
                let label = Label::new(RichText::new(words).font(text::small()).color(color));
                // Several fit, as has been seen to; one alone may be as long as it likes.
                ui.add(if facts.len() == 1 { label.truncate() } else { label });
            }
        });
    });
    if let Some(deed) = pressed {
        let focused = ui.memory(egui::Memory::focused);
        deed.carry_out(state, snapshot, wishes, focused);
    }
}

/// What changes many times a second while a session runs.
#[derive(Clone, Default, PartialEq)]
struct Busy {
    waiting: u64,
    requests: usize,
    tokens_a_second: Option<String>,
}

impl Busy {
    fn of(snapshot: &Snapshot) -> Self {
        // Those who wait and speak in what is played again did so then.
        let is_now = snapshot.replay.is_none();
        Self {
            waiting: if is_now { waiting(snapshot) } else { 0 },
            requests: snapshot.connection.requests,
            tokens_a_second: tokens_a_second(snapshot).filter(|_| is_now).map(|tokens| words::decimal(tokens, 0)),
        }
    }
}

/// What is told beside the connection, what matters most first.
fn facts(state: &State, snapshot: &Snapshot, busy: &Busy) -> Vec<String> {
    // The rest of it stands on the Run screen.
    let shortly = |why: &str| {
        let why = said(why);
        say!("shell-not-recorded-shortly", why = why.split(':').next().unwrap_or(&why))
    };
    let mut facts: Vec<String> = not_recorded(state, snapshot).map(shortly).into_iter().collect();
    facts.push(say!("shell-sent", bytes = words::bytes(snapshot.sent_off_machine_bytes)));
    let spending = &state.shown(snapshot).spending;
    if words::costs_money(spending) {
        facts.push(say!("shell-spent", sum = words::spent_shortly(spending)));
    }
    if busy.waiting > 0 {
        facts.push(say!("shell-waiting", count = busy.waiting));
    }
    if let Some(tokens) = &busy.tokens_a_second {
        facts.push(say!("shell-tokens", tokens = tokens.as_str()));
    }
    if let Some(loading) = &snapshot.loading {
        facts.push(say!("shell-loading", model = loading.model.clone(), seconds = loading.elapsed_ms / 1000));
    }
    facts.push(say!("shell-open-requests", count = busy.requests));
    facts.extend(state.last_good_age(snapshot).map(|age| last_good(age, snapshot.phase == Phase::Idle)));
    facts
}

/// Questions that wait for a place, as the providers count them, or the experts.
fn waiting(snapshot: &Snapshot) -> u64 {
    let queued = snapshot.experts.iter().filter(|expert| expert.state == ExpertState::Queued).count();
    let counted = snapshot.providers.iter().map(|provider| provider.waiting).sum();
    u64::try_from(queued).unwrap_or(u64::MAX).max(counted)
}

/// What all that are answering now say together; `None` while nobody does, or nobody knows.
fn tokens_a_second(snapshot: &Snapshot) -> Option<f64> {
    let is_talking = |state| matches!(state, ExpertState::Thinking | ExpertState::Answering);
    let talking = snapshot.experts.iter().filter(|expert| is_talking(expert.state));
    talking.filter_map(|expert| expert.tokens_per_second).reduce(|sum, speed| sum + speed)
}

/// As many facts as there is room for, at least the first even if it has to be cut, and the room that they take.
fn fitting(ui: &Ui, mut facts: Vec<String>, room: f32) -> (Vec<String>, f32) {
    let gap = 2.0 * space::S + LINE;
    let mut taken = 0.0;
    let mut count = 0;
    for fact in &facts {
        let words = ui.painter().layout_no_wrap(fact.clone(), text::small(), palette(ui).weak);
        let with_it = taken + words.size().x + gap;
        if count > 0 && with_it > room {
            break;
        }
        (taken, count) = (with_it, count + 1);
    }
    facts.truncate(count);
    (facts, taken.min(room.max(0.0)))
}

/// The colour of the light, and who answers.
fn connection(ui: &Ui, state: &State, snapshot: &Snapshot) -> (Color32, String) {
    let palette = palette(ui);
    if snapshot.checking {
        return (palette.accent, say!("shell-checking"));
    }
    if let Some(answering) = &snapshot.connection.answering {
        return (palette.warn, said(answering).into_owned());
    }
    // What a look since a good check has shown is newer than the check; a bad check speaks for itself.
    let was_well = state.report.as_ref().is_some_and(|report| report.verdict != Wellness::Unhealthy);
    if let Some(trouble) = snapshot.connection.trouble.as_ref().filter(|_| was_well) {
        return (palette.bad, say!("shell-trouble", trouble = said(trouble)));
    }
    let Some(report) = &state.report else { return (palette.weak, say!("shell-unchecked")) };
    let (who, place) = (connected::who(report.server.product), report.endpoint.clone());
    match report.verdict {
        Wellness::Healthy => (palette.good, say!("shell-answers-well", who = who, place = place)),
        Wellness::Degraded => (palette.warn, say!("shell-answers-somehow", who = who, place = place)),
        Wellness::Unhealthy => (palette.bad, say!("shell-not-ready", place = place)),
    }
}

/// `4 s`, `3 min`. At rest nobody draws every second for it.
fn last_good(age: Duration, is_at_rest: bool) -> String {
    match age.as_secs() {
        0..60 if is_at_rest => say!("shell-last-good-now"),
        seconds @ 0..120 if !is_at_rest => say!("shell-last-good-seconds", seconds = seconds),
        seconds => say!("shell-last-good-minutes", minutes = seconds / 60),
    }
}

fn rule(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(LINE, size::ICON), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, palette(ui).line);
}

/// The messages at the right end, and before them the commands; gives what was pressed.
fn buttons_at_the_end(ui: &mut Ui, state: &State) -> Option<Deed> {
    let mut pressed = None;
    let unread = state.messages.unread();
    let name = if unread == 0 { say!("shell-messages") } else { say!("shell-messages-new", count = unread) };
    if button(ui, icon::MESSAGES, &name, &count_words(unread), &Deed::ShowMessages) {
        pressed = Some(Deed::ShowMessages);
    }
    if button(ui, icon::COMMANDS, &say!("shell-commands"), "", &Deed::ShowPalette) {
        pressed = Some(Deed::ShowPalette);
    }
    pressed
}

fn count_words(unread: u64) -> String {
    if unread == 0 { String::new() } else { unread.to_string() }
}

/// What both buttons take together, with the gap before them.
fn buttons_width(ui: &Ui, state: &State) -> f32 {
    let width = |words: &str| button_width(ui, words) + space::S;
    width(&count_words(state.messages.unread())) + width("")
}

fn button_width(ui: &Ui, words: &str) -> f32 {
    let least = size::ICON + 2.0 * space::XS;
    if words.is_empty() {
        return least;
    }
    let galley = ui.painter().layout_no_wrap(words.to_owned(), text::small(), palette(ui).accent);
    least + galley.size().x + space::XS
}

/// A button that fits into the bar: an icon, and behind it a word or two in the colour of what is new.
fn button(ui: &mut Ui, symbol: &str, name: &str, words: &str, deed: &Deed) -> bool {
    let palette = palette(ui);
    let wanted = Vec2::new(button_width(ui, words), size::ROW);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    let is_hot = response.hovered() || response.has_focus();
    let ink = if words.is_empty() && !is_hot { palette.weak } else { palette.accent };
    let painter = ui.painter();
    if is_hot {
        painter.rect_filled(rect, ROUND_SMALL, palette.hover);
    }
    if response.has_focus() {
        painter.rect_stroke(rect, ROUND_SMALL, stroke(space::HAIR, palette.accent), StrokeKind::Inside);
    }
    let middle = pos2(rect.left() + space::XS + size::ICON / 2.0, rect.center().y);
    painter.text(middle, Align2::CENTER_CENTER, symbol, text::icon(size::ICON), ink);
    let end = pos2(rect.right() - space::XS, rect.center().y);
    painter.text(end, Align2::RIGHT_CENTER, words, text::small(), ink);
    response.on_hover_text(hint(ui, name, deed)).clicked()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    use crate::protocol::{Connection, ExpertView, ProviderView};

    fn expert(state: ExpertState, tokens_per_second: Option<f64>) -> ExpertView {
        ExpertView { state, tokens_per_second, ..ExpertView::default() }
    }

    #[test]
    fn those_who_talk_are_summed_up_and_those_who_wait_are_counted_once() {
        let experts = vec![
            expert(ExpertState::Answering, Some(20.0)),
            expert(ExpertState::Thinking, Some(12.5)),
            expert(ExpertState::Done, Some(99.0)),
            expert(ExpertState::Queued, None),
            expert(ExpertState::Queued, None),
        ];
        let providers = vec![ProviderView { waiting: 2, ..ProviderView::default() }];
        let snapshot = Snapshot { experts, providers, ..Snapshot::default() };
        assert_eq!((waiting(&snapshot), tokens_a_second(&snapshot)), (2, Some(32.5)));
        assert_eq!((waiting(&Snapshot::default()), tokens_a_second(&Snapshot::default())), (0, None));
    }

    #[test]
    fn what_matters_most_comes_first() {
        let snapshot = Snapshot {
            not_recorded: Some("The disk is full: no room".into()),
            phase: Phase::Running,
            sent_off_machine_bytes: 4200,
            ..Snapshot::default()
        };
        let facts = facts(&State::default(), &snapshot, &Busy::of(&snapshot));
        assert_eq!(facts, ["Not recorded: The disk is full", "Sent off this machine: 4.2\u{a0}kB", "Open requests: 0"]);
    }

    #[test]
    fn an_answer_grows_old_also_while_no_news_come() {
        let connection = Connection { last_good_ms: Some(30_000), ..Connection::default() };
        let snapshot = Snapshot { connection, ..Snapshot::default() };
        let shown_since = Instant::now().checked_sub(Duration::from_secs(180));
        assert!(shown_since.is_some());
        let state = State { shown_since, ..State::default() };
        let facts = facts(&state, &snapshot, &Busy::of(&snapshot));
        assert_eq!(facts.last().map(String::as_str), Some("Last good answer 3\u{a0}min ago"));
    }

    #[test]
    fn what_is_long_ago_is_said_in_minutes() {
        let said = |age_s, is_at_rest| last_good(Duration::from_secs(age_s), is_at_rest);
        assert_eq!(said(4, false), "Last good answer 4\u{a0}s ago");
        assert_eq!(said(119, false), "Last good answer 119\u{a0}s ago");
        assert_eq!(
            (said(180, false), said(59, true)),
            (said(180, true), "Last good answer less than a minute ago".to_owned())
        );
        assert_eq!(said(60, true), "Last good answer 1\u{a0}min ago");
        assert_eq!(said(180, true), "Last good answer 3\u{a0}min ago");
    }
}
