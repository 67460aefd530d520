//! The last steps as a strip: form and colour say what came of each, the words of one stand beside it. It can be walked
//! through with the arrow keys; one that is pressed shows its reasons.

use egui::{
    EventFilter, Id, Key, Label, Painter, Pos2, Rect, Response, RichText, Sense, Shape, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, accesskit::Action, pos2, vec2,
};

use crate::{
    protocol::{EffectStatus, StepReport},
    ui::{
        catalogue::say,
        theme::{Palette, ROUND_SMALL, palette, size, space, stroke, text},
        widgets::region,
        words,
    },
};

/// So many steps are shown at most.
pub const MOST: usize = 60;
/// The share of the width that they get; the words have the rest.
const SHARE: f32 = 0.6;

/// Draws the steps, oldest first, over the whole width. Gives the step whose reasons are wanted.
pub fn ui(ui: &mut Ui, steps: &[&StepReport], has_reasons: bool) -> Option<u64> {
    let colors = palette(ui);
    let whole = ui.available_rect_before_wrap();
    let slots = Slots::of(whole);
    let shown = &steps[steps.len().saturating_sub(slots.count)..];
    let response = ui.interact(slots.edges, Id::unique("scene_steps"), Sense::click());
    let chosen = chosen(ui, &response, shown);
    let pointed = response.hover_pos().and_then(|at| slots.at(at.x)).filter(|index| *index < shown.len());
    let meant = pointed.or(chosen);
    describe(ui, &response, shown, chosen);
    let painter = ui.painter();
    // Empty it would look like a field to type into.
    if !shown.is_empty() {
        painter.rect_filled(slots.edges, ROUND_SMALL, colors.card);
    }
    for (index, step) in shown.iter().enumerate() {
        mark(painter, colors, slots.center(index), step.effect.status);
    }
    if let Some(index) = meant.filter(|_| pointed.is_some() || response.has_focus()) {
        painter.rect_stroke(slots.slot(index), ROUND_SMALL, stroke(space::HAIR, colors.text), StrokeKind::Inside);
    }
    if response.has_focus() {
        painter.rect_stroke(slots.edges, ROUND_SMALL, stroke(space::HAIR, colors.accent), StrokeKind::Outside);
    }
    let step = meant.and_then(|index| shown.get(index));
    let words = if shown.is_empty() { whole } else { whole.with_min_x(slots.edges.right() + space::S) };
    beside(ui, words, step.copied());
    if let Some(step) = pointed.and_then(|index| shown.get(index)) {
        let words = [in_words(step), words::reason(&step.by, &step.because).into_owned()];
        let words: Vec<String> = words.into_iter().filter(|words| !words.is_empty()).collect();
        response.clone().on_hover_text_at_pointer(words.join("\n"));
    }
    step.filter(|_| has_reasons && response.clicked()).map(|step| step.step)
}

/// Where each step stands.
struct Slots {
    edges: Rect,
    count: usize,
    pitch: f32,
}

impl Slots {
    fn of(whole: Rect) -> Self {
        let room = whole.width() * SHARE;
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few dozen steps"
        )]
        let (pitch, count, width) = {
            let pitch = (room / MOST as f32).clamp(space::S, space::M);
            let count = ((room / pitch).floor().max(1.0) as usize).min(MOST);
            (pitch, count, pitch * count as f32)
        };
        Self { edges: whole.with_max_x(whole.left() + width), count, pitch }
    }

    #[expect(clippy::cast_precision_loss, reason = "a few dozen steps")]
    fn slot(&self, index: usize) -> Rect {
        let left = self.edges.left() + self.pitch * index as f32;
        Rect::from_min_max(pos2(left, self.edges.top()), pos2(left + self.pitch, self.edges.bottom()))
    }

    fn center(&self, index: usize) -> Pos2 {
        self.slot(index).center()
    }

    fn at(&self, x: f32) -> Option<usize> {
        (0..self.count).find(|index| self.slot(*index).x_range().contains(x))
    }
}

/// Every effect has a form of its own, whatever the colours: a disc, a ring, a cross, a triangle.
fn mark(painter: &Painter, colors: &Palette, at: Pos2, status: EffectStatus) {
    let reach = size::POINT;
    match status {
        EffectStatus::Done => {
            painter.circle_filled(at, reach, colors.good);
        }
        EffectStatus::Rejected => {
            painter.circle_stroke(at, reach, stroke(size::COURSE, colors.warn));
        }
        EffectStatus::Failed => {
            for slant in [vec2(reach, reach), vec2(reach, -reach)] {
                painter.line_segment([at - slant, at + slant], stroke(size::ROAD, colors.bad));
            }
        }
        EffectStatus::Uncertain => {
            let corners = [vec2(0.0, -reach), vec2(reach, reach), vec2(-reach, reach)];
            let corners = corners.map(|corner| at + corner).to_vec();
            painter.add(Shape::convex_polygon(corners, colors.warn, Stroke::NONE));
        }
    }
}

