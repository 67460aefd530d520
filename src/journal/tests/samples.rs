//! Sessions that were made up: a beginning, an end, and what can happen in between.

use super::super::Beginning;
use crate::{
    protocol::{
        ActionCall, Approval, Call, CallState, Certificate, CertificateItem, ClockView, Decided, DecisionView, Effect,
        EffectStatus, Ending, EnsembleView, EnvironmentView, LoopName, Notice, NoticeKind, OpenAfter, OpenKind,
        Outcome, PlaceKind, PlaceView, ProposalView, RegretView, Risk, RoadView, Said, Scene, SessionReport,
        SessionStarted, Spending, StepReport, What, WorldView,
    },
    settings::Strategy,
};

pub fn beginning(session: &str) -> Beginning {
    Beginning {
        started: SessionStarted {
            session: session.to_owned(),
            environment: "world".to_owned(),
            goal: "Bring the relic home".to_owned(),
            seed: u64::MAX - 6,
            strategy: Strategy::LocalExperts,
            demo: true,
        },
        settings: "version = 1\n[agent]\nseed = 7\n".to_owned(),
        owner: "program-1".to_owned(),
        version: "0.1.0".to_owned(),
    }
}

pub fn report(session: &str) -> SessionReport {
    let item = CertificateItem {
        kind: OpenKind::Loop,
        name: "reasoning".to_owned(),
        outcome: Outcome::Closed,
        took_ms: 3,
        note: String::new(),
    };
    SessionReport {
        session: session.to_owned(),
        outcome: Ending::Stopped,
        steps: 12,
        score: Some(41.5),
        took_ms: 60_000,
        problem: None,
        certificate: Certificate::conclude(0.5, 80.25, vec![item], OpenAfter::default()),
        egress: Vec::new(),
        spending: Spending { calls: 3, usd: 0.125, ..Spending::default() },
        ensemble: EnsembleView::default(),
        regret: RegretView::default(),
        clock: ClockView::default(),
        last_picture: Box::default(),
    }
}

pub fn notice(text: &str) -> What {
    let kind = NoticeKind::Information;
    What::Noticed(Box::new(Notice { kind, from: "reasoning".to_owned(), text: text.to_owned(), problem: None }))
}

pub fn step(step: u64, question: Option<u64>) -> StepReport {
    StepReport {
        step,
        action: ActionCall::with("go_to", "place", "Farm"),
        ordered_by: LoopName::Action,
        by: "synthesizer".to_owned(),
        because: "It is near".to_owned(),
        effect: Effect {
            status: EffectStatus::Done,
            text: "You walk".to_owned(),
            score: Some(2.5),
            changed: true,
            whole: None,
        },
        score: Some(2.5),
        took_ms: 900,
        question,
    }
}

pub fn call(call: u64, question: Option<u64>) -> Call {
    let said = Said {
        system: "You look for threats".to_owned(),
        prompt: "You stand at the mill".to_owned(),
        answer: "Walk to the farm before dusk".to_owned(),
        reasoning: "The wolf is far".to_owned(),
    };
    Call {
        call,
        question,
        role: "expert.1".to_owned(),
        model: "qwen3-8b".to_owned(),
        model_answered: "qwen3-8b".to_owned(),
        endpoint: "http://127.0.0.1:1234".to_owned(),
        state: CallState::Answered,
        asked_at_ms: 10,
        left_at_ms: Some(12),
        first_token_at_ms: Some(200),
        ended_at_ms: Some(900),
        tokens_per_second: Some(31.5),
        prompt_tokens: Some(400),
        answer_tokens: Some(20),
        said: Some(Box::new(said)),
        ..Call::default()
    }
}

/// The call as it is known when it is asked.
pub fn asked(call: &Call) -> Call {
    let said =
        call.said.clone().map(|said| Box::new(Said { answer: String::new(), reasoning: String::new(), ..*said }));
    Call {
        model_answered: String::new(),
        state: CallState::UnderWay,
        left_at_ms: None,
        first_token_at_ms: None,
        ended_at_ms: None,
        tokens_per_second: None,
        prompt_tokens: None,
        answer_tokens: None,
        usd: None,
        failure: None,
        cause: None,
        said,
        ..call.clone()
    }
}

pub fn decided(question: u64, look: u64) -> Decided {
    let proposal = ProposalView {
        title: "threat".to_owned(),
        action: Some(ActionCall::with("go_to", "place", "Farm")),
        thought: "The wolf is far".to_owned(),
        confidence: 0.7,
        followed: true,
        decisive: false,
        took_ms: 900,
        tokens: Some(420),
        usd: None,
    };
    let decision = DecisionView {
        question,
        step: 0,
        action: ActionCall::with("go_to", "place", "Farm"),
        by: "synthesizer".to_owned(),
        because: "It is near".to_owned(),
        proposals: vec![proposal],
        shortfalls: vec!["expert.2 did not answer".to_owned()],
        took_ms: 950,
        effect: None,
    };
    Decided { question, look, decision }
}

pub fn approval(id: u64) -> Approval {
    Approval {
        id,
        action: ActionCall::with("go_to", "place", "Farm"),
        risk: Risk::Destructive,
        ordered_by: LoopName::Action,
        by: "synthesizer".to_owned(),
        because: "It is near".to_owned(),
        server: None,
        waits_ms: 60_000,
    }
}

/// A map with the traveller on it, as large as a real one.
pub fn map(turn: u32) -> EnvironmentView {
    let place = |number: u8| PlaceView {
        name: format!("Place number {number}"),
        kind: PlaceKind::Farm,
        x: f32::from(number) / 13.0,
        y: f32::from(number) / 7.0,
        visited: number < 4,
        known: number < 8,
        marks: vec!["a chest".to_owned(), "a well".to_owned()],
    };
    let road = |number: usize| RoadView { from: number, to: number + 1, turns: 3, open: true };
    EnvironmentView::World(Box::new(WorldView {
        seed: 7,
        turn,
        turn_limit: 300,
        scene: Scene::Exploration,
        health: 40,
        max_health: 50,
        score: f64::from(turn) / 3.0,
        places: (0..11).map(place).collect(),
        roads: (0..14).map(road).collect(),
        here: 2,
        path: vec![0, 1, 2],
        daylight: 0.1,
        text: format!("It is turn {turn}. You stand at the mill. A road leads north."),
        ..WorldView::default()
    }))
}
