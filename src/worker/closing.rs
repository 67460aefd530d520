//! The end of a session: release what the environment holds, close every client, then look again at what is left.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use futures_util::future::join_all;
use tokio::time::{Instant, sleep};

use super::{sockets, stagehand::Closed};
use crate::{
    agent::Board,
    health::{
        idle::{Idle, wait_until_idle},
        lms::Lms,
    },
    llm::{Http, lm_studio::LmStudio, open::millis},
    protocol::{CertificateItem, EgressLine, OpenKind, Outcome, Product},
};

/// How long the environment may take to let go.
const RELEASE_MAY_TAKE: Duration = Duration::from_millis(500);
/// What closing needs after the server was waited for.
const KEPT_FOR_THE_REST: Duration = Duration::from_millis(400);
/// The system takes a moment to close what was dropped.
const SOCKETS_CLOSE_WITHIN: Duration = Duration::from_millis(200);
const LOOK_AGAIN_AFTER: Duration = Duration::from_millis(5);

/// The server of a session, as the end of the session needs it.
pub struct Behind {
    pub server: LmStudio,
    pub product: Product,
    /// Empty where the connections cannot be told from others, as through a proxy.
    pub addresses: Vec<SocketAddr>,
    pub lms: Option<Lms>,
    /// The endpoint's name, which tells several servers apart.
    pub name: String,
}

/// Releases, closes and looks again, all before the deadline. `behind` is empty for a session without a local server;
/// `before` is the ledger as it was when the session was prepared.
pub async fn close(
    board: Board,
    behind: Vec<Behind>,
    http: Arc<Http>,
    before: Vec<EgressLine>,
    deadline: Instant,
) -> Closed {
    let mut closed = Closed::default();
    let began = Instant::now();
    closed.items.push(release(&board).await.unwrap_or_else(|| stuck(began)));
    let is_cloud = behind.is_empty() && !http.open().clients().is_empty();
    let clients = board.mind.close().await;
    closed.items.extend(http.open().end_watch());
    closed.items.extend(clients);
    closed.items.extend(http.open().clients().into_iter().map(left_open));
    let is_one = behind.len() == 1;
    let idle = behind.iter().map(|behind| server_is_idle(behind, is_one, deadline - KEPT_FOR_THE_REST));
    closed.items.extend(join_all(idle).await);
    http.close_idle();
    closed.egress = http.ledger().since(&before);
    closed.requests = http.open().requests();
    let addresses: Vec<SocketAddr> = behind.iter().flat_map(|behind| behind.addresses.iter().copied()).collect();
    closed.sockets = if behind.is_empty() { Some(0) } else { sockets_left(&addresses).await };
    if is_cloud {
        // Where connections into the cloud lead is the provider's business, so they cannot be told from others.
        closed.sockets = None;
        closed.items.push(untold());
    }
    closed
}

/// Providers in the cloud do not say whether they still generate.
fn untold() -> CertificateItem {
    CertificateItem {
        kind: OpenKind::Request,
        name: "generation in the cloud".to_owned(),
        outcome: Outcome::NotVerifiable,
        took_ms: 0,
        note: "providers do not tell; every connection to them is closed".to_owned(),
    }
}

async fn release(board: &Board) -> Option<CertificateItem> {
    let releasing = async { board.place.lock().await.release().await };
    let mut items = tokio::time::timeout(RELEASE_MAY_TAKE, releasing).await.ok()?;
    items.pop()
}

fn stuck(began: Instant) -> CertificateItem {
    CertificateItem {
        kind: OpenKind::Environment,
        name: "environment".to_owned(),
        outcome: Outcome::Failed,
        took_ms: millis(began.elapsed()),
        note: "it did not let go in time".to_owned(),
    }
}

/// A client that is still in the ledger although everybody has closed theirs.
fn left_open(name: String) -> CertificateItem {
    CertificateItem {
        kind: OpenKind::Client,
        name,
        outcome: Outcome::Failed,
        took_ms: 0,
        note: "nobody closed it".to_owned(),
    }
}

async fn server_is_idle(behind: &Behind, is_one: bool, deadline: Instant) -> CertificateItem {
    let began = Instant::now();
    let waiting = wait_until_idle(&behind.server, behind.product, behind.lms.as_ref(), deadline);
    let idle = tokio::time::timeout_at(deadline, waiting).await;
    let idle = idle.unwrap_or(Idle::NotVerifiable("the server did not say in time"));
    let (outcome, note) = match idle {
        Idle::Yes => (Outcome::Closed, "the server is idle".to_owned()),
        Idle::Busy(count) => (Outcome::Failed, format!("the server is still working on {count}")),
        Idle::NotVerifiable(why) => (Outcome::NotVerifiable, why.to_owned()),
    };
    let name = if is_one { "generation on the server".to_owned() } else { format!("generation at {}", behind.name) };
    CertificateItem { kind: OpenKind::Request, name, outcome, took_ms: millis(began.elapsed()), note }
}

async fn sockets_left(addresses: &[SocketAddr]) -> Option<usize> {
    let deadline = Instant::now() + SOCKETS_CLOSE_WITHIN;
    loop {
        match sockets::open_to(addresses) {
            Some(0) => return Some(0),
            Some(_) if Instant::now() < deadline => sleep(LOOK_AGAIN_AFTER).await,
            counted => return counted,
        }
    }
}
