//! A session from Start to certificate. It never waits: whoever drives it tells it what happened.

use std::time::Duration;

use tokio::{sync::mpsc, task::JoinError, time::Instant};
use tokio_util::{sync::CancellationToken, task::JoinMap};

use super::{
    keeping::{self, Ended, Writing},
    stagehand::{Close, Closed, Paused, Prepared},
};
use crate::{
    agent::{LoopMessage, LoopResult},
    journal::Recorder,
    llm::{BoxFuture, Gate, open::millis},
    protocol::{
        Approval, ApprovalAnswer, Certificate, CertificateItem, Ending, LoopName, OpenAfter, OpenKind, Outcome,
        PauseReason, Problem, SessionReport, SessionStarted, Snapshot,
    },
};

/// How long loops may take to end when asked; then they are aborted by name.
pub const LOOPS_MAY_TAKE: Duration = Duration::from_millis(2000);
/// How long an abort may take; a loop that does not even react to that is left behind, by name.
pub const ABORT_MAY_TAKE: Duration = Duration::from_millis(500);
/// How long closing may take from the press of Stop, whatever happens.
pub const CLOSING_MAY_TAKE: Duration = Duration::from_millis(4000);
/// Closing keeps its own time; one that does not even do that is given up after so much more.
const CLOSING_LAGS: Duration = Duration::from_millis(200);
/// How long everything may take from the press of Stop, the record of it included.
pub const STOP_MAY_TAKE: Duration = Duration::from_millis(4800);

/// A session whose loops run or end.
pub struct Session {
    pub started: SessionStarted,
    pub loops: JoinMap<LoopName, LoopResult>,
    pub messages: mpsc::UnboundedReceiver<LoopMessage>,
    /// What the loops have said, on its way into the journal; nobody is told of it before.
    pub writing: Option<Writing>,
    /// What is to be written after that.
    held: Vec<LoopMessage>,
    /// Counts what is open now, for an end that nobody else could look at.
    open_now: Box<dyn Fn() -> Closed + Send>,
    recorder: Recorder,
    picture: Box<dyn Fn(&mut Snapshot) + Send>,
    paused: Paused,
    close: Option<Close>,
    gate: Gate,
    stop: CancellationToken,
    began: Instant,
    steps: u64,
    score: Option<f64>,
    problem: Option<Problem>,
    items: Vec<CertificateItem>,
    stopping: Option<Stopping>,
}

/// How far the end has come.
struct Stopping {
    ending: Ending,
    /// When Stop was pressed.
    pressed: Instant,
    gate_closed: Duration,
    stage: Stage,
    deadline: Instant,
}

/// What is being waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Asked,
    Aborted,
    Closing,
}

impl Session {
    /// Starts the loops, each as a task of its own name.
    pub fn begin(prepared: Prepared, gate: Gate, stop: CancellationToken) -> Self {
        let mut loops = JoinMap::new();
        for (name, running) in prepared.script {
            loops.spawn(name, running);
        }
        let beginning = LoopMessage::Started(Box::new(prepared.started.clone()));
        Self {
            started: prepared.started,
            loops,
            messages: prepared.messages,
            writing: Some(keeping::keep(prepared.recorder.clone(), vec![beginning])),
            held: Vec::new(),
            open_now: prepared.open_now,
            recorder: prepared.recorder,
            picture: prepared.picture,
            paused: prepared.paused,
            close: Some(prepared.close),
            gate,
            stop,
            began: Instant::now(),
            steps: 0,
            score: None,
            problem: None,
            items: Vec::new(),
            stopping: None,
        }
    }

    pub fn is_stopping(&self) -> bool {
        self.stopping.is_some()
    }

    /// True once the loops have ended (or been given up) and closing is under way.
    pub fn is_closing(&self) -> bool {
        self.stopping.as_ref().is_some_and(|stopping| stopping.stage == Stage::Closing)
    }

    /// Shuts the gate and asks the loops to end; in between, when nothing new begins and nothing has ended yet,
    /// `begin_watch` looks at what is open. A second call changes nothing.
    pub fn stop(&mut self, pressed: Instant, ending: Ending, begin_watch: impl FnOnce()) {
        if self.stopping.is_some() {
            return;
        }
        self.gate.shut();
        let gate_closed = pressed.elapsed();
        begin_watch();
        self.stop.cancel();
        let deadline = Instant::now() + LOOPS_MAY_TAKE;
        self.stopping = Some(Stopping { ending, pressed, gate_closed, stage: Stage::Asked, deadline });
    }

