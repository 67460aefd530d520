//! Every meaning that the world tells in words only, with eight ways of saying it.
//!
//! The first four of each are used in ordinary play. The last four are held out: no ordinary game shows them, so that
//! an experiment can tell a mind that reads from one that has learnt the sentences by heart.

pub use crate::settings::Wording;

/// How many of the eight phrases each half holds.
pub const PHRASES_IN_A_HALF: u32 = 4;

/// Eight sentences that mean the same.
pub type Phrasing = [&'static str; 8];

/// The sentence at `index` of the half that `wording` names; any index is good, it wraps. A world without clues asks for
/// none and is given the ordinary half.
pub fn phrase(phrasing: &Phrasing, wording: Wording, index: u8) -> &'static str {
    let start = match wording {
        Wording::Ordinary | Wording::WithoutClues => 0,
        Wording::HeldOut => PHRASES_IN_A_HALF as usize,
    };
    phrasing[start + usize::from(index) % PHRASES_IN_A_HALF as usize]
}

pub const HEAVY_BLOW: Phrasing = [
    "It plants its feet and its whole body coils.",
    "It rears up to its full height, and its shadow falls over you.",
    "It drops back a pace and gathers itself, its eyes fixed on your chest.",
    "It goes quite still, wound tight like the rope on a winch.",
    "All its weight sinks onto the back foot.",
    "With terrible patience it leans back to put everything into one stroke.",
    "You have seen bulls lower their heads like this.",
    "The air draws in around it, as it does before thunder.",
];

pub const QUICK_BLOW: Phrasing = [
    "It feints left and right, snapping at your hands.",
    "It circles on light feet, looking for a gap to jab at.",
    "A flick here, a scratch there: it means to wear you down.",
    "It darts in and out and never stays long enough to be caught.",
    "It twitches forward and tests your guard with the lightest of touches.",
    "Its movements are small and fast, like a cat's at a bowl of milk.",
    "It worries at you as flies worry a horse.",
    "It keeps close and busy, content to nick you.",
];

pub const OPEN_TO_A_BLOW: Phrasing = [
    "It stumbles, and for a moment its side lies bare.",
    "It is off balance and has lost sight of you.",
    "It shakes its head as if to clear it; nothing guards its throat.",
    "Its last lunge went wide, and it has yet to turn round.",
    "It stands panting, and its guard hangs low.",
    "Something behind you has caught its eye, and it forgets you.",
    "It slips on the wet stones and gropes for a hold.",
    "For one breath it is as helpless as a beetle on its back.",
];

pub const OATH_SUN: Phrasing = [
    "The guard swears by what ripens the barley.",
    "The bridge folk honour the eye that opens every morning.",
    "Speak to the guard of the hearth that nobody has to feed.",
    "Guards keep faith with the one who paints their shadows.",
    "Name the gold that no thief has ever pocketed, the one that warms your back.",
    "My cousin crossed the bridge by praising what the cock shouts at.",
    "On that bridge they swear by the great wheel that rolls from east to west.",
    "What melts the snow off the railings is holy to the guard.",
];

pub const OATH_MOON: Phrasing = [
    "Those who guard the water swear by the night's lamp.",
    "The bridge folk honour her who wanes and comes again.",
    "Speak to the guard of the pale face that draws the tides.",
    "Guards keep faith with the light that only the sleepless know.",
    "Name the lantern that nobody lights and no wind puts out after dusk.",
    "My cousin crossed the bridge by praising the thing that wolves sing to.",
    "On that bridge they count their months and their oaths by one round face.",
    "What hangs like a sickle over the reeds is holy to the guard.",
];

pub const OATH_OAK: Phrasing = [
    "The guard swears by what was an acorn when the bridge was a plank.",
    "The bridge folk honour the elder with many rings and no fingers.",
    "Speak to the guard of the one who stands longest and never took a step.",
    "Guards keep faith with the timber that is still green at the top.",
    "Name the lord of the wood, under whom the pigs grow fat.",
    "My cousin crossed the bridge by praising the roof the jays live under.",
    "On that bridge they swear by bark and branch.",
    "What lightning loves and squirrels rob is holy to the guard.",
];

pub const KING_FEARS_FIRE: Phrasing = [
    "The king in the barrow shrinks from anything that burns.",
    "They buried the king in wet clay, because he dreads the torch.",
    "A blazing branch did to the dead king what twenty spears could not.",
    "The king's grave linen is dry as straw, and he knows it.",
    "Nobody lit a candle at that king's wake, and for a reason.",
    "Sparks are the one thing the old king steps back from.",
    "The king has not forgotten how his hall went up, roof and all.",
    "Bring the king what a smith keeps in his forge and not on his wall.",
];

