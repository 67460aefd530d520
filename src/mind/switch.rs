//! One part, several models: whoever the policy allows, in its order. One that fails is replaced within the same question,
//! one that is left alone is not asked at all, and a change of who answers is announced before the question goes out.

use std::sync::Arc;

use super::{
    answering::Answering,
    hearing::Hearing,
    route::{Standing, order, route},
};
use crate::{
    journal::Recorder,
    llm::{
        Answer, Ask, BoxFuture, Error, Model, Purse, Sink,
        retry::{Meaning, meaning},
        throttle::{Throttle, Throttled},
    },
    settings::{CloudMode, Need, Provider},
};

/// A model of one provider that can play the part.
pub struct Candidate {
    model: Throttled,
    throttle: Throttle,
}

/// A model that is several.
pub struct Switch {
    part: String,
    mode: CloudMode,
    need: Need,
    candidates: Vec<Candidate>,
    /// Who cannot be asked in this session, and why.
    absent: Vec<(Provider, String)>,
    answering: Answering,
    recorder: Recorder,
}

impl Candidate {
    /// A model within its provider's limits, paid for from the purse.
    pub fn new(model: Arc<dyn Model>, throttle: &Throttle, purse: &Purse) -> Self {
        Self { model: throttle.hold_for(model, purse), throttle: throttle.clone() }
    }
}

impl Switch {
    /// Whoever may not be asked at all under this policy is left out, so that no client of it is open.
    pub fn new(
        part: &str,
        mode: CloudMode,
        need: Need,
        candidates: Vec<Candidate>,
        absent: Vec<(Provider, String)>,
        answering: Answering,
    ) -> Self {
        let allowed = order(mode, need);
        let candidates =
            candidates.into_iter().filter(|candidate| allowed.contains(&candidate.throttle.provider())).collect();
        let recorder = Recorder::none();
        Self { part: part.to_owned(), mode, need, candidates, absent, answering, recorder }
    }

    /// The same, and every question to it is kept.
    pub fn recorded_by(self, recorder: &Recorder) -> Self {
        Self { recorder: recorder.clone(), ..self }
    }

    /// True if nobody can play the part.
    pub fn is_empty(&self) -> bool {
        self.candidates.is_empty()
    }

    /// True where the question would keep others waiting, or pause the session.
    pub fn is_busy_for(&self, ask: &Ask) -> bool {
        let first = self.route().into_iter().next().and_then(|provider| self.of(provider));
        first.is_none_or(|candidate| !candidate.model.has_room_for(ask))
    }

    fn of(&self, provider: Provider) -> Option<&Candidate> {
        self.candidates.iter().find(|candidate| candidate.throttle.provider() == provider)
    }

    fn route(&self) -> Vec<Provider> {
        route(self.mode, self.need, |provider| Standing {
            is_there: self.of(provider).is_some(),
            rests_until: self.of(provider).and_then(|candidate| candidate.throttle.rest()).map(|rest| rest.until),
        })
    }

    /// Says who is asked, if that is not who usually is.
    fn announce(&self, asked: Provider) {
        let Some(usual) = order(self.mode, self.need).into_iter().next() else { return };
        let (rest, why) = match self.of(usual) {
            Some(candidate) => (candidate.throttle.rest(), candidate.throttle.why()),
            None => {
                let why = self.absent.iter().find(|(provider, _)| *provider == usual);
                (None, why.map(|(_, why)| why.clone()).unwrap_or_default())
            }
        };
        self.answering.asks(&self.part, usual, asked, rest.as_ref(), &why);
    }
}

impl Switch {
    async fn ask_around(&self, ask: &Ask, sink: &mut dyn Sink) -> Result<Answer, Error> {
        let mut last = Error::GateShut;
        for provider in self.route() {
            let Some(candidate) = self.of(provider) else { continue };
            self.announce(provider);
            match candidate.model.ask(ask, &mut *sink).await {
                Ok(answer) => return Ok(answer),
                Err(error) if !is_of_the_provider(&error) => return Err(error),
                Err(error) => last = error,
            }
        }
        Err(last)
    }
}

impl Model for Switch {
    fn ask<'a>(&'a self, ask: &'a Ask, sink: &'a mut dyn Sink) -> BoxFuture<'a, Result<Answer, Error>> {
        Box::pin(async move {
            let mut hearing = Hearing::begin(&self.recorder, &self.part, self.name(), ask, sink).await;
            let answer = self.ask_around(ask, &mut hearing).await;
            hearing.end(&answer).await;
            answer
        })
    }

    fn name(&self) -> &str {
        let first = order(self.mode, self.need).into_iter().find_map(|provider| self.of(provider));
        first.map_or("nobody", |candidate| candidate.model.name())
    }
}

/// True for a failure of whoever was asked; a question that is wrong in itself is wrong everywhere, and a stop is a stop.
fn is_of_the_provider(error: &Error) -> bool {
    match error {
        Error::GateShut => false,
        Error::Locked { .. } | Error::Resting { .. } => true,
        Error::Failed(evidence) => meaning(evidence) != Meaning::OfTheQuestion,
    }
}

#[cfg(test)]
mod tests;
