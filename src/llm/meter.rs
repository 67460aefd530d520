//! Requests and tokens in any sixty seconds: a line in which nobody is overtaken, so that a large question does not starve
//! behind many small ones. Each reserves the most that it can take and gives back what it did not.
//!
//! A window that slides is exact where a bucket that fills is not: the usual one for sixty a minute lets twice as many
//! through in the first minute.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Mutex as Line, Notify},
    time::{Instant, sleep_until},
};

/// What the limits are counted over.
const WINDOW: Duration = Duration::from_secs(60);

/// The most in any sixty seconds; 0 for no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MinuteLimits {
    pub requests: u64,
    pub tokens: u64,
}

/// What was let through in the last sixty seconds. Cheap to clone; all clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Meter(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    book: Mutex<Book>,
    /// Whoever holds it is the next; the others wait behind in the order in which they came.
    line: Line<()>,
    has_room: Notify,
}

#[derive(Debug, Default)]
struct Book {
    limits: MinuteLimits,
    next: u64,
    passed: VecDeque<Passed>,
}

#[derive(Debug)]
struct Passed {
    number: u64,
    at: Instant,
    tokens: u64,
}

/// A place in the last sixty seconds. Until it is settled it counts as what was reserved; dropped before the question has
/// left, it was never taken.
#[derive(Debug)]
pub struct Reservation {
    meter: Meter,
    number: u64,
    has_left: bool,
}

impl Meter {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on these limits hold; what was let through before still counts.
    pub fn set(&self, limits: MinuteLimits) {
        self.book().limits = limits;
        self.0.has_room.notify_waiters();
    }

    pub fn limits(&self) -> MinuteLimits {
        self.book().limits
    }

    /// Requests and tokens of the last sixty seconds.
    pub fn now(&self) -> (u64, u64) {
        let mut book = self.book();
        book.forget_old();
        (book.passed.len() as u64, book.tokens())
    }

    /// True where a question would have to wait.
    pub fn is_full(&self) -> bool {
        let (requests, tokens) = self.now();
        let limits = self.limits();
        (limits.requests > 0 && requests >= limits.requests) || (limits.tokens > 0 && tokens >= limits.tokens)
    }

    /// Waits for its turn and for room. `tokens` is the most that the question can take; one that is larger than the
    /// limit itself is let through alone.
    pub async fn reserve(&self, tokens: u64) -> Reservation {
        let _first_in_line = self.0.line.lock().await;
        loop {
            let changed = self.0.has_room.notified();
            tokio::pin!(changed);
            // Whoever settles from here on is heard.
            changed.as_mut().enable();
            let admitted = self.book().admit(tokens);
            match admitted {
                Ok(number) => return Reservation { meter: self.clone(), number, has_left: false },
                Err(room_at) => tokio::select! {
                    () = sleep_until(room_at) => {}
                    () = changed => {}
                },
            }
        }
    }
}

impl Book {
    fn forget_old(&mut self) {
        let now = Instant::now();
        while self.passed.front().is_some_and(|passed| now.duration_since(passed.at) >= WINDOW) {
            self.passed.pop_front();
        }
    }

    fn tokens(&self) -> u64 {
        self.passed.iter().map(|passed| passed.tokens).sum()
    }

    /// Lets a question through, or says when there may be room.
    fn admit(&mut self, tokens: u64) -> Result<u64, Instant> {
        self.forget_old();
        let MinuteLimits { requests, tokens: most } = self.limits;
        let has_place = requests == 0 || (self.passed.len() as u64) < requests;
        let has_tokens = most == 0 || self.passed.is_empty() || self.tokens() + tokens <= most;
        if let Some(oldest) = self.passed.front().filter(|_| !has_place || !has_tokens) {
            return Err(oldest.at + WINDOW);
        }
        self.next += 1;
        self.passed.push_back(Passed { number: self.next, at: Instant::now(), tokens });
        Ok(self.next)
    }
}

