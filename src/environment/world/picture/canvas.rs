//! The sheet that is drawn on: coloured points, the few strokes that a map takes, and text.

use std::convert::Infallible;

use embedded_graphics::{
    Drawable, Pixel,
    draw_target::DrawTarget,
    geometry::{Dimensions, OriginDimensions, Point, Size},
    mono_font::{MonoFont, MonoTextStyle},
    pixelcolor::{Rgb888, RgbColor},
    primitives::{Circle, Line, Primitive, PrimitiveStyle, Rectangle},
    text::{Baseline, Text},
};

pub const WIDTH: i32 = 640;
pub const HEIGHT: i32 = 480;
/// Red, green and blue.
const BYTES_A_POINT: i32 = 3;
/// What a plate has beyond its text, to the left and to the right.
const MARGIN: i32 = 3;

/// What is drawn outside of it leaves no mark.
#[derive(PartialEq, Eq)]
pub struct Canvas {
    /// Line by line, from the left to the right.
    points: Vec<u8>,
}

impl Canvas {
    pub fn filled(color: Rgb888) -> Self {
        Self { points: bytes(color).repeat((WIDTH * HEIGHT) as usize) }
    }

    pub fn into_png(self) -> Result<Vec<u8>, png::EncodingError> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, WIDTH as u32, HEIGHT as u32);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        // Where so much is plain, the quick way is small enough.
        encoder.set_compression(png::Compression::Fast);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.points)?;
        writer.finish()?;
        Ok(file)
    }

    pub fn line(&mut self, from: Point, to: Point, width: u32, color: Rgb888) {
        let Ok(()) = Line::new(from, to).into_styled(PrimitiveStyle::with_stroke(color, width)).draw(self);
    }

    pub fn disc(&mut self, center: Point, radius: u32, color: Rgb888) {
        let disc = Circle::with_center(center, 2 * radius + 1);
        let Ok(()) = disc.into_styled(PrimitiveStyle::with_fill(color)).draw(self);
    }

    pub fn ring(&mut self, center: Point, radius: u32, width: u32, color: Rgb888) {
        let ring = Circle::with_center(center, 2 * radius + 1);
        let Ok(()) = ring.into_styled(PrimitiveStyle::with_stroke(color, width)).draw(self);
    }

    pub fn block(&mut self, area: Rectangle, color: Rgb888) {
        let Ok(()) = self.fill_solid(&area, color);
    }

    /// One line of text, its upper left corner here.
    pub fn write(&mut self, text: &str, at: Point, font: &MonoFont<'_>, color: Rgb888) {
        let Ok(_) = Text::with_baseline(text, at, MonoTextStyle::new(font, color), Baseline::Top).draw(self);
    }

    /// Where in `points` a point begins, if it is on the canvas.
    fn place_of(at: Point) -> Option<usize> {
        if !(0..WIDTH).contains(&at.x) || !(0..HEIGHT).contains(&at.y) {
            return None;
        }
        Some(((at.y * WIDTH + at.x) * BYTES_A_POINT) as usize)
    }

    #[cfg(test)]
    pub fn color_at(&self, at: Point) -> Option<Rgb888> {
        let first = Self::place_of(at)?;
        Some(Rgb888::new(self.points[first], self.points[first + 1], self.points[first + 2]))
    }

    #[cfg(test)]
    pub fn points(&self) -> &[u8] {
        &self.points
    }
}

impl OriginDimensions for Canvas {
    fn size(&self) -> Size {
        Size::new(WIDTH as u32, HEIGHT as u32)
    }
}

impl DrawTarget for Canvas {
    type Color = Rgb888;
    type Error = Infallible;

    fn draw_iter<I>(&mut self, pixels: I) -> Result<(), Self::Error>
    where
        I: IntoIterator<Item = Pixel<Self::Color>>,
    {
        for Pixel(at, color) in pixels {
            if let Some(first) = Self::place_of(at) {
                self.points[first..first + BYTES_A_POINT as usize].copy_from_slice(&bytes(color));
            }
        }
        Ok(())
    }

    fn fill_solid(&mut self, area: &Rectangle, color: Self::Color) -> Result<(), Self::Error> {
        let area = area.intersection(&self.bounding_box());
        let line = bytes(color).repeat(area.size.width as usize);
        for y in area.rows() {
            if let Some(first) = Self::place_of(Point::new(area.top_left.x, y)) {
                self.points[first..first + line.len()].copy_from_slice(&line);
            }
        }
        Ok(())
    }
}

fn bytes(color: Rgb888) -> [u8; BYTES_A_POINT as usize] {
    [color.r(), color.g(), color.b()]
}

/// How text on a plate looks.
#[derive(Clone, Copy)]
pub struct Look {
    pub font: &'static MonoFont<'static>,
    pub ink: Rgb888,
    pub plate: Rgb888,
}

/// A line of text on a plate, so that it can be read whatever lies beneath.
pub struct Label {
    pub area: Rectangle,
    text: String,
    look: Look,
}

impl Label {
    /// With the middle of its upper edge here, moved aside where it would stand out of the picture.
    pub fn hanging(top: Point, text: String, look: Look) -> Self {
        let letter = look.font.character_size;
        // Letters are bytes here, see `fitted`.
        let width = text.len() as i32 * letter.width as i32 + 2 * MARGIN;
        let left = (top.x - width / 2).clamp(0, (WIDTH - width).max(0));
        let area = Rectangle::new(Point::new(left, top.y), Size::new(width as u32, letter.height));
        Self { area, text, look }
    }

    pub fn height(&self) -> i32 {
        self.area.size.height as i32
    }

    pub fn draw(&self, canvas: &mut Canvas) {
        canvas.block(self.area, self.look.plate);
        canvas.write(&self.text, self.area.top_left + Point::new(MARGIN, 0), self.look.font, self.look.ink);
    }
}

/// The text in letters that the fonts have, one byte each, and no more of them than this.
pub fn fitted(text: &str, most: usize) -> String {
    let printable = |letter: char| if letter == ' ' || letter.is_ascii_graphic() { letter } else { '?' };
    let mut fitted: String = text.chars().take(most + 1).map(printable).collect();
    if fitted.len() > most {
        fitted.truncate(most.saturating_sub(2));
        fitted.push_str("..");
    }
    fitted
}
