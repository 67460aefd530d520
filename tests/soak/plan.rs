//! One round as it was drawn: what is chosen, what goes wrong, what is asked meanwhile, and how it is stopped. Nothing
//! is drawn while it is played, so that the schedule does not hang on how quick the machine is.

use std::time::Duration;

use singularis::{
    demo::{Fault, FaultKind},
    protocol::{Depth, Until},
    settings::{AgentSettings, AskFrom, JournalSettings, LimitSettings, Settings, Strategy},
};

use crate::dice::Dice;

/// Where models are asked.
const CHATS: &str = "/chat/completions";
/// A session that is to be stopped runs no longer before that. Milliseconds.
const LONGEST_SHORT_WHILE: u32 = 1500;
/// What is learnt is kept for each kind of world; so many kinds keep it small.
const WORLDS: u32 = 16;

/// What goes wrong with the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Connections are closed at once.
    Refuse,
    /// The question is read and nothing comes.
    SilentHeaders,
    /// An answer begins and says nothing.
    SilentBody,
    StalledStream,
    /// The connection is reset in mid-stream.
    CutStream,
    TruncatedStream,
    Reset,
    /// Status 500.
    Broken,
    Slow,
    /// Somebody takes the model out of memory.
    Unload,
    /// Somebody loads one more copy.
    Load,
}

impl Kind {
    pub const ALL: [Self; 11] = [
        Self::Refuse,
        Self::SilentHeaders,
        Self::SilentBody,
        Self::StalledStream,
        Self::CutStream,
        Self::TruncatedStream,
        Self::Reset,
        Self::Broken,
        Self::Slow,
        Self::Unload,
        Self::Load,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Refuse => "refused",
            Self::SilentHeaders => "silent before headers",
            Self::SilentBody => "silent before the first token",
            Self::StalledStream => "stalled in mid-stream",
            Self::CutStream => "reset in mid-stream",
            Self::TruncatedStream => "cut short",
            Self::Reset => "reset",
            Self::Broken => "status 500",
            Self::Slow => "slow",
            Self::Unload => "unloaded",
            Self::Load => "loaded once more",
        }
    }
}

/// One thing that goes wrong, where, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Harm {
    pub kind: Kind,
    /// With every request, where that can be, and not only where models are asked.
    is_everywhere: bool,
    /// Only the first so many requests.
    first: Option<usize>,
    /// In a stream, after so many pieces.
    after: usize,
}

impl Harm {
    fn draw(dice: &mut Dice) -> Self {
        let few = |dice: &mut Dice, most: u32| usize::try_from(dice.between(1, most)).expect("a few");
        Self {
            kind: dice.pick(&Kind::ALL),
            is_everywhere: dice.one_in(3),
            first: if dice.one_in(2) { Some(few(dice, 4)) } else { None },
            after: few(dice, 6),
        }
    }

    /// The server's faults that make it; none for what is done to its models.
    pub fn faults(&self) -> Vec<Fault> {
        let here = if self.is_everywhere { "*" } else { CHATS };
        let fault = |on: &str, what: FaultKind| Fault { on: on.to_owned(), first: self.first, what };
        let (on, what) = match self.kind {
            Kind::Refuse => (here, FaultKind::Refuse),
            Kind::SilentHeaders => (here, FaultKind::SilentHeaders),
            Kind::SilentBody => (CHATS, FaultKind::StallBeforeFirstToken),
            Kind::StalledStream => (CHATS, FaultKind::StallMidStream(self.after)),
            Kind::CutStream => (CHATS, FaultKind::CutAfter(self.after)),
            Kind::TruncatedStream => (CHATS, FaultKind::TruncateAfter(self.after)),
            Kind::Reset => (here, FaultKind::Reset),
            Kind::Broken => {
                let body = r#"{"error":"Something broke"}"#.to_owned();
                (here, FaultKind::Status(500, "application/json".to_owned(), body))
            }
            Kind::Slow => {
                let headers = fault(here, FaultKind::SlowHeaders(Duration::from_millis(60)));
                return vec![headers, fault(CHATS, FaultKind::Slow(Duration::from_millis(15)))];
            }
            Kind::Unload | Kind::Load => return Vec::new(),
        };
        vec![fault(on, what)]
    }
}

/// Something that is asked, or that happens, while the session runs.
#[derive(Clone, Copy, Debug)]
pub enum Deed {
    Pause,
    Resume,
    Step,
    Check(Depth),
    Refresh,
    List,
    /// These three name one of the sessions that are kept, counted round.
    Open(u32),
    Why(u32),
    Replay(u32),
    Bundle,
    /// To an action that waits for a person, if one does.
    Answer(bool),
    /// By the worker's own means, unlike the harm of the same name.
    Load,
    Unload,
    Harm(Harm),
    Heal,
}

impl Deed {
    fn draw(dice: &mut Dice) -> Self {
        match dice.below(18) {
            0 | 1 => Self::Pause,
            2 | 3 => Self::Resume,
            4 => Self::Step,
            5 => Self::Check(if dice.one_in(4) { Depth::Full } else { Depth::Quick }),
            6 => Self::Refresh,
            7 => Self::List,
            8 => Self::Open(dice.below(64)),
            9 => Self::Why(dice.below(64)),
            10 => Self::Replay(dice.below(64)),
            11 => Self::Bundle,
            12 => Self::Answer(!dice.one_in(3)),
            13 => Self::Load,
            14 => Self::Unload,
            15 | 16 => Self::Harm(Harm::draw(dice)),
            _ => Self::Heal,
        }
    }
}

