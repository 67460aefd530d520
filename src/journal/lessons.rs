//! What has been learnt: reading, keeping and forgetting it.

use rusqlite::{Connection, Row, Transaction, TransactionBehavior, params};

use super::columns::text;
use crate::protocol::{Lesson, Moment};

const OF_ENVIRONMENT: &str = "
    SELECT environment, situation, action, value, times, learnt_at_ms FROM lessons
    WHERE environment = ?1 ORDER BY situation, action";

const KEEP: &str = "
    INSERT INTO lessons (environment, situation, action, value, times, learnt_at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (environment, situation, action)
    DO UPDATE SET value = excluded.value, times = excluded.times, learnt_at_ms = excluded.learnt_at_ms";

const FORGET: &str = "DELETE FROM lessons WHERE environment = ?1";

/// Everything learnt in this kind of environment, by situation and action.
pub(super) fn of(connection: &Connection, environment: &str) -> rusqlite::Result<Vec<Lesson>> {
    let mut statement = connection.prepare_cached(OF_ENVIRONMENT)?;
    let lessons = statement.query_map([text(environment)], lesson)?;
    lessons.collect()
}

/// Keeps all or none.
pub(super) fn keep(connection: &mut Connection, lessons: &[Lesson]) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    write(&transaction, lessons)?;
    transaction.commit()
}

/// Says how many.
pub(super) fn forget(connection: &Connection, environment: &str) -> rusqlite::Result<u64> {
    let forgotten = connection.execute(FORGET, [text(environment)])?;
    Ok(u64::try_from(forgotten).unwrap_or(u64::MAX))
}

fn write(transaction: &Transaction<'_>, lessons: &[Lesson]) -> rusqlite::Result<()> {
    let mut statement = transaction.prepare_cached(KEEP)?;
    // A value that is no number, or without end, is a slip in a calculation. Kept as nothing it would wipe out what the
    // action was worth before, and kept as it is nothing added later could change it: so it is not kept.
    let (usable, unusable): (Vec<_>, Vec<_>) = lessons.iter().partition(|lesson| lesson.value.is_finite());
    for lesson in usable {
        let Lesson { environment, situation, action, value, .. } = lesson;
        let (times, learnt_at_ms) = (stored(lesson.times), stored(lesson.learnt_at.0));
        // A key that an environment or a model let slip is kept nowhere, so it is also looked for without it.
        let (environment, situation, action) = (text(environment), text(situation), text(action));
        statement.execute(params![environment, situation, action, value, times, learnt_at_ms])?;
    }
    if !unusable.is_empty() {
        tracing::warn!("{} lessons have no finite value and are not kept", unusable.len());
    }
    Ok(())
}

fn lesson(row: &Row<'_>) -> rusqlite::Result<Lesson> {
    Ok(Lesson {
        environment: row.get(0)?,
        situation: row.get(1)?,
        action: row.get(2)?,
        value: row.get(3)?,
        times: counted(row.get(4)?),
        learnt_at: Moment(counted(row.get(5)?)),
    })
}

/// SQLite has no integers above `i64::MAX`. No count and no date that is meant gets there; it stands for all of them.
fn stored(figure: u64) -> i64 {
    i64::try_from(figure).unwrap_or(i64::MAX)
}

/// Nothing below zero is ever stored.
fn counted(figure: i64) -> u64 {
    u64::try_from(figure).unwrap_or(0)
}