impl Reservation {
    /// The question leaves now; from here on its minute is counted.
    pub fn leave(&mut self) {
        self.has_left = true;
        let mut book = self.meter.book();
        if let Some(at) = book.passed.iter().position(|passed| passed.number == self.number)
            && let Some(passed) = book.passed.remove(at)
        {
            book.passed.push_back(Passed { at: Instant::now(), ..passed });
        }
    }

    /// It did not leave after all.
    pub fn stay(&mut self) {
        self.has_left = false;
    }

    /// What it really took. Without it the reserved amount counts, because nobody knows better.
    pub fn settle(self, tokens: u64) {
        let mut book = self.meter.book();
        if let Some(passed) = book.passed.iter_mut().find(|passed| passed.number == self.number) {
            passed.tokens = tokens;
        }
        drop(book);
        self.meter.0.has_room.notify_waiters();
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        if !self.has_left {
            self.meter.book().passed.retain(|passed| passed.number != self.number);
            self.meter.0.has_room.notify_waiters();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meter(requests: u64, tokens: u64) -> Meter {
        let meter = Meter::default();
        meter.set(MinuteLimits { requests, tokens });
        meter
    }

    #[tokio::test(start_paused = true)]
    async fn no_sixty_seconds_see_more_than_the_limit() {
        let (meter, began) = (meter(3, 0), Instant::now());
        let mut passed = Vec::new();
        for _ in 0..10 {
            meter.reserve(1).await.leave();
            passed.push(began.elapsed().as_secs());
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        assert_eq!(passed, [0, 1, 2, 60, 61, 62, 120, 121, 122, 180]);
        assert_eq!(meter.now().0, 2, "the last minute holds the last but one and the last");
    }

    #[tokio::test(start_paused = true)]
    async fn a_large_question_is_not_overtaken_and_what_was_not_used_is_given_back() {
        let (meter, began) = (meter(0, 1000), Instant::now());
        let mut first = meter.reserve(900).await;
        first.leave();
        let order = Arc::new(Mutex::new(Vec::new()));
        let mut waiting = tokio::task::JoinSet::new();
        for (name, tokens) in [("large", 800), ("small", 50)] {
            let (meter, order) = (meter.clone(), Arc::clone(&order));
            waiting.spawn(async move {
                meter.reserve(tokens).await.leave();
                order.lock().unwrap().push((name, began.elapsed().as_secs()));
            });
            tokio::task::yield_now().await;
        }
        tokio::time::sleep(Duration::from_secs(5)).await;
        assert!(order.lock().unwrap().is_empty(), "the small one waits behind the large one");
        first.settle(100);
        waiting.join_all().await;
        assert_eq!(*order.lock().unwrap(), [("large", 5), ("small", 5)]);
        assert_eq!(meter.now(), (3, 950));
    }

    #[tokio::test(start_paused = true)]
    async fn one_that_is_larger_than_the_limit_goes_alone_and_no_limit_is_none() {
        let (small, began) = (meter(0, 100), Instant::now());
        small.reserve(5000).await.leave();
        small.reserve(1).await.leave();
        assert_eq!(began.elapsed(), WINDOW);
        let free = meter(0, 0);
        for _ in 0..1000 {
            free.reserve(1_000_000).await.leave();
        }
        assert_eq!(began.elapsed(), WINDOW);
    }

    #[tokio::test(start_paused = true)]
    async fn what_never_left_was_never_taken_and_a_minute_begins_when_the_question_leaves() {
        let (meter, began) = (meter(1, 0), Instant::now());
        drop(meter.reserve(1).await);
        assert_eq!((meter.now(), meter.is_full()), ((0, 0), false));
        let mut held = meter.reserve(1).await;
        tokio::time::sleep(Duration::from_secs(50)).await;
        held.leave();
        meter.reserve(1).await.leave();
        assert_eq!(began.elapsed(), Duration::from_secs(110));
        assert!(meter.is_full());
    }
}
