//! What can be done about each trouble with a server, best first.

use super::Trouble;
use crate::settings::{Place, ServerSettings};

/// Passages in a server's last lines, in small letters, and what can be done about what they tell.
const TOLD: [(&[&str], &str); 6] = [
    (&["e404", "404 not found", "no such package", "not found in the package registry"], PACKAGE),
    (&["eai_again", " enotfound", "etimedout", "econnrefused", "dns error", "failed to fetch"], NETWORK),
    (&["cannot find module", "modulenotfounderror", "no module named", "err_module_not_found"], MODULE),
    (&["command not found", "no such file or directory", "enoent"], MISSING),
    (&["permission denied", "eacces", "operation not permitted"], PERMISSION),
    (&["api key", "api_key", "apikey", "unauthorized", "access token", "environment variable"], VARIABLE),
];

const PACKAGE: &str = "Correct the name of the package in the arguments: its registry does not know it";
const NETWORK: &str = "See whether this machine reaches the network: the server had to be fetched and could not";
const MODULE: &str = "Install the module that its last lines name, or start the server from where it is installed";
const MISSING: &str = "Install or correct the file that its last lines name";
const PERMISSION: &str = "Give it leave to read or write what its last lines name";
const VARIABLE: &str = "Set the variable that its last lines ask for, in the server's variables";

const READ_LINES: &str = "Read its last lines, and run the command in a terminal";

impl Trouble {
    /// What can be done, best first; never nothing.
    pub(super) fn advice(&self, server: &ServerSettings, complaints: &[String]) -> Vec<String> {
        match self {
            Self::NotFound { program } => vec![to_install(program)],
            Self::NoFolder { .. } => one("Create the folder, or correct it in the server's settings"),
            Self::NotAllowed { .. } => one("Make the file executable, or correct the command"),
            Self::CouldNotStart { .. } => one("Run the command in a terminal and see what it says"),
            Self::NeedsVariable { name } => vec![
                format!("Set {name} in the environment in which this program is started"),
                "Or write ${keychain} in its place and keep the value in the keychain".to_owned(),
            ],
            Self::NeedsSecret { .. } => both(
                "If the keychain is locked, unlock it and start this program again",
                "Otherwise give the secret on the Servers page; the keychain keeps it",
            ),
            Self::EndedAtOnce { .. } => from_last_lines(complaints, READ_LINES),
            Self::Silent { .. } => silent(server),
            Self::TalksGarbage { .. } => both(
                "See whether the command starts a tool server; many speak over their output only if an argument such \
                 as stdio asks for it",
                "If it is a server for the network, give its address in place of the command",
            ),
            Self::HalfLine { .. } => {
                one("Test it again; if it stays so, tell its makers that a message has to end with a line break")
            }
            Self::TooLong { .. } => one("Ask it for less at a time, such as smaller pictures or fewer lines"),
            Self::WrongProtocol { .. } => both("Update the server", "If it is the newest, update this program"),
            Self::Refused { .. } => {
                from_last_lines(complaints, "Do what its words ask for; often an argument or a variable is missing")
            }
            Self::BadAddress { .. } => one("Write the whole address, such as http://127.0.0.1:8000/mcp"),
            Self::Http { status, .. } => one(for_status(*status)),
            Self::Locked { .. } => both(
                "Use a server on this machine",
                "Or list its host among your own, or allow requests to leave, in the settings",
            ),
            Self::Unreachable { .. } => both("Start the server", "Press Edit at the server and correct its address"),
            Self::ListFailed { .. } => {
                from_last_lines(complaints, "Test the server again, and update it if it stays so")
            }
            Self::Died { .. } => from_last_lines(complaints, "Read its last lines, and start the session again"),
            Self::HungUp => {
                from_last_lines(complaints, "Start it again; its own log may say why it closed the connection")
            }
            Self::Told { trouble, complaints } => trouble.advice(server, complaints),
        }
    }
}

