//! Everything that can be asked of the journal about sessions.

use std::{
    sync::{Arc, mpsc},
    time::{Duration, Instant},
};

use rusqlite::Connection;
use tokio::{task::spawn_blocking, time::timeout};

use super::{
    Beginning, Journal, JournalError, listing, retention,
    rows::{Said, looks},
    sessions::{self, Numbered},
    why,
    writer::Order,
};
use crate::protocol::{Belonging, Moment, Record, SessionFile, SessionReport, SessionsList, Why};

/// A session may be called by the beginning of its name where no other begins so, and `latest` is the newest one.
impl Journal {
    /// A session begins; beginning the same one again does nothing.
    pub async fn begin_session(&self, began: Beginning) -> Result<(), JournalError> {
        self.ask(move |connection| sessions::begin(connection, &began, Moment::now())).await
    }

    /// Adds these to a session, after all that it has: all or none. It is called by its whole name here.
    pub async fn record(&self, session: &str, records: Vec<Record>) -> Result<(), JournalError> {
        let session = session.to_owned();
        self.ask(move |connection| sessions::append(connection, &session, &records)).await
    }

    /// A session has ended; its last picture is not kept.
    pub async fn end_session(&self, report: &SessionReport) -> Result<(), JournalError> {
        let report = report.clone();
        self.ask(move |connection| sessions::end(connection, &report)).await
    }

    /// What is found by this, newest first; everything by an empty search.
    pub async fn sessions(&self, search: &str) -> Result<SessionsList, JournalError> {
        let search = search.to_owned();
        self.read(move |connection| listing::list(connection, &search, None)).await
    }

    /// The same as seen by whoever knows which owners live: a running session of another one is listed as interrupted,
    /// and nothing is written down of it.
    pub async fn sessions_among(&self, living: &[String], search: &str) -> Result<SessionsList, JournalError> {
        let (search, living) = (search.to_owned(), living.to_vec());
        self.read(move |connection| listing::list(connection, &search, Some(&living))).await
    }

    /// One session with its figures. What was said to models is left out, and so are the pictures.
    pub async fn session(&self, id: &str) -> Result<Option<SessionFile>, JournalError> {
        let id = id.to_owned();
        self.read(move |connection| sessions::file(connection, &id, Said::LeftOut)).await
    }

    /// The same with everything that was said to models and by them, for whoever wants all of it at once.
    pub async fn session_whole(&self, id: &str) -> Result<Option<SessionFile>, JournalError> {
        let id = id.to_owned();
        self.read(move |connection| sessions::file(connection, &id, Said::Whole)).await
    }

    /// Everything about one step, with what was said; `None` where there is no such session or step.
    pub async fn why(&self, id: &str, step: u64) -> Result<Option<Why>, JournalError> {
        let id = id.to_owned();
        self.read(move |connection| why::of(connection, &id, step)).await
    }

    /// A picture that an observation names, as the PNG or JPEG file that it was kept as.
    pub async fn picture(&self, number: u64) -> Result<Option<Vec<u8>>, JournalError> {
        self.read(move |connection| looks::picture(connection, number)).await
    }

    /// Removes a session for good and gives its space back; says whether it was there. One that runs is not removed.
    /// Where the space cannot be given back the session is gone all the same, and [`Self::retain`] tries it again.
    pub async fn remove_session(&self, id: &str) -> Result<bool, JournalError> {
        let id = id.to_owned();
        let is_removed = self.ask(move |connection| sessions::remove(connection, &id)).await?;
        if is_removed {
            self.give_back().await;
        }
        Ok(is_removed)
    }

    /// An interrupted session needs no attention any more.
    pub async fn acknowledge(&self, id: &str) -> Result<(), JournalError> {
        let id = id.to_owned();
        self.ask(move |connection| sessions::acknowledge(connection, &id)).await
    }

    /// Keeps what a model made of a session, in place of what it made of it before.
    pub async fn keep_summary(&self, id: &str, summary: &str) -> Result<(), JournalError> {
        let (id, summary) = (id.to_owned(), summary.to_owned());
        self.ask(move |connection| sessions::keep_summary(connection, &id, &summary)).await
    }

