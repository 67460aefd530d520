//! The sections about models: what each part did, who answered, what left the machine, what it cost.

use super::{
    contents::Report,
    layout::{
        Block,
        Column::{Number, Text},
        Row, Section, Table,
    },
    sections::{CELL, PASSAGE},
    text::short,
    words,
};
use crate::protocol::{Spending, sent_away};

/// What each part did and what its advice was worth; none where nobody was asked.
pub fn experts(report: &Report<'_>) -> Option<Section<'static>> {
    if report.figures.experts.is_empty() {
        return None;
    }
    let rows = report.figures.experts.iter().map(|expert| {
        let named = if expert.title == expert.role { String::new() } else { format!(" ({})", expert.title) };
        Row::plain(vec![
            short(&format!("{}{named}", expert.role), CELL),
            short(&expert.model, CELL),
            words::number(expert.asked),
            words::number(expert.answered),
            words::number(expert.failed),
            words::number(expert.broken_off),
            words::known_duration(expert.median_first_token_ms),
            words::known_duration(expert.median_total_ms),
            words::known_figure(expert.median_tokens_per_second),
            words::number(expert.prompt_tokens),
            words::number(expert.answer_tokens),
            words::number(expert.followed),
        ])
    });
    let columns = &[
        Text("Part"),
        Text("Model"),
        Number("Asked"),
        Number("Answered"),
        Number("Failed"),
        Number("Broken off"),
        Number("First token"),
        Number("Whole answer"),
        Number("Tokens/s"),
        Number("Prompt tokens"),
        Number("Answer tokens"),
        Number("Followed"),
    ];
    let table = Table { caption: "What each part did", columns, rows: rows.collect() };
    let medians = "Times and rates are medians over the answered calls".to_owned();
    let mut blocks = vec![Block::Table(table), Block::Words(medians)];
    blocks.extend(advisers(report));
    if !report.advice.is_empty() {
        blocks.push(Block::List(report.advice.iter().map(|advice| short(advice, PASSAGE)).collect()));
    }
    Some(Section { id: "experts", title: "Experts", blocks })
}

fn advisers(report: &Report<'_>) -> Option<Block<'static>> {
    let rows: Vec<Row> = report
        .advisers
        .iter()
        .map(|adviser| {
            Row::plain(vec![
                short(&adviser.title, CELL),
                words::number(adviser.judged),
                words::points(adviser.mean_cost),
                words::points(adviser.cost_followed),
                words::points(adviser.lost_by_overruling),
            ])
        })
        .collect();
    let columns = &[
        Text("Adviser"),
        Number("Judged proposals"),
        Number("Cost on average"),
        Number("Cost of following"),
        Number("Lost by overruling"),
    ];
    (!rows.is_empty()).then_some(Block::Table(Table { caption: "What advice was worth", columns, rows }))
}

/// Who was asked, and who answered under which name.
pub fn answerers(report: &Report<'_>) -> Section<'static> {
    let rows: Vec<Row> = report
        .answerers
        .iter()
        .map(|answerer| {
            let answered_as = answerer.models_answered.join(", ");
            Row::plain(vec![
                answerer.provider.title().to_owned(),
                short(answerer.endpoint, CELL),
                short(answerer.model_asked, CELL),
                short(words::or_none(&answered_as, "not named"), CELL),
                words::number(answerer.calls),
                words::number(answerer.answered),
                words::number(answerer.failed),
                words::number(answerer.broken_off),
                words::number(answerer.under_way),
            ])
        })
        .collect();
    let columns = &[
        Text("Provider"),
        Text("Address"),
        Text("Model asked for"),
        Text("Answered as"),
        Number("Calls"),
        Number("Answered"),
        Number("Failed"),
        Number("Broken off"),
        Number("Without an end"),
    ];
    let block = if rows.is_empty() {
        Block::Words("No model was asked".to_owned())
    } else {
        Block::Table(Table { caption: "Who answered", columns, rows })
    };
    Section { id: "answered", title: "Who answered", blocks: vec![block] }
}

/// What went to other machines, and what stayed.
pub fn egress(report: &Report<'_>) -> Section<'static> {
    let (id, title) = ("egress", "What left this machine");
    let Some(lines) = report.egress else {
        let why = "It was not summed up: that is done when a session ends. Who was asked stands above";
        return Section { id, title, blocks: vec![Block::Words(why.to_owned())] };
    };
    let sum = match sent_away(lines) {
        0 => "Nothing was sent to other machines".to_owned(),
        sent => format!("{} were sent to other machines", words::bytes(sent)),
    };
    let mut blocks = vec![Block::Words(sum)];
    if !lines.is_empty() {
        let rows = lines.iter().map(|line| {
            let place = if line.is_this_machine { "this machine" } else { "another machine" };
            Row::plain(vec![
                short(&line.host, CELL),
                place.to_owned(),
                line.provider.title().to_owned(),
                short(&line.purpose, CELL),
                words::number(line.requests),
                words::bytes(line.sent_bytes),
                words::bytes(line.received_bytes),
            ])
        });
        let columns = &[
            Text("Host"),
            Text("Place"),
            Text("Provider"),
            Text("For"),
            Number("Requests"),
            Number("Sent"),
            Number("Received"),
        ];
        blocks.push(Block::Table(Table { caption: "Bytes by host", columns, rows: rows.collect() }));
    }
    Section { id, title, blocks }
}

/// What it used up, model by model.
pub fn spending(report: &Report<'_>) -> Section<'static> {
    let spending = &report.spending;
    let mut blocks = vec![Block::Words(used_up(spending))];
    if !spending.lines.is_empty() {
        let rows = spending.lines.iter().map(|line| {
            Row::plain(vec![
                line.provider.title().to_owned(),
                short(&line.model, CELL),
                words::number(line.calls),
                words::number(line.prompt_tokens),
                words::number(line.answer_tokens),
                words::dollars(line.usd),
            ])
        });
        let columns = &[
            Text("Provider"),
            Text("Model"),
            Number("Calls"),
            Number("Prompt tokens"),
            Number("Answer tokens"),
            Number("Cost"),
        ];
        blocks.push(Block::Table(Table { caption: "Calls, tokens and money by model", columns, rows: rows.collect() }));
    }
    if !spending.prices_as_of.is_empty() {
        blocks.push(Block::Words(format!("Prices as of {}", short(&spending.prices_as_of, CELL))));
    }
    Section { id: "spending", title: "What it used up", blocks }
}

/// `$0.12`, `at least $0.12` or `unknown`.
pub fn spent(spending: &Spending) -> String {
    match spending.unpriced_calls {
        0 => words::dollars(Some(spending.usd)),
        _ if spending.usd > 0.0 => format!("at least {}", words::dollars(Some(spending.usd))),
        _ => words::dollars(None),
    }
}

fn used_up(spending: &Spending) -> String {
    if spending.calls == 0 {
        return "No model was asked".to_owned();
    }
    let mut sentence = format!(
        "{}, {} tokens of prompts and {} of answers, cost {}",
        words::counted(spending.calls, "call", "calls"),
        words::number(spending.prompt_tokens),
        words::number(spending.answer_tokens),
        spent(spending)
    );
    for (count, what) in
        [(spending.unpriced_calls, "of unknown price"), (spending.uncounted_calls, "of unknown length")]
    {
        if count > 0 {
            sentence.push_str(&format!("; {} {what}", words::counted(count, "call", "calls")));
        }
    }
    sentence
}
