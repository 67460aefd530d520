//! The tables, as numbered steps from an empty file to now. A step that was released is never changed, only followed by
//! another one.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::JournalError;

/// Every step and the version that the file has after it.
pub(super) const MIGRATIONS: [(i32, &str); 3] = [
    (
        1,
        "CREATE TABLE lessons (
        environment  TEXT NOT NULL,
        situation    TEXT NOT NULL,
        action       TEXT NOT NULL,
        value        REAL NOT NULL,
        times        INTEGER NOT NULL,
        learnt_at_ms INTEGER NOT NULL,
        PRIMARY KEY (environment, situation, action)
    ) STRICT, WITHOUT ROWID;",
    ),
    (2, include_str!("migrations/2_sessions.sql")),
    // Everything that was said about an action, where `text` is what the models read of it.
    (3, "ALTER TABLE effects ADD COLUMN whole TEXT;"),
];

/// The version that is known here.
pub(super) const VERSION: i32 = MIGRATIONS[MIGRATIONS.len() - 1].0;

/// A file of a newer version may mean something else by the same names.
pub(super) fn refuse_newer(connection: &Connection, path: &Path) -> Result<(), JournalError> {
    let found = version(connection).map_err(|error| JournalError::from_sqlite(path, &error))?;
    if found > VERSION {
        return Err(JournalError::Newer { found, known: VERSION, path: path.to_path_buf() });
    }
    Ok(())
}

/// A file that is only looked at must have every table already.
pub(super) fn refuse_older(connection: &Connection, path: &Path) -> Result<(), JournalError> {
    let found = version(connection).map_err(|error| JournalError::from_sqlite(path, &error))?;
    if found < VERSION {
        return Err(JournalError::Older { found, known: VERSION, path: path.to_path_buf() });
    }
    Ok(())
}

/// Takes all steps that are missing, or none.
pub(super) fn run(connection: &mut Connection, path: &Path) -> Result<(), JournalError> {
    take_steps(connection).map_err(|error| JournalError::from_sqlite(path, &error))?;
    // A newer program may have been quicker between the first look and now.
    refuse_newer(connection, path)
}

fn take_steps(connection: &mut Connection) -> rusqlite::Result<()> {
    if version(connection)? >= VERSION {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Read again: only now can no other program take the same steps at the same time.
    let found = version(&transaction)?;
    for (number, step) in MIGRATIONS.iter().filter(|(number, _)| *number > found) {
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", number)?;
    }
    transaction.commit()
}

fn version(connection: &Connection) -> rusqlite::Result<i32> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}
