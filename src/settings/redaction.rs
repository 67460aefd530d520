//! Takes secrets out of text before it is written down or shown: keys, passwords, and every secret this process knows.
//!
//! | file | what it finds |
//! |---|---|
//! | `known` | secrets that were remembered, also when they are encoded or quoted in part |
//! | `shapes` | what looks like a key wherever it stands: `sk-…`, `ghp_…`, `Bearer …`, signed tokens, private keys |
//! | `fields` | what is called a key or password: `?key=…`, `"api_key": "…"`, `user:…@host` |
//!
//! A secret that slips through is worse than a word too many that is hidden, but honest text must survive: this runs on
//! every line of the log and on every text of the journal.

mod fields;
mod known;
mod shapes;
#[cfg(test)]
mod tests;

use std::{borrow::Cow, collections::BTreeMap, ops::Range};

pub use known::remember;

/// Stands in place of what was taken out. Redacting twice changes nothing more.
pub const HIDDEN: &str = "(hidden)";

/// What looks like a key, whoever it belongs to. This and the following are the kinds by which [`redact_counted`] counts.
pub const KEYS: &str = "API keys";
/// Secrets this process was given, whatever they look like.
pub const OWN: &str = "keys in use";
/// Values that are called a key, token or password.
pub const NAMED: &str = "values called key or password";
/// The part between `user:` and `@host`.
pub const IN_ADDRESSES: &str = "passwords in addresses";
/// What follows `Bearer` or `Basic`, and signed tokens.
pub const SIGN_IN: &str = "sign-in tokens";
/// From `BEGIN … PRIVATE KEY` to its end.
pub const PRIVATE_KEYS: &str = "private keys";

/// No colour of a terminal has more figures: `38;2;255;255;255`. In bytes.
const LONGEST_COLOUR: usize = 16;

/// Something to be taken out of a text: where it stands in bytes, and what it is.
struct Span {
    range: Range<usize>,
    kind: &'static str,
}

/// The text with [`HIDDEN`] in place of every secret; the same text, not copied, where there is none.
pub fn redact(text: &str) -> Cow<'_, str> {
    hide(text, &find(text))
}

/// Like [`redact`], and adds to `counts` how many things of each kind were taken out.
pub fn redact_counted<'a>(text: &'a str, counts: &mut BTreeMap<&'static str, u64>) -> Cow<'a, str> {
    let spans = find(text);
    for span in &spans {
        *counts.entry(span.kind).or_default() += 1;
    }
    hide(text, &spans)
}

/// Everything to be hidden, in order and without overlap.
fn find(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    known::find(text, &mut spans);
    scan(text, &mut spans);
    if spans.len() > 1 {
        spans.sort_by_key(|span| span.range.start);
        spans.dedup_by(|later, earlier| {
            let overlaps = later.range.start < earlier.range.end;
            if overlaps {
                earlier.range.end = earlier.range.end.max(later.range.end);
            }
            overlaps
        });
    }
    spans
}

/// One pass over the bytes. Only an ASCII byte that can begin something is looked at closely, so every place that is
/// cut at lies between characters.
fn scan(text: &str, spans: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    // Before this place no signed token begins.
    let mut tokens_from = 0;
    while at < bytes.len() {
        let found = match bytes[at] {
            b':' | b'=' | b'%' => fields::password_in_address(text, at).or_else(|| fields::value_after(text, at)),
            b'-' => shapes::private_key(text, at),
            b';' => {
                at += shapes::picture(text, at);
                None
            }
            b'e' if at >= tokens_from && begins_a_word(bytes, at) => match shapes::signed_token(text, at) {
                Ok(span) => Some(span),
                Err(next) => {
                    tokens_from = next;
                    None
                }
            },
            b'A' | b'B' | b'b' | b'g' | b'h' | b'r' | b's' | b'x' if begins_a_word(bytes, at) => {
                shapes::key(text, at).or_else(|| shapes::sign_in(text, at))
            }
            _ => None,
        };
        match found {
            Some(span) => {
                at = span.range.end.max(at + 1);
                spans.push(span);
            }
            None => at += 1,
        }
    }
}

/// In the middle of a word, as in `task-master`, nothing is a key.
fn begins_a_word(bytes: &[u8], at: usize) -> bool {
    let before = &bytes[..at];
    before.last().is_none_or(|letter| !letter.is_ascii_alphanumeric()) || ends_with_a_code(before)
}

/// Whether the last letters stand for another sign, as in `\n`, `\u003d`, `\x3d`, `%2F` and `%252F`, or only change the
/// colour of what follows, as `ESC[32m` does. They belong to no word.
fn ends_with_a_code(before: &[u8]) -> bool {
    let is_number = |digits: &[u8]| digits.iter().all(u8::is_ascii_hexdigit);
    match before {
        [.., b'\\', b'n' | b't' | b'r' | b'b' | b'f' | b'0'] => true,
        [.., b'%', one, two] | [.., b'%', b'2', b'5', one, two] | [.., b'\\', b'x', one, two] => {
            is_number(&[*one, *two])
        }
        [.., b'\\', b'u', one, two, three, four] => is_number(&[*one, *two, *three, *four]),
        [colour @ .., b'm'] => {
            let is_figure = |byte: &&u8| byte.is_ascii_digit() || **byte == b';';
            let figures = colour.iter().rev().take(LONGEST_COLOUR).take_while(is_figure).count();
            colour[..colour.len() - figures].ends_with(b"[")
        }
        _ => false,
    }
}

fn hide<'a>(text: &'a str, spans: &[Span]) -> Cow<'a, str> {
    if spans.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for span in spans {
        out.push_str(&text[from..span.range.start]);
        out.push_str(HIDDEN);
        from = span.range.end;
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}
