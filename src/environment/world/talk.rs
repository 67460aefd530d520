//! Talking: the advisers, and the guard on the bridge.

use super::{
    clues::saying,
    folk::Person,
    generate::World,
    legal::{BRIBE_PRICE, WRONG_REPLY_TURNS},
    state::State,
};

const WRONG_REPLY_HEALTH: i32 = 5;
const WRONG_REPLY_GOLD: i32 = 2;

pub fn listen(world: &World, state: &mut State) -> String {
    let Some(person) = Person::living_at(state.place) else {
        return String::new();
    };
    state.heard[person.index()] = true;
    format!("The {} says: \"{}\"", person.name(), saying(world, person))
}

pub fn reply(world: &World, state: &mut State, index: usize) -> String {
    let oath = world.replies[index % world.replies.len()];
    if oath == world.truth.oath {
        // The time for a wrong answer was set aside; a right one gives it back.
        state.turn -= WRONG_REPLY_TURNS - 1;
        state.bridge_open = true;
        return format!("\"{}\", you say. The guard grunts and lifts the bar.", oath.words());
    }
    state.refused_replies[index % world.replies.len()] = true;
    state.health -= WRONG_REPLY_HEALTH;
    state.gold = (state.gold - WRONG_REPLY_GOLD).max(0);
    format!(
        "\"{}\", you say. It was the wrong thing: you are beaten back, lose {WRONG_REPLY_HEALTH} health and \
         {WRONG_REPLY_GOLD} gold, and need a while to dare again.",
        oath.words()
    )
}

pub fn bribe(state: &mut State) -> String {
    state.gold -= BRIBE_PRICE;
    state.bridge_open = true;
    format!("{BRIBE_PRICE} coins change hands, and the guard finds the view upstream very interesting.")
}
