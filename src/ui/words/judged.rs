//! What decisions cost, what advice was worth, what was learnt, and what the clock took, as words.

use std::collections::VecDeque;

use serde_json::{Map, Value};

use super::{action, decimal, seconds, written};
use crate::{
    protocol::{
        ActionCall, AdviceCost, AdviserRegret, ClockView, Judgement, Lesson, LessonsView, ProposalView, RegretView,
        StepReport,
    },
    settings::AgentSettings,
    ui::catalogue::{self, say},
};

/// What one digit cannot show.
const TOO_LITTLE: f64 = 0.05;

/// True where a decision has cost nothing that could be seen.
pub fn is_free(cost: f64) -> bool {
    cost < TOO_LITTLE
}

/// `3.1 points`, or `nothing`.
pub fn points(cost: f64) -> String {
    if is_free(cost) { say!("judged-nothing") } else { say!("judged-points", points = decimal(cost, 1)) }
}

/// The name of how well a cost is known, among the variants of a text.
pub fn bound(judgement: &Judgement) -> &'static str {
    how_well(judgement.is_proved)
}

fn how_well(is_proved: bool) -> &'static str {
    if is_proved { "proved" } else { "searched" }
}

/// What one decision cost, with how well that is known.
pub fn cost_of(judgement: &Judgement) -> String {
    say!("judged-cost", bound = bound(judgement), amount = points(judgement.cost))
}

/// `This decision cost 3.1 points`.
pub fn this_decision(judgement: &Judgement) -> String {
    say!("judged-this", bound = bound(judgement), amount = points(judgement.cost))
}

/// The same, where it is not the one that is seen.
pub fn that_decision(judgement: &Judgement) -> String {
    let amount = points(judgement.cost);
    say!("judged-that", bound = bound(judgement), step = judgement.step, amount = amount)
}

/// `Step 12: go to Ruin cost 3.1 points (best play from here still reaches 92)`.
pub fn judged(judgement: &Judgement, steps: &VecDeque<StepReport>) -> String {
    let Judgement { step, cost, still_possible, .. } = judgement;
    let (bound, amount, possible) = (bound(judgement), points(*cost), decimal(*still_possible, 0));
    match steps.iter().rev().find(|taken| taken.step == *step) {
        None => say!("judged-step", bound = bound, step = *step, amount = amount, possible = possible),
        Some(taken) => {
            let action = action(&taken.action);
            say!(
                "judged-step-action",
                bound = bound,
                step = *step,
                action = action,
                amount = amount,
                possible = possible,
            )
        }
    }
}

/// What all decisions cost, and what can still be reached.
pub fn regret_in_all(regret: &RegretView) -> String {
    let Some(newest) = regret.judgements.last() else {
        return say!("judged-none-yet");
    };
    let mut over = say!("judged-over", count = regret.judgements.len());
    if regret.searched() > 0 {
        over = say!("judged-over-searched", over = over, searched = regret.searched());
    }
    let reach = say!("judged-reach", bound = bound(newest), possible = decimal(newest.still_possible, 0));
    if is_free(regret.total) {
        return say!("judged-all-free", over = over, reach = reach);
    }
    say!("judged-all", amount = points(regret.total), over = over, reach = reach)
}

/// What a proposal would have cost, or did cost, where that is known.
pub fn advice_cost(judgement: Option<&Judgement>, proposal: &ProposalView) -> Option<String> {
    let advice = judgement?.advice.iter().filter(|advice| advice.title == proposal.title);
    // Several experts may look at the same thing.
    let of_its_title: Vec<&AdviceCost> = advice.collect();
    let alike = of_its_title.iter().find(|advice| advice.was_followed == proposal.followed);
    let advice = alike.or(of_its_title.first())?;
    let amount = if is_free(advice.cost) { say!("judged-nothing") } else { decimal(advice.cost, 1) };
    let bound = how_well(advice.is_proved);
    Some(if proposal.followed {
        say!("judged-advice-followed", bound = bound, amount = amount)
    } else {
        say!("judged-advice-left", bound = bound, amount = amount)
    })
}

