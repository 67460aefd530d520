//! The command that starts a server: its program found, its variables filled in, its folder chosen.
//!
//! Wrappers such as `npx`, `uvx`, `npm exec` and `sh -c` start the server as a child of their own. Nothing has to be
//! done for them here: every child of this program is the first of a process group (on Windows of a Job Object), and
//! the whole group is ended, so that a server does not outlive its wrapper.

use std::{
    collections::BTreeMap,
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use tokio::{process::Command, task::spawn_blocking};

use super::{shell_path, trouble::Trouble};
use crate::settings::{Secret, servers::secret_in};

/// Where Windows looks if nothing says otherwise.
const PATHEXT: &str = ".COM;.EXE;.BAT;.CMD";

/// What the settings say of a program to be started.
#[derive(Clone, Copy)]
pub struct Recipe<'a> {
    pub command: &'a str,
    pub arguments: &'a [String],
    pub variables: &'a BTreeMap<String, String>,
    /// Empty for the user's own folder.
    pub folder: &'a str,
}

impl Recipe<'_> {
    /// The command, all three of its streams piped. Its program is looked for on the path that the server's own
    /// variables name, else on this program's and the login shell's; the server gets that path too, because a wrapper
    /// looks there for what it starts.
    pub async fn command(self, secrets: &BTreeMap<String, Secret>) -> Result<Command, Trouble> {
        let variables = self.filled_in(secrets)?;
        let path = match variables.iter().find(|(name, _)| is_path(name)) {
            Some((_, path)) => path.clone(),
            None => {
                let own = env::var_os("PATH").unwrap_or_default();
                shell_path::joined(&own.to_string_lossy(), shell_path::login_path().await.as_deref())
            }
        };
        let home = directories::BaseDirs::new().map(|folders| folders.home_dir().to_path_buf());
        let folder = match self.folder.trim() {
            "" => home.clone(),
            folder => Some(from_home(folder, home.as_deref())),
        };
        let wanted = from_home(self.command.trim(), home.as_deref()).to_string_lossy().into_owned();
        if wanted.is_empty() {
            return Err(Trouble::CouldNotStart { words: "no command is given".to_owned() });
        }
        let endings = endings(&wanted, cfg!(windows).then(|| env::var("PATHEXT").unwrap_or_default()).as_deref());
        let looking = {
            let (wanted, path, folder) = (wanted.clone(), path.clone(), folder.clone());
            // A folder on the path may be on a disk that does not answer.
            spawn_blocking(move || find(&wanted, &path, folder.as_deref(), &endings))
        };
        let Some(program) = looking.await.ok().flatten() else {
            return Err(Trouble::NotFound { program: wanted });
        };
        let mut command = Command::new(program);
        for name in kept_from_it(env::vars_os()) {
            command.env_remove(name);
        }
        command.args(self.arguments).envs(&variables).env("PATH", path);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        if let Some(folder) = folder {
            command.current_dir(folder);
        }
        Ok(command)
    }

    fn filled_in(self, secrets: &BTreeMap<String, Secret>) -> Result<BTreeMap<String, String>, Trouble> {
        let mut filled_in = BTreeMap::new();
        for (name, text) in self.variables {
            let value = expanded(text, name, secrets, &of_this_program)?;
            // The server may print it, and what is known to be a secret is taken out of what is written down.
            let _remembered = secret_in(name, &value);
            filled_in.insert(name.clone(), value);
        }
        Ok(filled_in)
    }
}

/// The headers of a server over HTTP, filled in like variables. Empty ones are left out.
pub fn headers(
    headers: &BTreeMap<String, String>,
    secrets: &BTreeMap<String, Secret>,
) -> Result<BTreeMap<String, Secret>, Trouble> {
    let mut filled_in = BTreeMap::new();
    for (name, text) in headers {
        if let Some(value) = Secret::new(&expanded(text, name, secrets, &of_this_program)?) {
            filled_in.insert(name.clone(), value);
        }
    }
    Ok(filled_in)
}

/// The variables of this program that are nobody else's business: keys for models and the like. Whoever wants a server to
/// have one writes `NAME=${NAME}` into its settings. A path is no secret, such as that of the socket of an SSH agent.
fn kept_from_it(variables: impl Iterator<Item = (OsString, OsString)>) -> Vec<OsString> {
    let is_secret = |name: &OsString, value: &OsString| {
        let is_path = Path::new(value).is_absolute();
        !is_path && secret_in(&name.to_string_lossy(), &value.to_string_lossy()).is_some()
    };
    variables.filter(|(name, value)| is_secret(name, value)).map(|(name, _)| name).collect()
}

fn of_this_program(name: &str) -> Option<String> {
    env::var(name).ok()
}

