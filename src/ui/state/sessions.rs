//! What the window knows of past sessions: the list, what is opened of it, and what is being asked about it.

mod compared;
mod opened;

use std::sync::Arc;

use crate::{
    protocol::{Command, Plot, SessionFile, SessionLine, SessionsList, Why},
    ui::catalogue::{Language, say, spoken},
};

pub use compared::{Compared, compared};
use opened::both_scores;
pub use opened::{Opened, Sums};

/// What was typed is searched for once nothing has been typed for so many seconds.
const PAUSE_S: f64 = 0.3;

/// The parts of an opened session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    #[default]
    Timeline,
    Steps,
    Experts,
    Errors,
    Certificate,
}

impl Part {
    /// In the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Timeline, Self::Steps, Self::Experts, Self::Errors, Self::Certificate];

    /// Its name.
    pub fn title(self) -> String {
        match self {
            Self::Timeline => say!("sessions-timeline"),
            Self::Steps => say!("sessions-steps"),
            Self::Experts => say!("sessions-experts"),
            Self::Errors => say!("sessions-errors"),
            Self::Certificate => say!("sessions-certificate"),
        }
    }

    /// The same where some of the screens are called the same.
    pub fn name(self) -> String {
        match self {
            Self::Timeline => say!("sessions-timeline-of-it"),
            Self::Steps => say!("sessions-steps-of-it"),
            Self::Experts => say!("sessions-experts-of-it"),
            Self::Errors => say!("sessions-errors-of-it"),
            Self::Certificate => say!("sessions-certificate-of-it"),
        }
    }
}

/// How far the comparison with another session has come.
#[derive(Clone, Debug, Default)]
pub enum Beside {
    #[default]
    Nobody,
    /// The other one is being chosen.
    Choosing,
    /// It is being read.
    Reading {
        session: String,
    },
    Shown(Arc<Opened>),
}

/// Two sessions' scores in one picture, and of which sessions and in which language they are.
struct Scores {
    of: [Arc<Opened>; 2],
    spoken: Language,
    plot: Arc<Plot>,
}

/// Everything the window remembers of past sessions.
#[derive(Default)]
pub struct SessionsState {
    /// As the worker last said; `None` before it did.
    pub list: Option<Arc<SessionsList>>,
    /// The search field.
    pub search: String,
    /// What was last asked for, and whether its answer is awaited.
    asked: Option<String>,
    is_awaited: bool,
    /// When something was last typed: seconds on the window's clock.
    typed_at: Option<f64>,
    /// The session that is being read.
    reading: Option<String>,
    pub opened: Option<Arc<Opened>>,
    pub part: Part,
    /// Where the timeline's cursor stands: milliseconds since the session began.
    pub cursor_ms: u64,
    pub beside: Beside,
    /// The scores of both, drawn in one picture.
    scores: Option<Scores>,
    /// Whether to remove the opened session is being asked.
    pub is_removing: bool,
    /// The session that is being removed.
    removed: Option<String>,
    /// The session that a model is telling in words.
    summarised: Option<String>,
    /// The session whose leavings are being ended.
    cleaned: Option<String>,
    /// The step whose reasons were asked for.
    asked_why: Option<(String, u64)>,
    pub why: Option<Arc<Why>>,
    /// A short confirmation, beside what was pressed.
    pub said: Option<String>,
}

impl SessionsState {
    /// The journal's list has arrived or has changed.
    pub fn listed(&mut self, list: SessionsList) {
        // What changes unasked comes for another search; then ours is asked for again, once for each such list.
        if !self.is_awaited && self.asked.as_ref().is_some_and(|asked| *asked != list.search) {
            self.asked = None;
        }
        self.is_awaited = false;
        self.cleaned = None;
        if let Some(removed) = self.removed.take() {
            self.forget(&removed, &list.lines);
        }
        self.list = Some(Arc::new(list));
    }

    /// Closes what was removed, unless it is still there.
    fn forget(&mut self, removed: &str, lines: &[SessionLine]) {
        let is_there = lines.iter().any(|line| line.session == removed);
        if !is_there && self.is_opened(removed) {
            self.close();
        }
    }

    /// A session has been read.
    pub fn opened(&mut self, file: SessionFile) {
        let session = file.line.session.clone();
        let is_other = matches!(&self.beside, Beside::Reading { session: other } if *other == session);
        if is_other {
            self.beside = Beside::Shown(Arc::new(Opened::new(file)));
            return;
        }
        let is_again = self.is_opened(&session);
        let is_wanted = match &self.reading {
            Some(reading) => *reading == session,
            None => is_again || self.opened.is_none(),
        };
        // Somebody has chosen another one in the meantime.
        if !is_wanted {
            return;
        }
        if self.summarised.as_ref() == Some(&session) {
            self.summarised = None;
        }
        let opened = Opened::new(file);
        if !is_again {
            self.cursor_ms = opened.total_ms;
            self.part = Part::default();
        }
        self.reading = None;
        self.opened = Some(Arc::new(opened));
    }

    /// Everything about one step has been read.
    pub fn why_shown(&mut self, why: Why) {
        let is_asked = self.asked_why.as_ref().is_some_and(|(session, step)| {
            *session == why.session && why.step.as_ref().is_none_or(|shown| shown.step == *step)
        });
        if is_asked {
            self.why = Some(Arc::new(why));
        }
    }

    /// Something was typed into the search field. `now` in seconds on the window's clock.
    pub fn typed(&mut self, now: f64) {
        self.typed_at = Some(now);
    }

    /// What was typed is searched for at once.
    pub fn entered(&mut self) {
        self.typed_at = None;
    }