/// What an expert's advice was worth, in one sentence.
pub fn adviser(adviser: &AdviserRegret) -> String {
    say!(
        "judged-adviser",
        title = catalogue::said(&adviser.title),
        count = adviser.judged,
        mean = points(adviser.mean_cost),
        followed = points(adviser.cost_followed),
        lost = points(adviser.lost_by_overruling),
    )
}

/// `go_to {"place":"Farm"}` as *go to Farm*; what cannot be read as a call stays as it is written.
pub fn written_action(written: &str) -> String {
    let (name, arguments) = written.split_once(' ').unwrap_or((written, "{}"));
    serde_json::from_str::<Map<String, Value>>(arguments).map_or_else(
        |_no_call| written.to_owned(),
        |arguments| action(&ActionCall { name: name.to_owned(), arguments }),
    )
}

/// One lesson in one sentence.
pub fn lesson(lesson: &Lesson, is_now: bool) -> String {
    let (situation, action) = (catalogue::said(&lesson.situation), written_action(&lesson.action));
    let (value, times) = (decimal(lesson.value, 1), lesson.times);
    if is_now {
        return say!("judged-lesson-now", situation = situation, action = action, value = value, times = times);
    }
    say!("judged-lesson", situation = situation, action = action, value = value, times = times)
}

/// How much was learnt, and how much of it is shown.
pub fn learnt(lessons: &LessonsView) -> String {
    let (total, steps) = (lessons.total, lessons.learnt_from);
    let shown = u64::try_from(lessons.rows.len()).unwrap_or(u64::MAX);
    if shown < total {
        return say!("judged-learnt-in-part", total = total, shown = shown, steps = steps);
    }
    say!("judged-learnt", total = total, steps = steps)
}

/// That lessons were forgotten.
pub fn forgotten(environment: &str, lessons: u64) -> String {
    match lessons {
        0 => say!("judged-nothing-to-forget", environment = environment),
        count => say!("judged-forgotten", environment = environment, count = count),
    }
}

/// Whether the world waits, and what its clock has taken where it does not.
pub fn clock(clock: &ClockView) -> String {
    let ClockView { decisions, misses, turns_lost, by_rules, .. } = *clock;
    let turn_s = written(&seconds(clock.turn_ms).to_string());
    match (clock.waits, by_rules) {
        (true, 0) => say!("judged-clock-waits"),
        (true, times) => say!("judged-clock-waits-rules", times = times),
        (false, 0) => {
            say!("judged-clock-turns", seconds = turn_s, misses = misses, decisions = decisions, turns = turns_lost)
        }
        (false, times) => say!(
            "judged-clock-turns-rules",
            seconds = turn_s,
            misses = misses,
            decisions = decisions,
            turns = turns_lost,
            times = times,
        ),
    }
}

