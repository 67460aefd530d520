//! What the rounds came to, in figures that need no more room however many rounds there are.

use std::{fmt, time::Duration};

use singularis::protocol::SessionReport;

use crate::{
    levels::Levels,
    plan::{Harm, Kind},
    slope::Course,
};

/// Everything that is counted.
#[derive(Default)]
pub struct Figures {
    rounds: u64,
    started: u64,
    refused: u64,
    /// Stopped before they had begun.
    not_begun: u64,
    /// Of those that were started, because nothing more could be done.
    failed: u64,
    harms: [u64; Kind::ALL.len()],
    worst_stop: Duration,
    worst_certificate_ms: f64,
    worst_gate_ms: f64,
    first: Option<Levels>,
    last: Levels,
    most: Levels,
    /// The most in the warm-up.
    level: Levels,
    pub memory: Course,
}

impl Figures {
    pub fn harmed(&mut self, harms: &[Harm]) {
        for harm in harms {
            let place = Kind::ALL.iter().position(|kind| *kind == harm.kind).expect("one of all kinds");
            self.harms[place] += 1;
        }
    }

    /// A round is over; `stop` is from the press of Stop until nothing ran.
    pub fn ended(&mut self, report: Option<&SessionReport>, was_refused: bool, stop: Duration) {
        self.rounds += 1;
        self.worst_stop = self.worst_stop.max(stop);
        match report {
            Some(report) => {
                self.started += 1;
                self.failed += u64::from(report.problem.is_some());
                self.worst_certificate_ms = self.worst_certificate_ms.max(report.certificate.stopped_ms);
                self.worst_gate_ms = self.worst_gate_ms.max(report.certificate.gate_closed_ms);
            }
            None if was_refused => self.refused += 1,
            None => self.not_begun += 1,
        }
    }

    /// The quiet level after a round. That of the warm-up is what to come back to; only what follows it says anything
    /// about the memory.
    pub fn measured(&mut self, levels: Levels, is_warm: bool) {
        self.first.get_or_insert(levels);
        self.last = levels;
        self.most = self.most.most(levels);
        if is_warm {
            self.memory.add(levels.resident_kib);
        } else {
            self.level = self.level.most(levels);
        }
    }

    /// The most that was open at rest in the warm-up.
    pub fn level(&self) -> Levels {
        self.level
    }

    pub fn sessions(&self) -> u64 {
        self.started
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} rounds, {} sessions started ({} of them failed), {} refused, {} stopped before they had begun; \
             worst stop {} ms (certificate {:.0} ms, gate {:.1} ms)",
            self.rounds,
            self.started,
            self.failed,
            self.refused,
            self.not_begun,
            self.worst_stop.as_millis(),
            self.worst_certificate_ms,
            self.worst_gate_ms,
        )?;
        let harms: Vec<String> =
            Kind::ALL.iter().zip(self.harms).map(|(kind, times)| format!("{} {times}", kind.name())).collect();
        write!(f, "; faults: {}", harms.join(", "))?;
        let first = self.first.unwrap_or_default();
        let of = |levels: fn(&Levels) -> usize| {
            let [first, last, most] = [&first, &self.last, &self.most].map(levels);
            format!("{first}/{last}/{most}")
        };
        write!(
            f,
            "; first/last/most: descriptors {}, threads {}, tasks {}, sockets {}; memory: {}",
            of(|levels| levels.descriptors),
            of(|levels| levels.threads),
            of(|levels| levels.tasks),
            of(|levels| levels.sockets),
            self.memory
        )
    }
}
