//! Long texts for models: the beginning and the end stay, what is between is counted.

/// Less than this is no text that anybody could judge by. Characters.
const LEAST: usize = 200;

/// The text with its middle left out, so that about `most` characters stay; `None` if it is short enough as it is.
pub fn shortened(text: &str, most: usize) -> Option<String> {
    let most = most.max(LEAST);
    // A character has at least one byte.
    if text.len() <= most {
        return None;
    }
    let characters = text.chars().count();
    if characters <= most {
        return None;
    }
    // What a text is about stands at its beginning more often than at its end.
    let tail = most / 4;
    let head = most - tail;
    let end_of_head = text.char_indices().nth(head).map_or(text.len(), |(at, _)| at);
    let start_of_tail = text.char_indices().nth(characters - tail).map_or(text.len(), |(at, _)| at);
    let left_out = grouped(u64::try_from(characters - most).unwrap_or(u64::MAX));
    Some(format!("{}\n[… {left_out} characters left out …]\n{}", &text[..end_of_head], &text[start_of_tail..]))
}

/// The text, shortened if it has to be.
pub fn short(text: &str, most: usize) -> String {
    shortened(text, most).unwrap_or_else(|| text.to_owned())
}

/// A number with its digits in groups of three: `41,200`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_short_stays_as_it_is() {
        assert_eq!(shortened("short", 0), None, "nothing is cut to nothing");
        assert_eq!(shortened(&"ü".repeat(300), 300), None, "characters count and not bytes");
        assert_eq!(short("short", 1000), "short");
    }

    #[test]
    fn head_and_tail_stay_and_what_is_between_is_counted() {
        let text = format!("{}{}{}", "ä".repeat(300), "-".repeat(41_200), "ß".repeat(100));
        let expected = format!("{}\n[… 41,200 characters left out …]\n{}", "ä".repeat(300), "ß".repeat(100));
        assert_eq!(shortened(&text, 400).unwrap(), expected);
    }

    #[test]
    fn digits_stand_in_groups_of_three() {
        let all = [0, 12, 999, 1000, 41_200, 1_234_567].map(grouped);
        assert_eq!(all, ["0", "12", "999", "1,000", "41,200", "1,234,567"]);
    }
}