/// The same before a session, from what was chosen for it.
pub fn clock_to_be(agent: &AgentSettings) -> String {
    if agent.world_waits {
        return say!("judged-clock-waits");
    }
    say!("judged-clock-to-be", seconds = written(&agent.turn_s.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::catalogue::{Language, speak};

    fn judgement(cost: f64, is_proved: bool) -> Judgement {
        Judgement { step: 12, cost, is_proved, still_possible: 92.0, advice: Vec::new() }
    }

    #[test]
    fn a_cost_says_how_well_it_is_known() {
        assert_eq!(this_decision(&judgement(3.12, true)), "This decision cost 3.1 points");
        assert_eq!(this_decision(&judgement(0.0, true)), "This decision cost nothing");
        let words = "This decision cost 3.1 points, as far as it was searched";
        assert_eq!(this_decision(&judgement(3.12, false)), words);
        let words = "Step 12 cost 3.1 points (best play from here still reaches 92)";
        assert_eq!(judged(&judgement(3.12, true), &VecDeque::new()), words);
    }

    #[test]
    fn of_two_experts_with_one_title_each_is_told_its_own_cost() {
        let advice = |cost, was_followed| AdviceCost { title: "threat".into(), cost, was_followed, is_proved: true };
        let found = Judgement { advice: vec![advice(0.0, true), advice(2.0, false)], ..judgement(0.0, true) };
        let proposal = |title: &str, followed| ProposalView {
            title: title.into(),
            action: None,
            thought: String::new(),
            confidence: 0.5,
            followed,
            decisive: false,
            took_ms: 0,
            tokens: None,
            usd: None,
        };
        let said = |title, followed| advice_cost(Some(&found), &proposal(title, followed));
        assert_eq!(said("threat", true).as_deref(), Some("cost nothing"));
        assert_eq!(said("threat", false).as_deref(), Some("would have cost 2.0"));
        assert_eq!(said("navigation", false), None);
        let unproved = AdviceCost { is_proved: false, ..advice(2.0, false) };
        let found = Judgement { advice: vec![unproved], ..judgement(0.0, true) };
        let words = advice_cost(Some(&found), &proposal("threat", false));
        assert_eq!(words.as_deref(), Some("would have cost 2.0, as far as it was searched"));
        assert_eq!(advice_cost(None, &proposal("threat", true)), None);
    }

    #[test]
    fn a_written_call_is_said_in_words() {
        assert_eq!(written_action("go_to {\"place\":\"Farm\"}"), "go to Farm");
        assert_eq!(written_action("power_attack"), "power attack");
        assert_eq!(written_action("say what you like"), "say what you like");
    }

    #[test]
    fn the_clock_says_what_it_took() {
        let view = ClockView { turn_ms: 10_000, decisions: 12, misses: 3, turns_lost: 5, ..ClockView::default() };
        assert_eq!(clock(&view), "A turn takes 10\u{a0}s, 3 of 12 decisions came too late, 5 turns were lost");
        let quick = ClockView { turn_ms: 500, decisions: 1, misses: 0, turns_lost: 1, ..view };
        assert_eq!(clock(&quick), "A turn takes 0.5\u{a0}s, 0 of 1 decision came too late, 1 turn was lost");
        assert_eq!(clock(&ClockView { waits: true, ..view }), "The world waits while the models think");
        let ruled = ClockView { by_rules: 2, ..quick };
        let words = "A turn takes 0.5\u{a0}s, 0 of 1 decision came too late, 1 turn was lost; rules decided 2 times, \
                     because no model named anything possible";
        assert_eq!(clock(&ruled), words);
    }

    #[test]
    fn what_was_lost_in_all_is_said_once_something_is_judged() {
        assert_eq!(regret_in_all(&RegretView::default()), "No decision has been judged");
        let free = RegretView { judgements: vec![judgement(0.0, true)], ..RegretView::default() };
        let words = "Nothing lost in all, over 1 judged decision; best play from here still reaches 92";
        assert_eq!(regret_in_all(&free), words);
        let dear = RegretView { judgements: vec![judgement(3.12, true), judgement(0.0, true)], total: 3.12, ..free };
        let words = "3.1 points in all, over 2 judged decisions; best play from here still reaches 92";
        assert_eq!(regret_in_all(&dear), words);
        let in_part = RegretView { judgements: vec![judgement(3.12, true), judgement(0.0, false)], ..dear };
        let words = "3.1 points in all, over 2 judged decisions, 1 of them as far as it was searched; the best play that \
                     was found from here reaches 92";
        assert_eq!(regret_in_all(&in_part), words);
    }

    #[test]
    fn what_was_forgotten_is_counted() {
        assert_eq!(forgotten("world", 0), "There was nothing to forget about the environment world");
        assert_eq!(forgotten("world", 1), "1 lesson about the environment world was forgotten");
        assert_eq!(forgotten("world", 3), "3 lessons about the environment world were forgotten");
    }

    #[test]
    fn in_german_a_cost_has_a_comma() {
        speak(Language::German);
        assert_eq!(this_decision(&judgement(3.12, true)), "Diese Entscheidung kostete 3,1 Punkte");
        let unproved = "Die Entscheidung in Schritt 12 kostete nichts, soweit gesucht wurde";
        assert_eq!(that_decision(&judgement(0.0, false)), unproved);
        speak(Language::English);
    }
}
