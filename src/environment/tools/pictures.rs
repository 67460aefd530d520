//! Pictures that a tool gave: PNG and JPEG, decoded for the window, small enough for the models.

use std::{io::Cursor, sync::Arc};

use image::{ImageFormat, ImageReader, RgbImage, codecs::jpeg::JpegEncoder, imageops::thumbnail};

use crate::protocol::PictureView;

/// More than any screen has. A small file can claim any size, and its memory would be ours.
const MOST_POINTS: u64 = 64_000_000;
/// The longer side of what the window draws.
const VIEW_PX: u32 = 960;
/// The longer side of what a model is given as it came.
const MODEL_PX: u32 = 1600;
/// The longer side of what a model is given where it came larger.
const SMALLER_PX: u32 = 1280;
/// A file larger than this is made smaller for the models. Bytes.
const MODEL_BYTES: usize = 4 << 20;
const JPEG_QUALITY: u8 = 80;

/// One picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// For the models: a PNG or JPEG file, as it came where that is no larger than models like.
    pub file: Arc<[u8]>,
    /// For the window, its longer side at most 960 points. It has the number 0 until somebody counts it.
    pub view: PictureView,
    /// As it came, in pixels.
    pub width: u32,
    pub height: u32,
}

/// Decodes a picture; an error says in a few words why it cannot be shown. This takes long enough to need a thread where
/// it may.
pub fn decoded(file: &[u8]) -> Result<Picture, String> {
    let whole = points(file)?;
    let (width, height) = whole.dimensions();
    let is_large = width.max(height) > MODEL_PX || file.len() > MODEL_BYTES;
    let for_models = if is_large { to_jpeg(&scaled(&whole, SMALLER_PX))? } else { file.to_vec() };
    Ok(Picture { file: for_models.into(), view: view(whole, 0), width, height })
}

/// A PNG or JPEG file for the window, under this number, its longer side at most 960 points; an error says in a few words
/// why it cannot be shown. This takes long enough to need a thread where it may.
pub fn for_window(file: &[u8], number: u64) -> Result<PictureView, String> {
    Ok(view(points(file)?, number))
}

fn view(whole: RgbImage, number: u64) -> PictureView {
    let view = if whole.width().max(whole.height()) > VIEW_PX { scaled(&whole, VIEW_PX) } else { whole };
    PictureView { number, width: view.width(), height: view.height(), rgb: view.into_raw().into() }
}

fn points(file: &[u8]) -> Result<RgbImage, String> {
    match kind(file) {
        Some(ImageFormat::Png) => from_png(file),
        Some(_) => from_jpeg(file),
        None => Err("it is neither PNG nor JPEG".to_owned()),
    }
}

fn kind(file: &[u8]) -> Option<ImageFormat> {
    if file.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(ImageFormat::Png)
    } else if file.starts_with(b"\xff\xd8\xff") {
        Some(ImageFormat::Jpeg)
    } else {
        None
    }
}

fn must_fit(width: u32, height: u32) -> Result<(), String> {
    match u64::from(width) * u64::from(height) {
        0 => Err("it has no size".to_owned()),
        points if points > MOST_POINTS => Err(format!("{width} × {height} is too large")),
        _ => Ok(()),
    }
}

fn from_png(file: &[u8]) -> Result<RgbImage, String> {
    let mut decoder = png::Decoder::new(Cursor::new(file));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|error| error.to_string())?;
    let (width, height) = reader.info().size();
    must_fit(width, height)?;
    let mut points = vec![0; reader.output_buffer_size().ok_or("it has no size")?];
    let frame = reader.next_frame(&mut points).map_err(|error| error.to_string())?;
    points.truncate(frame.buffer_size());
    let points = match frame.color_type {
        png::ColorType::Rgb => points,
        png::ColorType::Grayscale => points.into_iter().flat_map(|grey| [grey; 3]).collect(),
        png::ColorType::GrayscaleAlpha => {
            points.chunks_exact(2).flat_map(|point| [on_white(point[0], point[1]); 3]).collect()
        }
        png::ColorType::Rgba => points
            .chunks_exact(4)
            .flat_map(|point| [point[0], point[1], point[2]].map(|part| on_white(part, point[3])))
            .collect(),
        png::ColorType::Indexed => return Err("its palette is missing".to_owned()),
    };
    RgbImage::from_raw(frame.width, frame.height, points).ok_or_else(|| "it is cut off".to_owned())
}

