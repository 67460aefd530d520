//! The shell around every screen: the rail on the left, the header with Start, Pause and Stop, the status bar below.

use egui::{Align, Align2, Frame, Label, Layout, Panel, RichText, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo};

use super::{Wishes, approval, pause};
use crate::{
    protocol::{Command, Phase, Snapshot, Until, Wellness},
    settings::{Strategy, Theme},
    ui::{
        icon,
        state::{Screen, State},
        theme::{LINE, Palette, ROUND, margins, palette, size, space, stroke, text},
        widgets::{Button, Look, Tint, icon as draw_icon, problem, sentence},
        words,
    },
};

/// Draws the shell, and the screen inside it.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    let frame = Frame::new().fill(palette(ui).frame);
    Panel::left("rail").exact_size(size::RAIL).resizable(false).frame(frame).show(ui, |ui| rail(ui, state, wishes));
    let padded = frame.inner_margin(margins(space::L, space::XS));
    Panel::bottom("status").exact_size(size::STATUS).resizable(false).frame(padded).show(ui, |ui| {
        status(ui, state, snapshot);
    });
    Panel::top("header").exact_size(size::HEADER).resizable(false).frame(padded).show(ui, |ui| {
        header(ui, state, snapshot, wishes);
    });
    let ground = Frame::new().fill(palette(ui).ground).inner_margin(margins(space::L, space::L));
    egui::CentralPanel::default().frame(ground).show(ui, |ui| {
        urgent(ui, state, snapshot, wishes);
        standing(ui, state, snapshot);
        match state.screen {
            Screen::Setup => super::setup::ui(ui, state, snapshot, wishes),
            Screen::Run => super::run::ui(ui, state, snapshot, wishes),
            Screen::Experts => super::experts::ui(ui, state, snapshot),
            Screen::Learning => super::learning::ui(ui, state, snapshot, wishes),
            Screen::Models => super::catalogue::ui(ui, state, snapshot, wishes),
            Screen::Servers => super::servers::ui(ui, state, snapshot, wishes),
            Screen::Sessions => super::sessions::ui(ui, state, snapshot, wishes),
            Screen::Logs => super::logs::ui(ui, state, wishes),
        }
    });
}

/// What stands over the content on every screen: what was refused, what waits for a yes or no, and why nothing goes on.
/// In a very small window it can be scrolled, so that something of the content is left.
fn urgent(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    let is_paused = matches!(snapshot.phase, Phase::Paused { .. });
    // What waited for an answer in the past waits no longer.
    let is_past = snapshot.replay.is_some() && snapshot.phase == Phase::Idle;
    if state.refused.is_none() && (snapshot.approval.is_none() || is_past) && !is_paused {
        return;
    }
    let most = ui.available_height() * 0.75;
    ScrollArea::vertical().id_salt("urgent").auto_shrink([false, true]).max_height(most).show(ui, |ui| {
        refused(ui, state, wishes);
        if !is_past {
            approval::ui(ui, state, snapshot, wishes);
        }
        pause::ui(ui, state, snapshot, wishes);
    });
}

/// What holds as long as one looks: that no session can be started here, that the one that is shown is not kept.
fn standing(ui: &mut Ui, state: &State, snapshot: &Snapshot) {
    let is_where_one_starts = matches!(state.screen, Screen::Setup | Screen::Run);
    if let Some(why) = state.read_only.as_ref().filter(|_| is_where_one_starts) {
        note(ui, &format!("No session can be started here: {why}"));
    }
    if let Some(why) = not_recorded(state, snapshot).filter(|_| state.screen == Screen::Run) {
        note(ui, &format!("This session is not being recorded: {why}"));
    }
}

/// Why the session that is shown is not kept, if that is so; of one that is played again everything is.
fn not_recorded<'a>(state: &'a State, snapshot: &'a Snapshot) -> Option<&'a str> {
    let is_other = snapshot.replay.is_some() || (snapshot.phase == Phase::Idle && state.is_choosing);
    state.shown(snapshot).not_recorded.as_deref().filter(|_| !is_other)
}

fn note(ui: &mut Ui, words: &str) {
    let (ink, wash) = Tint::Warn.colors(palette(ui));
    let frame = Frame::new().fill(wash).corner_radius(ROUND).inner_margin(margins(space::L, space::S));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        sentence(ui, icon::WARNING, words, ink);
    });
    ui.add_space(space::S);
}

