//! How a process ended.

use std::{fmt, process::ExitStatus};

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// By itself. 0 is success by custom.
    Code(i32),
    /// A signal ended it; Unix only.
    Signal(i32),
    /// The system did not tell.
    Unknown,
}

impl Exit {
    /// True when it ended by itself and without complaint.
    pub fn is_success(self) -> bool {
        self == Self::Code(0)
    }
}

impl From<ExitStatus> for Exit {
    fn from(status: ExitStatus) -> Self {
        status.code().map(Self::Code).or_else(|| signal(status).map(Self::Signal)).unwrap_or(Self::Unknown)
    }
}

/// Goes after *ended*.
impl fmt::Display for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "with code {code}"),
            Self::Signal(signal) => write!(f, "by signal {signal}"),
            Self::Unknown => f.write_str("in a way the system does not tell"),
        }
    }
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_status: ExitStatus) -> Option<i32> {
    None
}
