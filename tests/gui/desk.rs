//! The window on a line whose other end the test holds.

use egui_kittest::{
    Harness, Node,
    kittest::{NodeT, Queryable},
};
use singularis::{
    protocol::{Command, Event, LogLine, Snapshot, WorkerLink, link},
    settings::Settings,
    ui::{Panel, state::Screen},
};

/// A window under test.
pub struct Desk {
    pub harness: Harness<'static, Panel>,
    worker: Option<WorkerLink>,
}

impl Desk {
    pub fn open() -> Self {
        Self::of_size(1280.0, 764.0)
    }

    /// A window of this size, in points.
    pub fn of_size(width: f32, height: f32) -> Self {
        Self::scaled(width, height, 1.0)
    }

    /// The same with so many pixels to a point.
    pub fn scaled(width: f32, height: f32, pixels_per_point: f32) -> Self {
        let (ui, worker) = link();
        let harness = Harness::builder()
            .with_size(egui::vec2(width, height))
            .with_pixels_per_point(pixels_per_point)
            .with_theme(egui::Theme::Dark)
            .build_eframe(|creation| Panel::new(&creation.egui_ctx, ui));
        Self { harness, worker: Some(worker) }
    }

    /// One that is high enough to show a long screen as a whole, whose worker has sent its settings.
    pub fn high() -> Self {
        Self::high_with(Settings::default())
    }

    /// The same with other settings.
    pub fn high_with(settings: Settings) -> Self {
        let mut desk = Self::of_size(1280.0, 1600.0);
        desk.tell(Event::SettingsLoaded { settings: Box::new(settings), warnings: Vec::new() });
        desk.sent();
        desk
    }

    /// A window whose worker has sent its settings, with the first check already asked for.
    pub fn ready() -> Self {
        Self::with(Settings::default())
    }

    /// The same with other settings.
    pub fn with(settings: Settings) -> Self {
        let mut desk = Self::open();
        desk.tell(Event::SettingsLoaded { settings: Box::new(settings), warnings: Vec::new() });
        desk.sent();
        desk
    }

    pub fn tell(&mut self, event: Event) {
        self.worker.as_ref().unwrap().tell(event);
        self.harness.run_steps(3);
    }

    /// Sends lines to the log and draws them.
    pub fn log(&mut self, lines: impl IntoIterator<Item = LogLine>) {
        self.log_once(lines);
        self.harness.run_steps(2);
    }

    /// Sends lines to the log and draws once.
    pub fn log_once(&mut self, lines: impl IntoIterator<Item = LogLine>) {
        let lane = self.worker.as_ref().unwrap().log_lane();
        lines.into_iter().for_each(|line| lane.push(line));
        self.harness.run_steps(1);
    }

    pub fn show(&mut self, snapshot: Snapshot) {
        self.worker.as_ref().unwrap().publish(snapshot);
        self.harness.run_steps(3);
    }

    /// Publishes a picture and draws it once.
    pub fn glimpse(&mut self, snapshot: Snapshot) {
        self.worker.as_ref().unwrap().publish(snapshot);
        self.harness.run_steps(1);
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

    /// Opens a screen, whatever it is called in the language of the window.
    pub fn open_screen(&mut self, screen: Screen) {
        let place = Screen::ALL.iter().position(|other| *other == screen).unwrap();
        let nodes = self.harness.root().children_recursive();
        let is_tab = |node: &Node<'_>| node.accesskit_node().role() == egui::accesskit::Role::Tab;
        let tab = nodes.filter(is_tab).nth(place);
        tab.unwrap_or_else(|| panic!("{screen:?} is not on the rail")).click();
        self.harness.run_steps(3);
    }

    /// Presses keys together with Ctrl.
    pub fn ctrl(&mut self, key: egui::Key) {
        self.harness.key_press_modifiers(egui::Modifiers::COMMAND, key);
        self.harness.run_steps(3);
    }

    /// It stands in a list and beside it.
    pub fn twice(&self, words: &str) {
        assert_eq!(self.harness.get_all_by_label(words).count(), 2, "{words}");
    }

    pub fn type_into(&mut self, name: &str, text: &str) {
        use egui::accesskit::Role;
        let is_field = |role| matches!(role, Role::TextInput | Role::PasswordInput | Role::MultilineTextInput);
        let field = |node: &Node<'_>| is_field(node.accesskit_node().role());
        let node = self.harness.get_all_by_label(name).find(field);
        node.unwrap_or_else(|| panic!("no field is called {name}")).focus();
        self.harness.run_steps(2);
        self.harness.get_all_by_label(name).find(field).unwrap().type_text(text);
        self.harness.run_steps(3);
    }

    pub fn set_number(&mut self, name: &str, value: f64) {
        self.harness.get_by_label(name).set_value_accesskit(value);
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

    /// The system says whether the window has the focus and whether it is only an icon.
    pub fn look(&mut self, focused: Option<bool>, minimized: Option<bool>) {
        let viewport = self.harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default();
        (viewport.focused, viewport.minimized) = (focused, minimized);
        self.harness.run_steps(3);
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
        outline_of(&self.harness.root())
    }

    /// What reaches beyond the right edge of a window of this width, where nobody could read it.
    pub fn beyond(&self, width: f32) -> Vec<String> {
        let nodes = self.harness.root().children_recursive();
        let is_beyond = |node: &Node<'_>| {
            let bounds = node.accesskit_node().bounding_box();
            !name(node).is_empty() && bounds.is_some_and(|bounds| bounds.x1 > f64::from(width) + 1.0)
        };
        nodes.filter(is_beyond).map(|node| name(&node)).collect()
    }

    /// The controls that a screen reader could not name.
    pub fn nameless(&self) -> Vec<String> {
        nameless_of(&self.harness.root())
    }
}

/// Roles and names of everything below, indented.
pub fn outline_of(root: &Node<'_>) -> String {
    let mut lines = Vec::new();
    outline(root, 0, &mut lines);
    lines.join("\n")
}

/// How many controls there are below.
pub fn controls_of(root: &Node<'_>) -> usize {
    root.children_recursive().filter(is_control).count()
}

/// The roles of the controls below that a screen reader could not name.
pub fn nameless_of(root: &Node<'_>) -> Vec<String> {
    let is_nameless = |node: &Node<'_>| is_control(node) && name(node).trim().is_empty();
    root.children_recursive().filter(is_nameless).map(|node| format!("{:?}", node.accesskit_node().role())).collect()
}

pub fn name(node: &Node<'_>) -> String {
    let node = node.accesskit_node();
    node.label().or_else(|| node.value()).unwrap_or_default()
}

pub fn is_control(node: &Node<'_>) -> bool {
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
            | Role::SpinButton
            | Role::DisclosureTriangle
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
