//! Who plays the server: our own, llmposter or llmock. What one of them cannot play it says, with the reason.

use llmposter::{MockServer, ServerBuilder};

use crate::{
    cases::Condition,
    client::Client,
    llmock::{self, Llmock, Turn},
    poster,
    raw::Raw,
    script,
    sent::Seen,
};

/// Somebody who plays servers.
pub enum Counterpart {
    Raw,
    Poster,
    Llmock(Llmock),
}

/// A server that is ready for one question.
pub struct Stage<'a> {
    pub url: String,
    eye: Eye<'a>,
    _turn: Option<Turn>,
}

/// Who can say what was asked.
enum Eye<'a> {
    Raw(Raw),
    Poster(MockServer),
    Llmock(&'a Llmock),
}

impl Counterpart {
    pub fn name(&self) -> &'static str {
        match self {
            Self::Raw => "our own",
            Self::Poster => "llmposter",
            Self::Llmock(_) => llmock::NAME,
        }
    }

    /// A server in this condition, or why there can be none.
    pub async fn stage(&self, client: Client, condition: Condition) -> Result<Stage<'_>, &'static str> {
        Ok(match self {
            Self::Raw => {
                let raw = Raw::start(vec![script::reply(client, condition)]).await;
                Stage { url: raw.url(), eye: Eye::Raw(raw), _turn: None }
            }
            Self::Poster => {
                let fixture = poster::fixture(client, condition)?;
                let server = ServerBuilder::new().fixture(fixture).build().await.expect("llmposter starts");
                Stage { url: server.url(), eye: Eye::Poster(server), _turn: None }
            }
            Self::Llmock(llmock) => {
                let turn = llmock.play(&llmock::behaviors(client, condition)?).await;
                Stage { url: llmock.url(client), eye: Eye::Llmock(llmock), _turn: Some(turn) }
            }
        })
    }
}

impl Stage<'_> {
    /// Every request that came.
    pub async fn seen(&self) -> Vec<Seen> {
        match &self.eye {
            Eye::Raw(raw) => raw.seen(),
            Eye::Poster(server) => server
                .get_requests()
                .into_iter()
                .map(|request| Seen {
                    path: request.path,
                    body: serde_json::from_str(&request.body).unwrap_or_default(),
                })
                .collect(),
            Eye::Llmock(llmock) => llmock.seen().await,
        }
    }

    /// What is wrong with the way the client asked, where somebody judges it.
    pub async fn findings(&self) -> Vec<String> {
        match &self.eye {
            Eye::Raw(_) | Eye::Poster(_) => Vec::new(),
            Eye::Llmock(llmock) => llmock.findings().await,
        }
    }
}
