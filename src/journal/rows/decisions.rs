//! Decisions, and the opinions behind them.

use std::collections::HashMap;

use rusqlite::{Connection, params};

use super::{
    super::columns::{self, Columns, bits, figure, finite},
    At, Placed,
};
use crate::protocol::{ActionCall, Decided, DecisionView, ProposalView, Record, What};

const PUT: &str = "
    INSERT INTO decisions
        (session, seq, at_ms, question, look, answers, step, action, arguments, by, because, shortfalls, took_ms,
         effect)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";

const PUT_OPINION: &str = "
    INSERT INTO opinions
        (session, seq, place, title, action, arguments, thought, confidence, followed, decisive, took_ms, tokens, usd)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";

const FOLLOWED_BY: &str = "UPDATE decisions SET step = ?3, effect = ?4 WHERE session = ?1 AND question = ?2";

const OF: &str = "
    SELECT seq, at_ms, question, look, answers, step, action, arguments, by, because, shortfalls, took_ms, effect
    FROM decisions WHERE session = ?1 ORDER BY seq";

const OF_QUESTION: &str = "
    SELECT seq, at_ms, question, look, answers, step, action, arguments, by, because, shortfalls, took_ms, effect
    FROM decisions WHERE session = ?1 AND question = ?2 ORDER BY seq DESC LIMIT 1";

const OPINIONS_OF: &str = "
    SELECT seq, title, action, arguments, thought, confidence, followed, decisive, took_ms, tokens, usd
    FROM opinions WHERE session = ?1 ORDER BY seq, place";

const OPINIONS_OF_DECISION: &str = "
    SELECT seq, title, action, arguments, thought, confidence, followed, decisive, took_ms, tokens, usd
    FROM opinions WHERE session = ?1 AND seq = ?2 ORDER BY place";

/// Opinions by the place of their decision.
type Opinions = HashMap<i64, Vec<ProposalView>>;

pub(super) fn put(connection: &Connection, at: At, decided: &Decided) -> rusqlite::Result<()> {
    let Decided { question, look, decision } = decided;
    connection.prepare_cached(PUT)?.execute(params![
        at.session,
        at.seq,
        at.at_ms,
        bits(*question),
        bits(*look),
        bits(decision.question),
        bits(decision.step),
        columns::text(&decision.action.name),
        columns::json(&decision.action.arguments)?,
        columns::text(&decision.by),
        columns::text(&decision.because),
        columns::json(&decision.shortfalls)?,
        bits(decision.took_ms),
        columns::maybe_text(decision.effect.as_deref()),
    ])?;
    let mut statement = connection.prepare_cached(PUT_OPINION)?;
    for (place, opinion) in (0_i64..).zip(&decision.proposals) {
        let action = opinion.action.as_ref();
        statement.execute(params![
            at.session,
            at.seq,
            place,
            columns::text(&opinion.title),
            columns::maybe_text(action.map(|action| action.name.as_str())),
            columns::maybe_json(action.map(|action| &action.arguments))?,
            columns::text(&opinion.thought),
            figure(opinion.confidence),
            opinion.followed,
            opinion.decisive,
            bits(opinion.took_ms),
            opinion.tokens.map(bits),
            finite(opinion.usd),
        ])?;
    }
    Ok(())
}

/// The decision on this question was carried out, or refused, as this step.
pub(super) fn followed_by(
    connection: &Connection,
    session: i64,
    question: u64,
    (step, effect): (u64, &str),
) -> rusqlite::Result<()> {
    let values = params![session, bits(question), bits(step), columns::text(effect)];
    connection.prepare_cached(FOLLOWED_BY)?.execute(values)?;
    Ok(())
}

pub(super) fn of(connection: &Connection, session: i64) -> rusqlite::Result<Vec<Placed>> {
    let mut opinions = opinions(columns::every(connection, OPINIONS_OF, [session], opinion)?);
    let read = |row: &mut Columns<'_, '_>| {
        let (seq, at_ms, decided) = decided(row, &mut opinions)?;
        Ok((seq, Record { at_ms, what: What::Decided(Box::new(decided)) }))
    };
    columns::every(connection, OF, [session], read)
}

/// What was decided on this question.
pub(in super::super) fn of_question(
    connection: &Connection,
    session: i64,
    question: u64,
) -> rusqlite::Result<Option<Decided>> {
    let read = |row: &mut Columns<'_, '_>| decided(row, &mut Opinions::new());
    let Some((seq, _, mut decided)) = columns::first(connection, OF_QUESTION, [session, bits(question)], read)? else {
        return Ok(None);
    };
    let opinions = columns::every(connection, OPINIONS_OF_DECISION, [session, seq], opinion)?;
    decided.decision.proposals = opinions.into_iter().map(|(_, opinion)| opinion).collect();
    Ok(Some(decided))
}

fn opinions(rows: Vec<(i64, ProposalView)>) -> Opinions {
    let mut opinions = Opinions::new();
    for (seq, opinion) in rows {
        opinions.entry(seq).or_default().push(opinion);
    }
    opinions
}

fn decided(row: &mut Columns<'_, '_>, opinions: &mut Opinions) -> rusqlite::Result<(i64, u64, Decided)> {
    let (seq, at_ms) = (row.plain()?, row.count()?);
    let (question, look) = (row.count()?, row.count()?);
    let decision = DecisionView {
        question: row.count()?,
        step: row.count()?,
        action: ActionCall { name: row.plain()?, arguments: row.json()? },
        by: row.plain()?,
        because: row.plain()?,
        proposals: opinions.remove(&seq).unwrap_or_default(),
        shortfalls: row.json()?,
        took_ms: row.count()?,
        effect: row.plain()?,
    };
    Ok((seq, at_ms, Decided { question, look, decision }))
}

fn opinion(row: &mut Columns<'_, '_>) -> rusqlite::Result<(i64, ProposalView)> {
    let (seq, title) = (row.plain()?, row.plain()?);
    let (name, arguments): (Option<String>, _) = (row.plain()?, row.maybe_json()?);
    let action = name.map(|name| ActionCall { name, arguments: arguments.unwrap_or_default() });
    let opinion = ProposalView {
        title,
        action,
        thought: row.plain()?,
        confidence: row.plain()?,
        followed: row.plain()?,
        decisive: row.plain()?,
        took_ms: row.count()?,
        tokens: row.maybe_count()?,
        usd: row.plain()?,
    };
    Ok((seq, opinion))
}
