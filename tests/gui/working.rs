//! Sessions with tools and on the desktop, as they go on.

use egui_kittest::kittest::Queryable;
use singularis::protocol::{
    ActionCall, DesktopView, EffectStatus, EnvironmentView, PictureView, Snapshot, ToolCallView, ToolsView,
};

use crate::{desk::Desk, samples::running};

fn picture(number: u64) -> PictureView {
    PictureView { number, width: 8, height: 6, rgb: vec![90; 8 * 6 * 3].into() }
}

pub fn tools() -> ToolsView {
    let call = |number, status, text: &str| ToolCallView {
        number,
        call: ActionCall::with("buy", "item", "bread"),
        status,
        text: text.into(),
        took_ms: 1400,
    };
    ToolsView {
        server: "shop".into(),
        product: "Corner shop 1.2".into(),
        state: "answers".into(),
        tools: 3,
        text: "The basket holds bread".into(),
        calls: vec![
            call(1, Some(EffectStatus::Done), "It is in the basket"),
            call(2, Some(EffectStatus::Rejected), "There is no such bread"),
            call(3, None, ""),
        ],
        progress: Some("half of it is baked".into()),
        errors: vec!["the oven is hot".into()],
        picture: Some(picture(1)),
        ..ToolsView::default()
    }
}

pub fn desktop() -> DesktopView {
    DesktopView {
        source: "Doom".into(),
        is_dry_run: true,
        state: "looking".into(),
        width: 640,
        height: 480,
        looks: 9,
        changes: 4,
        changed_share: 0.25,
        acts: (1..=6).map(|number| format!("press key {number}")).collect(),
        pointer: Some((320, 240)),
        profile: "shooter".into(),
        stop_key: "ctrl+alt+q".into(),
        picture: Some(picture(1)),
        ..DesktopView::default()
    }
}

fn showing(environment: EnvironmentView, width: f32, height: f32) -> Desk {
    let mut desk = Desk::of_size(width, height);
    desk.press("Run");
    desk.show(Snapshot { environment, ..running() });
    desk
}

#[test]
fn calls_are_shown_with_what_came_of_them() {
    let mut desk = showing(EnvironmentView::Tools(Box::new(tools())), 1280.0, 1200.0);
    desk.harness.get_by_label("Corner shop 1.2 · answers · 3 tools");
    desk.harness.get_by_label("1. buy bread");
    desk.harness.get_by_label("done, 1.4\u{a0}s");
    desk.harness.get_by_label("It is in the basket");
    desk.harness.get_by_label("refused, nothing happened, 1.4\u{a0}s");
    desk.harness.get_by_label("under way");
    desk.harness.get_by_label("half of it is baked");
    desk.harness.get_by_label("Seen now");
    desk.harness.get_by_label("The basket holds bread");
    desk.harness.get_by_label("Picture that shop gave");
    assert!(desk.harness.query_by_label("the oven is hot").is_none(), "it is behind its heading");
    desk.press("Its error output");
    desk.harness.get_by_label("the oven is hot");
    assert_eq!(desk.nameless(), Vec::<String>::new());
}

#[test]
fn a_dry_run_says_so_and_what_it_would_have_done() {
    let desk = showing(EnvironmentView::Desktop(Box::new(desktop())), 1280.0, 764.0);
    desk.harness.get_by_label("Dry run: nothing is sent");
    desk.harness.get_by_label("Picture of Doom; the agent pointed at 320, 240");
    let looks = "Doom · 640 x 480 · 9 looks, 4 showed something new · 25\u{a0}% of the last one · keys of shooter";
    desk.harness.get_by_label(looks);
    desk.harness.get_by_label("It would have done");
    desk.harness.get_by_label("press key 6");
    assert!(desk.harness.query_by_label("press key 2").is_none(), "the last ones are enough");
}

#[test]
fn live_control_says_what_is_held_and_how_to_stop_it() {
    let live = DesktopView { is_dry_run: false, held: vec!["w".into(), "left button".into()], ..desktop() };
    let mut desk = showing(EnvironmentView::Desktop(Box::new(live)), 1280.0, 764.0);
    desk.harness.get_by_label("Live: keys and mouse are really used; ctrl+alt+q stops it");
    desk.harness.get_by_label("Held down: w, left button");
    desk.harness.get_by_label("It did");
    let next = DesktopView { picture: Some(picture(2)), pointer: None, ..desktop() };
    desk.show(Snapshot { environment: EnvironmentView::Desktop(Box::new(next)), ..running() });
    desk.harness.get_by_label("Picture of Doom");
}

#[test]
fn a_picture_that_is_not_what_it_says_is_not_drawn_and_nothing_breaks() {
    let broken = PictureView { width: 4000, ..picture(3) };
    let view = DesktopView { picture: Some(broken), ..desktop() };
    let desk = showing(EnvironmentView::Desktop(Box::new(view)), 1280.0, 764.0);
    desk.harness.get_by_label("Dry run: nothing is sent");
}

#[test]
fn nothing_sticks_out_in_a_small_window() {
    for (width, height) in [(1280.0, 764.0), (1024.0, 700.0), (640.0, 382.0)] {
        for environment in [EnvironmentView::Tools(Box::new(tools())), EnvironmentView::Desktop(Box::new(desktop()))] {
            let desk = showing(environment, width, height);
            let beyond = desk.beyond(width);
            let is_of_it = |name: &String| name.contains("bread") || name.contains("Doom") || name.contains("sent");
            assert!(!beyond.iter().any(is_of_it), "at {width} by {height}: {beyond:?}");
        }
    }
}
