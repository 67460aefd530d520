//! What the pretend model says. It is a script and no language model: it reads the text of the built-in world, weighs
//! the actions it is offered by rules of thumb, and speaks in the character of the role it is asked to play.
//!
//! ```text
//! prompt    the question taken apart: role, possible actions, opinions
//! reading   the observation · clues  what was heard and read · vocabulary  which words mean what
//! choosing  what an action is worth: fighting, wandering, chances
//! roles     who leans which way · reasons, speech  the sentences · answer  the shape that was asked for
//! elsewhere other places: a web shop, a desktop, any tools
//! ```

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::struct_excessive_bools,
    reason = "figures of a small world, and what was read of it as plain yes and no"
)]

mod answer;
mod chances;
mod choosing;
mod clues;
mod elsewhere;
mod fighting;
mod prompt;
mod reading;
mod reasons;
mod roles;
mod speech;
#[cfg(test)]
mod tests;
mod vocabulary;
mod wandering;

use serde_json::Value;

use self::{
    elsewhere::Elsewhere,
    prompt::{Call, Prompt},
    reading::Reading,
    roles::Role,
};

/// A question to the pretend model.
pub struct Asked<'a> {
    pub system: &'a str,
    pub user: &'a str,
    pub tools: Vec<OfferedTool<'a>>,
    pub schema: Option<&'a Value>,
    pub has_image: bool,
    pub seed: u64,
}

/// A tool it may call.
pub struct OfferedTool<'a> {
    pub name: &'a str,
    pub schema: &'a Value,
}

/// Its answer.
pub struct Played {
    pub reasoning: String,
    pub text: String,
    pub tool_call: Option<(String, Value)>,
}

/// Answers. The same question gets the same answer; the seed changes the wording and never the choice.
pub fn play(asked: &Asked<'_>) -> Played {
    let prompt = Prompt::read(asked.system, asked.user);
    let reading = Reading::of(asked.user);
    if prompt.role == Role::Narrator {
        let page = || elsewhere::narration(asked.user).filter(|_| !reading.is_of_the_world());
        let text = speech::looking_back(asked.user).or_else(page).unwrap_or_else(|| speech::narration(&reading));
        return Played { reasoning: String::new(), text, tool_call: None };
    }
    if let Some(place) = Elsewhere::read(asked) {
        return elsewhere::decide(asked, &place);
    }
    let offered = offered_calls(&prompt, &asked.tools);
    if offered.is_empty() { answer::without_actions(asked) } else { decide(asked, &prompt, &reading, &offered) }
}

/// The possible actions that the offered tools allow; all of them where no tools are offered.
fn offered_calls<'p>(prompt: &'p Prompt, tools: &[OfferedTool<'_>]) -> Vec<&'p Call> {
    let is_offered = |call: &&Call| tools.is_empty() || tools.iter().any(|tool| tool.name == call.name);
    prompt.legal.iter().filter(is_offered).collect()
}

fn decide(asked: &Asked<'_>, prompt: &Prompt, reading: &Reading, offered: &[&Call]) -> Played {
    let worths: Vec<i32> = offered.iter().map(|call| choosing::worth(reading, call, &prompt.legal)).collect();
    let choice = roles::choose(prompt, reading, offered, &worths);
    let call = offered[choice.index];
    let thought = speech::thought(prompt, reading, call, asked.seed);
    let reasoning = speech::reasoning(reading, offered, &worths, call);
    match asked.schema {
        Some(schema) if asked.tools.is_empty() => {
            let decision = answer::decision(schema, call, &thought, choice.confidence);
            Played { reasoning, text: decision.to_string(), tool_call: None }
        }
        _ => {
            let arguments = Value::Object(call.arguments.clone());
            // Without tools there is nothing to call, so the choice stands in the text alone.
            let tool_call = (!asked.tools.is_empty()).then(|| (call.name.clone(), arguments));
            let text = if tool_call.is_some() { thought } else { format!("{thought}\n{}", call.shown) };
            Played { reasoning, text, tool_call }
        }
    }
}
