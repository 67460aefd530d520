//! Questions to models: one row for the question and the answer, which stands twice in the order of the session.

use rusqlite::{Connection, params};

use super::{
    super::columns::{self, Columns, bits, finite, maybe_text, maybe_word, word},
    At, Placed, Said as Words,
};
use crate::protocol::{Call, CallState, Record, Said, What};

const PUT_ASKED: &str = "
    INSERT INTO model_calls
        (session, call, asked_seq, asked_record_ms, asked_left_at_ms, left_at_ms, question, role, provider, model,
         endpoint, state, asked_at_ms, system, prompt)
    VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";

const PUT_ENDED: &str = "
    INSERT INTO model_calls
        (session, call, ended_seq, ended_record_ms, question, role, provider, model, model_answered, endpoint, state,
         asked_at_ms, left_at_ms, first_token_at_ms, ended_at_ms, tokens_per_second, prompt_tokens, answer_tokens, usd,
         failure, cause, system, prompt, answer, reasoning)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23,
        ?24, ?25)
    ON CONFLICT (session, call) DO UPDATE SET
        ended_seq = excluded.ended_seq, ended_record_ms = excluded.ended_record_ms, question = excluded.question,
        role = excluded.role, provider = excluded.provider, model = excluded.model,
        model_answered = excluded.model_answered, endpoint = excluded.endpoint, state = excluded.state,
        asked_at_ms = excluded.asked_at_ms, left_at_ms = excluded.left_at_ms,
        first_token_at_ms = excluded.first_token_at_ms, ended_at_ms = excluded.ended_at_ms,
        tokens_per_second = excluded.tokens_per_second, prompt_tokens = excluded.prompt_tokens,
        answer_tokens = excluded.answer_tokens, usd = excluded.usd, failure = excluded.failure, cause = excluded.cause,
        system = coalesce(excluded.system, system), prompt = coalesce(excluded.prompt, prompt),
        answer = excluded.answer, reasoning = excluded.reasoning";

/// All but the texts, which come last.
const COLUMNS: &str = "
    SELECT asked_seq, asked_record_ms, asked_left_at_ms, ended_seq, ended_record_ms, call, question, role, provider,
        model, model_answered, endpoint, state, asked_at_ms, left_at_ms, first_token_at_ms, ended_at_ms,
        tokens_per_second, prompt_tokens, answer_tokens, usd, failure, cause,";

const IN_FLIGHT: &str = "
    SELECT role, model FROM model_calls WHERE session = ?1 AND ended_seq IS NULL ORDER BY asked_seq";

pub(super) fn put_asked(connection: &Connection, at: At, call: &Call) -> rusqlite::Result<()> {
    let said = call.said.as_deref();
    connection.prepare_cached(PUT_ASKED)?.execute(params![
        at.session,
        bits(call.call),
        at.seq,
        at.at_ms,
        call.left_at_ms.map(bits),
        call.question.map(bits),
        columns::text(&call.role),
        word(&call.provider)?,
        columns::text(&call.model),
        columns::text(&call.endpoint),
        word(&CallState::UnderWay)?,
        bits(call.asked_at_ms),
        maybe_text(said.map(|said| said.system.as_str())),
        maybe_text(said.map(|said| said.prompt.as_str())),
    ])?;
    Ok(())
}

pub(super) fn put_ended(connection: &Connection, at: At, call: &Call) -> rusqlite::Result<()> {
    let said = call.said.as_deref();
    connection.prepare_cached(PUT_ENDED)?.execute(params![
        at.session,
        bits(call.call),
        at.seq,
        at.at_ms,
        call.question.map(bits),
        columns::text(&call.role),
        word(&call.provider)?,
        columns::text(&call.model),
        columns::text(&call.model_answered),
        columns::text(&call.endpoint),
        word(&call.state)?,
        bits(call.asked_at_ms),
        call.left_at_ms.map(bits),
        call.first_token_at_ms.map(bits),
        call.ended_at_ms.map(bits),
        finite(call.tokens_per_second),
        call.prompt_tokens.map(bits),
        call.answer_tokens.map(bits),
        finite(call.usd),
        maybe_text(call.failure.as_deref()),
        maybe_word(call.cause.as_ref())?,
        maybe_text(said.map(|said| said.system.as_str())),
        maybe_text(said.map(|said| said.prompt.as_str())),
        maybe_text(said.map(|said| said.answer.as_str())),
        maybe_text(said.map(|said| said.reasoning.as_str())),
    ])?;
    Ok(())
}

