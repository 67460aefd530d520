//! The observation in words. It carries what the figures do not: intents, clues and the way home.

use super::{
    clues::{inscription, saying},
    enemies::Enemy,
    folk::Person,
    generate::World,
    geography::{Barrier, Place, barrier},
    legal::{BED_PRICE, BRIBE_PRICE},
    observe::carried,
    phrases::{Wording, phrase},
    state::{FULL_HEALTH, Relic, State},
    things::{Chest, Goods, LeverOrder, Writing},
    way_home::way_home,
};

/// The whole text, one matter a line.
pub fn describe(world: &World, state: &State) -> String {
    let mut lines = vec![format!(
        "Turn {} of {}. You are at {}. Health {}/{FULL_HEALTH}, gold {}, potions {}.",
        state.turn,
        world.turn_limit,
        state.place.name(),
        state.health,
        state.gold,
        state.potions
    )];
    match state.fight {
        Some(enemy) => lines.extend(fight(world, state, enemy)),
        None => {
            lines.push(roads(world, state));
            lines.extend(home(world, state));
            lines.extend(surroundings(world, state));
        }
    }
    let carried = carried(state);
    if !carried.is_empty() {
        lines.push(format!("You carry {}.", carried.join(", ")));
    }
    lines.push(format!("So far: {}.", achievements(state).join(", ")));
    lines.extend(memories(world, state));
    if let Some(ended) = state.ended(world) {
        lines.push(format!("It is over. {ended}."));
    }
    lines.join("\n")
}

/// What the enemy seems to be about to do, in this world's words.
pub fn intent_text(world: &World, state: &State, enemy: Enemy) -> &'static str {
    if world.wording == Wording::WithoutClues {
        return "It faces you.";
    }
    let beat = state.enemy_beat[enemy.index()];
    let words = world.intent_words[enemy.index()][usize::from(beat)];
    phrase(world.intent(enemy, beat).phrasing(), world.wording, words)
}

fn fight(world: &World, state: &State, enemy: Enemy) -> Vec<String> {
    let health = state.enemy_health[enemy.index()];
    let intent = intent_text(world, state, enemy);
    let back = state.came_from;
    let turns = world.road_turns(state.place, back).unwrap_or(1);
    vec![
        format!("You are fighting the {} (health {health}/{}). {intent}", enemy.name(), enemy.full_health()),
        format!("You could flee to {} ({}).", back.name(), in_turns(turns)),
    ]
}

fn roads(world: &World, state: &State) -> String {
    let leads: Vec<String> = Place::ALL
        .into_iter()
        .filter_map(|to| world.road_turns(state.place, to).map(|turns| (to, turns)))
        .map(|(to, turns)| {
            let visited = if state.has_visited(to) { "" } else { ", not visited" };
            let closed = match barrier(state.place, to).filter(|barrier| state.is_closed(*barrier)) {
                Some(Barrier::Guard) => ", barred",
                Some(Barrier::Gate) => ", shut",
                None => "",
            };
            format!("{} ({}{visited}{closed})", to.name(), in_turns(turns))
        })
        .collect();
    format!("Roads: {}.", leads.join(", "))
}

fn home(world: &World, state: &State) -> Option<String> {
    let way = way_home(world, state)?;
    let mut text = format!("Home is {} away", in_turns(way.turns));
    if !way.by.is_empty() {
        text.push_str(&format!(", by {}", way.by.iter().map(|place| place.name()).collect::<Vec<_>>().join(", ")));
    }
    text.push('.');
    Some(text)
}

fn surroundings(world: &World, state: &State) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(person) = Person::living_at(state.place) {
        lines.push(adviser(world, state, person));
    }
    if let Some(chest) = Chest::standing_at(state.place) {
        lines.push(chest_text(world, state, chest));
    }
    if let Some(enemy) = Enemy::in_lair(state.place).filter(|enemy| state.is_felled(*enemy)) {
        lines.push(format!("The {} lies dead.", enemy.name()));
    }
    if state.at_the_counter {
        lines.push("You stand at the counter of the shop.".to_owned());
    }
    match state.place {
        Place::Town => lines.push(town(state)),
        Place::Bridge => lines.extend(bridge(world, state)),
        Place::Tower => lines.extend(tower(state)),
        Place::Ruin if state.read[Writing::Mosaic.index()] => lines.push("You have read the mosaic.".to_owned()),
        Place::Ruin => lines.push("A mosaic with lettering covers the floor.".to_owned()),
        Place::BarrowGate if state.gate_open => lines.push("The Barrow gate is open.".to_owned()),
        Place::BarrowGate => lines.push("The Barrow gate is shut; the levers in the Tower work it.".to_owned()),
        Place::BarrowDepths if state.relic == Relic::InTheBarrow => {
            lines.push("The relic lies on the king's stone.".to_owned());
        }
        Place::Farm | Place::Shrine | Place::Camp | Place::Den | Place::BarrowDepths => {}
    }
    lines
}

