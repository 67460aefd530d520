//! Whole sessions on a desktop that is made up.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tokio::time::timeout;

use super::{
    fake::Fake,
    machine::Activity,
    place::{Control, DesktopEnvironment, Parts},
    taking::{Means, take, watch},
    *,
};
use crate::{
    environment::{EnvironmentError, Want},
    protocol::{ActionCall, Effect, EffectStatus, EnvironmentView, OpenKind, Outcome, Risk},
};

const ENOUGH: Duration = Duration::from_secs(20);

/// A live session, and what the session around it was told.
struct Session {
    fake: Fake,
    place: DesktopEnvironment,
    keys: HeldKeys,
    told: Arc<Mutex<Vec<String>>>,
    /// Whether the session around it is paused.
    paused: Arc<AtomicBool>,
}

fn settings(is_live: bool) -> DesktopSettings {
    DesktopSettings {
        live: is_live,
        settle_ms: 1,
        press_ms: 10,
        countdown_s: 0,
        hands_off_s: 0.0,
        ..DesktopSettings::default()
    }
}

fn around(stop: &CancellationToken, told: &Arc<Mutex<Vec<String>>>) -> Surroundings {
    let (paused, stopped) = (Arc::clone(told), Arc::clone(told));
    let hooks = Hooks {
        pause: Arc::new(move |reason| paused.lock().unwrap().push(format!("pause: {}", reason.words()))),
        stop: Arc::new(move |words| stopped.lock().unwrap().push(format!("stop: {words}"))),
        ..Hooks::default()
    };
    Surroundings { hooks, stop: stop.clone(), guardian: None, profiles: None }
}

async fn dry(fake: &Fake, settings: &DesktopSettings) -> DesktopEnvironment {
    let around = around(&CancellationToken::new(), &Arc::default());
    open_on(&fake.machine(), settings, &around, None).await.unwrap()
}

/// Everything but the second process.
async fn live(fake: &Fake, settings: &DesktopSettings) -> Result<Session, Box<Problem>> {
    let (machine, told, stop) = (fake.machine(), Arc::default(), CancellationToken::new());
    let (mut around, paused) = (around(&stop, &told), Arc::new(AtomicBool::new(false)));
    let is_paused = Arc::clone(&paused);
    around.hooks.is_paused = Arc::new(move || is_paused.load(Ordering::SeqCst));
    let keys = HeldKeys::default();
    let vigil = Vigil::new(keys.clone(), around.hooks.clone(), &stop, &settings.stop_key);
    let sentry = watch(Arc::new(fake.clone()), &vigil, &settings.stop_key).await?;
    let source = located(&machine, &settings.source).await?;
    let tell: Tell = Arc::new(|_| Ok(()));
    let means = Means::of(&machine)?;
    let control = take(&machine, means, settings, &source, (None, tell), (keys.clone(), &vigil)).await?;
    let looker = Looker::new(machine.eyes, &settings.source, settings.most_px, settings.look_every_ms);
    let control = Control::Live(Box::new(control));
    let parts = Parts { looker, control, vigil, sentry: Some(sentry), profile: None, keys: keys.clone() };
    let place = DesktopEnvironment::new(settings, parts).await.unwrap();
    Ok(Session { fake: fake.clone(), place, keys, told, paused })
}

fn call(name: &str, arguments: &Value) -> ActionCall {
    ActionCall { name: name.to_owned(), arguments: arguments.as_object().cloned().unwrap_or_default() }
}

async fn act(place: &mut DesktopEnvironment, name: &str, arguments: Value) -> Effect {
    act_within(place, name, arguments, ENOUGH).await
}

async fn act_within(place: &mut DesktopEnvironment, name: &str, arguments: Value, limit: Duration) -> Effect {
    let Value::Object(arguments) = arguments else { panic!("arguments are an object") };
    let (call, stop) = (ActionCall { name: name.to_owned(), arguments }, CancellationToken::new());
    timeout(limit, place.act(&call, &stop)).await.unwrap().unwrap()
}

