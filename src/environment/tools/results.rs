//! What a call gave, as text for the models, as figures for pointers, and as a picture.

use base64::{Engine, engine::general_purpose::STANDARD};
use rmcp::model::{CallToolResult, ContentBlock, EmbeddedResource, ImageContent, ResourceContents};
use serde_json::Value;
use tokio::task::spawn_blocking;

use super::{
    pictures::{Picture, decoded},
    shortened::grouped,
};

/// What a server said in one result.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// All of it, in words; where something is no text, a line in square brackets says what it is.
    pub text: String,
    /// The part that is meant for programs. A server that gives none may still say JSON, which counts as well.
    pub structured: Option<Value>,
    /// The first picture that can be shown.
    pub picture: Option<Picture>,
    /// The server says that it did not work.
    pub is_error: bool,
}

/// Reads a result. One with pictures is read in a thread where that may take its time.
pub async fn read(result: CallToolResult) -> Said {
    if !result.content.iter().any(|block| matches!(block, ContentBlock::Image(_))) {
        return said(&result);
    }
    let is_error = result.is_error.unwrap_or_default();
    let reading = spawn_blocking(move || said(&result)).await;
    reading.unwrap_or_else(|_| Said { text: "[the result could not be read]".to_owned(), is_error, ..Said::default() })
}

fn said(result: &CallToolResult) -> Said {
    let mut said = Said { is_error: result.is_error.unwrap_or_default(), ..Said::default() };
    let (mut parts, mut pictures) = (Vec::new(), 0);
    for block in &result.content {
        parts.push(match block {
            ContentBlock::Text(text) => text.text.clone(),
            ContentBlock::Image(image) => {
                pictures += 1;
                picture(image, pictures, &mut said.picture)
            }
            ContentBlock::Audio(audio) => format!("[sound: {}, {}]", audio.mime_type, bytes_of(&audio.data)),
            ContentBlock::ResourceLink(link) => format!("[link: {} <{}>]", link.name, link.uri),
            ContentBlock::Resource(resource) => embedded(resource),
            _ => "[something of an unknown kind]".to_owned(),
        });
    }
    let texts: Vec<&str> = result.content.iter().filter_map(|block| Some(block.as_text()?.text.as_str())).collect();
    match result.structured_content.as_ref().filter(|value| !value.is_null()) {
        Some(value) => {
            if !texts.iter().any(|text| says(text, value)) {
                parts.push(serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string()));
            }
            said.structured = Some(value.clone());
        }
        None => said.structured = texts.iter().find_map(|text| figures(text)),
    }
    parts.retain(|part| !part.trim().is_empty());
    said.text = parts.join("\n");
    said
}

/// Whether a text is the same as what is meant for programs, which then need not be repeated.
fn says(text: &str, value: &Value) -> bool {
    let is_wrapped = |object: &serde_json::Map<String, Value>| {
        // Servers in Python wrap a plain answer so.
        let only = object.get("result").filter(|_| object.len() == 1);
        only.is_some_and(|only| match only {
            Value::String(only) => only == text,
            other => serde_json::from_str::<Value>(text).is_ok_and(|said| said == *other),
        })
    };
    value.as_object().is_some_and(is_wrapped) || serde_json::from_str::<Value>(text).is_ok_and(|said| said == *value)
}

/// A text that is a JSON object or list, read.
fn figures(text: &str) -> Option<Value> {
    let text = text.trim();
    let may_be = text.starts_with('{') || text.starts_with('[');
    may_be.then(|| serde_json::from_str(text).ok())?
}

/// A line that says what a picture is. The first one that can be shown is kept.
fn picture(image: &ImageContent, number: usize, kept: &mut Option<Picture>) -> String {
    let kind = &image.mime_type;
    let file = STANDARD.decode(image.data.trim()).map_err(|_| "it is no base64".to_owned());
    match file.and_then(|file| decoded(&file)) {
        Ok(picture) => {
            let line = format!("[picture {number}: {} × {}, {kind}]", picture.width, picture.height);
            kept.get_or_insert(picture);
            line
        }
        Err(why) => {
            format!("[picture {number}: {kind}, {}, which cannot be shown: {why}]", bytes_of(&image.data))
        }
    }
}

