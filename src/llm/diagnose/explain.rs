//! The cause in words: one sentence of what happened, the evidence line by line, and the ways out.

use super::{Reading, Verdict};
use crate::{
    llm::{address::LM_STUDIO_PORT, evidence::Fault, nearest::nearest},
    protocol::{Cause, Fix, Problem, Product, Remedy},
};

/// The whole of what a person sees.
pub fn problem(verdict: &Verdict, reading: &Reading<'_>) -> Problem {
    Problem {
        cause: Some(verdict.cause),
        summary: summary(verdict.cause, reading),
        details: details(verdict, reading),
        remedies: remedies(verdict.cause, reading),
    }
}

fn summary(cause: Cause, reading: &Reading<'_>) -> String {
    let place = place(reading);
    let model = reading.model().map_or_else(|| "the model".to_owned(), |model| format!("\u{201c}{model}\u{201d}"));
    match cause {
        Cause::ServerNotRunning => format!("Nothing answers at {place}"),
        Cause::ServerSwitchedOff => format!("LM Studio runs, but its server at {place} is switched off"),
        Cause::WrongHostOrDns => format!("The name {} leads nowhere", reading.host()),
        Cause::WrongPortOtherService => format!("What answers at {place} is not a model server"),
        Cause::TlsMismatch => match reading.url.as_ref().map(url::Url::scheme) {
            Some("https") => format!("The address says https, but {place} does not speak it as expected"),
            _ => format!("The address says http, but {place} wants https"),
        },
        Cause::NoModelLoaded => format!("{} has no model loaded", product(reading)),
        Cause::ModelNotFound => format!("There is no model called {model} at {place}"),
        Cause::ModelNameMismatch => match reading.fault() {
            Some(Fault::OtherModel { answered }) => format!("{model} was asked, and {answered} answered"),
            _ => format!("{model} is not quite the name of a model here"),
        },
        Cause::WrongModelType => format!("{model} is not the kind of model that can do this"),
        Cause::ContextOverflow => format!("The prompt does not fit into the context that {model} was loaded with"),
        Cause::TimeoutSlowModel | Cause::TimeoutLoadingModel | Cause::StreamStalled => match reading.fault() {
            Some(Fault::TimedOut { limit, after_ms }) => {
                format!("Waited {} for {} from {model}", seconds(*after_ms), limit.title())
            }
            _ => cause.title().to_owned(),
        },
        Cause::StreamTruncated => match reading.fault() {
            Some(Fault::Truncated { pieces }) => format!("The answer of {model} was cut short after {pieces} pieces"),
            _ => cause.title().to_owned(),
        },
        Cause::AuthRequiredOrInvalid => format!("{} wants a valid token", product(reading)),
        Cause::Unknown => match reading.status {
            Some(status) => format!("The server refused with status {status}, for a reason not known here"),
            None => "The request failed, for a reason not known here".to_owned(),
        },
        _ => cause.title().to_owned(),
    }
}

fn details(verdict: &Verdict, reading: &Reading<'_>) -> Vec<String> {
    let mut details = Vec::new();
    let asked = &reading.evidence.request;
    if let Some(url) = &asked.url {
        let method = asked.method.as_deref().unwrap_or("Request to");
        details.push(format!("{method} {url}"));
    }
    if let Some(model) = reading.model() {
        details.push(format!("Model asked for: {model}"));
    }
    if let Some(status) = reading.status {
        details.push(format!("Status: {status}"));
    }
    if let Some(words) = reading.words.first() {
        details.push(format!("The server says: {}", words.trim()));
    }
    // A bare text is read both as an answer and as an error below it; saying it once is enough.
    let observed = &reading.evidence.observed;
    let is_new = |error: &&str| !error.is_empty() && observed.body.as_deref() != Some(*error);
    if let Some(error) = observed.transport_error.as_deref().filter(is_new) {
        details.push(format!("Below HTTP: {error}"));
    }
    if let Some(took_ms) = reading.evidence.took_ms {
        details.push(format!("After {}", seconds(took_ms)));
    }
    if !verdict.also_possible.is_empty() {
        let others: Vec<_> = verdict.also_possible.iter().map(|cause| cause.title()).collect();
        details.push(format!("The same evidence would fit: {}", others.join("; ")));
    }
    details
}

