//! Why a step was done: what was seen, what each model was asked and said, what was decided, what was checked, and what
//! came of it.

use std::fmt::Write;

use super::show::seconds;
use crate::protocol::{ApprovalAnswer, Call, DecisionView, EffectStatus, ProposalView, StepReport, Why};

/// All of it for people, in the order in which it happened.
pub fn text(why: &Why, step: u64) -> String {
    let mut parts = vec![heading(why, step)];
    if let Some(observed) = &why.observed {
        let what = format!("What was seen (look {}, {})", observed.look, observed.scene.word());
        parts.push(section(&what, &observed.text));
    }
    parts.extend(why.calls.iter().map(call));
    if let Some(decided) = &why.decided {
        parts.push(decision(&decided.decision));
    }
    parts.push(section("What was checked", &checks(why)));
    if let Some(step) = &why.step {
        parts.push(section("What came of it", &effect(step)));
    }
    parts.join("\n\n")
}

fn heading(why: &Why, number: u64) -> String {
    let Some(step) = &why.step else { return format!("Step {number} of {}", why.session) };
    let mut text = format!("Step {number} of {}: {}, by {}", why.session, step.action, step.by);
    if why.question.is_none() {
        let _infallible = write!(text, "\nNo model was asked: the {} loop ordered it", step.ordered_by);
    }
    if !step.because.is_empty() {
        let _infallible = write!(text, "\n{}", step.because);
    }
    text
}

/// One question to one model: its times, what it was told and asked, what it answered.
fn call(call: &Call) -> String {
    let mut text = format!("{} ({})\n  {}", call.role, call.model, times(call));
    if let Some(failure) = &call.failure {
        let _infallible = write!(text, "\n  {failure}");
    }
    if let Some(said) = &call.said {
        for (what, words) in [
            ("it was told", &said.system),
            ("it was asked", &said.prompt),
            ("it thought", &said.reasoning),
            ("it answered", &said.answer),
        ] {
            if !words.trim().is_empty() {
                let _infallible = write!(text, "\n  {what}:\n{}", indented(words, "    "));
            }
        }
    }
    text
}

/// `answered: waited 0.1 s, first token after 0.4 s, 3.2 s in all, 812 tokens asked and 83 answered, 42 a second`.
fn times(call: &Call) -> String {
    let since = |from: u64, to: u64| seconds(to.saturating_sub(from));
    let mut facts = Vec::new();
    if let Some(left_at_ms) = call.left_at_ms.filter(|left| *left > call.asked_at_ms) {
        facts.push(format!("waited {}", since(call.asked_at_ms, left_at_ms)));
    }
    if let Some(first_at_ms) = call.first_token_at_ms {
        let left_at_ms = call.left_at_ms.unwrap_or(call.asked_at_ms);
        facts.push(format!("first token after {}", since(left_at_ms, first_at_ms)));
    }
    if let Some(ended_at_ms) = call.ended_at_ms {
        facts.push(format!("{} in all", since(call.asked_at_ms, ended_at_ms)));
    }
    if let Some((asked, answered)) = call.prompt_tokens.zip(call.answer_tokens) {
        facts.push(format!("{asked} tokens asked and {answered} answered"));
    }
    facts.extend(call.tokens_per_second.map(|rate| format!("{rate:.0} a second")));
    facts.extend(call.usd.filter(|usd| *usd > 0.0).map(|usd| format!("${usd:.4}")));
    if !call.model_answered.is_empty() && call.model_answered != call.model {
        facts.push(format!("{} answered in its place", call.model_answered));
    }
    if facts.is_empty() { call.state.word().to_owned() } else { format!("{}: {}", call.state.word(), facts.join(", ")) }
}

