//! The events of an answer that streams.

use std::task::{Context, Poll, ready};

use futures_util::{StreamExt, future::poll_fn, stream::BoxStream};
use hyper::body::Bytes;
use sse_stream::{Sse, SseByteStream};

use super::{BODY_LIMIT, BodyError};
use crate::llm::{egress::Entry, open::OpenGuard};

/// So many of the last events are kept.
const KEPT: usize = 6;

/// So many are taken out of what has come before they are heard. Taking out and hearing one by one would each throw the
/// other's instructions out of the processor's cache, with every event.
const TOGETHER: usize = 64;

/// The events of a streamed answer. Dropping it closes the connection.
pub struct Events {
    stream: SseByteStream<BoxStream<'static, Result<Bytes, BodyError>>>,
    /// The oldest first: the last ones that were heard, and those that have come and are still to be heard.
    taken: Vec<Sse>,
    heard: usize,
    /// How it ended after these, if it has.
    end: Option<Result<(), sse_stream::Error>>,
    _guard: OpenGuard,
}

impl Events {
    pub(super) fn of(response: reqwest::Response, entry: Entry, guard: OpenGuard) -> Self {
        let mut received_bytes = 0_usize;
        let bytes = response.bytes_stream().map(move |chunk| {
            let chunk = chunk?;
            entry.received(chunk.len());
            received_bytes += chunk.len();
            if received_bytes > BODY_LIMIT { Err(BodyError::TooLarge) } else { Ok(chunk) }
        });
        Self {
            stream: SseByteStream::new(bytes.boxed()),
            taken: Vec::with_capacity(KEPT + TOGETHER),
            heard: 0,
            end: None,
            _guard: guard,
        }
    }

    /// Waits until there is something to [`hear`](Self::hear); `None` when the stream has ended. Nothing is lost when
    /// the wait is given up.
    pub async fn wait(&mut self) -> Option<Result<(), sse_stream::Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<(), sse_stream::Error>>> {
        if self.heard == self.taken.len() && self.end.is_none() {
            self.taken.drain(..self.heard.saturating_sub(KEPT));
            self.heard = self.taken.len();
            self.end = ready!(self.fill(context));
        }
        Poll::Ready(if self.heard < self.taken.len() {
            Some(Ok(()))
        } else {
            // An error is told once; after it there is nothing any more.
            self.end.replace(Ok(())).filter(Result::is_err)
        })
    }

    /// Takes out what has come, at least one event; gives how the stream ended if it did.
    fn fill(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<(), sse_stream::Error>>> {
        for count in 0..TOGETHER {
            match self.stream.poll_next_unpin(context) {
                Poll::Ready(Some(Ok(event))) => self.taken.push(event),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(None) => return Poll::Ready(Some(Ok(()))),
                Poll::Pending if count == 0 => return Poll::Pending,
                Poll::Pending => break,
            }
        }
        Poll::Ready(None)
    }

    /// The next of the events that have come; `None` where the next has to be waited for.
    pub fn hear(&mut self) -> Option<&Sse> {
        let event = self.taken.get(self.heard)?;
        self.heard += 1;
        Some(event)
    }

    /// The last events that were heard, the oldest first.
    pub fn last(&self) -> impl Iterator<Item = &Sse> {
        self.taken[self.heard.saturating_sub(KEPT)..self.heard].iter()
    }
}
