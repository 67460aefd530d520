//! Tool servers over HTTP (streamable): the protocol's client speaks through our own HTTP layer, so that every request
//! passes the lock, is counted and is known to be open.

use std::{
    collections::{BTreeMap, HashMap},
    error::Error as StdError,
    sync::Arc,
    time::Duration,
};

use rmcp::{
    model::{ClientJsonRpcMessage, JsonRpcError, ServerJsonRpcMessage},
    service::ClientInitializeError,
    transport::{
        common::client_side_sse::BoxedSseResponse,
        streamable_http_client::{
            StreamableHttpClient, StreamableHttpClientTransport, StreamableHttpClientTransportConfig,
            StreamableHttpError, StreamableHttpPostResponse,
        },
    },
};
use serde_json::Value;
use url::Url;

use super::{http_stream::events, trouble::Trouble};
use crate::{
    llm::{
        Error, Fault, Http, Limit,
        http::{Call, HeaderName, HeaderValue, Method, Reply, TokenIn, header_value, secret_headers},
    },
    settings::{Provider, Secret},
};

/// Until the headers of an answer. A server that answers with plain JSON sends them only when the call is done, and calls
/// have limits of their own; this one ends what nobody waits for any more.
const ANSWER_WITHIN: Duration = Duration::from_secs(3600);
/// To say that a session is over. Whoever does not hear that forgets it by itself.
const GOODBYE_WITHIN: Duration = Duration::from_millis(300);
/// So much of a page that is no answer is shown, in letters.
const SHOWN: usize = 300;

const ACCEPT: &[(&str, &str)] = &[("accept", "application/json, text/event-stream")];
const JSON: &str = "application/json";
const STREAM: &str = "text/event-stream";
const SESSION: &str = "mcp-session-id";
const LAST_EVENT: &str = "last-event-id";

type Headers = Vec<(HeaderName, HeaderValue)>;
type Failure = StreamableHttpError<Error>;

/// Our HTTP layer, as the protocol's client uses it.
#[derive(Clone)]
pub struct HttpTools {
    http: Arc<Http>,
    /// Who asks, for the ledger.
    by: Arc<str>,
    /// What the settings add to every request.
    headers: Arc<[(HeaderName, HeaderValue)]>,
}

/// The way to the server of this name. Headers that no request can have, or that are the protocol's own, are left out.
pub fn transport(
    server: &str,
    url: Url,
    headers: BTreeMap<String, Secret>,
    http: Arc<Http>,
) -> StreamableHttpClientTransport<HttpTools> {
    let (mut headers, impossible) = secret_headers(headers);
    headers.retain(|(name, _)| !matches!(name.as_str(), "accept" | "content-type" | SESSION | LAST_EVENT));
    if !impossible.is_empty() {
        tracing::warn!("no header can be called {}, so {server} is asked without", impossible.join(", "));
    }
    let client = HttpTools { http, by: format!("tool server {server}").into(), headers: headers.into() };
    StreamableHttpClientTransport::with_client(client, StreamableHttpClientTransportConfig::with_uri(String::from(url)))
}

