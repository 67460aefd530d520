//! The real window without a display: frames are drawn up to their triangles, sixty to a second of its own clock.

use std::time::Duration;

use eframe::App;
use egui::{
    Context, Event, FullOutput, Key, Modifiers, RawInput, Rect, Vec2,
    accesskit::{Action, ActionRequest, NodeId, Role, TreeId},
};
use singularis::{
    protocol::{WorkerLink, link},
    ui::{Panel, state::Screen},
};

use crate::cost::used;

const SIZE: Vec2 = Vec2::new(1280.0, 764.0);
const FRAME_S: f32 = 1.0 / 60.0;

pub struct Stage {
    pub worker: WorkerLink,
    ctx: Context,
    panel: Panel,
    frame: eframe::Frame,
    now_s: f64,
}

impl Stage {
    pub fn open() -> Self {
        let (ui, worker) = link();
        let ctx = Context::default();
        let panel = Panel::new(&ctx, ui);
        Self { worker, ctx, panel, frame: eframe::Frame::_new_kittest(), now_s: 0.0 }
    }

    /// Draws one frame after these events; gives what became of it and what it cost.
    pub fn frame(&mut self, events: Vec<Event>) -> (FullOutput, Duration) {
        self.now_s += f64::from(FRAME_S);
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(egui::Pos2::ZERO, SIZE)),
            time: Some(self.now_s),
            predicted_dt: FRAME_S,
            focused: true,
            events,
            ..RawInput::default()
        };
        let Self { ctx, panel, frame, .. } = self;
        let before = used();
        let mut output = ctx.run_ui(input, |ui| {
            panel.logic(&ui.ctx().clone(), frame);
            panel.ui(ui, frame);
        });
        let triangles = ctx.tessellate(std::mem::take(&mut output.shapes), output.pixels_per_point);
        let cost = used().saturating_sub(before);
        assert!(!triangles.is_empty(), "something is drawn");
        // Nobody paints them, and what is left of them counts as forgotten.
        output.textures_delta.clear();
        (output, cost)
    }

    /// Lets so many frames go by.
    pub fn rest(&mut self, frames: usize) {
        for _ in 0..frames {
            self.frame(Vec::new());
        }
    }

    /// Presses a key together with Ctrl.
    pub fn press(&mut self, key: Key) {
        let event =
            |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::COMMAND };
        self.frame(vec![event(true)]);
        self.frame(vec![event(false)]);
        self.rest(2);
    }

    /// Goes to a screen, by its keys.
    pub fn show(&mut self, screen: Screen) {
        const KEYS: [Key; 9] =
            [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
        let place = Screen::ALL.iter().position(|other| *other == screen).unwrap();
        self.press(KEYS[place]);
    }

    /// Gives the focus to the first thing with a name and a role like that.
    pub fn focus(&mut self, is_it: impl Fn(&str, Role) -> bool) {
        self.act(Action::Focus, is_it);
    }

    /// Presses the first one like that.
    pub fn click(&mut self, is_it: impl Fn(&str, Role) -> bool) {
        self.act(Action::Click, is_it);
    }

    /// Does what a screen reader would do. While frames are measured nobody reads the screen.
    fn act(&mut self, action: Action, is_it: impl Fn(&str, Role) -> bool) {
        self.ctx.enable_accesskit();
        let (output, _) = self.frame(Vec::new());
        let tree = output.platform_output.accesskit_update.expect("the tree was asked for");
        let found = tree.nodes.iter().find(|(_, node)| is_it(node.label().unwrap_or_default(), node.role()));
        let target_node: NodeId = found.expect("it is there").0;
        let request = ActionRequest { action, target_tree: TreeId::ROOT, target_node, data: None };
        self.frame(vec![Event::AccessKitActionRequest(request)]);
        self.ctx.disable_accesskit();
        self.rest(3);
    }
}
