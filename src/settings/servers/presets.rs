//! Well-known servers, ready to be added.

use serde_json::Map;

use super::{Place, PresetCall, ServerSettings};

/// A server that many people use.
#[derive(Clone, Copy, Debug)]
pub struct ServerPreset {
    /// What it is called once it is added.
    pub name: &'static str,
    /// For people.
    pub title: &'static str,
    /// What it is good for, and what it takes, in a sentence or two.
    pub about: &'static str,
    /// What a person has to fill in, such as `The folder it may use`; `None` for nothing.
    pub needs: Option<&'static str>,
    /// The server, made with what was filled in.
    pub server: fn(&str) -> ServerSettings,
}

/// All of them.
pub const SERVER_PRESETS: [ServerPreset; 5] = [
    ServerPreset {
        name: "playwright",
        title: "Playwright",
        about: "Opens web pages in a browser of its own, reads them, clicks and types. Needs Node.js. Pictures and \
                downloads go into the folder it is started in.",
        needs: None,
        server: playwright,
    },
    ServerPreset {
        name: "filesystem",
        title: "Files",
        about: "Reads and writes files in one folder and whatever lies below it. Needs Node.js.",
        needs: Some("The folder it may use"),
        server: filesystem,
    },
    ServerPreset {
        name: "memory",
        title: "Memory",
        about: "Keeps facts and how they belong together in one file, also between sessions. Needs Node.js.",
        needs: Some("The file it remembers in"),
        server: memory,
    },
    ServerPreset {
        name: "git",
        title: "Git",
        about: "Reads and changes one Git repository. Needs uv, which fetches it, and Git.",
        needs: Some("The folder of the repository"),
        server: git,
    },
    ServerPreset {
        name: "fetch",
        title: "Fetch",
        about: "Gets web pages as text. Needs uv, which fetches it.",
        needs: None,
        server: fetch,
    },
];

impl ServerPreset {
    /// The preset of this name.
    pub fn of(name: &str) -> Option<&'static Self> {
        SERVER_PRESETS.iter().find(|preset| preset.name == name)
    }
}

fn playwright(_nothing: &str) -> ServerSettings {
    let mut server = ServerSettings::program("playwright", "npx", &["-y", "@playwright/mcp@latest", "--isolated"]);
    // What a click has brought about is not told by the click; the page has to be looked at.
    server.extras.observe = Some(PresetCall { tool: "browser_snapshot".to_owned(), arguments: Map::new() });
    // It runs any program in the browser's own process.
    server.extras.deny = vec!["browser_run_code_unsafe".to_owned()];
    server
}

fn filesystem(folder: &str) -> ServerSettings {
    ServerSettings::program("filesystem", "npx", &["-y", "@modelcontextprotocol/server-filesystem", folder])
}

fn memory(file: &str) -> ServerSettings {
    let mut server = ServerSettings::program("memory", "npx", &["-y", "@modelcontextprotocol/server-memory"]);
    if let Place::Program { variables, .. } = &mut server.place {
        variables.insert("MEMORY_FILE_PATH".to_owned(), file.to_owned());
    }
    server
}

fn git(repository: &str) -> ServerSettings {
    ServerSettings::program("git", "uvx", &["mcp-server-git", "--repository", repository])
}

fn fetch(_nothing: &str) -> ServerSettings {
    ServerSettings::program("fetch", "uvx", &["mcp-server-fetch"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_have_their_names_and_use_what_is_filled_in() {
        for preset in SERVER_PRESETS {
            let server = (preset.server)("/of/a/test");
            assert_eq!(server.name, preset.name);
            let text = format!("{server:?}");
            assert_eq!(text.contains("/of/a/test"), preset.needs.is_some(), "{text}");
            assert!(server.secrets().is_empty() && server.is_enabled, "{text}");
        }
        assert_eq!(ServerPreset::of("git").map(|preset| preset.title), Some("Git"));
        assert!(ServerPreset::of("gut").is_none());
    }
}
