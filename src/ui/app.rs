//! The window itself: takes events in, draws the screen, sends wishes, and leaves only when the worker has ended.

mod ground;
mod letters;
mod mark;
mod monitors;
mod system_theme;
mod whereabouts;

use std::{io, sync::Arc, thread, time::Instant};

use eframe::{App, NativeOptions};
use egui::{Context, ThemePreference, Ui, UserAttentionType, ViewportBuilder, ViewportCommand, Visuals};

use super::{
    catalogue::{Language, prepare, say, speak},
    screens::{Wishes, closing, shell},
    state::{Leaving, State, shortcuts::ZOOMS},
    theme::{self, size},
};
use crate::{
    protocol::{Busy, Command, Depth, Event, Problem, Snapshot, UiLink},
    settings::{Settings, Theme, WindowPlace, WindowSettings},
};
use letters::Letters;
use system_theme::SystemTheme;
use whereabouts::Whereabouts;

/// The window's end of the line, and its picture.
pub struct Panel {
    link: UiLink,
    state: State,
    snapshot: Arc<Snapshot>,
    /// The worker's first settings have arrived and the first check was asked for.
    has_begun: bool,
    /// When the program was started; empty once the first frame has been told of.
    started: Option<Instant>,
    /// Where the window is; `None` without a window of the system.
    whereabouts: Option<Whereabouts>,
    /// Dark or light, as the desktop wants it.
    system: SystemTheme,
    /// Fonts for what our own lack; `None` without a window of the system.
    letters: Option<Letters>,
    /// Whether the window is in front, as the worker was told last; it begins with yes.
    is_in_front: bool,
    /// What the system says its user speaks, such as `de-AT`.
    language: Option<String>,
}

/// Opens the window and stays until it is closed. `link` starts the worker once the system has given a window; dropping it
/// at the end tells the worker to shut down. `started` is when the program was, for the log; `window` is how it looks from
/// the first frame on, and where it was the last time.
pub fn open(link: impl FnOnce() -> io::Result<UiLink>, started: Instant, window: WindowSettings) -> eframe::Result {
    let (language, place) = (sys_locale::get_locale(), window.place);
    let spoken = Language::chosen(window.language, language.as_deref());
    let mut system = SystemTheme::ask();
    // Beside the opening of the window. Where there is no thread for it, the first text reads them.
    let reading = thread::Builder::new().name("singularis-words".to_owned()).spawn(move || prepare(spoken));
    // By this name a desktop finds the entry and the icons that a package installs.
    let mut viewport = ViewportBuilder::default()
        .with_title("Singularis")
        .with_app_id("singularis")
        .with_inner_size(size::WINDOW)
        .with_min_inner_size(size::WINDOW_MIN);
    if let Some(place) = place.filter(WindowPlace::is_usable) {
        // Said before there is a window, so that no window manager chooses another place; what can be seen of it is
        // found out before it is shown.
        viewport = viewport.with_inner_size([place.width, place.height]).with_position([place.x, place.y]);
    }
    if let Some(picture) = mark::picture() {
        viewport = viewport.with_icon(picture);
    }
    let options = NativeOptions {
        viewport,
        renderer: eframe::Renderer::Glow,
        // By `letters`: the library's own would look through all of them beside the first frame.
        system_font_fallback: false,
        // All surfaces are flat, so it would smooth nothing, and a machine that draws in software pays for every pixel.
        dithering: false,
        ..NativeOptions::default()
    };
    eframe::run_native(
        "Singularis",
        options,
        Box::new(move |cc| {
            let mut panel = Panel::new(&cc.egui_ctx, link()?);
            system.wake(&cc.egui_ctx);
            apply_look(&cc.egui_ctx, &window, &mut system);
            panel.state.settings.window = window;
            let whereabouts = Some(Whereabouts::new(monitors::open_in_sight(cc, place), place));
            let letters = Some(Letters::watch(&cc.egui_ctx));
            let _read = reading.map(thread::JoinHandle::join);
            Ok(Box::new(Panel { started: Some(started), whereabouts, letters, language, system, ..panel }))
        }),
    )
}

impl Panel {
    /// Prepares the look and has the worker wake this window.
    pub fn new(ctx: &Context, link: UiLink) -> Self {
        theme::install(ctx);
        // Every step of it is saved, so there is one way to it.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let waker = ctx.clone();
        link.wake_slot().fill(move || waker.request_repaint());
        Self {
            link,
            state: State::default(),
            snapshot: Arc::default(),
            has_begun: false,
            started: None,
            whereabouts: None,
            letters: None,
            system: SystemTheme::unknown(),
            is_in_front: true,
            language: None,
        }
    }