fn decision(decision: &DecisionView) -> String {
    let mut lines: Vec<String> = decision.proposals.iter().map(proposal).collect();
    lines.push(format!("{} decided after {}: {}", decision.by, seconds(decision.took_ms), decision.action));
    if !decision.because.is_empty() {
        lines.push(decision.because.clone());
    }
    lines.extend(decision.shortfalls.iter().map(|shortfall| format!("fell short: {shortfall}")));
    section("What was proposed and decided", &lines.join("\n"))
}

fn proposal(proposal: &ProposalView) -> String {
    let action = proposal.action.as_ref().map_or_else(|| "nothing to do".to_owned(), ToString::to_string);
    let weight = match (proposal.followed, proposal.decisive) {
        (true, true) => ", followed, and without it something else would have been done",
        (true, false) => ", followed",
        (false, _) => "",
    };
    let ProposalView { title, thought, confidence, .. } = proposal;
    format!("{title}: {action} ({:.0} % sure{weight}): {thought}", confidence * 100.0)
}

/// What stood between the decision and the act, and what it turned out to cost.
fn checks(why: &Why) -> String {
    let mut lines = Vec::new();
    match &why.approval {
        None => lines.push("No person had to allow it".to_owned()),
        Some((_, answer)) => lines.push(answered(answer.as_ref())),
    }
    if why.step.as_ref().is_some_and(|step| step.effect.status == EffectStatus::Rejected) {
        lines.push("It was refused, and nothing happened".to_owned());
    }
    if let Some(judgement) = &why.judged {
        let bound = if judgement.is_proved { "" } else { ", as far as it was searched" };
        let (cost, left) = (judgement.cost, judgement.still_possible);
        lines.push(format!("It cost {cost:.1} points{bound}; {left:.0} were still possible after it"));
        lines.extend(judgement.advice.iter().map(|advice| {
            let would_have = if advice.was_followed { "cost" } else { "would have cost" };
            let bound = if advice.is_proved { "" } else { ", as far as it was searched" };
            format!("the advice of {} {would_have} {:.1} points{bound}", advice.title, advice.cost)
        }));
    }
    lines.join("\n")
}

fn answered(answer: Option<&ApprovalAnswer>) -> String {
    match answer {
        None => "A person was asked, and the session ended before the answer".to_owned(),
        Some(ApprovalAnswer::Approved { for_session: false, for_ever: false }) => "A person allowed it".to_owned(),
        Some(ApprovalAnswer::Approved { for_ever: true, .. }) => "A person allowed it for ever".to_owned(),
        Some(ApprovalAnswer::Approved { for_session: true, .. }) => {
            "A person allowed it for the whole session".to_owned()
        }
        Some(ApprovalAnswer::Rejected { word }) if word.trim().is_empty() => "A person did not allow it".to_owned(),
        Some(ApprovalAnswer::Rejected { word }) => format!("A person did not allow it: {}", word.trim()),
        Some(ApprovalAnswer::Unanswered) => "A person was asked and did not answer in time".to_owned(),
    }
}

fn effect(step: &StepReport) -> String {
    let how = match step.effect.status {
        EffectStatus::Done => "done",
        EffectStatus::Rejected => "refused",
        EffectStatus::Failed => "failed",
        EffectStatus::Uncertain => "it is unclear whether it happened",
    };
    let score = step.score.map_or_else(String::new, |score| format!(", score {score:.0}"));
    // The models may have read less of it; whoever asks why wants to see all.
    let said = step.effect.whole.as_ref().unwrap_or(&step.effect.text);
    format!("{how}{score}, {} after it was seen\n{said}", seconds(step.took_ms))
}

fn section(title: &str, text: &str) -> String {
    format!("{title}\n{}", indented(text, "  "))
}

