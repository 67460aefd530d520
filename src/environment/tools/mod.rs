//! Any tool server (MCP) as an environment: its tools are the actions.
//!
//! | file | what |
//! |---|---|
//! | `launch`, `shell_path` | the program that is started, and where it is looked for |
//! | `connection`, `ears` | a server that is spoken to, and what it says unasked |
//! | `overheard`, `complaints` | what it writes that is no message, and to its standard error |
//! | `listing`, `calling` | its tools; a call of one |
//! | `trouble` | what can be wrong with it, and what a person can do |
//! | `http`, `http_stream` | a server that is reached over HTTP, through our own layer |
//! | `spoken`, `restart` | what is needed of it; starting it again when it dies |
//! | `results`, `pictures`, `shortened` | what a call gave, for models and people |
//! | `offered`, `risk` | which tools may be used, and how much harm they can do |
//! | `pointers`, `looking`, `transcript` | score, end and possible actions; what is seen; the last calls |
//! | `place` | all of that as an environment |
//! | `probe` | one test of a server |

mod calling;
mod complaints;
mod connection;
mod ears;
mod http;
mod http_stream;
mod launch;
mod listing;
mod looking;
mod offered;
mod overheard;
mod pictures;
mod place;
mod pointers;
mod probe;
mod restart;
mod results;
mod risk;
mod shell_path;
mod shortened;
mod spoken;
mod transcript;
mod trouble;

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

pub use self::pictures::for_window;
use self::{place::ToolsPlace, spoken::Configured};
use super::{Environment, Holdings, Hooks};
use crate::{
    guardian::Guardian,
    llm::Http,
    protocol::{NoticeKind, Problem, ServerReport},
    settings::{Place, Secret, ServerSettings},
};

/// What a server is opened with.
#[derive(Clone)]
pub struct Surroundings {
    /// Requests to servers over HTTP go through here, and are counted and locked like all others.
    pub http: Arc<Http>,
    /// What the keychain keeps for this server, by the name of the variable or header.
    pub secrets: BTreeMap<String, Secret>,
    pub hooks: Hooks,
    /// This program, to be started as the guardian; without it nobody ends the server if this program is killed.
    pub guardian: Option<PathBuf>,
}

/// Starts the server, lists its tools and calls what is called at the start.
pub async fn open(server: &ServerSettings, around: Surroundings) -> Result<Box<dyn Environment>, Box<Problem>> {
    let (holdings, hooks) = (Holdings::default(), around.hooks.clone());
    let guardian = guardian(server, &around);
    let opens = Configured { server: server.clone(), around, children: holdings.children.clone(), guardian };
    let place = ToolsPlace::open(server.clone(), opens, hooks, holdings).await?;
    Ok(Box::new(place))
}

/// Starts the server, lists its tools and ends it again.
pub async fn test(server: &ServerSettings, around: Surroundings) -> ServerReport {
    let guardian = guardian(server, &around);
    probe::test(server, &around, guardian).await
}

/// Somebody who ends the server if this program is killed. Without one it works as well, so that is no obstacle.
fn guardian(server: &ServerSettings, around: &Surroundings) -> Option<Guardian> {
    if matches!(server.place, Place::Address { .. }) {
        return None;
    }
    let started = Guardian::start(around.guardian.as_deref()?);
    started
        .inspect_err(|error| {
            let summary = format!("Nobody ends {} if this program is killed", server.name);
            let details = vec![format!("The guardian could not be started: {error}")];
            let advice = "Nothing needs to be done: what is left then is found at the next start";
            let problem = Problem::plain(summary.clone(), details, advice);
            (around.hooks.notice)(NoticeKind::Warning, summary, Some(problem));
        })
        .ok()
}
