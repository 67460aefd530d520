//! Which figures a field takes, what is usual, and why something cannot be used, in words.

use crate::ui::{
    catalogue::say,
    state::settings::{Figures, Unit, Wrong, Zero},
};

/// So many digits cannot be counted by looking at them.
const MANY: usize = 5;

/// `0.01 to 86,400 s · usually 5 s · 0 for never`.
pub fn of(figures: &Figures, usual: &str) -> String {
    let zero = figures.zero.map(|zero| match zero {
        Zero::Never => say!("settings-zero-never"),
        Zero::NoLimit => say!("settings-zero-no-limit"),
        Zero::ForEver => say!("settings-zero-for-ever"),
        Zero::NoPause => say!("settings-zero-no-pause"),
    });
    let usual_is_zero = usual == "0";
    let value = match &zero {
        // What it is and what that means are one thing then.
        Some(zero) if usual_is_zero => zero.clone(),
        _ => counted(usual, figures.unit),
    };
    let mut facts = vec![range(figures), say!("settings-usually", value = value)];
    facts.extend(zero.filter(|_| !usual_is_zero));
    facts.join(" · ")
}

fn range(figures: &Figures) -> String {
    let most = grouped(&Figures::digits(figures.most));
    let most = say!("settings-counted", figure = most, unit = unit(figures.unit));
    say!("settings-range", least = written(&Figures::digits(figures.least)), most = most)
}

/// A figure as the language of the window writes it.
pub fn written(figure: &str) -> String {
    if super::takes_comma() { figure.replace('.', ",") } else { figure.to_owned() }
}

/// The same where nobody has to type it: many digits stand in groups of three.
fn grouped(figure: &str) -> String {
    if figure.len() < MANY || figure.contains(['.', ',']) {
        return written(figure);
    }
    let between = say!("kept-thousands");
    let mut grouped = String::new();
    for (place, digit) in figure.chars().enumerate() {
        if place > 0 && (figure.len() - place).is_multiple_of(3) {
            grouped.push_str(&between);
        }
        grouped.push(digit);
    }
    grouped
}

/// A figure with its unit.
pub fn counted(figure: &str, unit: Unit) -> String {
    say!("settings-counted", figure = grouped(figure), unit = self::unit(unit))
}

/// What is counted.
pub fn unit(unit: Unit) -> String {
    match unit {
        Unit::Milliseconds => "ms".to_owned(),
        Unit::Seconds => "s".to_owned(),
        Unit::Minutes => "min".to_owned(),
        Unit::Percent => "%".to_owned(),
        Unit::Pixels => "px".to_owned(),
        Unit::Megabytes => "MB".to_owned(),
        Unit::Dollars => "US$".to_owned(),
        Unit::Days => say!("settings-unit-days"),
        Unit::Tokens => say!("settings-unit-tokens"),
        Unit::Questions => say!("settings-unit-questions"),
        Unit::Times => say!("settings-unit-times"),
        Unit::Steps => say!("settings-unit-steps"),
        Unit::Enemies => say!("settings-unit-enemies"),
        Unit::Opinions => say!("settings-unit-opinions"),
    }
}

/// Why what was typed cannot be used.
pub fn why(figures: Option<&Figures>, wrong: &Wrong) -> String {
    match (wrong, figures) {
        (Wrong::NoNumber, _) => say!("settings-no-number"),
        (Wrong::NotWhole, _) => say!("settings-not-whole"),
        (Wrong::Outside, Some(figures)) => say!("settings-outside", range = range(figures)),
        (Wrong::Outside, None) => say!("settings-no-number"),
        (Wrong::NoHost(host), _) => say!("settings-no-host", host = host.as_str()),
        (Wrong::NoKey(key), _) if key.is_empty() => say!("settings-key-missing"),
        (Wrong::NoKey(key), _) => say!("settings-no-key", key = key.as_str()),
        (Wrong::NoAddress, _) => say!("settings-releases-no-address"),
        (Wrong::NotHeld(key), _) => say!("settings-not-held", key = key.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::{
        catalogue::{Language, speak},
        state::settings::Field,
    };

    #[test]
    fn what_a_field_takes_is_one_line() {
        let facts = |field: Field, usual: &str| of(&field.figures().unwrap(), usual);
        assert_eq!(facts(Field::Connect, "5"), "0.01 to 86,400 s · usually 5 s");
        assert_eq!(facts(Field::Calls, "0"), "0 to 1,000,000,000 questions · usually 0 for no limit");
        assert_eq!(facts(Field::SameAction, "5"), "2 to 1000 times · usually 5 times · 0 for never");
    }

    #[test]
    fn a_figure_has_a_comma_where_people_write_one() {
        speak(Language::German);
        assert_eq!([written("0.01"), counted("2.5", Unit::Seconds)], ["0,01", "2,5 s"]);
        speak(Language::English);
        assert_eq!(written("0.01"), "0.01");
        assert_eq!([grouped("86400"), grouped("1000000")], ["86,400", "1,000,000"]);
    }

    #[test]
    fn why_something_cannot_be_used_names_what_can_be() {
        let figures = Field::Quorum.figures();
        let words = why(figures.as_ref(), &Wrong::Outside);
        assert_eq!(words, "It takes 1 to 16 opinions");
        assert!(why(None, &Wrong::NoHost("http://x".into())).contains("http://x"));
    }
}
