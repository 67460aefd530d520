//! Sessions as wholes: how one is begun, added to and ended, found again, and read back.

use std::sync::Arc;

use rusqlite::{Connection, Error, ErrorCode, Transaction, TransactionBehavior, ffi, params};
use serde_json::Value;

use super::{
    JournalError,
    columns::{self, Columns, bits, finite, word},
    figures,
    rows::{self, At, Said, looks},
};
use crate::protocol::{
    Certificate, Moment, Record, SessionFile, SessionLine, SessionReport, SessionStarted, SessionState,
};

const BEGIN: &str = "
    INSERT INTO sessions
        (id, state, owner, version, started_at, last_at, environment, goal, seed, strategy, demo)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
    ON CONFLICT (id) DO NOTHING";
const BEGIN_TEXTS: &str = "INSERT INTO session_texts (session, started, settings) VALUES (?1, ?2, ?3)";

const NEXT_SEQ: &str = "SELECT number, next_seq FROM sessions WHERE id = ?1";
const NOTE: &str = "UPDATE sessions SET next_seq = ?2, last_at = ?3 WHERE number = ?1";

const END: &str = "
    UPDATE sessions
    SET state = ?2, outcome = ?3, steps = max(steps, ?4), score = ?5, clean = ?6, last_at = ?7
    WHERE number = ?1";
const END_TEXTS: &str = "UPDATE session_texts SET report = ?2 WHERE session = ?1";
const CERTIFY: &str = "
    INSERT OR REPLACE INTO certificates (session, clean, gate_closed_ms, stopped_ms, items, open_after)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const CERTIFICATE: &str = "
    SELECT clean, gate_closed_ms, stopped_ms, items, open_after FROM certificates WHERE session = ?1";

const LATEST: &str = "SELECT number FROM sessions ORDER BY started_at DESC, number DESC LIMIT 1";
const ID: &str = "SELECT id FROM sessions WHERE number = ?1";
const EXACT: &str = "SELECT number FROM sessions WHERE id = ?1";
const BEGINNING: &str = "SELECT number FROM sessions WHERE ?1 <> '' AND substr(id, 1, length(?1)) = ?1 LIMIT 2";

/// The columns that `line` reads.
pub(super) const LINE: &str =
    "id, state, started_at, last_at, environment, goal, seed, strategy, demo, outcome, steps, score, clean";
const TEXTS: &str = "SELECT started, settings, report, summary FROM session_texts WHERE session = ?1";

const SUMMARISE: &str = "UPDATE session_texts SET summary = ?2 WHERE session = ?1";
const ACKNOWLEDGE: &str = "UPDATE sessions SET acknowledged = 1 WHERE number = ?1";
/// A session that runs is still written.
const REMOVE: &str = "DELETE FROM sessions WHERE number = ?1 AND state <> 'running'";
const INTERRUPT: &str = "
    UPDATE sessions SET state = 'interrupted'
    WHERE state = 'running' AND owner NOT IN (SELECT value FROM json_each(?1))";

/// What is known of a session when it begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Beginning {
    pub started: SessionStarted,
    /// The settings it runs with, as they stand in a settings file.
    pub settings: String,
    /// Which running program it belongs to; once that is gone, the session was interrupted.
    pub owner: String,
    /// The version of this program.
    pub version: String,
}

/// A record and its number in the session, from 1.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Numbered {
    pub(super) number: u64,
    pub(super) record: Record,
}

/// A session that began at this moment, which may be a while ago. Beginning the same one again does nothing.
pub(super) fn begin(connection: &mut Connection, began: &Beginning, at: Moment) -> rusqlite::Result<()> {
    let Beginning { started, settings, owner, version } = began;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let begun = transaction.prepare_cached(BEGIN)?.execute(params![
        started.session,
        word(&SessionState::Running)?,
        owner,
        version,
        bits(at.0),
        bits(Moment::now().0),
        columns::text(&started.environment),
        columns::text(&started.goal),
        bits(started.seed),
        word(&started.strategy)?,
        started.demo,
    ])?;
    if begun > 0 {
        let texts = params![transaction.last_insert_rowid(), columns::json(started)?, columns::text(settings)];
        transaction.prepare_cached(BEGIN_TEXTS)?.execute(texts)?;
    }
    transaction.commit()
}

