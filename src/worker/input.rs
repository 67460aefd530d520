//! Everything that can happen to the supervisor, and waiting for what may not be there.

use tokio::{sync::mpsc, task::JoinError};
use tokio_util::task::JoinMap;

use super::{
    keeping::Writing,
    tasks::{TaskDone, TaskName},
    watching::Sighting,
};
use crate::{
    agent::{LoopMessage, LoopResult},
    protocol::{Finding, LoopName, Sent},
};

/// Everything that can happen.
pub enum Input {
    Command(Sent),
    WindowGone,
    Found(Finding),
    Sighted(Sighting),
    Task(TaskName, Result<TaskDone, JoinError>),
    Loop(LoopName, Result<LoopResult, JoinError>),
    Message(LoopMessage),
    /// What the loops have said is kept, and can be told.
    Written(Vec<LoopMessage>),
    DeadlinePassed,
    /// It is time to ask whether a newer release exists.
    ReleaseDue,
    Tick,
}

/// The next message, or never where there is no session.
pub async fn receive(messages: Option<&mut mpsc::UnboundedReceiver<LoopMessage>>) -> Option<LoopMessage> {
    match messages {
        Some(messages) => messages.recv().await,
        None => std::future::pending().await,
    }
}

/// What has been written, once it is, or never where nothing is being written.
pub async fn written(writing: &mut Option<Writing>) -> Vec<LoopMessage> {
    match writing {
        Some(under_way) => {
            (&mut under_way.kept).await;
            writing.take().map(|writing| writing.said).unwrap_or_default()
        }
        None => std::future::pending().await,
    }
}

/// The next loop that ends, or never where none runs.
pub async fn join(
    loops: Option<&mut JoinMap<LoopName, LoopResult>>,
) -> Option<(LoopName, Result<LoopResult, JoinError>)> {
    match loops {
        Some(loops) => loops.join_next().await,
        None => std::future::pending().await,
    }
}
