//! A file with servers as it stands on the disk: every entry in its order, also one whose name comes twice, and the rest
//! of the file as it is.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::comments::plain_json;

/// What a file says.
#[derive(Debug, Default)]
pub(super) struct Listed {
    /// `None` where the file has no list of servers at all.
    pub entries: Option<Vec<(String, Value)>>,
    /// Everything beside the list.
    pub beside: Map<String, Value>,
}

/// Reads a text in which servers stand under one of these names. An error says where the text breaks off, and quotes
/// nothing of it: values may be secrets.
pub(super) fn listed(text: &str, sections: &[&str]) -> Result<Listed, String> {
    let text = plain_json(text);
    if text.trim().is_empty() {
        return Ok(Listed::default());
    }
    let mut deserializer = serde_json::Deserializer::from_str(&text);
    let listed = Sections(sections).deserialize(&mut deserializer);
    listed.and_then(|listed| deserializer.end().map(|()| listed)).map_err(|error| {
        let what = if error.is_data() { "it has something else where servers should be" } else { "it is not JSON" };
        format!("{what} (line {}, column {})", error.line(), error.column())
    })
}

/// The names under which servers stand.
struct Sections<'a>(&'a [&'a str]);

impl<'de> DeserializeSeed<'de> for Sections<'_> {
    type Value = Listed;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Listed, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Sections<'_> {
    type Value = Listed;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Listed, A::Error> {
        let mut listed = Listed::default();
        while let Some(name) = map.next_key::<String>()? {
            if self.0.contains(&name.as_str()) {
                let Entries(entries) = map.next_value()?;
                listed.entries.get_or_insert_default().extend(entries);
            } else {
                let value: Value = map.next_value()?;
                listed.beside.insert(name, value);
            }
        }
        Ok(listed)
    }
}

/// The entries of one list.
struct Entries(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EntriesVisitor)
    }
}

struct EntriesVisitor;

impl<'de> Visitor<'de> for EntriesVisitor {
    type Value = Entries;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("servers by their names")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry::<String, Value>()? {
            entries.push(entry);
        }
        Ok(Entries(entries))
    }

    /// `null` is a list of none.
    fn visit_unit<E: Error>(self) -> Result<Entries, E> {
        Ok(Entries(Vec::new()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_come_in_their_order_and_twice_where_they_are() {
        let text = r#"{"theme": 1, "mcpServers": {"b": 1, "a": 2, "b": 3}, "rest": [true]}"#;
        let listed = listed(text, &["mcpServers"]).unwrap();
        let names: Vec<&str> = listed.entries.as_ref().unwrap().iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["b", "a", "b"]);
        assert_eq!(listed.beside.keys().collect::<Vec<_>>(), ["theme", "rest"]);
    }

    #[test]
    fn what_is_no_list_is_told_without_quoting_it() {
        for (text, expected) in [
            ("", None),
            ("  // nothing\n", None),
            ("{}", None),
            (r#"{"mcpServers": null}"#, None),
            (r#"{"mcpServers": "of-nobody-1234"}"#, Some("it has something else where servers should be (line 1")),
            (r#"["of-nobody-1234"]"#, Some("it has something else where servers should be (line 1")),
            ("of-nobody-1234", Some("it is not JSON (line 1")),
            ("{\n\"mcpServers\": {\"a\": 1e999}}", Some("it is not JSON (line 2")),
            ("{} of-nobody-1234", Some("it is not JSON")),
        ] {
            match (listed(text, &["mcpServers"]), expected) {
                (Ok(listed), None) => assert!(listed.entries.unwrap_or_default().is_empty(), "{text}"),
                (Err(why), Some(expected)) => {
                    assert!(why.starts_with(expected) && !why.contains("nobody"), "{text}: {why}");
                }
                (got, _) => panic!("{text}: {got:?}"),
            }
        }
        let deep = format!("{{\"mcpServers\": {}", "[".repeat(100_000));
        assert!(listed(&deep, &["mcpServers"]).is_err());
    }
}
