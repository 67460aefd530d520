//! What a model claims and what it proves: a lie is caught, an honest claim passes, and what is not claimed is not asked.

use std::sync::Arc;

use singularis::{
    demo::{DemoConfig, DemoModel},
    health::{Checkup, Subject, discover},
    protocol::{Depth, HealthReport, Verdict, Wellness},
    settings::{Endpoint, Role},
};

use crate::{CONNECT, MODEL, demo, http, patient, quick};

/// The deepest check of a demo with this one model.
async fn examined(model: DemoModel) -> HealthReport {
    let server = demo(DemoConfig { models: vec![DemoModel { loaded: true, ..model }], ..quick() }).await;
    let http = http();
    let subject = Subject {
        http: Arc::clone(&http),
        found: discover(&server.url(), None),
        endpoint: Endpoint::FIRST.to_owned(),
        token: None,
        roles: vec![Role::new("synthesizer", "synthesizer")],
        depth: Depth::Deep,
        limits: patient(),
        connect: CONNECT,
        user_home: None,
        path: None,
        proxy: None,
        bypass_proxy: Vec::new(),
    };
    let report = Checkup::run(&subject, &mut |_finding| {}).await;
    assert_eq!(http.open().requests(), 0, "nothing stays open");
    report
}

fn verdict(report: &HealthReport, ability: &str) -> Option<Verdict> {
    let name = format!("truth:{MODEL} {ability}");
    report.findings.iter().find(|finding| finding.check.to_string() == name).map(|finding| finding.verdict)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_model_that_only_claims_to_see_is_caught() {
    let report = examined(DemoModel { vision: true, ..DemoModel::llm(MODEL) }).await;
    assert_eq!(verdict(&report, "sees pictures"), Some(Verdict::Warned), "{report}");
    assert_ne!(report.verdict, Wellness::Healthy);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_kept_is_told_from_what_is_only_claimed() {
    let report = examined(DemoModel::llm(MODEL)).await;
    assert_eq!(verdict(&report, "answers in a given shape"), Some(Verdict::Passed), "{report}");
    assert_eq!(verdict(&report, "stops when asked"), Some(Verdict::Passed), "{report}");
    // The demo is a script: it claims a context and finds nothing in it.
    assert_eq!(verdict(&report, "reads its whole context"), Some(Verdict::Warned), "{report}");
    assert_eq!(verdict(&report, "sees pictures"), None, "nobody claims it");
}
