//! What is asked of a person: actions that wait for a yes or no, and pauses.

use rusqlite::{Connection, params};

use super::{
    super::columns::{self, bits},
    At, Placed,
};
use crate::protocol::{Approval, ApprovalAnswer, PauseReason, Record, What};

const PUT_APPROVAL: &str = "
    INSERT INTO approvals (session, seq, at_ms, approval, closed, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const APPROVALS_OF: &str = "
    SELECT seq, at_ms, approval, closed, body FROM approvals WHERE session = ?1 ORDER BY seq";
const APPROVALS_BETWEEN: &str = "
    SELECT body FROM approvals WHERE session = ?1 AND closed = 0 AND seq > ?2 AND seq < ?3 ORDER BY seq DESC";
const ANSWER: &str = "
    SELECT body FROM approvals WHERE session = ?1 AND closed = 1 AND approval = ?2 ORDER BY seq DESC LIMIT 1";
const IN_FLIGHT: &str = "
    SELECT body FROM approvals AS asked
    WHERE session = ?1 AND closed = 0 AND NOT EXISTS (
        SELECT 1 FROM approvals AS told
        WHERE told.session = ?1 AND told.closed = 1 AND told.approval = asked.approval)
    ORDER BY seq";

const PUT_PAUSE: &str = "INSERT INTO pauses (session, seq, at_ms, resumed, body) VALUES (?1, ?2, ?3, ?4, ?5)";
const PAUSES_OF: &str = "SELECT seq, at_ms, resumed, body FROM pauses WHERE session = ?1 ORDER BY seq";

pub(super) fn put_approval(connection: &Connection, at: At, approval: &Approval) -> rusqlite::Result<()> {
    let values = params![at.session, at.seq, at.at_ms, bits(approval.id), false, columns::json(approval)?];
    connection.prepare_cached(PUT_APPROVAL)?.execute(values)?;
    Ok(())
}

pub(super) fn put_answer(
    connection: &Connection,
    at: At,
    approval: u64,
    answer: &ApprovalAnswer,
) -> rusqlite::Result<()> {
    let values = params![at.session, at.seq, at.at_ms, bits(approval), true, columns::json(answer)?];
    connection.prepare_cached(PUT_APPROVAL)?.execute(values)?;
    Ok(())
}

pub(super) fn approvals_of(connection: &Connection, session: i64) -> rusqlite::Result<Vec<Placed>> {
    columns::every(connection, APPROVALS_OF, [session], |row| {
        let (seq, at_ms, approval) = (row.plain()?, row.count()?, row.count()?);
        let is_closed: bool = row.plain()?;
        let what = if is_closed {
            What::ApprovalClosed { approval, answer: row.json()? }
        } else {
            What::ApprovalNeeded(row.json()?)
        };
        Ok((seq, Record { at_ms, what }))
    })
}

/// What was asked about between two places of a session, the newest first.
pub(in super::super) fn approvals_between(
    connection: &Connection,
    session: i64,
    after: i64,
    before: i64,
) -> rusqlite::Result<Vec<Approval>> {
    columns::every(connection, APPROVALS_BETWEEN, [session, after, before], columns::only_json)
}

/// What was answered, if anything was.
pub(in super::super) fn answer_to(
    connection: &Connection,
    session: i64,
    approval: u64,
) -> rusqlite::Result<Option<ApprovalAnswer>> {
    columns::first(connection, ANSWER, [session, bits(approval)], columns::only_json)
}

/// Actions that waited for a person, one sentence each.
pub(in super::super) fn in_flight(connection: &Connection, session: i64) -> rusqlite::Result<Vec<String>> {
    let waiting: Vec<Approval> = columns::every(connection, IN_FLIGHT, [session], columns::only_json)?;
    Ok(waiting.into_iter().map(|approval| format!("{} was waiting for a yes or no", approval.action)).collect())
}

pub(super) fn put_pause(connection: &Connection, at: At, why: &PauseReason) -> rusqlite::Result<()> {
    let values = params![at.session, at.seq, at.at_ms, false, columns::json(why)?];
    connection.prepare_cached(PUT_PAUSE)?.execute(values)?;
    Ok(())
}

pub(super) fn put_resumed(connection: &Connection, at: At, word: Option<&str>) -> rusqlite::Result<()> {
    let values = params![at.session, at.seq, at.at_ms, true, columns::json(&word)?];
    connection.prepare_cached(PUT_PAUSE)?.execute(values)?;
    Ok(())
}

pub(super) fn pauses_of(connection: &Connection, session: i64) -> rusqlite::Result<Vec<Placed>> {
    columns::every(connection, PAUSES_OF, [session], |row| {
        let (seq, at_ms, is_resumed) = (row.plain()?, row.count()?, row.plain()?);
        let what = if is_resumed { What::Resumed { word: row.json()? } } else { What::Paused { why: row.json()? } };
        Ok((seq, Record { at_ms, what }))
    })
}
