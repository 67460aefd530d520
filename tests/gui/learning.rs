//! The learning screen, and what decisions cost on the run screen.

use egui_kittest::kittest::Queryable;
use singularis::{
    protocol::{ActionCall, ClockView, Command, Event, Phase, RegretView, Snapshot},
    settings::{AgentSettings, Settings},
};

use crate::{
    desk::Desk,
    samples::running,
    scenes::{judged, lessons, step},
};

fn looking_at(snapshot: Snapshot) -> Desk {
    let mut desk = Desk::high();
    desk.press("Learning");
    desk.tell(step(4, ActionCall::bare("attack")));
    desk.show(snapshot);
    desk
}

#[test]
fn before_a_session_every_part_says_what_will_appear() {
    let mut desk = Desk::ready();
    desk.press("Learning");
    insta::assert_snapshot!("learning_before_a_session", desk.outline());
    desk.harness.get_by_label_contains("Once a session runs, each decision has a bar here");
    desk.harness.get_by_label_contains("it says here what each action has been worth");
    desk.harness.get_by_label("The world waits while the models think");
    assert!(desk.is_enabled("Forget what was learnt"), "there may be some from earlier sessions");
    assert_eq!(desk.nameless(), Vec::<String>::new());
}

#[test]
fn cost_advice_lessons_and_clock_are_on_one_screen() {
    let desk = looking_at(judged());
    insta::assert_snapshot!("learning", desk.outline());
    assert_eq!(desk.nameless(), Vec::<String>::new());
    desk.harness.get_by_label("This decision cost 3.1 points");
    let cost = "6.3 points in all, over 3 judged decisions, 1 of them as far as it was searched; best play from here still \
                reaches 92";
    desk.harness.get_by_label(cost);
    desk.harness.get_by_label("Step 4: attack cost 3.1 points (best play from here still reaches 92)");
    let unproved =
        "Step 1 cost 3.2 points, as far as it was searched (the best play that was found from here reaches 92)";
    desk.harness.get_by_label(unproved);
    let plot = "What decisions cost, steps 1 to 4: the dearest, step 1, cost 3.2 points, as far as it was \
                searched";
    desk.harness.get_by_label(plot);
    desk.harness.get_by_label(
        "threat: 3 judged proposals, its advice would have cost 1.2 points on average; following it cost 3.1 points, \
         overruling it lost nothing",
    );
    desk.harness.get_by_label("Now, combat, wolf, health low: attack is worth 3.2 points, tried 5 times");
    desk.harness.get_by_label("town, by day: go to Farm is worth 1.5 points, tried 1 time");
    desk.harness.get_by_label("12 lessons in all, 2 of them shown; in this session something was learnt from 4 steps");
    desk.harness.get_by_label("A turn takes 10\u{a0}s, 3 of 12 decisions came too late, 5 turns were lost");
}

#[test]
fn where_nothing_is_judged_it_is_said_why() {
    let desk = looking_at(running());
    desk.harness.get_by_label_contains("This environment cannot tell what a decision cost");
    let regret = RegretView { is_known: true, ..RegretView::default() };
    let desk = looking_at(Snapshot { regret, ..running() });
    desk.harness.get_by_label_contains("The first decision is still being judged");
}

#[test]
fn learning_that_is_off_or_not_kept_is_said_to_be() {
    let mut view = lessons();
    view.is_on = false;
    view.trouble = Some("the disk is full".into());
    let desk = looking_at(Snapshot { lessons: view, ..running() });
    desk.harness.get_by_label_contains("Learning is off");
    desk.harness.get_by_label("The disk is full, so it is not kept for the next session");
}

#[test]
fn what_was_learnt_is_forgotten_only_after_a_second_question() {
    let mut desk = looking_at(judged());
    desk.press("Forget what was learnt");
    assert_eq!(desk.sent(), Vec::<Command>::new());
    desk.harness.get_by_label("Everything that was learnt about the environment world will be lost for good");
    desk.press("Keep it");
    desk.press("Forget what was learnt");
    desk.press("Forget it for good");
    assert_eq!(desk.sent(), [Command::ForgetLessons { environment: "world".into() }]);
    desk.tell(Event::LessonsForgotten { environment: "world".into(), lessons: 12 });
    desk.harness.get_by_label("12 lessons about the environment world were forgotten");
    assert!(desk.harness.query_by_label("Forget it for good").is_none());
}

#[test]
fn whoever_is_about_to_keep_it_does_so_though_a_judgement_comes_first() {
    let regret = RegretView { is_known: true, ..RegretView::default() };
    let mut desk = looking_at(Snapshot { regret, lessons: lessons(), ..running() });
    desk.press("Forget what was learnt");
    desk.harness.get_by_label("Keep it").focus();
    desk.harness.run_steps(2);
    desk.show(judged());
    desk.harness.get_by_label("What advice was worth");
    assert!(desk.harness.get_by_label("Keep it").is_focused());
}

#[test]
fn the_clock_is_told_from_the_settings_until_a_session_runs() {
    let agent = AgentSettings { world_waits: false, turn_s: 2.5, ..AgentSettings::default() };
    let mut desk = Desk::with(Settings { agent, ..Settings::default() });
    desk.press("Learning");
    desk.harness.get_by_label("A turn takes 2.5\u{a0}s, whether anybody has decided or not");
    desk.show(Snapshot { clock: ClockView { waits: true, ..ClockView::default() }, ..running() });
    desk.harness.get_by_label("The world waits while the models think");
}

#[test]
fn the_run_screen_says_what_the_decision_and_each_proposal_cost() {
    let mut desk = looking_at(judged());
    desk.press("Run");
    insta::assert_snapshot!("run_with_costs", desk.outline());
    desk.harness.get_by_label("This decision cost 3.1 points");
    desk.harness.get_by_label("threat: attack · cost 3.1");
    desk.harness.get_by_label("navigation: go to Farm · would have cost 0.5");
    desk.harness.get_by_label("What it cost");
    desk.harness.get_by_label("Step 4: attack cost 3.1 points (best play from here still reaches 92)");
    desk.harness.get_by_label_contains("last action: talk, cost 3.1 points");
    let mut late = judged();
    late.regret.judgements.pop();
    desk.show(late);
    assert!(desk.harness.query_by_label("This decision cost 3.1 points").is_none(), "it is not judged yet");
    desk.harness.get_by_label("threat: attack");
}

#[test]
fn after_a_session_its_costs_stay() {
    let mut desk = looking_at(judged());
    desk.show(Snapshot { phase: Phase::Idle, ..Snapshot::default() });
    desk.harness.get_by_label("This decision cost 3.1 points");
}

#[test]
fn nothing_sticks_out_to_the_right() {
    for (screen, width, height) in [
        ("Learning", 1280.0, 764.0),
        ("Learning", 1024.0, 700.0),
        ("Learning", 640.0, 382.0),
        ("Learning", 512.0, 332.0),
        ("Run", 1280.0, 764.0),
        ("Run", 1024.0, 700.0),
    ] {
        let mut desk = Desk::of_size(width, height);
        desk.show(judged());
        desk.press(screen);
        assert_eq!(desk.beyond(width), Vec::<String>::new(), "{screen} at {width} by {height}");
    }
}
