//! Pressing and letting go, so that nothing stays down: the guardian is told before a key goes down and after it is up,
//! and the ledger knows the way to let go of it.

use std::{io, sync::Arc};

use tokio_util::sync::CancellationToken;

use super::machine::{DesktopError, Hands, Pressable};
use crate::{environment::HeldKeys, guardian::Message};

/// Tells the guardian something; an error says that it is gone.
pub type Tell = Arc<dyn Fn(&Message) -> io::Result<()> + Send + Sync>;

/// Hands that let go of everything. Cheap to clone.
#[derive(Clone)]
pub struct Grip {
    hands: Arc<dyn Hands>,
    tell: Tell,
    keys: HeldKeys,
}

/// Why nothing was pressed. What was about to be is up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GripError {
    /// Nobody would let go of it if this program were killed.
    Unguarded(String),
    /// It is over: everything was told to be let go of.
    Ended,
    Desktop(DesktopError),
}

impl Grip {
    pub fn new(hands: Arc<dyn Hands>, tell: Tell, keys: HeldKeys) -> Self {
        Self { hands, tell, keys }
    }

    pub fn hands(&self) -> &Arc<dyn Hands> {
        &self.hands
    }

    /// Presses something, unless `end` is cancelled. Blocks for some milliseconds.
    pub fn press(&self, what: &Pressable, end: &CancellationToken) -> Result<(), GripError> {
        if end.is_cancelled() {
            return Err(GripError::Ended);
        }
        let key = what.to_string();
        (self.tell)(&Message::Pressed { key }).map_err(|error| GripError::Unguarded(error.to_string()))?;
        let (grip, held) = (self.clone_without_keys(), what.clone());
        if !self.keys.press(&what.words(), move || grip.let_go(&held)) {
            self.tell_released(what);
            return Err(GripError::Ended);
        }
        if let Err(error) = self.hands.set(what, true) {
            // It may be down nevertheless.
            let _the_first_error_counts = self.keys.release(&what.words());
            return Err(GripError::Desktop(error));
        }
        // The end may have come in between, and then whoever let go of it did so before it was down.
        if end.is_cancelled() || self.keys.is_closed() {
            let _taken_by_whoever_ended_it = self.keys.release(&what.words());
            let _it_is_up_twice_at_worst = self.clone_without_keys().let_go(what);
            return Err(GripError::Ended);
        }
        Ok(())
    }

    /// Lets go of something that was pressed. Blocks for some milliseconds.
    pub fn release(&self, what: &Pressable) -> Result<(), GripError> {
        self.keys.release(&what.words()).map_err(|words| GripError::Desktop(DesktopError::Refused(words)))
    }

    /// Lets go of everything, the last one pressed first.
    pub fn release_all(&self) {
        let _told_at_the_end = self.keys.release_all();
    }

    /// What is or may be down, for people.
    pub fn held(&self) -> Vec<String> {
        self.keys.held()
    }

    /// What a way to let go holds: with the ledger in it, the ledger would never end.
    fn clone_without_keys(&self) -> Loose {
        Loose { hands: Arc::clone(&self.hands), tell: Arc::clone(&self.tell) }
    }

    fn tell_released(&self, what: &Pressable) {
        let _then_it_lets_go_of_what_is_up = (self.tell)(&Message::Released { key: what.to_string() });
    }
}

struct Loose {
    hands: Arc<dyn Hands>,
    tell: Tell,
}

impl Loose {
    fn let_go(&self, what: &Pressable) -> Result<(), String> {
        self.hands.set(what, false).map_err(|error| error.to_string())?;
        let _a_guardian_that_is_gone_needs_no_word = (self.tell)(&Message::Released { key: what.to_string() });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::environment::desktop::fake::Fake;

    type Told = Arc<Mutex<Vec<Message>>>;

    fn grip(fake: &Fake) -> (Grip, HeldKeys, Told) {
        let (keys, told) = (HeldKeys::default(), Told::default());
        let listener = Arc::clone(&told);
        let tell: Tell = Arc::new(move |message| {
            listener.lock().unwrap().push(message.clone());
            Ok(())
        });
        (Grip::new(Arc::new(fake.clone()), tell, keys.clone()), keys, told)
    }

    fn w() -> Pressable {
        "key w".parse().unwrap()
    }

    #[test]
    fn the_guardian_knows_before_it_is_down_and_after_it_is_up() {
        let fake = Fake::default();
        let (grip, keys, told) = grip(&fake);
        grip.press(&w(), &CancellationToken::new()).unwrap();
        assert_eq!((keys.held(), fake.down_now()), (vec!["w".to_owned()], vec!["w".to_owned()]));
        grip.release(&w()).unwrap();
        assert!(keys.held().is_empty() && fake.down_now().is_empty());
        let key = "key w".to_owned();
        assert_eq!(*told.lock().unwrap(), [Message::Pressed { key: key.clone() }, Message::Released { key }]);
    }

    #[test]
    fn nothing_goes_down_without_a_guardian() {
        let fake = Fake::default();
        let tell: Tell = Arc::new(|_| Err(io::Error::from(io::ErrorKind::BrokenPipe)));
        let grip = Grip::new(Arc::new(fake.clone()), tell, HeldKeys::default());
        let pressed = grip.press(&w(), &CancellationToken::new());
        assert!(matches!(pressed, Err(GripError::Unguarded(_))));
        assert!(fake.sent().is_empty());
    }

    #[test]
    fn what_is_refused_is_not_held() {
        let fake = Fake::default();
        fake.refuse(true);
        let (grip, keys, _told) = grip(&fake);
        let pressed = grip.press(&w(), &CancellationToken::new());
        assert!(matches!(pressed, Err(GripError::Desktop(_))), "{pressed:?}");
        assert_eq!(keys.held(), ["w"], "nobody knows whether it is down, so it is named at the end");
        assert!(fake.down_now().is_empty());
    }

    #[tokio::test]
    async fn an_end_that_comes_in_between_leaves_nothing_down() {
        let fake = Fake::default();
        let (grip, keys, _told) = grip(&fake);
        let end = CancellationToken::new();
        // Whoever ends it does so just before the key goes down.
        let (ending, token) = (keys.clone(), end.clone());
        fake.before_next_press(move || {
            token.cancel();
            let _items = ending.release_all();
        });
        assert_eq!(grip.press(&w(), &end), Err(GripError::Ended));
        assert!(fake.down_now().is_empty() && keys.held().is_empty());
        assert_eq!(grip.press(&w(), &end), Err(GripError::Ended), "it has ended");
        let _items = keys.release_all_within(std::time::Duration::from_millis(50)).await;
        assert_eq!(grip.press(&w(), &CancellationToken::new()), Err(GripError::Ended), "for good");
        assert!(fake.down_now().is_empty());
    }
}
