//! What the worker says to people, the window can say in its language: each sentence is known to its catalogue.

use std::path::Path;

use singularis::ui::catalogue::is_known;

use crate::{
    literals::{Literal, literals},
    sources,
};

/// Whose sentences come to the window.
const ROOMS: [&str; 11] = [
    "llm",
    "health",
    "worker",
    "mind",
    "agent",
    "process",
    "journal",
    "settings",
    "protocol",
    "environment",
    "guardian",
];
/// What looks like a sentence for people and need not be known: where it stands, how it begins, and why.
const EXEMPT: [(&str, &str, &str); 38] = [
    ("src/environment/world/", "", "the built-in world speaks to models"),
    ("src/environment/desktop/actions.rs", "", "actions are described to models"),
    ("src/environment/desktop/deed.rs", "{verb} the {}", "known with each of its verbs"),
    ("src/environment/desktop/describing.rs", "", "the desktop is described to models"),
    ("src/environment/desktop/machine.rs", "Shot ", "for whoever looks for faults"),
    ("src/environment/tools/looking.rs", "", "what is seen is described to models"),
    ("src/environment/tools/offered.rs", "", "actions are described to models"),
    ("src/environment/tools/shortened.rs", "", "what is seen is described to models"),
    ("src/journal/report/", "", "reports are files, and files are English"),
    ("src/journal/figures/samples", "", "sessions for tests"),
    ("src/protocol/problem.rs", "", "the window has words of its own for its buttons"),
    ("src/agent/breaker.rs", "The {words} {verb} over", "known with each of its verbs"),
    ("src/agent/learning/values.rs", "{}: {:+.1} points", "a hint for models"),
    ("src/agent/narration.rs", "Goal: ", "a question to a model"),
    ("src/agent/narration.rs", "Decided last: ", "a question to a model"),
    ("src/mind/question.rs", "", "a question to a model"),
    ("src/mind/hearing.rs", "Answered before: ", "a question to a model"),
    ("src/llm/claude/wire.rs", "Takes the answer.", "a tool is described to a model"),
    ("src/health/answers.rs", "Answer with one word", "a question to a model"),
    ("src/health/cloud.rs", "Answer with one word", "a question to a model"),
    ("src/health/capacity.rs", "Count slowly", "a question to a model"),
    ("src/health/truth.rs", "Answer with JSON", "a question to a model"),
    ("src/health/truth.rs", "Repeats a mark", "a tool is described to a model"),
    ("src/health/truth.rs", "Call the tool", "a question to a model"),
    ("src/health/truth.rs", "Which word is written", "a question to a model"),
    ("src/health/truth.rs", "The river runs", "a question to a model"),
    ("src/health/truth.rs", "Remember the password", "a question to a model"),
    ("src/health/truth.rs", "Count from one", "a question to a model"),
    ("src/health/discovery.rs", "LM Studio's usual port", "known with the address before it"),
    ("src/health/rungs.rs", "; lms load ", "between the names of models in a command"),
    ("src/health/reach.rs", "GET / HTTP", "what is said to a server"),
    ("src/health/reach.rs", "{} {verb} connections", "known with each of its verbs"),
    ("src/worker/bundle", "", "diagnostics are a file, and files are English"),
    ("src/settings/redaction/shapes.rs", "PRIVATE KEY", "looked for in texts"),
    ("src/worker/cloud_side.rs", "[providers.", "a line of the settings"),
    ("src/worker/instance/alive.rs", "Singularis runs as", "for whoever looks into the folder"),
    ("src/worker/summary.rs", "", "a question to a model"),
    ("src/worker/supervisor/mends.rs", "Singularis {} on {}", "a report to be posted elsewhere"),
];
/// What is not said: the log, faults of the program, and what others have written.
const UNSAID: [&str; 10] = [
    "tracing::",
    "assert!",
    "assert_eq!",
    "unreachable!",
    "include_str!",
    "strip_prefix",
    "strip_suffix",
    "starts_with",
    "contains",
    "split_once",
];
/// What takes nothing but sentences.
const SAID: [&str; 2] = ["Problem::plain(", "Remedy::advice("];
/// Beginnings of what the journal is asked.
const QUERIES: [&str; 10] =
    ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "CREATE ", "WITH ", "PRAGMA ", "ALTER ", "ORDER BY ", "NULL, "];

/// One sentence.
#[derive(Debug)]
struct Sentence {
    /// Counted from 1.
    line: usize,
    text: String,
    /// The same with a figure in every place where something is put in.
    sample: String,
}

/// The sentences for people in a source.
fn sentences(source: &str) -> Vec<Sentence> {
    let code: Vec<&str> = source.lines().take_while(|line| !line.trim_start().starts_with("mod tests {")).collect();
    // Some of what only tests use stands in the middle of a file.
    let code = code.join("\n").replace("#[cfg(test)]", "");
    let found = literals(&code).into_iter().filter_map(|literal| {
        let sample = sample(&literal.said).filter(|sample| is_sentence(&literal, sample))?;
        Some(Sentence { line: literal.line, text: literal.said, sample })
    });
    found.collect()
}

