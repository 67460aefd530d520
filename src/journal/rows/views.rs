//! The view of an observation, kept small: most of it, such as the map, is the same from look to look. Now and then it
//! is kept whole, and otherwise as those of its fields that differ from the last whole one.

use rusqlite::Connection;
use serde_json::{Map, Value};

use super::super::columns;
use crate::protocol::EnvironmentView;

const LAST_WHOLE: &str = "
    SELECT seq, view FROM observations WHERE session = ?1 AND view_base IS NULL ORDER BY seq DESC LIMIT 1";

const WHOLE: &str = "SELECT view FROM observations WHERE session = ?1 AND seq = ?2";

/// The columns `view_base` and `view` for a new observation of this session.
pub(super) fn compact(
    connection: &Connection,
    session: i64,
    view: &EnvironmentView,
) -> rusqlite::Result<(Option<i64>, String)> {
    let tree = columns::tree(view)?;
    let whole = columns::written(&tree)?;
    let last = columns::first(connection, LAST_WHOLE, [session], |row| Ok((row.plain()?, row.json()?)))?;
    let (Some((base, Value::Object(old))), Value::Object(new)) = (last, tree) else { return Ok((None, whole)) };
    if new.len() != old.len() || !new.keys().all(|name| old.contains_key(name)) {
        return Ok((None, whole));
    }
    let changed: Map<String, Value> = new.into_iter().filter(|(name, value)| old.get(name) != Some(value)).collect();
    let changed = columns::written(&changed)?;
    // Once much has changed, a new whole one makes those that follow small again.
    if changed.len() * 2 > whole.len() {
        return Ok((None, whole));
    }
    Ok((Some(base), changed))
}

/// Makes views whole again, in any order; quickest in that of the session.
#[derive(Default)]
pub(super) struct Views {
    whole: Option<(i64, Map<String, Value>)>,
}

impl Views {
    /// The view from its two columns. One that cannot be read is none: the observation is worth more than its drawing.
    pub(super) fn read(
        &mut self,
        connection: &Connection,
        session: i64,
        (base, text): (Option<i64>, &str),
    ) -> EnvironmentView {
        let view = self.tree(connection, session, base, text).map(serde_json::from_value);
        match view {
            Some(Ok(view)) => view,
            Some(Err(error)) => {
                tracing::warn!("a view in the journal cannot be read and is left out: {error}");
                EnvironmentView::Nothing
            }
            None => {
                tracing::warn!("a view in the journal is not complete and is left out");
                EnvironmentView::Nothing
            }
        }
    }

    fn tree(&mut self, connection: &Connection, session: i64, base: Option<i64>, text: &str) -> Option<Value> {
        let kept: Map<String, Value> = serde_json::from_str(text).ok()?;
        let Some(base) = base else { return Some(Value::Object(kept)) };
        if self.whole.as_ref().is_none_or(|(seq, _)| *seq != base) {
            let whole = columns::first(connection, WHOLE, [session, base], columns::only_json).ok()??;
            self.whole = Some((base, whole));
        }
        let (_, whole) = self.whole.as_ref()?;
        let mut tree = whole.clone();
        tree.extend(kept);
        Some(Value::Object(tree))
    }
}
