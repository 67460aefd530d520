//! Pictures of the screen for models and for the window: scaled down, and for models as JPEG files.

use std::sync::Arc;

use image::{
    ExtendedColorType, ImageBuffer, Rgb,
    codecs::jpeg::JpegEncoder,
    imageops::{self, FilterType},
};

use super::machine::{DesktopError, Shot};

/// Letters stay readable, and a screen is some hundred kilobytes.
const QUALITY: u8 = 80;
/// The longer side of the pictures for the window. Pixels.
const MOST_FOR_WINDOW_PX: u32 = 960;

/// A size whose longer side is at most so many pixels, of the same shape; never larger than it was, never nothing.
pub fn fitting(width: u32, height: u32, most_px: u32) -> (u32, u32) {
    let longer = width.max(height);
    if longer <= most_px {
        return (width, height);
    }
    let scaled = |side: u32| {
        let (side, most, longer) = (u64::from(side), u64::from(most_px), u64::from(longer));
        u32::try_from((side * most + longer / 2) / longer).unwrap_or(u32::MAX).max(1)
    };
    (scaled(width), scaled(height))
}

/// A JPEG file of this size.
pub fn jpeg(shot: &Shot, (width, height): (u32, u32)) -> Result<Arc<[u8]>, DesktopError> {
    let whole = points(shot)?;
    let mut file = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut file, QUALITY);
    let encoded = if (width, height) == (shot.width, shot.height) {
        encoder.encode(whole.as_raw(), width, height, ExtendedColorType::Rgb8)
    } else {
        let scaled = imageops::resize(&whole, width, height, FilterType::Triangle);
        encoder.encode(scaled.as_raw(), width, height, ExtendedColorType::Rgb8)
    };
    encoded.map_err(|error| DesktopError::Refused(format!("its picture could not be encoded: {error}")))?;
    Ok(file.into())
}

/// Width, height and points of a picture for the window.
pub fn for_window(shot: &Shot) -> Result<(u32, u32, Arc<[u8]>), DesktopError> {
    let whole = points(shot)?;
    let (width, height) = fitting(shot.width, shot.height, MOST_FOR_WINDOW_PX);
    let rgb: Arc<[u8]> = if (width, height) == (shot.width, shot.height) {
        shot.rgb.as_slice().into()
    } else {
        imageops::thumbnail(&whole, width, height).into_raw().into()
    };
    Ok((width, height, rgb))
}

/// The points, borrowed; refused where there are none or not as many as the size says.
fn points(shot: &Shot) -> Result<ImageBuffer<Rgb<u8>, &[u8]>, DesktopError> {
    let Shot { width, height, rgb, .. } = shot;
    let said = (u64::from(*width) * u64::from(*height)).saturating_mul(3);
    let is_whole = said > 0 && u64::try_from(rgb.len()) == Ok(said);
    let points = ImageBuffer::from_raw(*width, *height, rgb.as_slice()).filter(|_| is_whole);
    points.ok_or_else(|| DesktopError::Refused(format!("a picture of {width}x{height} with {} bytes", rgb.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shot(width: u32, height: u32) -> Shot {
        let rgb =
            (0..height).flat_map(|y| (0..width).flat_map(move |x| [x, y, 9].map(|it| u8::try_from(it % 256).unwrap())));
        Shot { x: 0, y: 0, width, height, rgb: rgb.collect() }
    }

    #[test]
    fn a_picture_fits_and_keeps_its_shape() {
        assert_eq!(fitting(1280, 800, 1280), (1280, 800));
        assert_eq!(fitting(1920, 1080, 1280), (1280, 720));
        assert_eq!(fitting(1080, 1920, 1280), (720, 1280));
        assert_eq!(fitting(10_000, 2, 128), (128, 1));
        assert_eq!(fitting(3, 2, 128), (3, 2), "it is not blown up");
    }

    #[test]
    fn files_can_be_read_back_in_the_size_that_was_asked_for() {
        for size in [(40, 30), (20, 15)] {
            let file = jpeg(&shot(40, 30), size).unwrap();
            assert_eq!(file[..3], [0xFF, 0xD8, 0xFF]);
            let read = image::load_from_memory(&file).unwrap();
            assert_eq!((read.width(), read.height()), size);
        }
        let (width, height, rgb) = for_window(&shot(1920, 30)).unwrap();
        assert_eq!((width, height, rgb.len()), (960, 15, 960 * 15 * 3));
        assert_eq!(for_window(&shot(4, 2)).unwrap().2.len(), 24);
    }

    #[test]
    fn a_picture_that_is_not_whole_is_refused() {
        for broken in
            [Shot { height: 31, ..shot(40, 30) }, shot(0, 0), Shot { width: u32::MAX, height: u32::MAX, ..shot(1, 1) }]
        {
            assert!(matches!(jpeg(&broken, (4, 3)), Err(DesktopError::Refused(_))), "{broken:?}");
            assert!(for_window(&broken).is_err());
        }
    }
}