fn rail(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    ui.add_space(space::M);
    ui.vertical_centered(|ui| {
        let accent = palette(ui).accent;
        draw_icon(ui, icon::ROBOT, size::ICON_LARGE, accent);
    });
    ui.add_space(space::M);
    ui.spacing_mut().item_spacing.y = 0.0;
    // In a very low window they move together, so that what stands below them keeps its place.
    #[expect(clippy::cast_precision_loss, reason = "a handful of screens")]
    let share = (ui.available_height() - size::BUTTON - 2.0 * space::M) / Screen::ALL.len() as f32;
    let height = share.clamp(size::ICON_LARGE, size::RAIL_ITEM);
    for screen in Screen::ALL {
        let symbol = match screen {
            Screen::Setup => icon::SETUP,
            Screen::Run => icon::RUN,
            Screen::Experts => icon::PULSE,
            Screen::Learning => icon::TARGET,
            Screen::Models => icon::BRAIN,
            Screen::Servers => icon::WRENCH,
            Screen::Sessions => icon::PAST,
            Screen::Logs => icon::SCROLL,
        };
        if rail_item(ui, state.screen == screen, symbol, screen.title(), height) {
            state.screen = screen;
        }
    }
    ui.with_layout(Layout::bottom_up(Align::Center), |ui| {
        ui.add_space(space::M);
        let (symbol, name, next) = match state.settings.window.theme {
            Theme::System => (icon::DESKTOP, "Colours follow the system", Theme::Dark),
            Theme::Dark => (icon::MOON, "Colours are dark", Theme::Light),
            Theme::Light => (icon::SUN, "Colours are light", Theme::System),
        };
        if ui.add(Button::new(name).icon(symbol).look(Look::Quiet).icon_only()).clicked() {
            state.settings.window.theme = next;
            wishes.push(Command::SaveSettings { settings: Box::new(state.settings.clone()) });
        }
    });
}

fn rail_item(ui: &mut Ui, is_chosen: bool, symbol: &str, name: &str, height: f32) -> bool {
    let palette = palette(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), height), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_chosen, name));
    let inner = rect.shrink2(Vec2::new(space::S, space::HAIR));
    let fill = match (is_chosen, response.hovered()) {
        (true, _) => palette.accent_wash,
        (false, true) => palette.hover,
        (false, false) => palette.frame,
    };
    let ink = if is_chosen { palette.accent } else { palette.weak };
    let painter = ui.painter();
    painter.rect_filled(inner, ROUND, fill);
    if response.has_focus() {
        painter.rect_stroke(inner, ROUND, stroke(space::HAIR, palette.accent), egui::StrokeKind::Inside);
    }
    let center = inner.center();
    if height < size::RAIL_WORDS {
        painter.text(center, Align2::CENTER_CENTER, symbol, text::icon(size::ICON_LARGE), ink);
        return response.on_hover_text(name).clicked();
    }
    let above = egui::pos2(center.x, center.y - space::S);
    painter.text(above, Align2::CENTER_CENTER, symbol, text::icon(size::ICON_LARGE), ink);
    let below = egui::pos2(center.x, inner.bottom() - space::M);
    painter.text(below, Align2::CENTER_CENTER, name, text::small(), ink);
    response.clicked()
}

fn header(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.label(RichText::new(state.screen.title()).font(text::title()));
        let phase = RichText::new(phase_words(state, snapshot)).color(palette(ui).weak);
        ui.scope(|ui| {
            // However much there is to say, Stop keeps its place.
            ui.set_max_width((ui.available_width() - size::HEADER_BUTTONS).max(0.0));
            ui.add(Label::new(phase).truncate());
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| start_or_stop(ui, state, snapshot, wishes));
    });
}

fn phase_words(state: &State, snapshot: &Snapshot) -> String {
    match &snapshot.phase {
        Phase::Idle if snapshot.replay.is_some() => "A past session is shown, nothing runs".to_owned(),
        Phase::Idle if state.read_only.is_some() => "This window only shows what is kept".to_owned(),
        Phase::Idle | Phase::Gone => String::new(),
        Phase::Starting => "Starting: checking that everything is there".to_owned(),
        Phase::Paused { why } => words::paused(why),
        Phase::Stopping { waiting_for } => format!("Stopping: waiting for {}", waiting_for.join(", ")),
        Phase::Running => {
            let who = match &state.session {
                Some(started) if started.demo => "the demo answers, not a language model",
                _ => "running",
            };
            format!("Step {}, {} s, {who}", snapshot.step, snapshot.elapsed_ms / 1000)
        }
    }
}

/// Start and Stop share one place, so that Stop is always where the hand already is.
fn start_or_stop(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    match snapshot.phase {
        // A replay has its own controls, and is closed before something new is started.
        Phase::Idle if snapshot.replay.is_some() => {}
        Phase::Idle => {
            let button = Button::new("Start").icon(icon::PLAY).look(Look::Primary).large();
            let why = state.read_only.as_deref().or(state.obstacle());
            let is_checked = !snapshot.checking || state.settings.agent.strategy == Strategy::Heuristic;
            let is_ready = why.is_none() && is_checked;
            let why = why.unwrap_or("The check is still running").to_owned();
            if ui.add_enabled(is_ready, button).on_disabled_hover_text(why).clicked() {
                wishes.push(Command::Start { until: Until::default() });
                state.screen = Screen::Run;
            }
        }
        Phase::Starting | Phase::Running | Phase::Paused { .. } => {
            if ui.add(Button::new("Stop").icon(icon::STOP).look(Look::Danger).large()).clicked() {
                wishes.push(Command::Stop);
            }
            if snapshot.phase == Phase::Running && ui.add(Button::new("Pause").large()).clicked() {
                wishes.push(Command::Pause);
            }
            let step = Button::new("Step").large();
            if snapshot.phase != Phase::Starting && ui.add(step).on_hover_text(pause::STEP).clicked() {
                wishes.push(Command::Step);
            }
        }
        Phase::Stopping { .. } | Phase::Gone => {
            ui.add_enabled(false, Button::new("Stopping").icon(icon::STOP).large());
        }
    }
}

