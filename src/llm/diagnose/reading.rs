//! Reads evidence once: the server's own words out of whatever they are wrapped in, and the facts that rules ask for.

use serde_json::Value;
use url::Url;

use crate::{
    llm::{
        address::{is_loopback, is_private},
        evidence::{Evidence, Fault, Kind},
    },
    protocol::Product,
};

/// Bodies come inside strings inside bodies; deeper than this is no honest answer.
const DEPTH: usize = 8;
/// As much of the server's words as a person will read.
const WORDS_SHOWN: usize = 600;
/// As much of a body as rules look at.
const TEXT_READ: usize = 32 << 10;

/// Evidence, read.
pub struct Reading<'e> {
    pub evidence: &'e Evidence,
    pub url: Option<Url>,
    /// From the head of the answer, or where that is missing from the words of the client that reported it.
    pub status: Option<u16>,
    /// The body as JSON, unwrapped from `data:` lines and text around it.
    pub json: Option<Value>,
    /// Everything that was said, lower case, quotes and escapes flattened: what phrase rules search.
    pub text: String,
    /// The words below HTTP, lower case.
    pub transport: String,
    /// The server's own words, innermost first, for people.
    pub words: Vec<String>,
}

impl<'e> Reading<'e> {
    pub fn of(evidence: &'e Evidence) -> Self {
        let body = evidence.observed.body.as_deref().unwrap_or_default();
        let body = &body[..body.floor_char_boundary(TEXT_READ)];
        let json = find_json(body);
        let mut words = Vec::new();
        if let Some(json) = &json {
            collect_words(json, 0, &mut words);
        }
        if words.is_empty() && !body.trim().is_empty() {
            words.push(body.trim().to_owned());
        }
        for text in &mut words {
            text.truncate(text.floor_char_boundary(WORDS_SHOWN));
        }
        let spoken = match body.trim() {
            // A client that reports no body has put what it read into its own words.
            "" if evidence.observed.kind != Kind::Transport && evidence.observed.kind != Kind::Timeout => {
                evidence.observed.transport_error.as_deref().unwrap_or_default()
            }
            _ => spoken_by_server(body),
        };
        let text = without_routing(&flatten(spoken)).to_owned();
        let transport = flatten(evidence.observed.transport_error.as_deref().unwrap_or_default());
        let status = evidence.observed.status.or_else(|| status_in(&text)).or_else(|| json.as_ref().and_then(code_in));
        let url = evidence.request.url.as_deref().and_then(|url| Url::parse(url).ok());
        Self { evidence, url, status, json, text, transport, words }
    }

    pub fn says(&self, phrase: &str) -> bool {
        self.text.contains(phrase)
    }

    pub fn says_any(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.text.contains(phrase))
    }

    pub fn path(&self) -> &str {
        self.url.as_ref().map_or("", Url::path)
    }

    pub fn is_loopback(&self) -> bool {
        self.url.as_ref().is_some_and(is_loopback)
    }

    pub fn is_private(&self) -> bool {
        self.url.as_ref().is_some_and(is_private)
    }

    pub fn is_https(&self) -> bool {
        self.url.as_ref().is_some_and(|url| url.scheme() == "https")
    }

    /// True when the server has said before which program it is.
    pub fn is_known_server(&self) -> bool {
        self.evidence.product.is_some_and(|product| product != Product::Unknown)
    }

    pub fn host(&self) -> &str {
        self.url.as_ref().and_then(Url::host_str).unwrap_or_default()
    }

    /// The model that was asked for, if the request named one.
    pub fn model(&self) -> Option<&str> {
        self.evidence.request.model.as_deref().filter(|model| !model.is_empty())
    }

    pub fn fault(&self) -> Option<&Fault> {
        self.evidence.fault.as_ref()
    }

    pub fn kind(&self) -> Kind {
        self.evidence.observed.kind
    }

    pub fn is_success(&self) -> bool {
        self.status.is_some_and(|status| (200..300).contains(&status))
    }

    /// True where the body names an error, whatever its status.
    pub fn has_error(&self) -> bool {
        self.json.as_ref().is_some_and(|json| json.get("error").is_some_and(|error| !error.is_null()))
    }

    /// True for an answer with content, whose text is a model's and not the server's.
    pub fn is_completion(&self) -> bool {
        let Some(json) = &self.json else { return false };
        let holds_list = |key: &str| json.get(key).is_some_and(Value::is_array);
        let is_native = json.get("done").is_some() && (json.get("message").is_some() || json.get("response").is_some());
        // The last event of a stream, which holds what a model said.
        let kind = json.get("type").and_then(Value::as_str).unwrap_or_default();
        let is_piece = kind == "ping" || kind.starts_with("content_block_") || kind.starts_with("message_");
        json.get("error").is_none_or(Value::is_null)
            && (is_native
                || is_piece
                || ["choices", "candidates", "content", "output"].iter().any(|key| holds_list(key)))
            && !nests_error(json)
    }

    /// The model that a completion names as its own, even if the end of the body was cut off.
    pub fn answered_by(&self) -> Option<String> {
        if let Some(json) = self.json.as_ref().filter(|_| self.is_completion()) {
            return json.get("model").and_then(Value::as_str).map(str::to_owned);
        }
        let body = self.evidence.observed.body.as_deref().filter(|body| body.trim_start().starts_with('{'))?;
        if !body.contains("\"choices\"") || body.contains("\"error\"") {
            return None;
        }
        let (_, rest) = body.split_once("\"model\"")?;
        let name = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        name.split_once('"').map(|(name, _)| name.to_owned())
    }

    /// The names of models that exist, from the list that was read and from the server's words.
    pub fn models(&self) -> Vec<String> {
        let mut names: Vec<String> = self.evidence.models().to_vec();
        for words in &self.words {
            names.extend(names_in(words));
        }
        names.dedup();
        names
    }
}

