//! The way to a server over HTTP, against a server that says what it is told to.

use rmcp::model::{ClientRequest, PingRequest, RequestId};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc,
};

use super::*;
use crate::llm::{HttpConfig, OpenThings};

/// A server that gives these answers, one a connection; and what it is asked, as it arrives.
async fn server(answers: Vec<String>) -> (Arc<str>, mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/mcp", listener.local_addr().unwrap());
    let (asked, heard) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        for answer in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _nobody_listens = asked.send(request(&mut stream).await);
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (address.into(), heard)
}

/// One request with its body.
async fn request(stream: &mut TcpStream) -> String {
    let (mut bytes, mut piece) = (Vec::new(), [0; 4096]);
    loop {
        let count = stream.read(&mut piece).await.unwrap();
        bytes.extend_from_slice(&piece[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let head = head.to_ascii_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
        if count == 0 || body.len() >= length.unwrap_or(0) {
            return text;
        }
    }
}

fn answer(head: &str, body: &str) -> String {
    format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}

fn client() -> HttpTools {
    let http = Http::new(HttpConfig::default(), OpenThings::default()).unwrap();
    let headers = BTreeMap::from([("X-Key".to_owned(), Secret::new("a key of this test").unwrap())]);
    let (headers, _) = secret_headers(headers);
    HttpTools { http: Arc::new(http), by: "tool server maze".into(), headers: headers.into() }
}

async fn post(
    client: &HttpTools,
    address: &Arc<str>,
    session: Option<&str>,
) -> Result<StreamableHttpPostResponse, Failure> {
    let ping = ClientRequest::PingRequest(PingRequest::default());
    let message = ClientJsonRpcMessage::request(ping, RequestId::Number(1));
    let version = (HeaderName::from_static("mcp-protocol-version"), HeaderValue::from_static("2025-11-25"));
    let custom = HashMap::from([version]);
    client.post_message(Arc::clone(address), message, session.map(Arc::from), None, custom).await
}

const RESULT: &str = r#"{"jsonrpc":"2.0","id":1,"result":{}}"#;

#[tokio::test]
async fn a_question_carries_its_headers_and_is_counted() {
    let json = answer("200 OK\r\nContent-Type: application/json\r\nMcp-Session-Id: s2", RESULT);
    let (address, mut heard) = server(vec![json]).await;
    let client = client();
    let Ok(StreamableHttpPostResponse::Json(_, session)) = post(&client, &address, Some("s1")).await else { panic!() };
    assert_eq!(session.as_deref(), Some("s2"));
    let asked = heard.recv().await.unwrap().to_ascii_lowercase();
    for header in [
        "post /mcp",
        "accept: application/json, text/event-stream",
        "mcp-session-id: s1",
        "mcp-protocol-version: 2025-11-25",
        "x-key: a key of this test",
        "content-type: application/json",
    ] {
        assert!(asked.contains(header), "{header} is missing in {asked}");
    }
    let ledger = client.http.ledger().read();
    assert_eq!((ledger[0].purpose.as_str(), ledger[0].provider), ("tool server maze", Provider::Tools));
    assert_eq!((ledger[0].requests, client.http.open().requests()), (1, 0));
}

#[tokio::test]
async fn a_streamed_answer_gives_its_events() {
    let stream = answer("200 OK\r\nContent-Type: text/event-stream", &format!("id: 7\ndata: {RESULT}\n\n"));
    let (address, _heard) = server(vec![stream]).await;
    let client = client();
    let Ok(StreamableHttpPostResponse::Sse(events, None)) = post(&client, &address, None).await else { panic!() };
    assert_eq!(client.http.open().requests(), 1, "it is open while it is read");
    let events: Vec<_> = futures_util::StreamExt::collect(events).await;
    let event = events[0].as_ref().unwrap();
    assert_eq!((event.data.as_deref(), event.id.as_deref(), events.len()), (Some(RESULT), Some("7"), 1));
    assert_eq!(client.http.open().requests(), 0);
}

#[tokio::test]
async fn each_refusal_is_told_as_what_it_is() {
    let error = r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"no"}}"#;
    let answers = vec![
        answer("202 Accepted", ""),
        answer("404 Not Found", "gone"),
        answer("400 Bad Request\r\nContent-Type: application/json", error),
        answer("401 Unauthorized\r\nContent-Type: application/json", error),
        answer("200 OK\r\nContent-Type: text/html", "<html>"),
    ];
    let (address, _heard) = server(answers).await;
    let client = client();
    assert!(matches!(post(&client, &address, None).await, Ok(StreamableHttpPostResponse::Accepted)));
    assert!(matches!(post(&client, &address, Some("s1")).await, Err(StreamableHttpError::SessionExpired)));
    let passed_on = post(&client, &address, None).await;
    assert!(matches!(passed_on, Ok(StreamableHttpPostResponse::Json(ServerJsonRpcMessage::Error(_), None))));
    let failure = post(&client, &address, None).await.unwrap_err();
    assert!(matches!(trouble(&failure), Some(Trouble::Http { status: 401, .. })), "{failure}");
    let failure = post(&client, &address, None).await.unwrap_err();
    assert!(matches!(trouble(&failure), Some(Trouble::WrongProtocol { .. })), "{failure}");
}

