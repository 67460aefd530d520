//! How models decide: a question goes in, one action with its chain of reasons comes out.
//!
//! | file | what |
//! |---|---|
//! | [`question`], [`offered`] | what is asked, as a prompt; actions in words |
//! | [`schema`], [`arguments`] | the shape of the answer, narrowed to what is legal now; of arguments of any action |
//! | [`reading`] | the answer, read strictly first and tolerantly last |
//! | [`stage`] | what the window sees of each expert while it speaks |
//! | [`player`] | one model in one part |
//! | [`company`] | all parts with whoever can play them, given to a way of thinking |
//! | [`single`], [`heuristic`] | one model alone; rules alone |
//! | [`local_experts`], [`self_experts`], [`cloud_experts`] | several in parallel, then a synthesizer: an [`ensemble`] |
//! | [`hybrid`], [`parallel`] | one looks and one decides; that and cloud experts at once |
//! | [`patience`] | how long the slower ones are waited for |
//! | [`worth`] | does asking several models pay? |
//! | [`route`], [`switch`], [`answering`] | who may be asked, in which order; one part played by several; who answers now |
//! | `hearing` | every question to a model, as the journal keeps it |
//! | [`narrator`] | says what is going on, beside the decisions |

pub mod answering;
pub mod arguments;
pub mod cloud_experts;
pub mod company;
pub mod ensemble;
mod hearing;
pub mod heuristic;
pub mod hybrid;
pub mod local_experts;
pub mod narrator;
pub mod offered;
pub mod parallel;
pub mod patience;
pub mod player;
pub mod prompts;
pub mod question;
pub mod reading;
pub mod route;
pub mod schema;
pub mod self_experts;
pub mod single;
pub mod stage;
pub mod switch;
pub mod worth;

use crate::{
    llm::{BoxFuture, Error},
    protocol::{ActionCall, Moment, Problem, ProposalView},
};
pub use question::Question;
pub use stage::Stage;

/// A way of deciding.
pub trait Mind: Send + Sync {
    /// Decides once. Dropping the future closes every request it has open.
    fn decide<'a>(&'a self, question: &'a Question) -> BoxFuture<'a, Result<Decision, MindError>>;

    /// Whether it would look at a picture of what is there.
    fn wants_picture(&self) -> bool {
        false
    }

    /// Lets go of every client, once those who were still asking have. After it nothing can be asked any more; the ledger
    /// of open things tells whether it is true.
    fn close(&self) -> BoxFuture<'_, ()>;
}

/// One action and how it came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    pub action: ActionCall,
    /// Who decided: `synthesizer`, an expert's title, `rules`.
    pub by: String,
    pub because: String,
    /// How sure whoever decided is, 0 to 1.
    pub confidence: f64,
    pub proposals: Vec<ProposalView>,
    /// Everything that fell short on the way, one sentence each.
    pub shortfalls: Vec<String>,
}

/// No decision could be made.
#[derive(Clone, Debug, thiserror::Error)]
pub enum MindError {
    /// Stop came first.
    #[error("nothing new may begin, a stop is under way")]
    Stopped,
    /// Nobody answered; the first failure stands for all.
    #[error("nobody answered: {first}")]
    NobodyAnswered {
        first: Box<Error>,
        others: Vec<String>,
        /// When somebody can be asked again, if that is all that is wrong: everybody rests.
        rests_until: Option<Moment>,
    },
    /// Models answered, but with nothing that could be done.
    #[error("no answer named an action that is possible now")]
    NothingUsable { shortfalls: Vec<String> },
}

impl MindError {
    /// Nobody answered, for these reasons; `others` is what else fell short.
    pub fn nobody(errors: Vec<Error>, others: Vec<String>) -> Self {
        let rest = |error: &Error| match error {
            Error::Resting { until, .. } => Some(*until),
            _ => None,
        };
        let rests: Option<Vec<Moment>> = errors.iter().map(rest).collect();
        let rests_until = rests.and_then(|rests| rests.into_iter().min());
        // What is really wrong says more than that somebody rests.
        let told = errors.iter().position(|error| rest(error).is_none()).unwrap_or(0);
        match errors.into_iter().nth(told) {
            Some(first) => Self::NobodyAnswered { first: Box::new(first), others, rests_until },
            None => Self::NothingUsable { shortfalls: others },
        }
    }

    /// When somebody can be asked again, where that is all that is wrong.
    pub fn rests_until(&self) -> Option<Moment> {
        match self {
            Self::NobodyAnswered { rests_until, .. } => *rests_until,
            Self::Stopped | Self::NothingUsable { .. } => None,
        }
    }

    /// In words, with the way out.
    pub fn problem(&self) -> Problem {
        match self {
            Self::Stopped => Problem::plain(self.to_string(), Vec::new(), "Start a new session once it is over"),
            Self::NobodyAnswered { first, others, .. } => {
                let mut problem = first.problem();
                problem.details.extend(others.iter().cloned());
                problem
            }
            Self::NothingUsable { shortfalls } => Problem::plain(
                "The models answered, but named no action that is possible now",
                shortfalls.clone(),
                "Choose a larger model, or one that can follow a JSON schema",
            ),
        }
    }
}
