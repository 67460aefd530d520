//! Everything a report says, made once from what was kept. All three formats show it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    course::{self, Stop, Told},
    reading::{self, Reading},
    words,
};
use crate::{
    journal::figures::{self, strategy},
    protocol::{
        AdviserRegret, Belonging, Call, CallState, Certificate, EgressLine, Ending, Moment, Problem, SessionFigures,
        SessionFile, SessionReport, SessionState, Spending, SpendingLine, StepReport, What, place,
    },
    settings::{CloudMode, Provider, Settings, file::parse},
};

/// How something is to be taken. Said in words as well, never in colour alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    #[default]
    Plain,
    Good,
    Warn,
    Bad,
}

/// What became of the session, in one sentence.
#[derive(Debug, Serialize)]
pub struct Verdict {
    pub tone: Tone,
    pub words: String,
}

/// A thing with its name.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    pub name: &'static str,
    pub value: String,
}

impl Fact {
    /// The name is ours, the value may come from outside.
    pub fn new(name: &'static str, value: impl Into<String>) -> Self {
        Self { name, value: value.into() }
    }
}

/// Who was asked for answers, and who gave them.
#[derive(Debug, Default, Serialize)]
pub struct Answerer<'a> {
    pub provider: Provider,
    pub endpoint: &'a str,
    pub model_asked: &'a str,
    /// As the server named it; several where it changed.
    pub models_answered: Vec<&'a str>,
    pub calls: u64,
    pub answered: u64,
    pub failed: u64,
    pub broken_off: u64,
    /// Without an answer when the last record was written.
    pub under_way: u64,
}

/// What is told of one session. Times are milliseconds since it began.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    pub session: &'a str,
    pub goal: &'a str,
    pub state: SessionState,
    pub outcome: Option<Ending>,
    pub verdict: Verdict,
    pub started_at: Moment,
    pub took_ms: u64,
    pub steps: u64,
    pub score: Option<f64>,
    /// Why it failed, if it did.
    pub problem: Option<&'a Problem>,
    /// What was under way when it was cut off, one sentence each.
    pub in_flight: Vec<String>,
    /// What may still be there.
    pub left: Vec<&'a Belonging>,
    pub summary: Option<&'a str>,
    pub asked: Vec<Fact>,
    pub done: Vec<Fact>,
    /// As they stand in a settings file.
    pub settings: &'a str,
    pub narrations: Vec<Told<'a>>,
    pub readings: Vec<Reading<'a>>,
    pub figures: SessionFigures,
    pub advisers: &'a [AdviserRegret],
    pub advice: &'a [String],
    pub answerers: Vec<Answerer<'a>>,
    /// `None` where the ledger was not written, because the session was cut off.
    pub egress: Option<&'a [EgressLine]>,
    pub spending: Spending,
    pub stops: Vec<Stop<'a>>,
    pub certificate: Option<&'a Certificate>,
    /// With when each was recorded. As JSON they stand among the records.
    #[serde(skip)]
    pub actions: Vec<(u64, &'a StepReport)>,
}

impl<'a> Report<'a> {
    /// Reads the whole file once or twice; what it says about the figures is counted anew.
    pub fn of(file: &'a SessionFile) -> Self {
        let (line, report) = (&file.line, file.report.as_ref());
        let figures = figures::of(file);
        let calls = figures::calls(file);
        let actions = actions(file);
        let is_cut_off = report.is_none() && line.state != SessionState::Ended;
        let last = file.records.iter().map(|record| record.at_ms).max().unwrap_or(0);
        let last_score = actions.iter().rev().find_map(|(_, step)| step.score);
        let outcome = report.map(|report| report.outcome).or(line.outcome);
        Self {
            session: file.started.as_ref().map_or(line.session.as_str(), |started| started.session.as_str()),
            goal: file.started.as_ref().map_or(line.goal.as_str(), |started| started.goal.as_str()),
            state: line.state,
            outcome,
            verdict: verdict(outcome, line.state),
            started_at: line.started_at,
            took_ms: report.map_or(last, |report| report.took_ms),
            steps: report
                .map_or(line.steps, |report| report.steps)
                .max(actions.last().map_or(0, |(_, step)| step.step)),
            score: report.and_then(|report| report.score).or(line.score).or(last_score),
            problem: report.and_then(|report| report.problem.as_ref()),
            in_flight: if is_cut_off { course::in_flight(file, &calls) } else { Vec::new() },
            left: if is_cut_off { course::left(file) } else { Vec::new() },
            summary: file.summary.as_deref().filter(|summary| !summary.trim().is_empty()),
            asked: asked(file),
            done: report.map_or_else(Vec::new, done),
            settings: &file.settings,
            narrations: course::narrations(file),
            readings: reading::of(file, &figures.worth_reading),
            advisers: report.map_or(&[][..], |report| &report.regret.advisers[..]),
            advice: report.map_or(&[][..], |report| &report.ensemble.advice[..]),
            answerers: answerers(&calls),
            egress: report.map(|report| &report.egress[..]),
            spending: report.map_or_else(|| counted_spending(&calls), |report| report.spending.clone()),
            stops: course::stops(file),
            certificate: report.map(|report| &report.certificate),
            figures,
            actions,
        }
    }
}

