//! What a bench comes to, arm by arm: the figures that the table, the picture and `bench.json` are made of.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    arm::{Arm, Player},
    plan::Plan,
    statistics::{Estimate, Scores, Verdict, common, mean, tenths},
    store::{RunEnd, RunResult, Store},
};
use crate::{
    environment::world::baseline::Baseline,
    settings::{Difficulty, Wording},
};

/// Everything that is needed to draw it again.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    pub version: &'static str,
    pub difficulty: Difficulty,
    pub turns: u32,
    pub wording: Wording,
    pub first_seed: u64,
    pub last_seed: u64,
    /// Every run could be made.
    pub is_complete: bool,
    /// In the order in which they were named.
    pub arms: Vec<ArmSummary>,
    pub controls: Vec<Control>,
    /// Ways of thinking compared with one another.
    pub pairs: Vec<Pair>,
    /// What whoever reads the figures has to know.
    pub notes: Vec<String>,
}

/// One arm.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ArmSummary {
    pub label: String,
    /// Who plays with what.
    pub arm: String,
    pub wording: Wording,
    pub verdict: Verdict,
    /// The verdict for people.
    pub words: &'static str,
    pub points: Option<Estimate>,
    /// Over the worlds that both played in.
    pub to_random: Option<Estimate>,
    pub to_greedy: Option<Estimate>,
    /// Runs that were to be made, that count, and that failed.
    pub planned: usize,
    pub runs: usize,
    pub failed: usize,
    /// Why they failed, and how often.
    pub failures: BTreeMap<String, usize>,
    /// How those that count ended, and how often.
    pub ends: BTreeMap<RunEnd, usize>,
    /// Too many could not even be started, so the rest was not tried.
    pub is_given_up: bool,
    pub is_demo: bool,
    pub per_run: PerRun,
    pub decisions: u64,
    /// Of these, so many came about although something fell short.
    pub fell_back: u64,
    pub ms_per_decision: Option<f64>,
    /// In how many runs each model answered.
    pub models: BTreeMap<String, usize>,
    /// Of a player that searches: what no play can exceed, in the mean over its runs.
    pub bound: Option<f64>,
    /// Runs in which nothing better was possible, and runs after which not everything had ended.
    pub proved: usize,
    pub unclean: usize,
    pub scores: Scores,
}

/// Means over the runs that count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct PerRun {
    pub steps: f64,
    pub decisions: f64,
    pub deliberations: f64,
    pub calls: f64,
    pub tokens: f64,
    pub usd: f64,
    pub seconds: f64,
    /// Of the decisions that had been judged when the run ended, over the runs in which it is known.
    pub regret: Option<f64>,
    /// How many these are.
    pub judged: f64,
}

/// The same arm with and without clues.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Control {
    pub label: String,
    pub with_clues: f64,
    pub without_clues: f64,
    /// What reading is worth.
    pub difference: Estimate,
}

/// Two ways of thinking in the same worlds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    pub one: String,
    pub other: String,
    /// What the first has more than the second.
    pub difference: Estimate,
}

impl Summary {
    /// `given_up` are the places of the arms that could not be started.
    pub fn of(plan: &Plan, store: &Store, given_up: &[usize]) -> Self {
        let arms = plan.arms.iter().enumerate();
        let mut arms: Vec<ArmSummary> =
            arms.map(|(index, arm)| ArmSummary::of(plan, arm, store, given_up.contains(&index))).collect();
        judge(&plan.arms, &mut arms);
        let controls = plan.pairs().into_iter().filter_map(|(with, without)| {
            let (with, without) = (arms.get(with)?, arms.get(without)?);
            Control::of(with, without)
        });
        let controls = controls.collect();
        let thinkers: Vec<&ArmSummary> = (plan.arms.iter().zip(&arms))
            .filter(|(arm, _)| matches!(arm.player, Player::Strategy(_)) && plan.wording_of(arm) == plan.wording)
            .map(|(_, summary)| summary)
            .collect();
        let pairs = (thinkers.iter().enumerate())
            .flat_map(|(index, one)| thinkers[index + 1..].iter().filter_map(|other| Pair::of(one, other)))
            .collect();
        Self {
            version: env!("CARGO_PKG_VERSION"),
            difficulty: plan.difficulty,
            turns: plan.difficulty.turn_limit(),
            wording: plan.wording,
            first_seed: plan.seeds.start,
            last_seed: plan.seeds.end.saturating_sub(1),
            is_complete: arms.iter().all(|arm| arm.runs == arm.planned),
            notes: arms.iter().flat_map(ArmSummary::notes).collect(),
            arms,
            controls,
            pairs,
        }
    }

