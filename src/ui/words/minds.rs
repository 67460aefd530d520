//! Where models may run, what they cost and how they stand, as words. What is not known is said to be unknown, never 0.

use crate::{
    protocol::{Moment, Narration, ProviderView, Spending, StandingView},
    settings::{CloudMode, Provider, Strategy},
};

/// From the closest to the farthest.
pub const CLOUD_MODES: [CloudMode; 4] =
    [CloudMode::LocalOnly, CloudMode::LocalFirst, CloudMode::CloudFirst, CloudMode::CloudOnly];

/// Where models may run, and what that means.
pub fn cloud_mode(mode: CloudMode) -> &'static str {
    match mode {
        CloudMode::LocalOnly => "Local only: nothing leaves this machine and the hosts that are your own",
        CloudMode::LocalFirst => "Local first: the cloud steps in where local models fail",
        CloudMode::CloudFirst => "Cloud first: local models step in where the cloud fails",
        CloudMode::CloudOnly => "Cloud only: no local server is asked",
    }
}

/// Who plays the parts of a way of thinking, where that needs saying.
pub fn parts_played(strategy: Strategy, mode: CloudMode) -> Option<&'static str> {
    if strategy == Strategy::Heuristic {
        return None;
    }
    match (strategy.is_made_for_cloud(), mode) {
        (true, CloudMode::LocalOnly) => {
            Some("Only local models are allowed, so local models play its parts; change that under Setup")
        }
        (false, CloudMode::LocalOnly) => None,
        (_, CloudMode::LocalFirst) => {
            Some("Local models are asked first; where they fail, Gemini and Claude see what the agent sees")
        }
        (_, CloudMode::CloudFirst) => {
            Some("Gemini and Claude are asked first and see what the agent sees; where they fail, local models answer")
        }
        (_, CloudMode::CloudOnly) => {
            Some("No local server is asked: Gemini and Claude play every part and see what the agent sees")
        }
    }
}

/// `1 call`, `3 calls`.
pub fn counted(count: u64, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// `14 of 60`, or only `14` where there is no limit.
pub fn at_most(count: u64, most: u64) -> String {
    if most == 0 { count.to_string() } else { format!("{count} of {most}") }
}

/// `1.4 s`.
pub fn duration(ms: u64) -> String {
    format!("{:.1} s", super::seconds(ms))
}

/// A share of 0 to 1 as `75 %`.
pub fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// `$0.12`; what is less than a cent with more digits.
pub fn dollars(usd: f64) -> String {
    match usd {
        0.01.. => format!("${usd:.2}"),
        0.0001.. => format!("${usd:.4}"),
        _ if usd > 0.0 => "less than $0.0001".to_owned(),
        _ => "$0.00".to_owned(),
    }
}

/// What one thing cost.
pub fn cost(usd: Option<f64>) -> String {
    usd.map_or_else(|| "unknown".to_owned(), dollars)
}

/// A number that a server may not have told.
pub fn known(count: Option<u64>) -> String {
    count.map_or_else(|| "unknown".to_owned(), |count| count.to_string())
}

/// What a session has cost, in a few words: `$0.12`, `at least $0.12` or `unknown`.
pub fn spent_shortly(spending: &Spending) -> String {
    match spending.unpriced_calls {
        0 => dollars(spending.usd),
        _ if spending.usd > 0.0 => format!("at least {}", dollars(spending.usd)),
        _ => "unknown".to_owned(),
    }
}

/// The same with how many calls nobody knows the price of.
pub fn spent(spending: &Spending) -> String {
    let shortly = spent_shortly(spending);
    match spending.unpriced_calls {
        0 => shortly,
        calls => format!("{shortly}; {} of unknown price", counted(calls, "call", "calls")),
    }
}

/// True where money is spent, or may be.
pub fn costs_money(spending: &Spending) -> bool {
    spending.usd > 0.0 || spending.lines.iter().any(|line| line.provider != Provider::Local && line.calls > 0)
}

/// Calls and tokens.
pub fn used_up(spending: &Spending) -> String {
    if spending.calls == 0 {
        return "No model was asked".to_owned();
    }
    let calls = counted(spending.calls, "call", "calls");
    let uncounted = match spending.uncounted_calls {
        0 => String::new(),
        calls => format!("; the tokens of {} are unknown", counted(calls, "call", "calls")),
    };
    let Spending { prompt_tokens, answer_tokens, .. } = spending;
    format!("{calls}, {prompt_tokens} tokens of prompts and {answer_tokens} of answers{uncounted}")
}

/// Whether a provider is asked, and until when not.
pub fn standing(standing: &StandingView, now: Moment) -> String {
    match standing {
        StandingView::Ready => "Ready".to_owned(),
        StandingView::Paused { until, why } => format!("Left alone until {}: {why}", until.clock(now)),
        StandingView::Absent { why } => format!("Not there: {why}"),
    }
}

/// How busy a provider is, beside its limits.
pub fn busy(view: &ProviderView) -> String {
    let under_way = at_most(view.under_way, view.at_once);
    let waiting = if view.waiting == 0 { String::new() } else { format!(", {} waiting", view.waiting) };
    let requests = at_most(view.requests_in_minute, view.requests_per_minute);
    let tokens = at_most(view.tokens_in_minute, view.tokens_per_minute);
    format!("{under_way} under way{waiting}; in the last minute {requests} requests and {tokens} tokens")
}

/// Who said something, and when.
pub fn narrated_by(narration: &Narration) -> String {
    format!("{}, step {}", narration.by, narration.step)
}

#[cfg(test)]
mod tests {
    use super::*;

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
    }
}
