//! The sixteen actions as tools: names, one sentence each, and strict JSON schemas.

use serde_json::{Value, json};

use super::{
    geography::Place,
    things::{Goods, LeverOrder},
};
use crate::protocol::{ActionSpec, Risk};

pub const ACTION_NAMES: [&str; 16] = [
    "go_to",
    "talk",
    "read",
    "open_chest",
    "attack",
    "power_attack",
    "block",
    "flee",
    "drink_potion",
    "buy",
    "rest_at_inn",
    "reply",
    "bribe",
    "pull_levers",
    "take_relic",
    "wait",
];

/// What the world offers at all, in the order of `ACTION_NAMES`.
pub fn action_specs() -> Vec<ActionSpec> {
    ACTION_NAMES
        .into_iter()
        .map(|name| ActionSpec {
            name: name.to_owned(),
            description: description(name).to_owned(),
            input_schema: input_schema(name),
            // The world is made to be acted in: nothing done here touches anything outside it.
            risk: Risk::Safe,
        })
        .collect()
}

fn description(name: &str) -> &'static str {
    match name {
        "go_to" => "Walk to a neighbouring place; it takes as many turns as the road is long.",
        "talk" => "Ask the adviser who lives here for everything they know; one of the three advisers lies.",
        "read" => "Read the writing that is here; writings never lie.",
        "open_chest" => "Open the chest that stands here; one of the three chests is trapped and costs 13 health.",
        "attack" => "Strike the enemy, and take its blow if it still stands.",
        "power_attack" => "Strike almost twice as hard, and take half as much again of its blow and one more.",
        "block" => "Do not strike; a heavy blow then does nothing, and a quick one half.",
        "flee" => "Leave the fight along the road you came by, and take half a blow on the way.",
        "drink_potion" => "Drink a potion for 12 health; in a fight the enemy's blow still lands.",
        "buy" => "Buy something in the shop in Town.",
        "rest_at_inn" => "Sleep at the inn in Town for 4 gold and 6 turns, and wake in full health.",
        "reply" => "Answer the guard on the bridge; a wrong answer costs 5 health, 2 gold and 4 turns.",
        "bribe" => "Pay the guard on the bridge 12 gold to let you pass.",
        "pull_levers" => "Pull the three levers in the Tower in this order; a wrong order costs 7 health.",
        "take_relic" => "Take the relic from the king's stone in the Barrow depths.",
        _ => "Let one turn pass.",
    }
}

fn input_schema(name: &str) -> Value {
    let (key, property) = match name {
        "go_to" => ("place", json!({ "type": "string", "enum": Place::ALL.map(Place::name) })),
        "buy" => ("item", json!({ "type": "string", "enum": Goods::ALL.map(Goods::name) })),
        "reply" => ("choice", json!({ "type": "integer", "minimum": 1, "maximum": 3 })),
        "pull_levers" => {
            let orders: Vec<&str> = LeverOrder::all().map(LeverOrder::letters).collect();
            ("order", json!({ "type": "string", "enum": orders }))
        }
        _ => return json!({ "type": "object", "properties": {}, "required": [], "additionalProperties": false }),
    };
    json!({
        "type": "object",
        "properties": { key: property },
        "required": [key],
        "additionalProperties": false
    })
}
