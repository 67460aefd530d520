//! Sixteen experts in mid-answer at a server that has fallen silent, Stop, and again: how long until nothing new can
//! begin, and until everything is closed, by the certificate and as the server sees it.
//!
//! `SINGULARIS_STOP_RUNS` says how often; 200 for figures that can be quoted.

use std::{
    env,
    sync::Arc,
    time::{Duration, Instant},
};

use singularis::{
    demo::{DemoServer, FaultKind},
    protocol::{ExpertState, OpenKind, Outcome, Proof, Snapshot},
    worker::Outside,
};
use tokio::time::timeout;

use crate::{
    PATIENCE, SEEN_WITHIN,
    counterpart::{experts, is_left_alone, server},
    panel::{GATE_MS, Panel, Stopped},
    within,
};

const STREAMS: usize = 16;
const USUAL_RUNS: usize = 20;
/// From the press until nothing new can begin, in the middle, and at the most where nothing else runs. Milliseconds.
const GATE_ALONE_MS: f64 = 50.0;
/// From the press until everything is closed, at the 99th percentile. Milliseconds.
const CLOSED_MS: f64 = 250.0;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixteen_stalled_streams_are_closed_at_once() {
    let asked = env::var("SINGULARIS_STOP_RUNS").ok();
    let is_alone = asked.is_some();
    let runs = asked.map_or(USUAL_RUNS, |runs| runs.parse().expect("a number of runs"));
    assert!(runs > 0, "no run proves nothing");
    let server = Arc::new(server(&[FaultKind::StallMidStream(2)]).await);
    let mut panel = Panel::real(experts(&server.url(), STREAMS), Outside::default());
    let (mut gate, mut told, mut seen) = (Vec::new(), Vec::new(), Vec::new());
    for run in 1..=runs {
        panel.start().await;
        within(PATIENCE, "the server has every stream open", || server.busy() == STREAMS).await;
        panel.shown("every expert is in mid-answer", are_all_answering).await;
        let open = server.busy();
        assert_eq!(open, STREAMS, "run {run}: so many streams were really open when Stop came");
        let watching = tokio::spawn(closed_at(Arc::clone(&server), server.aborted() + STREAMS));
        let pressed = Instant::now();
        let stopped = panel.stop().await;
        let closed = timeout(SEEN_WITHIN, watching).await.unwrap_or_else(|_| panic!("run {run}: a stream is open"));
        assert_clean(&stopped, run);
        gate.push(stopped.certificate().gate_closed_ms);
        told.push(stopped.certificate().stopped_ms);
        seen.push(closed.unwrap().duration_since(pressed).as_secs_f64() * 1000.0);
        is_left_alone(&server).await;
    }
    panel.leave().await;
    let [gate, told, seen] = [gate, told, seen].map(Times::of);
    println!(
        "Stop with {STREAMS} streams open and stalled, {runs} runs, in ms: gate shut {gate}; all closed by the \
         certificate {told}; all closed as the server saw it {seen}"
    );
    let gate_may_take = if is_alone { GATE_ALONE_MS } else { GATE_MS };
    assert!(gate.median <= GATE_ALONE_MS && gate.most <= gate_may_take, "{gate}");
    // Beside other tests a few runs wait for their turn. Figures that are to be quoted are measured alone.
    for times in [&told, &seen] {
        let judged = if is_alone { times.p99 } else { times.median };
        assert!(judged <= CLOSED_MS, "{times}");
    }
}

fn are_all_answering(snapshot: &Snapshot) -> bool {
    let answering = snapshot.experts.iter().filter(|expert| expert.state == ExpertState::Answering);
    answering.count() == STREAMS
}

/// The moment at which the server has seen every client leave.
async fn closed_at(server: Arc<DemoServer>, aborted: usize) -> Instant {
    while server.busy() > 0 || server.aborted() < aborted {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    Instant::now()
}

/// The whole proof: every stream has its line, and everything was seen to be closed.
fn assert_clean(stopped: &Stopped, run: usize) {
    stopped.assert_turned(&[]);
    let certificate = stopped.certificate();
    // Only there the system tells what is still open.
    let expected = if cfg!(target_os = "linux") { Proof::Complete } else { Proof::Partial };
    assert_eq!(certificate.proof(), expected, "run {run}: {certificate:?}");
    let is_stream = |name: &str| name.starts_with("expert.") && name.contains("POST");
    let streams = certificate.items.iter().filter(|item| item.kind == OpenKind::Request && is_stream(&item.name));
    let closed = streams.filter(|item| item.outcome == Outcome::Closed).count();
    assert_eq!(closed, STREAMS, "run {run}: {certificate:?}");
}

/// How long something took, in milliseconds.
struct Times {
    median: f64,
    p99: f64,
    most: f64,
}

impl Times {
    fn of(mut times: Vec<f64>) -> Self {
        times.sort_by(f64::total_cmp);
        // The least time that so many of a hundred runs did not exceed.
        let at = |percent: usize| times[(times.len() * percent).div_ceil(100).saturating_sub(1)];
        Self { median: at(50), p99: at(99), most: at(100) }
    }
}

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "median {:.1}, p99 {:.1}, most {:.1}", self.median, self.p99, self.most)
    }
}

#[test]
fn percentiles_are_times_that_were_measured() {
    let times = Times::of((1..=200).rev().map(f64::from).collect());
    assert_eq!((times.median, times.p99, times.most), (100.0, 198.0, 200.0));
    let times = Times::of(vec![7.0]);
    assert_eq!((times.median, times.p99, times.most), (7.0, 7.0, 7.0));
}
