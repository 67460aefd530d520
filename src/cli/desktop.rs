//! `singularis desktop`: what can be seen of the desktop here, and how well the agent aims.

use std::{io, process::ExitCode};

use serde_json::{Value, json};

use super::{
    arguments::{Desktop, DesktopErrand},
    sessions::aligned,
    terminal::{Heard, Terminal, block_on},
    words,
};
use crate::{
    protocol::{CalibrationReport, Command, DesktopReport, Event, Problem},
    settings::Settings,
};

/// What was found.
struct Told {
    text: String,
    object: Value,
    problem: Option<Problem>,
}

pub fn carry_out(desktop: &Desktop, settings: Settings) -> io::Result<ExitCode> {
    let command = match desktop.errand {
        None => Command::LookAtDesktop,
        Some(DesktopErrand::Calibrate) => Command::Calibrate,
    };
    let Told { text, object, problem } = block_on(asked(command, settings))??;
    if desktop.json {
        words::say(&serde_json::to_string_pretty(&object)?)?;
    } else {
        if !text.is_empty() {
            words::say(&text)?;
        }
        if let Some(problem) = &problem {
            eprintln!("{}", words::problem(problem));
        }
    }
    Ok(if problem.is_some() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

async fn asked(command: Command, settings: Settings) -> io::Result<Told> {
    let mut terminal = Terminal::open(settings)?;
    terminal.send(command);
    let told = loop {
        match terminal.next().await {
            Heard::Event(Event::DesktopSeen(report)) => break seen(*report),
            Heard::Event(Event::Calibrated(report)) => break calibrated(*report),
            Heard::Event(Event::Refused(problem)) => break refused(*problem),
            Heard::Event(_) | Heard::Line(_) => {}
            Heard::Interrupt | Heard::Gone => {
                break refused(Problem::plain("It was interrupted", Vec::new(), "Try again"));
            }
        }
    };
    terminal.close().await;
    Ok(told)
}

fn refused(problem: Problem) -> Told {
    Told { text: String::new(), object: json!({"problem": problem}), problem: Some(problem) }
}

fn seen(report: DesktopReport) -> Told {
    let mut parts = Vec::new();
    if !report.system.is_empty() {
        parts.push(report.system.clone());
    }
    if !report.sources.is_empty() {
        let mut rows = vec![["source", "size", "at", "what it is"].map(str::to_owned)];
        rows.extend(report.sources.iter().map(|source| {
            let (size, at) = (format!("{} × {}", source.width, source.height), format!("{}, {}", source.x, source.y));
            [source.source.clone(), size, at, source.title.clone()]
        }));
        parts.push(aligned(&rows));
    }
    if !report.profiles.is_empty() {
        let mut rows = vec![["profile", "what it is for"].map(str::to_owned)];
        rows.extend(report.profiles.iter().map(|(name, about)| [name.clone(), about.clone()]));
        parts.push(aligned(&rows));
    }
    if !report.troubles.is_empty() {
        parts.push(report.troubles.iter().map(|trouble| format!("! {trouble}")).collect::<Vec<_>>().join("\n"));
    }
    Told { text: parts.join("\n\n"), object: json!(report), problem: report.problem }
}

fn calibrated(report: CalibrationReport) -> Told {
    let hits = report.points.iter().filter(|point| point.clicked.is_some()).count();
    let text = if report.points.is_empty() {
        String::new()
    } else {
        let (all, off, took) = (report.points.len(), report.off_px, report.took_ms);
        format!("{hits} of {all} targets were hit, at most {off:.1} pixels off, in {took} ms")
    };
    Told { text, object: json!(report), problem: report.problem }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{CalibrationPoint, ScreenSource};

    #[test]
    fn what_is_seen_is_told_in_tables() {
        let source = ScreenSource {
            source: "screen".into(),
            title: "Everything".into(),
            width: 1280,
            height: 800,
            ..ScreenSource::default()
        };
        let told = seen(DesktopReport {
            system: "X11, display :7".into(),
            sources: vec![source],
            profiles: vec![("nethack".into(), "NetHack in a terminal".into())],
            ..DesktopReport::default()
        });
        assert!(told.text.starts_with("X11, display :7\n\nsource  size"), "{}", told.text);
        assert!(told.text.contains("screen  1280 × 800  0, 0  Everything"), "{}", told.text);
        assert!(told.text.ends_with("nethack  NetHack in a terminal") && told.problem.is_none(), "{}", told.text);
        assert_eq!(told.object["sources"][0]["width"], 1280);
    }

    #[test]
    fn a_calibration_is_told_in_a_line() {
        let hit = CalibrationPoint { clicked: Some((1, 1)), ..CalibrationPoint::default() };
        let points = vec![hit, CalibrationPoint::default()];
        let told = calibrated(CalibrationReport { points, off_px: 1.0, took_ms: 900, problem: None });
        assert_eq!(told.text, "1 of 2 targets were hit, at most 1.0 pixels off, in 900 ms");
        assert!(calibrated(CalibrationReport::default()).text.is_empty());
    }
}
