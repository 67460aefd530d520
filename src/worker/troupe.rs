//! Who can be asked in a session, local and in the cloud, and which of them plays which part.

use super::{
    cloud_side::{self, Cloud},
    local_side::{LocalSide, NoLocalSide},
    prepare::{Ingredients, manner},
};
use crate::{
    health::Subject,
    journal::Recorder,
    llm::Purse,
    mind::{answering::Answering, narrator::Narrator, route::order, switch::Switch},
    protocol::{HealthReport, Problem, ProviderView, StandingView},
    settings::{CloudMode, Need, Part, Provider, Settings, cast::NARRATOR},
};

/// Everybody who can be asked.
pub struct Troupe {
    pub local: Option<LocalSide>,
    pub cloud: Cloud,
    /// Who cannot be asked although the policy would allow it, and why.
    absent: Vec<(Provider, Problem)>,
    /// What the check before the session found.
    pub report: Option<Box<HealthReport>>,
    /// The mode that holds: the demo never goes into the cloud.
    mode: CloudMode,
}

impl Troupe {
    /// Looks at both sides as far as the policy allows. Fails if nobody is there.
    pub async fn gather(ingredients: &Ingredients, subjects: &[Subject], parts: &[Part]) -> Result<Self, Problem> {
        let Ingredients { settings, gate, loads, accounts, throttles, .. } = ingredients;
        let mode = if settings.demo { CloudMode::LocalOnly } else { settings.cloud };
        if parts.is_empty() {
            return Ok(Self { local: None, cloud: Cloud::default(), absent: Vec::new(), report: None, mode });
        }
        let local = async {
            match subjects {
                [] => None,
                _ => Some(LocalSide::gather(settings, subjects, gate, loads, throttles).await),
            }
        };
        let (local, mut cloud) = tokio::join!(local, Cloud::gather(settings, accounts, parts, gate, throttles));
        let mut absent = std::mem::take(&mut cloud.absent);
        let (local, local_report) = match local {
            Some(Ok(side)) => (Some(side), None),
            Some(Err(NoLocalSide { problem, report })) => {
                absent.insert(0, (Provider::Local, problem));
                (None, report)
            }
            None => (None, None),
        };
        let report = local.as_ref().map(|side| side.report.clone()).or(local_report);
        let report = report.or_else(|| cloud.report.clone()).map(Box::new);
        let troupe = Self { local, cloud, absent, report, mode };
        if troupe.local.is_none() && troupe.cloud.sides.is_empty() {
            return Err(troupe.why_nobody());
        }
        Ok(troupe)
    }

    /// The model of one part: whoever may and can play it.
    pub fn who_plays(&self, settings: &Settings, part: &Part, purse: &Purse, answering: &Answering) -> Switch {
        let allowed = order(self.mode, part.need);
        let local = self.local.iter().filter(|_| allowed.contains(&Provider::Local));
        let local = local.filter_map(|side| side.candidate(settings, &part.role, purse));
        let candidates = local.chain(self.cloud.candidates(&part.role, &allowed, purse)).collect();
        Switch::new(&part.role, self.mode, part.need, candidates, self.whys(), answering.clone())
    }

    /// The narrator, if one is wanted and somebody has time for it.
    pub fn narrator(
        &self,
        settings: &Settings,
        purse: &Purse,
        answering: &Answering,
        recorder: &Recorder,
    ) -> Option<Narrator> {
        if settings.agent.narrate_every_s <= 0.0 {
            return None;
        }
        let switch = self.storyteller(settings, purse, answering).recorded_by(recorder);
        (!switch.is_empty()).then(|| Narrator::new(switch, &manner(&settings.limits)))
    }

    /// Whoever tells in words what goes on; empty where nobody can.
    pub fn storyteller(&self, settings: &Settings, purse: &Purse, answering: &Answering) -> Switch {
        let allowed = order(self.mode, Need::Anyone);
        let local = self.local.iter().filter(|_| allowed.contains(&Provider::Local));
        let local = local.filter_map(|side| side.narrator(settings, purse));
        let mut candidates: Vec<_> = local.collect();
        // Where local models come first and are there, nothing leaves the machine only to be narrated.
        if self.local.is_none() || allowed.first() != Some(&Provider::Local) {
            candidates.extend(self.cloud.narrators(NARRATOR, &allowed, purse));
        }
        // Who narrates is worth no announcement: the decisions' own changes are told already.
        Switch::new(NARRATOR, self.mode, Need::Anyone, candidates, self.whys(), answering.silent())
    }

    fn whys(&self) -> Vec<(Provider, String)> {
        self.absent.iter().map(|(provider, problem)| (*provider, problem.summary.clone())).collect()
    }

    /// Why nobody can play, in the words of whoever would be asked first.
    pub fn why_nobody(&self) -> Problem {
        let first = order(self.mode, Need::Anyone);
        let why = first.iter().find_map(|provider| self.absent.iter().find(|(absent, _)| absent == provider));
        why.map_or_else(nobody, |(_, problem)| problem.clone())
    }

    /// Everybody for people, with those who cannot be asked.
    pub fn views(&self) -> Vec<ProviderView> {
        let local = self.local.iter().flat_map(LocalSide::views);
        let absent = self.absent.iter().map(|(provider, problem)| ProviderView {
            provider: *provider,
            standing: StandingView::Absent { why: problem.summary.clone() },
            ..ProviderView::default()
        });
        local.chain(self.cloud.views()).chain(absent).collect()
    }
}

/// What a person should know before the first question: a policy that leaves parts to others than they are made for.
pub fn notice(settings: &Settings) -> Option<String> {
    let strategy = settings.agent.strategy;
    let is_bent = strategy.is_made_for_cloud() && !cloud_side::is_allowed(settings);
    let why = if settings.demo { "The demo answers" } else { "Only local models are allowed" };
    is_bent.then(|| format!("{why}, so local models play the parts of {}", strategy.title()))
}

fn nobody() -> Problem {
    Problem::plain("Nobody can be asked", Vec::new(), "Open Setup and run the check")
}
