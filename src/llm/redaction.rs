//! Takes secrets out of what a server says before anybody else sees it.

use crate::settings::{
    Secret,
    redaction::{self, HIDDEN},
};

/// Servers quote the first ten characters of a refused token; eight of them are enough to know it again.
const TELLING_LENGTH: usize = 8;

/// How keys begin: LM Studio and OpenAI, Anthropic, Google. Servers quote them in part, and a part is too short to be
/// known as a key anywhere else.
const KEY_STARTS: [&str; 2] = ["sk-", "AIza"];

/// Replaces the token that was sent, whatever looks like a key, and what a refusal quotes back.
///
/// LM Studio repeats the first characters of a refused token in its answer, so in a refusal (401 and 403) everything
/// after `provided:` goes too.
pub fn redact(text: &str, token: Option<&Secret>, is_refusal: bool) -> String {
    // Whole keys first: another one that begins as ours does would else lose its beginning and not be known any more.
    let text = redaction::redact(text);
    let mut text = token.map_or_else(|| text.clone().into_owned(), |token| hide_token(&text, token.reveal()));
    for start in KEY_STARTS {
        text = hide_after(&text, start, true);
    }
    if is_refusal { hide_after(&text, "provided: ", false) } else { text }
}

/// Hides the token and every beginning of it that is long enough to be more than chance.
fn hide_token(text: &str, token: &str) -> String {
    let Some(start) = token.get(..token.floor_char_boundary(TELLING_LENGTH)).filter(|start| start.len() >= 6) else {
        return text.replace(token, HIDDEN);
    };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(start) {
        let same = rest[at..].bytes().zip(token.bytes()).take_while(|(one, other)| one == other).count();
        let end = at + rest[at..].floor_char_boundary(same.max(start.len()));
        // A placeholder such as `lm-studio` is also the beginning of honest names.
        let is_a_name = same == token.len() && rest[end..].starts_with(['-', '/']);
        out.push_str(&rest[..at]);
        out.push_str(if is_a_name { &rest[at..end] } else { HIDDEN });
        // What goes on differently is another key that begins alike; its rest is no less of a secret.
        let is_whole = is_a_name || same == token.len();
        let goes_on = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
        let more = if is_whole { 0 } else { rest[end..].find(|letter| !goes_on(letter)).unwrap_or(rest.len() - end) };
        rest = &rest[end + more..];
    }
    out.push_str(rest);
    out
}

/// Hides the word that begins with (or follows) `start`.
fn hide_after(text: &str, start: &str, start_included: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(start) {
        let word_at = at + start.len();
        // In the middle of a word, as in `task-master`, it is no key.
        let is_inside = start_included && rest[..at].ends_with(|letter: char| letter.is_alphanumeric());
        if is_inside {
            out.push_str(&rest[..word_at]);
            rest = &rest[word_at..];
            continue;
        }
        let length = rest[word_at..].find(|letter: char| !is_key_letter(letter)).unwrap_or(rest.len() - word_at);
        out.push_str(&rest[..if start_included { at } else { word_at }]);
        // A placeholder in documentation such as `Bearer $LM_API_TOKEN` or a bare `sk-` hides nothing.
        if length < 4 || rest[word_at..].starts_with('$') {
            out.push_str(&rest[if start_included { at } else { word_at }..word_at + length]);
        } else {
            out.push_str(HIDDEN);
        }
        rest = &rest[word_at + length..];
    }
    out.push_str(rest);
    out
}

fn is_key_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | ':' | '.' | '*' | '$')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_do_not_survive() {
        let token = Secret::new("my-own-token-123").unwrap();
        let said = "key my-own-token-123, sk-lm-abcdefgh:01234567890123456789 and AIzaSyA-very_long, Bearer abcdef";
        let redacted = redact(said, Some(&token), false);
        assert_eq!(redacted, "key (hidden), (hidden) and (hidden), Bearer (hidden)");
    }

    #[test]
    fn a_refusal_quotes_nothing_back() {
        let said = "Malformed LM Studio API token provided: 22aac52a71... Ensure you are using a valid token.";
        assert_eq!(
            redact(said, None, true),
            "Malformed LM Studio API token provided: (hidden) Ensure you are using a valid token."
        );
        let said = "use 'Authorization: Bearer $LM_API_TOKEN'";
        assert_eq!(redact(said, None, true), said);
    }
}
