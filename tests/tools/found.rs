//! Where the real servers are: in a folder that `.ci/run` fills from the package registries.
//!
//! `SINGULARIS_SERVERS` names it; without that it is looked for in `target/servers`. Where it is missing these tests say
//! that they did not run; with `SINGULARIS_MUST_RUN` they fail instead.

use std::{
    env,
    path::{Path, PathBuf},
};

use singularis::settings::ServerSettings;

/// Where Debian, Fedora and others put the browser.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The servers, each ready to be started.
pub struct Found {
    folder: PathBuf,
}

impl Found {
    /// `None` says that the test did not run, and has said so aloud.
    pub fn for_test(test: &str) -> Option<Self> {
        let folder = match env::var_os("SINGULARIS_SERVERS") {
            Some(folder) => PathBuf::from(folder),
            None => Path::new(env!("CARGO_MANIFEST_DIR")).join("target/servers"),
        };
        let folder = folder.canonicalize().unwrap_or(folder);
        let found = Self { folder };
        let parts = [found.node(), found.script("server-everything"), found.tool("mcp-server-git")];
        let missing = parts.iter().find(|part| !part.exists());
        let why = missing.map(|part| format!("{} is missing; .ci/run installs it", part.display()));
        ran_or_not(test, why).then_some(found)
    }

    fn node(&self) -> PathBuf {
        self.folder.join("node_modules/node/bin/node")
    }

    fn script(&self, package: &str) -> PathBuf {
        self.folder.join("node_modules/@modelcontextprotocol").join(package).join("dist/index.js")
    }

    fn tool(&self, name: &str) -> PathBuf {
        self.folder.join("venv/bin").join(name)
    }

    /// One of the reference servers that run in Node.
    pub fn reference(&self, name: &str, more: &[&str]) -> ServerSettings {
        let (node, script) = (self.node(), self.script(&format!("server-{name}")));
        let arguments = [&[text(&script)][..], more].concat();
        ServerSettings::program(name, text(&node), &arguments)
    }

    pub fn git(&self, repository: &Path) -> ServerSettings {
        ServerSettings::program("git", text(&self.tool("mcp-server-git")), &["--repository", text(repository)])
    }

    /// Playwright with this browser.
    pub fn playwright(&self, browser: &Path) -> ServerSettings {
        let script = self.folder.join("node_modules/@playwright/mcp/cli.js");
        let arguments = [text(&script), "--headless", "--no-sandbox", "--isolated", "--executable-path", text(browser)];
        ServerSettings::program("playwright", text(&self.node()), &arguments)
    }
}

/// A real browser; `None` has been said aloud.
pub fn browser(test: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let places = env::split_paths(&path).flat_map(|folder| BROWSERS.map(|name| folder.join(name)));
    let found = places.into_iter().find(|place| place.is_file());
    let why = found.is_none().then(|| "there is no Chromium; .ci/run installs it".to_owned());
    ran_or_not(test, why);
    found
}

/// True where nothing is missing.
fn ran_or_not(test: &str, why_not: Option<String>) -> bool {
    let Some(why) = why_not else { return true };
    eprintln!("NOT RUN: {test}, because {why}");
    assert!(env::var_os("SINGULARIS_MUST_RUN").is_none(), "{test} has to run, but {why}");
    false
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path that can be written")
}
