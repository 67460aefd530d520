//! One generation: waits for its slot, tells its script at its pace, and goes wrong where a fault says so.

use std::{future::pending, sync::Arc, time::Duration};

use tokio::time::{Instant, sleep};

use super::{
    call::Call,
    catalogue::Instance,
    errors::MODEL_IS_UNLOADED,
    faults::FaultKind,
    script::{Piece, Script},
    slots::{Ticket, Unloaded},
    stream::Pipe,
};

/// What a crashed engine leaves on the wire.
const GARBAGE: &str = "data: {\"id\":\"chatcmpl-demo\",\"choices\":[{\"delta\":{\"content\":\"un\n\n";

/// How fast a model thinks and speaks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    pub first_token_after: Duration,
    pub between_tokens: Duration,
}

/// How long it took, for the statistics of an answer.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Timing {
    pub first_token: Duration,
    pub generation: Duration,
}

impl Timing {
    pub fn tokens_per_second(&self, tokens: usize) -> f64 {
        let tokens = f64::from(u32::try_from(tokens).unwrap_or(u32::MAX));
        tokens / self.generation.as_secs_f64().max(0.001)
    }
}

/// How one interface writes a stream. Each method gives the events to send, or nothing.
pub(super) trait Dialect {
    /// As soon as a slot is free, before the question is read.
    fn opening(&mut self) -> String;
    /// Just before the first piece.
    fn before_first(&mut self) -> String {
        String::new()
    }
    fn piece(&mut self, piece: &Piece) -> String;
    fn closing(&mut self, script: &Script, timing: &Timing) -> String;
    /// Ends a stream in which nothing was said, as if that were an answer.
    fn hollow(&mut self) -> String;
    /// Ends a stream with an error.
    fn failure(&mut self, message: &str) -> String;
}

/// A generation that is ready to run.
pub(super) struct Generation {
    pub ticket: Ticket,
    pub instance: Arc<Instance>,
    pub script: Script,
    pub pace: Pace,
}

/// Tells a generation as a stream.
pub(super) async fn tell<D: Dialect>(generation: Generation, mut dialect: D, pipe: Pipe, fault: Option<FaultKind>) {
    let Generation { mut ticket, instance, script, pace } = generation;
    if ticket.enter(&instance.slots).await == Err(Unloaded) {
        pipe.send(dialect.failure(MODEL_IS_UNLOADED)).await;
        return ticket.finish();
    }
    pipe.send(dialect.opening()).await;
    match fault {
        Some(FaultKind::StallBeforeFirstToken) => pending().await,
        Some(FaultKind::EmptyStream) => pipe.send(dialect.hollow()).await,
        fault => say(&script, pace, &mut dialect, &pipe, fault).await,
    }
    ticket.finish();
}

async fn say<D: Dialect>(script: &Script, pace: Pace, dialect: &mut D, pipe: &Pipe, fault: Option<FaultKind>) {
    let started = Instant::now();
    pause(pace.first_token_after).await;
    let first_token = started.elapsed();
    pipe.send(dialect.before_first()).await;
    let until_fault = fault.as_ref().and_then(FaultKind::deltas_before).unwrap_or(usize::MAX);
    for piece in script.pieces.iter().take(until_fault) {
        pipe.send(dialect.piece(piece)).await;
        pause(pace.between_tokens).await;
    }
    match fault {
        Some(FaultKind::StallMidStream(_)) => pending().await,
        // The body ends here, as cleanly as if all had been said.
        Some(FaultKind::TruncateAfter(_)) => {}
        Some(FaultKind::CutAfter(_)) => pipe.cut().await,
        Some(FaultKind::GarbageAfter(_)) => pipe.send(GARBAGE.to_owned()).await,
        Some(FaultKind::ErrorEventAfter(_, message)) => pipe.send(dialect.failure(&message)).await,
        _ => {
            let timing = Timing { first_token, generation: started.elapsed() };
            pipe.send(dialect.closing(script, &timing)).await;
        }
    }
}

/// Runs a generation whose answer is given in one piece at its end.
pub(super) async fn sit_out(call: &Call, generation: Generation) -> Result<Timing, Unloaded> {
    let running = run(generation);
    if !call.trouble.ignores_closed_socket {
        return running.await;
    }
    let stray = call.state.strays.spawn(call.state.stop.clone().run_until_cancelled_owned(running));
    stray.await.ok().flatten().unwrap_or(Err(Unloaded))
}

async fn run(generation: Generation) -> Result<Timing, Unloaded> {
    let Generation { mut ticket, instance, script, pace } = generation;
    if ticket.enter(&instance.slots).await == Err(Unloaded) {
        ticket.finish();
        return Err(Unloaded);
    }
    let started = Instant::now();
    pause(pace.first_token_after).await;
    let first_token = started.elapsed();
    let pieces = u32::try_from(script.pieces.len()).unwrap_or(u32::MAX);
    pause(pace.between_tokens.saturating_mul(pieces)).await;
    ticket.finish();
    Ok(Timing { first_token, generation: started.elapsed() })
}

/// No timer for no time: the runtime's clock ticks in milliseconds, and tests ask for none.
async fn pause(duration: Duration) {
    if !duration.is_zero() {
        sleep(duration).await;
    }
}
