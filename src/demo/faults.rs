//! What can go wrong on request: the faults a test arms, and which of them strike a given request.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// One thing that goes wrong, where, and how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The end of the path, such as "/chat/completions", or "*" for every path.
    pub on: String,
    /// Only the first so many matching requests; `None` strikes always.
    pub first: Option<usize>,
    pub what: FaultKind,
}

/// What goes wrong. A *delta* is a streamed piece of reasoning, text or tool call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The connection is accepted, then closed without an answer. On "*" before anything is read, on a path as soon
    /// as the path is known.
    Refuse,
    /// The request is read, then the connection is reset.
    Reset,
    /// The request is read and never answered.
    SilentHeaders,
    SlowHeaders(Duration),
    /// Headers and a piece that only names the role, then silence.
    StallBeforeFirstToken,
    /// After so many deltas silence, with the connection open.
    StallMidStream(usize),
    /// After so many deltas the stream ends cleanly, with no finish reason and no `[DONE]`.
    TruncateAfter(usize),
    /// After so many deltas the connection is reset.
    CutAfter(usize),
    /// After so many deltas a line of broken JSON, then the end.
    GarbageAfter(usize),
    /// After so many deltas LM Studio's `event: error` with this message, then the end.
    ErrorEventAfter(usize, String),
    /// A stream with role, usage and `[DONE]`, and nothing said.
    EmptyStream,
    /// This long between two pieces.
    Slow(Duration),
    /// Status, content type, body.
    Status(u16, String, String),
    /// 200 and a web page, as a captive portal or another program on the port gives it.
    HtmlPage,
    /// The answer says it comes from this model.
    WrongModel(String),
    /// Every request that finds the model not loaded adds an instance of its own.
    DuplicateInstances,
    /// The server goes on generating after the client left.
    IgnoreClosedSocket,
    /// A stream was asked for, one JSON object is given.
    JsonInsteadOfSse,
}

/// How much of a request a fault concerns, and so when it is its turn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Before the request is read.
    Connection,
    /// Instead of the answer, whatever was asked.
    Answer,
    /// Inside a stream; other requests do not use it up.
    Stream,
    /// Changes how an answer is made, beside any other fault.
    Manner,
}

impl FaultKind {
    fn reach(&self) -> Reach {
        match self {
            Self::Refuse => Reach::Connection,
            Self::Reset | Self::SilentHeaders | Self::SlowHeaders(_) | Self::Status(..) | Self::HtmlPage => {
                Reach::Answer
            }
            Self::StallBeforeFirstToken
            | Self::StallMidStream(_)
            | Self::TruncateAfter(_)
            | Self::CutAfter(_)
            | Self::GarbageAfter(_)
            | Self::ErrorEventAfter(..)
            | Self::EmptyStream
            | Self::JsonInsteadOfSse => Reach::Stream,
            Self::Slow(_) | Self::WrongModel(_) | Self::DuplicateInstances | Self::IgnoreClosedSocket => Reach::Manner,
        }
    }

    /// How many deltas are told before this fault strikes, if it strikes inside a stream.
    pub(super) fn deltas_before(&self) -> Option<usize> {
        match self {
            Self::StallMidStream(count)
            | Self::TruncateAfter(count)
            | Self::CutAfter(count)
            | Self::GarbageAfter(count)
            | Self::ErrorEventAfter(count, _) => Some(*count),
            _ => None,
        }
    }
}

/// What the armed faults make of one request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Trouble {
    /// The one fault that replaces or spoils the answer.
    pub answer: Option<FaultKind>,
    pub slow: Option<Duration>,
    pub wrong_model: Option<String>,
    pub duplicates_instances: bool,
    pub ignores_closed_socket: bool,
}

impl Trouble {
    fn absorb(&mut self, kind: &FaultKind) {
        match kind {
            FaultKind::Slow(pace) => self.slow = Some(*pace),
            FaultKind::WrongModel(name) => self.wrong_model = Some(name.clone()),
            FaultKind::DuplicateInstances => self.duplicates_instances = true,
            FaultKind::IgnoreClosedSocket => self.ignores_closed_socket = true,
            other => self.answer = Some(other.clone()),
        }
    }
}

struct Armed {
    fault: Fault,
    left: Option<usize>,
}

impl Armed {
    fn matches(&self, path: &str) -> bool {
        self.fault.on == "*" || path.ends_with(&self.fault.on)
    }

