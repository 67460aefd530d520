//! One request on its way to its answer: what was asked, of whom, and what is to go wrong.

use std::sync::Arc;

use serde_json::Value;

use super::{
    catalogue::{Instance, Target, Unservable},
    faults::{FaultKind, Trouble},
    generation::Pace,
    slots::Ticket,
    socket::ResetFlag,
    state::State,
};

pub(super) struct Call {
    pub state: Arc<State>,
    pub body: Value,
    pub trouble: Trouble,
    pub reset: ResetFlag,
}

impl Call {
    /// The `model` of the body; a missing one is a name nobody has.
    pub fn model_asked(&self) -> &str {
        self.body["model"].as_str().unwrap_or_default()
    }

    /// Whether the answer is a stream, which is not quite the same as whether one was asked for.
    pub fn streams(&self) -> bool {
        self.body["stream"] == true && self.trouble.answer != Some(FaultKind::JsonInsteadOfSse)
    }

    /// The name the answer gives as its author.
    pub fn name_of(&self, instance: &Instance) -> String {
        self.trouble.wrong_model.clone().unwrap_or_else(|| instance.id.clone())
    }

    pub fn pace(&self) -> Pace {
        let between_tokens = self.trouble.slow.unwrap_or(self.state.pace.between_tokens);
        Pace { between_tokens, ..self.state.pace }
    }

    pub fn ticket(&self) -> Ticket {
        Ticket::new(&self.state.activity)
    }

    /// The instance behind a target, loaded if need be.
    pub async fn resident(&self, target: Target) -> Result<Arc<Instance>, Unservable> {
        match target {
            Target::Resident(instance) => Ok(instance),
            Target::Downloaded(entry) => entry.load_once(None, self.trouble.duplicates_instances).await,
        }
    }
}
