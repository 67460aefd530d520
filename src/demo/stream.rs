//! Event streams: how an event is written, and a body that is told while the client listens.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use hyper::{
    Response,
    body::{Body, Bytes, Frame},
};
use serde_json::Value;
use tokio::{sync::mpsc, time::sleep};

use super::{answer, call::Call, socket::ResetFlag};

/// Pieces that may wait for a client that reads slowly.
const PIECES_AHEAD: usize = 16;
/// Long enough for `hyper` to flush what was said before the connection is cut.
const FLUSH: Duration = Duration::from_millis(15);

/// An anonymous event, as OpenAI's interface has them.
pub(super) fn data(value: &Value) -> String {
    format!("data: {value}\n\n")
}

/// A named event.
pub(super) fn event(name: &str, value: &Value) -> String {
    format!("event: {name}\ndata: {value}\n\n")
}

/// Where a generation tells its events.
pub(super) struct Pipe {
    pieces: mpsc::Sender<io::Result<Bytes>>,
    reset: ResetFlag,
}

impl Pipe {
    /// Says it to whoever listens. A client that left ends a generation by dropping it (see [`EventBody`]), so that
    /// nobody listening is no error here.
    pub async fn send(&self, events: String) {
        if !events.is_empty() {
            let _ = self.pieces.send(Ok(Bytes::from(events))).await;
        }
    }

    /// Resets the connection after what was said so far.
    pub async fn cut(&self) {
        sleep(FLUSH).await;
        self.reset.raise();
        let _ = self.pieces.send(Err(io::Error::other("cut by a fault"))).await;
    }
}

type Producer = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A body that owns the generation it tells: `hyper` polls both as one and drops both when the client leaves, which is
/// what ends the generation.
pub(super) struct EventBody {
    /// `None` once it is done, or when it runs on its own and outlives the connection.
    producer: Option<Producer>,
    pieces: mpsc::Receiver<io::Result<Bytes>>,
}

impl Body for EventBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = self.get_mut();
        let is_done = this.producer.as_mut().is_some_and(|producer| producer.as_mut().poll(cx).is_ready());
        if is_done {
            this.producer = None;
        }
        this.pieces.poll_recv(cx).map(|piece| piece.map(|bytes| bytes.map(Frame::data)))
    }
}

/// Answers with a stream told by `produce`.
pub(super) fn open<F>(call: &Call, produce: impl FnOnce(Pipe) -> F) -> Response<answer::Body>
where
    F: Future<Output = ()> + Send + 'static,
{
    let (sender, pieces) = mpsc::channel(PIECES_AHEAD);
    let producing = produce(Pipe { pieces: sender, reset: call.reset.clone() });
    let producer: Option<Producer> = if call.trouble.ignores_closed_socket {
        call.state.strays.spawn(call.state.stop.clone().run_until_cancelled_owned(producing));
        None
    } else {
        Some(Box::pin(producing))
    };
    answer::event_stream(EventBody { producer, pieces })
}

#[cfg(test)]
mod tests {
    use std::{future::pending, sync::Arc};

    use http_body_util::BodyExt as _;
    use serde_json::json;

    use super::*;

    fn told<F>(produce: impl FnOnce(Pipe) -> F) -> EventBody
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let (sender, pieces) = mpsc::channel(2);
        let producing = produce(Pipe { pieces: sender, reset: ResetFlag::default() });
        EventBody { producer: Some(Box::pin(producing)), pieces }
    }

    #[test]
    fn events_end_with_an_empty_line() {
        assert_eq!(data(&json!({"a": 1})), "data: {\"a\":1}\n\n");
        assert_eq!(event("error", &json!("b")), "event: error\ndata: \"b\"\n\n");
    }

    #[tokio::test]
    async fn a_body_tells_more_than_its_pipe_holds_and_ends() {
        let body = told(|pipe| async move {
            for number in 0..9 {
                pipe.send(number.to_string()).await;
            }
        });
        let whole = body.collect().await.expect("no fault").to_bytes();
        assert_eq!(whole, "012345678");
    }

    #[tokio::test(start_paused = true)]
    async fn a_cut_comes_after_what_was_said() {
        let mut body = told(|pipe| async move {
            pipe.send("said".to_owned()).await;
            pipe.cut().await;
        });
        assert!(body.frame().await.expect("a frame").is_ok());
        assert!(body.frame().await.expect("a frame").is_err());
    }

    #[tokio::test]
    async fn dropping_the_body_drops_the_generation() {
        let alive = Arc::new(());
        let held = Arc::clone(&alive);
        let mut body = told(|pipe| async move {
            pipe.send("first".to_owned()).await;
            pending::<()>().await;
            drop(held);
        });
        assert!(body.frame().await.expect("a frame").is_ok());
        assert_eq!(Arc::strong_count(&alive), 2);
        drop(body);
        assert_eq!(Arc::strong_count(&alive), 1);
    }
}
