//! What gold buys in Town.

use super::{
    legal::BED_PRICE,
    state::{FULL_HEALTH, State},
    things::Goods,
};

pub fn buy(state: &mut State, goods: Goods) -> String {
    state.gold -= goods.price();
    match goods {
        Goods::Potion => state.potions += 1,
        Goods::Item(item) => state.items[item.index()] = true,
    }
    format!("You buy {} for {} gold and have {} left.", goods.name(), goods.price(), state.gold)
}

pub fn rest(state: &mut State) -> String {
    state.gold -= BED_PRICE;
    state.health = FULL_HEALTH;
    "You sleep under a roof and wake in full health.".to_owned()
}
