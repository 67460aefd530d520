//! Who plays in each way of thinking: which parts there are, what each looks at, and whose models it wants.

use super::{Provider, Role, Strategy};

/// How differently one model is to answer when it is asked several times: sober, usual, daring.
const SEVERAL_MINDS: [f32; 3] = [0.2, 0.7, 1.0];
/// The cloud experts: so many of each provider.
const CLOUD_EXPERTS: [(Provider, usize); 2] = [(Provider::Gemini, 6), (Provider::Claude, 3)];
/// What cloud experts look at where the settings name no experts.
const USUAL_EXPERT: &str = "perception";

/// The part that decides over the others' opinions.
pub const SYNTHESIZER: &str = "synthesizer";
/// The part that looks and tells what it sees.
pub const VISION: &str = "vision";
/// The part that decides over what was seen.
pub const REASONING: &str = "reasoning";
/// The part that says what is going on, beside the decisions.
pub const NARRATOR: &str = "narrator";

/// Whose model a part wants, within what the policy allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Need {
    /// Anybody's.
    #[default]
    Anyone,
    /// This provider's before others in the cloud.
    First(Provider),
    /// This provider's and no other's in the cloud.
    Only(Provider),
}

impl Need {
    /// The providers in the cloud that may play the part, first choice first. Where nobody is named, Claude reasons best.
    pub fn in_cloud(self) -> Vec<Provider> {
        match self {
            Self::First(Provider::Gemini) => vec![Provider::Gemini, Provider::Claude],
            Self::Anyone | Self::First(_) => vec![Provider::Claude, Provider::Gemini],
            Self::Only(provider) => vec![provider],
        }
    }
}

/// One part of a way of thinking.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    /// Such as `expert.3`; the [`Role`] of this name says which local model plays it.
    pub role: String,
    /// The name of a prompt, or a prompt.
    pub instruction: String,
    pub need: Need,
    /// 0 for the same answer every time, higher for variety; `None` leaves it to the server.
    pub temperature: Option<f32>,
    /// Whether it is shown pictures, each of which costs tokens and wants a model that can see.
    pub sees: bool,
}

impl Part {
    fn new(role: &str, instruction: &str, need: Need) -> Self {
        let (role, instruction) = (role.to_owned(), instruction.to_owned());
        let sees = role == VISION;
        Self { role, instruction, need, temperature: None, sees }
    }

    /// The same part, shown pictures where the settings want that of the role of this name.
    fn seeing_like(mut self, name: &str, roles: &[Role]) -> Self {
        self.sees |= roles.iter().any(|role| role.name == name && role.needs.vision);
        self
    }

    fn of(role: &Role) -> Self {
        Self::new(&role.name, &role.instruction, Need::Anyone)
    }
}

impl Strategy {
    /// Every part that is asked, the one that decides last. Rules have none.
    pub fn parts(self, roles: &[Role]) -> Vec<Part> {
        let parts = match self {
            Self::Heuristic => Vec::new(),
            Self::Single => vec![Part::new(SYNTHESIZER, "single", Need::Anyone)],
            Self::SelfExperts => several_minds(),
            Self::LocalExperts => {
                let own = roles.iter().filter(|role| role.is_expert()).map(Part::of);
                own.chain([Part::new(SYNTHESIZER, SYNTHESIZER, Need::Anyone)]).collect()
            }
            Self::CloudExperts => cloud_experts(roles),
            Self::Hybrid => hybrid().into(),
            Self::Parallel => cloud_experts(roles).into_iter().chain(hybrid()).collect(),
        };
        // The several minds are the synthesizer's model.
        let role =
            |part: &Part| if part.role.starts_with("mind.") { SYNTHESIZER.to_owned() } else { part.role.clone() };
        parts.into_iter().map(|part| part.clone().seeing_like(&role(&part), roles)).collect()
    }
}

/// The synthesizer's model, several times.
fn several_minds() -> Vec<Part> {
    let mind = |(number, temperature)| Part {
        temperature: Some(temperature),
        ..Part::new(&format!("mind.{}", number + 1), "single", Need::Anyone)
    };
    let minds = SEVERAL_MINDS.into_iter().enumerate().map(mind);
    minds.chain([Part::new(SYNTHESIZER, SYNTHESIZER, Need::Anyone)]).collect()
}

/// The instructions of the settings' own experts go round among the nine.
fn cloud_experts(roles: &[Role]) -> Vec<Part> {
    let own: Vec<&str> = roles.iter().filter(|role| role.is_expert()).map(|role| role.instruction.as_str()).collect();
    let own = if own.is_empty() { vec![USUAL_EXPERT] } else { own };
    let providers = CLOUD_EXPERTS.into_iter().flat_map(|(provider, count)| std::iter::repeat_n(provider, count));
    let expert = |(number, provider): (usize, Provider)| {
        Part::new(&format!("expert.{}", number + 1), own[number % own.len()], Need::Only(provider))
    };
    let decider = Part::new(SYNTHESIZER, SYNTHESIZER, Need::First(Provider::Claude));
    providers.enumerate().map(expert).chain([decider]).collect()
}

/// Gemini sees, Claude reasons.
fn hybrid() -> [Part; 2] {
    [
        Part::new(VISION, VISION, Need::First(Provider::Gemini)),
        Part::new(REASONING, REASONING, Need::First(Provider::Claude)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    #[test]
    fn every_way_of_thinking_has_its_parts() {
        let roles = Settings::default().roles;
        let count = |strategy: Strategy| strategy.parts(&roles).len();
        for (strategy, expected) in [
            (Strategy::Heuristic, 0),
            (Strategy::Single, 1),
            (Strategy::SelfExperts, 4),
            (Strategy::LocalExperts, 5),
            (Strategy::CloudExperts, 10),
            (Strategy::Hybrid, 2),
            (Strategy::Parallel, 12),
        ] {
            assert_eq!(count(strategy), expected, "{strategy:?}");
        }
        let mut seeing = roles.clone();
        seeing.iter_mut().filter(|role| role.name == SYNTHESIZER).for_each(|role| role.needs.vision = true);
        let sighted =
            |strategy: Strategy, roles: &[Role]| strategy.parts(roles).iter().filter(|part| part.sees).count();
        assert_eq!(
            Strategy::ALL.map(|strategy| sighted(strategy, &roles)).iter().sum::<usize>(),
            2,
            "the part that looks"
        );
        assert_eq!([Strategy::Single, Strategy::SelfExperts].map(|strategy| sighted(strategy, &seeing)), [1, 4]);
        let parts = Strategy::CloudExperts.parts(&roles);
        let of = |provider| parts.iter().filter(|part| part.need == Need::Only(provider)).count();
        assert_eq!((of(Provider::Gemini), of(Provider::Claude)), (6, 3));
        assert_eq!((parts[4].instruction.as_str(), parts[8].role.as_str()), ("perception", "expert.9"));
    }
}
