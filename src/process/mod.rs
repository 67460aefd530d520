//! Child processes: each in a group of its own, marked, kept in one ledger, and ended with everything it has started.
//!
//! | file | what |
//! |---|---|
//! | `children` | the ledger of all children of one owner |
//! | `child` | what the owner holds of one child |
//! | `kept` | what the ledger holds of it, reachable whoever holds the rest |
//! | `keeper` | watches one child until it and its group are gone |
//! | `input`, `drain` | its input, which can be closed from here; its output, which is read even if nobody wants it |
//! | `ending` | asking, asking louder, killing; what that came to |
//! | `strays` | what left the group, found by its mark and killed |
//! | `group` | process groups on Unix, Job Objects on Windows |
//! | `kin`, `mark` | who carries a mark in its environment; the mark |
//! | `exit`, `error` | how a process ended; why one did not begin |
//! | [`left`] | what a program that broke off has left behind |
//!
//! A child is asked to end by closing its input and then by `SIGTERM` to its group; what does not listen is killed. On
//! Windows a Job Object knows no gentle request, so there the closed input is the only one.
//!
//! What has left its group is found on Linux by the mark in its environment. That finds neither a process that has
//! left the group *and* cleared its environment, nor one of another user. On other Unix systems strays cannot be found
//! at all, and the certificate says so; out of a Job Object nothing can get away.

mod child;
mod children;
mod drain;
mod ending;
mod error;
mod exit;
mod group;
mod input;
mod keeper;
mod kept;
mod kin;
pub mod left;
mod mark;
mod strays;

pub use child::Child;
pub use children::{ChildEvent, Children, GRACE, Watch};
pub use error::ChildError;
pub use exit::Exit;
pub use input::Input;
pub use mark::MARK;
