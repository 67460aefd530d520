//! Tool servers (MCP) as plain data, in the `mcpServers` form that other programs use, with what this one knows beyond.
//!
//! They stand in a file of their own, `mcp.json` beside the settings, so that a server can be copied from one program's
//! file into another's as it is.
//!
//! | file | what |
//! |---|---|
//! | `data` | one server: how it is reached, and how its tools make an environment |
//! | `secret_values` | secrets among its variables and headers |
//! | `name` | what it may be called |
//! | `entry`, `form` | how one, and a list of them, are read and written |
//! | `listed`, `comments` | such a text as people write it |
//! | [`mod@file`] | `mcp.json` |
//! | [`import`] | the files of other programs |
//! | `presets` | well-known servers, ready to be added |

mod comments;
mod data;
mod entry;
pub mod file;
mod form;
pub mod import;
mod listed;
mod name;
mod presets;
mod secret_values;

pub use data::{Greeting, Place, PresetCall, ServerExtras, ServerSettings};
pub use name::usable_name;
pub use presets::{SERVER_PRESETS, ServerPreset};
pub use secret_values::{ENTRY, IN_KEYCHAIN, entry_name, entry_parts, secret_in};
