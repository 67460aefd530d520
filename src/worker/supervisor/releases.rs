//! When it is asked whether a newer release exists: only where a person switched that on, not before the first check is
//! through, never beside a session, and once a day at most.

use std::time::Duration;

use tokio::time::Instant;
use url::Url;

use super::{Stage, Supervisor};
use crate::{
    protocol::{Event, NewestRelease},
    settings::Settings,
    worker::{
        cloud_side,
        stagehand::Stagehand,
        tasks::{TaskDone, TaskName},
    },
};

/// The least time between two questions that nobody asked for by changing the settings.
const EVERY: Duration = Duration::from_secs(24 * 60 * 60);

impl<S: Stagehand> Supervisor<S> {
    /// When to ask next; `None` while nobody is to be asked.
    pub(super) fn release_due(&self) -> Option<Instant> {
        let is_checked = matches!(self.checked, Some((_, Some(_))));
        // In a session, its ledger and its certificate would have to explain a request that is none of its own.
        let is_free = self.leaving.is_none() && matches!(self.stage, Stage::Empty);
        if !is_checked || !is_free || self.tasks.contains_key(&TaskName::Release) {
            return None;
        }
        self.release_address()?;
        Some(self.release_asked.map_or_else(Instant::now, |at| at + EVERY))
    }

    /// Whom to ask, where that is wanted and allowed. A second copy leaves it to the first, and a terminal is no window.
    fn release_address(&self) -> Option<Url> {
        let is_wanted = self.settings.updates.check && self.keeps_settings();
        if is_wanted && cloud_side::is_allowed(&self.settings) { self.settings.updates.place() } else { None }
    }

    pub(super) fn ask_for_release(&mut self) {
        let Some(address) = self.release_address() else { return };
        self.release_asked = Some(Instant::now());
        let asking = self.stagehand.newest_release(self.settings.clone(), address);
        self.tasks.spawn(TaskName::Release, async move { TaskDone::ReleaseAsked(Box::new(asking.await)) });
    }

    pub(super) fn release_known(&mut self, found: Box<NewestRelease>) {
        // The answer may have come in the moment in which the question was broken off.
        self.release_asked.get_or_insert_with(Instant::now);
        self.link.tell(Event::NewestRelease(found));
    }

    /// A question that is under way is dropped, and asked again when it may be.
    pub(super) fn break_release_off(&mut self) {
        if self.tasks.abort(&TaskName::Release) {
            self.release_asked = None;
        }
    }

    /// These settings are about to be used: what is not wanted any more ends at once, and whoever has just switched it on
    /// or named another address waits for no day to pass.
    pub(super) fn mind_release(&mut self, settings: &Settings) {
        let is_changed = settings.updates != self.settings.updates;
        if is_changed || !cloud_side::is_allowed(settings) {
            self.break_release_off();
        }
        if is_changed {
            self.release_asked = None;
        }
    }
}
