//! The settings as plain data with their defaults.

use serde::{Deserialize, Serialize};

use super::{
    AgentSettings, BreakerSettings, DesktopSettings, Provider, ProviderSettings, ServerSettings, UpdateSettings,
};

/// Everything the user chose. No secret is ever in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The layout of the file; raised when a field changes its meaning.
    pub version: u32,
    pub window: WindowSettings,
    /// Whether the built-in demo answers instead of a server.
    pub demo: bool,
    pub cloud: CloudMode,
    #[serde(rename = "endpoint")]
    pub endpoints: Vec<Endpoint>,
    #[serde(rename = "role")]
    pub roles: Vec<Role>,
    pub agent: AgentSettings,
    pub desktop: DesktopSettings,
    /// Tool servers; they stand in a file of their own.
    #[serde(skip)]
    pub servers: Vec<ServerSettings>,
    pub breakers: BreakerSettings,
    pub journal: JournalSettings,
    pub limits: LimitSettings,
    pub network: NetworkSettings,
    pub providers: ProviderSettings,
    pub budget: BudgetSettings,
    #[serde(default)]
    pub updates: UpdateSettings,
    /// Prices that the user knows better than the list that comes with the program.
    #[serde(rename = "price")]
    pub prices: Vec<PriceSettings>,
}

/// How long past sessions are kept; the oldest go first. What was learnt is kept for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct JournalSettings {
    /// Days; 0 for ever.
    pub keep_days: u32,
    /// The most that what is kept of ended sessions may come to, in megabytes; 0 for as much as there is. The log of the
    /// database beside the journal is not counted.
    pub keep_mb: u64,
}

impl Default for JournalSettings {
    fn default() -> Self {
        Self { keep_days: 90, keep_mb: 2000 }
    }
}

/// The most that one session may use up; it pauses there. 0 for no such limit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct BudgetSettings {
    /// Questions to models.
    pub calls: u64,
    /// Of prompts and answers together, as the servers count them.
    pub tokens: u64,
    /// US dollars, of the calls whose price is known.
    pub usd: f64,
    /// The share at which a warning is given, 0 to 1.
    pub warn_at: f64,
}

impl Default for BudgetSettings {
    fn default() -> Self {
        // Local models cost nothing; in the cloud a forgotten session must not cost more than a meal.
        Self { calls: 0, tokens: 0, usd: 5.0, warn_at: 0.8 }
    }
}

/// What one model costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PriceSettings {
    pub provider: Provider,
    /// The beginning of its name.
    pub model: String,
    /// US dollars for a million tokens.
    pub input_per_million: f64,
    pub output_per_million: f64,
}

/// How other machines are reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NetworkSettings {
    /// Hosts that are asked directly, whatever proxy the environment names.
    pub bypass_proxy: Vec<String>,
    /// Hosts beside this machine and the endpoints that are the user's own, for local only.
    pub own_hosts: Vec<String>,
}

impl Settings {
    /// The version that this program writes.
    pub const VERSION: u32 = 1;

    /// True when both ask the same servers for the same models, so that what a check found holds for both.
    pub fn asks_the_same(&self, other: &Self) -> bool {
        // The check tells who plays which part, and that is another question in another way of thinking.
        if self.cloud == CloudMode::CloudOnly && self.agent.strategy != other.agent.strategy {
            return false;
        }
        (self.demo, self.cloud, &self.endpoints, &self.roles, &self.network, &self.providers)
            == (other.demo, other.cloud, &other.endpoints, &other.roles, &other.network, &other.providers)
    }

    /// The tool server of an environment called `tools:NAME`.
    pub fn server_of(&self, environment: &str) -> Option<&ServerSettings> {
        let name = environment.strip_prefix(ServerSettings::PREFIX)?;
        self.servers.iter().find(|server| server.name == name)
    }

    /// The endpoint a role talks to.
    pub fn endpoint(&self, name: &str) -> Option<&Endpoint> {
        self.endpoints.iter().find(|endpoint| endpoint.name == name)
    }

    /// The same endpoint to be changed; the first one for an empty name.
    pub fn endpoint_mut(&mut self, name: &str) -> Option<&mut Endpoint> {
        match name {
            "" => self.endpoints.first_mut(),
            name => self.endpoints.iter_mut().find(|endpoint| endpoint.name == name),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        let expert = |number: usize, instruction: &str| Role::new(&format!("expert.{number}"), instruction);
        Self {
            version: Self::VERSION,
            window: WindowSettings::default(),
            demo: false,
            cloud: CloudMode::default(),
            endpoints: vec![Endpoint::default()],
            roles: vec![
                expert(1, "perception"),
                expert(2, "navigation"),
                expert(3, "threat"),
                expert(4, "opportunity"),
                Role::new("synthesizer", "synthesizer"),
            ],
            agent: AgentSettings::default(),
            desktop: DesktopSettings::default(),
            servers: Vec::new(),
            breakers: BreakerSettings::default(),
            journal: JournalSettings::default(),
            limits: LimitSettings::default(),
            network: NetworkSettings::default(),
            providers: ProviderSettings::default(),
            budget: BudgetSettings::default(),
            updates: UpdateSettings::default(),
            prices: Vec::new(),
        }
    }
}

/// How the window looks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WindowSettings {
    pub theme: Theme,
    /// 0.75 to 2.5.
    pub zoom: f32,
    pub language: Language,
    /// Whether things may move where that helps the eye; each movement is over in a tenth of a second.
    pub motion: bool,
    /// Whether the system tells of an end, or of an action that waits, while the window is not in front.
    pub notify: bool,
    /// Where the window was when it was closed last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<WindowPlace>,
}

