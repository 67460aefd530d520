//! The worker's sentences are recognised by their English text and said in the language of the window.

use std::time::Duration;

use super::*;
use crate::ui::catalogue::speak;

/// Patterns under names of their own.
fn patterns(list: &[(&'static str, &str)]) -> Patterns {
    Patterns::new(list.iter().map(|&(id, text)| Pattern::new(id, text)).collect())
}

/// The name of the pattern that fits, and what stands in its gaps.
fn found<'text>(patterns: &Patterns, text: &'text str) -> Option<(&'static str, Vec<&'text str>)> {
    patterns.find(text).map(|(pattern, parts)| (pattern.id(), parts))
}

/// A translation that shows its work: `id(what is put in)`.
fn shown(patterns: &Patterns, text: &str) -> Option<String> {
    translated(patterns, text, DEEPEST, &|id, put_in| {
        let parts = put_in.iter().map(|(_, part)| match part {
            FluentValue::String(part) => part.to_string(),
            other => panic!("{other:?} is no text"),
        });
        format!("{id}({})", parts.collect::<Vec<_>>().join("|"))
    })
}

#[test]
fn a_text_without_gaps_fits_as_a_whole_only() {
    let patterns = patterns(&[("full", "The disk is full"), ("what", "The disk {$what}")]);
    assert_eq!(found(&patterns, "The disk is full"), Some(("full", vec![])));
    assert_eq!(found(&patterns, "The disk is full again"), Some(("what", vec!["is full again"])));
    assert_eq!(found(&patterns, "the disk is full"), None);
    assert_eq!(found(&patterns, ""), None);
}

#[test]
fn gaps_stand_at_the_beginning_in_between_and_at_the_end() {
    let patterns = patterns(&[
        ("waited", "Waited {$time} for {$what} from {$model}"),
        ("gone", "{$name} is gone"),
        ("needs", "{$name} needs {$what}"),
        ("quoted", "“{$word}” means nothing"),
    ]);
    let waited = found(&patterns, "Waited 3 s for the first token from a/b from c");
    assert_eq!(waited, Some(("waited", vec!["3 s", "the first token", "a/b from c"])));
    assert_eq!(found(&patterns, "a/b is gone"), Some(("gone", vec!["a/b"])));
    assert_eq!(found(&patterns, "a/b needs 3 GB"), Some(("needs", vec!["a/b", "3 GB"])));
    assert_eq!(found(&patterns, "“ä” means nothing"), Some(("quoted", vec!["ä"])));
    for empty in ["Waited  for a from b", "Waited a for b from ", " is gone", " needs ", "a needs ", "“” means nothing"]
    {
        assert_eq!(found(&patterns, empty), None, "{empty}");
    }
}

#[test]
fn the_end_of_a_pattern_is_at_the_end_of_the_text() {
    let patterns = patterns(&[("of", "{$count} of {$all} files"), ("twice", "From {$one} to {$other} to the end")]);
    assert_eq!(found(&patterns, "1 of 2 files of 3 files"), Some(("of", vec!["1", "2 files of 3"])));
    assert_eq!(found(&patterns, "1 of 2 files!"), None);
    assert_eq!(found(&patterns, "From a to b to c to the end"), Some(("twice", vec!["a", "b to c"])));
    assert_eq!(found(&patterns, "From a to the end"), None, "nothing is used twice");
}

#[test]
fn the_pattern_that_knows_most_wins() {
    let patterns = patterns(&[
        ("any", "{$model} answers {$how}"),
        ("late", "{$model} answers too late"),
        ("this", "The model answers {$how}"),
        ("short", "The {$rest}"),
    ]);
    assert_eq!(found(&patterns, "a/b answers well"), Some(("any", vec!["a/b", "well"])));
    assert_eq!(found(&patterns, "a/b answers too late"), Some(("late", vec!["a/b"])));
    assert_eq!(found(&patterns, "The model answers well"), Some(("this", vec!["well"])));
    assert_eq!(found(&patterns, "The model is gone"), Some(("short", vec!["model is gone"])));
}

#[test]
fn what_is_put_in_is_looked_up_three_deep() {
    let patterns = patterns(&[("in", "Inside: {$what}"), ("token", "the first token")]);
    assert_eq!(shown(&patterns, "Inside: the first token").as_deref(), Some("in(token())"));
    assert_eq!(shown(&patterns, "Inside: a/b").as_deref(), Some("in(a/b)"));
    let deep = format!("{}the first token", "Inside: ".repeat(4));
    assert_eq!(shown(&patterns, &deep).as_deref(), Some("in(in(in(in(the first token))))"));
    assert_eq!(shown(&patterns, "Outside: the first token"), None);
}

#[test]
fn a_fraction_that_is_put_in_has_the_comma_of_the_language() {
    let patterns = patterns(&[("in", "Inside: {$what}")]);
    speak(Language::German);
    let figures = ["3.0", "12.5 ms", "0.4.23", "1.5B", "127.0", "3. 4", "a.5"].map(|part| format!("Inside: {part}"));
    let shown = figures.map(|text| shown(&patterns, &text).unwrap());
    assert_eq!(shown, ["in(3,0)", "in(12,5 ms)", "in(0.4.23)", "in(1.5B)", "in(127,0)", "in(3. 4)", "in(a.5)"]);
    speak(Language::English);
}

#[test]
fn a_problem_in_one_line_is_said_piece_by_piece() {
    let patterns = patterns(&[("open", "Nothing answers at {$place}"), ("status", "Status: {$status}")]);
    let line = "Nothing answers at a:1 · refused by a · Status: 7";
    assert_eq!(shown(&patterns, line).as_deref(), Some("open(a:1) · refused by a · status(7)"));
    assert_eq!(shown(&patterns, "refused · by a"), None);
}

#[test]
fn a_text_is_known_where_no_sentence_disappears_in_it() {
    let patterns = patterns(&[("status", "Status: {$status}"), ("moved", "It has moved")]);
    let known = ["Status: 7", "Status: 7 kB", "Status: It has moved"];
    assert_eq!(known.map(|text| is_known_by(&patterns, text)), [true; 3]);
    let unknown = ["Status: it went away", "It has not moved", ""];
    assert_eq!(unknown.map(|text| is_known_by(&patterns, text)), [false; 3]);
}

/// What a pattern of the files looks like with a figure in each gap.
fn sample(pattern: &Pattern) -> String {
    let text = written(pattern.id()).unwrap();
    pattern.names().fold(text, |text, name| text.replace(&format!("{{${name}}}"), "7"))
}

#[test]
fn every_sentence_of_the_files_is_recognised_and_said_in_german() {
    let patterns = english();
    assert!(patterns.len() > 100, "the files were read");
    for pattern in &patterns {
        let sample = sample(pattern);
        speak(Language::English);
        assert!(matches!(said(&sample), Cow::Borrowed(same) if same == sample), "in English nothing is done");
        speak(Language::German);
        let put_in: Vec<_> = pattern.names().map(|name| (name, FluentValue::from("7"))).collect();
        let (found, _) = PATTERNS.find(&sample).unwrap_or_else(|| panic!("{} is not recognised", pattern.id()));
        // Two rooms may say the same.
        if found.id() == pattern.id() {
            assert_eq!(said(&sample), text(pattern.id(), &put_in), "{}", pattern.id());
            assert_eq!(said(&sample), text(pattern.id(), &put_in), "{} the second time", pattern.id());
        } else {
            assert_eq!(written(found.id()), written(pattern.id()), "{} hides {}", found.id(), pattern.id());
        }
    }
    assert!(matches!(said("Nobody has ever said that"), Cow::Borrowed("Nobody has ever said that")));
    speak(Language::English);
}

#[test]
fn every_pattern_says_something_by_itself_and_names_each_gap_once() {
    for pattern in english() {
        let (id, text) = (pattern.id(), written(pattern.id()).unwrap());
        let own = pattern.names().fold(text.clone(), |text, name| text.replace(&format!("{{${name}}}"), "_"));
        let letters = |word: &str| word.chars().filter(|letter| letter.is_alphabetic()).count();
        let says_something = letters(&own) >= 6 || own.split_whitespace().any(|word| letters(word) >= 4);
        assert!(says_something || pattern.names().next().is_none(), "{id} would swallow everything: {text}");
        assert!(!text.contains('\n'), "{id} has more than one line");
        let mut names: Vec<&str> = pattern.names().collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{id} has two gaps of one name");
    }
}

/// The processor time of this thread, so that it does not matter what else is busy.
#[cfg(unix)]
fn used() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.try_into().unwrap(), time.tv_nsec.try_into().unwrap())
}

#[cfg(not(unix))]
fn used() -> Duration {
    static BEGAN: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    BEGAN.elapsed()
}

#[test]
fn long_texts_of_strangers_cost_little() {
    let long = "The model “a/b” of {x} answers: 7 of 8 is not there for the ".repeat(200);
    speak(Language::German);
    let round = |round: usize| {
        let start = used();
        for number in 0..10_000 {
            let text = format!("The model {number} of {round} {long}");
            said(&text[..text.floor_char_boundary(1_900)]);
        }
        used().saturating_sub(start)
    };
    // Without the optimiser everything is slow.
    let best = (0..3).map(round).min().unwrap_or(Duration::MAX);
    assert!(best < Duration::from_secs(2), "{best:?}");
    let too_long = "The disk is full. ".repeat(200);
    assert!(matches!(said(&too_long), Cow::Borrowed(_)), "what is longer than any sentence is not looked up");
    MEMORY.with_borrow(|memory| assert!(memory.texts.len() <= REMEMBERED, "{} texts", memory.texts.len()));
    speak(Language::English);
}
