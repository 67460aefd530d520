//! The window itself: takes events in, draws the screen, sends wishes, and leaves only when the worker has ended.

use std::{sync::Arc, time::Instant};

use eframe::{App, NativeOptions};
use egui::{Context, ThemePreference, Ui, UserAttentionType, ViewportBuilder, ViewportCommand};

use super::{
    screens::{Wishes, closing, shell},
    state::{Leaving, State},
    theme::{self, size},
};
use crate::{
    protocol::{Busy, Command, Depth, Event, Problem, Snapshot, UiLink},
    settings::Theme,
};

/// The window's end of the line, and its picture.
pub struct Panel {
    link: UiLink,
    state: State,
    snapshot: Arc<Snapshot>,
    /// The worker's first settings have arrived and the first check was asked for.
    has_begun: bool,
    /// When the program was started; empty once the first frame has been told of.
    started: Option<Instant>,
}

/// Opens the window and stays until it is closed. Dropping the link at the end tells the worker to shut down.
/// `started` is when the program was, for the log.
pub fn open(link: UiLink, started: Instant) -> eframe::Result {
    let viewport = ViewportBuilder::default()
        .with_title("Singularis")
        .with_app_id("singularis")
        .with_inner_size(size::WINDOW)
        .with_min_inner_size(size::WINDOW_MIN);
    let options = NativeOptions { viewport, renderer: eframe::Renderer::Glow, ..NativeOptions::default() };
    eframe::run_native(
        "Singularis",
        options,
        Box::new(move |cc| {
            let panel = Panel::new(&cc.egui_ctx, link);
            Ok(Box::new(Panel { started: Some(started), ..panel }))
        }),
    )
}

impl Panel {
    /// Prepares the look and has the worker wake this window.
    pub fn new(ctx: &Context, link: UiLink) -> Self {
        theme::install(ctx);
        let waker = ctx.clone();
        link.wake_slot().fill(move || waker.request_repaint());
        Self { link, state: State::default(), snapshot: Arc::default(), has_begun: false, started: None }
    }

    fn take_events(&mut self, ctx: &Context) {
        while let Some(event) = self.link.next_event() {
            if let Event::SettingsLoaded { settings, .. } = &event {
                apply_look(ctx, settings.window.theme, settings.window.zoom);
                self.begin();
            }
            if let Event::ApprovalNeeded(_) = &event {
                // The window may lie behind others, and the agent waits.
                ctx.send_viewport_cmd(ViewportCommand::RequestUserAttention(UserAttentionType::Informational));
            }
            if let Event::ComeToFront = &event {
                ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
                ctx.send_viewport_cmd(ViewportCommand::Focus);
                ctx.send_viewport_cmd(ViewportCommand::RequestUserAttention(UserAttentionType::Informational));
            }
            self.state.take(event);
        }
        while let Some(line) = self.link.next_log_line() {
            self.state.logs.push(line);
        }
        self.state.logs.skipped(self.link.skipped_log_lines());
        self.snapshot = self.link.snapshot();
        self.state.look(&self.snapshot);
    }

    /// The first check starts by itself, so that a first look finds LM Studio without a click.
    fn begin(&mut self) {
        if !self.has_begun {
            self.has_begun = true;
            self.send(Command::CheckHealth { depth: Depth::Full });
        }
    }

    fn send(&mut self, command: Command) {
        if let Err(Busy(command)) = self.link.send(command)
            && !self.link.worker_is_gone()
        {
            let details = vec![format!("Not carried out: {}", name_of(&command))];
            self.state.refused = Some(Problem::plain("The worker is busy", details, "Try again in a moment"));
        }
    }

    /// Closing the window is Stop and Shutdown; it stays open until both are done.
    fn leave_in_order(&mut self, ctx: &Context) {
        let wants_to_close = ctx.input(|input| input.viewport().close_requested());
        let is_over = matches!(self.state.leaving, Leaving::Ended(_)) || self.link.worker_is_gone();
        if wants_to_close && !is_over {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            // A worker too busy to hear it is told again at the next press.
            if self.state.leaving == Leaving::No && self.link.send(Command::Shutdown).is_ok() {
                self.state.leaving = Leaving::Asked;
            }
        }
        if is_over && self.state.leaving != Leaving::No {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }
}

impl App for Panel {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.take_events(ctx);
        self.leave_in_order(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        if let Some(started) = self.started.take() {
            tracing::info!("the first frame is drawn {} ms after the start", started.elapsed().as_millis());
        }
        if let Some(text) = self.state.to_copy.take() {
            ui.ctx().copy_text(text);
            self.state.said = Some("It is in the clipboard".to_owned());
        }
        let mut wishes = Wishes::new();
        if self.state.leaving == Leaving::No {
            shell::ui(ui, &mut self.state, &self.snapshot, &mut wishes);
        } else {
            closing::ui(ui, &self.state, &self.snapshot);
        }
        for wish in wishes {
            if let Command::SaveSettings { settings } = &wish {
                apply_look(ui.ctx(), settings.window.theme, settings.window.zoom);
            }
            self.send(wish);
        }
    }
}

/// Which order it was. What it carries may hold a secret that was just typed.
fn name_of(command: &Command) -> String {
    format!("{command:?}").chars().take_while(|letter| letter.is_alphanumeric()).collect()
}

fn apply_look(ctx: &Context, theme: Theme, zoom: f32) {
    ctx.set_theme(match theme {
        Theme::System => ThemePreference::System,
        Theme::Dark => ThemePreference::Dark,
        Theme::Light => ThemePreference::Light,
    });
    ctx.set_zoom_factor(zoom);
}
