//! Pauses: a person's, or a spent budget's. What is under way ends, nothing new is asked or done.

use super::{Stage, Supervisor};
use crate::{
    protocol::{Event, Phase},
    worker::stagehand::Stagehand,
};

impl<S: Stagehand> Supervisor<S> {
    pub(super) fn pause(&mut self) {
        if let Stage::On(session) = &self.stage {
            session.pause();
        }
    }

    pub(super) fn resume(&mut self) {
        if let Stage::On(session) = &self.stage {
            session.resume();
        }
    }

    /// A pause begins and ends in the loops; whoever has no picture hears of both.
    pub(super) fn tell_of_pauses(&mut self, phase: &Phase) {
        let is_paused = matches!(phase, Phase::Paused { .. });
        if is_paused == std::mem::replace(&mut self.was_paused, is_paused) {
            return;
        }
        match phase {
            Phase::Paused { why } => self.link.tell(Event::Paused { why: why.clone() }),
            Phase::Running => self.link.tell(Event::Resumed),
            Phase::Idle | Phase::Starting | Phase::Stopping { .. } | Phase::Gone => {}
        }
    }
}
