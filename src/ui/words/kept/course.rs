//! Plots as words: the names of their courses, figures with their units, and what they show at a moment.

use crate::{
    protocol::{Plot, PlotLine},
    ui::{
        catalogue::{said, say},
        words::{with_unit, written},
    },
};

/// Units of more letters are words.
const LONGEST_SIGN: usize = 3;

/// The name of a plot. Those that the journal draws come in English and are said in the window's language; others have
/// a name in it already.
pub fn title(plot: &Plot) -> String {
    match plain(&plot.title).as_str() {
        "score" => say!("kept-plot-score"),
        "cycle-time" => say!("kept-plot-cycle-time"),
        "time-to-first-token" => say!("kept-plot-first-token"),
        "tokens-a-second" => say!("kept-plot-tokens-a-second"),
        "waiting-for-its-turn" => say!("kept-plot-waiting"),
        "errors-by-cause" => say!("kept-plot-errors"),
        _ => plot.title.clone(),
    }
}

/// The same of one of its courses; parts and causes are called as everywhere.
pub fn line_name(line: &PlotLine) -> String {
    match plain(&line.name).as_str() {
        "score" => say!("kept-course-score"),
        "decision" => say!("kept-course-decision"),
        "local-models" => say!("kept-course-local"),
        "tool-servers" => say!("kept-course-tools"),
        _ => said(&line.name).into_owned(),
    }
}

/// The same of a unit; one that is a sign is the same everywhere.
pub fn unit_name(unit: &str) -> String {
    match unit {
        "points" => say!("kept-unit-points"),
        "events" => say!("kept-unit-events"),
        "tokens/s" => say!("kept-unit-rate"),
        _ => unit.to_owned(),
    }
}

/// In small letters and without blanks.
fn plain(name: &str) -> String {
    name.to_ascii_lowercase().replace(' ', "-")
}

/// A figure with as many digits as tell something: `62`, `1.4`, `0.25`, `12,000`.
pub fn figure(value: f64) -> String {
    let digits = match value.abs() {
        100.0.. => 0,
        10.0.. => 1,
        _ => 2,
    };
    let words = format!("{value:.digits$}");
    let words = if digits == 0 { words.as_str() } else { words.trim_end_matches('0').trim_end_matches('.') };
    // What is too little to be seen has no sign either.
    written(if words == "-0" { "0" } else { words })
}

/// The same with its unit. One that is a word is no sign that belongs to the figure.
pub fn measured(value: f64, unit: &str) -> String {
    let (figure, name) = (figure(value), unit_name(unit));
    let is_word = name.chars().count() > LONGEST_SIGN && name.chars().all(char::is_alphabetic);
    if is_word { format!("{figure} {name}") } else { with_unit(&figure, &name) }
}

/// The last point of a course at a moment, if it had begun.
pub fn point_at(line: &PlotLine, at_ms: u64) -> Option<(u64, f64)> {
    let count = line.points.partition_point(|(point_ms, _)| *point_ms <= at_ms);
    line.points.get(count.checked_sub(1)?).copied()
}

/// What a plot shows at a moment: `18 points`, `threat 1.4 s, navigation 0.9 s`.
pub fn values_at(plot: &Plot, at_ms: u64) -> String {
    let said = plot.lines.iter().filter_map(|line| {
        let (_, value) = point_at(line, at_ms)?;
        let value = measured(value, &plot.unit);
        Some(if plot.lines.len() > 1 { format!("{} {value}", line_name(line)) } else { value })
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() { say!("kept-nothing-yet") } else { said.join(", ") }
}
