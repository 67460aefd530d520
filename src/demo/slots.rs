//! Parallel slots with a queue, and the count of what runs, waits and was left by its client.

use std::{
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What goes on in the server, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Generations that hold a slot.
    pub running: usize,
    /// Generations that wait for a slot or for their model to load.
    pub waiting: usize,
    /// Generations that ended because their client left, running or waiting.
    pub aborted: usize,
    pub connections: usize,
}

/// The counts of a server, changed together so that no reader sees half a change.
#[derive(Debug, Default)]
pub(super) struct Activity(Mutex<Counts>);

impl Activity {
    pub fn counts(&self) -> Counts {
        *self.lock()
    }

    /// Counts a connection until the guard is dropped.
    pub fn connection(self: &Arc<Self>) -> OpenConnection {
        self.lock().connections += 1;
        OpenConnection(Arc::clone(self))
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) struct OpenConnection(Arc<Activity>);

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.0.lock().connections -= 1;
    }
}

/// The model was unloaded while a generation waited for it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unloaded;

/// So many generations at a time; the others wait in the order they came.
pub(super) struct Slots(Arc<Semaphore>);

impl Slots {
    pub fn new(parallel: u32) -> Self {
        let parallel = usize::try_from(parallel.max(1)).unwrap_or(1);
        Self(Arc::new(Semaphore::new(parallel)))
    }

    /// Sends the queue home; who runs may finish.
    pub fn close(&self) {
        self.0.close();
    }
}

/// One generation on its way through the server. Dropping it unfinished means that its client left.
pub(super) struct Ticket {
    activity: Arc<Activity>,
    stage: Stage,
}

enum Stage {
    Waiting,
    Running(OwnedSemaphorePermit),
    Over,
}

impl Ticket {
    pub fn new(activity: &Arc<Activity>) -> Self {
        activity.lock().waiting += 1;
        Self { activity: Arc::clone(activity), stage: Stage::Waiting }
    }

    /// Waits for a slot and takes it.
    pub async fn enter(&mut self, slots: &Slots) -> Result<(), Unloaded> {
        let permit = Arc::clone(&slots.0).acquire_owned().await.map_err(|_closed| Unloaded)?;
        {
            let mut counts = self.activity.lock();
            counts.waiting -= 1;
            counts.running += 1;
        }
        self.stage = Stage::Running(permit);
        Ok(())
    }

    /// The generation ended by itself, well or badly: its client did not leave.
    pub fn finish(mut self) {
        self.leave(|_counts| {});
    }

    fn leave(&mut self, also: impl FnOnce(&mut Counts)) {
        let stage = mem::replace(&mut self.stage, Stage::Over);
        let mut counts = self.activity.lock();
        match stage {
            Stage::Over => return,
            Stage::Waiting => counts.waiting -= 1,
            // Counted before the slot is free, so that nobody ever sees more running than there are slots.
            Stage::Running(permit) => {
                counts.running -= 1;
                drop(permit);
            }
        }
        also(&mut counts);
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.leave(|counts| counts.aborted += 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_queue_moves_when_a_slot_is_left() {
        let activity = Arc::new(Activity::default());
        let slots = Slots::new(1);
        let mut first = Ticket::new(&activity);
        first.enter(&slots).await.expect("free");
        let mut second = Ticket::new(&activity);
        assert_eq!(activity.counts(), Counts { running: 1, waiting: 1, ..Counts::default() });

        drop(first);
        second.enter(&slots).await.expect("left by the first");
        assert_eq!(activity.counts(), Counts { running: 1, aborted: 1, ..Counts::default() });

        second.finish();
        assert_eq!(activity.counts(), Counts { aborted: 1, ..Counts::default() });
    }

    #[tokio::test]
    async fn unloading_sends_the_queue_home() {
        let activity = Arc::new(Activity::default());
        let slots = Slots::new(1);
        let mut running = Ticket::new(&activity);
        running.enter(&slots).await.expect("free");
        slots.close();
        let mut waiting = Ticket::new(&activity);
        assert_eq!(waiting.enter(&slots).await, Err(Unloaded));
        waiting.finish();
        assert_eq!(activity.counts(), Counts { running: 1, ..Counts::default() });
    }

    #[test]
    fn connections_are_counted_while_they_are_open() {
        let activity = Arc::new(Activity::default());
        let open = activity.connection();
        assert_eq!(activity.counts().connections, 1);
        drop(open);
        assert_eq!(activity.counts().connections, 0);
    }
}
