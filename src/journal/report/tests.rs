//! Every format over every kind of session: what must be said is said, and nothing that stands in a session gets out of
//! its place.

use serde_json::Value;

use super::{file_name, render};
use crate::{
    journal::figures::samples::{self, HOSTILE},
    protocol::{ActionCall, ReportFormat, SessionFile, SessionState, What},
};

mod shape;

fn samples() -> Vec<(&'static str, SessionFile)> {
    let mut cut_short = samples::ordinary();
    cut_short.report = None;
    cut_short.line.state = SessionState::Running;
    let damaged = SessionFile { records: samples::ordinary().records, ..SessionFile::default() };
    vec![
        ("nothing at all", SessionFile::default()),
        ("empty", samples::empty("s-empty")),
        ("ordinary", samples::ordinary()),
        ("interrupted", samples::interrupted()),
        ("failed at once", samples::failed_at_once()),
        ("running", cut_short),
        ("damaged", damaged),
        ("odd figures", odd()),
        ("hostile", samples::hostile()),
        ("long", samples::long(3000)),
    ]
}

/// Figures that no honest session has.
fn odd() -> SessionFile {
    let mut file = samples::empty("s-odd");
    for (number, score) in [(1, f64::MAX), (2, f64::MIN), (3, f64::NAN), (4, f64::INFINITY), (5, 1e-300)] {
        samples::add(
            &mut file,
            u64::MAX - number,
            What::Stepped(Box::new(samples::stepped(number, number, "go", u64::MAX, score))),
        );
    }
    samples::ask(&mut file, samples::answered(1, 1, "expert.1", [u64::MAX, 0, u64::MAX, 0], f64::NAN));
    samples::add(&mut file, 9, What::Judged(Box::new(samples::judgement(1, f64::NAN))));
    file
}

fn html(file: &SessionFile) -> String {
    render(file, ReportFormat::Html).unwrap()
}

fn markdown(file: &SessionFile) -> String {
    render(file, ReportFormat::Markdown).unwrap()
}

fn json(file: &SessionFile) -> Value {
    serde_json::from_str(&render(file, ReportFormat::Json).unwrap()).unwrap()
}

#[test]
fn the_page_is_well_formed_and_loads_nothing() {
    for (which, file) in samples() {
        let page = html(&file);
        assert_eq!(shape::faults(&page), Vec::<String>::new(), "{which}");
        assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:;"), "{which}");
        for forbidden in ["<script", "<img", "<link", "<iframe", "<object", "src=", "url(", "@import", "xlink"] {
            let found = page.replace("&lt;img src=", "").replace("&lt;script", "").contains(forbidden);
            assert!(!found, "{which} has {forbidden}");
        }
        assert!(page.match_indices("href=\"").all(|(at, found)| page[at + found.len()..].starts_with('#')), "{which}");
    }
}

#[test]
fn what_is_drawn_has_a_place() {
    for (which, file) in samples() {
        let drawn = shape::coordinates(&html(&file));
        assert!(drawn.iter().all(|at| at.is_finite() && (-10.0..=470.0).contains(at)), "{which}: {drawn:?}");
    }
    let page = html(&samples::ordinary());
    assert_eq!(page.matches("<figure class=\"plot\">").count(), 6);
    assert!(page.contains("<title id=\"plot1t\">Score (points)</title>"));
    let said = "<desc id=\"plot1d\">score: 5 values from 0 to 20, 20 at the end</desc>";
    assert!(page.contains(said), "a plot is also said in words");
    assert!(shape::coordinates(&page).len() > 100);
}

#[test]
fn the_shape_of_a_page_is_really_looked_at() {
    for broken in
        ["<p>a", "<p>a</b>", "<p onload=\"x\">a</p>", "<p>a > b</p>", "<p class=x>a</p>", "<p class=\"x>a</p>", "a < b"]
    {
        assert!(!shape::faults(broken).is_empty(), "{broken}");
    }
    assert_eq!(shape::faults("<!DOCTYPE html><p class=\"x\">a<br>&lt;</p><style>a > b</style>"), Vec::<String>::new());
    assert!(shape::coordinates("<line x1=\"NaN\"/>")[0].is_nan());
}

#[test]
fn hostile_texts_stay_texts_in_markdown() {
    let text = markdown(&samples::hostile());
    assert!(
        text.contains("&lt;script&gt;alert(1)&lt;/script&gt; \\| a \\| b \\| \\# big 1. one"),
        "it is there as a text"
    );
    for forbidden in ["<script", "<img", "](", "![", "@somebody", "#12", "http://evil", "www.evil", "</style>"] {
        assert!(!text.contains(forbidden), "{forbidden}");
    }
    assert!(!text.chars().any(|letter| letter.is_control() && letter != '\n'));
    assert!(!text.contains('\u{202e}'));
    for line in text.lines().filter(|line| line.starts_with('#')) {
        assert!(line.starts_with("# Session ") || line.starts_with("## ") || line.starts_with("### "), "{line}");
    }
}

#[test]
fn tables_in_markdown_have_as_many_cells_in_every_row() {
    for (which, file) in samples() {
        let text = markdown(&file);
        let mut expected = None;
        for line in text.lines() {
            if !line.starts_with('|') {
                expected = None;
                continue;
            }
            let cells = line.replace("\\|", "").matches('|').count();
            assert_eq!(*expected.get_or_insert(cells), cells, "{which}: {line}");
        }
    }
}

