//! What the moves of a fight are worth, given what the enemy seems to be about to do.

use super::reading::{Fight, Intent, Reading};

/// One does not spend health below this on hitting harder.
const BOLD_HEALTH: i32 = 8;
const KING: &str = "barrow king";
const WRAITH: &str = "wraith";

pub(super) fn attack(reading: &Reading, fight: &Fight) -> i32 {
    if fight.health <= damage(reading, fight) {
        return 90;
    }
    match fight.intent {
        Intent::Heavy => -20,
        Intent::Open => 50,
        Intent::Quick | Intent::Unclear if reading.health - quick_blow(fight) >= 4 => 55,
        Intent::Quick | Intent::Unclear => 15,
    }
}

pub(super) fn power_attack(reading: &Reading, fight: &Fight) -> i32 {
    let damage = damage(reading, fight);
    if fight.health <= damage {
        return 80;
    }
    if fight.health < 2 * damage {
        return if fight.intent == Intent::Unclear { 60 } else { 88 };
    }
    match fight.intent {
        Intent::Open => 75,
        Intent::Heavy => -40,
        Intent::Quick | Intent::Unclear if reading.health - quick_blow(fight) * 3 / 2 > BOLD_HEALTH => 60,
        Intent::Quick | Intent::Unclear => 10,
    }
}

pub(super) fn block(reading: &Reading, fight: &Fight) -> i32 {
    match fight.intent {
        Intent::Heavy => 70,
        Intent::Unclear => 45,
        Intent::Quick if reading.health <= 8 => 30,
        Intent::Quick | Intent::Open => 5,
    }
}

pub(super) fn drink_potion(reading: &Reading, fight: &Fight) -> i32 {
    let leaves_an_opening = fight.intent == Intent::Open && !falls_soon(reading, fight);
    match reading.health {
        ..=14 if leaves_an_opening => 72,
        ..=10 if fight.intent == Intent::Heavy => 60,
        ..=10 => 85,
        ..=18 if leaves_an_opening => 40,
        _ => 0,
    }
}

pub(super) fn flee(reading: &Reading, fight: &Fight, has_potion: bool) -> i32 {
    match reading.health {
        ..=7 if has_potion || falls_soon(reading, fight) => -10,
        // Behind the shield a heavy blow does nothing; in the back it does.
        ..=7 if fight.intent == Intent::Heavy => 30,
        ..=7 => 66,
        _ => -10,
    }
}

/// Whether one good blow ends it.
pub(super) fn falls_soon(reading: &Reading, fight: &Fight) -> bool {
    fight.health < 2 * damage(reading, fight)
}

/// What a plain blow is likely to do: twice as much with the thing that this enemy cannot bear.
pub(super) fn damage(reading: &Reading, fight: &Fight) -> i32 {
    let [fire, silver] = reading.beliefs.fears;
    let (kings_bane, wraiths_bane) = match fire.cmp(&silver) {
        std::cmp::Ordering::Greater => ("fire oil", "silver blade"),
        std::cmp::Ordering::Less => ("silver blade", "fire oil"),
        std::cmp::Ordering::Equal => return 4,
    };
    match fight.enemy.as_str() {
        KING if reading.carries(kings_bane) => 8,
        WRAITH if reading.carries(wraiths_bane) => 8,
        _ => 4,
    }
}

fn quick_blow(fight: &Fight) -> i32 {
    if fight.enemy == KING { 6 } else { 5 }
}
