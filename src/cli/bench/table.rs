//! The figures of a bench as lines for people.

use super::{
    arguments::difficulty_name,
    arm::wording_title,
    statistics::{Estimate, tenths},
    summary::{ArmSummary, Control, Pair, Summary},
};

/// Stands where there is nothing to say.
const NOTHING: &str = "-";

/// On which side of a column its words stand.
#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
}

const COLUMNS: [(&str, Side); 11] = [
    ("arm", Side::Left),
    ("runs", Side::Right),
    ("mean", Side::Right),
    ("95 % interval", Side::Right),
    ("against random", Side::Right),
    ("verdict", Side::Left),
    ("decisions", Side::Right),
    ("calls", Side::Right),
    ("tokens", Side::Right),
    ("a decision", Side::Right),
    ("fell back", Side::Right),
];

type Row = [String; COLUMNS.len()];

/// What was played, the table, what reading is worth, and what has to be known.
pub fn text(summary: &Summary) -> String {
    let rows: Vec<Row> = summary.by_mean().into_iter().map(row).collect();
    let mut parts = vec![heading(summary), String::new(), aligned(&rows)];
    let controls: Vec<String> = summary.controls.iter().map(Control::words).collect();
    let pairs: Vec<String> = summary.pairs.iter().map(Pair::words).collect();
    for more in [&pairs, &controls, &summary.notes] {
        if !more.is_empty() {
            parts.extend([String::new(), more.join("\n")]);
        }
    }
    parts.join("\n")
}

/// In which worlds.
pub fn heading(summary: &Summary) -> String {
    format!(
        "Built-in world, {} ({} turns), {}, seeds {} to {}",
        difficulty_name(summary.difficulty),
        summary.turns,
        wording_title(summary.wording),
        summary.first_seed,
        summary.last_seed
    )
}

fn row(arm: &ArmSummary) -> Row {
    let per_run = &arm.per_run;
    let asks = per_run.calls > 0.0;
    let if_it_asks = |text: String| if asks { text } else { NOTHING.to_owned() };
    [
        arm.label.clone(),
        if arm.runs == arm.planned { arm.runs.to_string() } else { format!("{} of {}", arm.runs, arm.planned) },
        arm.points.map_or(NOTHING.to_owned(), |points| format!("{:.1}", points.mean)),
        arm.points.map_or(NOTHING.to_owned(), |points| interval(&points)),
        arm.to_random.map_or(NOTHING.to_owned(), difference),
        arm.words.to_owned(),
        if arm.runs == 0 { NOTHING.to_owned() } else { format!("{:.1}", per_run.decisions) },
        if_it_asks(format!("{:.1}", per_run.calls)),
        if_it_asks(format!("{:.0}", per_run.tokens)),
        arm.ms_per_decision.map_or(NOTHING.to_owned(), time),
        if_it_asks(format!("{} of {}", arm.fell_back, arm.decisions)),
    ]
}

/// A single world shows no spread.
fn interval(estimate: &Estimate) -> String {
    if estimate.seeds < 2 {
        return NOTHING.to_owned();
    }
    format!("{:.1} to {:.1}", tenths(estimate.low), tenths(estimate.high))
}

fn difference(estimate: Estimate) -> String {
    match interval(&estimate).as_str() {
        NOTHING => format!("{:+.1}", tenths(estimate.mean)),
        interval => format!("{:+.1} ({interval})", tenths(estimate.mean)),
    }
}

fn time(ms: f64) -> String {
    if ms < 1000.0 { format!("{ms:.0} ms") } else { format!("{:.1} s", ms / 1000.0) }
}

/// Every column as wide as its longest entry.
fn aligned(rows: &[Row]) -> String {
    let header: Row = COLUMNS.map(|(name, _)| name.to_owned());
    let rows: Vec<&Row> = std::iter::once(&header).chain(rows).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: [usize; COLUMNS.len()] = std::array::from_fn(width);
    let line = |row: &Row| {
        let cells = row.iter().zip(COLUMNS).zip(widths).map(|((text, (_, side)), width)| match side {
            Side::Left => format!("{text:<width$}"),
            Side::Right => format!("{text:>width$}"),
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.into_iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::bench::tests::planted;

    #[test]
    fn columns_are_aligned_and_the_best_stands_first() {
        let text = text(&planted());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "Built-in world, normal (70 turns), ordinary wording, seeds 0 to 9");
        assert!(lines[2].starts_with("arm ") && lines[3].starts_with("oracle "), "{text}");
        let at = |line: &str, word: &str| line.find(word).map(|byte| line[..byte].chars().count());
        let verdict = at(lines[2], "verdict");
        assert!(verdict.is_some());
        for (line, words) in [
            (lines[3], "the best that is possible"),
            (lines[4], "better than greedy"),
            (lines[8], "the yardstick"),
            (lines[9], "worse than random"),
        ] {
            assert_eq!(at(line, words), verdict, "{text}");
        }
        // The end of a column of figures is the same in every line.
        let mean = at(lines[2], "mean").map(|start| start + "mean".len());
        for (line, figure) in [(lines[3], "100.0  "), (lines[9], "14.1  "), (lines[4], "52.3  ")] {
            assert_eq!(at(line, figure).map(|start| start + figure.trim_end().len()), mean, "{text}");
        }
    }

    #[test]
    fn every_figure_has_its_words() {
        let text = text(&planted());
        for expected in ["8 of 10", "-4.0 (-4.0 to -4.0)", "320 ms", "51200", "20 of 390", "reading is worth 15.0"] {
            assert!(text.contains(expected), "{expected} is not in\n{text}");
        }
        let unplayed = text.lines().find(|line| line.starts_with("hybrid, without clues")).unwrap();
        assert!(unplayed.contains("0 of 10") && unplayed.contains("too few seeds to tell"), "{unplayed}");
        assert!(!text.contains("-0.0") && !text.contains("NaN"), "{text}");
    }

    #[test]
    fn figures_are_short() {
        assert_eq!((time(320.4), time(1260.0), time(92_000.0)), ("320 ms".into(), "1.3 s".into(), "92.0 s".into()));
        assert_eq!(format!("{:+.1}", tenths(-0.04)), "+0.0");
    }
}
