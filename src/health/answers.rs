//! The upper half of the ladder: a real answer of every model, how many come side by side, and abilities proved.

use std::time::{Duration, Instant};

use tokio::time::timeout;

use super::{
    capacity,
    discovery::evicts_on_demand,
    ladder::Checkup,
    lms::Lms,
    roles,
    rungs::{Rung, capacity_rung, no_time_left, speed_note, together_rung, with_patience},
    truth::{Ability, Witness},
};
use crate::{
    llm::{
        Answer, Ask, Error, Fault, Limit, Limits, Model, Sink, Turn,
        lm_studio::{ChatModel, Listing, LmStudio},
        open::millis,
        stream::rate,
    },
    protocol::{Api, Cause, Check, Depth, Problem, RoleReport, Speed, Verdict},
};

/// Enough for a word or two; more would only make slow models slower to check.
const TEST_TOKENS: u32 = 48;
/// A model that thinks first needs room for it.
const TEST_TOKENS_THINKING: u32 = 768;
/// With less than this left, a test would say nothing about the model.
const LEAST_TIME: Duration = Duration::from_millis(800);
/// Whoever has begun to answer and says nothing for so long is stuck, however slow it is.
const PAUSE_IN_A_TEST: Duration = Duration::from_secs(4);
/// What one question takes that is answered alone, so that it can be asked again beside others in the time that is left.
const TIMES_AS_LONG: u32 = 6;

