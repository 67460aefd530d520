//! What was begun that could outlive the program: child processes, and copies of models that were loaded.

use rusqlite::{Connection, params};

use super::{
    super::columns::{self, Columns, word},
    At, Placed,
};
use crate::protocol::{Belonging, Record, What};

const PUT: &str = "
    INSERT INTO belongings (session, seq, at_ms, closed, kind, name, handle, place)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
const OF: &str = "
    SELECT seq, at_ms, closed, kind, name, handle, place FROM belongings WHERE session = ?1 ORDER BY seq";
/// A number or name can be given again, so only what came after counts.
const OPEN: &str = "
    SELECT kind, name, handle, place FROM belongings AS begun
    WHERE session = ?1 AND closed = 0 AND NOT EXISTS (
        SELECT 1 FROM belongings AS later
        WHERE later.session = ?1 AND later.seq > begun.seq AND later.kind = begun.kind
            AND later.handle = begun.handle AND later.place = begun.place)
    ORDER BY seq";

pub(super) fn put(connection: &Connection, at: At, belonging: &Belonging, is_closed: bool) -> rusqlite::Result<()> {
    let Belonging { kind, name, handle, place } = belonging;
    connection.prepare_cached(PUT)?.execute(params![
        at.session,
        at.seq,
        at.at_ms,
        is_closed,
        word(kind)?,
        columns::text(name),
        columns::text(handle),
        columns::text(place),
    ])?;
    Ok(())
}

pub(super) fn of(connection: &Connection, session: i64) -> rusqlite::Result<Vec<Placed>> {
    columns::every(connection, OF, [session], |row| {
        let (seq, at_ms, is_closed) = (row.plain()?, row.count()?, row.plain()?);
        let belonging = belonging(row)?;
        let what = if is_closed { What::Closed(belonging) } else { What::Opened(belonging) };
        Ok((seq, Record { at_ms, what }))
    })
}

/// What was begun and is not known to be gone.
pub(in super::super) fn open(connection: &Connection, session: i64) -> rusqlite::Result<Vec<Belonging>> {
    columns::every(connection, OPEN, [session], belonging)
}

fn belonging(row: &mut Columns<'_, '_>) -> rusqlite::Result<Belonging> {
    Ok(Belonging { kind: row.word()?, name: row.plain()?, handle: row.plain()?, place: row.plain()? })
}
