//! What the health check found. The shapes are those that `singularis doctor --json` promises.

use serde::{Deserialize, Serialize};

use super::{Cause, Problem};
use crate::settings::Strategy;

/// The result of one check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Passed,
    Warned,
    Failed,
    Skipped,
}

/// One rung of the ladder. The order is the order in which they are tried.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Check {
    /// Where the address comes from and how it is understood.
    Address,
    /// The host name leads to an address.
    Name,
    /// Something listens there.
    Port,
    /// It speaks HTTP, and which program it is.
    Identity,
    /// It accepts us.
    Token,
    /// No proxy answers in its place.
    Proxy,
    /// It speaks http or https as the address says.
    Tls,
    /// It lists models.
    Models,
    /// At least one language model is ready to answer.
    Loaded,
    /// The model of one role is there and fits.
    Role(String),
    /// The model of one role really answers.
    Generation(String),
    /// How many questions one model works on at once.
    Capacity(String),
    /// One ability of one model, proved: `tools of NAME`.
    Truth(String),
}

impl From<Check> for String {
    fn from(check: Check) -> Self {
        check.to_string()
    }
}

impl TryFrom<String> for Check {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Ok(match name.as_str() {
            "address" => Self::Address,
            "name" => Self::Name,
            "port" => Self::Port,
            "identity" => Self::Identity,
            "token" => Self::Token,
            "proxy" => Self::Proxy,
            "tls" => Self::Tls,
            "models" => Self::Models,
            "loaded" => Self::Loaded,
            other => match other.split_once(':') {
                Some(("role", role)) => Self::Role(role.to_owned()),
                Some(("generation", model)) => Self::Generation(model.to_owned()),
                Some(("capacity", model)) => Self::Capacity(model.to_owned()),
                Some(("truth", what)) => Self::Truth(what.to_owned()),
                _ => return Err(format!("no check is called {other}")),
            },
        })
    }
}

/// The name in JSON, such as `port` or `role:synthesizer`.
impl std::fmt::Display for Check {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Address => f.write_str("address"),
            Self::Name => f.write_str("name"),
            Self::Port => f.write_str("port"),
            Self::Identity => f.write_str("identity"),
            Self::Token => f.write_str("token"),
            Self::Proxy => f.write_str("proxy"),
            Self::Tls => f.write_str("tls"),
            Self::Models => f.write_str("models"),
            Self::Loaded => f.write_str("loaded"),
            Self::Role(role) => write!(f, "role:{role}"),
            Self::Generation(model) => write!(f, "generation:{model}"),
            Self::Capacity(model) => write!(f, "capacity:{model}"),
            Self::Truth(what) => write!(f, "truth:{what}"),
        }
    }
}

impl Check {
    /// True for a check that everything stands on, whatever the roles are.
    pub fn is_basic(&self) -> bool {
        !matches!(self, Self::Role(_) | Self::Generation(_) | Self::Capacity(_) | Self::Truth(_))
    }

    /// What the window calls it.
    pub fn title(&self) -> String {
        match self {
            Self::Address => "Address".to_owned(),
            Self::Name => "Host name".to_owned(),
            Self::Port => "Port".to_owned(),
            Self::Identity => "Server".to_owned(),
            Self::Token => "Token".to_owned(),
            Self::Proxy => "Proxy".to_owned(),
            Self::Tls => "Encryption".to_owned(),
            Self::Models => "Models".to_owned(),
            Self::Loaded => "Loaded".to_owned(),
            Self::Role(role) => format!("Model of {role}"),
            Self::Generation(model) => format!("Test answer of {model}"),
            Self::Capacity(model) => format!("Side by side on {model}"),
            Self::Truth(what) => format!("Proof: {what}"),
        }
    }
}

/// The check whose failure makes this one pointless.
pub type Because = Check;

/// One line of the health check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    pub check: Check,
    pub verdict: Verdict,
    /// Set when it was skipped: the check that failed first.
    pub because: Option<Because>,
    pub took_ms: u64,
    /// What was found, in a few words.
    pub note: String,
    pub problem: Option<Problem>,
}

/// The program behind the address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Product {
    LmStudio,
    LlamaCpp,
    Ollama,
    Vllm,
    #[serde(rename = "litellm")]
    LiteLlm,
    Demo,
    #[default]
    Unknown,
}

impl Product {
    /// The name people know it by.
    pub fn title(self) -> &'static str {
        match self {
            Self::LmStudio => "LM Studio",
            Self::LlamaCpp => "llama.cpp",
            Self::Ollama => "Ollama",
            Self::Vllm => "vLLM",
            Self::LiteLlm => "LiteLLM",
            Self::Demo => "The built-in demo",
            Self::Unknown => "An OpenAI-compatible server",
        }
    }
}