#[test]
fn json_has_everything_with_its_records() {
    for (which, file) in samples() {
        let value = json(&file);
        assert_eq!(value["format"], 1, "{which}");
        assert_eq!(value["records"].as_array().unwrap().len(), file.records.len(), "{which}");
    }
    let value = json(&samples::ordinary());
    assert_eq!(value["session"], "s-ordinary");
    assert_eq!(value["outcome"], "goal_reached");
    assert_eq!(value["figures"]["worth_reading"][1]["question"], 3);
    assert_eq!(value["readings"][0]["judgement"]["cost"], 3.1);
    assert_eq!(value["records"][0]["what"], "observed");
    assert_eq!(value["certificate"]["items"][1]["outcome"], "not_verifiable");
    let raw = render(&samples::hostile(), ReportFormat::Json).unwrap();
    assert!(!raw.chars().any(|letter| u32::from(letter) < 0x20 && letter != '\n'), "signs are written as escapes");
    assert_eq!(json(&samples::hostile())["goal"], HOSTILE);
}

#[test]
fn an_ordinary_session_is_told_from_goal_to_certificate() {
    let file = samples::ordinary();
    let (page, text) = (html(&file), markdown(&file));
    for said in [
        "Bring the relic home",
        "The goal was reached",
        "Local experts",
        "the dearest decision: 3.1 points",
        "You stand in a town.",
        "go is best",
        "a person said no: keep it",
        "The agent waits in town.",
        "No first token came within 30 s",
        "threat changed nothing in 4 decisions",
        "127.0.0.1:1234",
        "2.5 kB were sent to other machines",
        "api.example.com",
        "$0.12",
        "Paused on request",
        "Be careful",
        "not allowed: keep it",
        "Everything here ended; what is marked could not be verified",
        "stopped cleanly at cycle 4",
        "not verifiable",
    ] {
        assert!(page.contains(said), "the page: {said}");
        assert!(text.contains(said), "Markdown: {said}");
    }
}

#[test]
fn a_session_that_was_cut_off_says_so_and_what_was_under_way() {
    let file = samples::interrupted();
    for said in [
        "This session was interrupted: the program ended before the session did",
        "expert.2 had asked small at",
        "The action go had begun; what came of it is not known",
        "A person had been asked whether it may sell; nobody had answered",
        "child process: MCP server files",
        "There is no certificate",
    ] {
        assert!(html(&file).contains(said), "the page: {said}");
        assert!(markdown(&file).contains(said), "Markdown: {said}");
    }
    let value = json(&file);
    assert_eq!(value["state"], "interrupted");
    assert_eq!(value["in_flight"].as_array().unwrap().len(), 3);
    assert_eq!(value["certificate"], Value::Null);
    assert_eq!(value["egress"], Value::Null, "nobody knows is not the same as nothing");
    assert_eq!(value["spending"]["calls"], 2, "counted from the calls");
}

#[test]
fn a_session_that_failed_at_once_says_why() {
    let file = samples::failed_at_once();
    for said in ["The session failed", "LM Studio does not answer", "What helps: Start it", "No model was asked"] {
        assert!(html(&file).contains(said), "the page: {said}");
        assert!(markdown(&file).contains(said), "Markdown: {said}");
    }
    assert_eq!(json(&file)["problem"]["cause"], "server_not_running");
}

#[test]
fn a_long_session_is_a_small_page() {
    let file = samples::long(5000);
    let page = html(&file);
    assert!(page.len() < 600_000, "{} bytes", page.len());
    assert!(page.contains("4,900 lines between are left out here"));
    assert!(page.contains("<td class=\"number\">5,000</td>"), "the last step is there");
    assert!(markdown(&file).len() < 200_000);
    assert_eq!(json(&file)["records"].as_array().unwrap().len(), file.records.len());
}

#[test]
fn keys_are_in_no_format_whole_or_cut() {
    let keys = ["sk-proj-abcd_efgh_ijkl0123456789ABCDEFGH", "AIzaSyA-0123456789_abcdefghijklmnopqrstu"];
    let mut file = samples::ordinary();
    let text = format!("{} {} {}", keys[0], keys[1], "x".repeat(220));
    file.summary = Some(text.clone());
    let mut typed = samples::stepped(6, 6, "type", 10, 1.0);
    typed.action = ActionCall::with("type", "password", "open-sesame-77");
    samples::add(&mut file, 6800, What::Stepped(Box::new(typed)));
    file.line.goal.clone_from(&text);
    if let Some(started) = &mut file.started {
        started.goal.clone_from(&text);
    }
    // The cell of a table ends within the key.
    let cut = format!("{} {}", "x".repeat(285), keys[0]);
    samples::add(&mut file, 6700, samples::refused(samples::stepped(5, 5, keys[1], 10, 1.0), &cut));
    for format in ReportFormat::ALL {
        let report = render(&file, format).unwrap();
        for part in ["sk-proj-abcd", "sk\\-proj", "abcd\\_efgh", "AIzaSy", "abcd_efgh", "sesame"] {
            assert!(!report.contains(part), "{format:?} has {part}");
        }
    }
}

#[test]
fn the_file_has_a_name_that_every_system_takes() {
    let named = |session: &str, format| file_name(&samples::empty(session), format);
    assert_eq!(named("s-0195-ab", ReportFormat::Html), "singularis-s-0195-ab.html");
    assert_eq!(named("../../etc/passwd", ReportFormat::Markdown), "singularis-etcpasswd.md");
    assert_eq!(named("", ReportFormat::Json), "singularis-session.json");
    assert!(named(&"a".repeat(500), ReportFormat::Json).len() < 120);
}
