//! Whether a provider is asked at all: after several failures in a row, or because it says so itself, it is left alone
//! until a certain time, and then asked again by itself.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::{
    Error,
    retry::{Meaning, meaning},
};
use crate::protocol::Moment;

/// So many failures in a row open it.
const FAILURES_IN_A_ROW: u32 = 2;
/// For so long, where nobody says for how long.
const LEFT_ALONE_FOR: Duration = Duration::from_secs(60);

/// One provider's circuit.
#[derive(Debug, Default)]
pub struct Circuit(Mutex<Book>);

#[derive(Debug, Default)]
struct Book {
    failures: u32,
    /// Why the last question failed, if it did.
    why: String,
    rest: Option<(Instant, Rest)>,
}

impl Book {
    /// Either clock may run ahead: the one that waits stands still while the machine sleeps, the one on the wall is set.
    fn has_rested(&self) -> bool {
        self.rest.as_ref().is_some_and(|(until, rest)| *until <= Instant::now() || rest.until <= Moment::now())
    }
}

/// The provider is left alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rest {
    /// By the clock on the wall.
    pub until: Moment,
    /// In one sentence without a full stop.
    pub why: String,
    /// The provider said so itself, so that a question before then can only fail.
    pub is_told: bool,
}

impl Circuit {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Until when it is left alone, if it is.
    pub fn rest(&self) -> Option<Rest> {
        let mut book = self.book();
        if book.has_rested() {
            // One more failure after the rest is enough to begin the next one.
            book.rest = None;
            book.failures = FAILURES_IN_A_ROW - 1;
        }
        book.rest.as_ref().map(|(_, rest)| rest.clone())
    }

    /// Why the last question failed; empty if it did not.
    pub fn why(&self) -> String {
        self.book().why.clone()
    }

    /// An answer came. What the provider said itself about when it answers is not undone by a question that had left
    /// before.
    pub fn answered(&self) {
        let mut book = self.book();
        let rest = book.rest.take().filter(|(_, rest)| rest.is_told);
        *book = Book { rest, ..Book::default() };
    }

    /// A question failed for good.
    pub fn failed(&self, error: &Error) {
        let (rests_for, is_told) = match (error, error.evidence().map(meaning)) {
            // Somebody has switched local only on meanwhile.
            (Error::Locked { .. }, _) => (Some(LEFT_ALONE_FOR), false),
            (_, None | Some(Meaning::OfTheQuestion)) => return,
            // Nothing is wrong with the provider, but somebody else is asked for this reason.
            (_, Some(Meaning::OfTheModel)) => {
                self.book().why = error.problem().summary;
                return;
            }
            (_, Some(Meaning::Passing)) => (None, false),
            (_, Some(Meaning::OutFor(wait, is_told))) => (Some(wait), is_told),
        };
        let mut book = self.book();
        book.failures += 1;
        book.why = error.problem().summary;
        let rests_for = rests_for.or((book.failures >= FAILURES_IN_A_ROW).then_some(LEFT_ALONE_FOR));
        if let Some(wait) = rests_for {
            let rest = Rest { until: Moment::now().after(wait), why: book.why.clone(), is_told };
            let until = Instant::now() + wait;
            if book.rest.as_ref().is_none_or(|(earlier, _)| *earlier < until) {
                book.rest = Some((until, rest));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::llm::{Evidence, Fault, evidence::Observed};

    fn failure(status: u16, words: &str, retry_after: Option<&str>) -> Error {
        let headers = retry_after.map(|wait| [("retry-after".to_owned(), wait.to_owned())].into());
        let body = Some(json!({"error": {"message": words}}).to_string());
        let observed = Observed { status: Some(status), headers, body, ..Observed::default() };
        Evidence { observed, ..Evidence::default() }.with(Fault::Status).into()
    }

    #[tokio::test(start_paused = true)]
    async fn two_failures_in_a_row_open_it_for_a_minute_and_it_closes_by_itself() {
        let circuit = Circuit::default();
        circuit.failed(&failure(503, "overloaded", None));
        circuit.answered();
        circuit.failed(&failure(503, "overloaded", None));
        assert_eq!(circuit.rest(), None, "an answer in between counts");
        circuit.answered();
        circuit.failed(&failure(503, "overloaded", None));
        circuit.failed(&failure(503, "overloaded", None));
        assert!(circuit.rest().is_some_and(|rest| !rest.is_told && !rest.why.is_empty()));
        tokio::time::advance(LEFT_ALONE_FOR).await;
        assert_eq!(circuit.rest(), None);
        circuit.failed(&failure(503, "overloaded", None));
        assert!(circuit.rest().is_some(), "still out of reach");
    }

    #[tokio::test(start_paused = true)]
    async fn a_long_pause_and_a_refused_key_open_it_at_once_and_a_wrong_question_never_does() {
        let circuit = Circuit::default();
        for _ in 0..5 {
            circuit.failed(&failure(413, "request too large", None));
        }
        assert_eq!(circuit.rest(), None);
        circuit.failed(&failure(429, "rate limit per minute", Some("90")));
        assert!(circuit.rest().is_some_and(|rest| rest.is_told));
        tokio::time::advance(Duration::from_secs(89)).await;
        circuit.answered();
        assert!(circuit.rest().is_some());
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(circuit.rest(), None);
        let refused = Circuit::default();
        refused.failed(&failure(401, "invalid x-api-key", None));
        assert!(refused.rest().is_some_and(|rest| !rest.is_told));
    }
}
