//! What makes an environment of a tool server, as it is being written down.

use serde_json::{Map, Value};

use crate::{
    settings::{AskFrom, Greeting, PresetCall, ServerExtras},
    ui::catalogue::say,
};

/// Arguments as they are written.
const EXAMPLE: &str = r#"{"depth": 2}"#;

/// What makes an environment of it, as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct ExtrasDraft {
    pub observe: CallDraft,
    pub reset: CallDraft,
    pub score: String,
    pub done: String,
    pub legal: String,
    pub legal_tool: String,
    pub legal_argument: String,
    /// Names with commas between them.
    pub allow: String,
    pub deny: String,
    pub ask_from: AskFrom,
    pub connect_s: f64,
    pub call_s: f64,
    pub call_total_s: f64,
    pub result_chars: usize,
    pub greets_with: Greeting,
    pub answers_with_defaults: bool,
}

/// A call that is always the same, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallDraft {
    pub tool: String,
    /// A JSON object; empty for none.
    pub arguments: String,
}

impl ExtrasDraft {
    pub(super) fn of(extras: &ServerExtras) -> Self {
        Self {
            observe: CallDraft::of(extras.observe.as_ref()),
            reset: CallDraft::of(extras.reset.as_ref()),
            score: extras.score.clone(),
            done: extras.done.clone(),
            legal: extras.legal.clone(),
            legal_tool: extras.legal_tool.clone(),
            legal_argument: extras.legal_argument.clone(),
            allow: extras.allow.join(", "),
            deny: extras.deny.join(", "),
            ask_from: extras.ask_from,
            connect_s: extras.connect_s,
            call_s: extras.call_s,
            call_total_s: extras.call_total_s,
            result_chars: extras.result_chars,
            greets_with: extras.greets_with,
            answers_with_defaults: extras.answers_with_defaults,
        }
    }

    pub(super) fn finished(&self, before: &ServerExtras, wrong: &mut Vec<String>) -> ServerExtras {
        if let Some(pointer) = without_stroke(&self.score) {
            wrong.push(say!("servers-wrong-score", pointer = pointer));
        }
        if let Some(pointer) = without_stroke(&self.done) {
            wrong.push(say!("servers-wrong-end", pointer = pointer));
        }
        if let Some(pointer) = without_stroke(&self.legal) {
            wrong.push(say!("servers-wrong-actions", pointer = pointer));
        }
        let observe = self.observe.finished().unwrap_or_else(|_no_object| {
            wrong.push(say!("servers-wrong-look"));
            None
        });
        let reset = self.reset.finished().unwrap_or_else(|_no_object| {
            wrong.push(say!("servers-wrong-begin"));
            None
        });
        ServerExtras {
            observe,
            reset,
            score: self.score.trim().to_owned(),
            done: self.done.trim().to_owned(),
            legal: self.legal.trim().to_owned(),
            legal_tool: self.legal_tool.trim().to_owned(),
            legal_argument: self.legal_argument.trim().to_owned(),
            allow: names(&self.allow),
            deny: names(&self.deny),
            ask_from: self.ask_from,
            connect_s: self.connect_s,
            call_s: self.call_s,
            call_total_s: self.call_total_s,
            result_chars: self.result_chars,
            greets_with: self.greets_with,
            answers_with_defaults: self.answers_with_defaults,
            ..before.clone()
        }
    }
}

/// A place in what is seen that does not begin as it has to.
fn without_stroke(pointer: &str) -> Option<&str> {
    Some(pointer.trim()).filter(|pointer| !pointer.is_empty() && !pointer.starts_with('/'))
}

fn names(typed: &str) -> Vec<String> {
    let names = typed.split([',', '\n']).map(str::trim);
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

impl CallDraft {
    fn of(call: Option<&PresetCall>) -> Self {
        let Some(call) = call else { return Self::default() };
        let has_arguments = !call.arguments.is_empty();
        let arguments = if has_arguments { Value::Object(call.arguments.clone()).to_string() } else { String::new() };
        Self { tool: call.tool.clone(), arguments }
    }

    /// Why the arguments cannot be used, if they cannot.
    pub fn trouble(&self) -> Option<String> {
        self.parsed().err()
    }

    fn parsed(&self) -> Result<Map<String, Value>, String> {
        if self.arguments.trim().is_empty() {
            return Ok(Map::new());
        }
        serde_json::from_str(&self.arguments)
            .map_err(|why| say!("servers-no-object", example = EXAMPLE, why = why.to_string()))
    }

    /// The call, if there is one; the error says why its arguments cannot be used.
    fn finished(&self) -> Result<Option<PresetCall>, String> {
        let arguments = self.parsed()?;
        let tool = self.tool.trim();
        Ok((!tool.is_empty()).then(|| PresetCall { tool: tool.to_owned(), arguments }))
    }
}
