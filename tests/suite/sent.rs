//! What has to stand in a request: the question, and everything that goes with it, where the wire format wants it.

use base64::Engine;
use serde_json::{Value, json};

use crate::{
    client::Client,
    question::{PICTURE, Question, shape, tools},
};

/// What a counterpart says it was asked.
#[derive(Clone, Debug)]
pub struct Seen {
    pub path: String,
    /// `Null` if it was no JSON.
    pub body: Value,
}

/// Complains if something is not so.
pub fn need(is_so: bool, complaint: impl FnOnce() -> String) -> Result<(), String> {
    if is_so { Ok(()) } else { Err(complaint()) }
}

/// Looks at a request of this client for this question.
pub fn check(client: Client, question: Question, seen: &Seen) -> Result<(), String> {
    let Seen { path, body } = seen;
    let way =
        client.of(["/v1/chat/completions", "/v1/messages", "/v1beta/models/gemini-2.5-flash:streamGenerateContent"]);
    need(path.split('?').next().is_some_and(|path| path.ends_with(way)), || format!("it was asked at {path}"))?;
    let found = |places: [&str; 3]| body.pointer(client.of(places)).cloned().unwrap_or_default();
    let same = |what: &str, places: [&str; 3], wanted: &Value| {
        let sent = found(places);
        need(sent == *wanted, || format!("{what} was sent as {sent} and not as {wanted}, in {body}"))
    };
    let has_picture = question == Question::Picture;
    let words = if has_picture {
        // Claude understands pictures best in front of the question.
        ["/messages/0/content/0/text", "/messages/0/content/1/text", "/contents/0/parts/0/text"]
    } else {
        ["/messages/0/content", "/messages/0/content/0/text", "/contents/0/parts/0/text"]
    };
    same("the question", words, &json!(question.words()))?;
    if client != Client::Gemini {
        same("the wish for a stream", ["/stream"; 3], &json!(true))?;
        same("the model", ["/model"; 3], &json!(client.model()))?;
    }
    if has_picture {
        let kind = ["", "/messages/0/content/0/source/media_type", "/contents/0/parts/1/inlineData/mimeType"];
        if client != Client::LmStudio {
            same("the kind of the picture", kind, &json!("image/png"))?;
        }
        let sent = found([
            "/messages/0/content/1/image_url/url",
            "/messages/0/content/0/source/data",
            "/contents/0/parts/1/inlineData/data",
        ]);
        let data = sent.as_str().unwrap_or_default();
        let data = client.of([data.strip_prefix("data:image/png;base64,"), Some(data), Some(data)]);
        let bytes = data.and_then(|data| base64::engine::general_purpose::STANDARD.decode(data).ok());
        need(bytes.as_deref() == Some(PICTURE), || format!("the picture was sent as {sent}"))?;
    }
    if question == Question::Tools {
        for (at, tool) in tools().iter().enumerate() {
            let place = |end: [&str; 3]| {
                let start = ["/tools/#/function/", "/tools/#/", "/tools/0/functionDeclarations/#/"];
                format!("{}{}", client.of(start), client.of(end)).replace('#', &at.to_string())
            };
            let (name, schema) = (place(["name"; 3]), place(["parameters", "input_schema", "parametersJsonSchema"]));
            same("the name of a tool", [name.as_str(); 3], &json!(tool.name))?;
            same("the schema of a tool", [schema.as_str(); 3], &tool.input_schema)?;
        }
    }
    if question == Question::Shape {
        let mut sent = found([
            "/response_format/json_schema/schema",
            "/output_config/format/schema",
            "/generationConfig/responseJsonSchema",
        ]);
        // Gemini is told the order too, which is no part of the schema that was given.
        if let Some(object) = sent.as_object_mut() {
            object.remove("propertyOrdering");
        }
        need(sent == shape(), || format!("the schema was sent as {sent}, in {body}"))?;
    }
    Ok(())
}