    /// Keeps this and whatever else has been said by now, in their order; what is being written goes first.
    pub fn write(&mut self, message: LoopMessage) {
        self.held.push(message);
        self.write_held();
    }

    /// What has been written, in the order to tell it in.
    pub fn written(&mut self, said: Vec<LoopMessage>) -> Vec<LoopMessage> {
        keeping::to_be_told(&self.recorder, said, &mut self.held, &mut self.messages)
    }

    /// The same for what the worker says itself: what was said before it goes first.
    pub fn write_last(&mut self, message: LoopMessage) {
        while let Ok(said) = self.messages.try_recv() {
            self.held.push(said);
        }
        self.write(message);
    }

    /// Goes on with what has been held back.
    pub fn write_held(&mut self) {
        if self.writing.is_none() && !self.held.is_empty() {
            let said = keeping::gather(std::mem::take(&mut self.held), &mut self.messages);
            self.writing = Some(keeping::keep(self.recorder.clone(), said));
        }
    }

    /// What is open now, where closing was lost and cannot tell.
    pub fn lost(&self, item: CertificateItem) -> Closed {
        Closed { items: vec![item], ..(self.open_now)() }
    }

    /// Nothing new is asked or done from now on.
    pub fn pause(&self) {
        self.paused.reins.pause();
    }

    /// Goes on, with a word to the models if there is one. A budget that was the reason is granted once more.
    pub fn resume(&self, word: Option<String>) {
        self.grant_again();
        self.paused.reins.resume(word);
    }

    /// Lets one decision through.
    pub fn step(&self) {
        self.grant_again();
        self.paused.reins.step();
    }

    fn grant_again(&self) {
        if matches!(self.paused.reins.why_paused(), Some(PauseReason::Budget { .. })) {
            self.paused.purse.grant_again();
        }
    }

    /// A person's answer to an action that waits; false if it waits no longer.
    pub fn answer(&self, approval: u64, answer: ApprovalAnswer) -> bool {
        self.paused.reins.answer(approval, answer)
    }

    /// The action of this number, if it waits for a person.
    pub fn waiting_as(&self, approval: u64) -> Option<Approval> {
        self.paused.reins.waiting_as(approval)
    }

    /// When the environment has asked for the end of the session, if it has.
    pub fn stop_asked(&self) -> Option<Instant> {
        self.paused.stop_asked.when()
    }

    /// Why it is paused, if it is.
    pub fn why_paused(&self) -> Option<PauseReason> {
        self.paused.reins.why_paused()
    }

    /// When somebody has to look again, even if nothing happens.
    pub fn deadline(&self) -> Option<Instant> {
        self.stopping.as_ref().map(|stopping| stopping.deadline)
    }

    /// The deadline has passed: aborts what still runs, and after that gives it up. True where closing itself is lost.
    pub fn deadline_passed(&mut self) -> bool {
        let Some(stopping) = &mut self.stopping else { return false };
        if Instant::now() < stopping.deadline {
            return false;
        }
        match stopping.stage {
            Stage::Asked => {
                stopping.stage = Stage::Aborted;
                stopping.deadline = Instant::now() + ABORT_MAY_TAKE;
                self.loops.abort_all();
            }
            Stage::Aborted => {
                let took_ms = millis(stopping.pressed.elapsed());
                for name in self.loops.keys() {
                    let note = "does not react, left behind".to_owned();
                    let (kind, outcome) = (OpenKind::Loop, Outcome::Failed);
                    self.items.push(CertificateItem { kind, name: name.to_string(), outcome, took_ms, note });
                }
                stopping.deadline += ABORT_MAY_TAKE;
            }
            Stage::Closing => return true,
        }
        false
    }

    /// The names of what is still being waited for.
    pub fn waiting_for(&self) -> Vec<String> {
        let loops: Vec<String> = self.loops.keys().map(|name| format!("the {name} loop")).collect();
        if loops.is_empty() { vec!["connections to close".to_owned()] } else { loops }
    }

