//! Server-sent events with a limit for every wait: the first token, the next one, the whole answer.

use std::{collections::VecDeque, time::Duration};

use tokio::time::{Instant, timeout_at};

use super::{
    Error, Limits,
    ask::{Sink, Timings},
    evidence::{Evidence, Fault, Limit},
    http::{Reply, stream_fault},
    open::millis,
    redaction::redact,
};
use crate::settings::Secret;

/// So many of the last events are kept as evidence.
const TAIL_EVENTS: usize = 6;
/// And of each so much.
const TAIL_BYTES: usize = 2048;
/// How long to wait for the end of a connection whose answer is complete, so that it can be used again.
const END_OF_BODY: Duration = Duration::from_millis(100);

/// How long to wait for what may follow a complete answer.
const AFTER_THE_END: Duration = Duration::from_millis(1000);

/// Understands the events of one wire format.
pub trait Reader: Send {
    /// Takes one event in; what it says goes to the sink.
    fn event(&mut self, name: Option<&str>, data: &str, sink: &mut dyn Sink) -> Result<Step, Fault>;

    /// True when the answer is complete even if no end mark follows.
    fn has_finished(&self) -> bool;
}

/// What an event was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Something to keep the connection open, or bookkeeping.
    Nothing,
    /// A piece of the answer.
    Piece,
    /// The end mark.
    End,
}

/// Reads a stream to its end. The evidence it returns holds the last events.
pub async fn read(
    reply: Reply,
    limits: &Limits,
    reader: &mut dyn Reader,
    sink: &mut dyn Sink,
) -> Result<(Timings, usize, Evidence), Error> {
    let asked_at = Instant::from_std(reply.started());
    let (mut events, mut evidence, token) = reply.events();
    let mut tail = Tail { events: VecDeque::new(), token };
    let mut clock = Clock { asked_at, first_piece_at: None, last_piece_at: asked_at, pieces: 0 };
    loop {
        let (limit, mut deadline) = clock.deadline(limits);
        if reader.has_finished() {
            // Usage and the end mark follow at once or not at all.
            deadline = deadline.min(Instant::now() + AFTER_THE_END);
        }
        let next = match timeout_at(deadline, events.next()).await {
            Ok(next) => next,
            Err(_elapsed) if reader.has_finished() => break,
            Err(_elapsed) => {
                let fault = Fault::TimedOut { limit, after_ms: millis(asked_at.elapsed()) };
                return Err(tail.into_evidence(evidence, &clock).with(fault).into());
            }
        };
        let event = match next {
            None if reader.has_finished() => break,
            None => {
                let fault = Fault::Truncated { pieces: clock.pieces };
                return Err(tail.into_evidence(evidence, &clock).with(fault).into());
            }
            Some(Err(_broken)) if reader.has_finished() => break,
            Some(Err(error)) => {
                let (fault, text) = stream_fault(&error, clock.pieces);
                evidence.observed.transport_error = Some(text);
                return Err(tail.into_evidence(evidence, &clock).with(fault).into());
            }
            Some(Ok(event)) => event,
        };
        let data = event.data.as_deref().unwrap_or_default();
        tail.push(event.event.as_deref(), data);
        match reader.event(event.event.as_deref(), data, sink) {
            Ok(Step::Nothing) => {}
            Ok(Step::Piece) => clock.piece(),
            Ok(Step::End) => {
                let _whatever_follows = timeout_at(Instant::now() + END_OF_BODY, events.next()).await;
                break;
            }
            Err(fault) => return Err(tail.into_evidence(evidence, &clock).with(fault).into()),
        }
    }
    let timings = clock.timings();
    Ok((timings, clock.pieces, tail.into_evidence(evidence, &clock)))
}

/// When what came.
struct Clock {
    asked_at: Instant,
    first_piece_at: Option<Instant>,
    last_piece_at: Instant,
    pieces: usize,
}

impl Clock {
    fn piece(&mut self) {
        let now = Instant::now();
        self.first_piece_at.get_or_insert(now);
        self.last_piece_at = now;
        self.pieces += 1;
    }

    /// The next limit that can fire, and when.
    fn deadline(&self, limits: &Limits) -> (Limit, Instant) {
        let next = match self.first_piece_at {
            None => (Limit::FirstToken, self.asked_at + limits.first_token),
            Some(_) => (Limit::BetweenTokens, self.last_piece_at + limits.between_tokens),
        };
        let total = self.asked_at + limits.total;
        if total < next.1 { (Limit::Total, total) } else { next }
    }

    fn timings(&self) -> Timings {
        let first = self.first_piece_at.unwrap_or(self.last_piece_at);
        Timings {
            first_token_ms: millis(first - self.asked_at),
            total_ms: millis(self.asked_at.elapsed()),
            tokens_per_second: rate(self.pieces.saturating_sub(1), self.last_piece_at - first),
        }
    }
}

/// How many a second; `None` where too little came to tell.
#[expect(clippy::cast_precision_loss, reason = "counts of tokens are far below 2^52")]
pub fn rate(count: usize, over: Duration) -> Option<f64> {
    let seconds = over.as_secs_f64();
    (count > 0 && seconds > 0.0).then(|| count as f64 / seconds)
}

/// The last events, as evidence.
struct Tail {
    events: VecDeque<String>,
    /// Kept out of them.
    token: Option<Secret>,
}

impl Tail {
    fn push(&mut self, name: Option<&str>, data: &str) {
        if self.events.len() == TAIL_EVENTS {
            self.events.pop_front();
        }
        let data = &data[..data.floor_char_boundary(TAIL_BYTES)];
        self.events.push_back(match name {
            Some(name) => format!("event: {name}\ndata: {data}"),
            None => format!("data: {data}"),
        });
    }

    fn into_evidence(self, mut evidence: Evidence, clock: &Clock) -> Evidence {
        let text: Vec<String> = self.events.into();
        evidence.observed.body = Some(redact(&text.join("\n\n"), self.token.as_ref(), false));
        evidence.took_ms = Some(millis(clock.asked_at.elapsed()));
        evidence
    }
}
