//! Text is readable in both sets of colours.

use super::{Color32, DARK, LIGHT};

/// Relative luminance as WCAG 2 defines it.
fn luminance(color: Color32) -> f64 {
    let linear = |channel: u8| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
}

fn contrast(one: Color32, other: Color32) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn text_is_readable_on_everything_it_stands_on() {
    for (name, palette) in [("dark", &DARK), ("light", &LIGHT)] {
        let grounds = [palette.ground, palette.frame, palette.card, palette.well, palette.hover];
        let inks = [palette.text, palette.weak, palette.accent, palette.good, palette.warn, palette.bad];
        let map = &palette.map;
        let mut pairs: Vec<(Color32, Color32)> =
            grounds.iter().flat_map(|ground| inks.iter().map(|ink| (*ink, *ground))).collect();
        pairs.extend([
            (palette.on_accent, palette.accent),
            (palette.on_bad, palette.bad),
            (palette.good, palette.good_wash),
            (palette.warn, palette.warn_wash),
            (palette.bad, palette.bad_wash),
            (palette.accent, palette.accent_wash),
            (palette.text, palette.accent_wash),
            (palette.text, palette.warn_wash),
            (palette.text, palette.bad_wash),
            (palette.text, palette.well),
            (map.ink, map.land_by_day),
            (map.ink, map.land_by_night),
            (map.place_ink, map.place),
            (map.fog_ink, map.fog),
        ]);
        for (ink, ground) in pairs {
            let contrast = contrast(ink, ground);
            assert!(contrast >= 4.5, "{name}: {ink:?} on {ground:?} has a contrast of {contrast:.2}");
        }
    }
}
