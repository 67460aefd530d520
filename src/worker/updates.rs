//! Asking whether a newer release exists: one plain GET that says nothing but the name of the program. Nothing is ever
//! downloaded or installed.

use std::time::Duration;

use serde_json::Value;
use url::Url;

use super::backstage::Backstage;
use crate::{
    llm::{
        Error, Fault, Http, Limit,
        http::{Call, Method, TokenIn},
    },
    protocol::{NewestRelease, Problem},
    settings::{Provider, Settings},
};

/// How long the whole answer may take.
const WITHIN: Duration = Duration::from_secs(10);
/// The most that is read of an answer. Bytes.
const MOST_BYTES: usize = 64 << 10;
/// The client's own name says its version, and nobody has to know that.
const HEADERS: &[(&str, &str)] = &[("user-agent", "singularis"), ("accept", "application/json")];
/// No honest version has more letters.
const LONGEST_VERSION: usize = 64;
/// So many digits of a number are read.
const MOST_DIGITS: usize = 9;
/// No honest address of a page is longer. Bytes.
const LONGEST_PAGE: usize = 2000;

/// What the address says of the newest release, compared with this program.
pub async fn newest_release(backstage: Backstage, settings: Settings, address: Url) -> NewestRelease {
    // The lock may still be that of other settings.
    backstage.obey(&settings);
    ask(&backstage.http, address).await
}

async fn ask(http: &Http, address: Url) -> NewestRelease {
    let call = Call {
        by: "updates",
        // No models; and no session's ledger has it, because nobody asks beside one.
        provider: Provider::Tools,
        method: Method::Get,
        url: address,
        token: None,
        token_in: TokenIn::Bearer,
        headers: HEADERS,
        more: &[],
        body: None,
        model: None,
        gate: None,
        limit: (Limit::Answer, WITHIN),
    };
    let answer = match http.send(call).await {
        Ok(reply) => reply.no_longer_than(MOST_BYTES).json().await,
        Err(error) => Err(error),
    };
    let known = match answer {
        Ok((answer, _)) => read(&answer, env!("CARGO_PKG_VERSION")).map_err(|why| vec![why.to_owned()]),
        Err(error) => Err(details(&error)),
    };
    known.unwrap_or_else(|details| NewestRelease::Unknown(Box::new(unknown(details))))
}

/// A list of our own, or what GitHub says of a latest release.
fn read(answer: &Value, own: &str) -> Result<NewestRelease, &'static str> {
    let text = |name: &str, other: &str| answer.get(name).or_else(|| answer.get(other)).and_then(Value::as_str);
    let offered = text("version", "tag_name").ok_or("The answer names no version")?;
    let offered = Version::read(offered).ok_or("What the answer names is no version of three numbers")?;
    let own = Version::read(own).ok_or("The version of this program is not known")?;
    // What is marked as a trial is for whoever looks for it.
    let is_marked = ["prerelease", "draft"].iter().any(|mark| answer.get(mark) == Some(&Value::Bool(true)));
    if is_marked || offered.is_trial || !offered.is_newer_than(own) {
        return Ok(NewestRelease::NoneNewer);
    }
    let [major, minor, patch] = offered.numbers;
    let page = text("page", "html_url").and_then(page);
    Ok(NewestRelease::Newer { version: format!("{major}.{minor}.{patch}"), page })
}

/// A page that a person may open: never anything but https.
fn page(text: &str) -> Option<String> {
    let url = Some(text).filter(|text| text.len() <= LONGEST_PAGE).and_then(|text| Url::parse(text).ok())?;
    let is_plain = url.scheme() == "https" && url.username().is_empty() && url.password().is_none();
    is_plain.then(|| url.to_string())
}

/// A version as far as it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Version {
    numbers: [u64; 3],
    /// Something follows that marks what comes before the release of these numbers, such as `-rc.1`.
    is_trial: bool,
}

impl Version {
    /// Three numbers, perhaps with `v` before them, and with `-trial` and `+build` behind.
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > LONGEST_VERSION {
            return None;
        }
        let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
        let text = text.split_once('+').map_or(text, |(before, _)| before);
        let (numbers, is_trial) = text.split_once('-').map_or((text, false), |(numbers, _)| (numbers, true));
        let mut parts = numbers.split('.').map(number);
        let numbers = [parts.next()??, parts.next()??, parts.next()??];
        parts.next().is_none().then_some(Self { numbers, is_trial })
    }

    /// What is released is newer than its own trials.
    fn is_newer_than(self, own: Self) -> bool {
        let is_released = self.numbers == own.numbers && own.is_trial && !self.is_trial;
        self.numbers > own.numbers || is_released
    }
}

/// A number without sign, of not too many digits.
fn number(text: &str) -> Option<u64> {
    let is_number = text.len() <= MOST_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

/// What was seen of a failed question, one fact a line.
fn details(error: &Error) -> Vec<String> {
    let Error::Failed(evidence) = error else { return vec![error.to_string()] };
    let seen = match &evidence.fault {
        Some(Fault::TimedOut { .. }) => Some("It did not answer in time".to_owned()),
        Some(Fault::TooLarge) => Some("Its answer is longer than 64 kB".to_owned()),
        Some(Fault::NotJson) => Some("Its answer is no JSON".to_owned()),
        Some(Fault::ErrorInBody) => Some("Its answer says that something failed".to_owned()),
        _ => None,
    };
    let status = evidence.observed.status.filter(|status| *status != 200);
    let status = status.map(|status| format!("Status: {status}"));
    let below = evidence.observed.transport_error.as_ref().map(|error| format!("Below HTTP: {error}"));
    seen.into_iter().chain(status).chain(below).collect()
}

fn unknown(details: Vec<String>) -> Problem {
    let advice = "Look at the address in the settings, under Updates; it is asked again in a day";
    Problem::plain("Whether a newer version exists could not be learnt", details, advice)
}

#[cfg(test)]
mod tests;
