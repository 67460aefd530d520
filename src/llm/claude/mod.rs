//! Claude by Anthropic, and every gateway that speaks its Messages interface.
//!
//! [`Claude`] is one account: its address, its key, the models it may ask. [`ClaudeModel`] is one of these models
//! (`chat`), which is asked in the words of `wire` and answers in the events of `events`. Models differ in what
//! they take: a `Form` is a question without the parts that its model refuses.

mod chat;
mod events;
mod wire;

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};
use url::Url;
use wire::{is_thought, strict, texts};

pub use chat::ClaudeModel;

use super::{
    Answered, Ask, BaseUrl, Effort, Error, Fault, Format, Gate, Http, Limit, Turn, caller::Caller, http::Method,
    provider_models::ProviderModel,
};
use crate::settings::{Provider, Secret};

/// Where Anthropic answers.
const ADDRESS: &str = "https://api.anthropic.com";
/// The version of the interface, which every request has to name.
const HEADERS: &[(&str, &str)] = &[("anthropic-version", "2023-06-01")];
/// A list costs the server nothing, but it may be far away.
const ANSWER_WITHIN: Duration = Duration::from_millis(4_500);

/// The smallest budget of thinking that is accepted.
const LEAST_THINKING_TOKENS: u32 = 1024;

/// One account. Cheap to clone.
#[derive(Clone)]
pub struct Claude {
    caller: Caller,
}

impl Claude {
    pub fn new(http: Arc<Http>, base: BaseUrl, key: Option<Secret>) -> Self {
        Self { caller: Caller::new(Provider::Claude, http, base, key, "x-api-key").with(HEADERS) }
    }

    /// Anthropic's own address, for everybody who has no other in mind.
    pub fn usual_base() -> BaseUrl {
        BaseUrl::parse(ADDRESS).unwrap_or_else(|_| unreachable!("a constant address"))
    }

    /// The same account for a session: nothing new begins once the gate is shut.
    pub fn behind(&self, gate: Gate) -> Self {
        Self { caller: self.caller.behind(gate) }
    }

    /// The same account, asked in somebody's name.
    pub fn asked_by(&self, by: &str) -> Self {
        Self { caller: self.caller.asked_by(by) }
    }

    pub fn base(&self) -> &BaseUrl {
        &self.caller.base
    }

    pub fn http(&self) -> &Arc<Http> {
        &self.caller.http
    }

    /// The models that the account may ask. Costs no tokens and fails with a key that is not valid.
    pub async fn models(&self) -> Result<Vec<ProviderModel>, Error> {
        let call = self.caller.call(Method::Get, self.list_url(), (Limit::Answer, ANSWER_WITHIN));
        let answer = async { self.caller.send(call).await?.json().await };
        let (page, evidence) = answer.await.map_err(|error| self.caller.complete(error, &[]))?;
        listed(&page).ok_or_else(|| self.caller.complete(evidence.with(Fault::NotJson).into(), &[]))
    }

    /// A page holds a thousand models, and there are a few dozen.
    fn list_url(&self) -> Url {
        let mut url = self.caller.base.at("/v1/models");
        url.set_query(Some("limit=1000"));
        url
    }

    fn ask_url(&self) -> Url {
        self.caller.base.at("/v1/messages")
    }
}

/// The models of a list, those of the past among them. `None` if this is no list of models.
fn listed(page: &Value) -> Option<Vec<ProviderModel>> {
    let entry = |model: &Value| {
        let text =
            |key: &str| model.get(key).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
        // The list goes on naming models that were retired, as a record.
        let is_retired = text("lifecycle").is_some_and(|stage| stage == "retired");
        text("id").map(|id| ProviderModel { id, title: text("display_name"), is_retired })
    };
    Some(page.get("data")?.as_array()?.iter().filter_map(entry).collect())
}

/// A part of a question that some models refuse, although they could answer without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Part {
    /// The schema of the answer, as such.
    Schema = 1,
    /// A tool that has to be called and takes the answer as its input.
    ForcedTool = 2,
    /// Thinking as much as the model finds right; models before 4.6 do not know it.
    AdaptiveThinking = 4,
    /// Thinking up to a number of tokens; models from 4.7 on refuse it.
    ThinkingBudget = 8,
    Temperature = 16,
    /// The signed thoughts of earlier answers.
    Thoughts = 32,
}

/// The parts that are not sent along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Refused(u8);

impl Refused {
    fn has(self, part: Part) -> bool {
        self.0 & part as u8 != 0
    }

    fn and(self, part: Part) -> Self {
        Self(self.0 | part as u8)
    }

