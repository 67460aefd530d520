//! What a worker could tell: findings, reports, lists of models, and pictures of sessions.

use singularis::{
    protocol::{
        ActionCall, Api, AskView, BudgetView, Certificate, CertificateItem, Check, DecisionView, EgressLine, Ending,
        EnsembleView, EnvironmentView, Event, ExpertState, ExpertView, Finding, HealthReport, LoopName, LoopState,
        LoopView, ModelEntry, ModelInstance, ModelKind, ModelsListed, Narration, OpenAfter, OpenKind, Outcome, Phase,
        PlaceKind, PlaceView, Problem, Product, ProposalView, ProviderView, RoadView, RoleReport, Scene, Server,
        SessionReport, Snapshot, Speed, Spending, SpendingLine, Verdict, Wellness, WorldView, WorthView,
    },
    settings::{CloudMode, Provider},
};

use crate::scenes;

pub fn finding(check: Check, verdict: Verdict, problem: Option<Problem>) -> Event {
    let because = (verdict == Verdict::Skipped).then_some(Check::Port);
    let note = match &problem {
        Some(problem) => problem.summary.clone(),
        None => format!("about the {}", check.title().to_lowercase()),
    };
    Event::Checked(Box::new(Finding { check, verdict, because, took_ms: 2, note, problem, at: String::new() }))
}

pub fn report(verdict: Wellness, problem: Option<Problem>) -> Event {
    let instance = ModelInstance { id: "qwen/qwen3-8b".into(), context_length: Some(8192), parallel: Some(4) };
    let model = ModelEntry {
        key: "qwen/qwen3-8b".into(),
        kind: ModelKind::Llm,
        instances: vec![instance],
        max_context_length: Some(32768),
        tool_use: Some(true),
        ..ModelEntry::default()
    };
    let cold = ModelEntry { key: "google/gemma-3".into(), kind: ModelKind::Llm, ..ModelEntry::default() };
    let cause = problem.as_ref().and_then(|problem| problem.cause);
    let is_well = verdict != Wellness::Unhealthy;
    let findings = problem.into_iter().map(|problem| Finding {
        check: Check::Port,
        verdict: Verdict::Failed,
        because: None,
        took_ms: 2,
        note: problem.summary.clone(),
        problem: Some(problem),
        at: String::new(),
    });
    Event::CheckFinished(Box::new(HealthReport {
        endpoint: "http://127.0.0.1:1234".into(),
        verdict,
        cause,
        server: Server { product: Product::LmStudio, version: Some("0.4.23".into()), api: Some(Api::V1) },
        findings: findings.collect(),
        models: if is_well { vec![model, cold] } else { Vec::new() },
        roles: vec![RoleReport {
            role: "expert.1".into(),
            endpoint: "lm_studio".into(),
            model: "qwen/qwen3-8b".into(),
            verdict: if is_well { Verdict::Passed } else { Verdict::Skipped },
            problem: None,
            speed: is_well.then_some(Speed { first_token_ms: 120, tokens_per_second: Some(42.0) }),
        }],
        took_ms: 20,
        name: "lm_studio".into(),
        others: Vec::new(),
    }))
}

/// What a server has: one model in two copies, one downloaded, one for embeddings.
pub fn listed() -> Event {
    let copy = |id: &str, length: u32| ModelInstance { id: id.into(), context_length: Some(length), parallel: Some(4) };
    let loaded = ModelEntry {
        key: "qwen/qwen3-8b".into(),
        kind: ModelKind::Llm,
        instances: vec![copy("qwen/qwen3-8b", 8192), copy("qwen/qwen3-8b:2", 4096)],
        max_context_length: Some(32_768),
        tool_use: Some(true),
        size_bytes: Some(4_700_000_000),
        quantization: Some("Q4_K_M".into()),
        ..ModelEntry::default()
    };
    let cold = ModelEntry {
        key: "google/gemma-3".into(),
        kind: ModelKind::Llm,
        max_context_length: Some(131_072),
        vision: Some(true),
        ..ModelEntry::default()
    };
    let embedder = ModelEntry { key: "nomic-embed".into(), kind: ModelKind::Embedding, ..ModelEntry::default() };
    Event::ModelsListed(Box::new(ModelsListed {
        endpoint: "lm_studio".into(),
        url: "http://127.0.0.1:1234".into(),
        server: Server { product: Product::LmStudio, version: Some("0.4.23".into()), api: Some(Api::V1) },
        models: vec![embedder, cold, loaded],
        problem: None,
    }))
}

