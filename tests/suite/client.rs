//! The clients that are put to the test, each connected the way the program connects it.

use std::{sync::Arc, time::Duration};

use singularis::{
    llm::{
        BaseUrl, Http, HttpConfig, Model, OpenThings,
        account::Account,
        lm_studio::{ChatModel, LmStudio},
        throttle::{Throttle, Throttled},
    },
    settings::{self, Provider, Secret},
};

/// Sent by every client, and to be seen in no error.
pub const KEY: &str = "a-key-for-this-suite-only-0123456789";

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Client {
    LmStudio,
    Claude,
    Gemini,
}

impl Client {
    pub const ALL: [Self; 3] = [Self::LmStudio, Self::Claude, Self::Gemini];

    pub fn title(self) -> &'static str {
        self.of(["LM Studio", "Claude", "Gemini"])
    }

    /// What holds for this client, out of what holds for each.
    pub fn of<T>(self, [lm_studio, claude, gemini]: [T; 3]) -> T {
        match self {
            Self::LmStudio => lm_studio,
            Self::Claude => claude,
            Self::Gemini => gemini,
        }
    }

    /// The model that is asked.
    pub fn model(self) -> &'static str {
        self.of(["small-talker", "claude-sonnet-9", "gemini-2.5-flash"])
    }

    /// The client of a server at this address, within the limits of a provider that nobody else asks.
    pub fn connect(self, http: &Arc<Http>, url: &str) -> Throttled {
        let provider = self.of([Provider::Local, Provider::Claude, Provider::Gemini]);
        let settings = settings::Account { url: url.to_owned(), ..settings::Account::default() };
        let model: Arc<dyn Model> = match Account::new(http, provider, &settings, Secret::new(KEY)) {
            Some(account) => account.expect("an address").model("expert.1", self.model(), Vec::new()),
            None => {
                let base = BaseUrl::parse(url).expect("an address");
                let server = LmStudio::new(Arc::clone(http), base, Secret::new(KEY));
                Arc::new(ChatModel::new(&server, "expert.1", self.model(), Vec::new()))
            }
        };
        Throttle::of(provider).hold(model)
    }
}

/// The HTTP layer with a ledger of its own.
pub fn http() -> Arc<Http> {
    let config = HttpConfig { connect: Duration::from_secs(5), ..HttpConfig::default() };
    Arc::new(Http::new(config, OpenThings::default()).expect("TLS can be set up"))
}
