//! A picture drawn on the spot with a word in it: whoever reads the word out has really seen the picture.

use std::sync::Arc;

/// Points of the picture for one point of a letter.
const SCALE: usize = 12;
/// Letters are five points wide and seven high.
const WIDTH: usize = 5;
const HEIGHT: usize = 7;
const MARGIN: usize = 3;

/// Words of the letters below that no description of a picture would hold by chance.
pub const WORDS: [&str; 16] = [
    "LANTERN", "COMET", "FALCON", "ISLAND", "MARBLE", "NECTAR", "ORCHID", "PEBBLE", "RIDDLE", "SALMON", "TEMPLE",
    "CANDLE", "FABRIC", "HELMET", "MANTLE", "PARCEL",
];

/// Each row of a letter is five bits, the leftmost the highest.
fn letter(letter: char) -> [u8; HEIGHT] {
    match letter {
        'A' => [0x0e, 0x11, 0x11, 0x1f, 0x11, 0x11, 0x11],
        'B' => [0x1e, 0x11, 0x11, 0x1e, 0x11, 0x11, 0x1e],
        'C' => [0x0e, 0x11, 0x10, 0x10, 0x10, 0x11, 0x0e],
        'D' => [0x1e, 0x11, 0x11, 0x11, 0x11, 0x11, 0x1e],
        'E' => [0x1f, 0x10, 0x10, 0x1e, 0x10, 0x10, 0x1f],
        'F' => [0x1f, 0x10, 0x10, 0x1e, 0x10, 0x10, 0x10],
        'H' => [0x11, 0x11, 0x11, 0x1f, 0x11, 0x11, 0x11],
        'I' => [0x0e, 0x04, 0x04, 0x04, 0x04, 0x04, 0x0e],
        'L' => [0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x1f],
        'M' => [0x11, 0x1b, 0x15, 0x15, 0x11, 0x11, 0x11],
        'N' => [0x11, 0x19, 0x15, 0x13, 0x11, 0x11, 0x11],
        'O' => [0x0e, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0e],
        'P' => [0x1e, 0x11, 0x11, 0x1e, 0x10, 0x10, 0x10],
        'R' => [0x1e, 0x11, 0x11, 0x1e, 0x14, 0x12, 0x11],
        'S' => [0x0f, 0x10, 0x10, 0x0e, 0x01, 0x01, 0x1e],
        'T' => [0x1f, 0x04, 0x04, 0x04, 0x04, 0x04, 0x04],
        _ => [0; HEIGHT],
    }
}

/// A PNG file with the word in black on white. Empty only if the encoder refuses, which it has no reason to.
pub fn of_word(word: &str) -> Arc<[u8]> {
    let columns = 2 * MARGIN + word.chars().count() * (WIDTH + 1);
    let (width, height) = (columns * SCALE, (2 * MARGIN + HEIGHT) * SCALE);
    let mut points = vec![255_u8; width * height];
    for (place, rows) in word.chars().map(letter).enumerate() {
        for (y, row) in rows.into_iter().enumerate() {
            for x in (0..WIDTH).filter(|x| row >> (WIDTH - 1 - x) & 1 == 1) {
                let (left, top) = ((MARGIN + place * (WIDTH + 1) + x) * SCALE, (MARGIN + y) * SCALE);
                for line in top..top + SCALE {
                    points[line * width + left..line * width + left + SCALE].fill(0);
                }
            }
        }
    }
    encode(&points, width, height).unwrap_or_default().into()
}

fn encode(points: &[u8], width: usize, height: usize) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
    let mut encoder = png::Encoder::new(&mut file, side(width), side(height));
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(points)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_can_be_drawn_and_read_back() {
        for word in WORDS {
            assert!(word.chars().all(|one| letter(one) != [0; HEIGHT]), "{word} has a letter without a form");
            let file = of_word(word);
            let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
            let mut points = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut points).unwrap();
            let black = points.iter().map(|point| usize::from(*point == 0)).sum::<usize>() / (SCALE * SCALE);
            let expected: u32 = word.chars().flat_map(letter).map(u8::count_ones).sum();
            assert_eq!(black, expected as usize, "{word}");
        }
    }
}
