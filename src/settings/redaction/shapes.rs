//! What looks like a secret wherever it stands.

use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use super::{HIDDEN, KEYS, PRIVATE_KEYS, SIGN_IN, Span, fields};

/// How keys begin, and how many letters follow at least.
const STARTS: [(&str, usize); 20] = [
    ("sk-", 12),
    ("sk_live_", 12),
    ("sk_test_", 12),
    ("rk_live_", 12),
    ("AIza", 8),
    ("AKIA", 16),
    ("ASIA", 16),
    ("ghp_", 12),
    ("gho_", 12),
    ("ghu_", 12),
    ("ghs_", 12),
    ("ghr_", 12),
    ("github_pat_", 12),
    ("glpat-", 12),
    ("gsk_", 12),
    ("hf_", 12),
    ("xai-", 16),
    ("xoxb-", 8),
    ("xox", 10),
    ("r8_", 16),
];

/// From this length on a word without a digit is a key as well, if it begins like one.
const BEYOND_WORDS: usize = 24;

/// What follows `Bearer` where people write about it.
const PROSE: [&str; 16] = [
    "auth",
    "authentication",
    "authorisation",
    "authorization",
    "credential",
    "credentials",
    "error",
    "format",
    "header",
    "headers",
    "prefix",
    "realm",
    "scheme",
    "token",
    "tokens",
    "with",
];

/// The first two parts of a signed token are no shorter. In bytes.
const SHORTEST_PART: usize = 8;

/// A run of such letters that is longer than this is a picture or a file. In bytes.
const PICTURE: usize = 512;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A key that begins here.
pub(super) fn key(text: &str, at: usize) -> Option<Span> {
    let rest = &text[at..];
    let (start, shortest) = STARTS.iter().find(|(start, _)| rest.starts_with(start))?;
    let length = word_length(rest);
    let body = rest.get(start.len()..length)?;
    let is_random = body.bytes().any(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase() || byte == b'*');
    let is_key = body.len() >= *shortest && (is_random || body.len() >= BEYOND_WORDS);
    (is_key && !is_in_picture(text.as_bytes(), at)).then(|| Span { range: at..at + length, kind: KEYS })
}

/// What follows `Bearer` or `Basic` here.
pub(super) fn sign_in(text: &str, at: usize) -> Option<Span> {
    let is = |scheme: &str| text.get(at..at + scheme.len()).is_some_and(|word| word.eq_ignore_ascii_case(scheme));
    let is_bearer = is("bearer");
    if !is_bearer && !is("basic") {
        return None;
    }
    let after = at + if is_bearer { "bearer".len() } else { "basic".len() };
    let rest = &text[after..];
    let gap = match rest.as_bytes() {
        [b'%', b'2', b'0', ..] => 3,
        [b'+', ..] => 1,
        [b' ' | b'\t', ..] => rest.len() - rest.trim_start_matches([' ', '\t', '"', '\'']).len(),
        _ => return None,
    };
    let word = &rest[gap..];
    let length = credential_length(word);
    let is_secret = if is_bearer { is_bearer_token(&text[at..after], word, length) } else { is_basic(&word[..length]) };
    let start = after + gap;
    is_secret.then(|| Span { range: start..start + length, kind: SIGN_IN })
}

/// A placeholder such as `Bearer $TOKEN` hides nothing, and neither does a sentence about bearer tokens.
fn is_bearer_token(scheme: &str, word: &str, length: usize) -> bool {
    let token = &word[..length];
    let has_digit = token.bytes().any(|byte| byte.is_ascii_digit());
    let is_prose = PROSE.iter().any(|known| known.eq_ignore_ascii_case(token)) || word[length..].starts_with('=');
    let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    let is_variable = fields::is_variable(token) || token.strip_prefix('$').is_some_and(is_name);
    let is_code = is_variable || word[length..].starts_with(['(', '{', '<']);
    // Small letters are what a sentence has, in which anybody may be the bearer of anything.
    let is_header = scheme.starts_with('B') && length >= 6;
    (is_header || (has_digit && length >= 4)) && !is_prose && !is_code
}

