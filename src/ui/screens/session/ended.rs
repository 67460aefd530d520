//! How the last session ended: its result, the way on, the proof that everything ended, and what it took.

use egui::{Label, RichText, Ui, accesskit::Live};

use super::small;
use crate::{
    protocol::{EgressLine, Ending, EnvironmentView, SessionReport},
    ui::{
        catalogue::{said, say},
        icon,
        state::State,
        theme::{palette, size, space, text},
        widgets::{Button, Tint, card, certificate, live, problem},
        words,
    },
};

/// Draws the end of the last session, if there was one.
pub fn ui(ui: &mut Ui, state: &mut State) {
    let Some(ended) = state.ended.clone() else { return };
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        let said = ui.add(Label::new(RichText::new(result(&ended)).font(text::strong())).wrap());
        live(&said, Live::Polite);
        // Above what can grow long: the way on is not to be searched for.
        let words = if state.is_choosing { say!("session-show-last") } else { say!("session-prepare-next") };
        let button = Button::new(&words);
        // In a narrow column the words need all of it.
        let button = if ui.available_width() < size::NOTES { button } else { button.icon(icon::CHECKLIST) };
        if ui.add(button).clicked() {
            state.is_choosing = !state.is_choosing;
        }
        ui.add_space(space::XS);
        if let Some(found) = &ended.problem {
            problem(ui, Tint::Bad, found);
        }
        certificate(ui, &ended.certificate);
        left_this_machine(ui, &ended.egress);
        used_up(ui, &ended);
        if let Some((_, place)) = state.written.as_ref().filter(|(session, _)| *session == ended.session) {
            small(ui, &say!("session-written", place = place.as_str()), palette(ui).weak);
        }
        judged(ui, &ended);
    });
    ui.add_space(space::S);
}

/// How it ended, after how many steps, and with which score.
fn result(ended: &SessionReport) -> String {
    let steps = say!("shared-steps", count = ended.steps);
    let words = match ended.outcome {
        Ending::Stopped => say!("session-ended-stopped", steps = steps),
        Ending::Finished => say!("session-ended-finished", steps = steps),
        Ending::GoalReached => say!("session-ended-goal-reached", steps = steps),
        Ending::LimitReached => say!("session-ended-limit-reached", steps = steps),
        Ending::Failed => say!("session-ended-failed", steps = steps),
    };
    match ended.score {
        Some(score) => say!("session-ended-with-score", ended = words, score = words::decimal(score, 0)),
        None => words,
    }
}

/// What left this machine in the session, line by line; that nothing did is worth saying too.
fn left_this_machine(ui: &mut Ui, egress: &[EgressLine]) {
    let mut away = egress.iter().filter(|line| !line.is_this_machine).peekable();
    if away.peek().is_none() {
        small(ui, &say!("session-nothing-sent"), palette(ui).weak);
    }
    for line in away {
        small(ui, &sent(line), palette(ui).warn);
    }
}

fn sent(line: &EgressLine) -> String {
    say!(
        "session-sent",
        host = line.host.as_str(),
        purpose = said(&line.purpose),
        sent = words::bytes(line.sent_bytes),
        requests = line.requests
    )
}

/// What the session used up, and whether asking several models paid.
fn used_up(ui: &mut Ui, ended: &SessionReport) {
    small(ui, &words::used_up(&ended.spending), palette(ui).weak);
    if ended.spending.calls > 0 {
        small(ui, &say!("session-spent", spent = words::spent(&ended.spending)), palette(ui).text);
    }
    for advice in &ended.ensemble.advice {
        small(ui, &said(advice), palette(ui).text);
    }
}

/// What the decisions of the session cost, and what the clock took from it, as far as both are known.
fn judged(ui: &mut Ui, ended: &SessionReport) {
    if ended.regret.is_known && !ended.regret.judgements.is_empty() {
        let cost = words::regret_in_all(&ended.regret);
        small(ui, &say!("session-decisions-cost", cost = cost), palette(ui).text);
    }
    // Elsewhere there are no turns that could be lost; only what came too late is worth a word.
    let has_turns = matches!(ended.last_picture.environment, EnvironmentView::World(_));
    if !ended.clock.waits && ended.clock.decisions > 0 && (has_turns || ended.clock.misses > 0) {
        small(ui, &words::clock(&ended.clock), palette(ui).text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        protocol::{Certificate, ClockView, EnsembleView, RegretView, Spending},
        settings::Provider,
    };

    fn report(outcome: Ending, steps: u64, score: Option<f64>) -> SessionReport {
        SessionReport {
            session: "s-1".into(),
            outcome,
            steps,
            score,
            took_ms: 4000,
            problem: None,
            certificate: Certificate::default(),
            egress: Vec::new(),
            spending: Spending::default(),
            ensemble: EnsembleView::default(),
            regret: RegretView::default(),
            clock: ClockView::default(),
            last_picture: Box::default(),
        }
    }

    #[test]
    fn how_it_ended_is_one_sentence() {
        let stopped = report(Ending::Stopped, 4, Some(18.0));
        assert_eq!(result(&stopped), "Stopped on request after 4 steps, score 18");
        assert_eq!(result(&report(Ending::GoalReached, 1, None)), "The goal was reached after 1 step");
    }

    #[test]
    fn what_left_this_machine_is_counted() {
        let line = EgressLine {
            host: "api.anthropic.com".into(),
            provider: Provider::Claude,
            purpose: "expert.1".into(),
            is_this_machine: false,
            requests: 3,
            sent_bytes: 4200,
            received_bytes: 900,
        };
        assert_eq!(sent(&line), "Sent to api.anthropic.com by expert.1: 4.2\u{a0}kB in 3 requests");
        let once = EgressLine { requests: 1, ..line };
        assert!(sent(&once).ends_with("in 1 request"));
    }
}
