//! What an answer costs: the publishers' list prices, which come with the program as `assets/prices.toml`, and the
//! user's own prices, which come first. Discounts for what a provider kept in its cache are not counted.

use serde::Deserialize;

use crate::{
    llm::Usage,
    settings::{PriceSettings, Provider},
};

const FILE: &str = include_str!("../../assets/prices.toml");

/// All prices that are known: the user's own, and the list that comes with the program.
#[derive(Debug, Default)]
pub struct Prices {
    own: Vec<PriceSettings>,
    list: PriceList,
}

/// What a model costs, in US dollars per million tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Price {
    pub input_per_million: f64,
    /// Reasoning is paid like the rest of the answer.
    pub output_per_million: f64,
    /// Another price for long prompts.
    pub tier: Option<Tier>,
}

/// What a whole request costs whose prompt is longer than a bound, in US dollars per million tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tier {
    pub above_prompt_tokens: u64,
    pub input_per_million: f64,
    pub output_per_million: f64,
}

impl Price {
    /// Models of one's own machines.
    pub const FREE: Self = Self { input_per_million: 0.0, output_per_million: 0.0, tier: None };

    /// US dollars for one answer; `None` where the server did not tell both counts, for unknown is not zero. Only what
    /// is free needs no counts.
    #[expect(clippy::cast_precision_loss, reason = "counts of tokens are far below 2^53")]
    pub fn cost_usd(&self, usage: &Usage) -> Option<f64> {
        if *self == Self::FREE {
            return Some(0.0);
        }
        let (prompt_tokens, answer_tokens) = (usage.prompt_tokens?, usage.answer_tokens?);
        let (input_per_million, output_per_million) = match self.tier {
            Some(tier) if prompt_tokens > tier.above_prompt_tokens => (tier.input_per_million, tier.output_per_million),
            _ => (self.input_per_million, self.output_per_million),
        };
        Some((prompt_tokens as f64 * input_per_million + answer_tokens as f64 * output_per_million) / 1e6)
    }
}

impl Prices {
    /// The user's own prices before those of the list. A broken list, which a test excludes, is an empty one: no price is
    /// better than no program.
    pub fn with(own: Vec<PriceSettings>) -> Self {
        Self { own, list: toml::from_str(FILE).unwrap_or_default() }
    }

    /// The price of a model today; `None` where nothing is known of it.
    pub fn find(&self, provider: Provider, model: &str) -> Option<Price> {
        let model = model.strip_prefix("models/").unwrap_or(model);
        let is_meant = |own: &&PriceSettings| own.provider == provider && is_named(model, &own.model);
        if let Some(own) = self.own.iter().filter(is_meant).max_by_key(|own| own.model.len()) {
            let PriceSettings { input_per_million, output_per_million, .. } = *own;
            return Some(Price { input_per_million, output_per_million, tier: None });
        }
        match provider {
            Provider::Local | Provider::Tools => Some(Price::FREE),
            Provider::Gemini | Provider::Claude => self.list.find(provider, model, &today()),
        }
    }

    /// The day of the list, as `YYYY-MM-DD`; empty if there is none.
    pub fn as_of(&self) -> &str {
        &self.list.as_of
    }
}

/// True for the name itself and for the same with a date, a version or a variant behind it.
fn is_named(model: &str, beginning: &str) -> bool {
    model.strip_prefix(beginning).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '@', ':']))
}

/// True for a model of the same family that came after the list: `claude-opus-5-6` is not `claude-opus-5`, and what it
/// costs is not known. A version has one or two digits, a date or a build has more.
fn is_newer(model: &str, listed: &str) -> bool {
    let rest = model.strip_prefix(listed).and_then(|rest| rest.strip_prefix('-')).unwrap_or_default();
    let version = rest.split(['-', '@', ':']).next().unwrap_or_default();
    matches!(version.len(), 1 | 2) && version.bytes().all(|byte| byte.is_ascii_digit())
}

