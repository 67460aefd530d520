//! The report as JSON, with all records: for other programs.

use serde::{Serialize, Serializer, ser::Error as _};
use serde_json::{Map, Value};

use super::{Report, text};
use crate::protocol::Record;

/// Raised when a field changes its meaning.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    format: u32,
    program: &'static str,
    version: &'static str,
    #[serde(flatten)]
    report: Clean<&'a Report<'a>>,
    records: Records<'a>,
}

/// The whole document. What was said to models is in it as far as the records have it.
pub fn document(report: &Report<'_>, records: &[Record]) -> Result<String, serde_json::Error> {
    let document = Document {
        format: FORMAT,
        program: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        report: Clean(report),
        records: Records(records),
    };
    serde_json::to_string_pretty(&document)
}

/// Anything without its secrets.
struct Clean<T>(T);

impl<T: Serialize> Serialize for Clean<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = serde_json::to_value(&self.0).map_err(S::Error::custom)?;
        clean(value).serialize(serializer)
    }
}

/// One after the other, so that a long session is never held a second time as a whole.
struct Records<'a>(&'a [Record]);

impl Serialize for Records<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Clean))
    }
}

/// Every text in it, names of fields included, since a model chooses the names of arguments.
fn clean(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(text::secretless(&text)),
        Value::Array(values) => Value::Array(values.into_iter().map(clean).collect()),
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| match value {
                Value::String(text) => (text::secretless(&name), Value::String(text::named(&name, &text))),
                value => (text::secretless(&name), clean(value)),
            });
            Value::Object(fields.collect::<Map<String, Value>>())
        }
        value => value,
    }
}
