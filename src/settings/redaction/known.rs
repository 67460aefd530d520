//! The secrets this process knows: every one that was made into a `Secret` is looked for from then on.

use std::{
    fmt::Write,
    sync::{OnceLock, PoisonError, RwLock},
};

use super::{HIDDEN, OWN, Span, ends_with_a_code};

/// Every secret of this process, in each form it can appear in.
static KNOWN: OnceLock<RwLock<Vec<Known>>> = OnceLock::new();

/// Shorter ones would be found in half of all text. In bytes.
const SHORTEST: usize = 6;
/// Shorter ones may stand inside longer words by chance, so they are only found as words of their own. In bytes.
const LONG: usize = 12;
/// From this length on a part of a secret is one too. In bytes.
const QUOTED_IN_PART: usize = 20;
/// Servers quote the first ten characters of a key they refuse. In bytes, after the start that all such keys share.
const TELLING: usize = 10;

/// How keys begin that share more than their first letters; the longest first.
const SHARED_STARTS: [&str; 9] =
    ["sk-ant-api03-", "github_pat_", "sk-proj-", "sk-ant-", "sk-lm-", "AIza", "ghp_", "sk-", "hf_"];

/// What people type where a server wants any key at all. Hiding these would hide honest words and protect nothing.
const PLACEHOLDERS: [&str; 22] = [
    "api-key",
    "api_key",
    "apikey",
    "anything",
    "changeme",
    "default",
    "example",
    "litellm",
    "llama-cpp",
    "llamacpp",
    "lm-studio",
    "lm_studio",
    "lmstudio",
    "localhost",
    "no-key",
    "not-needed",
    "ollama",
    "password",
    "placeholder",
    "secret",
    "sk-no-key-required",
    "unused",
];

struct Known {
    text: Box<str>,
    /// How many bytes of it are enough to know it again.
    telling: usize,
    /// It could be a word of a language or a part of a name.
    is_word: bool,
}

/// From now on this secret is taken out of every text. One that is shorter than six letters, or that is a placeholder
/// such as `lm-studio`, is not looked for: it would take honest words with it.
pub fn remember(secret: &str) {
    let secret = secret.trim();
    let is_placeholder = PLACEHOLDERS.iter().any(|known| known.eq_ignore_ascii_case(secret));
    if secret.len() < SHORTEST || is_placeholder || HIDDEN.contains(secret) {
        return;
    }
    let place = KNOWN.get_or_init(RwLock::default);
    if place.read().unwrap_or_else(PoisonError::into_inner).iter().any(|known| &*known.text == secret) {
        return;
    }
    let mut all = place.write().unwrap_or_else(PoisonError::into_inner);
    for form in forms(secret) {
        if !all.iter().any(|known| *known.text == *form) {
            all.push(Known::new(&form));
        }
    }
}

/// Finds every known secret in the text.
pub(super) fn find(text: &str, spans: &mut Vec<Span>) {
    let Some(place) = KNOWN.get() else { return };
    for known in &*place.read().unwrap_or_else(PoisonError::into_inner) {
        known.find(text, spans);
    }
}

impl Known {
    fn new(secret: &str) -> Self {
        let shared = SHARED_STARTS.iter().find(|start| secret.starts_with(**start)).map_or(0, |start| start.len());
        let is_quoted_in_part = secret.len() >= QUOTED_IN_PART && secret.bytes().any(|byte| byte.is_ascii_digit());
        let telling = if is_quoted_in_part { shared + TELLING } else { secret.len() };
        let is_word = secret.len() < LONG
            && secret.chars().all(|letter| letter.is_lowercase() || matches!(letter, '-' | '_' | ' '));
        Self { text: secret.into(), telling: secret.floor_char_boundary(telling), is_word }
    }

    fn find(&self, text: &str, spans: &mut Vec<Span>) {
        let start = &self.text[..self.telling];
        let mut from = 0;
        while let Some(found) = text[from..].find(start) {
            let at = from + found;
            let same = text[at..].bytes().zip(self.text.bytes()).take_while(|(one, other)| one == other).count();
            from = at + text[at..].floor_char_boundary(same).max(start.len());
            if self.stands_free(&text[..at], &text[from..]) {
                spans.push(Span { range: at..from, kind: OWN });
            }
        }
    }

    /// A short secret inside a longer word is chance; one that is a word is also the beginning of honest names.
    fn stands_free(&self, before: &str, after: &str) -> bool {
        if self.text.len() >= LONG {
            return true;
        }
        let joins = |letter: char| letter.is_alphanumeric() || (self.is_word && matches!(letter, '-' | '_' | '/'));
        let is_joined = before.ends_with(joins) && !ends_with_a_code(before.as_bytes());
        !is_joined && !after.starts_with(joins)
    }
}

/// As it is, as it stands in an address, and as it stands in JSON.
fn forms(secret: &str) -> Vec<String> {
    let mut forms = vec![secret.to_owned(), in_address(secret, true), in_address(secret, false)];
    let quoted = serde_json::to_string(secret).ok();
    forms.extend(quoted.and_then(|quoted| quoted.get(1..quoted.len() - 1).map(str::to_owned)));
    forms
}

fn in_address(secret: &str, capitals: bool) -> String {
    secret.bytes().fold(String::with_capacity(secret.len()), |mut out, byte| {
        let _infallible = match byte {
            b'-' | b'.' | b'_' | b'~' => out.write_char(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => out.write_char(char::from(byte)),
            _ if capitals => write!(out, "%{byte:02X}"),
            _ => write!(out, "%{byte:02x}"),
        };
        out
    })
}
