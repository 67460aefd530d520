//! Who proposed what and who was followed, and whether asking several models pays.

use egui::{Label, RichText, Ui};

use crate::{
    protocol::{DecisionView, EnsembleView, ProposalView, WorthView},
    settings::cast::SYNTHESIZER,
    ui::{
        catalogue::{said, say},
        icon,
        theme::{palette, size, space, text},
        widgets::{Column, Row, card, dense, icon as draw_icon, section, table},
        words,
    },
};

fn proposal_columns() -> [Column; 8] {
    [
        Column::words(say!("experts-column-expert"), 1.4),
        Column::words(say!("experts-column-proposed"), 2.0),
        Column::figures(say!("experts-column-sure"), 0.8),
        Column::words(say!("experts-column-followed"), 0.9),
        Column::words(say!("experts-column-decisive"), 1.1),
        Column::figures(say!("experts-column-took"), 0.9),
        Column::figures(say!("experts-column-tokens"), 1.0),
        Column::figures(say!("experts-column-cost"), 1.1),
    ]
}

fn worth_columns() -> [Column; 8] {
    [
        Column::words(say!("experts-column-expert"), 1.4),
        Column::words(say!("experts-column-model"), 2.0),
        Column::figures(say!("experts-column-answered"), 1.1),
        Column::figures(say!("experts-column-followed"), 1.0),
        Column::figures(say!("experts-column-decisive"), 1.1),
        Column::figures(say!("experts-column-mean-time"), 1.1),
        Column::figures(say!("experts-column-tokens"), 1.0),
        Column::figures(say!("experts-column-cost"), 1.1),
    ]
}

/// What was decided last, over which proposals.
pub fn decision(ui: &mut Ui, decision: Option<&DecisionView>) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        let colors = palette(ui);
        let Some(decision) = decision else {
            section(ui, &say!("experts-decision"), |_| {});
            nothing_yet(ui, say!("experts-decision-to-be"));
            return;
        };
        section(ui, &say!("experts-decision"), |ui| {
            let took = say!("experts-decided", step = decision.step, took = words::duration(decision.took_ms));
            ui.add(Label::new(RichText::new(took).font(text::small()).color(colors.weak)).truncate());
        });
        dense(ui);
        let action = RichText::new(words::action(&decision.action)).font(text::heading()).color(colors.accent);
        ui.add(Label::new(action).wrap());
        let because = if decision.because.is_empty() { say!("experts-no-reason") } else { reason_of(decision) };
        ui.add(Label::new(format!("{}: {because}", said(&decision.by))).wrap());
        if !decision.proposals.is_empty() {
            ui.add_space(space::XS);
            let rows: Vec<Row> = decision.proposals.iter().map(proposal).collect();
            table(ui, &proposal_columns(), &rows);
            decisive(ui);
        }
        for shortfall in &decision.shortfalls {
            ui.add(Label::new(RichText::new(said(shortfall)).font(text::small()).color(colors.warn)).wrap());
        }
    });
}

fn reason_of(decision: &DecisionView) -> String {
    words::reason(&decision.by, &decision.because).into_owned()
}

fn proposal(view: &ProposalView) -> Row {
    let action = words::proposed(view);
    // A time of nothing means that nobody measured it.
    let took = (view.took_ms > 0).then_some(view.took_ms);
    let (tokens, cost) = (words::known(view.tokens), words::cost(view.usd));
    Row {
        sentence: proposal_in_words(view, &action, &timed(took), &tokens, &cost),
        hover: view.thought.clone(),
        cells: vec![
            said(&view.title).into_owned(),
            action,
            view.action.as_ref().map_or_else(String::new, |_| words::decimal(view.confidence * 100.0, 0)),
            yes(view.followed),
            yes(view.decisive),
            seconds(took),
            tokens,
            cost,
        ],
    }
}

fn proposal_in_words(view: &ProposalView, action: &str, took: &str, tokens: &str, cost: &str) -> String {
    let title = &*said(&view.title);
    let variant = |is_so: bool| if is_so { "yes" } else { "no" };
    let (followed, decisive) = (variant(view.followed), variant(view.decisive));
    if view.action.is_none() {
        return say!(
            "experts-proposal-unsure",
            title = title,
            action = action,
            followed = followed,
            decisive = decisive,
            took = took,
            tokens = tokens,
            cost = cost,
        );
    }
    say!(
        "experts-proposal",
        title = title,
        action = action,
        sure = words::percent(view.confidence),
        followed = followed,
        decisive = decisive,
        took = took,
        tokens = tokens,
        cost = cost,
    )
}

fn yes(is_so: bool) -> String {
    if is_so { say!("experts-yes") } else { say!("experts-no") }
}

