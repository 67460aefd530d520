//! Is everything there? Finding the server, and a ladder of checks from the address up to a real answer.
//!
//! | file | what |
//! |---|---|
//! | [`discovery`] | where LM Studio's server should be, from its own files |
//! | [`ladder`] | the checks in order; what failed first explains the rest |
//! | `rungs` | what each check can come to |
//! | [`roles`] | which model answers for which role, and whether it fits |
//! | [`idle`] | whether a server has really stopped generating |

pub mod discovery;
pub mod idle;
pub mod ladder;
pub mod roles;
mod rungs;

pub use discovery::{Found, Source, discover};
pub use ladder::{Checkup, Subject};
