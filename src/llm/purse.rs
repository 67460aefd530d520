//! What a session may use up, and what it has: every question is let through here, counted, and paid for. A budget that
//! would be exceeded pauses the session before the question leaves, so that nothing is lost and nothing is overdrawn.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

use super::{Answer, Ask, Brake, Format, Usage, price::Prices};
use crate::{
    protocol::{BudgetView, PauseReason, Spending, SpendingLine},
    settings::{BudgetSettings, PriceSettings, Provider},
};

/// A picture is about this many tokens for the providers that say so.
const PICTURE_TOKENS: u64 = 1600;
/// A token is seldom shorter than this, so this reserves rather too much.
const BYTES_A_TOKEN: usize = 3;

/// Says something to whoever watches the session.
pub type Say = Arc<dyn Fn(String) + Send + Sync>;

/// The budget of one session and what was used of it. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Purse(Arc<Shared>);

struct Shared {
    budget: BudgetSettings,
    prices: Prices,
    brake: Brake,
    say: Say,
    book: Mutex<Book>,
    has_settled: Notify,
}

#[derive(Default)]
struct Book {
    lines: BTreeMap<(Provider, String), Line>,
    calls: u64,
    /// What questions under way may take at the most.
    reserved: Amount,
    spent: Amount,
    unpriced_calls: u64,
    uncounted_calls: u64,
    /// How often the budget was granted: once from the start.
    grants: u64,
    is_warned: bool,
    /// Which model answers when one is asked by another name, so that its price is reserved and not that of the alias.
    answers_as: BTreeMap<(Provider, String), String>,
    /// Models of which it was said that their price is not known.
    told_unpriced: BTreeSet<(Provider, String)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Amount {
    tokens: u64,
    usd: f64,
}

#[derive(Default)]
struct Line {
    calls: u64,
    usd: f64,
    prompt_tokens: u64,
    answer_tokens: u64,
    is_unpriced: bool,
}

/// A question that was let through. Dropped before it has left, it was never asked; dropped after, it has taken what it
/// can take at the most, because the provider bills what it had done and nobody tells how much.
pub struct Receipt {
    purse: Purse,
    provider: Provider,
    model: String,
    reserved: Amount,
    stage: Stage,
}

/// How far a question has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Held,
    Left,
    Settled,
}

/// Why a question is not let through now.
enum Held {
    /// The budget would be exceeded by it; the words say which one.
    Spent(String),
    /// Questions under way may leave enough.
    Later,
}

