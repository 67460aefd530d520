//! Which build of the program this is, as its build script has stamped it.

/// `0.1.0 (cd9b0721df, 2026-11-26)`: the version, the commit and its day. A `+` behind the commit means that more than it
/// may be in the program.
pub const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (", env!("SINGULARIS_ORIGIN"), ")");

/// The same with what it was built for, in one line:
/// `0.1.0 (cd9b0721df, 2026-11-26; x86_64-unknown-linux-gnu, release; OpenGL, X11, Wayland)`.
pub const WHOLE_VERSION: &str =
    concat!(env!("CARGO_PKG_VERSION"), " (", env!("SINGULARIS_ORIGIN"), "; ", env!("SINGULARIS_MADE_FOR"), ")");
