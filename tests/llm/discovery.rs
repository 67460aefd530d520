//! LM Studio's own internal interface tells an app with its server switched off from no app at all.
//!
//! Its ports are fixed and belong to the whole machine, so these tests take turns with each other and with every row of
//! the ladder that relies on nobody being there.

use std::time::{Duration, Instant};

use singularis::{
    health::discovery::{INTERNAL_PORTS, app_is_running},
    protocol::Cause,
};

use crate::{
    http,
    ladder::{INTERNAL, Run, climb},
    lookalikes::status,
    patient,
    reply::Reply,
    soon,
    wire::{ClosedPort, Plan, Wire},
};

/// A server on the first internal port that is free.
async fn on_an_internal_port(plan: Plan) -> Wire {
    for port in INTERNAL_PORTS {
        if let Ok(wire) = Wire::at(("127.0.0.1", port), plan).await {
            return wire;
        }
    }
    panic!("NOT RUN: LM Studio's internal ports {INTERNAL_PORTS:?} are all taken here, so nothing can pretend to be it")
}

/// The health check of a closed port while this stands on an internal port.
async fn look_beside(plan: Plan) -> (Run, usize) {
    let wire = on_an_internal_port(plan).await;
    let closed = ClosedPort::reserve();
    let run = climb(&http(), &closed.url(), "", None, patient()).await.expect("in time");
    (run, wire.asked())
}

#[tokio::test]
async fn an_app_without_its_server_is_switched_off() {
    let _alone = INTERNAL.write().await;
    let (run, asked) = look_beside(Plan::Http(status)).await;
    assert_eq!(run.report.cause, Some(Cause::ServerSwitchedOff));
    assert_eq!(asked, 1, "the page was read");
    let problem = run.report.first_problem().expect("a problem");
    assert!(problem.details.join("\n").contains(&run.place), "{problem:?}");
    assert!(!problem.remedies.is_empty());
}

#[tokio::test]
async fn another_program_on_an_internal_port_is_no_app() {
    let _alone = INTERNAL.write().await;
    for plan in [Plan::Http(|_| Reply::html(200, "My router")), Plan::HangUp, Plan::Answers(b"SSH-2.0-x\r\n")] {
        let (run, _) = look_beside(plan).await;
        let cause = run.report.cause.expect("a cause");
        // Where LM Studio really runs here, on another of its ports, that is found all the same.
        let really_runs = soon(app_is_running(&http())).await;
        assert_eq!(cause, if really_runs { Cause::ServerSwitchedOff } else { Cause::ServerNotRunning });
    }
}

#[tokio::test]
async fn silence_on_an_internal_port_costs_little_time() {
    let _alone = INTERNAL.write().await;
    let _wire = on_an_internal_port(Plan::Silent).await;
    let started = Instant::now();
    let _either = soon(app_is_running(&http())).await;
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
}
