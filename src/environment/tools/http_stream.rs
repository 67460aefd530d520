//! The events of a streamed answer, as the protocol's client wants them.

use futures_util::{TryStream, stream::unfold};
use rmcp::transport::{common::client_side_sse::BoxedSseResponse, streamable_http_client::SseError};
use sse_stream::Sse;

use crate::llm::http::Reply;

/// An event of the client, which has a type of its own for it.
type Event = <BoxedSseResponse as TryStream>::Ok;

/// The body of an answer as events, to its end or first error. Dropping it closes the connection.
pub fn events(reply: Reply) -> BoxedSseResponse {
    let (events, _evidence, _token) = reply.events();
    Box::pin(unfold(Some(events), |events| async move {
        let mut events = events?;
        if let Err(error) = events.wait().await? {
            return Some((Err(SseError::Body(Box::new(error))), None));
        }
        let event = events.hear().map(theirs).unwrap_or_default();
        Some((Ok(event), Some(events)))
    }))
}

fn theirs(event: &Sse) -> Event {
    let Sse { event, data, id, retry } = event.clone();
    let mut theirs = Event::default();
    (theirs.event, theirs.data, theirs.id, theirs.retry) = (event, data, id, retry);
    theirs
}
