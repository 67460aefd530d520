//! What can be typed.

use std::time::Duration;

use clap::{Args, Parser, Subcommand};

use super::{bench::Bench, servers::Servers, sessions::Sessions};
use crate::{
    settings::{AskFrom, CloudMode, Condition, Settings, Strategy},
    worker::build::WHOLE_VERSION,
};

/// A control panel for a local-first autonomous agent. Without a command it opens its window.
#[derive(Debug, Parser)]
#[command(name = "singularis", version, long_version = WHOLE_VERSION, about, max_term_width = 100)]
pub struct Arguments {
    #[command(subcommand)]
    pub task: Option<Task>,
}

/// A command for the terminal.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Check the connection to LM Studio step by step; exits with 0 if it can be used, else 1
    Doctor(Doctor),
    /// Say what an error means: an error text, or one JSON object with request, observed and `models_listed`
    Explain(Explain),
    /// List the models of the server
    Models(Models),
    /// Load a model into the server's memory, once; a copy that is there is left alone
    Load(Load),
    /// Take a model, or one copy of it, out of the server's memory
    Unload(Unload),
    /// Run the agent until it is done, a limit is reached or Ctrl-C is pressed
    Run(Run),
    /// Look at past sessions: list, show, why, export, replay, remove
    Sessions(Sessions),
    /// Look after tool servers: list, test, import, add, remove
    Servers(Servers),
    /// Say what can be seen of the desktop here, or find out how well the agent aims
    Desktop(Desktop),
    /// Put together what can be posted in public when asking for help; read it before posting
    Diagnostics(Diagnostics),
    /// Compare ways of thinking over many worlds with one another and with blind chance
    Bench(Bench),
    /// Watch over a program that was started by itself, and end what it leaves behind; only the program itself uses this
    #[command(hide = true)]
    Guardian,
}

/// Which server and which models.
#[derive(Args, Debug, Default)]
pub struct Connection {
    /// Use the built-in demo (a script, not a language model)
    #[arg(long, conflicts_with = "endpoint")]
    pub demo: bool,
    /// The server's address instead of the one in the settings
    #[arg(long, value_name = "URL")]
    pub endpoint: Option<String>,
    /// Where models may run: `local_only`, `local_first`, `cloud_first` or `cloud_only`
    #[arg(long, value_name = "MODE", value_parser = cloud_mode)]
    pub cloud: Option<CloudMode>,
    /// The model for every role, or for one: synthesizer=NAME
    #[arg(long = "model", value_name = "[ROLE=]NAME")]
    pub models: Vec<String>,
}

/// `singularis doctor`
#[derive(Args, Debug)]
pub struct Doctor {
    #[command(flatten)]
    pub connection: Connection,
    /// Also have every model prove each ability that it is said to have
    #[arg(long)]
    pub deep: bool,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}

/// `singularis diagnostics`
#[derive(Args, Debug)]
pub struct Diagnostics {
    #[command(flatten)]
    pub connection: Connection,
    /// Into this file; without it the text is printed
    #[arg(long, value_name = "FILE")]
    pub output: Option<std::path::PathBuf>,
    /// Print one JSON object, with the list of what was taken out
    #[arg(long)]
    pub json: bool,
}

/// `singularis desktop`
#[derive(Args, Debug)]
pub struct Desktop {
    #[command(subcommand)]
    pub errand: Option<DesktopErrand>,
    /// Print one JSON object
    #[arg(long, global = true)]
    pub json: bool,
}

/// What is wanted of the desktop.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum DesktopErrand {
    /// Show targets on the screen, click them and read the clicks back
    Calibrate,
}

/// `singularis explain`
#[derive(Args, Debug)]
pub struct Explain {
    /// A file; without one, or with -, standard input is read
    pub file: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}

/// `singularis models`
#[derive(Args, Debug)]
pub struct Models {
    #[command(flatten)]
    pub connection: Connection,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}

/// `singularis load`
#[derive(Args, Debug)]
pub struct Load {
    /// Its name as `singularis models` shows it
    pub model: String,
    /// Tokens of context; without it the server decides
    #[arg(long, value_name = "TOKENS")]
    pub context: Option<u32>,
    /// The server's address instead of the one in the settings
    #[arg(long, value_name = "URL")]
    pub endpoint: Option<String>,
}

/// `singularis unload`
#[derive(Args, Debug)]
pub struct Unload {
    /// The name of the model, or of one of its copies, such as `small:2`
    pub model: String,
    /// The server's address instead of the one in the settings
    #[arg(long, value_name = "URL")]
    pub endpoint: Option<String>,
}

