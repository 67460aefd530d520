//! The ladders of all endpoints at once, as one report: the first endpoint's, with the others' beside it.

use std::sync::{Mutex, PoisonError};

use futures_util::future::join_all;

use super::ladder::{Checkup, Subject};
use crate::protocol::{Finding, HealthReport};

/// Checks every subject at the same time. The first is the one that the report is about. `None` without a subject.
/// Dropping the future ends all of them.
pub async fn check(subjects: &[Subject], tell: &mut (dyn FnMut(Finding) + Send + Sync)) -> Option<HealthReport> {
    let tell = Mutex::new(tell);
    let climbs = subjects.iter().enumerate().map(|(number, subject)| {
        let tell = &tell;
        async move {
            let at = if number == 0 { String::new() } else { subject.endpoint.clone() };
            let mut pass_on = |finding: Finding| {
                let finding = placed(finding, &at);
                (tell.lock().unwrap_or_else(PoisonError::into_inner))(finding);
            };
            let mut report = Checkup::run(subject, &mut pass_on).await;
            report.findings = report.findings.into_iter().map(|finding| placed(finding, &at)).collect();
            report
        }
    });
    let mut reports = join_all(climbs).await.into_iter();
    let mut first = reports.next()?;
    first.others = reports.collect();
    for other in &mut first.others {
        first.roles.append(&mut other.roles);
        first.took_ms = first.took_ms.max(other.took_ms);
    }
    first.verdict = first.worst();
    let cause = first.all().find_map(|report| report.cause);
    first.cause = cause;
    Some(first)
}

/// A mend of another endpoint than the first says which.
fn placed(mut finding: Finding, at: &str) -> Finding {
    at.clone_into(&mut finding.at);
    if let Some(problem) = finding.problem.as_mut().filter(|_| !at.is_empty()) {
        for remedy in &mut problem.remedies {
            if let crate::protocol::Remedy::Action(fix) = remedy {
                *fix = fix.clone().at(at);
            }
        }
    }
    finding
}
