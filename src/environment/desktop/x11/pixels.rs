//! The pictures of the display server, point by point, into red, green and blue.

use x11rb::{
    connection::Connection as _,
    protocol::xproto::{ImageOrder, VisualClass},
};

use super::{super::machine::DesktopError, connection::Connection};

/// How the server writes the points of its screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PixelFormat {
    bytes_a_point: usize,
    /// Lines are filled up to a multiple of this. Bytes.
    line_step: usize,
    is_least_first: bool,
    red: Shade,
    green: Shade,
    blue: Shade,
}

/// Where one of the three colours lies in a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shade {
    mask: u32,
    shift: u32,
    /// The value of full light.
    most: u32,
}

impl PixelFormat {
    /// That of this screen. An error if its points are numbers of a table of colours, or of an unusual length.
    pub fn of(connection: &Connection) -> Result<Self, DesktopError> {
        let (screen, setup) = (&connection.screen, connection.server.setup());
        let unknown =
            |what: String| DesktopError::Refused(format!("its pictures have {what}, which is not known here"));
        let mut visuals = screen.allowed_depths.iter().flat_map(|depth| &depth.visuals);
        let visual = visuals.find(|visual| visual.visual_id == screen.root_visual);
        let visual = visual.ok_or_else(|| unknown("no way to write colours".to_owned()))?;
        if ![VisualClass::TRUE_COLOR, VisualClass::DIRECT_COLOR].contains(&visual.class) {
            return Err(unknown("a table of colours".to_owned()));
        }
        let format = setup.pixmap_formats.iter().find(|format| format.depth == screen.root_depth);
        let bits = format.map_or(0, |format| format.bits_per_pixel);
        if ![16, 24, 32].contains(&bits) {
            return Err(unknown(format!("{bits} bits a point")));
        }
        Ok(Self {
            bytes_a_point: usize::from(bits / 8),
            line_step: format.map_or(4, |format| usize::from(format.scanline_pad / 8).max(1)),
            is_least_first: setup.image_byte_order == ImageOrder::LSB_FIRST,
            red: Shade::of(visual.red_mask),
            green: Shade::of(visual.green_mask),
            blue: Shade::of(visual.blue_mask),
        })
    }

    /// The colours of a picture of this size, row by row; `None` if there is less than it takes.
    pub fn rgb(&self, data: &[u8], width: usize, height: usize) -> Option<Vec<u8>> {
        let used = width * self.bytes_a_point;
        let line = used.next_multiple_of(self.line_step);
        if width == 0 || height == 0 || data.len() < line * (height - 1) + used {
            return None;
        }
        let mut rgb = vec![0; width * height * 3];
        let is_usual = *self == Self::usual(self.line_step);
        for (from, to) in data.chunks(line).zip(rgb.chunks_exact_mut(width * 3)) {
            let points = from.chunks_exact(self.bytes_a_point).zip(to.chunks_exact_mut(3));
            if is_usual {
                points.for_each(|(point, color)| color.copy_from_slice(&[point[2], point[1], point[0]]));
            } else {
                points.for_each(|(point, color)| color.copy_from_slice(&self.color(point)));
            }
        }
        Some(rgb)
    }

    /// What nearly every screen has.
    fn usual(line_step: usize) -> Self {
        Self {
            bytes_a_point: 4,
            line_step,
            is_least_first: true,
            red: Shade::of(0xff_0000),
            green: Shade::of(0xff00),
            blue: Shade::of(0xff),
        }
    }

    fn color(&self, point: &[u8]) -> [u8; 3] {
        let join = |value: u32, byte: &u8| (value << 8) | u32::from(*byte);
        let value = if self.is_least_first { point.iter().rev().fold(0, join) } else { point.iter().fold(0, join) };
        [self.red.light(value), self.green.light(value), self.blue.light(value)]
    }
}

impl Shade {
    fn of(mask: u32) -> Self {
        let shift = if mask == 0 { 0 } else { mask.trailing_zeros() };
        Self { mask, shift, most: (mask >> shift).max(1) }
    }

    /// From 0 to 255.
    fn light(self, value: u32) -> u8 {
        let light = u64::from((value & self.mask) >> self.shift) * 255 / u64::from(self.most);
        u8::try_from(light).unwrap_or(u8::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_of_four_bytes_become_three() {
        let data = [3, 2, 1, 0, 6, 5, 4, 0];
        assert_eq!(PixelFormat::usual(4).rgb(&data, 1, 2), Some(vec![1, 2, 3, 4, 5, 6]));
        let most_first = PixelFormat { is_least_first: false, ..PixelFormat::usual(4) };
        assert_eq!(most_first.rgb(&[0, 1, 2, 3], 1, 1), Some(vec![1, 2, 3]));
    }

    #[test]
    fn points_of_two_bytes_are_brought_to_full_light_and_lines_are_filled_up() {
        let format = PixelFormat {
            bytes_a_point: 2,
            red: Shade::of(0xf800),
            green: Shade::of(0x07e0),
            blue: Shade::of(0x001f),
            ..PixelFormat::usual(4)
        };
        let data = [0xff, 0xff, 9, 9, 0x00, 0xf8, 9, 9];
        assert_eq!(format.rgb(&data, 1, 2), Some(vec![255, 255, 255, 255, 0, 0]));
    }

    #[test]
    fn deep_colours_are_cut_to_eight_bits() {
        let format = PixelFormat {
            red: Shade::of(0x3ff0_0000),
            green: Shade::of(0x000f_fc00),
            blue: Shade::of(0x0000_03ff),
            ..PixelFormat::usual(4)
        };
        assert_eq!(format.rgb(&0x3ff0_0200_u32.to_le_bytes(), 1, 1), Some(vec![255, 0, 127]));
    }

    #[test]
    fn a_picture_that_is_too_short_is_none() {
        assert_eq!(PixelFormat::usual(4).rgb(&[0; 15], 2, 2), None);
        assert_eq!(PixelFormat::usual(4).rgb(&[], 0, 0), None);
    }
}
