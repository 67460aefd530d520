//! What a worker could tell of decisions: what they cost, what was learnt, what the clock took, and what waits for a
//! person.

use singularis::protocol::{
    ActionCall, AdviceCost, AdviserRegret, Approval, ClockView, Effect, EffectStatus, Event, Judgement, Lesson,
    LessonsView, LoopName, ProposalView, RegretView, Risk, Snapshot, StepReport,
};

use crate::samples::running;

/// The session of the samples where the world can tell what decisions cost, does not wait, and something is learnt.
pub fn judged() -> Snapshot {
    let mut picture = running();
    if let Some(decision) = &mut picture.decision {
        decision.proposals.push(ProposalView {
            title: "navigation".into(),
            action: Some(ActionCall::with("go_to", "place", "Farm")),
            thought: "walk on".into(),
            confidence: 0.4,
            followed: false,
            decisive: false,
            took_ms: 700,
            tokens: None,
            usd: None,
        });
    }
    Snapshot { regret: regret(), lessons: lessons(), clock: clock(), ..picture }
}

/// Three decisions: one that cost something for all that is known, one that cost nothing, and a dear one.
pub fn regret() -> RegretView {
    let judgement =
        |step, cost, is_proved| Judgement { step, cost, is_proved, still_possible: 92.0, ..Judgement::default() };
    let advice =
        |title: &str, cost, was_followed| AdviceCost { title: title.into(), cost, was_followed, is_proved: true };
    let adviser = |title: &str, mean_cost, cost_followed, lost_by_overruling| AdviserRegret {
        title: title.into(),
        judged: 3,
        mean_cost,
        cost_followed,
        lost_by_overruling,
    };
    let dear = Judgement {
        advice: vec![advice("threat", 3.1, true), advice("navigation", 0.5, false)],
        ..judgement(4, 3.1, true)
    };
    RegretView {
        is_known: true,
        judgements: vec![judgement(1, 3.2, false), judgement(2, 0.0, true), dear],
        total: 6.3,
        advisers: vec![adviser("threat", 1.2, 3.1, 0.0), adviser("navigation", 0.2, 0.0, 2.6)],
    }
}

pub fn lessons() -> LessonsView {
    let lesson = |situation: &str, action: &str, value, times| Lesson {
        environment: "world".into(),
        situation: situation.into(),
        action: action.into(),
        value,
        times,
        ..Lesson::default()
    };
    LessonsView {
        is_on: true,
        situation: "combat, wolf, health low".into(),
        rows: vec![
            lesson("combat, wolf, health low", "attack", 3.2, 5),
            lesson("town, by day", "go_to {\"place\":\"Farm\"}", 1.5, 1),
        ],
        total: 12,
        learnt_from: 4,
        trouble: None,
    }
}

pub fn clock() -> ClockView {
    ClockView { turn_ms: 10_000, decisions: 12, misses: 3, turns_lost: 5, ..ClockView::default() }
}

/// A step that was carried out.
pub fn step(step: u64, action: ActionCall) -> Event {
    Event::Step(Box::new(StepReport {
        step,
        action,
        ordered_by: LoopName::Reasoning,
        by: "synthesizer".into(),
        because: "It is open to a blow".into(),
        effect: Effect {
            status: EffectStatus::Done,
            text: "You strike the wolf".into(),
            score: None,
            changed: true,
            whole: None,
        },
        score: None,
        took_ms: 900,
        question: Some(step),
    }))
}

/// An action that cannot be taken back waits for a person.
pub fn waiting(id: u64) -> Snapshot {
    let approval = Approval {
        id,
        action: ActionCall::with("sell", "item", "relic"),
        risk: Risk::Destructive,
        ordered_by: LoopName::Reasoning,
        by: "synthesizer".into(),
        because: "Gold buys potions".into(),
        server: None,
        waits_ms: 600_000,
    };
    Snapshot { approval: Some(approval), ..running() }
}
