//! One child as the ledger keeps it: reachable whoever holds the rest of it, and however deaf they are.

use std::{
    future::{pending, poll_fn},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Poll, ready},
    time::Duration,
};

use process_wrap::tokio::ChildWrapper;
use tokio::{
    process::{ChildStderr, ChildStdout},
    sync::watch,
    time::{Instant, sleep, timeout, timeout_at},
};
use tokio_util::sync::CancellationToken;

use super::{ChildEvent, Exit, Watch, drain::Drain, group, input::Inlet};
use crate::protocol::{Belonging, BelongingKind};

/// Output that nobody has taken by then is read and forgotten.
const LEFT_ALONE: Duration = Duration::from_secs(1);
/// How often it is looked whether a group is empty that was told to end.
const LOOK_AGAIN_AFTER: Duration = Duration::from_millis(10);
/// What is left in the pipes of a process that has ended is there at once.
const REST_MAY_TAKE: Duration = Duration::from_millis(50);

/// How a child stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    Runs,
    /// It has ended, and what it started lives on in its group.
    Orphans(Exit),
    /// Nobody of the group is left. Its number may belong to strangers from now on, so nothing is sent to it any more.
    Over(Exit),
}

/// What was told of a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Nothing,
    Beginning,
    /// That nothing is left of it.
    End,
}

/// One child.
#[derive(Debug)]
pub struct Kept {
    pub name: String,
    /// Of the process and of its group.
    pub pid: u32,
    pub mark: String,
    pub input: Arc<Inlet>,
    pub output: Drain<ChildStdout>,
    pub errors: Drain<ChildStderr>,
    /// The process is buried only under this lock; while it is not, its number cannot pass to a stranger.
    process: Mutex<Box<dyn ChildWrapper>>,
    stand: watch::Sender<Stand>,
    /// Cancelled when it is asked to end.
    ending: CancellationToken,
    /// Locked while it is told, so that nobody hears of the end before the beginning.
    told: Mutex<Told>,
    leaves_some: AtomicBool,
    was_let_go: AtomicBool,
    is_unwanted: AtomicBool,
}

impl Kept {
    pub fn new(name: &str, pid: u32, mark: String, mut process: Box<dyn ChildWrapper>) -> Arc<Self> {
        let (input, output, errors) = (process.stdin().take(), process.stdout().take(), process.stderr().take());
        Arc::new(Self {
            name: name.to_owned(),
            pid,
            mark,
            input: Inlet::new(input),
            output: Drain::new(output),
            errors: Drain::new(errors),
            process: Mutex::new(process),
            stand: watch::Sender::new(Stand::Runs),
            ending: CancellationToken::new(),
            told: Mutex::new(Told::Nothing),
            leaves_some: AtomicBool::new(false),
            was_let_go: AtomicBool::new(false),
            is_unwanted: AtomicBool::new(false),
        })
    }

    /// As the journal keeps it.
    pub fn belonging(&self) -> Belonging {
        Belonging {
            kind: BelongingKind::Child,
            name: self.name.clone(),
            handle: self.pid.to_string(),
            place: self.mark.clone(),
        }
    }

    fn stand(&self) -> Stand {
        *self.stand.borrow()
    }

    /// How the process ended, once it has; what it started may live on.
    pub fn exit(&self) -> Option<Exit> {
        match self.stand() {
            Stand::Runs => None,
            Stand::Orphans(exit) | Stand::Over(exit) => Some(exit),
        }
    }

    /// Waits until the process ends; what it started may live on.
    pub async fn wait(&self) -> Exit {
        let mut stand = self.stand.subscribe();
        // It cannot fail: the sender lives as long as this.
        let _told = stand.wait_for(|stand| *stand != Stand::Runs).await.is_ok();
        self.exit().unwrap_or(Exit::Unknown)
    }

    /// Waits until the process ends, and buries it. For its keeper alone.
    ///
    /// The first process alone is waited for, and not by way of its group or job: that waits for all of them in a
    /// thread that nobody can stop.
    pub async fn bury(&self) -> Exit {
        let burying = poll_fn(|context| {
            let mut process = self.process();
            let status = ready!(process.inner_mut().wait().as_mut().poll(context));
            Poll::Ready(status.map_or(Exit::Unknown, Exit::from))
        });
        // Its owner may have buried it, and then nobody wakes whoever waits for the system.
        tokio::select! {
            exit = burying => exit,
            exit = self.wait() => exit,
        }
    }

    /// Reads what nobody has taken, from some time after the beginning on or from when it is to end. Never ends itself.
    pub async fn read_what_nobody_reads(&self) {
        let _whichever_is_first = timeout(LEFT_ALONE, self.ending.cancelled()).await;
        tokio::join!(self.output.run(), self.errors.run());
        pending::<()>().await;
    }

