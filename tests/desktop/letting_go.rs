//! Nothing stays pressed, as the display itself says: after a stop, after a panic, after a kill.

use std::{
    panic,
    path::Path,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use serde_json::json;
use singularis::{
    guardian::{Guardian, Message},
    protocol::EffectStatus,
};
use tokio_util::sync::CancellationToken;
use x11rb::protocol::xproto::{BUTTON_PRESS_EVENT, KEY_PRESS_EVENT};

use crate::{
    PATIENCE,
    display::on_a_display,
    guests::{GAMES, Guest},
    house::House,
    seat::{Seat, runtime, settings},
    state::State,
    within,
};

/// How often the same is tried: letting go in time once may be luck.
const ROUNDS: usize = 3;
/// Longer than anything may stay down afterwards, so that nobody lets go just because the time is over.
const HELD_MS: u64 = 2000;
/// What the second process may need to come up where everything else runs too.
const STARTS_WITHIN: Duration = Duration::from_secs(5);

#[test]
fn a_stop_lets_go_at_once() {
    on_a_display("letting_go::a_stop_lets_go_at_once", "1280x800", &GAMES, || {
        let game = Guest::nethack();
        let runtime = runtime();
        let mut seat = runtime.block_on(Seat::take(&settings(game.source, "", true)));
        for key in ["l", "shift+l", "left button"] {
            let stop = CancellationToken::new();
            let pressing = stop.clone();
            let (stopped, hears) = mpsc::channel();
            let presser = thread::spawn(move || {
                let state = State::open();
                let down = state.until_down();
                stopped.send(Instant::now()).unwrap();
                pressing.cancel();
                (state, down)
            });
            let effect = runtime.block_on(seat.act_until("hold", json!({"key": key, "ms": HELD_MS}), &stop)).unwrap();
            let (state, down) = presser.join().unwrap();
            state.let_go_since(hears.recv().unwrap(), &format!("a stop while {key} was down ({})", down.join(", ")));
            assert_eq!(effect.status, EffectStatus::Uncertain, "{effect:?}");
        }
        runtime.block_on(seat.leave());
    });
}

/// The session lets go of the keys before anything else, whatever the environment is doing.
#[test]
fn the_ledger_lets_go_while_the_environment_is_busy() {
    on_a_display("letting_go::the_ledger_lets_go_while_the_environment_is_busy", "1280x800", &GAMES, || {
        let game = Guest::nethack();
        runtime().block_on(async {
            let mut seat = Seat::take(&settings(game.source, "", true)).await;
            let keys = seat.holdings.keys.clone();
            let letting_go = tokio::spawn(async move {
                let state = tokio::task::spawn_blocking(|| {
                    let state = State::open();
                    state.until_down();
                    state
                });
                let (state, since) = (state.await.unwrap(), Instant::now());
                let items = keys.release_all_within(Duration::from_millis(500)).await;
                state.let_go_since(since, "the ledger was closed");
                items
            });
            let _whatever_it_says =
                seat.act_until("hold", json!({"key": "l", "ms": HELD_MS}), &CancellationToken::new()).await;
            let items = letting_go.await.unwrap();
            assert_eq!(items.len(), 1, "{items:?}");
            seat.leave().await;
        });
    });
}

#[test]
fn a_panic_lets_go() {
    on_a_display("letting_go::a_panic_lets_go", "1280x800", &GAMES, || {
        // Looking up the names of a whole stack takes longer than a key may be down, and nobody wants to read them.
        panic::set_hook(Box::new(|why| eprintln!("{why}")));
        let game = Guest::nethack();
        let live = settings(game.source, "", true);
        let (panicked, hears) = mpsc::channel();
        let program = thread::spawn(move || {
            let runtime = runtime();
            runtime.block_on(async {
                let mut seat = Seat::take(&live).await;
                let down = tokio::task::spawn_blocking(|| State::open().until_down());
                // Together, so that the action is still under way when the panic comes.
                let panicking = async {
                    down.await.unwrap();
                    panicked.send(Instant::now()).unwrap();
                    panic!("on purpose, while a key is down");
                };
                let _nobody_gets_that_far =
                    tokio::join!(seat.act("hold", json!({"key": "l", "ms": HELD_MS})), panicking);
            });
        });
        let since = hears.recv_timeout(PATIENCE).expect("a key was down");
        State::open().let_go_since(since, "a panic");
        assert!(program.join().is_err(), "it has panicked");
    });
}

#[test]
fn a_kill_in_the_middle_lets_go() {
    on_a_display("letting_go::a_kill_in_the_middle_lets_go", "1280x800", &GAMES, || {
        let game = Guest::nethack();
        let state = State::open();
        for round in 1..=ROUNDS {
            let mut session = House::with(game.source, "nethack", 1000).run(&["--live"]);
            session.until_a_step();
            let down = state.until_down();
            let killed = Instant::now();
            session.child.kill().unwrap();
            state.let_go_since(killed, &format!("kill -9, round {round}, with {} down", down.join(", ")));
            session.child.wait().unwrap();
            // It is not only up for a moment.
            thread::sleep(Duration::from_millis(200));
            assert_eq!(state.down(), Vec::<String>::new());
        }
    });
}

#[test]
fn an_interrupt_in_the_middle_lets_go_and_certifies_it() {
    on_a_display("letting_go::an_interrupt_in_the_middle_lets_go_and_certifies_it", "1280x800", &GAMES, || {
        let game = Guest::nethack();
        let state = State::open();
        let mut session = House::with(game.source, "nethack", 1000).run(&["--live"]);
        session.until_a_step();
        let down = state.until_down();
        let asked = Instant::now();
        session.interrupt();
        state.let_go_since(asked, &format!("Ctrl-C with {} down", down.join(", ")));
        let rest = session.rest();
        let certificate = &rest.last().expect("it has a certificate")["certificate"];
        assert_eq!(
            (&certificate["open_after"]["keys"], &certificate["clean"]),
            (&json!(0), &json!(true)),
            "{certificate}"
        );
        let gate = certificate["gate_closed_ms"].as_f64().unwrap();
        assert!(gate <= 1000.0, "{certificate}");
        assert_eq!(state.down(), Vec::<String>::new());
    });
}

/// The second process alone: whoever told it disappears without a word.
#[test]
fn the_guardian_lets_go_of_everything_it_was_told() {
    on_a_display("letting_go::the_guardian_lets_go_of_everything_it_was_told", "1280x800", &[], || {
        let state = State::open();
        // By the numbers that a usual keyboard gives them: w, the left shift key.
        let pressed = [
            (KEY_PRESS_EVENT, 25, "key w"),
            (KEY_PRESS_EVENT, 50, "key shift"),
            (BUTTON_PRESS_EVENT, 1, "button left"),
        ];
        for round in 1..=ROUNDS {
            let guardian = Guardian::start(Path::new(env!("CARGO_BIN_EXE_singularis"))).unwrap();
            for (kind, number, name) in pressed {
                guardian.tell(&Message::Pressed { key: name.to_owned() }).unwrap();
                state.press(kind, number);
            }
            within(PATIENCE, "all to be down", || (state.down().len() == pressed.len()).then_some(()));
            let gone = Instant::now();
            drop(guardian);
            // It may still be starting, which no session sees that presses something: that one has calibrated before.
            within(PATIENCE, "everything to be let go of", || state.down().is_empty().then_some(()));
            let took = gone.elapsed();
            eprintln!("round {round}: let go of {took:?} after its pipe broke, its start included");
            assert!(took < STARTS_WITHIN, "{took:?}");
        }
    });
}
