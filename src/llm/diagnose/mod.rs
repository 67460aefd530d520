//! Evidence in, cause and remedies out: a pure function, without I/O, used by every model call and every check.
//!
//! The server's own words count most (`phrases`), then what happened below HTTP (`transport`), then what the answer
//! looked like (`answer`), then what a complaint is about (`subjects`), then the bare status (`status`). A rule describes how servers behave; where the evidence
//! fits several causes, the others are named too. `explain` turns the cause into words and buttons, `passages` quotes what the conclusion rests on.

mod answer;
mod ending;
mod explain;
mod passages;
mod phrases;
mod reading;
mod status;
mod subjects;
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
    /// The words that were recognised, as they stand in the flattened text.
    pieces: Vec<&'static str>,
}

impl Verdict {
    fn certain(cause: Cause) -> Self {
        Self { cause, certainty: Certainty::Certain, also_possible: Vec::new(), pieces: Vec::new() }
    }

    fn likely(cause: Cause, also_possible: &[Cause]) -> Self {
        Self { cause, certainty: Certainty::Likely, also_possible: also_possible.to_vec(), pieces: Vec::new() }
    }

    fn guess(cause: Cause, also_possible: &[Cause]) -> Self {
        Self { cause, certainty: Certainty::Guess, also_possible: also_possible.to_vec(), pieces: Vec::new() }
    }
}

/// Says what a failure means. Takes time linear in the size of the evidence.
pub fn diagnose(evidence: &Evidence) -> Diagnosis {
    let reading = Reading::of(evidence);
    let verdict = answer::nothing_said(&reading)
        .or_else(|| answer::other_model(&reading))
        .or_else(|| answer::from_another_program(&reading))
        .or_else(|| phrases::verdict(&reading))
        .or_else(|| transport::verdict(&reading))
        .or_else(|| answer::verdict(&reading))
        .or_else(|| subjects::verdict(&reading))
        .or_else(|| status::verdict(&reading))
        .unwrap_or_else(|| Verdict::guess(Cause::Unknown, &[]));
    let problem = explain::problem(&verdict, &reading);
    let evidence = passages::of(&verdict, &reading);
    let Verdict { cause, certainty, also_possible, .. } = verdict;
    Diagnosis { cause, certainty, also_possible, evidence, problem }
}

#[cfg(test)]
mod tests;
