//! The bar over the Run screen while a past session is played again: which one, where in it, and the ways through it.

use egui::{Align, Frame, Label, Layout, RichText, Role, Slider, Ui, WidgetInfo, vec2};

use super::Wishes;
use crate::{
    protocol::{Approval, Command, Playback, ReplayView},
    ui::{
        catalogue::say,
        icon,
        theme::{ROUND, margins, palette, size, space, text},
        widgets::{Button, Look, Tint, choice, icon as draw_icon, moving_label, part, sentence, steady},
        words,
    },
};

/// How quick it can be played; 1 is as quick as it was.
const SPEEDS: [f64; 7] = [0.25, 0.5, 1.0, 2.0, 4.0, 16.0, 64.0];

/// Draws the bar; what is pressed goes to whoever plays. The goal tells people which session it is.
pub fn bar(ui: &mut Ui, view: &ReplayView, goal: &str, wishes: &mut Wishes) {
    let mut wish = |playback| wishes.push(Command::Playback { playback });
    let (ink, wash) = Tint::Calm.colors(palette(ui));
    let frame = Frame::new().fill(wash).corner_radius(ROUND).inner_margin(margins(space::L, space::S));
    let contents = |ui: &mut Ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            draw_icon(ui, icon::REPEAT, size::ICON_LARGE, ink);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.add(Button::new(&say!("sessions-close-replay")).icon(icon::CLOSE)).clicked() {
                    wish(Playback::Close);
                }
                if let Some(times) = speed(ui, view.speed) {
                    wish(Playback::Speed { times });
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let title = say!("sessions-replay-of", session = view.session.as_str());
                    let title = RichText::new(title).font(text::strong());
                    ui.add(Label::new(title).truncate());
                    ui.add(Label::new(RichText::new(goal).font(text::small()).color(palette(ui).weak)).truncate());
                });
            });
        });
        let wished = if ui.available_width() < size::PAIR {
            let way = ui.horizontal_wrapped(|ui| ways(ui, view)).inner;
            way.or(ui.horizontal(|ui| moment(ui, view)).inner)
        } else {
            ui.horizontal(|ui| {
                let way = ways(ui, view);
                way.or(moment(ui, view))
            })
            .inner
        };
        if let Some(playback) = wished {
            wish(playback);
        }
    };
    part(ui, "replay", |ui| frame.show(ui, contents));
    ui.add_space(space::S);
}

/// What waited for a person then. Nothing can be answered any more.
pub fn asked(ui: &mut Ui, approval: &Approval) {
    let words = say!("sessions-asked-then", action = words::action(&approval.action));
    let ink = palette(ui).warn;
    sentence(ui, icon::HAND, &words, ink);
}

/// Play or pause, and step by step.
fn ways(ui: &mut Ui, view: &ReplayView) -> Option<Playback> {
    let mut wanted = None;
    let (words, symbol, playback) = if view.is_playing {
        (say!("sessions-pause"), icon::PAUSE, Playback::Pause)
    } else {
        (say!("sessions-play"), icon::PLAY, Playback::Play)
    };
    if ui.add(Button::new(&words).icon(symbol).look(Look::Primary)).clicked() {
        wanted = Some(playback);
    }
    let is_at_the_end = view.at_ms >= view.total_ms;
    for (words, back, is_possible) in
        [(say!("sessions-previous-step"), true, view.at_ms > 0), (say!("sessions-next-step"), false, !is_at_the_end)]
    {
        if ui.add_enabled(is_possible, Button::new(&words)).clicked() {
            wanted = Some(Playback::Step { back });
        }
    }
    wanted
}

/// The whole of the session as a slider, and the moment in words behind it; gives the moment to go to.
fn moment(ui: &mut Ui, view: &ReplayView) -> Option<Playback> {
    let words = in_words(view.at_ms, view.total_ms);
    // As long as it can become, so that the rail does not change under the pointer.
    let longest = in_words(view.total_ms, view.total_ms);
    let said = ui.painter().layout_no_wrap(longest, text::small(), palette(ui).text).size().x;
    // While it is played, the moment is told once a second.
    let told_ms = if view.is_playing { steady(ui, "moment", view.at_ms) } else { view.at_ms };
    let mut at_ms = view.at_ms;
    // One step of the arrow keys is one point of the rail, so a long session is crossed as quickly as a short one.
    let slider = Slider::new(&mut at_ms, 0..=view.total_ms.max(1)).step_by(0.0).show_value(false).trailing_fill(true);
    ui.spacing_mut().slider_width = (ui.available_width() - said - space::S - space::XS).max(size::FIELD / 2.0);
    let played = palette(ui).accent;
    let response = ui
        .scope(|ui| {
            // What a slider is filled with otherwise is the ground of this bar.
            ui.visuals_mut().selection.bg_fill = played;
            ui.add(slider)
        })
        .inner;
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Slider, ui.is_enabled(), say!("sessions-replay-moment"));
        info.current_text_value = Some(in_words(told_ms, view.total_ms));
        info
    });
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of a session")]
    let told = told_ms as f64;
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_numeric_value(told));
    let label = Label::new(RichText::new(&words).font(text::small())).truncate();
    // It ends where the button above it does.
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if view.is_playing {
            moving_label(ui, "words", label, &words);
        } else {
            ui.add(label);
        }
    });
    (at_ms != view.at_ms).then_some(Playback::Seek { at_ms })
}