/// Adds these, after all that are there.
pub(super) fn append(connection: &mut Connection, session: &str, records: &[Record]) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let (number, next) = next_seq(&transaction, session)?;
    write(&transaction, number, (next..).zip(records), next)?;
    transaction.commit()
}

/// Adds those that are not there yet: whoever does not know whether they arrived may write them again.
pub(super) fn record(connection: &mut Connection, session: &str, records: &[Arc<Numbered>]) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let (number, next) = next_seq(&transaction, session)?;
    let numbered = records.iter().map(|numbered| (bits(numbered.number), &numbered.record));
    write(&transaction, number, numbered.filter(|(seq, _)| *seq >= next), next)?;
    transaction.commit()
}

fn next_seq(transaction: &Transaction<'_>, session: &str) -> rusqlite::Result<(i64, i64)> {
    let found = columns::first(transaction, NEXT_SEQ, [session], |row| Ok((row.plain()?, row.plain()?)))?;
    found.ok_or_else(|| unknown(session))
}

fn write<'records>(
    transaction: &Transaction<'_>,
    session: i64,
    records: impl Iterator<Item = (i64, &'records Record)>,
    mut next: i64,
) -> rusqlite::Result<()> {
    for (seq, Record { at_ms, what }) in records {
        let at = At { session, seq, at_ms: bits(*at_ms) };
        match rows::put(transaction, at, what) {
            Err(error) if is_about_the_record(&error) => {
                // Tried again it would fail again, and everything after it with it.
                tracing::warn!("one record of a session cannot be kept and is left out: {error}");
            }
            put => put?,
        }
        next = seq.saturating_add(1);
    }
    transaction.prepare_cached(NOTE)?.execute(params![session, next, bits(Moment::now().0)])?;
    Ok(())
}

/// Whether the record itself is what SQLite does not take, whatever becomes of the disk.
fn is_about_the_record(error: &Error) -> bool {
    match error {
        Error::SqliteFailure(ffi::Error { code, .. }, _) => {
            matches!(code, ErrorCode::ConstraintViolation | ErrorCode::TooBig | ErrorCode::TypeMismatch)
        }
        Error::ToSqlConversionFailure(_) => true,
        _ => false,
    }
}

/// Ending the same session again writes the newer report.
pub(super) fn end(connection: &mut Connection, report: &SessionReport) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let session = columns::first(&transaction, EXACT, [&report.session], columns::only::<i64>)?
        .ok_or_else(|| unknown(&report.session))?;
    let Certificate { clean, gate_closed_ms, stopped_ms, items, open_after } = &report.certificate;
    transaction.prepare_cached(END)?.execute(params![
        session,
        word(&SessionState::Ended)?,
        word(&report.outcome)?,
        bits(report.steps),
        finite(report.score),
        clean,
        bits(Moment::now().0),
    ])?;
    // The picture is drawn from the records, and the certificate has a table of its own.
    let report = SessionReport { last_picture: Box::default(), certificate: Certificate::default(), ..report.clone() };
    let mut tree = columns::tree(&report)?;
    if let Value::Object(fields) = &mut tree {
        fields.shift_remove("last_picture");
    }
    transaction.prepare_cached(END_TEXTS)?.execute(params![session, columns::written(&tree)?])?;
    transaction.prepare_cached(CERTIFY)?.execute(params![
        session,
        clean,
        columns::figure(*gate_closed_ms),
        columns::figure(*stopped_ms),
        columns::json(items)?,
        columns::json(open_after)?,
    ])?;
    transaction.commit()
}

/// The number of the session that is called so, or begins so and is the only one; `latest` is the newest.
pub(super) fn find(connection: &Connection, id: &str) -> rusqlite::Result<Option<i64>> {
    if id == "latest" {
        return columns::first(connection, LATEST, [], columns::only);
    }
    if let Some(number) = columns::first(connection, EXACT, [id], columns::only)? {
        return Ok(Some(number));
    }
    let found: Vec<i64> = columns::every(connection, BEGINNING, [id], columns::only)?;
    match found.as_slice() {
        [] => Ok(None),
        [number] => Ok(Some(*number)),
        _ => Err(told(JournalError::Ambiguous { beginning: id.to_owned() })),
    }
}

/// What the session of this number is called.
pub(super) fn id_of(connection: &Connection, session: i64) -> rusqlite::Result<String> {
    Ok(columns::first(connection, ID, [session], columns::only)?.unwrap_or_default())
}

