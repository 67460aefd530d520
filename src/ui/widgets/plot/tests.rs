//! Plots are said in words, keep their peaks however many points there are, and have round scales.

use super::{course::thin, said::in_words, *};
use crate::protocol::PlotLine;

fn line(name: &str, points: &[(u64, f64)]) -> PlotLine {
    PlotLine { name: name.into(), points: points.to_vec() }
}

fn ground() -> Rect {
    Rect::from_min_max(pos2(100.0, 0.0), pos2(900.0, 100.0))
}

#[test]
fn a_plot_is_said_in_words() {
    let plot = Plot {
        title: "Score".into(),
        unit: "points".into(),
        lines: vec![line("score", &[(0, 3.0), (1000, 18.5), (2000, f64::NAN), (3000, 12.0)])],
        events: false,
    };
    assert_eq!(in_words(&plot), "Score: lowest 3 points, highest 18.5 points, last 12 points");
    let errors = Plot {
        title: "Errors".into(),
        unit: String::new(),
        lines: vec![line("timeout", &[(1500, 1.0), (2500, 2.0)]), line("refused", &[])],
        events: true,
    };
    let words = "Errors: timeout 2 in all, the first after 1.5\u{a0}s; refused nothing was measured";
    assert_eq!(in_words(&errors), words);
    assert_eq!(in_words(&Plot { title: "Queue".into(), ..Plot::default() }), "Queue: nothing was measured");
    let marks = [(1000, "Paused on request".to_owned()), (1500, "Went on".to_owned())];
    assert_eq!(marks_in_words("What happened", &marks), "What happened: 2 marks, the last after 1.5\u{a0}s: Went on");
}

#[test]
fn many_points_become_few_and_every_peak_stays() {
    let mut points: Vec<(u64, f64)> = (0..100_000).map(|at_ms| (at_ms, 1.0)).collect();
    points[54_321].1 = 99.0;
    points[54_322].1 = -7.0;
    let span = Span::new(100_000);
    let scale = Scale::of(points.iter().map(|(_, value)| *value), 100.0);
    let path = thin(&points, |at_ms, value| pos2(span.x(at_ms, ground()), scale.y(value, ground())));
    assert!(path.len() <= 2 * 801 + 2, "{} points are drawn", path.len());
    assert!(path.is_sorted_by(|one, other| one.x <= other.x), "time runs to the right");
    let has = |value: f64| path.iter().any(|spot| (spot.y - scale.y(value, ground())).abs() < 0.001);
    assert!(has(99.0) && has(-7.0) && has(1.0));
    assert_eq!(thin_events([10.1, 10.9, 11.0].into_iter()), [10.1, 11.0]);
}

#[test]
fn a_course_that_never_rests_has_no_more_dashes_than_fit_the_width() {
    let points: Vec<(u64, f64)> = (0..100_000).map(|at_ms| (at_ms, if at_ms % 2 == 0 { 0.0 } else { 9.0 })).collect();
    let (span, scale) = (Span::new(100_000), Scale::of([0.0, 9.0].into_iter(), 100.0));
    let place = |at_ms, value| pos2(span.x(at_ms, ground()), scale.y(value, ground()));
    for index in 0..5 {
        let dashes = pieces(index, thin(&points, place));
        assert!(dashes.len() <= 1200, "the course {index} has {} dashes", dashes.len());
        assert!(dashes.iter().all(|dash| dash.len() > 1), "a dash is a line");
    }
    let flat = pieces(1, vec![pos2(0.0, 0.0), pos2(21.0, 0.0)]);
    let edges: Vec<f32> = flat.iter().flat_map(|dash| [dash[0].x.round(), dash[dash.len() - 1].x.round()]).collect();
    assert_eq!(edges, [0.0, 7.0, 11.0, 18.0], "a dash of seven points, then four of nothing");
    assert_eq!(pieces(1, vec![pos2(3.0, 0.0)]), [[pos2(3.0, 0.0)]], "a single point stays one");
    assert!(pieces(0, Vec::new()).is_empty());
}

#[test]
fn a_scale_is_round_and_holds_nothing_and_everything() {
    let ticks = |values: &[f64]| Scale::of(values.iter().copied(), 100.0).ticks();
    assert_eq!(ticks(&[3.0, 18.0]), [0.0, 10.0, 20.0]);
    assert_eq!(ticks(&[]), [0.0, 0.5, 1.0]);
    assert_eq!(ticks(&[-4.0, 9.0]), [-5.0, 0.0, 5.0, 10.0]);
    assert_eq!(ticks(&[0.0]), [0.0, 0.5, 1.0]);
    let scale = Scale::of([0.0, 20.0].into_iter(), 100.0);
    assert_eq!([0.0, 10.0, 20.0].map(|value| scale.y(value, ground())), [100.0, 50.0, 0.0]);
}

#[test]
fn moments_and_places_belong_together() {
    let span = Span::new(8000);
    assert_eq!([100.0, 500.0, 900.0, 2000.0, 0.0].map(|x| span.at(x, ground())), [0, 4000, 8000, 8000, 0]);
    assert_eq!(span.x(4000, ground()), 500.0);
    assert_eq!(span.ticks(800.0).collect::<Vec<_>>(), [0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000]);
    let long = Span::new(90 * 86_400_000);
    assert_eq!(long.ticks(80.0).count(), 2, "its two ends");
    assert_eq!(Span::new(0).ticks(800.0).count(), 1);
}

#[test]
fn twenty_courses_differ_and_the_first_five_in_form() {
    use egui::Color32;
    let colors = [Color32::RED, Color32::GREEN, Color32::BLUE, Color32::WHITE];
    let courses: Vec<Course> = (0..20).map(|index| Course::of(index, &colors)).collect();
    for (index, one) in courses.iter().enumerate() {
        assert!(courses.iter().skip(index + 1).all(|other| other != one), "the course {index} comes twice");
    }
    // Whoever sees no colours tells as many apart as an ensemble usually has parts.
    let colorless: Vec<Course> = (0..5).map(|index| Course::of(index, &[Color32::WHITE; 4])).collect();
    for (index, one) in colorless.iter().enumerate() {
        assert!(colorless.iter().skip(index + 1).all(|other| other != one), "the form {index} comes twice");
    }
}