pub const KING_FEARS_SILVER: Phrasing = [
    "The king in the barrow cannot bear the pale metal.",
    "They sealed the king's tomb with bright coins, and he has never crossed them.",
    "A church spoon did to the dead king what twenty spears could not.",
    "The king turns his face from mirrors, though only from the costly sort.",
    "What a second prize is made of is what unmakes the king.",
    "Grandmother's good cutlery is the one thing the old king steps back from.",
    "The king fears the metal that tarnishes and never rusts.",
    "Bring the king what the miners curse for not being gold.",
];

pub const TRAP_UNDER_BIRD: Phrasing = [
    "Keep your hands off the box with the black bird.",
    "The lid with the wings on it bites.",
    "Whoever opens the raven's chest buys himself a bandage.",
    "There is a needle behind the feathers.",
    "The painted crow guards nothing but a spring and a blade.",
    "What caws on the lid has claws under it.",
    "My brother lifted the lid with the nest robber on it, and writes with his left hand now.",
    "Of the three chests, leave the one that could fly.",
];

pub const TRAP_UNDER_FISH: Phrasing = [
    "Keep your hands off the box with the red fish.",
    "The lid with the fins on it bites.",
    "Whoever opens the trout's chest buys himself a bandage.",
    "There is a needle behind the scales.",
    "The painted swimmer guards nothing but a spring and a blade.",
    "What has gills on the lid has teeth under it.",
    "My brother lifted the lid with the river's dinner on it, and writes with his left hand now.",
    "Of the three chests, leave the one that would drown in air.",
];

pub const TRAP_UNDER_STAG: Phrasing = [
    "Keep your hands off the box with the white stag.",
    "The lid with the antlers on it bites.",
    "Whoever opens the hart's chest buys himself a bandage.",
    "There is a needle behind the hooves.",
    "The painted runner guards nothing but a spring and a blade.",
    "What grazes on the lid has thorns under it.",
    "My brother lifted the lid with the huntsman's prize on it, and writes with his left hand now.",
    "Of the three chests, leave the one that could leap a hedge.",
];

pub const LIAR_HAS_INK: Phrasing = [
    "Beware the one whose hands are black from the quill.",
    "The liar we seek writes too much and washes too little.",
    "Whoever leaves dark prints on every cup is not to be believed.",
    "Look at the fingertips before you trust the tongue: stained means false.",
    "The false tongue belongs to the blotted hand.",
    "Whoever dips more than the pen will lead you astray.",
    "You will know the cheat by nails the colour of night.",
    "Trust nobody who could sign a letter with a bare thumb.",
];

pub const LIAR_HAS_STICK: Phrasing = [
    "Beware the one who goes on three legs.",
    "The liar we seek is heard before being seen: tap, step, tap.",
    "Whoever needs a third foot for the stairs is not to be believed.",
    "Look at the knees before you trust the tongue: lame means false.",
    "The false tongue belongs to the one propped on wood.",
    "Whoever walks with a dead branch for company will lead you astray.",
    "You will know the cheat by the round holes beside the footprints.",
    "Trust nobody who would fall over without a piece of hazel.",
];

pub const LIAR_HAS_SCAR: Phrasing = [
    "Beware the one whom an old blade kissed below the mouth.",
    "The liar we seek was stitched under the lip long ago.",
    "Whoever wears a pale seam on the face is not to be believed.",
    "Look at the jaw before you trust the tongue: cut means false.",
    "The false tongue lives above a wound that healed crooked.",
    "Whoever cannot shave in a straight line will lead you astray.",
    "You will know the cheat by a white line where a beard should be.",
    "Trust nobody whose face was mended with a needle.",
];

/// The whole order of the levers; `{first}`, `{middle}` and `{last}` stand for letters.
pub const LEVER_ORDER: Phrasing = [
    "Last comes {last}, and {first} before {middle}.",
    "Start with {first} and leave {last} for the end.",
    "{middle} follows {first}, and {last} follows both.",
    "Nobody begins with {middle} or ends with it, and {last} waits until the others are down.",
    "Let {last} wait its turn behind {middle}, and {middle} behind {first}.",
    "{middle} stands between the others, and {first} was never late.",
    "Pull {last} when there is nothing else left to pull, and {middle} just before it.",
    "The eldest is {first}, the youngest is {last}: go by age.",
];

/// Only the last lever; `{last}` stands for its letter.
pub const LAST_LEVER: Phrasing = [
    "The last hand rests on {last}.",
    "When {last} moves, the work is done.",
    "Nothing comes after {last}.",
    "The song ends on {last}.",
    "The full stop is called {last}.",
    "Two go before {last}.",
    "Whoever begins with {last}, or goes on with it, does so in vain.",
    "The row is closed by {last}.",
];