/// `text` with the value of every `${NAME}`, `${env:NAME}` and `${NAME:-instead}`; `${keychain}` stands for what the
/// keychain keeps for `name`. What is no name stays as it is.
fn expanded(
    text: &str,
    name: &str,
    secrets: &BTreeMap<String, Secret>,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<String, Trouble> {
    let mut filled_in = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((inside, next)) = after.split_once('}') else { break };
        filled_in.push_str(before);
        rest = next;
        let (wanted, instead) = inside.split_once(":-").map_or((inside, None), |(wanted, other)| (wanted, Some(other)));
        let wanted = wanted.strip_prefix("env:").unwrap_or(wanted);
        if wanted == "keychain" {
            let secret = secrets.get(name).ok_or_else(|| Trouble::NeedsSecret { name: name.to_owned() })?;
            filled_in.push_str(secret.reveal());
        } else if is_name(wanted) {
            let value = variable(wanted).or_else(|| instead.map(str::to_owned));
            filled_in.push_str(&value.ok_or_else(|| Trouble::NeedsVariable { name: wanted.to_owned() })?);
        } else {
            filled_in.extend(["${", inside, "}"]);
        }
    }
    filled_in.push_str(rest);
    Ok(filled_in)
}

fn is_name(text: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    text.chars().all(is_letter) && text.starts_with(|letter: char| !letter.is_ascii_digit())
}

fn is_path(variable: &str) -> bool {
    if cfg!(windows) { variable.eq_ignore_ascii_case("PATH") } else { variable == "PATH" }
}

/// A path with the user's own folder in place of a leading `~`, as shells write it.
fn from_home(text: &str, home: Option<&Path>) -> PathBuf {
    let rest = text.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with(['/', '\\']));
    match (rest, home) {
        (Some(rest), Some(home)) => home.join(rest.trim_start_matches(['/', '\\'])),
        _ => PathBuf::from(text),
    }
}

/// What may be added to the name of a program to get its file. On Windows, where `extensions` are what the system adds,
/// `npx` is `npx.cmd`, and the file `npx` beside it is a script for another system.
fn endings(program: &str, extensions: Option<&str>) -> Vec<String> {
    let Some(extensions) = extensions else { return vec![String::new()] };
    let extensions = if extensions.trim().is_empty() { PATHEXT } else { extensions };
    let known: Vec<String> = extensions.split(';').filter(|ending| !ending.is_empty()).map(str::to_lowercase).collect();
    let program = program.to_lowercase();
    if known.iter().any(|ending| program.ends_with(ending.as_str())) { vec![String::new()] } else { known }
}

/// The file of a program: where it says itself, else the first on the path that may be run.
fn find(program: &str, path: &str, folder: Option<&Path>, endings: &[String]) -> Option<PathBuf> {
    let says_where = program.contains('/') || (cfg!(windows) && program.contains('\\'));
    let places: Vec<PathBuf> = if says_where {
        vec![folder.unwrap_or(Path::new("")).join(program)]
    } else {
        env::split_paths(path).map(|folder| folder.join(program)).collect()
    };
    let mut files = places.iter().flat_map(|place| {
        endings.iter().map(move |ending| {
            let mut file = OsString::from(place);
            file.push(ending);
            PathBuf::from(file)
        })
    });
    // A file that was named and may not be run is there all the same, and has a trouble of its own.
    files.find(|file| if says_where { file.is_file() } else { may_be_run(file) })
}

