//! One session as it is looked at, with what is worked out of it once and drawn many times.

use crate::{
    protocol::{CallState, Plot, PlotLine, SessionFile, StepReport, What},
    ui::{
        catalogue::{Language, say, spoken},
        words::kept,
    },
};

/// A session that was read.
#[derive(Clone, Debug, Default)]
pub struct Opened {
    pub file: SessionFile,
    /// Its length in milliseconds.
    pub total_ms: u64,
    /// Where among the records the steps stand.
    steps: Vec<usize>,
    /// And what else deserves a mark on the timeline, in words: milliseconds since the session began.
    pub marks: Vec<(u64, String)>,
    /// The language of the marks.
    spoken: Language,
    pub sums: Sums,
}

/// What two sessions are compared by, beside what stands in their reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Median over the steps, from the observation to the effect.
    pub cycle_ms: Option<u64>,
    /// Median over the calls that were answered, from when they left.
    pub first_token_ms: Option<u64>,
    /// Of prompts and answers together.
    pub tokens: u64,
    pub errors: u64,
}

impl Opened {
    /// Works out what is drawn of a session.
    pub fn new(file: SessionFile) -> Self {
        let is_step = |what: &What| matches!(what, What::Stepped(_));
        let numbered = file.records.iter().enumerate();
        let steps = numbered.filter(|(_, record)| is_step(&record.what)).map(|(index, _)| index).collect();
        let sums = Sums::of(&file);
        let total_ms = length_ms(&file);
        let mut opened = Self { file, total_ms, steps, marks: Vec::new(), spoken: spoken(), sums };
        opened.speak();
        opened
    }

    /// Says the marks in the language of the window.
    pub fn speak(&mut self) {
        let said = self.file.records.iter().filter_map(|record| Some((record.at_ms, kept::mark(&record.what)?)));
        self.marks = said.collect();
        self.spoken = spoken();
    }

    /// True where the marks are said in this language.
    pub fn is_in(&self, language: Language) -> bool {
        self.spoken == language
    }

    /// How many steps it has.
    pub fn step_count(&self) -> usize {
        self.steps.len()
    }

    /// The step in this place, from 0, and when its effect was seen.
    pub fn step(&self, index: usize) -> Option<(u64, &StepReport)> {
        let record = self.file.records.get(*self.steps.get(index)?)?;
        match &record.what {
            What::Stepped(step) => Some((record.at_ms, step)),
            _ => None,
        }
    }

    /// How many steps were over at this moment.
    pub fn steps_by(&self, at_ms: u64) -> usize {
        self.steps.partition_point(|&index| self.file.records.get(index).is_some_and(|record| record.at_ms <= at_ms))
    }

    /// The last step that was over at this moment.
    pub fn step_at(&self, at_ms: u64) -> Option<&StepReport> {
        self.step(self.steps_by(at_ms).checked_sub(1)?).map(|(_, step)| step)
    }

    /// When the last step before this moment was over.
    pub fn earlier(&self, at_ms: u64) -> Option<u64> {
        let before = self.steps_by(at_ms.checked_sub(1)?);
        self.step(before.checked_sub(1)?).map(|(at_ms, _)| at_ms)
    }

    /// When the first step after this moment was over.
    pub fn later(&self, at_ms: u64) -> Option<u64> {
        self.step(self.steps_by(at_ms)).map(|(at_ms, _)| at_ms)
    }

    /// The step that came of a question.
    pub fn step_of(&self, question: u64) -> Option<u64> {
        let mut steps = (0..self.steps.len()).filter_map(|index| self.step(index));
        steps.find(|(_, step)| step.question == Some(question)).map(|(_, step)| step.step)
    }

    /// The score after each step that had one.
    fn scores(&self, name: String) -> PlotLine {
        let steps = (0..self.steps.len()).filter_map(|index| self.step(index));
        let points = steps.filter_map(|(at_ms, step)| Some((at_ms, step.score?))).collect();
        PlotLine { name, points }
    }

    /// Where a part stands among the others, by its role; one that is not known stands behind them.
    pub fn place_of(&self, role: &str) -> usize {
        let figures = &self.file.figures.experts;
        figures.iter().position(|figures| figures.role == role).unwrap_or(figures.len())
    }

    /// What a part is called, by its role.
    pub fn title_of<'a>(&'a self, role: &'a str) -> &'a str {
        let figures = self.file.figures.experts.iter().find(|figures| figures.role == role);
        figures.map_or(role, |figures| figures.title.as_str())
    }
}

/// Both courses of the score in one picture.
pub fn both_scores(one: &Opened, other: &Opened) -> Plot {
    Plot {
        title: say!("sessions-score"),
        unit: say!("sessions-points"),
        lines: vec![one.scores(say!("sessions-this-course")), other.scores(say!("sessions-other-course"))],
        events: false,
    }
}

/// Until the last thing that is known of it.
fn length_ms(file: &SessionFile) -> u64 {
    let last = file.records.last().map_or(0, |record| record.at_ms);
    let took = file.report.as_ref().map_or(0, |report| report.took_ms);
    let lines = file.figures.plots.iter().flat_map(|plot| &plot.lines);
    let drawn = lines.filter_map(|line| line.points.last()).map(|(at_ms, _)| *at_ms).max().unwrap_or(0);
    last.max(took).max(drawn)
}

impl Sums {
    fn of(file: &SessionFile) -> Self {
        let cycles = file.records.iter().filter_map(|record| match &record.what {
            What::Stepped(step) => Some(step.took_ms),
            _ => None,
        });
        let first_tokens = file.records.iter().filter_map(|record| match &record.what {
            What::CallEnded(call) if call.state == CallState::Answered => {
                let left_ms = call.left_at_ms.unwrap_or(call.asked_at_ms);
                call.first_token_at_ms.map(|first_ms| first_ms.saturating_sub(left_ms))
            }
            _ => None,
        });
        let (figures, errors) = (&file.figures.experts, &file.figures.errors);
        Self {
            cycle_ms: median(cycles.collect()),
            first_token_ms: median(first_tokens.collect()),
            tokens: figures.iter().map(|figures| figures.prompt_tokens + figures.answer_tokens).sum(),
            errors: errors.iter().map(|pattern| pattern.count).sum(),
        }
    }
}

/// The value in the middle; of two in the middle the lower one.
fn median(mut values: Vec<u64>) -> Option<u64> {
    values.sort_unstable();
    values.get(values.len().checked_sub(1)? / 2).copied()
}
