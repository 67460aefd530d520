//! What was said about a session while it ran: notices, and the narrator's lines.

use rusqlite::{Connection, params};

use super::{
    super::columns::{self, bits, word},
    At, Placed,
};
use crate::protocol::{Narration, Notice, Record, What};

const PUT_NOTICE: &str = "
    INSERT INTO notices (session, seq, at_ms, kind, source, text, problem) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const NOTICES_OF: &str = "
    SELECT seq, at_ms, kind, source, text, problem FROM notices WHERE session = ?1 ORDER BY seq";

const PUT_NARRATION: &str = "
    INSERT INTO narrations (session, seq, at_ms, text, by, step, dropped) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const NARRATIONS_OF: &str = "
    SELECT seq, at_ms, text, by, step, dropped FROM narrations WHERE session = ?1 ORDER BY seq";

pub(super) fn put_notice(connection: &Connection, at: At, notice: &Notice) -> rusqlite::Result<()> {
    let Notice { kind, from, text, problem } = notice;
    connection.prepare_cached(PUT_NOTICE)?.execute(params![
        at.session,
        at.seq,
        at.at_ms,
        word(kind)?,
        columns::text(from),
        columns::text(text),
        columns::maybe_json(problem.as_ref())?,
    ])?;
    Ok(())
}

pub(super) fn notices_of(connection: &Connection, session: i64) -> rusqlite::Result<Vec<Placed>> {
    columns::every(connection, NOTICES_OF, [session], |row| {
        let (seq, at_ms) = (row.plain()?, row.count()?);
        let notice = Notice { kind: row.word()?, from: row.plain()?, text: row.plain()?, problem: row.maybe_json()? };
        Ok((seq, Record { at_ms, what: What::Noticed(Box::new(notice)) }))
    })
}

pub(super) fn put_narration(connection: &Connection, at: At, narration: &Narration) -> rusqlite::Result<()> {
    let Narration { text, by, step, dropped } = narration;
    connection.prepare_cached(PUT_NARRATION)?.execute(params![
        at.session,
        at.seq,
        at.at_ms,
        columns::text(text),
        columns::text(by),
        bits(*step),
        bits(*dropped),
    ])?;
    Ok(())
}

pub(super) fn narrations_of(connection: &Connection, session: i64) -> rusqlite::Result<Vec<Placed>> {
    columns::every(connection, NARRATIONS_OF, [session], |row| {
        let (seq, at_ms) = (row.plain()?, row.count()?);
        let narration = Narration { text: row.plain()?, by: row.plain()?, step: row.count()?, dropped: row.count()? };
        Ok((seq, Record { at_ms, what: What::Narrated(narration) }))
    })
}
