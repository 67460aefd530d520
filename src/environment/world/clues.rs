//! What advisers say and writings tell: the facts, or the liar's version of them, put into words.

use super::{
    folk::Person,
    generate::{Lore, World},
    phrases::{LAST_LEVER, LEVER_ORDER, Wording, phrase},
    things::{LeverOrder, Writing},
};

/// What advisers say where the words are to help nobody.
const SMALL_TALK: &str = "It has been a dry year, and the road is what it always was.";
/// And what the writings have become there.
const WORN_AWAY: &str = "The letters are worn away.";

/// What an adviser speaks of. Two subjects are told twice, so that a contradiction gives the liar away.
#[derive(Clone, Copy)]
enum Subject {
    Oath,
    Weakness,
    Trap,
    Levers,
}

/// Everything an adviser has to say, in two sentences.
pub fn saying(world: &World, person: Person) -> String {
    if world.wording == Wording::WithoutClues {
        return SMALL_TALK.to_owned();
    }
    let lore = if person == world.liar { world.lie } else { world.truth };
    let subjects = match person {
        Person::Trader => [Subject::Weakness, Subject::Trap],
        Person::Farmer => [Subject::Oath, Subject::Weakness],
        Person::Hermit => [Subject::Levers, Subject::Oath],
    };
    let [first, second] = subjects;
    let words = world.clue_words[person.index()];
    format!("{} {}", tell(world, lore, first, words[0]), tell(world, lore, second, words[1]))
}

/// What a writing says; always true.
pub fn inscription(world: &World, writing: Writing) -> String {
    if world.wording == Wording::WithoutClues {
        return WORN_AWAY.to_owned();
    }
    let words = world.writing_words[writing.index()];
    match writing {
        Writing::Poster => phrase(world.mark(world.liar).phrasing(), world.wording, words).to_owned(),
        Writing::Carving => with_letters(phrase(&LAST_LEVER, world.wording, words), world.truth.levers),
        Writing::Mosaic => tell(world, world.truth, Subject::Trap, words),
    }
}

fn tell(world: &World, lore: Lore, subject: Subject, words: u8) -> String {
    let phrasing = match subject {
        Subject::Oath => lore.oath.phrasing(),
        Subject::Weakness => lore.weakness.phrasing(),
        Subject::Trap => world.picture(lore.trapped).phrasing(),
        Subject::Levers => return with_letters(phrase(&LEVER_ORDER, world.wording, words), lore.levers),
    };
    phrase(phrasing, world.wording, words).to_owned()
}

fn with_letters(template: &str, order: LeverOrder) -> String {
    let letters = order.letters();
    template.replace("{first}", &letters[0..1]).replace("{middle}", &letters[1..2]).replace("{last}", &letters[2..3])
}