/// A text with a figure in every place where something is put in; nothing for what is no text, such as JSON.
fn sample(text: &str) -> Option<String> {
    let mut sample = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '{' | '}' if letters.next_if_eq(&letter).is_some() => sample.push(letter),
            '{' => {
                let place: String = letters.by_ref().take_while(|letter| *letter != '}').collect();
                if place.contains(|letter: char| letter.is_whitespace() || letter == '"') {
                    return None;
                }
                sample.push('7');
            }
            letter => sample.push(letter),
        }
    }
    Some(sample)
}

/// Three words with a capital letter or something put in at the beginning, or two where nothing but sentences stands.
fn is_sentence(literal: &Literal, sample: &str) -> bool {
    let before = literal.before.trim_end();
    let is_attribute = before.rfind("#[") > before.rfind(']');
    let is_query = QUERIES.iter().any(|query| sample.trim_start().starts_with(query)) || sample.contains(" FROM ");
    if is_attribute || is_query || UNSAID.iter().any(|call| is_within(before, call)) {
        return false;
    }
    let is_word = |word: &&str| word.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    let (pieces, words) = (sample.split_whitespace().count(), sample.split_whitespace().filter(is_word).count());
    let made = before.trim_end_matches('(').trim_end_matches("format!").trim_end();
    let is_said = made.ends_with("summary:") || SAID.iter().any(|call| is_within(before, call));
    let begins = literal.said.starts_with(|letter: char| letter.is_ascii_uppercase() || letter == '{');
    words >= 2 && (is_said || (begins && pieces >= 3))
}

/// Whether the last call of this name has not ended yet.
fn is_within(before: &str, call: &str) -> bool {
    let after = before.rfind(call).and_then(|at| before.get(at..));
    after.is_some_and(|after| after.matches('(').count() > after.matches(')').count())
}

#[test]
fn the_window_knows_what_the_worker_says() {
    let sources = sources(Path::new(env!("CARGO_MANIFEST_DIR")));
    let of_rooms = sources.iter().filter(|source| source.path.starts_with("src/") && ROOMS.contains(&source.room()));
    let (mut count, mut missing, mut needed) = (0, Vec::new(), [false; EXEMPT.len()]);
    for source in of_rooms.filter(|source| !source.is_test()) {
        for Sentence { line, text, sample } in sentences(&source.text) {
            count += 1;
            let is_exempt = |(place, beginning, _): &(&str, &str, &str)| {
                source.path.starts_with(place) && text.starts_with(beginning)
            };
            match EXEMPT.iter().position(is_exempt) {
                _ if is_known(&sample) => {}
                Some(index) => needed[index] = true,
                None => missing.push(format!("{}:{line} {text:?}", source.path)),
            }
        }
    }
    assert!(count > 800, "{count} sentences were found");
    let idle = EXEMPT.iter().zip(needed).filter(|(_, is_needed)| !is_needed);
    missing.extend(idle.map(|((place, beginning, _), _)| format!("{place} {beginning:?} need not be exempt")));
    assert!(missing.is_empty(), "{} not in assets/words/*/said-*.ftl:\n{}", missing.len(), missing.join("\n"));
}

#[test]
fn sentences_for_people_are_noticed() {
    let found = |code: &str| sentences(code).into_iter().map(|sentence| sentence.sample).collect::<Vec<_>>();
    for (code, sample) in [
        ("let words = format!(\"{name} did not answer\");", "7 did not answer"),
        ("Problem::plain(\"nothing there\", vec![], ADVICE)", "nothing there"),
        ("Problem::plain(SUMMARY, vec![format!(\"asked by {by}, in vain\")], ADVICE)", "asked by 7, in vain"),
        ("Remedy::advice(format!(\"start {program} first\"))", "start 7 first"),
        ("Problem { summary: format!(\"all of {it} is gone\"), cause }", "all of 7 is gone"),
        ("match it {\n    One => \"The first of them\",\n}", "The first of them"),
        ("format!(\"The \\u{201c}{word}\\u{201d} is {{odd}}\")", "The \u{201c}7\u{201d} is {odd}"),
        ("\"It goes on \\\n     in the next line\"", "It goes on in the next line"),
        ("(tracing::warn!(\"a\"), \"The disk is full\")", "The disk is full"),
        ("#[cfg(test)]\nmod fake;\nconst FULL: &str = \"The disk is full\";", "The disk is full"),
    ] {
        assert!(found(code).iter().any(|found| found == sample), "{code}: {:?}", found(code));
    }
    for code in [
        "tracing::warn!(\"The disk of {name} is full\");",
        "#[error(\"The disk is full\")]",
        "connection.prepare(\"SELECT name FROM lessons\")",
        "let body = \"{\\\"type\\\": \\\"an object of it\\\"}\";",
        "text.split_once(\"Now it is: \")",
        "format!(\"{a} {b} {c}\")",
        "// \"The disk is full\"",
        "#[cfg(test)]\nmod tests {\n    const A: &str = \"The disk is full\";\n}",
    ] {
        assert_eq!(found(code), Vec::<String>::new(), "{code}");
    }
}
