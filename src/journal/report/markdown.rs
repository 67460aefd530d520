//! The report as Markdown, as it is read on GitHub and elsewhere.

use super::{
    Report,
    contents::{Fact, Tone},
    layout::{Block, Column, Section, Table},
    scale, sections,
    text::{markdown, markdown_lines},
    words,
};
use crate::protocol::Plot;

/// The whole document.
pub fn document(report: &Report<'_>) -> String {
    let mut out = format!("# Session {}\n\n", markdown(report.session));
    for section in sections::of(report) {
        write(&mut out, &section);
    }
    out.push_str(&format!("Written by Singularis {}\n", env!("CARGO_PKG_VERSION")));
    out
}

fn write(out: &mut String, section: &Section<'_>) {
    out.push_str(&format!("## {}\n\n", section.title));
    for block in &section.blocks {
        match block {
            Block::Words(words) => out.push_str(&format!("{}\n", markdown(words))),
            Block::Note { tone, words, details } => note(out, *tone, words, details),
            Block::Heading(words) => out.push_str(&format!("### {}\n", markdown(words))),
            Block::Tiles(facts) => tiles(out, facts),
            Block::Facts(facts) => list_of_facts(out, facts),
            Block::List(lines) => lines.iter().for_each(|line| out.push_str(&format!("- {}\n", markdown(line)))),
            Block::Quote { words, by } => quote(out, words, by),
            Block::Table(shown) => table(out, shown),
            Block::Plots { plots, .. } => courses(out, plots),
        }
        out.push('\n');
    }
}

fn note(out: &mut String, tone: Tone, words: &str, details: &[String]) {
    let mark = match tone {
        Tone::Plain => "",
        Tone::Good => "✓ ",
        Tone::Warn => "! ",
        Tone::Bad => "✗ ",
    };
    out.push_str(&format!("> {mark}**{}**\n", markdown(words)));
    for detail in details {
        out.push_str(&format!("> - {}\n", markdown(detail)));
    }
}

fn tiles(out: &mut String, facts: &[Fact]) {
    let tiles: Vec<String> = facts.iter().map(|fact| format!("**{}** {}", fact.name, markdown(&fact.value))).collect();
    out.push_str(&format!("{}\n", tiles.join(" · ")));
}

fn list_of_facts(out: &mut String, facts: &[Fact]) {
    for fact in facts {
        out.push_str(&format!("- **{}**: {}\n", fact.name, markdown(&fact.value)));
    }
}

fn quote(out: &mut String, words: &str, by: &str) {
    for line in markdown_lines(words) {
        out.push_str(format!("> {line}").trim_end());
        out.push('\n');
    }
    out.push_str(&format!(">\n> — {}\n", markdown(by)));
}

fn table(out: &mut String, table: &Table) {
    let titles: Vec<&str> = table.columns.iter().map(|column| column.title()).collect();
    let rules = table.columns.iter().map(|column| match column {
        Column::Text(_) => "---",
        Column::Number(_) => "---:",
    });
    let rules: Vec<&str> = rules.collect();
    out.push_str(&format!("| {} |\n| {} |\n", titles.join(" | "), rules.join(" | ")));
    for row in &table.rows {
        let cells: Vec<String> = row.cells.iter().map(|cell| markdown(cell)).collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
}

/// Markdown has no plots, so each course is told in figures.
fn courses(out: &mut String, plots: &[Plot]) {
    out.push_str(
        "| Course | Line | Unit | Values | Least | Most | Last |\n| --- | --- | --- | ---: | ---: | ---: | ---: |\n",
    );
    for plot in plots {
        for line in &plot.lines {
            let [least, most, last] = scale::bounds(line).map(words::known_figure);
            let count = words::number(sections::length(line.points.len()));
            let names = [&plot.title, &line.name, &plot.unit].map(|name| markdown(name));
            out.push_str(&format!("| {} | {count} | {least} | {most} | {last} |\n", names.join(" | ")));
        }
    }
}
