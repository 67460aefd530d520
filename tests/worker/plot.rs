//! What is to happen in a session, and the loops that do it.

use std::{
    sync::{Arc, Condvar, Mutex},
    time::Duration,
};

use singularis::{
    agent::{Context, LoopEnd, LoopMessage, LoopResult},
    environment::Hooks,
    protocol::{ActionCall, Approval, Ending, LoopName, Notice, NoticeKind, PauseReason, Risk},
};
use tokio::time::sleep;

/// Long enough for everything here; a test that needs longer hangs.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// What is to happen.
#[derive(Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that goes wrong, and they combine")]
pub struct Plot {
    pub preparing_takes: Duration,
    pub checking_takes: Duration,
    pub loading_takes: Duration,
    pub refuses: bool,
    /// The check finds that nothing listens at the port.
    pub unreachable: bool,
    /// The reasoning loop does not listen.
    pub deaf: bool,
    /// The reasoning loop blocks its thread.
    pub blocks: bool,
    pub panics: bool,
    /// The reasoning loop says something and reaches its limit.
    pub speaks: bool,
    /// Every loop takes so long to end.
    pub slow_to_end: Duration,
    pub closing_hangs: bool,
    /// The place asks for the end of the session as soon as it has begun.
    pub stop_key: bool,
    /// The reasoning loop asks a person whether a tool of the server `post` may be called.
    pub asks: bool,
    /// The place says that somebody took the mouse.
    pub yields: bool,
    /// Whoever is asked for newer releases never answers.
    pub releases_hang: bool,
}

fn approval() -> Approval {
    Approval {
        id: 1,
        action: ActionCall::bare("send"),
        risk: Risk::OpenWorld,
        ordered_by: LoopName::Reasoning,
        by: String::new(),
        because: String::new(),
        server: Some("post".into()),
        waits_ms: 600_000,
    }
}

/// One loop; only reasoning ever misbehaves.
pub async fn perform(
    name: LoopName,
    plot: Plot,
    context: Context,
    hooks: Hooks,
    blocked: Arc<(Mutex<bool>, Condvar)>,
) -> LoopResult {
    // Whoever asks waits for the answer as long as the loop lives.
    let _answer = (plot.asks && name == LoopName::Reasoning).then(|| {
        let answer = context.reins.ask(approval());
        context.tell.send(LoopMessage::ApprovalNeeded(Box::new(approval()))).unwrap();
        answer
    });
    if name == LoopName::Reasoning {
        if plot.stop_key {
            (hooks.stop)("The stop key was pressed".to_owned());
        }
        if plot.yields {
            (hooks.pause)(PauseReason::Yielded { words: "Somebody plays with the quagmirical mouse".to_owned() });
        }
        assert!(!plot.panics, "a planned panic");
        if plot.blocks {
            let (is_free, freed) = &*blocked;
            let free = is_free.lock().unwrap();
            let _guard = freed.wait_timeout_while(free, PATIENCE, |free| !*free).unwrap();
            return context.stopped(name);
        }
        if plot.deaf {
            std::future::pending::<()>().await;
        }
        if plot.speaks {
            let (kind, from, text) = (NoticeKind::Information, "reasoning".into(), "done".into());
            let notice = Notice { kind, from, text, problem: None };
            context.tell.send(LoopMessage::Notice(Box::new(notice))).unwrap();
            return Ok(LoopEnd { note: "said what it had to say".into(), ending: Some(Ending::LimitReached) });
        }
    }
    context.stop.cancelled().await;
    sleep(plot.slow_to_end).await;
    context.stopped(name)
}