/// What was sent once the calibration was over.
fn sent_since(fake: &Fake, before: usize) -> Vec<String> {
    fake.sent().split_off(before)
}

#[tokio::test]
async fn a_dry_run_sends_nothing_whatever_is_asked_for() {
    let fake = Fake::default();
    let mut place = dry(&fake, &settings(false)).await;
    assert!(place.actions().iter().all(|spec| spec.risk == Risk::ReadOnly));
    for (name, arguments) in [
        ("key", json!({"key": "w"})),
        ("hold", json!({"key": "w", "ms": 500})),
        ("type", json!({"text": "hello"})),
        ("click", json!({"x": 5, "y": 6})),
        ("move", json!({"x": 5, "y": 6})),
        ("look", json!({"right": 5, "down": 6})),
        ("drag", json!({"from_x": 5, "from_y": 6, "to_x": 7, "to_y": 8})),
        ("scroll", json!({"down": 5})),
        ("wait", json!({"ms": 1})),
    ] {
        let effect = act(&mut place, name, arguments).await;
        assert_eq!(effect.status, EffectStatus::Done, "{name}");
        assert_eq!(effect.changed, name != "wait", "{name}: that nothing comes of it is nobody's failure");
    }
    let EnvironmentView::Desktop(view) = place.view() else { panic!("it is a desktop") };
    assert!(view.is_dry_run && view.acts.contains(&"would press w (dry run)".to_owned()), "{:?}", view.acts);
    assert_eq!((view.pointer, fake.framed()), (Some((7, 8)), None));
    let items = place.release().await;
    assert_eq!((fake.sent(), items.len(), items[0].outcome), (Vec::new(), 1, Outcome::Closed));
}

#[tokio::test]
async fn a_live_session_presses_points_and_lets_go() {
    let mut session = live(&Fake::default(), &settings(true)).await.unwrap();
    assert_eq!(session.fake.framed().as_deref(), Some("Singularis is at the controls · ctrl+alt+q stops it"));
    let before = session.fake.sent().len();
    let fake = session.fake.clone();
    session.fake.after_next_press(move || fake.paint(0, 0, 100));
    let tick = session.place.tick();
    let effect = act(&mut session.place, "key", json!({"key": "ctrl+s"})).await;
    assert!(effect.changed && effect.status == EffectStatus::Done, "{effect:?}");
    assert!(session.place.tick() > tick);
    let effect = act(&mut session.place, "click", json!({"x": 10, "y": 20})).await;
    assert!(!effect.changed, "{effect:?}");
    act(&mut session.place, "type", json!({"text": "Hi\n"})).await;
    let expected = [
        "down ctrl",
        "down s",
        "up s",
        "up ctrl",
        "point 10, 20",
        "down left button",
        "up left button",
        "down shift",
        "down h",
        "up h",
        "up shift",
        "down i",
        "up i",
        "down enter",
        "up enter",
    ];
    assert_eq!(sent_since(&session.fake, before), expected);
    let EnvironmentView::Desktop(view) = session.place.view() else { panic!("it is a desktop") };
    assert_eq!(view.acts[0], "press ctrl+s: the screen changed");
    assert!(view.held.is_empty() && !view.is_dry_run);
    let items = session.place.release().await;
    assert_eq!((items[0].kind, items[0].outcome), (OpenKind::Environment, Outcome::Closed));
    assert_eq!((session.fake.framed(), session.fake.is_watched()), (None, false), "nothing is left on the screen");
    assert!(session.place.release().await.is_empty());
    let after = session.place.act(&call("wait", &json!({"ms": 1})), &CancellationToken::new()).await;
    assert!(matches!(after, Err(EnvironmentError::Gone(_))));
}