fn embedded(resource: &EmbeddedResource) -> String {
    match &resource.resource {
        ResourceContents::TextResourceContents { uri, text, .. } => format!("[resource: {uri}]\n{text}"),
        ResourceContents::BlobResourceContents { uri, mime_type, blob, .. } => {
            let kind = mime_type.as_deref().unwrap_or("of unknown kind");
            format!("[resource: {uri}, {kind}, {}]", bytes_of(blob))
        }
        _ => "[a resource of an unknown kind]".to_owned(),
    }
}

/// How much base64 stands for.
fn bytes_of(base64: &str) -> String {
    let bytes = base64.trim_end_matches('=').len() * 3 / 4;
    format!("{} bytes", grouped(u64::try_from(bytes).unwrap_or(u64::MAX)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::environment::tools::pictures::tests::png_file;

    /// As it comes over the wire.
    fn result(value: Value) -> CallToolResult {
        serde_json::from_value(value).unwrap()
    }

    #[tokio::test]
    async fn texts_links_and_resources_become_one_text() {
        let said = read(result(json!({"content": [
            {"type": "text", "text": "Two lines\nof text"},
            {"type": "text", "text": "  "},
            {"type": "resource_link", "uri": "file:///a.txt", "name": "a.txt"},
            {"type": "resource", "resource": {"uri": "demo://1", "mimeType": "text/plain", "text": "inside"}},
            {"type": "resource", "resource": {"uri": "demo://2", "mimeType": "image/x", "blob": "AAAAAAAA"}},
            {"type": "audio", "data": "AAAA", "mimeType": "audio/wav"},
        ]})))
        .await;
        let expected = "Two lines\nof text\n[link: a.txt <file:///a.txt>]\n[resource: demo://1]\ninside\n\
                        [resource: demo://2, image/x, 6 bytes]\n[sound: audio/wav, 3 bytes]";
        assert_eq!((said.text.as_str(), said.is_error, said.structured), (expected, false, None));
    }

    #[tokio::test]
    async fn what_is_for_programs_is_shown_once() {
        let weather = json!({"temperature": 21.5});
        let both = json!({"content": [{"type": "text", "text": weather.to_string()}], "structuredContent": weather});
        let said = read(result(both)).await;
        assert_eq!((said.text.as_str(), said.structured), (r#"{"temperature":21.5}"#, Some(weather.clone())));
        let alone = json!({"content": [{"type": "text", "text": "Nice"}], "structuredContent": weather});
        assert_eq!(read(result(alone)).await.text, "Nice\n{\n  \"temperature\": 21.5\n}");
        let wrapped = json!({"content": [{"type": "text", "text": "hello"}], "structuredContent": {"result": "hello"}});
        assert_eq!(read(result(wrapped)).await.text, "hello");
    }

    #[tokio::test]
    async fn a_text_that_is_json_counts_as_figures() {
        let said = read(result(json!({"content": [{"type": "text", "text": " {\"score\": 3}"}]}))).await;
        assert_eq!(said.structured, Some(json!({"score": 3})));
        let said = read(result(json!({"content": [{"type": "text", "text": "12"}], "isError": true}))).await;
        assert_eq!((said.structured, said.is_error), (None, true));
    }

    #[tokio::test]
    async fn the_first_picture_that_can_be_shown_is_kept() {
        let data = STANDARD.encode(png_file(64, 48, png::ColorType::Rgb, &[9, 8, 7]));
        let said = read(result(json!({"content": [
            {"type": "image", "data": "!", "mimeType": "image/png"},
            {"type": "image", "data": "UklGRg==", "mimeType": "image/webp"},
            {"type": "image", "data": data, "mimeType": "image/png"},
        ]})))
        .await;
        let expected = "[picture 1: image/png, 0 bytes, which cannot be shown: it is no base64]\n\
                        [picture 2: image/webp, 4 bytes, which cannot be shown: it is neither PNG nor JPEG]\n\
                        [picture 3: 64 × 48, image/png]";
        assert_eq!(said.text, expected);
        assert_eq!(said.picture.unwrap().view.rgb[..3], [9, 8, 7]);
    }
}
