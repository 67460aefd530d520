//! A move: an action call that has been checked for form. Nothing after [`Move::parse`] looks at JSON again.

use serde_json::Value;

use super::{
    geography::Place,
    schema::ACTION_NAMES,
    things::{Goods, LeverOrder},
};
use crate::protocol::ActionCall;

/// Everything that can be done, with checked arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    GoTo(Place),
    Talk,
    Read,
    OpenChest,
    Attack,
    PowerAttack,
    Block,
    Flee,
    DrinkPotion,
    Buy(Goods),
    RestAtInn,
    /// The index of the reply: 0 for what the text calls reply 1.
    Reply(usize),
    Bribe,
    PullLevers(LeverOrder),
    TakeRelic,
    Wait,
}

pub const REPLIES: usize = 3;

impl Move {
    /// Every move with every argument, in a fixed order.
    pub fn every() -> impl Iterator<Item = Self> {
        Place::ALL
            .into_iter()
            .map(Self::GoTo)
            .chain([Self::Talk, Self::Read, Self::OpenChest, Self::Attack, Self::PowerAttack, Self::Block, Self::Flee])
            .chain([Self::DrinkPotion])
            .chain(Goods::ALL.into_iter().map(Self::Buy))
            .chain([Self::RestAtInn])
            .chain((0..REPLIES).map(Self::Reply))
            .chain([Self::Bribe])
            .chain(LeverOrder::all().map(Self::PullLevers))
            .chain([Self::TakeRelic, Self::Wait])
    }

    /// The call as a mind would write it.
    pub fn call(self) -> ActionCall {
        match self {
            Self::GoTo(place) => ActionCall::with("go_to", "place", place.name()),
            Self::Talk => ActionCall::bare("talk"),
            Self::Read => ActionCall::bare("read"),
            Self::OpenChest => ActionCall::bare("open_chest"),
            Self::Attack => ActionCall::bare("attack"),
            Self::PowerAttack => ActionCall::bare("power_attack"),
            Self::Block => ActionCall::bare("block"),
            Self::Flee => ActionCall::bare("flee"),
            Self::DrinkPotion => ActionCall::bare("drink_potion"),
            Self::Buy(goods) => ActionCall::with("buy", "item", goods.name()),
            Self::RestAtInn => ActionCall::bare("rest_at_inn"),
            Self::Reply(index) => ActionCall::with("reply", "choice", index as u64 + 1),
            Self::Bribe => ActionCall::bare("bribe"),
            Self::PullLevers(order) => ActionCall::with("pull_levers", "order", order.letters()),
            Self::TakeRelic => ActionCall::bare("take_relic"),
            Self::Wait => ActionCall::bare("wait"),
        }
    }

    /// Checks name and arguments; the error is a sentence for whoever made the call.
    pub fn parse(call: &ActionCall) -> Result<Self, String> {
        match call.name.as_str() {
            "go_to" => argument(call, "place", place).map(Self::GoTo),
            "talk" => bare(call, Self::Talk),
            "read" => bare(call, Self::Read),
            "open_chest" => bare(call, Self::OpenChest),
            "attack" => bare(call, Self::Attack),
            "power_attack" => bare(call, Self::PowerAttack),
            "block" => bare(call, Self::Block),
            "flee" => bare(call, Self::Flee),
            "drink_potion" => bare(call, Self::DrinkPotion),
            "buy" => argument(call, "item", goods).map(Self::Buy),
            "rest_at_inn" => bare(call, Self::RestAtInn),
            "reply" => argument(call, "choice", reply).map(Self::Reply),
            "bribe" => bare(call, Self::Bribe),
            "pull_levers" => argument(call, "order", lever_order).map(Self::PullLevers),
            "take_relic" => bare(call, Self::TakeRelic),
            "wait" => bare(call, Self::Wait),
            unknown => Err(format!("There is no action \"{unknown}\"; the actions are {}", ACTION_NAMES.join(", "))),
        }
    }
}

fn bare(call: &ActionCall, parsed: Move) -> Result<Move, String> {
    match call.arguments.keys().next() {
        None => Ok(parsed),
        Some(extra) => Err(format!("{} takes no arguments, but \"{extra}\" was given", call.name)),
    }
}

fn argument<T>(call: &ActionCall, key: &str, read: fn(&Value) -> Result<T, String>) -> Result<T, String> {
    if let Some(extra) = call.arguments.keys().find(|given| given.as_str() != key) {
        return Err(format!("{} takes only the argument \"{key}\", but \"{extra}\" was given", call.name));
    }
    match call.arguments.get(key) {
        None => Err(format!("{} needs the argument \"{key}\"", call.name)),
        Some(value) => {
            read(value).map_err(|expected| format!("The argument \"{key}\" is {expected}, but {value} was given"))
        }
    }
}

// The readers below say what they expect; `argument` makes the sentence.

fn place(value: &Value) -> Result<Place, String> {
    let found = value.as_str().and_then(Place::from_name);
    found.ok_or_else(|| format!("one of {}", Place::ALL.map(Place::name).join(", ")))
}

fn goods(value: &Value) -> Result<Goods, String> {
    let found = value.as_str().and_then(Goods::from_name);
    found.ok_or_else(|| format!("one of {}", Goods::ALL.map(Goods::name).join(", ")))
}

fn reply(value: &Value) -> Result<usize, String> {
    match value.as_u64() {
        Some(choice @ 1..=3) => Ok(choice as usize - 1),
        _ => Err("a whole number from 1 to 3".to_owned()),
    }
}

fn lever_order(value: &Value) -> Result<LeverOrder, String> {
    let found = value.as_str().and_then(LeverOrder::from_letters);
    found.ok_or_else(|| "the letters A, B and C in some order, such as \"BAC\"".to_owned())
}
