//! Secrets that no program has ever seen, and where each of them may be found again.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand_pcg::{
    Pcg32,
    rand_core::{Rng, SeedableRng},
};

/// So long is the part of every secret that nobody could guess; half of it is enough to know it again.
const RANDOM: usize = 24;
/// How many times the program is run, each time with other keys in its environment.
pub const ROUNDS: usize = 9;

/// Somewhere a secret may turn up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The journal with its companions.
    Journal,
    Logs,
    /// A report that was exported.
    Report,
    /// The diagnostics that can be posted.
    Bundle,
    /// What `run` prints for whoever started it.
    Run,
    /// What `doctor` prints for whoever started it.
    Doctor,
    /// What goes to standard error, whichever command it is.
    Errors,
    /// Any other file in the program's folder.
    Elsewhere,
}

/// Who planted it, and so where it may be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A key or a password of the user: nowhere at all.
    Key,
    /// Written for the models: kept with the session, and told to whoever started it.
    Prompt,
    /// Said by a model: the same.
    Answer,
    /// Looks like a key, in a prompt or an answer: nothing that stays may have it.
    KeyInSpeech,
    /// Looks like a key, in the name of a model, which has to be told to whoever is to choose it.
    KeyInName,
}

impl Sort {
    pub fn may_be_in(self, place: Place) -> bool {
        match self {
            Self::Key => false,
            Self::Prompt | Self::Answer => matches!(place, Place::Journal | Place::Report | Place::Run),
            Self::KeyInSpeech => place == Place::Run,
            Self::KeyInName => matches!(place, Place::Run | Place::Doctor),
        }
    }
}

/// One secret.
#[derive(Clone, Debug)]
pub struct Canary {
    /// How it was planted, for whoever reads that it got out.
    pub how: String,
    pub sort: Sort,
    /// As it was planted.
    pub text: String,
    /// The part that nobody could guess.
    random: String,
}

impl Canary {
    /// Its two halves: wherever a page ends in the middle of it, one of them is whole.
    pub fn needles(&self) -> [&str; 2] {
        self.random.split_at(RANDOM / 2).into()
    }
}

/// The keys in the environment of one run.
pub struct Round {
    pub local: String,
    pub gemini: String,
    pub claude: String,
}

/// All of them, by where they are planted.
pub struct Flock {
    all: Vec<Canary>,
    dice: Pcg32,
    pub rounds: Vec<Round>,
    /// In the addresses of proxies, in the environment.
    pub proxies: [String; 2],
    /// In the addresses of the settings: behind a user, in a query, and for the two accounts.
    pub in_settings: [String; 4],
    /// In an address on the command line.
    pub on_the_line: String,
    pub goal: String,
    pub key_in_goal: String,
    pub prompts: [String; 3],
    pub key_in_prompt: String,
    /// What models say, and what they think.
    pub answers: [String; 2],
    pub thought: String,
    pub key_in_answer: String,
    /// In what a server says when it fails: a key, a signed token, and a header of somebody else.
    pub in_errors: [String; 3],
    pub model: String,
    /// Typed into the window.
    pub typed: [String; 3],
}

