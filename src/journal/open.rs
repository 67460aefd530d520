//! Opening a database: looked at before anything is written, so that a file which cannot be used stays as it is.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, Error, MAIN_DB, OpenFlags, config::DbConfig, ffi};

use super::{JournalError, migrations};

/// How long to wait while another program writes. Well under the time in which a session has to end.
const OTHERS_MAY_TAKE: Duration = Duration::from_secs(1);

/// How many prepared statements are kept ready.
const STATEMENTS: usize = 96;

/// Opens this file, or begins it and its folder.
pub(super) fn file(path: &Path) -> Result<Connection, JournalError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| JournalError::from_io(folder, &error))?;
    }
    let failed = |error: Error| JournalError::from_sqlite(path, &error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    connection.busy_timeout(OTHERS_MAY_TAKE).map_err(failed)?;
    look(&connection, path)?;
    give_back_pages(&connection).map_err(failed)?;
    log_ahead(&connection).map_err(failed)?;
    furnish(&mut connection, path)?;
    Ok(connection)
}

/// A second way into a file that is open: reads go on there while somebody writes. It does not look at the file yet.
pub(super) fn second(path: &Path) -> Result<Connection, JournalError> {
    let failed = |error: Error| JournalError::from_sqlite(path, &error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    connection.busy_timeout(OTHERS_MAY_TAKE).map_err(failed)?;
    keep_statements(&connection);
    connection.pragma_update(None, "query_only", true).map_err(failed)?;
    Ok(connection)
}

/// Opens a file that is there and has every table, to look at it only.
pub(super) fn to_read(path: &Path) -> Result<Connection, JournalError> {
    if !path.try_exists().map_err(|error| JournalError::from_io(path, &error))? {
        return Err(JournalError::Missing { path: path.to_path_buf() });
    }
    let failed = |error: Error| JournalError::from_sqlite(path, &error);
    let mut log = path.to_path_buf().into_os_string();
    log.push("-wal");
    let has_log = Path::new(&log).exists();
    let connection = second(path)?;
    // A log that somebody left is not ours to move into the file; one that comes only of our reading goes again.
    let leaves_log = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, has_log);
    leaves_log.map_err(failed)?;
    migrations::refuse_newer(&connection, path)?;
    migrations::refuse_older(&connection, path)?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0)).map_err(failed)?;
    Ok(connection)
}

/// A database without a file. An error names it as `place`.
pub(super) fn memory(place: &Path) -> Result<Connection, JournalError> {
    let mut connection = Connection::open_in_memory().map_err(|error| JournalError::from_sqlite(place, &error))?;
    furnish(&mut connection, place)?;
    Ok(connection)
}

/// Can this be used? Only reads, and whatever fails here leaves the file and its log as they are.
pub(super) fn look(connection: &Connection, path: &Path) -> Result<(), JournalError> {
    let failed = |error: Error| JournalError::from_sqlite(path, &error);
    // Closing a database moves its log into its file, which is not ours to do before it is known to be ours.
    let leave_the_log = |is_left: bool| connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, is_left);
    leave_the_log(true).map_err(failed)?;
    migrations::refuse_newer(connection, path)?;
    // The version stands in the header; this reads what the tables are, which a damaged file cannot tell.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0)).map_err(failed)?;
    // Said now, and not by the first write an hour later.
    if connection.is_readonly(MAIN_DB).map_err(failed)? {
        return Err(failed(Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_READONLY), None)));
    }
    leave_the_log(false).map_err(failed)?;
    Ok(())
}

/// Lets a new file give back pages that are free without being written anew. It must be chosen before anything is
/// written.
fn give_back_pages(connection: &Connection) -> rusqlite::Result<()> {
    let pages: i64 = connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
    if pages == 0 {
        connection.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
    }
    Ok(())
}

/// Writes go to a log first, so that a killed process leaves whole transactions.
fn log_ahead(connection: &Connection) -> rusqlite::Result<()> {
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    // Some network drives cannot do that and stay as they are; there only the default survives a power cut.
    if mode == "wal" {
        connection.pragma_update(None, "synchronous", "NORMAL")?;
    }
    Ok(())
}

/// There are more statements than are kept ready if nothing is said.
fn keep_statements(connection: &Connection) {
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
}

fn furnish(connection: &mut Connection, path: &Path) -> Result<(), JournalError> {
    keep_statements(connection);
    connection.pragma_update(None, "foreign_keys", true).map_err(|error| JournalError::from_sqlite(path, &error))?;
    migrations::run(connection, path)
}
