//! Tool servers as words: how they are reached, what a test found, what their tools can do, what came of a call.

use super::duration;
use crate::{
    protocol::{EffectStatus, Risk, ServerReport, ToolLine},
    settings::{Place, ServerSettings, Settings},
    ui::{
        catalogue::{said, say},
        state::{
            environment::{DESKTOP, WORLD},
            servers::joined,
        },
    },
};

/// The command line of a program, or an address.
pub fn reached(place: &Place) -> String {
    match place {
        Place::Program { command, arguments, .. } => {
            joined(std::iter::once(command).chain(arguments).map(String::as_str))
        }
        Place::Address { url, .. } => url.clone(),
    }
}

/// How a server stands: `15 tools, answered in 0.4 s`, `Not tested yet`, or what went wrong.
pub fn state_of(report: Option<&ServerReport>, is_testing: bool) -> String {
    match report {
        _ if is_testing => say!("servers-being-tested"),
        None => say!("servers-not-tested"),
        Some(ServerReport { problem: Some(problem), .. }) => said(&problem.summary).into_owned(),
        Some(report) => {
            let took = duration(report.connect_ms.saturating_add(report.list_ms));
            say!("servers-answered", tools = report.tools.len(), took = took)
        }
    }
}

/// What a server can do beside tools.
pub fn can_do(report: &ServerReport) -> String {
    if report.capabilities.is_empty() { say!("servers-nothing") } else { report.capabilities.join(", ") }
}

/// How much harm a tool can do, in two or three words.
pub fn tool_risk(risk: Risk) -> String {
    match risk {
        Risk::ReadOnly => say!("servers-risk-looks"),
        Risk::Safe => say!("servers-risk-changes"),
        Risk::Destructive => say!("servers-risk-loses"),
        Risk::OpenWorld => say!("servers-risk-beyond"),
    }
}

/// The same, and whether the server itself says so.
pub fn said_risk(line: &ToolLine) -> String {
    let risk = tool_risk(line.risk);
    if line.is_annotated { risk } else { say!("servers-risk-unsaid", risk = risk) }
}