fn one(advice: &str) -> Vec<String> {
    vec![advice.to_owned()]
}

fn both(first: &str, second: &str) -> Vec<String> {
    vec![first.to_owned(), second.to_owned()]
}

fn silent(server: &ServerSettings) -> Vec<String> {
    match server.place {
        Place::Program { .. } => both(
            "See in a terminal whether the command starts a tool server that waits for messages on its input",
            "If it only needs longer, because it is fetched first, raise the time to connect in the settings",
        ),
        Place::Address { .. } => {
            both("See whether the server works, and start it again", "Raise the time to connect in the settings")
        }
    }
}

/// What the last lines tell, and what helps in any case.
fn from_last_lines(complaints: &[String], otherwise: &str) -> Vec<String> {
    let said = complaints.join("\n").to_lowercase();
    let told = TOLD.iter().find(|(passages, _)| passages.iter().any(|passage| said.contains(passage)));
    told.map(|(_, advice)| (*advice).to_owned()).into_iter().chain([otherwise.to_owned()]).collect()
}

fn to_install(program: &str) -> String {
    let name = program.rsplit(['/', '\\']).next().unwrap_or(program).to_lowercase();
    let name = name.trim_end_matches(".cmd").trim_end_matches(".exe");
    let maker = match name {
        "node" | "npm" | "npx" => "Node.js",
        "uv" | "uvx" => "uv",
        "bun" | "bunx" => "Bun",
        "deno" => "Deno",
        "docker" => "Docker",
        name if name.starts_with("python") || name.starts_with("pip") => "Python",
        _ => return "Install it, or write its whole path in the server's command".to_owned(),
    };
    format!("Install {maker}, or write the whole path of {program} in the server's command")
}

fn for_status(status: u16) -> &'static str {
    match status {
        401 | 403 => "Give the token that it asks for, as a header in the server's settings",
        404 => "Correct the address; with many servers it ends in /mcp",
        405 | 406 | 415 => {
            "See whether the server speaks streamable HTTP; the older kind with two addresses is not spoken here"
        }
        408 | 429 => "Wait a moment and test it again",
        500.. => "Look into the server's own log, and start it again",
        _ => "Correct the address or the headers in the server's settings",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn advice(trouble: &Trouble, lines: &[&str]) -> Vec<String> {
        let lines: Vec<String> = lines.iter().map(|&line| line.to_owned()).collect();
        trouble.advice(&ServerSettings::program("files", "npx", &[]), &lines)
    }

    #[test]
    fn the_last_lines_decide_what_is_best() {
        let ended = Trouble::EndedAtOnce { exit: "with code 1".to_owned() };
        for (line, expected) in [
            ("npm ERR! code E404", PACKAGE),
            ("getaddrinfo EAI_AGAIN registry", NETWORK),
            ("ModuleNotFoundError: No module named 'mcp'", MODULE),
            ("sh: 1: foo: command not found", MISSING),
            ("EACCES: permission denied", PERMISSION),
            ("Error: BRAVE_API_KEY environment variable is required", VARIABLE),
        ] {
            assert_eq!(advice(&ended, &["starting", line]), [expected, READ_LINES], "{line}");
        }
        assert_eq!(advice(&ended, &["bye"]), [READ_LINES]);
    }

    #[test]
    fn a_missing_program_is_named_with_what_brings_it() {
        assert!(to_install("npx").starts_with("Install Node.js, "));
        assert!(to_install("/opt/uvx").starts_with("Install uv, "));
        assert!(to_install("python3.12").starts_with("Install Python, "));
        assert!(to_install("NPX.CMD").starts_with("Install Node.js, "));
        assert!(to_install("frobnicate").starts_with("Install it, "));
    }

    #[test]
    fn each_kind_of_status_has_its_own_way_out() {
        let ways: std::collections::BTreeSet<&str> = [401, 404, 405, 429, 503, 400].map(for_status).into();
        assert_eq!(ways.len(), 6);
    }
}
