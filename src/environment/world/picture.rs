//! A picture of the world for models that see: the map as far as it is known, the traveller on it, how things stand.
//!
//! The same view gives the same bytes on every machine: shares become thousandths once, and from there on everything is
//! counted in whole numbers. Of the view only known places are drawn, and of an enemy only who it is and how strong; what
//! it is about to do is for readers of the text.

mod canvas;
mod land;
mod panel;
mod signs;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use embedded_graphics::pixelcolor::{Rgb888, RgbColor};

use self::canvas::Canvas;
use crate::protocol::WorldView;

const LAND_BY_DAY: Rgb888 = Rgb888::new(196, 214, 170);
const LAND_BY_NIGHT: Rgb888 = Rgb888::new(38, 50, 64);

/// A PNG file. Empty only if the encoder refuses, which it has no reason to.
pub fn picture(view: &WorldView) -> Arc<[u8]> {
    drawn(view).into_png().unwrap_or_default().into()
}

fn drawn(view: &WorldView) -> Canvas {
    let ground = ground(view);
    let mut canvas = Canvas::filled(ground);
    land::draw(&mut canvas, view, ground);
    panel::draw(&mut canvas, view);
    canvas
}

/// The colour of the land at this time of the day.
fn ground(view: &WorldView) -> Rgb888 {
    blend(LAND_BY_NIGHT, LAND_BY_DAY, thousandths(view.daylight))
}

/// A share of one as a whole number. One multiplication and one rounding come out the same everywhere; what is not a
/// number is none.
fn thousandths(share: f32) -> i32 {
    ((share * 1000.0).round() as i32).clamp(0, 1000)
}

/// A mixture with so many thousandths of the second colour.
fn blend(first: Rgb888, second: Rgb888, of_second: i32) -> Rgb888 {
    let mix =
        |first: u8, second: u8| ((i32::from(first) * (1000 - of_second) + i32::from(second) * of_second) / 1000) as u8;
    Rgb888::new(mix(first.r(), second.r()), mix(first.g(), second.g()), mix(first.b(), second.b()))
}
