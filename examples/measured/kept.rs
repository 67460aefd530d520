//! What a session keeps of one step, in the order and with the waits of a session: four experts and a synthesizer in the
//! built-in world.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::{FutureExt, future::join_all};
use serde_json::json;
use singularis::{
    environment::{
        Environment, Observation, Want,
        world::{
            Difficulty, Move, World, WorldEnvironment,
            baseline::{Baseline, moves_of},
        },
    },
    journal::Recorder,
    mind::{Question, prompts},
    protocol::{
        ActionCall, AdviceCost, Call, CallState, Decided, DecisionView, Effect, EnvironmentView, Judgement, LoopName,
        Observed, ProposalView, Questioned, Said, StepReport, What,
    },
    settings::cast::SYNTHESIZER,
};
use tokio_util::sync::CancellationToken;

use crate::Failure;

/// The parts that are asked at the same time, and what each looks at.
const EXPERTS: [(&str, &str); 4] =
    [("expert.1", "perception"), ("expert.2", "navigation"), ("expert.3", "threat"), ("expert.4", "opportunity")];
pub const GOAL: &str = "Bring the relic home and gather as many points as possible";
const MODEL: &str = "qwen/qwen3-8b";
const ENDPOINT: &str = "http://127.0.0.1:1234";
/// What each expert thinks: as long as such answers usually are, about sixty tokens.
const THOUGHT: &str = "The road to the north is open and short, and nothing there has been looked at yet. What was read \
                       on the poster fits what the innkeeper said, so the chest by the window is the safe one. There is \
                       time enough to come back before the light goes.";
/// So many lines of what was done before are part of a question.
const REMEMBERED: usize = 8;

/// A moment of a game, and what is done in it.
pub struct Scene {
    observation: Observation,
    view: EnvironmentView,
    prompt: String,
    call: ActionCall,
    effect: Effect,
}

/// One whole game, played beforehand so that only keeping it is timed.
pub fn game(seed: u64) -> Result<Vec<Scene>, Failure> {
    let world = World::new(seed, Difficulty::Normal);
    let moves = moves_of(Baseline::Reader, &world, seed);
    let (mut place, stop) = (WorldEnvironment::of(world), CancellationToken::new());
    let (mut recent, mut scenes) = (Vec::new(), Vec::new());
    for call in moves.into_iter().map(Move::call) {
        let observation = place.observe(Want::default()).now_or_never().ok_or("the world waits")??;
        let view = place.view();
        let effect = place.act(&call, &stop).now_or_never().ok_or("the world waits")??;
        let question = Question {
            goal: GOAL.to_owned(),
            observation: Arc::new(observation.clone()),
            recent: recent.clone(),
            ..Question::default()
        };
        recent.push(format!("{call}: {}", effect.text.replace('\n', " ")));
        recent.drain(..recent.len().saturating_sub(REMEMBERED));
        scenes.push(Scene { observation, view, prompt: question.prompt(), call, effect });
    }
    Ok(scenes)
}

impl Scene {
    /// Keeps everything of this step; gives how long its decision and its action were held up by that. What is judged
    /// afterwards holds up nobody.
    pub async fn keep(&self, recorder: &Recorder, step: u64) -> Duration {
        let began = Instant::now();
        recorder.keep(What::Observed(Box::new(self.observed(step)))).await;
        let question = recorder.begin_question(step);
        recorder.keep(What::Questioned(Questioned { question, look: step })).await;
        join_all(EXPERTS.map(|(role, title)| self.ask(recorder, role, title))).await;
        self.ask(recorder, SYNTHESIZER, SYNTHESIZER).await;
        recorder.end_question();
        let decided = Decided { question, look: step, decision: self.decision(question) };
        recorder.keep(What::Decided(Box::new(decided))).await;
        recorder.keep(What::Acting { action: self.call.clone(), question: Some(question) }).await;
        recorder.keep_later(What::Stepped(Box::new(self.stepped(step, question))));
        recorder.flush().await;
        let held_up = began.elapsed();
        recorder.keep(What::Judged(Box::new(judged(step)))).await;
        held_up
    }

    /// One question to one model. Without a journal none of it is put together, as in a session.
    async fn ask(&self, recorder: &Recorder, role: &str, title: &str) {
        if !recorder.is_on() {
            return;
        }
        let now_ms = recorder.now_ms();
        let said = Said { system: prompts::of_part(title), prompt: self.prompt.clone(), ..Said::default() };
        let asked = Call {
            call: recorder.next_call(),
            question: recorder.question(),
            role: role.to_owned(),
            model: MODEL.to_owned(),
            asked_at_ms: now_ms,
            said: Some(Box::new(said.clone())),
            ..Call::default()
        };
        recorder.keep(What::Asked(Box::new(asked.clone()))).await;
        let answer = json!({"thought": THOUGHT, "action": &self.call, "confidence": 0.7}).to_string();
        let ended = Call {
            model_answered: MODEL.to_owned(),
            endpoint: ENDPOINT.to_owned(),
            state: CallState::Answered,
            left_at_ms: Some(now_ms),
            first_token_at_ms: Some(now_ms),
            ended_at_ms: Some(recorder.now_ms()),
            tokens_per_second: Some(41.5),
            prompt_tokens: Some(640),
            answer_tokens: Some(90),
            said: Some(Box::new(Said { answer, ..said })),
            ..asked
        };
        recorder.keep(What::CallEnded(Box::new(ended))).await;
    }

    fn observed(&self, look: u64) -> Observed {
        let seen = &self.observation;
        Observed {
            look,
            tick: seen.tick,
            scene: seen.scene,
            situation: seen.situation(),
            text: seen.text.clone(),
            facts: seen.facts.clone(),
            score: seen.score,
            view: self.view.clone(),
            picture_png: None,
            picture: None,
        }
    }

    fn decision(&self, question: u64) -> DecisionView {
        let proposal = |(_, title): (&str, &str)| ProposalView {
            title: title.to_owned(),
            action: Some(self.call.clone()),
            thought: THOUGHT.to_owned(),
            confidence: 0.7,
            followed: true,
            decisive: false,
            took_ms: 1800,
            tokens: Some(730),
            usd: None,
        };
        DecisionView {
            question,
            step: 0,
            action: self.call.clone(),
            by: SYNTHESIZER.to_owned(),
            because: THOUGHT.to_owned(),
            proposals: EXPERTS.map(proposal).into(),
            shortfalls: Vec::new(),
            took_ms: 2400,
            effect: None,
        }
    }

    fn stepped(&self, step: u64, question: u64) -> StepReport {
        StepReport {
            step,
            action: self.call.clone(),
            ordered_by: LoopName::Reasoning,
            by: SYNTHESIZER.to_owned(),
            because: THOUGHT.to_owned(),
            effect: self.effect.clone(),
            score: self.effect.score,
            took_ms: 2500,
            question: Some(question),
        }
    }
}

fn judged(step: u64) -> Judgement {
    let advice = |(_, title): (&str, &str)| {
        let title = title.to_owned();
        AdviceCost { title, cost: 1.0, was_followed: true, is_proved: true }
    };
    Judgement { step, cost: 1.0, is_proved: true, still_possible: 90.0, advice: EXPERTS.map(advice).into() }
}
