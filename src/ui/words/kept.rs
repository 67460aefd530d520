//! Past sessions as words: when they were, what became of them, what the journal holds, and what stands on a timeline.

mod chain;

use chrono::{DateTime, Local};

use super::{action, bytes, counted, paused, seconds};
use crate::{
    protocol::{
        ErrorPattern, ExpertFigures, Left, Moment, NoticeKind, Plot, PlotLine, SessionLine, SessionState, SessionsList,
        StepReport, What, place,
    },
    settings::{JournalSettings, cast::SYNTHESIZER},
};

pub use chain::{answered, approved, call_times, called, prompt, seen};

/// `today, 14:32`, `yesterday, 09:12` or `12 November 2026, 14:32`, by this machine's clock.
pub fn when(at: Moment, now: Moment) -> String {
    let Some((at, now)) = local(at).zip(local(now)) else { return "at an unknown time".to_owned() };
    let (day, today) = (at.date_naive(), now.date_naive());
    let time = at.format("%H:%M");
    if day == today {
        format!("today, {time}")
    } else if Some(day) == today.pred_opt() {
        format!("yesterday, {time}")
    } else {
        format!("{}, {time}", at.format("%-d %B %Y"))
    }
}

fn local(moment: Moment) -> Option<DateTime<Local>> {
    let utc = i64::try_from(moment.0).ok().and_then(DateTime::from_timestamp_millis)?;
    Some(utc.with_timezone(&Local))
}

/// What it was to do.
pub fn goal(line: &SessionLine) -> &str {
    if line.goal.is_empty() { "No goal was given" } else { &line.goal }
}

/// What a session is called beside another one; what it came to tells two of one minute apart.
pub fn name(line: &SessionLine, now: Moment) -> String {
    format!("{}: {}, {}", when(line.started_at, now), goal(line), result(line))
}

/// Where, with which seed and how it thought: `Shop, seed 7 · Local experts`.
pub fn setting(line: &SessionLine) -> String {
    let demo = if line.demo { " · demo" } else { "" };
    format!("{} · {}{demo}", place(&line.environment, line.seed), line.strategy.title())
}

/// What became of it.
pub fn outcome(line: &SessionLine) -> &'static str {
    match (line.state, line.outcome) {
        (SessionState::Running, _) => "Running now",
        (SessionState::Interrupted, _) => "Interrupted",
        (SessionState::Ended, Some(ending)) => ending.words(),
        (SessionState::Ended, None) => "Ended",
    }
}

/// Whether everything is known to have ended.
pub fn proof(clean: Option<bool>) -> &'static str {
    match clean {
        Some(true) => "certificate clean",
        Some(false) => "certificate not clean",
        None => "no certificate",
    }
}

/// `score 62 · 34 steps`.
pub fn result(line: &SessionLine) -> String {
    let steps = counted(line.steps, "step", "steps");
    line.score.map_or_else(|| steps.clone(), |score| format!("score {} · {steps}", figure(score)))
}

/// One session in one sentence.
pub fn line(line: &SessionLine, now: Moment) -> String {
    let (when, goal, outcome) = (when(line.started_at, now), goal(line), outcome(line));
    format!("{when}: {goal}. {outcome}, {}, {}; {}", result(line), proof(line.clean), setting(line))
}

/// How much is kept, and how much of it was found.
pub fn holdings(list: &SessionsList) -> String {
    let total = counted(list.total, "session", "sessions");
    let room = bytes(list.bytes);
    if list.search.is_empty() {
        return format!("{total}, {room} on the disk");
    }
    format!("{} found of {total}, {room} on the disk", list.lines.len())
}

/// How long sessions are kept and how much room they may take: `Kept: 90 days, up to 2,000 MB`.
pub fn keeping(chosen: &JournalSettings) -> String {
    let long = match chosen.keep_days {
        0 => "for ever".to_owned(),
        days => counted(u64::from(days), "day", "days"),
    };
    match chosen.keep_mb {
        0 => format!("Kept: {long}, however much it is"),
        most => format!("Kept: {long}, up to {} MB", grouped(most)),
    }
}

/// `2,000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut words = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// That a session was cut off.
pub fn was_interrupted(line: &SessionLine, now: Moment) -> String {
    let when = when(line.started_at, now);
    let of = when.strip_prefix("today, ").unwrap_or(&when);
    format!("The session of {of} was interrupted")
}

/// What may have been left behind, and whether it is still there.
pub fn left(left: &Left) -> String {
    let belonging = &left.belonging;
    let is_there = match left.is_there {
        Some(true) => "is still there",
        Some(false) => "is gone",
        None => "may still be there; that cannot be told yet",
    };
    format!("The {} {} {is_there}", belonging.kind.word(), belonging.name)
}