/// A gateway that answers 200 with the error of the server behind it in the place of the answer.
fn nests_error(json: &Value) -> bool {
    json.pointer("/output/0/object").and_then(Value::as_str) == Some("error")
}

/// LM Studio lists what it has behind `(e.g.,` and behind `Your models:`.
fn names_in(words: &str) -> Vec<String> {
    let listed = words.split_once("(e.g.,").map(|(_, rest)| rest.split(')').next().unwrap_or(rest));
    let listed = listed.or_else(|| words.split_once("Your models:").map(|(_, rest)| rest));
    let separate = |listed: &str| -> Vec<String> {
        let names = listed.split([',', '\n']).map(|name| name.trim().trim_matches(['"', '.']));
        names.filter(|name| !name.is_empty() && !name.contains(' ')).map(str::to_owned).collect()
    };
    listed.map(separate).unwrap_or_default()
}

/// In a stream, what the model said comes before what the server says of it; only the events with an error count then.
fn spoken_by_server(body: &str) -> &str {
    if !["\"choices\"", "\"candidates\"", "\"content_block_delta\"", "\"message.delta\""]
        .iter()
        .any(|mark| body.contains(mark))
    {
        return body;
    }
    let error = body.rfind("event: error").or_else(|| body.rfind("\n\ndata: {\"error\""));
    error.map_or(body, |at| &body[at..])
}

/// A gateway appends where it might have sent the request instead, which speaks of models and is no complaint.
fn without_routing(text: &str) -> &str {
    let tails = ["received model group", "no fallback model group", "available model group", "litellm: model group"];
    tails.iter().filter_map(|tail| text.find(tail)).min().map_or(text, |at| &text[..at])
}

/// Lower case, one space between words, no quotes, backslashes or drawing around them.
fn flatten(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let plain = match letter {
            // Escaped line ends and quotes of JSON inside JSON.
            '\\' => match letters.peek() {
                Some('n' | 'r' | 't') => {
                    letters.next();
                    ' '
                }
                _ => continue,
            },
            '"' | '\'' | '`' | '│' | '“' | '”' | '’' => continue,
            letter if letter.is_whitespace() => ' ',
            letter => letter,
        };
        if plain == ' ' && out.ends_with(' ') {
            continue;
        }
        out.extend(plain.to_lowercase());
    }
    out
}

/// The body as JSON: as it is, behind `data:`, or somewhere in the text.
fn find_json(body: &str) -> Option<Value> {
    let body = body.trim();
    if let Ok(value @ (Value::Object(_) | Value::Array(_) | Value::String(_))) = serde_json::from_str(body) {
        return Some(value);
    }
    let of_line = |line: &str| serde_json::from_str::<Value>(line.trim().strip_prefix("data:")?.trim()).ok();
    let events: Vec<Value> = body.lines().filter_map(of_line).collect();
    if let Some(error) = events.iter().rev().find(|event| event.get("error").is_some()).or(events.last()) {
        return Some(error.clone());
    }
    // The first brackets that begin an object or list; a few tries are enough, more would be quadratic.
    let starts = body.char_indices().filter(|(_, letter)| matches!(letter, '{' | '[')).map(|(at, _)| at).take(4);
    starts.into_iter().find_map(|at| {
        let mut values = serde_json::Deserializer::from_str(&body[at..]).into_iter::<Value>();
        values
            .next()
            .and_then(Result::ok)
            .filter(|value| value.as_object().is_some_and(|object| !object.is_empty()) || value.is_array())
    })
}

