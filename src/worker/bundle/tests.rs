//! What is in a bundle, and what is not.

use super::*;
use crate::{
    protocol::{Check, Finding, Fix, Server, Verdict, Wellness},
    settings::Endpoint,
};

const GOAL: &str = "Bring my grandmother's \"ring\" home";
const PROMPT: &str = "Look out for the neighbour\nand his dog";
const KEY: &str = "sk-proj-Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8";

fn machine() -> Machine {
    Machine {
        system: "A System 1".into(),
        processors: Some(8),
        memory_bytes: Some(16 << 30),
        user: Some("annabel".into()),
        host: Some("annsbox.lan".into()),
    }
}

fn line(number: u64, text: &str) -> LogLine {
    let at = Moment(1_700_000_000_000 + number);
    LogLine { number, at, level: tracing::Level::INFO, target: "singularis::worker".into(), text: text.into() }
}

fn trouble() -> Problem {
    let details = vec!["GET http://tower.lan:1234/v1/models".to_owned(), "tower.lan (192.168.7.9) said: no".to_owned()];
    Problem {
        remedies: vec![Remedy::Action(Fix::CheckAgain), Remedy::advice("Ask ann@mail.example.org")],
        ..Problem::plain("Nothing answers at tower.lan:1234", details, "")
    }
}

fn report() -> HealthReport {
    let finding = Finding {
        check: Check::Port,
        verdict: Verdict::Failed,
        because: None,
        took_ms: 7,
        note: "tower.lan takes no connections at port 1234".into(),
        problem: Some(trouble()),
        at: String::new(),
    };
    HealthReport {
        endpoint: "http://tower.lan:1234".into(),
        verdict: Wellness::Unhealthy,
        cause: None,
        server: Server::default(),
        findings: vec![finding],
        models: Vec::new(),
        roles: Vec::new(),
        took_ms: 9,
        name: Endpoint::FIRST.into(),
        others: Vec::new(),
    }
}

fn facts() -> Facts {
    let mut settings = Settings::default();
    settings.endpoints[0].url = "http://annabel:hunter2-and-more@tower.lan:1234".into();
    settings.network.own_hosts = vec!["192.168.7.9".into(), "127.0.0.1".into()];
    settings.agent.goal = GOAL.into();
    settings.agent.goal_when = "/relic = home".into();
    settings.roles[0].instruction = PROMPT.into();
    settings.roles[1].model = "qwen3-8b@q4_k_m".into();
    Facts {
        settings,
        report: Some(report()),
        log: vec![
            line(1, &format!("the goal is {GOAL:?}, which is {GOAL}")),
            line(2, "read /home/annabel/.lmstudio/settings.json on annsbox for Annabel"),
            line(3, &format!("refused {KEY}, asking [fe80::7]:1234 and 127.0.0.1:1234 instead")),
        ],
        problems: vec![trouble()],
        journal: Some((12, 3_400_000)),
        journal_problem: None,
        user_home: Some("/home/annabel".into()),
        window: Some("1280 by 764, zoom 1".into()),
    }
}

fn found(bundle: &Bundle, what: &str) -> Option<(u64, String)> {
    let redaction = bundle.redactions.iter().find(|redaction| redaction.what == what)?;
    Some((redaction.times, redaction.instead.clone()))
}

