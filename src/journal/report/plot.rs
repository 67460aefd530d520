//! Plots as pictures within the page. Lines are told apart by dashes and marks as well as by colour, and everything
//! that is drawn is also said.

use super::{
    scale::{self, LIMIT, Values, milliseconds},
    text::html,
    words,
};
use crate::protocol::{Plot, PlotLine};

/// The picture, and the ground of the plot within it. One unit is a pixel where two pictures stand side by side.
const WIDTH: f64 = 460.0;
const HEIGHT: f64 = 190.0;
const LEFT: f64 = 44.0;
const RIGHT: f64 = 450.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 162.0;

/// How many looks there are before they come round again; colours and dashes together tell twelve lines apart.
const COLOURS: usize = 6;
const DASHES: usize = 4;

/// A course with at most so many points has a mark at each of them.
const MOST_MARKS: usize = 40;

#[derive(Clone, Copy, Debug)]
struct Spot {
    x: f64,
    y: f64,
}

/// One plot with its legend. `number` tells its names from those of the others on the page.
pub fn figure(plot: &Plot, span_ms: u64, number: usize) -> String {
    let values = plot.lines.iter().flat_map(|line| &line.points).map(|(_, value)| *value);
    let axis = Values::over(values);
    let span = milliseconds(span_ms.max(1));
    let title = format!("{} ({})", plot.title, plot.unit);
    let mut out = format!(
        "<figure class=\"plot\">\n<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-labelledby=\"plot{number}t \
         plot{number}d\">\n<title id=\"plot{number}t\">{}</title>\n<desc id=\"plot{number}d\">{}</desc>\n",
        html(&title),
        html(&said(plot))
    );
    ground(&mut out, &axis, span_ms, span);
    for (index, line) in plot.lines.iter().enumerate() {
        let spots: Vec<Spot> = line.points.iter().map(|point| spot(*point, &axis, span)).collect();
        course(&mut out, thinned(&spots), index, plot.events);
    }
    out.push_str(&format!("</svg>\n<figcaption><strong>{}</strong>", html(&title)));
    for (index, line) in plot.lines.iter().enumerate() {
        out.push_str(&sample(line, index, plot.events));
    }
    out.push_str("</figcaption>\n</figure>\n");
    out
}

/// What a screen reader says of it.
fn said(plot: &Plot) -> String {
    let lines = plot.lines.iter().map(|line| {
        let [least, most, last] = scale::bounds(line).map(words::known_figure);
        let points = line.points.len();
        if plot.events {
            format!("{}: {points} events", line.name)
        } else {
            format!("{}: {points} values from {least} to {most}, {last} at the end", line.name)
        }
    });
    lines.collect::<Vec<String>>().join("; ")
}

/// Where a point of a course lies in the picture.
fn spot((at_ms, value): (u64, f64), axis: &Values, span: f64) -> Spot {
    let share = (milliseconds(at_ms) / span).clamp(0.0, 1.0);
    let value = if value.is_finite() { value.clamp(-LIMIT, LIMIT) } else { 0.0 };
    Spot { x: LEFT + share * (RIGHT - LEFT), y: height(value, axis) }
}

fn height(value: f64, axis: &Values) -> f64 {
    BOTTOM - (value - axis.least) / (axis.most - axis.least) * (BOTTOM - TOP)
}

/// Axes with their ticks.
fn ground(out: &mut String, axis: &Values, span_ms: u64, span: f64) {
    for tick in &axis.ticks {
        let y = height(tick.at, axis);
        out.push_str(&format!("<line class=\"grid\" x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{RIGHT}\" y2=\"{y:.1}\"/>\n"));
        out.push_str(&format!(
            "<text class=\"value\" x=\"{:.1}\" y=\"{:.1}\">{}</text>\n",
            LEFT - 6.0,
            y + 3.5,
            tick.words
        ));
    }
    for tick in scale::times(span_ms) {
        let x = LEFT + (tick.at / span).clamp(0.0, 1.0) * (RIGHT - LEFT);
        let end = BOTTOM + 4.0;
        out.push_str(&format!("<line class=\"axis\" x1=\"{x:.1}\" y1=\"{BOTTOM}\" x2=\"{x:.1}\" y2=\"{end}\"/>\n"));
        out.push_str(&format!("<text class=\"time\" x=\"{x:.1}\" y=\"{:.1}\">{}</text>\n", BOTTOM + 17.0, tick.words));
    }
    out.push_str(&format!("<line class=\"axis\" x1=\"{LEFT}\" y1=\"{BOTTOM}\" x2=\"{RIGHT}\" y2=\"{BOTTOM}\"/>\n"));
}

