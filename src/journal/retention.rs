//! How long sessions are kept: by age and by size, oldest first, and giving the space back to the disk.

use rusqlite::{Connection, params};

use super::{
    columns::{self, bits},
    sessions,
};
use crate::protocol::Moment;

const DAY_MS: u64 = 24 * 60 * 60 * 1000;
const MB: u64 = 1_000_000;

/// One that runs is still written, and one that was interrupted waits for somebody to look after it.
const MAY_GO: &str = "(state = 'ended' OR (state = 'interrupted' AND acknowledged = 1))";

/// What SQLite calls a file that can give back its free pages without being written anew.
const INCREMENTAL: i64 = 2;

/// How many pages are given back at once: a few megabytes, which takes a disk a moment.
const SLICE: u32 = 2_000;

/// Removes one session, the oldest that nothing was written to for so many days, else the oldest of all where what is
/// kept takes more than so many megabytes; 0 for no such limit. False where none has to go. One at a time, so that
/// whatever else is to be written never waits for all of them. Its space is given back by [`give_back_some`].
pub(super) fn remove_one(connection: &mut Connection, keep_days: u32, keep_mb: u64) -> rusqlite::Result<bool> {
    let oldest = match too_old(connection, keep_days)? {
        None if keep_mb > 0 && used(connection)? > keep_mb.saturating_mul(MB) => {
            let sql = format!("SELECT number FROM sessions WHERE {MAY_GO} ORDER BY started_at, number LIMIT 1");
            columns::first(connection, &sql, [], columns::only)?
        }
        too_old => too_old,
    };
    let Some(session) = oldest else { return Ok(false) };
    sessions::remove_numbered(connection, session)
}

fn too_old(connection: &Connection, keep_days: u32) -> rusqlite::Result<Option<i64>> {
    if keep_days == 0 {
        return Ok(None);
    }
    let oldest = Moment::now().0.saturating_sub(u64::from(keep_days).saturating_mul(DAY_MS));
    let sql =
        format!("SELECT number FROM sessions WHERE {MAY_GO} AND last_at < ?1 ORDER BY started_at, number LIMIT 1");
    columns::first(connection, &sql, params![bits(oldest)], columns::only)
}

/// Gives some of the pages that nothing stands on any more back to the disk, and says whether there are more of them.
/// Only some, so that whatever else is to be written never waits for all of them.
pub(super) fn give_back_some(connection: &Connection) -> rusqlite::Result<bool> {
    if only_looks(connection)? {
        return Ok(false);
    }
    if pragma(connection, "auto_vacuum")? == INCREMENTAL {
        let before = pragma(connection, "freelist_count")?;
        if before == 0 {
            return Ok(false);
        }
        // It gives back a page with each row that is asked for.
        let mut statement = connection.prepare_cached(&format!("PRAGMA incremental_vacuum({SLICE})"))?;
        let mut rows = statement.query([])?;
        while rows.next()?.is_some() {}
        drop(rows);
        let after = pragma(connection, "freelist_count")?;
        // Where it does not get less, asking again would never end.
        return Ok(after > 0 && after < before);
    }
    if connection.path().is_some_and(|path| !path.is_empty()) {
        // Written by a version that kept little. From now on it can do without being written anew.
        connection.pragma_update(None, "auto_vacuum", INCREMENTAL)?;
        connection.execute_batch("VACUUM")?;
    }
    Ok(false)
}

/// Moves the log, which held everything that moved, into the file and makes it small. Where somebody reads it just now,
/// it gets small the next time.
pub(super) fn shorten_log(connection: &Connection) -> rusqlite::Result<()> {
    if only_looks(connection)? {
        return Ok(());
    }
    let _is_held_up: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    Ok(())
}

/// Whoever only looks leaves the file and its log as they are; SQLite would still move the one into the other.
fn only_looks(connection: &Connection) -> rusqlite::Result<bool> {
    Ok(pragma(connection, "query_only")? != 0)
}

/// What stands in the file, without the pages that are free.
fn used(connection: &Connection) -> rusqlite::Result<u64> {
    let pages = pragma(connection, "page_count")?.saturating_sub(pragma(connection, "freelist_count")?);
    Ok(pages.saturating_mul(pragma(connection, "page_size")?).max(0).cast_unsigned())
}

fn pragma(connection: &Connection, name: &str) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, name, |row| row.get(0))
}