#[test]
fn nothing_of_it_is_anybodys_business() {
    let bundle = assemble(&facts(), &machine());
    let shown = format!("{bundle:?}").to_lowercase();
    for hidden in [
        "annabel",
        "annsbox",
        "ann@",
        "grandmother",
        "neighbour",
        "his dog",
        "hunter2",
        "tower",
        "192.168",
        "fe80",
        "ab1cd2",
        "example.org",
    ] {
        assert!(!shown.contains(hidden), "{hidden} is in\n{}", bundle.text);
    }
    let Bundle { text, .. } = &bundle;
    for kept in [
        "A System 1",
        "The verdict is **unhealthy**",
        "Nothing answers at machine-1:1234",
        "GET http://machine-1:1234/v1/models",
        "machine-1 (machine-2) said: no",
        "Ask (an e-mail address)",
        "Check again",
        "12 sessions, 3.4 MB on the disk",
        "goal = \"(a goal of 34 letters)\"",
        "instruction = \"(a prompt of 38 letters)\"",
        "instruction = \"navigation\"",
        "qwen3-8b@q4_k_m",
        "the goal is \"(a goal of 34 letters)\", which is (a goal of 34 letters)",
        "read ~/.lmstudio/settings.json on this-machine for user",
        "asking [machine-3]:1234 and 127.0.0.1:1234 instead",
        "1280 by 764, zoom 1",
        "2023-11-14 22:13:20.001 INFO  singularis::worker: ",
    ] {
        assert!(text.contains(kept), "{kept} is not in\n{text}");
    }
}

#[test]
fn what_was_taken_out_is_listed_by_kind_and_count() {
    let bundle = assemble(&facts(), &machine());
    assert_eq!(found(&bundle, "goals"), Some((3, "(a goal of so many letters)".into())));
    assert_eq!(found(&bundle, "conditions of goals"), Some((1, "(a condition of so many letters)".into())));
    assert_eq!(found(&bundle, "prompts"), Some((1, "(a prompt of so many letters)".into())));
    assert_eq!(found(&bundle, "e-mail addresses"), Some((2, "(an e-mail address)".into())));
    assert_eq!(found(&bundle, "API keys"), Some((1, "(hidden)".into())));
    assert_eq!(found(&bundle, "passwords in addresses"), Some((1, "(hidden)".into())));
    assert_eq!(found(&bundle, "the name of the home folder"), Some((1, "~".into())));
    assert_eq!(found(&bundle, "the name of this machine"), Some((1, "this-machine".into())));
    assert!(found(&bundle, "addresses of other machines").is_some_and(|(times, _)| times > 6));
    for redaction in &bundle.redactions {
        assert!(bundle.text.contains(&format!("- {}: {} time", redaction.what, redaction.times)), "{redaction:?}");
    }
}

#[test]
fn the_same_facts_give_the_same_text() {
    assert_eq!(assemble(&facts(), &machine()), assemble(&facts(), &machine()));
    assert_eq!(prepare(&facts()), prepare(&facts()));
}

#[test]
fn only_the_end_of_the_log_is_in_it() {
    let log = (1..=400).map(|number| line(number, &format!("line {number}."))).collect();
    let bundle = assemble(&Facts { log, ..Facts::default() }, &machine());
    assert!(bundle.text.contains("The last 300 lines"));
    assert!(bundle.text.contains("line 101.") && bundle.text.contains("line 400."));
    assert!(!bundle.text.contains("line 100."));
}

#[test]
fn without_any_facts_it_is_still_a_text() {
    let facts = Facts { settings: Settings { endpoints: Vec::new(), ..Settings::default() }, ..Facts::default() };
    let bundle = assemble(&facts, &Machine::default());
    for said in [
        "No health check has been completed",
        "Nothing went wrong",
        "It is not known what the journal has",
        "There are no lines",
        "Processors: not known",
    ] {
        assert!(bundle.text.contains(said), "{said} is not in\n{}", bundle.text);
    }
    assert_eq!(bundle.file_name, "singularis-diagnostics.md");
    // The goal that comes with the program is one too.
    assert_eq!(bundle.redactions.len(), 1, "{:?}", bundle.redactions);
}

#[test]
fn nobodys_words_end_the_block_they_stand_in() {
    let text = fenced("text", "a ```` b\n```\n# not a heading");
    assert!(text.starts_with("`````text\n") && text.ends_with("\n`````\n"), "{text}");
    let log = vec![line(1, "first\nsecond \u{1b}[31mred\r")];
    let bundle = assemble(&Facts { log, ..Facts::default() }, &machine());
    assert!(bundle.text.contains("first\n    second \u{fffd}[31mred"), "{}", bundle.text);
    assert!(!bundle.text.contains('\u{1b}'));
}

