//! What the health check found. The shapes are those that `singularis doctor --json` promises.

use serde::{Deserialize, Serialize};

use super::{Cause, ModelEntry, ModelInstance, Problem, Remedy, Server};
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
    /// Whether the models of all roles can be in memory together.
    Together,
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
            "together" => Self::Together,
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
            Self::Together => f.write_str("together"),
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
        !matches!(self, Self::Role(_) | Self::Generation(_) | Self::Capacity(_) | Self::Together | Self::Truth(_))
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
            Self::Together => "Models together".to_owned(),
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
    /// The endpoint that was looked at; empty for the first one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub at: String,
}

/// `passed   Port   127.0.0.1 takes connections at port 1234  (1 ms)`, and below it why and what to do.
impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let word = match self.verdict {
            Verdict::Passed => "passed ",
            Verdict::Warned => "warned ",
            Verdict::Failed => "FAILED ",
            Verdict::Skipped => "skipped",
        };
        let place = if self.at.is_empty() { String::new() } else { format!("{}: ", self.at) };
        write!(f, "{word}  {place}{:<28} {}  ({} ms)", self.check.title(), self.note, self.took_ms)?;
        let Some(problem) = &self.problem else { return Ok(()) };
        write!(f, "\n         {}", problem.summary)?;
        problem.details.iter().try_for_each(|detail| write!(f, "\n           {detail}"))?;
        problem.remedies.iter().try_for_each(|remedy| match remedy {
            Remedy::Action(fix) => write!(f, "\n         → {}", fix.label()),
            Remedy::Advice { text } => write!(f, "\n         → {text}"),
        })
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// The name of the endpoint in the settings.
    pub name: String,
    /// The same for every further endpoint that some role is asked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<HealthReport>,
}

impl HealthReport {
    /// What stands in the way of a session with this way of thinking: the first basic check that failed, else the first
    /// role it needs that cannot be played. `None` means that it can start.
    pub fn obstacle(&self, strategy: Strategy) -> Option<&Problem> {
        if strategy == Strategy::Heuristic {
            return None;
        }
        let needed = |role: &&RoleReport| strategy.needs(&role.role);
        let is_basic = |finding: &&Finding| finding.verdict == Verdict::Failed && finding.check.is_basic();
        let basic = self.all().find_map(|report| {
            let is_asked =
                self.roles.is_empty() || self.roles.iter().filter(needed).any(|role| role.endpoint == report.name);
            report.findings.iter().find(is_basic).filter(|_| is_asked)?.problem.as_ref()
        });
        let mut roles = self.roles.iter().filter(needed).filter(|role| role.verdict == Verdict::Failed);
        basic.or_else(|| roles.find_map(|role| role.problem.as_ref()))
    }

    /// This endpoint's report, then those of the others.
    pub fn all(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.others)
    }

    /// The report on one endpoint.
    pub fn of_endpoint(&self, name: &str) -> Option<&Self> {
        self.all().find(|report| report.name == name)
    }

    /// The worst of all verdicts.
    pub fn worst(&self) -> Wellness {
        self.all().map(|report| report.verdict).max().unwrap_or(self.verdict)
    }

    /// The first thing that is wrong, if anything is.
    pub fn first_problem(&self) -> Option<&Problem> {
        self.all().find_map(Self::first_problem_of_its_own)
    }

    /// The same of this endpoint alone.
    pub fn first_problem_of_its_own(&self) -> Option<&Problem> {
        self.findings.iter().find(|finding| finding.verdict == Verdict::Failed)?.problem.as_ref()
    }
}

/// The whole report as text that can be posted: no secret is ever part of a finding.
impl std::fmt::Display for HealthReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Server { product, version, api } = &self.server;
        write!(f, "{} is {}", self.endpoint, self.verdict.word())?;
        write!(f, ": {} {}", product.title(), version.as_deref().unwrap_or("of unknown version"))?;
        writeln!(f, ", {} ms", self.took_ms)?;
        if let Some(api) = api {
            writeln!(f, "Interface: {api:?}")?;
        }
        self.findings.iter().try_for_each(|finding| writeln!(f, "{finding}"))?;
        for model in self.models.iter().filter(|model| model.is_loaded()) {
            let copies: Vec<String> = model.instances.iter().map(ModelInstance::words).collect();
            writeln!(f, "loaded: {} ({})", model.key, copies.join("; "))?;
        }
        self.others.iter().try_for_each(|other| write!(f, "\n{other}"))
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
}
