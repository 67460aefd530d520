//! What adds up over a session: what its models took, what its decisions cost, how many came too late.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    protocol::{
        BudgetView, Call, CallState, ClockView, Decided, Record, RegretView, SessionFile, Snapshot, Spending,
        SpendingLine, What,
    },
    settings::{CloudMode, Provider, Settings, Strategy},
};

/// What holds for the whole session.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    pub cloud: CloudMode,
    budget: BudgetView,
    prices_as_of: String,
    /// The place could tell what a decision cost.
    is_judged: bool,
    /// As it was before the first decision.
    clock: ClockView,
    /// Where models are asked, a decision of the rules is one that no model made.
    has_models: bool,
}

impl Terms {
    pub fn of(file: &SessionFile, settings: &Settings, strategy: Strategy) -> Self {
        let report = file.report.as_ref();
        let (budget, agent) = (&settings.budget, &settings.agent);
        let own_budget = BudgetView {
            calls: (budget.calls > 0).then_some(budget.calls),
            tokens: (budget.tokens > 0).then_some(budget.tokens),
            usd: (budget.usd > 0.0).then_some(budget.usd),
        };
        let turn = std::time::Duration::try_from_secs_f64(agent.turn_s).unwrap_or_default();
        let turn_ms = if agent.world_waits { 0 } else { u64::try_from(turn.as_millis()).unwrap_or(u64::MAX) };
        let own_clock = ClockView { waits: agent.world_waits, turn_ms, ..ClockView::default() };
        let clock = report.map(|report| report.clock).filter(|clock| clock.waits || clock.turn_ms > 0);
        Self {
            cloud: settings.cloud,
            budget: report.map_or(own_budget, |report| report.spending.budget),
            prices_as_of: report.map(|report| report.spending.prices_as_of.clone()).unwrap_or_default(),
            is_judged: report.is_some_and(|report| report.regret.is_known)
                || file.records.iter().any(|record| matches!(record.what, What::Judged(_))),
            clock: clock.map_or(own_clock, |clock| ClockView {
                waits: clock.waits,
                turn_ms: clock.turn_ms,
                ..ClockView::default()
            }),
            has_models: strategy != Strategy::Heuristic,
        }
    }
}

/// Everything that adds up, over the first `seen` records.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    seen: usize,
    /// Calls that have begun and whose end has not come.
    open: BTreeSet<u64>,
    spending: Spending,
    lines: BTreeMap<(Provider, String), SpendingLine>,
    regret: RegretView,
    clock: ClockView,
}

impl Sums {
    /// Goes to where so many records have happened; back to an earlier place means adding up from the beginning.
    pub fn bring_to(&mut self, records: &[Record], seen: usize, terms: &Terms) {
        if seen < self.seen {
            *self = Self::default();
        }
        for record in &records[self.seen..seen] {
            match &record.what {
                What::Asked(call) => self.begun(call.call),
                What::CallEnded(call) => self.ended(call),
                What::Decided(decided) => self.decided(decided, terms),
                What::Judged(judgement) => self.regret.add((**judgement).clone()),
                _ => {}
            }
        }
        self.seen = seen;
    }

    pub fn draw(&self, snapshot: &mut Snapshot, terms: &Terms) {
        let lines: Vec<SpendingLine> = self.lines.values().cloned().collect();
        snapshot.spending = Spending {
            prompt_tokens: lines.iter().map(|line| line.prompt_tokens).fold(0, u64::saturating_add),
            answer_tokens: lines.iter().map(|line| line.answer_tokens).fold(0, u64::saturating_add),
            budget: terms.budget,
            prices_as_of: terms.prices_as_of.clone(),
            lines,
            ..self.spending.clone()
        };
        snapshot.regret = RegretView { is_known: terms.is_judged, ..self.regret.clone() };
        let ClockView { decisions, misses, by_rules, .. } = self.clock;
        snapshot.clock = ClockView { decisions, misses, by_rules, ..terms.clock };
    }

    fn begun(&mut self, call: u64) {
        if self.open.insert(call) {
            self.spending.calls += 1;
        }
    }

    fn ended(&mut self, call: &Call) {
        self.begun(call.call);
        self.open.remove(&call.call);
        let has_left = call.left_at_ms.is_some();
        // What never left was never asked.
        if call.state == CallState::BrokenOff && !has_left {
            self.spending.calls -= 1;
            return;
        }
        let line = self.lines.entry((call.provider, call.model.clone())).or_insert_with(|| SpendingLine {
            provider: call.provider,
            model: call.model.clone(),
            usd: Some(0.0),
            ..SpendingLine::default()
        });
        line.calls += 1;
        // Whoever refuses bills nothing.
        if call.state == CallState::Failed {
            return;
        }
        let counts = call.prompt_tokens.zip(call.answer_tokens);
        let (prompt, answer) = counts.unwrap_or_default();
        // What a server counts, or a damaged file holds, may be any number.
        line.prompt_tokens = line.prompt_tokens.saturating_add(prompt);
        line.answer_tokens = line.answer_tokens.saturating_add(answer);
        self.spending.uncounted_calls += u64::from(counts.is_none());
        // A local model costs nothing, also where it was broken off.
        let usd = call.usd.or_else(|| (call.provider == Provider::Local).then_some(0.0));
        line.usd = line.usd.zip(usd).map(|(so_far, more)| so_far + more);
        self.spending.usd += usd.unwrap_or(0.0);
        self.spending.unpriced_calls += u64::from(usd.is_none());
    }

    fn decided(&mut self, decided: &Decided, terms: &Terms) {
        let (decision, clock) = (&decided.decision, &mut self.clock);
        clock.decisions += 1;
        let is_late = !terms.clock.waits && terms.clock.turn_ms > 0 && decision.took_ms > terms.clock.turn_ms;
        clock.misses += u64::from(is_late);
        clock.by_rules += u64::from(terms.has_models && decision.by == RULES);
    }
}

/// Who decides where no model does.
const RULES: &str = "rules";
