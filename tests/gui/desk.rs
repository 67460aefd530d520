//! The window on a line whose other end the test holds.

use egui_kittest::{
    Harness, Node,
    kittest::{NodeT, Queryable},
};
use singularis::{
    protocol::{
        ActionCall, Api, Check, Command, DecisionView, EnvironmentView, Event, ExpertState, ExpertView, Finding,
        HealthReport, LoopName, LoopState, LoopView, ModelEntry, ModelInstance, ModelKind, ModelsListed, Phase,
        PlaceKind, PlaceView, Problem, Product, ProposalView, RoadView, RoleReport, Scene, Server, Snapshot, Speed,
        Verdict, Wellness, WorkerLink, WorldView, link,
    },
    ui::Panel,
};

/// A window under test.
pub struct Desk {
    pub harness: Harness<'static, Panel>,
    worker: Option<WorkerLink>,
}

impl Desk {
    pub fn open() -> Self {
        let (ui, worker) = link();
        let harness = Harness::builder()
            .with_size(egui::vec2(1280.0, 764.0))
            .with_theme(egui::Theme::Dark)
            .build_eframe(|creation| Panel::new(&creation.egui_ctx, ui));
        Self { harness, worker: Some(worker) }
    }

    /// A window whose worker has sent its settings, with the first check already asked for.
    pub fn ready() -> Self {
        let mut desk = Self::open();
        desk.tell(Event::SettingsLoaded { settings: Box::default(), warnings: Vec::new() });
        desk.sent();
        desk
    }

    pub fn tell(&mut self, event: Event) {
        self.worker.as_ref().unwrap().tell(event);
        self.harness.run_steps(3);
    }

    pub fn show(&mut self, snapshot: Snapshot) {
        self.worker.as_ref().unwrap().publish(snapshot);
        self.harness.run_steps(3);
    }

    pub fn kill_worker(&mut self) {
        self.worker = None;
        self.harness.run_steps(2);
    }

    /// What the window has asked for since the last look.
    pub fn sent(&mut self) -> Vec<Command> {
        let mut sent = Vec::new();
        while let Ok(command) = self.worker.as_mut().unwrap().commands.try_recv() {
            sent.push(command.command);
        }
        sent
    }

    pub fn press(&mut self, name: &str) {
        let node = self.harness.get_all_by_label(name).find(|node| is_control(node));
        node.unwrap_or_else(|| panic!("no control is called {name}")).click();
        self.harness.run_steps(3);
    }

    pub fn type_into(&mut self, name: &str, text: &str) {
        use egui::accesskit::Role;
        let field = |node: &Node<'_>| matches!(node.accesskit_node().role(), Role::TextInput | Role::PasswordInput);
        let node = self.harness.get_all_by_label(name).find(field);
        node.unwrap_or_else(|| panic!("no field is called {name}")).focus();
        self.harness.run_steps(2);
        self.harness.get_all_by_label(name).find(field).unwrap().type_text(text);
        self.harness.run_steps(3);
    }

    pub fn is_enabled(&self, name: &str) -> bool {
        let node = self.harness.get_all_by_label(name).find(is_control).unwrap();
        !node.accesskit_node().is_disabled()
    }

    pub fn key(&mut self, key: egui::Key) {
        self.harness.key_press(key);
        self.harness.run_steps(3);
    }

    /// Presses Tab until the control with this name has the focus.
    pub fn tab_to(&mut self, name: &str) {
        for _ in 0..100 {
            let has_focus = self.harness.get_all_by_label(name).any(|node| is_control(&node) && node.is_focused());
            if has_focus {
                return;
            }
            self.key(egui::Key::Tab);
        }
        panic!("{name} cannot be reached with Tab");
    }

    /// Asks the window to close, as its title bar does.
    pub fn close_window(&mut self) {
        let viewport = self.harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default();
        viewport.events.push(egui::ViewportEvent::Close);
        self.harness.step();
        self.harness.step();
    }

    fn viewport_commands(&self) -> Vec<egui::ViewportCommand> {
        let output = &self.harness.output().viewport_output;
        output.get(&egui::ViewportId::ROOT).map(|output| output.commands.clone()).unwrap_or_default()
    }

    /// True when the window has told the system that it goes.
    pub fn has_left(&mut self) -> bool {
        self.harness.step();
        self.viewport_commands().contains(&egui::ViewportCommand::Close)
    }

    /// True when the window has refused to close.
    pub fn has_left_open(&self) -> bool {
        self.viewport_commands().contains(&egui::ViewportCommand::CancelClose)
    }

    /// Roles and names of everything on screen, indented, without what changes from run to run.
    pub fn outline(&self) -> String {
        let mut lines = Vec::new();
        outline(&self.harness.root(), 0, &mut lines);
        lines.join("\n")
    }

    /// The controls that a screen reader could not name.
    pub fn nameless(&self) -> Vec<String> {
        let nodes = self.harness.root().children_recursive();
        let is_nameless = |node: &Node<'_>| is_control(node) && name(node).trim().is_empty();
        nodes.filter(is_nameless).map(|node| format!("{:?}", node.accesskit_node().role())).collect()
    }
}

fn name(node: &Node<'_>) -> String {
    let node = node.accesskit_node();
    node.label().or_else(|| node.value()).unwrap_or_default()
}

fn is_control(node: &Node<'_>) -> bool {
    use egui::accesskit::Role;
    matches!(
        node.accesskit_node().role(),
        Role::Button
            | Role::CheckBox
            | Role::RadioButton
            | Role::ComboBox
            | Role::TextInput
            | Role::PasswordInput
            | Role::MultilineTextInput
            | Role::Tab
            | Role::Slider
            | Role::Link
    )
}

fn outline(node: &Node<'_>, depth: usize, lines: &mut Vec<String>) {
    let role = format!("{:?}", node.accesskit_node().role());
    let name = name(node);
    // A run of text only repeats the label it belongs to.
    let is_worth_a_line = !name.is_empty() && role != "TextRun";
    if is_worth_a_line {
        let state = if node.accesskit_node().is_disabled() { " (disabled)" } else { "" };
        lines.push(format!("{}{role}: {name}{state}", "  ".repeat(depth)));
    }
    let depth = depth + usize::from(is_worth_a_line);
    node.children().for_each(|child| outline(&child, depth, lines));
}

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
            }],
            shortfalls: vec!["navigation did not answer".into()],
            took_ms: 900,
            effect: Some("You strike the wolf for 4".into()),
        }),
        environment: EnvironmentView::World(Box::new(world)),
        ..Snapshot::default()
    }
}