impl Flock {
    pub fn new() -> Self {
        let mut flock = Self {
            all: Vec::new(),
            dice: Pcg32::seed_from_u64(20_260_309),
            rounds: Vec::new(),
            proxies: Default::default(),
            in_settings: Default::default(),
            on_the_line: String::new(),
            goal: String::new(),
            key_in_goal: String::new(),
            prompts: Default::default(),
            key_in_prompt: String::new(),
            answers: Default::default(),
            thought: String::new(),
            key_in_answer: String::new(),
            in_errors: Default::default(),
            model: String::new(),
            typed: Default::default(),
        };
        flock.rounds = (0..ROUNDS).map(|number| flock.round(number)).collect();
        flock.proxies =
            ["HTTPS_PROXY", "ALL_PROXY"].map(|name| flock.plant(&format!("a password in {name}"), Sort::Key, bare));
        flock.in_settings = ["the address of an endpoint", "its query", "Gemini's address", "Claude's address"]
            .map(|place| flock.plant(&format!("a password in {place} in settings.toml"), Sort::Key, bare));
        flock.on_the_line = flock.plant("a password in --endpoint", Sort::Key, bare);
        flock.goal = flock.plant("a word in the goal", Sort::Prompt, bare);
        flock.key_in_goal = flock.plant("a key in the goal", Sort::KeyInSpeech, project_key);
        flock.prompts = [1, 2, 3].map(|number| flock.plant(&format!("a word in prompt {number}"), Sort::Prompt, bare));
        flock.key_in_prompt = flock.plant("a key in a prompt", Sort::KeyInSpeech, token_of_a_forge);
        flock.answers = [1, 2].map(|number| flock.plant(&format!("a word in answer {number}"), Sort::Answer, bare));
        flock.thought = flock.plant("a word in a model's reasoning", Sort::Answer, bare);
        flock.key_in_answer = flock.plant("a key in an answer", Sort::KeyInSpeech, project_key);
        flock.in_errors = [
            flock.plant("a key in an error", Sort::Key, project_key),
            flock.plant("a signed token in an error", Sort::Key, signed),
            flock.plant("a header in an error", Sort::Key, bare),
        ];
        flock.model = flock.plant("a key in the name of a model", Sort::KeyInName, project_key);
        flock.typed = [
            flock.plant("a typed token for LM Studio", Sort::Key, bare),
            flock.plant("a typed key for Gemini", Sort::Key, google),
            flock.plant("a typed key for Claude", Sort::Key, anthropic),
        ];
        flock
    }

    pub fn all(&self) -> &[Canary] {
        &self.all
    }

    /// Keys of many shapes: a program that only knows the usual ones finds half of them.
    fn round(&mut self, number: usize) -> Round {
        let shapes: [fn(&str) -> String; ROUNDS] =
            [bare, studio, signed, project_key, hexadecimal, padded, spoken, with_signs, token_of_a_forge];
        Round {
            local: self.plant(&format!("LM_API_TOKEN of round {number}"), Sort::Key, shapes[number]),
            gemini: self.plant(&format!("GEMINI_API_KEY of round {number}"), Sort::Key, google),
            claude: self.plant(&format!("ANTHROPIC_API_KEY of round {number}"), Sort::Key, anthropic),
        }
    }

    fn plant(&mut self, how: &str, sort: Sort, shape: fn(&str) -> String) -> String {
        let letters = b"abcdefghijkmnopqrstuvwxyz";
        let mut letter = || char::from(letters[self.dice.next_u32() as usize % letters.len()]);
        let random: String = (0..RANDOM).map(|_| letter()).collect();
        let text = shape(&random);
        // Inside a signed token the random part is encoded.
        let random = if text.contains(&random) { random } else { text[text.len() - RANDOM..].to_owned() };
        self.all.push(Canary { how: how.to_owned(), sort, text: text.clone(), random });
        text
    }
}

/// Nothing about it looks like a key.
fn bare(random: &str) -> String {
    random.to_owned()
}

fn studio(random: &str) -> String {
    format!("sk-lm-Ab12Cd34:{random}")
}

fn google(random: &str) -> String {
    format!("AIzaSy7{random}9xQ")
}

fn anthropic(random: &str) -> String {
    format!("sk-ant-api03-7{random}-9AA")
}

fn project_key(random: &str) -> String {
    format!("sk-proj-4{random}7")
}

fn token_of_a_forge(random: &str) -> String {
    format!("ghp_3{random}8")
}

/// A token of three parts; the last one is the signature.
fn signed(random: &str) -> String {
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    format!("{}.{}.{}", part("{\"alg\":\"HS256\"}"), part("{\"sub\":\"1234567890\"}"), part(random))
}

fn hexadecimal(random: &str) -> String {
    random.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

fn padded(random: &str) -> String {
    format!("Zm9v{random}YmFy==")
}

/// As people make them up.
fn spoken(random: &str) -> String {
    format!("correct-horse-{random}")
}

/// Signs that are written differently in addresses and in JSON.
fn with_signs(random: &str) -> String {
    format!("a+b/c=%{random}&d")
}

#[test]
fn there_are_enough_of_them_and_no_two_are_alike() {
    let flock = Flock::new();
    assert!(flock.all().len() >= 50, "{}", flock.all().len());
    let mut halves: Vec<&str> = flock.all().iter().flat_map(Canary::needles).collect();
    halves.sort_unstable();
    halves.dedup();
    assert_eq!(halves.len(), 2 * flock.all().len());
    for canary in flock.all() {
        assert!(canary.text.contains(&canary.needles().concat()), "{canary:?}");
    }
}