/// `singularis run`
#[derive(Args, Debug)]
pub struct Run {
    #[command(flatten)]
    pub connection: Connection,
    /// Where to act: world, desktop, or tools:NAME for a tool server
    #[arg(long, value_name = "NAME")]
    pub environment: Option<String>,
    /// On the desktop: really use keys and mouse; without it what would be done is only shown
    #[arg(long)]
    pub live: bool,
    /// How to decide: `local_experts`, `self_experts`, `single`, `cloud_experts`, `hybrid`, `parallel` or `heuristic`
    #[arg(long, value_name = "NAME")]
    pub strategy: Option<Strategy>,
    /// What the agent is to achieve
    #[arg(long, value_name = "TEXT")]
    pub goal: Option<String>,
    /// When the goal is reached, such as '/relic = home'; the session then ends with success
    #[arg(long, value_name = "CONDITION", value_parser = condition)]
    pub goal_when: Option<String>,
    /// From which risk on an action waits for a yes: everything, changes, destructive, `open_world` or nothing
    #[arg(long, value_name = "RISK", value_parser = ask_from)]
    pub ask_from: Option<AskFrom>,
    /// Do not let the world wait while the models think: a turn takes so long, whether anybody acts or not
    #[arg(long, value_name = "TIME", value_parser = turn)]
    pub turn: Option<Duration>,
    /// The same seed gives the same world
    #[arg(long, value_name = "NUMBER")]
    pub seed: Option<u64>,
    /// Stop after so much time: 60s, 5m, 500ms
    #[arg(long = "for", value_name = "TIME", value_parser = duration)]
    pub duration: Option<Duration>,
    /// Stop after so many decisions
    #[arg(long, value_name = "NUMBER")]
    pub cycles: Option<u64>,
    /// Print one JSON object a line; the last one holds the certificate
    #[arg(long)]
    pub json: bool,
}

impl Connection {
    /// Changes the settings as the arguments say. Nothing of it is saved.
    pub fn apply(&self, settings: &mut Settings) -> Result<(), String> {
        if self.demo {
            settings.demo = true;
        }
        settings.cloud = self.cloud.unwrap_or(settings.cloud);
        if let Some(url) = &self.endpoint {
            settings.demo = false;
            if let Some(endpoint) = settings.endpoints.first_mut() {
                endpoint.url.clone_from(url);
            }
        }
        for given in &self.models {
            match given.split_once('=') {
                None => settings.roles.iter_mut().for_each(|role| role.model.clone_from(given)),
                Some((name, model)) => {
                    let known: Vec<_> = settings.roles.iter().map(|role| role.name.clone()).collect();
                    let role = settings.roles.iter_mut().find(|role| role.name == name);
                    let unknown = || format!("no role is called {name}; there are {}", known.join(", "));
                    model.clone_into(&mut role.ok_or_else(unknown)?.model);
                }
            }
        }
        Ok(())
    }
}

/// By the names that the settings use.
fn cloud_mode(text: &str) -> Result<CloudMode, String> {
    serde_json::from_value(serde_json::Value::from(text))
        .map_err(|_| format!("{text} is no mode; there are local_only, local_first, cloud_first and cloud_only"))
}

/// Checked, and kept as it was written.
fn condition(text: &str) -> Result<String, String> {
    Condition::parse(text).map(|_| text.to_owned())
}

/// As long as a turn can be in the settings.
fn turn(text: &str) -> Result<Duration, String> {
    let (least, most) = (Duration::from_millis(10), Duration::from_secs(86_400));
    duration(text).and_then(|turn| match turn {
        turn if (least..=most).contains(&turn) => Ok(turn),
        _ => Err("a turn takes from 10ms to 24h".to_owned()),
    })
}

fn ask_from(text: &str) -> Result<AskFrom, String> {
    serde_json::from_value(serde_json::Value::from(text))
        .map_err(|_| format!("{text} is none of everything, changes, destructive, open_world and nothing"))
}

/// `60s`, `5m`, `500ms`, or a bare number of seconds.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let number: f64 = digits.parse().map_err(|_| format!("{text} is no time; write it like 60s, 5m or 500ms"))?;
    let seconds = match &text[digits.len()..] {
        "ms" => number / 1000.0,
        "" | "s" => number,
        "m" | "min" => number * 60.0,
        "h" => number * 3600.0,
        unit => return Err(format!("{unit} is no unit of time; there are ms, s, m and h")),
    };
    Duration::try_from_secs_f64(seconds).map_err(|_| format!("{text} is no time that can be waited for"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_understood() {
        assert_eq!(duration("60s"), Ok(Duration::from_secs(60)));
        assert_eq!(duration("1.5m"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("250ms"), Ok(Duration::from_millis(250)));
        assert_eq!(duration("7"), Ok(Duration::from_secs(7)));
        assert!(duration("soon").is_err() && duration("-1s").is_err() && duration("3 fortnights").is_err());
    }

    #[test]
    fn arguments_change_the_settings() {
        let line = ["singularis", "run", "--endpoint", "http://x:1", "--model", "a", "--model", "synthesizer=b"];
        let Some(Task::Run(run)) = Arguments::try_parse_from(line).unwrap().task else { panic!("run was typed") };
        let mut settings = Settings { demo: true, ..Settings::default() };
        run.connection.apply(&mut settings).unwrap();
        assert_eq!((settings.demo, settings.endpoints[0].url.as_str()), (false, "http://x:1"));
        assert_eq!((settings.roles[0].model.as_str(), settings.roles[4].model.as_str()), ("a", "b"));
        let bad = Connection { models: vec!["nobody=a".into()], ..Connection::default() };
        assert!(bad.apply(&mut settings).unwrap_err().contains("expert.1"));
    }
}
