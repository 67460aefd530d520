//! How score and time for a step went in this session, as far as its steps are remembered.

use std::collections::VecDeque;

use egui::Ui;

use super::small;
use crate::{
    protocol::{Plot, PlotLine, StepReport},
    ui::{
        catalogue::say,
        theme::{palette, space},
        widgets::{Span, moments, plot},
        words,
    },
};

/// Draws both courses over one another. Steps tell no time of day, so they are laid end to end.
pub fn ui(ui: &mut Ui, steps: &VecDeque<StepReport>) {
    let (plots, total_ms) = courses(steps);
    let span = Span::new(total_ms);
    ui.spacing_mut().item_spacing.y = space::XS;
    for course in &plots {
        plot(ui, course, span, None);
    }
    moments(ui, span);
    small(ui, &say!("session-courses-time"), palette(ui).weak);
}

/// The courses that there is anything of, and the time of all steps together in milliseconds.
fn courses(steps: &VecDeque<StepReport>) -> (Vec<Plot>, u64) {
    let (mut scores, mut times) = (Vec::new(), Vec::new());
    let mut at_ms = 0_u64;
    for step in steps {
        at_ms = at_ms.saturating_add(step.took_ms);
        scores.extend(step.score.map(|score| (at_ms, score)));
        times.push((at_ms, words::seconds(step.took_ms)));
    }
    let plot = |title: String, unit: &str, points: Vec<(u64, f64)>| Plot {
        title,
        unit: unit.to_owned(),
        lines: vec![PlotLine { name: String::new(), points }],
        events: false,
    };
    let mut plots = vec![
        plot(say!("session-course-score"), &say!("session-course-points"), scores),
        plot(say!("session-course-time"), "s", times),
    ];
    plots.retain(|plot| plot.lines.iter().any(|line| !line.points.is_empty()));
    (plots, at_ms)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{ActionCall, Effect, EffectStatus, LoopName};

    fn step(took_ms: u64, score: Option<f64>) -> StepReport {
        StepReport {
            step: 1,
            action: ActionCall::bare("attack"),
            ordered_by: LoopName::Reasoning,
            by: String::new(),
            because: String::new(),
            effect: Effect { status: EffectStatus::Done, text: String::new(), score, changed: true, whole: None },
            score,
            took_ms,
            question: None,
        }
    }

    #[test]
    fn steps_are_laid_end_to_end() {
        let steps = VecDeque::from([step(500, None), step(1500, Some(3.0)), step(1000, Some(9.0))]);
        let (plots, total_ms) = courses(&steps);
        assert_eq!(total_ms, 3000);
        assert_eq!(plots[0].lines[0].points, [(2000, 3.0), (3000, 9.0)]);
        assert_eq!(plots[1].lines[0].points, [(500, 0.5), (2000, 1.5), (3000, 1.0)]);
    }

    #[test]
    fn where_nothing_is_scored_there_is_no_course_of_it() {
        let (plots, _) = courses(&VecDeque::from([step(500, None)]));
        assert_eq!(plots.iter().map(|plot| plot.title.as_str()).collect::<Vec<_>>(), ["Time for a step"]);
    }
}
