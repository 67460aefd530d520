//! What is remembered: one SQLite file, one thread that writes it, and one that reads it meanwhile.
//!
//! | file | what |
//! |---|---|
//! | `handle` | everything that can be asked of the journal about sessions |
//! | [`recorder`] | keeping what happens in the session that runs |
//! | `sessions`, `listing`, `why`, `retention` | sessions as wholes, the list, one step explained, what is let go |
//! | `rows`, `columns` | each kind of record into its table and back; values, and texts without their secrets |
//! | [`figures`], [`report`] | what can be counted of a session, and what is told of it |
//! | [`replay`] | a session that is played again |
//! | `lessons` | what has been learnt |
//! | `writer`, `reads` | the threads and the lanes into them |
//! | `open`, `migrations` | opening a file so that one which cannot be used stays as it is; the tables, step by step |
//! | `error` | why it could not be used, and what to do about it |

mod columns;
mod error;
pub mod figures;
mod handle;
mod lessons;
mod listing;
mod migrations;
mod open;
mod reads;
pub mod recorder;
pub mod replay;
pub mod report;
mod retention;
mod rows;
mod sessions;
mod why;
mod writer;

use std::{path::Path, sync::Arc};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot, watch};

use crate::protocol::Lesson;
pub use error::JournalError;
use reads::Reads;
pub use recorder::{Recorder, Trouble, Unsaved};
pub use sessions::Beginning;
use writer::{Order, Role, Source};

/// How many orders may lie before a thread. Whoever has one more waits for a place, so nothing is lost and nothing
/// piles up.
const LANE_PLACES: usize = 64;

/// What an error calls the place of a journal that has no file.
const IN_MEMORY: &str = ":memory:";

/// The way into the journal. Cheap to clone; all clones are the same. Its threads end when the last one is dropped.
#[derive(Clone, Debug)]
pub struct Journal {
    lane: mpsc::Sender<Order>,
    /// Says nothing ever; its other end is dropped when the thread ends.
    ended: watch::Receiver<()>,
    reads: Arc<Reads>,
}

impl Journal {
    /// Opens this file, or begins it and its folder. Blocks for as long as the disk takes.
    pub fn open(path: &Path) -> Result<Self, JournalError> {
        Self::start(open::file(path)?, path, LANE_PLACES)
    }

    /// Opens a file that is there, to look at it only: nothing is written, and whoever tries is told so. Blocks for as
    /// long as the disk takes.
    pub fn open_read_only(path: &Path) -> Result<Self, JournalError> {
        let role = Role::Reads { is_over: Arc::default() };
        let (lane, ended) = writer::start(Source::Open(open::to_read(path)?), path, LANE_PLACES, role)?;
        Ok(Self { lane, ended, reads: Arc::new(Reads::with_the_rest()) })
    }

    /// A journal that lasts as long as its handles.
    pub fn in_memory() -> Result<Self, JournalError> {
        let place = Path::new(IN_MEMORY);
        let (lane, ended) = writer::start(Source::Open(open::memory(place)?), place, LANE_PLACES, Role::Writes)?;
        Ok(Self { lane, ended, reads: Arc::new(Reads::with_the_rest()) })
    }

    fn start(connection: Connection, path: &Path, places: usize) -> Result<Self, JournalError> {
        let (lane, ended) = writer::start(Source::Open(connection), path, places, Role::Writes)?;
        Ok(Self { lane, ended, reads: Arc::new(Reads::of(path)) })
    }

    /// Everything learnt in this kind of environment, by situation and action.
    pub async fn lessons(&self, environment: &str) -> Result<Vec<Lesson>, JournalError> {
        let environment = environment.to_owned();
        self.ask(move |connection| lessons::of(connection, &environment)).await
    }

    /// Keeps all of them or none, in place of what was known of the same action in the same situation. A lesson whose
    /// value is not finite is left out, and what was known before stays.
    pub async fn keep_lessons(&self, lessons: Vec<Lesson>) -> Result<(), JournalError> {
        self.ask(move |connection| lessons::keep(connection, &lessons)).await
    }

    /// Forgets what was learnt in this kind of environment, and says how many lessons that were.
    pub async fn forget_lessons(&self, environment: &str) -> Result<u64, JournalError> {
        let environment = environment.to_owned();
        self.ask(move |connection| lessons::forget(connection, &environment)).await
    }

    /// Puts everything that was handed over before on the disk and ends the threads; when this returns, they have
    /// ended. What is being read is broken off. An error says what could not be put there. Closing again is fine.
    pub async fn close(&self) -> Result<(), JournalError> {
        // First, because a log that somebody reads cannot be moved into the file.
        self.reads.end().await;
        let (answer, answered) = oneshot::channel();
        let closed = match self.lane.send(Order::Close { answer }).await {
            Ok(()) => answered.await.unwrap_or(Ok(())),
            Err(_already_closed) => Ok(()),
        };
        self.end().await;
        closed
    }

    /// Whatever was handed over is done, also when the caller stops waiting for the answer.
    async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, JournalError> {
        let (answer, answered) = oneshot::channel();
        let give = move |result| {
            let _nobody_waits = answer.send(result);
        };
        sent(&self.lane, Order::work(work, give), answered).await
    }

    /// The same for what only reads: one picture of the journal, and nobody who writes is held up by it. Where the
    /// caller stops waiting before it begins, it is not done.
    async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, JournalError> {
        let lane = self.reads.lane()?.unwrap_or_else(|| self.lane.clone());
        let (answer, answered) = oneshot::channel();
        let look = move |connection: &mut Connection| {
            let picture = connection.transaction()?;
            work(&picture)
        };
        sent(&lane, Order::reading(look, answer), answered).await
    }

    /// Waits until the thread that writes has ended.
    async fn end(&self) {
        let mut ended = self.ended.clone();
        while ended.changed().await.is_ok() {}
    }
}

/// Hands an order over and waits for its answer.
async fn sent<T>(
    lane: &mpsc::Sender<Order>,
    order: Order,
    answered: oneshot::Receiver<Result<T, JournalError>>,
) -> Result<T, JournalError> {
    lane.send(order).await.map_err(|_closed| JournalError::Closed)?;
    answered.await.map_err(|_closed| JournalError::Closed)?
}

#[cfg(test)]
mod tests;
