//! What the certificate says of a child's end.

use super::{Course, Push};
use crate::{
    process::{GRACE, group, kept::Kept, kin::Kin, strays::Strays},
    protocol::Outcome,
    settings::redaction::redact,
};

/// More output than a pipe holds would have made the child stand still; less is not worth a word. Bytes.
const WORTH_A_WORD: u64 = 65_536;
/// Letters of what a child said last.
const LAST_WORDS: usize = 160;

/// Closed if it ended by itself or when it was asked, failed if anything of it is left.
pub(super) fn outcome(course: Course, strays: &Strays, was_let_go: bool) -> Outcome {
    let was_forced = matches!(course.push, Push::Force { .. }) || !strays.killed.is_empty() || was_let_go;
    match (course.is_over && strays.living.is_empty(), was_forced) {
        (false, _) => Outcome::Failed,
        (true, true) => Outcome::Aborted,
        (true, false) => Outcome::Closed,
    }
}

/// How it ended, what it left, and what of it is still there, by name.
pub(super) fn note(child: &Kept, course: Course, strays: &Strays) -> String {
    let mut parts = vec![how(child, course)];
    if let Some(words) = last_words(child, course) {
        parts.push(format!("its last words: {words}"));
    }
    if !strays.killed.is_empty() {
        parts.push(format!("left behind {}, killed", list(&strays.killed)));
    }
    let unread = child.output.bytes() + child.errors.bytes();
    if unread > WORTH_A_WORD {
        parts.push(format!("nobody read {} of its output", size(unread)));
    }
    if !strays.living.is_empty() {
        parts.push(format!("still there: {}", list(&strays.living)));
    } else if !course.is_over {
        parts.push(format!("still there: process {}", child.pid));
    }
    if !strays.is_seen && !group::HOLDS_ALL {
        parts.push("whether anything left its group cannot be told here".to_owned());
    }
    parts.join("; ")
}

fn how(child: &Kept, course: Course) -> String {
    match (course.before, course.push) {
        _ if child.was_let_go() => "was killed, because whoever started it let go of it".to_owned(),
        (Some(exit), Push::Nothing) => format!("had ended by itself {exit}"),
        (Some(exit), Push::Input | Push::Request) => {
            format!("had ended by itself {exit}; what it had started ended when asked")
        }
        (Some(exit), Push::Force { .. }) => {
            format!("had ended by itself {exit}; what it had started {}", forced(course.push))
        }
        (None, Push::Nothing) => "had ended by itself".to_owned(),
        (None, Push::Input) => "ended when its input was closed".to_owned(),
        (None, Push::Request) => "ended when asked".to_owned(),
        (None, Push::Force { .. }) => forced(course.push),
    }
}

fn forced(push: Push) -> String {
    match push {
        Push::Force { after, asked: true } => {
            let hurry = if after < GRACE / 2 { ", since time was short" } else { "" };
            format!("ignored the request to end, killed after {:.1} s{hurry}", after.as_secs_f64())
        }
        _ => "was killed without being asked, because there was no time or no way to ask".to_owned(),
    }
}

/// What it said before it ended with an error of its own.
fn last_words(child: &Kept, course: Course) -> Option<String> {
    course.before.filter(|exit| !exit.is_success() && !child.was_let_go())?;
    let line = child.errors.last_line();
    let line = redact(&line);
    let words: String = line.chars().filter(|letter| !letter.is_control()).take(LAST_WORDS).collect();
    (!words.is_empty()).then_some(words)
}

fn list(kin: &[Kin]) -> String {
    kin.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn size(bytes: u64) -> String {
    let kilobytes = bytes / 1000;
    if kilobytes < 1000 {
        format!("{kilobytes} kB")
    } else {
        format!("{}.{} MB", kilobytes / 1000, kilobytes / 100 % 10)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::process::Exit;

    #[test]
    fn force_and_what_is_left_decide_the_outcome() {
        let force = Push::Force { after: Duration::from_secs(1), asked: true };
        let kin = vec![Kin { pid: 7, program: "sleep".to_owned(), mark: "m".to_owned() }];
        let nobody = Strays { is_seen: true, ..Strays::default() };
        let killed = Strays { killed: kin.clone(), ..nobody.clone() };
        let living = Strays { living: kin, ..nobody.clone() };
        let before = Some(Exit::Code(3));
        for (push, is_over, strays, expected) in [
            (Push::Nothing, true, &nobody, Outcome::Closed),
            (Push::Input, true, &nobody, Outcome::Closed),
            (Push::Request, true, &nobody, Outcome::Closed),
            (force, true, &nobody, Outcome::Aborted),
            (Push::Input, true, &killed, Outcome::Aborted),
            (Push::Input, true, &living, Outcome::Failed),
            (force, false, &nobody, Outcome::Failed),
        ] {
            let course = Course { before, push, is_over };
            assert_eq!(outcome(course, strays, false), expected, "{course:?} {strays:?}");
        }
        let course = Course { before, push: Push::Nothing, is_over: true };
        assert_eq!(outcome(course, &nobody, true), Outcome::Aborted, "it was killed all the same");
        assert_eq!(forced(force), "ignored the request to end, killed after 1.0 s");
    }

    #[test]
    fn sizes_are_read_at_a_glance() {
        assert_eq!(size(70_000), "70 kB");
        assert_eq!(size(5_160_000), "5.1 MB");
    }
}
