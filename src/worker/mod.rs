//! Who owns what runs, and how it ends: the thread behind the window with its runtime and its supervisor.
//!
//! | file | what |
//! |---|---|
//! | [`supervisor`] | one loop that hears everything and waits for nothing |
//! | `input` | everything that can happen to it |
//! | [`session`] | a running session, and its orderly end |
//! | [`stagehand`] | what the supervisor needs done, as a trait, so that tests can do it their way |
//! | [`backstage`] | how it is really done: server, models, world, demo |
//! | `subjects`, `fixing` | where each server is; mends that need one |
//! | [`loading`], [`watching`] | a model on its way into memory; what changes on the servers meanwhile |
//! | `troupe`, `local_side`, `cloud_side` | who can be asked in a session, and who plays which part |
//! | [`keys`], [`throttles`] | tokens and keys in use; the limits of every provider |
//! | [`closing`] | the end of a session: release, close, look again |
//! | `mending`, `tasks` | repairs of the settings; short-lived tasks and what they bring back |
//! | [`prepare`], `opening` | from settings to a session that is ready; the place it acts in |
//! | [`hooks`] | what that place may ask of the session: pause, stop, say |
//! | [`memory`] | the journal, and what was learnt |
//! | [`archive`], `summary` | errands about past sessions; a session told in words |
//! | `servers`, [`server_secrets`] | tool servers: what they are opened with, errands about them; their secrets |
//! | [`bundle`], [`dialog`] | diagnostics that can be posted; where a file is to go |
//! | [`instance`], [`build`] | who else runs; which build of the program this is |
//! | `keeping`, [`reports`] | what is said is kept first; the report of every session |
//! | [`replaying`], `kept_pictures` | a past session that is played, and what it looked like |
//! | [`notifying`] | notifications of the operating system |
//! | [`sockets`] | what the system says is still open |
//! | `updates` | asking whether a newer release exists, for whoever switched it on |
//! | [`log`] | the log: file, memory, window, standard error |

pub mod archive;
pub mod backstage;
pub mod build;
pub mod bundle;
pub mod closing;
mod cloud_side;
pub mod dialog;
mod fixing;
pub mod hooks;
mod input;
pub mod instance;
mod keeping;
mod kept_pictures;
pub mod keys;
pub mod loading;
mod local_side;
pub mod log;
pub mod memory;
mod mending;
pub mod notifying;
mod opening;
pub mod prepare;
pub mod replaying;
pub mod reports;
pub mod server_secrets;
mod servers;
pub mod session;
pub mod sockets;
pub mod stagehand;
mod subjects;
mod summary;
pub mod supervisor;
mod tasks;
pub mod throttles;
mod troupe;
mod updates;
pub mod watching;

use std::{io, thread, time::Duration};

use crate::{
    protocol::{Certificate, LoopName, Teller, UiLink, link},
    settings::{Home, file::Loaded},
};
use backstage::Backstage;
pub use backstage::Outside;
use supervisor::Supervisor;

/// How long the runtime may take to end once the supervisor has. Dropping it would wait for blocking calls for ever.
const RUNTIME_MAY_TAKE: Duration = Duration::from_secs(1);

/// A loop that blocks its thread is left behind, and keeps it. All of them may, and there are still two that keep time.
const THREADS: usize = LoopName::ALL.len() + 2;

/// A running worker. The thread gives the certificate of its end.
pub struct Worker {
    pub link: UiLink,
    pub thread: thread::JoinHandle<Certificate>,
    /// Tells the window what happens outside the worker.
    pub teller: Teller,
    /// What its runtime has going, for whoever looks whether everything ended.
    pub metrics: tokio::runtime::RuntimeMetrics,
}

/// Starts the worker with these settings. With a `home` it writes changed settings there, without one it writes none; what
/// is kept of sessions goes where `outside.journal` says. It ends when it is told to shut down or when the link is dropped.
pub fn start(loaded: Loaded, home: Option<Home>, outside: Outside) -> io::Result<Worker> {
    let (ui, worker_link) = link();
    log::begin(worker_link.log_lane());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(THREADS)
        .thread_name("singularis-worker")
        .enable_all()
        .build()?;
    let connect = Duration::from_secs_f64(loaded.settings.limits.connect_s);
    let teller = worker_link.teller();
    let backstage = Backstage::new(outside, connect)?;
    let metrics = runtime.metrics();
    let thread = thread::Builder::new().name("singularis-supervisor".to_owned()).spawn(move || {
        let certificate = runtime.block_on(Supervisor::new(backstage, worker_link, loaded, home).run());
        runtime.shutdown_timeout(RUNTIME_MAY_TAKE);
        certificate
    })?;
    Ok(Worker { link: ui, thread, metrics, teller })
}
