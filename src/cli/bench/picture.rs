//! The picture of a bench: one row for each arm, every run a faint dot, the mean with its interval.

use super::{
    statistics::{Estimate, Verdict},
    summary::{ArmSummary, Summary},
    table::heading,
};
use crate::environment::world::baseline::Baseline;

const WIDTH: u32 = 900;
/// Where no points and where a hundred points lie.
const LEFT: f64 = 300.0;
const RIGHT: f64 = 830.0;
/// Where the first row begins, and how high each is.
const TOP: u32 = 104;
const ROW: u32 = 40;
const FOOT: u32 = 48;
/// Dots of the same score would hide each other, so they stand a little apart.
const APART: [i32; 7] = [0, -6, 4, -3, 7, -8, 2];
/// Longer names do not fit beside the rows.
const LABEL_LETTERS: usize = 38;

const PAPER: &str = "#ffffff";
const INK: &str = "#1c1e21";
const GREY: &str = "#6a6f76";
const FAINT: &str = "#e3e5e8";
const BLUE: &str = "#2a62b8";
const RED: &str = "#b3261e";

/// The whole picture.
pub fn svg(summary: &Summary) -> String {
    let arms = summary.by_mean();
    let rows = u32::try_from(arms.len()).unwrap_or(u32::MAX);
    let bottom = TOP.saturating_add(rows.saturating_mul(ROW));
    let height = bottom.saturating_add(FOOT);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
         viewBox=\"0 0 {WIDTH} {height}\" \
         role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"13\" fill=\"{INK}\">\n"
    );
    svg += &format!("<title>{}</title>\n", escaped(&heading(summary)));
    svg += &format!("<rect width=\"{WIDTH}\" height=\"{height}\" fill=\"{PAPER}\" stroke=\"{FAINT}\"/>\n");
    svg += "<text x=\"20\" y=\"32\" font-size=\"18\" font-weight=\"600\">Points by who decides</text>\n";
    svg += &format!("<text x=\"20\" y=\"54\" fill=\"{GREY}\">{}</text>\n", escaped(&heading(summary)));
    svg += &axis(bottom);
    svg += &guide(summary.baseline(Baseline::Random), 76, bottom);
    svg += &guide(summary.baseline(Baseline::Greedy), 92, bottom);
    for (arm, top) in arms.into_iter().zip((TOP..bottom).step_by(ROW as usize)) {
        svg += &row(arm, top + ROW / 2);
    }
    svg + "</svg>\n"
}

/// Where so many points lie.
fn x(points: f64) -> f64 {
    LEFT + points.clamp(0.0, 100.0) / 100.0 * (RIGHT - LEFT)
}

fn axis(bottom: u32) -> String {
    let ticks = (0_u32..=100).step_by(20).map(|points| {
        let (x, below) = (x(f64::from(points)), bottom + 18);
        format!(
            "<line x1=\"{x:.1}\" y1=\"{TOP}\" x2=\"{x:.1}\" y2=\"{bottom}\" stroke=\"{FAINT}\"/>\n\
             <text x=\"{x:.1}\" y=\"{below}\" fill=\"{GREY}\" font-size=\"12\" text-anchor=\"middle\">{points}</text>\n"
        )
    });
    let below = bottom + 36;
    let middle = x(50.0);
    let title = format!(
        "<text x=\"{middle:.1}\" y=\"{below}\" fill=\"{GREY}\" font-size=\"12\" text-anchor=\"middle\">points of 100; \
         a dot is a run, a bar the 95 % interval of the mean</text>\n"
    );
    ticks.chain([title]).collect()
}

/// A line through the whole picture at the mean of one arm, with its name above.
fn guide(arm: Option<&ArmSummary>, name_at: u32, bottom: u32) -> String {
    let Some((arm, points)) = arm.and_then(|arm| Some((arm, arm.points?))) else { return String::new() };
    let (x, label, top) = (x(points.mean), escaped(&arm.label), name_at + 4);
    format!(
        "<line x1=\"{x:.1}\" y1=\"{top}\" x2=\"{x:.1}\" y2=\"{bottom}\" stroke=\"{GREY}\" stroke-dasharray=\"4 4\"/>\n\
         <text x=\"{x:.1}\" y=\"{name_at}\" fill=\"{GREY}\" font-size=\"12\" text-anchor=\"middle\">{label}</text>\n"
    )
}