/// A user and a password, encoded; any other word is a sentence about something basic.
fn is_basic(word: &str) -> bool {
    let decoded = BASE64.decode(word).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    word.len() >= 4 && decoded.is_some_and(|pair| pair.contains(':'))
}

/// A signed token that begins here: three or more parts with dots between, the first of which is JSON in base64. An
/// error says before which place none begins, so that a long word is not looked at again and again.
pub(super) fn signed_token(text: &str, at: usize) -> Result<Span, usize> {
    let rest = &text[at..];
    if !rest.starts_with("eyJ") {
        return Err(at + 1);
    }
    let part = |from: usize| rest[from..].bytes().take_while(|byte| is_letter(*byte)).count();
    let ends_with_dot = |end: usize| rest[end..].starts_with('.');
    // Whatever begins later in the first part has a shorter one, and the same parts after it.
    let first = part(0);
    let none = Err(at + first);
    if first < SHORTEST_PART || !ends_with_dot(first) {
        return none;
    }
    let second = part(first + 1);
    let two_parts = first + 1 + second;
    if second < SHORTEST_PART || !ends_with_dot(two_parts) {
        return none;
    }
    let length = rest.bytes().take_while(|byte| is_letter(*byte) || *byte == b'.').count();
    let length = rest[..length].trim_end_matches('.').len();
    if length > two_parts { Ok(Span { range: at..at + length, kind: SIGN_IN }) } else { none }
}

/// A private key in a file's form that begins here, up to its end or that of the text.
pub(super) fn private_key(text: &str, at: usize) -> Option<Span> {
    const END: &str = "-----END";
    let title = text[at..].strip_prefix("-----BEGIN ")?;
    let title_end = title.find("-----")?;
    if !title[..title_end].ends_with("PRIVATE KEY") && !title[..title_end].ends_with("PRIVATE KEY BLOCK") {
        return None;
    }
    let body = at + (text[at..].len() - title.len()) + title_end;
    let end = text[body..].find(END).map_or(text.len(), |found| {
        let closing = body + found + END.len();
        text[closing..].find("-----").map_or(text.len(), |dashes| closing + dashes + 5)
    });
    Some(Span { range: at..end, kind: PRIVATE_KEYS })
}

/// How many bytes of a picture follow `;base64,` here, so that nothing is looked for in it.
pub(super) fn picture(text: &str, at: usize) -> usize {
    let Some(data) = text[at..].strip_prefix(";base64,") else { return 0 };
    let length = data.bytes().take_while(|byte| is_base64(*byte)).count();
    // A short one may be anything.
    if length > PICTURE { ";base64,".len() + length - 1 } else { 0 }
}

/// A picture contains every four letters somewhere.
fn is_in_picture(bytes: &[u8], at: usize) -> bool {
    let before = bytes[..at].iter().rev().take(PICTURE).take_while(|byte| is_base64(**byte)).count();
    let after = bytes[at..].iter().take(PICTURE).take_while(|byte| is_base64(**byte)).count();
    before + after >= PICTURE
}

/// The word that begins here, without the punctuation after it.
fn word_length(rest: &str) -> usize {
    let length = rest.bytes().take_while(|byte| is_letter(*byte) || matches!(byte, b':' | b'.' | b'*')).count();
    rest[..length].trim_end_matches([':', '.']).len()
}

/// Tokens in headers may also contain what base64 does.
fn credential_length(rest: &str) -> usize {
    if rest.starts_with(HIDDEN) {
        return 0;
    }
    let is_inner = |byte: u8| is_letter(byte) || matches!(byte, b':' | b'.' | b'*' | b'$' | b'+' | b'/' | b'~' | b'%');
    let length = rest.bytes().take_while(|byte| is_inner(*byte)).count();
    let padding = rest[length..].bytes().take_while(|byte| *byte == b'=').count();
    // What follows one sign of equality is a value: `Bearer realm="…"`.
    let is_value = padding == 1 && rest[length + 1..].starts_with(['"', '\'', '\\']);
    if padding > 0 && !is_value { length + padding } else { rest[..length].trim_end_matches([':', '.']).len() }
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}