fn actions(file: &SessionFile) -> Vec<(u64, &StepReport)> {
    let stepped = file.records.iter().filter_map(|record| match &record.what {
        What::Stepped(step) => Some((record.at_ms, &**step)),
        _ => None,
    });
    stepped.collect()
}

fn verdict(outcome: Option<Ending>, state: SessionState) -> Verdict {
    let (tone, words) = match (outcome, state) {
        (Some(ending @ (Ending::GoalReached | Ending::Finished)), _) => (Tone::Good, ending.words()),
        (Some(ending @ (Ending::Stopped | Ending::LimitReached)), _) => (Tone::Plain, ending.words()),
        (Some(Ending::Failed), _) => (Tone::Bad, Ending::Failed.words()),
        (None, SessionState::Interrupted) => {
            (Tone::Bad, "This session was interrupted: the program ended before the session did")
        }
        (None, SessionState::Running) => {
            (Tone::Warn, "This session had not ended when this report was written; it tells what there was until then")
        }
        (None, SessionState::Ended) => (Tone::Warn, "How this session ended was not kept"),
    };
    Verdict { tone, words: words.to_owned() }
}

/// What was asked of the agent, and under which terms.
fn asked(file: &SessionFile) -> Vec<Fact> {
    let (line, strategy) = (&file.line, strategy(file));
    let (goal, environment, seed, demo) =
        file.started.as_ref().map_or((&line.goal, &line.environment, line.seed, line.demo), |started| {
            (&started.goal, &started.environment, started.seed, started.demo)
        });
    let answers = if demo { "by the built-in demo" } else { "by models" };
    let mut facts = vec![
        Fact::new("Goal", words::or_none(goal, "none was given")),
        Fact::new("Environment", place(environment, seed)),
        Fact::new("Way of thinking", format!("{}: {}", strategy.title(), strategy.explanation())),
        Fact::new("Answered", answers),
        Fact::new("Began", words::moment(line.started_at)),
    ];
    if !file.settings.trim().is_empty() {
        facts.extend(terms(&parse(&file.settings).settings));
    }
    facts
}

/// The settings that decide what a session can come to.
fn terms(settings: &Settings) -> Vec<Fact> {
    let agent = &settings.agent;
    let models = match settings.cloud {
        CloudMode::LocalOnly => "on this machine and hosts of its owner only",
        CloudMode::LocalFirst => "local first, in the cloud where local models fail",
        CloudMode::CloudFirst => "in the cloud first, local where that fails",
        CloudMode::CloudOnly => "in the cloud only",
    };
    let time = if agent.world_waits {
        "the world waits while the models think".to_owned()
    } else {
        format!("the world does not wait; a turn takes {} s", words::figure(agent.turn_s))
    };
    let budget = &settings.budget;
    let limits = [
        (budget.calls > 0).then(|| words::counted(budget.calls, "call", "calls")),
        (budget.tokens > 0).then(|| words::counted(budget.tokens, "token", "tokens")),
        (budget.usd > 0.0).then(|| words::dollars(Some(budget.usd))),
    ];
    let limits: Vec<String> = limits.into_iter().flatten().collect();
    vec![
        Fact::new("Models may run", models),
        Fact::new("Turns", format!("{} at the most in the built-in world", agent.difficulty.turn_limit())),
        Fact::new("Time", time),
        Fact::new("Learning", if agent.learning { "on" } else { "off" }),
        Fact::new("Budget", words::or_none(&limits.join(", "), "no limit")),
    ]
}

