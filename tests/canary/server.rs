//! A server that keeps nothing to itself: it quotes every key it is sent, in its refusals, its errors, its answers and
//! what its model thinks, puts keys of others beside them, and has a model that is named like one. It speaks as much of
//! the usual interface as a session needs.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use serde_json::{Value, json};

use crate::canaries::Flock;

/// Nobody who asks needs longer for a request.
const PATIENCE: Duration = Duration::from_secs(30);

/// How it takes whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// It lets nobody in and quotes what it was sent.
    Refuses,
    /// It answers, and fails now and then; both with what it was sent.
    Answers,
}

/// What it says.
struct Words {
    manner: Manner,
    model: String,
    errors: [String; 3],
    /// What models say, and what they think.
    answers: [String; 2],
    thought: String,
    key: String,
    /// Questions so far.
    asked: AtomicUsize,
    /// The heads of all requests.
    heads: Mutex<String>,
}

/// It listens until the test ends.
pub struct Server {
    pub port: u16,
    words: Arc<Words>,
}

impl Server {
    /// Whether this came along with some request, so that there was something to give away.
    pub fn was_sent(&self, text: &str) -> bool {
        self.words.heads.lock().unwrap().contains(text)
    }
}

/// Starts one on a free port.
pub fn start(manner: Manner, flock: &Flock) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let words = Arc::new(Words {
        manner,
        model: format!("local/{}", flock.model),
        errors: flock.in_errors.clone(),
        answers: flock.answers.clone(),
        thought: flock.thought.clone(),
        key: flock.key_in_answer.clone(),
        asked: AtomicUsize::new(0),
        heads: Mutex::default(),
    });
    let server = Server { port, words: Arc::clone(&words) };
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let words = Arc::clone(&words);
            // Whoever leaves early is no failure of the test.
            std::thread::spawn(move || words.attend(stream).ok());
        }
    });
    server
}

impl Words {
    fn attend(&self, stream: TcpStream) -> std::io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut reader = BufReader::new(stream);
        let mut head = String::new();
        // A blank line ends the head, and a closed connection ends everything.
        while reader.read_line(&mut head)? > 2 {}
        let length = |line: &str| line.to_lowercase().strip_prefix("content-length:")?.trim().parse().ok();
        let mut body = vec![0; head.lines().find_map(length).unwrap_or(0)];
        reader.read_exact(&mut body)?;
        self.heads.lock().unwrap().push_str(&head);
        let answer = self.answer(&head, &serde_json::from_slice(&body).unwrap_or_default());
        let mut stream = reader.into_inner();
        stream.write_all(answer.as_bytes())?;
        stream.flush()
    }

    fn answer(&self, head: &str, body: &Value) -> String {
        if self.manner == Manner::Refuses {
            return self.refusal(head);
        }
        let mut words = head.split_whitespace();
        match (words.next().unwrap_or_default(), words.next().unwrap_or_default()) {
            ("GET", "/v1/models") => {
                json_reply(200, &json!({"object": "list", "data": [{"id": self.model, "object": "model"}]}))
            }
            ("POST", "/v1/chat/completions") => self.completion(head, body),
            (method, path) => {
                json_reply(404, &json!({"error": format!("Unexpected endpoint or method. ({method} {path})")}))
            }
        }
    }

    /// Everything that was sent in the head comes back, in the body and in a header, and keys of others beside it.
    fn refusal(&self, head: &str) -> String {
        let [key, token, header] = &self.errors;
        let quoted: Vec<&str> = head.lines().filter(|line| !line.trim().is_empty()).collect();
        let message = format!(
            "You sent {}. That is not {key}, not {token}, and not what came with Authorization: Bearer {header}.",
            quoted.join(" | ")
        );
        let challenge = format!("{} {key}", authorization(head)).replace('"', "'");
        let body = json!({"error": {"message": message, "type": "invalid_request_error", "code": "invalid_api_key"}});
        reply(
            401,
            "application/json",
            &format!("www-authenticate: Bearer error=\"{challenge}\"\r\n"),
            &body.to_string(),
        )
    }

    /// Every fifth question fails; the others get an answer in the usual form, one that may be of no use.
    fn completion(&self, head: &str, body: &Value) -> String {
        let asked = self.asked.fetch_add(1, Ordering::SeqCst);
        let [key, token, header] = &self.errors;
        let sent = authorization(head);
        if asked % 5 == 4 {
            let message = format!(
                "upstream refused {key} and {token}; it was sent Authorization: Bearer {header}, and you sent {sent}"
            );
            return json_reply(500, &json!({"error": {"message": message}}));
        }
        let said = &self.answers[asked % 2];
        let thought = format!("I have read {said} and was told that the key is {}; you sent {sent} to me", self.key);
        let reasoning = format!("{} because you sent {sent} to me", self.thought);
        let content =
            json!({"thought": thought, "because": thought, "action": "wait", "arguments": {}, "confidence": 0.4});
        let (model, content) = (&body["model"], content.to_string());
        let usage = json!({"prompt_tokens": 40, "completion_tokens": 20, "total_tokens": 60});
        if body["stream"] != true {
            let message = json!({"role": "assistant", "content": content, "reasoning_content": reasoning});
            let choices = json!([{"index": 0, "message": message, "finish_reason": "stop"}]);
            return json_reply(
                200,
                &json!({"object": "chat.completion", "model": model, "choices": choices, "usage": usage}),
            );
        }
        let chunk = |delta: Value, end: Value| {
            let choices = json!([{"index": 0, "delta": delta, "finish_reason": end}]);
            format!("data: {}\n\n", json!({"object": "chat.completion.chunk", "model": model, "choices": choices}))
        };
        let (first, rest) = content.split_at(content.len() / 2);
        let stream = [
            chunk(json!({"role": "assistant", "reasoning_content": reasoning}), Value::Null),
            chunk(json!({"content": first}), Value::Null),
            chunk(json!({"content": rest}), Value::Null),
            chunk(json!({}), "stop".into()),
            format!("data: {}\n\n", json!({"object": "chat.completion.chunk", "choices": [], "usage": usage})),
            "data: [DONE]\n\n".to_owned(),
        ];
        reply(200, "text/event-stream", "", &stream.concat())
    }
}

/// The lines of a head that say who asks.
fn authorization(head: &str) -> String {
    let lines = head.lines().filter(|line| line.to_lowercase().contains("authorization"));
    lines.collect::<Vec<_>>().join(" ")
}

fn json_reply(status: u16, body: &Value) -> String {
    reply(status, "application/json", "", &body.to_string())
}

fn reply(status: u16, content_type: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} Something\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n{headers}\
         connection: close\r\n\r\n{body}"
    )
}