    /// The best first; whoever has no points comes last.
    pub fn by_mean(&self) -> Vec<&ArmSummary> {
        let mean = |arm: &ArmSummary| arm.points.map_or(f64::NEG_INFINITY, |points| points.mean);
        let mut arms: Vec<&ArmSummary> = self.arms.iter().collect();
        arms.sort_by(|one, other| mean(other).total_cmp(&mean(one)));
        arms
    }

    /// Who plays without a model under this name.
    pub fn baseline(&self, baseline: Baseline) -> Option<&ArmSummary> {
        self.arms.iter().find(|arm| arm.arm == baseline.name())
    }
}

/// Compares everybody with the random and the greedy player.
fn judge(played: &[Arm], arms: &mut [ArmSummary]) {
    let random = scores_of(Baseline::Random, played, arms);
    let greedy = scores_of(Baseline::Greedy, played, arms);
    for (arm, summary) in played.iter().zip(arms) {
        let is = |baseline: Baseline| arm.player == Player::Baseline(baseline);
        let difference = |to: Option<&Scores>| Estimate::difference(&summary.scores, to?);
        // Nobody is compared with himself.
        let to_random = difference(random.as_ref()).filter(|_| !is(Baseline::Random));
        let to_greedy = difference(greedy.as_ref()).filter(|_| !is(Baseline::Greedy));
        let is_best = is(Baseline::Oracle) && summary.runs == summary.planned && summary.proved == summary.runs;
        summary.verdict = if is(Baseline::Random) {
            Verdict::Yardstick
        } else if is_best {
            Verdict::BestPossible
        } else {
            Verdict::of(to_random, to_greedy)
        };
        summary.words = summary.verdict.words();
        (summary.to_random, summary.to_greedy) = (to_random, to_greedy);
    }
}

fn scores_of(baseline: Baseline, played: &[Arm], arms: &[ArmSummary]) -> Option<Scores> {
    let place = played.iter().position(|arm| arm.player == Player::Baseline(baseline))?;
    arms.get(place).map(|arm| arm.scores.clone())
}

impl ArmSummary {
    fn of(plan: &Plan, arm: &Arm, store: &Store, is_given_up: bool) -> Self {
        let results = plan.seeds.clone().filter_map(|seed| Some((seed, store.get(&plan.key(arm, seed))?)));
        let (failed, played): (Vec<_>, Vec<_>) = results.partition(|(_, result)| result.is_failed());
        let scores: Scores = played.iter().filter_map(|(seed, result)| Some((*seed, result.score?))).collect();
        let points: Vec<f64> = scores.values().copied().collect();
        let played: Vec<&RunResult> = played.into_iter().map(|(_, result)| result).collect();
        let decisions: u64 = played.iter().map(|run| run.decisions).sum();
        let thinking_ms: u64 = played.iter().map(|run| run.thinking_ms).sum();
        let why = |run: &RunResult| run.problem.clone().unwrap_or_else(|| "nobody said why".to_owned());
        Self {
            label: arm.label(),
            arm: arm.specification(),
            wording: plan.wording_of(arm),
            verdict: Verdict::TooFewSeeds,
            words: Verdict::TooFewSeeds.words(),
            points: Estimate::of(&points),
            to_random: None,
            to_greedy: None,
            planned: plan.worlds(),
            runs: played.len(),
            failed: failed.len(),
            failures: counted(failed.iter().map(|(_, run)| why(run))),
            ends: counted(played.iter().map(|run| run.end)),
            is_given_up,
            is_demo: played.iter().any(|run| run.is_demo),
            per_run: PerRun::of(&played),
            decisions,
            fell_back: played.iter().map(|run| run.fell_back).sum(),
            ms_per_decision: (thinking_ms > 0 && decisions > 0).then(|| float(thinking_ms) / float(decisions)),
            models: counted(played.iter().flat_map(|run| run.models.iter().cloned())),
            bound: mean(&played.iter().filter_map(|run| run.bound).collect::<Vec<_>>()),
            proved: played.iter().filter(|run| run.is_proved).count(),
            unclean: played.iter().filter(|run| !run.is_clean).count(),
            scores,
        }
    }

