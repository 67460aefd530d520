//! `bare_window [SECONDS]`: the first example of the same toolkit's own manual, with the same features and one font: a
//! window with one panel in which stands one line. What it takes to open and to hold, hardly a program on this toolkit can
//! avoid.
//!
//! It prints `{"first_frame_ms"}` when its first frame has been laid out, counted from the beginning of `main`, and closes
//! itself after so many seconds.

use std::time::{Duration, Instant};

use eframe::{
    App, Frame, NativeOptions,
    egui::{CentralPanel, FontData, FontDefinitions, FontFamily, Ui, ViewportBuilder, ViewportCommand},
};

const FONT: &[u8] = include_bytes!("../../../../assets/fonts/Inter-Regular.otf");
/// The size of the product's own window, in points.
const SIZE: [f32; 2] = [1280.0, 764.0];

struct Window {
    started: Instant,
    open_for: Duration,
    has_drawn: bool,
}

impl App for Window {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut Frame) {
        CentralPanel::default().show(ui, |ui| ui.heading("A window"));
        if !self.has_drawn {
            self.has_drawn = true;
            println!("{}", serde_json::json!({"first_frame_ms": self.started.elapsed().as_secs_f64() * 1000.0}));
            ui.ctx().request_repaint_after(self.open_for);
        }
        if self.started.elapsed() >= self.open_for {
            ui.ctx().send_viewport_cmd(ViewportCommand::Close);
        }
    }
}

fn main() -> eframe::Result {
    let started = Instant::now();
    let seconds = std::env::args().nth(1).and_then(|seconds| seconds.parse().ok()).unwrap_or(5.0);
    let window = Window { started, open_for: Duration::from_secs_f64(seconds), has_drawn: false };
    let viewport =
        ViewportBuilder::default().with_title("Bare window").with_app_id("bare-window").with_inner_size(SIZE);
    let options = NativeOptions { viewport, renderer: eframe::Renderer::Glow, ..NativeOptions::default() };
    eframe::run_native(
        "Bare window",
        options,
        Box::new(move |cc| {
            let mut fonts = FontDefinitions::empty();
            fonts.font_data.insert("regular".to_owned(), FontData::from_static(FONT).into());
            for family in [FontFamily::Proportional, FontFamily::Monospace] {
                fonts.families.insert(family, vec!["regular".to_owned()]);
            }
            cc.egui_ctx.set_fonts(fonts);
            Ok(Box::new(window))
        }),
    )
}
