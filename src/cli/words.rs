//! Findings, problems and certificates as lines for people.

use std::{
    fmt::Write,
    io::{self, Write as _},
};

use crate::protocol::{
    Certificate, ClockView, EgressLine, EnsembleView, Outcome, Problem, RegretView, Remedy, Spending, sent_away,
};

/// Prints one line; a reader that has gone away is an error here and no panic.
pub fn say(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

/// What happened, the evidence, and what to do.
pub fn problem(problem: &Problem) -> String {
    let mut text = format!("         {}", problem.summary);
    for detail in &problem.details {
        let _infallible = write!(text, "\n           {detail}");
    }
    for remedy in &problem.remedies {
        let what = match remedy {
            Remedy::Action(fix) => fix.label(),
            Remedy::Advice { text } => text.clone(),
        };
        let _infallible = write!(text, "\n         → {what}");
    }
    text
}

/// What a session used up, what left the machine, and whether asking several models paid.
pub fn minds(spending: &Spending, ensemble: &EnsembleView, egress: &[EgressLine]) -> String {
    let mut text = format!("Used: {}", used(spending));
    for line in egress.iter().filter(|line| !line.is_this_machine) {
        let _infallible = write!(
            text,
            "\n  sent to {} ({}, {}): {} bytes in {} requests, {} bytes back",
            line.host,
            line.provider.title(),
            line.purpose,
            line.sent_bytes,
            line.requests,
            line.received_bytes
        );
    }
    let _infallible = write!(text, "\nSent off this machine: {} bytes", sent_away(egress));
    for advice in &ensemble.advice {
        let _infallible = write!(text, "\n  {advice}");
    }
    text
}

/// What the decisions cost, how many rules had to make, and how many came too late; one line for what there is to say.
pub fn decisions(regret: &RegretView, clock: &ClockView) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(last) = regret.judgements.last() {
        let (judged, total, left) = (regret.judgements.len(), regret.total, last.still_possible);
        let searched = match regret.searched() {
            0 => String::new(),
            searched => format!(" ({searched} of them as far as it was searched)"),
        };
        let decisions = if judged == 1 { "decision" } else { "decisions" };
        let at_least = if last.is_proved { "" } else { "at least " };
        lines.push(format!(
            "Cost of {judged} judged {decisions}{searched}: {total:.1} points; {at_least}{left:.0} were still possible \
             afterwards"
        ));
    }
    if clock.by_rules > 0 {
        let (rules, all) = (clock.by_rules, clock.decisions);
        lines.push(format!("Rules decided {rules} of {all} times, because no model named anything possible"));
    }
    if !clock.waits && clock.decisions > 0 {
        let (misses, all, lost) = (clock.misses, clock.decisions, clock.turns_lost);
        lines.push(format!("{misses} of {all} decisions came too late, {lost} turns passed in which nobody acted"));
    }
    lines
}

/// `45 calls, 12000 tokens, $0.1200`; what is not known is said to be so.
fn used(spending: &Spending) -> String {
    let tokens = spending.prompt_tokens + spending.answer_tokens;
    let at_least = if spending.unpriced_calls > 0 { "at least " } else { "" };
    let mut text = format!("{} calls, {tokens} tokens, {at_least}${:.4}", spending.calls, spending.usd);
    for (count, what) in
        [(spending.unpriced_calls, "of unknown price"), (spending.uncounted_calls, "whose tokens nobody counted")]
    {
        if count > 0 {
            let _infallible = write!(text, ", {count} calls {what}");
        }
    }
    text
}

/// The certificate, one thing a line.
pub fn certificate(certificate: &Certificate) -> String {
    let verdict = certificate.proof().words();
    let mut text = format!(
        "{verdict}: nothing new after {:.1} ms, all closed after {:.0} ms\n",
        certificate.gate_closed_ms, certificate.stopped_ms
    );
    for item in &certificate.items {
        let mark = match item.outcome {
            Outcome::Closed => "✓",
            Outcome::NotVerifiable => "?",
            Outcome::Aborted | Outcome::Failed => "✗",
        };
        let (kind, outcome) = (item.kind.word(), item.outcome.word());
        let _infallible =
            writeln!(text, "  {mark} {kind} {}: {outcome} after {} ms  {}", item.name, item.took_ms, item.note);
    }
    let after = &certificate.open_after;
    let sockets = after.sockets.map_or_else(|| "not counted here".to_owned(), |count| count.to_string());
    let _infallible = write!(
        text,
        "  still open: tasks {}, requests {}, connections {sockets}, child processes {}, keys {}",
        after.tasks, after.requests, after.children, after.keys
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Judgement;

    #[test]
    fn a_cost_that_was_not_searched_to_the_end_says_so() {
        let judgement = |is_proved| Judgement { cost: 1.5, is_proved, still_possible: 85.0, ..Judgement::default() };
        let mut regret = RegretView::default();
        regret.add(judgement(true));
        let proved = decisions(&regret, &ClockView::default());
        assert_eq!(proved, ["Cost of 1 judged decision: 1.5 points; 85 were still possible afterwards"]);
        regret.add(judgement(false));
        let words = "Cost of 2 judged decisions (1 of them as far as it was searched): 3.0 points; at least 85 were still \
                     possible afterwards";
        assert_eq!(decisions(&regret, &ClockView { waits: true, ..ClockView::default() }), [words]);
    }
}
