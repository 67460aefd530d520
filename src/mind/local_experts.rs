//! Local experts: the experts of the settings, each with its own eye for one thing, and a synthesizer over them. A local
//! mixture of experts.

use std::sync::Arc;

use super::{Mind, company::Company};
use crate::protocol::Problem;

/// The way of thinking, ready to decide.
pub fn cast(company: &Company<'_>) -> Result<Arc<dyn Mind>, Problem> {
    let experts = company.experts()?;
    if experts.is_empty() {
        return Err(Problem::plain(
            "There are no experts",
            vec!["Local experts need at least one role called expert.1".to_owned()],
            "Add experts to the settings, or choose one model alone",
        ));
    }
    Ok(Arc::new(company.ensemble(experts)?))
}
