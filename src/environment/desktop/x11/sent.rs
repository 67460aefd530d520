//! What this program has sent and the display server has not announced yet, so that what it announces can be told from
//! what the user did.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// So long after it was sent something is still taken for ours. Too short a time stops the agent for its own deeds, too
/// long a one hides a deed of the user where an announcement is lost.
const OURS_FOR: Duration = Duration::from_secs(1);

/// Something that mouse or keyboard do and the display server announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A key goes down; by its number.
    Key(u32),
    /// A button goes down, or the wheel turns; by its number.
    Button(u32),
    Motion,
}

/// In no order: keys and mouse are announced by different devices.
#[derive(Default)]
pub struct Sent(Mutex<Vec<(Deed, Instant)>>);

impl Sent {
    /// Writes down what is about to be sent. Before it is, for it may be announced before the sender goes on.
    pub fn note(&self, deed: Deed, now: Instant) {
        let mut book = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        book.retain(|(_, sent)| is_fresh(*sent, now));
        book.push((deed, now));
    }

    /// Whether this is ours. It is crossed off: what is sent once is announced once.
    pub fn is_ours(&self, deed: Deed, now: Instant) -> bool {
        let mut book = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        book.retain(|(_, sent)| is_fresh(*sent, now));
        let at = book.iter().position(|(noted, _)| *noted == deed);
        at.map(|at| book.remove(at)).is_some()
    }
}

fn is_fresh(sent: Instant, now: Instant) -> bool {
    now.saturating_duration_since(sent) <= OURS_FOR
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_deed_is_crossed_off_once_in_any_order() {
        let (sent, now) = (Sent::default(), Instant::now());
        for deed in [Deed::Key(25), Deed::Motion, Deed::Motion, Deed::Button(1)] {
            sent.note(deed, now);
        }
        for deed in [Deed::Button(1), Deed::Motion, Deed::Key(25), Deed::Motion] {
            assert!(sent.is_ours(deed, now), "{deed:?}");
        }
        for deed in [Deed::Button(1), Deed::Motion, Deed::Key(25), Deed::Key(1)] {
            assert!(!sent.is_ours(deed, now), "{deed:?} is the user's");
        }
    }

    #[test]
    fn what_was_never_announced_is_ours_no_more_after_a_while() {
        let (sent, now) = (Sent::default(), Instant::now());
        sent.note(Deed::Key(25), now);
        assert!(!sent.is_ours(Deed::Key(25), now + OURS_FOR + Duration::from_millis(1)));
        sent.note(Deed::Key(25), now);
        assert!(sent.is_ours(Deed::Key(25), now + OURS_FOR));
    }
}
