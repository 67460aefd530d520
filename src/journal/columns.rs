//! How values become columns and come back. Every text that is written passes here and leaves its secrets here, so that
//! no key ever stands in the journal.

use std::{borrow::Cow, mem};

use rusqlite::{
    Connection, Error, ErrorCode, Params, Row, ffi,
    types::{FromSql, Type},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::settings::redaction::{HIDDEN, redact};

/// What a field is called that may hold a key, though its value alone does not look like one.
const SECRET_NAMES: [&str; 5] = ["key", "token", "secret", "pass", "auth"];

/// A text without its secrets.
pub(super) fn text(text: &str) -> Cow<'_, str> {
    redact(text)
}

/// The same for a text that may be missing.
pub(super) fn maybe_text(text: Option<&str>) -> Option<Cow<'_, str>> {
    text.map(redact)
}

/// A value as JSON, without the secrets in its texts.
pub(super) fn json<T: Serialize>(value: &T) -> rusqlite::Result<String> {
    written(&tree(value)?)
}

/// The same for a value that may be missing.
pub(super) fn maybe_json<T: Serialize>(value: Option<&T>) -> rusqlite::Result<Option<String>> {
    value.map(json).transpose()
}

/// A value as a tree, without the secrets in its texts.
pub(super) fn tree<T: Serialize>(value: &T) -> rusqlite::Result<Value> {
    let mut tree = serde_json::to_value(value).map_err(unwritable)?;
    cleanse(&mut tree);
    Ok(tree)
}

/// A tree as it stands in a column.
pub(super) fn written<T: Serialize>(tree: &T) -> rusqlite::Result<String> {
    serde_json::to_string(tree).map_err(unwritable)
}

/// The word by which JSON calls this choice.
pub(super) fn word<T: Serialize>(choice: &T) -> rusqlite::Result<String> {
    match serde_json::to_value(choice).map_err(unwritable)? {
        Value::String(word) => Ok(word),
        other => Ok(other.to_string()),
    }
}

/// The same for a choice that may be missing.
pub(super) fn maybe_word<T: Serialize>(choice: Option<&T>) -> rusqlite::Result<Option<String>> {
    choice.map(word).transpose()
}

/// A whole number, bit by bit: SQLite has none above `i64::MAX`.
pub(super) fn bits(number: u64) -> i64 {
    number.cast_signed()
}

/// A figure that is no number, or without end, cannot be kept; it is left out.
pub(super) fn finite(figure: Option<f64>) -> Option<f64> {
    figure.filter(|figure| figure.is_finite())
}

/// The same where a figure must stand.
pub(super) fn figure(figure: f64) -> f64 {
    finite(Some(figure)).unwrap_or_default()
}

/// Takes the secrets out of every text of a tree, and leaves it a tree.
fn cleanse(tree: &mut Value) {
    match tree {
        Value::String(text) => {
            let clean = match redact(text) {
                Cow::Owned(clean) => Some(clean),
                Cow::Borrowed(_) => None,
            };
            if let Some(clean) = clean {
                *text = clean;
            }
        }
        Value::Array(values) => values.iter_mut().for_each(cleanse),
        Value::Object(fields) => cleanse_fields(fields),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn cleanse_fields(fields: &mut Map<String, Value>) {
    for (name, value) in fields.iter_mut() {
        hide_by_name(name, value);
        cleanse(value);
    }
    if fields.keys().any(|name| matches!(redact(name), Cow::Owned(_))) {
        let named = mem::take(fields).into_iter();
        *fields = named.map(|(name, value)| (redact(&name).into_owned(), value)).collect();
    }
}

/// Hides what is a secret by the name of its field, also where there is a list of them.
fn hide_by_name(name: &str, value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| hide_by_name(name, value)),
        Value::String(text) if is_secret_by_name(name, text) => HIDDEN.clone_into(text),
        _ => {}
    }
}

/// Whether a text is a secret by the name of its field, which is not seen when the text is looked at alone.
fn is_secret_by_name(name: &str, text: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let is_suspect = SECRET_NAMES.iter().any(|secret| lower.contains(secret));
    // Alone it is redacted anyway, and less of it.
    is_suspect
        && matches!(redact(text), Cow::Borrowed(_))
        && matches!(redact(&serde_json::json!({ name: text }).to_string()), Cow::Owned(_))
}

fn unwritable(error: serde_json::Error) -> Error {
    Error::ToSqlConversionFailure(Box::new(error))
}

/// The columns of a row, read one after the other.
pub(super) struct Columns<'row, 'statement> {
    row: &'row Row<'statement>,
    next: usize,
}

impl<'row, 'statement> Columns<'row, 'statement> {
    pub(super) fn of(row: &'row Row<'statement>) -> Self {
        Self { row, next: 0 }
    }

