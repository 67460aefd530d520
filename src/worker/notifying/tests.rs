//! Notifiers that listen, fail and hang.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

const PATIENCE: Duration = Duration::from_secs(20);

fn tiding(words: &str) -> Tiding {
    Tiding { language: Language::German, words: words.to_owned() }
}

/// Passes on what it is to show.
#[derive(Debug)]
struct Listens(mpsc::Sender<String>);

impl Notifier for Listens {
    fn show(&self, tiding: &Tiding, _is_over: &CancellationToken) -> Result<Shown, String> {
        self.0.send(tiding.words.clone()).map_err(|error| error.to_string())?;
        Ok(Box::new(()))
    }
}

/// Waits until it is let go, whatever happens, and counts.
#[derive(Debug)]
struct Hangs {
    is_asked: mpsc::Sender<()>,
    is_free: Mutex<mpsc::Receiver<()>>,
    shown: Arc<AtomicUsize>,
}

impl Notifier for Hangs {
    fn show(&self, _tiding: &Tiding, _is_over: &CancellationToken) -> Result<Shown, String> {
        let _nobody_asks = self.is_asked.send(());
        let _freed = self.is_free.lock().unwrap().recv_timeout(PATIENCE);
        self.shown.fetch_add(1, Ordering::SeqCst);
        Err("nobody is there".to_owned())
    }
}

/// Waits until it is over.
#[derive(Debug)]
struct Heeds(mpsc::Sender<()>);

impl Notifier for Heeds {
    fn show(&self, _tiding: &Tiding, is_over: &CancellationToken) -> Result<Shown, String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let _nobody_asks = self.0.send(());
        let waited = runtime.block_on(async { timeout(PATIENCE, is_over.cancelled()).await });
        assert!(waited.is_ok(), "nobody said that it is over");
        Err("it is over".to_owned())
    }
}

#[tokio::test]
async fn what_is_told_is_shown_in_its_order_and_the_thread_ends() {
    let (sender, heard) = mpsc::channel();
    let notifying = Notifying::new(Some(Arc::new(Listens(sender))));
    notifying.tell(tiding("one"));
    notifying.tell(tiding("two"));
    let next = || heard.recv_timeout(PATIENCE).unwrap();
    assert_eq!([next(), next()], ["one", "two"]);
    let item = notifying.close().await.unwrap();
    assert_eq!((item.kind, item.name.as_str(), item.outcome), (OpenKind::Client, "notifications", Outcome::Closed));
    assert_eq!(notifying.close().await, None, "it is closed already");
}

#[tokio::test]
async fn without_a_notifier_or_a_word_there_is_no_thread() {
    let mute = Notifying::default();
    mute.tell(tiding("one"));
    assert_eq!(mute.close().await, None);
    let (sender, _heard) = mpsc::channel();
    assert_eq!(Notifying::new(Some(Arc::new(Listens(sender)))).close().await, None);
}

#[tokio::test]
async fn a_system_that_hangs_holds_nobody_up_and_is_named() {
    let ((is_asked, asked), (free, is_free)) = (mpsc::channel(), mpsc::channel());
    let shown = Arc::new(AtomicUsize::new(0));
    let hangs = Hangs { is_asked, is_free: Mutex::new(is_free), shown: Arc::clone(&shown) };
    let notifying = Notifying::new(Some(Arc::new(hangs)));
    for number in 0..3 * MAY_WAIT {
        notifying.tell(tiding(&number.to_string()));
    }
    asked.recv_timeout(PATIENCE).unwrap();
    let began = Instant::now();
    let item = notifying.close().await.unwrap();
    assert!(began.elapsed() < END_MAY_TAKE * 10, "{:?}", began.elapsed());
    assert_eq!((item.outcome, item.note.as_str()), (Outcome::Failed, "the system does not answer, left behind"));
    // It lets go after all: what waited behind it is not shown any more, and the thread ends with its notifier.
    drop(notifying);
    free.send(()).unwrap();
    assert_eq!(asked.recv_timeout(PATIENCE), Err(mpsc::RecvTimeoutError::Disconnected));
    assert_eq!(shown.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn whoever_heeds_the_end_is_ended() {
    let (sender, asked) = mpsc::channel();
    let notifying = Notifying::new(Some(Arc::new(Heeds(sender))));
    notifying.tell(tiding("one"));
    asked.recv_timeout(PATIENCE).unwrap();
    assert_eq!(notifying.close().await.unwrap().outcome, Outcome::Closed);
}