    /// Uses the fault up once; false when it is spent.
    fn strike(&mut self) -> bool {
        match &mut self.left {
            None => true,
            Some(0) => false,
            Some(left) => {
                *left -= 1;
                true
            }
        }
    }
}

/// The faults that are armed now.
pub(super) struct Faults(Mutex<Vec<Armed>>);

impl Faults {
    pub fn new(faults: Vec<Fault>) -> Self {
        Self(Mutex::new(arm(faults)))
    }

    pub fn set(&self, faults: Vec<Fault>) {
        *self.armed() = arm(faults);
    }

    /// Whether a connection is closed before anything is read from it.
    pub fn refuses_connection(&self) -> bool {
        self.armed()
            .iter_mut()
            .any(|armed| armed.fault.what == FaultKind::Refuse && armed.fault.on == "*" && armed.strike())
    }

    /// Whether a connection is closed on seeing this path.
    pub fn refuses(&self, path: &str) -> bool {
        self.armed()
            .iter_mut()
            .any(|armed| armed.fault.what == FaultKind::Refuse && armed.matches(path) && armed.strike())
    }

    /// At most one fault replaces or spoils the answer, in the order given, so that a list can tell a story:
    /// first a 503, then a cut stream, then all is well.
    pub fn take(&self, path: &str, infers: bool, streams: bool) -> Trouble {
        let mut trouble = Trouble::default();
        for armed in self.armed().iter_mut().filter(|armed| armed.matches(path)) {
            let applies = match armed.fault.what.reach() {
                Reach::Connection => false,
                Reach::Answer => trouble.answer.is_none(),
                Reach::Stream => streams && trouble.answer.is_none(),
                Reach::Manner => infers,
            };
            if applies && armed.strike() {
                trouble.absorb(&armed.fault.what);
            }
        }
        trouble
    }

    fn armed(&self) -> MutexGuard<'_, Vec<Armed>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn arm(faults: Vec<Fault>) -> Vec<Armed> {
    faults.into_iter().map(|fault| Armed { left: fault.first, fault }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(on: &str, first: Option<usize>, what: FaultKind) -> Fault {
        Fault { on: on.to_owned(), first, what }
    }

    #[test]
    fn a_list_of_faults_tells_a_story() {
        let broken = FaultKind::Status(503, "text/plain".to_owned(), "busy".to_owned());
        let faults = Faults::new(vec![
            fault("/chat/completions", Some(1), broken.clone()),
            fault("/chat/completions", Some(1), FaultKind::CutAfter(2)),
        ]);
        let take = || faults.take("/v1/chat/completions", true, true).answer;
        assert_eq!([take(), take(), take()], [Some(broken), Some(FaultKind::CutAfter(2)), None]);
    }

    #[test]
    fn a_stream_fault_waits_for_a_stream() {
        let faults = Faults::new(vec![fault("*", Some(1), FaultKind::EmptyStream)]);
        assert_eq!(faults.take("/v1/models", false, false), Trouble::default());
        assert_eq!(faults.take("/v1/chat/completions", true, false), Trouble::default());
        assert_eq!(faults.take("/v1/chat/completions", true, true).answer, Some(FaultKind::EmptyStream));
    }

    #[test]
    fn manners_stand_beside_the_fault_that_spoils_the_answer() {
        let faults = Faults::new(vec![
            fault("*", None, FaultKind::Slow(Duration::from_millis(5))),
            fault("*", None, FaultKind::IgnoreClosedSocket),
            fault("*", None, FaultKind::StallMidStream(1)),
        ]);
        let trouble = faults.take("/v1/chat/completions", true, true);
        assert_eq!(trouble.slow, Some(Duration::from_millis(5)));
        assert!(trouble.ignores_closed_socket);
        assert_eq!(trouble.answer, Some(FaultKind::StallMidStream(1)));
    }

    #[test]
    fn only_a_refusal_of_everything_is_decided_before_reading() {
        let faults = Faults::new(vec![fault("/models", None, FaultKind::Refuse)]);
        assert!(!faults.refuses_connection());
        assert!(faults.refuses("/v1/models"));
        assert!(!faults.refuses("/v1/embeddings"));
        faults.set(vec![fault("*", Some(1), FaultKind::Refuse)]);
        assert!(faults.refuses_connection());
        assert!(!faults.refuses_connection());
    }
}
