//! What a server may be called.

/// The longest name. In letters.
const LONGEST: usize = 60;

/// The name without white space around it, or why it cannot be one: it has 1 to 60 letters, all of which can be seen.
pub fn usable_name(name: &str) -> Result<&str, &'static str> {
    let name = name.trim();
    if name.is_empty() {
        Err("it has no name")
    } else if name.chars().count() > LONGEST {
        Err("its name has more than 60 letters")
    } else if name.chars().any(is_unseen) {
        Err("its name has letters that cannot be seen")
    } else {
        Ok(name)
    }
}

/// A name as it can be shown in a sentence, whatever it is.
pub(super) fn shown(name: &str) -> String {
    name.chars().filter(|letter| !is_unseen(*letter)).take(LONGEST).collect()
}

/// Signs that move the cursor, turn the direction of writing round, or take no room.
fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_can_be_seen() {
        assert_eq!(usable_name(" My server: Zürich/1 "), Ok("My server: Zürich/1"));
        let long = "x".repeat(61);
        for bad in ["", " \n", "a\u{202e}b", "a\tb", "\u{1b}[2J", &long] {
            assert!(usable_name(bad).is_err(), "{bad:?}");
        }
        assert_eq!(shown("a\u{1b}[2J\nb"), "a[2Jb");
    }
}
