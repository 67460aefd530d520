//! Tool servers as the window shows them: what a test found, what other programs have, what goes on in a session.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{ActionCall, EffectStatus, Problem, Risk};
use crate::settings::ServerSettings;

/// What one test of a server found. A server that could not be used has a problem, and whatever was known by then.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServerReport {
    /// Its name in the settings.
    pub name: String,
    /// What it calls itself, and its version.
    pub product: String,
    pub version: String,
    /// The version of the protocol that was agreed on, such as `2025-11-25`.
    pub protocol: String,
    /// What it can do beside tools, in a word each: `resources`, `prompts`, `logging`.
    pub capabilities: Vec<String>,
    pub tools: Vec<ToolLine>,
    /// Tools that were left out because their description is malformed, each with the reason.
    pub skipped: Vec<String>,
    /// From the start to the agreed protocol, in milliseconds.
    pub connect_ms: u64,
    /// To list all tools, in milliseconds.
    pub list_ms: u64,
    /// To end it, in milliseconds.
    pub close_ms: u64,
    /// The last lines that it wrote to its standard error, oldest first.
    pub errors: Vec<String>,
    pub problem: Option<Problem>,
}

/// One tool of a server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToolLine {
    pub name: String,
    pub description: String,
    pub risk: Risk,
    /// Whether the server itself says how much harm it can do; without that it counts as destructive.
    pub is_annotated: bool,
    /// Whether sessions may use it, by the lists in the settings.
    pub is_offered: bool,
}

/// The servers in another program's file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FoundServers {
    /// Such as `Claude Desktop`.
    pub program: String,
    pub file: String,
    pub servers: Vec<ServerSettings>,
    /// What could not be read, one sentence each.
    pub troubles: Vec<String>,
}

/// A tool server in a session.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ToolsView {
    /// Its name in the settings.
    pub server: String,
    /// What it calls itself, with its version.
    pub product: String,
    /// How it stands, in a few words: `answers`, `started again, 1 of 3`.
    pub state: String,
    pub tools: usize,
    /// What was seen last, as the models read it.
    pub text: String,
    /// The last calls, oldest first.
    pub calls: Vec<ToolCallView>,
    /// What a call that is under way has told of its progress.
    pub progress: Option<String>,
    /// The last lines of its standard error, oldest first.
    pub errors: Vec<String>,
    pub score: Option<f64>,
    /// The last picture that it gave.
    #[serde(skip)]
    pub picture: Option<PictureView>,
    /// Set when the episode is over: how it ended.
    pub ended: Option<String>,
}

/// One call and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToolCallView {
    /// Counted from 1 through the session.
    pub number: u64,
    pub call: ActionCall,
    /// `None` while it is under way.
    pub status: Option<EffectStatus>,
    /// As the models read it.
    pub text: String,
    pub took_ms: u64,
}

/// A picture to be drawn. Its points are no part of what is written down: the journal keeps pictures by themselves.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureView {
    /// Another picture has another number.
    pub number: u64,
    pub width: u32,
    pub height: u32,
    /// Red, green and blue, row by row from the top.
    pub rgb: Arc<[u8]>,
}