/// How quick it is played; gives the new speed if there is one.
fn speed(ui: &mut Ui, current: f64) -> Option<f64> {
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(vec2(size::SPEED, size::BUTTON), layout, |ui| {
        choice(ui, &say!("sessions-speed"), &current, &SPEEDS, |times| words::kept::speed(*times))
    })
    .inner
}

/// `12.4 s of 1 min 01 s`.
fn in_words(at_ms: u64, total_ms: u64) -> String {
    let (at, total) = (words::kept::moment(at_ms), words::kept::moment(total_ms));
    say!("sessions-replay-at", at = at, total = total)
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, rc::Rc};

    use egui_kittest::{Harness, kittest::Queryable};

    use super::*;
    use crate::{
        protocol::{ActionCall, LoopName, Risk},
        ui::theme,
    };

    fn view() -> ReplayView {
        let session = "s-0195abc".to_owned();
        ReplayView { session, speed: 1.0, at_ms: 12_400, total_ms: 61_000, ..ReplayView::default() }
    }

    /// The bar in a window of its own, and what was pressed on it.
    fn shown(view: ReplayView, width: f32) -> (Harness<'static>, Rc<RefCell<Wishes>>) {
        let wishes = Rc::new(RefCell::new(Wishes::new()));
        let heard = Rc::clone(&wishes);
        let harness = Harness::builder()
            .with_size(egui::vec2(width, 600.0))
            .with_context_setup(theme::install)
            .build_ui(move |ui| bar(ui, &view, "Fell the wolf", &mut heard.borrow_mut()));
        (harness, wishes)
    }

    fn heard(wishes: &Rc<RefCell<Wishes>>) -> Vec<Playback> {
        let wishes = wishes.borrow_mut().drain(..).collect::<Vec<_>>();
        wishes
            .into_iter()
            .map(|wish| match wish {
                Command::Playback { playback } => playback,
                other => panic!("{other:?} is no playback"),
            })
            .collect()
    }

    #[test]
    fn the_bar_says_where_it_is_and_every_button_is_heard() {
        let (mut harness, wishes) = shown(view(), 900.0);
        harness.run_steps(2);
        harness.get_by_label_contains("Replay of s-0195abc");
        harness.get_by_label("Fell the wolf");
        assert_eq!(harness.get_by_label("Moment").value().as_deref(), Some("12.4\u{a0}s of 1\u{a0}min 01\u{a0}s"));
        for (name, expected) in [
            ("Play", Playback::Play),
            ("Previous step", Playback::Step { back: true }),
            ("Next step", Playback::Step { back: false }),
            ("Close the replay", Playback::Close),
        ] {
            harness.get_by_label(name).click();
            harness.run_steps(2);
            assert_eq!(heard(&wishes), [expected], "{name}");
        }
        let (mut harness, wishes) = shown(ReplayView { is_playing: true, ..view() }, 900.0);
        harness.get_by_label("Pause").click();
        harness.run_steps(2);
        assert_eq!(heard(&wishes), [Playback::Pause]);
    }

    #[test]
    fn the_moment_is_chosen_with_the_slider_also_from_outside_and_by_keys() {
        let (mut harness, wishes) = shown(view(), 900.0);
        harness.get_by_label("Moment").set_value_accesskit(30_000.0);
        harness.run_steps(1);
        assert_eq!(heard(&wishes).first(), Some(&Playback::Seek { at_ms: 30_000 }));
        harness.get_by_label("Moment").focus();
        harness.run_steps(2);
        wishes.borrow_mut().clear();
        harness.key_press(egui::Key::ArrowLeft);
        harness.run_steps(1);
        let heard = heard(&wishes);
        assert!(matches!(heard[..], [Playback::Seek { at_ms: 0..12_400 }]), "{heard:?}");
    }

    #[test]
    fn at_its_ends_there_is_no_step_beyond() {
        for (at_ms, name) in [(0, "Previous step"), (61_000, "Next step")] {
            let (mut harness, wishes) = shown(ReplayView { at_ms, ..view() }, 900.0);
            harness.get_by_label(name).click();
            harness.run_steps(2);
            assert!(heard(&wishes).is_empty(), "{name}");
        }
    }

    #[test]
    fn a_speed_is_chosen_from_the_list() {
        let (mut harness, wishes) = shown(view(), 900.0);
        harness.get_by_label("Speed").click();
        harness.run_steps(3);
        harness.get_by_label("4×").click();
        harness.run_steps(2);
        assert_eq!(heard(&wishes), [Playback::Speed { times: 4.0 }]);
    }

    #[test]
    fn in_a_narrow_window_and_without_any_length_all_of_it_is_there() {
        let (mut harness, wishes) = shown(ReplayView { at_ms: 0, total_ms: 0, ..view() }, 480.0);
        harness.run_steps(2);
        for name in ["Play", "Moment", "Close the replay", "Speed"] {
            let edges = harness.get_by_label(name).rect();
            assert!(edges.left() >= 0.0 && edges.right() <= 480.0, "{name} stands at {edges:?}");
        }
        assert!(heard(&wishes).is_empty(), "nothing is wished for by itself");
    }

    #[test]
    fn what_was_asked_then_is_told_and_cannot_be_answered() {
        let approval = Approval {
            id: 1,
            action: ActionCall::bare("open_gate"),
            risk: Risk::Destructive,
            ordered_by: LoopName::Reasoning,
            by: String::new(),
            because: String::new(),
            server: None,
            waits_ms: 1,
        };
        let harness = Harness::builder().with_context_setup(theme::install).build_ui(move |ui| asked(ui, &approval));
        harness.get_by_label_contains("may this be done: open gate");
    }
}
