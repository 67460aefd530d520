//! A kept session, moment by moment: from its records to the picture that the window showed then, as far as they tell.
//!
//! Nothing is played here and nobody is asked; every picture follows from the file and a moment alone.
//!
//! | file | what |
//! |---|---|
//! | `course` | where in the records each kind of thing stands, so that any moment is found at once |
//! | `lanes` | what each expert showed at a moment |
//! | `sums` | what adds up: spending, what decisions cost, the clock |

mod course;
mod lanes;
mod sums;

use crate::{
    protocol::{
        DecisionView, EnsembleView, EnvironmentView, LessonsView, Notice, Phase, Record, ReplayView, SessionFile,
        Snapshot, StepReport, What,
    },
    settings::file,
};
use course::Course;
use lanes::Lanes;
use sums::{Sums, Terms};

/// So many steps and notices are part of a picture; a live window keeps as many.
const SHOWN: usize = 200;

/// A kept session and a moment in it. Begins at the beginning.
#[derive(Clone, Debug)]
pub struct Replay {
    file: SessionFile,
    course: Course,
    lanes: Lanes,
    terms: Terms,
    sums: Sums,
    at_ms: u64,
    /// So many records have happened by then.
    seen: usize,
}

impl Replay {
    /// The beginning of this session. What its records cannot tell alone, such as what an expert looked at, is taken
    /// from the settings that it ran with.
    pub fn new(mut file: SessionFile) -> Self {
        // A picture shows what the models read; what stands behind it can be long, and would be copied with every one.
        for record in &mut file.records {
            if let What::Stepped(step) = &mut record.what {
                step.effect.whole = None;
            }
        }
        let settings = file::parse(&file.settings).settings;
        let strategy = file.started.as_ref().map_or(file.line.strategy, |started| started.strategy);
        let course = Course::of(&file.records);
        let lanes = Lanes::of(&file.records, &course, &strategy.parts(&settings.roles));
        let terms = Terms::of(&file, &settings, strategy);
        let mut replay = Self { file, course, lanes, terms, sums: Sums::default(), at_ms: 0, seen: 0 };
        replay.seek(0);
        replay
    }

    /// The length of the session in milliseconds. For one that was interrupted, until the last thing that is known of
    /// it.
    pub fn len_ms(&self) -> u64 {
        let took_ms = self.file.report.as_ref().map_or(0, |report| report.took_ms);
        self.course.end_ms().max(took_ms)
    }

    /// The moment that is shown, in milliseconds since the session began.
    pub fn at_ms(&self) -> u64 {
        self.at_ms
    }

    /// What is played.
    pub fn file(&self) -> &SessionFile {
        &self.file
    }

    /// Goes to this moment, forwards or backwards; the end is the last one.
    pub fn seek(&mut self, at_ms: u64) {
        self.at_ms = at_ms.min(self.len_ms());
        self.seen = self.course.count_at(self.at_ms);
        self.sums.bring_to(&self.file.records, self.seen, &self.terms);
    }

    /// Goes on to this moment; one that has passed already changes nothing. Takes up only what has happened in between.
    pub fn advance_to(&mut self, at_ms: u64) {
        self.seek(at_ms.max(self.at_ms));
    }

    /// When the first step after this moment was done.
    pub fn next_step_after(&self, at_ms: u64) -> Option<u64> {
        self.course.next_step_after(at_ms)
    }

    /// When the last step before this moment was done.
    pub fn step_before(&self, at_ms: u64) -> Option<u64> {
        self.course.step_before(at_ms)
    }

    /// When the first thing of any kind after this moment happened.
    pub fn next_record_after(&self, at_ms: u64) -> Option<u64> {
        self.course.next_record_after(at_ms)
    }

    /// What had happened by then, oldest first, each with the time that counts for it.
    pub fn records(&self) -> impl Iterator<Item = (u64, &Record)> {
        self.course.times().iter().copied().zip(&self.file.records)
    }

