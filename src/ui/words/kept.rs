//! Past sessions as words: when they were, what became of them, what the journal holds, and what stands on a timeline.

mod chain;
mod course;

use chrono::{DateTime, Datelike, Local};

use super::{action, asked::way, bytes, count, decimal, figures::round, paused, seconds, with_unit, written};
use crate::{
    protocol::{
        BelongingKind, Ending, ErrorPattern, ExpertFigures, Left, Moment, NoticeKind, SessionLine, SessionState,
        SessionsList, StepReport, What,
    },
    settings::{JournalSettings, cast::SYNTHESIZER},
    ui::catalogue::{said, say},
};

pub use chain::{answered, approved, call_state, call_times, called, loop_name, prompt, seen};
pub use course::{figure, line_name, measured, point_at, title, unit_name, values_at};

/// `today, 14:32`, `yesterday, 09:12` or `12 November 2026, 14:32`, by this machine's clock.
pub fn when(at: Moment, now: Moment) -> String {
    let Some((at, now)) = local(at).zip(local(now)) else { return say!("kept-when-unknown") };
    let (day, today) = (at.date_naive(), now.date_naive());
    let time = time_of(at);
    if day == today {
        say!("kept-today", time = time)
    } else if Some(day) == today.pred_opt() {
        say!("kept-yesterday", time = time)
    } else {
        say!("kept-day", day = day.day(), month = day.month(), year = day.year().to_string(), time = time)
    }
}

