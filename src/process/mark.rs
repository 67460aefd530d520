//! The mark that every child and everything it starts carries in its environment.

use std::io;

/// The name of the variable. Its value cannot be guessed and is never given twice.
pub const MARK: &str = "SINGULARIS_CHILD";

/// A value that nobody has had before.
pub fn fresh() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(format!("{:032x}", u128::from_ne_bytes(bytes)))
}