    /// Draws the moment. What belongs to the program and not to the session, such as the connection, stays as it is; so
    /// does the phase.
    pub fn draw(&self, snapshot: &mut Snapshot) {
        let records = &self.file.records;
        let started = self.file.started.as_ref();
        snapshot.goal.clone_from(started.map_or(&self.file.line.goal, |started| &started.goal));
        snapshot.elapsed_ms = self.at_ms;
        snapshot.step = self.steps(1).last().map_or(0, |step| step.step);
        snapshot.score = self.course.score(self.seen);
        snapshot.environment = self.environment();
        let question = self.course.question(self.seen);
        snapshot.experts = self.lanes.views(records, self.at_ms, question);
        let decision = self.decision();
        snapshot.narration = match self.course.narrated(self.seen).map(|index| &records[index].what) {
            Some(What::Narrated(narration)) => Some(narration.clone()),
            _ => None,
        };
        // What waits for a person now is never hidden by what waited then.
        if snapshot.phase == Phase::Idle {
            snapshot.approval = match self.course.approval(self.seen).map(|index| &records[index].what) {
                Some(What::ApprovalNeeded(approval)) => Some((**approval).clone()),
                _ => None,
            };
        }
        snapshot.cloud = self.terms.cloud;
        self.sums.draw(snapshot, &self.terms);
        // Of these the records tell nothing; those of another session would be wrong.
        snapshot.loops.clear();
        snapshot.providers.clear();
        snapshot.egress.clear();
        snapshot.ensemble = EnsembleView::default();
        snapshot.lessons = LessonsView::default();
        snapshot.connection.answering = None;
        self.draw_the_end(snapshot);
        snapshot.replay = Some(Box::new(ReplayView {
            session: self.file.line.session.clone(),
            is_playing: false,
            speed: 1.0,
            at_ms: self.at_ms,
            total_ms: self.len_ms(),
            question: decision.as_ref().map(|decision| decision.question),
            steps: self.steps(SHOWN).cloned().collect(),
            notices: self.notices(SHOWN).cloned().collect(),
        }));
        snapshot.decision = decision;
    }

    /// At its end, what a session came to is known better than by adding up.
    fn draw_the_end(&self, snapshot: &mut Snapshot) {
        let Some(report) = self.file.report.as_ref().filter(|_| self.at_ms >= self.len_ms()) else { return };
        snapshot.egress.clone_from(&report.egress);
        snapshot.ensemble = report.ensemble.clone();
        if report.spending.calls > 0 {
            snapshot.spending = report.spending.clone();
        }
        if report.regret.is_known {
            snapshot.regret = report.regret.clone();
        }
        if report.clock.decisions > 0 {
            snapshot.clock = report.clock;
        }
    }

    /// When the first look that is kept was taken, in milliseconds since the session began; 0 where there is none.
    pub fn first_look_ms(&self) -> u64 {
        self.course.first_look().map_or(0, |index| self.course.times()[index])
    }

    /// What was seen last; before the first look, what that is going to show, so that there is something to look at.
    fn environment(&self) -> EnvironmentView {
        let look = self.course.observed(self.seen).or_else(|| self.course.first_look());
        match look.map(|index| &self.file.records[index].what) {
            Some(What::Observed(observed)) => observed.view.clone(),
            _ => EnvironmentView::Nothing,
        }
    }

    /// The journal's number of the picture that was kept last, for a view that draws one; looks that nobody wanted a picture
    /// of have none. Before the first look, the picture of that.
    pub fn picture(&self) -> Option<u64> {
        let seen = if self.course.observed(self.seen).is_some() {
            self.seen
        } else {
            self.course.first_look().map_or(0, |index| index + 1)
        };
        self.course.picture(seen)
    }

    /// The last decision that was carried out or is just being so, with its effect as soon as that is known. One that
    /// the world had overtaken was never shown.
    fn decision(&self) -> Option<DecisionView> {
        let (decided, stepped) = self.course.decision(self.seen)?;
        let What::Decided(decided) = &self.file.records[decided].what else { return None };
        let step = stepped.and_then(|index| match &self.file.records[index].what {
            What::Stepped(step) => Some(step),
            _ => None,
        });
        Some(DecisionView {
            question: decided.question,
            step: step.map_or(0, |step| step.step),
            effect: step.map(|step| step.effect.text.clone()),
            ..decided.decision.clone()
        })
    }

    /// The last so many steps by now, oldest first.
    fn steps(&self, most: usize) -> impl Iterator<Item = &StepReport> {
        self.course.steps(self.seen, most).iter().filter_map(move |index| match &self.file.records[*index].what {
            What::Stepped(step) => Some(&**step),
            _ => None,
        })
    }

    /// The last so many notices by now, oldest first.
    fn notices(&self, most: usize) -> impl Iterator<Item = &Notice> {
        self.course.notices(self.seen, most).iter().filter_map(move |index| match &self.file.records[*index].what {
            What::Noticed(notice) => Some(&**notice),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests;