/// One tool in a sentence.
pub fn tool(line: &ToolLine) -> String {
    let (name, risk) = (line.name.as_str(), tool_risk(line.risk));
    let tool = match (line.is_annotated, line.is_offered) {
        (true, true) => say!("servers-tool-offered", name = name, risk = risk),
        (true, false) => say!("servers-tool-kept-back", name = name, risk = risk),
        (false, true) => say!("servers-tool-offered-unsaid", name = name, risk = risk),
        (false, false) => say!("servers-tool-kept-back-unsaid", name = name, risk = risk),
    };
    match first_line(line.description.trim()) {
        "" => tool,
        about => say!("servers-tool-about", tool = tool, about = about),
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// What came of a call; without a status it is under way.
pub fn call_status(status: Option<EffectStatus>) -> String {
    match status {
        None => say!("servers-call-under-way"),
        Some(EffectStatus::Done) => say!("servers-call-done"),
        Some(EffectStatus::Rejected) => say!("servers-call-rejected"),
        Some(EffectStatus::Failed) => say!("servers-call-failed"),
        Some(EffectStatus::Uncertain) => say!("servers-call-uncertain"),
    }
}

/// What is seen now, without what the last call gave: that stands with the call.
pub fn seen_now(text: &str) -> &str {
    let now = text.split_once("\n\nNow:\n").map(|(_, now)| now);
    now.or_else(|| text.strip_prefix("Now:\n")).unwrap_or(text)
}

/// The beginning of a text, so many letters and lines of it at most, and what is left out of it, in words.
pub fn rest_of(text: &str, letters: usize, lines: usize) -> (&str, Option<String>) {
    let text = text.trim_end();
    let by_letters = text.char_indices().nth(letters).map(|(end, _)| end);
    let by_lines = text.match_indices('\n').nth(lines.saturating_sub(1)).map(|(end, _)| end);
    let Some(end) = by_letters.into_iter().chain(by_lines).min() else { return (text, None) };
    (&text[..end], Some(say!("servers-letters-more", letters = text[end..].chars().count())))
}

/// Where a session acts, for a list to choose from.
pub fn environment(environment: &str) -> String {
    match environment {
        WORLD => say!("servers-the-world"),
        DESKTOP => say!("servers-the-desktop"),
        other => say!("servers-tools-of", name = name_of_environment(other)),
    }
}

/// The name of the server behind `tools:NAME`.
pub fn name_of_environment(environment: &str) -> &str {
    environment.strip_prefix(ServerSettings::PREFIX).unwrap_or(environment)
}

/// A condition that could be met there, as an example.
pub fn example_of_condition(environment: &str) -> &'static str {
    match environment {
        WORLD => "/relic = home",
        DESKTOP => "/changed_share >= 0.5",
        _ => "/score >= 10",
    }
}

/// What happens when Start is pressed.
pub fn sets_out(settings: &Settings) -> String {
    match settings.agent.environment.as_str() {
        WORLD => say!("servers-start-in-the-world"),
        DESKTOP if settings.desktop.live => say!("servers-start-live"),
        DESKTOP => say!("servers-start-dry"),
        tools => say!("servers-start-with-tools", name = name_of_environment(tools)),
    }
}

/// How a tool server goes on in a session: `answers · 15 tools · score 3`.
pub fn went_on(state: &str, tools: usize, score: Option<f64>) -> String {
    let mut parts = vec![state.to_owned(), say!("servers-tools", tools = tools)];
    parts.extend(score.map(|score| say!("servers-score", score = super::kept::figure(score))));
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Problem;

    #[test]
    fn how_a_server_stands_is_one_line() {
        let line = ToolLine {
            name: "buy".into(),
            description: "Buys.\nFor good.".into(),
            risk: Risk::Destructive,
            is_annotated: false,
            is_offered: true,
        };
        let report =
            ServerReport { tools: vec![line.clone()], connect_ms: 300, list_ms: 120, ..ServerReport::default() };
        assert_eq!(state_of(None, false), "Not tested yet");
        assert_eq!(state_of(Some(&report), true), "Being tested");
        assert_eq!(state_of(Some(&report), false), "1 tool, answered in 0.4\u{a0}s");
        let broken = ServerReport { problem: Some(Problem::plain("It ended", vec![], "x")), ..report };
        assert_eq!(state_of(Some(&broken), false), "It ended");
        assert_eq!(said_risk(&line), "can lose something (not said)");
        let sentence = "buy, can lose something, as the server does not say what it can do, offered to sessions: Buys.";
        assert_eq!(tool(&line), sentence);
    }

    #[test]
    fn a_long_text_is_cut_between_letters_and_says_so() {
        assert_eq!(rest_of("äöü\n", 3, 1), ("äöü", None));
        let (start, rest) = rest_of("äöü", 2, 9);
        assert_eq!((start, rest.as_deref()), ("äö", Some("and 1 letter more; all of it is kept with the session")));
        let (start, rest) = rest_of("one\ntwo\nthree", 99, 2);
        assert_eq!((start, rest.is_some()), ("one\ntwo", true));
    }

    #[test]
    fn what_the_last_call_gave_is_not_told_twice() {
        assert_eq!(seen_now("The last call was go. It gave:\nyes\n\nNow:\nA farm."), "A farm.");
        assert_eq!(seen_now("Now:\nA farm."), "A farm.");
        assert_eq!(seen_now("The last call was go. It gave:\nyes"), "The last call was go. It gave:\nyes");
    }

    #[test]
    fn what_start_does_follows_the_environment() {
        let mut settings = Settings::default();
        assert_eq!(sets_out(&settings), "Press Start: the agent sets out in the built-in world");
        settings.agent.environment = "tools:shop".into();
        assert_eq!(sets_out(&settings), "Press Start: the agent works with the tools of shop");
        settings.agent.environment = DESKTOP.into();
        assert!(sets_out(&settings).ends_with("shows what it would do"));
        settings.desktop.live = true;
        assert!(sets_out(&settings).contains("keys and mouse"));
        assert_eq!(environment("tools:shop"), "Tools of shop");
        assert_eq!(went_on("answers", 15, Some(3.0)), "answers · 15 tools · score 3");
        assert_eq!(went_on("", 1, None), "1 tool");
    }
}