impl Checkup<'_> {
    /// Lets every loaded model that some role wants answer once; a model with several roles is asked once.
    pub(super) async fn generate(&mut self, server: &LmStudio) {
        if self.subject.depth == Depth::Quick {
            return;
        }
        let Some(listing) = self.listing.clone() else { return };
        let mut asked: Vec<String> = Vec::new();
        for index in 0..self.roles.len() {
            let role = &self.roles[index];
            let is_loaded =
                listing.find(&role.model).is_some_and(|entry| entry.is_loaded() || listing.api == Api::OpenAi);
            if role.verdict == Verdict::Failed || !is_loaded || asked.contains(&role.model) {
                continue;
            }
            let model = role.model.clone();
            asked.push(model.clone());
            let started = Instant::now();
            let tested = self.test(server, &listing, &model).await;
            for role in self.roles.iter_mut().filter(|role| role.model == model) {
                role.speed = tested.speed;
                // A model that needs longer than the hurried test allows can still be asked.
                let verdict = if tested.is_only_slow { Verdict::Warned } else { tested.rung.verdict };
                if verdict != Verdict::Passed && role.verdict != Verdict::Failed {
                    role.verdict = verdict;
                    role.problem.clone_from(&tested.rung.problem);
                }
            }
            self.add_aside(Check::Generation(model), tested.rung, started);
        }
    }

    async fn test(&self, server: &LmStudio, listing: &Listing, model: &str) -> Tested {
        let left = self.left();
        if self.is_hurried() && left < LEAST_TIME {
            return Tested { rung: no_time_left(model), speed: None, is_only_slow: true };
        }
        let thinks = listing.find(model).and_then(|entry| entry.reasoning).unwrap_or(false);
        let chat = ChatModel::new(server, "health check", model, listing.names());
        let ask = Ask {
            turns: vec![Turn::User("Answer with one word: ready".to_owned())],
            answer_tokens: if thinks { TEST_TOKENS_THINKING } else { TEST_TOKENS },
            limits: if self.is_hurried() { hurried(self.subject.limits, left) } else { self.subject.limits },
            ..Ask::default()
        };
        let mut pieces = Pieces { asked: Instant::now(), first: None, heard: 0 };
        match chat.ask(&ask, &mut pieces).await {
            Ok(answer) => self.judge(model, &answer),
            Err(error) => self.judge_failure(&error, &ask.limits, &pieces),
        }
    }

    fn judge(&self, model: &str, answer: &Answer) -> Tested {
        let timings = answer.timings;
        let speed = Speed { first_token_ms: timings.first_token_ms, tokens_per_second: timings.tokens_per_second };
        let rung = if let Some(detour) = answer.detours.iter().find(|detour| !detour.contains("cut off")) {
            let advice = "It can be used; an update of the server may mend this";
            let problem = Problem::plain(format!("Not as it should be: {detour}"), Vec::new(), advice);
            Rung::warned(detour.clone(), problem)
        } else if answer.by.is_other_model() {
            let role = self.roles.iter().find(|role| role.model == model).cloned();
            let problem = role.map(|role| roles::other_model(&role, &answer.by.model_answered).problem);
            Rung { verdict: Verdict::Failed, note: format!("{} answered", answer.by.model_answered), problem }
        } else {
            Rung::passed(speed_note(&speed))
        };
        Tested { rung, speed: Some(speed), is_only_slow: false }
    }

    fn judge_failure(&self, error: &Error, limits: &Limits, pieces: &Pieces) -> Tested {
        let fired = match error.evidence().and_then(|evidence| evidence.fault.as_ref()) {
            Some(Fault::TimedOut { limit, .. }) if self.is_hurried() => Some(*limit),
            _ => None,
        };
        let problem = error.problem();
        let speed = pieces.first.map(|at| Speed {
            first_token_ms: millis(at - pieces.asked),
            tokens_per_second: rate(pieces.heard.saturating_sub(1), at.elapsed()),
        });
        match (fired, speed) {
            // It was still talking when the time for a test was over: it does answer.
            (Some(Limit::Total), Some(speed)) => {
                let note = format!("{}; it was still writing after {} s", speed_note(&speed), limits.total.as_secs());
                Tested { rung: Rung::passed(note), speed: Some(speed), is_only_slow: false }
            }
            (Some(Limit::FirstToken | Limit::Total), None) if limits.first_token < self.subject.limits.first_token => {
                Tested { rung: Rung::failed(with_patience(problem)), speed: None, is_only_slow: true }
            }
            (Some(Limit::BetweenTokens), _) if limits.between_tokens < self.subject.limits.between_tokens => {
                Tested { rung: Rung::failed(with_patience(problem)), speed: None, is_only_slow: true }
            }
            // A model that thinks longer than the test allows does answer.
            _ if problem.cause == Some(Cause::OutputBudgetSpent) => {
                let rung = Rung::warned("It thinks longer than this test allows", problem);
                Tested { rung, speed, is_only_slow: false }
            }
            _ => Tested { rung: Rung::failed(problem), speed: None, is_only_slow: false },
        }
    }

    /// The models that some role will ask and that have answered their test, each once.
    fn witnesses(&self) -> Vec<String> {
        let mut models: Vec<String> = Vec::new();
        for role in self.roles.iter().filter(|role| role.speed.is_some() && role.verdict != Verdict::Failed) {
            if !models.contains(&role.model) {
                models.push(role.model.clone());
            }
        }
        models
    }

    /// Whether the experts that share a model will wait for one another, and whether models will throw each other out.
    pub(super) async fn measure(&mut self, server: &LmStudio) {
        self.judge_together(server);
        for model in self.witnesses() {
            let is_expert = |role: &&RoleReport| role.model == model && role.role.starts_with("expert.");
            let together = self.roles.iter().filter(is_expert).count();
            if together < 2 {
                continue;
            }
            let started = Instant::now();
            let entry = self.listing.as_ref().and_then(|listing| listing.find(&model)).cloned();
            let parallel = entry.as_ref().and_then(|entry| entry.instances.first()).and_then(|copy| copy.parallel);
            let speed = self.roles.iter().find(|role| role.model == model).and_then(|role| role.speed);
            let is_affordable = !self.is_hurried() || expected(speed) * TIMES_AS_LONG < self.left();
            let measuring = capacity::measure(server, &model, parallel, together, self.subject.limits);
            let measured = match timeout(if is_affordable { self.left() } else { Duration::ZERO }, measuring).await {
                Ok(measured) => measured,
                Err(_elapsed) => capacity::claimed(parallel, together),
            };
            if let Some(measured) = measured {
                self.add_aside(Check::Capacity(model), capacity_rung(&measured), started);
            }
        }
    }

    /// Several models that are loaded on demand evict one another; ones that are loaded explicitly do not.
    fn judge_together(&mut self, server: &LmStudio) {
        let Some(listing) = &self.listing else { return };
        let mut wanted: Vec<&str> = Vec::new();
        for role in self.roles.iter().filter(|role| role.verdict != Verdict::Failed) {
            if !wanted.contains(&role.model.as_str()) {
                wanted.push(&role.model);
            }
        }
        let is_cold = |model: &&&str| listing.find(model).is_some_and(|entry| !entry.is_loaded());
        let cold: Vec<String> = wanted.iter().filter(is_cold).map(|model| (**model).to_owned()).collect();
        if wanted.len() < 2 || cold.is_empty() || listing.api == Api::OpenAi {
            return;
        }
        let user_home = self.subject.user_home.as_deref().filter(|_| server.base().is_loopback());
        let evicts = evicts_on_demand(user_home);
        let rung = together_rung(&cold, listing.api, evicts);
        self.add_aside(Check::Together, rung, Instant::now());
    }

    /// Has every model prove each ability that it is said to have.
    pub(super) async fn prove(&mut self, server: &LmStudio) {
        if self.subject.depth != Depth::Deep {
            return;
        }
        let lms = Lms::find(self.subject.user_home.as_deref(), self.subject.path.as_deref());
        for model in self.witnesses() {
            let entry = self.listing.as_ref().and_then(|listing| listing.find(&model)).cloned();
            for ability in Ability::ALL.into_iter().filter(|ability| ability.is_claimed(entry.as_ref())) {
                let started = Instant::now();
                let witness = Witness {
                    server,
                    product: self.server.product,
                    model: &model,
                    entry: entry.as_ref(),
                    limits: self.subject.limits,
                    lms: lms.as_ref(),
                };
                let rung = witness.prove(ability).await;
                self.add_aside(Check::Truth(format!("{model} {}", ability.title())), rung, started);
            }
        }
    }
}

/// What the test of one model came to.
struct Tested {
    rung: Rung,
    speed: Option<Speed>,
    /// It did not fail; it was not waited for long enough.
    is_only_slow: bool,
}

/// The same limits, none of them longer than what is left.
fn hurried(limits: Limits, left: Duration) -> Limits {
    Limits {
        first_token: limits.first_token.min(left),
        between_tokens: limits.between_tokens.min(PAUSE_IN_A_TEST),
        total: limits.total.min(left),
    }
}

/// How long an answer of the length that capacity is measured with will take alone.
fn expected(speed: Option<Speed>) -> Duration {
    let Some(speed) = speed else { return Duration::from_secs(60) };
    let writing =
        speed.tokens_per_second.filter(|rate| *rate > 0.0).map_or(1.0, |rate| f64::from(capacity::TOKENS) / rate);
    Duration::from_millis(speed.first_token_ms) + Duration::from_secs_f64(writing.min(60.0))
}

/// Counts what is heard.
struct Pieces {
    asked: Instant,
    first: Option<Instant>,
    heard: usize,
}

impl Sink for Pieces {
    fn text(&mut self, _piece: &str) {
        self.heard += 1;
        self.first.get_or_insert_with(Instant::now);
    }

    fn reasoning(&mut self, piece: &str) {
        self.text(piece);
    }
}
