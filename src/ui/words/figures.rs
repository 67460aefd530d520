//! Figures as a language writes them: a point or a comma, a mark between every three digits of a long one, and a unit
//! that no line break parts from its figure.

use super::seconds;
use crate::ui::catalogue::{Language, spoken};

/// A blank at which no line is broken.
const HELD: char = '\u{a0}';
/// Figures of so many digits are read at a glance, as years and places on a screen are; longer ones are marked.
const UNMARKED_DIGITS: usize = 4;

/// A figure as it stands in code, such as `1234567` or `0.25`, as the language writes it: `1,234,567`, `0,25`. What
/// stands before and behind its digits stays.
pub fn written(figure: &str) -> String {
    let (point, _) = signs();
    let (whole, rest) = figure.split_once('.').map_or((figure, None), |(whole, rest)| (whole, Some(rest)));
    let mut words = marked(whole, UNMARKED_DIGITS);
    if let Some(rest) = rest {
        words.push(point);
        words.push_str(rest);
    }
    words
}

/// What stands before the parts of a whole, and between every three digits.
fn signs() -> (char, char) {
    match spoken() {
        Language::English => ('.', ','),
        Language::German => (',', '.'),
    }
}

/// Whole digits with a mark between every three of them, where there are more than so many.
fn marked(whole: &str, unmarked: usize) -> String {
    let digits = whole.chars().filter(char::is_ascii_digit).count();
    if digits <= unmarked {
        return whole.to_owned();
    }
    let (_, mark) = signs();
    let (mut words, mut left) = (String::with_capacity(whole.len() + digits / 3), digits);
    for letter in whole.chars() {
        if letter.is_ascii_digit() {
            if left < digits && left.is_multiple_of(3) {
                words.push(mark);
            }
            left -= 1;
        }
        words.push(letter);
    }
    words
}

/// A count: `9999`, `12,345`.
pub fn count(number: impl Into<u64>) -> String {
    written(&number.into().to_string())
}

/// A day that stands in code as `2026-11-22`, as the language writes it: the same, or `22.11.2026`.
pub fn day(date: &str) -> String {
    match (spoken(), date.split('-').collect::<Vec<_>>().as_slice()) {
        (Language::German, [year, month, day]) => [*day, *month, *year].join("."),
        _ => date.to_owned(),
    }
}

/// A round number that somebody chose, marked as soon as it has thousands: `2,000`.
pub fn round(number: u64) -> String {
    marked(&number.to_string(), 3)
}

/// A number with so many digits after the point or comma.
pub fn decimal(value: f64, digits: usize) -> String {
    written(&format!("{value:.digits$}"))
}

/// A figure that is written out, and its unit.
pub fn with_unit(figure: &str, unit: &str) -> String {
    if unit.is_empty() { figure.to_owned() } else { format!("{figure}{HELD}{unit}") }
}

/// `1.4 s`.
pub fn duration(ms: u64) -> String {
    with_unit(&decimal(seconds(ms), 1), "s")
}

/// The same of a time that still grows: `4 s`.
pub fn whole_seconds(ms: u64) -> String {
    with_unit(&count(ms / 1000), "s")
}

/// A share of 0 to 1 as `75 %`.
pub fn percent(share: f64) -> String {
    with_unit(&decimal(share * 100.0, 0), "%")
}

/// `4.7 GB`, or megabytes for less than one.
#[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
pub fn memory(bytes: u64) -> String {
    let megabytes = bytes as f64 / 1e6;
    if megabytes < 1000.0 {
        with_unit(&decimal(megabytes, 0), "MB")
    } else {
        with_unit(&decimal(megabytes / 1000.0, 1), "GB")
    }
}

/// `0 B`, `3.4 kB`.
#[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
pub fn bytes(count: u64) -> String {
    match count {
        0..1_000 => with_unit(&count.to_string(), "B"),
        1_000..1_000_000 => with_unit(&decimal(count as f64 / 1e3, 1), "kB"),
        _ => with_unit(&decimal(count as f64 / 1e6, 1), "MB"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::catalogue::speak;

    #[test]
    fn long_figures_are_marked_and_short_ones_are_not() {
        let all = ["0", "9999", "12345", "123456", "1234567", "-12345.67", "1234.5678", "0.25×"];
        let english = ["0", "9999", "12,345", "123,456", "1,234,567", "-12,345.67", "1234.5678", "0.25×"];
        assert_eq!(all.map(written), english);
        assert_eq!([999, 2000].map(round), ["999", "2,000"]);
        assert_eq!(day("2026-11-22"), "2026-11-22");
        speak(Language::German);
        assert_eq!(["2026-11-22", "2026"].map(day), ["22.11.2026", "2026"]);
        let german = ["0", "9999", "12.345", "123.456", "1.234.567", "-12.345,67", "1234,5678", "0,25×"];
        assert_eq!(all.map(written), german);
        speak(Language::English);
    }

    #[test]
    fn a_unit_stays_with_its_figure() {
        let said = [duration(1400), whole_seconds(61_900), percent(0.75), memory(4_700_000_000), memory(270_000_000)];
        let expected = ["1.4\u{a0}s", "61\u{a0}s", "75\u{a0}%", "4.7\u{a0}GB", "270\u{a0}MB"];
        assert_eq!(said, expected);
        let sizes = [0, 4200, 31_400_000, 12_345_600_000].map(bytes);
        assert_eq!(sizes, ["0\u{a0}B", "4.2\u{a0}kB", "31.4\u{a0}MB", "12,345.6\u{a0}MB"]);
        assert_eq!((with_unit("3", ""), count(12_345_u32)), ("3".to_owned(), "12,345".to_owned()));
    }
}