fn remedies(cause: Cause, reading: &Reading<'_>) -> Vec<Remedy> {
    let advice = Remedy::advice;
    match cause {
        Cause::ServerNotRunning => vec![
            advice("Start LM Studio and switch its server on (Developer page, or: lms server start)"),
            Remedy::Action(Fix::CheckAgain),
            Remedy::Action(Fix::TryDemo),
        ],
        Cause::ServerSwitchedOff => vec![
            advice("Switch the server on in LM Studio's Developer page, or run: lms server start"),
            Remedy::Action(Fix::CheckAgain),
        ],
        Cause::WrongHostOrDns => {
            vec![use_loopback(), advice("Correct the host name; for LM Studio on this machine it is 127.0.0.1")]
        }
        Cause::WrongPortOtherService => {
            let mut ways = vec![advice("Use the port that LM Studio shows on its Developer page")];
            if reading.url.as_ref().and_then(url::Url::port) != Some(LM_STUDIO_PORT) {
                ways.insert(0, use_loopback());
            }
            ways
        }
        Cause::WrongBasePath => {
            let rest = advice("Give the address without a path, such as http://127.0.0.1:1234");
            corrected(reading).into_iter().chain([rest]).collect()
        }
        Cause::TlsMismatch => other_scheme(reading),
        Cause::Ipv6Localhost => vec![use_loopback()],
        Cause::FirewallOrLanBinding => vec![
            advice("On the machine that runs LM Studio, switch on \u{201c}Serve on Local Network\u{201d}"),
            advice("Allow the port in that machine's firewall"),
        ],
        Cause::ProxyInterference => bypass(reading),
        Cause::AuthRequiredOrInvalid => token(reading),
        Cause::NoModelLoaded => load_something(reading),
        Cause::ModelNotFound | Cause::ModelNameMismatch | Cause::ModelDeprecated => use_nearest(reading),
        Cause::WrongModelType => vec![advice("Choose a model of the right kind for this role")],
        Cause::ContextOverflow => larger_context(reading),
        Cause::ModelLoading | Cause::TimeoutLoadingModel => {
            vec![advice("Wait until the model is loaded"), Remedy::Action(Fix::CheckAgain)]
        }
        Cause::TimeoutSlowModel | Cause::StreamStalled => vec![
            advice("Raise the limit for this wait in the settings, or choose a smaller model"),
            advice("Look in LM Studio whether the model is still working"),
        ],
        Cause::ModelLoadFailedResources => vec![
            advice("Choose a smaller model or load it with a shorter context"),
            advice("LM Studio's memory guardrail is in its settings, under model loading"),
        ],
        Cause::RateLimited | Cause::ServerOverloaded => vec![advice("Wait a little and try again")],
        Cause::QuotaExhausted | Cause::AccountBlocked => {
            vec![advice("Look at the provider's console, or use local models")]
        }
        Cause::RuntimeMissing | Cause::RuntimeTooOld => vec![advice("Install or update the runtime in LM Studio")],
        Cause::ModelCrashed => vec![advice("Load the model again; LM Studio's server log says more")],
        Cause::TemplateError => vec![advice("Use another build of this model, such as one from lmstudio-community")],
        Cause::UnsupportedTools | Cause::UnsupportedToolChoice => vec![advice("Choose a model that can call tools")],
        Cause::OutputBudgetSpent => {
            vec![advice("Raise the limit of tokens for an answer, or choose a model that thinks less")]
        }
        Cause::BadImageInput => vec![advice("Send PNG or JPEG pictures, embedded and not as a link")],
        Cause::RequestTooLarge => vec![advice("Use a smaller picture or a shorter prompt")],
        Cause::ConnectionReset | Cause::StreamTruncated | Cause::EmptyOutput => {
            vec![Remedy::Action(Fix::CheckAgain), advice("If it happens again, LM Studio's server log says why")]
        }
        Cause::WrongRequestShape
        | Cause::InvalidMessageSequence
        | Cause::UnsupportedParameter
        | Cause::UnsupportedResponseFormat => {
            vec![advice("This is a fault of this program; please report it with the details above")]
        }
        Cause::StreamErrorEvent | Cause::ServerInternalError | Cause::MalformedResponse => {
            vec![advice("The server's log says more"), Remedy::Action(Fix::CheckAgain)]
        }
        Cause::RegionBlocked | Cause::SafetyBlocked => vec![advice("Use a local model for this")],
        Cause::Unknown => vec![
            Remedy::Action(Fix::CheckAgain),
            Remedy::Action(Fix::CopyReport),
            advice("The details above are all that is known"),
        ],
    }
}

fn use_loopback() -> Remedy {
    Remedy::Action(Fix::use_address(format!("http://127.0.0.1:{LM_STUDIO_PORT}")))
}

