//! A client that is nothing but a socket, so that the pretend servers are proved by something that is not on trial.

use std::{io, time::Duration};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{sleep, timeout},
};

/// What was answered.
pub struct Said {
    pub status: u16,
    /// In lower case.
    pub head: String,
    /// Without its framing.
    pub body: String,
    /// It came to its own end.
    pub is_whole: bool,
}

impl Said {
    /// The events of a stream.
    pub fn events(&self) -> Vec<Value> {
        let data = self.body.lines().filter_map(|line| line.strip_prefix("data: "));
        data.filter_map(|data| serde_json::from_str(data).ok()).collect()
    }
}

/// Asks once; `route` is a method and a path.
pub async fn ask(url: &str, route: &str, headers: &[(&str, &str)], body: &str) -> io::Result<Said> {
    let place = url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(place).await?;
    let mut request = format!("{route} HTTP/1.1\r\nhost: {place}\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str("\r\n");
    request.push_str(body);
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    read(&String::from_utf8_lossy(&answer)).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
}

fn read(answer: &str) -> Option<Said> {
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let head = head.to_lowercase();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    let (body, is_whole) = match length {
        Some(length) => (body.to_owned(), body.len() == length),
        None => unchunked(body),
    };
    Some(Said { status, head, body, is_whole })
}

fn unchunked(mut rest: &str) -> (String, bool) {
    let mut body = String::new();
    while let Some((size, more)) = rest.split_once("\r\n") {
        match usize::from_str_radix(size, 16) {
            Ok(0) => return (body, true),
            Ok(size) if more.len() > size => {
                body.push_str(&more[..size]);
                rest = more[size..].trim_start_matches("\r\n");
            }
            _ => break,
        }
    }
    (body, false)
}

/// Looks again until it is so, for ten seconds.
pub async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let looking = async {
        while !is_so() {
            sleep(Duration::from_millis(2)).await;
        }
    };
    assert!(timeout(Duration::from_secs(10), looking).await.is_ok(), "not within ten seconds: {what}");
}
