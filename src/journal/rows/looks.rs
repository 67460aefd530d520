//! What was seen, the pictures of it, and the questions that were asked about it.

use std::hash::{DefaultHasher, Hash, Hasher};

use rusqlite::{Connection, params};

use super::{
    super::columns::{self, Columns, bits, finite, word},
    At, Placed,
    views::{self, Views},
};
use crate::protocol::{Observed, Questioned, Record, What};

const PUT: &str = "
    INSERT INTO observations
        (session, seq, at_ms, look, tick, scene, situation, score, view_base, picture, text, facts, view)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";

const OF: &str = "
    SELECT seq, at_ms, look, tick, scene, situation, text, facts, score, view_base, view, picture
    FROM observations WHERE session = ?1 ORDER BY seq";

const AT_LOOK: &str = "
    SELECT seq, at_ms, look, tick, scene, situation, text, facts, score, view_base, view, picture
    FROM observations WHERE session = ?1 AND look = ?2 ORDER BY seq DESC LIMIT 1";

const BEFORE: &str = "
    SELECT seq, at_ms, look, tick, scene, situation, text, facts, score, view_base, view, picture
    FROM observations WHERE session = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT 1";

/// The hash only finds candidates: the same picture has the same bytes.
const SAME_PICTURE: &str = "SELECT number FROM pictures WHERE hash = ?1 AND png = ?2";
const PUT_PICTURE: &str = "INSERT INTO pictures (hash, png) VALUES (?1, ?2)";
const KNOWN_PICTURE: &str = "SELECT number FROM pictures WHERE number = ?1";
const PICTURE: &str = "SELECT png FROM pictures WHERE number = ?1";
const FORGET_PICTURES: &str = "
    DELETE FROM pictures
    WHERE number NOT IN (SELECT picture FROM observations WHERE picture IS NOT NULL)";

const PUT_QUESTION: &str = "
    INSERT INTO questions (session, seq, at_ms, question, look) VALUES (?1, ?2, ?3, ?4, ?5)";
const QUESTIONS_OF: &str = "
    SELECT seq, at_ms, question, look FROM questions WHERE session = ?1 ORDER BY seq";
const LOOK_OF_QUESTION: &str = "
    SELECT look FROM questions WHERE session = ?1 AND question = ?2 ORDER BY seq DESC LIMIT 1";

pub(super) fn put(connection: &Connection, at: At, observed: &Observed) -> rusqlite::Result<()> {
    let Observed { look, tick, scene, situation, text, facts, score, view, picture_png, picture } = observed;
    let picture = match (picture_png, picture) {
        (Some(png), _) => Some(keep_picture(connection, png)?),
        (None, Some(number)) => columns::first(connection, KNOWN_PICTURE, [bits(*number)], columns::only)?,
        (None, None) => None,
    };
    let (base, view) = views::compact(connection, at.session, view)?;
    connection.prepare_cached(PUT)?.execute(params![
        at.session,
        at.seq,
        at.at_ms,
        bits(*look),
        bits(*tick),
        word(scene)?,
        columns::text(situation),
        finite(*score),
        base,
        picture,
        columns::text(text),
        columns::json(facts)?,
        view,
    ])?;
    Ok(())
}

pub(super) fn of(connection: &Connection, session: i64) -> rusqlite::Result<Vec<Placed>> {
    let mut views = Views::default();
    columns::every(connection, OF, [session], |row| observed(connection, session, &mut views, row))
}

/// What was seen at this look.
pub(in super::super) fn at_look(
    connection: &Connection,
    session: i64,
    look: u64,
) -> rusqlite::Result<Option<Observed>> {
    one(connection, session, AT_LOOK, bits(look))
}

/// What was seen last before this place of the session.
pub(in super::super) fn before(connection: &Connection, session: i64, seq: i64) -> rusqlite::Result<Option<Observed>> {
    one(connection, session, BEFORE, seq)
}

fn one(connection: &Connection, session: i64, sql: &str, which: i64) -> rusqlite::Result<Option<Observed>> {
    let mut views = Views::default();
    let read = |row: &mut Columns<'_, '_>| observed(connection, session, &mut views, row);
    let found = columns::first(connection, sql, [session, which], read)?;
    Ok(found.and_then(|(_, record)| match record.what {
        What::Observed(observed) => Some(*observed),
        _ => None,
    }))
}

fn observed(
    connection: &Connection,
    session: i64,
    views: &mut Views,
    row: &mut Columns<'_, '_>,
) -> rusqlite::Result<Placed> {
    let (seq, at_ms) = (row.plain()?, row.count()?);
    let mut observed = Observed {
        look: row.count()?,
        tick: row.count()?,
        scene: row.word()?,
        situation: row.plain()?,
        text: row.plain()?,
        facts: row.json()?,
        score: row.plain()?,
        ..Observed::default()
    };
    let (base, view): (_, String) = (row.plain()?, row.plain()?);
    observed.view = views.read(connection, session, (base, &view));
    observed.picture = row.maybe_count()?;
    Ok((seq, Record { at_ms, what: What::Observed(Box::new(observed)) }))
}

/// Gives its number; the same picture keeps the one that it has.
fn keep_picture(connection: &Connection, png: &[u8]) -> rusqlite::Result<i64> {
    let mut hasher = DefaultHasher::new();
    png.hash(&mut hasher);
    let hash = bits(hasher.finish());
    if let Some(number) = columns::first(connection, SAME_PICTURE, params![hash, png], columns::only)? {
        return Ok(number);
    }
    connection.prepare_cached(PUT_PICTURE)?.execute(params![hash, png])?;
    Ok(connection.last_insert_rowid())
}

/// A picture as the file that it was kept as, PNG or JPEG.
pub(in super::super) fn picture(connection: &Connection, number: u64) -> rusqlite::Result<Option<Vec<u8>>> {
    columns::first(connection, PICTURE, [bits(number)], columns::only)
}

/// Removes the pictures that nobody points to any more.
pub(in super::super) fn forget_pictures(connection: &Connection) -> rusqlite::Result<()> {
    connection.prepare_cached(FORGET_PICTURES)?.execute([])?;
    Ok(())
}

pub(super) fn put_question(connection: &Connection, at: At, questioned: &Questioned) -> rusqlite::Result<()> {
    let Questioned { question, look } = questioned;
    let values = params![at.session, at.seq, at.at_ms, bits(*question), bits(*look)];
    connection.prepare_cached(PUT_QUESTION)?.execute(values)?;
    Ok(())
}

pub(super) fn questions_of(connection: &Connection, session: i64) -> rusqlite::Result<Vec<Placed>> {
    columns::every(connection, QUESTIONS_OF, [session], |row| {
        let (seq, at_ms) = (row.plain()?, row.count()?);
        let questioned = Questioned { question: row.count()?, look: row.count()? };
        Ok((seq, Record { at_ms, what: What::Questioned(questioned) }))
    })
}

/// The look that a question was about.
pub(in super::super) fn look_of_question(
    connection: &Connection,
    session: i64,
    question: u64,
) -> rusqlite::Result<Option<u64>> {
    columns::first(connection, LOOK_OF_QUESTION, [session, bits(question)], columns::only_count)
}
