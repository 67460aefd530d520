//! Where models may run, what they cost and how they stand, as words. What is not known is said to be unknown, never 0.

use super::{count, decimal};
use crate::{
    protocol::{Moment, Narration, ProviderView, Spending, StandingView},
    settings::{CloudMode, Provider, Strategy},
    ui::catalogue::{said, say},
};

/// Less than so many dollars is not told exactly.
const HARDLY: f64 = 0.0001;

/// From the closest to the farthest.
pub const CLOUD_MODES: [CloudMode; 4] =
    [CloudMode::LocalOnly, CloudMode::LocalFirst, CloudMode::CloudFirst, CloudMode::CloudOnly];

/// Where models may run, and what that means.
pub fn cloud_mode(mode: CloudMode) -> String {
    match mode {
        CloudMode::LocalOnly => say!("minds-local-only"),
        CloudMode::LocalFirst => say!("minds-local-first"),
        CloudMode::CloudFirst => say!("minds-cloud-first"),
        CloudMode::CloudOnly => say!("minds-cloud-only"),
    }
}

/// Who plays the parts of a way of thinking, where that needs saying.
pub fn parts_played(strategy: Strategy, mode: CloudMode) -> Option<String> {
    if strategy == Strategy::Heuristic {
        return None;
    }
    match (strategy.is_made_for_cloud(), mode) {
        (true, CloudMode::LocalOnly) => Some(say!("minds-parts-local-only")),
        (false, CloudMode::LocalOnly) => None,
        (_, CloudMode::LocalFirst) => Some(say!("minds-parts-local-first")),
        (_, CloudMode::CloudFirst) => Some(say!("minds-parts-cloud-first")),
        (_, CloudMode::CloudOnly) => Some(say!("minds-parts-cloud-only")),
    }
}

/// Who runs a model, or a tool.
pub fn provider(provider: Provider) -> String {
    match provider {
        Provider::Local => say!("minds-provider-local"),
        Provider::Gemini | Provider::Claude => provider.title().to_owned(),
        Provider::Tools => say!("minds-provider-tools"),
    }
}