fn row(arm: &ArmSummary, middle: u32) -> String {
    let (name_at, words_at) = (middle - 2, middle + 13);
    let (label, whole) = (escaped(&shortened(&arm.label)), escaped(&arm.label));
    let (words, colour) = (arm.words, if arm.verdict == Verdict::WorseThanRandom { RED } else { GREY });
    let end = LEFT - 20.0;
    let mut row = format!(
        "<g><title>{whole}</title>\n\
         <text x=\"{end:.1}\" y=\"{name_at}\" text-anchor=\"end\">{label}</text>\n\
         <text x=\"{end:.1}\" y=\"{words_at}\" fill=\"{colour}\" font-size=\"11\" text-anchor=\"end\">{words}</text>\n"
    );
    for (score, apart) in arm.scores.values().zip(APART.into_iter().cycle()) {
        let (x, y) = (x(*score), f64::from(middle) + f64::from(apart));
        row += &format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{BLUE}\" fill-opacity=\"0.25\"/>\n");
    }
    if let Some(points) = arm.points {
        row += &mean_with_interval(points, middle);
    }
    row + "</g>\n"
}

fn mean_with_interval(points: Estimate, middle: u32) -> String {
    let Estimate { mean, low, high, .. } = points;
    let (x, left, right) = (x(mean), x(low), x(high));
    let (figure_x, figure_y) = (RIGHT + 16.0, middle + 5);
    format!(
        "<line x1=\"{left:.1}\" y1=\"{middle}\" x2=\"{right:.1}\" y2=\"{middle}\" stroke=\"{INK}\" \
         stroke-width=\"3\"/>\n\
         <circle cx=\"{x:.1}\" cy=\"{middle}\" r=\"5\" fill=\"{INK}\" stroke=\"{PAPER}\" stroke-width=\"1.5\"/>\n\
         <text x=\"{figure_x:.1}\" y=\"{figure_y}\" font-weight=\"600\">{mean:.1}</text>\n"
    )
}

fn shortened(label: &str) -> String {
    if label.chars().count() <= LABEL_LETTERS {
        return label.to_owned();
    }
    label.chars().take(LABEL_LETTERS - 1).chain(['…']).collect()
}

/// As text in XML, which knows hardly any control character.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => safe.push(' '),
            letter if letter.is_control() => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::bench::tests::planted;

    /// What is wrong with it as XML, as far as this picture could be: tags that are not closed in order, bare signs.
    fn fault(xml: &str) -> Option<String> {
        let mut open: Vec<&str> = Vec::new();
        let mut rest = xml;
        while let Some(start) = rest.find('<') {
            let (text, tag) = rest.split_at(start);
            let entities = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"];
            if let Some(bare) =
                text.match_indices('&').find(|(at, _)| !entities.iter().any(|known| text[*at..].starts_with(known)))
            {
                return Some(format!("a bare & at {bare:?} of {text}"));
            }
            let Some(end) = tag.find('>') else { return Some(format!("{tag} has no end")) };
            let (tag, after) = (&tag[1..end], &tag[end + 1..]);
            if tag.contains('<') || tag.matches('"').count() % 2 == 1 {
                return Some(format!("<{tag}> is no tag"));
            }
            let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
            if tag.starts_with('/') {
                if open.pop() != Some(name) {
                    return Some(format!("{name} is closed and was not open"));
                }
            } else if !tag.ends_with('/') {
                open.push(name);
            }
            rest = after;
        }
        (!open.is_empty() || rest.contains('>')).then(|| format!("{open:?} {rest}"))
    }

    #[test]
    fn it_is_well_formed_whatever_an_arm_is_called() {
        let svg = svg(&planted());
        assert_eq!(fault(&svg), None, "{svg}");
        assert!(svg.contains("&lt;b&gt;&amp;&quot;it&quot;") && !svg.contains("<b>"), "{svg}");
        assert!(fault("<a><b></a>").is_some() && fault("<a>x & y</a>").is_some() && fault("<a>").is_some());
        assert_eq!(escaped("a\u{0}b\nc"), "a b c");
    }

    #[test]
    fn every_run_is_a_dot_and_every_arm_a_row() {
        let summary = planted();
        let svg = svg(&summary);
        let runs: usize = summary.arms.iter().map(|arm| arm.scores.len()).sum();
        assert_eq!(svg.matches("fill-opacity").count(), runs);
        assert_eq!(svg.matches("<g>").count(), summary.arms.len());
        assert_eq!(svg.matches("stroke-dasharray").count(), 2, "random and greedy");
        assert!(svg.contains(RED) && svg.contains("worse than random"));
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }

    #[test]
    fn points_lie_between_the_ends_of_the_axis() {
        assert_eq!((x(0.0), x(100.0), x(-5.0), x(500.0)), (LEFT, RIGHT, LEFT, RIGHT));
        let long = "m".repeat(60);
        assert_eq!((shortened(&long).chars().count(), shortened("short")), (LABEL_LETTERS, "short".to_owned()));
    }
}
