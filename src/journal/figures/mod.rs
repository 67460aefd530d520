//! What can be counted and drawn of a session, from its records alone. Nothing here reads a journal.
//!
//! | file | what |
//! |---|---|
//! | `plots` | courses over time |
//! | `experts` | what each part did in the whole session |
//! | `errors` | what went wrong, those that are alike as one |
//! | `worth` | which decisions are worth reading, and why |

mod errors;
mod experts;
mod plots;
mod worth;

use std::collections::BTreeMap;

use crate::{
    protocol::{Call, SessionFigures, SessionFile, What},
    settings::Strategy,
};

#[cfg(test)]
pub(in crate::journal) mod samples;
#[cfg(test)]
mod tests;

/// Counts everything anew; the figures that the file brings with it are not looked at.
pub fn of(file: &SessionFile) -> SessionFigures {
    let calls = calls(file);
    SessionFigures {
        plots: plots::of(file, &calls),
        experts: experts::of(file, &calls),
        errors: errors::of(file, &calls),
        worth_reading: worth::of(file),
    }
}

/// Every call once, as it is known last, with when that was in milliseconds since the session began; in the order in
/// which they were asked.
pub fn calls(file: &SessionFile) -> Vec<(u64, &Call)> {
    let mut known = BTreeMap::new();
    for record in &file.records {
        match &record.what {
            What::CallEnded(call) => {
                known.insert(call.call, (record.at_ms, &**call));
            }
            What::Asked(call) => {
                known.entry(call.call).or_insert((record.at_ms, &**call));
            }
            _ => {}
        }
    }
    known.into_values().collect()
}

/// When the question of a call left, or was asked where that is not known.
pub fn left_at(call: &Call) -> u64 {
    call.left_at_ms.unwrap_or(call.asked_at_ms)
}

/// How this session decided.
pub fn strategy(file: &SessionFile) -> Strategy {
    file.started.as_ref().map_or(file.line.strategy, |started| started.strategy)
}
