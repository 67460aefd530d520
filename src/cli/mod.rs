//! The terminal: the same worker, asked from a command line. Results go to standard output, the log to standard error.

mod arguments;
mod bench;
mod desktop;
mod diagnostics;
mod doctor;
mod explain;
mod guardian;
mod load;
mod models;
mod printer;
mod run;
mod servers;
mod sessions;
mod terminal;
mod words;

pub use arguments::{Arguments, Task};

use std::{io, process::ExitCode};

use crate::{
    settings::{
        Home, Provider, Secret, file,
        keychain::{Keychain, SystemStore},
    },
    worker::Outside,
};

/// Carries out one command of the terminal.
pub fn carry_out(task: Task) -> ExitCode {
    // It reads no settings: it lives for one moment, in which nothing may go wrong.
    if matches!(task, Task::Guardian) {
        return exit_code(guardian::carry_out());
    }
    let settings = match Home::find() {
        Ok(home) => file::load(home.settings_file()),
        Err(_no_home) => file::Loaded::default(),
    };
    for warning in &settings.warnings {
        eprintln!("singularis: {warning}");
    }
    let outcome = match task {
        Task::Doctor(doctor) => doctor::carry_out(&doctor, settings.settings),
        Task::Explain(explain) => explain::carry_out(&explain),
        Task::Models(models) => models::carry_out(&models, settings.settings),
        Task::Load(load) => load::load(&load, settings.settings),
        Task::Unload(unload) => load::unload(&unload, settings.settings),
        Task::Run(run) => run::carry_out(&run, settings.settings),
        Task::Sessions(sessions) => sessions::carry_out(&sessions),
        Task::Diagnostics(diagnostics) => diagnostics::carry_out(&diagnostics, settings.settings),
        Task::Bench(bench) => bench::carry_out(&bench, settings.settings),
        Task::Servers(servers) => servers::carry_out(&servers, settings.settings),
        Task::Desktop(desktop) => desktop::carry_out(&desktop, settings.settings),
        Task::Guardian => guardian::carry_out(),
    };
    exit_code(outcome)
}

fn exit_code(outcome: io::Result<ExitCode>) -> ExitCode {
    outcome.unwrap_or_else(|error| match error.kind() {
        // Whoever read the output has seen enough, as `head` does.
        io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        kind => {
            eprintln!("singularis: {error}");
            ExitCode::from(if kind == io::ErrorKind::InvalidInput { 2 } else { 1 })
        }
    })
}

/// False where a window cannot be opened for lack of a display. Only Linux can lack one without saying so itself.
pub fn has_display() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// What the process was given by the world around it.
pub fn outside() -> Outside {
    let proxies = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];
    Outside {
        user_home: directories::UserDirs::new().map(|folders| folders.home_dir().to_owned()),
        path: std::env::var_os("PATH"),
        keys: [
            (Provider::Local, "LM_API_TOKEN"),
            (Provider::Gemini, "GEMINI_API_KEY"),
            (Provider::Claude, "ANTHROPIC_API_KEY"),
        ]
        .into_iter()
        .filter_map(|(provider, name)| Some((provider, Secret::from_environment(name)?)))
        .collect(),
        keychain: Keychain::new(SystemStore),
        journal: Home::find().ok().map(|home| home.journal_file().to_owned()),
        read_only: None,
        program: std::env::current_exe().ok(),
        profiles: Home::find().ok().map(|home| home.profiles_folder()),
        no_proxy: ["NO_PROXY", "no_proxy"].iter().find_map(|name| std::env::var(name).ok()),
        proxy: proxies.iter().find_map(|name| std::env::var(name).ok()).filter(|proxy| !proxy.is_empty()),
        demo_pace: std::env::var("SINGULARIS_DEMO_PACE_MS")
            .ok()
            .and_then(|pace| pace.parse().ok())
            .map(std::time::Duration::from_millis),
        // Whoever has a terminal reads there.
        notifier: None,
    }
}
