//! What an action is worth, in points of no unit: about 100 for what must be done, below zero for folly.

use super::{
    chances, fighting,
    prompt::Call,
    reading::{Fight, Reading},
    wandering,
};

/// The worth of one action. Others count where something is better kept for when it is the last resort.
pub(super) fn worth(reading: &Reading, call: &Call, legal: &[Call]) -> i32 {
    match &reading.fight {
        _ if !reading.is_of_the_world() => by_lot(call, legal),
        Some(fight) => in_fight(reading, fight, call, legal),
        None => in_peace(reading, call),
    }
}

fn in_fight(reading: &Reading, fight: &Fight, call: &Call, legal: &[Call]) -> i32 {
    match call.name.as_str() {
        "attack" => fighting::attack(reading, fight),
        "power_attack" => fighting::power_attack(reading, fight),
        "block" => fighting::block(reading, fight),
        "drink_potion" => fighting::drink_potion(reading, fight),
        "flee" => fighting::flee(reading, fight, legal.iter().any(|other| other.name == "drink_potion")),
        _ => 0,
    }
}

fn in_peace(reading: &Reading, call: &Call) -> i32 {
    match call.name.as_str() {
        "go_to" => wandering::go_to(reading, call.text("place")),
        "take_relic" => 100,
        "open_chest" => chances::open_chest(reading),
        "talk" => chances::talk(reading),
        "read" => chances::read(reading),
        "buy" => chances::buy(reading, call.text("item")),
        "rest_at_inn" => chances::rest(reading),
        "drink_potion" => chances::drink_potion(reading),
        "reply" => chances::reply(reading, call.index("choice")),
        "bribe" => chances::bribe(reading),
        "pull_levers" => chances::pull_levers(reading, call.text("order")),
        "wait" => 0,
        _ => 1,
    }
}

/// Of a place that the script knows nothing about it can only draw lots, but the same ones for the same question.
fn by_lot(call: &Call, legal: &[Call]) -> i32 {
    let mut hash: u32 = 0x811C_9DC5;
    for byte in legal.iter().flat_map(|other| other.shown.bytes()).chain(call.shown.bytes()) {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    (hash % 50) as i32
}
