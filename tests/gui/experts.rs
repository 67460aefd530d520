//! The experts screen, and a session that stands still.

use std::time::Duration;

use egui_kittest::kittest::Queryable;
use singularis::protocol::{Command, Moment, PauseReason, Phase, Snapshot, StandingView};

use crate::{
    desk::Desk,
    samples::{asking, running},
};

fn spent() -> Phase {
    Phase::Paused { why: PauseReason::Budget { words: "The budget of $5.00 is used up".into() } }
}

fn looking_at(snapshot: Snapshot) -> Desk {
    let mut desk = Desk::ready();
    desk.press("Experts");
    desk.show(snapshot);
    desk
}

#[test]
fn time_worth_standing_and_cost_are_all_on_one_screen() {
    let desk = looking_at(asking());
    insta::assert_snapshot!("experts", desk.outline());
    assert_eq!(desk.nameless(), Vec::<String>::new());
    let lane =
        "2 asked; the last one: queued 0.2\u{a0}s, first token after 1.4\u{a0}s, 18 tokens, 3\u{a0}s in all, under way";
    desk.harness.get_by_label_contains(lane);
    desk.harness
        .get_by_label_contains("1 asked; the last one: queued 6.0\u{a0}s, no token came, 10.0\u{a0}s in all, failed");
}

#[test]
fn before_a_session_every_part_says_what_it_is_for() {
    let mut desk = Desk::ready();
    desk.press("Experts");
    insta::assert_snapshot!("experts_before_a_session", desk.outline());
    desk.harness.get_by_label_contains("each expert has a lane here");
    desk.harness.get_by_label_contains("Local only: nothing leaves this machine");
    desk.harness.get_by_label("No model was asked");
    desk.harness.get_by_label("Nothing was sent off this machine");
}

#[test]
fn a_price_that_nobody_knows_is_said_to_be_unknown() {
    let mut desk = looking_at(asking());
    desk.harness.get_by_label("at least $0.12; 3 calls of unknown price");
    desk.harness.get_by_label_contains(
        "gemini-2.5-flash, Gemini: 3 calls, 1500 tokens of prompts, 300 of answers, cost unknown",
    );
    desk.harness.get_by_label_contains("mean time 4.2\u{a0}s, tokens 2200, cost unknown");
    desk.press("Run");
    desk.harness.get_by_label("Spent: at least $0.12");
}

#[test]
fn a_provider_that_is_left_alone_says_until_when_and_why() {
    let until = Moment::now().after(Duration::from_secs(1200));
    let mut snapshot = asking();
    snapshot.providers[1].standing = StandingView::Paused { until, why: "The quota of the day is used up".into() };
    let desk = looking_at(snapshot);
    let words = format!("Left alone until {}: The quota of the day is used up", until.clock(Moment::now()));
    desk.harness.get_by_label(&words);
    let busy = "0 of 10 under way, 3 waiting; in the last minute 14 of 60 requests and 5200 tokens";
    desk.harness.get_by_label(busy);
}

#[test]
fn after_a_session_its_last_picture_stays() {
    let mut desk = looking_at(asking());
    desk.show(Snapshot::default());
    desk.harness.get_by_label("the last session, as it ended");
    desk.harness.get_by_label_contains("Lane of Threat (expert.threat)");
    desk.harness.get_by_label("navigation changed nothing in 12 decisions");
}

#[test]
fn at_twice_the_size_nothing_sticks_out_to_the_right() {
    for (width, height) in [(1280.0, 764.0), (1024.0, 664.0), (640.0, 382.0), (512.0, 332.0)] {
        let mut desk = Desk::of_size(width, height);
        desk.show(Snapshot { phase: spent(), ..asking() });
        desk.press("Experts");
        assert_eq!(desk.beyond(width), Vec::<String>::new(), "at {width} by {height}");
    }
}

#[test]
fn the_narrator_is_heard_on_the_run_screen_and_named() {
    let mut desk = Desk::ready();
    desk.press("Run");
    desk.show(asking());
    desk.harness.get_by_label("The agent stands before a wolf and is wounded");
    desk.harness.get_by_label("qwen/qwen3-8b, step 4");
}

#[test]
fn a_session_can_be_paused_and_goes_on_when_somebody_says_so() {
    let mut desk = Desk::ready();
    desk.show(running());
    desk.press("Pause");
    assert_eq!(desk.sent(), [Command::Pause]);
    desk.show(Snapshot { phase: spent(), ..running() });
    desk.press("Run");
    desk.harness.get_by_label("The session is paused");
    desk.harness.get_by_label("The budget of $5.00 is used up");
    assert!(desk.harness.query_by_label("Pause").is_none());
    assert_eq!(desk.nameless(), Vec::<String>::new());
    desk.press("Go on");
    desk.press("Stop");
    assert_eq!(desk.sent(), [Command::Resume { word: None }, Command::Stop]);
    desk.show(Snapshot { phase: Phase::Paused { why: PauseReason::Person }, ..running() });
    desk.harness.get_by_label("Somebody pressed Pause");
}