/// The same at the beginning of a line: `Today, 14:32`.
pub fn when_first(at: Moment, now: Moment) -> String {
    let words = when(at, now);
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn local(moment: Moment) -> Option<DateTime<Local>> {
    let utc = i64::try_from(moment.0).ok().and_then(DateTime::from_timestamp_millis)?;
    Some(utc.with_timezone(&Local))
}

fn time_of(at: DateTime<Local>) -> String {
    at.format("%H:%M").to_string()
}

/// What it was to do.
pub fn goal(line: &SessionLine) -> String {
    if line.goal.is_empty() { say!("kept-no-goal") } else { line.goal.clone() }
}

/// What a session is called beside another one; what it came to tells two of one minute apart.
pub fn name(line: &SessionLine, now: Moment) -> String {
    say!("kept-name", when = when_first(line.started_at, now), goal = goal(line), result = result(line))
}

/// Where, with which seed and how it thought: `Shop, seed 7 · Local experts`.
pub fn setting(line: &SessionLine) -> String {
    let mut parts = vec![place(&line.environment, line.seed), way(line.strategy)];
    parts.extend(line.demo.then(|| say!("kept-demo")));
    parts.join(" · ")
}

/// The environment and the seed, unless its name has it already.
fn place(environment: &str, seed: u64) -> String {
    if environment.ends_with(&format!("seed {seed}")) {
        return said(environment).into_owned();
    }
    say!("kept-place", environment = said(environment), seed = seed.to_string())
}

/// What became of it.
pub fn outcome(line: &SessionLine) -> String {
    match (line.state, line.outcome) {
        (SessionState::Running, _) => say!("kept-running"),
        (SessionState::Interrupted, _) => say!("kept-interrupted"),
        (SessionState::Ended, Some(how)) => ending(how),
        (SessionState::Ended, None) => say!("kept-ended"),
    }
}

/// How a session ended.
pub fn ending(how: Ending) -> String {
    match how {
        Ending::Stopped => say!("kept-stopped"),
        Ending::Finished => say!("kept-finished"),
        Ending::GoalReached => say!("kept-goal-reached"),
        Ending::LimitReached => say!("kept-limit-reached"),
        Ending::Failed => say!("kept-failed"),
    }
}

/// Whether everything is known to have ended.
pub fn proof(clean: Option<bool>) -> String {
    match clean {
        Some(true) => say!("kept-clean"),
        Some(false) => say!("kept-not-clean"),
        None => say!("kept-no-certificate"),
    }
}

/// `score 62 · 34 steps`.
pub fn result(line: &SessionLine) -> String {
    let steps = say!("shared-steps", count = line.steps);
    line.score.map_or_else(|| steps.clone(), |reached| format!("{} · {steps}", score(reached)))
}

/// `score 62`.
pub fn score(reached: f64) -> String {
    say!("kept-score", score = figure(reached))
}

/// One session in one sentence.
pub fn line(line: &SessionLine, now: Moment) -> String {
    say!(
        "kept-line",
        when = when(line.started_at, now),
        goal = goal(line),
        outcome = outcome(line),
        result = result(line),
        proof = proof(line.clean),
        setting = setting(line),
    )
}

/// How much is kept, and how much of it was found.
pub fn holdings(list: &SessionsList) -> String {
    let room = bytes(list.bytes);
    if list.search.is_empty() {
        return say!("kept-holdings", total = list.total, room = room);
    }
    say!("kept-holdings-found", found = list.lines.len(), total = list.total, room = room)
}

/// How long sessions are kept and how much room they may take: `Kept: 90 days, up to 2,000 MB`.
pub fn keeping(chosen: &JournalSettings) -> String {
    let most = round(chosen.keep_mb);
    match (chosen.keep_days, chosen.keep_mb) {
        (0, 0) => say!("kept-keeping-everything"),
        (0, _) => say!("kept-keeping-for-ever", most = most),
        (days, 0) => say!("kept-keeping-days", days = days),
        (days, _) => say!("kept-keeping", days = days, most = most),
    }
}

/// That a session was cut off.
pub fn was_interrupted(line: &SessionLine, now: Moment) -> String {
    let of_today =
        local(line.started_at).filter(|at| local(now).is_some_and(|now| now.date_naive() == at.date_naive()));
    let when = of_today.map_or_else(|| when(line.started_at, now), time_of);
    say!("kept-was-interrupted", when = when)
}

/// What may have been left behind, and whether it is still there.
pub fn left(left: &Left) -> String {
    let name = left.belonging.name.as_str();
    match (left.belonging.kind, left.is_there) {
        (BelongingKind::Child, Some(true)) => say!("kept-child-there", name = name),
        (BelongingKind::Child, Some(false)) => say!("kept-child-gone", name = name),
        (BelongingKind::Child, None) => say!("kept-child-unknown", name = name),
        (BelongingKind::Instance, Some(true)) => say!("kept-model-there", name = name),
        (BelongingKind::Instance, Some(false)) => say!("kept-model-gone", name = name),
        (BelongingKind::Instance, None) => say!("kept-model-unknown", name = name),
    }
}

/// A moment of a session: `12.0 s`, `3 min 20 s`, `1 h 05 min`.
pub fn moment(ms: u64) -> String {
    match ms / 1000 {
        0..60 => with_unit(&decimal(seconds(ms), 1), "s"),
        whole @ 60..3600 => together(whole / 60, "min", whole % 60, "s"),
        whole => together(whole / 3600, "h", whole / 60 % 60, "min"),
    }
}

/// Both with their units; the smaller one always has two digits.
fn together(large: u64, of: &str, small: u64, unit: &str) -> String {
    format!("{} {}", with_unit(&count(large), of), with_unit(&format!("{small:02}"), unit))
}

/// A time between two moments, in milliseconds where a tenth of a second says little: `15 ms`, `0.4 s`, `2 min 05 s`.
pub fn span(ms: u64) -> String {
    if ms < 100 { with_unit(&ms.to_string(), "ms") } else { moment(ms) }
}

/// The same of a time that nobody may know.
pub fn known_span(ms: Option<u64>) -> String {
    ms.map_or_else(|| say!("kept-unknown"), span)
}

/// Tokens a second, where somebody knows them.
pub fn known_rate(tokens_per_second: Option<f64>) -> String {
    tokens_per_second.map_or_else(|| say!("kept-unknown"), figure)
}

/// How quick a session is played again: `0.25×`.
pub fn speed(times: f64) -> String {
    written(&format!("{times}×"))
}

/// Where the cursor stands: the moment, and the step that was over by then.
pub fn stands_at(at_ms: u64, step: Option<&StepReport>) -> String {
    let at = moment(at_ms);
    match step {
        Some(step) => say!("kept-at-step", moment = at, step = step.step, action = action(&step.action)),
        None => say!("kept-at-start", moment = at),
    }
}

/// What deserves a mark on a timeline, in words.
pub fn mark(what: &What) -> Option<String> {
    match what {
        What::Noticed(notice) if notice.kind == NoticeKind::Warning => Some(said(&notice.text).into_owned()),
        What::ApprovalNeeded(approval) => Some(say!("kept-asked-person", action = action(&approval.action))),
        What::ApprovalClosed { answer, .. } => Some(answered(Some(answer))),
        What::Paused { why } => Some(paused(why)),
        What::Resumed { word: Some(word) } if !word.is_empty() => Some(say!("kept-went-on-told", word = word.as_str())),
        What::Resumed { .. } => Some(say!("kept-went-on")),
        _ => None,
    }
}

/// A kind of error in one sentence, without its words.
pub fn error(pattern: &ErrorPattern) -> String {
    let ErrorPattern { count, seen_by, .. } = pattern;
    let (first, last) = (moment(pattern.first_at_ms), moment(pattern.last_at_ms));
    let by = seen_by.join(", ");
    match (*count < 2, seen_by.is_empty()) {
        (true, true) => say!("kept-error-once", count = *count, first = first),
        (true, false) => say!("kept-error-once-seen", count = *count, first = first, by = by),
        (false, true) => say!("kept-error", count = *count, first = first, last = last),
        (false, false) => say!("kept-error-seen", count = *count, first = first, last = last, by = by),
    }
}

/// What one part did in the whole session, in one sentence.
pub fn expert(figures: &ExpertFigures) -> String {
    say!(
        "kept-expert",
        title = said(&figures.title),
        model = figures.model.as_str(),
        answered = figures.answered,
        asked = figures.asked,
        failed = figures.failed,
        broken_off = figures.broken_off,
        followed = followed(figures),
        first = known_span(figures.median_first_token_ms),
        total = known_span(figures.median_total_ms),
        rate = known_rate(figures.median_tokens_per_second),
        tokens = figures.prompt_tokens + figures.answer_tokens,
    )
}

/// How often a part was followed; whoever decides is not followed.
pub fn followed(figures: &ExpertFigures) -> String {
    match figures.role.as_str() {
        SYNTHESIZER => say!("kept-decides"),
        _ => say!("kept-followed", count = figures.followed),
    }
}

/// The same under a heading that says what is counted: `3 times`.
pub fn times_followed(figures: &ExpertFigures) -> String {
    match figures.role.as_str() {
        SYNTHESIZER => say!("kept-decides"),
        _ => say!("kept-times", count = figures.followed),
    }
}

#[cfg(test)]
mod tests;
