//! Why something was done, as words: what was seen, who was asked and how long it took, who approved.

use crate::{
    protocol::{Approval, ApprovalAnswer, Call, CallState, LoopName, Observed, Said, Scene},
    ui::{
        catalogue::{said, say},
        words::{action, cost, known, minds::provider, risk},
    },
};

use super::{figure, score, span};

/// Which look it was, and where.
pub fn seen(observed: &Observed) -> String {
    let scene = scene(observed.scene);
    let mut parts = vec![say!("kept-look", look = observed.look, turn = observed.tick, scene = scene)];
    if !observed.situation.is_empty() {
        parts.push(said(&observed.situation).into_owned());
    }
    parts.extend(observed.score.map(score));
    parts.join(" · ")
}

fn scene(scene: Scene) -> String {
    match scene {
        Scene::Town => say!("kept-scene-town"),
        Scene::Exploration => say!("kept-scene-exploration"),
        Scene::Combat => say!("kept-scene-combat"),
        Scene::Dialogue => say!("kept-scene-dialogue"),
        Scene::Puzzle => say!("kept-scene-puzzle"),
        Scene::Menu => say!("kept-scene-menu"),
        Scene::End => say!("kept-scene-end"),
        Scene::Unknown => say!("kept-scene-unknown"),
    }
}

/// Which model a call went to, and where; another name in the answer is said.
pub fn called(call: &Call) -> String {
    let (model, other) = (call.model.as_str(), call.model_answered.as_str());
    let place = if call.endpoint.is_empty() { provider(call.provider) } else { call.endpoint.clone() };
    if other.is_empty() || other == model {
        return say!("kept-called", model = model, place = place);
    }
    say!("kept-called-as", model = model, other = other, place = place)
}

/// The loop that ordered something.
pub fn loop_name(name: LoopName) -> String {
    match name {
        LoopName::Perception => say!("kept-loop-perception"),
        LoopName::Reasoning => say!("kept-loop-reasoning"),
        LoopName::Action => say!("kept-loop-action"),
        LoopName::Reflex => say!("kept-loop-reflex"),
        LoopName::Exploration => say!("kept-loop-exploration"),
        LoopName::Learning => say!("kept-loop-learning"),
        LoopName::Narration => say!("kept-loop-narration"),
    }
}

/// How a call stands, in a word or two.
pub fn call_state(state: CallState) -> String {
    match state {
        CallState::UnderWay => say!("kept-call-under-way"),
        CallState::Answered => say!("kept-call-answered"),
        CallState::Failed => say!("kept-call-failed"),
        CallState::BrokenOff => say!("kept-call-broken-off"),
    }
}

/// How a call went in time, and what it used: `waited 0.2 s, first token after 1.4 s, took 3.1 s, 27 tokens/s`.
pub fn call_times(call: &Call) -> String {
    let since = |from_ms: u64, to_ms: u64| span(to_ms.saturating_sub(from_ms));
    let mut parts = Vec::new();
    match call.left_at_ms {
        Some(left_ms) => parts.push(say!("kept-waited", time = since(call.asked_at_ms, left_ms))),
        None => parts.push(say!("kept-never-left")),
    }
    let left_ms = call.left_at_ms.unwrap_or(call.asked_at_ms);
    match call.first_token_at_ms {
        Some(first_ms) => parts.push(say!("kept-first-token", time = since(left_ms, first_ms))),
        None => parts.push(say!("kept-no-token")),
    }
    match call.ended_at_ms {
        Some(ended_ms) => parts.push(say!("kept-took", time = since(call.asked_at_ms, ended_ms))),
        None => parts.push(say!("kept-no-end")),
    }
    parts.extend(call.tokens_per_second.map(|rate| say!("kept-rate", rate = figure(rate))));
    parts.push(say!("kept-tokens", prompt = known(call.prompt_tokens), answer = known(call.answer_tokens)));
    parts.push(say!("kept-cost", cost = cost(call.usd)));
    parts.join(", ")
}

/// What a model was told, as one text to be copied.
pub fn prompt(said: &Said) -> String {
    if said.system.is_empty() {
        return said.prompt.clone();
    }
    format!("{}\n\n{}", said.system, said.prompt)
}

/// Whether a person was asked, and what became of it.
pub fn approved(approval: Option<&(Approval, Option<ApprovalAnswer>)>) -> String {
    let Some((approval, answer)) = approval else { return say!("kept-no-person") };
    let (action, risk) = (action(&approval.action), risk(approval.risk));
    say!("kept-person-asked", action = action, risk = risk, answer = answered(answer.as_ref()))
}

/// What a person said; `None` where the session ended before.
pub fn answered(answer: Option<&ApprovalAnswer>) -> String {
    match answer {
        None => say!("kept-no-answer"),
        Some(ApprovalAnswer::Approved { for_ever: true, .. }) => say!("kept-approved-for-ever"),
        Some(ApprovalAnswer::Approved { for_session: true, .. }) => say!("kept-approved-for-session"),
        Some(ApprovalAnswer::Approved { .. }) => say!("kept-approved"),
        Some(ApprovalAnswer::Rejected { word }) if word.is_empty() => say!("kept-rejected"),
        Some(ApprovalAnswer::Rejected { word }) => say!("kept-rejected-because", word = word.as_str()),
        Some(ApprovalAnswer::Unanswered) => say!("kept-unanswered"),
    }
}
