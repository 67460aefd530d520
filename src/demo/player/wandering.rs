//! What a walk is worth: new places near by, the errand to the barrow, and the way home with the relic.

use super::reading::{Reading, Road};

const HOME_SIDE: [&str; 5] = ["Town", "Farm", "Shrine", "Camp", "Den"];
/// Less time than this is not enough for the barrow and back.
const ERRAND_TURNS: i32 = 22;
/// What the king is likely to take, and the relic after him.
const FIGHT_TURNS: i32 = 8;
/// Below this strength one does not go where something is likely to bite.
const STRENGTH_FOR_THE_WILD: i32 = 18;
const STRENGTH_FOR_THE_RUIN: i32 = 22;
const STRENGTH_FOR_THE_KING: i32 = 20;

pub(super) fn go_to(reading: &Reading, to: &str) -> i32 {
    let Some(road) = reading.roads.iter().find(|road| road.to == to) else { return 0 };
    if reading.has_relic() {
        return if to == reading.homeward { 95 } else { 5 };
    }
    if to == "Barrow depths" {
        return descend(reading, road);
    }
    let worth = by_distance(reading, road);
    let has_errand = !reading.relic_home && !reading.king_felled && reading.turns_left() >= ERRAND_TURNS;
    if has_errand { on_errand(reading, road, worth) } else { at_leisure(reading, road, worth) }
}

/// Enough has been heard, or enough time has gone, to leave for the barrow.
pub(super) fn is_ready_for_the_bridge(reading: &Reading) -> bool {
    reading.beliefs.advisers_heard >= 2 || reading.turn >= 14
}

fn descend(reading: &Reading, road: &Road) -> i32 {
    let left = reading.turns_left() - road.turns;
    if reading.king_felled {
        5
    } else if reading.strength() < STRENGTH_FOR_THE_KING {
        -20
    } else if left >= FIGHT_TURNS {
        44
    } else {
        6
    }
}

fn by_distance(reading: &Reading, road: &Road) -> i32 {
    let needed = match road.to.as_str() {
        "Camp" | "Den" => STRENGTH_FOR_THE_WILD,
        "Ruin" => STRENGTH_FOR_THE_RUIN,
        _ => 0,
    };
    let charm = if road.visited {
        6
    } else if reading.strength() < needed {
        -10
    } else {
        20
    };
    charm - 2 * road.turns
}

/// Bridge, Tower, gate: the way to the barrow, and what is worth doing before.
fn on_errand(reading: &Reading, road: &Road, worth: i32) -> i32 {
    let is_on_home_side = HOME_SIDE.contains(&reading.place.as_str());
    match road.to.as_str() {
        "Bridge" if is_on_home_side && is_ready_for_the_bridge(reading) => 22,
        "Bridge" if is_on_home_side => 13 - road.turns,
        "Tower" if !reading.gate_open => worth.max(30),
        "Barrow gate" if reading.gate_open => 36,
        "Barrow gate" => worth - 8,
        "Town" if is_on_home_side => 12 - road.turns,
        // What waits there costs health that the king is owed first.
        "Camp" | "Den" if is_on_home_side => worth - 6,
        "Farm" | "Shrine" if !road.visited => worth + 8,
        _ => worth,
    }
}

fn at_leisure(reading: &Reading, road: &Road, worth: i32) -> i32 {
    let is_on_home_side = HOME_SIDE.contains(&reading.place.as_str());
    match road.to.as_str() {
        to if !is_on_home_side && to == reading.homeward => worth.max(8),
        "Town" if is_on_home_side => worth.max(7),
        "Bridge" if reading.place == "Town" && road.visited && reading.bridge_open && reading.turns_left() >= 10 => {
            worth.max(3)
        }
        _ => worth,
    }
}