    fn take_events(&mut self, ctx: &Context) {
        while let Some(event) = self.link.next_event() {
            if let Event::SettingsLoaded { settings, .. } = &event {
                self.use_look(ctx, settings);
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
        let newest = self.link.snapshot();
        if !Arc::ptr_eq(&newest, &self.snapshot) {
            self.state.shown_since = Some(Instant::now());
        }
        self.snapshot = newest;
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
            let details = vec![say!("shell-not-carried-out", order = name_of(&command))];
            self.state.refuse(Problem::plain(say!("shell-busy"), details, &say!("shell-busy-advice")));
        }
    }

    /// Looks and words of these settings hold from now on.
    fn use_look(&mut self, ctx: &Context, settings: &Settings) {
        apply_look(ctx, &settings.window, &mut self.system);
        speak(Language::chosen(settings.window.language, self.language.as_deref()));
    }

    /// What the window says it says in the language of its user, also where several windows share a thread.
    fn speak(&self) {
        speak(Language::chosen(self.state.settings.window.language, self.language.as_deref()));
    }

    /// Notes where the window is, when that has changed.
    fn note_place(&mut self, ctx: &Context) {
        let place = self.whereabouts.as_mut().and_then(|whereabouts| whereabouts.look(ctx));
        self.save_place(place.filter(|_| self.state.leaving == Leaving::No));
    }

    fn save_place(&mut self, place: Option<WindowPlace>) {
        if place.is_some() && self.has_begun {
            self.state.settings.window.place = place;
            self.send(Command::SaveSettings { settings: Box::new(self.state.settings.clone()) });
        }
    }

    /// Tells the worker whether somebody looks here, when that has changed. A test's window does not know, and is looked at.
    fn tell_whether_in_front(&mut self, ctx: &Context) {
        let is_in_front = ctx.input(|input| {
            let viewport = input.viewport();
            viewport.focused.unwrap_or(true) && !viewport.minimized.unwrap_or(false)
        });
        // A worker too busy to hear it wakes the window soon, and is told then.
        if is_in_front != self.is_in_front && self.link.send(Command::InFront { is_in_front }).is_ok() {
            self.is_in_front = is_in_front;
        }
    }

    /// Closing the window is Stop and Shutdown; it stays open until both are done.
    fn leave_in_order(&mut self, ctx: &Context) {
        let wants_to_close = ctx.input(|input| input.viewport().close_requested());
        let is_over = matches!(self.state.leaving, Leaving::Ended(_)) || self.link.worker_is_gone();
        if wants_to_close && !is_over {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            let place = self.whereabouts.as_mut().and_then(Whereabouts::note);
            self.save_place(place);
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
    /// The ground, which nobody has to draw on top of it then.
    fn clear_color(&self, visuals: &Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.speak();
        if let Some(theme) = self.system.news().filter(|_| self.state.settings.window.theme == Theme::System) {
            ctx.set_theme(theme);
        }
        self.take_events(ctx);
        self.note_place(ctx);
        self.tell_whether_in_front(ctx);
        self.leave_in_order(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.speak();
        if let Some(started) = self.started.take() {
            tracing::info!("the first frame is drawn {} ms after the start", started.elapsed().as_millis());
        }
        if let Some(text) = self.state.to_copy.take() {
            ui.ctx().copy_text(text);
            self.state.copied();
        }
        let mut wishes = Wishes::new();
        ground::under(ui, |ui| {
            if self.state.leaving == Leaving::No {
                shell::ui(ui, &mut self.state, &self.snapshot, &mut wishes);
            } else {
                closing::ui(ui, &self.state, &self.snapshot);
            }
        });
        for wish in wishes {
            if let Command::SaveSettings { settings } = &wish {
                self.use_look(ui.ctx(), settings);
            }
            self.send(wish);
        }
        if let Some(letters) = &mut self.letters {
            letters.look(ui.ctx());
        }
    }
}

/// Which order it was. What it carries may hold a secret that was just typed.
fn name_of(command: &Command) -> String {
    format!("{command:?}").chars().take_while(|letter| letter.is_alphanumeric()).collect()
}

fn apply_look(ctx: &Context, window: &WindowSettings, system: &mut SystemTheme) {
    ctx.set_theme(match window.theme {
        Theme::System => system.preference(),
        Theme::Dark => ThemePreference::Dark,
        Theme::Light => ThemePreference::Light,
    });
    let [least, .., most] = ZOOMS;
    ctx.set_zoom_factor(window.zoom.clamp(least, most));
    if window.motion {
        theme::moving(ctx);
    } else {
        theme::still(ctx);
    }
}
