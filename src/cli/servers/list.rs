//! Servers as a table and as JSON; both without secrets.

use serde_json::{Value, json};

use super::Said;
use crate::{
    cli::sessions::aligned,
    settings::{ServerSettings, redaction},
};

pub fn said(servers: &[ServerSettings]) -> Said {
    let text = if servers.is_empty() {
        "There are no tool servers yet; add one with: singularis servers add playwright".to_owned()
    } else {
        table(servers)
    };
    Said::well(text, json!({"servers": objects(servers)}))
}

/// A line for each.
pub fn table(servers: &[ServerSettings]) -> String {
    let mut rows = vec![["name", "switched", "how it is reached"].map(str::to_owned)];
    rows.extend(servers.iter().map(|server| {
        [server.name.clone(), if server.is_enabled { "on" } else { "off" }.to_owned(), server.reached()]
    }));
    aligned(&rows)
}

/// As JSON, each with the name of its environment.
pub fn objects(servers: &[ServerSettings]) -> Vec<Value> {
    let object = |server: &ServerSettings| {
        let shown = server.without_secrets(|_secret| redaction::HIDDEN.to_owned());
        json!({"name": shown.name, "environment": shown.environment(), "is_enabled": shown.is_enabled,
            "reached": shown.reached(), "variables": shown.values(), "extras": shown.extras})
    };
    servers.iter().map(object).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_tells_everything_but_secrets() {
        let mut server = ServerSettings::program("git", "run", &["--key", "sk-of-a-test-0123456789", "two words"]);
        server.values_mut().insert("GIT_TOKEN".into(), "of-a-test-listed".into());
        server.is_enabled = false;
        let said = said(&[server, ServerSettings::address("far", "http://x/mcp")]);
        let lines: Vec<&str> = said.text.lines().collect();
        assert_eq!(lines[1], "git   off       run --key (hidden) \"two words\"");
        assert_eq!(lines[2], "far   on        http://x/mcp");
        assert_eq!(said.object["servers"][0]["variables"]["GIT_TOKEN"], "(hidden)");
        assert_eq!(said.object["servers"][1]["environment"], "tools:far");
        assert!(!said.object.to_string().contains("of-a-test"), "{}", said.object);
    }
}
