//! What is called a key or a password: in addresses, in JSON, in headers and in settings.

use std::ops::Range;

use super::{HIDDEN, IN_ADDRESSES, NAMED, Span, ends_with_a_code};

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

/// How the signs before a name in a query may be written; in small letters.
const BEFORE_A_NAME: [&str; 9] = ["?", "&", "&amp;", "%3f", "%26", "%253f", "%2526", "\\u0026", "\\u003f"];

/// The letters of a code that can be taken for the beginning of a name: `u003d`.
const LONGEST_CODE: usize = 5;

/// How variables of an environment end that hold a secret.
const VARIABLES: [&str; 5] = ["_KEY", "_TOKEN", "_SECRET", "_PASS", "_PWD"];

/// No name of a value is shorter, or longer. In bytes.
const SHORTEST_NAME: usize = 3;
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
    /// `api_keys` or `passwords`; a figure would be how many there are.
    Several,
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
    let (head, begin) = name_before(&text[..at])?;
    let name = &head[begin..];
    let sure = kind_of(head, begin).or_else(|| kind_of(head, after_code(head, begin)?))?;
    let start = at + separator;
    let after = &text[start..];
    let value = after.trim_start_matches([' ', '\t']);
    let is_tight = is_equality && value.len() == after.len() && !text[..at].ends_with([' ', '\t']);
    // As programs print a value that may be missing.
    let value = value.strip_prefix("Some(").unwrap_or(value);
    let start = start + (after.len() - value.len());
    if let Some(list) = value.strip_prefix('[') {
        let Range { start: first, end: last } = listed(list, sure)?;
        return Some(Span { range: start + 1 + first..start + 1 + last, kind: NAMED });
    }
    let (skipped, secret) = match quoted(value) {
        Some((opening, inner)) => {
            let scheme = scheme_length(inner);
            (opening + scheme, if is_quoted_secret(inner, sure) { &inner[scheme..] } else { "" })
        }
        None => {
            let scheme = scheme_length(value);
            let word = first_word(&value[scheme..]);
            let is_code = value[scheme + word.len()..].starts_with(['(', '[', '{', '<']);
            // A figure in JSON has no quotes, and words in its place would make it something else than JSON.
            let is_figure =
                (sure == Name::Several || text[..at].ends_with('"')) && word.bytes().all(|byte| byte.is_ascii_digit());
            // After white space it may as well be the beginning of a sentence.
            let is_secret = (is_tight && sure != Name::Vague) || is_random(word, sure);
            (scheme, if is_secret && !is_code && !is_figure && !repeats(name, word) { word } else { "" })
        }
    };
    let start = start + skipped;
    let is_secret = secret.len() >= SHORTEST_VALUE && !is_placeholder(secret);
    is_secret.then(|| Span { range: start..start + secret.len(), kind: NAMED })
}

/// A text in quotes says what it is, unless its name does not.
fn is_quoted_secret(inner: &str, sure: Name) -> bool {
    sure != Name::Vague || (!inner.contains(' ') && is_random(inner, sure))
}

/// From the first to the last text of a list, without the outer quotes, where one of them is a secret.
fn listed(list: &str, sure: Name) -> Option<Range<usize>> {
    let mut range: Option<Range<usize>> = None;
    let mut has_secret = false;
    let mut rest = after_gap(list);
    while let Some((opening, inner)) = quoted(rest) {
        let start = list.len() - rest.len() + opening;
        let end = start + inner.len();
        has_secret |= inner.len() >= SHORTEST_VALUE && is_quoted_secret(inner, sure) && !is_placeholder(inner);
        range = Some(range.map_or(start, |range| range.start)..end);
        // One that is cut off has no closing quote, and nothing after it.
        let Some(next) = list[end..].strip_prefix(&rest[..opening]) else { break };
        let Some(next) = after_gap(next).strip_prefix(',') else { break };
        rest = after_gap(next);
    }
    range.filter(|_| has_secret)
}

/// What follows the white space that may stand between the texts of a list, also where it is quoted.
fn after_gap(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some(next) = ["\\n", "\\r", "\\t"].iter().find_map(|code| rest.strip_prefix(code)) {
        rest = next.trim_start();
    }
    rest
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

/// The text up to the end of the name that ends here, without the name's quotes, and where the name begins in it.
fn name_before(before: &str) -> Option<(&str, usize)> {
    let before = before.trim_end_matches([' ', '\t']);
    let before = before.strip_suffix("%22").or_else(|| before.strip_suffix(['"', '\''])).unwrap_or(before);
    let before = before.strip_suffix('\\').unwrap_or(before);
    let letters = before.bytes().rev().take(LONGEST_NAME + 1);
    let length = letters.take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')).count();
    let start = before.len() - length;
    (SHORTEST_NAME..=LONGEST_NAME).contains(&length).then_some((before, start))
}

/// Where the name begins if its first letters belong to a code, as in `\nLM_KEY` and `%26key`.
fn after_code(head: &str, begin: usize) -> Option<usize> {
    let longest = begin + LONGEST_CODE.min(head.len().saturating_sub(begin + SHORTEST_NAME));
    (begin + 1..=longest).rev().find(|end| ends_with_a_code(&head.as_bytes()[..*end]))
}

fn kind_of(head: &str, begin: usize) -> Option<Name> {
    let (before, name) = head.split_at(begin);
    let small: String = name.chars().filter(|letter| !matches!(letter, '-' | '_')).collect();
    let small = small.to_ascii_lowercase();
    let is_capital = !name.bytes().any(|byte| byte.is_ascii_lowercase());
    let is_secret = |name: &str, small: &str| {
        let is_variable = is_capital && VARIABLES.iter().any(|end| name.ends_with(end));
        is_variable || NAMES.iter().any(|end| small.ends_with(end))
    };
    if is_secret(name, &small) {
        return Some(Name::Telling);
    }
    if let (Some(one), Some(small)) = (name.strip_suffix(['s', 'S']), small.strip_suffix('s'))
        && is_secret(one, small)
    {
        return Some(Name::Several);
    }
    let ends_so = |sign: &&str| {
        before
            .len()
            .checked_sub(sign.len())
            .and_then(|from| before.get(from..))
            .is_some_and(|end| end.eq_ignore_ascii_case(sign))
    };
    if BEFORE_A_NAME.iter().any(ends_so) && IN_QUERY.contains(&&*small) {
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
    let is_cut = value.starts_with('…') || value.starts_with("...");
    let is_covered = value.contains(HIDDEN) || value.bytes().all(|byte| matches!(byte, b'*' | b'x' | b'X' | b'.'));
    // `your-key-here`; what has a figure in it was thought up by somebody.
    let is_yours = !has_digit(value) && value.to_ascii_lowercase().starts_with("your");
    is_word || is_variable(value) || is_cut || is_covered || is_yours
}

/// What a program puts a secret in place of: `$LM_API_TOKEN`, `${TOKEN}`, `{key}`, `<key>`. A password may begin with
/// the same signs.
pub(super) fn is_variable(value: &str) -> bool {
    const BRACKETS: [(&str, char); 3] = [("{", '}'), ("[", ']'), ("<", '>')];
    const CALLS: [(&str, char); 3] = [("${", '}'), ("$(", ')'), ("%(", ')')];
    let is_capital = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    let is_named = value.strip_prefix('$').is_some_and(|name| !name.is_empty() && name.bytes().all(is_capital));
    let is_bracketed = BRACKETS.iter().any(|(open, close)| value.starts_with(open) && value.ends_with(*close));
    is_named || is_bracketed || CALLS.iter().any(|(open, close)| value.starts_with(open) && value.contains(*close))
}
