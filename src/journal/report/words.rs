//! Figures and short things as words. What is not known is said to be unknown, never 0.

use serde_json::Value;

use super::text::{named, secretless};
use crate::protocol::{ActionCall, EffectStatus, Moment, Risk};

/// What one digit cannot show.
const TOO_LITTLE: f64 = 0.05;

/// `go_to {"place":"Farm"}` as *go to Farm*.
pub fn action(call: &ActionCall) -> String {
    // Secrets go before anything is changed in the text, for a changed one would not be known again.
    let mut words = secretless(&call.name).replace('_', " ");
    for (name, value) in &call.arguments {
        words.push(' ');
        match value {
            Value::String(text) => words.push_str(&named(name, text)),
            other => words.push_str(&secretless(&other.to_string())),
        }
    }
    words
}

/// `12,345`.
pub fn number(count: u64) -> String {
    let digits = count.to_string();
    let mut words = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// `1 call`, `3 calls`.
pub fn counted(count: u64, one: &str, several: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { several })
}

/// A stretch of time in the units that fit: `40 ms`, `1.4 s`, `3 min 20 s`, `2 h 5 min`.
pub fn duration(ms: u64) -> String {
    match ms {
        0..1_000 => format!("{ms} ms"),
        1_000..60_000 => format!("{:.1} s", seconds(ms)),
        60_000..3_600_000 => format!("{} min {} s", ms / 60_000, ms / 1_000 % 60),
        _ => format!("{} h {} min", number(ms / 3_600_000), ms / 60_000 % 60),
    }
}

/// The same of a time that may not be known.
pub fn known_duration(ms: Option<u64>) -> String {
    ms.map_or_else(unknown, duration)
}

/// Time since the session began: `0:12.4`, `1:02:07.0`.
pub fn since(at_ms: u64) -> String {
    let (hours, minutes) = (at_ms / 3_600_000, at_ms / 60_000 % 60);
    let (seconds, tenths) = (at_ms / 1_000 % 60, at_ms / 100 % 10);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}.{tenths}")
    } else {
        format!("{minutes}:{seconds:02}.{tenths}")
    }
}

/// A value with one digit behind the point, or three where there is nothing before it.
pub fn figure(value: f64) -> String {
    let words = match value.abs() {
        _ if !value.is_finite() => return unknown(),
        1e15.. => return format!("{value:e}"),
        1.0.. => format!("{value:.1}"),
        _ => format!("{value:.3}"),
    };
    match words.trim_end_matches('0').trim_end_matches('.') {
        "-0" => "0".to_owned(),
        words => words.to_owned(),
    }
}

/// The same of a value that may not be known.
pub fn known_figure(value: Option<f64>) -> String {
    value.map_or_else(unknown, figure)
}

/// `3.1 points`, or `nothing`.
pub fn points(cost: f64) -> String {
    if cost.is_finite() && cost < TOO_LITTLE { "nothing".to_owned() } else { format!("{} points", figure(cost)) }
}

/// `$0.12`; what is less than a cent with more digits.
pub fn dollars(usd: Option<f64>) -> String {
    let Some(usd) = usd else { return unknown() };
    match usd {
        0.01.. => format!("${usd:.2}"),
        0.0001.. => format!("${usd:.4}"),
        _ if usd > 0.0 => "less than $0.0001".to_owned(),
        _ => "$0.00".to_owned(),
    }
}

/// `0 B`, `3.4 kB`.
#[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
pub fn bytes(count: u64) -> String {
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => format!("{:.1} kB", count as f64 / 1e3),
        _ => format!("{:.1} MB", count as f64 / 1e6),
    }
}

/// `2026-09-21 14:32:05 +02:00`, by the clock of this machine.
pub fn moment(moment: Moment) -> String {
    let utc = i64::try_from(moment.0).ok().and_then(chrono::DateTime::from_timestamp_millis);
    let local = utc.map(|utc| utc.with_timezone(&chrono::Local));
    local.map_or_else(unknown, |local| local.format("%Y-%m-%d %H:%M:%S %:z").to_string())
}

/// How an action ended.
pub fn effect(status: EffectStatus) -> &'static str {
    match status {
        EffectStatus::Done => "done",
        EffectStatus::Rejected => "refused",
        EffectStatus::Failed => "failed",
        EffectStatus::Uncertain => "unclear whether it happened",
    }
}

/// How much harm an action can do.
pub fn risk(risk: Risk) -> &'static str {
    match risk {
        Risk::ReadOnly => "only looks",
        Risk::Safe => "changes only its environment",
        Risk::Destructive => "can lose something for good",
        Risk::OpenWorld => "reaches beyond its environment",
    }
}

/// A text, or that there is none.
pub fn or_none<'a>(text: &'a str, none: &'a str) -> &'a str {
    if text.trim().is_empty() { none } else { text }
}

fn unknown() -> String {
    "unknown".to_owned()
}

#[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
fn seconds(ms: u64) -> f64 {
    ms as f64 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_said_as_people_say_them() {
        assert_eq!([0, 999, 1000, 1_234_567].map(number), ["0", "999", "1,000", "1,234,567"]);
        let times = [40, 1_400, 200_000, 7_500_000].map(duration);
        assert_eq!(times, ["40 ms", "1.4 s", "3 min 20 s", "2 h 5 min"]);
        assert_eq!([12_400, 3_727_000].map(since), ["0:12.4", "1:02:07.0"]);
        let values = [87.0, 100.0, 3.12, 0.0, -0.0001, 0.25, 0.02, -7.5, f64::NAN].map(figure);
        assert_eq!(values, ["87", "100", "3.1", "0", "0", "0.25", "0.02", "-7.5", "unknown"]);
        assert_eq!(figure(f64::MAX), "1.7976931348623157e308");
        assert_eq!([0.0, 3.1].map(points), ["nothing", "3.1 points"]);
        let costs = [None, Some(0.0), Some(0.12), Some(0.0042), Some(1e-9)].map(dollars);
        assert_eq!(costs, ["unknown", "$0.00", "$0.12", "$0.0042", "less than $0.0001"]);
        assert_eq!([12, 3_400, 2_500_000].map(bytes), ["12 B", "3.4 kB", "2.5 MB"]);
        assert_eq!(moment(Moment(u64::MAX)), "unknown");
        assert_eq!(counted(1, "call", "calls"), "1 call");
    }

    #[test]
    fn an_action_is_said_in_words() {
        assert_eq!(action(&ActionCall::with("go_to", "place", "Farm")), "go to Farm");
    }
}
