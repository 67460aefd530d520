//! What stands around the map: how the traveller fares above it, the fight and what the strokes mean below it.

use embedded_graphics::{
    geometry::{Point, Size},
    mono_font::ascii::{FONT_6X10, FONT_9X15_BOLD},
    pixelcolor::{Rgb888, RgbColor},
    primitives::Rectangle,
};

use super::canvas::{Canvas, HEIGHT, WIDTH, fitted};
use crate::protocol::{FightView, WorldView};

const BAR_HEIGHT: u32 = 36;
const LEGEND_HEIGHT: i32 = 16;
const FIGHT: Rectangle = Rectangle::new(Point::new(100, 434), Size::new(440, 28));
const FIGHT_LETTERS: usize = 26;
const LEGEND: &str = "number: turns to walk | red dashes: closed | ?: not visited | pink ring: you | blue: walked";

const BACKGROUND: Rgb888 = Rgb888::new(32, 34, 40);
const FAINT: Rgb888 = Rgb888::new(206, 208, 214);
const HEALTH: Rgb888 = Rgb888::new(88, 190, 96);
const LOST_HEALTH: Rgb888 = Rgb888::new(92, 48, 48);
const ALARM: Rgb888 = Rgb888::new(178, 24, 24);
const ENEMY_HEALTH: Rgb888 = Rgb888::new(255, 214, 80);
const ENEMY_LOST_HEALTH: Rgb888 = Rgb888::new(90, 0, 0);

pub fn draw(canvas: &mut Canvas, view: &WorldView) {
    legend(canvas);
    if let Some(fight) = &view.fight {
        draw_fight(canvas, fight);
    }
    bar(canvas, view);
}

fn bar(canvas: &mut Canvas, view: &WorldView) {
    canvas.block(Rectangle::new(Point::zero(), Size::new(WIDTH as u32, BAR_HEIGHT)), BACKGROUND);
    // Where each begins, and how many letters it has room for.
    let figures = [
        (10, 12, format!("Turn {}/{}", view.turn, view.turn_limit)),
        (128, 14, format!("Health {}/{}", view.health, view.max_health)),
        (354, 9, format!("Gold {}", view.gold)),
        (445, 11, format!("Potions {}", view.potions)),
        (555, 9, format!("Score {:.0}", view.score)),
    ];
    for (left, letters, text) in figures {
        canvas.write(&fitted(&text, letters), Point::new(left, 10), &FONT_9X15_BOLD, Rgb888::WHITE);
    }
    let whole = Rectangle::new(Point::new(260, 11), Size::new(80, 14));
    gauge(canvas, whole, [view.health, view.max_health], [HEALTH, LOST_HEALTH]);
}

fn draw_fight(canvas: &mut Canvas, fight: &FightView) {
    canvas.block(FIGHT, ALARM);
    let text = format!("Fight: {} {}/{}", fight.enemy, fight.health, fight.max_health);
    let at = FIGHT.top_left + Point::new(12, 6);
    canvas.write(&fitted(&text, FIGHT_LETTERS), at, &FONT_9X15_BOLD, Rgb888::WHITE);
    let whole = Rectangle::new(FIGHT.top_left + Point::new(256, 7), Size::new(172, 14));
    gauge(canvas, whole, [fight.health, fight.max_health], [ENEMY_HEALTH, ENEMY_LOST_HEALTH]);
}

/// How much is left of the most there can be.
fn gauge(canvas: &mut Canvas, whole: Rectangle, [left, most]: [i32; 2], [present, lost]: [Rgb888; 2]) {
    canvas.block(whole, lost);
    let most = most.max(1);
    let width = i64::from(whole.size.width) * i64::from(left.clamp(0, most)) / i64::from(most);
    canvas.block(Rectangle::new(whole.top_left, Size::new(width as u32, whole.size.height)), present);
}

fn legend(canvas: &mut Canvas) {
    let top = HEIGHT - LEGEND_HEIGHT;
    let area = Rectangle::new(Point::new(0, top), Size::new(WIDTH as u32, LEGEND_HEIGHT as u32));
    canvas.block(area, BACKGROUND);
    canvas.write(LEGEND, Point::new(10, top + 3), &FONT_6X10, FAINT);
}
