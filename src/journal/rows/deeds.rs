//! What was done: actions that were begun, steps with what came of them, and what they cost.

use rusqlite::{Connection, params};

use super::{
    super::columns::{self, Columns, bits, figure, finite, word},
    At, Placed, Said, decisions,
};
use crate::protocol::{ActionCall, Effect, Judgement, Record, StepReport, What};

const PUT_ACT: &str = "
    INSERT INTO acts (session, seq, at_ms, action, arguments, question) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const ACTS_OF: &str = "
    SELECT seq, at_ms, action, arguments, question FROM acts WHERE session = ?1 ORDER BY seq";
/// Actions are carried out one at a time, so all that were begun before the last step are done with.
const ACTS_IN_FLIGHT: &str = "
    SELECT action, arguments FROM acts
    WHERE session = ?1 AND seq > (SELECT coalesce(max(seq), 0) FROM steps WHERE session = ?1) ORDER BY seq";

const PUT_STEP: &str = "
    INSERT INTO steps
        (session, seq, at_ms, step, action, arguments, ordered_by, by, because, score, took_ms, question)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
const PUT_EFFECT: &str = "
    INSERT INTO effects (session, seq, status, text, score, changed, whole) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const NOTE_STEP: &str = "UPDATE sessions SET steps = max(steps, ?2), score = coalesce(?3, score) WHERE number = ?1";
const STEP: &str = "
    SELECT seq, at_ms, step, action, arguments, ordered_by, by, because, status, text, effects.score, changed,
        whole, steps.score, took_ms, question
    FROM steps JOIN effects USING (session, seq) WHERE session = ?1 AND step = ?2 ORDER BY seq DESC LIMIT 1";
const STEP_BEFORE: &str = "SELECT coalesce(max(seq), 0) FROM steps WHERE session = ?1 AND seq < ?2";

const PUT_JUDGEMENT: &str = "
    INSERT INTO judgements (session, seq, at_ms, step, cost, is_proved, still_possible, advice)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
const JUDGEMENTS_OF: &str = "
    SELECT seq, at_ms, step, cost, is_proved, still_possible, advice FROM judgements WHERE session = ?1 ORDER BY seq";
const JUDGEMENT: &str = "
    SELECT seq, at_ms, step, cost, is_proved, still_possible, advice FROM judgements
    WHERE session = ?1 AND step = ?2 ORDER BY seq DESC LIMIT 1";

pub(super) fn put_act(
    connection: &Connection,
    at: At,
    action: &ActionCall,
    question: Option<u64>,
) -> rusqlite::Result<()> {
    let (name, arguments) = (columns::text(&action.name), columns::json(&action.arguments)?);
    let values = params![at.session, at.seq, at.at_ms, name, arguments, question.map(bits)];
    connection.prepare_cached(PUT_ACT)?.execute(values)?;
    Ok(())
}

pub(super) fn acts_of(connection: &Connection, session: i64) -> rusqlite::Result<Vec<Placed>> {
    columns::every(connection, ACTS_OF, [session], |row| {
        let (seq, at_ms) = (row.plain()?, row.count()?);
        let action = ActionCall { name: row.plain()?, arguments: row.json()? };
        Ok((seq, Record { at_ms, what: What::Acting { action, question: row.maybe_count()? } }))
    })
}

/// Actions whose effect is not known, one sentence each.
pub(in super::super) fn in_flight(connection: &Connection, session: i64) -> rusqlite::Result<Vec<String>> {
    columns::every(connection, ACTS_IN_FLIGHT, [session], |row| {
        let action = ActionCall { name: row.plain()?, arguments: row.json()? };
        Ok(format!("{action} had been begun, and what came of it is not known"))
    })
}

pub(super) fn put_step(connection: &Connection, at: At, report: &StepReport) -> rusqlite::Result<()> {
    let StepReport { step, action, ordered_by, by, because, effect, score, took_ms, question } = report;
    connection.prepare_cached(PUT_STEP)?.execute(params![
        at.session,
        at.seq,
        at.at_ms,
        bits(*step),
        columns::text(&action.name),
        columns::json(&action.arguments)?,
        word(ordered_by)?,
        columns::text(by),
        columns::text(because),
        finite(*score),
        bits(*took_ms),
        question.map(bits),
    ])?;
    connection.prepare_cached(PUT_EFFECT)?.execute(params![
        at.session,
        at.seq,
        word(&effect.status)?,
        columns::text(&effect.text),
        finite(effect.score),
        effect.changed,
        effect.whole.as_deref().map(columns::text),
    ])?;
    let score = finite(*score).or(finite(effect.score));
    connection.prepare_cached(NOTE_STEP)?.execute(params![at.session, bits(*step), score])?;
    match question {
        Some(question) => decisions::followed_by(connection, at.session, *question, (*step, &effect.text)),
        None => Ok(()),
    }
}