/// How the session is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    Once,
    /// And again while it stops.
    Twice(Duration),
    /// So soon after Start that it can hardly have begun; nothing is asked before.
    AtOnce(Duration),
}

/// A whole round.
#[derive(Clone, Debug)]
pub struct Plan {
    pub number: u64,
    pub settings: Settings,
    pub until: Until,
    /// What is wrong already when it is started.
    pub before: Vec<Harm>,
    /// Each with what passes before it.
    pub deeds: Vec<(Duration, Deed)>,
    /// Whether the server is well again when Stop is pressed.
    pub heals_first: bool,
    pub halt: Halt,
}

impl Plan {
    /// The round of this number. `url` is where the server is.
    pub fn draw(seed: u64, number: u64, url: &str) -> Self {
        let dice = &mut Dice::of_round(seed, number);
        let settings = settings(dice, url);
        let until = match dice.below(10) {
            0 | 1 => Until { cycles: Some(dice.between(1, 6).into()), duration_ms: None },
            2 => Until { cycles: None, duration_ms: Some(dice.between(100, 800).into()) },
            _ => Until::default(),
        };
        let harms = if dice.one_in(3) { 0 } else { dice.between(1, 2) };
        let before = (0..harms).map(|_| Harm::draw(dice)).collect();
        let halt = match dice.below(6) {
            0 => Halt::AtOnce(dice.millis(0, 80)),
            1 | 2 => Halt::Twice(dice.millis(0, 20)),
            _ => Halt::Once,
        };
        let while_ms = if matches!(halt, Halt::AtOnce(_)) { 0 } else { dice.below(LONGEST_SHORT_WHILE) };
        Self { number, settings, until, before, deeds: deeds(dice, while_ms), heals_first: dice.one_in(2), halt }
    }
}

/// Deeds that fill so many milliseconds.
fn deeds(dice: &mut Dice, while_ms: u32) -> Vec<(Duration, Deed)> {
    let mut deeds = Vec::new();
    let mut left = Duration::from_millis(while_ms.into());
    loop {
        let pause = dice.millis(10, 200);
        let Some(rest) = left.checked_sub(pause) else { return deeds };
        left = rest;
        deeds.push((pause, Deed::draw(dice)));
    }
}

fn settings(dice: &mut Dice, url: &str) -> Settings {
    let experts = dice.between(1, 4);
    let mut settings = Settings { demo: dice.one_in(4), ..usual(url) };
    settings.roles.retain(|role| expert(&role.name).is_none_or(|number| number <= experts));
    settings.agent = AgentSettings {
        strategy: dice.pick(&[Strategy::Single, Strategy::LocalExperts, Strategy::LocalExperts, Strategy::Heuristic]),
        seed: dice.below(WORLDS).into(),
        pace_ms: dice.pick(&[0, 20, 200]),
        world_waits: !dice.one_in(4),
        turn_s: 0.2,
        exploration_patience_s: dice.pick(&[0.2, 20.0]),
        ask_from: dice.pick(&[AskFrom::Nothing, AskFrom::Nothing, AskFrom::Destructive, AskFrom::Changes]),
        approval_s: 1.0,
        narrate_every_s: dice.pick(&[0.0, 0.5]),
        ..settings.agent
    };
    settings
}

/// The number of an expert; `None` for another role.
pub fn expert(role: &str) -> Option<u32> {
    role.strip_prefix("expert.")?.parse().ok()
}

/// Every expert, the server of the test, limits that are over soon, and a journal that lets go early.
pub fn usual(url: &str) -> Settings {
    let limits = LimitSettings {
        connect_s: 0.5,
        load_s: 2.0,
        first_token_s: 1.0,
        between_tokens_s: 1.0,
        total_s: 3.0,
        experts_s: 0.5,
        quorum: 1,
        ..LimitSettings::default()
    };
    let journal = JournalSettings { keep_days: 1, keep_mb: 64 };
    let mut settings = Settings { limits, journal, ..Settings::default() };
    url.clone_into(&mut settings.endpoints[0].url);
    settings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schedule_follows_from_the_seed() {
        let drawn = |seed: u64, number: u64| format!("{:?}", Plan::draw(seed, number, "http://127.0.0.1:1"));
        for number in 1..50 {
            assert_eq!(drawn(7, number), drawn(7, number));
            assert_ne!(drawn(7, number), drawn(8, number));
            assert_ne!(drawn(7, number), drawn(7, number + 1));
        }
    }

    #[test]
    fn everything_that_can_go_wrong_does_before_long() {
        let plans: Vec<Plan> = (1..200).map(|number| Plan::draw(7, number, "http://127.0.0.1:1")).collect();
        for kind in Kind::ALL {
            let has = |plan: &&Plan| {
                let meanwhile =
                    plan.deeds.iter().any(|(_, deed)| matches!(deed, Deed::Harm(harm) if harm.kind == kind));
                meanwhile || plan.before.iter().any(|harm| harm.kind == kind)
            };
            assert!(plans.iter().filter(has).count() > 3, "{}", kind.name());
        }
        let halts = |is_meant: fn(Halt) -> bool| plans.iter().filter(|plan| is_meant(plan.halt)).count();
        assert!(halts(|halt| halt == Halt::Once) > 50);
        assert!(halts(|halt| matches!(halt, Halt::Twice(_))) > 20);
        assert!(halts(|halt| matches!(halt, Halt::AtOnce(_))) > 10);
        for plan in &plans {
            let takes: Duration = plan.deeds.iter().map(|(pause, _)| *pause).sum();
            assert!(takes <= Duration::from_millis(LONGEST_SHORT_WHILE.into()), "{plan:?}");
        }
    }
}
