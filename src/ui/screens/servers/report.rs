//! What the last test of a server found: who it is, what it can do, its tools, and what it wrote to its error output.

use egui::{CollapsingHeader, Label, RichText, Ui};

use super::{small, weak};
use crate::{
    protocol::{ServerReport, ToolLine},
    ui::{
        catalogue::{said, say},
        theme::{palette, space, text},
        widgets::{Column, Row, card, dense, section, table},
        words,
    },
};

fn columns() -> [Column; 4] {
    [
        Column::words(say!("servers-column-tool"), 2.7),
        Column::words(say!("servers-column-harm"), 2.8),
        Column::words(say!("servers-column-sessions"), 1.3),
        Column::words(say!("servers-column-does"), 4.2),
    ]
}

/// Draws what was found, as far as the test came.
pub fn ui(ui: &mut Ui, report: &ServerReport) {
    if !report.product.is_empty() || !report.protocol.is_empty() {
        card(ui, |ui| {
            ui.set_width(ui.available_width());
            who(ui, report);
        });
        ui.add_space(space::S);
    }
    if !report.tools.is_empty() || !report.skipped.is_empty() {
        card(ui, |ui| {
            ui.set_width(ui.available_width());
            tools(ui, report);
        });
        ui.add_space(space::S);
    }
    if !are_told(report) {
        errors(ui, &say!("servers-last-errors"), &report.errors);
    }
}

/// Whether the problem of the test says already what stands in the error output, or there is nothing in it.
fn are_told(report: &ServerReport) -> bool {
    let details = report.problem.as_ref().map(|problem| problem.details.as_slice()).unwrap_or_default();
    report.errors.iter().all(|line| details.iter().any(|detail| detail.ends_with(line.as_str())))
}

fn who(ui: &mut Ui, report: &ServerReport) {
    section(ui, format!("{} {}", report.product, report.version).trim(), |_| {});
    ui.scope(|ui| {
        dense(ui);
        weak(ui, &say!("servers-protocol", protocol = report.protocol.as_str(), can = words::can_do(report)));
        let [connected, listed, closed] = [report.connect_ms, report.list_ms, report.close_ms].map(words::kept::span);
        weak(ui, &say!("servers-took", connected = connected, listed = listed, closed = closed));
    });
}

fn tools(ui: &mut Ui, report: &ServerReport) {
    let offered = report.tools.iter().filter(|tool| tool.is_offered).count();
    section(ui, &say!("servers-tools-offered", offered = offered, all = report.tools.len()), |_| {});
    if report.tools.iter().any(|tool| !tool.is_annotated) {
        weak(ui, &say!("servers-worst-is-thought"));
    }
    let rows: Vec<Row> = report.tools.iter().map(row).collect();
    table(ui, &columns(), &rows);
    for skipped in &report.skipped {
        small(ui, &say!("servers-left-out", what = said(skipped)), palette(ui).warn);
    }
}

fn row(tool: &ToolLine) -> Row {
    let offered = if tool.is_offered { say!("servers-offered") } else { say!("servers-not-offered") };
    let description = tool.description.replace('\n', " ");
    Row {
        cells: vec![tool.name.clone(), words::said_risk(tool), offered, description],
        sentence: words::tool(tool),
        hover: tool.description.clone(),
    }
}

/// The last lines of an error output, behind a heading.
pub fn errors(ui: &mut Ui, heading: &str, lines: &[String]) {
    CollapsingHeader::new(heading).id_salt("errors").show_background(true).show_unindented(ui, |ui| {
        ui.add(Label::new(RichText::new(lines.join("\n")).font(text::mono()).color(palette(ui).weak)).wrap());
    });
}
