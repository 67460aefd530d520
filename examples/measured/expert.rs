//! Parts that a model on one server plays, put together as a session does it: behind the gate, within the server's places,
//! paid for from a purse, counted by the ledgers of open things and of bytes.

use std::sync::Arc;

use singularis::{
    environment::Observation,
    llm::{
        BaseUrl, Brake, Gate, Http, HttpConfig, OpenThings, Purse,
        lm_studio::{ChatModel, LmStudio},
        throttle::{Limits, Throttle},
    },
    mind::{
        Question,
        answering::Answering,
        switch::{Candidate, Switch},
    },
    protocol::ActionCall,
    settings::{CloudMode, Need, Provider, Settings},
};

use crate::cost::Failure;

/// The server answers by this name.
const MODEL: &str = "bench";
/// So many questions it answers at the same time, as it says itself.
const PLACES: u64 = 256;

/// One server and everything that is between it and a part.
pub struct Server {
    http: Arc<Http>,
    client: LmStudio,
    throttle: Throttle,
    purse: Purse,
    answering: Answering,
}

impl Server {
    /// Nothing is connected yet.
    pub fn at(url: &str) -> Result<Self, Failure> {
        let http = Arc::new(Http::new(HttpConfig::default(), OpenThings::default())?);
        let client = LmStudio::new(Arc::clone(&http), BaseUrl::parse(url)?, None).behind(Gate::default());
        let throttle = Throttle::of(Provider::Local);
        throttle.set(Limits { at_once: PLACES, ..Limits::default() });
        let Settings { budget, prices, .. } = Settings::default();
        let purse = Purse::new(budget, prices, Brake::default(), Arc::new(|_words| {}));
        Ok(Self { http, client, throttle, purse, answering: Answering::new(Arc::new(|_words| {})) })
    }

    /// A client of its own for this part.
    pub fn play(&self, part: &str) -> Switch {
        let chat = ChatModel::new(&self.client, part, MODEL, vec![MODEL.to_owned()]).blind();
        let candidate = Candidate::new(Arc::new(chat), &self.throttle, &self.purse);
        Switch::new(part, CloudMode::LocalOnly, Need::Anyone, vec![candidate], Vec::new(), self.answering.clone())
    }

    /// Bytes of all answers so far.
    pub fn received_bytes(&self) -> u64 {
        self.http.ledger().read().iter().map(|line| line.received_bytes).sum()
    }
}

/// A moment with a choice, as the built-in world puts it.
pub fn question() -> Question {
    let legal = vec![ActionCall::bare("wait"), ActionCall::with("go_to", "place", "Farm")];
    let observation =
        Observation { text: "You are at Town. All is quiet.".to_owned(), legal, ..Observation::default() };
    Question { goal: "Come home".to_owned(), observation: Arc::new(observation), ..Question::default() }
}
