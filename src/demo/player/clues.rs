//! What was heard and read, weighed against each other: a poster can turn an adviser's words into their opposite.

use super::vocabulary::{EARLIER, FEARS, FIRST_LEVER, LAST_LEVER, MARKS, MIDDLE_LEVER, OATH_HINTS, TRAP_HINTS, which};

pub(super) const LEVER_ORDERS: [&str; 6] = ["ABC", "ACB", "BAC", "BCA", "CAB", "CBA"];

/// The weight of a word that is known to be true.
pub(super) const CERTAIN: i32 = 10;
/// The weight of a word that is known to be false.
pub(super) const CERTAINLY_NOT: i32 = -CERTAIN;
/// The weight of a word from somebody who may be the liar.
const HEARSAY: i32 = 1;
/// More than any word can outweigh: seen with one's own eyes.
const RULED_OUT: i32 = 3 * CERTAINLY_NOT;

/// How much speaks for each possibility. [`CERTAIN`] and above is as good as known, below zero is ruled out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Beliefs {
    /// What the king cannot bear: fire, silver.
    pub fears: [i32; 2],
    /// Sun, moon, oak.
    pub oaths: [i32; 3],
    /// The chest with the bird, the fish, the stag.
    pub traps: [i32; 3],
    /// In the order of [`LEVER_ORDERS`].
    pub orders: [i32; 6],
    pub advisers_heard: usize,
    refused_replies: Vec<usize>,
}

impl Beliefs {
    pub fn from(text: &str) -> Self {
        let lines = || text.lines().map(str::trim);
        let memories: Vec<(&str, &str)> =
            lines().filter_map(|line| line.strip_prefix("- The ")?.split_once('"')).collect();
        let liar = memories.iter().find(|(who, _)| who.starts_with("poster")).and_then(|(_, told)| which(told, &MARKS));
        let mut beliefs = Self::default();
        for (who, told) in memories {
            beliefs.take(who, told, liar);
        }
        for line in lines() {
            if let Some(tried) = line.strip_prefix("Pulled in vain: ") {
                beliefs.rule_out_orders(|order| tried.contains(order));
            }
            if let Some(refused) = line.strip_prefix("Refused already: ") {
                let digits = refused.chars().filter_map(|letter| letter.to_digit(10));
                beliefs.refused_replies = digits.map(|digit| digit as usize).collect();
            }
        }
        beliefs
    }

    /// Puts a refused reply down to the oath it stands for.
    pub fn note_reply(&mut self, number: usize, oath: usize) {
        if self.refused_replies.contains(&number) {
            self.oaths[oath] += RULED_OUT;
        }
    }

    fn take(&mut self, who: &str, told: &str, liar: Option<usize>) {
        match who.split([' ', ',']).next().unwrap_or_default() {
            "poster" => {}
            "carving" => {
                let levers = Levers::told(told);
                self.rule_out_orders(|order| !levers.allow(order));
            }
            "mosaic" => {
                if let Some(trap) = which(told, &TRAP_HINTS) {
                    self.traps[trap] += 2 * CERTAIN;
                }
            }
            adviser => self.take_advice(adviser, which(who, &MARKS), told, liar),
        }
    }

    fn take_advice(&mut self, adviser: &str, mark: Option<usize>, told: &str, liar: Option<usize>) {
        self.advisers_heard += 1;
        let lies = liar.is_some() && mark == liar;
        let weight = match liar {
            None => HEARSAY,
            Some(_) if lies => CERTAINLY_NOT,
            Some(_) => CERTAIN,
        };
        if let Some(fear) = which(told, &FEARS) {
            self.fears[fear] += weight;
            if lies {
                // There are only two, so a lie about one is the truth about the other.
                self.fears[1 - fear] += CERTAIN;
            }
        }
        if let Some(oath) = which(told, &OATH_HINTS) {
            self.oaths[oath] += weight;
        }
        if let Some(trap) = which(told, &TRAP_HINTS) {
            self.traps[trap] += weight;
        }
        if adviser == "hermit" {
            let levers = Levers::told(told.split(". ").next().unwrap_or_default());
            for (belief, order) in self.orders.iter_mut().zip(LEVER_ORDERS) {
                if levers.say_something() && levers.allow(order) {
                    *belief += weight;
                }
            }
        }
    }

    fn rule_out_orders(&mut self, is_out: impl Fn(&str) -> bool) {
        for (belief, order) in self.orders.iter_mut().zip(LEVER_ORDERS) {
            if is_out(order) {
                *belief += RULED_OUT;
            }
        }
    }
}

/// What a sentence says about the order of the levers.
struct Levers {
    /// Lever and place in the order.
    fixed: Vec<(char, usize)>,
    /// Earlier lever, later lever.
    pairs: Vec<(char, char)>,
}

impl Levers {
    fn told(told: &str) -> Self {
        let told = told.to_lowercase();
        let says = |pattern: &str, lever: char| told.contains(&pattern.replace("{}", &lever.to_string()));
        let mut levers = Self { fixed: Vec::new(), pairs: Vec::new() };
        for lever in ['a', 'b', 'c'] {
            for (position, patterns) in [FIRST_LEVER, MIDDLE_LEVER, LAST_LEVER].into_iter().enumerate() {
                if patterns.iter().any(|pattern| says(pattern, lever)) {
                    levers.fixed.push((lever, position));
                }
            }
            for later in ['a', 'b', 'c'] {
                let says_so = |pattern: &&str| says(&pattern.replace("{later}", &later.to_string()), lever);
                if later != lever && EARLIER.iter().any(says_so) {
                    levers.pairs.push((lever, later));
                }
            }
        }
        levers
    }

    fn say_something(&self) -> bool {
        !self.fixed.is_empty() || !self.pairs.is_empty()
    }

    fn allow(&self, order: &str) -> bool {
        let place = |lever: char| order.to_lowercase().find(lever);
        self.fixed.iter().all(|(lever, position)| place(*lever) == Some(*position))
            && self.pairs.iter().all(|(earlier, later)| place(*earlier) < place(*later))
    }
}