impl Purse {
    /// `say` hears the warning before the end of the budget.
    pub fn new(budget: BudgetSettings, prices: Vec<PriceSettings>, brake: Brake, say: Say) -> Self {
        let book = Mutex::new(Book { grants: 1, ..Book::default() });
        let prices = Prices::with(prices);
        Self(Arc::new(Shared { budget, prices, brake, say, book, has_settled: Notify::new() }))
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The most tokens that a question can take: its words, its shape, its pictures and the longest answer.
    pub fn most_tokens(ask: &Ask) -> u64 {
        let shape = match &ask.format {
            Format::Text => 0,
            Format::Json { schema, .. } => schema.to_string().len(),
        };
        let tools = ask.tools.iter().map(|tool| tool.description.len() + tool.input_schema.to_string().len());
        let turns = ask.turns.iter().map(super::Turn::size);
        let bytes = ask.system.len() + shape + tools.sum::<usize>() + turns.sum::<usize>();
        (bytes / BYTES_A_TOKEN) as u64 + ask.pictures.len() as u64 * PICTURE_TOKENS + u64::from(ask.answer_tokens)
    }

    /// What the question can take at the most. Of an unknown price nothing can be reserved, and that is said.
    fn most(&self, provider: Provider, model: &str, ask: &Ask) -> Amount {
        let tokens = Self::most_tokens(ask);
        let usage = Usage {
            prompt_tokens: Some(tokens.saturating_sub(u64::from(ask.answer_tokens))),
            answer_tokens: Some(u64::from(ask.answer_tokens)),
            ..Usage::default()
        };
        let known_as = self.book().answers_as.get(&(provider, model.to_owned())).cloned();
        let usd = self.cost_usd(provider, known_as.as_deref().unwrap_or(model), &usage);
        if usd.is_none() && self.0.budget.usd > 0.0 && self.book().told_unpriced.insert((provider, model.to_owned())) {
            (self.0.say)(format!(
                "What {model} costs is not known, so the budget of ${} does not hold for it; one of calls or tokens does",
                self.0.budget.usd
            ));
        }
        Amount { tokens, usd: usd.unwrap_or(0.0) }
    }

    /// True if the question could be asked now without waiting and without pausing the session.
    pub fn has_room_for(&self, provider: Provider, model: &str, ask: &Ask) -> bool {
        let wanted = self.most(provider, model, ask);
        !self.0.brake.is_on() && self.book().has_room(wanted, &self.0.budget).is_ok()
    }

    /// Waits until the question may be asked: while the session is paused, and while questions under way may use up what
    /// is left. Pauses the session if the budget is too small for it.
    pub async fn admit(&self, provider: Provider, model: &str, ask: &Ask) -> Receipt {
        let wanted = self.most(provider, model, ask);
        loop {
            self.0.brake.passed().await;
            let settled = self.0.has_settled.notified();
            tokio::pin!(settled);
            settled.as_mut().enable();
            let held = self.book().admit(wanted, &self.0.budget);
            match held {
                Ok(()) => return self.receipt(provider, model, wanted),
                Err(Held::Spent(why)) => {
                    self.0.brake.pull(PauseReason::Budget { words: why });
                }
                Err(Held::Later) => settled.await,
            }
        }
    }

    /// True while a person has paused the session. Where the budget did, whoever was let through may still leave.
    pub fn is_held(&self) -> bool {
        self.0.brake.why().is_some_and(|why| !matches!(why, PauseReason::Budget { .. }))
    }

    fn receipt(&self, provider: Provider, model: &str, reserved: Amount) -> Receipt {
        self.warn();
        Receipt { purse: self.clone(), provider, model: model.to_owned(), reserved, stage: Stage::Held }
    }

    /// Grants the whole budget once more.
    pub fn grant_again(&self) {
        let mut book = self.book();
        book.grants += 1;
        book.is_warned = false;
    }

    /// What a call costs; `None` where the price or the tokens are not known.
    pub fn cost_usd(&self, provider: Provider, model: &str, usage: &Usage) -> Option<f64> {
        self.0.prices.find(provider, model)?.cost_usd(usage)
    }

    fn warn(&self) {
        let mut book = self.book();
        let Some((used, most)) = book.nearest(&self.0.budget).filter(|_| !book.is_warned) else { return };
        book.is_warned = true;
        drop(book);
        (self.0.say)(format!("The budget of this session is nearly used up: {used} of {most}; it will pause there"));
    }

    /// Everything that was used up so far.
    pub fn read(&self) -> Spending {
        let book = self.book();
        let line = |((provider, model), line): (&(Provider, String), &Line)| SpendingLine {
            provider: *provider,
            model: model.clone(),
            calls: line.calls,
            prompt_tokens: line.prompt_tokens,
            answer_tokens: line.answer_tokens,
            usd: (!line.is_unpriced).then_some(line.usd),
        };
        let (budget, grants) = (&self.0.budget, book.grants);
        let sum = |of: fn(&Line) -> u64| book.lines.values().map(of).sum();
        Spending {
            calls: book.calls,
            prompt_tokens: sum(|line| line.prompt_tokens),
            answer_tokens: sum(|line| line.answer_tokens),
            usd: book.spent.usd,
            unpriced_calls: book.unpriced_calls,
            uncounted_calls: book.uncounted_calls,
            budget: BudgetView {
                calls: (budget.calls > 0).then_some(budget.calls * grants),
                tokens: (budget.tokens > 0).then_some(budget.tokens * grants),
                usd: (budget.usd > 0.0).then(|| budget.usd * times(grants)),
            },
            prices_as_of: self.0.prices.as_of().to_owned(),
            lines: book.lines.iter().map(line).collect(),
        }
    }
}

impl Book {
    fn admit(&mut self, wanted: Amount, budget: &BudgetSettings) -> Result<(), Held> {
        self.has_room(wanted, budget)?;
        self.calls += 1;
        self.reserved.tokens += wanted.tokens;
        self.reserved.usd += wanted.usd;
        Ok(())
    }

    fn has_room(&self, wanted: Amount, budget: &BudgetSettings) -> Result<(), Held> {
        let grants = self.grants;
        if budget.calls > 0 && self.calls >= budget.calls * grants {
            return Err(Held::Spent(format!("The budget of {} calls is used up", budget.calls * grants)));
        }
        let (tokens, usd) = (budget.tokens * grants, budget.usd * times(grants));
        // Of the tokens that are left nobody else may have reserved any, or this question comes after theirs.
        if tokens > 0 {
            if self.spent.tokens + wanted.tokens > tokens {
                return Err(Held::Spent(format!(
                    "The next question may take {} tokens, and of {tokens} in the budget {} are used",
                    wanted.tokens, self.spent.tokens
                )));
            }
            if self.spent.tokens + self.reserved.tokens + wanted.tokens > tokens {
                return Err(Held::Later);
            }
        }
        if usd > 0.0 && self.spent.usd >= usd {
            return Err(Held::Spent(format!("The budget of ${usd} is used up")));
        }
        if usd > 0.0 && wanted.usd > 0.0 {
            if self.spent.usd + wanted.usd > usd {
                return Err(Held::Spent(format!(
                    "The next question may cost ${:.4}, and of ${usd} in the budget ${:.4} are used",
                    wanted.usd, self.spent.usd
                )));
            }
            if self.spent.usd + self.reserved.usd + wanted.usd > usd {
                return Err(Held::Later);
            }
        }
        Ok(())
    }