fn status(ui: &mut Ui, state: &State, snapshot: &Snapshot) {
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        let (color, words) = connection_words(ui, state, snapshot);
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(size::LIGHT), Sense::hover());
        ui.painter().circle_filled(rect.center(), size::LIGHT / 2.0, color);
        let (facts, taken) = fitting(ui, facts(state, snapshot), ui.available_width() * 0.65);
        let is_missing = not_recorded(state, snapshot).is_some();
        ui.scope(|ui| {
            ui.set_max_width((ui.available_width() - taken).max(0.0));
            ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).truncate());
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for (index, words) in facts.iter().enumerate() {
                if index > 0 {
                    rule(ui, palette(ui));
                }
                let color = if is_missing && index == 0 { palette(ui).warn } else { palette(ui).weak };
                let label = Label::new(RichText::new(words).font(text::small()).color(color));
                // Several fit, as has been seen to; one alone may be as long as it likes.
                ui.add(if facts.len() == 1 { label.truncate() } else { label });
            }
        });
    });
}

/// What the status bar tells beside the connection, what matters most first.
fn facts(state: &State, snapshot: &Snapshot) -> Vec<String> {
    // The rest of it stands on the Run screen.
    let shortly = |why: &str| format!("Not recorded: {}", why.split(':').next().unwrap_or(why));
    let mut facts: Vec<String> = not_recorded(state, snapshot).map(shortly).into_iter().collect();
    facts.push(format!("Sent off this machine: {}", words::bytes(snapshot.sent_off_machine_bytes)));
    if matches!(snapshot.phase, Phase::Paused { .. }) {
        facts.push("Paused".to_owned());
    }
    let spending = &state.shown(snapshot).spending;
    if words::costs_money(spending) {
        facts.push(format!("Spent: {}", words::spent_shortly(spending)));
    }
    facts.push(format!("Open requests: {}", snapshot.connection.requests));
    facts.extend(snapshot.connection.last_good_ms.map(|age_ms| format!("Last good answer {} ago", age(age_ms))));
    if let Some(loading) = &snapshot.loading {
        facts.push(format!("Loading {}, {} s", loading.model, loading.elapsed_ms / 1000));
    }
    facts
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
    (facts, taken.min(room))
}

fn connection_words(ui: &Ui, state: &State, snapshot: &Snapshot) -> (egui::Color32, String) {
    let palette = palette(ui);
    if snapshot.checking {
        return (palette.accent, "Checking the connection".to_owned());
    }
    if let Some(answering) = &snapshot.connection.answering {
        return (palette.warn, answering.clone());
    }
    // What a look since a good check has shown is newer than the check; a bad check speaks for itself.
    let was_well = state.report.as_ref().is_some_and(|report| report.verdict != Wellness::Unhealthy);
    if let Some(trouble) = snapshot.connection.trouble.as_ref().filter(|_| was_well) {
        return (palette.bad, format!("Trouble: {trouble}"));
    }
    let Some(report) = &state.report else { return (palette.weak, "Not checked yet".to_owned()) };
    let color = match report.verdict {
        Wellness::Healthy => palette.good,
        Wellness::Degraded => palette.warn,
        Wellness::Unhealthy => palette.bad,
    };
    let who = report.server.product.title();
    let words = match report.verdict {
        Wellness::Unhealthy => format!("Not ready: {}", report.endpoint),
        _ => format!("{who} answers at {}: {}", report.endpoint, report.verdict.word()),
    };
    (color, words)
}

/// `4 s`, `3 min`.
fn age(ms: u64) -> String {
    match ms / 1000 {
        seconds @ 0..120 => format!("{seconds} s"),
        seconds => format!("{} min", seconds / 60),
    }
}

fn rule(ui: &mut Ui, palette: &Palette) {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(LINE, size::ICON), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, palette.line);
}

/// What was refused last stays until it is closed or overtaken.
fn refused(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    let Some(refused) = state.refused.clone() else { return };
    ui.horizontal_top(|ui| {
        let room = ui.available_width() - size::BUTTON - space::S;
        ui.vertical(|ui| {
            ui.set_width(room);
            if let Some(fix) = problem(ui, Tint::Bad, &refused) {
                state.wish_for(fix, wishes);
                state.refused = None;
            }
        });
        if ui.add(Button::new("Close this message").icon(icon::CLOSE).look(Look::Quiet).icon_only()).clicked() {
            state.refused = None;
        }
    });
    ui.add_space(space::S);
}
