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

/// Removes the sessions that nothing was written to for so many days, then the oldest until all that is kept takes so
/// many megabytes at most; 0 for no such limit. Says how many that were.
pub(super) fn retain(connection: &mut Connection, keep_days: u32, keep_mb: u64) -> rusqlite::Result<u64> {
    let mut removed = 0;
    if keep_days > 0 {
        let oldest = Moment::now().0.saturating_sub(u64::from(keep_days).saturating_mul(DAY_MS));
        let sql = format!("SELECT number FROM sessions WHERE {MAY_GO} AND last_at < ?1 ORDER BY started_at, number");
        let old: Vec<i64> = columns::every(connection, &sql, params![bits(oldest)], columns::only)?;
        for session in old {
            removed += u64::from(sessions::remove_numbered(connection, session)?);
        }
    }
    if keep_mb > 0 {
        let most = keep_mb.saturating_mul(MB);
        let sql = format!("SELECT number FROM sessions WHERE {MAY_GO} ORDER BY started_at, number LIMIT 1");
        while used(connection)? > most {
            let Some(oldest) = columns::first(connection, &sql, [], columns::only)? else { break };
            // What cannot be removed would be the oldest for ever.
            if !sessions::remove_numbered(connection, oldest)? {
                break;
            }
            removed += 1;
        }
    }
    if removed > 0 {
        give_back(connection)?;
    }
    Ok(removed)
}

/// Gives pages that nothing stands on any more back to the disk.
pub(super) fn give_back(connection: &Connection) -> rusqlite::Result<()> {
    if pragma(connection, "auto_vacuum")? == INCREMENTAL {
        // It gives back a page with each row that is asked for.
        let mut statement = connection.prepare("PRAGMA incremental_vacuum")?;
        let mut rows = statement.query([])?;
        while rows.next()?.is_some() {}
    } else if connection.path().is_some_and(|path| !path.is_empty()) {
        // Written by a version that kept little. From now on it can do without being written anew.
        connection.pragma_update(None, "auto_vacuum", INCREMENTAL)?;
        connection.execute_batch("VACUUM")?;
    }
    // The log held everything that moved. Where somebody reads it just now, it gets small the next time.
    let _is_held_up: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    Ok(())
}

/// What stands in the file, without the pages that are free.
fn used(connection: &Connection) -> rusqlite::Result<u64> {
    let pages = pragma(connection, "page_count")?.saturating_sub(pragma(connection, "freelist_count")?);
    Ok(pages.saturating_mul(pragma(connection, "page_size")?).max(0).cast_unsigned())
}

fn pragma(connection: &Connection, name: &str) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, name, |row| row.get(0))
}
