//! What is written can be read and what is drawn can be seen, in both sets of colours; sizes stand on the grid.

use super::{Color32, Context, DARK, DISABLED, LIGHT, LINE, MOTION_S, Palette, Theme, blend, size, space, text};

/// What WCAG 2.2 AA asks of text, and of what is drawn and means something.
const TEXT: f64 = 4.5;
const DRAWN: f64 = 3.0;

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

/// What something is called, its ink, and what it stands on.
type Pair = (&'static str, Color32, Color32);

/// Every ink on every ground it stands on somewhere, in both sets, with at least this contrast.
fn all_reach(least: f64, pairs: impl Fn(&'static Palette) -> Vec<Pair>) {
    for (name, palette) in [("dark", &DARK), ("light", &LIGHT)] {
        for (what, ink, ground) in pairs(palette) {
            let contrast = contrast(ink, ground);
            assert!(contrast >= least, "{name}: {what}: {ink:?} on {ground:?} has a contrast of {contrast:.2}");
        }
    }
}

/// Each of these on each of those.
fn crossed(what: &'static str, inks: &[Color32], grounds: &[Color32]) -> Vec<Pair> {
    grounds.iter().flat_map(|ground| inks.iter().map(move |ink| (what, *ink, *ground))).collect()
}

/// What there is under things.
fn grounds(palette: &Palette) -> [Color32; 5] {
    [palette.ground, palette.frame, palette.card, palette.well, palette.hover]
}

fn washes(palette: &Palette) -> [Color32; 4] {
    [palette.good_wash, palette.warn_wash, palette.bad_wash, palette.accent_wash]
}

/// The land of the map at different times of day.
fn lands(palette: &Palette) -> Vec<Color32> {
    let shades = [0.0, 0.25, 0.5, 0.75, 1.0];
    shades.map(|daylight| blend(palette.map.land_by_night, palette.map.land_by_day, daylight)).to_vec()
}

#[test]
fn text_is_readable_on_everything_it_stands_on() {
    all_reach(TEXT, |palette| {
        let signals = [palette.accent, palette.good, palette.warn, palette.bad];
        let words = [palette.text, palette.weak];
        let mut pairs = crossed("words", &words, &grounds(palette));
        pairs.extend(crossed("words on a wash", &words, &washes(palette)));
        pairs.extend(crossed("words on what is pressed", &words, &[palette.pressed]));
        pairs.extend(crossed("signals", &signals, &grounds(palette)));
        pairs.extend(crossed("signals on a wash", &signals, &washes(palette)));
        pairs.extend(crossed("on the accent", &[palette.on_accent], &[palette.accent, palette.accent_hover]));
        pairs.extend(crossed("on what ends something", &[palette.on_bad], &[palette.bad, palette.bad_hover]));
        pairs
    });
}

#[test]
fn names_and_marks_on_the_map_are_readable_at_every_hour() {
    all_reach(TEXT, |palette| {
        let map = &palette.map;
        let mut pairs = crossed("names on the land", &[map.ink], &lands(palette));
        pairs.push(("the sign of a place", map.place_ink, map.place));
        pairs.push(("the sign of a place in the fog", map.fog_ink, map.fog));
        pairs
    });
    all_reach(DRAWN, |palette| {
        let map = &palette.map;
        crossed("ways on the land", &[map.road, map.closed_road, map.halo, palette.bad], &lands(palette))
    });
}

#[test]
fn courses_can_be_seen_and_told_apart() {
    all_reach(TEXT, |palette| crossed("courses", &palette.courses, &grounds(palette)));
    for palette in [&DARK, &LIGHT] {
        for (index, one) in palette.courses.iter().enumerate() {
            assert!(!palette.courses[..index].contains(one), "two courses have the colour {one:?}");
        }
    }
}

#[test]
fn the_ring_around_what_has_the_focus_can_be_seen_everywhere() {
    all_reach(DRAWN, |palette| {
        let mut pairs = crossed("the ring", &[palette.accent], &grounds(palette));
        pairs.extend(crossed("the ring on a wash", &[palette.accent], &washes(palette)));
        pairs
    });
}

#[test]
fn what_cannot_be_used_can_still_be_read() {
    all_reach(DRAWN, |palette| {
        let mut pairs = Vec::new();
        // Each button has a fill of its own; whatever is disabled fades into what lies behind it, with its fill.
        let fills = [None, Some(palette.card), Some(palette.well), Some(palette.accent), Some(palette.bad)];
        for behind in grounds(palette) {
            let faded = |color: Color32| blend(behind, color, DISABLED);
            for fill in fills {
                let inks = match fill {
                    Some(fill) if fill == palette.accent => vec![palette.on_accent],
                    Some(fill) if fill == palette.bad => vec![palette.on_bad],
                    _ => vec![palette.text, palette.weak],
                };
                let ground = fill.map_or(behind, faded);
                pairs.extend(inks.into_iter().map(|ink| ("disabled", faded(ink), ground)));
            }
        }
        pairs
    });
}

#[test]
fn distances_stand_on_the_grid_and_sizes_of_type_are_a_scale() {
    for distance in [space::XS, space::S, space::M, space::L, space::XL, space::XXL] {
        assert_eq!(distance % 4.0, 0.0, "{distance} is off the grid");
    }
    for height in [size::BUTTON, size::BUTTON_LARGE, size::ROW, size::HEADER, size::STATUS, size::RAIL] {
        assert_eq!(height % 4.0, 0.0, "{height} is off the grid");
    }
    let scale = [text::small(), text::body(), text::heading(), text::title(), text::figure()].map(|font| font.size);
    assert!(scale.is_sorted_by(|small, large| small < large), "{scale:?}");
    assert!(scale[0] >= 12.0, "nothing is too small to be read");
    const { assert!(LINE >= 1.0 && space::HAIR > LINE) };
}

#[test]
fn movement_is_short_and_can_be_switched_off() {
    const { assert!(MOTION_S <= 0.15) };
    let ctx = Context::default();
    super::install(&ctx);
    let times = || [Theme::Dark, Theme::Light].map(|theme| ctx.style_of(theme).animation_time);
    assert_eq!(times(), [MOTION_S; 2]);
    super::still(&ctx);
    assert_eq!(times(), [0.0; 2]);
    assert_eq!(ctx.style_of(Theme::Dark).scroll_animation.duration.max, 0.0);
    super::moving(&ctx);
    assert_eq!(times(), [MOTION_S; 2]);
}