/// A moment of a session: `12.0 s`, `3 min 20 s`, `1 h 05 min`.
pub fn moment(ms: u64) -> String {
    match ms / 1000 {
        0..60 => format!("{:.1} s", seconds(ms)),
        whole @ 60..3600 => format!("{} min {:02} s", whole / 60, whole % 60),
        whole => format!("{} h {:02} min", whole / 3600, whole / 60 % 60),
    }
}

/// A time between two moments, in milliseconds where a tenth of a second says little: `15 ms`, `0.4 s`, `2 min 05 s`.
pub fn span(ms: u64) -> String {
    if ms < 100 { format!("{ms} ms") } else { moment(ms) }
}

/// A figure with as many digits as tell something: `62`, `1.4`, `0.25`, `12000`.
pub fn figure(value: f64) -> String {
    let digits = match value.abs() {
        100.0.. => 0,
        10.0.. => 1,
        _ => 2,
    };
    let words = format!("{value:.digits$}");
    if !words.contains('.') {
        return words;
    }
    let words = words.trim_end_matches('0').trim_end_matches('.');
    // What is too little to be seen has no sign either.
    if words == "-0" { "0".to_owned() } else { words.to_owned() }
}

/// The same with its unit.
pub fn measured(value: f64, unit: &str) -> String {
    format!("{} {unit}", figure(value)).trim_end().to_owned()
}

/// The last point of a course at a moment, if it had begun.
pub fn point_at(line: &PlotLine, at_ms: u64) -> Option<(u64, f64)> {
    let count = line.points.partition_point(|(point_ms, _)| *point_ms <= at_ms);
    line.points.get(count.checked_sub(1)?).copied()
}

/// What a plot shows at a moment: `18 points`, `threat 1.4 s, navigation 0.9 s`.
pub fn values_at(plot: &Plot, at_ms: u64) -> String {
    let said = plot.lines.iter().filter_map(|line| {
        let (_, value) = point_at(line, at_ms)?;
        let value = measured(value, &plot.unit);
        Some(if plot.lines.len() > 1 { format!("{} {value}", line.name) } else { value })
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() { "nothing yet".to_owned() } else { said.join(", ") }
}

/// Where the cursor stands: the moment, and the step that was over by then.
pub fn stands_at(at_ms: u64, step: Option<&StepReport>) -> String {
    let step = step.map_or_else(
        || "before the first step".to_owned(),
        |step| format!("step {}, {}", step.step, action(&step.action)),
    );
    format!("At {}: {step}", moment(at_ms))
}

/// What deserves a mark on a timeline, in words.
pub fn mark(what: &What) -> Option<String> {
    match what {
        What::Noticed(notice) if notice.kind == NoticeKind::Warning => Some(notice.text.clone()),
        What::ApprovalNeeded(approval) => {
            Some(format!("Asked a person: may this be done, {}?", action(&approval.action)))
        }
        What::ApprovalClosed { answer, .. } => Some(answered(Some(answer))),
        What::Paused { why } => Some(paused(why)),
        What::Resumed { word: Some(word) } if !word.is_empty() => {
            Some(format!("Went on, and the models were told: {word}"))
        }
        What::Resumed { .. } => Some("Went on".to_owned()),
        _ => None,
    }
}

/// A kind of error in one sentence, without its words.
pub fn error(pattern: &ErrorPattern) -> String {
    let times = counted(pattern.count, "time", "times");
    let first = moment(pattern.first_at_ms);
    let span = if pattern.count < 2 {
        format!("after {first}")
    } else {
        format!("first after {first}, last after {}", moment(pattern.last_at_ms))
    };
    let by =
        if pattern.seen_by.is_empty() { String::new() } else { format!("; seen by {}", pattern.seen_by.join(", ")) };
    format!("{times}, {span}{by}")
}

/// What one part did in the whole session, in one sentence.
pub fn expert(figures: &ExpertFigures) -> String {
    let ExpertFigures { title, model, asked, answered, failed, broken_off, .. } = figures;
    let spoke = |ms: Option<u64>| ms.map_or_else(|| "unknown".to_owned(), span);
    let (first, total) = (spoke(figures.median_first_token_ms), spoke(figures.median_total_ms));
    let rate = figures.median_tokens_per_second.map_or_else(|| "unknown".to_owned(), figure);
    let tokens = figures.prompt_tokens + figures.answer_tokens;
    format!(
        "{title}, {model}: answered {answered} of {asked}, {failed} failed, {broken_off} broken off, {}; in the middle \
         first token after {first}, {total} in all, {rate} tokens/s; {tokens} tokens",
        followed(figures)
    )
}

/// How often a part was followed; whoever decides is not followed.
pub fn followed(figures: &ExpertFigures) -> String {
    match figures.role.as_str() {
        SYNTHESIZER => "decides".to_owned(),
        _ => format!("followed {}", counted(figures.followed, "time", "times")),
    }
}

#[cfg(test)]
mod tests;