/// Which of LM Studio's interfaces the server offers, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Api {
    /// `/api/v1`, LM Studio 0.4 and later.
    V1,
    /// `/api/v0`, LM Studio 0.3.6 and later.
    V0,
    /// `/v1` alone.
    #[serde(rename = "openai")]
    OpenAi,
}

/// Who answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Server {
    pub product: Product,
    pub version: Option<String>,
    pub api: Option<Api>,
}

/// What a model can be asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModelKind {
    Llm,
    Embedding,
    /// The server does not say, or says something newer than this program.
    #[default]
    Unknown,
}

/// One loaded copy of a model.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelInstance {
    pub id: String,
    /// Tokens, as loaded; not the most the model could have.
    pub context_length: Option<u32>,
    /// Requests it works on at once; more than that wait in its queue.
    pub parallel: Option<u32>,
}

/// One model the server knows. `None` means that the server does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelEntry {
    pub key: String,
    pub kind: ModelKind,
    pub instances: Vec<ModelInstance>,
    pub max_context_length: Option<u32>,
    pub vision: Option<bool>,
    pub tool_use: Option<bool>,
    pub reasoning: Option<bool>,
    pub size_bytes: Option<u64>,
    pub quantization: Option<String>,
    /// Other names it answers to, such as `key@q4_k_m`.
    pub variants: Vec<String>,
}

impl ModelEntry {
    pub fn is_loaded(&self) -> bool {
        !self.instances.is_empty()
    }

    /// True for the key, a variant or the id of a loaded copy.
    pub fn answers_to(&self, name: &str) -> bool {
        self.key == name
            || self.variants.iter().any(|variant| variant == name)
            || self.instances.iter().any(|instance| instance.id == name)
    }
}

/// How quickly a model answered a test question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Speed {
    pub first_token_ms: u64,
    pub tokens_per_second: Option<f64>,
}

/// Whether one role can be played.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoleReport {
    pub role: String,
    pub endpoint: String,
    /// The model that will be asked; empty if none was found.
    pub model: String,
    pub verdict: Verdict,
    pub problem: Option<Problem>,
    /// From the test answer, if there was one.
    pub speed: Option<Speed>,
}

/// The conclusion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wellness {
    Healthy,
    /// It works, with something to know.
    Degraded,
    Unhealthy,
}

impl Wellness {
    pub fn word(self) -> &'static str {
        match self {
            Self::Healthy => "healthy",
            Self::Degraded => "degraded",
            Self::Unhealthy => "unhealthy",
        }
    }
}

/// Everything one health check found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HealthReport {
    pub endpoint: String,
    pub verdict: Wellness,
    /// The cause of the first failed check.
    pub cause: Option<Cause>,
    pub server: Server,
    pub findings: Vec<Finding>,
    pub models: Vec<ModelEntry>,
    pub roles: Vec<RoleReport>,
    pub took_ms: u64,
}

impl HealthReport {
    /// What stands in the way of a session with this way of thinking: the first basic check that failed, else the first
    /// role it needs that cannot be played. `None` means that it can start.
    pub fn obstacle(&self, strategy: Strategy) -> Option<&Problem> {
        if strategy == Strategy::Heuristic {
            return None;
        }
        let basic = self.findings.iter().find(|finding| finding.verdict == Verdict::Failed && finding.check.is_basic());
        let mut roles = self.roles.iter().filter(|role| role.verdict == Verdict::Failed && strategy.needs(&role.role));
        basic.and_then(|finding| finding.problem.as_ref()).or_else(|| roles.find_map(|role| role.problem.as_ref()))
    }

    /// The first thing that is wrong, if anything is.
    pub fn first_problem(&self) -> Option<&Problem> {
        self.findings
            .iter()
            .find(|finding| finding.verdict == Verdict::Failed)
            .and_then(|finding| finding.problem.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_check_leads_back_to_it() {
        for check in [Check::Address, Check::Loaded, Check::Role("expert.1".into()), Check::Generation("a:b".into())] {
            assert_eq!(Check::try_from(check.to_string()), Ok(check));
        }
        assert!(Check::try_from("weather".to_owned()).is_err());
    }

    #[test]
    fn a_loaded_copy_answers_to_its_own_id() {
        let instance = ModelInstance { id: "small:2".into(), ..ModelInstance::default() };
        let model = ModelEntry { key: "small".into(), instances: vec![instance], ..ModelEntry::default() };
        assert!(model.answers_to("small") && model.answers_to("small:2"));
        assert!(!model.answers_to("small:3"));
    }
}
