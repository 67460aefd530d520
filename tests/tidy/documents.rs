//! What is written for people agrees with the program: the README is short and knows every cause, and links lead somewhere.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use singularis::protocol::Cause;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// Whoever only wants to use the program reads all of it.
const MOST_LINES_OF_THE_README: usize = 220;

/// The README, the guide for developers and every page in `docs`.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(ROOT);
    let pages = std::fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let pages = pages.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    ["README.md", "CONTRIBUTING.md"].map(|name| root.join(name)).into_iter().chain(pages).collect()
}

/// The lines that are no code, each with its number counted from 1.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut is_code = false;
    text.lines().enumerate().filter_map(move |(number, line)| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        (!is_code && !is_fence).then_some((number + 1, line))
    })
}

/// What the headings of a page are called in links.
fn headings(text: &str) -> BTreeSet<String> {
    let titles = prose(text).filter(|(_, line)| line.starts_with('#'));
    titles.map(|(_, line)| slug(line.trim_start_matches('#').trim())).collect()
}

fn slug(title: &str) -> String {
    let letters = title.chars().filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
    letters.flat_map(char::to_lowercase).map(|letter| if letter == ' ' { '-' } else { letter }).collect()
}

/// Where a line links to.
fn links(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices("](").filter_map(move |(at, mark)| line[at + mark.len()..].split_once(')').map(|(link, _)| link))
}

/// What is wrong with a link in this page, if anything is.
fn dead(page: &Path, text: &str, link: &str) -> Option<String> {
    if link.contains("://") {
        return None;
    }
    let (file, heading) = link.split_once('#').unwrap_or((link, ""));
    let target = if file.is_empty() { page.to_owned() } else { page.with_file_name(file) };
    if !target.exists() {
        return Some(format!("links to {link}, which is not there"));
    }
    let is_there = || match file {
        "" => headings(text).contains(heading),
        _ => headings(&std::fs::read_to_string(&target).unwrap()).contains(heading),
    };
    (!heading.is_empty() && !is_there()).then(|| format!("links to {link}, and there is no such heading"))
}

#[test]
fn links_lead_somewhere() {
    let (mut found, mut seen) = (Vec::new(), 0);
    for page in documents() {
        let text = std::fs::read_to_string(&page).unwrap();
        for (number, line) in prose(&text) {
            seen += links(line).count();
            let wrong = links(line).filter_map(|link| dead(&page, &text, link));
            found.extend(wrong.map(|wrong| format!("{}:{number} {wrong}", page.display())));
        }
    }
    assert!(seen > 30, "the links were found");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_link_that_leads_nowhere_is_noticed() {
    let (page, text) = (Path::new(ROOT).join("README.md"), "# A title, with marks\n```\n# no title\n```\n");
    assert_eq!(headings(text), BTreeSet::from(["a-title-with-marks".to_owned()]));
    assert_eq!(links("see [a](b.md#c) and ![d](e.png)").collect::<Vec<_>>(), ["b.md#c", "e.png"]);
    for good in ["https://example.org", "LICENSE-MIT", "#a-title-with-marks"] {
        assert_eq!(dead(&page, text, good), None, "{good}");
    }
    for bad in ["docs/none.md", "#no-title", "docs/stopping.md#none"] {
        assert!(dead(&page, text, bad).is_some(), "{bad}");
    }
}

#[test]
fn the_readme_is_short_and_knows_every_cause() {
    let text = std::fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap();
    let lines = text.lines().count();
    assert!(lines <= MOST_LINES_OF_THE_README, "the README has {lines} lines");
    let rows: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |")).map(|row| row.0).collect();
    for cause in Cause::ALL {
        assert_eq!(rows.iter().filter(|row| **row == cause.name()).count(), 1, "rows of {cause}");
    }
}
