//! A session as lines: for people, or one JSON object a line. What runs and what is played again look the same.

use serde_json::{Value, json};

use super::words;
use crate::protocol::{
    Approval, Certificate, Event, Notice, NoticeKind, PauseReason, Problem, SessionReport, SessionStarted, StepReport,
    place,
};

/// Prints until the reader has gone.
pub struct Printer {
    is_json: bool,
    has_reader: bool,
}

impl Printer {
    /// One JSON object a line, or lines for people.
    pub fn new(is_json: bool) -> Self {
        Self { is_json, has_reader: true }
    }

    /// False once nobody reads any more.
    pub fn has_reader(&self) -> bool {
        self.has_reader
    }

    fn say(&mut self, line: &str) {
        let said = if self.is_json { words::say(line) } else { words::say(&harmless(line)) };
        self.has_reader &= said.is_ok();
    }

    /// A session that did not come about.
    pub fn refused(&mut self, problem: &Problem) {
        let line = if self.is_json {
            json!({"event": "refused", "problem": problem}).to_string()
        } else {
            format!("The session could not be started\n{}", words::problem(problem))
        };
        self.say(&line);
    }

    /// Something beside the session.
    pub fn remark(&mut self, words: &str) {
        let line = if self.is_json {
            json!({"event": "remark", "text": words}).to_string()
        } else {
            format!("       note: {words}")
        };
        self.say(&line);
    }

    /// That it stands still, why, and how it goes on.
    pub fn paused(&mut self, why: &PauseReason, is_somebody_there: bool, is_asked: bool) {
        let ways_on = if is_asked && is_somebody_there {
            "The next line still answers the question above; after it Enter goes on"
        } else if is_somebody_there {
            "Enter goes on; a line of text goes on and is told to the models; Ctrl-C stops"
        } else {
            "Nobody is here to ask, so it stops"
        };
        let line = if self.is_json {
            json!({"event": "paused", "why": why.words(), "reason": why}).to_string()
        } else {
            format!("Paused: {}. {ways_on}", why.words())
        };
        self.say(&line);
    }

    /// That an action waits for a yes.
    pub fn approval(&mut self, approval: &Approval, is_somebody_there: bool) {
        let line = if self.is_json {
            with_event("approval_needed", approval)
        } else {
            let ways_on = if is_somebody_there {
                "y allows it, a allows it for the whole session, anything else does not and is told to the models"
            } else {
                "Nobody is here to ask, so it is not done"
            };
            let seconds = approval.waits_ms / 1000;
            let (action, because) = (&approval.action, &approval.because);
            format!("May it do this? {action}, because: {because}\n       {ways_on}; it waits {seconds} s")
        };
        self.say(&line);
    }

    /// What is worth a line of what happened.
    pub fn event(&mut self, event: &Event) {
        let line = match event {
            Event::SessionStarted(started) if self.is_json => with_event("session_started", &**started),
            Event::Step(step) if self.is_json => with_event("step", &**step),
            Event::Notice(notice) if self.is_json => with_event("notice", &**notice),
            Event::Judged(judgement) if self.is_json => with_event("judged", &**judgement),
            Event::SessionStarted(started) => started_line(started),
            Event::Step(step) => step_line(step),
            Event::Resumed if self.is_json => json!({"event": "resumed"}).to_string(),
            Event::Notice(notice) if is_worth_a_line(notice) => format!("       note: {}", notice.text),
            _ => return,
        };
        self.say(&line);
    }

    /// Prints the end; the certificate covers the session, if there was one, and what the program closed after it.
    pub fn finish(&mut self, report: Option<SessionReport>, written: Option<&str>, last: Certificate) -> Certificate {
        let Some(report) = report else {
            self.certificate(&last);
            return last;
        };
        if let Some(place) = written.filter(|_| self.is_json) {
            self.written(&report.session, place);
        }
        self.ended(&report);
        if let Some(place) = written.filter(|_| !self.is_json) {
            self.written(&report.session, place);
        }
        let session = report.certificate;
        let certificate = Certificate::conclude(
            session.gate_closed_ms,
            session.stopped_ms,
            [session.items, last.items].concat(),
            session.open_after,
        );
        self.certificate(&certificate);
        certificate
    }

    /// What a session came to, without its certificate.
    pub fn ended(&mut self, report: &SessionReport) {
        if self.is_json {
            let ended = json!({"event": "session_ended", "session": report.session, "outcome": report.outcome,
                "steps": report.steps, "score": report.score, "took_ms": report.took_ms, "problem": report.problem,
                "spending": report.spending, "ensemble": report.ensemble, "egress": report.egress,
                "regret": report.regret, "clock": report.clock});
            self.say(&ended.to_string());
        } else {
            let score = report.score.map_or_else(String::new, |score| format!(", score {score:.0}"));
            self.say(&format!(
                "\n{} after {} step{}{score}",
                report.outcome.words(),
                report.steps,
                if report.steps == 1 { "" } else { "s" }
            ));
            if let Some(problem) = &report.problem {
                self.say(&words::problem(problem));
            }
            for line in words::decisions(&report.regret, &report.clock) {
                self.say(&line);
            }
            self.say(&words::minds(&report.spending, &report.ensemble, &report.egress));
        }
    }

    fn written(&mut self, session: &str, place: &str) {
        let line = if self.is_json {
            json!({"event": "report_written", "session": session, "place": place}).to_string()
        } else {
            format!("Its report is in {place}")
        };
        self.say(&line);
    }

    /// The proof that everything ended.
    pub fn certificate(&mut self, certificate: &Certificate) {
        let line = if self.is_json {
            json!({"certificate": certificate}).to_string()
        } else {
            words::certificate(certificate)
        };
        self.say(&line);
    }
}

/// The plain data with the name of the event in front.
fn with_event(name: &str, data: &impl serde::Serialize) -> String {
    let mut object = json!({"event": name});
    if let (Value::Object(object), Ok(Value::Object(data))) = (&mut object, serde_json::to_value(data)) {
        object.extend(data);
    }
    object.to_string()
}

/// A line without what moves a terminal's cursor or turns its letters round: models and servers wrote parts of it, and
/// whoever is asked about an action has to see all of it as it is.
fn harmless(line: &str) -> String {
    let is_harmful = |letter: char| {
        let turns = matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        turns || (letter.is_control() && letter != '\n')
    };
    line.replace(is_harmful, "\u{fffd}")
}

/// What went wrong, who answers, and what for.
fn is_worth_a_line(notice: &Notice) -> bool {
    notice.kind == NoticeKind::Warning || ["policy", "goal"].contains(&notice.from.as_str())
}

fn started_line(started: &SessionStarted) -> String {
    let who = if started.demo { "the demo answers, not a language model" } else { "models answer" };
    format!("Session {} in {}, {who}", started.session, place(&started.environment, started.seed))
}

fn step_line(step: &StepReport) -> String {
    let score = step.score.map_or_else(String::new, |score| format!("score {score:.0}"));
    format!("{:>4}   {:<34} by {:<14} {score:<9} {} ms", step.step, step.action.to_string(), step.by, step.took_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_models_and_servers_say_moves_no_cursor() {
        assert_eq!(
            harmless("a\u{1b}[2K\rb\u{9b}1A\u{202e}c\n\u{fc}"),
            "a\u{fffd}[2K\u{fffd}b\u{fffd}1A\u{fffd}c\n\u{fc}"
        );
        assert_eq!(harmless("read {\"path\":\"\\u001b\"}"), "read {\"path\":\"\\u001b\"}");
    }
}
