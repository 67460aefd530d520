//! Who proposed what and who was followed, and whether asking several models pays.

use egui::{Label, RichText, Ui};

use crate::{
    protocol::{DecisionView, EnsembleView, ProposalView, WorthView},
    settings::cast::SYNTHESIZER,
    ui::{
        icon,
        theme::{palette, size, space, text},
        widgets::{Column, Row, card, dense, icon as draw_icon, section, table},
        words,
    },
};

const PROPOSALS: [Column; 8] = [
    Column::words("Expert", 1.4),
    Column::words("Proposed", 2.0),
    Column::figures("Sure", 0.8),
    Column::words("Followed", 1.0),
    Column::words("Decisive", 1.0),
    Column::figures("Took", 0.9),
    Column::figures("Tokens", 1.0),
    Column::figures("Cost", 1.1),
];

const WORTH: [Column; 8] = [
    Column::words("Expert", 1.4),
    Column::words("Model", 2.0),
    Column::figures("Answered", 1.1),
    Column::figures("Followed", 1.0),
    Column::figures("Decisive", 1.0),
    Column::figures("Mean time", 1.1),
    Column::figures("Tokens", 1.0),
    Column::figures("Cost", 1.1),
];

/// What was decided last, over which proposals.
pub fn decision(ui: &mut Ui, decision: Option<&DecisionView>) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        let colors = palette(ui);
        let Some(decision) = decision else {
            section(ui, "Last decision", |_| {});
            let words = "Once something is decided, it says here who proposed what and who was followed";
            ui.add(Label::new(RichText::new(words).color(colors.weak)).wrap());
            return;
        };
        section(ui, "Last decision", |ui| {
            let took = format!("step {}, after {}", decision.step, words::duration(decision.took_ms));
            ui.add(Label::new(RichText::new(took).font(text::small()).color(colors.weak)));
        });
        dense(ui);
        let action = RichText::new(words::action(&decision.action)).font(text::heading()).color(colors.accent);
        ui.add(Label::new(action).wrap());
        let because = if decision.because.is_empty() { "no reason was given" } else { &decision.because };
        ui.add(Label::new(format!("{}: {because}", decision.by)).wrap());
        if !decision.proposals.is_empty() {
            ui.add_space(space::XS);
            let rows: Vec<Row> = decision.proposals.iter().map(proposal).collect();
            table(ui, &PROPOSALS, &rows);
            decisive(ui);
        }
        for shortfall in &decision.shortfalls {
            ui.add(Label::new(RichText::new(shortfall).font(text::small()).color(colors.warn)).wrap());
        }
    });
}

fn proposal(view: &ProposalView) -> Row {
    let action = words::proposed(view);
    let sure = if view.action.is_some() { words::percent(view.confidence) } else { "not".to_owned() };
    let shown = if view.action.is_some() { sure.clone() } else { String::new() };
    // A time of nothing means that nobody measured it.
    let took = if view.took_ms == 0 { "unknown".to_owned() } else { words::duration(view.took_ms) };
    let (tokens, cost) = (words::known(view.tokens), words::cost(view.usd));
    let followed = if view.followed { "followed" } else { "not followed" };
    let decisive = if view.decisive { "decisive" } else { "not decisive" };
    Row {
        sentence: format!(
            "{} proposed {action}, {sure} sure: {followed}, {decisive}; took {took}, tokens {tokens}, cost {cost}",
            view.title
        ),
        hover: view.thought.clone(),
        cells: vec![view.title.clone(), action, shown, yes(view.followed), yes(view.decisive), took, tokens, cost],
    }
}

fn yes(is_so: bool) -> String {
    let word = if is_so { "yes" } else { "no" };
    word.to_owned()
}

fn decisive(ui: &mut Ui) {
    let words = "Decisive: it would have been decided otherwise without it";
    ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).wrap());
}

/// Whether asking several models pays, over all decisions of the session.
pub fn ensemble(ui: &mut Ui, view: &EnsembleView) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        let colors = palette(ui);
        section(ui, "Does the ensemble pay?", |_| {});
        if view.decisions == 0 {
            let words = "After the first decision over several proposals it says here who was followed, without whom \
                         it would have been decided otherwise, and what each one cost";
            ui.add(Label::new(RichText::new(words).color(colors.weak)).wrap());
            return;
        }
        dense(ui);
        ui.add(Label::new(sums(view)).wrap());
        if !view.experts.is_empty() {
            let rows: Vec<Row> = view.experts.iter().map(worth).collect();
            table(ui, &WORTH, &rows);
            decisive(ui);
        }
        for advice in &view.advice {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = space::XS;
                draw_icon(ui, icon::SCALES, size::ICON, colors.accent);
                ui.add(Label::new(advice).wrap());
            });
        }
    });
}

/// Decisions, agreement, and how often whoever decides went a way of its own.
fn sums(view: &EnsembleView) -> String {
    let decisions = words::counted(view.decisions, "decision", "decisions");
    let agreement = view.agreement.map_or_else(|| "unknown".to_owned(), words::percent);
    let own_ways = match view.own_ways {
        0 => String::new(),
        count => format!("; {} took what nobody had proposed", words::counted(count, "decision", "decisions")),
    };
    format!("{decisions} over several proposals, agreement {agreement}{own_ways}")
}

fn worth(view: &WorthView) -> Row {
    let WorthView { title, role, model, asked, answered, followed, decisive, mean_ms, tokens, usd } = view;
    let name = if role.is_empty() || role == title { title.clone() } else { format!("{title} ({role})") };
    let mean = if *answered == 0 { "unknown".to_owned() } else { words::duration(*mean_ms) };
    let cost = words::cost(*usd);
    // Whoever decides over the others is not one of them.
    let (followed, decisive) = match role.as_str() {
        SYNTHESIZER => ("decides".to_owned(), String::new()),
        _ => (followed.to_string(), decisive.to_string()),
    };
    let share =
        if decisive.is_empty() { followed.clone() } else { format!("followed {followed}, decisive {decisive}") };
    Row {
        sentence: format!(
            "{name}, {model}: answered {answered} of {asked}, {share}, mean time {mean}, tokens {tokens}, cost {cost}"
        ),
        hover: String::new(),
        cells: vec![
            name,
            model.clone(),
            format!("{answered} of {asked}"),
            followed,
            decisive,
            mean,
            tokens.to_string(),
            cost,
        ],
    }
}
