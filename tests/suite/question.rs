//! What is asked, and what goes with it.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};
use singularis::{
    llm::{Ask, Format, Limit, Limits, Turn},
    protocol::{ActionSpec, Risk},
};

/// A picture of one dot, as a PNG file.
#[rustfmt::skip]
pub const PICTURE: &[u8] = &[
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00, 0x00, 0x1F, 0x15, 0xC4, 0x89, 0x00, 0x00, 0x00, 0x0A, 0x49,
    0x44, 0x41, 0x54, 0x78, 0x9C, 0x63, 0x00, 0x01, 0x00, 0x00, 0x05, 0x00, 0x01, 0x0D, 0x0A, 0x2D, 0xB4, 0x00, 0x00,
    0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
];

/// The only place there is to go to. A counterpart that reads the schema of the tool can name no other.
pub const PLACE: &str = "Müllerhof";

/// A kind of question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    Plain,
    /// With two tools.
    Tools,
    /// With a picture.
    Picture,
    /// With a schema of the answer.
    Shape,
}

impl Question {
    /// What the user says.
    pub fn words(self) -> &'static str {
        match self {
            Self::Plain => "Say some words",
            Self::Tools => "Go to the mill",
            Self::Picture => "What is in this picture?",
            Self::Shape => "Is it so?",
        }
    }

    /// The question, asked with this patience.
    pub fn ask(self, limits: Limits) -> Ask {
        let turns = vec![Turn::User(self.words().to_owned())];
        let plain = Ask { turns, answer_tokens: 64, limits, ..Ask::default() };
        match self {
            Self::Plain => plain,
            Self::Tools => Ask { tools: tools(), ..plain },
            Self::Picture => Ask { pictures: vec![Arc::from(PICTURE)], ..plain },
            Self::Shape => Ask { format: Format::Json { name: "verdict", schema: shape() }, ..plain },
        }
    }
}

/// The tools of a question with tools: the first takes an argument, the second none.
pub fn tools() -> Vec<ActionSpec> {
    let tool = |name: &str, description: &str, input_schema| ActionSpec {
        name: name.to_owned(),
        description: description.to_owned(),
        input_schema,
        risk: Risk::Safe,
    };
    let place = json!({"type": "object", "properties": {"place": {"type": "string", "enum": [PLACE]}},
        "required": ["place"], "additionalProperties": false});
    let nothing = json!({"type": "object", "properties": {}, "additionalProperties": false});
    vec![tool("go_to", "Goes to a place", place), tool("wait", "Rests", nothing)]
}

/// The schema of a question with a shape. Only `{"answer":"yes"}` fits it.
pub fn shape() -> Value {
    json!({"type": "object", "properties": {"answer": {"type": "string", "enum": ["yes"]}},
        "required": ["answer"], "additionalProperties": false})
}

/// Long enough for every server that answers at all.
pub fn patient() -> Limits {
    let seconds = Duration::from_secs;
    Limits { first_token: seconds(10), between_tokens: seconds(8), total: seconds(15) }
}

/// For servers that fall silent: little time for the first word, or for the next one.
pub fn short(of: Limit) -> Limits {
    let little = Duration::from_millis(500);
    match of {
        Limit::FirstToken => Limits { first_token: little, ..patient() },
        Limit::BetweenTokens => Limits { between_tokens: little, ..patient() },
        _ => Limits { total: little, ..patient() },
    }
}