#[test]
fn a_journal_that_cannot_be_used_says_why() {
    let journal_problem =
        Some(Problem::plain("The journal cannot be opened", vec!["locked".into()], "Close the other"));
    let bundle = assemble(&Facts { journal_problem, journal: Some((1, 0)), ..Facts::default() }, &machine());
    assert!(bundle.text.contains("1 session, 0.0 MB"));
    assert!(bundle.text.contains("The journal cannot be opened\n  locked\n  → Close the other"));
}

#[test]
fn a_user_with_an_ordinary_name_is_hidden_in_paths_only() {
    let machine = Machine { user: Some("demo".into()), host: Some("server".into()), ..machine() };
    let log = vec![line(1, "the demo of /srv/demo/x on server")];
    let bundle = assemble(&Facts { log, ..Facts::default() }, &machine);
    assert!(bundle.text.contains("the demo of /srv/user/x on server"), "{}", bundle.text);
    assert!(bundle.text.contains("demo = false"));
}

/// Two lines of a thousand letters each, in words that stand nowhere else.
fn long_prompt(between: &str) -> String {
    let line = |name: &str| (0..84).map(|number| format!("{name}{number:04}")).collect::<Vec<_>>().join(" ");
    [line("orchard"), line("lantern")].join(between)
}

#[test]
fn a_long_prompt_that_is_quoted_in_part_or_in_one_line_does_not_get_out() {
    for between in ["\n", "\r\n", "\n\n\t"] {
        let prompt = long_prompt(between);
        assert!(prompt.len() >= 2000);
        let mut settings = Settings::default();
        settings.roles[0].instruction.clone_from(&prompt);
        let cut = &prompt[..600];
        let tail = &prompt[prompt.len() - 700..];
        let in_one_line = prompt.replace(['\n', '\r', '\t'], " ");
        let details =
            vec![format!("HTTP 400: cannot parse: {cut}\u{2026}"), format!("{{\"echo\": {prompt:?}}}"), prompt.clone()];
        let facts = Facts {
            settings,
            problems: vec![Problem::plain("The server refused the question", details, "")],
            log: vec![
                line(1, &format!("the server said: {in_one_line}. That was all")),
                line(2, &format!("the server said: {cut}\u{2026}")),
                line(3, &format!("the server said: \u{2026}{tail}")),
                line(4, &format!("sent {}", serde_json::to_string(&prompt[..900]).unwrap())),
            ],
            ..Facts::default()
        };
        let bundle = assemble(&facts, &machine());
        for word in ["orchard", "lantern"] {
            assert!(!bundle.text.contains(word), "{word} is in\n{}", bundle.text);
        }
        for kept in
            ["cannot parse: (a prompt of ", "letters) \u{2026}", "). That was all", "The server refused the question"]
        {
            assert!(bundle.text.contains(kept), "{kept} is not in\n{}", bundle.text);
        }
        assert!(found(&bundle, "prompts").is_some_and(|(times, _)| times >= 7), "{:?}", bundle.redactions);
    }
}

#[test]
fn a_short_line_of_a_prompt_is_hidden_and_a_word_of_it_is_not() {
    let mut settings = Settings::default();
    settings.roles[0].instruction = "Answer\nThe safe is behind Vermeer\nBe brief".into();
    let log = vec![line(1, "Answer in time: the safe is behind vermeer, said the model")];
    let bundle = assemble(&Facts { settings, log, ..Facts::default() }, &machine());
    assert!(bundle.text.contains("Answer in time: (a prompt of 42 letters), said the model"), "{}", bundle.text);
}

#[test]
fn what_only_comes_together_in_the_whole_text_is_in_the_list_too() {
    let bundle = assemble(&facts(), &machine());
    let again = crate::settings::redaction::redact(&bundle.text);
    assert_eq!(again, bundle.text, "nothing is left to be hidden that would not be counted");
}