/// What a session that has ended came to, beyond score and steps.
fn done(report: &SessionReport) -> Vec<Fact> {
    let mut facts = Vec::new();
    let clock = &report.clock;
    if clock.decisions > 0 {
        facts.push(Fact::new("Decisions", words::number(clock.decisions)));
    }
    if clock.by_rules > 0 {
        let by_rules = format!("{}, because no model named anything possible", words::number(clock.by_rules));
        facts.push(Fact::new("Decided by rules", by_rules));
    }
    if !clock.waits && clock.decisions > 0 {
        let turns = words::counted(clock.turns_lost, "turn was lost", "turns were lost");
        facts.push(Fact::new("Too late", format!("{} decisions; {turns}", words::number(clock.misses))));
    }
    if let Some(last) = report.regret.judgements.last() {
        let judged = report.regret.judgements.iter().fold(0, |count, _| count + 1);
        let decisions = words::counted(judged, "judged decision", "judged decisions");
        let (cost, possible) = (words::points(report.regret.total), words::figure(last.still_possible));
        let searched = match report.regret.searched() {
            0 => String::new(),
            searched => format!(", {searched} of them as far as it was searched"),
        };
        let at_least = if last.is_proved { "" } else { "at least " };
        facts.push(Fact::new(
            "Cost of decisions",
            format!("{cost} over {decisions}{searched}; {at_least}{possible} could still be reached"),
        ));
    }
    if let Some(agreement) = report.ensemble.agreement.filter(|share| share.is_finite()) {
        facts.push(Fact::new(
            "Agreement",
            format!("{:.0} % of the proposals named what most of them named", agreement * 100.0),
        ));
    }
    facts
}

fn answerers<'a>(calls: &[(u64, &'a Call)]) -> Vec<Answerer<'a>> {
    let mut known: BTreeMap<(Provider, &str, &str), Answerer<'a>> = BTreeMap::new();
    for &(_, call) in calls {
        let (provider, endpoint, model_asked) = (call.provider, call.endpoint.as_str(), call.model.as_str());
        let answerer = known.entry((provider, endpoint, model_asked)).or_insert_with(|| Answerer {
            provider,
            endpoint,
            model_asked,
            ..Answerer::default()
        });
        answerer.calls += 1;
        let count = match call.state {
            CallState::UnderWay => &mut answerer.under_way,
            CallState::Answered => &mut answerer.answered,
            CallState::Failed => &mut answerer.failed,
            CallState::BrokenOff => &mut answerer.broken_off,
        };
        *count += 1;
        let name = call.model_answered.as_str();
        if !name.is_empty() && !answerer.models_answered.contains(&name) {
            answerer.models_answered.push(name);
        }
    }
    known.into_values().collect()
}

/// What the calls used up, where nobody summed it up at the end.
fn counted_spending(calls: &[(u64, &Call)]) -> Spending {
    let mut lines: BTreeMap<(Provider, &str), SpendingLine> = BTreeMap::new();
    let mut spending = Spending::default();
    for (_, call) in calls {
        let (prompt, answer) = (call.prompt_tokens.unwrap_or(0), call.answer_tokens.unwrap_or(0));
        let line = lines.entry((call.provider, call.model.as_str())).or_insert_with(|| SpendingLine {
            provider: call.provider,
            model: call.model.clone(),
            ..SpendingLine::default()
        });
        line.calls += 1;
        // What a damaged file counts may be anything.
        line.prompt_tokens = line.prompt_tokens.saturating_add(prompt);
        line.answer_tokens = line.answer_tokens.saturating_add(answer);
        line.usd = call.usd.map(|usd| usd + line.usd.unwrap_or(0.0)).or(line.usd);
        spending.calls += 1;
        spending.prompt_tokens = spending.prompt_tokens.saturating_add(prompt);
        spending.answer_tokens = spending.answer_tokens.saturating_add(answer);
        spending.usd += call.usd.unwrap_or(0.0);
        spending.unpriced_calls += u64::from(call.usd.is_none());
        spending.uncounted_calls += u64::from(call.prompt_tokens.is_none() && call.answer_tokens.is_none());
    }
    spending.lines = lines.into_values().collect();
    spending
}
