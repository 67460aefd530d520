//! The end of a session: release what the environment holds, close every client, then look again at what is left.

use std::{
    net::SocketAddr,
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures_util::{FutureExt, future::join_all};
use tokio::{
    sync::oneshot,
    time::{Instant, sleep, timeout_at},
};

use super::{sockets, stagehand::Closed};
use crate::{
    agent::Board,
    environment::holdings::panic_words,
    health::{
        idle::{Idle, wait_until_idle},
        lms::Lms,
    },
    llm::{Http, lm_studio::LmStudio, open::millis},
    protocol::{CertificateItem, EgressLine, OpenKind, Outcome, Product},
};

/// How long letting go of keys may take; it comes before everything else.
const KEYS_MAY_TAKE: Duration = Duration::from_millis(200);
/// How long the environment may take to let go.
const RELEASE_MAY_TAKE: Duration = Duration::from_millis(500);
/// Children are ended after the environment has let go, and do not wait longer than this for one that hangs.
const CHILDREN_WAIT: Duration = Duration::from_millis(200);
/// How long ending children may take.
const CHILDREN_MAY_TAKE: Duration = Duration::from_millis(1600);
/// How long the models may take to let go of their clients.
const CLIENTS_MAY_TAKE: Duration = Duration::from_millis(1200);
/// What closing needs after the server was waited for.
const KEPT_FOR_THE_REST: Duration = Duration::from_millis(400);
/// Who was told to let go takes a moment to do so.
const LETS_GO_WITHIN: Duration = Duration::from_millis(200);
/// The system takes a moment to close what was dropped, and on a busy machine a longer one.
const SOCKETS_CLOSE_WITHIN: Duration = Duration::from_millis(1000);
/// What is kept of the time for telling what was found.
const KEPT_FOR_TELLING: Duration = Duration::from_millis(100);
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

/// Releases, closes and looks again, all before the deadline. Whatever hangs or panics on the way turns its own line
/// and no other one: what is held here and what is open elsewhere are closed side by side.
pub async fn close(board: Board, left: Left, deadline: Instant) -> Closed {
    let Left { behind, cloud_ports, http, before } = left;
    let mut closed = Closed::default();
    let until = deadline.checked_sub(KEPT_FOR_THE_REST).unwrap_or(deadline);
    let (held, open) = tokio::join!(let_go(&board, until), close_clients(&board, &behind, &http, until));
    closed.items.extend(held.into_iter().chain(open));
    if !cloud_ports.is_empty() {
        closed.items.push(untold());
    }
    http.close_idle();
    closed.egress = http.ledger().since(&before);
    // A task that was ended may have been about to ask just then, and drops its question at once.
    all_let_go(&http, until).await;
    closed.requests = http.open().requests();
    let addresses: Vec<SocketAddr> = behind.iter().flat_map(|behind| behind.addresses.iter().copied()).collect();
    let is_hidden = http.uses_proxy() || behind.iter().any(|behind| behind.addresses.is_empty());
    closed.sockets = match (addresses.is_empty(), cloud_ports.is_empty(), is_hidden) {
        (true, true, false) => Some(0),
        // Connections through a proxy cannot be told from others.
        (_, _, true) => None,
        (_, _, false) => sockets_left(&addresses, &cloud_ports, deadline).await,
    };
    closed.children = board.holdings.children.alive();
    closed.keys = board.holdings.keys.held().len();
    closed
}

/// Counts what is open, whatever state the rest is in.
pub fn counter(board: &Board, http: &Arc<Http>) -> Box<dyn Fn() -> Closed + Send> {
    let (holdings, http) = (board.holdings.clone(), Arc::clone(http));
    Box::new(move || Closed {
        requests: http.open().requests(),
        children: holdings.children.alive(),
        keys: holdings.keys.held().len(),
        ..Closed::default()
    })
}

/// Keys first and without the environment, which may be deaf; then the environment; then its children, which it may
/// still need to let go in order.
async fn let_go(board: &Board, until: Instant) -> Vec<CertificateItem> {
    let holdings = &board.holdings;
    let mut items = holdings.keys.release_all_within(KEYS_MAY_TAKE).await;
    let (has_let_go, waiting) = oneshot::channel();
    let environment = async {
        let items = release(board, until).await;
        let _nobody_waits_any_more = has_let_go.send(());
        items
    };
    let children = async {
        let _whichever_is_first = timeout_at(until.min(Instant::now() + CHILDREN_WAIT), waiting).await;
        holdings.children.end_all(until.min(Instant::now() + CHILDREN_MAY_TAKE)).await
    };
    let (environment, children) = tokio::join!(environment, children);
    items.extend(environment.into_iter().chain(children));
    items
}

/// Closes every client, says how each request that was open ended, and waits until the servers are idle.
async fn close_clients(board: &Board, behind: &[Behind], http: &Http, until: Instant) -> Vec<CertificateItem> {
    let clients = http.open().clients();
    let began = Instant::now();
    if let Some(narrator) = &board.narrator {
        narrator.close();
    }
    // One that hangs or panics keeps its clients, and those are named below.
    let closing = AssertUnwindSafe(async { board.mind.close().await }).catch_unwind();
    let _shown_by_its_clients = timeout_at(until.min(began + CLIENTS_MAY_TAKE), closing).await;
    all_let_go(http, until).await;
    let mut items = http.open().end_watch();
    let still_open = http.open().clients();
    items.extend(clients.into_iter().map(|client| client_item(client, &still_open, began)));
    let is_one = behind.len() == 1;
    let idle = behind.iter().map(|behind| server_is_idle(behind, is_one, until));
    items.extend(join_all(idle).await);
    items
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

/// Asks the environment to let go, in a task of its own: one that panics, or blocks its thread, must not take the rest
/// along.
async fn release(board: &Board, until: Instant) -> Vec<CertificateItem> {
    let began = Instant::now();
    let (place, is_inside) = (Arc::clone(&board.place), Arc::new(AtomicBool::new(false)));
    let inside = Arc::clone(&is_inside);
    let mut releasing = tokio::spawn(async move {
        let mut place = place.lock().await;
        inside.store(true, Ordering::SeqCst);
        place.release().await
    });
    let note = match timeout_at(until.min(began + RELEASE_MAY_TAKE), &mut releasing).await {
        Ok(Ok(items)) if items.is_empty() => return vec![environment_item(Outcome::Closed, began, String::new())],
        Ok(Ok(items)) => return items,
        Ok(Err(error)) => match error.try_into_panic() {
            Ok(panic) => format!("letting go of it panicked: {}", panic_words(&*panic)),
            Err(error) => error.to_string(),
        },
        Err(_too_late) => {
            releasing.abort();
            let is_inside = is_inside.load(Ordering::SeqCst);
            if is_inside { "it did not let go in time" } else { "somebody is still at work in it" }.to_owned()
        }
    };
    vec![environment_item(Outcome::Failed, began, note)]
}

fn environment_item(outcome: Outcome, began: Instant, note: String) -> CertificateItem {
    CertificateItem {
        kind: OpenKind::Environment,
        name: "environment".to_owned(),
        outcome,
        took_ms: millis(began.elapsed()),
        note,
    }
}

async fn server_is_idle(behind: &Behind, is_one: bool, deadline: Instant) -> CertificateItem {
    let began = Instant::now();
    let idle = wait_until_idle(&behind.server, behind.product, behind.lms.as_ref(), deadline).await;
    let (outcome, note) = match idle {
        Idle::Yes => (Outcome::Closed, "the server is idle".to_owned()),
        Idle::Busy(count) => (Outcome::Failed, format!("the server is still working on {count}")),
        Idle::NotVerifiable(why) => (Outcome::NotVerifiable, why.to_owned()),
    };
    let name = if is_one { "generation on the server".to_owned() } else { format!("generation at {}", behind.name) };
    CertificateItem { kind: OpenKind::Request, name, outcome, took_ms: millis(began.elapsed()), note }
}

/// Waits until no request and no client is open: whoever had one was told to drop it, and takes a moment to hear that.
async fn all_let_go(http: &Http, until: Instant) {
    let deadline = until.min(Instant::now() + LETS_GO_WITHIN);
    let is_open = || http.open().requests() > 0 || !http.open().clients().is_empty();
    while is_open() && Instant::now() < deadline {
        sleep(LOOK_AGAIN_AFTER).await;
    }
}

async fn sockets_left(addresses: &[SocketAddr], ports: &[u16], deadline: Instant) -> Option<usize> {
    let deadline =
        deadline.checked_sub(KEPT_FOR_TELLING).unwrap_or(deadline).min(Instant::now() + SOCKETS_CLOSE_WITHIN);
    loop {
        match sockets::open_to(addresses, ports) {
            Some(0) => return Some(0),
            Some(_) if Instant::now() < deadline => sleep(LOOK_AGAIN_AFTER).await,
            counted => return counted,
        }
    }
}

#[cfg(test)]
mod tests;
