//! The same for every real server: listed, called, refused, late, killed, closed, and nothing left of it.

use std::time::{Duration, Instant};

use serde_json::Value;
use singularis::{environment::tools, protocol::EffectStatus, settings::ServerSettings};
use tokio::time::timeout;

use crate::{
    PATIENCE,
    stage::{Play, SLACK, around, marked},
    traces::{Signal, Trace, assert_gone, assert_nobody_is_left, family, fresh_mark, signal},
};

/// So many calls may come to nothing until a server is there again that was killed.
const TRIES: usize = 4;

/// A call, and what is found in the answer.
pub type Probe<'a> = (&'a str, Value, &'a str);

/// One server and what it can do.
pub struct Drill<'a> {
    pub server: ServerSettings,
    /// Some of its tools.
    pub tools: &'a [&'a str],
    /// They are done.
    pub done: Vec<Probe<'a>>,
    /// They are refused, in these words.
    pub refused: Vec<Probe<'a>>,
    /// Which of those that are done is called while it stands still: one that only looks, for the server may still carry
    /// it out, beside the next ones, after it was given up.
    pub looks: usize,
    /// What its process is known by among those it has started.
    pub program: &'a str,
    /// How long a call may take. Seconds.
    pub call_s: f64,
}

impl Drill<'_> {
    pub async fn carry_out(mut self) {
        let mark = fresh_mark();
        self.server = marked(self.server, &mark);
        (self.server.extras.connect_s, self.server.extras.call_s) = (40.0, self.call_s);
        self.tested(&mark).await;
        let mut play = Play::open(&self.server, &mark).await;
        let began = Instant::now();
        self.called(&mut play).await;
        self.refused(&mut play).await;
        eprintln!("{}: called and refused in {:?}", self.server.name, began.elapsed());
        self.late(&mut play).await;
        let killed = self.killed(&mut play).await;
        let all = [killed, family(&play.processes())].concat();
        let began = Instant::now();
        let items = play.close_with(&all).await;
        eprintln!("{}: closed in {:?}: {items:?}", self.server.name, began.elapsed());
        assert!(items.iter().any(|item| item.name.contains(&self.server.name)), "{items:?}");
    }

    /// What the page of servers shows of it.
    async fn tested(&self, mark: &str) {
        let report = timeout(PATIENCE, tools::test(&self.server, around())).await.expect("a test has its own limit");
        assert_nobody_is_left(mark, &[]);
        assert_eq!((&report.problem, &report.skipped), (&None, &Vec::new()), "{report:?}");
        let is_listed = |name: &&str| report.tools.iter().any(|tool| tool.name == **name && tool.is_offered);
        let missing: Vec<&&str> = self.tools.iter().filter(|name| !is_listed(name)).collect();
        assert!(missing.is_empty(), "{missing:?} are not among {:?}", report.tools);
        assert!(!report.product.is_empty() && report.protocol.starts_with("20"), "{report:?}");
        eprintln!(
            "{}: {} {}, protocol {}, {} tools; connected in {} ms, listed in {} ms, closed in {} ms",
            report.name,
            report.product,
            report.version,
            report.protocol,
            report.tools.len(),
            report.connect_ms,
            report.list_ms,
            report.close_ms
        );
    }

    async fn called(&self, play: &mut Play) {
        for (tool, arguments, words) in &self.done {
            let effect = play.call(tool, arguments.clone()).await;
            assert_eq!(effect.status, EffectStatus::Done, "{tool} {arguments}: {effect:?}");
            assert!(effect.text.contains(words), "{tool} {arguments}: {words:?} is not in {:?}", effect.text);
        }
    }

    async fn refused(&self, play: &mut Play) {
        for (tool, arguments, words) in &self.refused {
            let effect = play.call(tool, arguments.clone()).await;
            assert_eq!(effect.status, EffectStatus::Rejected, "{tool} {arguments}: {effect:?}");
            assert!(effect.text.contains(words), "{tool} {arguments}: {words:?} is not in {:?}", effect.text);
        }
    }

    /// It stands still in the middle of a call, and goes on after the call was given up.
    async fn late(&self, play: &mut Play) {
        let server = self.process(play);
        let (tool, arguments, _) = &self.done[self.looks];
        signal(Signal::STOP, server.pid);
        let began = Instant::now();
        let effect = play.call(tool, arguments.clone()).await;
        let took = began.elapsed();
        signal(Signal::CONT, server.pid);
        assert_eq!(effect.status, EffectStatus::Uncertain, "{effect:?}");
        let limit = Duration::from_secs_f64(self.call_s);
        assert!(took >= limit && took < limit + SLACK, "it took {took:?}");
        self.called(play).await;
    }

    /// Somebody kills it, which is noticed, and it is there again. Gives whoever was there before.
    async fn killed(&self, play: &mut Play) -> Vec<Trace> {
        let before = family(&play.processes());
        let server = self.process(play);
        signal(Signal::KILL, server.pid);
        assert_gone(std::slice::from_ref(&server));
        let (tool, arguments, _) = &self.done[0];
        let mut said = Vec::new();
        for _ in 0..TRIES {
            let effect = play.call(tool, arguments.clone()).await;
            if effect.status == EffectStatus::Done {
                let now = self.process(play);
                assert_ne!(now.pid, server.pid, "it is another process");
                // What it had started must not outlive it.
                assert_gone(&before);
                return before;
            }
            said.push(effect);
        }
        panic!("it did not come back: {said:?}");
    }

    /// The server itself, not what it has started.
    fn process(&self, play: &Play) -> Trace {
        let all = play.processes();
        let is_meant = |trace: &&Trace| trace.line.contains(self.program);
        let meant: Vec<&Trace> = all.iter().filter(is_meant).collect();
        // Where one of them has started the other, the first one is the server.
        let first = meant.iter().find(|trace| meant.iter().all(|other| other.pid != trace.parent));
        (*first.unwrap_or_else(|| panic!("{} is not among {all:?}", self.program))).clone()
    }
}
