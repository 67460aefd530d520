//! Why an action is a good one, in one sentence.

use super::{
    clues::{CERTAIN, LEVER_ORDERS},
    fighting::{damage, falls_soon},
    prompt::Call,
    reading::{Fight, Intent, Reading},
};

pub(super) fn reason(reading: &Reading, call: &Call) -> String {
    match &reading.fight {
        Some(fight) => in_fight(reading, fight, call),
        None => in_peace(reading, call),
    }
}

fn in_fight(reading: &Reading, fight: &Fight, call: &Call) -> String {
    match call.name.as_str() {
        "attack" => attack(reading, fight),
        "power_attack" => power_attack(reading, fight),
        "block" if fight.intent == Intent::Heavy => {
            "A heavy blow is coming, and the shield takes it for nothing.".to_owned()
        }
        "block" => "I cannot be sure what it means to do, so the shield stays up.".to_owned(),
        "drink_potion" => format!("{} health is too little to go on with; a potion first.", reading.health),
        "flee" => format!("With {} health left this is no fight to win today.", reading.health),
        _ => format!("{} is what the moment allows.", call.shown),
    }
}

fn attack(reading: &Reading, fight: &Fight) -> String {
    if fight.health <= damage(reading, fight) {
        return format!("One more blow and the {} falls.", fight.enemy);
    }
    match fight.intent {
        Intent::Quick => "Its blows are light, so I can trade one for one.".to_owned(),
        Intent::Open => "It is open, and a plain blow is a safe one.".to_owned(),
        Intent::Heavy | Intent::Unclear => {
            format!("The {} has {} health left, and standing about wins nothing.", fight.enemy, fight.health)
        }
    }
}

fn power_attack(reading: &Reading, fight: &Fight) -> String {
    if falls_soon(reading, fight) {
        return format!("The {} has only {} health left, and a full swing ends it.", fight.enemy, fight.health);
    }
    match fight.intent {
        Intent::Open => "It is open to a blow, so I put my whole weight behind one.".to_owned(),
        Intent::Quick => "Its blows are light for now, which is the time to hit hard.".to_owned(),
        Intent::Heavy | Intent::Unclear => "A full swing may settle this before it gets worse.".to_owned(),
    }
}

fn in_peace(reading: &Reading, call: &Call) -> String {
    match call.name.as_str() {
        "go_to" => walk(reading, call.text("place")),
        "take_relic" => "Nobody guards the stone any more, and this is what we came for.".to_owned(),
        "open_chest" => chest(reading),
        "talk" => "Somebody here knows things, and asking takes one turn.".to_owned(),
        "read" => "What is written here does not lie, so it is worth a turn.".to_owned(),
        "buy" => purchase(call.text("item")),
        "rest_at_inn" => format!("{} of {} health: a bed is cheaper than a grave.", reading.health, reading.max_health),
        "drink_potion" => format!("{} health is too little for what lies ahead.", reading.health),
        "reply" => reply(reading, call.index("choice")),
        "bribe" => "Coins open what words may not.".to_owned(),
        "pull_levers" => levers(reading, call.text("order")),
        "wait" => "Nothing within reach is worth a step any more.".to_owned(),
        _ => format!("I know little about this place, and {} is as good as anything.", call.shown),
    }
}

fn walk(reading: &Reading, to: &str) -> String {
    let Some(road) = reading.roads.iter().find(|road| road.to == to) else {
        return format!("{to} is the way to go.");
    };
    let turns = if road.turns == 1 { "1 turn".to_owned() } else { format!("{} turns", road.turns) };
    if reading.has_relic() && to == reading.homeward {
        return format!("The relic has to come home, and {to} is the next step, {turns} away.");
    }
    if to == "Barrow depths" {
        return format!(
            "The king waits below, and {} turns are enough for him and the way back.",
            reading.turns_left()
        );
    }
    if road.visited {
        return format!("What is left to do lies beyond {to}, {turns} away.");
    }
    format!("{to} is new to me and only {turns} away.")
}

fn chest(reading: &Reading) -> String {
    let traps = reading.beliefs.traps;
    match reading.picture {
        Some(picture) if traps.iter().enumerate().any(|(other, belief)| other != picture && *belief >= CERTAIN) => {
            "The trap is known to be under another lid, so this one can be lifted.".to_owned()
        }
        Some(picture) if traps[picture] < 0 => "Only the liar warns of this lid, so it can be lifted.".to_owned(),
        _ => "One chest of three bites, but two do not.".to_owned(),
    }
}

fn purchase(item: &str) -> String {
    match item {
        "fire oil" => "By all I have heard the king cannot bear fire, so I take the fire oil.".to_owned(),
        "silver blade" => "By all I have heard the king cannot bear silver, so I take the blade.".to_owned(),
        "potion" => "A potion in the bag is twelve health in a bad moment.".to_owned(),
        _ => format!("{item} may be worth its price."),
    }
}

fn reply(reading: &Reading, choice: Option<usize>) -> String {
    let oath = choice.and_then(|choice| reading.replies.get(choice).copied().flatten());
    let number = choice.map_or(0, |choice| choice + 1);
    match oath.map(|oath| reading.beliefs.oaths[oath]) {
        Some(CERTAIN..) => format!("What I heard about the guard can only mean reply {number}."),
        Some(1..) => format!("What I heard about the guard sounds like reply {number}."),
        _ => format!("Nothing speaks against reply {number}, and somebody has to say something."),
    }
}

fn levers(reading: &Reading, order: &str) -> String {
    let belief = LEVER_ORDERS.iter().position(|known| *known == order).map(|index| reading.beliefs.orders[index]);
    match belief {
        Some(CERTAIN..) => format!("{order} is the order I was told, and I trust who told me."),
        Some(1..) => format!("{order} fits what I have heard of the levers."),
        _ => format!("{order} is still possible, and trying it is the way to know."),
    }
}