/// A session in full swing.
pub fn running() -> Snapshot {
    let place = |name: &str, x: f32, visited: bool| PlaceView {
        name: name.into(),
        kind: PlaceKind::Town,
        x,
        y: 0.5,
        visited,
        known: true,
        marks: Vec::new(),
    };
    let world = WorldView {
        turn: 5,
        turn_limit: 70,
        scene: Scene::Town,
        health: 18,
        max_health: 30,
        gold: 12,
        potions: 1,
        score: 18.0,
        places: vec![place("Town", 0.2, true), place("Farm", 0.8, false)],
        roads: vec![RoadView { from: 0, to: 1, turns: 3, open: true }],
        path: vec![0],
        daylight: 0.5,
        last_action: Some(ActionCall::bare("talk")),
        last_effect: Some("The trader nods".into()),
        ..WorldView::default()
    };
    let expert = |title: &str, state, text: &str| ExpertView {
        role: format!("expert.{title}"),
        title: title.into(),
        model: "qwen/qwen3-8b".into(),
        state,
        text: text.into(),
        first_token_ms: Some(140),
        ..ExpertView::default()
    };
    let attack = ActionCall::bare("attack");
    Snapshot {
        phase: Phase::Running,
        step: 4,
        score: Some(18.0),
        loops: vec![LoopView {
            name: LoopName::Reasoning,
            state: LoopState::Working,
            cycles: 5,
            note: "asking the mind".into(),
        }],
        experts: vec![
            expert("threat", ExpertState::Answering, "The wolf lowers its head"),
            expert("navigation", ExpertState::Asked, ""),
        ],
        decision: Some(DecisionView {
            question: 4,
            step: 4,
            action: attack.clone(),
            by: "synthesizer".into(),
            because: "It is open to a blow".into(),
            proposals: vec![ProposalView {
                title: "threat".into(),
                action: Some(attack),
                thought: "strike".into(),
                confidence: 0.8,
                followed: true,
                decisive: true,
                took_ms: 900,
                tokens: Some(812),
                usd: Some(0.0),
            }],
            shortfalls: vec!["navigation did not answer".into()],
            took_ms: 900,
            effect: Some("You strike the wolf for 4".into()),
        }),
        environment: EnvironmentView::World(Box::new(world)),
        ..Snapshot::default()
    }
}

/// The same when the cloud is asked too: what each expert was asked and when, what it costs, and what it is worth.
pub fn asking() -> Snapshot {
    let mut picture = running();
    picture.elapsed_ms = 74_000;
    picture.experts[0].asks = vec![
        AskView {
            queued_at_ms: 20_000,
            sent_at_ms: Some(20_000),
            first_token_at_ms: Some(21_000),
            ended_at_ms: Some(24_000),
            answer_tokens: 60,
            is_answered: true,
            ..AskView::default()
        },
        AskView {
            queued_at_ms: 71_000,
            sent_at_ms: Some(71_200),
            first_token_at_ms: Some(72_600),
            answer_tokens: 18,
            ..AskView::default()
        },
    ];
    picture.experts[1].model = "gemini-2.5-flash".into();
    picture.experts[1].state = ExpertState::Failed;
    picture.experts[1].failure = Some("The quota is used up".into());
    picture.experts[1].asks = vec![AskView {
        provider: Provider::Gemini,
        queued_at_ms: 60_000,
        sent_at_ms: Some(66_000),
        ended_at_ms: Some(70_000),
        ..AskView::default()
    }];
    Snapshot {
        sent_off_machine_bytes: 4200,
        egress: vec![
            egress("127.0.0.1", Provider::Local),
            egress("generativelanguage.googleapis.com", Provider::Gemini),
        ],
        cloud: CloudMode::LocalFirst,
        providers: providers(),
        spending: spending(),
        ensemble: ensemble(),
        narration: Some(Narration {
            text: "The agent stands before a wolf and is wounded".into(),
            by: "qwen/qwen3-8b".into(),
            step: 4,
            dropped: 2,
        }),
        ..picture
    }
}

