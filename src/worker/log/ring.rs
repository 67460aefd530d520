//! The last lines, for whoever wants to know what went before.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use crate::protocol::LogLine;

/// So many lines are kept in memory.
const KEPT: usize = 5000;

static RING: Mutex<Ring> = Mutex::new(Ring { lines: VecDeque::new(), last: 0 });

struct Ring {
    lines: VecDeque<LogLine>,
    /// The number of the line that came last.
    last: u64,
}

impl Ring {
    /// Gives a line its number, and keeps it if it is to be kept.
    fn numbered(&mut self, is_kept: bool, line: impl FnOnce(u64) -> LogLine) -> LogLine {
        self.last += 1;
        let line = line(self.last);
        if is_kept {
            if self.lines.len() == KEPT {
                self.lines.pop_front();
            }
            self.lines.push_back(line.clone());
        }
        line
    }

    fn tail(&self, lines: usize) -> Vec<LogLine> {
        self.lines.iter().skip(self.lines.len().saturating_sub(lines)).cloned().collect()
    }
}

/// Gives the next number to a line, in the order in which lines are kept.
pub(super) fn numbered(is_kept: bool, line: impl FnOnce(u64) -> LogLine) -> LogLine {
    RING.lock().unwrap_or_else(PoisonError::into_inner).numbered(is_kept, line)
}

/// The last lines of this run of the program, the newest last: at most so many, and at most 5,000.
pub fn tail(lines: usize) -> Vec<LogLine> {
    RING.lock().unwrap_or_else(PoisonError::into_inner).tail(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Moment;

    fn line(number: u64) -> LogLine {
        let level = tracing::Level::INFO;
        LogLine { number, at: Moment(number), level, target: "test".into(), text: "text".into() }
    }

    #[test]
    fn the_newest_lines_stay_and_every_line_has_a_number() {
        let mut ring = Ring { lines: VecDeque::new(), last: 0 };
        for _ in 0..KEPT + 7 {
            ring.numbered(true, line);
        }
        assert_eq!(ring.numbered(false, line).number, 5008);
        let numbers = |lines: Vec<LogLine>| lines.iter().map(|line| line.number).collect::<Vec<_>>();
        assert_eq!(numbers(ring.tail(2)), [5006, 5007], "the last one was not to be kept");
        let all = numbers(ring.tail(usize::MAX));
        assert_eq!((all.len(), all[0]), (KEPT, 8));
        assert!(ring.tail(0).is_empty());
    }
}
