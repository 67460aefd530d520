//! Variables and headers, one a line, as they can be shown to whoever looks over a shoulder: secrets as dots.

use crate::settings::servers::secret_in;

/// What stands between a name and its value.
pub type Sign = char;
/// Between the name of a variable and its value.
pub const EQUALS: Sign = '=';
/// Between the name of a header and its value.
pub const COLON: Sign = ':';

const DOT: char = '•';

/// The lines with a dot for every letter of every secret, so that each letter stays where it was.
/// A secret that was found is kept out of the log from then on, before it is ever saved.
pub fn masked(lines: &str, between: Sign) -> String {
    lines.split('\n').map(|line| masked_line(line, between)).collect::<Vec<_>>().join("\n")
}

fn masked_line(line: &str, between: Sign) -> String {
    match line.split_once(between) {
        Some((name, value)) if secret_in(name.trim(), value).is_some() => format!("{name}{between}{}", dotted(value)),
        // A secret may stand there alone, before its name was typed.
        None if secret_in("", line).is_some() => dotted(line),
        _ => line.to_owned(),
    }
}

fn dotted(text: &str) -> String {
    text.chars().map(|letter| if letter.is_whitespace() { letter } else { DOT }).collect()
}

/// The lines after the masked ones were changed: whatever stands there as dots is what it was.
pub fn unmasked(lines: &str, changed: &str, between: Sign) -> String {
    let before: Vec<(String, &str)> = lines.split('\n').map(|line| (masked_line(line, between), line)).collect();
    let of = |(index, line): (usize, &str)| {
        let same_place = before.get(index).filter(|(masked, _)| masked == line);
        let same = same_place.or_else(|| before.iter().find(|(masked, _)| masked == line));
        let kept = same.or_else(|| before.get(index).filter(|_| line.contains(DOT)));
        kept.map_or(line, |(_, kept)| *kept).to_owned()
    };
    changed.split('\n').enumerate().map(of).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = "DEPTH=2\nAPI_TOKEN= hunter 2\nKEPT_TOKEN=${keychain}\n";

    #[test]
    fn only_secrets_become_dots_and_every_letter_keeps_its_place() {
        let shown = masked(LINES, EQUALS);
        assert_eq!(shown, "DEPTH=2\nAPI_TOKEN= •••••• •\nKEPT_TOKEN=${keychain}\n");
        assert_eq!(shown.chars().count(), LINES.chars().count());
        assert_eq!(masked("Authorization: Bearer a:b\nAccept: text", COLON), "Authorization: •••••• •••\nAccept: text");
        assert_eq!(masked("", EQUALS), "");
    }

    #[test]
    fn whoever_changes_a_line_without_seeing_the_secrets_loses_none() {
        let shown = masked(LINES, EQUALS);
        assert_eq!(unmasked(LINES, &shown, EQUALS), LINES);
        let deeper = shown.replace("DEPTH=2", "DEPTH=3\nWIDTH=1");
        let expected = LINES.replace("DEPTH=2", "DEPTH=3\nWIDTH=1");
        assert_eq!(unmasked(LINES, &deeper, EQUALS), expected);
        let longer = shown.replace("• •", "• •x");
        assert_eq!(unmasked(LINES, &longer, EQUALS), LINES, "nobody can add a letter to dots");
        assert_eq!(unmasked(LINES, "MINE=1", EQUALS), "MINE=1");
    }
}
