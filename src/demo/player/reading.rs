//! The observation, read from its words alone: where things stand, which roads lead away, who attacks and how.

use super::{
    clues::Beliefs,
    vocabulary::{INTENTS, OATHS, PICTURES, which},
};

/// What an enemy seems to be about to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Intent {
    Heavy,
    Quick,
    Open,
    Unclear,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fight {
    pub enemy: String,
    pub health: i32,
    pub intent: Intent,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Road {
    pub to: String,
    pub turns: i32,
    pub visited: bool,
}

/// Everything the text says. A text that is not from the built-in world leaves it empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reading {
    pub turn: i32,
    pub limit: i32,
    pub place: String,
    pub health: i32,
    pub max_health: i32,
    pub gold: i32,
    pub potions: i32,
    pub roads: Vec<Road>,
    pub home_turns: i32,
    /// The next place on the way to Town.
    pub homeward: String,
    pub fight: Option<Fight>,
    pub carries: Vec<String>,
    pub places_seen: i32,
    pub gate_open: bool,
    pub bridge_open: bool,
    pub king_felled: bool,
    pub relic_home: bool,
    /// What is painted on the closed chest here, as an index into the pictures.
    pub picture: Option<usize>,
    /// The oath behind each reply the guard waits for, as indices into the oaths.
    pub replies: Vec<Option<usize>>,
    pub beliefs: Beliefs,
}

impl Reading {
    pub fn of(text: &str) -> Self {
        let mut reading = Self { beliefs: Beliefs::from(text), ..Self::default() };
        for line in text.lines().map(str::trim) {
            reading.take(line);
        }
        for (number, oath) in (1..).zip(&reading.replies) {
            if let Some(oath) = *oath {
                reading.beliefs.note_reply(number, oath);
            }
        }
        reading
    }

    /// Whether the text is an observation of the built-in world at all.
    pub fn is_of_the_world(&self) -> bool {
        self.limit > 0
    }

    pub fn turns_left(&self) -> i32 {
        self.limit - self.turn
    }

    pub fn carries(&self, thing: &str) -> bool {
        self.carries.iter().any(|carried| carried == thing)
    }

    pub fn has_relic(&self) -> bool {
        self.carries("the relic")
    }

    /// What can be lost before the end, potions counted.
    pub fn strength(&self) -> i32 {
        self.health + 12 * self.potions
    }

    fn take(&mut self, line: &str) {
        match line {
            _ if line.starts_with("Turn ") && line.contains("You are at ") => self.take_standing(line),
            _ if line.starts_with("Roads: ") => self.roads = roads(&line["Roads: ".len()..]),
            _ if line.starts_with("Home is ") => self.take_way_home(line),
            _ if line.starts_with("You are fighting the ") => self.fight = fight(line),
            _ if line.starts_with("You carry ") => self.carries = list(&line["You carry ".len()..]),
            _ if line.starts_with("So far: ") => self.take_achievements(line),
            _ if line.starts_with("The guard bars ") => self.replies = replies(line),
            _ if line.contains("painted on its lid") => self.picture = which(line, &PICTURES),
            _ => {}
        }
    }

    fn take_standing(&mut self, line: &str) {
        self.turn = number_after(line, "Turn ").unwrap_or(0);
        self.limit = number_after(line, " of ").unwrap_or(0);
        between(line, "You are at ", ".").unwrap_or_default().clone_into(&mut self.place);
        self.health = number_after(line, "Health ").unwrap_or(0);
        self.max_health = number_after(line, "/").unwrap_or(self.health);
        self.gold = number_after(line, "gold ").unwrap_or(0);
        self.potions = number_after(line, "potions ").unwrap_or(0);
    }

    fn take_way_home(&mut self, line: &str) {
        self.home_turns = number_after(line, "Home is ").unwrap_or(0);
        let by = line.split_once(", by ").map(|(_, places)| list(places)).unwrap_or_default();
        self.homeward = by.into_iter().next().unwrap_or_else(|| "Town".to_owned());
    }

    fn take_achievements(&mut self, line: &str) {
        self.places_seen = number_after(line, "So far: ").unwrap_or(0);
        self.bridge_open = line.contains("the bridge opened");
        self.gate_open = line.contains("the Barrow gate opened");
        self.king_felled = line.contains("the barrow king felled");
        self.relic_home = line.contains("the relic brought home");
    }
}

fn roads(text: &str) -> Vec<Road> {
    text.split(')')
        .filter_map(|part| {
            let (to, rest) = part.trim_start_matches([',', ' ']).split_once(" (")?;
            let turns = leading_number(rest)?;
            Some(Road { to: to.to_owned(), turns, visited: !rest.contains("not visited") })
        })
        .collect()
}

fn fight(line: &str) -> Option<Fight> {
    let enemy = between(line, "You are fighting the ", " (")?.to_owned();
    let health = number_after(line, "(health ")?;
    let (_, told) = line.split_once("). ").unwrap_or_default();
    let intent = match which(told, &INTENTS) {
        Some(0) => Intent::Heavy,
        Some(1) => Intent::Quick,
        Some(2) => Intent::Open,
        _ => Intent::Unclear,
    };
    Some(Fight { enemy, health, intent })
}

fn replies(line: &str) -> Vec<Option<usize>> {
    let offered = (1..=3).map(|number| between(line, &format!("Reply {number}: \""), "\""));
    offered.map(|words| words.and_then(|words| which(words, &OATHS))).collect()
}

fn list(text: &str) -> Vec<String> {
    text.trim_end_matches('.').split(", ").map(str::to_owned).collect()
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(inside, _)| inside)
}

fn number_after(text: &str, before: &str) -> Option<i32> {
    text.split_once(before).and_then(|(_, rest)| leading_number(rest))
}

fn leading_number(text: &str) -> Option<i32> {
    let digits = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    text[..digits].parse().ok()
}
