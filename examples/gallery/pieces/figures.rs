//! What shows figures: bars, tables, lanes, plots, the map, a picture.

use egui::{Ui, vec2};
use singularis::{
    protocol::{
        ActionCall, AskView, ExpertState, ExpertView, Judgement, PictureView, PlaceKind, PlaceView, Plot, PlotLine,
        RoadView, WorldView,
    },
    ui::{
        icon,
        theme::{palette, size, space},
        widgets::{
            Column, Measure, Row, Span, bar, costs, lanes, map::map, marks, moments, picture, plot, rows, scrubber,
            sparks, table,
        },
    },
};

pub fn ui(ui: &mut Ui, at_ms: &mut u64) {
    bars(ui);
    tables(ui);
    lanes(ui, &asked(), 74_000);
    ui.add_space(space::M);
    let judgements = judged();
    costs(ui, &judgements, |judgement| format!("step {}", judgement.step));
    sparks(ui, &judgements, |judgement| format!("step {}", judgement.step));
    over_time(ui, at_ms);
    rows(ui, "rows", 4, size::ROW, |ui, index| {
        ui.label(format!("row {index}"));
    });
    for (id, daylight) in [("night", 0.0), ("day", 1.0)] {
        ui.push_id(id, |ui| {
            let wanted = vec2(ui.available_width(), size::MAP_MIN);
            map(ui, &world(daylight), Some("cost 3.1 points"), wanted);
        });
        ui.add_space(space::M);
    }
    let shades =
        PictureView { number: 1, width: 16, height: 9, rgb: (0..16 * 9 * 3).map(shade).collect::<Vec<u8>>().into() };
    picture(ui, "gallery", &shades, "A picture", vec2(size::SIDE_COLUMN, size::PICTURE));
}

fn shade(index: u32) -> u8 {
    u8::try_from(index % 256).unwrap_or_default()
}

fn bars(ui: &mut Ui) {
    let colors = palette(ui);
    for (name, share, color) in [("Full", 1.0, colors.good), ("Half", 0.5, colors.warn), ("Empty", 0.0, colors.bad)] {
        let words = format!("{:.0} of 30", share * 30.0);
        bar(ui, &Measure { symbol: icon::HEART, name, words, share, color });
    }
}

fn tables(ui: &mut Ui) {
    let columns = [Column::words("Expert", 2.0), Column::figures("Asked", 1.0), Column::figures("Mean", 1.0)];
    let row = |title: &str, asked: u32, mean: &str| Row {
        cells: vec![title.into(), asked.to_string(), mean.into()],
        sentence: format!("{title}: asked {asked} times, {mean} in the mean"),
        hover: String::new(),
    };
    table(ui, &columns, &[row("threat", 12, "1.4 s"), row("navigation", 9, "4.2 s")]);
}

fn asked() -> Vec<ExpertView> {
    let ask = |from: u64, is_answered: bool| AskView {
        queued_at_ms: from,
        sent_at_ms: Some(from + 400),
        first_token_at_ms: is_answered.then_some(from + 1400),
        ended_at_ms: is_answered.then_some(from + 4000),
        answer_tokens: 60,
        is_answered,
        ..AskView::default()
    };
    let view = |title: &str, asks| ExpertView {
        role: format!("expert.{title}"),
        title: title.into(),
        model: "qwen/qwen3-8b".into(),
        state: ExpertState::Answering,
        asks,
        ..ExpertView::default()
    };
    vec![
        view("threat", vec![ask(20_000, true), ask(71_000, false)]),
        view("navigation", vec![ask(40_000, true), ask(60_000, true)]),
    ]
}

fn judged() -> Vec<Judgement> {
    let costs = [0.0, 3.2, 0.0, 1.1, 6.3, 0.0];
    let steps = (1..).zip(costs);
    steps.map(|(step, cost)| Judgement { step, cost, is_proved: step % 2 == 0, ..Judgement::default() }).collect()
}

fn over_time(ui: &mut Ui, at_ms: &mut u64) {
    let span = Span::new(60_000);
    let line = |name: &str, rise: f64| PlotLine {
        name: name.into(),
        points: (0..60_u32).map(|second| (u64::from(second) * 1000, rise * f64::from(second % 17))).collect(),
    };
    let course = Plot {
        title: "Time to first token".into(),
        unit: "s".into(),
        lines: ["threat", "navigation", "perception", "opportunity"]
            .into_iter()
            .zip([0.1, 0.2, 0.3, 0.4])
            .map(|(name, rise)| line(name, rise))
            .collect(),
        events: false,
    };
    let events =
        Plot { title: "Errors by cause".into(), unit: String::new(), lines: vec![line("timeout", 1.0)], events: true };
    for shown in [&course, &events] {
        if let Some(pressed) = plot(ui, shown, span, Some(*at_ms)) {
            *at_ms = pressed;
        }
    }
    marks(ui, "What happened", &[(9000, "Paused on request".into())], span, *at_ms);
    moments(ui, span);
    scrubber(ui, "Moment", "in the middle of it", span, at_ms);
}

fn world(daylight: f32) -> WorldView {
    let place = |name: &str, kind, x, y, known, visited| PlaceView {
        name: name.into(),
        kind,
        x,
        y,
        visited,
        known,
        marks: Vec::new(),
    };
    WorldView {
        turn: 5,
        turn_limit: 70,
        health: 18,
        max_health: 30,
        places: vec![
            place("Town", PlaceKind::Town, 0.2, 0.5, true, true),
            place("Farm", PlaceKind::Farm, 0.6, 0.2, true, false),
            place("Den", PlaceKind::Den, 0.8, 0.8, false, false),
        ],
        roads: vec![
            RoadView { from: 0, to: 1, turns: 3, open: true },
            RoadView { from: 0, to: 2, turns: 5, open: false },
        ],
        path: vec![1, 0],
        daylight,
        last_action: Some(ActionCall::bare("talk")),
        ..WorldView::default()
    }
}
