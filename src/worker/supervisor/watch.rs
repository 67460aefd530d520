//! The watch: what is seen on the servers between two checks.

use tokio::sync::mpsc;

use super::{Stage, Supervisor};
use crate::{
    protocol::{Event, ModelsListed},
    worker::{
        stagehand::Stagehand,
        tasks::{TaskDone, TaskName},
        watching::Sighting,
    },
};

impl<S: Stagehand> Supervisor<S> {
    /// Begins to watch the servers of the last check; an older watch ends.
    pub(super) fn watch(&mut self) {
        let is_leaving = self.leaving.is_some() || self.is_stopping();
        let Some((settings, Some(report))) = self.checked.as_ref().filter(|_| !is_leaving) else { return };
        if crate::worker::cloud_side::is_alone(settings) {
            return;
        }
        let in_session = !matches!(self.stage, Stage::Empty);
        let (sender, sightings) = mpsc::unbounded_channel();
        let watching = self.stagehand.watch(settings.clone(), report.roles.clone(), in_session, sender);
        self.sightings = sightings;
        self.tasks.spawn(TaskName::Watch, async move {
            watching.await;
            TaskDone::Watched
        });
    }

    pub(super) fn sighted(&mut self, sighting: Sighting) {
        match sighting {
            Sighting::Listed(listed) => self.link.tell(Event::ModelsListed(listed)),
            Sighting::Notice(notice) => self.link.tell(Event::Notice(notice)),
            Sighting::Unchanged => {}
        }
        self.publish();
    }

    pub(super) fn listed(&mut self, lists: Vec<ModelsListed>) {
        for listed in lists {
            self.link.tell(Event::ModelsListed(Box::new(listed)));
        }
    }
}
