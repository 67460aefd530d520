//! An answer in the pieces in which it goes out, so that it can be stopped between them.

use serde_json::Value;

/// So many letters are one piece of a stream.
const PIECE: usize = 24;

/// An answer. It has two pieces at least.
pub(super) struct Answer {
    pub status: u16,
    pub retry_after: Option<&'static str>,
    pub pieces: Vec<String>,
    pub is_stream: bool,
    /// Of the question and of the answer, as the client is told.
    pub tokens: (u64, u64),
}

impl Answer {
    pub fn json(status: u16, body: &Value) -> Self {
        let text = body.to_string();
        let (first, rest) = text.split_at(text.floor_char_boundary(text.len() / 2));
        let pieces = vec![first.to_owned(), rest.to_owned()];
        Self { status, retry_after: None, pieces, is_stream: false, tokens: (0, 0) }
    }

    /// Server-sent events. The first piece has to say something, or nothing would be heard when it remains the only one.
    pub fn stream(pieces: Vec<String>, tokens: (u64, u64)) -> Self {
        Self { status: 200, retry_after: None, pieces, is_stream: true, tokens }
    }

    pub fn head(&self) -> String {
        let (kind, framing) = if self.is_stream {
            ("text/event-stream; charset=utf-8", "transfer-encoding: chunked".to_owned())
        } else {
            let length: usize = self.pieces.iter().map(String::len).sum();
            ("application/json; charset=utf-8", format!("content-length: {length}"))
        };
        let retry_after = self.retry_after.map(|wait| format!("retry-after: {wait}\r\n")).unwrap_or_default();
        format!(
            "HTTP/1.1 {} Told\r\nconnection: close\r\ncontent-type: {kind}\r\n{retry_after}{framing}\r\n\r\n",
            self.status
        )
    }

    /// A piece as it goes out.
    pub fn framed(&self, piece: &str) -> String {
        if self.is_stream { format!("{:x}\r\n{piece}\r\n", piece.len()) } else { piece.to_owned() }
    }

    /// What goes out behind the last piece.
    pub fn end(&self) -> &'static str {
        if self.is_stream { "0\r\n\r\n" } else { "" }
    }
}

/// A text as a stream tells it.
pub(super) fn pieces(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(PIECE).map(|piece| piece.iter().collect()).collect()
}

/// About so many tokens are so many bytes.
pub(super) fn tokens(bytes: usize) -> u64 {
    bytes as u64 / 4 + 1
}
