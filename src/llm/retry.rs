//! What a failure says about asking again: the same question soon, the same provider later, or neither.
//!
//! A limit per minute, an overload and a fault inside pass; a spent quota, a wrong key and a refused question do not, so
//! those are never asked again by themselves.

use std::time::Duration;

use serde_json::Value;

use super::{Evidence, diagnose};
use crate::protocol::Cause;

/// Nobody waits longer than this for another try; then the provider is out of reach for now.
pub const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// What a provider can say about when it answers again, and be believed.
const LONGEST_REST: Duration = Duration::from_secs(24 * 60 * 60);
/// A quota that is spent comes back at a time that few providers name.
const QUOTA_RESTS: Duration = Duration::from_secs(60 * 60);
/// A key that was refused may be mended by a person.
const REFUSAL_RESTS: Duration = Duration::from_secs(10 * 60);

/// When the same question can succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// After this time, in the provider's own words.
    After(Duration),
    /// Some time, which the provider does not name.
    Sometime,
    Never,
}

/// What a failure means for everybody who asks the same provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// The question is wrong in itself; the provider is well.
    OfTheQuestion,
    /// This model cannot answer it; another one may, and the provider is well.
    OfTheModel,
    /// It may pass; several in a row mean that the provider is out of reach.
    Passing,
    /// Nobody of the provider answers for this long. True if the provider said so itself.
    OutFor(Duration, bool),
}

/// When the same question can succeed at the same provider.
pub fn again(evidence: &Evidence) -> Again {
    let cause = diagnose(evidence).cause;
    let passes = matches!(cause, Cause::RateLimited | Cause::ServerOverloaded | Cause::ServerInternalError);
    // A status is an answer in time; what broke off in the middle may have been billed already.
    let is_refused_whole = evidence.observed.status.is_some_and(|status| status >= 400);
    let is_forbidden = evidence.header("x-should-retry") == Some("false");
    match told_wait(evidence) {
        _ if !passes || is_forbidden || !is_refused_whole => Again::Never,
        Some(wait) => Again::After(wait),
        None => Again::Sometime,
    }
}

/// What a failure means for the others.
pub fn meaning(evidence: &Evidence) -> Meaning {
    let told = told_wait(evidence);
    match diagnose(evidence).cause {
        Cause::WrongRequestShape
        | Cause::InvalidMessageSequence
        | Cause::UnsupportedParameter
        | Cause::BadImageInput
        | Cause::RequestTooLarge
        | Cause::SafetyBlocked
        | Cause::OutputBudgetSpent => Meaning::OfTheQuestion,
        Cause::ContextOverflow | Cause::EmptyOutput => Meaning::OfTheModel,
        // Google names a few seconds beside the quota of a whole day.
        Cause::QuotaExhausted => match told.filter(|wait| *wait > LONGEST_PAUSE) {
            Some(wait) => Meaning::OutFor(wait, true),
            None => Meaning::OutFor(QUOTA_RESTS, false),
        },
        Cause::AuthRequiredOrInvalid | Cause::AccountBlocked | Cause::RegionBlocked => {
            Meaning::OutFor(REFUSAL_RESTS, false)
        }
        _ => match told {
            Some(wait) if wait > LONGEST_PAUSE => Meaning::OutFor(wait, true),
            _ => Meaning::Passing,
        },
    }
}

/// `retry-after-ms`, `retry-after` in seconds (fractions too) or as a date, or Google's `RetryInfo` in the body.
fn told_wait(evidence: &Evidence) -> Option<Duration> {
    let number = |name: &str| evidence.header(name).and_then(|value| value.trim().parse::<f64>().ok());
    let seconds = number("retry-after-ms").map(|ms| ms / 1000.0).or_else(|| number("retry-after"));
    let seconds = seconds.or_else(|| until_date(evidence.header("retry-after")?));
    let seconds = seconds.or_else(|| retry_info(evidence.observed.body.as_deref()?));
    seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()).map(|wait| wait.min(LONGEST_REST))
}

/// `Wed, 25 Nov 2026 21:29:56 GMT` as seconds from now; one that has passed is no wait at all.
#[expect(clippy::cast_precision_loss, reason = "milliseconds of a wait")]
fn until_date(text: &str) -> Option<f64> {
    let date = chrono::DateTime::parse_from_rfc2822(text.trim()).ok()?;
    let left_ms = date.timestamp_millis() - chrono::Utc::now().timestamp_millis();
    Some(left_ms.max(0) as f64 / 1000.0)
}