    /// Reads what a process that has ended left in its pipe of errors.
    pub async fn read_the_rest(&self) {
        let _whatever_is_there = timeout(REST_MAY_TAKE, self.errors.run()).await;
    }

    /// The process has ended. It is over with it if nobody else is in its group.
    pub fn note_exit(&self, exit: Exit) {
        self.stand.send_if_modified(|stand| {
            // Whoever noted it first may have seen by now that it is over.
            let runs = *stand == Stand::Runs;
            if runs {
                *stand = Stand::Orphans(exit);
            }
            runs
        });
        self.look();
    }

    /// Looks whether it is over: the process has ended and nobody of its group lives.
    pub fn look(&self) -> bool {
        match self.stand() {
            Stand::Runs => false,
            Stand::Over(_) => true,
            Stand::Orphans(_) if group::lives(self.pid) => false,
            Stand::Orphans(exit) => {
                self.stand.send_replace(Stand::Over(exit));
                true
            }
        }
    }

    /// Waits until it is over, at most until the deadline. True if it is.
    pub async fn gone_by(&self, deadline: Instant) -> bool {
        let going = async {
            self.wait().await;
            while !self.look() {
                sleep(LOOK_AGAIN_AFTER).await;
            }
        };
        timeout_at(deadline, going).await.is_ok()
    }

    /// Asks the group to end, where a group can be asked.
    pub fn ask(&self) {
        let process = self.process();
        if !matches!(self.stand(), Stand::Over(_)) {
            group::ask(&**process);
        }
    }

    /// Ends the group by force.
    pub fn kill(&self) {
        let mut process = self.process();
        if !matches!(self.stand(), Stand::Over(_)) {
            let _it_may_just_have_ended = process.start_kill();
        }
    }

    /// Its owner has let go of it: ends the group by force.
    pub fn let_go(&self) {
        if self.exit().is_none() {
            // It may have ended by itself before its keeper came round to see it.
            let ended = self.process().inner_mut().try_wait().ok().flatten();
            match ended {
                Some(status) => self.note_exit(Exit::from(status)),
                None => self.was_let_go.store(true, Ordering::SeqCst),
            }
        }
        self.kill();
    }

    /// It was killed because its owner let go of it.
    pub fn was_let_go(&self) -> bool {
        self.was_let_go.load(Ordering::SeqCst)
    }

    /// Ends what the process has left where that stays bound to it.
    pub fn end_the_rest(&self) {
        group::end_the_rest(&mut **self.process());
    }

    /// Nobody watches it any more; whoever waits for it is told.
    pub fn give_up(&self) {
        self.kill();
        self.stand.send_if_modified(|stand| {
            let runs = *stand == Stand::Runs;
            if runs {
                *stand = Stand::Over(Exit::Unknown);
            }
            runs
        });
    }

    /// From now on it is asked to end, and whoever asks looks after what is left.
    pub fn begin_ending(&self) {
        self.ending.cancel();
    }

    pub fn is_ending(&self) -> bool {
        self.ending.is_cancelled()
    }

    /// Tells of its beginning, once, and not after its end.
    pub fn tell_beginning(&self, watch: Option<&Watch>) {
        let mut told = self.told();
        if let Some(watch) = watch.filter(|_| *told == Told::Nothing) {
            watch(ChildEvent::Began(self.belonging()));
            *told = Told::Beginning;
        }
    }

    /// Tells whoever heard of its beginning, once, that nothing is left of it.
    pub fn tell_end(&self, watch: Option<&Watch>) {
        let mut told = self.told();
        if let Some(watch) = watch.filter(|_| *told == Told::Beginning) {
            watch(ChildEvent::Ended(self.belonging()));
        }
        *told = Told::End;
    }

    /// It was looked for everything it had started, and nothing is left.
    pub fn has_told_its_end(&self) -> bool {
        *self.told() == Told::End
    }

    /// Its owner knows how it ended and has let go of it, so nobody has to be told once nothing is left.
    pub fn note_unwanted(&self) {
        self.is_unwanted.store(true, Ordering::SeqCst);
    }

    pub fn is_unwanted(&self) -> bool {
        self.is_unwanted.load(Ordering::SeqCst)
    }

    /// Something of it is still there after everything was tried.
    pub fn note_left(&self) {
        self.leaves_some.store(true, Ordering::SeqCst);
    }

    /// Something of it still lives, as far as is known without searching.
    pub fn is_alive(&self) -> bool {
        self.leaves_some.load(Ordering::SeqCst) || !self.look()
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn process(&self) -> MutexGuard<'_, Box<dyn ChildWrapper>> {
        self.process.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