fn indented(text: &str, by: &str) -> String {
    let lines = text.trim_end().lines().map(|line| format!("{by}{line}").trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{ActionCall, CallState, Decided, Effect, Judgement, LoopName, Observed, Said};

    fn why() -> Why {
        let said = Said { system: "Be brief".into(), prompt: "What now?\nSay it".into(), ..Said::default() };
        let call = Call {
            role: "expert.1".into(),
            model: "small".into(),
            state: CallState::Answered,
            asked_at_ms: 1000,
            left_at_ms: Some(1100),
            first_token_at_ms: Some(1500),
            ended_at_ms: Some(4200),
            prompt_tokens: Some(812),
            answer_tokens: Some(83),
            tokens_per_second: Some(42.4),
            said: Some(Box::new(Said { answer: "flee".into(), ..said })),
            ..Call::default()
        };
        let decision = DecisionView {
            question: 7,
            step: 5,
            action: ActionCall::bare("flee"),
            by: "synthesizer".into(),
            because: "it is weak".into(),
            proposals: vec![ProposalView {
                title: "threat".into(),
                action: Some(ActionCall::bare("flee")),
                thought: "run".into(),
                confidence: 0.8,
                followed: true,
                decisive: false,
                took_ms: 1,
                tokens: None,
                usd: None,
            }],
            shortfalls: vec!["navigation was too slow".into()],
            took_ms: 3400,
            effect: None,
        };
        let effect =
            Effect { status: EffectStatus::Done, text: "It gets away".into(), score: None, changed: true, whole: None };
        let step = StepReport {
            step: 5,
            action: ActionCall::bare("flee"),
            ordered_by: LoopName::Reasoning,
            by: "synthesizer".into(),
            because: String::new(),
            effect,
            score: Some(12.0),
            took_ms: 3500,
            question: Some(7),
        };
        Why {
            session: "s-1".into(),
            question: Some(7),
            observed: Some(Observed { look: 9, text: "A wolf".into(), ..Observed::default() }),
            calls: vec![call],
            decided: Some(Decided { question: 7, look: 9, decision }),
            approval: None,
            step: Some(step),
            judged: Some(Judgement { cost: 3.1, still_possible: 80.0, is_proved: true, ..Judgement::default() }),
        }
    }

    #[test]
    fn the_chain_is_told_from_what_was_seen_to_what_came_of_it() {
        let text = text(&why(), 5);
        let mut rest = text.as_str();
        for expected in [
            "Step 5 of s-1: flee, by synthesizer\n",
            "What was seen (look 9, unknown)\n  A wolf\n",
            "expert.1 (small)\n  answered: waited 0.1 s, first token after 0.4 s, 3.2 s in all, ",
            "812 tokens asked and 83 answered, 42 a second\n",
            "  it was told:\n    Be brief\n  it was asked:\n    What now?\n    Say it\n  it answered:\n    flee\n",
            "  threat: flee (80 % sure, followed): run\n  synthesizer decided after 3.4 s: flee\n  it is weak\n",
            "  fell short: navigation was too slow\n",
            "  No person had to allow it\n  It cost 3.1 points; 80 were still possible after it\n",
            "What came of it\n  done, score 12, 3.5 s after it was seen\n  It gets away",
        ] {
            let at = rest.find(expected).unwrap_or_else(|| panic!("{expected} is not in its place in\n{text}"));
            rest = &rest[at + expected.len()..];
        }
    }

    #[test]
    fn a_step_of_a_loop_without_a_mind_says_so() {
        let step = StepReport { ordered_by: LoopName::Reflex, ..why().step.unwrap() };
        let text = text(&Why { session: "s-1".into(), step: Some(step), ..Why::default() }, 5);
        assert!(text.contains("No model was asked: the reflex loop ordered it"), "{text}");
    }

    #[test]
    fn what_a_person_said_is_told() {
        let said = |answer| answered(Some(&answer));
        assert_eq!(said(ApprovalAnswer::Rejected { word: " wait ".into() }), "A person did not allow it: wait");
        assert_eq!(said(ApprovalAnswer::Unanswered), "A person was asked and did not answer in time");
        assert!(answered(None).contains("before the answer"));
    }
}
