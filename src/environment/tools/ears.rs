//! What a server says without being asked: that its tools have changed, how far a call has come, words for its log.
//!
//! It is offered neither a model to ask nor folders of its own, so requests for these are refused by the library's own
//! answers. What it asks the user is declined, unless the settings allow the question's own defaults.

mod questions;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use rmcp::{
    ClientHandler, RoleClient,
    model::{
        ClientCapabilities, ClientConfig, ElicitRequestParams, ElicitResult, ElicitationAction, ElicitationCapability,
        ErrorData, FormElicitationCapability, Implementation, ProgressNotificationParam, ProgressToken,
        ProtocolVersion,
    },
    service::{NotificationContext, RequestContext},
};
use tokio::sync::watch;

use self::questions::Consent;
use super::complaints::cleaned;
use crate::{environment::Hooks, protocol::NoticeKind, settings::ServerSettings};

/// So much of what a server says is kept, in letters.
const SHOWN: usize = 200;

/// Hears one server. Cheap to clone; all clones are the same.
#[derive(Clone, Debug)]
pub struct Ears(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    server: String,
    answers_with_defaults: bool,
    hooks: Hooks,
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
    /// For this server. What is answered in the user's place is told through `hooks`.
    pub fn of(server: &ServerSettings, hooks: &Hooks) -> Self {
        Self(Arc::new(Shared {
            server: server.name.clone(),
            answers_with_defaults: server.extras.answers_with_defaults,
            hooks: hooks.clone(),
            changes: AtomicU64::new(0),
            progress: watch::Sender::new(None),
        }))
    }

    /// The answer to a question that is meant for the user; whoever gives it says so with [`tell`](Self::tell). An error
    /// says in words what is asked and why nobody answers.
    pub fn consent(&self, question: &ElicitRequestParams) -> Result<Consent, String> {
        Consent::to(question, self.0.answers_with_defaults)
    }

    /// Says what is answered in the user's place.
    pub fn tell(&self, consent: &Consent) {
        let words = format!("{}: {}", self.0.server, consent.words);
        tracing::info!("tool server {words}");
        (self.0.hooks.notice)(NoticeKind::Information, words, None);
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
        let mut capabilities = ClientCapabilities::default();
        let forms = || ElicitationCapability::new().with_form(FormElicitationCapability::new());
        capabilities.elicitation = self.0.answers_with_defaults.then(forms);
        // The library's own choice is a version that knows no greeting, and some servers refuse it.
        ClientConfig::new(capabilities, us).with_protocol_version(ProtocolVersion::LATEST_WITH_INITIALIZE)
    }

    async fn create_elicitation(
        &self,
        request: ElicitRequestParams,
        _context: RequestContext<RoleClient>,
    ) -> Result<ElicitResult, ErrorData> {
        match self.consent(&request) {
            Ok(consent) => {
                self.tell(&consent);
                Ok(consent.result)
            }
            Err(why) => {
                tracing::info!("tool server {}: {why}; it was declined", self.0.server);
                Ok(ElicitResult::new(ElicitationAction::Decline))
            }
        }
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
        let info = Ears::of(&ServerSettings::program("files", "run", &[]), &Hooks::default()).get_info();
        assert!(info.protocol_version.has_initialize());
        assert_eq!(info.client_info.name, "singularis");
        assert!(info.capabilities.roots.is_none() && info.capabilities.sampling.is_none());
        assert!(info.capabilities.elicitation.is_none());
    }

    #[test]
    fn questions_are_welcome_only_where_they_may_be_answered() {
        let mut server = ServerSettings::program("files", "run", &[]);
        server.extras.answers_with_defaults = true;
        let info = Ears::of(&server, &Hooks::default()).get_info();
        let capabilities = serde_json::to_value(&info.capabilities).unwrap();
        assert_eq!(capabilities, serde_json::json!({"elicitation": {"form": {}}}));
    }
}
