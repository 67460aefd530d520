//! Reads a question in OpenAI's shape as strictly as LM Studio does, and has the player answer it.

use serde_json::Value;

use super::{
    catalogue::Instance,
    errors::Refusal,
    player::{self, Asked, OfferedTool},
    schema,
    script::Script,
};

const NO_CONTENT_TYPE: &str =
    "Invalid 'content': 'content' objects must have a 'type' field that is either 'text' or 'image_url'.";

/// What is asked, whichever interface it came through.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Question {
    pub system: String,
    /// The text of the last thing the user said.
    pub user: String,
    /// Name and argument schema.
    pub tools: Vec<(String, Value)>,
    pub needs_tool: bool,
    pub schema: Option<Value>,
    pub has_image: bool,
    /// Whether a model that can reason is to do so.
    pub may_reason: bool,
    pub seed: Option<u64>,
    pub prompt_tokens: usize,
    /// How many tokens the answer may have.
    pub limit: Option<usize>,
}

impl Question {
    pub fn from_open_ai(body: &Value) -> Result<Self, Refusal> {
        let messages = body["messages"].as_array().ok_or_else(|| Refusal::text("'messages' field is required"))?;
        let messages = messages.iter().map(Message::read).collect::<Result<Vec<_>, _>>()?;
        let characters: usize = messages.iter().map(|message| message.text.chars().count()).sum();
        let said_by =
            |roles: &[&str]| messages.iter().filter(|message| roles.contains(&message.role)).collect::<Vec<_>>();
        let system: Vec<&str> = said_by(&["system", "developer"]).iter().map(|message| message.text.as_str()).collect();
        let choice = tool_choice(&body["tool_choice"])?;
        Ok(Self {
            system: system.join("\n"),
            user: said_by(&["user"]).last().map(|message| message.text.clone()).unwrap_or_default(),
            tools: if choice == "none" { Vec::new() } else { tools(&body["tools"]) },
            needs_tool: choice == "required",
            schema: response_format(&body["response_format"])?,
            has_image: messages.iter().any(|message| message.has_image),
            may_reason: body["reasoning_effort"] != "none",
            seed: body["seed"].as_u64(),
            prompt_tokens: tokens(characters),
            // -1 means no limit, which is what `as_u64` makes of it.
            limit: ["max_tokens", "max_completion_tokens"]
                .iter()
                .find_map(|name| body[*name].as_u64())
                .and_then(|limit| usize::try_from(limit).ok()),
        })
    }

    pub fn fits(&self, instance: &Instance) -> bool {
        self.room(instance).is_some()
    }

    /// Has the player answer. `number` names the call of a tool, if there is one.
    pub fn script(&self, instance: &Instance, number: u64) -> Script {
        let seed = self.seed.unwrap_or_else(|| self.seed_of_its_words());
        let tools = self.tools.iter().map(|(name, schema)| OfferedTool { name, schema }).collect();
        let asked = Asked {
            system: &self.system,
            user: &self.user,
            tools,
            schema: self.schema.as_ref(),
            has_image: self.has_image,
            seed,
        };
        let mut played = player::play(&asked);
        if !(self.may_reason && instance.model.reasoning) {
            played.reasoning.clear();
        }
        if self.needs_tool && played.tool_call.is_none() {
            played.tool_call = self.tools.first().map(|(name, schema)| (name.clone(), schema::fill(schema)));
        }
        let room = self.room(instance).unwrap_or(0);
        Script::write(&played, self.limit.map_or(room, |limit| limit.min(room)), number)
    }

    /// For a question that brings no seed: the same words get the same answer, whoever else asks at the same time.
    fn seed_of_its_words(&self) -> u64 {
        self.system
            .bytes()
            .chain(self.user.bytes())
            .fold(0, |seed, byte| seed.wrapping_mul(31).wrapping_add(byte.into()))
    }

    /// What the question leaves of the context; `None` if it does not even fit itself.
    fn room(&self, instance: &Instance) -> Option<usize> {
        usize::try_from(instance.context_length).ok()?.checked_sub(self.prompt_tokens)
    }
}

/// Four characters a token: near enough, and easy to reckon with in a test.
pub(super) fn tokens(characters: usize) -> usize {
    characters.div_ceil(4)
}

struct Message<'a> {
    role: &'a str,
    text: String,
    has_image: bool,
}

impl<'a> Message<'a> {
    fn read(message: &'a Value) -> Result<Self, Refusal> {
        let mut read =
            Self { role: message["role"].as_str().unwrap_or_default(), text: String::new(), has_image: false };
        match &message["content"] {
            Value::String(text) => read.text.push_str(text),
            Value::Array(parts) => parts.iter().try_for_each(|part| read.take(part))?,
            // An assistant's message may hold tool calls and nothing else.
            _ => {}
        }
        Ok(read)
    }

    fn take(&mut self, part: &Value) -> Result<(), Refusal> {
        match part["type"].as_str() {
            Some("text") => self.text.push_str(part["text"].as_str().unwrap_or_default()),
            Some("image_url") => {
                must_be_inline_image(part["image_url"]["url"].as_str().unwrap_or_default())?;
                self.has_image = true;
            }
            _ => return Err(Refusal::text(NO_CONTENT_TYPE)),
        }
        Ok(())
    }
}

