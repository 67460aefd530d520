//! Arguments are checked against the schema that the environment gave, before anything is asked of it.

use std::collections::BTreeMap;

use jsonschema::Validator;
use serde_json::Value;

use crate::protocol::{ActionCall, ActionSpec};

/// So many things that do not fit are named; more would tell nobody anything.
const NAMED: usize = 3;

/// The schemas of all actions, ready to check with.
#[derive(Debug, Default)]
pub struct Validation {
    /// `None` where a schema cannot be used; then the environment has to judge by itself.
    by_name: BTreeMap<String, Option<Validator>>,
}

impl Validation {
    /// Prepares the schemas. References to other documents are not followed: nothing is fetched because a schema says so.
    pub fn new(actions: &[ActionSpec]) -> Self {
        let prepare = |spec: &ActionSpec| {
            let validator = jsonschema::validator_for(&spec.input_schema);
            if let Err(error) = &validator {
                tracing::warn!("the schema of {} cannot be used, so its arguments are not checked: {error}", spec.name);
            }
            (spec.name.clone(), validator.ok())
        };
        Self { by_name: actions.iter().map(prepare).collect() }
    }

    /// Whether a call fits; if not, a sentence for whoever made it.
    pub fn check(&self, call: &ActionCall) -> Result<(), String> {
        let Some(validator) = self.by_name.get(&call.name) else {
            let names: Vec<&str> = self.by_name.keys().map(String::as_str).collect();
            return Err(format!("There is no action \"{}\"; the actions are {}", call.name, names.join(", ")));
        };
        let Some(validator) = validator else { return Ok(()) };
        let arguments = Value::Object(call.arguments.clone());
        let misfits: Vec<String> = validator
            .iter_errors(&arguments)
            .take(NAMED)
            .map(|error| match error.instance_path().to_string() {
                whole if whole.is_empty() => error.to_string(),
                path => format!("{}: {error}", path.trim_start_matches('/')),
            })
            .collect();
        if misfits.is_empty() {
            return Ok(());
        }
        Err(format!("The arguments of {} do not fit: {}", call.name, misfits.join("; ")))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::protocol::Risk;

    fn spec(name: &str, schema: Value) -> ActionSpec {
        ActionSpec { name: name.into(), description: String::new(), input_schema: schema, risk: Risk::Safe }
    }

    #[test]
    fn what_fits_passes_and_what_does_not_is_named() {
        let schema = json!({
            "type": "object",
            "properties": {"place": {"type": "string", "enum": ["Farm", "Town"]}, "speed": {"type": "integer", "minimum": 1}},
            "required": ["place"],
            "additionalProperties": false
        });
        let validation = Validation::new(&[spec("go", schema), spec("odd", json!({"type": 7}))]);
        let call = |name: &str, arguments: Value| ActionCall {
            name: name.into(),
            arguments: arguments.as_object().cloned().unwrap_or_default(),
        };
        assert_eq!(validation.check(&call("go", json!({"place": "Farm"}))), Ok(()));
        for (arguments, named) in [
            (json!({}), "place"),
            (json!({"place": "Rome"}), "place: "),
            (json!({"place": "Farm", "speed": 0}), "speed: "),
            (json!({"place": "Farm", "colour": "red"}), "colour"),
        ] {
            let words = validation.check(&call("go", arguments.clone())).unwrap_err();
            assert!(
                words.starts_with("The arguments of go do not fit: ") && words.contains(named),
                "{arguments}: {words}"
            );
        }
        assert_eq!(validation.check(&call("odd", json!({"anything": 1}))), Ok(()), "a broken schema checks nothing");
        assert!(validation.check(&call("fly", json!({}))).unwrap_err().contains("the actions are go, odd"));
    }

    #[test]
    fn nothing_is_fetched_because_a_schema_names_it() {
        let far = json!({"type": "object", "properties": {"a": {"$ref": "http://127.0.0.1:1/schema.json"}}});
        let validation = Validation::new(&[spec("far", far)]);
        assert_eq!(validation.check(&ActionCall::with("far", "a", 1)), Ok(()));
    }
}