    /// The list is asked for when it was not yet, and when something else is searched for and nobody is typing it any
    /// more. `now` in seconds on the window's clock.
    pub fn ask(&mut self, now: f64) -> Option<Command> {
        let wanted = self.search.trim();
        if self.asked.as_deref() == Some(wanted) || self.waits_s(now).is_some() {
            return None;
        }
        self.typed_at = None;
        let search = wanted.to_owned();
        self.asked = Some(search.clone());
        self.is_awaited = true;
        Some(Command::ListSessions { search })
    }

    /// One more session has begun, which the list does not have.
    pub fn has_begun(&mut self) {
        self.asked = None;
    }

    /// How many seconds are left until what was typed is searched for; `None` where nothing waits.
    pub fn waits_s(&self, now: f64) -> Option<f64> {
        let left = PAUSE_S - (now - self.typed_at?);
        (left > 0.0).then_some(left)
    }

    /// Has a session read and shown.
    #[must_use = "the worker has to be asked"]
    pub fn open(&mut self, session: &str) -> Command {
        if !self.is_opened(session) {
            self.close();
        }
        self.leave_why();
        self.reading = Some(session.to_owned());
        Command::OpenSession { session: session.to_owned() }
    }

    /// Leaves what is opened; the list remains.
    pub fn close(&mut self) {
        self.reading = None;
        self.opened = None;
        self.beside = Beside::Nobody;
        self.scores = None;
        self.is_removing = false;
        self.summarised = None;
        self.leave_why();
    }

    /// Has the reasons of one step read and shown. The Sessions screen shows them.
    #[must_use = "the worker has to be asked"]
    pub fn show_why(&mut self, session: &str, step: u64) -> Command {
        self.why = None;
        self.said = None;
        self.asked_why = Some((session.to_owned(), step));
        Command::ShowWhy { session: session.to_owned(), step }
    }

    /// Back from the reasons to the session.
    pub fn leave_why(&mut self) {
        self.why = None;
        self.said = None;
        self.asked_why = None;
    }

    /// The session and the step whose reasons are to be seen.
    pub fn asked_why(&self) -> Option<(&str, u64)> {
        self.asked_why.as_ref().map(|(session, step)| (session.as_str(), *step))
    }

    /// Has another session read, to stand beside the opened one.
    #[must_use = "the worker has to be asked"]
    pub fn compare_with(&mut self, session: &str) -> Command {
        self.beside = Beside::Reading { session: session.to_owned() };
        Command::OpenSession { session: session.to_owned() }
    }

    /// The scores of the opened session and of another one in one picture, put together once.
    pub fn scores(&mut self, one: &Arc<Opened>, other: &Arc<Opened>) -> Arc<Plot> {
        let kept = self.scores.as_ref().filter(|scores| {
            let [first, second] = &scores.of;
            Arc::ptr_eq(first, one) && Arc::ptr_eq(second, other) && scores.spoken == spoken()
        });
        if let Some(scores) = kept {
            return Arc::clone(&scores.plot);
        }
        let plot = Arc::new(both_scores(one, other));
        let of = [Arc::clone(one), Arc::clone(other)];
        self.scores = Some(Scores { of, spoken: spoken(), plot: Arc::clone(&plot) });
        plot
    }

    /// What was said of the opened session in another language is said anew.
    pub fn speak(&mut self) {
        if let Some(opened) = self.opened.as_mut().filter(|opened| !opened.is_in(spoken())) {
            Arc::make_mut(opened).speak();
        }
    }

    /// Removes the opened session for good.
    pub fn remove(&mut self) -> Option<Command> {
        self.is_removing = false;
        let session = self.opened.as_ref()?.file.line.session.clone();
        self.removed = Some(session.clone());
        Some(Command::RemoveSession { session })
    }

    /// Has a model tell the opened session in words.
    pub fn summarise(&mut self) -> Option<Command> {
        let session = self.opened.as_ref()?.file.line.session.clone();
        self.summarised = Some(session.clone());
        Some(Command::Summarise { session })
    }

    /// Ends what an interrupted session has left behind.
    #[must_use = "the worker has to be asked"]
    pub fn clean_up(&mut self, session: &str) -> Command {
        self.cleaned = Some(session.to_owned());
        Command::CleanUp { session: session.to_owned() }
    }

    /// True while a model is telling the opened session.
    pub fn is_summarising(&self) -> bool {
        self.summarised.as_ref().is_some_and(|session| self.is_opened(session))
    }

    /// True while the leavings of this session are being ended.
    pub fn is_cleaning(&self, session: &str) -> bool {
        self.cleaned.as_deref() == Some(session)
    }

    /// True where this session is opened.
    pub fn is_opened(&self, session: &str) -> bool {
        self.opened.as_ref().is_some_and(|opened| opened.file.line.session == session)
    }

    /// True where this session is opened or on its way.
    pub fn is_chosen(&self, session: &str) -> bool {
        match &self.reading {
            Some(reading) => reading == session,
            None => self.is_opened(session),
        }
    }

    /// True while a session is being read that is not there yet.
    pub fn is_reading(&self) -> bool {
        self.reading.is_some() && self.opened.is_none()
    }

    /// True where something else than the list is to be seen.
    pub fn has_detail(&self) -> bool {
        self.opened.is_some() || self.reading.is_some() || self.asked_why.is_some()
    }

    /// What was asked for last was refused, so nothing is awaited any more.
    pub fn refused(&mut self) {
        self.is_awaited = false;
        self.removed = None;
        self.summarised = None;
        self.cleaned = None;
        if let Beside::Reading { .. } = self.beside {
            self.beside = Beside::Choosing;
        }
    }
}

#[cfg(test)]
mod tests;