/// The sentences in an error body, innermost first.
fn collect_words(value: &Value, depth: usize, words: &mut Vec<String>) {
    if depth > DEPTH {
        return;
    }
    match value {
        Value::String(text) => {
            let inner = text.contains(['{', '[']).then(|| find_json(text)).flatten();
            let before = words.len();
            if let Some(inner) = inner.filter(|inner| !inner.is_string()) {
                collect_words(&inner, depth + 1, words);
            }
            if words.len() == before && !text.trim().is_empty() && !words.contains(text) {
                words.push(text.clone());
            }
        }
        Value::Object(object) => {
            for key in ["error", "message", "messages", "detail", "msg", "title", "errors", "failed_generation"] {
                if let Some(inner) = object.get(key) {
                    collect_words(inner, depth + 1, words);
                }
            }
        }
        Value::Array(list) => list.iter().take(8).for_each(|inner| collect_words(inner, depth + 1, words)),
        _ => {}
    }
}

/// A status that another client wrote into its words: `Error code: 400`, `(404)`, `status code 401`, `400 {`.
fn status_in(text: &str) -> Option<u16> {
    let digits = |rest: &str| -> Option<u16> {
        let number: String = rest.trim_start().chars().take_while(char::is_ascii_digit).collect();
        number.parse().ok().filter(|status| number.len() == 3 && (400..600).contains(status))
    };
    let markers =
        ["error code: ", "status code: ", "status code ", "http error ", "(code=", "status: ", "error: ", "error "];
    digits(text).or_else(|| {
        markers.iter().find_map(|marker| {
            text.match_indices(marker).take(8).find_map(|(at, _)| digits(&text[at + marker.len()..]))
        })
    })
}

/// The status inside the body, as Google and llama.cpp send it.
fn code_in(json: &Value) -> Option<u16> {
    let code = json.pointer("/error/code").or_else(|| json.get("code"))?;
    let number = code.as_u64().or_else(|| code.as_str()?.parse().ok())?;
    u16::try_from(number).ok().filter(|status| (400..600).contains(status))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::llm::evidence::Observed;

    fn words(body: &str) -> Vec<String> {
        let observed = Observed { body: Some(body.into()), ..Observed::default() };
        Reading::of(&Evidence { observed, ..Evidence::default() }).words
    }

    #[test]
    fn words_are_found_in_every_shape() {
        assert_eq!(words(r#"{"error":"plain"}"#), ["plain"]);
        assert_eq!(words(r#"{"error":{"message":"object","type":"x"}}"#), ["object"]);
        assert_eq!(words(r#"{"type":"error","error":{"type":"api_error","message":"claude"}}"#), ["claude"]);
        assert_eq!(words("event: error\ndata: {\"error\":{\"message\":\"event\"},\"message\":\"event\"}"), ["event"]);
        assert_eq!(
            words(r#"{"error":{"message":"Engine returned 400: {\"error\":{\"message\":\"inner\"}}"}}"#),
            ["inner"]
        );
        assert_eq!(words("502 {\"detail\":[{\"msg\":\"field required\"}]}"), ["field required"]);
        assert_eq!(words("nothing but text"), ["nothing but text"]);
    }

    #[test]
    fn a_status_in_words_counts() {
        let status = |body: &str| {
            let observed = Observed { body: Some(body.into()), ..Observed::default() };
            Reading::of(&Evidence { observed, ..Evidence::default() }).status
        };
        assert_eq!(status("Error code: 429 - {'error': 'x'}"), Some(429));
        assert_eq!(status("400 'url' field must be"), Some(400));
        assert_eq!(status(r#"{"error":{"code":503,"message":"Loading model"}}"#), Some(503));
        assert_eq!(status("the first 6547 tokens"), None);
    }

    #[test]
    fn names_of_models_are_taken_from_the_words() {
        assert_eq!(names_in("valid model (e.g., a/b, c@q4)."), ["a/b", "c@q4"]);
        assert_eq!(names_in("Model not found.\n\nYour models:\n\na\nb-embed"), ["a", "b-embed"]);
    }
}
