//! Six experts of Gemini and three of Claude, and Claude decides over them. Each provider's experts share its limits. A
//! provider that cannot be asked leaves its experts out, unless the policy lets local models play them.

use std::sync::Arc;

use super::{Mind, company::Company, ensemble::Ensemble};
use crate::protocol::Problem;

/// The way of thinking, ready to decide.
pub fn cast(company: &Company<'_>) -> Result<Arc<dyn Mind>, Problem> {
    Ok(Arc::new(ensemble(company)?))
}

/// The same as a part of another way of thinking.
pub fn ensemble(company: &Company<'_>) -> Result<Ensemble, Problem> {
    let experts = company.experts()?;
    if experts.is_empty() {
        return Err(company.nobody());
    }
    company.ensemble(experts)
}
