//! What a person sees of an error: what happened, the evidence, and the way out, as three separate things.

use serde::{Deserialize, Serialize};

use super::{Cause, Certainty};

/// Something that went wrong, in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    pub cause: Option<Cause>,
    /// One sentence: what happened. No full stop.
    pub summary: String,
    /// The evidence, one fact a line: address, model asked for, status, the server's own words, how long it took.
    pub details: Vec<String>,
    /// What can be done, best first.
    pub remedies: Vec<Remedy>,
}

impl Problem {
    /// A problem outside the list of causes, such as a file that cannot be written.
    pub fn plain(summary: impl Into<String>, details: Vec<String>, advice: &str) -> Self {
        Self { cause: None, summary: summary.into(), details, remedies: vec![Remedy::advice(advice)] }
    }
}

/// `summary · detail · detail`: one line for logs.
impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.summary)?;
        self.details.iter().try_for_each(|detail| write!(f, " · {detail}"))
    }
}

/// One way out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Remedy {
    /// A button: the worker does it.
    Action(Fix),
    /// A sentence: only a person can do it.
    Advice { text: String },
}

impl Remedy {
    pub fn advice(text: impl Into<String>) -> Self {
        Self::Advice { text: text.into() }
    }
}

/// What the worker can mend by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Fix {
    /// Uses another address from now on, for the endpoint of this name; an empty name means the first one.
    UseAddress {
        url: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        endpoint: String,
    },
    /// Uses another model for a role; an empty role means every role that asked for `instead_of`.
    UseModel { role: String, instead_of: String, model: String },
    /// Loads a model on the server, with this context if one is given.
    LoadModel {
        model: String,
        context_length: Option<u32>,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        endpoint: String,
    },
    /// Takes one copy of a model out of the server's memory.
    UnloadModel {
        instance: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        endpoint: String,
    },
    /// Starts LM Studio's server at this port with its own command line tool.
    StartServer { port: u16 },
    /// Starts LM Studio itself, which is installed and does not run.
    OpenLmStudio,
    /// Asks this host directly from now on, whatever proxy the environment names.
    BypassProxy { host: String },
    /// Leads to where a token can be typed.
    EnterToken,
    /// Tests the answers again, waiting as long as the settings allow.
    CheckPatiently,
    /// Copies the whole report, fit to be posted.
    CopyReport,
    /// Switches to the built-in demo.
    TryDemo,
    /// Leaves the demo for the real server.
    LeaveDemo,
    /// Runs the health check again.
    CheckAgain,
}

impl Fix {
    /// Uses another address for the first endpoint.
    pub fn use_address(url: impl Into<String>) -> Self {
        Self::UseAddress { url: url.into(), endpoint: String::new() }
    }

    /// Loads a model on the first endpoint as the server thinks best.
    pub fn load(model: impl Into<String>) -> Self {
        Self::LoadModel { model: model.into(), context_length: None, endpoint: String::new() }
    }

    /// Loads a model on the first endpoint with this context, in tokens.
    pub fn load_with(model: impl Into<String>, context_length: u32) -> Self {
        Self::LoadModel { model: model.into(), context_length: Some(context_length), endpoint: String::new() }
    }

    /// The same mend for the endpoint of this name, where it is a mend of one endpoint.
    #[must_use]
    pub fn at(mut self, name: &str) -> Self {
        if let Self::UseAddress { endpoint, .. }
        | Self::LoadModel { endpoint, .. }
        | Self::UnloadModel { endpoint, .. } = &mut self
        {
            name.clone_into(endpoint);
        }
        self
    }

    /// The words on the button.
    pub fn label(&self) -> String {
        match self {
            Self::UseAddress { url, .. } => format!("Use {url}"),
            Self::UseModel { model, .. } => format!("Use {model}"),
            Self::LoadModel { model, context_length: None, .. } => format!("Load {model}"),
            Self::LoadModel { model, context_length: Some(length), .. } => {
                format!("Load {model} with {length} tokens of context")
            }
            Self::UnloadModel { instance, .. } => format!("Unload {instance}"),
            Self::StartServer { port } => format!("Start LM Studio's server at port {port}"),
            Self::OpenLmStudio => "Open LM Studio".to_owned(),
            Self::BypassProxy { host } => format!("Ask {host} without the proxy"),
            Self::EnterToken => "Paste a token…".to_owned(),
            Self::CheckPatiently => "Test again and wait longer".to_owned(),
            Self::CopyReport => "Copy the report".to_owned(),
            Self::TryDemo => "Try the demo".to_owned(),
            Self::LeaveDemo => "Leave the demo".to_owned(),
            Self::CheckAgain => "Check again".to_owned(),
        }
    }
}

/// What a failure means, with how sure that is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Diagnosis {
    pub cause: Cause,
    pub certainty: Certainty,
    /// Other causes that the same evidence would fit, likeliest first.
    pub also_possible: Vec<Cause>,
    /// What it rests on, in the words of the evidence: a passage, a status, a header.
    pub evidence: Vec<String>,
    pub problem: Problem,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn remedies_have_the_promised_shape() {
        let action = Remedy::Action(Fix::load_with("a/b", 4096));
        let shape = json!({"kind": "action", "action": "load_model", "model": "a/b", "context_length": 4096});
        assert_eq!(serde_json::to_value(&action).ok(), Some(shape.clone()));
        assert_eq!(serde_json::from_value::<Remedy>(shape).ok(), Some(action));
        let advice = json!({"kind": "advice", "text": "Start LM Studio"});
        assert_eq!(serde_json::to_value(Remedy::advice("Start LM Studio")).ok(), Some(advice));
    }
}
