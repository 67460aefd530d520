//! Is everything there? Finding the server, and a ladder of checks from the address up to a real answer.
//!
//! | file | what |
//! |---|---|
//! | [`discovery`] | where LM Studio's server should be, from its own files |
//! | [`ladder`] | the checks in order; what failed first explains the rest |
//! | `answers` | its upper half: real answers, side by side, abilities proved |
//! | [`cloud`] | the providers in the cloud: keys, models, a real answer |
//! | [`checkup`] | the ladders of all endpoints, as one report |
//! | `rungs` | what each check can come to |
//! | [`roles`] | which model answers for which role, and whether it fits |
//! | [`reach`] | name, port, encryption, proxy, and who answers |
//! | [`capacity`] | whether experts will really run side by side |
//! | [`truth`], [`picture`] | abilities proved instead of believed |
//! | [`lms`] | LM Studio's own command line tool |
//! | [`installation`] | LM Studio itself, where it is installed |
//! | [`watch`] | what changes on a server while nobody checks it |
//! | [`idle`] | whether a server has really stopped generating |

mod answers;
pub mod capacity;
pub mod checkup;
pub mod cloud;
pub mod discovery;
pub mod idle;
pub mod installation;
pub mod ladder;
pub mod lms;
pub mod picture;
pub mod reach;
pub mod roles;
mod rungs;
pub mod truth;
pub mod watch;

pub use checkup::check;
pub use discovery::{Found, Source, discover};
pub use ladder::{Checkup, Subject};
