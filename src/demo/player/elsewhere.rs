//! Places other than the built-in world, where nothing lists what is possible and every action is told with its
//! arguments. The script plays a web shop through a browser, tries the keys of a desktop, and of anything else it only
//! calls what seems to look.

mod curious;
mod keys;
mod offered;
mod page;
mod shop;
#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

use self::offered::Offered;
use super::{
    Asked, Played, answer,
    prompt::{Call, block, hundredths},
};

/// What the question says of the place.
pub(super) struct Elsewhere<'t> {
    goal: &'t str,
    /// The observation, as it was written.
    seen: &'t str,
    /// What was done before and what came of it, oldest first.
    before: Vec<&'t str>,
    offered: Vec<Offered<'t>>,
    /// What experts have proposed, each with its weight in hundredths.
    proposals: Vec<(i32, Call)>,
    /// The schema that the answer's arguments have to fit, where there is one.
    shape: Option<&'t Value>,
}

/// What is to be done, and why in a sentence.
struct Choice {
    call: Call,
    thought: String,
}

/// Headings that end an observation.
const HEADINGS: [&str; 6] = [
    "What was done before:",
    "A person told you:",
    "What was worth how much in moments like this:",
    "What a careful observer sees:",
    "Arguments that are marked with ? may be left out.",
    "Legal actions:",
];
/// How sure it says it is; a script has no doubts, but should not boast.
const CONFIDENCE: i32 = 70;

impl<'t> Elsewhere<'t> {
    /// `None` where the actions that are possible now are listed: then it is the built-in world, or one like it.
    pub fn read(asked: &Asked<'t>) -> Option<Self> {
        let lines: Vec<&str> = block(asked.user, "Legal actions:").collect();
        if !lines.iter().any(|line| offered::is_described(line)) {
            return None;
        }
        let (goal, rest) = asked.user.split_once("Observation:\n").unwrap_or(("", asked.user));
        let end = rest.lines().find(|line| HEADINGS.contains(&line.trim()));
        // The heading lies within the text, so how far it is from its beginning says how long the observation is.
        let length = end.map_or(rest.len(), |line| line.as_ptr().addr() - rest.as_ptr().addr());
        Some(Self {
            goal: goal.trim().trim_start_matches("Goal:").trim(),
            seen: rest[..length].trim(),
            before: block(asked.user, "What was done before:").collect(),
            offered: lines.iter().filter_map(|line| Offered::read(line)).collect(),
            proposals: block(asked.user, "Opinions:").filter_map(proposal).collect(),
            shape: asked.schema.and_then(|schema| schema.pointer("/properties/arguments/properties")),
        })
    }

    fn offers(&self, name: &str) -> Option<&Offered<'t>> {
        self.offered.iter().find(|offered| offered.name == name)
    }

    /// What the experts agree on most, the first of several that are even; else what the script thinks itself.
    fn choose(&self) -> Choice {
        let known = || self.proposals.iter().filter(move |(_, call)| self.offers(&call.name).is_some());
        let weight = |shown: &str| -> i32 {
            known().filter(|(_, call)| call.shown == shown).map(|(confidence, _)| confidence).sum()
        };
        let best = known()
            .map(|(_, call)| (weight(&call.shown), call))
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        if let Some((_, call)) = best {
            let thought = format!("Most of those who were asked want {}, and so do I: I am only a script.", call.name);
            return Choice { call: call.clone(), thought };
        }
        if shop::can_be_played(self) {
            shop::choose(self)
        } else if keys::can_be_tried(self) {
            keys::choose(self)
        } else {
            curious::choose(self)
        }
    }
}

/// Decides there.
pub(super) fn decide(asked: &Asked<'_>, place: &Elsewhere<'_>) -> Played {
    let Choice { call, thought } = place.choose();
    let reasoning = format!("I am a script and no language model. {thought}");
    match asked.schema {
        Some(schema) if asked.tools.is_empty() => {
            let decision = answer::decision(schema, &call, &thought, CONFIDENCE);
            Played { reasoning, text: decision.to_string(), tool_call: None }
        }
        _ if asked.tools.is_empty() => {
            Played { reasoning, text: format!("{thought}\n{}", call.shown), tool_call: None }
        }
        _ => Played { reasoning, text: thought, tool_call: Some((call.name, Value::Object(call.arguments))) },
    }
}

/// What a browser shows, in one sentence; `None` where the text is of no page.
pub(super) fn narration(user: &str) -> Option<String> {
    let page = page::Page::read(user);
    (!page.title.is_empty()).then(|| format!("The browser shows a page called {}.", page.title))
}

/// `threat [0.80] proposes browser_click {"target":"e5"}: It is near.`
fn proposal(item: &str) -> Option<(i32, Call)> {
    let (who, rest) = item.split_once("] proposes ")?;
    let confidence = hundredths(who.rsplit_once(" [")?.1)?;
    let end = rest.find([' ', ':']).unwrap_or(rest.len());
    let name = &rest[..end];
    let mut arguments = serde_json::Deserializer::from_str(&rest[end..]).into_iter::<Map<String, Value>>();
    let arguments = arguments.next().and_then(Result::ok).unwrap_or_default();
    Some((confidence, called(name, arguments)))
}

/// A call with these arguments.
fn called(name: &str, arguments: Map<String, Value>) -> Call {
    let shown =
        if arguments.is_empty() { name.to_owned() } else { format!("{name} {}", Value::Object(arguments.clone())) };
    Call { name: name.to_owned(), arguments, shown }
}

/// The same from pairs.
fn call<const N: usize>(name: &str, arguments: [(&str, Value); N]) -> Call {
    called(name, arguments.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}
