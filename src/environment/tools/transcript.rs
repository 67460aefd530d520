//! The last calls of a session, as the window lists them.

use std::{collections::VecDeque, time::Duration};

use super::shortened::short;
use crate::protocol::{ActionCall, EffectStatus, ToolCallView};

/// So many are kept.
const KEPT: usize = 50;
/// So much of the last one is shown, and so much of those before: every look is kept with all of them. Characters.
const LAST_CHARS: usize = 2000;
const EARLIER_CHARS: usize = 300;

/// The last calls, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Transcript {
    calls: VecDeque<ToolCallView>,
    made: u64,
}

impl Transcript {
    /// A call begins.
    pub fn begin(&mut self, call: &ActionCall) {
        if let Some(last) = self.calls.back_mut() {
            last.text = short(&last.text, EARLIER_CHARS);
        }
        if self.calls.len() == KEPT {
            self.calls.pop_front();
        }
        self.made += 1;
        let (number, call) = (self.made, call.clone());
        self.calls.push_back(ToolCallView { number, call, status: None, text: String::new(), took_ms: 0 });
    }

    /// The call that began last is over.
    pub fn end(&mut self, status: EffectStatus, text: &str, took: Duration) {
        if let Some(last) = self.calls.back_mut() {
            last.status = Some(status);
            last.text = short(text, LAST_CHARS);
            last.took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        }
    }

    /// How many calls there were in all.
    pub fn made(&self) -> u64 {
        self.made
    }

    pub fn calls(&self) -> Vec<ToolCallView> {
        self.calls.iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_fifty_are_kept_and_only_the_last_one_in_full() {
        let mut transcript = Transcript::default();
        let text = "x".repeat(1500);
        for _ in 0..60 {
            transcript.begin(&ActionCall::bare("look"));
            transcript.end(EffectStatus::Done, &text, Duration::from_millis(7));
        }
        let calls = transcript.calls();
        assert_eq!((calls.len(), calls[0].number, calls[49].number, transcript.made()), (50, 11, 60, 60));
        assert_eq!((calls[49].text.len(), calls[49].took_ms), (1500, 7));
        assert!(calls[48].text.len() < 400);
        transcript.begin(&ActionCall::bare("look"));
        assert_eq!(transcript.calls()[49].status, None, "it is under way");
    }
}
