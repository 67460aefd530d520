//! Notifications of the operating system, shown one after the other by a thread of its own: some systems make whoever
//! shows one wait.

use std::{
    any::Any,
    fmt, io,
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::Duration,
};

use notify_rust::Notification;
use tokio::{
    sync::oneshot,
    time::{Instant, timeout},
};
use tokio_util::sync::CancellationToken;

use crate::{
    llm::open::millis,
    protocol::{CertificateItem, OpenKind, Outcome},
    settings::Language,
};

/// So many may wait until they are shown; what comes on top is left out.
const MAY_WAIT: usize = 8;
/// How long the system may take to show one, where it can be left waiting.
#[cfg(all(unix, not(target_os = "macos")))]
const ONE_MAY_TAKE: Duration = Duration::from_secs(5);
/// How long the end may take. Tests run beside each other.
const END_MAY_TAKE: Duration = Duration::from_millis(if cfg!(test) { 2000 } else { 200 });

/// What keeps a notification on screen: some systems take it away once its sender is gone.
pub type Shown = Box<dyn Any + Send>;

/// What there is to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tiding {
    /// What the window speaks.
    pub language: Language,
    /// In English, as everything that the worker says.
    pub words: String,
}

/// Whoever shows notifications.
pub trait Notifier: fmt::Debug + Send + Sync {
    /// Shows it. May make the caller wait, if possible no longer than until `is_over` is cancelled. An error is in the
    /// system's own words.
    fn show(&self, tiding: &Tiding, is_over: &CancellationToken) -> Result<Shown, String>;
}

/// The operating system.
#[derive(Clone, Copy, Debug)]
pub struct SystemNotifier {
    /// Gives English words in a language.
    pub say: fn(Language, &str) -> String,
}

impl Notifier for SystemNotifier {
    /// Over the session bus, which may lead to nobody who answers.
    #[cfg(all(unix, not(target_os = "macos")))]
    fn show(&self, tiding: &Tiding, is_over: &CancellationToken) -> Result<Shown, String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let mut notification = notification(&(self.say)(tiding.language, &tiding.words));
        // A desktop finds name and picture of the program by these.
        notification.icon("singularis").hint(notify_rust::Hint::DesktopEntry("singularis".to_owned()));
        runtime.block_on(async {
            tokio::select! {
                biased;
                () = is_over.cancelled() => Err("the program ends".to_owned()),
                shown = timeout(ONE_MAY_TAKE, notification.show_async()) => match shown {
                    Ok(Ok(shown)) => Ok(Box::new(shown) as Shown),
                    Ok(Err(error)) => Err(error.to_string()),
                    Err(_late) => Err(format!("no answer within {} s", ONE_MAY_TAKE.as_secs())),
                },
            }
        })
    }

    #[cfg(not(all(unix, not(target_os = "macos"))))]
    fn show(&self, tiding: &Tiding, _is_over: &CancellationToken) -> Result<Shown, String> {
        notification(&(self.say)(tiding.language, &tiding.words)).show().map_err(|error| error.to_string())?;
        Ok(Box::new(()))
    }
}

/// The words are its title, which no system reads as markup.
fn notification(words: &str) -> Notification {
    let mut notification = Notification::new();
    notification.appname("Singularis").summary(words);
    notification
}

/// Has notifications shown. The thread is started when it is first needed. Cheap to clone; all clones are the same.
#[derive(Clone, Default)]
pub struct Notifying {
    notifier: Option<Arc<dyn Notifier>>,
    line: Arc<Mutex<Option<Line>>>,
}

/// The way to the thread.
struct Line {
    tidings: mpsc::SyncSender<Tiding>,
    is_over: CancellationToken,
    /// Says nothing ever; its other end is dropped when the thread ends.
    ended: oneshot::Receiver<()>,
}

impl Notifying {
    /// Without a notifier nothing is shown.
    pub fn new(notifier: Option<Arc<dyn Notifier>>) -> Self {
        Self { notifier, line: Arc::default() }
    }

    /// Has it shown as soon as those before it are. Never waits.
    pub fn tell(&self, tiding: Tiding) {
        let Some(notifier) = &self.notifier else { return };
        let mut line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        if line.is_none() {
            match Line::begin(Arc::clone(notifier)) {
                Ok(begun) => *line = Some(begun),
                Err(error) => tracing::warn!("no notifications can be shown: {error}"),
            }
        }
        if line.as_ref().is_some_and(|line| line.tidings.try_send(tiding).is_err()) {
            tracing::debug!("a notification is left out: those before it have not been shown yet");
        }
    }

    /// Ends the thread, with whatever still waits; says how that went, or nothing where there was none.
    pub async fn close(&self) -> Option<CertificateItem> {
        let line = self.line.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        let began = Instant::now();
        line.is_over.cancel();
        drop(line.tidings);
        let has_ended = timeout(END_MAY_TAKE, line.ended).await.is_ok();
        let (outcome, note) = if has_ended {
            (Outcome::Closed, "")
        } else {
            (Outcome::Failed, "the system does not answer, left behind")
        };
        let (name, took_ms) = ("notifications".to_owned(), millis(began.elapsed()));
        Some(CertificateItem { kind: OpenKind::Client, name, outcome, took_ms, note: note.to_owned() })
    }
}

impl Line {
    fn begin(notifier: Arc<dyn Notifier>) -> io::Result<Self> {
        let (tidings, waiting) = mpsc::sync_channel(MAY_WAIT);
        let (running, ended) = oneshot::channel::<()>();
        let is_over = CancellationToken::new();
        let over = is_over.clone();
        let work = move || {
            show_each(&*notifier, &waiting, &over);
            drop(running);
        };
        // Nobody joins it: it ends with its line, and one that hangs in the system must not hold up the program.
        let _thread = thread::Builder::new().name("singularis-notices".to_owned()).spawn(work)?;
        Ok(Self { tidings, is_over, ended })
    }
}

/// Until nobody has anything to tell any more, or it is over.
fn show_each(notifier: &dyn Notifier, waiting: &mpsc::Receiver<Tiding>, is_over: &CancellationToken) {
    let (mut last, mut trouble_is_told) = (None, false);
    while let Ok(tiding) = waiting.recv() {
        if is_over.is_cancelled() {
            break;
        }
        match notifier.show(&tiding, is_over) {
            // The one before may go.
            Ok(shown) => last = Some(shown),
            Err(_ending) if is_over.is_cancelled() => break,
            // Many a system shows none, and nothing is lost: the window says the same.
            Err(error) if !trouble_is_told => {
                tracing::warn!("the system shows no notifications, which is not said again: {error}");
                trouble_is_told = true;
            }
            Err(_known) => {}
        }
    }
    drop(last);
}

#[cfg(test)]
mod tests;
