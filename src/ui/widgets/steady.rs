//! What changes with every frame is said anew once a second: a screen reader is told of every change of a name, and
//! nobody can listen to sixty a second.

use std::time::Duration;

use egui::{AsIdSalt, Label, Response, Role, Ui, WidgetInfo};

/// The least time between two changes. Seconds.
const EVERY_S: f64 = 1.0;

#[derive(Clone)]
struct Kept<T> {
    value: T,
    /// Since when this is said, on the window's clock. Seconds.
    since_s: f64,
}

/// What is so now, or what was so a moment ago. The name is one that nothing else beside it has.
pub fn steady<T>(ui: &Ui, name: impl AsIdSalt, now: T) -> T
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let id = ui.scope_id().with(("steady", name));
    let now_s = ui.input(|input| input.time);
    if let Some(kept) = ui.data(|data| data.get_temp::<Kept<T>>(id)) {
        if kept.value == now {
            return now;
        }
        let left_s = EVERY_S - (now_s - kept.since_s);
        if left_s > 0.0 {
            // What was so last is said in the end, though nothing moves any more.
            ui.ctx().request_repaint_after(Duration::from_secs_f64(left_s));
            return kept.value;
        }
    }
    ui.data_mut(|data| data.insert_temp(id, Kept { value: now.clone(), since_s: now_s }));
    now
}

/// A label that shows these words at once and is named by them once a second.
pub fn moving_label(ui: &mut Ui, name: impl AsIdSalt, label: Label, words: &str) -> Response {
    let said = steady(ui, name, words.to_owned());
    // Every line of what can be marked is told to screen readers too.
    let response = ui.add(label.selectable(false));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), &said));
    response
}

#[cfg(test)]
mod tests {
    use egui_kittest::{Harness, kittest::Queryable};

    use super::*;
    use crate::ui::theme;

    /// What is shown, and how often it was said otherwise than in the frame before.
    #[derive(Default)]
    struct Heard {
        count: u64,
        said: u64,
        changes: usize,
    }

    #[test]
    fn however_often_it_changes_it_is_said_once_a_second_and_the_last_in_the_end() {
        let mut harness = Harness::builder().with_step_dt(0.1).build_ui_state(
            |ui, heard: &mut Heard| {
                let said = steady(ui, "count", heard.count);
                heard.changes += usize::from(said != heard.said);
                heard.said = said;
            },
            Heard::default(),
        );
        for _ in 0..50 {
            harness.state_mut().count += 1;
            harness.run_steps(1);
        }
        let changes = harness.state().changes;
        assert!((4..=7).contains(&changes), "{changes} in five seconds");
        harness.run_steps(11);
        assert_eq!(harness.state().said, 50);
    }

    #[test]
    fn a_label_that_moves_has_the_name_of_a_moment_ago() {
        let mut harness = Harness::builder().with_step_dt(0.1).with_context_setup(theme::install).build_ui_state(
            |ui, words: &mut String| {
                moving_label(ui, "words", Label::new(words.as_str()), words);
            },
            "one".to_owned(),
        );
        harness.run_steps(1);
        *harness.state_mut() = "one two".to_owned();
        harness.run_steps(11);
        harness.get_by_label("one two");
        *harness.state_mut() = "one two three".to_owned();
        harness.run_steps(2);
        harness.get_by_label("one two");
        harness.run_steps(11);
        harness.get_by_label("one two three");
    }
}
