//! Words for what takes its time, and after a moment for how long it has taken.

use std::time::Duration;

use egui::{Id, Ui};

use crate::ui::{catalogue::say, words};

/// Whatever is over sooner needs no figure. Seconds.
const SHORT_S: f64 = 1.0;
/// Whoever has not looked for so long may have missed the beginning of something else. Seconds.
const AWAY_S: f64 = 1.5;
/// How often it is said anew. More often would be an animation.
const TICK: Duration = Duration::from_secs(1);

/// Since when it has been seen, and when last. Seconds on the window's clock.
#[derive(Clone, Copy)]
struct Watch {
    began_s: f64,
    seen_s: f64,
}

impl Watch {
    fn next(before: Option<Self>, now_s: f64) -> Self {
        let same = before.filter(|before| now_s - before.seen_s < AWAY_S);
        Self { began_s: same.map_or(now_s, |before| before.began_s), seen_s: now_s }
    }
}

/// `The list is being read`, and later `The list is being read, 3 s`; it is drawn again soon.
pub fn under_way(ui: &Ui, words: &str) -> String {
    let id: Id = ui.scope_id().with(("under-way", words));
    let now_s = ui.input(|input| input.time);
    let watch = Watch::next(ui.data(|data| data.get_temp::<Watch>(id)), now_s);
    ui.data_mut(|data| data.insert_temp(id, watch));
    ui.ctx().request_repaint_after(TICK);
    let waited_s = now_s - watch.began_s;
    if waited_s < SHORT_S {
        return words.to_owned();
    }
    let waited = Duration::try_from_secs_f64(waited_s).unwrap_or_default();
    let took = words::whole_seconds(u64::try_from(waited.as_millis()).unwrap_or(u64::MAX));
    say!("shell-under-way", words = words, took = took)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_timed_from_when_it_was_first_seen_and_anew_after_a_while() {
        let first = Watch::next(None, 10.0);
        let later = Watch::next(Some(first), 11.0);
        let said = |watch: Watch| format!("{} {}", watch.began_s, watch.seen_s);
        assert_eq!(said(later), "10 11");
        assert_eq!(said(Watch::next(Some(later), 12.5)), "12.5 12.5", "nobody looked: it may be another one");
    }

    #[test]
    fn what_takes_longer_has_a_figure_that_changes_once_a_second() {
        let ctx = egui::Context::default();
        crate::ui::theme::install(&ctx);
        let said = |time: f64| {
            let mut said = String::new();
            let input = egui::RawInput { time: Some(time), ..egui::RawInput::default() };
            let drawn = ctx.run_ui(input, |ui| said = under_way(ui, "Being read"));
            drawn.drop_without_applying_deltas();
            said
        };
        let all = [0.0, 0.2, 1.2, 1.9, 2.4].map(said);
        let (later, last) = ("Being read, 1\u{a0}s", "Being read, 2\u{a0}s");
        assert_eq!(all, ["Being read", "Being read", later, later, last]);
    }
}
