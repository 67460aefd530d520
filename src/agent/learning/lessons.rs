//! What has been learnt, shared by the loops, and its way into the journal.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{
    Experience,
    values::{self, Values},
};
use crate::{
    journal::Journal,
    protocol::{ActionCall, LessonsView, Moment},
};

/// So many rows a table can show that somebody reads.
const ROWS: usize = 60;

/// The lessons of one session. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Lessons(Arc<Shared>);

struct Shared {
    journal: Option<Journal>,
    is_on: bool,
    known: Mutex<Known>,
}

struct Known {
    values: Values,
    /// The table as it was drawn last; it changes far less often than it is looked at.
    view: LessonsView,
}

impl Lessons {
    /// Reads what was learnt before in this kind of environment. Without a journal, or with one that cannot be used,
    /// what is learnt ends with the session, and the view says so.
    pub async fn recall(environment: &str, journal: Result<Journal, String>, is_on: bool) -> Self {
        let (mut journal, mut trouble) = match journal {
            Ok(journal) => (Some(journal), None),
            Err(words) => (None, Some(words)),
        };
        let known = match &journal {
            Some(journal) => journal.lessons(environment).await.map_err(|error| error.to_string()),
            None => Ok(Vec::new()),
        };
        let lessons = known.unwrap_or_else(|words| {
            // What cannot be read must not be written over.
            (journal, trouble) = (None, Some(words));
            Vec::new()
        });
        let values = Values::new(environment, lessons);
        let view = LessonsView { is_on, trouble, ..LessonsView::default() };
        let lessons = Self(Arc::new(Shared { journal, is_on, known: Mutex::new(Known { values, view }) }));
        lessons.look_at("");
        lessons
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn learn(&self, step: &Experience, now: Moment) {
        let mut known = self.known();
        let action = step.call.to_string();
        let experience = values::Experience {
            situation: &step.situation,
            action: &action,
            reward: step.reward,
            next: step.next.as_deref(),
        };
        known.values.learn(experience, now);
        known.view.learnt_from += 1;
    }

    /// The agent is in this situation now.
    pub(super) fn look_at(&self, situation: &str) {
        let mut known = self.known();
        known.view.rows = known.values.rows(situation, ROWS);
        known.view.total = known.values.total();
        situation.clone_into(&mut known.view.situation);
    }

    /// What is known of the possible actions, for the models; nothing while learning is off.
    pub fn hints(&self, situation: &str, legal: &[ActionCall]) -> Vec<String> {
        if self.0.is_on { self.known().values.hints(situation, legal) } else { Vec::new() }
    }

    pub fn view(&self) -> LessonsView {
        self.known().view.clone()
    }

    /// Hands what has changed to the journal. What it does not take is handed over again the next time.
    pub(super) async fn keep(&self) {
        let Some(journal) = &self.0.journal else { return };
        let changed = self.known().values.changed();
        if changed.is_empty() {
            return;
        }
        let kept = journal.keep_lessons(changed.clone()).await;
        let mut known = self.known();
        known.view.trouble = kept.as_ref().err().map(ToString::to_string);
        if kept.is_ok() {
            known.values.kept(&changed);
        }
    }

    /// Forgets what was learnt in this kind of environment, if it is this session's; the journal is asked elsewhere.
    pub fn forget(&self, environment: &str) {
        let mut known = self.known();
        if known.values.environment() == environment {
            known.values.forget();
            let situation = known.view.situation.clone();
            drop(known);
            self.look_at(&situation);
        }
    }
}
