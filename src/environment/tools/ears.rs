//! What a server says without being asked: that its tools have changed, how far a call has come, words for its log.
//!
//! It is offered neither a model to ask nor a person to question nor folders of its own, so requests for these are
//! refused by the library's own answers.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use rmcp::{
    ClientHandler, RoleClient,
    model::{
        ClientCapabilities, ClientConfig, Implementation, ProgressNotificationParam, ProgressToken, ProtocolVersion,
    },
    service::NotificationContext,
};
use tokio::sync::watch;

use super::complaints::cleaned;

/// So much of what a server says is kept, in letters.
const SHOWN: usize = 200;

/// Hears one server. Cheap to clone; all clones are the same.
#[derive(Clone, Debug)]
pub struct Ears(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    server: String,
    changes: AtomicU64,
    progress: watch::Sender<Option<Progress>>,
}

/// How far a call has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// Tells the call from others.
    pub token: ProgressToken,
    /// For people, such as `reading (3 of 10)`.
    pub text: String,
}

impl Ears {
    /// For the server of this name.
    pub fn of(server: &str) -> Self {
        let progress = watch::Sender::new(None);
        Self(Arc::new(Shared { server: server.to_owned(), changes: AtomicU64::new(0), progress }))
    }

    /// How often the server has said that its tools have changed.
    pub fn changes(&self) -> u64 {
        self.0.changes.load(Ordering::SeqCst)
    }

    /// The last that was said of progress; it tells of all that comes.
    pub fn progress(&self) -> watch::Receiver<Option<Progress>> {
        self.0.progress.subscribe()
    }
}

impl ClientHandler for Ears {
    fn get_info(&self) -> ClientConfig {
        let us = Implementation::new("singularis", env!("CARGO_PKG_VERSION")).with_title("Singularis");
        // The library's own choice is a version that knows no greeting, and some servers refuse it.
        ClientConfig::new(ClientCapabilities::default(), us)
            .with_protocol_version(ProtocolVersion::LATEST_WITH_INITIALIZE)
    }

    async fn on_tool_list_changed(&self, _context: NotificationContext<RoleClient>) {
        self.0.changes.fetch_add(1, Ordering::SeqCst);
    }

    async fn on_progress(&self, params: ProgressNotificationParam, _context: NotificationContext<RoleClient>) {
        let text = in_words(params.message.as_deref(), params.progress, params.total);
        self.0.progress.send_replace(Some(Progress { token: params.progress_token, text }));
    }

    #[allow(deprecated, reason = "servers of the present send them, whatever later ones will do")]
    async fn on_logging_message(
        &self,
        params: rmcp::model::LoggingMessageNotificationParam,
        _context: NotificationContext<RoleClient>,
    ) {
        let words = cleaned(&params.data.to_string(), SHOWN);
        tracing::debug!("tool server {} says: {words}", self.0.server);
    }
}

fn in_words(message: Option<&str>, done: f64, total: Option<f64>) -> String {
    let figures = match total {
        Some(total) => format!("{} of {}", figure(done), figure(total)),
        None => figure(done),
    };
    match message.map(|message| cleaned(message, SHOWN)).filter(|message| !message.is_empty()) {
        Some(message) if total.is_some() => format!("{message} ({figures})"),
        Some(message) => message,
        None => figures,
    }
}

/// Without a fraction where there is none.
fn figure(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_told_in_the_servers_words_and_in_figures() {
        assert_eq!(in_words(Some("reading\u{1b}[0m"), 3.0, Some(10.0)), "reading (3 of 10)");
        assert_eq!(in_words(Some("reading"), 3.0, None), "reading");
        assert_eq!(in_words(Some(" "), 0.5, Some(1.0)), "0.5 of 1");
        assert_eq!(in_words(None, 7.0, None), "7");
    }

    #[test]
    fn the_greeting_names_a_version_that_knows_greetings() {
        let info = Ears::of("files").get_info();
        assert!(info.protocol_version.has_initialize());
        assert_eq!(info.client_info.name, "singularis");
        assert!(info.capabilities.roots.is_none() && info.capabilities.sampling.is_none());
    }
}
