//! Data as words: how things that models and servers write are said to people.

mod asked;
mod desktop;
mod figures;
mod judged;
pub mod kept;
mod minds;
mod servers;

use serde_json::Value;

use crate::{
    protocol::{ActionCall, ModelEntry, ModelKind, ProposalView},
    settings::cast::VISION,
    ui::catalogue::say,
};

pub use asked::{
    arguments, ask_from, difficulty, effect_status, pause_outlook, pause_reason, paused, reason, risk, stretch,
    wanted_by, way,
};
pub use desktop::{acts_how, aimed, live, looked, profile, source};
pub use figures::{bytes, count, day, decimal, duration, memory, percent, whole_seconds, with_unit, written};
pub use judged::{
    advice_cost, adviser, bound, clock, clock_to_be, cost_of, forgotten, is_free, judged, learnt, lesson, points,
    regret_in_all, that_decision, this_decision, written_action,
};
pub use minds::{
    CLOUD_MODES, at_most, busy, cloud_mode, cost, costs_money, counted, dollars, known, narrated_by, parts_played,
    provider, spent, spent_shortly, standing, used_up,
};
pub use servers::{
    call_status, can_do, environment, example_of_condition, name_of_environment, reached, rest_of, said_risk, seen_now,
    sets_out, state_of, tool, tool_risk, went_on,
};

/// So much of one argument is said where an action is only named; whoever approves it reads all of it elsewhere.
const MOST_OF_A_VALUE: usize = 120;

/// `go_to {"place":"Farm"}` as *go to Farm*, in one line.
pub fn action(call: &ActionCall) -> String {
    let mut words = call.name.replace('_', " ");
    for value in call.arguments.values() {
        words.push(' ');
        let value = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let mut letters = value.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
        words.extend(letters.by_ref().take(MOST_OF_A_VALUE));
        if letters.next().is_some() {
            words.push('…');
        }
    }
    words
}

/// What somebody proposed. Whoever only looks proposes nothing and is not to blame for it.
pub fn proposed(view: &ProposalView) -> String {
    match &view.action {
        Some(call) => action(call),
        None if view.title == VISION => say!("shared-looked"),
        None => say!("shared-nothing-usable"),
    }
}

/// There is a newer version than this one.
pub fn newer(version: &str) -> String {
    say!("settings-releases-newer", version = version, own = env!("CARGO_PKG_VERSION"))
}

/// Kind, context, places, abilities, size: whatever the server tells.
pub fn model_facts(model: &ModelEntry) -> String {
    let mut facts = Vec::new();
    if model.kind == ModelKind::Embedding {
        facts.push(say!("shared-for-embeddings"));
    }
    let instance = model.instances.first();
    match (instance.and_then(|instance| instance.context_length), model.max_context_length) {
        (Some(loaded), Some(most)) => facts.push(say!("shared-context-of", loaded = loaded, most = most)),
        (Some(loaded), None) => facts.push(say!("shared-context", loaded = loaded)),
        (None, Some(most)) => facts.push(say!("shared-context-up-to", most = most)),
        (None, None) => {}
    }
    if let Some(parallel) = instance.and_then(|instance| instance.parallel) {
        facts.push(say!("shared-at-once", count = parallel));
    }
    let has = |ability: Option<bool>| ability == Some(true);
    facts.extend(has(model.vision).then(|| say!("shared-sees")));
    facts.extend(has(model.tool_use).then(|| say!("shared-calls-tools")));
    facts.extend(has(model.reasoning).then(|| say!("shared-thinks")));
    facts.extend(model.quantization.clone());
    if let Some(bytes) = model.size_bytes {
        facts.push(memory(bytes));
    }
    // A line ends with the sign; none begins with it.
    facts.join("\u{a0}· ")
}

/// Milliseconds as seconds.
#[expect(clippy::cast_precision_loss, reason = "shown with a digit or two")]
pub fn seconds(ms: u64) -> f64 {
    ms as f64 / 1000.0
}

/// How much of the whole a part is, 0 to 1; of sums of money.
#[expect(clippy::cast_possible_truncation, reason = "drawn as a bar")]
pub fn share_of_sum(part: f64, whole: f64) -> f32 {
    if whole > 0.0 { (part / whole).clamp(0.0, 1.0) as f32 } else { 0.0 }
}

/// How much of the whole a part is, 0 to 1.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "drawn as a bar")]
pub fn share(part: u64, whole: u64) -> f32 {
    (part as f64 / whole.max(1) as f64).min(1.0) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_said_in_words() {
        assert_eq!(action(&ActionCall::with("go_to", "place", "Barrow gate")), "go to Barrow gate");
        assert_eq!(action(&ActionCall::with("reply", "choice", 2)), "reply 2");
        assert_eq!(action(&ActionCall::bare("power_attack")), "power attack");
        let long = action(&ActionCall::with("write", "text", format!("one\ntwo{}", "x".repeat(1000))));
        assert!(long.starts_with("write one two") && long.ends_with("x…") && long.len() < 140, "{long}");
    }
}
