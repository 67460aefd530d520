//! Who answers at an address. Asked only with requests that change nothing and wake nobody.

use serde_json::Value;

use super::LmStudio;
use crate::{
    llm::{Error, Evidence, http::Reply},
    protocol::{Product, Server},
};

/// What the first look at a server showed.
#[derive(Clone, Debug, Default)]
pub struct Identity {
    pub server: Server,
    /// What the greeting looked like, in case nothing else explains why this is no model server.
    pub evidence: Evidence,
}

impl LmStudio {
    /// Finds out which program answers. Fails only where no HTTP answer comes at all.
    pub async fn identify(&self) -> Result<Identity, Error> {
        let greeting = self.get("/lmstudio-greeting").await?;
        let (status, server_header) = (greeting.status(), header(&greeting, "server"));
        let is_gateway =
            greeting.evidence().observed.headers.iter().flatten().any(|(name, _)| name.starts_with("x-litellm"));
        let (text, evidence) = greeting.text().await?;
        let body: Value = serde_json::from_str(&text).unwrap_or_default();
        let mut server = Server::default();
        if status == 200 && body.get("lmstudio") == Some(&Value::Bool(true)) {
            (server.product, server.version) = self.lm_studio_or_demo().await;
        } else if is_token_wanted(status, &text) {
            server.product = Product::LmStudio;
        } else if server_header.contains("llama.cpp") {
            server.product = Product::LlamaCpp;
            server.version = self.text_at("/props", "build_info").await;
        } else if is_gateway {
            server.product = Product::LiteLlm;
        } else {
            self.ask_around(&mut server).await;
        }
        Ok(Identity { server, evidence })
    }

    /// The pages by which other servers are known, all at once, so that a silent server costs one wait and not five.
    async fn ask_around(&self, server: &mut Server) {
        let (llama, build, ollama, vllm, gateway) = tokio::join!(
            self.says("/props", "default_generation_settings"),
            self.text_at("/props", "build_info"),
            self.text_at("/api/version", "version"),
            self.text_at("/version", "version"),
            // A gateway marks its answers with headers, but not those about pages that it does not have.
            self.says("/.well-known/litellm-ui-config", "server_root_path"),
        );
        (server.product, server.version) = match (llama, ollama, vllm) {
            (true, ..) => (Product::LlamaCpp, build),
            (_, Some(version), _) => (Product::Ollama, Some(version)),
            (_, _, Some(version)) => (Product::Vllm, Some(version)),
            _ if gateway => (Product::LiteLlm, None),
            _ => return,
        };
    }

    /// The same greeting comes from LM Studio and from the demo; the status page tells them apart.
    async fn lm_studio_or_demo(&self) -> (Product, Option<String>) {
        match self.get_json("/lms-status").await {
            Ok((status, _)) => {
                let text = |key: &str| status.get(key).and_then(Value::as_str).map(str::to_owned);
                let product =
                    if text("package").as_deref() == Some("demo") { Product::Demo } else { Product::LmStudio };
                (product, text("version"))
            }
            Err(_no_status_page) => (Product::LmStudio, None),
        }
    }

    async fn says(&self, path: &str, key: &str) -> bool {
        self.get_json(path).await.is_ok_and(|(value, _)| value.get(key).is_some())
    }

    async fn text_at(&self, path: &str, key: &str) -> Option<String> {
        let (value, _) = self.get_json(path).await.ok()?;
        value.get(key).and_then(Value::as_str).map(str::to_owned)
    }
}

fn header(reply: &Reply, name: &str) -> String {
    reply.evidence().header(name).unwrap_or_default().to_lowercase()
}

/// LM Studio with required authentication may refuse even the greeting; its words say whose token it wants.
fn is_token_wanted(status: u16, text: &str) -> bool {
    status == 401 && text.to_lowercase().contains("lm studio")
}
