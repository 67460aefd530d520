//! What the journal has: the list of sessions, the search through them, and what was cut off.

use std::{fs, path::PathBuf};

use rusqlite::Connection;

use super::{
    columns::{self, Columns},
    rows::{belongings, calls, deeds, persons},
    sessions::{self, LINE},
};
use crate::protocol::{Belonging, Interrupted, Left, SessionLine, SessionState, SessionsList};

/// Nobody searches for more letters, and SQLite compares no longer ones.
const LONGEST_SEARCH: usize = 200;

/// Everything in which a search looks; `?1` stands for what is searched for, between two `%`.
const MATCHES: &str = r"
    goal LIKE ?1 ESCAPE '\' OR environment LIKE ?1 ESCAPE '\' OR id LIKE ?1 ESCAPE '\'
    OR strategy LIKE ?1 ESCAPE '\' OR replace(strategy, '_', ' ') LIKE ?1 ESCAPE '\'
    OR EXISTS (SELECT 1 FROM steps WHERE session = number AND action LIKE ?1 ESCAPE '\')
    OR EXISTS (SELECT 1 FROM notices WHERE session = number AND text LIKE ?1 ESCAPE '\')
    OR EXISTS (SELECT 1 FROM model_calls WHERE session = number
        AND (answer LIKE ?1 ESCAPE '\' OR reasoning LIKE ?1 ESCAPE '\'))";

const NEWEST_FIRST: &str = "ORDER BY started_at DESC, number DESC";

const TOTAL: &str = "SELECT count(*) FROM sessions";

/// Sessions that run as far as the journal knows, with the program that they belong to.
const RUNNING: &str = "SELECT id, owner FROM sessions WHERE state = 'running'";

/// What is found, newest first; everything where nothing is searched for. Where it is known who lives, sessions that run
/// and belong to nobody living are shown as what they are.
pub(super) fn list(connection: &Connection, search: &str, living: Option<&[String]>) -> rusqlite::Result<SessionsList> {
    let sought = search.trim();
    let owned = |row: &mut Columns<'_, '_>| Ok((row.plain()?, row.plain()?));
    let is_dead = |owner: &String| living.is_some_and(|living| !living.contains(owner));
    let running: Vec<(String, String)> = columns::every(connection, RUNNING, [], owned)?;
    let dead: Vec<String> =
        running.into_iter().filter(|(_, owner)| is_dead(owner)).map(|(session, _)| session).collect();
    let lines: Vec<SessionLine> = if sought.is_empty() {
        let sql = format!("SELECT {LINE} FROM sessions {NEWEST_FIRST}");
        columns::every(connection, &sql, [], sessions::line)?
    } else {
        let sql = format!("SELECT {LINE} FROM sessions WHERE {MATCHES} {NEWEST_FIRST}");
        columns::every(connection, &sql, [pattern(sought)], sessions::line)?
    };
    let lines = lines.into_iter().map(|line| as_it_is(line, &dead)).collect();
    Ok(SessionsList {
        search: search.to_owned(),
        lines,
        total: columns::first(connection, TOTAL, [], columns::only_count)?.unwrap_or_default(),
        bytes: bytes(connection)?,
        interrupted: interrupted(connection, &dead)?,
    })
}

fn as_it_is(mut line: SessionLine, dead: &[String]) -> SessionLine {
    if dead.contains(&line.session) {
        line.state = SessionState::Interrupted;
    }
    line
}

/// The search for this text itself, whatever signs it has.
fn pattern(sought: &str) -> String {
    let mut pattern = String::from("%");
    for letter in sought.chars().take(LONGEST_SEARCH) {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

/// What the file and its log take on the disk; without a file, what they would take.
fn bytes(connection: &Connection) -> rusqlite::Result<u64> {
    let path = connection.path().filter(|path| !path.is_empty()).map(PathBuf::from);
    let Some(path) = path else { return pages(connection) };
    let mut log = path.clone().into_os_string();
    log.push("-wal");
    let size = |path: PathBuf| fs::metadata(path).map_or(0, |metadata| metadata.len());
    Ok(size(path).saturating_add(size(PathBuf::from(log))))
}

fn pages(connection: &Connection) -> rusqlite::Result<u64> {
    let pragma = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    Ok(pragma("page_count")?.saturating_mul(pragma("page_size")?).cast_unsigned())
}

/// Those that were cut off and that nobody has looked after yet, newest first.
fn interrupted(connection: &Connection, dead: &[String]) -> rusqlite::Result<Vec<Interrupted>> {
    let sql = format!(
        "SELECT number, {LINE} FROM sessions WHERE state IN ('interrupted', 'running') AND acknowledged = 0 {NEWEST_FIRST}"
    );
    let numbered = |row: &mut Columns<'_, '_>| Ok((row.plain()?, sessions::line(row)?));
    let found: Vec<(i64, SessionLine)> = columns::every(connection, &sql, [], numbered)?;
    let found = found.into_iter().map(|(session, line)| (session, as_it_is(line, dead)));
    let cut = found.filter(|(_, line)| line.state == SessionState::Interrupted);
    cut.map(|(session, line)| cut_off(connection, session, line)).collect()
}

fn cut_off(connection: &Connection, session: i64, line: SessionLine) -> rusqlite::Result<Interrupted> {
    let mut in_flight = calls::in_flight(connection, session)?;
    in_flight.extend(deeds::in_flight(connection, session)?);
    in_flight.extend(persons::in_flight(connection, session)?);
    let open = belongings::open(connection, session)?;
    let left = open.into_iter().map(|belonging| Left { belonging, is_there: None }).collect();
    Ok(Interrupted { line, in_flight, left })
}

/// What a session began and is not known to be gone; nothing where there is no such session.
pub(super) fn belongings_open(connection: &Connection, id: &str) -> rusqlite::Result<Vec<Belonging>> {
    match sessions::find(connection, id)? {
        Some(session) => belongings::open(connection, session),
        None => Ok(Vec::new()),
    }
}