#[derive(Debug, Default, Deserialize)]
struct PriceList {
    as_of: String,
    #[serde(rename = "price")]
    entries: Vec<Entry>,
}

/// One model in the file; every price is in US dollars per million tokens.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    provider: Provider,
    /// The beginning of its name.
    model: String,
    input_per_million: f64,
    output_per_million: f64,
    above_prompt_tokens: Option<u64>,
    input_above: Option<f64>,
    output_above: Option<f64>,
    /// The first day of another price, as `YYYY-MM-DD`.
    changes_on: Option<String>,
    input_then: Option<f64>,
    output_then: Option<f64>,
}

impl PriceList {
    fn find(&self, provider: Provider, model: &str, day: &str) -> Option<Price> {
        let is_meant = |entry: &&Entry| {
            entry.provider == provider && is_named(model, &entry.model) && !is_newer(model, &entry.model)
        };
        self.entries.iter().filter(is_meant).max_by_key(|entry| entry.model.len()).map(|entry| entry.price_on(day))
    }
}

impl Entry {
    /// Days written as `YYYY-MM-DD` follow each other like text.
    fn price_on(&self, day: &str) -> Price {
        let has_changed = self.changes_on.as_deref().is_some_and(|first_day| first_day <= day);
        let then = self.input_then.zip(self.output_then).filter(|_| has_changed);
        let (input_per_million, output_per_million) = then.unwrap_or((self.input_per_million, self.output_per_million));
        let above = self.input_above.zip(self.output_above);
        let tier = self.above_prompt_tokens.zip(above).map(|(above_prompt_tokens, (input, output))| Tier {
            above_prompt_tokens,
            input_per_million: input,
            output_per_million: output,
        });
        Price { input_per_million, output_per_million, tier }
    }
}

