//! A scripted mind: it takes the time that the test gives it, and remembers what it was asked.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use singularis::{
    environment::BoxFuture,
    llm::{Error, open::millis},
    mind::{Decision, Mind, MindError, Question},
    protocol::{ActionCall, ProposalView},
};
use tokio::time::{Instant, sleep};

/// Longer than any test lasts.
pub const FOR_EVER: u64 = 8_640_000_000;

type Thinks = Box<dyn Fn(&Question, usize) -> Thought + Send + Sync>;

/// What comes of a question, and after how long.
pub struct Thought {
    takes: Duration,
    says: Result<Decision, MindError>,
}

impl Thought {
    /// A decision after so many milliseconds.
    pub fn after(milliseconds: u64, action: ActionCall) -> Self {
        // A mind that takes no time goes round for ever before the time goes on.
        assert!(milliseconds > 0, "thinking takes time");
        let decision = Decision {
            action,
            by: "thinker".to_owned(),
            because: "it is in the script".to_owned(),
            confidence: 1.0,
            proposals: Vec::new(),
            shortfalls: Vec::new(),
        };
        Self { takes: Duration::from_millis(milliseconds), says: Ok(decision) }
    }

    /// Nobody answers, and that is known after so many milliseconds.
    pub fn failing_after(milliseconds: u64) -> Self {
        Self { takes: Duration::from_millis(milliseconds), says: Err(unanswered()) }
    }

    /// The decision was made with this advice.
    pub fn advised(mut self, title: &str, action: ActionCall) -> Self {
        let proposal = ProposalView {
            title: title.to_owned(),
            action: Some(action),
            thought: String::new(),
            confidence: 1.0,
            followed: false,
            decisive: false,
            took_ms: 0,
            tokens: None,
            usd: None,
        };
        if let Ok(decision) = &mut self.says {
            decision.proposals.push(proposal);
        }
        self
    }
}

/// Why nobody answered.
pub fn unanswered() -> MindError {
    MindError::nobody(vec![Error::Locked { host: "far-away".to_owned() }], Vec::new())
}

/// A question and its end, in milliseconds since the session began.
#[derive(Clone, Debug)]
pub struct Asked {
    pub at: u64,
    pub question: Question,
    pub ended: Option<u64>,
    pub is_broken_off: bool,
}

/// The mind. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Thinker(Arc<Shared>);

struct Shared {
    thinks: Thinks,
    wants_picture: bool,
    book: Mutex<Book>,
}

struct Book {
    began: Instant,
    asked: Vec<Asked>,
}

impl Thinker {
    /// A mind that thinks this of the question with this number, from 1.
    pub fn new(thinks: impl Fn(&Question, usize) -> Thought + Send + Sync + 'static) -> Self {
        Self::with(Box::new(thinks), false)
    }

    /// The same with eyes.
    pub fn seeing(thinks: impl Fn(&Question, usize) -> Thought + Send + Sync + 'static) -> Self {
        Self::with(Box::new(thinks), true)
    }

    /// A mind that always takes so many milliseconds and always decides the same.
    pub fn always(milliseconds: u64, name: &'static str) -> Self {
        Self::new(move |_question, _number| Thought::after(milliseconds, ActionCall::bare(name)))
    }

    fn with(thinks: Thinks, wants_picture: bool) -> Self {
        let book = Mutex::new(Book { began: Instant::now(), asked: Vec::new() });
        Self(Arc::new(Shared { thinks, wants_picture, book }))
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The session begins now.
    pub fn begin(&self) {
        self.book().began = Instant::now();
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.book().asked.clone()
    }

    /// When it was asked.
    pub fn times(&self) -> Vec<u64> {
        self.asked().iter().map(|asked| asked.at).collect()
    }

    /// What it was asked, the first question first.
    pub fn questions(&self) -> Vec<Question> {
        self.asked().into_iter().map(|asked| asked.question).collect()
    }

    fn set_out(&self, question: &Question) -> (Thought, Thinking) {
        let mut book = self.book();
        let is_busy = book.asked.last().is_some_and(|asked| asked.ended.is_none());
        assert!(!is_busy, "it was asked while it was thinking");
        let at = millis(book.began.elapsed());
        book.asked.push(Asked { at, question: question.clone(), ended: None, is_broken_off: false });
        let number = book.asked.len();
        drop(book);
        let thinking = Thinking { thinker: self.clone(), number, is_whole: false };
        ((self.0.thinks)(question, number), thinking)
    }
}

/// A question under way. Dropping it breaks the question off.
struct Thinking {
    thinker: Thinker,
    number: usize,
    is_whole: bool,
}

impl Thinking {
    fn end(mut self) {
        self.is_whole = true;
    }
}

impl Drop for Thinking {
    fn drop(&mut self) {
        let mut book = self.thinker.book();
        let now = millis(book.began.elapsed());
        let asked = &mut book.asked[self.number - 1];
        (asked.ended, asked.is_broken_off) = (Some(now), !self.is_whole);
    }
}

impl Mind for Thinker {
    fn decide<'a>(&'a self, question: &'a Question) -> BoxFuture<'a, Result<Decision, MindError>> {
        Box::pin(async move {
            let (thought, thinking) = self.set_out(question);
            sleep(thought.takes).await;
            thinking.end();
            thought.says
        })
    }

    fn wants_picture(&self) -> bool {
        self.0.wants_picture
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}
