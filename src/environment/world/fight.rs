//! Fighting. The traveller strikes first, and the dead do not strike back.

use super::{
    enemies::{Enemy, Intent, PATTERN_STEPS},
    explore::arrive,
    generate::World,
    state::{FULL_HEALTH, State},
    things::Item,
};

const DAMAGE: i32 = 4;
const DAMAGE_WITH_BANE: i32 = 8;
/// What chain mail takes off every blow.
const MAIL: i32 = 2;
const POTION_HEALTH: i32 = 12;

pub fn attack(world: &World, state: &mut State) -> String {
    let Some(enemy) = state.fight else {
        return String::new();
    };
    let (damage, blow) = (damage(world, state, enemy), incoming(world, state, enemy));
    strike(state, enemy, damage, blow)
}

pub fn power_attack(world: &World, state: &mut State) -> String {
    let Some(enemy) = state.fight else {
        return String::new();
    };
    let (damage, blow) = (damage(world, state, enemy), incoming(world, state, enemy));
    strike(state, enemy, damage * 2 - 1, blow * 3 / 2 + 1)
}

pub fn block(world: &World, state: &mut State) -> String {
    let Some(enemy) = state.fight else {
        return String::new();
    };
    let intent = world.intent(enemy, state.enemy_beat[enemy.index()]);
    let blow = match intent {
        Intent::Heavy => 0,
        Intent::Quick | Intent::Open => incoming(world, state, enemy) / 2,
    };
    state.health -= blow;
    move_on(state, enemy);
    match intent {
        Intent::Heavy => format!("The {} strikes with all it has, and your shield takes it.", enemy.name()),
        Intent::Quick => format!("You block, and the {} still gets in for {blow}.", enemy.name()),
        Intent::Open => format!("You block, but the {} does nothing.", enemy.name()),
    }
}

pub fn flee(world: &World, state: &mut State) -> String {
    let Some(enemy) = state.fight else {
        return String::new();
    };
    let blow = (incoming(world, state, enemy) + 1) / 2;
    state.health -= blow;
    move_on(state, enemy);
    state.fight = None;
    let parting = match blow {
        0 => format!("You run, and the {} lets you.", enemy.name()),
        _ => format!("You run, and the {} catches you for {blow}.", enemy.name()),
    };
    if !state.is_alive() {
        return parting;
    }
    let back_to = state.came_from;
    state.came_from = state.place;
    format!("{parting} {}", arrive(state, back_to))
}

/// Also outside a fight, where nobody strikes meanwhile.
pub fn drink_potion(world: &World, state: &mut State) -> String {
    state.potions -= 1;
    state.health = (state.health + POTION_HEALTH).min(FULL_HEALTH);
    let text = "You drink a potion and feel your wounds close.".to_owned();
    let Some(enemy) = state.fight else {
        return text;
    };
    let blow = incoming(world, state, enemy);
    state.health -= blow;
    move_on(state, enemy);
    format!("{text} {}", struck(enemy, blow))
}

/// Nobody acts, and whoever is being fought makes use of it.
pub fn stand_still(world: &World, state: &mut State) -> String {
    let Some(enemy) = state.fight else {
        return "A turn goes by while nobody acts.".to_owned();
    };
    let blow = incoming(world, state, enemy);
    state.health -= blow;
    move_on(state, enemy);
    format!("A turn goes by while nobody acts. {}", struck(enemy, blow))
}

/// What the traveller's plain blow does to this enemy.
fn damage(world: &World, state: &State, enemy: Enemy) -> i32 {
    match world.bane(enemy) {
        Some(item) if state.has(item) => DAMAGE_WITH_BANE,
        _ => DAMAGE,
    }
}

/// What the enemy's next blow costs, mail counted.
fn incoming(world: &World, state: &State, enemy: Enemy) -> i32 {
    let blow = enemy.blow(world.intent(enemy, state.enemy_beat[enemy.index()]));
    if state.has(Item::ChainMail) { (blow - MAIL).max(0) } else { blow }
}

fn strike(state: &mut State, enemy: Enemy, damage: i32, blow: i32) -> String {
    let left = (state.enemy_health[enemy.index()] - damage).max(0);
    state.enemy_health[enemy.index()] = left;
    move_on(state, enemy);
    if left > 0 {
        state.health -= blow;
        return format!("You strike the {} for {damage}; it has {left} left. {}", enemy.name(), struck(enemy, blow));
    }
    state.fight = None;
    state.gold += enemy.purse();
    match enemy.purse() {
        0 => format!("You strike the {} for {damage}, and it falls.", enemy.name()),
        gold => format!("You strike the {} for {damage}, and it falls. You find {gold} gold.", enemy.name()),
    }
}

fn struck(enemy: Enemy, blow: i32) -> String {
    match blow {
        0 => format!("The {} does not strike back.", enemy.name()),
        _ => format!("The {} costs you {blow} health.", enemy.name()),
    }
}

fn move_on(state: &mut State, enemy: Enemy) {
    let beat = &mut state.enemy_beat[enemy.index()];
    *beat = (*beat + 1) % PATTERN_STEPS as u8;
}