/// The address without what was too much in it; nothing where there was nothing too much.
fn corrected(reading: &Reading<'_>) -> Option<Remedy> {
    let url = reading.url.as_ref()?;
    let base = crate::llm::BaseUrl::parse(&url[..url::Position::BeforePath]).ok()?;
    Some(Remedy::Action(Fix::use_address(base.to_string())))
}

/// A proxy is never asked for this machine, so there is nothing to switch off for it.
fn bypass(reading: &Reading<'_>) -> Vec<Remedy> {
    let host = reading.host().to_owned();
    let rest = Remedy::advice("Or leave this host out of the proxy (NO_PROXY), then check again");
    let is_proxied = !host.is_empty() && !reading.is_loopback();
    is_proxied.then_some(Remedy::Action(Fix::BypassProxy { host })).into_iter().chain([rest]).collect()
}

fn token(reading: &Reading<'_>) -> Vec<Remedy> {
    match reading.evidence.provider {
        Some(provider) => {
            vec![Remedy::advice(format!("Make a key in the console of {} and give it to the panel", provider.title()))]
        }
        None => vec![
            Remedy::Action(Fix::EnterToken),
            Remedy::advice(
                "Tokens are made in LM Studio under Developer, Server Settings; LM_API_TOKEN can hold one too",
            ),
        ],
    }
}

fn other_scheme(reading: &Reading<'_>) -> Vec<Remedy> {
    let other = reading.url.as_ref().and_then(|url| crate::llm::BaseUrl::parse(&url[..url::Position::BeforePath]).ok());
    let use_other = other.map(|base| Remedy::Action(Fix::use_address(base.with_other_scheme().to_string())));
    let rest = Remedy::advice("LM Studio itself speaks http; https comes from a gateway in front of it");
    use_other.into_iter().chain([rest]).collect()
}

fn load_something(reading: &Reading<'_>) -> Vec<Remedy> {
    let models = reading.evidence.models();
    let load = |model: &String| Remedy::Action(Fix::load(model.clone()));
    let is_chat = |model: &&String| can_load(reading) && !model.to_lowercase().contains("embed");
    let mut ways: Vec<Remedy> = models.iter().filter(is_chat).take(2).map(load).collect();
    ways.push(Remedy::advice("Load a model in LM Studio, or with: lms load"));
    ways.push(Remedy::Action(Fix::CheckAgain));
    ways
}

fn use_nearest(reading: &Reading<'_>) -> Vec<Remedy> {
    let asked = reading.model().unwrap_or_default();
    let models = match reading.fault() {
        Some(Fault::OtherModel { answered }) => vec![answered.clone()],
        _ => nearest(asked, &reading.models()),
    };
    let take =
        |model: String| Remedy::Action(Fix::UseModel { role: String::new(), instead_of: asked.to_owned(), model });
    let mut ways: Vec<Remedy> = models.into_iter().map(take).collect();
    let known = reading.models();
    if ways.is_empty() && !known.is_empty() {
        ways.push(Remedy::advice(format!(
            "Choose one of: {}",
            known.iter().take(6).cloned().collect::<Vec<_>>().join(", ")
        )));
    }
    ways.push(Remedy::advice("Download the model in LM Studio if it should be this one"));
    ways
}

/// Only LM Studio (and the demo) can be told to load a model.
fn can_load(reading: &Reading<'_>) -> bool {
    matches!(reading.evidence.product, None | Some(Product::LmStudio | Product::Demo))
}

fn larger_context(reading: &Reading<'_>) -> Vec<Remedy> {
    let mut ways = vec![Remedy::advice("Load the model with a larger context, or let it remember fewer steps")];
    if let Some(model) = reading.model().filter(|_| can_load(reading)) {
        // The next power of two above what models are loaded with by default.
        let wanted = Fix::load_with(model, 16_384);
        ways.insert(0, Remedy::Action(wanted));
    }
    ways
}

/// `127.0.0.1:1234`: enough to recognise it, nothing to hide.
fn place(reading: &Reading<'_>) -> String {
    match &reading.url {
        Some(url) => {
            let port = url.port_or_known_default().map(|port| format!(":{port}")).unwrap_or_default();
            format!("{}{port}", url.host_str().unwrap_or_default())
        }
        None => "the address".to_owned(),
    }
}

fn product(reading: &Reading<'_>) -> &'static str {
    match reading.evidence.product {
        Some(Product::Unknown) | None => "The server",
        Some(product) => product.title(),
    }
}

/// `340 ms` or `12.5 s`.
#[expect(clippy::cast_precision_loss, reason = "durations of requests are far below 2^52 ms")]
fn seconds(ms: u64) -> String {
    if ms < 1000 { format!("{ms} ms") } else { format!("{:.1} s", ms as f64 / 1000.0) }
}
