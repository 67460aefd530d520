//! The commit that a build is made from, and its day.
//!
//! | where | what is said |
//! |---|---|
//! | a release build of a clean tree | `cd9b0721df, 2026-11-26` |
//! | a release build with other files than those of the commit | `cd9b0721df+, 2026-11-26` |
//! | a debug build | always with the `+`: it does not look again when something is committed |
//! | a tarball, no Git | `unknown commit`, and the day where `SOURCE_DATE_EPOCH` tells one |

use std::{env, path::Path, process::Command};

use crate::date::day_of;

/// Enough of a commit to find it.
const LETTERS: usize = 10;
/// What the program is made from.
const SOURCES: [&str; 6] = ["src", "assets", "build", "build.rs", "Cargo.toml", "Cargo.lock"];

/// `SINGULARIS_COMMIT` counts before Git, and `SOURCE_DATE_EPOCH` before the day of the commit.
pub fn of(root: &Path, is_release: bool) -> String {
    let git = Git::of(root);
    if let Some(git) = &git {
        git.watch(is_release);
    }
    let commit = variable("SINGULARIS_COMMIT")
        .filter(|name| name.chars().all(|letter| letter.is_ascii_alphanumeric()))
        .map(|name| name.chars().take(LETTERS).collect())
        .or_else(|| git.as_ref()?.commit(is_release))
        .unwrap_or_else(|| "unknown commit".to_owned());
    let seconds = variable("SOURCE_DATE_EPOCH").or_else(|| git.as_ref()?.says(&["log", "-1", "--format=%ct"]));
    match seconds.and_then(|seconds| seconds.parse().ok()).map(day_of) {
        Some(day) => format!("{commit}, {day}"),
        None => commit,
    }
}

/// A variable that has something in it; the build runs again when it changes.
fn variable(name: &str) -> Option<String> {
    println!("cargo::rerun-if-env-changed={name}");
    env::var(name).ok().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// The repository that this folder is the top of; one further up may be anybody's.
struct Git<'a> {
    root: &'a Path,
}

impl<'a> Git<'a> {
    fn of(root: &'a Path) -> Option<Self> {
        root.join(".git").exists().then_some(Self { root })
    }

    /// A debug build looks again only when another branch is checked out, because then most is built anew anyway: were it
    /// told of each commit, each commit would build everything anew.
    fn watch(&self, is_release: bool) {
        let branch = self.says(&["symbolic-ref", "--quiet", "HEAD"]).filter(|_| is_release);
        let of_release = ["logs/HEAD", "packed-refs"].map(str::to_owned).into_iter().filter(|_| is_release);
        let of_git = ["HEAD".to_owned()].into_iter().chain(of_release).chain(branch);
        let of_git = of_git.filter_map(|name| self.says(&["rev-parse", "--git-path", &name]));
        let sources = SOURCES.iter().filter(|_| is_release).map(|name| (*name).to_owned());
        for path in of_git.chain(sources) {
            // One that is not there counts as changed each time.
            if self.root.join(&path).exists() {
                println!("cargo::rerun-if-changed={path}");
            }
        }
    }

    fn commit(&self, is_release: bool) -> Option<String> {
        let whole = self.says(&["rev-parse", "HEAD"])?;
        let changed = [&["--no-optional-locks", "status", "--porcelain", "--"][..], &SOURCES[..]].concat();
        let is_clean = is_release && self.says(&changed).is_some_and(|list| list.is_empty());
        let commit: String = whole.chars().take(LETTERS).collect();
        Some(if is_clean { commit } else { format!("{commit}+") })
    }

    /// `None` where Git is missing, or refuses: a folder of another user is none of its business.
    fn says(&self, arguments: &[&str]) -> Option<String> {
        let output = Command::new("git").current_dir(self.root).args(arguments).output().ok()?;
        let said = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| said.trim().to_owned())
    }
}