fn adviser(world: &World, state: &State, person: Person) -> String {
    let mark = world.mark(person).description();
    let more = if state.heard[person.index()] {
        format!(" The {} has nothing more to tell.", person.name())
    } else {
        String::new()
    };
    format!("Here is the {}, {mark}.{more}", person.name())
}

fn chest_text(world: &World, state: &State, chest: Chest) -> String {
    let picture = world.picture(chest).name();
    if state.opened[chest.index()] {
        format!("The chest with the {picture} stands open and empty.")
    } else {
        format!("A chest stands {}; a {picture} is painted on its lid.", chest.corner())
    }
}

fn town(state: &State) -> String {
    let poster = if state.read[Writing::Poster.index()] {
        "You have read the poster by the inn."
    } else {
        "A poster hangs by the inn."
    };
    let offers: Vec<String> = Goods::ALL
        .into_iter()
        .filter(|goods| !matches!(goods, Goods::Item(item) if state.has(*item)))
        .map(|goods| format!("{} {}", goods.name(), goods.price()))
        .collect();
    format!("{poster} The shop sells {}; a bed costs {BED_PRICE}.", offers.join(", "))
}

fn bridge(world: &World, state: &State) -> Vec<String> {
    if state.bridge_open {
        return vec!["The guard lets you pass.".to_owned()];
    }
    let replies: Vec<String> =
        world.replies.iter().zip(1..).map(|(oath, number)| format!("Reply {number}: \"{}\".", oath.words())).collect();
    let mut lines = vec![format!(
        "The guard bars the bridge and asks what you swear by. {} A bribe of {BRIBE_PRICE} gold would do as well.",
        replies.join(" ")
    )];
    let refused: Vec<String> = (1..)
        .zip(state.refused_replies)
        .filter(|(_, refused)| *refused)
        .map(|(number, _)| number.to_string())
        .collect();
    if !refused.is_empty() {
        lines.push(format!("Refused already: reply {}.", refused.join(", ")));
    }
    lines
}

fn tower(state: &State) -> Vec<String> {
    let levers = if state.gate_open {
        "The levers are locked in place; the Barrow gate is open."
    } else {
        "Three levers, A, B and C, stand in the wall and work the Barrow gate."
    };
    let carving = if state.read[Writing::Carving.index()] {
        "You have read the carving above them."
    } else {
        "A carving runs above them."
    };
    let mut lines = vec![format!("{levers} {carving}")];
    let tried: Vec<&str> =
        LeverOrder::all().filter(|order| state.tried_levers[order.index()]).map(LeverOrder::letters).collect();
    if !tried.is_empty() {
        lines.push(format!("Pulled in vain: {}.", tried.join(", ")));
    }
    lines
}

fn achievements(state: &State) -> Vec<String> {
    let seen = state.visited.iter().filter(|visited| **visited).count();
    let mut done = vec![format!("{seen} of {} places seen", Place::COUNT)];
    done.extend(
        Enemy::ALL
            .into_iter()
            .filter(|enemy| state.is_felled(*enemy))
            .map(|enemy| format!("the {} felled", enemy.name())),
    );
    done.extend(state.bridge_open.then(|| "the bridge opened".to_owned()));
    done.extend(state.gate_open.then(|| "the Barrow gate opened".to_owned()));
    done.extend((state.relic == Relic::Home).then(|| "the relic brought home".to_owned()));
    done
}

/// What was heard and read, so that a mind without memory of its own can put two texts together.
fn memories(world: &World, state: &State) -> Vec<String> {
    let heard = Person::ALL.into_iter().filter(|person| state.heard[person.index()]).map(|person| {
        let mark = world.mark(person).description();
        format!("- The {}, {mark}, said: \"{}\"", person.name(), saying(world, person))
    });
    let read = Writing::ALL
        .into_iter()
        .filter(|writing| state.read[writing.index()])
        .map(|writing| format!("- The {} says: \"{}\"", writing.name(), inscription(world, writing)));
    let mut lines: Vec<String> = heard.chain(read).collect();
    if !lines.is_empty() {
        lines.insert(0, "You remember:".to_owned());
    }
    lines
}

fn in_turns(turns: u32) -> String {
    if turns == 1 { "1 turn".to_owned() } else { format!("{turns} turns") }
}