/// The place of the step that is walked to, or else of the newest. It stays with its step while others come.
fn chosen(ui: &Ui, response: &Response, shown: &[&StepReport]) -> Option<usize> {
    let newest = shown.len().checked_sub(1)?;
    let kept: Option<u64> = ui.ctx().data(|data| data.get_temp(response.id));
    if !response.has_focus() {
        if kept.is_some() {
            ui.ctx().data_mut(|data| data.remove::<u64>(response.id));
        }
        return Some(newest);
    }
    // The arrows move along the steps and not the focus.
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let at = kept.and_then(|step| shown.iter().position(|shown| shown.step == step)).unwrap_or(newest);
    let to = ui.input(|input| {
        let asked = |action| input.num_accesskit_action_requests(response.id, action);
        let on = input.num_presses(Key::ArrowRight) + asked(Action::Increment);
        let back = input.num_presses(Key::ArrowLeft) + asked(Action::Decrement);
        match (input.key_pressed(Key::Home), input.key_pressed(Key::End)) {
            (true, _) => 0,
            (_, true) => newest,
            _ => (at + on).min(newest).saturating_sub(back),
        }
    });
    if to != at || kept.is_some() {
        // At the end it follows what comes.
        ui.ctx().data_mut(|data| match shown.get(to).filter(|_| to < newest) {
            Some(step) => {
                data.insert_temp(response.id, step.step);
            }
            None => data.remove::<u64>(response.id),
        });
    }
    Some(to)
}

/// A slider over the steps, for whoever cannot see it.
fn describe(ui: &Ui, response: &Response, shown: &[&StepReport], chosen: Option<usize>) {
    let step = chosen.and_then(|index| shown.get(index));
    let words = step.map_or_else(|| say!("run-no-step"), |step| in_words(step));
    #[expect(clippy::cast_precision_loss, reason = "steps of a session")]
    let number = |step: Option<&&StepReport>| step.map_or(0.0, |step| step.step as f64);
    response.widget_info(|| {
        let mut info = WidgetInfo::slider(ui.is_enabled(), number(step), say!("run-steps"));
        info.current_text_value = Some(words.clone());
        info
    });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(number(shown.first()));
        node.set_max_numeric_value(number(shown.last()));
        [Action::Increment, Action::Decrement].into_iter().for_each(|action| node.add_action(action));
    });
}

/// The words of one step behind the strip, as far as there is room.
fn beside(ui: &mut Ui, room: Rect, step: Option<&StepReport>) {
    if room.width() < size::SHARE {
        return;
    }
    let words = step.map_or_else(|| say!("run-no-step"), in_words);
    region(ui, "words", room, |ui| {
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        ui.add_space(space::HAIR);
        ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).truncate());
    });
}

/// What was done in one step, what came of it, and how long it took.
fn in_words(step: &StepReport) -> String {
    let (number, action, took) = (step.step, words::action(&step.action), words::duration(step.took_ms));
    match step.effect.status {
        EffectStatus::Done => say!("run-step-done", step = number, action = action, took = took),
        EffectStatus::Rejected => say!("run-step-refused", step = number, action = action, took = took),
        EffectStatus::Failed => say!("run-step-failed", step = number, action = action, took = took),
        EffectStatus::Uncertain => say!("run-step-unclear", step = number, action = action, took = took),
    }
}

#[cfg(test)]
mod tests {
    use egui_kittest::{
        Harness,
        kittest::{NodeT, Queryable},
    };

    use super::*;
    use crate::{
        protocol::{ActionCall, Effect, LoopName},
        ui::theme,
    };

    fn step(step: u64, status: EffectStatus) -> StepReport {
        StepReport {
            step,
            action: ActionCall::bare("attack"),
            ordered_by: LoopName::Reasoning,
            by: "threat".into(),
            because: "It is open to a blow".into(),
            effect: Effect { status, text: String::new(), score: None, changed: true, whole: None },
            score: None,
            took_ms: 900,
            question: None,
        }
    }

    #[test]
    fn a_step_says_what_came_of_it() {
        assert_eq!(in_words(&step(4, EffectStatus::Done)), "Step 4: attack, done, 0.9\u{a0}s");
        assert_eq!(in_words(&step(5, EffectStatus::Rejected)), "Step 5: attack, refused, 0.9\u{a0}s");
        assert_eq!(in_words(&step(6, EffectStatus::Uncertain)), "Step 6: attack, unclear, 0.9\u{a0}s");
    }

    #[test]
    fn as_many_steps_are_shown_as_can_be_told_apart() {
        let of = |width| Slots::of(Rect::from_min_size(pos2(0.0, 0.0), vec2(width, size::ROW)));
        let (wide, narrow) = (of(1200.0), of(300.0));
        assert_eq!((wide.count, narrow.count), (MOST, 22));
        assert!(wide.edges.width() <= 1200.0 * SHARE + 1.0 && narrow.pitch >= space::S);
        assert_eq!((wide.at(wide.center(7).x), wide.at(1199.0)), (Some(7), None));
    }

    #[test]
    fn the_arrows_walk_through_the_steps_and_enter_asks_for_the_reasons() {
        let steps: Vec<StepReport> = (1..=5).map(|number| step(number, EffectStatus::Done)).collect();
        let mut harness = Harness::builder().with_context_setup(theme::install).build_ui_state(
            move |ui, asked: &mut Option<u64>| {
                let shown: Vec<&StepReport> = steps.iter().collect();
                *asked = super::ui(ui, &shown, true).or(*asked);
            },
            None,
        );
        let name = "Steps of this session";
        let value = |harness: &Harness<'_, Option<u64>>| {
            harness.get_by_label(name).accesskit_node().value().unwrap_or_default()
        };
        assert!(value(&harness).starts_with("Step 5"), "{}", value(&harness));
        harness.get_by_label(name).focus();
        harness.run_steps(2);
        harness.key_press(Key::ArrowLeft);
        harness.run_steps(2);
        harness.key_press(Key::ArrowLeft);
        harness.run_steps(2);
        assert!(value(&harness).starts_with("Step 3"), "{}", value(&harness));
        harness.key_press(Key::Enter);
        harness.run_steps(2);
        assert_eq!(*harness.state(), Some(3));
    }
}