/// What the models never read can be long, and is read with the other words only.
pub(super) fn steps_of(connection: &Connection, session: i64, said: Said) -> rusqlite::Result<Vec<Placed>> {
    let whole = match said {
        Said::Whole => "whole",
        Said::LeftOut => "NULL",
    };
    let sql = format!(
        "SELECT seq, at_ms, step, action, arguments, ordered_by, by, because, status, text, effects.score, changed,
            {whole}, steps.score, took_ms, question
        FROM steps JOIN effects USING (session, seq) WHERE session = ?1 ORDER BY seq"
    );
    columns::every(connection, &sql, [session], |row| {
        let (seq, at_ms, report) = step(row)?;
        Ok((seq, Record { at_ms, what: What::Stepped(Box::new(report)) }))
    })
}

/// A step and its place in the session.
pub(in super::super) fn step_of(
    connection: &Connection,
    session: i64,
    number: u64,
) -> rusqlite::Result<Option<(i64, StepReport)>> {
    let found = columns::first(connection, STEP, [session, bits(number)], step)?;
    Ok(found.map(|(seq, _, report)| (seq, report)))
}

/// The place of the last step before this place; 0 where there is none.
pub(in super::super) fn step_before(connection: &Connection, session: i64, seq: i64) -> rusqlite::Result<i64> {
    Ok(columns::first(connection, STEP_BEFORE, [session, seq], columns::only)?.unwrap_or_default())
}

fn step(row: &mut Columns<'_, '_>) -> rusqlite::Result<(i64, u64, StepReport)> {
    let (seq, at_ms) = (row.plain()?, row.count()?);
    let report = StepReport {
        step: row.count()?,
        action: ActionCall { name: row.plain()?, arguments: row.json()? },
        ordered_by: row.word()?,
        by: row.plain()?,
        because: row.plain()?,
        effect: Effect {
            status: row.word()?,
            text: row.plain()?,
            score: row.plain()?,
            changed: row.plain()?,
            whole: row.plain()?,
        },
        score: row.plain()?,
        took_ms: row.count()?,
        question: row.maybe_count()?,
    };
    Ok((seq, at_ms, report))
}

pub(super) fn put_judgement(connection: &Connection, at: At, judgement: &Judgement) -> rusqlite::Result<()> {
    let Judgement { step, cost, is_proved, still_possible, advice } = judgement;
    connection.prepare_cached(PUT_JUDGEMENT)?.execute(params![
        at.session,
        at.seq,
        at.at_ms,
        bits(*step),
        figure(*cost),
        is_proved,
        figure(*still_possible),
        columns::json(advice)?,
    ])?;
    Ok(())
}

pub(super) fn judgements_of(connection: &Connection, session: i64) -> rusqlite::Result<Vec<Placed>> {
    columns::every(connection, JUDGEMENTS_OF, [session], |row| {
        let (seq, at_ms, judgement) = judgement(row)?;
        Ok((seq, Record { at_ms, what: What::Judged(Box::new(judgement)) }))
    })
}

/// What a step cost, if that was told.
pub(in super::super) fn judgement_of(
    connection: &Connection,
    session: i64,
    step: u64,
) -> rusqlite::Result<Option<Judgement>> {
    let found = columns::first(connection, JUDGEMENT, [session, bits(step)], judgement)?;
    Ok(found.map(|(_, _, judgement)| judgement))
}

fn judgement(row: &mut Columns<'_, '_>) -> rusqlite::Result<(i64, u64, Judgement)> {
    let (seq, at_ms) = (row.plain()?, row.count()?);
    let judgement = Judgement {
        step: row.count()?,
        cost: row.plain()?,
        is_proved: row.plain()?,
        still_possible: row.plain()?,
        advice: row.json()?,
    };
    Ok((seq, at_ms, judgement))
}
