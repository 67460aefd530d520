//! The program's own picture, which a desktop shows beside its window.

use std::sync::Arc;

use egui::IconData;

/// Smaller ones are made of it by whoever shows them. A display server of Linux is told every pixel in eight bytes before
/// the window opens, and its desktops show the icons that are installed, so there it is smaller.
#[cfg(target_os = "linux")]
static PICTURE: &[u8] = include_bytes!("../../../assets/icon/128.png");
#[cfg(not(target_os = "linux"))]
static PICTURE: &[u8] = include_bytes!("../../../assets/icon/256.png");

/// The picture; `None` only where the file that was built in is no picture.
pub fn picture() -> Option<Arc<IconData>> {
    eframe::icon_data::from_png_bytes(PICTURE).ok().map(Arc::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_drawn_as_it_was_meant() {
        let picture = picture().unwrap();
        let size = usize::try_from(picture.width).unwrap();
        assert!(size >= 128 && picture.height == picture.width);
        let point = |x: usize, y: usize| &picture.rgba[4 * (size * y + x)..][..4];
        assert_eq!(point(0, 0)[3], 0, "its corners are round");
        assert_eq!(point(size / 12, size / 2), [0x14, 0x17, 0x1d, 0xff]);
        assert_eq!(point(size / 2, size / 2), [0xe7, 0xea, 0xf0, 0xff], "the point");
    }
}
