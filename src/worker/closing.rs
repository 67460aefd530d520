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

/// What a session leaves behind that has to be looked at.
pub struct Left {
    /// Empty for a session without a local server.
    pub behind: Vec<Behind>,
    /// The ports at which accounts in the cloud are asked; empty where none is.
    pub cloud_ports: Vec<u16>,
    pub http: Arc<Http>,
    /// The ledger as it was when the session was prepared.
    pub before: Vec<EgressLine>,
}

/// Releases, closes and looks again, all before the deadline.
pub async fn close(board: Board, left: Left, deadline: Instant) -> Closed {
    let Left { behind, cloud_ports, http, before } = left;
    let mut closed = Closed::default();
    let began = Instant::now();
    closed.items.push(release(&board).await.unwrap_or_else(|| stuck(began)));
    let clients = http.open().clients();
    let began = Instant::now();
    if let Some(narrator) = &board.narrator {
        narrator.close();
    }
    board.mind.close().await;
    closed.items.extend(http.open().end_watch());
    let still_open = http.open().clients();
    closed.items.extend(clients.into_iter().map(|client| client_item(client, &still_open, began)));
    let is_one = behind.len() == 1;
    let idle = behind.iter().map(|behind| server_is_idle(behind, is_one, deadline - KEPT_FOR_THE_REST));
    closed.items.extend(join_all(idle).await);
    if !cloud_ports.is_empty() {
        closed.items.push(untold());
    }
    http.close_idle();
    closed.egress = http.ledger().since(&before);
    closed.requests = http.open().requests();
    let addresses: Vec<SocketAddr> = behind.iter().flat_map(|behind| behind.addresses.iter().copied()).collect();
    let is_hidden = http.uses_proxy() || behind.iter().any(|behind| behind.addresses.is_empty());
    closed.sockets = match (addresses.is_empty(), cloud_ports.is_empty(), is_hidden) {
        (true, true, false) => Some(0),
        // Connections through a proxy cannot be told from others.
        (_, _, true) => None,
        (_, _, false) => sockets_left(&addresses, &cloud_ports).await,
    };
    closed
}

/// How one client ended: it is closed once it has left the ledger.
fn client_item((number, name): (u64, String), still_open: &[(u64, String)], began: Instant) -> CertificateItem {
    let is_open = still_open.iter().any(|(other, _)| *other == number);
    CertificateItem {
        kind: OpenKind::Client,
        name,
        outcome: if is_open { Outcome::Failed } else { Outcome::Closed },
        took_ms: millis(began.elapsed()),
        note: if is_open { "somebody still holds it".to_owned() } else { String::new() },
    }
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

async fn sockets_left(addresses: &[SocketAddr], ports: &[u16]) -> Option<usize> {
    let deadline = Instant::now() + SOCKETS_CLOSE_WITHIN;
    loop {
        match sockets::open_to(addresses, ports) {
            Some(0) => return Some(0),
            Some(_) if Instant::now() < deadline => sleep(LOOK_AGAIN_AFTER).await,
            counted => return counted,
        }
    }
}
