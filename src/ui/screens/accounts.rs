//! How the providers stand, what has been spent, and what went where.

use egui::{Label, RichText, Ui};

use crate::{
    protocol::{EgressLine, Moment, ProviderView, Spending, SpendingLine, StandingView, sent_away},
    settings::{CloudMode, Provider},
    ui::{
        icon,
        theme::{palette, size, space, text},
        widgets::{Column, Measure, Row, bar, card, dense, icon as draw_icon, section, table},
        words,
    },
};

const SPENDING: [Column; 5] = [
    Column::words("Model", 2.2),
    Column::figures("Calls", 0.8),
    Column::figures("Prompts", 1.0),
    Column::figures("Answers", 1.0),
    Column::figures("Cost", 1.0),
];

const LEDGER: [Column; 7] = [
    Column::words("Host", 2.2),
    Column::words("Provider", 1.2),
    Column::words("Purpose", 1.6),
    Column::words("Where", 1.2),
    Column::figures("Requests", 1.0),
    Column::figures("Out", 1.0),
    Column::figures("In", 1.0),
];

/// Where models may run, and whether each provider is asked.
pub fn standing(ui: &mut Ui, mode: CloudMode, providers: &[ProviderView]) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        let colors = palette(ui);
        section(ui, "Policy and standing", |_| {});
        dense(ui);
        ui.add(Label::new(words::cloud_mode(mode)).wrap());
        if providers.is_empty() {
            let words = "Once a session runs, each provider stands here with its limits";
            ui.add(Label::new(RichText::new(words).color(colors.weak)).wrap());
        }
        let now = Moment::now();
        for view in providers {
            ui.add_space(space::XS);
            let (symbol, color) = match view.standing {
                StandingView::Ready => (icon::CHECK, colors.good),
                StandingView::Paused { .. } => (icon::CLOCK, colors.warn),
                StandingView::Absent { .. } => (icon::SKIPPED, colors.weak),
            };
            ui.horizontal(|ui| {
                draw_icon(ui, symbol, size::ICON, color);
                let title = view.provider.title();
                let name = if view.model.is_empty() { title.to_owned() } else { format!("{title}, {}", view.model) };
                ui.add(Label::new(RichText::new(name).font(text::strong())).truncate());
            });
            ui.add(Label::new(RichText::new(words::standing(&view.standing, now)).color(color)).wrap());
            if !matches!(view.standing, StandingView::Absent { .. }) {
                small(ui, &words::busy(view));
            }
        }
    });
}

/// Calls, tokens and money, beside the budget.
pub fn spending(ui: &mut Ui, spending: &Spending, warn_at: f64) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, "Spending", |_| {});
        dense(ui);
        if spending.calls == 0 {
            ui.add(Label::new(RichText::new(words::used_up(spending)).color(palette(ui).weak)).wrap());
            return;
        }
        ui.add(Label::new(RichText::new(words::spent(spending)).font(text::heading())).wrap());
        ui.add(Label::new(words::used_up(spending)).wrap());
        budget(ui, spending, warn_at);
        let rows: Vec<Row> = spending.lines.iter().map(line).collect();
        if !rows.is_empty() {
            ui.add_space(space::XS);
            table(ui, &SPENDING, &rows);
        }
        if !spending.prices_as_of.is_empty() {
            small(ui, &format!("Prices as of {}, in US dollars", spending.prices_as_of));
        }
    });
}

/// One bar for each limit that there is.
#[expect(clippy::cast_precision_loss, reason = "drawn as a bar")]
fn budget(ui: &mut Ui, spending: &Spending, warn_at: f64) {
    let limits = spending.budget;
    let tokens = spending.prompt_tokens + spending.answer_tokens;
    let usd = limits.usd.map(|most| {
        let words = format!("{} of {}", words::spent_shortly(spending), words::dollars(most));
        ("Budget, dollars", words, spending.usd, most)
    });
    let calls = limits
        .calls
        .map(|most| ("Budget, calls", words::at_most(spending.calls, most), spending.calls as f64, most as f64));
    let tokens = limits.tokens.map(|most| ("Budget, tokens", words::at_most(tokens, most), tokens as f64, most as f64));
    for (name, words, used, most) in [usd, calls, tokens].into_iter().flatten() {
        let colors = palette(ui);
        let color = if used >= most {
            colors.bad
        } else if used >= most * warn_at {
            colors.warn
        } else {
            colors.good
        };
        bar(ui, &Measure { symbol: icon::COINS, name, words, share: words::share_of_sum(used, most), color });
    }
}

fn line(line: &SpendingLine) -> Row {
    let SpendingLine { provider, model, calls, prompt_tokens, answer_tokens, usd } = line;
    let name = format!("{model}, {}", provider.title());
    let cost = words::cost(*usd);
    let calls_in_words = words::counted(*calls, "call", "calls");
    Row {
        sentence: format!(
            "{name}: {calls_in_words}, {prompt_tokens} tokens of prompts, {answer_tokens} of answers, cost {cost}"
        ),
        hover: String::new(),
        cells: vec![name, calls.to_string(), prompt_tokens.to_string(), answer_tokens.to_string(), cost],
    }
}

/// What went where, by host and purpose.
pub fn ledger(ui: &mut Ui, lines: &[EgressLine]) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, "What went where", |_| {});
        dense(ui);
        let away = lines.iter().any(|line| !line.is_this_machine);
        let (words, color) = if away {
            (format!("{} were sent off this machine", words::bytes(sent_away(lines))), palette(ui).warn)
        } else {
            ("Nothing was sent off this machine".to_owned(), palette(ui).good)
        };
        ui.add(Label::new(RichText::new(words).font(text::strong()).color(color)).wrap());
        let rows: Vec<Row> = lines.iter().map(entry).collect();
        if !rows.is_empty() {
            table(ui, &LEDGER, &rows);
        }
    });
}

fn entry(line: &EgressLine) -> Row {
    let EgressLine { host, provider, purpose, is_this_machine, requests, sent_bytes, received_bytes } = line;
    let place = if *is_this_machine { "this machine" } else { "away" };
    let provider = match provider {
        Provider::Local => "local",
        cloud => cloud.title(),
    };
    let (sent, received) = (words::bytes(*sent_bytes), words::bytes(*received_bytes));
    Row {
        sentence: format!(
            "{host} ({place}), {provider}, {purpose}: {}, {sent} out, {received} in",
            words::counted(*requests, "request", "requests")
        ),
        hover: String::new(),
        cells: vec![
            host.clone(),
            provider.to_owned(),
            purpose.clone(),
            place.to_owned(),
            requests.to_string(),
            sent,
            received,
        ],
    }
}

fn small(ui: &mut Ui, words: &str) {
    ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).wrap());
}