    /// What the figures alone do not say.
    fn notes(&self) -> Vec<String> {
        let Self { label, runs, planned, failed, .. } = self;
        let ended = |end: RunEnd| self.ends.get(&end).copied().unwrap_or_default();
        let mut notes = Vec::new();
        if self.is_demo {
            notes.push(format!("{label}: the demo answered, not a language model"));
        }
        if *failed > 0 {
            let why: Vec<&str> = self.failures.keys().map(String::as_str).collect();
            notes.push(format!("{label}: {failed} of {planned} runs failed: {}", why.join("; ")));
        }
        if self.is_given_up {
            notes.push(format!("{label}: given up, because it could not be started again and again"));
        }
        for (count, what) in [
            (ended(RunEnd::TimeOver), "ended with their time"),
            (ended(RunEnd::Budget), "ended with their budget"),
            (ended(RunEnd::Paused), "ended with a pause that nobody was there to end"),
            (self.unclean, "left something open when they ended"),
        ] {
            if count > 0 {
                notes.push(format!("{label}: {count} of {runs} runs {what}"));
            }
        }
        if let Some(bound) = self.bound
            && self.proved < *runs
        {
            let proved = self.proved;
            let most = format!(
                "in the others it is the best that was found; nobody can reach more than {bound:.1} in the mean"
            );
            notes.push(format!("{label}: proved to be the best in {proved} of {runs} worlds, {most}"));
        }
        // Where a part has several models, each of them answers in every run.
        if self.models.values().any(|count| count < runs) {
            let models: Vec<String> = self.models.iter().map(|(name, count)| format!("{name} in {count}")).collect();
            notes.push(format!("{label}: not the same models answered in all {runs} runs: {}", models.join(", ")));
        }
        notes
    }
}

impl PerRun {
    fn of(runs: &[&RunResult]) -> Self {
        let regrets: Vec<f64> = runs.iter().filter_map(|run| run.regret).collect();
        Self {
            steps: over(runs, |run| float(run.steps)),
            decisions: over(runs, |run| float(run.decisions)),
            deliberations: over(runs, |run| float(run.deliberations)),
            calls: over(runs, |run| float(run.calls)),
            tokens: over(runs, |run| float(run.tokens)),
            usd: over(runs, |run| run.usd),
            seconds: over(runs, |run| float(run.took_ms) / 1000.0),
            regret: mean(&regrets),
            judged: over(runs, |run| float(run.judged)),
        }
    }
}

/// The mean of one figure; 0 where there are no runs.
fn over(runs: &[&RunResult], figure: impl Fn(&RunResult) -> f64) -> f64 {
    let figures: Vec<f64> = runs.iter().copied().map(figure).collect();
    mean(&figures).unwrap_or_default()
}

impl Pair {
    /// `None` where they have no world in common.
    fn of(one: &ArmSummary, other: &ArmSummary) -> Option<Self> {
        let difference = Estimate::difference(&one.scores, &other.scores)?;
        Some(Self { one: one.label.clone(), other: other.label.clone(), difference })
    }

    /// In one line.
    pub fn words(&self) -> String {
        let [mean, low, high] = [self.difference.mean, self.difference.low, self.difference.high].map(tenths);
        let doubt = doubt(&self.difference);
        format!("{} against {}: {mean:+.1} ({low:.1} to {high:.1}){doubt}", self.one, self.other)
    }
}

/// What has to be said beside a difference.
fn doubt(difference: &Estimate) -> &'static str {
    match difference {
        difference if difference.is_of_too_few() => ", on too few seeds to tell",
        difference if difference.contains_zero() => ", which may be chance",
        _ => "",
    }
}

impl Control {
    /// `None` where they have no world in common.
    fn of(with: &ArmSummary, without: &ArmSummary) -> Option<Self> {
        let (read, unread): (Vec<f64>, Vec<f64>) = common(&with.scores, &without.scores).unzip();
        Some(Self {
            label: with.label.clone(),
            with_clues: mean(&read)?,
            without_clues: mean(&unread)?,
            difference: Estimate::difference(&with.scores, &without.scores)?,
        })
    }

    /// In one line.
    pub fn words(&self) -> String {
        let [mean, low, high] = [self.difference.mean, self.difference.low, self.difference.high].map(tenths);
        let doubt = doubt(&self.difference);
        format!(
            "{}: {:.1} with clues, {:.1} without: reading is worth {mean:.1} ({low:.1} to {high:.1}){doubt}",
            self.label, self.with_clues, self.without_clues
        )
    }
}

/// How often each of these came.
fn counted<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_insert(0) += 1;
    }
    counts
}

#[expect(clippy::cast_precision_loss, reason = "counts and milliseconds of a bench are far below 2^52")]
fn float(count: u64) -> f64 {
    count as f64
}
