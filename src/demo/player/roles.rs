//! Who leans which way. An expert sees every action through its own interest; the synthesizer weighs what they say
//! against what it thinks itself, so that no number of eager experts can talk it into folly.

use super::{
    prompt::{Call, Prompt},
    reading::Reading,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Perception,
    Navigation,
    Threat,
    Opportunity,
    Synthesizer,
    Narrator,
    /// No role, or one the script was not written for.
    Plain,
}

impl Role {
    /// By the first word, so that `Threat assessment` is understood too.
    pub fn named(name: &str) -> Self {
        let name = name.to_lowercase();
        match name.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default() {
            "perception" => Self::Perception,
            "navigation" => Self::Navigation,
            "threat" => Self::Threat,
            "opportunity" => Self::Opportunity,
            "synthesizer" => Self::Synthesizer,
            "narrator" => Self::Narrator,
            _ => Self::Plain,
        }
    }
}

/// What was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    /// Among the offered actions.
    pub index: usize,
    /// In hundredths.
    pub confidence: i32,
}

/// A point of worth, in the unit that opinions are weighed in.
const POINT: i32 = 100;
/// What a hundredth of confidence weighs: an opinion held for certain is worth six points.
const CONFIDENCE: i32 = 6;
const LEAST_CONFIDENCE: i32 = 30;
const MOST_CONFIDENCE: i32 = 95;

/// Chooses among the offered actions, which are never none. The first of several that are even wins.
pub(super) fn choose(prompt: &Prompt, reading: &Reading, offered: &[&Call], worths: &[i32]) -> Choice {
    let weights: Vec<i32> = offered
        .iter()
        .zip(worths)
        .map(|(call, worth)| (worth + slant(prompt.role, reading, call)) * POINT + support(prompt, call))
        .collect();
    let best = weights.iter().copied().max().unwrap_or_default();
    let index = weights.iter().position(|weight| *weight == best).unwrap_or_default();
    let others = weights.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, weight)| *weight);
    let lead = others.max().map_or(MOST_CONFIDENCE, |second| (best - second) / POINT);
    Choice { index, confidence: (50 + lead).clamp(LEAST_CONFIDENCE, MOST_CONFIDENCE) }
}

/// What the experts' opinions weigh in favour of an action. Only the synthesizer is shown any.
fn support(prompt: &Prompt, call: &Call) -> i32 {
    let agreeing = prompt.opinions.iter().filter(|opinion| opinion.shown == call.shown);
    agreeing.map(|opinion| opinion.confidence * CONFIDENCE).sum()
}

fn slant(role: Role, reading: &Reading, call: &Call) -> i32 {
    let name = call.name.as_str();
    match role {
        Role::Perception => perception(name),
        Role::Navigation => navigation(reading, name, call.text("place")),
        Role::Threat => threat(name, call.text("place")),
        Role::Opportunity => opportunity(name),
        Role::Synthesizer | Role::Narrator | Role::Plain => 0,
    }
}

/// Wants to know more.
fn perception(name: &str) -> i32 {
    match name {
        "read" | "talk" => 24,
        "reply" | "pull_levers" | "open_chest" => 12,
        _ => 0,
    }
}

/// Wants to get about.
fn navigation(reading: &Reading, name: &str, place: &str) -> i32 {
    match name {
        "go_to" if reading.roads.iter().any(|road| road.to == place && !road.visited) => 42,
        "go_to" | "flee" => 24,
        _ => 0,
    }
}

/// Wants to live.
fn threat(name: &str, place: &str) -> i32 {
    match (name, place) {
        ("drink_potion" | "rest_at_inn", _) => 36,
        ("block" | "buy", _) => 18,
        ("flee", _) => 12,
        ("go_to", "Camp" | "Den" | "Ruin") => -24,
        _ => 0,
    }
}

/// Wants to have.
fn opportunity(name: &str) -> i32 {
    match name {
        "open_chest" | "buy" | "talk" | "read" | "reply" | "pull_levers" | "take_relic" | "bribe" => 30,
        "power_attack" => 24,
        "attack" => 18,
        _ => 0,
    }
}
