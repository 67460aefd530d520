//! The players of a session, before they are given to a way of thinking: each part with whoever can play it.

use std::sync::Arc;

use super::{
    Mind, Stage, cloud_experts,
    ensemble::Ensemble,
    heuristic::Heuristic,
    hybrid, local_experts, parallel,
    patience::Patience,
    player::{Manner, Player},
    prompts, self_experts, single,
    switch::Switch,
    worth::Worth,
};
use crate::{
    llm::Brake,
    protocol::Problem,
    settings::{
        Part, Strategy,
        cast::{REASONING, SYNTHESIZER, VISION},
    },
};

/// A title that is longer is a prompt.
const LONGEST_TITLE: usize = 24;

/// Everything a way of thinking is cast from.
pub struct Company<'a> {
    pub parts: Vec<Part>,
    /// Who can play a part; an empty switch where nobody can.
    pub who_plays: &'a dyn Fn(&Part) -> Switch,
    /// Why nobody can, for the part that cannot be done without.
    pub why_nobody: &'a dyn Fn() -> Problem,
    pub stage: Stage,
    pub manner: Manner,
    pub patience: Patience,
    pub worth: Worth,
    /// On while the session is paused.
    pub brake: Brake,
}

impl Company<'_> {
    /// The mind that thinks this way.
    pub fn cast(&self, strategy: Strategy) -> Result<Arc<dyn Mind>, Problem> {
        match strategy {
            Strategy::Heuristic => Ok(Arc::new(Heuristic::default())),
            Strategy::Single => single::cast(self),
            Strategy::LocalExperts => local_experts::cast(self),
            Strategy::SelfExperts => self_experts::cast(self),
            Strategy::CloudExperts => cloud_experts::cast(self),
            Strategy::Hybrid => hybrid::cast(self),
            Strategy::Parallel => parallel::cast(self),
        }
    }

    /// Why there is nobody who can play.
    pub fn nobody(&self) -> Problem {
        (self.why_nobody)()
    }

    /// The part of this name with its model; `None` if nobody can play it.
    pub fn player(&self, role: &str) -> Result<Option<Player>, Problem> {
        let part = self.parts.iter().find(|part| part.role == role).ok_or_else(|| no_part(role))?;
        Ok(self.play(part))
    }

    /// Everybody who gives an opinion, as far as somebody can play them.
    pub fn experts(&self) -> Result<Vec<Arc<Player>>, Problem> {
        let is_expert = |part: &&Part| ![SYNTHESIZER, VISION, REASONING].contains(&part.role.as_str());
        Ok(self.parts.iter().filter(is_expert).filter_map(|part| self.play(part)).map(Arc::new).collect())
    }

    /// These experts and whoever decides over them.
    pub fn ensemble(&self, experts: Vec<Arc<Player>>) -> Result<Ensemble, Problem> {
        let synthesizer = self.player(SYNTHESIZER)?.ok_or_else(|| self.nobody())?;
        Ok(Ensemble::new(
            experts,
            Arc::new(synthesizer),
            self.stage.clone(),
            self.manner.clone(),
            self.patience,
            self.worth.clone(),
            self.brake.clone(),
        ))
    }

    fn play(&self, part: &Part) -> Option<Player> {
        let switch = (self.who_plays)(part);
        if switch.is_empty() {
            return None;
        }
        let system = prompts::of_part(&part.instruction);
        let player = Player::new(&part.role, title(part), system, Arc::new(switch), &self.stage);
        Some(player.warmed_to(part.temperature).shown_pictures(part.sees))
    }
}

/// What it looks at; a prompt of its own has no short name, and several minds of one kind are told apart by their role.
fn title(part: &Part) -> &str {
    let instruction = part.instruction.as_str();
    let is_name = instruction.len() <= LONGEST_TITLE && !instruction.contains('\n');
    if is_name && !part.role.starts_with("mind.") { instruction } else { &part.role }
}

fn no_part(role: &str) -> Problem {
    Problem::plain(
        format!("This way of thinking has no {role}"),
        Vec::new(),
        "This is a fault of this program; please report it",
    )
}