#[tokio::test]
async fn the_frame_follows_the_pause() {
    let mut session = live(&Fake::default(), &settings(true)).await.unwrap();
    let (controls, paused) =
        ("Singularis is at the controls · ctrl+alt+q stops it", "Singularis is paused · ctrl+alt+q stops it");
    session.place.observe(Want::default()).await.unwrap();
    assert_eq!(session.fake.framed().as_deref(), Some(controls));
    assert!(!session.fake.has_framed(paused));
    session.paused.store(true, Ordering::SeqCst);
    session.fake.paint(0, 0, 100);
    let tick = session.place.tick();
    session.place.observe(Want::default()).await.unwrap();
    assert_eq!(session.fake.framed().as_deref(), Some(paused));
    assert!(session.place.tick() > tick, "what has changed meanwhile is not overlooked");
    session.paused.store(false, Ordering::SeqCst);
    let (fake, seen) = (session.fake.clone(), Arc::new(Mutex::new(None)));
    let at_the_press = Arc::clone(&seen);
    session.fake.before_next_press(move || *at_the_press.lock().unwrap() = fake.framed());
    act(&mut session.place, "key", json!({"key": "w"})).await;
    assert_eq!(seen.lock().unwrap().as_deref(), Some(controls), "nothing is touched before the frame says so");
    session.place.observe(Want::default()).await.unwrap();
    assert_eq!(session.fake.framed().as_deref(), Some(controls));
}

#[tokio::test]
async fn a_stop_in_the_middle_lets_go() {
    let mut session = live(&Fake::default(), &settings(true)).await.unwrap();
    let stop = CancellationToken::new();
    let token = stop.clone();
    session.fake.after_next_press(move || token.cancel());
    let hold = call("hold", &json!({"key": "w", "ms": 2000}));
    let began = Instant::now();
    let effect = timeout(ENOUGH, session.place.act(&hold, &stop)).await.unwrap().unwrap();
    assert_eq!(effect.status, EffectStatus::Uncertain, "{}", effect.text);
    assert!(began.elapsed() < Duration::from_millis(1500), "it was not held to the end");
    assert!(session.fake.down_now().is_empty() && session.keys.held().is_empty());
}