/// A time with its unit, where it is known.
fn timed(ms: Option<u64>) -> String {
    ms.map_or_else(|| say!("experts-unknown"), words::duration)
}

/// The same under a heading that names the unit.
fn seconds(ms: Option<u64>) -> String {
    ms.map_or_else(|| say!("experts-unknown"), |ms| words::decimal(words::seconds(ms), 1))
}

fn decisive(ui: &mut Ui) {
    let words = RichText::new(say!("experts-decisive-means")).font(text::small());
    ui.add(Label::new(words.color(palette(ui).weak)).wrap());
}

/// What will stand here, and when.
fn nothing_yet(ui: &mut Ui, words: String) {
    ui.add(Label::new(RichText::new(words).color(palette(ui).weak)).wrap());
}

/// Whether asking several models pays, over all decisions of the session.
pub fn ensemble(ui: &mut Ui, view: &EnsembleView) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        let colors = palette(ui);
        section(ui, &say!("experts-pays"), |_| {});
        if view.decisions == 0 {
            nothing_yet(ui, say!("experts-pays-to-be"));
            return;
        }
        dense(ui);
        ui.add(Label::new(sums(view)).wrap());
        if !view.experts.is_empty() {
            let rows: Vec<Row> = view.experts.iter().map(worth).collect();
            table(ui, &worth_columns(), &rows);
            decisive(ui);
        }
        for advice in &view.advice {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = space::XS;
                draw_icon(ui, icon::SCALES, size::ICON, colors.accent);
                ui.add(Label::new(&*said(advice)).wrap());
            });
        }
    });
}

/// Decisions, agreement, and how often whoever decides went a way of its own.
fn sums(view: &EnsembleView) -> String {
    let agreement = view.agreement.map_or_else(|| say!("experts-unknown"), words::percent);
    match view.own_ways {
        0 => say!("experts-sums", decisions = view.decisions, agreement = agreement),
        own_ways => {
            say!("experts-sums-own-ways", decisions = view.decisions, agreement = agreement, own_ways = own_ways,)
        }
    }
}

fn worth(view: &WorthView) -> Row {
    let WorthView { title, role, model, asked, answered, followed, decisive, mean_ms, tokens, usd } = view;
    let name =
        if role.is_empty() || role == title { said(title).into_owned() } else { format!("{} ({role})", said(title)) };
    let took = (*answered > 0).then_some(*mean_ms);
    let (mean, cost) = (timed(took), words::cost(*usd));
    // Whoever decides over the others is not one of them.
    let decides = role == SYNTHESIZER;
    let sentence = if decides {
        say!(
            "experts-worth-decides",
            name = name.as_str(),
            model = model.as_str(),
            answered = *answered,
            asked = *asked,
            mean = mean,
            tokens = *tokens,
            cost = cost.as_str(),
        )
    } else {
        say!(
            "experts-worth",
            name = name.as_str(),
            model = model.as_str(),
            answered = *answered,
            asked = *asked,
            followed = *followed,
            decisive = *decisive,
            mean = mean,
            tokens = *tokens,
            cost = cost.as_str(),
        )
    };
    let (followed, decisive) =
        if decides { (say!("experts-decides"), String::new()) } else { (followed.to_string(), decisive.to_string()) };
    let answered = words::at_most(*answered, *asked);
    Row {
        sentence,
        hover: String::new(),
        cells: vec![name, model.clone(), answered, followed, decisive, seconds(took), words::count(*tokens), cost],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_decides_is_not_measured_by_who_followed_it() {
        let view =
            WorthView { title: "threat".into(), model: "m".into(), asked: 2, answered: 1, ..WorthView::default() };
        let row = worth(&WorthView { mean_ms: 1400, ..view.clone() });
        let said = "threat, m: answered 1 of 2, followed 0, decisive 0, mean time 1.4\u{a0}s, tokens 0, cost unknown";
        assert_eq!(row.sentence, said);
        assert_eq!(row.cells[5], "1.4", "the heading names the unit");
        let row = worth(&WorthView { role: SYNTHESIZER.into(), answered: 0, ..view });
        let said = "threat (synthesizer), m: answered 0 of 2, decides, mean time unknown, tokens 0, cost unknown";
        assert_eq!(row.sentence, said);
    }

    #[test]
    fn a_decision_that_nobody_had_proposed_is_counted_beside_the_others() {
        let view = EnsembleView { decisions: 2, agreement: Some(0.75), ..EnsembleView::default() };
        assert_eq!(sums(&view), "2 decisions over several proposals, agreement 75\u{a0}%");
        let words = "2 decisions over several proposals, agreement 75\u{a0}%; 1 decision took what nobody had proposed";
        assert_eq!(sums(&EnsembleView { own_ways: 1, ..view }), words);
    }
}
