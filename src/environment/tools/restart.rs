//! A server that is started again when it dies: after a moment, after a longer one, and not for ever.

use std::time::Duration;

use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::{
    calling::{CallLimits, Called},
    spoken::{Opens, Progress, Spoken},
    trouble::Trouble,
};
use crate::protocol::ActionCall;

/// How long is waited before each of them; there are no more in a session.
const WAITS: [Duration; 3] = [Duration::from_millis(500), Duration::from_secs(1), Duration::from_secs(2)];
/// How often a server is started again in a session.
pub const MOST_RESTARTS: usize = WAITS.len();

/// What was found, or done, so that the server stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// It had not died.
    Stands,
    /// It was started again and has forgotten everything; the number of restarts in this session.
    Started { times: usize },
    /// A stop came first.
    Stopped,
}

/// A server and its restarts.
pub struct Standing<O: Opens> {
    opens: O,
    server: Option<O::Server>,
    restarts: usize,
    /// Why it died last, where that is known.
    trouble: Option<Trouble>,
}

impl<O: Opens> Standing<O> {
    /// Starts the server for the first time.
    pub async fn open(opens: O) -> Result<Self, Trouble> {
        let server = Some(opens.open().await?);
        Ok(Self { opens, server, restarts: 0, trouble: None })
    }

    /// The server, unless it is dead. One at an address may be gone though the way to it is still open.
    pub fn alive(&self) -> Option<&O::Server> {
        self.server.as_ref().filter(|server| self.trouble.is_none() && server.is_alive())
    }

    /// The server, dead or alive.
    pub fn server(&self) -> Option<&O::Server> {
        self.server.as_ref()
    }

    /// Takes the server out, to close it. It is not started again by that.
    pub fn take(&mut self) -> Option<O::Server> {
        self.server.take()
    }

    pub fn restarts(&self) -> usize {
        self.restarts
    }

    /// Calls a tool. Where the server dies, what it died of is remembered.
    pub async fn call(
        &mut self,
        call: &ActionCall,
        limits: CallLimits,
        stop: &CancellationToken,
        progress: &Progress,
    ) -> Called {
        let called = match &self.server {
            Some(server) => server.call(call, limits, stop, progress).await,
            None => Called::Died { trouble: Trouble::HungUp, took: Duration::ZERO },
        };
        if let Called::Died { trouble, .. } = &called {
            self.trouble = Some(trouble.clone());
        }
        called
    }

    /// Starts the server again if it is dead. The error is what it died of last, once it may not be started any more.
    pub async fn stand(&mut self, stop: &CancellationToken) -> Result<Again, Trouble> {
        if self.alive().is_some() {
            return Ok(Again::Stands);
        }
        self.bury().await;
        while let Some(wait) = WAITS.get(self.restarts) {
            if stop.run_until_cancelled(sleep(*wait)).await.is_none() {
                return Ok(Again::Stopped);
            }
            self.restarts += 1;
            match stop.run_until_cancelled(self.opens.open()).await {
                None => return Ok(Again::Stopped),
                Some(Ok(server)) => {
                    self.server = Some(server);
                    self.trouble = None;
                    return Ok(Again::Started { times: self.restarts });
                }
                Some(Err(trouble)) => self.trouble = Some(trouble),
            }
        }
        Err(self.trouble.clone().unwrap_or(Trouble::Died { exit: None }))
    }

    /// What is left of a dead server is ended; its last lines are kept with what it died of.
    async fn bury(&mut self) {
        let Some(dead) = self.server.take() else { return };
        let trouble = self.trouble.take().unwrap_or(Trouble::Died { exit: None });
        let has_lines = !trouble.complaints().is_empty();
        self.trouble = Some(if has_lines { trouble } else { trouble.with(dead.complaints()) });
        let _nobody_asked_for_its_certificate = dead.close().await;
    }
}
