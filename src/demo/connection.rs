//! Connections: accepted, served request by request, and counted out when the server stops.

use std::{future::pending, io, sync::Arc, time::Duration};

use http_body_util::{BodyExt, Limited};
use hyper::{
    HeaderMap, Method, Request, Response, StatusCode, body::Incoming, server::conn::http1, service::service_fn,
};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::{sleep, timeout},
};
use tokio_util::task::TaskTracker;

use super::{
    answer::{self, Body},
    call::Call,
    errors::Refusal,
    faults::{FaultKind, Trouble},
    routes::{self, Route},
    socket::{ResetFlag, Socket},
    state::{SeenRequest, State},
    token,
};

/// How long stopping waits for connections before it aborts them.
const PATIENCE: Duration = Duration::from_secs(1);
/// A failing `accept` (no file handles left, say) is not tried again at once.
const AFTER_FAILED_ACCEPT: Duration = Duration::from_millis(20);
const LARGEST_BODY_BYTES: usize = 64 * 1024 * 1024;

/// Accepts until told to stop. Returns how many tasks did not end by themselves.
pub(super) async fn accept(listener: TcpListener, state: Arc<State>) -> usize {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = state.stop.cancelled() => break,
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _peer)) => {
                    connections.spawn(serve(Arc::clone(&state), stream));
                }
                Err(_) => sleep(AFTER_FAILED_ACCEPT).await,
            },
        }
    }
    drop(listener);
    wind_up(connections, &state.strays).await
}

async fn wind_up(mut connections: JoinSet<()>, strays: &TaskTracker) -> usize {
    strays.close();
    let all_ended = async {
        while connections.join_next().await.is_some() {}
        strays.wait().await;
    };
    if timeout(PATIENCE, all_ended).await.is_ok() {
        return 0;
    }
    let left = connections.len() + strays.len();
    connections.abort_all();
    left
}

async fn serve(state: Arc<State>, stream: TcpStream) {
    let _open = state.activity.connection();
    if state.faults.refuses_connection() {
        return;
    }
    // Without it small events wait for each other; a demo is no place to fail over that.
    let _ = stream.set_nodelay(true);
    let reset = ResetFlag::default();
    let socket = TokioIo::new(Socket::new(stream, reset.clone()));
    let service = service_fn(|request| handle(Arc::clone(&state), reset.clone(), request));
    let connection = http1::Builder::new().serve_connection(socket, service);
    // How a connection ends is the client's business, or that of a fault; stopping drops it where it stands.
    let _ = state.stop.run_until_cancelled(connection).await;
}

/// An error closes the connection without an answer.
async fn handle(state: Arc<State>, reset: ResetFlag, request: Request<Incoming>) -> io::Result<Response<Body>> {
    let (head, incoming) = request.into_parts();
    let path = head.uri.path();
    let route = Route::of(&head.method, path, state.api);
    if !route.is_ours() && state.faults.refuses(path) {
        return Err(io::Error::other("refused by a fault"));
    }
    let Ok(collected) = Limited::new(incoming, LARGEST_BODY_BYTES).collect().await else {
        let refusal = Refusal::text_with(StatusCode::PAYLOAD_TOO_LARGE, "request entity too large");
        return Ok(refusal.into_response());
    };
    let bytes = collected.to_bytes();
    let parsed = if bytes.is_empty() { Ok(Value::Null) } else { serde_json::from_slice::<Value>(&bytes) };
    let body = parsed.as_ref().cloned().unwrap_or_default();
    let mut call = Call { state, body, trouble: Trouble::default(), reset };
    if !route.is_ours() {
        note(&mut call, &head.method, path, &route);
    }
    if let Some(answer) = go_wrong(&call).await? {
        return Ok(answer);
    }
    if let Err(refusal) = admit(&call, &route, &head.headers, parsed.err()) {
        return Ok(refusal.into_response());
    }
    Ok(routes::answer(route, call).await)
}

/// Records the request and finds out what is to go wrong with it.
fn note(call: &mut Call, method: &Method, path: &str, route: &Route) {
    let seen = SeenRequest { method: method.to_string(), path: path.to_owned(), body: call.body.clone() };
    call.state.remember(seen);
    let streams = route.infers() && call.body["stream"] == true;
    call.trouble = call.state.faults.take(path, route.infers(), streams);
}

/// The faults that replace the answer, or hold it back.
async fn go_wrong(call: &Call) -> io::Result<Option<Response<Body>>> {
    match &call.trouble.answer {
        Some(FaultKind::Reset) => {
            call.reset.raise();
            Err(io::Error::other("reset by a fault"))
        }
        Some(FaultKind::SilentHeaders) => pending().await,
        Some(FaultKind::SlowHeaders(duration)) => {
            sleep(*duration).await;
            Ok(None)
        }
        Some(FaultKind::Status(status, content_type, text)) => {
            Ok(Some(answer::dictated(*status, content_type, text.clone())))
        }
        Some(FaultKind::HtmlPage) => Ok(Some(answer::web_page())),
        _ => Ok(None),
    }
}

/// Whether the request may reach its route.
fn admit(
    call: &Call,
    route: &Route,
    headers: &HeaderMap,
    unreadable: Option<serde_json::Error>,
) -> Result<(), Refusal> {
    if !route.is_open() {
        token::check(headers, call.state.token.as_deref())?;
    }
    match unreadable {
        Some(why) if route.takes_json() => Err(Refusal::text(&format!("Invalid JSON: {why}"))),
        _ => Ok(()),
    }
}
