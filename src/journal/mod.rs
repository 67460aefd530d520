//! What is remembered: one SQLite file, and the one thread that reads and writes it.
//!
//! | file | what |
//! |---|---|
//! | `writer` | the thread, the lane into it, everything that can be asked of it |
//! | `open` | opening a file so that one which cannot be used stays as it is |
//! | `migrations` | the tables, as numbered steps from an empty file to now |
//! | `lessons` | what has been learnt |
//! | `error` | why it could not be used, and what to do about it |

mod error;
mod lessons;
mod migrations;
mod open;
mod writer;

use std::path::Path;

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot, watch};

use crate::protocol::Lesson;
pub use error::JournalError;
use writer::{Answer, Order};

/// How many orders may lie before the thread. Whoever has one more waits for a place, so nothing is lost and nothing
/// piles up.
const LANE_PLACES: usize = 64;

/// What an error calls the place of a journal that has no file.
const IN_MEMORY: &str = ":memory:";

/// The way into the journal. Cheap to clone; all clones are the same. The thread ends when the last one is dropped.
#[derive(Clone, Debug)]
pub struct Journal {
    lane: mpsc::Sender<Order>,
    /// Says nothing ever; its other end is dropped when the thread ends.
    ended: watch::Receiver<()>,
}

impl Journal {
    /// Opens this file, or begins it and its folder. Blocks for as long as the disk takes.
    pub fn open(path: &Path) -> Result<Self, JournalError> {
        Self::start(open::file(path)?, path, LANE_PLACES)
    }

    /// A journal that lasts as long as its handles.
    pub fn in_memory() -> Result<Self, JournalError> {
        let place = Path::new(IN_MEMORY);
        Self::start(open::memory(place)?, place, LANE_PLACES)
    }

    fn start(connection: Connection, path: &Path, places: usize) -> Result<Self, JournalError> {
        let (lane, ended) = writer::start(connection, path, places)?;
        Ok(Self { lane, ended })
    }

    /// Everything learnt in this kind of environment, by situation and action.
    pub async fn lessons(&self, environment: &str) -> Result<Vec<Lesson>, JournalError> {
        let environment = environment.to_owned();
        self.ask(|answer| Order::Lessons { environment, answer }).await
    }

    /// Keeps all of them or none, in place of what was known of the same action in the same situation. A lesson whose
    /// value is not finite is left out, and what was known before stays.
    pub async fn keep_lessons(&self, lessons: Vec<Lesson>) -> Result<(), JournalError> {
        self.ask(|answer| Order::KeepLessons { lessons, answer }).await
    }

    /// Forgets what was learnt in this kind of environment, and says how many lessons that were.
    pub async fn forget_lessons(&self, environment: &str) -> Result<u64, JournalError> {
        let environment = environment.to_owned();
        self.ask(|answer| Order::ForgetLessons { environment, answer }).await
    }

    /// Puts everything that was handed over before on the disk and ends the thread; when this returns, it has ended.
    /// An error says what could not be put there. Closing again is fine.
    pub async fn close(&self) -> Result<(), JournalError> {
        let closed = match self.ask(|answer| Order::Close { answer }).await {
            Err(JournalError::Closed) => Ok(()),
            closed => closed,
        };
        self.end().await;
        closed
    }

    /// Whatever was handed over is done, also when the caller stops waiting for the answer.
    async fn ask<T>(&self, order: impl FnOnce(Answer<T>) -> Order) -> Result<T, JournalError> {
        let (answer, answered) = oneshot::channel();
        self.lane.send(order(answer)).await.map_err(|_| JournalError::Closed)?;
        answered.await.map_err(|_| JournalError::Closed)?
    }

    /// Waits until the thread has ended.
    async fn end(&self) {
        let mut ended = self.ended.clone();
        while ended.changed().await.is_ok() {}
    }
}

#[cfg(test)]
mod tests;