/// What an error of that way means, looked for in all its sources; `None` if it is none of HTTP.
pub fn trouble(error: &(dyn StdError + 'static)) -> Option<Trouble> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(failure) = error.downcast_ref::<Failure>() {
            return by_failure(failure);
        }
        if let Some(error) = error.downcast_ref::<Error>() {
            return by_error(error);
        }
        next = match error.downcast_ref::<ClientInitializeError>() {
            // It does not name its source.
            Some(ClientInitializeError::TransportError { error, .. }) => Some(error as &(dyn StdError + 'static)),
            _ => error.source(),
        };
    }
    None
}

fn by_failure(failure: &Failure) -> Option<Trouble> {
    match failure {
        StreamableHttpError::Client(error) => by_error(error),
        StreamableHttpError::SessionExpired => {
            Some(Trouble::Http { status: 404, words: "the server has forgotten the session".to_owned() })
        }
        StreamableHttpError::UnexpectedContentType(_) | StreamableHttpError::UnexpectedServerResponse(_) => {
            Some(Trouble::WrongProtocol { words: failure.to_string() })
        }
        _ => None,
    }
}

fn by_error(error: &Error) -> Option<Trouble> {
    match error {
        Error::Locked { host } => Some(Trouble::Locked { host: host.clone() }),
        Error::Failed(evidence) => {
            let observed = &evidence.observed;
            Some(match (evidence.fault.as_ref(), observed.status) {
                (Some(Fault::TimedOut { limit, after_ms }), _) => {
                    Trouble::Unreachable { words: format!("waited {after_ms} ms for {}", limit.title()) }
                }
                (_, Some(status)) => Trouble::Http { status, words: shown(observed.body.as_deref()) },
                (_, None) => Trouble::Unreachable { words: observed.transport_error.clone().unwrap_or_default() },
            })
        }
        Error::GateShut | Error::Resting { .. } => None,
    }
}

/// The beginning of a body, in one line. What is a web page says nothing to anybody.
fn shown(body: Option<&str>) -> String {
    let body = body.unwrap_or_default().trim();
    if body.starts_with('<') {
        return "it answered with a web page".to_owned();
    }
    let words = body.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(SHOWN).collect()
}

impl HttpTools {
    async fn ask(
        &self,
        method: Method,
        address: &str,
        body: Option<&Value>,
        headers: Headers,
        within: Duration,
    ) -> Result<Reply, Failure> {
        let no_address = |error: url::ParseError| {
            Failure::UnexpectedServerResponse(format!("{address} is no address: {error}").into())
        };
        let url = Url::parse(address).map_err(no_address)?;
        let more: Headers = self.headers.iter().cloned().chain(headers).collect();
        let call = Call {
            by: &self.by,
            provider: Provider::Tools,
            method,
            url,
            token: None,
            token_in: TokenIn::Bearer,
            headers: ACCEPT,
            more: &more,
            body,
            model: None,
            gate: None,
            limit: (Limit::Answer, within),
        };
        self.http.send(call).await.map_err(StreamableHttpError::Client)
    }
}

/// What the protocol wants in the headers of one request.
fn headers(custom: HashMap<HeaderName, HeaderValue>, session: Option<&str>, last_event: Option<&str>) -> Headers {
    let ours = [(SESSION, session), (LAST_EVENT, last_event)];
    let ours =
        ours.into_iter().filter_map(|(name, value)| Some((HeaderName::from_static(name), header_value(value?)?)));
    custom.into_iter().chain(ours).collect()
}

impl StreamableHttpClient for HttpTools {
    type Error = Error;

    async fn post_message(
        &self,
        uri: Arc<str>,
        message: ClientJsonRpcMessage,
        session_id: Option<Arc<str>>,
        _auth_header: Option<String>,
        custom_headers: HashMap<HeaderName, HeaderValue>,
    ) -> Result<StreamableHttpPostResponse, Failure> {
        let is_question = matches!(message, ClientJsonRpcMessage::Request(_));
        let body = serde_json::to_value(&message)?;
        let headers = headers(custom_headers, session_id.as_deref(), None);
        let reply = self.ask(Method::Post, &uri, Some(&body), headers, ANSWER_WITHIN).await?;
        match reply.status() {
            202 | 204 => return Ok(StreamableHttpPostResponse::Accepted),
            404 if session_id.is_some() => return Err(StreamableHttpError::SessionExpired),
            _ => {}
        }
        let session = reply.header(SESSION).map(str::to_owned);
        if !reply.is_success() {
            return refusal(reply, session, session_id.is_some()).await;
        }
        // Some servers answer what asks nothing with 200 and anything.
        if !is_question {
            return Ok(StreamableHttpPostResponse::Accepted);
        }
        match reply.content_type().as_str() {
            STREAM => Ok(StreamableHttpPostResponse::Sse(events(reply), session)),
            JSON => {
                let (text, _evidence) = reply.text().await.map_err(StreamableHttpError::Client)?;
                let message = serde_json::from_str::<ServerJsonRpcMessage>(&text);
                let odd = |error: serde_json::Error| {
                    Failure::UnexpectedServerResponse(format!("{error}: {}", shown(Some(&text))).into())
                };
                Ok(StreamableHttpPostResponse::Json(message.map_err(odd)?, session))
            }
            other => Err(StreamableHttpError::UnexpectedContentType(Some(other.to_owned()))),
        }
    }

    async fn delete_session(
        &self,
        uri: Arc<str>,
        session_id: Arc<str>,
        _auth_header: Option<String>,
        custom_headers: HashMap<HeaderName, HeaderValue>,
    ) -> Result<(), Failure> {
        let headers = headers(custom_headers, Some(&session_id), None);
        // Whether it is willing to forget the session is its own affair.
        self.ask(Method::Delete, &uri, None, headers, GOODBYE_WITHIN).await.map(drop)
    }

    async fn get_stream(
        &self,
        uri: Arc<str>,
        session_id: Option<Arc<str>>,
        last_event_id: Option<String>,
        _auth_header: Option<String>,
        custom_headers: HashMap<HeaderName, HeaderValue>,
    ) -> Result<BoxedSseResponse, Failure> {
        let headers = headers(custom_headers, session_id.as_deref(), last_event_id.as_deref());
        let reply = self.ask(Method::Get, &uri, None, headers, ANSWER_WITHIN).await?;
        match reply.status() {
            // It says so with 405; whoever says anything like it will not say otherwise when asked again.
            400..500 => Err(StreamableHttpError::ServerDoesNotSupportSse),
            _ if !reply.is_success() => {
                Err(StreamableHttpError::Client(reply.evidence().clone().with(Fault::Status).into()))
            }
            _ if reply.content_type() == STREAM => Ok(events(reply)),
            _ => Err(StreamableHttpError::UnexpectedContentType(Some(reply.content_type()))),
        }
    }
}

/// An answer that is no success: an error of the protocol is passed on, everything else is a failure.
async fn refusal(
    reply: Reply,
    session: Option<String>,
    is_in_session: bool,
) -> Result<StreamableHttpPostResponse, Failure> {
    let (status, is_json) = (reply.status(), reply.content_type() == JSON);
    let (text, evidence) = reply.text().await.map_err(StreamableHttpError::Client)?;
    // Who must sign in first is to be told so, whatever else the server says. And an error that does not say which question
    // it answers would be passed on to nobody, and be waited for.
    if is_json
        && !matches!(status, 401 | 403)
        && let Ok(error @ ServerJsonRpcMessage::Error(JsonRpcError { id: Some(_), .. })) = serde_json::from_str(&text)
    {
        return Ok(StreamableHttpPostResponse::Json(error, session));
    }
    // Many servers that were started again say so of a session that they do not know.
    if status == 400 && is_in_session && text.to_lowercase().contains("session") {
        return Err(StreamableHttpError::SessionExpired);
    }
    Err(StreamableHttpError::Client(evidence.with(Fault::Status).into()))
}

#[cfg(test)]
mod tests;
