//! What an environment holds, reachable without its lock: an environment that hears nothing must not keep a key
//! pressed or a child alive.

use std::{
    any::Any,
    mem,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use tokio::{task::spawn_blocking, time::timeout_at};

use crate::{
    process::Children,
    protocol::{CertificateItem, OpenKind, Outcome},
};

/// How long letting go of one key is waited for before the next one is let go of too.
const EACH_MAY_TAKE: Duration = Duration::from_millis(100);
/// So long each is waited for even after the others have used up the time: most ways to let go take no longer.
const A_MOMENT: Duration = Duration::from_millis(50);

/// What an environment holds. Cheap to clone; all clones are the same.
///
/// Children that are in here are ended with the session, asked first and killed only then. An environment need not end
/// them in its `release`, which has less time than that takes.
#[derive(Clone, Default)]
pub struct Holdings {
    pub children: Children,
    pub keys: HeldKeys,
}

/// Keys and buttons that are pressed, each with the way to let go of it. Cheap to clone; all clones are the same.
/// Dropping the last one lets go of all.
#[derive(Clone, Default)]
pub struct HeldKeys(Arc<Ledger>);

#[derive(Default)]
struct Ledger {
    book: Mutex<Book>,
    /// Told whenever a key was let go of, or could not be.
    is_over: Condvar,
}

#[derive(Default)]
struct Book {
    /// In the order in which they were pressed.
    held: Vec<Pressed>,
    /// How often something was pressed.
    presses: u64,
    /// Everything was told to be let go of, so nothing is pressed any more.
    is_closed: bool,
}

type Release = Box<dyn FnOnce() -> Result<(), String> + Send>;

struct Pressed {
    name: String,
    /// Tells this press from another one of the same key.
    number: u64,
    hold: Hold,
}

enum Hold {
    Down(Release),
    /// Somebody is at it.
    LettingGo,
    /// It could not be let go of, for this reason.
    Stuck(String),
}

impl HeldKeys {
    /// Writes down that a key or button of this name is pressed, before it is. `release` lets go of it; it may be
    /// called from any thread and must not hold this ledger. A key is down once: pressing it again replaces the way to
    /// let go of it.
    ///
    /// False once everything was told to be let go of: then nothing is written down, and the caller must not press.
    /// Whoever has pressed asks [`is_closed`](Self::is_closed) afterwards, for the end may have come in between; then
    /// the key was let go of before it was down, and the caller lets go of it.
    pub fn press(&self, name: &str, release: impl FnOnce() -> Result<(), String> + Send + 'static) -> bool {
        let mut book = self.0.book();
        if book.is_closed {
            return false;
        }
        book.presses += 1;
        let pressed = Pressed { name: name.to_owned(), number: book.presses, hold: Hold::Down(Box::new(release)) };
        let at = book.held.iter().position(|other| other.name == name);
        let replaced = at.map(|at| book.held.remove(at));
        book.held.push(pressed);
        drop(book);
        // Only now, because what it holds may end with it and want the ledger.
        drop(replaced);
        true
    }

    /// Everything was told to be let go of, so nothing may be pressed any more.
    pub fn is_closed(&self) -> bool {
        self.0.book().is_closed
    }

    /// Lets go of one. Nothing happens if it is not pressed; an error says why it may still be down.
    pub fn release(&self, name: &str) -> Result<(), String> {
        self.0.release(name)
    }

    /// Lets go of all, the last one pressed first, and says of each how that went.
    pub fn release_all(&self) -> Vec<CertificateItem> {
        self.0.release_all()
    }

    /// Like [`release_all`](Self::release_all), for good and without waiting for ways that hang: nothing is pressed any
    /// more, each key is let go of in its own thread and in order, and those that are not let go of in time are named.
    /// Each has at least a moment, so where many hang it takes that much longer than the limit.
    pub async fn release_all_within(&self, limit: Duration) -> Vec<CertificateItem> {
        let deadline = tokio::time::Instant::now() + limit;
        let mut items = Vec::new();
        for name in self.0.close() {
            let began = Instant::now();
            let (ledger, key) = (Arc::clone(&self.0), name.clone());
            let letting_go = spawn_blocking(move || {
                ledger.wait_for_others(&key);
                ledger.release(&key)
            });
            let now = tokio::time::Instant::now();
            // Those that hang must not use up the time of the others.
            let until = deadline.max(now + A_MOMENT).min(now + EACH_MAY_TAKE);
            let released = match timeout_at(until, letting_go).await {
                Ok(Ok(released)) => released,
                Ok(Err(broken)) => Err(broken.to_string()),
                Err(_too_slow) => Err("letting go of it took too long".to_owned()),
            };
            items.push(item(name, released, began));
        }
        items
    }

    /// The names of those that are or may be pressed, in the order in which they were.
    pub fn held(&self) -> Vec<String> {
        self.0.book().held.iter().map(|pressed| pressed.name.clone()).collect()
    }
}

impl Ledger {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An action that ends may be letting go of this key just now; that is waited for like one's own doing.
    fn wait_for_others(&self, name: &str) {
        let is_at_it = |book: &mut Book| {
            book.held.iter().any(|pressed| pressed.name == name && matches!(pressed.hold, Hold::LettingGo))
        };
        let _whoever_asks_next_sees = self.is_over.wait_timeout_while(self.book(), EACH_MAY_TAKE, is_at_it);
    }

    /// Lets nothing be pressed any more, and gives what is, the last one pressed first.
    fn close(&self) -> Vec<String> {
        let mut book = self.book();
        book.is_closed = true;
        book.newest_first()
    }

    fn release_all(&self) -> Vec<CertificateItem> {
        let release = |name: String| {
            let began = Instant::now();
            let released = self.release(&name);
            item(name, released, began)
        };
        let names = self.book().newest_first();
        names.into_iter().map(release).collect()
    }

    /// The way to let go is not gone under the lock: it may take long, or hang. Meanwhile the key may be pressed again,
    /// which is another press and stays as it is.
    fn release(&self, name: &str) -> Result<(), String> {
        let Some((number, hold)) = self.book().take(name) else { return Ok(()) };
        let released = match hold {
            Hold::Down(release) => catch_unwind(AssertUnwindSafe(release))
                .unwrap_or_else(|panic| Err(format!("letting go of it panicked: {}", panic_words(&*panic)))),
            Hold::LettingGo => return Err("letting go of it takes long".to_owned()),
            Hold::Stuck(words) => Err(words),
        };
        let mut book = self.book();
        match &released {
            Ok(()) => book.held.retain(|pressed| pressed.number != number),
            Err(words) => {
                if let Some(pressed) = book.held.iter_mut().find(|pressed| pressed.number == number) {
                    pressed.hold = Hold::Stuck(words.clone());
                }
            }
        }
        drop(book);
        self.is_over.notify_all();
        released
    }
}

impl Book {
    fn newest_first(&self) -> Vec<String> {
        self.held.iter().rev().map(|pressed| pressed.name.clone()).collect()
    }

    /// The way to let go of a key, which is of whoever takes it, and the number of its press.
    fn take(&mut self, name: &str) -> Option<(u64, Hold)> {
        let pressed = self.held.iter_mut().find(|pressed| pressed.name == name)?;
        Some((pressed.number, mem::replace(&mut pressed.hold, Hold::LettingGo)))
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        let _nobody_is_left_to_tell = self.release_all();
    }
}

fn item(name: String, released: Result<(), String>, began: Instant) -> CertificateItem {
    CertificateItem {
        kind: OpenKind::Key,
        name,
        outcome: if released.is_ok() { Outcome::Closed } else { Outcome::Failed },
        took_ms: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        note: released.err().unwrap_or_default(),
    }
}

/// What was said in a panic.
pub fn panic_words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without words")
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// What the keys said, in order, and a way to let go that says a name.
    fn board() -> (HeldKeys, mpsc::Receiver<&'static str>, impl Fn(&'static str)) {
        let (said, heard) = mpsc::channel();
        let keys = HeldKeys::default();
        let pressing = keys.clone();
        let press = move |name: &'static str| {
            let said = said.clone();
            pressing.press(name, move || said.send(name).map_err(|error| error.to_string()));
        };
        (keys, heard, press)
    }

    fn ends(items: &[CertificateItem]) -> Vec<(&str, Outcome, &str)> {
        items.iter().map(|item| (item.name.as_str(), item.outcome, item.note.as_str())).collect()
    }

    #[test]
    fn all_are_let_go_of_the_last_one_first() {
        let (keys, heard, press) = board();
        ["shift", "w", "left button"].into_iter().for_each(&press);
        press("shift");
        assert_eq!(keys.release("w"), Ok(()));
        assert_eq!(keys.release("never pressed"), Ok(()));
        assert_eq!(keys.held(), ["left button", "shift"]);
        let items = keys.release_all();
        let expected = [("shift", Outcome::Closed, ""), ("left button", Outcome::Closed, "")];
        assert_eq!(ends(&items), expected);
        assert!(items.iter().all(|item| item.kind == OpenKind::Key));
        assert_eq!(heard.try_iter().collect::<Vec<_>>(), ["w", "shift", "left button"]);
        assert_eq!((keys.held().len(), keys.release_all().len()), (0, 0));
    }

    #[test]
    fn one_that_fails_or_panics_is_named_and_keeps_no_other_down() {
        let (keys, heard, press) = board();
        press("a");
        keys.press("b", || Err("no such display".to_owned()));
        keys.press("c", || panic!("out of keys"));
        let expected = [
            ("c", Outcome::Failed, "letting go of it panicked: out of keys"),
            ("b", Outcome::Failed, "no such display"),
            ("a", Outcome::Closed, ""),
        ];
        assert_eq!(ends(&keys.release_all()), expected);
        assert_eq!(keys.held(), ["b", "c"], "they may still be down");
        assert_eq!(keys.release("b"), Err("no such display".to_owned()));
        assert_eq!(heard.try_iter().collect::<Vec<_>>(), ["a"]);
    }

    #[test]
    fn the_last_handle_lets_go() {
        let (keys, heard, press) = board();
        press("w");
        drop(keys);
        assert_eq!(heard.try_recv(), Err(mpsc::TryRecvError::Empty), "somebody still holds it");
        drop(press);
        assert_eq!(heard.try_recv(), Ok("w"));
    }

    #[tokio::test]
    async fn one_that_hangs_keeps_no_other_down() {
        let (keys, heard, press) = board();
        let (go_on, hangs) = mpsc::channel::<()>();
        press("a");
        keys.press("b", move || hangs.recv().map_err(|error| error.to_string()));
        press("c");
        let items = keys.release_all_within(Duration::from_millis(300)).await;
        let expected = [
            ("c", Outcome::Closed, ""),
            ("b", Outcome::Failed, "letting go of it took too long"),
            ("a", Outcome::Closed, ""),
        ];
        assert_eq!(ends(&items), expected);
        assert_eq!(keys.held(), ["b"]);
        assert_eq!(heard.try_iter().collect::<Vec<_>>(), ["c", "a"]);
        go_on.send(()).unwrap();
    }

    #[tokio::test]
    async fn two_that_hang_take_no_time_from_the_others() {
        let (keys, heard, press) = board();
        press("a");
        let mut go_on = Vec::new();
        for name in ["b", "c"] {
            let (sender, hangs) = mpsc::channel::<()>();
            keys.press(name, move || hangs.recv().map_err(|error| error.to_string()));
            go_on.push(sender);
        }
        let items = keys.release_all_within(2 * EACH_MAY_TAKE).await;
        let too_long = "letting go of it took too long";
        let expected = [("c", Outcome::Failed, too_long), ("b", Outcome::Failed, too_long), ("a", Outcome::Closed, "")];
        assert_eq!(ends(&items), expected);
        assert_eq!((keys.held(), heard.try_recv()), (vec!["b".to_owned(), "c".to_owned()], Ok("a")));
        go_on.iter().for_each(|sender| sender.send(()).unwrap());
    }

    #[tokio::test]
    async fn what_somebody_else_is_letting_go_of_is_waited_for() {
        let keys = HeldKeys::default();
        let (begin, began) = mpsc::channel();
        let (go_on, waits) = mpsc::channel::<()>();
        keys.press("w", move || {
            begin.send(()).map_err(|error| error.to_string())?;
            waits.recv().map_err(|error| error.to_string())
        });
        let other = keys.clone();
        let letting_go = std::thread::spawn(move || other.release("w"));
        began.recv().unwrap();
        let ending = keys.release_all_within(2 * EACH_MAY_TAKE);
        let (items, ()) = tokio::join!(ending, async { go_on.send(()).unwrap() });
        assert_eq!(ends(&items), [("w", Outcome::Closed, "")]);
        assert_eq!((letting_go.join().unwrap(), keys.held().len()), (Ok(()), 0));
    }

    #[tokio::test]
    async fn nothing_is_pressed_once_everything_was_let_go_of() {
        let keys = HeldKeys::default();
        assert!(keys.press("w", || Ok(())) && !keys.is_closed());
        assert_eq!(keys.release_all().len(), 1);
        assert!(keys.press("w", || Ok(())), "this does not close it");
        assert_eq!(keys.release_all_within(EACH_MAY_TAKE).await.len(), 1);
        assert!(!keys.press("w", || panic!("nobody lets go of what was never pressed")));
        assert!(keys.is_closed() && keys.clone().is_closed());
        assert_eq!((keys.held().len(), keys.release_all().len()), (0, 0));
    }

    #[test]
    fn one_that_is_pressed_again_meanwhile_keeps_its_new_way_to_let_go() {
        for first in [Ok(()), Err("no such display".to_owned())] {
            let (said, heard) = mpsc::channel();
            let keys = HeldKeys::default();
            let (again, answer) = (keys.clone(), first.clone());
            keys.press("w", move || {
                again.press("w", move || said.send("let go of").map_err(|error| error.to_string()));
                answer
            });
            assert_eq!(keys.release("w"), first);
            assert_eq!(keys.held(), ["w"], "it is down again");
            assert_eq!(keys.release("w"), Ok(()));
            assert_eq!((heard.try_recv(), keys.held().len()), (Ok("let go of"), 0));
        }
    }
}