/// Everything of a session but what was said to models, and but pictures.
pub(super) fn file(connection: &Connection, id: &str, said: Said) -> rusqlite::Result<Option<SessionFile>> {
    let Some(session) = find(connection, id)? else { return Ok(None) };
    let sql = format!("SELECT {LINE} FROM sessions WHERE number = ?1");
    let Some(line) = columns::first(connection, &sql, [session], line)? else { return Ok(None) };
    let texts = columns::first(connection, TEXTS, [session], |row| {
        let (started, settings) = (lenient::<SessionStarted>(row.plain()?), row.plain()?);
        let (report, summary) = (lenient::<SessionReport>(row.plain()?), row.plain()?);
        Ok((started, settings, report, summary))
    })?;
    let (started, settings, report, summary) = texts.unwrap_or_default();
    let certificate = columns::first(connection, CERTIFICATE, [session], certificate)?;
    let report = report.map(|report| match certificate {
        Some(certificate) => SessionReport { certificate, ..report },
        None => report,
    });
    let records = rows::all(connection, session, said)?;
    let file = SessionFile { line, started, settings, records, report, summary, ..SessionFile::default() };
    let figures = figures::of(&file);
    Ok(Some(SessionFile { figures, ..file }))
}

/// What cannot be read of these texts leaves the others whole.
fn lenient<T: serde::de::DeserializeOwned>(text: Option<String>) -> Option<T> {
    let read = text.map(|text| serde_json::from_str(&text));
    read.transpose().unwrap_or_else(|error| {
        tracing::warn!("a part of a session in the journal cannot be read and is left out: {error}");
        None
    })
}

fn certificate(row: &mut Columns<'_, '_>) -> rusqlite::Result<Certificate> {
    Ok(Certificate {
        clean: row.plain()?,
        gate_closed_ms: row.plain()?,
        stopped_ms: row.plain()?,
        items: row.json()?,
        open_after: row.json()?,
    })
}

/// A row of [`LINE`].
pub(super) fn line(row: &mut Columns<'_, '_>) -> rusqlite::Result<SessionLine> {
    Ok(SessionLine {
        session: row.plain()?,
        state: row.word()?,
        started_at: Moment(row.count()?),
        last_at: Moment(row.count()?),
        environment: row.plain()?,
        goal: row.plain()?,
        seed: row.count()?,
        strategy: row.word()?,
        demo: row.plain()?,
        outcome: row.maybe_word()?,
        steps: row.count()?,
        score: row.plain()?,
        clean: row.plain()?,
    })
}

/// Keeps what a model made of the session, in place of what it made of it before.
pub(super) fn keep_summary(connection: &Connection, id: &str, summary: &str) -> rusqlite::Result<()> {
    let session = find(connection, id)?.ok_or_else(|| unknown(id))?;
    connection.prepare_cached(SUMMARISE)?.execute(params![session, columns::text(summary)])?;
    Ok(())
}

/// It needs no attention any more. One that is not there needs none either.
pub(super) fn acknowledge(connection: &Connection, id: &str) -> rusqlite::Result<()> {
    if let Some(session) = find(connection, id)? {
        connection.prepare_cached(ACKNOWLEDGE)?.execute([session])?;
    }
    Ok(())
}

/// Says whether it was there and was no running one.
pub(super) fn remove(connection: &mut Connection, id: &str) -> rusqlite::Result<bool> {
    match find(connection, id)? {
        Some(session) => remove_numbered(connection, session),
        None => Ok(false),
    }
}

/// The same by its number here.
pub(super) fn remove_numbered(connection: &mut Connection, session: i64) -> rusqlite::Result<bool> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let removed = transaction.prepare_cached(REMOVE)?.execute([session])?;
    looks::forget_pictures(&transaction)?;
    transaction.commit()?;
    Ok(removed > 0)
}

/// Says how many running sessions belong to none of these programs; they are interrupted ones from now on.
pub(super) fn mark_interrupted(connection: &Connection, alive: &[String]) -> rusqlite::Result<u64> {
    let marked = connection.prepare_cached(INTERRUPT)?.execute([columns::written(&alive)?])?;
    Ok(u64::try_from(marked).unwrap_or(u64::MAX))
}

fn unknown(session: &str) -> Error {
    told(JournalError::NoSession { session: session.to_owned() })
}

/// An error of our own on its way through SQLite's.
fn told(error: JournalError) -> Error {
    Error::ToSqlConversionFailure(Box::new(error))
}