/// Where a window was, in points of the whole desktop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WindowPlace {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
    pub is_maximized: bool,
}

impl WindowPlace {
    /// True when it can be somewhere on a desktop: no figure is missing, and none is beyond any desktop.
    pub fn is_usable(&self) -> bool {
        let edge = -100_000.0..=100_000.0;
        let extent = 1.0..=100_000.0;
        edge.contains(&self.x)
            && edge.contains(&self.y)
            && extent.contains(&self.width)
            && extent.contains(&self.height)
    }
}

/// What the window speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// That of the system, as far as it is spoken here; else English.
    #[default]
    System,
    English,
    German,
}

impl Default for WindowSettings {
    fn default() -> Self {
        Self { theme: Theme::System, zoom: 1.0, language: Language::default(), motion: true, notify: true, place: None }
    }
}

/// Dark or light.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    System,
    Dark,
    Light,
}

/// Where models may run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CloudMode {
    /// Nothing leaves this machine and the hosts listed as its own.
    #[default]
    LocalOnly,
    LocalFirst,
    CloudFirst,
    /// No local server is asked.
    CloudOnly,
}

impl CloudMode {
    /// True where another side may step in for one that fails.
    pub fn is_mixed(self) -> bool {
        matches!(self, Self::LocalFirst | Self::CloudFirst)
    }
}

/// One server that answers for roles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Endpoint {
    /// How roles refer to it.
    pub name: String,
    /// Empty means: find LM Studio on this machine.
    pub url: String,
}

impl Endpoint {
    /// The name of the endpoint that exists from the start.
    pub const FIRST: &'static str = "lm_studio";
}

impl Default for Endpoint {
    fn default() -> Self {
        Self { name: Self::FIRST.to_owned(), url: String::new() }
    }
}

/// One part in the play: who is asked, and for what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Role {
    /// `expert.1` and so on, or `synthesizer`.
    pub name: String,
    /// The name of an [`Endpoint`].
    pub endpoint: String,
    /// Empty means: a loaded model that fits.
    pub model: String,
    /// The name of a prompt, such as `threat`.
    pub instruction: String,
    /// What the model of this part must be able to do.
    #[serde(skip_serializing_if = "Needs::is_ordinary")]
    pub needs: Needs,
}

/// What a part asks of its model beyond answering.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Needs {
    /// It is shown pictures.
    pub vision: bool,
    /// It calls tools.
    pub tools: bool,
    /// Tokens of context; 0 means what an ordinary question takes.
    pub context_tokens: u32,
}

impl Needs {
    /// A prompt with an observation, the last steps and an answer takes about this many tokens.
    pub const ORDINARY_CONTEXT: u32 = 4096;

    /// True when nothing out of the ordinary is asked.
    pub fn is_ordinary(&self) -> bool {
        *self == Self::default()
    }

    /// Tokens of context.
    pub fn context(&self) -> u32 {
        if self.context_tokens == 0 { Self::ORDINARY_CONTEXT } else { self.context_tokens }
    }
}

impl Role {
    /// A role on the first endpoint with whatever model is loaded there.
    pub fn new(name: &str, instruction: &str) -> Self {
        Self {
            name: name.to_owned(),
            endpoint: Endpoint::FIRST.to_owned(),
            model: String::new(),
            instruction: instruction.to_owned(),
            needs: Needs { vision: name == "vision", ..Needs::default() },
        }
    }

    pub fn is_expert(&self) -> bool {
        self.name.starts_with("expert.")
    }
}

/// How long to wait, and for how many.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LimitSettings {
    /// To open a connection. Seconds.
    pub connect_s: f64,
    /// To load a model. Seconds.
    pub load_s: f64,
    /// From the question to the first token. Seconds.
    pub first_token_s: f64,
    /// Between two tokens. Seconds.
    pub between_tokens_s: f64,
    /// For a whole answer. Seconds.
    pub total_s: f64,
    /// Tokens in one answer, reasoning included.
    pub answer_tokens: u32,
    /// So many opinions are enough once `experts_s` have passed.
    pub quorum: usize,
    /// How long the synthesizer waits for the slower experts. Seconds.
    pub experts_s: f64,
}

impl Default for LimitSettings {
    fn default() -> Self {
        // Slow local models need minutes for a long prompt; a connection to this machine needs none.
        Self {
            connect_s: 5.0,
            load_s: 600.0,
            first_token_s: 180.0,
            between_tokens_s: 60.0,
            total_s: 600.0,
            answer_tokens: 1024,
            quorum: 2,
            experts_s: 240.0,
        }
    }
}
