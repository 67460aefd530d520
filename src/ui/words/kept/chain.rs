//! Why something was done, as words: what was seen, who was asked and how long it took, who approved.

use crate::{
    protocol::{Approval, ApprovalAnswer, Call, Observed, Said},
    ui::words::{action, cost, known, risk},
};

use super::{figure, span};

/// Which look it was, and where.
pub fn seen(observed: &Observed) -> String {
    let mut parts = vec![format!("Look {}, turn {}, scene {}", observed.look, observed.tick, observed.scene.word())];
    if !observed.situation.is_empty() {
        parts.push(observed.situation.clone());
    }
    parts.extend(observed.score.map(|score| format!("score {}", figure(score))));
    parts.join(" · ")
}

/// Which model a call went to, and where; another name in the answer is said.
pub fn called(call: &Call) -> String {
    let other = &call.model_answered;
    let answered =
        if other.is_empty() || *other == call.model { String::new() } else { format!(", answered as {other}") };
    let at = if call.endpoint.is_empty() { call.provider.title() } else { &call.endpoint };
    format!("{}{answered}, at {at}", call.model)
}

/// How a call went in time, and what it used: `waited 0.2 s, first token after 1.4 s, took 3.1 s, 27 tokens/s`.
pub fn call_times(call: &Call) -> String {
    let since = |from_ms: u64, to_ms: u64| span(to_ms.saturating_sub(from_ms));
    let mut parts = Vec::new();
    match call.left_at_ms {
        Some(left_ms) => parts.push(format!("waited {}", since(call.asked_at_ms, left_ms))),
        None => parts.push("never left".to_owned()),
    }
    let left_ms = call.left_at_ms.unwrap_or(call.asked_at_ms);
    match call.first_token_at_ms {
        Some(first_ms) => parts.push(format!("first token after {}", since(left_ms, first_ms))),
        None => parts.push("no token came".to_owned()),
    }
    match call.ended_at_ms {
        Some(ended_ms) => parts.push(format!("took {}", since(call.asked_at_ms, ended_ms))),
        None => parts.push("its end is not known".to_owned()),
    }
    parts.extend(call.tokens_per_second.map(|rate| format!("{} tokens/s", figure(rate))));
    let (prompt, answer) = (known(call.prompt_tokens), known(call.answer_tokens));
    parts.push(format!("tokens of the prompt {prompt}, of the answer {answer}"));
    parts.push(format!("cost {}", cost(call.usd)));
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
    let Some((approval, answer)) = approval else { return "No person had to be asked".to_owned() };
    let asked = format!("A person was asked about {} ({})", action(&approval.action), risk(approval.risk));
    format!("{asked}: {}", answered(answer.as_ref()))
}

/// What a person said; `None` where the session ended before.
pub fn answered(answer: Option<&ApprovalAnswer>) -> String {
    match answer {
        None => "No answer is known".to_owned(),
        Some(ApprovalAnswer::Approved { for_ever: true, .. }) => {
            "Approved for this server, in every session".to_owned()
        }
        Some(ApprovalAnswer::Approved { for_session: true, .. }) => "Approved for the whole session".to_owned(),
        Some(ApprovalAnswer::Approved { .. }) => "Approved".to_owned(),
        Some(ApprovalAnswer::Rejected { word }) if word.is_empty() => "Rejected".to_owned(),
        Some(ApprovalAnswer::Rejected { word }) => format!("Rejected: {word}"),
        Some(ApprovalAnswer::Unanswered) => "Nobody answered in time".to_owned(),
    }
}
