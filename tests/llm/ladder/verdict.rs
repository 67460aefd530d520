//! Compares what the ladder found with what was expected. Everything that differs is a complaint.

use std::time::Duration;

use singularis::protocol::{Cause, Check, Finding, Fix, HealthReport, Remedy, Verdict, Wellness};

use super::{Expected, ROLES, Run};

/// The checks that all others stand on, in their order.
const BASIC: [&str; 9] = ["address", "name", "port", "tls", "proxy", "identity", "token", "models", "loaded"];
/// A note is a line on the screen.
const LONGEST_NOTE: usize = 1000;

/// Why a run is not as expected; nothing if it is.
pub fn complaints(
    run: &Run,
    expected: &Expected,
    offers: Option<fn(&str) -> Fix>,
    token: Option<&str>,
    app_is_here: bool,
) -> Vec<String> {
    let mut said = Complaints(Vec::new());
    let report = &run.report;
    said.unless(run.took < Duration::from_secs(15), || format!("it took {:?}", run.took));
    said.unless(run.told == report.findings, || "what was told is not what is reported".to_owned());
    of_every_report(report, token, &mut said);
    match expected {
        Expected::Healthy => healthy(report, &mut said),
        Expected::Usable => said.unless(report.verdict != Wellness::Unhealthy, || shown(report)),
        Expected::Degraded(check) => degraded(report, check, &run.place, &mut said),
        Expected::Unhealthy(checks, causes) => {
            let mut causes = causes.to_vec();
            if app_is_here {
                causes.push(Cause::ServerSwitchedOff);
            }
            unhealthy(report, checks, &causes, &run.place, &mut said);
        }
    }
    if let Some(offers) = offers {
        let wanted = Remedy::Action(offers(&run.place));
        let remedies = report.first_problem().map(|problem| problem.remedies.clone()).unwrap_or_default();
        said.unless(remedies.contains(&wanted), || format!("{wanted:?} is not among {remedies:?}"));
    }
    said.0
}

/// What is wrong, one sentence each.
struct Complaints(Vec<String>);

impl Complaints {
    fn unless(&mut self, is_right: bool, complaint: impl FnOnce() -> String) {
        if !is_right {
            self.0.push(complaint());
        }
    }
}

/// The whole report in one line.
fn shown(report: &HealthReport) -> String {
    let line = |finding: &Finding| format!("{} {:?} ({})", finding.check, finding.verdict, finding.note);
    let lines: Vec<_> = report.findings.iter().map(line).collect();
    format!(
        "{} for {:?}: {}",
        report.verdict.word(),
        report.cause,
        lines.join(", ").chars().take(900).collect::<String>()
    )
}

/// What holds of every report, whatever it says.
fn of_every_report(report: &HealthReport, token: Option<&str>, said: &mut Complaints) {
    for finding in &report.findings {
        let (check, problem) = (&finding.check, finding.problem.as_ref());
        let is_bad = matches!(finding.verdict, Verdict::Failed | Verdict::Warned);
        said.unless(!is_bad || problem.is_some(), || format!("{check} is bad without a problem"));
        if let Some(problem) = problem {
            said.unless(!problem.remedies.is_empty(), || format!("{check} has no way out: {problem:?}"));
            said.unless(!problem.summary.is_empty(), || format!("{check} has no summary"));
        }
        let length = finding.note.chars().count();
        said.unless(length <= LONGEST_NOTE, || format!("the note of {check} is {length} letters long"));
        said.unless((finding.verdict == Verdict::Skipped) == finding.because.is_some(), || {
            format!("{check} is {:?} because of {:?}", finding.verdict, finding.because)
        });
    }
    let mut names: Vec<_> = report.findings.iter().map(|finding| finding.check.to_string()).collect();
    let basic: Vec<_> = names.iter().take(BASIC.len()).map(String::as_str).collect();
    said.unless(basic == BASIC, || format!("the ladder begins with {basic:?}"));
    for role in ROLES.map(|role| format!("role:{role}")) {
        said.unless(names.contains(&role), || format!("{role} is missing"));
    }
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    said.unless(names.len() == count, || "a check comes twice".to_owned());
    let json = serde_json::to_string(report).unwrap_or_default();
    said.unless(token.is_none_or(|token| !json.contains(&token[..10])), || "the token shows".to_owned());
}

fn healthy(report: &HealthReport, said: &mut Complaints) {
    let all_passed = report.findings.iter().all(|finding| finding.verdict == Verdict::Passed);
    said.unless(report.verdict == Wellness::Healthy && report.cause.is_none() && all_passed, || shown(report));
    let has_answered = report.findings.iter().any(|finding| matches!(finding.check, Check::Generation(_)));
    said.unless(has_answered, || "no model has really answered".to_owned());
    let all_fit = report.roles.iter().all(|role| role.verdict == Verdict::Passed && role.speed.is_some());
    said.unless(report.roles.len() == ROLES.len() && all_fit, || format!("not every role fits: {:?}", report.roles));
    said.unless(report.server.api.is_some(), || "the interface is not named".to_owned());
}

fn degraded(report: &HealthReport, check: &str, place: &str, said: &mut Complaints) {
    said.unless(report.verdict == Wellness::Degraded && report.cause.is_none(), || shown(report));
    match report.findings.iter().find(|finding| finding.verdict == Verdict::Warned) {
        None => said.unless(false, || "nothing warns".to_owned()),
        Some(finding) => {
            said.unless(finding.check.to_string() == check, || format!("{} warns instead of {check}", finding.check));
            names_the_place(finding, place, said);
        }
    }
}

fn unhealthy(report: &HealthReport, checks: &str, causes: &[Cause], place: &str, said: &mut Complaints) {
    said.unless(report.verdict == Wellness::Unhealthy, || shown(report));
    let Some(at) = report.findings.iter().position(|finding| finding.verdict == Verdict::Failed) else {
        return said.unless(false, || "nothing failed".to_owned());
    };
    let failed = &report.findings[at];
    let name = failed.check.to_string();
    said.unless(checks.split('|').any(|check| check == name), || {
        format!("{name} failed instead of {checks}: {}", shown(report))
    });
    said.unless(report.cause.is_some_and(|cause| causes.contains(&cause)), || {
        let problem = failed.problem.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("{:?} instead of {causes:?}: {problem}", report.cause)
    });
    let is_basic = BASIC.contains(&name.as_str());
    if is_basic {
        let before = report.findings[..at].iter().all(|finding| finding.verdict == Verdict::Passed);
        let is_skipped =
            |finding: &Finding| finding.verdict == Verdict::Skipped && finding.because.as_ref() == Some(&failed.check);
        said.unless(before, || format!("something before {name} is not well: {}", shown(report)));
        let after = report.findings[at + 1..].iter().all(is_skipped);
        said.unless(after, || format!("not all after {name} is skipped: {}", shown(report)));
        said.unless(report.findings.len() == BASIC.len() + ROLES.len(), || format!("too much was tried after {name}"));
    } else {
        let well = report.findings.iter().take(BASIC.len()).all(|finding| finding.verdict == Verdict::Passed);
        said.unless(well, || format!("the ladder below {name} is not well: {}", shown(report)));
    }
    names_the_place(failed, place, said);
}

/// The evidence says where it was seen. What was typed may be no address at all.
fn names_the_place(finding: &Finding, place: &str, said: &mut Complaints) {
    let details = finding.problem.as_ref().map(|problem| problem.details.join("\n")).unwrap_or_default();
    said.unless(!details.is_empty() && details.contains(place), || {
        format!("the details of {} do not say {place}: {details:?}", finding.check)
    });
}
