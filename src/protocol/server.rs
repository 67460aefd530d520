//! A server and what it has: which program it is, its models, and their copies in memory.

use serde::{Deserialize, Serialize};

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
    Gemini,
    Claude,
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
            Self::Gemini => "Gemini",
            Self::Claude => "Claude",
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

impl ModelInstance {
    /// `small:2, 4096 tokens of context, 4 at once`.
    pub fn words(&self) -> String {
        let mut words = self.id.clone();
        if let Some(length) = self.context_length {
            words.push_str(&format!(", {length} tokens of context"));
        }
        if let Some(parallel) = self.parallel {
            words.push_str(&format!(", {parallel} at once"));
        }
        words
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loaded_copy_answers_to_its_own_id() {
        let instance = ModelInstance { id: "small:2".into(), ..ModelInstance::default() };
        let model = ModelEntry { key: "small".into(), instances: vec![instance], ..ModelEntry::default() };
        assert!(model.answers_to("small") && model.answers_to("small:2"));
        assert!(!model.answers_to("small:3"));
    }
}
