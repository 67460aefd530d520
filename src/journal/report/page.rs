//! The report as one page that needs nothing else: no script, no font, no picture from elsewhere. Its policy forbids
//! them too, so that no text in it can ever load anything.

use super::{
    Report,
    contents::{Fact, Tone},
    layout::{Block, Column, Section, Table},
    plot, sections,
    text::{html, short},
};
use crate::protocol::Plot;

/// Nothing is loaded and nothing is run.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
const STYLE: &str = include_str!("page.css");
/// Letters of the goal in the headline and of a title.
const HEADLINE: usize = 200;

/// The whole page.
pub fn document(report: &Report<'_>) -> String {
    let sections = sections::of(report);
    let session = html(&short(report.session, HEADLINE));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>Session {session}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n\
         <p class=\"kind\">Session report</p>\n<h1>{}</h1>\n<p class=\"session\">{session}</p>\n",
        html(&short(headline(report), HEADLINE))
    );
    contents(&mut out, &sections);
    out.push_str("</header>\n<main>\n");
    let mut drawn = 0;
    for section in &sections {
        write(&mut out, section, &mut drawn);
    }
    let version = env!("CARGO_PKG_VERSION");
    out.push_str(&format!("</main>\n<footer><p>Written by Singularis {version}</p></footer>\n</body>\n</html>\n"));
    out
}

fn headline<'a>(report: &Report<'a>) -> &'a str {
    if report.goal.trim().is_empty() { "A session without a goal" } else { report.goal }
}

fn contents(out: &mut String, sections: &[Section<'_>]) {
    out.push_str("<nav aria-label=\"Contents\">\n<ul>\n");
    for section in sections {
        out.push_str(&format!("<li><a href=\"#{}\">{}</a></li>\n", section.id, html(section.title)));
    }
    out.push_str("</ul>\n</nav>\n");
}

fn write(out: &mut String, section: &Section<'_>, drawn: &mut usize) {
    let Section { id, title, blocks } = section;
    out.push_str(&format!(
        "<section id=\"{id}\" aria-labelledby=\"{id}-h\">\n<h2 id=\"{id}-h\">{}</h2>\n",
        html(title)
    ));
    for block in blocks {
        match block {
            Block::Words(words) => out.push_str(&format!("<p>{}</p>\n", html(words))),
            Block::Note { tone, words, details } => note(out, *tone, words, details),
            Block::Heading(words) => out.push_str(&format!("<h3>{}</h3>\n", html(words))),
            Block::Tiles(facts) => pairs(out, "tiles", facts),
            Block::Facts(facts) => pairs(out, "facts", facts),
            Block::List(lines) => list(out, lines),
            Block::Quote { words, by } => quote(out, words, by),
            Block::Table(shown) => table(out, shown),
            Block::Plots { plots, span_ms } => draw(out, plots, *span_ms, drawn),
        }
    }
    out.push_str("</section>\n");
}

fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Good => "good",
        Tone::Warn => "warn",
        Tone::Bad => "bad",
    }
}

fn note(out: &mut String, tone: Tone, words: &str, details: &[String]) {
    out.push_str(&format!("<div class=\"note {}\">\n<p>{}</p>\n", class(tone), html(words)));
    if !details.is_empty() {
        list(out, details);
    }
    out.push_str("</div>\n");
}

fn list(out: &mut String, lines: &[String]) {
    out.push_str("<ul>\n");
    for line in lines {
        out.push_str(&format!("<li>{}</li>\n", html(line)));
    }
    out.push_str("</ul>\n");
}

fn pairs(out: &mut String, class: &str, facts: &[Fact]) {
    out.push_str(&format!("<dl class=\"{class}\">\n"));
    for fact in facts {
        out.push_str(&format!("<div><dt>{}</dt><dd>{}</dd></div>\n", html(fact.name), html(&fact.value)));
    }
    out.push_str("</dl>\n");
}

fn quote(out: &mut String, words: &str, by: &str) {
    let (words, by) = (html(words), html(by));
    out.push_str(&format!("<figure class=\"quote\">\n<blockquote><p>{words}</p></blockquote>\n"));
    out.push_str(&format!("<figcaption>{by}</figcaption>\n</figure>\n"));
}

/// A wide table is scrolled by itself, with the keyboard too, and the page stays as wide as it is.
fn table(out: &mut String, table: &Table) {
    let caption = html(table.caption);
    out.push_str(&format!("<div class=\"scroll\" role=\"region\" aria-label=\"{caption}\" tabindex=\"0\">\n<table>\n"));
    out.push_str(&format!("<caption>{caption}</caption>\n<thead><tr>"));
    for column in table.columns {
        out.push_str(&format!("<th scope=\"col\"{}>{}</th>", numeric(*column), html(column.title())));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        out.push_str(&format!("<tr class=\"{}\">", class(row.tone)));
        for (column, cell) in table.columns.iter().zip(&row.cells) {
            out.push_str(&format!("<td{}>{}</td>", numeric(*column), html(cell)));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
}

fn numeric(column: Column) -> &'static str {
    match column {
        Column::Text(_) => "",
        Column::Number(_) => " class=\"number\"",
    }
}

fn draw(out: &mut String, plots: &[Plot], span_ms: u64, drawn: &mut usize) {
    out.push_str("<div class=\"plots\">\n");
    for shown in plots {
        *drawn += 1;
        out.push_str(&plot::figure(shown, span_ms, *drawn));
    }
    out.push_str("</div>\n<p class=\"hint\">All of them share one axis of time, which begins with the session</p>\n");
}