/// `"retryDelay": "12.5s"` among the details of an error.
fn retry_info(body: &str) -> Option<f64> {
    let body: Value = serde_json::from_str(body).ok()?;
    let details = body.pointer("/error/details").or_else(|| body.pointer("/0/error/details"))?.as_array()?;
    let delay = details.iter().find_map(|detail| detail.get("retryDelay"))?.as_str()?;
    delay.trim_end_matches('s').parse().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::llm::{Fault, evidence::Observed};

    fn failed(status: u16, header: Option<(&str, &str)>, body: &Value) -> Evidence {
        let headers = header.map(|(name, value)| [(name.to_owned(), value.to_owned())].into());
        let observed = Observed { status: Some(status), headers, body: Some(body.to_string()), ..Observed::default() };
        Evidence { observed, ..Evidence::default() }.with(Fault::Status)
    }

    #[test]
    fn the_table_of_what_can_be_asked_again() {
        let words = |text: &str| json!({"error": {"type": "error", "message": text}});
        let minute = words("This request would exceed the rate limit of requests per minute");
        let day = words("You exceeded your current quota: requests per day");
        let google = json!({"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "Quota exceeded per minute",
            "details": [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "7.25s"}]}});
        let seconds = Duration::from_secs_f64;
        for (evidence, expected) in [
            (failed(429, Some(("retry-after", "2.5")), &minute), Again::After(seconds(2.5))),
            (failed(429, Some(("retry-after-ms", "300")), &minute), Again::After(seconds(0.3))),
            (failed(429, None, &google), Again::After(seconds(7.25))),
            (failed(429, None, &minute), Again::Sometime),
            (failed(529, None, &words("Overloaded")), Again::Sometime),
            (failed(503, None, &words("The model is overloaded. Please try again later.")), Again::Sometime),
            (failed(500, None, &words("Internal server error")), Again::Sometime),
            (failed(529, Some(("x-should-retry", "false")), &words("Overloaded")), Again::Never),
            (failed(429, None, &day), Again::Never),
            (failed(401, None, &words("invalid x-api-key")), Again::Never),
            (failed(400, None, &words("max_tokens must be less")), Again::Never),
            (failed(404, None, &words("model: gone")), Again::Never),
            (failed(413, None, &words("Request exceeds the maximum size")), Again::Never),
        ] {
            assert_eq!(again(&evidence), expected, "{evidence:?}");
        }
        assert_eq!(meaning(&failed(429, None, &day)), Meaning::OutFor(QUOTA_RESTS, false));
        let day_of_google = json!({"error": {"code": 429, "status": "RESOURCE_EXHAUSTED",
            "message": "You exceeded your current quota: GenerateRequestsPerDayPerProjectPerModel-FreeTier, limit per day",
            "details": [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "5s"}]}});
        assert_eq!(meaning(&failed(429, None, &day_of_google)), Meaning::OutFor(QUOTA_RESTS, false));
        assert_eq!(again(&failed(429, None, &day_of_google)), Again::Never);
        let forever = failed(429, Some(("retry-after", "1e19")), &minute);
        assert_eq!(meaning(&forever), Meaning::OutFor(LONGEST_REST, true));
        assert_eq!(meaning(&failed(429, Some(("retry-after", "90")), &minute)), Meaning::OutFor(seconds(90.0), true));
        assert_eq!(meaning(&failed(429, None, &minute)), Meaning::Passing);
        let full = json!({"error": {"code": 400, "type": "exceed_context_size_error",
            "message": "the request exceeds the available context size, try increasing it"}});
        assert_eq!(meaning(&failed(400, None, &full)), Meaning::OfTheModel);
        assert_eq!(meaning(&failed(413, None, &words("too large"))), Meaning::OfTheQuestion);
    }

    #[test]
    fn a_date_is_a_wait_too() {
        let later = (chrono::Utc::now() + chrono::TimeDelta::seconds(20)).to_rfc2822();
        let evidence = failed(429, Some(("retry-after", &later)), &json!({"error": {"message": "rate limit"}}));
        let Again::After(wait) = again(&evidence) else { panic!("it says when") };
        assert!(wait > Duration::from_secs(10) && wait <= Duration::from_secs(20), "{wait:?}");
        assert_eq!(until_date("Wed, 25 Nov 1998 21:29:56 GMT"), Some(0.0));
        assert_eq!(until_date("soon"), None);
    }
}
