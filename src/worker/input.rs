//! Everything that can happen to the supervisor, and waiting for what may not be there.

use tokio::{sync::mpsc, task::JoinError};
use tokio_util::task::JoinMap;

use super::{
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
    DeadlinePassed,
    Tick,
}

/// The next message, or never where there is no session.
pub async fn receive(messages: Option<&mut mpsc::UnboundedReceiver<LoopMessage>>) -> Option<LoopMessage> {
    match messages {
        Some(messages) => messages.recv().await,
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