    /// What holds for every question to the model. Thoughts are refused in one conversation only.
    fn lasting(self) -> Self {
        Self(self.0 & !(Part::Thoughts as u8))
    }
}

/// A question as it is put to a model that refuses some parts.
#[derive(Clone, Copy)]
struct Form<'a> {
    ask: &'a Ask,
    refused: Refused,
}

impl Form<'_> {
    fn takes(self, part: Part) -> bool {
        !self.refused.has(part)
    }

    /// How the shape of the answer is asked for: [`Part::Schema`], [`Part::ForcedTool`], or not at all.
    fn shape(self) -> Option<Part> {
        let Format::Json { schema, .. } = &self.ask.format else { return None };
        if self.takes(Part::Schema) && strict(schema).is_some() {
            return Some(Part::Schema);
        }
        Some(Part::ForcedTool).filter(|part| self.takes(*part))
    }

    /// The tool whose input is the answer, if there is one.
    fn answer_tool(self) -> Option<&'static str> {
        match &self.ask.format {
            Format::Json { name, .. } if self.shape() == Some(Part::ForcedTool) => Some(*name),
            _ => None,
        }
    }

    /// How thinking is asked for: [`Part::AdaptiveThinking`], [`Part::ThinkingBudget`], or not at all.
    fn thinking(self) -> Option<Part> {
        let is_wanted = matches!(self.ask.effort, Some(Effort::Low | Effort::High));
        // A forced call leaves no room for thoughts: the server refuses both together.
        if !is_wanted || self.shape() == Some(Part::ForcedTool) {
            None
        } else if self.takes(Part::AdaptiveThinking) {
            Some(Part::AdaptiveThinking)
        } else {
            let has_room = self.ask.answer_tokens >= 2 * LEAST_THINKING_TOKENS && !self.is_amid_thoughtless_calls();
            Some(Part::ThinkingBudget).filter(|part| has_room && self.takes(*part))
        }
    }

    /// The temperature that is sent. The server takes 0 to 1, and none beside thinking.
    fn temperature(self) -> Option<f32> {
        let is_taken = self.takes(Part::Temperature) && self.thinking().is_none();
        self.ask.temperature.filter(|_| is_taken).map(|temperature| temperature.clamp(0.0, 1.0))
    }

    /// True if thoughts of earlier answers go along.
    fn has_thoughts(self) -> bool {
        let has_thought = |blocks: Vec<Value>| blocks.iter().any(is_thought);
        self.answers().any(|answered| self.own_blocks(answered).is_some_and(has_thought))
    }

    /// A budget is refused amid a round of calls that began without a thought.
    fn is_amid_thoughtless_calls(self) -> bool {
        let Some(answered) = self.answers().last().filter(|answered| !answered.tool_calls.is_empty()) else {
            return false;
        };
        let begins_with_thought = |blocks: Vec<Value>| blocks.first().is_some_and(is_thought);
        let has_begun_so = self.own_blocks(answered).is_some_and(begins_with_thought);
        !has_begun_so
    }

    fn answers(&self) -> impl Iterator<Item = &Answered> {
        self.ask.turns.iter().filter_map(|turn| match turn {
            Turn::Answered(answered) => Some(&**answered),
            _ => None,
        })
    }

    /// An answer in its own blocks, unchanged, if it came from Claude.
    fn own_blocks(&self, answered: &Answered) -> Option<Vec<Value>> {
        let kept = answered.kept.as_ref().filter(|kept| kept.provider == Provider::Claude)?;
        let blocks = kept.content.as_array().filter(|blocks| !blocks.is_empty())?;
        let is_sent = |block: &&Value| self.takes(Part::Thoughts) || !is_thought(block);
        Some(blocks.iter().filter(is_sent).cloned().collect())
    }

    /// An answer of any model. Other servers give calls no ids, or the same one twice, so they get new ones here.
    fn blocks(&self, answered: &Answered, turn: usize) -> Vec<Value> {
        self.own_blocks(answered).unwrap_or_else(|| {
            let calls = answered.tool_calls.iter().enumerate().map(|(place, call)| {
                let id = format!("call_{turn}_{place}");
                json!({"type": "tool_use", "id": id, "name": call.name, "input": call.arguments})
            });
            texts(&answered.text).into_iter().chain(calls).collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::llm::{HttpConfig, OpenThings, http::TokenIn};

    #[test]
    fn the_list_tells_models_that_can_be_asked_from_those_of_the_past() {
        let page = json!({"data": [
            {"type": "model", "id": "claude-opus-4-6", "display_name": "Claude Opus 4.6", "lifecycle": "active",
             "created_at": "2026-02-04T00:00:00Z", "capabilities": {"surprise": {}}},
            {"type": "model", "id": "claude-2.1", "display_name": "Claude 2.1", "lifecycle": "retired"},
            {"id": "gateway/claude"},
            {"display_name": "without a name"},
        ], "has_more": false, "first_id": "claude-opus-4-6", "last_id": null});
        let found = listed(&page).unwrap();
        let found: Vec<_> = found.iter().map(|model| (model.id.as_str(), model.is_retired)).collect();
        assert_eq!(found, [("claude-opus-4-6", false), ("claude-2.1", true), ("gateway/claude", false)]);
        assert!(listed(&json!({"hello": "world"})).is_none() && listed(&json!({"data": null})).is_none());
    }

    #[test]
    fn the_key_travels_in_its_header_and_not_in_the_address() {
        let http = Http::new(HttpConfig::default(), OpenThings::default()).unwrap();
        let gateway = BaseUrl::parse("https://gateway.example.com/claude/v1/messages").unwrap();
        let account = Claude::new(Arc::new(http), gateway, Secret::new("sk-ant-not-a-real-key"));
        assert_eq!(account.list_url().as_str(), "https://gateway.example.com/claude/v1/models?limit=1000");
        let call = account.caller.call(Method::Post, account.ask_url(), (Limit::Answer, ANSWER_WITHIN));
        assert_eq!(call.url.as_str(), "https://gateway.example.com/claude/v1/messages");
        assert_eq!((call.token_in, call.headers), (TokenIn::Header("x-api-key"), HEADERS));
        assert!(call.token.is_some() && call.body.is_none());
        assert_eq!(Claude::usual_base().to_string(), ADDRESS);
    }

    #[test]
    fn a_schema_is_closed_and_its_bounds_are_told_in_words() {
        let schema = json!({"type": "object", "required": ["sure"], "properties": {
            "sure": {"type": "number", "minimum": 0, "maximum": 1, "description": "How sure"},
            "minimum": {"oneOf": [{"type": "object", "properties": {}}, {"type": "null"}]},
            "words": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"enum": ["yes", "no"]}}}});
        let expected = json!({"type": "object", "required": ["sure"], "additionalProperties": false, "properties": {
            "sure": {"type": "number", "description": "How sure (minimum: 0, maximum: 1)"},
            "minimum": {"anyOf": [
                {"type": "object", "properties": {}, "additionalProperties": false}, {"type": "null"}]},
            "words": {"type": "array", "minItems": 1, "items": {"enum": ["yes", "no"]},
                "description": "(maxItems: 3)"}}});
        assert_eq!(strict(&schema), Some(expected));
        for open in [json!({}), json!({"type": "object"}), json!({"type": "array", "items": {"type": "object"}})] {
            assert_eq!(strict(&open), None, "{open}");
        }
    }

    #[test]
    fn a_question_goes_without_what_its_model_refuses() {
        use Part::{AdaptiveThinking, ForcedTool, Schema, Temperature, ThinkingBudget};

        let ask = |schema: Value| Ask {
            format: Format::Json { name: "verdict", schema },
            effort: Some(Effort::Low),
            temperature: Some(0.5),
            answer_tokens: 5000,
            ..Ask::default()
        };
        let (closed, open) = (ask(json!({"type": "object", "properties": {}})), ask(json!({"type": "object"})));
        for (ask, refused, shape, thinking, temperature) in [
            (&closed, vec![], Some(Schema), Some(AdaptiveThinking), None),
            (&closed, vec![AdaptiveThinking], Some(Schema), Some(ThinkingBudget), None),
            (&closed, vec![AdaptiveThinking, ThinkingBudget], Some(Schema), None, Some(0.5)),
            (&closed, vec![Schema], Some(ForcedTool), None, Some(0.5)),
            (&closed, vec![Schema, ForcedTool], None, Some(AdaptiveThinking), None),
            (&open, vec![], Some(ForcedTool), None, Some(0.5)),
            (&open, vec![ForcedTool, AdaptiveThinking, ThinkingBudget, Temperature], None, None, None),
        ] {
            let form = Form { ask, refused: refused.iter().fold(Refused::default(), |all, part| all.and(*part)) };
            assert_eq!(
                (form.shape(), form.thinking(), form.temperature()),
                (shape, thinking, temperature),
                "{refused:?}"
            );
            assert_eq!(form.answer_tool().is_some(), shape == Some(ForcedTool));
        }
    }
}
