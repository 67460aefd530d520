//! Why did it do that? Everything about one step, from what was seen to what came of it.

use rusqlite::Connection;

use super::{
    rows::{calls, decisions, deeds, looks, persons},
    sessions,
};
use crate::protocol::{Approval, ApprovalAnswer, Observed, StepReport, Why};

/// `None` where there is no such session or step.
pub(super) fn of(connection: &Connection, id: &str, step: u64) -> rusqlite::Result<Option<Why>> {
    let Some(session) = sessions::find(connection, id)? else { return Ok(None) };
    let Some((seq, report)) = deeds::step_of(connection, session, step)? else { return Ok(None) };
    let question = report.question;
    let (calls, decided) = match question {
        Some(question) => {
            (calls::of_question(connection, session, question)?, decisions::of_question(connection, session, question)?)
        }
        None => (Vec::new(), None),
    };
    Ok(Some(Why {
        session: sessions::id_of(connection, session)?,
        question,
        observed: observed(connection, session, seq, question)?,
        calls,
        decided,
        approval: approval(connection, session, seq, &report)?,
        judged: deeds::judgement_of(connection, session, step)?,
        step: Some(report),
    }))
}

/// What the question was about; where there was none, or its look is lost, what was seen last before the step.
fn observed(
    connection: &Connection,
    session: i64,
    seq: i64,
    question: Option<u64>,
) -> rusqlite::Result<Option<Observed>> {
    let look = match question {
        Some(question) => looks::look_of_question(connection, session, question)?,
        None => None,
    };
    let observed = match look {
        Some(look) => looks::at_look(connection, session, look)?,
        None => None,
    };
    match observed {
        Some(observed) => Ok(Some(observed)),
        None => looks::before(connection, session, seq),
    }
}

/// Actions are carried out one at a time: what was asked about since the step before was asked about this one, if it is
/// the same action.
fn approval(
    connection: &Connection,
    session: i64,
    seq: i64,
    report: &StepReport,
) -> rusqlite::Result<Option<(Approval, Option<ApprovalAnswer>)>> {
    let after = deeds::step_before(connection, session, seq)?;
    let asked = persons::approvals_between(connection, session, after, seq)?;
    let Some(approval) = asked.into_iter().find(|approval| approval.action == report.action) else { return Ok(None) };
    let answer = persons::answer_to(connection, session, approval.id)?;
    Ok(Some((approval, answer)))
}
