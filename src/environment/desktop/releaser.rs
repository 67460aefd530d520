//! The guardian's hands: they let go of what somebody else has pressed.

use std::{
    sync::{
        Mutex, PoisonError,
        mpsc::{self, Receiver},
    },
    thread,
    time::Duration,
};

use super::machine::{DesktopError, Machine, Pressable};

/// How long a desktop that is still being connected to is waited for.
const CONNECTING_MAY_TAKE: Duration = Duration::from_secs(1);

/// Lets go of keys and buttons by their text form.
pub struct Releaser(Mutex<Desk>);

enum Desk {
    Connecting(Receiver<Result<Machine, DesktopError>>),
    Known(Result<Machine, DesktopError>),
}

impl Releaser {
    /// Connects to the desktop at once, in a thread of its own: later there is no time for that, and a desktop that
    /// hangs must not keep the guardian from listening. Where there is none it has nothing to let go of, and says so
    /// when it is asked.
    #[expect(clippy::new_without_default, reason = "it connects, which nobody expects of a default")]
    pub fn new() -> Self {
        let (connected, connecting) = mpsc::channel();
        let connect = move || {
            let _nobody_may_wait_any_more = connected.send(super::connected());
        };
        let _then_nothing_ever_comes = thread::Builder::new().name("connecting".to_owned()).spawn(connect);
        Self(Mutex::new(Desk::Connecting(connecting)))
    }

    /// Lets go of one, such as `key w`. An error says in words why it may still be down.
    pub fn release(&self, what: &str) -> Result<(), String> {
        let what: Pressable = what.parse()?;
        let mut desk = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Desk::Connecting(connecting) = &*desk {
            let silent = |_| Err(DesktopError::Lost("it did not answer".to_owned()));
            let machine = connecting.recv_timeout(CONNECTING_MAY_TAKE).unwrap_or_else(silent);
            *desk = Desk::Known(machine);
        }
        if let Desk::Known(machine) = &*desk
            && let_go(machine, &what).is_ok()
        {
            return Ok(());
        }
        // The connection may have been lost, or the desktop may not have been there yet.
        let machine = super::connected();
        let released = let_go(&machine, &what);
        *desk = Desk::Known(machine);
        released
    }
}

fn let_go(machine: &Result<Machine, DesktopError>, what: &Pressable) -> Result<(), String> {
    let machine = machine.as_ref().map_err(ToString::to_string)?;
    let hands = machine.hands.as_ref().ok_or_else(|| machine.why_no_hands.clone())?;
    hands.set(what, false).map_err(|error| error.to_string())
}