fn egress(host: &str, provider: Provider) -> EgressLine {
    EgressLine {
        host: host.into(),
        provider,
        purpose: "expert.navigation".into(),
        is_this_machine: provider == Provider::Local,
        requests: 3,
        sent_bytes: 4200,
        received_bytes: 900,
    }
}

fn providers() -> Vec<ProviderView> {
    vec![
        ProviderView { under_way: 1, at_once: 4, requests_in_minute: 6, ..ProviderView::default() },
        ProviderView {
            provider: Provider::Gemini,
            model: "gemini-2.5-flash".into(),
            at_once: 10,
            waiting: 3,
            requests_in_minute: 14,
            requests_per_minute: 60,
            tokens_in_minute: 5200,
            ..ProviderView::default()
        },
    ]
}

/// Three models: one that costs nothing, one whose price is known, one whose price nobody knows.
pub fn spending() -> Spending {
    let line = |provider, model: &str, calls, usd| SpendingLine {
        provider,
        model: model.into(),
        calls,
        prompt_tokens: 500 * calls,
        answer_tokens: 100 * calls,
        usd,
    };
    Spending {
        calls: 24,
        prompt_tokens: 12_000,
        answer_tokens: 2400,
        usd: 0.12,
        unpriced_calls: 3,
        budget: BudgetView { usd: Some(5.0), ..BudgetView::default() },
        prices_as_of: "2026-11-01".into(),
        lines: vec![
            line(Provider::Local, "qwen/qwen3-8b", 18, Some(0.0)),
            line(Provider::Gemini, "gemini-2.5-flash", 3, None),
            line(Provider::Claude, "claude-haiku-4-5", 3, Some(0.12)),
        ],
        ..Spending::default()
    }
}

/// One expert that is followed, and one that might as well keep still.
pub fn ensemble() -> EnsembleView {
    let threat = WorthView {
        role: "expert.threat".into(),
        title: "threat".into(),
        model: "qwen/qwen3-8b".into(),
        asked: 12,
        answered: 11,
        followed: 8,
        decisive: 3,
        mean_ms: 1400,
        tokens: 9000,
        usd: Some(0.0),
    };
    let navigation = WorthView {
        role: "expert.navigation".into(),
        title: "navigation".into(),
        model: "gemini-2.5-flash".into(),
        answered: 9,
        followed: 1,
        decisive: 0,
        mean_ms: 4200,
        tokens: 2200,
        usd: None,
        ..threat.clone()
    };
    EnsembleView {
        decisions: 12,
        agreement: Some(0.75),
        own_ways: 1,
        experts: vec![threat, navigation],
        advice: vec!["navigation changed nothing in 12 decisions".into()],
    }
}

/// The end of a session in which one loop had to be ended by force.
pub fn ended() -> Event {
    let item = |name: &str, outcome| CertificateItem {
        kind: OpenKind::Loop,
        name: name.into(),
        outcome,
        took_ms: 3,
        note: String::new(),
    };
    let items = vec![item("perception", Outcome::Closed), item("reasoning", Outcome::Aborted)];
    let certificate = Certificate::conclude(0.4, 12.0, items, OpenAfter { sockets: Some(0), ..OpenAfter::default() });
    Event::SessionEnded(Box::new(SessionReport {
        session: "s-1".into(),
        outcome: Ending::Stopped,
        steps: 4,
        score: Some(18.0),
        took_ms: 4000,
        problem: None,
        certificate,
        egress: vec![EgressLine {
            host: "api.anthropic.com".into(),
            provider: Provider::Claude,
            purpose: "expert.1".into(),
            is_this_machine: false,
            requests: 3,
            sent_bytes: 4200,
            received_bytes: 900,
        }],
        spending: spending(),
        ensemble: ensemble(),
        regret: scenes::regret(),
        clock: scenes::clock(),
        last_picture: Box::default(),
    }))
}