    /// The limit that is used up to the share at which a warning is given, as used and most.
    fn nearest(&self, budget: &BudgetSettings) -> Option<(String, String)> {
        let grants = times(self.grants);
        let is_near = |used: f64, most: f64| most > 0.0 && used >= most * grants * budget.warn_at;
        if is_near(self.spent.usd, budget.usd) {
            return Some((format!("${:.2}", self.spent.usd), format!("${:.2}", budget.usd * grants)));
        }
        if is_near(times(self.spent.tokens), times(budget.tokens)) {
            return Some((self.spent.tokens.to_string(), format!("{} tokens", budget.tokens * self.grants)));
        }
        is_near(times(self.calls), times(budget.calls))
            .then(|| (self.calls.to_string(), format!("{} calls", budget.calls * self.grants)))
    }
}

impl Receipt {
    /// The question leaves now.
    pub fn leave(&mut self) {
        self.stage = Stage::Left;
    }

    /// It did not leave after all.
    pub fn stay(&mut self) {
        self.stage = Stage::Held;
    }

    /// Pays for an answer; gives what it cost where that is known.
    pub fn settle(mut self, answer: &Answer) -> Option<f64> {
        self.stage = Stage::Settled;
        let usage = &answer.usage;
        let counts = usage.prompt_tokens.zip(usage.answer_tokens);
        // A model that was replaced, and an alias, are billed as the model that answers in their place.
        let answered = &answer.by.model_answered;
        let usd = self
            .purse
            .cost_usd(self.provider, answered, usage)
            .or_else(|| self.purse.cost_usd(self.provider, &self.model, usage))
            // Without a count, the most it can have taken is what is certain not to be too little.
            .or_else(|| Some(self.reserved.usd).filter(|usd| counts.is_none() && *usd > 0.0));
        let mut book = self.purse.book();
        book.give_back(self.reserved);
        book.spent.tokens += counts.map_or(self.reserved.tokens, |(prompt, answered)| prompt + answered);
        book.spent.usd += usd.unwrap_or(0.0);
        book.uncounted_calls += u64::from(counts.is_none());
        book.unpriced_calls += u64::from(usd.is_none());
        if !answered.is_empty() && *answered != self.model {
            book.answers_as.insert((self.provider, self.model.clone()), answered.clone());
        }
        let (prompt, answered) = counts.unwrap_or_default();
        let line = book.line(self.provider, &self.model);
        line.is_unpriced |= usd.is_none();
        line.calls += 1;
        line.usd += usd.unwrap_or(0.0);
        line.prompt_tokens += prompt;
        line.answer_tokens += answered;
        drop(book);
        self.purse.0.has_settled.notify_waiters();
        self.purse.warn();
        usd
    }

    /// It was refused or never got there: providers bill nothing for that. The call counts all the same.
    pub fn refused(mut self) {
        self.stage = Stage::Settled;
        let mut book = self.purse.book();
        book.give_back(self.reserved);
        book.line(self.provider, &self.model).calls += 1;
        drop(book);
        self.purse.0.has_settled.notify_waiters();
    }

    /// It came to nothing after the provider had begun to work on it.
    fn broken_off(&self) {
        let is_unpriced = self.purse.0.prices.find(self.provider, &self.model).is_none() && self.reserved.usd == 0.0;
        let mut book = self.purse.book();
        book.give_back(self.reserved);
        book.spent.tokens += self.reserved.tokens;
        book.spent.usd += self.reserved.usd;
        book.uncounted_calls += 1;
        book.unpriced_calls += u64::from(is_unpriced);
        let line = book.line(self.provider, &self.model);
        line.calls += 1;
        line.usd += self.reserved.usd;
        line.is_unpriced |= is_unpriced;
    }
}

impl Drop for Receipt {
    fn drop(&mut self) {
        match self.stage {
            Stage::Settled => return,
            Stage::Left => self.broken_off(),
            Stage::Held => {
                let mut book = self.purse.book();
                book.give_back(self.reserved);
                book.calls -= 1;
            }
        }
        self.purse.0.has_settled.notify_waiters();
    }
}

impl Book {
    fn give_back(&mut self, reserved: Amount) {
        self.reserved.tokens = self.reserved.tokens.saturating_sub(reserved.tokens);
        self.reserved.usd = (self.reserved.usd - reserved.usd).max(0.0);
    }

    fn line(&mut self, provider: Provider, model: &str) -> &mut Line {
        self.lines.entry((provider, model.to_owned())).or_default()
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of calls and tokens are far below 2^52")]
fn times(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests;
