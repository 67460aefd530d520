//! Whoever touches mouse or keyboard has them: the agent lets go and pauses, and the stop key ends everything.

use std::{
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::json;
use singularis::protocol::PauseReason;
use tokio_util::sync::CancellationToken;

use crate::{
    PATIENCE,
    display::on_a_display,
    guests::Guest,
    house::House,
    seat::{Heard, Seat, runtime, settings},
    state::{LET_GO_WITHIN, State},
    within,
};

const NEEDS: [&str; 4] = ["xterm", "nethack", "chocolate-doom", "xdotool"];
/// From the user's move until the agent stands still.
const YIELDS_WITHIN: Duration = Duration::from_millis(100);

/// What somebody at the machine does; gives when it had certainly been done.
fn somebody(does: &[&str]) -> Instant {
    let mut command = Command::new("xdotool");
    assert!(command.args(does).stdin(Stdio::null()).status().unwrap().success(), "{does:?}");
    Instant::now()
}

/// While a key is down somebody does this; gives what came of it.
fn interrupted_by(does: &'static [&'static str]) -> (Instant, Instant, Heard) {
    let game = Guest::nethack();
    let runtime = runtime();
    let mut seat = runtime.block_on(Seat::take(&settings(game.source, "", true)));
    let heard = seat.heard.clone();
    let user = thread::spawn(move || {
        State::open().until_down();
        somebody(does)
    });
    let effect = runtime.block_on(seat.act_until("hold", json!({"key": "l", "ms": 2000}), &CancellationToken::new()));
    let (came_back, done) = (Instant::now(), user.join().unwrap());
    eprintln!("{does:?}: {effect:?}");
    State::open().let_go_since(done, &format!("{does:?}"));
    runtime.block_on(seat.leave());
    (done, came_back, heard)
}

#[test]
fn whoever_moves_the_mouse_has_it() {
    on_a_display("user::whoever_moves_the_mouse_has_it", "1280x800", &NEEDS, || {
        let (done, came_back, heard) = interrupted_by(&["mousemove_relative", "40", "30"]);
        let (paused, why) = heard.paused().expect("it pauses");
        let late = paused.saturating_duration_since(done);
        eprintln!(
            "paused {late:?} after the mouse was moved, the action ended {:?} after",
            came_back.saturating_duration_since(done)
        );
        assert!(late <= YIELDS_WITHIN, "{late:?}");
        let PauseReason::Yielded { words } = &why else { panic!("it paused because of {why:?}") };
        assert!(words.to_lowercase().contains("mouse"), "{words}");
        assert_eq!(heard.stopped(), None);
    });
}

#[test]
fn whoever_types_has_the_keys() {
    on_a_display("user::whoever_types_has_the_keys", "1280x800", &NEEDS, || {
        let (done, _, heard) = interrupted_by(&["key", "x"]);
        let (paused, why) = heard.paused().expect("it pauses");
        let late = paused.saturating_duration_since(done);
        eprintln!("paused {late:?} after a key was pressed: {why:?}");
        assert!(late <= YIELDS_WITHIN, "{late:?}");
        assert!(matches!(why, PauseReason::Yielded { .. }), "{why:?}");
    });
}

#[test]
fn nobody_is_paused_by_the_agents_own_keys() {
    on_a_display("user::nobody_is_paused_by_the_agents_own_keys", "1280x800", &NEEDS, || {
        let game = Guest::nethack();
        runtime().block_on(async {
            let mut seat = Seat::take(&settings(game.source, "", true)).await;
            for call in [
                ("key", json!({"key": "l", "times": 3})),
                ("hold", json!({"key": "shift+l", "ms": 900})),
                ("type", json!({"text": "Ab!"})),
                ("move", json!({"x": 10, "y": 10})),
                ("click", json!({"x": 40, "y": 40})),
                ("scroll", json!({"down": 2})),
                ("drag", json!({"from_x": 20, "from_y": 20, "to_x": 60, "to_y": 60})),
            ] {
                let effect = seat.act(call.0, call.1).await;
                assert_eq!(seat.heard.paused(), None, "{}: {effect:?}", call.0);
            }
            seat.leave().await;
        });
        assert_eq!(State::open().down(), Vec::<String>::new());
    });
}

/// The agent waits for its turn rather than to reach into somebody's hands.
#[test]
fn it_waits_until_nobody_touches_anything() {
    on_a_display("user::it_waits_until_nobody_touches_anything", "1280x800", &NEEDS, || {
        let game = Guest::nethack();
        let runtime = runtime();
        let mut live = settings(game.source, "", true);
        live.hands_off_s = 1.0;
        let mut seat = runtime.block_on(Seat::take(&live));
        // Nothing can have been touched earlier.
        let touched = Instant::now();
        somebody(&["mousemove_relative", "5", "5"]);
        // What is told of the user is told by another thread.
        thread::sleep(Duration::from_millis(600));
        let user = thread::spawn(|| {
            State::open().until_down();
            Instant::now()
        });
        let effect = runtime.block_on(seat.act("key", json!({"key": "l"})));
        let waited = user.join().unwrap().saturating_duration_since(touched);
        eprintln!("pressed {waited:?} after the mouse was moved: {effect:?}");
        assert!(waited >= Duration::from_millis(900), "{waited:?}");
        seat.heard.resume();
        runtime.block_on(seat.leave());
    });
}

#[test]
fn the_stop_key_stops() {
    on_a_display("user::the_stop_key_stops", "1280x800", &NEEDS, || {
        let (done, _, heard) = interrupted_by(&["key", "ctrl+alt+q"]);
        let (stopped, words) = within(PATIENCE, "the stop", || heard.stopped()).0;
        let late = stopped.saturating_duration_since(done);
        eprintln!("asked to stop {late:?} after the key was pressed: {words}");
        assert!(late <= YIELDS_WITHIN, "{late:?}");
        assert!(words.contains("ctrl+alt+q"), "{words}");
    });
}

#[test]
fn the_stop_key_ends_a_whole_session() {
    on_a_display("user::the_stop_key_ends_a_whole_session", "1280x800", &NEEDS, || {
        let game = Guest::nethack();
        let state = State::open();
        let mut session = House::with(game.source, "nethack", 300).run(&["--live"]);
        session.until_a_step();
        let pressed = somebody(&["key", "ctrl+alt+q"]);
        state.let_go_since(pressed, "the stop key");
        let rest = session.rest();
        eprintln!("the program ended {:?} after the stop key", pressed.elapsed());
        let ended = rest.iter().find(|line| line["event"] == "session_ended").expect("it ended in order");
        assert_eq!(ended["outcome"], "stopped", "{ended}");
        let certificate = &rest.last().unwrap()["certificate"];
        assert_eq!(
            (&certificate["clean"], &certificate["open_after"]["keys"]),
            (&json!(true), &json!(0)),
            "{certificate}"
        );
        assert!(pressed.elapsed() < Duration::from_secs(10) + LET_GO_WITHIN);
    });
}
