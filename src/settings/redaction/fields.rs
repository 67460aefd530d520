//! What is called a key or a password: in addresses, in JSON, in headers and in settings.

use super::{HIDDEN, IN_ADDRESSES, NAMED, Span};

/// How names end whose value is always a secret; without hyphens and underscores, in small letters.
const NAMES: [&str; 20] = [
    "apikey",
    "apitoken",
    "accesskey",
    "accesstoken",
    "authkey",
    "authtoken",
    "bearertoken",
    "clientsecret",
    "idtoken",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "refreshtoken",
    "secret",
    "secretkey",
    "sessiontoken",
    "sharedkey",
    "subscriptionkey",
    "authorization",
];

/// Names that mean a secret in the query of an address; elsewhere a `key` may be any key at all, such as the left one.
const IN_QUERY: [&str; 8] = ["key", "token", "auth", "pass", "pwd", "sig", "signature", "credential"];

/// How the signs before a name in a query may be written, in two parts.
const ENCODED: [(char, &str); 4] = [('%', "3f"), ('%', "26"), ('\\', "u0026"), ('\\', "u003f")];

/// How variables of an environment end that hold a secret.
const VARIABLES: [&str; 5] = ["_KEY", "_TOKEN", "_SECRET", "_PASS", "_PWD"];

/// No name of a value is longer. In bytes.
const LONGEST_NAME: usize = 64;
/// Shorter values are words or figures. In bytes.
const SHORTEST_VALUE: usize = 4;
/// Without quotes and after white space it may as well be a sentence, unless it is this long. In bytes.
const BEYOND_WORDS: usize = 24;

/// How sure a name makes us that its value is a secret.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    /// `api_key`, `password`, `LM_API_TOKEN`, or `key` in the query of an address.
    Telling,
    /// `token`, which may also be a part of a sentence for a model.
    Vague,
}

/// The password in `scheme://user:password@host`, whose colon stands here.
pub(super) fn password_in_address(text: &str, at: usize) -> Option<Span> {
    let rest = text[at..].strip_prefix("://")?;
    let start = at + 3;
    let is_end = |letter: char| {
        letter.is_whitespace() || matches!(letter, '/' | '?' | '#' | '"' | '\'' | '`' | '<' | '>' | '\\')
    };
    let authority = &rest[..rest.find(is_end).unwrap_or(rest.len())];
    let (user, _host) = authority.rsplit_once('@')?;
    let (name, secret) = match user.split_once(':') {
        Some((name, password)) => (name.len() + 1, password),
        // A token may stand in place of the user.
        None if user.len() >= 16 && has_digit(user) => (0, user),
        None => return None,
    };
    let is_secret = !secret.is_empty() && !is_placeholder(secret);
    is_secret.then(|| Span { range: start + name..start + name + secret.len(), kind: IN_ADDRESSES })
}

/// The value after the `:`, `=` or `%3D` that stands here, if what stands before is the name of a secret.
pub(super) fn value_after(text: &str, at: usize) -> Option<Span> {
    let (separator, is_equality) = separator(&text[at..])?;
    let (name, before) = name_before(&text[..at])?;
    let sure = kind_of(name, before)?;
    let start = at + separator;
    let after = &text[start..];
    let value = after.trim_start_matches([' ', '\t']);
    let is_tight = is_equality && value.len() == after.len() && !text[..at].ends_with([' ', '\t']);
    // As programs print a value that may be missing.
    let value = value.strip_prefix("Some(").unwrap_or(value);
    let (skipped, secret) = match quoted(value) {
        Some((opening, inner)) => {
            let scheme = scheme_length(inner);
            let is_secret = sure == Name::Telling || (!inner.contains(' ') && is_random(inner, sure));
            (opening + scheme, if is_secret { &inner[scheme..] } else { "" })
        }
        None => {
            let scheme = scheme_length(value);
            let word = first_word(&value[scheme..]);
            let is_code = value[scheme + word.len()..].starts_with(['(', '[', '{', '<']);
            // A figure in JSON has no quotes, and words in its place would make it something else than JSON.
            let is_figure = text[..at].ends_with('"') && word.bytes().all(|byte| byte.is_ascii_digit());
            // After white space it may as well be the beginning of a sentence.
            let is_secret = (is_tight && sure == Name::Telling) || is_random(word, sure);
            (scheme, if is_secret && !is_code && !is_figure && !repeats(name, word) { word } else { "" })
        }
    };
    let start = start + (after.len() - value.len()) + skipped;
    let is_secret = secret.len() >= SHORTEST_VALUE && !is_placeholder(secret);
    is_secret.then(|| Span { range: start..start + secret.len(), kind: NAMED })
}

/// How long the sign between name and value is, and whether it says that they are equal.
fn separator(rest: &str) -> Option<(usize, bool)> {
    match rest.as_bytes() {
        // These separate no name from its value.
        [b':', b':', ..] | [b':', b'/', b'/', ..] | [b'=', b'=', ..] => None,
        [b':', b'=', ..] | [b'=', b'>', ..] => Some((2, true)),
        [b':', ..] => Some((1, false)),
        [b'=', ..] => Some((1, true)),
        [b'%', b'3', b'A' | b'a', ..] => Some((3, false)),
        [b'%', b'3', b'D' | b'd', ..] => Some((3, true)),
        _ => None,
    }
}

