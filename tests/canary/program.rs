//! The real program, run in a folder of its own with secrets all around it.

use std::{
    io::Read,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::{
    canaries::{Flock, Place, Round},
    scan::Found,
};

/// Long enough for a busy machine; a program that needs longer hangs.
const PATIENCE: Duration = Duration::from_secs(180);

/// A folder for everything the program writes, and the user's own beside it.
pub struct Desk {
    folder: tempfile::TempDir,
    /// Everything it has printed so far.
    pub printed: Vec<Found>,
}

/// What one run printed.
pub struct Printed {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Desk {
    /// With a settings file that was written by somebody in a hurry.
    pub fn new(flock: &Flock, port: u16) -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap(), printed: Vec::new() };
        std::fs::create_dir_all(desk.home()).unwrap();
        std::fs::create_dir_all(desk.user()).unwrap();
        std::fs::write(desk.home().join("settings.toml"), settings(flock, port)).unwrap();
        desk
    }

    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    fn user(&self) -> PathBuf {
        self.folder.path().join("user")
    }

    /// Runs it to its end; what it prints is kept as being at this place.
    pub fn run(&mut self, flock: &Flock, round: &Round, place: Place, arguments: &[&str]) -> Printed {
        let mut command = Command::new(env!("CARGO_BIN_EXE_singularis"));
        command
            .args(arguments)
            .current_dir(self.user())
            .env("SINGULARIS_HOME", self.home())
            // Everything that any part of the program could say is said.
            .env("SINGULARIS_LOG", "trace")
            .env("RUST_BACKTRACE", "full")
            .env("HOME", self.user())
            .env("USERPROFILE", self.user())
            .env("LM_API_TOKEN", &round.local)
            .env("GEMINI_API_KEY", &round.gemini)
            .env("ANTHROPIC_API_KEY", &round.claude)
            .env("HTTPS_PROXY", format!("http://ann:{}@127.0.0.1:9", flock.proxies[0]))
            .env("ALL_PROXY", format!("http://ann:{}@127.0.0.1:9", flock.proxies[1]))
            // Whoever runs the tests has a keychain of their own, which is none of their business.
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY");
        for other in ["https_proxy", "http_proxy", "HTTP_PROXY", "all_proxy", "NO_PROXY", "no_proxy"] {
            command.env_remove(other);
        }
        let printed = finish(&mut command);
        let name = arguments.join(" ");
        self.printed.push(Found::new(place, &format!("what `{name}` printed"), printed.out.as_bytes()));
        let errors = format!("the standard error of `{name}`");
        self.printed.push(Found::new(Place::Errors, &errors, printed.err.as_bytes()));
        printed
    }

    /// Every file and everything that was printed.
    pub fn everything(self) -> Vec<Found> {
        let mut found = crate::scan::files(&self.home());
        found.extend(crate::scan::files(&self.user()));
        found.extend(self.printed);
        found
    }
}

/// Passwords in addresses, words and keys in the goal and in prompts.
fn settings(flock: &Flock, port: u16) -> String {
    let [user, query, gemini, claude] = &flock.in_settings;
    let [first, second, third] = &flock.prompts;
    let (goal, key_in_goal, key_in_prompt) = (&flock.goal, &flock.key_in_goal, &flock.key_in_prompt);
    format!(
        r#"
[agent]
goal = "Find {goal} and bring it home, the key is {key_in_goal}"
narrate_every_s = 1.0

[[endpoint]]
name = "lm_studio"
url = "http://ann:{user}@127.0.0.1:{port}/?api_key={query}"

[[role]]
name = "expert.1"
endpoint = "lm_studio"
instruction = "You look out for {first}. Answer as you are told."

[[role]]
name = "expert.2"
endpoint = "lm_studio"
instruction = "You look out for {second}, with {key_in_prompt} at hand. Answer as you are told."

[[role]]
name = "synthesizer"
endpoint = "lm_studio"
instruction = "You decide, and think of {third}. Answer as you are told."

[providers.gemini]
url = "http://ann:{gemini}@127.0.0.1:{port}"

[providers.claude]
url = "http://ann:{claude}@127.0.0.1:{port}"
"#
    )
}

/// Waits for the end, but not for ever.
fn finish(command: &mut Command) -> Printed {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    // Both at once: whoever fills the one that is not read would wait for ever.
    let (out, err) = (std::thread::spawn(move || read(out)), std::thread::spawn(move || read(err)));
    let deadline = Instant::now() + PATIENCE;
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if Instant::now() > deadline => {
                child.kill().unwrap();
                panic!("the program did not end within {PATIENCE:?}");
            }
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    Printed { code: status.code(), out: out.join().unwrap(), err: err.join().unwrap() }
}

fn read(mut from: impl Read) -> String {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A file of the desk as an argument.
pub fn path(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().unwrap().to_owned()
}
