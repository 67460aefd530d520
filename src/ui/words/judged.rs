//! What decisions cost, what advice was worth, what was learnt, and what the clock took, as words.

use std::collections::VecDeque;

use serde_json::{Map, Value};

use super::{action, counted, seconds};
use crate::{
    protocol::{
        ActionCall, AdviceCost, AdviserRegret, ClockView, Judgement, Lesson, LessonsView, ProposalView, RegretView,
        StepReport,
    },
    settings::AgentSettings,
};

/// What one digit cannot show.
const TOO_LITTLE: f64 = 0.05;

/// True where a decision has cost nothing that could be seen.
pub fn is_free(cost: f64) -> bool {
    cost < TOO_LITTLE
}

/// `3.1 points`, or `nothing`.
pub fn points(cost: f64) -> String {
    if is_free(cost) { "nothing".to_owned() } else { format!("{cost:.1} points") }
}

/// What one decision cost, with how well that is known.
pub fn cost_of(judgement: &Judgement) -> String {
    let bound = if judgement.is_proved { "" } else { ", at least as far as it was searched" };
    format!("cost {}{bound}", points(judgement.cost))
}

/// `This decision cost 3.1 points`.
pub fn this_decision(judgement: &Judgement) -> String {
    format!("This decision {}", cost_of(judgement))
}

/// `Step 12: go to Ruin cost 3.1 points (best play from here still reaches 92)`.
pub fn judged(judgement: &Judgement, steps: &VecDeque<StepReport>) -> String {
    let taken = steps.iter().rev().find(|taken| taken.step == judgement.step);
    let what = taken.map_or_else(String::new, |taken| format!(": {}", action(&taken.action)));
    let Judgement { step, still_possible, .. } = judgement;
    format!("Step {step}{what} {} (best play from here still reaches {still_possible:.0})", cost_of(judgement))
}

/// What all decisions cost, and what can still be reached.
pub fn regret_in_all(regret: &RegretView) -> String {
    let count = u64::try_from(regret.judgements.len()).unwrap_or(u64::MAX);
    let decisions = counted(count, "judged decision", "judged decisions");
    let lost = if is_free(regret.total) { "Nothing lost".to_owned() } else { points(regret.total) };
    let newest = regret.judgements.last().map(|newest| newest.still_possible);
    let best = newest.map_or_else(String::new, |possible| format!("; best play from here still reaches {possible:.0}"));
    format!("{lost} in all, over {decisions}{best}")
}

/// What a proposal would have cost, or did cost, where that is known.
pub fn advice_cost(judgement: Option<&Judgement>, proposal: &ProposalView) -> Option<String> {
    let advice = judgement?.advice.iter().filter(|advice| advice.title == proposal.title);
    // Several experts may look at the same thing.
    let of_its_title: Vec<&AdviceCost> = advice.collect();
    let alike = of_its_title.iter().find(|advice| advice.was_followed == proposal.followed);
    let advice = alike.or(of_its_title.first())?;
    let cost = if is_free(advice.cost) { "nothing".to_owned() } else { format!("{:.1}", advice.cost) };
    Some(if proposal.followed { format!("cost {cost}") } else { format!("would have cost {cost}") })
}

/// What an expert's advice was worth, in one sentence.
pub fn adviser(adviser: &AdviserRegret) -> String {
    let AdviserRegret { title, judged, mean_cost, cost_followed, lost_by_overruling } = adviser;
    format!(
        "{title}: {}, its advice would have cost {} on average; following it cost {}, overruling it lost {}",
        counted(*judged, "judged proposal", "judged proposals"),
        points(*mean_cost),
        points(*cost_followed),
        points(*lost_by_overruling)
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
    let now = if is_now { "Now, " } else { "" };
    let times = counted(lesson.times, "time", "times");
    let Lesson { situation, value, .. } = lesson;
    format!("{now}{situation}: {} is worth {value:.1} points, tried {times}", written_action(&lesson.action))
}

/// How much was learnt, and how much of it is shown.
pub fn learnt(lessons: &LessonsView) -> String {
    let steps = counted(lessons.learnt_from, "step", "steps");
    let total = counted(lessons.total, "lesson", "lessons");
    let shown = u64::try_from(lessons.rows.len()).unwrap_or(u64::MAX);
    let of_them = if shown < lessons.total { format!(", {shown} of them shown") } else { String::new() };
    format!("{total} in all{of_them}; in this session something was learnt from {steps}")
}

/// That lessons were forgotten.
pub fn forgotten(environment: &str, lessons: u64) -> String {
    match lessons {
        0 => format!("There was nothing to forget about the environment {environment}"),
        1 => format!("1 lesson about the environment {environment} was forgotten"),
        count => format!("{count} lessons about the environment {environment} were forgotten"),
    }
}

/// The same, where it is not the one that is seen.
pub fn that_decision(judgement: &Judgement) -> String {
    this_decision(judgement).replacen("This decision", &format!("The decision of step {}", judgement.step), 1)
}

/// Whether the world waits, and what its clock has taken where it does not.
pub fn clock(clock: &ClockView) -> String {
    let rules = match clock.by_rules {
        0 => String::new(),
        times => {
            format!("; rules decided {}, because no model named anything possible", counted(times, "time", "times"))
        }
    };
    if clock.waits {
        return format!("The world waits while the models think{rules}");
    }
    let decisions = counted(clock.decisions, "decision", "decisions");
    let turns = if clock.turns_lost == 1 {
        "1 turn was lost".to_owned()
    } else {
        format!("{} turns were lost", clock.turns_lost)
    };
    format!("A turn takes {} s, {} of {decisions} came too late, {turns}{rules}", seconds(clock.turn_ms), clock.misses)
}

/// The same before a session, from what was chosen for it.
pub fn clock_to_be(agent: &AgentSettings) -> String {
    if agent.world_waits {
        return "The world waits while the models think".to_owned();
    }
    format!("A turn takes {} s, whether anybody has decided or not", agent.turn_s)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judgement(cost: f64, is_proved: bool) -> Judgement {
        Judgement { step: 12, cost, is_proved, still_possible: 92.0, advice: Vec::new() }
    }

    #[test]
    fn a_cost_says_how_well_it_is_known() {
        assert_eq!(this_decision(&judgement(3.12, true)), "This decision cost 3.1 points");
        assert_eq!(this_decision(&judgement(0.0, true)), "This decision cost nothing");
        let words = "This decision cost 3.1 points, at least as far as it was searched";
        assert_eq!(this_decision(&judgement(3.12, false)), words);
        let words = "Step 12 cost 3.1 points (best play from here still reaches 92)";
        assert_eq!(judged(&judgement(3.12, true), &VecDeque::new()), words);
    }

    #[test]
    fn of_two_experts_with_one_title_each_is_told_its_own_cost() {
        let advice = |cost, was_followed| AdviceCost { title: "threat".into(), cost, was_followed };
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
        assert_eq!(clock(&view), "A turn takes 10 s, 3 of 12 decisions came too late, 5 turns were lost");
        let quick = ClockView { turn_ms: 500, decisions: 1, misses: 0, turns_lost: 1, ..view };
        assert_eq!(clock(&quick), "A turn takes 0.5 s, 0 of 1 decision came too late, 1 turn was lost");
        assert_eq!(clock(&ClockView { waits: true, ..view }), "The world waits while the models think");
    }
}
