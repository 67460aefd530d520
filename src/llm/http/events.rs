//! The events of an answer that streams.

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use futures_util::{FutureExt, StreamExt, stream::BoxStream};
use hyper::body::Bytes;
use sse_stream::{Sse, SseByteStream};

use super::{BODY_LIMIT, BodyError};
use crate::llm::{egress::Entry, open::OpenGuard};

/// So many of the last events are kept.
const KEPT: usize = 6;

/// The events of a streamed answer. Dropping it closes the connection.
pub struct Events {
    stream: SseByteStream<BoxStream<'static, Result<Bytes, BodyError>>>,
    reads: Arc<AtomicUsize>,
    /// The oldest first.
    last: VecDeque<Sse>,
    _guard: OpenGuard,
}

impl Events {
    pub(super) fn of(response: reqwest::Response, entry: Entry, guard: OpenGuard) -> Self {
        let reads = Arc::new(AtomicUsize::new(0));
        let (mut received_bytes, counted) = (0_usize, Arc::clone(&reads));
        let bytes = response.bytes_stream().map(move |chunk| {
            let chunk = chunk?;
            counted.fetch_add(1, Ordering::Relaxed);
            entry.received(chunk.len());
            received_bytes += chunk.len();
            if received_bytes > BODY_LIMIT { Err(BodyError::TooLarge) } else { Ok(chunk) }
        });
        Self {
            stream: SseByteStream::new(bytes.boxed()),
            reads,
            last: VecDeque::with_capacity(KEPT + 1),
            _guard: guard,
        }
    }

    /// Waits for the next event, which is the [`newest`](Self::newest) then; `None` when the stream has ended.
    pub async fn next(&mut self) -> Option<Result<(), sse_stream::Error>> {
        let event = match self.stream.next().await? {
            Ok(event) => event,
            Err(error) => return Some(Err(error)),
        };
        if self.last.len() == KEPT {
            self.last.pop_front();
        }
        self.last.push_back(event);
        Some(Ok(()))
    }

    /// The same without waiting; `None` where nothing has come yet.
    pub fn ready(&mut self) -> Option<Option<Result<(), sse_stream::Error>>> {
        self.next().now_or_never()
    }

    /// The event that was read last.
    pub fn newest(&self) -> Option<&Sse> {
        self.last.back()
    }

    /// The last events, the oldest first.
    pub fn last(&self) -> impl Iterator<Item = &Sse> {
        self.last.iter()
    }

    /// How often something has come so far. Events between which this stays the same came together.
    pub fn reads(&self) -> usize {
        self.reads.load(Ordering::Relaxed)
    }
}
