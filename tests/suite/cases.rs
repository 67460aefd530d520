//! The table: what is asked, what the server does, what has to come of it. One for every client and every counterpart.

use singularis::{
    llm::{Limit, Limits},
    protocol::Cause::{self, *},
};

use Condition::*;
use Question::*;

use crate::question::{Question, patient, short};

/// Letters of one, two, three and four bytes.
pub const TEXT: &str = "Grüße aus 世界, sagte der 🦊 leise.";
/// What a model says before it is interrupted. Words of a model are no words of a server, whatever they sound like.
pub const BEGUN: &str = "The overloaded cart rolls on and on, and nobody knows why the overloaded cart rolls on";
/// What a model says before its provider's filter steps in.
pub const WITHHELD: &str = "First you take the";

/// What a server does when it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Answers so, in pieces where there are spaces.
    Speaks(&'static str),
    /// Calls so many of the tools it was offered.
    Calls(usize),
    /// Answers in the shape that it was given.
    KeepsShape,
    /// Refuses by its filter and says nothing.
    RefusesAtOnce,
    /// Refuses by its filter after it has begun.
    RefusesAmid,
    /// Answers with this status and the body that goes with it.
    Status(u16),
    /// Claims success, and the body is that of a failure.
    ErrorUnder200,
    /// Begins, and then tells of an error in an event.
    ErrorAmid,
    /// Begins, and ends without an end mark, as if all were well.
    Cut,
    /// Begins, and the connection breaks.
    Dropped,
    /// Begins, and then an event is half an object.
    Garbled,
    /// Says nothing at all, not even that the question arrived.
    NoHead,
    /// Says that the question arrived, and nothing more.
    NoWord,
    /// Begins, and falls silent.
    SilentAmid,
    /// Begins, and then sends heartbeats only.
    OnlyHeartbeats,
    /// Answers at once and in JSON, although a stream was asked for.
    WholeJson,
    /// Answers, with heartbeats in between.
    Heartbeats,
    /// Answers, with fields, events and kinds of content that no client knows.
    UnknownFields,
    /// Answers, with `null` and empty strings where nothing is to be said.
    Blanks,
    /// The same, and ends without an end mark: an empty reason for the end is none.
    BlankCut,
    /// Answers byte by byte, with two letters at every line's end, so that every boundary falls somewhere.
    ByteByByte,
}

impl Condition {
    /// The patience with which it is met.
    pub fn limits(self) -> Limits {
        match self {
            Self::NoHead | Self::NoWord => short(Limit::FirstToken),
            Self::SilentAmid | Self::OnlyHeartbeats => short(Limit::BetweenTokens),
            _ => patient(),
        }
    }
}

/// What has to come of it.
pub enum Outcome {
    /// This answer, heard in so many pieces at least.
    Text(&'static str, usize),
    /// So many calls.
    Calls(usize),
    /// The answer in its shape.
    Shape,
    /// A failure of this cause after so many requests, for each client.
    Fails([Cause; 3], [usize; 3]),
    /// An answer that broke off, told as such.
    BreaksOff,
    /// This limit fires.
    TimesOut(Limit, Cause),
}

/// One case.
pub struct Case {
    pub name: &'static str,
    pub question: Question,
    pub condition: Condition,
    pub outcome: Outcome,
}

const fn case(name: &'static str, question: Question, condition: Condition, outcome: Outcome) -> Case {
    Case { name, question, condition, outcome }
}

/// Fails for good, each client for its own cause: the same question is put once and never again.
const fn each(causes: [Cause; 3]) -> Outcome {
    Outcome::Fails(causes, [1; 3])
}

/// The same with one cause for all.
const fn once(cause: Cause) -> Outcome {
    each([cause; 3])
}

/// Fails for now: a provider is asked again, and three times are enough. A server of one's own is asked once, since it
/// says what it means.
const fn thrice(cause: Cause) -> Outcome {
    Outcome::Fails([cause; 3], [1, 3, 3])
}

#[rustfmt::skip]
pub static CASES: &[Case] = &[
    case("a plain answer", Plain, Speaks("Yes."), Outcome::Text("Yes.", 1)),
    case("a streamed answer", Plain, Speaks(TEXT), Outcome::Text(TEXT, 3)),
    case("a tool is called", Tools, Calls(1), Outcome::Calls(1)),
    case("two tools are called", Tools, Calls(2), Outcome::Calls(2)),
    case("a picture goes along", Picture, Speaks(TEXT), Outcome::Text(TEXT, 3)),
    case("a schema goes along", Shape, KeepsShape, Outcome::Shape),
    case("refused at once", Plain, RefusesAtOnce, once(SafetyBlocked)),
    case("refused in the middle", Plain, RefusesAmid, once(SafetyBlocked)),
    case("400, too long", Plain, Status(400), once(ContextOverflow)),
    case("401, a wrong key", Plain, Status(401), once(AuthRequiredOrInvalid)),
    case("403, not allowed", Plain, Status(403), once(AuthRequiredOrInvalid)),
    // Google says the same of a model that never was and of one that is no more.
    case("404, no such model", Plain, Status(404), each([ModelNotFound, ModelNotFound, ModelDeprecated])),
    case("413, too large", Plain, Status(413), once(RequestTooLarge)),
    case("429, too often", Plain, Status(429), thrice(RateLimited)),
    case("500, failed inside", Plain, Status(500), thrice(ServerInternalError)),
    case("503, overloaded", Plain, Status(503), thrice(ServerOverloaded)),
    case("529, overloaded", Plain, Status(529), thrice(ServerOverloaded)),
    case("an error under 200", Plain, ErrorUnder200, once(AuthRequiredOrInvalid)),
    case("an error in mid-stream", Plain, ErrorAmid, each([ModelCrashed, ServerOverloaded, ServerOverloaded])),
    case("cut short", Plain, Cut, Outcome::BreaksOff),
    case("connection lost", Plain, Dropped, Outcome::BreaksOff),
    case("half an object", Plain, Garbled, once(MalformedResponse)),
    case("silence before the head", Plain, NoHead, Outcome::TimesOut(Limit::FirstToken, TimeoutSlowModel)),
    case("silence after the head", Plain, NoWord, Outcome::TimesOut(Limit::FirstToken, TimeoutSlowModel)),
    case("silence in the middle", Plain, SilentAmid, Outcome::TimesOut(Limit::BetweenTokens, StreamStalled)),
    case("heartbeats instead of words", Plain, OnlyHeartbeats, Outcome::TimesOut(Limit::BetweenTokens, StreamStalled)),
    case("JSON instead of a stream", Plain, WholeJson, Outcome::Text(TEXT, 1)),
    case("heartbeats", Plain, Heartbeats, Outcome::Text(TEXT, 3)),
    case("unknown fields", Plain, UnknownFields, Outcome::Text(TEXT, 3)),
    case("blank fields", Plain, Blanks, Outcome::Text(TEXT, 3)),
    case("cut short with blank fields", Plain, BlankCut, Outcome::BreaksOff),
    case("boundaries inside characters", Plain, ByteByByte, Outcome::Text(TEXT, 3)),
];