#[tokio::test]
async fn an_error_that_answers_no_question_is_told_at_once() {
    let error = |words: &str| {
        let body = format!(r#"{{"jsonrpc":"2.0","id":null,"error":{{"code":-32000,"message":"{words}"}}}}"#);
        answer("400 Bad Request\r\nContent-Type: application/json", &body)
    };
    let unknown = "No valid session ID provided";
    let (address, _heard) = server(vec![error("too deep"), error(unknown), error(unknown)]).await;
    let client = client();
    let failure = post(&client, &address, Some("s1")).await.unwrap_err();
    let told = trouble(&failure);
    assert!(matches!(&told, Some(Trouble::Http { status: 400, words }) if words.contains("too deep")), "{told:?}");
    assert!(matches!(post(&client, &address, Some("s1")).await, Err(StreamableHttpError::SessionExpired)));
    let failure = post(&client, &address, None).await.unwrap_err();
    assert!(matches!(trouble(&failure), Some(Trouble::Http { status: 400, .. })), "there is no session: {failure}");
}

#[tokio::test]
async fn a_server_that_offers_no_stream_of_its_own_is_left_in_peace() {
    let answers = vec![answer("405 Method Not Allowed", ""), answer("405 Method Not Allowed", "")];
    let (address, mut heard) = server(answers).await;
    let client = client();
    let stream = client.get_stream(Arc::clone(&address), None, Some("7".to_owned()), None, HashMap::new()).await;
    assert!(matches!(stream.err(), Some(StreamableHttpError::ServerDoesNotSupportSse)));
    assert!(heard.recv().await.unwrap().to_ascii_lowercase().contains("last-event-id: 7"));
    client.delete_session(address, "s1".into(), None, HashMap::new()).await.unwrap();
    assert!(heard.recv().await.unwrap().starts_with("DELETE /mcp"));
}

#[tokio::test]
async fn nothing_leaves_this_machine_while_local_only_is_on() {
    let client = client();
    client.http.lock(true, &[]);
    let failure = post(&client, &"https://tools.example.com/mcp".into(), None).await.unwrap_err();
    assert!(matches!(trouble(&failure), Some(Trouble::Locked { host }) if host == "tools.example.com"));
    assert!(client.http.ledger().read().is_empty());
}

#[tokio::test]
async fn where_nothing_listens_it_is_unreachable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/mcp", listener.local_addr().unwrap()).into();
    drop(listener);
    let failure = post(&client(), &address, None).await.unwrap_err();
    assert!(matches!(trouble(&failure), Some(Trouble::Unreachable { words }) if !words.is_empty()));
}
