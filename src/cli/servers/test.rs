//! One server is started, asked for its tools, and ended again.

use std::{io, process::ExitCode};

use super::{Said, tell};
use crate::{
    cli::{
        sessions::{aligned, shortened},
        terminal::{Heard, Terminal, block_on},
    },
    protocol::{Command, Event, Problem, Risk, ServerReport},
    settings::{ServerSettings, Settings},
};

/// As much of a description as a line has room for.
const DESCRIPTION: usize = 60;

pub fn carry_out(server: ServerSettings, settings: Settings, is_json: bool) -> io::Result<ExitCode> {
    let said = match block_on(tested(server, settings))?? {
        Ok(report) => {
            let (text, object) = (text(&report), serde_json::to_value(&report)?);
            Ok(Said { text, object, problem: report.problem })
        }
        Err(problem) => Err(problem),
    };
    tell(said, is_json)
}

async fn tested(server: ServerSettings, settings: Settings) -> io::Result<Result<ServerReport, Problem>> {
    let mut terminal = Terminal::open(settings)?;
    terminal.send(Command::TestServer { server: Box::new(server) });
    let report = loop {
        match terminal.next().await {
            Heard::Event(Event::ServerTested(report)) => break Ok(*report),
            Heard::Event(Event::Refused(problem)) => break Err(*problem),
            Heard::Event(_) | Heard::Line(_) => {}
            Heard::Interrupt | Heard::Gone => {
                break Err(Problem::plain("The test was interrupted", Vec::new(), "Test it again"));
            }
        }
    };
    terminal.close().await;
    Ok(report)
}

fn text(report: &ServerReport) -> String {
    let mut lines = Vec::new();
    if !report.product.is_empty() {
        let (name, product, version, protocol) = (&report.name, &report.product, &report.version, &report.protocol);
        lines.push(format!("{name} is {product} {version} and speaks protocol {protocol}"));
        lines.push(format!(
            "It answered after {} ms, listed {} tools in {} ms and ended in {} ms",
            report.connect_ms,
            report.tools.len(),
            report.list_ms,
            report.close_ms
        ));
    }
    if !report.capabilities.is_empty() {
        lines.push(format!("Beside tools it has: {}", report.capabilities.join(", ")));
    }
    if !report.tools.is_empty() {
        let mut rows = vec![["tool", "what it can do", "offered", "description"].map(str::to_owned)];
        rows.extend(report.tools.iter().map(|tool| {
            let risk = if tool.is_annotated { risk(tool.risk).to_owned() } else { format!("{}?", risk(tool.risk)) };
            let offered = if tool.is_offered { "yes" } else { "no" }.to_owned();
            [tool.name.clone(), risk, offered, shortened(&tool.description, DESCRIPTION)]
        }));
        lines.push(aligned(&rows));
    }
    lines.extend(report.skipped.iter().map(|skipped| format!("! {skipped}")));
    if report.problem.is_some() {
        lines.extend(report.errors.iter().map(|line| format!("  it wrote: {line}")));
        lines.push(format!("{} cannot be used:", report.name));
    }
    lines.join("\n")
}

/// A question mark follows where the server itself says nothing.
fn risk(risk: Risk) -> &'static str {
    match risk {
        Risk::ReadOnly => "only looks",
        Risk::Safe => "changes things",
        Risk::Destructive => "can lose something",
        Risk::OpenWorld => "reaches beyond",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::ToolLine;

    #[test]
    fn a_report_tells_what_it_is_and_what_it_can_do() {
        let tool = |name: &str, is_annotated| ToolLine {
            name: name.into(),
            description: "Does\nsomething".into(),
            risk: Risk::Destructive,
            is_annotated,
            is_offered: is_annotated,
        };
        let report = ServerReport {
            name: "a".into(),
            product: "server-a".into(),
            version: "1.2".into(),
            protocol: "2025-11-25".into(),
            tools: vec![tool("write", true), tool("erase", false)],
            connect_ms: 400,
            ..ServerReport::default()
        };
        let told = text(&report);
        assert!(told.starts_with("a is server-a 1.2 and speaks protocol 2025-11-25\n"), "{told}");
        assert!(told.contains("after 400 ms, listed 2 tools"), "{told}");
        assert!(told.contains("write  can lose something   yes      Does something"), "{told}");
        assert!(told.contains("erase  can lose something?  no"), "{told}");
        let broken = ServerReport {
            name: "b".into(),
            errors: vec!["no such module".into()],
            problem: Some(Problem::plain("It ended", Vec::new(), "Look")),
            ..ServerReport::default()
        };
        assert_eq!(text(&broken), "  it wrote: no such module\nb cannot be used:");
    }
}
