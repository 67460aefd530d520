//! What the program says of its own build.

use std::{path::Path, process::Command};

use super::run;

#[path = "../../build/date.rs"]
mod date;

/// The parts of what `--version` says, and the whole of it.
fn told() -> (Vec<String>, String) {
    let printed = run(&["--version"]);
    assert_eq!(printed.code, Some(0), "{}", printed.err);
    let head = format!("singularis {} (", env!("CARGO_PKG_VERSION"));
    let inside = printed.out.strip_prefix(&head).and_then(|rest| rest.strip_suffix(")\n"));
    let inside = inside.unwrap_or_else(|| panic!("{:?}", printed.out));
    (inside.split("; ").map(str::to_owned).collect(), printed.out)
}

#[test]
fn the_long_version_is_one_line_with_the_commit_and_what_it_was_built_for() {
    let (parts, whole) = told();
    assert_eq!((parts.len(), whole.lines().count()), (3, 1), "{whole}");
    let commit = parts[0].split(", ").next().unwrap().trim_end_matches('+');
    let is_commit = commit.len() == 10 && commit.chars().all(|letter| letter.is_ascii_alphanumeric());
    assert!(is_commit || commit == "unknown commit", "{whole}");
    let profile = if cfg!(debug_assertions) { "debug" } else { "release" };
    assert!(parts[1].starts_with(std::env::consts::ARCH) && parts[1].ends_with(profile), "{whole}");
    assert!(parts[2].contains("OpenGL"), "{whole}");
}

#[test]
fn the_short_version_is_the_number_alone() {
    let printed = run(&["-V"]);
    assert_eq!((printed.code, printed.out), (Some(0), format!("singularis {}\n", env!("CARGO_PKG_VERSION"))));
}

/// Where sources come without a repository, or Git is missing, there is nothing to compare with.
#[test]
fn the_commit_is_one_of_this_repository() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let git = |arguments: &[&str]| Command::new("git").current_dir(root).args(arguments).output().ok();
    let has_one = root.join(".git").exists() && git(&["rev-parse", "HEAD"]).is_some_and(|head| head.status.success());
    let (parts, whole) = told();
    let commit = parts[0].split(", ").next().unwrap().trim_end_matches('+').to_owned();
    if !has_one {
        println!("NOT RUN: there is no repository here to compare {commit} with");
        return;
    }
    let known = git(&["cat-file", "-e", &format!("{commit}^{{commit}}")]);
    assert!(known.is_some_and(|known| known.status.success()), "{whole}");
    assert!(parts[0].contains(", 20"), "no day: {whole}");
}

#[test]
fn days_are_those_of_the_calendar() {
    for (seconds, day) in [
        (0, "1970-01-01"),
        (86_399, "1970-01-01"),
        (68_255_999, "1972-02-29"),
        (951_782_400, "2000-02-29"),
        (951_868_800, "2000-03-01"),
        (1_798_761_599, "2026-12-31"),
        (4_107_542_400, "2100-03-01"),
        (u32::MAX, "2106-02-07"),
    ] {
        assert_eq!(date::day_of(seconds), day, "{seconds}");
    }
}
