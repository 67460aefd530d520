//! Every widget in every state, in one window, for whoever works on the look of the program.
//!
//! `cargo run --example gallery`

mod pieces;

use singularis::ui::{
    theme::{self, size, space},
    widgets::toggle,
};

fn main() -> eframe::Result {
    let viewport = egui::ViewportBuilder::default().with_inner_size(size::WINDOW).with_title("Gallery");
    let options = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    eframe::run_native("gallery", options, Box::new(|creation| Ok(Box::new(Gallery::new(&creation.egui_ctx)))))
}

struct Gallery {
    shown: pieces::Shown,
    is_light: bool,
    is_still: bool,
}

impl Gallery {
    fn new(ctx: &egui::Context) -> Self {
        theme::install(ctx);
        Self { shown: pieces::Shown::default(), is_light: false, is_still: false }
    }

    fn switches(&mut self, ui: &mut egui::Ui) {
        ui.horizontal(|ui| {
            if toggle(ui, self.is_light, "Light").clicked() {
                self.is_light = !self.is_light;
            }
            if toggle(ui, self.is_still, "Nothing moves").clicked() {
                self.is_still = !self.is_still;
            }
        });
        ui.ctx().set_theme(if self.is_light { egui::Theme::Light } else { egui::Theme::Dark });
        if self.is_still { theme::still(ui.ctx()) } else { theme::moving(ui.ctx()) }
    }
}

impl eframe::App for Gallery {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let ground = theme::palette(ui).ground;
        let frame = egui::Frame::new().fill(ground).inner_margin(theme::margin(space::L));
        egui::CentralPanel::default().frame(frame).show(ui, |ui| {
            self.switches(ui);
            ui.add_space(space::M);
            egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| pieces::ui(ui, &mut self.shown));
        });
    }
}
