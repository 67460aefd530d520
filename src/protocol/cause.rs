//! The closed list of causes a diagnosis can name.

use serde::{Deserialize, Serialize};

macro_rules! causes {
    ($($(#[$doc:meta])* $variant:ident => $name:literal, $title:literal;)*) => {
        /// Why a request failed. `Unknown` is an answer too: a guess is worse.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Cause { $($(#[$doc])* $variant,)* }

        impl Cause {
            /// Every cause, in the order of the list.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name used in JSON, such as `server_not_running`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// A few plain words for people.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }
        }
    };
}

causes! {
    /// Nothing listens at the address.
    ServerNotRunning => "server_not_running", "The server is not running";
    /// LM Studio runs, its HTTP server does not.
    ServerSwitchedOff => "server_switched_off", "LM Studio runs, but its server is switched off";
    /// The name does not resolve, or the request went to another machine than meant.
    WrongHostOrDns => "wrong_host_or_dns", "The host name leads nowhere";
    /// Something else owns that port.
    WrongPortOtherService => "wrong_port_other_service", "Another program answers at this port";
    /// Missing, doubled or foreign path.
    WrongBasePath => "wrong_base_path", "The path in the address is wrong";
    /// https against a plain port, or the reverse.
    TlsMismatch => "tls_mismatch", "The address says https and the server speaks http, or the reverse";
    /// `localhost` became `::1` while the server listens on IPv4.
    Ipv6Localhost => "ipv6_localhost", "The name localhost led to IPv6, where the server does not listen";
    /// The server is bound to loopback, or a firewall stands between.
    FirewallOrLanBinding => "firewall_or_lan_binding", "The server cannot be reached from here";
    /// An HTTP proxy or gateway answered instead of the server.
    ProxyInterference => "proxy_interference", "A proxy answered instead of the server";
    /// Token or key missing, malformed or refused.
    AuthRequiredOrInvalid => "auth_required_or_invalid", "The server wants a valid token";
    /// Account or project disabled, API not enabled, no credit at all.
    AccountBlocked => "account_blocked", "The account cannot be used";
    /// The provider refuses this country.
    RegionBlocked => "region_blocked", "The provider does not serve this region";
    /// A limit per minute.
    RateLimited => "rate_limited", "Too many requests for the moment";
    /// Daily or monthly quota spent.
    QuotaExhausted => "quota_exhausted", "The quota is used up";
    /// 503, 529 or an overloaded event.
    ServerOverloaded => "server_overloaded", "The server is overloaded";
    /// 5xx without more.
    ServerInternalError => "server_internal_error", "The server failed inside";
    /// Nothing is loaded and nothing is loaded on demand.
    NoModelLoaded => "no_model_loaded", "No model is loaded";
    /// No such model here.
    ModelNotFound => "model_not_found", "There is no such model here";
    /// The name differs from a real one, or another model answered.
    ModelNameMismatch => "model_name_mismatch", "The model name does not match";
    /// Retired or withdrawn by the provider.
    ModelDeprecated => "model_deprecated", "The provider no longer offers this model";
    /// Still loading.
    ModelLoading => "model_loading", "The model is still loading";
    /// An embedding model for chat, a text model for images.
    WrongModelType => "wrong_model_type", "This kind of model cannot do that";
    /// This model or server cannot call tools.
    UnsupportedTools => "unsupported_tools", "This model cannot call tools";
    /// The prompt is larger than the loaded context.
    ContextOverflow => "context_overflow", "The prompt is larger than the loaded context";
    /// The body is larger than the server takes.
    RequestTooLarge => "request_too_large", "The request is too large";
    /// Not enough memory, or the guardrail refused.
    ModelLoadFailedResources => "model_load_failed_resources", "There is not enough memory to load the model";
    /// No engine for this format.
    RuntimeMissing => "runtime_missing", "The engine for this model is missing";
    /// The engine does not know this architecture.
    RuntimeTooOld => "runtime_too_old", "The engine is too old for this model";
    /// The engine died.
    ModelCrashed => "model_crashed", "The model crashed";
    /// The model's prompt template fails.
    TemplateError => "template_error", "The model's prompt template fails";
    /// A key or value this endpoint refuses.
    UnsupportedParameter => "unsupported_parameter", "The server refuses a parameter";
    /// `json_object` and the like; a grammar that does not compile.
    UnsupportedResponseFormat => "unsupported_response_format", "The server refuses the answer format";
    /// The object form, or a server not started for tools.
    UnsupportedToolChoice => "unsupported_tool_choice", "The server refuses this way of choosing tools";
    /// Format, MIME type, or a URL instead of data.
    BadImageInput => "bad_image_input", "The server cannot read the picture";
    /// The body of another API.
    WrongRequestShape => "wrong_request_shape", "The server does not understand the request";
    /// Roles or tool results out of order.
    InvalidMessageSequence => "invalid_message_sequence", "The order of the messages is refused";
    /// Accepted, but the first or next token did not come in time.
    TimeoutSlowModel => "timeout_slow_model", "The model did not answer in time";
    /// The limit passed while the model was loading.
    TimeoutLoadingModel => "timeout_loading_model", "The model was still loading when the time was up";
    /// No byte for a long time, the connection still open.
    StreamStalled => "stream_stalled", "The answer stopped in the middle";
    /// The stream ended without its end mark.
    StreamTruncated => "stream_truncated", "The answer was cut short";
    /// An error event inside a 200 stream that fits nothing above.
    StreamErrorEvent => "stream_error_event", "The server reported an error in the middle of its answer";
    /// Closed by the other side.
    ConnectionReset => "connection_reset", "The server closed the connection";
    /// Not what the API promises.
    MalformedResponse => "malformed_response", "The answer is not what this API promises";
    /// Reasoning or the token limit left no answer.
    OutputBudgetSpent => "output_budget_spent", "The token limit was used up before an answer came";
    /// 200, and nothing in it.
    EmptyOutput => "empty_output", "The answer is empty";
    /// Refused by the provider's filter.
    SafetyBlocked => "safety_blocked", "The provider's filter refused this";
    /// The evidence fits none of these.
    Unknown => "unknown", "The cause is not known";
}

impl std::fmt::Display for Cause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// How far the evidence carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    Guess,
    Likely,
    Certain,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_json_name_is_the_name() {
        for &cause in Cause::ALL {
            assert_eq!(serde_json::to_value(cause).ok(), Some(cause.name().into()));
        }
        assert_eq!(Cause::ALL.len(), 47);
    }
}
