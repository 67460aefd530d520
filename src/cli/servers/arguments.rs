//! What can be typed after `singularis servers`.

use clap::{Args, Subcommand};

/// `singularis servers`
#[derive(Args, Debug)]
pub struct Servers {
    #[command(subcommand)]
    pub errand: Option<Errand>,
    /// Print one JSON object
    #[arg(long, global = true)]
    pub json: bool,
}

/// What is wanted of tool servers.
#[derive(Debug, Subcommand)]
pub enum Errand {
    /// List those in the settings; without a command this is what is done
    List,
    /// Start one, list its tools and end it again; exits with 0 if it can be used, else 1
    Test {
        /// Its name
        name: String,
    },
    /// List the servers in the files of other programs, which are only read
    Import {
        /// Add these of them
        #[arg(long, value_name = "NAME", num_args = 1..)]
        take: Vec<String>,
    },
    /// Add one
    Add(Add),
    /// Remove one, and forget its secrets
    Remove {
        /// Its name
        name: String,
    },
}

/// `singularis servers add`
#[derive(Args, Debug, Default)]
pub struct Add {
    /// Its name; without --command and --url a known one: playwright, filesystem, memory, git or fetch
    pub name: String,
    /// What the known one needs, such as a folder
    #[arg(long, value_name = "VALUE", conflicts_with_all = ["command", "url"])]
    pub needs: Option<String>,
    /// The program to start; its arguments follow after --
    #[arg(long, value_name = "PROGRAM", conflicts_with = "url")]
    pub command: Option<String>,
    /// The address of a server that runs already
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// Where the program is started
    #[arg(long, value_name = "FOLDER", requires = "command")]
    pub folder: Option<String>,
    /// A variable of the program's environment; a secret is best given as a reference, such as `TOKEN=${TOKEN}`
    #[arg(long = "env", value_name = "NAME=VALUE", value_parser = pair, requires = "command")]
    pub variables: Vec<(String, String)>,
    /// A header for the address
    #[arg(long = "header", value_name = "NAME=VALUE", value_parser = pair, requires = "url")]
    pub headers: Vec<(String, String)>,
    /// The program's arguments
    #[arg(last = true, value_name = "ARGUMENT", requires = "command")]
    pub arguments: Vec<String>,
}

/// What was typed is not said again: it may be a secret.
fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), value.to_owned())),
        _ => Err("write it as NAME=VALUE".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::{Arguments, Task};

    fn add(words: &[&str]) -> Result<Add, String> {
        let command = ["singularis", "servers", "add"];
        let line = command.iter().chain(words);
        match Arguments::try_parse_from(line).map_err(|error| error.to_string())?.task {
            Some(Task::Servers(Servers { errand: Some(Errand::Add(add)), .. })) => Ok(add),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_server_is_a_known_one_a_command_or_an_address() {
        assert_eq!(add(&["git", "--needs", "/x"]).unwrap().needs.as_deref(), Some("/x"));
        let program = add(&["mine", "--command", "npx", "--env", "A=b=c", "--", "-y", "--json"]).unwrap();
        assert_eq!((program.command.as_deref(), program.arguments.len()), (Some("npx"), 2));
        assert_eq!(program.variables, [("A".to_owned(), "b=c".to_owned())]);
        let address = add(&["far", "--url", "http://x", "--header", "X=1"]).unwrap();
        assert_eq!((address.url.as_deref(), address.headers.len()), (Some("http://x"), 1));
        for bad in [&["a", "--command", "x", "--url", "y"][..], &["a", "--env", "A=b"], &["a", "--", "x"], &[]] {
            assert!(add(bad).is_err(), "{bad:?}");
        }
    }
}