pub(super) fn of(connection: &Connection, session: i64, words: Words) -> rusqlite::Result<Vec<Placed>> {
    let texts = match words {
        Words::Whole => "system, prompt, answer, reasoning",
        Words::LeftOut => "NULL, NULL, NULL, NULL",
    };
    let sql = format!("{COLUMNS} {texts} FROM model_calls WHERE session = ?1 ORDER BY call");
    let kept = columns::every(connection, &sql, [session], kept)?;
    Ok(kept.into_iter().flat_map(Kept::records).collect())
}

/// The calls that a question to the mind led to, as they stand, with what was said, in the order in which they were
/// asked.
pub(in super::super) fn of_question(
    connection: &Connection,
    session: i64,
    question: u64,
) -> rusqlite::Result<Vec<Call>> {
    let sql = format!(
        "{COLUMNS} system, prompt, answer, reasoning FROM model_calls
        WHERE session = ?1 AND question = ?2 ORDER BY coalesce(asked_seq, ended_seq)"
    );
    let kept = columns::every(connection, &sql, [session, bits(question)], kept)?;
    Ok(kept.into_iter().map(|kept| kept.call).collect())
}

/// Calls that had not ended, one sentence each.
pub(in super::super) fn in_flight(connection: &Connection, session: i64) -> rusqlite::Result<Vec<String>> {
    columns::every(connection, IN_FLIGHT, [session], |row| {
        let (role, model): (String, String) = (row.plain()?, row.plain()?);
        Ok(format!("{model}, asked as {role}, had not answered"))
    })
}

/// A row: where it stands in the order, and the call as it is known.
struct Kept {
    /// Place, time, and when it had left by then.
    asked: Option<(i64, u64, Option<u64>)>,
    ended: Option<(i64, u64)>,
    call: Call,
}

fn kept(row: &mut Columns<'_, '_>) -> rusqlite::Result<Kept> {
    let (asked_seq, asked_ms, left): (Option<i64>, _, _) = (row.plain()?, row.maybe_count()?, row.maybe_count()?);
    let (ended_seq, ended_ms): (Option<i64>, _) = (row.plain()?, row.maybe_count()?);
    let call = Call {
        call: row.count()?,
        question: row.maybe_count()?,
        role: row.plain()?,
        provider: row.word()?,
        model: row.plain()?,
        model_answered: row.plain()?,
        endpoint: row.plain()?,
        state: row.word()?,
        asked_at_ms: row.count()?,
        left_at_ms: row.maybe_count()?,
        first_token_at_ms: row.maybe_count()?,
        ended_at_ms: row.maybe_count()?,
        tokens_per_second: row.plain()?,
        prompt_tokens: row.maybe_count()?,
        answer_tokens: row.maybe_count()?,
        usd: row.plain()?,
        failure: row.plain()?,
        cause: row.maybe_word()?,
        said: said(row)?.map(Box::new),
    };
    let asked = asked_seq.zip(asked_ms).map(|(seq, at_ms)| (seq, at_ms, left));
    Ok(Kept { asked, ended: ended_seq.zip(ended_ms), call })
}

fn said(row: &mut Columns<'_, '_>) -> rusqlite::Result<Option<Said>> {
    let (system, prompt): (Option<String>, Option<String>) = (row.plain()?, row.plain()?);
    let (answer, reasoning): (Option<String>, Option<String>) = (row.plain()?, row.plain()?);
    Ok(system.map(|system| Said {
        system,
        prompt: prompt.unwrap_or_default(),
        answer: answer.unwrap_or_default(),
        reasoning: reasoning.unwrap_or_default(),
    }))
}

impl Kept {
    fn records(self) -> impl Iterator<Item = Placed> {
        let Self { asked, ended, call } = self;
        let asked = asked.map(|(seq, at_ms, left_at_ms)| {
            let call = Call { left_at_ms, ..as_asked(&call) };
            (seq, Record { at_ms, what: What::Asked(Box::new(call)) })
        });
        let ended = ended.map(|(seq, at_ms)| (seq, Record { at_ms, what: What::CallEnded(Box::new(call)) }));
        asked.into_iter().chain(ended)
    }
}

/// The call as it was known when it was asked.
fn as_asked(call: &Call) -> Call {
    let said = call
        .said
        .as_deref()
        .map(|said| Box::new(Said { system: said.system.clone(), prompt: said.prompt.clone(), ..Said::default() }));
    Call {
        call: call.call,
        question: call.question,
        role: call.role.clone(),
        provider: call.provider,
        model: call.model.clone(),
        endpoint: call.endpoint.clone(),
        asked_at_ms: call.asked_at_ms,
        said,
        ..Call::default()
    }
}
