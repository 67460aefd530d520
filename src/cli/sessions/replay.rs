//! Tells a kept session again, in the words and lines in which `run` told it.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::{
    cli::printer::Printer,
    protocol::{ApprovalAnswer, Event, SessionFile, SessionState, What},
    worker::replaying::LONGEST_QUIET_MS,
};

/// Tells it at once, or in time; ends early when nobody reads any more.
pub async fn tell(file: &SessionFile, speed: Option<f64>, is_json: bool) {
    let mut printer = Printer::new(is_json);
    if let Some(started) = &file.started {
        printer.event(&Event::SessionStarted(Box::new(started.clone())));
    }
    let mut clock = Clock { next: Instant::now(), at_ms: 0 };
    for record in &file.records {
        if let Some(speed) = speed {
            clock.wait_for(record.at_ms, speed).await;
        }
        self::record(&mut printer, is_json, &record.what);
        if !printer.has_reader() {
            return;
        }
    }
    match (&file.report, file.line.state) {
        (Some(report), _) => {
            printer.ended(report);
            printer.certificate(&report.certificate);
        }
        (None, SessionState::Running) => printer.remark("It still runs; this is what has been so far"),
        (None, _) => printer.remark("The program ended before the session did, so there is no certificate"),
    }
}

/// What time it is in the session, and on the clock of whoever looks on.
struct Clock {
    next: Instant,
    at_ms: u64,
}

impl Clock {
    /// Waits as long as it took then; quiet stretches are cut short as they are in the window. What is kept a little
    /// late is told at once.
    async fn wait_for(&mut self, at_ms: u64, speed: f64) {
        let gap_ms = at_ms.saturating_sub(self.at_ms).min(LONGEST_QUIET_MS);
        self.at_ms = self.at_ms.max(at_ms);
        self.next += Duration::from_millis(gap_ms).div_f64(speed);
        sleep_until(self.next).await;
    }
}

fn record(printer: &mut Printer, is_json: bool, what: &What) {
    match what {
        What::Stepped(step) => printer.event(&Event::Step(step.clone())),
        What::Noticed(notice) => printer.event(&Event::Notice(notice.clone())),
        What::Judged(judgement) => printer.event(&Event::Judged(judgement.clone())),
        What::Resumed { .. } => printer.event(&Event::Resumed),
        // The lines for people name ways on that there were then and are not now.
        What::ApprovalNeeded(approval) if is_json => printer.approval(approval, false),
        What::Paused { why } if is_json => printer.paused(why, false, false),
        What::ApprovalNeeded(approval) => {
            printer.remark(&format!("it asked a person: {}, because: {}", approval.action, approval.because));
        }
        What::ApprovalClosed { answer, .. } if !is_json => printer.remark(answered(answer)),
        What::Paused { why } => {
            let words = Some(why.words()).filter(|words| !words.is_empty()).unwrap_or("somebody wanted it");
            printer.remark(&format!("it was paused: {words}"));
        }
        _ => {}
    }
}

fn answered(answer: &ApprovalAnswer) -> &'static str {
    match answer {
        ApprovalAnswer::Approved { for_session: false, for_ever: false } => "a person allowed it",
        ApprovalAnswer::Approved { for_ever: true, .. } => "a person allowed it for ever",
        ApprovalAnswer::Approved { for_session: true, .. } => "a person allowed it for the whole session",
        ApprovalAnswer::Rejected { .. } => "it was not allowed",
        ApprovalAnswer::Unanswered => "nobody answered",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_time_between_is_as_long_as_it_was_divided_by_the_speed() {
        let begun = Instant::now();
        let mut clock = Clock { next: begun, at_ms: 0 };
        clock.wait_for(400, 4.0).await;
        assert_eq!((clock.next - begun).as_millis(), 100);
        assert!(begun.elapsed() >= Duration::from_millis(100), "it is waited for");
        clock.wait_for(390, 4.0).await;
        clock.wait_for(400, 4.0).await;
        assert_eq!((clock.next - begun).as_millis(), 100, "what is late is told at once");
        clock.wait_for(1_000_000, 4.0).await;
        assert_eq!((clock.next - begun).as_millis(), 600, "and a quiet stretch is cut short");
    }
}
