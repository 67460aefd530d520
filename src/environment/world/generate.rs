//! The hidden half of a game: everything that the seed decides and that nobody is told directly.

use super::{
    enemies::{Enemy, Intent, PATTERN_STEPS},
    folk::{Mark, Oath, Person},
    geography::{Place, ROADS},
    phrases::{PHRASES_IN_A_HALF, Wording},
    random::{Dice, Stream},
    things::{Chest, Item, LeverOrder, Picture, Weakness, Writing},
};
pub use crate::settings::Difficulty;

/// Four facts that advisers speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lore {
    pub oath: Oath,
    pub weakness: Weakness,
    pub trapped: Chest,
    pub levers: LeverOrder,
}

/// A world, fixed by its seed. Its fields stay inside `world`: a player learns of them by playing.
#[derive(Clone, Debug)]
pub struct World {
    pub(super) seed: u64,
    pub(super) turn_limit: u32,
    pub(super) wording: Wording,
    /// Turns between neighbours; 0 where there is no road.
    distances: [[u32; Place::COUNT]; Place::COUNT],
    patterns: [[Intent; PATTERN_STEPS]; Enemy::COUNT],
    pub(super) truth: Lore,
    /// What the liar says instead; it differs from the truth in every point.
    pub(super) lie: Lore,
    pub(super) liar: Person,
    marks: [Mark; Person::COUNT],
    pictures: [Picture; Chest::COUNT],
    loot: [i32; Chest::COUNT],
    /// The oath behind reply 1, 2 and 3.
    pub(super) replies: [Oath; Oath::COUNT],
    pub(super) intent_words: [[u8; PATTERN_STEPS]; Enemy::COUNT],
    pub(super) clue_words: [[u8; 2]; Person::COUNT],
    pub(super) writing_words: [u8; Writing::COUNT],
}

impl World {
    pub fn new(seed: u64, difficulty: Difficulty) -> Self {
        Self::with_wording(seed, difficulty, Wording::Ordinary)
    }

    /// The same game told with the other half of the phrases.
    pub fn with_wording(seed: u64, difficulty: Difficulty, wording: Wording) -> Self {
        let (liar, marks) = draw_people(seed);
        let (pictures, trapped, loot) = draw_chests(seed);
        let mut secrets = Dice::new(seed, Stream::Secrets);
        let mut replies = Oath::ALL;
        secrets.shuffle(&mut replies);
        let oath = secrets.pick(&Oath::ALL);
        let levers = LeverOrder::new(secrets.below(LeverOrder::COUNT as u32));
        let weakness = secrets.pick(&[Weakness::Fire, Weakness::Silver]);
        let truth = Lore { oath, weakness, trapped, levers };
        let lie = draw_lie(&mut secrets, truth);
        let mut words = Dice::new(seed, Stream::Words);
        Self {
            seed,
            turn_limit: difficulty.turn_limit(),
            wording,
            distances: draw_distances(seed),
            patterns: draw_patterns(seed),
            truth,
            lie,
            liar,
            marks,
            pictures,
            loot,
            replies,
            intent_words: std::array::from_fn(|_| draw_words(&mut words)),
            clue_words: std::array::from_fn(|_| draw_words(&mut words)),
            writing_words: draw_words(&mut words),
        }
    }

    pub fn seed(&self) -> u64 {
        self.seed
    }

    pub fn turn_limit(&self) -> u32 {
        self.turn_limit
    }

    /// How long the road between two neighbours is, whether or not something stands in the way.
    pub fn road_turns(&self, from: Place, to: Place) -> Option<u32> {
        Some(self.distances[from.index()][to.index()]).filter(|turns| *turns > 0)
    }

    pub(super) fn intent(&self, enemy: Enemy, beat: u8) -> Intent {
        self.patterns[enemy.index()][usize::from(beat) % PATTERN_STEPS]
    }

    pub(super) fn mark(&self, person: Person) -> Mark {
        self.marks[person.index()]
    }

    pub(super) fn picture(&self, chest: Chest) -> Picture {
        self.pictures[chest.index()]
    }

    pub(super) fn loot(&self, chest: Chest) -> i32 {
        self.loot[chest.index()]
    }

    /// What hurts this enemy twice as much as anything else.
    pub(super) fn bane(&self, enemy: Enemy) -> Option<Item> {
        match enemy {
            Enemy::Wolf | Enemy::Bandit => None,
            Enemy::Wraith => Some(self.truth.weakness.other().item()),
            Enemy::BarrowKing => Some(self.truth.weakness.item()),
        }
    }
}

fn draw_distances(seed: u64) -> [[u32; Place::COUNT]; Place::COUNT] {
    let mut dice = Dice::new(seed, Stream::Roads);
    let mut distances = [[0; Place::COUNT]; Place::COUNT];
    for road in ROADS {
        let turns = dice.between(road.least_turns, road.most_turns);
        distances[road.from.index()][road.to.index()] = turns;
        distances[road.to.index()][road.from.index()] = turns;
    }
    distances
}

fn draw_patterns(seed: u64) -> [[Intent; PATTERN_STEPS]; Enemy::COUNT] {
    use Intent::{Heavy, Open, Quick};
    let mut dice = Dice::new(seed, Stream::Enemies);
    std::array::from_fn(|_| {
        let mut pattern = [Heavy, Heavy, Heavy, Heavy, Quick, Quick, Quick, Quick, Quick, Open, Open, Open];
        dice.shuffle(&mut pattern);
        pattern
    })
}

fn draw_people(seed: u64) -> (Person, [Mark; Person::COUNT]) {
    let mut dice = Dice::new(seed, Stream::People);
    let liar = dice.pick(&Person::ALL);
    let mut marks = Mark::ALL;
    dice.shuffle(&mut marks);
    (liar, marks)
}

fn draw_chests(seed: u64) -> ([Picture; Chest::COUNT], Chest, [i32; Chest::COUNT]) {
    let mut dice = Dice::new(seed, Stream::Chests);
    let mut pictures = Picture::ALL;
    dice.shuffle(&mut pictures);
    let trapped = dice.pick(&Chest::ALL);
    (pictures, trapped, std::array::from_fn(|_| 9 + dice.below(5) as i32))
}

/// Every point is moved on by at least one and by less than a full round, so that it is false for certain.
fn draw_lie(dice: &mut Dice, truth: Lore) -> Lore {
    let mut moved = |index: usize, count: usize| (index + 1 + dice.below(count as u32 - 1) as usize) % count;
    let oath = Oath::ALL[moved(truth.oath as usize, Oath::COUNT)];
    let levers = LeverOrder::new(moved(truth.levers.index(), LeverOrder::COUNT) as u32);
    let trapped = Chest::ALL[moved(truth.trapped.index(), Chest::COUNT)];
    Lore { oath, weakness: truth.weakness.other(), trapped, levers }
}

fn draw_words<const COUNT: usize>(dice: &mut Dice) -> [u8; COUNT] {
    std::array::from_fn(|_| dice.below(PHRASES_IN_A_HALF) as u8)
}