#[cfg(unix)]
fn may_be_run(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;

    fs::metadata(file).is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn may_be_run(file: &Path) -> bool {
    fs::metadata(file).is_ok_and(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled_in(text: &str) -> Result<String, Trouble> {
        let secrets = BTreeMap::from([("TOKEN".to_owned(), Secret::new("a-secret-of-ours").unwrap())]);
        let variable = |name: &str| (name == "WHO").then(|| "you".to_owned());
        expanded(text, "TOKEN", &secrets, &variable)
    }

    #[test]
    fn variables_and_secrets_are_filled_in() {
        for (text, expected) in [
            ("", ""),
            ("plain $WHO {WHO}", "plain $WHO {WHO}"),
            ("${WHO} and ${env:WHO}!", "you and you!"),
            ("Bearer ${keychain}", "Bearer a-secret-of-ours"),
            ("${NOBODY:-somebody} ${WHO:-somebody} ${NOBODY:-}", "somebody you "),
            ("${} ${a b} ${WHO", "${} ${a b} ${WHO"),
        ] {
            assert_eq!(filled_in(text), Ok(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_missing_is_named_and_nothing_else_told() {
        let missing = |name: &str| Err(Trouble::NeedsVariable { name: name.to_owned() });
        assert_eq!(filled_in("${keychain} ${NOBODY}"), missing("NOBODY"));
        assert_eq!(filled_in("${env:NOBODY}"), missing("NOBODY"));
        let other = expanded("${keychain}", "OTHER", &BTreeMap::new(), &|_| None);
        assert_eq!(other, Err(Trouble::NeedsSecret { name: "OTHER".to_owned() }));
    }

    #[test]
    fn what_a_variable_brings_into_a_secret_is_not_written_down() {
        let variables =
            BTreeMap::from([("FORGE_PAT".to_owned(), "${NO_SUCH_VARIABLE_HERE:-brought-in-0815}".to_owned())]);
        let recipe = Recipe { command: "x", arguments: &[], variables: &variables, folder: "" };
        assert_eq!(recipe.filled_in(&BTreeMap::new()).unwrap()["FORGE_PAT"], "brought-in-0815");
        assert!(!crate::settings::redaction::redact("it said brought-in-0815").contains("0815"));
    }

    #[test]
    fn headers_are_secrets_and_empty_ones_are_left_out() {
        let written = BTreeMap::from([("X-A", "${NO_SUCH_VARIABLE_HERE:-}"), ("X-B", "value")]);
        let written = written.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
        let filled_in = headers(&written, &BTreeMap::new()).unwrap();
        assert_eq!(filled_in.keys().collect::<Vec<_>>(), ["X-B"]);
    }

    #[test]
    fn windows_adds_an_ending_unless_there_is_one() {
        assert_eq!(endings("npx", None), [""]);
        assert_eq!(endings("npx", Some(".EXE;.CMD;")), [".exe", ".cmd"]);
        assert_eq!(endings("NPX.Cmd", Some(".EXE;.CMD")), [""]);
        assert_eq!(endings("python3.12", Some("")), [".com", ".exe", ".bat", ".cmd"]);
    }

    #[test]
    fn a_leading_tilde_is_the_users_own_folder() {
        let home = Path::new("/home/you");
        assert_eq!(from_home("~", Some(home)), home);
        assert_eq!(from_home("~/bin/x", Some(home)), home.join("bin/x"));
        assert_eq!(from_home("~other/x", Some(home)), Path::new("~other/x"));
        assert_eq!(from_home("~/x", None), Path::new("~/x"));
    }

    #[cfg(unix)]
    #[test]
    fn the_first_file_on_the_path_that_may_be_run_is_the_program() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let (first, second) = (folder.path().join("first"), folder.path().join("second"));
        for (place, mode) in [(&first, 0o644), (&second, 0o755)] {
            fs::create_dir(place).unwrap();
            fs::write(place.join("tool"), "").unwrap();
            fs::set_permissions(place.join("tool"), fs::Permissions::from_mode(mode)).unwrap();
        }
        fs::create_dir(first.join("other")).unwrap();
        let path = env::join_paths([&first, &second]).unwrap().into_string().unwrap();
        let no_ending = [String::new()];
        assert_eq!(find("tool", &path, None, &no_ending), Some(second.join("tool")));
        assert_eq!(find("other", &path, None, &no_ending), None, "a folder is no program");
        assert_eq!(find("./tool", &path, Some(&first), &no_ending), Some(first.join("./tool")));
        let endings = [".no".to_owned(), "l".to_owned()];
        assert_eq!(find("too", &path, None, &endings), Some(second.join("tool")));
    }

    #[test]
    fn a_server_does_not_inherit_keys() {
        let variables = [
            ("ANTHROPIC_API_KEY", "made-up-key-of-nobody-1"),
            ("LM_API_TOKEN", "made-up-token-of-nobody"),
            ("HOME", "/home/nobody"),
            ("LANG", "C.UTF-8"),
            ("SSH_AUTH_SOCK", "/run/user/agent.socket"),
        ];
        let kept = kept_from_it(variables.into_iter().map(|(name, value)| (name.into(), value.into())));
        let ssh_on_windows = if cfg!(windows) { vec!["SSH_AUTH_SOCK"] } else { vec![] };
        assert_eq!(kept, [vec!["ANTHROPIC_API_KEY", "LM_API_TOKEN"], ssh_on_windows].concat());
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_command_gets_the_path_that_its_program_was_found_on() {
        let arguments = ["-c".to_owned(), "true".to_owned()];
        let variables = BTreeMap::from([("PATH".to_owned(), "/bin:/usr/bin".to_owned())]);
        let recipe = Recipe { command: "sh", arguments: &arguments, variables: &variables, folder: "/" };
        let command = recipe.command(&BTreeMap::new()).await.unwrap();
        let command = command.as_std();
        assert!(Path::new(command.get_program()).is_absolute());
        assert_eq!(command.get_current_dir(), Some(Path::new("/")));
        let path = command.get_envs().find(|(name, _)| *name == "PATH").and_then(|(_, path)| path);
        assert_eq!(path.and_then(|path| path.to_str()), Some("/bin:/usr/bin"));
        let missing = Recipe { command: "no-such-program-anywhere", ..recipe };
        let trouble = missing.command(&BTreeMap::new()).await.unwrap_err();
        assert_eq!(trouble, Trouble::NotFound { program: "no-such-program-anywhere".to_owned() });
        let empty = Recipe { command: " ", ..recipe }.command(&BTreeMap::new()).await.unwrap_err();
        assert!(matches!(empty, Trouble::CouldNotStart { .. }));
    }
}
