//! The bare status, when nothing else speaks.

use super::{Reading, Verdict};
use crate::protocol::Cause::*;

/// What a status means by itself. A local server has no gateway of its own in front, so 502 to 504 come from a proxy.
pub fn verdict(reading: &Reading<'_>) -> Option<Verdict> {
    if reading.transport.contains("proxy") {
        return Some(Verdict::likely(ProxyInterference, &[]));
    }
    let is_wordless = reading.words.iter().all(|words| words.len() < 80);
    Some(match reading.status? {
        401 => Verdict::certain(AuthRequiredOrInvalid),
        403 if reading.is_loopback() && is_wordless && !reading.has_error() => {
            Verdict::likely(WrongPortOtherService, &[AuthRequiredOrInvalid])
        }
        403 => Verdict::likely(AuthRequiredOrInvalid, &[AccountBlocked, RegionBlocked, ProxyInterference]),
        402 => Verdict::likely(QuotaExhausted, &[AccountBlocked]),
        404 | 405 => Verdict::likely(WrongBasePath, &[WrongPortOtherService, ModelNotFound]),
        407 => Verdict::certain(ProxyInterference),
        408 | 504 => Verdict::likely(TimeoutSlowModel, &[ProxyInterference]),
        413 => Verdict::certain(RequestTooLarge),
        429 => Verdict::likely(RateLimited, &[QuotaExhausted]),
        529 => Verdict::certain(ServerOverloaded),
        // A model server says in its own form why it cannot; a proxy says little, and in a page.
        503 if reading.json.as_ref().is_some_and(|json| json.get("error").is_some()) => {
            Verdict::likely(ServerOverloaded, &[ModelLoading, ProxyInterference])
        }
        502 | 503 if (reading.is_loopback() || reading.is_private()) && is_wordless => {
            Verdict::likely(ProxyInterference, &[ServerOverloaded, ModelLoading])
        }
        520..=530 if reading.status != Some(529) => {
            Verdict::likely(ProxyInterference, &[ServerNotRunning, TimeoutSlowModel])
        }
        501 => Verdict::guess(WrongModelType, &[WrongBasePath, UnsupportedParameter]),
        502 => Verdict::likely(ProxyInterference, &[ServerInternalError]),
        503 => Verdict::likely(ServerOverloaded, &[ProxyInterference]),
        400 | 422 => Verdict::guess(Unknown, &[UnsupportedParameter, WrongRequestShape]),
        300..=399 if leads_to_https(reading) => Verdict::certain(TlsMismatch),
        // Model servers send nobody elsewhere; places where one signs in do.
        302 | 303 | 307 => Verdict::likely(ProxyInterference, &[WrongPortOtherService, WrongBasePath]),
        300..=399 => Verdict::likely(WrongBasePath, &[TlsMismatch, ProxyInterference]),
        500..=599 => Verdict::guess(ServerInternalError, &[ModelCrashed]),
        _ => return None,
    })
}

/// The same place, asked for again over https.
fn leads_to_https(reading: &Reading<'_>) -> bool {
    let location = reading.evidence.header("location").and_then(|location| url::Url::parse(location).ok());
    location.is_some_and(|to| to.scheme() == "https" && to.host_str() == Some(reading.host()) && !reading.is_https())
}
