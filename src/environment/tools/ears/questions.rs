//! What a server asks the user, and the answer that its own defaults give.

use rmcp::model::{ElicitRequestParams, ElicitResult, ElicitationAction};
use serde_json::{Map, Value};

use super::{SHOWN, cleaned};

/// An answer in the user's place.
#[derive(Clone, Debug, PartialEq)]
pub struct Consent {
    pub result: ElicitResult,
    /// For people: what was asked and what is answered.
    pub words: String,
}

impl Consent {
    /// The question's own defaults, if they may be given and there is one for all that is needed. An error says in words
    /// what is asked and why nobody answers.
    pub fn to(question: &ElicitRequestParams, may_be_given: bool) -> Result<Self, String> {
        let (message, is_form) = match question {
            ElicitRequestParams::FormElicitationParams { message, .. } => (message.as_str(), true),
            ElicitRequestParams::UrlElicitationParams { message, .. } => (message.as_str(), false),
            _ => ("", false),
        };
        let asked = format!("\u{201c}{}\u{201d}", cleaned(message, SHOWN));
        if !is_form {
            return Err(format!("It wants the user to do something elsewhere, which nobody does: {asked}"));
        }
        if !may_be_given {
            return Err(format!("It asks the user {asked}, and nobody may answer in the user's place"));
        }
        let Some(content) = defaults(question) else {
            return Err(format!("It asks the user {asked}, and has no default for some of what it needs"));
        };
        let answer = if content.is_empty() {
            "yes, and nothing else".to_owned()
        } else {
            cleaned(&Value::Object(content.clone()).to_string(), SHOWN)
        };
        let words = format!("It asked the user {asked}, and its own defaults were the answer: {answer}");
        let result = ElicitResult::new(ElicitationAction::Accept).with_content(Value::Object(content));
        Ok(Self { result, words })
    }
}

/// The defaults of a form; `None` if something that is needed has none.
fn defaults(question: &ElicitRequestParams) -> Option<Map<String, Value>> {
    let ElicitRequestParams::FormElicitationParams { requested_schema, .. } = question else { return None };
    // Each kind of field keeps its default in a place of its own; as they are written, all are alike.
    let schema = serde_json::to_value(requested_schema).ok()?;
    let fields = schema.get("properties")?.as_object()?;
    let with_default = |(name, field): (&String, &Value)| {
        let default = field.get("default").filter(|default| !default.is_null())?;
        Some((name.clone(), default.clone()))
    };
    let content: Map<String, Value> = fields.iter().filter_map(with_default).collect();
    let mut needed = requested_schema.required.iter().flatten();
    needed.all(|name| content.contains_key(name)).then_some(content)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// As it comes over the wire.
    fn form(fields: &Value, required: &[&str]) -> ElicitRequestParams {
        let schema = json!({"type": "object", "properties": fields, "required": required});
        serde_json::from_value(json!({"message": "Who\nare you?", "requestedSchema": schema})).unwrap()
    }

    fn fields() -> Value {
        json!({
            "name": {"type": "string", "default": "John Doe"},
            "age": {"type": "integer", "default": 30},
            "score": {"type": "number", "default": 95.5},
            "status": {"type": "string", "enum": ["active", "inactive"], "default": "active"},
            "verified": {"type": "boolean", "default": false},
            "colours": {"type": "array", "items": {"type": "string", "enum": ["red", "blue"]}, "default": ["red"]},
            "nickname": {"type": "string"},
        })
    }

    #[test]
    fn a_question_is_answered_with_the_defaults_of_all_its_fields() {
        let consent = Consent::to(&form(&fields(), &["name", "verified"]), true).unwrap();
        let expected = json!({"name": "John Doe", "age": 30, "score": 95.5, "status": "active", "verified": false,
            "colours": ["red"]});
        assert_eq!(consent.result.action, ElicitationAction::Accept);
        assert_eq!(consent.result.content, Some(expected));
        assert!(consent.words.contains("Who are you?") && consent.words.contains("John Doe"), "{}", consent.words);
    }

    #[test]
    fn a_question_that_needs_nothing_is_accepted_as_it_is() {
        let consent = Consent::to(&form(&json!({"confirmed": {"type": "boolean"}}), &[]), true).unwrap();
        assert_eq!(consent.result.content, Some(json!({})));
    }

    #[test]
    fn nobody_answers_what_has_no_default_or_may_not_be_answered() {
        let missing = Consent::to(&form(&fields(), &["name", "nickname"]), true).unwrap_err();
        assert!(missing.contains("Who are you?") && missing.contains("no default"), "{missing}");
        let forbidden = Consent::to(&form(&fields(), &[]), false).unwrap_err();
        assert!(forbidden.contains("Who are you?") && forbidden.contains("nobody may answer"), "{forbidden}");
        let page = json!({"mode": "url", "message": "Sign in", "url": "https://x/?t=1", "elicitationId": "1"});
        let elsewhere = Consent::to(&serde_json::from_value(page).unwrap(), true).unwrap_err();
        assert!(elsewhere.contains("Sign in") && !elsewhere.contains("https"), "{elsewhere}");
    }
}
