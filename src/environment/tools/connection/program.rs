//! A server that was started here: its process, what it says beside the protocol, and its end.

use std::time::Duration;

use rmcp::{ClientLifecycleMode, RoleClient, serve_client_with_lifecycle, transport::async_rw::AsyncRwTransport};
use tokio::{
    process::{ChildStdout, Command},
    task::JoinSet,
    time::{Instant, sleep_until, timeout},
};

use super::{
    super::{
        complaints::Complaints,
        ears::Ears,
        overheard::{Overheard, Overhearing},
        trouble::Trouble,
    },
    Service,
    greeting::Failure,
};
use crate::{
    guardian::{Guardian, Message},
    process::{Child, ChildError, Children, Exit, Input},
    protocol::CertificateItem,
};

/// What a process said last may still be in its pipe once it has ended.
const LAST_WORDS_MAY_TAKE: Duration = Duration::from_millis(100);
/// A process that has closed its output is about to end, or is not.
const END_MAY_TAKE: Duration = Duration::from_millis(500);

/// The way to and from a server that was started here.
pub type Pipes = AsyncRwTransport<RoleClient, Overhearing<ChildStdout>, Input>;

/// A server that was started here. Dropping it kills it, with all that it has started.
pub struct Program {
    child: Child,
    overheard: Overheard,
    complaints: Complaints,
    /// Reads the complaints.
    reading: JoinSet<()>,
    guardian: Option<Guardian>,
}

impl Program {
    /// Starts it. `name` is what the certificate calls it.
    pub fn start(
        name: &str,
        command: Command,
        children: &Children,
        guardian: Option<&Guardian>,
    ) -> Result<(Self, Pipes), Trouble> {
        let mut child = children.start(name, command).map_err(|error| not_started(&error))?;
        let guardian = guardian.cloned();
        tell(guardian.as_ref(), &Message::Began { child: child.belonging() });
        let (overheard, complaints) = (Overheard::default(), Complaints::default());
        let mut reading = JoinSet::new();
        if let Some(errors) = child.take_stderr() {
            reading.spawn(complaints.clone().hear(errors));
        }
        let (Some(input), Some(output)) = (child.take_stdin(), child.take_stdout()) else {
            return Err(Trouble::CouldNotStart { words: "its input and output could not be opened".to_owned() });
        };
        let transport = AsyncRwTransport::new_client(Overhearing::new(output, overheard.clone()), input);
        Ok((Self { child, overheard, complaints, reading, guardian }, transport))
    }

    /// Agrees with it on a protocol. A process that ends is noticed at once, and not at the deadline.
    pub async fn greet(
        &self,
        ears: Ears,
        transport: Pipes,
        lifecycle: ClientLifecycleMode,
        deadline: Instant,
    ) -> Result<Service, Failure> {
        let mut greeting = Box::pin(serve_client_with_lifecycle(ears, transport, lifecycle));
        tokio::select! {
            biased;
            greeted = &mut greeting => return greeted.map_err(Failure::greeting),
            _exit = self.child.wait() => {}
            () = sleep_until(deadline) => return Err(Failure::Late),
        }
        match timeout(LAST_WORDS_MAY_TAKE, greeting).await {
            Ok(Err(error)) => Err(Failure::greeting(error)),
            // Somebody else may hold the pipe, but the server is gone.
            Ok(Ok(_)) | Err(_) => Err(Failure::Closed),
        }
    }

    /// A failure that tells little, in the light of what was overheard and of whether the process has ended.
    pub async fn explained(&self, failure: Failure, after: Duration) -> Failure {
        match failure {
            Failure::Late => Failure::Known(self.overheard.silence(after)),
            Failure::Closed => Failure::Known(match self.exit_within(END_MAY_TAKE).await {
                Some(exit) => Trouble::EndedAtOnce { exit: exit.to_string() },
                None => Trouble::HungUp,
            }),
            failure => failure,
        }
    }

    /// Why nothing can be said to it any more.
    pub async fn end_of_it(&self) -> Trouble {
        match self.exit_within(END_MAY_TAKE).await {
            Some(exit) => Trouble::Died { exit: Some(exit.to_string()) },
            None => Trouble::HungUp,
        }
    }

    /// Waits until the process has ended. What it has started may speak on.
    pub async fn ended(&self) -> Exit {
        self.child.wait().await
    }

    /// What it writes to its output.
    pub fn overheard(&self) -> &Overheard {
        &self.overheard
    }

    /// The last lines that it wrote to its standard error, oldest first.
    pub fn complaints(&self) -> Vec<String> {
        self.complaints.lines()
    }

    /// Ends it with all that it has started, and tells the guardian.
    pub async fn end(&self, grace: Duration) -> CertificateItem {
        let item = self.child.end(grace).await;
        tell(self.guardian.as_ref(), &Message::Ended { child: self.child.belonging() });
        item
    }

    /// Ends one that could not be used, and gives its last lines. A program that is no server at all says in its output
    /// what it is, so the first line of that is among them.
    pub async fn end_unusable(mut self, grace: Duration) -> Vec<String> {
        let item = self.end(grace).await;
        tracing::debug!("{} could not be used and ended: {}", item.name, item.note);
        // Whoever has left the group may hold the pipe for ever.
        let _all_is_read = timeout(LAST_WORDS_MAY_TAKE, self.reading.join_next()).await;
        let output = self.overheard.first_garbage().map(|line| format!("{line} (on its output)"));
        output.into_iter().chain(self.complaints.lines()).collect()
    }

    async fn exit_within(&self, limit: Duration) -> Option<Exit> {
        timeout(limit, self.child.wait()).await.ok()
    }
}

/// A guardian that hears nothing any more cannot be helped here, and the child is ended with the session all the same.
fn tell(guardian: Option<&Guardian>, message: &Message) {
    if let Some(Err(error)) = guardian.map(|guardian| guardian.tell(message)) {
        tracing::warn!("the guardian cannot be told of a tool server: {error}");
    }
}

fn not_started(error: &ChildError) -> Trouble {
    match error {
        // The file was found before, so it is not the file itself that is missing.
        ChildError::NoProgram { program, .. } => Trouble::CouldNotStart {
            words: format!("{program} is there, but not the program that its first line wants to be run by"),
        },
        ChildError::NoFolder { folder, .. } => Trouble::NoFolder { folder: folder.display().to_string() },
        ChildError::NotAllowed { program, .. } => Trouble::NotAllowed { program: program.clone() },
        ChildError::NotStarted { source, .. } => Trouble::CouldNotStart { words: source.to_string() },
        ChildError::Ending { .. } => Trouble::CouldNotStart { words: "everything is being ended".to_owned() },
    }
}