    /// As SQLite gives it.
    pub(super) fn plain<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        let index = self.next;
        self.next += 1;
        self.row.get(index)
    }

    /// A whole number as [`bits`] wrote it.
    pub(super) fn count(&mut self) -> rusqlite::Result<u64> {
        self.plain::<i64>().map(i64::cast_unsigned)
    }

    pub(super) fn maybe_count(&mut self) -> rusqlite::Result<Option<u64>> {
        Ok(self.plain::<Option<i64>>()?.map(i64::cast_unsigned))
    }

    /// A value as [`json`] wrote it.
    pub(super) fn json<T: DeserializeOwned>(&mut self) -> rusqlite::Result<T> {
        let text: String = self.plain()?;
        serde_json::from_str(&text).map_err(|error| self.unreadable(error))
    }

    pub(super) fn maybe_json<T: DeserializeOwned>(&mut self) -> rusqlite::Result<Option<T>> {
        let text: Option<String> = self.plain()?;
        text.map(|text| serde_json::from_str(&text)).transpose().map_err(|error| self.unreadable(error))
    }

    /// A choice as [`word`] wrote it.
    pub(super) fn word<T: DeserializeOwned>(&mut self) -> rusqlite::Result<T> {
        let word: String = self.plain()?;
        serde_json::from_value(Value::String(word)).map_err(|error| self.unreadable(error))
    }

    pub(super) fn maybe_word<T: DeserializeOwned>(&mut self) -> rusqlite::Result<Option<T>> {
        let word: Option<String> = self.plain()?;
        let choice = word.map(|word| serde_json::from_value(Value::String(word))).transpose();
        choice.map_err(|error| self.unreadable(error))
    }

    /// The column that was read last holds what is never written here.
    fn unreadable(&self, error: serde_json::Error) -> Error {
        Error::FromSqlConversionFailure(self.next.saturating_sub(1), Type::Text, Box::new(error))
    }
}

/// Reads a row of one column, as SQLite gives it.
pub(super) fn only<T: FromSql>(row: &mut Columns<'_, '_>) -> rusqlite::Result<T> {
    row.plain()
}

/// The same for a whole number as [`bits`] wrote it.
pub(super) fn only_count(row: &mut Columns<'_, '_>) -> rusqlite::Result<u64> {
    row.count()
}

/// The same for a value as [`json`] wrote it.
pub(super) fn only_json<T: DeserializeOwned>(row: &mut Columns<'_, '_>) -> rusqlite::Result<T> {
    row.json()
}

/// Every row that this finds. A row that cannot be read is skipped and counted, and where the file is damaged the rows
/// before the damage are given: what is lost of one table takes nothing else with it.
pub(super) fn every<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    mut read: impl FnMut(&mut Columns<'_, '_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let (mut found, mut skipped, mut last) = (Vec::new(), 0_u64, None);
    loop {
        let read = match rows.next() {
            Ok(Some(row)) => read(&mut Columns::of(row)),
            Ok(None) => break,
            Err(error) if is_damage(&error) => {
                last = Some(error);
                break;
            }
            Err(error) => return Err(error),
        };
        match read {
            Ok(one) => found.push(one),
            Err(error) => {
                skipped += 1;
                last = Some(error);
            }
        }
    }
    if let Some(error) = last {
        tracing::warn!("a part of the journal cannot be read; {skipped} rows are skipped: {error}");
    }
    Ok(found)
}

/// The first row that this finds and that can be read.
pub(super) fn first<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnMut(&mut Columns<'_, '_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Option<T>> {
    Ok(every(connection, sql, params, read)?.into_iter().next())
}

fn is_damage(error: &Error) -> bool {
    let Error::SqliteFailure(ffi::Error { code, .. }, _) = error else { return false };
    matches!(code, ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn secrets_leave_a_tree_and_it_stays_a_tree() {
        // In two parts, so that no search for keys stops at this file.
        let key = ["sk-proj-4fJk29dLqWn8ZbT6", "xRv3YhPm7CsG1aUe0oKiDt5B"].concat();
        let said = format!("my key is {key} \"quoted\"");
        let lists = json!({"password": ["hare-in-may", ["fox-in-june"]], "api_keys": ["owl-in-july", 7]});
        let tree = json!({"said": [said], "deep": {"api_key": "Zx81kQp0rmT5bW2n"}, (key.clone()): 1, "lists": lists});
        let written = super::json(&tree).unwrap();
        for secret in [key.as_str(), "Zx81kQp0rmT5bW2n", "hare-in-may", "fox-in-june", "owl-in-july"] {
            assert!(!written.contains(secret), "{written}");
        }
        let back: Value = serde_json::from_str(&written).unwrap();
        assert!(back["said"][0].as_str().unwrap().ends_with("\"quoted\""), "{back}");
        let honest = json!({"tokens": ["many"], "key": ["left", "the rusty one"], "n": [1, null, 0.5]});
        assert_eq!(super::json(&honest).unwrap(), honest.to_string());
    }

    #[test]
    fn the_largest_numbers_and_those_that_are_none() {
        assert_eq!(bits(u64::MAX).cast_unsigned(), u64::MAX);
        assert_eq!(finite(Some(f64::NAN)), None);
        assert_eq!(figure(f64::INFINITY), 0.0);
        assert_eq!(figure(-2.5), -2.5);
    }
}
