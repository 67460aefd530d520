//! What chests, advice, shop, guard and levers are worth, given what is believed about them.

use super::{
    clues::{CERTAIN, CERTAINLY_NOT, LEVER_ORDERS},
    reading::Reading,
    wandering::is_ready_for_the_bridge,
};

const WEAPONS: [&str; 2] = ["fire oil", "silver blade"];
/// More gold than this is worth nothing in the end.
const ENOUGH_GOLD: i32 = 42;

pub(super) fn open_chest(reading: &Reading) -> i32 {
    let Some(picture) = reading.picture else { return 30 };
    let traps = reading.beliefs.traps;
    let gain = if reading.gold < ENOUGH_GOLD { 40 } else { 12 };
    let trap_is_known = traps.iter().any(|belief| *belief >= CERTAIN);
    // A lie about one chest leaves only two that can be trapped.
    let is_one_of_two = traps.iter().any(|belief| *belief <= CERTAINLY_NOT);
    match traps[picture] {
        CERTAIN.. => -50,
        _ if trap_is_known => gain,
        ..0 => gain,
        1.. => -10,
        0 if reading.health > 15 && !is_one_of_two => gain - 12,
        0 => -20,
    }
}

pub(super) fn talk(reading: &Reading) -> i32 {
    let beliefs = &reading.beliefs;
    let is_known = |all: &[i32]| all.iter().any(|belief| *belief >= CERTAIN);
    match reading.place.as_str() {
        "Farm" if is_known(&beliefs.oaths) && is_known(&beliefs.fears) => 2,
        _ if reading.relic_home || reading.turns_left() < 20 => 5,
        _ => 38,
    }
}

pub(super) fn read(reading: &Reading) -> i32 {
    let beliefs = &reading.beliefs;
    match reading.place.as_str() {
        "Town" if reading.turns_left() > 20 => 36,
        "Town" => 3,
        "Tower" if beliefs.orders.iter().all(|belief| *belief < CERTAIN) && orders_left(reading) > 1 => 60,
        "Tower" => 2,
        _ if reading.picture.is_some() && beliefs.traps.iter().all(|belief| *belief < CERTAIN) => 34,
        _ => 1,
    }
}

pub(super) fn buy(reading: &Reading, item: &str) -> i32 {
    if reading.relic_home || reading.turns_left() < 20 {
        return -10;
    }
    match WEAPONS.iter().position(|weapon| *weapon == item) {
        Some(weapon) => buy_weapon(reading, weapon),
        None if item == "potion" && reading.potions == 0 && reading.gold >= 20 => 20,
        None if item == "potion" && reading.potions < 2 && reading.health <= 12 => 26,
        None if item == "potion" => -5,
        None => -10,
    }
}

fn buy_weapon(reading: &Reading, weapon: usize) -> i32 {
    let fears = reading.beliefs.fears;
    let has_one = WEAPONS.iter().any(|carried| reading.carries(carried));
    // Gold counts in the end, so it is kept until the road to the barrow is taken.
    if has_one || reading.king_felled || !is_ready_for_the_bridge(reading) {
        return -10;
    }
    match fears[weapon] {
        CERTAIN.. => 45,
        belief if belief > fears[1 - weapon] && reading.beliefs.advisers_heard >= 2 => 28,
        _ => -10,
    }
}

pub(super) fn rest(reading: &Reading) -> i32 {
    if reading.health <= 13 && reading.turns_left() >= 20 { 32 } else { -5 }
}

pub(super) fn drink_potion(reading: &Reading) -> i32 {
    if reading.health <= 14 && reading.turns_left() >= 8 { 48 } else { -10 }
}

pub(super) fn reply(reading: &Reading, choice: Option<usize>) -> i32 {
    let oaths = reading.beliefs.oaths;
    let Some(oath) = choice.and_then(|choice| reading.replies.get(choice).copied().flatten()) else { return 5 };
    let open = reading.replies.iter().flatten().filter(|other| oaths[**other] > CERTAINLY_NOT).count();
    match oaths[oath] {
        ..=CERTAINLY_NOT => -30,
        _ if reading.health <= 6 => -20,
        CERTAIN.. => 62,
        _ if open == 1 => 62,
        belief if reading.turns_left() >= 15 => 26 + 2 * belief,
        _ => 4,
    }
}

pub(super) fn bribe(reading: &Reading) -> i32 {
    if reading.turns_left() >= 12 { 24 } else { -5 }
}

pub(super) fn pull_levers(reading: &Reading, order: &str) -> i32 {
    let Some(index) = LEVER_ORDERS.iter().position(|known| *known == order) else { return 1 };
    let belief = reading.beliefs.orders[index];
    match (belief, orders_left(reading)) {
        (..0, _) => -30,
        (CERTAIN.., _) | (_, 1) => 64,
        _ if reading.health <= 8 => -30,
        (_, 2) => 40 + belief,
        (_, 3..=5) => 18 + belief,
        _ => 12 + belief,
    }
}

/// How many lever orders are still possible.
pub(super) fn orders_left(reading: &Reading) -> usize {
    reading.beliefs.orders.iter().filter(|belief| **belief >= 0).count()
}
