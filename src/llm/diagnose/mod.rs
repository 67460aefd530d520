//! Evidence in, cause and remedies out: a pure function, without I/O, used by every model call and every check.
//!
//! The server's own words count most ([`phrases`]), then what happened below HTTP ([`transport`]), then what the answer
//! looked like ([`answer`]), then the bare status ([`status`]). A rule describes how servers behave; where the evidence
//! fits several causes, the others are named too. [`explain`] turns the cause into words and buttons.

mod answer;
mod explain;
mod phrases;
mod reading;
mod status;
mod table;
mod transport;

use reading::Reading;

use super::evidence::Evidence;
use crate::protocol::{Cause, Certainty, Diagnosis};

/// What a rule concludes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Verdict {
    cause: Cause,
    certainty: Certainty,
    also_possible: Vec<Cause>,
}

impl Verdict {
    fn certain(cause: Cause) -> Self {
        Self { cause, certainty: Certainty::Certain, also_possible: Vec::new() }
    }

    fn likely(cause: Cause, also_possible: &[Cause]) -> Self {
        Self { cause, certainty: Certainty::Likely, also_possible: also_possible.to_vec() }
    }

    fn guess(cause: Cause, also_possible: &[Cause]) -> Self {
        Self { cause, certainty: Certainty::Guess, also_possible: also_possible.to_vec() }
    }
}

/// Says what a failure means. Takes time linear in the size of the evidence.
pub fn diagnose(evidence: &Evidence) -> Diagnosis {
    let reading = Reading::of(evidence);
    let verdict = answer::other_model(&reading)
        .or_else(|| answer::from_another_program(&reading))
        .or_else(|| phrases::verdict(&reading))
        .or_else(|| transport::verdict(&reading))
        .or_else(|| answer::verdict(&reading))
        .or_else(|| status::verdict(&reading))
        .unwrap_or_else(|| Verdict::guess(Cause::Unknown, &[]));
    let problem = explain::problem(&verdict, &reading);
    Diagnosis { cause: verdict.cause, certainty: verdict.certainty, also_possible: verdict.also_possible, problem }
}

#[cfg(test)]
mod tests;