fn today() -> String {
    chrono::Utc::now().format("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn price(provider: Provider, model: &str) -> Option<Price> {
        Prices::with(Vec::new()).find(provider, model)
    }

    fn usage(prompt_tokens: impl Into<Option<u64>>, answer_tokens: impl Into<Option<u64>>) -> Usage {
        Usage { prompt_tokens: prompt_tokens.into(), answer_tokens: answer_tokens.into(), reasoning_tokens: None }
    }

    fn listed(provider: Provider, model: &str) -> Option<(f64, f64)> {
        price(provider, model).map(|price| (price.input_per_million, price.output_per_million))
    }

    fn own(provider: Provider, model: &str, input_per_million: f64) -> PriceSettings {
        PriceSettings { provider, model: model.into(), input_per_million, output_per_million: 1.0 }
    }

    #[test]
    fn every_entry_of_the_file_is_sound() {
        let (list, table): (PriceList, toml::Table) = (toml::from_str(FILE).unwrap(), FILE.parse().unwrap());
        let prices = Prices::with(Vec::new());
        assert_eq!((table["currency"].as_str(), prices.as_of()), (Some("USD"), list.as_of.as_str()));
        assert!(list.entries.len() > 20 && list.as_of.len() == 10 && list.as_of.as_str() > "2026-01-01");
        let mut names = std::collections::HashSet::new();
        for entry in &list.entries {
            let name = entry.model.as_str();
            assert!(names.insert(name) && name.starts_with(entry.provider.name()), "{name}");
            let above = [entry.above_prompt_tokens.map(|_| 1.0), entry.input_above, entry.output_above];
            let day = entry.changes_on.as_deref();
            let then = [day.map(|_| 1.0), entry.input_then, entry.output_then];
            for group in [above, then] {
                assert!(group.iter().all(Option::is_some) || group.iter().all(Option::is_none), "{name}");
            }
            let always = [Some(entry.input_per_million), Some(entry.output_per_million), None];
            let mut prices = [always, above, then].into_iter().flatten().flatten();
            assert!(prices.all(|price| price > 0.0 && price.is_finite()), "{name}");
            assert!(day.is_none_or(|day| day.len() == 10 && day > list.as_of.as_str()), "{name}");
        }
    }

    #[test]
    fn a_model_is_found_by_the_longest_beginning_of_its_name() {
        assert_eq!(listed(Provider::Claude, "claude-opus-5"), Some((5.0, 25.0)));
        assert_eq!(listed(Provider::Claude, "claude-opus-5-5"), Some((4.0, 20.0)));
        assert_eq!(listed(Provider::Claude, "claude-sonnet-4-5-20250929"), Some((3.0, 15.0)));
        assert_eq!(listed(Provider::Claude, "claude-sonnet-4-5@20250929"), Some((3.0, 15.0)));
        assert_eq!(listed(Provider::Gemini, "models/gemini-3.5-flash"), Some((1.5, 9.0)));
        assert_eq!(listed(Provider::Gemini, "gemini-3.5-flash-lite-001"), Some((0.3, 2.5)));
    }

    #[test]
    fn what_is_not_listed_is_unknown() {
        for model in [
            "claude-opus-55",
            "claude-opus-5-6",
            "claude-haiku-5-5-1",
            "claude-sonnet-9",
            "gemini-3.5-flash",
            "claude",
            "",
        ] {
            assert_eq!(price(Provider::Claude, model), None, "{model}");
        }
        assert_eq!(price(Provider::Gemini, "gemini-flash-latest"), None);
        assert_eq!(price(Provider::Local, "qwen/qwen3.6-35b-a3b"), Some(Price::FREE));
        assert!(PriceList::default().find(Provider::Claude, "claude-opus-5", "2026-11-25").is_none());
    }

    #[test]
    fn a_long_prompt_makes_the_whole_request_dearer() {
        let haiku = price(Provider::Claude, "claude-haiku-5-5").unwrap();
        let cost = |prompt_tokens| haiku.cost_usd(&usage(prompt_tokens, 10_000));
        assert_eq!((cost(100_000), cost(200_000)), (Some(0.015), Some(0.125)));
    }

    #[test]
    fn an_announced_price_holds_from_its_day_on() {
        let list = Prices::with(Vec::new()).list;
        let flash = |day| list.find(Provider::Gemini, "gemini-3.8-flash", day).unwrap().output_per_million;
        assert_eq!((flash("2026-12-31"), flash("2027-01-01"), flash("2028-02-29")), (3.75, 7.5, 7.5));
    }

    #[test]
    fn without_counts_the_cost_is_unknown_unless_it_is_free() {
        let opus = price(Provider::Claude, "claude-opus-5-5").unwrap();
        assert_eq!(opus.cost_usd(&usage(1_000_000, 500_000)), Some(14.0));
        for usage in [usage(None, None), usage(7, None), usage(None, 7)] {
            assert_eq!((opus.cost_usd(&usage), Price::FREE.cost_usd(&usage)), (None, Some(0.0)));
        }
    }

    #[test]
    fn the_users_own_price_comes_first() {
        let prices = Prices::with(vec![
            own(Provider::Gemini, "claude-opus", 9.0),
            own(Provider::Claude, "claude-opus", 1.0),
            own(Provider::Claude, "claude-opus-5-5", 2.0),
            own(Provider::Local, "qwen", 0.5),
        ]);
        let input = |provider, model| prices.find(provider, model).map(|price| price.input_per_million);
        assert_eq!(input(Provider::Claude, "claude-opus-5-5-20260922"), Some(2.0));
        assert_eq!(input(Provider::Claude, "claude-opus-4-8"), Some(1.0));
        assert_eq!(input(Provider::Claude, "claude-haiku-4-5"), Some(1.0));
        assert_eq!((input(Provider::Local, "qwen-7b"), input(Provider::Local, "gemma")), (Some(0.5), Some(0.0)));
    }
}
