//! Server-sent events with a limit for every wait: the first token, the next one, the whole answer.

use std::{
    pin::{Pin, pin},
    time::Duration,
};

use sse_stream::Sse;
use tokio::{
    task::coop::consume_budget,
    time::{Instant, Sleep, sleep_until, timeout},
};

use super::{
    Error, Limits,
    ask::{Sink, Timings},
    evidence::{Evidence, Fault, Limit},
    http::{Events, Reply, stream_fault},
    open::millis,
    redaction::redact,
};

/// So much of each of the last events is evidence.
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
    let mut clock = Clock::started(Instant::from_std(reply.started()), *limits);
    let (mut events, mut evidence, token) = reply.events();
    let ending = listen(&mut events, &mut evidence, &mut clock, reader, sink).await;
    let timings = clock.timings();
    evidence.observed.body = Some(tail(&events, |data| redact(data, token.as_ref(), false)));
    evidence.took_ms = Some(millis(clock.asked_at.elapsed()));
    match ending {
        Ok(()) => Ok((timings, clock.pieces, evidence)),
        Err(fault) => Err(evidence.with(fault).into()),
    }
}

/// Hears everything until the answer is complete.
async fn listen(
    events: &mut Events,
    evidence: &mut Evidence,
    clock: &mut Clock,
    reader: &mut dyn Reader,
    sink: &mut dyn Sink,
) -> Result<(), Fault> {
    let mut timer = pin!(sleep_until(clock.deadline().1));
    loop {
        let mut deadline = clock.deadline().1;
        if reader.has_finished() {
            // Usage and the end mark follow at once or not at all.
            deadline = deadline.min(clock.came_at + AFTER_THE_END);
        }
        let came = tokio::select! {
            biased;
            came = events.wait() => Some(came),
            () = until(deadline, timer.as_mut()) => None,
        };
        clock.came_at = Instant::now();
        // A server that never pauses keeps neither others nor the last limit from their turn.
        consume_budget().await;
        if came.is_some() && clock.is_over() && !reader.has_finished() {
            return Err(clock.timed_out(Limit::Total));
        }
        match came {
            Some(Some(Ok(()))) => {}
            // However a complete answer ends, it is complete.
            _ if reader.has_finished() => return Ok(()),
            Some(None) => return Err(Fault::Truncated { pieces: clock.pieces }),
            Some(Some(Err(error))) => {
                let (fault, text) = stream_fault(&error, clock.pieces);
                evidence.observed.transport_error = Some(text);
                return Err(fault);
            }
            None => return Err(clock.timed_out(clock.deadline().0)),
        }
        while let Some(event) = events.hear() {
            match reader.event(event.event.as_deref(), event.data.as_deref().unwrap_or_default(), sink)? {
                Step::Nothing => {}
                Step::Piece => clock.piece(),
                Step::End => {
                    clock.ended_at = Some(Instant::now());
                    let _it_may_go_on = timeout(END_OF_BODY, events.wait()).await;
                    return Ok(());
                }
            }
        }
    }
}

/// Waits with the same timer every time: each piece moves the limit on, and setting a timer takes longer than reading one.
/// So one that was set for an earlier limit rings, and is set again only then.
async fn until(deadline: Instant, mut timer: Pin<&mut Sleep>) {
    if timer.deadline() > deadline {
        timer.as_mut().reset(deadline);
    }
    loop {
        timer.as_mut().await;
        if timer.deadline() >= deadline {
            return;
        }
        timer.as_mut().reset(deadline);
    }
}

/// The last events as they came. Secrets are hidden first and the rest cut after, or half of one could be left.
fn tail(events: &Events, hide: impl Fn(&str) -> String) -> String {
    let told = |event: &Sse| {
        let data = hide(event.data.as_deref().unwrap_or_default());
        let data = &data[..data.floor_char_boundary(TAIL_BYTES)];
        match &event.event {
            Some(name) => format!("event: {}\ndata: {data}", hide(name)),
            None => format!("data: {data}"),
        }
    };
    events.last().map(told).collect::<Vec<_>>().join("\n\n")
}

/// When what came.
struct Clock {
    limits: Limits,
    asked_at: Instant,
    /// When something came last. All events that are heard together came at the same time.
    came_at: Instant,
    first_piece_at: Option<Instant>,
    last_piece_at: Instant,
    ended_at: Option<Instant>,
    pieces: usize,
}

impl Clock {
    fn started(asked_at: Instant, limits: Limits) -> Self {
        Self {
            limits,
            asked_at,
            came_at: asked_at,
            first_piece_at: None,
            last_piece_at: asked_at,
            ended_at: None,
            pieces: 0,
        }
    }

    fn is_over(&self) -> bool {
        self.came_at > self.asked_at + self.limits.total
    }

    fn timed_out(&self, limit: Limit) -> Fault {
        Fault::TimedOut { limit, after_ms: millis(self.asked_at.elapsed()) }
    }

    fn piece(&mut self) {
        self.first_piece_at.get_or_insert(self.came_at);
        self.last_piece_at = self.came_at;
        self.pieces += 1;
    }

    /// The next limit that can fire, and when.
    fn deadline(&self) -> (Limit, Instant) {
        let next = match self.first_piece_at {
            None => (Limit::FirstToken, self.asked_at + self.limits.first_token),
            Some(_) => (Limit::BetweenTokens, self.last_piece_at + self.limits.between_tokens),
        };
        let total = self.asked_at + self.limits.total;
        if total < next.1 { (Limit::Total, total) } else { next }
    }

    fn timings(&self) -> Timings {
        let first = self.first_piece_at.unwrap_or(self.last_piece_at);
        // An answer that came as a whole is as fast as it could be read, where its end was told.
        let last = if self.last_piece_at > first { self.last_piece_at } else { self.ended_at.unwrap_or(first) };
        Timings {
            first_token_ms: millis(first - self.asked_at),
            total_ms: millis(self.asked_at.elapsed()),
            tokens_per_second: rate(self.pieces.saturating_sub(1), last - first),
        }
    }
}

/// How many a second; `None` where too little came to tell.
#[expect(clippy::cast_precision_loss, reason = "counts of tokens are far below 2^52")]
pub fn rate(count: usize, over: Duration) -> Option<f64> {
    let seconds = over.as_secs_f64();
    (count > 0 && seconds > 0.0).then(|| count as f64 / seconds)
}