/// A course as a line, with marks where there are few points; events as marks alone.
fn course(out: &mut String, spots: Vec<Spot>, index: usize, is_events: bool) {
    if !is_events && spots.len() > 1 {
        let points: Vec<String> = spots.iter().map(|spot| format!("{:.1},{:.1}", spot.x, spot.y)).collect();
        out.push_str(&format!("<polyline class=\"{}\" points=\"{}\"/>\n", look(index), points.join(" ")));
    }
    if is_events || spots.len() <= MOST_MARKS {
        let marks: String = spots.into_iter().map(|spot| mark(spot, index)).collect();
        out.push_str(&format!("<path class=\"mark c{}\" d=\"{marks}\"/>\n", index % COLOURS));
    }
}

/// The classes that give a line its colour and its dashes.
fn look(index: usize) -> String {
    format!("line c{} d{}", index % COLOURS, index % DASHES)
}

/// A circle, a square, a diamond or a triangle, as a path.
fn mark(spot: Spot, index: usize) -> String {
    let Spot { x, y } = spot;
    let size = 2.6;
    match index % DASHES {
        0 => format!("M{:.1} {y:.1}a{size} {size} 0 1 0 {d} 0a{size} {size} 0 1 0 -{d} 0z", x - size, d = 2.0 * size),
        1 => format!("M{:.1} {:.1}h{d}v{d}h-{d}z", x - size, y - size, d = 2.0 * size),
        2 => format!("M{x:.1} {:.1}l{r} {r}l-{r} {r}l-{r} -{r}z", y - 3.4, r = 3.4),
        _ => format!("M{x:.1} {:.1}l3.2 5.6h-6.4z", y - 3.4),
    }
}

/// One line of the legend.
fn sample(line: &PlotLine, index: usize, is_events: bool) -> String {
    let stroke = if is_events {
        String::new()
    } else {
        format!("<line class=\"{}\" x1=\"0\" y1=\"6\" x2=\"28\" y2=\"6\"/>", look(index))
    };
    let mark = mark(Spot { x: 14.0, y: 6.0 }, index);
    format!(
        " <span class=\"key\"><svg viewBox=\"0 0 28 12\" aria-hidden=\"true\">{stroke}<path class=\"mark c{}\" \
         d=\"{mark}\"/></svg>{}</span>",
        index % COLOURS,
        html(&line.name)
    )
}

/// At most four points for each column of the picture, the first, the lowest, the highest and the last, so that nothing
/// that could be seen is lost and a long session stays a small page.
fn thinned(spots: &[Spot]) -> Vec<Spot> {
    let mut kept = Vec::new();
    for column in spots.chunk_by(|one, next| one.x.floor() == next.x.floor()) {
        let by_height = |one: &(usize, &Spot), other: &(usize, &Spot)| one.1.y.total_cmp(&other.1.y);
        let least = column.iter().enumerate().min_by(by_height).map_or(0, |(index, _)| index);
        let most = column.iter().enumerate().max_by(by_height).map_or(0, |(index, _)| index);
        let mut wanted = vec![0, least, most, column.len() - 1];
        wanted.sort_unstable();
        wanted.dedup();
        kept.extend(wanted.into_iter().map(|index| column[index]));
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_course_stays_small_and_keeps_its_extremes() {
        let spots: Vec<Spot> = (0..100_000_u32)
            .map(|index| Spot { x: LEFT + f64::from(index) * 0.004, y: if index == 50_001 { -9.0 } else { 50.0 } })
            .collect();
        let kept = thinned(&spots);
        assert!(kept.len() <= 4 * 402, "{} points", kept.len());
        assert!(kept.iter().any(|spot| spot.y < 0.0), "the one that stands out is there");
        assert!(kept.is_sorted_by_key(|spot| spot.x), "in order of time");
        assert!(thinned(&[]).is_empty());
    }

    #[test]
    fn twelve_lines_look_different() {
        let looks: std::collections::BTreeSet<String> = (0..12).map(look).collect();
        assert_eq!(looks.len(), 12);
    }
}