/// The name that ends here, without its quotes, and what stands before it.
fn name_before(before: &str) -> Option<(&str, &str)> {
    let before = before.trim_end_matches([' ', '\t']);
    let before = before.strip_suffix("%22").or_else(|| before.strip_suffix(['"', '\''])).unwrap_or(before);
    let before = before.strip_suffix('\\').unwrap_or(before);
    let letters = before.bytes().rev().take(LONGEST_NAME + 1);
    let length = letters.take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')).count();
    let start = before.len() - length;
    (3..=LONGEST_NAME).contains(&length).then(|| (&before[start..], &before[..start]))
}

fn kind_of(name: &str, before: &str) -> Option<Name> {
    let small: String = name.chars().filter(|letter| !matches!(letter, '-' | '_')).collect();
    let small = small.to_ascii_lowercase();
    let is_variable =
        !name.bytes().any(|byte| byte.is_ascii_lowercase()) && VARIABLES.iter().any(|end| name.ends_with(end));
    if is_variable || NAMES.iter().any(|end| small.ends_with(end)) {
        return Some(Name::Telling);
    }
    // An encoded `?` or `&` leaves its figures at the beginning of the name.
    let encoded = ENCODED.iter().find(|(sign, rest)| before.ends_with(*sign) && small.starts_with(*rest));
    let in_query = encoded.is_some() || before.ends_with(['?', '&']) || before.ends_with("&amp;");
    let small = &small[encoded.map_or(0, |(_, rest)| rest.len())..];
    if in_query && IN_QUERY.contains(&small) {
        return Some(Name::Telling);
    }
    (small == "token").then_some(Name::Vague)
}

/// How long the opening quote is, and the text after it, up to the same quote or the end of the line.
fn quoted(value: &str) -> Option<(usize, &str)> {
    let quote = ["\\\"", "\\'", "\"", "'", "%22"].into_iter().find(|quote| value.starts_with(quote))?;
    let inner = &value[quote.len()..];
    let mut from = 0;
    while let Some(found) = inner[from..].find(quote) {
        let end = from + found;
        // An odd number of strokes before it makes a quote a part of the text.
        let strokes = inner[..end].bytes().rev().take_while(|byte| *byte == b'\\').count();
        if quote.starts_with('\\') || strokes % 2 == 0 {
            return Some((quote.len(), &inner[..end]));
        }
        from = end + quote.len();
    }
    Some((quote.len(), inner.lines().next().unwrap_or(inner)))
}

/// How long the word before the secret is in `Authorization: Bearer …`.
fn scheme_length(value: &str) -> usize {
    const SCHEMES: [&str; 8] = ["bearer ", "basic ", "token ", "digest ", "apikey ", "key ", "bearer%20", "basic%20"];
    let is_scheme = |scheme: &&&str| value.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    SCHEMES.iter().find(is_scheme).map_or(0, |scheme| scheme.len())
}

/// A value without quotes ends where the next one can begin.
fn first_word(value: &str) -> &str {
    const ENDS: &str = "&,;\"'`\\<>()[]{}#";
    let end = value.find(|letter: char| letter.is_whitespace() || ENDS.contains(letter)).unwrap_or(value.len());
    // The next value of an encoded query.
    let end = value[..end].find("%26").unwrap_or(end);
    value[..end].trim_end_matches(['.', ':', '!', '?'])
}

/// `api_key=self.api_key` says nothing.
fn repeats(name: &str, value: &str) -> bool {
    value.strip_suffix(name).is_some_and(|owner| owner.is_empty() || owner.ends_with('.'))
}

/// A word of a language has no digit in it, and what is called a token may be the number of one.
fn is_random(value: &str, sure: Name) -> bool {
    let has_letter = value.bytes().any(|byte| byte.is_ascii_alphabetic());
    let is_long = value.len() >= BEYOND_WORDS || (value.len() >= 8 && has_digit(value));
    is_long && (has_letter || sure == Name::Telling)
}

fn has_digit(value: &str) -> bool {
    value.bytes().any(|byte| byte.is_ascii_digit())
}

/// What documentation writes where a secret belongs, what says that there is none, and what is hidden already.
fn is_placeholder(value: &str) -> bool {
    const WORDS: [&str; 6] = ["none", "null", "true", "false", "undefined", "string"];
    let is_word = WORDS.iter().any(|word| value.eq_ignore_ascii_case(word));
    let is_variable =
        value.starts_with(['$', '<', '{', '[', '…']) || value.starts_with("%(") || value.starts_with("...");
    let is_covered = value.contains(HIDDEN) || value.bytes().all(|byte| matches!(byte, b'*' | b'x' | b'X' | b'.'));
    is_word || is_variable || is_covered || value.to_ascii_lowercase().starts_with("your")
}
