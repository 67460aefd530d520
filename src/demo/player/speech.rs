//! The sentences: thoughts in the character of a role, the narrator's line, and what a demo says to small talk.

use super::{
    prompt::{Call, Opinion, Prompt},
    reading::{Intent, Reading},
    reasons::reason,
    roles::Role,
};

/// What it thinks when there is nothing to choose from.
pub(super) const PUZZLED: &str = "Nobody offers me an action here, so there is nothing to weigh.";

/// One or two sentences for an action, in the character of whoever was asked.
pub(super) fn thought(prompt: &Prompt, reading: &Reading, call: &Call, seed: u64) -> String {
    let reason = reason(reading, call);
    if !reading.is_of_the_world() {
        return reason;
    }
    match prompt.role {
        Role::Perception => format!("{} {reason}", seen(reading, seed)),
        Role::Navigation => format!("{} {reason}", travelled(reading, seed)),
        Role::Threat => format!("{} {reason}", feared(reading, seed)),
        Role::Opportunity => format!("{} {reason}", gained(reading, seed)),
        Role::Synthesizer if !prompt.opinions.is_empty() => format!("{reason} {}", weighed(prompt, call)),
        Role::Synthesizer | Role::Narrator | Role::Plain => reason,
    }
}

/// The state of things in one sentence.
pub(super) fn narration(reading: &Reading) -> String {
    if !reading.is_of_the_world() {
        return "The demo looks on and has nothing to tell yet.".to_owned();
    }
    let errand = if reading.relic_home {
        "the relic is home"
    } else if reading.has_relic() {
        "the relic is on its way home"
    } else if reading.gate_open {
        "the barrow stands open"
    } else {
        "the barrow is still shut"
    };
    format!(
        "Turn {} of {}: {}, {} of 10 places seen, and {errand}.",
        reading.turn,
        reading.limit,
        standing(reading),
        reading.places_seen
    )
}

/// A session that is over, from the notes about it; `None` where the text is no such notes.
pub(super) fn looking_back(notes: &str) -> Option<String> {
    let notes = notes.strip_prefix("The session is over.")?;
    let said = |name: &str| notes.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    let steps = said("Steps:").unwrap_or("no");
    let score = said("Score:").map_or_else(String::new, |score| format!(" and came to {score} points"));
    let how = said("Outcome:").unwrap_or("It ended").to_lowercase();
    let trouble = notes.lines().filter(|line| line.starts_with("Trouble")).count();
    let troubles = match trouble {
        0 => "Nothing stood in its way.".to_owned(),
        1 => "One kind of trouble came up.".to_owned(),
        kinds => format!("{kinds} kinds of trouble came up."),
    };
    Some(format!("The agent took {steps} steps{score}. {troubles} In the end: {how}."))
}

/// Small talk, with the word that was to be repeated.
pub(super) fn greeting(word: Option<&str>, has_image: bool, seed: u64) -> String {
    let hello = pick(
        seed,
        &[
            "Hello! I am the built-in demo: a script, not a language model, but always here.",
            "Good day! You are talking to the demo, which is a script and no language model.",
        ],
    );
    let picture = if has_image { " Pictures I can receive but not see." } else { "" };
    match word {
        Some(word) => format!("{word}. {hello}{picture}"),
        None => format!("{hello}{picture}"),
    }
}

/// Thinking aloud: what was read, and the best of what could be done.
pub(super) fn reasoning(reading: &Reading, offered: &[&Call], worths: &[i32], chosen: &Call) -> String {
    let mut ranked: Vec<(&str, i32)> =
        offered.iter().zip(worths).map(|(call, worth)| (call.shown.as_str(), *worth)).collect();
    ranked.sort_by_key(|(_, worth)| -worth);
    let best: Vec<String> = ranked.iter().take(4).map(|(shown, worth)| format!("{shown} ({worth})")).collect();
    let situation = if reading.is_of_the_world() { standing(reading) } else { "somewhere I do not know".to_owned() };
    format!(
        "I am {situation}. What could be done, best first and roughly weighed: {}. I settle on {}.",
        best.join(", "),
        chosen.shown
    )
}

/// `at Farm with 23 of 30 health`, or the same in a fight.
fn standing(reading: &Reading) -> String {
    let health = format!("{} of {} health", reading.health, reading.max_health);
    match &reading.fight {
        Some(fight) => format!("fighting the {} at {} with {health}", fight.enemy, reading.place),
        None => format!("at {} with {health}", reading.place),
    }
}

fn seen(reading: &Reading, seed: u64) -> String {
    let Some(fight) = &reading.fight else {
        let lead = pick(seed, &["I look about", "What the text tells me", "Seen from here"]);
        let news = match reading.roads.iter().filter(|road| !road.visited).count() {
            0 => "every road from here is known".to_owned(),
            1 => "one road from here is new".to_owned(),
            new => format!("{new} roads from here are new"),
        };
        return format!("{lead}: {}, and {news}.", standing(reading));
    };
    let intent = match fight.intent {
        Intent::Heavy => "is gathering for a heavy blow",
        Intent::Quick => "is out for quick, light blows",
        Intent::Open => "has left itself open",
        Intent::Unclear => "does something I cannot read",
    };
    format!("The {} with its {} health {intent}.", fight.enemy, fight.health)
}

fn travelled(reading: &Reading, seed: u64) -> String {
    let left = reading.turns_left();
    let lead = pick(seed, &["On the map", "As for the way"]);
    if reading.place == "Town" {
        return format!("{lead}: {} of 10 places seen and {left} turns left.", reading.places_seen);
    }
    if reading.fight.is_some() {
        return format!("{lead}: this fight stands in it, and {left} turns are left.");
    }
    format!("{lead}: home is {} turns away and {left} are left.", reading.home_turns)
}

fn feared(reading: &Reading, seed: u64) -> String {
    let (health, most) = (reading.health, reading.max_health);
    match &reading.fight {
        Some(fight) if fight.intent == Intent::Heavy => {
            format!("What the {} is winding up for could cost me a third of my health.", fight.enemy)
        }
        Some(fight) => format!("The {} still has {} health against my {health}.", fight.enemy, fight.health),
        None if health * 2 < most => format!("{health} of {most} health is thin ice."),
        None => pick(seed, &["Nothing is after me here.", "No teeth in sight."]).to_owned(),
    }
}

fn gained(reading: &Reading, seed: u64) -> String {
    match &reading.fight {
        Some(fight) => format!("The {} is worth more felled than fled from.", fight.enemy),
        None => {
            let lead = pick(seed, &["What is there to gain", "I look for profit"]);
            format!("{lead}: {} gold in the purse, {} turns to make more of it.", reading.gold, reading.turns_left())
        }
    }
}

/// Whom the synthesizer follows and whom it overrules.
fn weighed(prompt: &Prompt, call: &Call) -> String {
    let (with, against): (Vec<_>, Vec<_>) = prompt.opinions.iter().partition(|opinion| opinion.shown == call.shown);
    let names =
        |opinions: &[&Opinion]| opinions.iter().map(|opinion| opinion.who.as_str()).collect::<Vec<_>>().join(", ");
    match (with.is_empty(), against.is_empty()) {
        (false, true) => "All who spoke agree.".to_owned(),
        (false, false) => format!("With {}, against {}.", names(&with), names(&against)),
        (true, _) => format!("I overrule {}.", names(&against)),
    }
}

fn pick(seed: u64, sentences: &[&'static str]) -> &'static str {
    // The lowest bits of neighbouring seeds differ, and that is all the variety a demo needs.
    sentences[(seed % sentences.len() as u64) as usize]
}
