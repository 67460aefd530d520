//! What can be posted in public when somebody asks for help: one text, and the list of what was taken out of it.

use serde::{Deserialize, Serialize};

/// The diagnostics as they would be saved, word for word.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bundle {
    /// Markdown, complete.
    pub text: String,
    /// A name for the file, without a folder.
    pub file_name: String,
    pub redactions: Vec<Redaction>,
}

/// One kind of thing that was taken out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redaction {
    /// What it was, such as `API keys` or `the name of the home folder`; never the thing itself.
    pub what: String,
    pub times: u64,
    /// What stands in its place.
    pub instead: String,
}
