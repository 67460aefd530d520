//! How the providers stand, what has been spent, and what went where.

use egui::{Label, RichText, Ui};

use crate::{
    protocol::{EgressLine, ExpertView, Moment, ProviderView, Spending, SpendingLine, StandingView, sent_away},
    settings::{CloudMode, Provider},
    ui::{
        catalogue::{said, say},
        icon,
        theme::{palette, size, space, text},
        widgets::{Column, Measure, Row, bar, card, dense, icon as draw_icon, section, table},
        words,
    },
};

fn spending_columns() -> [Column; 5] {
    [
        Column::words(say!("accounts-column-model"), 2.2),
        Column::figures(say!("accounts-column-calls"), 0.8),
        Column::figures(say!("accounts-column-prompts"), 1.0),
        Column::figures(say!("accounts-column-answers"), 1.1),
        Column::figures(say!("accounts-column-cost"), 1.0),
    ]
}

fn ledger_columns() -> [Column; 7] {
    [
        Column::words(say!("accounts-column-host"), 2.2),
        Column::words(say!("accounts-column-provider"), 1.2),
        Column::words(say!("accounts-column-purpose"), 1.6),
        Column::words(say!("accounts-column-where"), 1.2),
        Column::figures(say!("accounts-column-requests"), 1.0),
        Column::figures(say!("accounts-column-out"), 1.0),
        Column::figures(say!("accounts-column-in"), 1.0),
    ]
}

/// Where models may run, and whether each provider is asked.
pub fn standing(ui: &mut Ui, mode: CloudMode, providers: &[ProviderView]) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        let colors = palette(ui);
        section(ui, &say!("accounts-policy"), |_| {});
        dense(ui);
        ui.add(Label::new(words::cloud_mode(mode)).wrap());
        if providers.is_empty() {
            ui.add(Label::new(RichText::new(say!("accounts-no-session")).color(colors.weak)).wrap());
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
                let title = words::provider(view.provider);
                let name = if view.model.is_empty() { title } else { format!("{title}, {}", view.model) };
                ui.add(Label::new(RichText::new(name).font(text::strong())).truncate());
            });
            ui.add(Label::new(RichText::new(words::standing(&view.standing, now)).color(color)).wrap());
            if !matches!(view.standing, StandingView::Absent { .. }) {
                small(ui, words::busy(view));
            }
        }
    });
}

/// Calls, tokens and money, beside the budget.
pub fn spending(ui: &mut Ui, spending: &Spending, warn_at: f64) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, &say!("accounts-spending"), |_| {});
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
            table(ui, &spending_columns(), &rows);
        }
        if !spending.prices_as_of.is_empty() {
            small(ui, say!("accounts-prices", date = words::day(&spending.prices_as_of)));
        }
    });
}

/// One bar for each limit that there is.
#[expect(clippy::cast_precision_loss, reason = "drawn as a bar")]
fn budget(ui: &mut Ui, spending: &Spending, warn_at: f64) {
    let limits = spending.budget;
    let tokens = spending.prompt_tokens + spending.answer_tokens;
    let usd = limits.usd.map(|most| {
        let words = say!("accounts-budget-spent", spent = words::spent_shortly(spending), most = words::dollars(most));
        (say!("accounts-budget-dollars"), words, spending.usd, most)
    });
    let calls = limits.calls.map(|most| {
        let words = words::at_most(spending.calls, most);
        (say!("accounts-budget-calls"), words, spending.calls as f64, most as f64)
    });
    let tokens = limits.tokens.map(|most| {
        let words = words::at_most(tokens, most);
        (say!("accounts-budget-tokens"), words, tokens as f64, most as f64)
    });
    for (name, words, used, most) in [usd, calls, tokens].into_iter().flatten() {
        let colors = palette(ui);
        let color = if used >= most {
            colors.bad
        } else if used >= most * warn_at {
            colors.warn
        } else {
            colors.good
        };
        let share = words::share_of_sum(used, most);
        bar(ui, &Measure { symbol: icon::COINS, name: &name, words, share, color });
    }
}

fn line(line: &SpendingLine) -> Row {
    let SpendingLine { provider, model, calls, prompt_tokens, answer_tokens, usd } = line;
    let name = format!("{model}, {}", words::provider(*provider));
    let cost = words::cost(*usd);
    let sentence = say!(
        "accounts-spent-by",
        name = name.as_str(),
        calls = *calls,
        prompts = *prompt_tokens,
        answers = *answer_tokens,
        cost = cost.as_str()
    );
    let cells = vec![name, words::count(*calls), words::count(*prompt_tokens), words::count(*answer_tokens), cost];
    Row { cells, sentence, hover: String::new() }
}

/// What went where, by host and purpose; what an expert was asked, by what it looks at.
pub fn ledger(ui: &mut Ui, lines: &[EgressLine], experts: &[ExpertView]) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, &say!("accounts-ledger"), |_| {});
        dense(ui);
        let away = lines.iter().any(|line| !line.is_this_machine);
        let (words, color) = if away {
            (say!("accounts-sent", bytes = words::bytes(sent_away(lines))), palette(ui).warn)
        } else {
            (say!("accounts-sent-nothing"), palette(ui).good)
        };
        ui.add(Label::new(RichText::new(words).font(text::strong()).color(color)).wrap());
        let rows: Vec<Row> = lines.iter().map(|line| entry(line, experts)).collect();
        if !rows.is_empty() {
            table(ui, &ledger_columns(), &rows);
        }
    });
}

fn entry(line: &EgressLine, experts: &[ExpertView]) -> Row {
    let EgressLine { host, provider, purpose, is_this_machine, requests, sent_bytes, received_bytes } = line;
    let purpose = said(experts.iter().find(|view| view.role == *purpose).map_or(purpose, |view| &view.title));
    let place = if *is_this_machine { say!("accounts-here") } else { say!("accounts-away") };
    let provider = match provider {
        Provider::Local => say!("accounts-local"),
        other => words::provider(*other),
    };
    let (sent, received) = (words::bytes(*sent_bytes), words::bytes(*received_bytes));
    let sentence = say!(
        "accounts-sent-to",
        host = host.as_str(),
        place = place.as_str(),
        provider = provider.as_str(),
        purpose = &*purpose,
        requests = *requests,
        sent = sent.as_str(),
        received = received.as_str()
    );
    let cells = vec![host.clone(), provider, purpose.into_owned(), place, words::count(*requests), sent, received];
    Row { cells, sentence, hover: String::new() }
}

fn small(ui: &mut Ui, words: String) {
    ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).wrap());
}