    /// A loop has ended; the session ends with it if that is what it says.
    pub fn loop_ended(&mut self, name: LoopName, result: Result<LoopResult, JoinError>) -> Option<Ending> {
        let took_ms = self.stopping.as_ref().map_or(0, |stopping| millis(stopping.pressed.elapsed()));
        let (outcome, note, ending) = match result {
            Ok(Ok(end)) => (Outcome::Closed, end.note, end.ending),
            Ok(Err(error)) => {
                let note = error.problem.summary.clone();
                self.problem.get_or_insert(*error.problem);
                (Outcome::Failed, note, Some(Ending::Failed))
            }
            Err(error) if error.is_cancelled() => (Outcome::Aborted, "did not end when asked".to_owned(), None),
            Err(error) => {
                let words = panic_words(error);
                self.problem.get_or_insert_with(|| panicked(name, &words));
                (Outcome::Failed, format!("panicked: {words}"), Some(Ending::Failed))
            }
        };
        self.items.push(CertificateItem { kind: OpenKind::Loop, name: name.to_string(), outcome, took_ms, note });
        ending
    }

    /// Counts what a loop said before it is passed on.
    pub fn note(&mut self, message: &LoopMessage) {
        if let LoopMessage::Step(step) = message {
            self.steps = step.step;
            self.score = step.score.or(self.score);
        }
    }

    /// Once no loop is left (or the rest is given up), what closes the session and until when; only once.
    pub fn begin_closing(&mut self) -> Option<(BoxFuture<'static, Closed>, Instant)> {
        let stopping = self.stopping.as_mut()?;
        let is_given_up =
            stopping.stage == Stage::Aborted && self.items.iter().any(|item| item.note.ends_with("left behind"));
        if !self.loops.is_empty() && !is_given_up {
            return None;
        }
        stopping.stage = Stage::Closing;
        let deadline = stopping.pressed + CLOSING_MAY_TAKE;
        stopping.deadline = deadline + CLOSING_LAGS;
        self.close.take().map(|close| (close(deadline), deadline))
    }

    /// Everything has ended: the report with its certificate, and what has still to be kept.
    pub fn end(mut self, closed: Closed) -> Ended {
        let said_last = std::iter::from_fn(|| self.messages.try_recv().ok());
        let unsaid: Vec<LoopMessage> = std::mem::take(&mut self.held).into_iter().chain(said_last).collect();
        let (writing, recorder) = (self.writing.take(), self.recorder.clone());
        for message in writing.iter().flat_map(|writing| &writing.said).chain(&unsaid) {
            self.note(message);
        }
        let pressed = self.stopping.as_ref().map_or_else(Instant::now, |stopping| stopping.pressed);
        let report = Box::new(self.report(closed));
        Ended { report, recorder, writing, unsaid, pressed, deadline: pressed + STOP_MAY_TAKE }
    }

    fn report(mut self, closed: Closed) -> SessionReport {
        let mut last_picture = Box::<Snapshot>::default();
        self.draw(&mut last_picture);
        let (ending, pressed, gate_closed) = match self.stopping.take() {
            Some(stopping) => (stopping.ending, stopping.pressed, stopping.gate_closed),
            None => (Ending::Failed, Instant::now(), Duration::ZERO),
        };
        self.items.sort_by(|left, right| left.name.cmp(&right.name));
        self.items.extend(closed.items);
        let open_after = OpenAfter {
            tasks: self.loops.len(),
            requests: closed.requests,
            sockets: closed.sockets,
            children: closed.children,
            keys: closed.keys,
        };
        self.loops.detach_all();
        let fraction_ms = |duration: Duration| duration.as_secs_f64() * 1000.0;
        SessionReport {
            session: self.started.session,
            outcome: ending,
            steps: self.steps,
            score: self.score,
            took_ms: millis(self.began.elapsed()),
            problem: self.problem,
            egress: closed.egress,
            spending: closed.spending,
            ensemble: closed.ensemble,
            regret: closed.regret,
            clock: closed.clock,
            last_picture,
            certificate: Certificate::conclude(
                fraction_ms(gate_closed),
                fraction_ms(pressed.elapsed()),
                self.items,
                open_after,
            ),
        }
    }

    /// Adds the session to the picture.
    pub fn draw(&self, snapshot: &mut Snapshot) {
        (self.picture)(snapshot);
        snapshot.not_recorded = self.recorder.not_recorded();
        snapshot.elapsed_ms = millis(self.began.elapsed());
    }
}

fn panic_words(error: JoinError) -> String {
    match error.try_into_panic() {
        Ok(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without words").to_owned()
        }
        Err(error) => error.to_string(),
    }
}

fn panicked(name: LoopName, words: &str) -> Problem {
    Problem::plain(
        format!("The {name} loop broke down"),
        vec![words.to_owned()],
        "This is a fault of this program; please report it. A new session can be started",
    )
}