/// Neither links nor WebP pass LM Studio.
pub(super) fn must_be_inline_image(url: &str) -> Result<(), Refusal> {
    let inline = url.starts_with("data:image/") && url.contains(";base64,") && !url.starts_with("data:image/webp");
    if inline { Ok(()) } else { Err(Refusal::text("'url' field must be a base64 encoded image.")) }
}

fn tools(offered: &Value) -> Vec<(String, Value)> {
    let functions = offered.as_array().into_iter().flatten().map(|tool| &tool["function"]);
    functions
        .filter_map(|function| Some((function["name"].as_str()?.to_owned(), function["parameters"].clone())))
        .collect()
}

fn tool_choice(choice: &Value) -> Result<&str, Refusal> {
    let kind = match choice {
        Value::Null => return Ok("auto"),
        Value::String(choice) if ["none", "auto", "required"].contains(&choice.as_str()) => return Ok(choice.as_str()),
        Value::String(_) => "string",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::Array(_) | Value::Object(_) => "object",
    };
    let message = format!("Invalid tool_choice type: '{kind}'. Supported string values: none, auto, required");
    Err(Refusal::text(&message))
}

fn response_format(format: &Value) -> Result<Option<Value>, Refusal> {
    match (format, format["type"].as_str()) {
        (Value::Null, _) | (_, Some("text")) => Ok(None),
        (_, Some("json_schema")) => Ok(Some(format["json_schema"]["schema"].clone())),
        _ => Err(Refusal::text("'response_format.type' must be 'json_schema' or 'text'")),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use super::*;
    use crate::demo::{catalogue::Catalogue, config::DemoModel};

    fn refused(body: &Value) -> String {
        let refusal = Question::from_open_ai(body).expect_err("refused");
        refusal.body["error"].as_str().unwrap_or_default().to_owned()
    }

    #[test]
    fn the_last_user_message_is_the_question() {
        let body = json!({
            "messages": [
                {"role": "developer", "content": "Be brief."},
                {"role": "user", "content": "First"},
                {"role": "assistant", "content": null, "tool_calls": []},
                {"role": "user", "content": [
                    {"type": "text", "text": "Look"},
                    {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
                ]},
            ],
            "max_tokens": -1,
            "seed": 7,
        });
        let question = Question::from_open_ai(&body).expect("well formed");
        let expected = Question {
            system: "Be brief.".to_owned(),
            user: "Look".to_owned(),
            has_image: true,
            may_reason: true,
            seed: Some(7),
            prompt_tokens: 5,
            ..Question::default()
        };
        assert_eq!(question, expected);
    }

    #[test]
    fn the_same_words_are_answered_alike_whoever_asked_before() {
        let models = vec![DemoModel { loaded: true, ..DemoModel::llm("a") }];
        let instance = Catalogue::new(models, true, Duration::ZERO).instances().remove(0);
        let fight = "Turn 30 of 70. You are at Ruin. Health 9/30, gold 6, potions 0.\n\
            You are fighting the wraith (health 22/22). Its whole body coils.\n\nLegal actions:\n- attack\n- block\n";
        let answer = |seed, number| {
            let system = "Role: navigation".to_owned();
            let question = Question { system, user: fight.to_owned(), seed, ..Question::default() };
            question.script(&instance, number).pieces
        };
        let wordings: Vec<_> = (0..6).map(|seed| answer(Some(seed), 0)).collect();
        assert!(wordings.iter().any(|wording| *wording != wordings[0]), "a seed changes the wording: {wordings:?}");
        for number in 0..6 {
            assert_eq!(answer(None, number), answer(None, 0));
        }
        let seeds =
            ["a", "b"].map(|user| Question { user: user.to_owned(), ..Question::default() }.seed_of_its_words());
        assert_ne!(seeds[0], seeds[1], "other words may be answered otherwise");
    }

    #[test]
    fn what_lm_studio_refuses_is_refused_in_its_words() {
        assert_eq!(refused(&json!({})), "'messages' field is required");
        let json_object = json!({"messages": [], "response_format": {"type": "json_object"}});
        assert_eq!(refused(&json_object), "'response_format.type' must be 'json_schema' or 'text'");
        let forced = json!({"messages": [], "tool_choice": {"type": "function", "function": {"name": "move"}}});
        assert_eq!(
            refused(&forced),
            "Invalid tool_choice type: 'object'. Supported string values: none, auto, required"
        );
        for url in ["https://example.com/cat.png", "data:image/webp;base64,AAAA"] {
            let parts = json!([{"type": "image_url", "image_url": {"url": url}}]);
            let body = json!({"messages": [{"role": "user", "content": parts}]});
            assert_eq!(refused(&body), "'url' field must be a base64 encoded image.");
        }
    }

    #[test]
    fn a_schema_and_tools_are_passed_on() {
        let body = json!({
            "messages": [],
            "tools": [{"type": "function", "function": {"name": "move", "parameters": {"type": "object"}}}],
            "response_format": {"type": "json_schema", "json_schema": {"name": "a", "schema": {"type": "object"}}},
        });
        let question = Question::from_open_ai(&body).expect("well formed");
        assert_eq!(question.tools, [("move".to_owned(), json!({"type": "object"}))]);
        assert_eq!(question.schema, Some(json!({"type": "object"})));
    }
}
