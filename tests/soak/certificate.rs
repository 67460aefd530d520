//! What the end of a session must show: in time, everything named that it had, and nothing left.

use singularis::{
    protocol::{CertificateItem, Ending, LoopName, OpenKind, Outcome, SessionReport},
    settings::{Settings, Strategy},
};

use crate::plan::expert;

/// From the press of Stop until everything has ended, in milliseconds.
const ENDS_WITHIN_MS: f64 = 5000.0;

/// What is wrong with how a session of these settings ended; empty where nothing is.
pub fn complaints(report: &SessionReport, settings: &Settings) -> Vec<String> {
    let certificate = &report.certificate;
    let mut complaints: Vec<String> = missing(&certificate.items, settings);
    // A loop that fails in the moment in which Stop is pressed has failed all the same.
    let has_failed = report.problem.is_some();
    if report.outcome == Ending::Failed && !has_failed {
        complaints.push("it failed, and nobody says why".to_owned());
    }
    for item in certificate.items.iter().filter(|item| !is_in_order(item, has_failed)) {
        complaints.push(format!("{} {}: {}, {:?}", item.kind.word(), item.name, item.outcome.word(), item.note));
    }
    if !certificate.open_after.is_empty() || certificate.open_after.sockets.is_none() {
        complaints.push(format!("left open: {:?}", certificate.open_after));
    }
    if !certificate.clean && !has_failed {
        complaints.push("the certificate is not clean".to_owned());
    }
    if certificate.stopped_ms > ENDS_WITHIN_MS {
        complaints.push(format!("it took {:.0} ms", certificate.stopped_ms));
    }
    complaints
}

/// A loop may have failed where the session says why, but nothing may have broken down or hung.
fn is_in_order(item: &CertificateItem, has_failed: bool) -> bool {
    match item.outcome {
        Outcome::Closed => true,
        // A server that is refused just then does not say whether it is idle.
        Outcome::NotVerifiable => item.kind == OpenKind::Request,
        Outcome::Failed => has_failed && item.kind == OpenKind::Loop && !item.note.starts_with("panicked"),
        Outcome::Aborted => false,
    }
}

/// What a session of these settings had and the certificate does not name.
fn missing(items: &[CertificateItem], settings: &Settings) -> Vec<String> {
    let has = |kind: OpenKind, beginning: &str| {
        items.iter().any(|item| item.kind == kind && item.name.starts_with(beginning))
    };
    // Narration is there only if somebody has time for it.
    let loops = LoopName::ALL.into_iter().filter(|name| *name != LoopName::Narration);
    let mut due: Vec<(OpenKind, String)> = loops.map(|name| (OpenKind::Loop, name.to_string())).collect();
    due.push((OpenKind::Environment, String::new()));
    due.push((OpenKind::Journal, "the record of the session".to_owned()));
    let strategy = settings.agent.strategy;
    if strategy != Strategy::Heuristic {
        due.push((OpenKind::Client, "synthesizer (".to_owned()));
        due.push((OpenKind::Request, "generation".to_owned()));
    }
    if strategy == Strategy::LocalExperts {
        let experts = settings.roles.iter().filter(|role| expert(&role.name).is_some());
        due.extend(experts.map(|role| (OpenKind::Client, format!("{} (", role.name))));
    }
    due.retain(|(kind, beginning)| !has(*kind, beginning));
    due.into_iter().map(|(kind, name)| format!("not named: {} {name}", kind.word())).collect()
}

#[cfg(test)]
mod tests {
    use singularis::protocol::{Certificate, OpenAfter};

    use super::*;

    fn item(kind: OpenKind, name: &str) -> CertificateItem {
        CertificateItem { kind, name: name.to_owned(), outcome: Outcome::Closed, took_ms: 1, note: String::new() }
    }

    fn report(items: Vec<CertificateItem>) -> SessionReport {
        let open_after = OpenAfter { sockets: Some(0), ..OpenAfter::default() };
        SessionReport {
            session: "s-1".to_owned(),
            outcome: Ending::Stopped,
            steps: 1,
            score: None,
            took_ms: 1000,
            problem: None,
            certificate: Certificate::conclude(1.0, 200.0, items, open_after),
            egress: Vec::new(),
            spending: singularis::protocol::Spending::default(),
            ensemble: singularis::protocol::EnsembleView::default(),
            regret: singularis::protocol::RegretView::default(),
            clock: singularis::protocol::ClockView::default(),
            last_picture: Box::default(),
        }
    }

    fn complete() -> Vec<CertificateItem> {
        let loops = LoopName::ALL.into_iter().map(|name| item(OpenKind::Loop, name.title()));
        let rest = [
            item(OpenKind::Environment, "environment"),
            item(OpenKind::Client, "synthesizer (demo/small-talker)"),
            item(OpenKind::Request, "generation on the server"),
            item(OpenKind::Journal, "the record of the session"),
        ];
        loops.chain(rest).collect()
    }

    fn single() -> Settings {
        let mut settings = Settings::default();
        settings.agent.strategy = Strategy::Single;
        settings
    }

    #[test]
    fn an_end_without_fault_is_not_complained_of() {
        assert_eq!(complaints(&report(complete()), &single()), Vec::<String>::new());
    }

    #[test]
    fn each_breach_is_named() {
        let of = |change: &dyn Fn(&mut SessionReport)| {
            let mut report = report(complete());
            change(&mut report);
            complaints(&report, &single()).join("; ")
        };
        assert_eq!(of(&|report| report.certificate.stopped_ms = 5001.0), "it took 5001 ms");
        assert!(of(&|report| report.certificate.items.retain(|item| item.name != "reflex")).contains("loop reflex"));
        assert!(of(&|report| report.certificate.open_after.sockets = None).contains("left open"));
        assert!(of(&|report| report.certificate.open_after.tasks = 1).contains("left open"));
        assert!(of(&|report| report.certificate.items[0].outcome = Outcome::Aborted).contains("aborted"));
        let failed = |note: &'static str| {
            move |report: &mut SessionReport| {
                report.outcome = Ending::Failed;
                report.problem = Some(singularis::protocol::Problem::plain("The server is gone", Vec::new(), ""));
                let reasoning = &mut report.certificate.items[1];
                (reasoning.outcome, reasoning.note) = (Outcome::Failed, note.to_owned());
                report.certificate.clean = false;
            }
        };
        assert_eq!(of(&failed("The server is gone")), "", "that is how a session fails");
        assert!(of(&failed("panicked: at the disco")).contains("panicked"));
    }

    #[test]
    fn every_expert_has_to_be_named() {
        let mut settings = Settings::default();
        settings.agent.strategy = Strategy::LocalExperts;
        let complaints = complaints(&report(complete()), &settings);
        let experts = settings.roles.iter().filter(|role| role.is_expert()).count();
        assert_eq!(complaints.len(), experts, "{complaints:?}");
    }
}
