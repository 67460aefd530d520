//! Which words give which meaning away. Not sentences: what a reader would underline.

/// Heavy blow, quick blow, open to a blow.
pub(super) const INTENTS: [&[&str]; 3] = [
    &[
        "coil",
        "full height",
        "shadow falls",
        "gathers itself",
        "wound tight",
        "back foot",
        "leans back",
        "one stroke",
        "bulls",
        "thunder",
        "draws in",
        "winds up",
    ],
    &[
        "feint",
        "snapping",
        "light feet",
        "jab",
        "a flick",
        "a scratch",
        "darts",
        "twitch",
        "lightest",
        "small and fast",
        "worries",
        "flies",
        "nick you",
        "busy",
    ],
    &[
        "stumble",
        "lies bare",
        "off balance",
        "lost sight",
        "shakes its head",
        "nothing guards",
        "went wide",
        "turn round",
        "panting",
        "hangs low",
        "forgets you",
        "slips",
        "gropes",
        "helpless",
        "open to",
    ],
];

/// The oaths as the guard's replies name them: sun, moon, oak.
pub(super) const OATHS: [&[&str]; 3] = [&["sun"], &["moon"], &["oak"]];

/// The oaths as advisers hint at them.
pub(super) const OATH_HINTS: [&[&str]; 3] = [
    &[
        "ripens",
        "barley",
        "every morning",
        "hearth that nobody",
        "paints their shadow",
        "no thief",
        "warms your back",
        "cock",
        "great wheel",
        "east to west",
        "melts the snow",
    ],
    &["night's lamp", "wanes", "tides", "sleepless", "lantern", "dusk", "wolves sing", "round face", "sickle"],
    &[
        "acorn",
        "many rings",
        "never took a step",
        "timber",
        "lord of the wood",
        "pigs",
        "jays",
        "bark and branch",
        "lightning",
    ],
];

/// What the king cannot bear: fire, silver.
pub(super) const FEARS: [&[&str]; 2] = [
    &["burns", "torch", "blazing", "straw", "candle", "sparks", "hall went up", "forge"],
    &["pale metal", "bright coins", "spoon", "mirrors", "second prize", "cutlery", "tarnishes", "miners"],
];

/// The pictures as the lids show them: bird, fish, stag.
pub(super) const PICTURES: [&[&str]; 3] = [&["black bird"], &["red fish"], &["white stag"]];

/// The pictures as warnings hint at them.
pub(super) const TRAP_HINTS: [&[&str]; 3] = [
    &["black bird", "wings", "raven", "feathers", "crow ", "caws", "nest robber", "could fly"],
    &["red fish", "fins", "trout", "scales", "swimmer", "gills", "river's dinner", "drown in air"],
    &["white stag", "antlers", "hart's", "hooves", "runner", "grazes", "huntsman", "leap a hedge"],
];

/// Ink, stick, scar: as somebody looks, and as a poster puts it.
pub(super) const MARKS: [&[&str]; 3] = [
    &[
        "with ink",
        "quill",
        "writes too much",
        "dark prints",
        "stained",
        "blotted",
        "the pen",
        "colour of night",
        "bare thumb",
    ],
    &[
        "leaning on a stick",
        "three legs",
        "tap, step",
        "third foot",
        "lame",
        "propped on wood",
        "dead branch",
        "round holes",
        "hazel",
    ],
    &[
        "with a scar",
        "kissed below",
        "stitched",
        "pale seam",
        "jaw",
        "healed crooked",
        "shave",
        "white line",
        "mended with",
    ],
];

/// Turns of phrase around the letter of the first lever, which `{}` stands for.
pub(super) const FIRST_LEVER: &[&str] = &["start with {}", "behind {}.", "{} was never late", "eldest is {}"];
pub(super) const MIDDLE_LEVER: &[&str] =
    &["nobody begins with {}", "behind {},", "{} stands between", "and {} just before"];
pub(super) const LAST_LEVER: &[&str] = &[
    "last comes {}",
    "leave {} for the end",
    "{} follows both",
    "and {} waits until",
    "let {} wait",
    "pull {} when",
    "youngest is {}",
    "hand rests on {}",
    "when {} moves",
    "comes after {}",
    "ends on {}",
    "stop is called {}",
    "go before {}",
    "whoever begins with {},",
    "closed by {}",
];
/// `{}` is pulled before `{later}`.
pub(super) const EARLIER: &[&str] = &["{} before {later}", "{later} follows {}"];

/// The one group that most of its words are found of; the first of several that are even.
pub(super) fn which(text: &str, groups: &[&[&str]]) -> Option<usize> {
    let text = text.to_lowercase();
    let counts: Vec<usize> =
        groups.iter().map(|group| group.iter().filter(|word| text.contains(**word)).count()).collect();
    let most = counts.iter().copied().max().filter(|most| *most > 0)?;
    counts.iter().position(|count| *count == most)
}
