//! What a screen reader says of plots and marks.

use crate::{
    protocol::{Plot, PlotLine},
    ui::{
        catalogue::say,
        words::kept::{figure, line_name, measured, moment, title},
    },
};

/// A plot in one sentence.
pub fn in_words(plot: &Plot) -> String {
    let said: Vec<String> = plot.lines.iter().map(|line| line_in_words(plot, line)).collect();
    let said = if said.is_empty() { say!("kept-plot-nothing") } else { said.join("; ") };
    say!("kept-plot", title = title(plot), said = said)
}

fn line_in_words(plot: &Plot, line: &PlotLine) -> String {
    let name = (plot.lines.len() > 1).then(|| line_name(line));
    let values = line.points.iter().map(|(_, value)| *value).filter(|value| value.is_finite());
    let Some(last) = values.clone().next_back() else {
        return name.map_or_else(|| say!("kept-plot-nothing"), |name| say!("kept-course-nothing", name = name));
    };
    if plot.events {
        let (count, first) = (figure(last), moment(line.points.first().map_or(0, |(at_ms, _)| *at_ms)));
        return match name {
            Some(name) => say!("kept-course-count", name = name, count = count, first = first),
            None => say!("kept-plot-count", count = count, first = first),
        };
    }
    let (low, high) = values.fold((last, last), |(low, high), value| (low.min(value), high.max(value)));
    let [low, high, last] = [low, high, last].map(|value| measured(value, &plot.unit));
    match name {
        Some(name) => say!("kept-course-values", name = name, low = low, high = high, last = last),
        None => say!("kept-plot-values", low = low, high = high, last = last),
    }
}

/// Marks in one sentence: how many, and the last one.
pub fn marks_in_words(name: &str, marks: &[(u64, String)]) -> String {
    match marks {
        [] => say!("kept-no-marks", name = name),
        [.., (at_ms, words)] => {
            say!("kept-marks", name = name, count = marks.len(), moment = moment(*at_ms), words = words.as_str())
        }
    }
}
