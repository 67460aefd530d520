//! Experts as they answer, what was decided, the loops, and what a session ends with.

use egui::{Ui, vec2};
use singularis::{
    protocol::{
        ActionCall, Certificate, CertificateItem, DecisionView, ExpertState, ExpertView, LoopName, LoopState, LoopView,
        OpenAfter, OpenKind, Outcome, ProposalView,
    },
    ui::{
        theme::{size, space},
        widgets::{certificate, decision, expert, heartbeat},
    },
};

pub fn ui(ui: &mut Ui) {
    experts(ui);
    ui.add_space(space::M);
    decision(ui, None, &[], false);
    ui.add_space(space::M);
    ui.push_id("decided", |ui| decision(ui, Some(&decided()), &[], true));
    ui.add_space(space::M);
    heartbeat(ui, &loops());
    for (id, outcome) in [("clean", Outcome::Closed), ("broken", Outcome::Aborted)] {
        ui.add_space(space::M);
        ui.push_id(id, |ui| certificate(ui, &ended(outcome)));
    }
}

fn experts(ui: &mut Ui) {
    let states = [
        ExpertState::Idle,
        ExpertState::Queued,
        ExpertState::Asked,
        ExpertState::Thinking,
        ExpertState::Answering,
        ExpertState::Done,
        ExpertState::BrokenOff,
        ExpertState::Failed,
    ];
    ui.horizontal_wrapped(|ui| {
        for (index, state) in states.into_iter().enumerate() {
            let view = ExpertView {
                role: format!("expert.{index}"),
                title: ["perception", "navigation", "threat", "opportunity"][index % 4].into(),
                model: "qwen/qwen3-8b".into(),
                state,
                text: "The wolf lowers its head. ".repeat(index),
                first_token_ms: (index > 2).then_some(140),
                failure: (state == ExpertState::Failed).then(|| "The quota is used up".into()),
                ..ExpertView::default()
            };
            let room = vec2(size::SIDE_COLUMN, size::EXPERTS_HEIGHT);
            ui.allocate_ui(room, |ui| expert(ui, &view, room));
        }
    });
}

fn decided() -> DecisionView {
    let proposal = |title: &str, thought: &str, followed| ProposalView {
        title: title.into(),
        action: Some(ActionCall::with("go_to", "place", "Farm")),
        thought: thought.into(),
        confidence: 0.8,
        followed,
        decisive: followed,
        took_ms: 900,
        tokens: Some(812),
        usd: Some(0.0),
    };
    DecisionView {
        question: 4,
        step: 4,
        action: ActionCall::with("go_to", "place", "Farm"),
        by: "synthesizer".into(),
        because: "It is open to a blow".into(),
        proposals: vec![
            proposal("threat", "strike while it looks away", true),
            proposal("navigation", "walk on", false),
        ],
        shortfalls: vec!["opportunity did not answer".into()],
        took_ms: 900,
        effect: Some("You walk to the farm".into()),
    }
}

fn loops() -> Vec<LoopView> {
    let states = [LoopState::Waiting, LoopState::Working, LoopState::Ended];
    let view = |(index, name): (usize, LoopName)| LoopView {
        name,
        state: states[index % states.len()],
        cycles: 5,
        note: "asking the mind".into(),
    };
    LoopName::ALL.into_iter().enumerate().map(view).collect()
}

fn ended(outcome: Outcome) -> Certificate {
    let item = |kind, name: &str, outcome| CertificateItem {
        kind,
        name: name.into(),
        outcome,
        took_ms: 3,
        note: String::new(),
    };
    let items = vec![item(OpenKind::Loop, "perception", Outcome::Closed), item(OpenKind::Loop, "reasoning", outcome)];
    Certificate::conclude(0.4, 12.0, items, OpenAfter { sockets: Some(0), ..OpenAfter::default() })
}