    /// Running sessions that belong to none of these programs were interrupted; says how many are found so now.
    pub async fn mark_interrupted(&self, alive_owners: &[String]) -> Result<u64, JournalError> {
        let alive = alive_owners.to_vec();
        self.ask(move |connection| sessions::mark_interrupted(connection, &alive)).await
    }

    /// What a session began that could outlive the program and is not known to be gone.
    pub async fn belongings_open(&self, id: &str) -> Result<Vec<Belonging>, JournalError> {
        let id = id.to_owned();
        self.read(move |connection| listing::belongings_open(connection, &id)).await
    }

    /// Removes the sessions that nothing was written to for so many days, then the oldest until what is kept takes so
    /// many megabytes at most; 0 for no such limit. Never one that runs, nor one that was interrupted and that nobody
    /// has looked after. Gives the space back and says how many were removed.
    pub async fn retain(&self, keep_days: u32, keep_mb: u64) -> Result<u64, JournalError> {
        let mut removed = 0;
        let ended = loop {
            match self.ask(move |connection| retention::remove_one(connection, keep_days, keep_mb)).await {
                Ok(true) => removed += 1,
                Ok(false) => break Ok(removed),
                Err(error) => break Err(error),
            }
        };
        // Also where nothing was removed: what was removed earlier may have left space that could not be given back.
        self.give_back().await;
        ended
    }

    /// Gives the space of what was removed back to the disk, slice by slice, so that others can write in between. It is
    /// tried again with the next removal, so what fails is only worth a line in the log.
    async fn give_back(&self) {
        let given = loop {
            match self.ask(|connection| retention::give_back_some(connection)).await {
                Ok(true) => {}
                Ok(false) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        // Also where that failed: on a full disk the log is what takes the space.
        let shortened = self.ask(|connection| retention::shorten_log(connection)).await;
        if let Err(error) = given.and(shortened)
            && error != JournalError::Closed
        {
            tracing::warn!("the space of removed sessions could not be given back yet: {error}");
        }
    }

    /// [`Self::begin_session`] for as long as it may take; the session began at this moment.
    pub(super) async fn begin_within(&self, limit: Duration, began: Beginning, at: Moment) -> Result<(), JournalError> {
        self.ask_within(limit, move |connection| sessions::begin(connection, &began, at)).await
    }

    /// Adds those of these that the session does not have yet, all or none, for as long as it may take. Where it takes
    /// longer they may still arrive, and may be handed over again.
    pub(super) async fn record_within(
        &self,
        limit: Duration,
        session: &str,
        records: Vec<Arc<Numbered>>,
    ) -> Result<(), JournalError> {
        let session = session.to_owned();
        self.ask_within(limit, move |connection| sessions::record(connection, &session, &records)).await
    }

    /// [`Self::end_session`] for as long as it may take.
    pub(super) async fn end_within(&self, limit: Duration, report: SessionReport) -> Result<(), JournalError> {
        self.ask_within(limit, move |connection| sessions::end(connection, &report)).await
    }

    /// The limit is for a place in the lane and the answer together. It is one of the clock on the wall, as the disk
    /// knows no other: a thread of the runtime waits for the answer, so that a clock which stands still while somebody
    /// works, stands still.
    async fn ask_within<T: Send + 'static>(
        &self,
        limit: Duration,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, JournalError> {
        let asked = Instant::now();
        let silent = JournalError::NoAnswer { seconds: limit.as_secs() };
        let (answer, answered) = mpsc::sync_channel(1);
        let give = move |result| {
            let _nobody_waits = answer.try_send(result);
        };
        match timeout(limit, self.lane.send(Order::work(work, give))).await {
            Ok(sent) => sent.map_err(|_closed| JournalError::Closed)?,
            Err(_elapsed) => return Err(silent),
        }
        match spawn_blocking(move || answered.recv_timeout(limit.saturating_sub(asked.elapsed()))).await {
            Ok(Ok(result)) => result,
            Ok(Err(mpsc::RecvTimeoutError::Timeout)) => Err(silent),
            Ok(Err(mpsc::RecvTimeoutError::Disconnected)) | Err(_) => Err(JournalError::Closed),
        }
    }
}
