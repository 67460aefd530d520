//! One model asked several times, sober, usual and daring, and once more over what it said: an ensemble for whoever has one
//! model only.

use std::sync::Arc;

use super::{Mind, company::Company};
use crate::protocol::Problem;

/// The way of thinking, ready to decide.
pub fn cast(company: &Company<'_>) -> Result<Arc<dyn Mind>, Problem> {
    Ok(Arc::new(company.ensemble(company.experts()?)?))
}