/// `1 call`, `3 calls`.
pub fn counted(count: u64, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// `14 of 60`, or only `14` where there is no limit.
pub fn at_most(count: u64, most: u64) -> String {
    if most == 0 { self::count(count) } else { say!("minds-at-most", count = count, most = most) }
}

/// `$0.12`; what is less than a cent with more digits.
pub fn dollars(usd: f64) -> String {
    match usd {
        0.01.. => say!("minds-dollars", usd = decimal(usd, 2)),
        HARDLY.. => say!("minds-dollars", usd = decimal(usd, 4)),
        _ if usd > 0.0 => say!("minds-hardly-a-dollar", usd = decimal(HARDLY, 4)),
        _ => say!("minds-dollars", usd = decimal(0.0, 2)),
    }
}

/// What one thing cost.
pub fn cost(usd: Option<f64>) -> String {
    usd.map_or_else(|| say!("minds-unknown"), dollars)
}

/// A number that a server may not have told.
pub fn known(number: Option<u64>) -> String {
    number.map_or_else(|| say!("minds-unknown"), count)
}

/// What a session has cost, in a few words: `$0.12`, `at least $0.12` or `unknown`.
pub fn spent_shortly(spending: &Spending) -> String {
    match spending.unpriced_calls {
        0 => dollars(spending.usd),
        _ if spending.usd > 0.0 => say!("minds-at-least", cost = dollars(spending.usd)),
        _ => say!("minds-unknown"),
    }
}

/// The same with how many calls nobody knows the price of.
pub fn spent(spending: &Spending) -> String {
    let shortly = spent_shortly(spending);
    match spending.unpriced_calls {
        0 => shortly,
        calls => say!("minds-spent-unpriced", cost = shortly, calls = calls),
    }
}

/// True where money is spent, or may be.
pub fn costs_money(spending: &Spending) -> bool {
    spending.usd > 0.0 || spending.lines.iter().any(|line| line.provider != Provider::Local && line.calls > 0)
}

/// Calls and tokens.
pub fn used_up(spending: &Spending) -> String {
    let Spending { calls, prompt_tokens: prompts, answer_tokens: answers, uncounted_calls, .. } = *spending;
    match (calls, uncounted_calls) {
        (0, _) => say!("minds-nobody-asked"),
        (_, 0) => say!("minds-used-up", calls = calls, prompts = prompts, answers = answers),
        (_, uncounted) => {
            say!("minds-used-up-uncounted", calls = calls, prompts = prompts, answers = answers, uncounted = uncounted,)
        }
    }
}

/// Whether a provider is asked, and until when not.
pub fn standing(standing: &StandingView, now: Moment) -> String {
    match standing {
        StandingView::Ready => say!("minds-ready"),
        StandingView::Paused { until, why } => {
            say!("minds-left-alone", time = until.clock(now), why = said(why))
        }
        StandingView::Absent { why } => say!("minds-absent", why = said(why)),
    }
}

/// How busy a provider is, beside its limits.
pub fn busy(view: &ProviderView) -> String {
    let under_way = at_most(view.under_way, view.at_once);
    let requests = at_most(view.requests_in_minute, view.requests_per_minute);
    let tokens = at_most(view.tokens_in_minute, view.tokens_per_minute);
    match view.waiting {
        0 => say!("minds-busy", under_way = under_way, requests = requests, tokens = tokens),
        waiting => {
            say!("minds-busy-waiting", under_way = under_way, waiting = waiting, requests = requests, tokens = tokens,)
        }
    }
}

/// Who said something, and when.
pub fn narrated_by(narration: &Narration) -> String {
    say!("minds-narrated-by", by = narration.by.as_str(), step = narration.step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::{
        catalogue::{Language, speak},
        words::{duration, percent},
    };

    #[test]
    fn a_price_that_nobody_knows_is_never_zero() {
        let spending = |usd, unpriced_calls| Spending { calls: 5, usd, unpriced_calls, ..Spending::default() };
        assert_eq!(cost(None), "unknown");
        assert_eq!(spent(&spending(0.0, 0)), "$0.00");
        assert_eq!(spent(&spending(0.123, 0)), "$0.12");
        assert_eq!(spent(&spending(0.12, 3)), "at least $0.12; 3 calls of unknown price");
        assert_eq!(spent(&spending(0.0, 1)), "unknown; 1 call of unknown price");
        assert_eq!(dollars(0.0042), "$0.0042");
        assert_eq!(dollars(0.000_001), "less than $0.0001");
    }

    #[test]
    fn limits_are_said_only_where_there_are_some() {
        let free = ProviderView { under_way: 2, requests_in_minute: 14, ..ProviderView::default() };
        assert_eq!(busy(&free), "2 under way; in the last minute 14 requests and 0 tokens");
        let bound = ProviderView { at_once: 10, waiting: 3, requests_per_minute: 60, tokens_per_minute: 900, ..free };
        let words = "2 of 10 under way, 3 waiting; in the last minute 14 of 60 requests and 0 of 900 tokens";
        assert_eq!(busy(&bound), words);
        let long = ProviderView { tokens_in_minute: 12_345, ..ProviderView::default() };
        assert_eq!(busy(&long), "0 under way; in the last minute 0 requests and 12,345 tokens");
    }

    #[test]
    fn in_german_figures_have_a_comma_and_dollars_stand_behind() {
        speak(Language::German);
        assert_eq!((duration(1400).as_str(), percent(0.75).as_str()), ("1,4\u{a0}s", "75\u{a0}%"));
        assert_eq!(
            (dollars(0.123).as_str(), dollars(0.000_001).as_str()),
            ("0,12\u{a0}$", "weniger als 0,0001\u{a0}$")
        );
        assert_eq!(provider(Provider::Tools), "Werkzeug-Server");
        speak(Language::English);
        assert_eq!((duration(1400).as_str(), provider(Provider::Claude).as_str()), ("1.4\u{a0}s", "Claude"));
    }

    #[test]
    fn calls_and_tokens_are_counted_properly() {
        let one = Spending { calls: 1, prompt_tokens: 500, answer_tokens: 20, ..Spending::default() };
        assert_eq!(used_up(&one), "1 call, 500 tokens of prompts and 20 of answers");
        let many = Spending { prompt_tokens: 1_234_567, ..one.clone() };
        assert_eq!(used_up(&many), "1 call, 1,234,567 tokens of prompts and 20 of answers");
        assert_eq!([known(None), known(Some(12_345))], ["unknown", "12,345"]);
        let words = "1 call, 500 tokens of prompts and 20 of answers; the tokens of 1 call are unknown";
        assert_eq!(used_up(&Spending { uncounted_calls: 1, ..one }), words);
        assert_eq!(used_up(&Spending::default()), "No model was asked");
    }
}
