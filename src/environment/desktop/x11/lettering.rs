//! Words as rectangles of points, which every display server can fill, however it writes colours.

use std::convert::Infallible;

use embedded_graphics::{
    Drawable, Pixel,
    draw_target::DrawTarget,
    geometry::{OriginDimensions, Point, Size},
    mono_font::{MonoFont, MonoTextStyle, iso_8859_1::FONT_10X20},
    pixelcolor::BinaryColor,
    text::{Baseline, Text},
};
use x11rb::protocol::xproto::Rectangle;

use super::area::coordinate;

const FONT: MonoFont<'static> = FONT_10X20;
/// What is left free around the words. Pixels.
const MARGIN: i32 = 6;
/// Longer ones would not fit on a screen.
const MOST_LETTERS: usize = 100;

/// Words that are laid out.
pub struct Lettering {
    pub width: u32,
    pub height: u32,
    /// What is to be filled.
    pub strokes: Vec<Rectangle>,
}

impl Lettering {
    pub fn of(words: &str) -> Self {
        let words = fitted(words);
        let letters = u32::try_from(words.chars().count()).unwrap_or_default();
        let margins = 2 * MARGIN.unsigned_abs();
        let width = letters * FONT.character_size.width + margins;
        let height = FONT.character_size.height + margins;
        let mut strokes = Strokes { size: Size::new(width, height), found: Vec::new() };
        let style = MonoTextStyle::new(&FONT, BinaryColor::On);
        let Ok(_) = Text::with_baseline(&words, Point::new(MARGIN, MARGIN), style, Baseline::Top).draw(&mut strokes);
        Self { width, height, strokes: strokes.found }
    }
}

struct Strokes {
    size: Size,
    found: Vec<Rectangle>,
}

impl OriginDimensions for Strokes {
    fn size(&self) -> Size {
        self.size
    }
}

impl DrawTarget for Strokes {
    type Color = BinaryColor;
    type Error = Infallible;

    fn draw_iter<I>(&mut self, pixels: I) -> Result<(), Self::Error>
    where
        I: IntoIterator<Item = Pixel<Self::Color>>,
    {
        for Pixel(at, _) in pixels.into_iter().filter(|Pixel(_, color)| color.is_on()) {
            let (x, y) = (coordinate(at.x), coordinate(at.y));
            match self.found.last_mut() {
                // The next point of the same line makes the stroke longer.
                Some(last) if last.y == y && i32::from(last.x) + i32::from(last.width) == i32::from(x) => {
                    last.width += 1;
                }
                _ => self.found.push(Rectangle { x, y, width: 1, height: 1 }),
            }
        }
        Ok(())
    }
}

/// In letters that the font has.
fn fitted(words: &str) -> String {
    let plain = words.replace('…', "...").replace(['–', '—'], "-");
    let shown = |letter: char| if letter.is_control() || u32::from(letter) > 0xff { '?' } else { letter };
    plain.chars().take(MOST_LETTERS).map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_strokes_within_their_plate() {
        let lettering = Lettering::of("l·…");
        assert_eq!((lettering.width, lettering.height), (5 * 10 + 12, 32));
        assert!(lettering.strokes.len() > 10, "{:?}", lettering.strokes.len());
        let is_within = |stroke: &Rectangle| {
            stroke.x >= 6 && stroke.y >= 6 && stroke.height == 1 && u32::from(stroke.width) <= lettering.width
        };
        assert!(lettering.strokes.iter().all(is_within));
        assert_eq!(Lettering::of(" ").strokes.len(), 0);
    }

    #[test]
    fn letters_that_the_font_lacks_are_questions() {
        assert_eq!(fitted("3… – 日\n"), "3... - ??");
        assert_eq!(fitted(&"x".repeat(500)).len(), MOST_LETTERS);
    }
}
