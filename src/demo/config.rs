//! What a demo server is made of: its catalogue, its manners and its pace.

use std::time::Duration;

use super::faults::Fault;

/// How a [`super::DemoServer`] is to behave. The default is a believable, healthy LM Studio.
#[derive(Clone, Debug)]
pub struct DemoConfig {
    /// 0 takes any free port.
    pub port: u16,
    pub models: Vec<DemoModel>,
    pub just_in_time_loading: bool,
    /// `Some` means every API request must carry this token.
    pub token: Option<String>,
    /// Time between two streamed pieces; zero for tests.
    pub token_pace: Duration,
    pub first_token_after: Duration,
    pub load_takes: Duration,
    pub api: DemoApi,
    /// Faults that are armed from the start.
    pub faults: Vec<Fault>,
}

/// Which of LM Studio's interfaces exist, and so how old the server pretends to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DemoApi {
    /// `/api/v1`, `/api/v0` and `/v1`: LM Studio 0.4 and newer.
    #[default]
    V1,
    /// `/api/v0` and `/v1`: LM Studio 0.3.6 to 0.3.39.
    V0,
    /// `/v1` only.
    OpenAiOnly,
}

/// What a model is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DemoModelKind {
    Llm,
    Embedding,
}

/// One downloaded model of the pretend catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "these are the independent capabilities a model card lists")]
pub struct DemoModel {
    pub key: String,
    pub kind: DemoModelKind,
    pub vision: bool,
    pub tool_use: bool,
    pub reasoning: bool,
    pub max_context_length: u32,
    pub loaded_context_length: u32,
    /// How many generations one instance runs at a time; the others queue.
    pub parallel: u32,
    pub size_bytes: u64,
    /// Whether an instance is there when the server starts.
    pub loaded: bool,
}

impl DemoModel {
    /// A plain language model with tool use, not loaded.
    #[must_use]
    pub fn llm(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            kind: DemoModelKind::Llm,
            vision: false,
            tool_use: true,
            reasoning: false,
            max_context_length: 32_768,
            loaded_context_length: 8_192,
            parallel: 4,
            size_bytes: 1_100_000_000,
            loaded: false,
        }
    }

    /// An embedding model, not loaded.
    #[must_use]
    pub fn embedding(key: &str) -> Self {
        Self {
            kind: DemoModelKind::Embedding,
            tool_use: false,
            max_context_length: 2_048,
            loaded_context_length: 2_048,
            parallel: 1,
            size_bytes: 84_000_000,
            ..Self::llm(key)
        }
    }
}

impl Default for DemoConfig {
    fn default() -> Self {
        Self {
            port: 0,
            models: default_catalogue(),
            just_in_time_loading: true,
            token: None,
            token_pace: Duration::from_millis(12),
            first_token_after: Duration::from_millis(150),
            load_takes: Duration::from_millis(400),
            api: DemoApi::V1,
            faults: Vec::new(),
        }
    }
}

fn default_catalogue() -> Vec<DemoModel> {
    let talker = DemoModel { loaded: true, ..DemoModel::llm("demo/small-talker") };
    let thinker = DemoModel {
        reasoning: true,
        max_context_length: 131_072,
        loaded_context_length: 16_384,
        size_bytes: 4_700_000_000,
        ..DemoModel::llm("demo/thinker")
    };
    let eyes = DemoModel { vision: true, tool_use: false, size_bytes: 3_300_000_000, ..DemoModel::llm("demo/eyes") };
    vec![talker, thinker, eyes, DemoModel::embedding("demo/embedder")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_can_take_the_demo_for_a_language_model() {
        let config = DemoConfig::default();
        assert!(config.models.iter().all(|model| model.key.starts_with("demo/")));
        let loaded: Vec<&str> =
            config.models.iter().filter(|model| model.loaded).map(|model| model.key.as_str()).collect();
        assert_eq!(loaded, ["demo/small-talker"]);
    }

    #[test]
    fn no_model_is_loaded_with_more_context_than_it_has() {
        for model in DemoConfig::default().models {
            assert!(model.loaded_context_length <= model.max_context_length, "{}", model.key);
            assert!(model.parallel > 0, "{}", model.key);
        }
    }
}
