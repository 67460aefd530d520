//! What our raw server can answer: a reply as what is done one thing after the other, and the replies of the suite.

use std::time::Duration;

use crate::{
    cases::{BEGUN, Condition, TEXT, WITHHELD},
    client::Client,
    formats::{End, calls, closing, error, opening, pieces, refusal, speech, whole},
    oddities::{HEARTBEATS, blank_cut, with_blanks, with_heartbeats, with_unknown_fields},
    refusals::{PASSING, PAUSE, body},
};

/// Between two heartbeats.
const BEAT: Duration = Duration::from_millis(50);

/// One thing that a server does.
#[derive(Clone, Debug)]
pub enum Step {
    /// Sends these bytes in one chunk.
    Say(Vec<u8>),
    Wait(Duration),
}

/// How an answer ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// As HTTP wants it, whatever the events before it were.
    Proper,
    /// In the middle of a chunk.
    Broken,
    /// Not at all: the connection stays open.
    Open,
    /// It does not even begin.
    Silent,
}

/// One answer.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub content_type: &'static str,
    /// The pause that is asked for, in the header or in the body.
    pub pause: Option<Duration>,
    /// The pause as the header asks for it.
    pub retry_after: Option<Duration>,
    pub steps: Vec<Step>,
    pub ending: Ending,
    /// True for an answer that breaks off.
    pub is_cut: bool,
}

impl Reply {
    fn new(status: u16, content_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        let steps = vec![Step::Say(body.into())];
        Self { status, content_type, pause: None, retry_after: None, steps, ending: Ending::Proper, is_cut: false }
    }

    /// A stream of events.
    pub fn stream(events: impl Into<Vec<u8>>) -> Self {
        Self::new(200, "text/event-stream; charset=utf-8", events)
    }

    /// A refusal, with the pause it asks for: in a header, or in the body where Google says it.
    pub fn refusal(client: Client, status: u16, pause: Option<Duration>) -> Self {
        let is_in_body = client == Client::Gemini && status == 429;
        let retry_after = pause.filter(|_| !is_in_body);
        let body = body(client, status, pause.filter(|_| is_in_body));
        Self { pause, retry_after, ..Self::new(status, "application/json", body.to_string()) }
    }

    fn ending(self, ending: Ending) -> Self {
        Self { ending, ..self }
    }

    /// The same answer, known to break off.
    fn cut(self) -> Self {
        Self { is_cut: true, ..self }
    }
}

/// What our server answers this client under this condition. It can do everything.
pub fn reply(client: Client, condition: Condition) -> Reply {
    let begun = || opening(client) + &pieces(client, BEGUN);
    match condition {
        Condition::Speaks(text) => Reply::stream(speech(client, text)),
        Condition::Calls(count) => Reply::stream(calls(client, count)),
        Condition::KeepsShape => Reply::stream(speech(client, "{\"answer\": \"yes\"}")),
        Condition::RefusesAtOnce => Reply::stream(refusal(client)),
        Condition::RefusesAmid => {
            Reply::stream(opening(client) + &pieces(client, WITHHELD) + &closing(client, End::Refused))
        }
        Condition::Status(status) => Reply::refusal(client, status, PASSING.contains(&status).then_some(PAUSE)),
        Condition::ErrorUnder200 => Reply::new(200, "application/json", body(client, 401, None).to_string()),
        Condition::ErrorAmid => Reply::stream(begun() + &error(client)),
        Condition::Cut => Reply::stream(begun()).cut(),
        Condition::Dropped => Reply::stream(begun()).ending(Ending::Broken).cut(),
        Condition::Garbled => {
            let half = pieces(client, TEXT);
            let end = half.find("\"text\"").or_else(|| half.find("\"content\"")).unwrap_or_default();
            Reply::stream(format!("{}{}\n\n{}", begun(), &half[..end], closing(client, End::Done)))
        }
        Condition::NoHead => Reply::stream("").ending(Ending::Silent),
        Condition::NoWord => Reply::stream(opening(client)).ending(Ending::Open),
        Condition::SilentAmid => Reply::stream(begun()).ending(Ending::Open),
        Condition::OnlyHeartbeats => {
            let mut reply = Reply::stream(begun()).ending(Ending::Open);
            let beats = std::iter::repeat_n([Step::Wait(BEAT), Step::Say(HEARTBEATS.into())], 60);
            reply.steps.extend(beats.flatten());
            reply
        }
        Condition::WholeJson => Reply::new(200, "application/json", whole(client, TEXT).to_string()),
        Condition::Heartbeats => Reply::stream(with_heartbeats(client, TEXT)),
        Condition::UnknownFields => Reply::stream(with_unknown_fields(client, TEXT)),
        Condition::Blanks => Reply::stream(with_blanks(client, TEXT)),
        Condition::BlankCut => Reply::stream(blank_cut(client, BEGUN)).cut(),
        Condition::ByteByByte => {
            let events = speech(client, TEXT).replace('\n', "\r\n");
            let steps = events.bytes().map(|byte| Step::Say(vec![byte])).collect();
            Reply { steps, ..Reply::stream("") }
        }
    }
}