#[tokio::test]
async fn whoever_waits_no_longer_leaves_nothing_down() {
    let mut session = live(&Fake::default(), &settings(true)).await.unwrap();
    let (pressed, was_pressed) = tokio::sync::oneshot::channel();
    session.fake.after_next_press(move || pressed.send(()).unwrap());
    let (hold, stop) = (call("hold", &json!({"key": "w", "ms": 2000})), CancellationToken::new());
    tokio::select! {
        _ = session.place.act(&hold, &stop) => panic!("it is still held"),
        pressed = was_pressed => pressed.unwrap(),
    }
    let all_up = async {
        while !session.keys.held().is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(ENOUGH, all_up).await.unwrap();
    assert!(session.fake.down_now().is_empty());
}

#[tokio::test]
async fn the_agent_gives_way_to_the_user_at_once() {
    let mut session = live(&Fake::default(), &settings(true)).await.unwrap();
    let (user, when) = (session.fake.clone(), Arc::new(Mutex::new(None)));
    let moved = Arc::clone(&when);
    session.fake.after_next_press(move || {
        *moved.lock().unwrap() = Some(Instant::now());
        user.user(Activity::MovedMouse);
    });
    let effect = act(&mut session.place, "hold", json!({"key": "w", "ms": 2000})).await;
    let took = when.lock().unwrap().unwrap().elapsed();
    assert!(took < Duration::from_millis(1000), "{took:?}");
    assert!(effect.status == EffectStatus::Uncertain && effect.text.contains("You moved the mouse"), "{}", effect.text);
    assert!(session.fake.down_now().is_empty() && session.keys.held().is_empty());
    let words = "pause: You moved the mouse, so the agent lets go of mouse and keyboard";
    assert_eq!(*session.told.lock().unwrap(), [words]);
}

#[tokio::test]
async fn the_stop_key_ends_everything() {
    let mut session = live(&Fake::default(), &settings(true)).await.unwrap();
    let user = session.fake.clone();
    session.fake.after_next_press(move || user.user(Activity::StopKey));
    let effect = act(&mut session.place, "hold", json!({"key": "w", "ms": 2000})).await;
    assert_eq!(effect.status, EffectStatus::Uncertain);
    assert!(session.fake.down_now().is_empty());
    assert_eq!(*session.told.lock().unwrap(), ["stop: The stop key ctrl+alt+q was pressed"]);
    let before = session.fake.sent().len();
    assert_eq!(act(&mut session.place, "key", json!({"key": "w"})).await.status, EffectStatus::Rejected);
    assert!(sent_since(&session.fake, before).is_empty(), "nothing is pressed after that");
}

#[tokio::test(start_paused = true)]
async fn the_agent_begins_only_when_the_hands_are_off() {
    let live_settings = DesktopSettings { hands_off_s: 1.0, ..settings(true) };
    let mut session = live(&Fake::default(), &live_settings).await.unwrap();
    session.fake.user(Activity::PressedKey);
    let began = tokio::time::Instant::now();
    assert_eq!(act(&mut session.place, "key", json!({"key": "w"})).await.status, EffectStatus::Done);
    assert!(began.elapsed() >= Duration::from_secs(1));
    assert!(session.told.lock().unwrap().is_empty(), "nobody had to give way");
}

#[tokio::test(start_paused = true)]
async fn what_was_decided_before_the_user_was_there_is_not_done_to_another_screen() {
    let live_settings = DesktopSettings { hands_off_s: 1.0, ..settings(true) };
    let mut session = live(&Fake::default(), &live_settings).await.unwrap();
    let before = session.fake.sent().len();
    let user = session.fake.clone();
    user.user(Activity::PressedButton);
    user.paint(0, 0, 200);
    // One click, such as on an answer to the agent, is waited for and no more.
    let effect = act(&mut session.place, "click", json!({"x": 1, "y": 1})).await;
    assert_eq!(effect.status, EffectStatus::Done, "{}", effect.text);
    let before = before + sent_since(&session.fake, before).len();
    user.user(Activity::PressedButton);
    let working = async {
        for _ in 0..8 {
            tokio::time::sleep(Duration::from_millis(500)).await;
            user.user(Activity::MovedMouse);
        }
        user.paint(0, 0, 200);
    };
    let (effect, ()) = tokio::join!(act(&mut session.place, "click", json!({"x": 1, "y": 1})), working);
    assert!(effect.status == EffectStatus::Rejected && effect.text.contains("screen changed"), "{}", effect.text);
    assert!(sent_since(&session.fake, before).is_empty());
    assert_eq!(session.fake.framed().as_deref(), Some("Singularis is at the controls · ctrl+alt+q stops it"));
    assert!(session.fake.has_framed("The agent waits until mouse and keyboard are left alone"));
    assert_eq!(act(&mut session.place, "click", json!({"x": 1, "y": 1})).await.status, EffectStatus::Done);
}

#[tokio::test(start_paused = true)]
async fn a_key_that_somebody_holds_is_waited_for() {
    let mut session = live(&Fake::default(), &settings(true)).await.unwrap();
    let before = session.fake.sent().len();
    session.fake.user_holds("shift");
    let effect = act_within(&mut session.place, "key", json!({"key": "w"}), Duration::from_secs(100)).await;
    assert!(effect.status == EffectStatus::Rejected && effect.text.contains("holds shift"), "{}", effect.text);
    assert!(sent_since(&session.fake, before).is_empty());
}

#[tokio::test]
async fn a_hand_on_the_mouse_begins_the_calibration_anew_and_pauses_nothing() {
    let fake = Fake::default();
    let user = fake.clone();
    fake.after_next_press(move || user.user(Activity::MovedMouse));
    let session = live(&fake, &settings(true)).await.unwrap();
    assert!(session.told.lock().unwrap().is_empty() && session.fake.down_now().is_empty());
    let clicks = session.fake.sent().iter().filter(|sent| *sent == "down left button").count();
    assert!(clicks > 5, "{clicks}: five of the last attempt, and those before it");
}

#[tokio::test]
async fn a_window_that_got_another_size_is_not_clicked() {
    let mut session = live(&Fake::default(), &settings(true)).await.unwrap();
    let before = session.fake.sent().len();
    session.fake.resize(320, 240);
    let effect = act(&mut session.place, "click", json!({"x": 600, "y": 400})).await;
    assert!(effect.status == EffectStatus::Rejected && effect.text.contains("another size"), "{}", effect.text);
    assert!(sent_since(&session.fake, before).is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_count_down_can_be_stopped() {
    let live_settings = DesktopSettings { countdown_s: 3, ..settings(true) };
    let began = tokio::time::Instant::now();
    assert!(live(&Fake::default(), &live_settings).await.is_ok());
    assert!(began.elapsed() >= Duration::from_secs(3));
    let fake = Fake::default();
    let user = fake.clone();
    let stopping = async {
        while fake.framed().is_none() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        user.user(Activity::StopKey);
    };
    let (opened, ()) = tokio::join!(live(&fake, &live_settings), stopping);
    let Err(problem) = opened else { panic!("it was stopped") };
    assert!(problem.summary.contains("Stopped"), "{problem}");
    assert_eq!(fake.framed(), None, "the frame is gone");
}

#[tokio::test]
async fn nothing_is_taken_without_a_guardian_or_where_clicks_miss() {
    let fake = Fake::default();
    fake.miss_by((5, 0));
    let Err(problem) = live(&fake, &settings(true)).await else { panic!("clicks miss") };
    assert!(problem.summary.contains("pixels off"), "{problem}");
    let around = around(&CancellationToken::new(), &Arc::default());
    let Err(problem) = open_on(&Fake::default().machine(), &settings(true), &around, None).await else {
        panic!("nobody watches")
    };
    assert!(problem.summary.contains("guardian"), "{problem}");
    let blind = Machine { hands: None, why_no_hands: "no XTEST".to_owned(), ..fake.machine() };
    let Err(problem) = open_on(&blind, &settings(true), &around, None).await else { panic!("it has no hands") };
    assert!(problem.details.contains(&"no XTEST".to_owned()), "{problem}");
    assert!(open_on(&blind, &settings(false), &around, None).await.is_ok(), "a dry run needs none");
}

#[tokio::test]
async fn models_see_read_and_end_the_session() {
    let fake = Fake::large();
    let small = DesktopSettings { most_px: 640, profile: "nethack".to_owned(), ..settings(false) };
    let mut place = dry(&fake, &small).await;
    let seen = place.observe(Want { picture: true }).await.unwrap();
    let picture = image::load_from_memory(&seen.picture.unwrap()).unwrap();
    assert_eq!((picture.width(), picture.height()), (640, 400));
    assert_eq!((&seen.facts["width"], &seen.facts["held"]), (&json!(1280), &json!([])));
    assert_eq!(seen.facts["changed_share"], 0.0, "all of it is new, and nothing has changed");
    assert!(seen.text.contains("640 by 400") && seen.text.contains("NetHack"), "{}", seen.text);
    assert_eq!((seen.ended, seen.legal.len()), (None, 0));
    assert!(act(&mut place, "key", json!({"key": "f12"})).await.text.contains("no key of the profile"));
    act(&mut place, "goal_reached", json!({"report": "the stairs are found"})).await;
    let seen = place.observe(Want::default()).await.unwrap();
    assert_eq!(seen.ended.as_deref(), Some("goal reached: the stairs are found"));
    assert!(seen.picture.is_none(), "nobody wants one");
}

#[tokio::test]
async fn a_profile_that_is_not_there_is_refused_with_those_that_are() {
    let unknown = DesktopSettings { profile: "chess".to_owned(), ..settings(false) };
    let around = around(&CancellationToken::new(), &Arc::default());
    let Err(problem) = open_on(&Fake::default().machine(), &unknown, &around, None).await else {
        panic!("there is none")
    };
    assert!(problem.summary.contains("chess") && problem.details[0].contains("first_person"), "{problem}");
}