/// What is transparent shows white paper, as in a browser.
fn on_white(part: u8, alpha: u8) -> u8 {
    let (part, alpha) = (u16::from(part), u16::from(alpha));
    u8::try_from((part * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
}

fn from_jpeg(file: &[u8]) -> Result<RgbImage, String> {
    let reader = || ImageReader::with_format(Cursor::new(file), ImageFormat::Jpeg);
    let (width, height) = reader().into_dimensions().map_err(|error| error.to_string())?;
    must_fit(width, height)?;
    Ok(reader().decode().map_err(|error| error.to_string())?.into_rgb8())
}

fn to_jpeg(picture: &RgbImage) -> Result<Vec<u8>, String> {
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, JPEG_QUALITY).encode_image(picture).map_err(|error| error.to_string())?;
    Ok(file)
}

fn scaled(picture: &RgbImage, longer_px: u32) -> RgbImage {
    let (width, height) = fitted(picture.dimensions(), longer_px);
    thumbnail(picture, width, height)
}

/// The size with its longer side at most so long, in the same proportions; no side vanishes.
fn fitted((width, height): (u32, u32), longer_px: u32) -> (u32, u32) {
    let longer = width.max(height);
    if longer <= longer_px {
        return (width, height);
    }
    let side = |side: u32| {
        let fitted = u64::from(side) * u64::from(longer_px) / u64::from(longer);
        u32::try_from(fitted).unwrap_or(longer_px).max(1)
    };
    (side(width), side(height))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A PNG file of one colour.
    pub fn png_file(width: u32, height: u32, color: png::ColorType, point: &[u8]) -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, width, height);
        encoder.set_color(color);
        encoder.set_depth(png::BitDepth::Eight);
        let points = point.repeat(usize::try_from(width * height).unwrap());
        encoder.write_header().unwrap().write_image_data(&points).unwrap();
        file
    }

    #[test]
    fn every_kind_of_png_is_shown_in_its_colours() {
        for (color, point, expected) in [
            (png::ColorType::Rgb, &[1, 2, 3][..], [1, 2, 3]),
            (png::ColorType::Rgba, &[1, 2, 3, 255], [1, 2, 3]),
            (png::ColorType::Rgba, &[1, 2, 3, 0], [255, 255, 255]),
            (png::ColorType::Grayscale, &[7], [7, 7, 7]),
            (png::ColorType::GrayscaleAlpha, &[7, 255], [7, 7, 7]),
        ] {
            let file = png_file(4, 2, color, point);
            let picture = decoded(&file).unwrap();
            assert_eq!((picture.width, picture.height, picture.view.width), (4, 2, 4), "{color:?}");
            assert_eq!(picture.view.rgb[..3], expected, "{color:?}");
            assert_eq!(picture.file[..], file, "small ones go to the models as they came");
        }
    }

    #[test]
    fn a_large_one_is_made_smaller_for_everybody() {
        let picture = decoded(&png_file(2000, 10, png::ColorType::Grayscale, &[9])).unwrap();
        assert_eq!((picture.width, picture.height), (2000, 10));
        assert_eq!((picture.view.width, picture.view.height), (960, 4));
        assert_eq!(picture.view.rgb.len(), 960 * 4 * 3);
        assert!(picture.file.starts_with(b"\xff\xd8\xff"));
        assert_eq!(for_window(&picture.file, 7).map(|view| (view.number, view.width, view.height)), Ok((7, 960, 4)));
        let smaller = decoded(&picture.file).unwrap();
        assert_eq!((smaller.width, smaller.height), (1280, 6));
    }

    #[test]
    fn what_cannot_be_shown_says_why() {
        assert_eq!(decoded(b"RIFF....WEBP"), Err("it is neither PNG nor JPEG".to_owned()));
        assert!(decoded(b"\xff\xd8\xff and no more").is_err());
        let file = png_file(40, 40, png::ColorType::Rgb, &[1, 2, 3]);
        assert!(decoded(&file[..file.len() / 2]).is_err());
    }

    #[test]
    fn a_small_file_that_claims_a_huge_size_takes_no_memory() {
        assert_eq!(must_fit(64_000, 1001), Err("64000 × 1001 is too large".to_owned()));
        assert!(must_fit(8000, 8000).is_ok() && must_fit(0, 5).is_err() && must_fit(u32::MAX, u32::MAX).is_err());
    }

    #[test]
    fn proportions_stay_and_no_side_vanishes() {
        let all = [(100, 50), (1920, 1080), (10, 100_000), (960, 960)].map(|size| fitted(size, 960));
        assert_eq!(all, [(100, 50), (960, 540), (1, 960), (960, 960)]);
    }
}
