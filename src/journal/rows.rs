//! What happened, as rows: each kind of record into its table and back.
//!
//! | file | tables |
//! |---|---|
//! | `looks` | observations, pictures, questions |
//! | `views` | how the view of an observation is kept small |
//! | `calls` | model calls |
//! | `decisions` | decisions and the opinions behind them |
//! | `deeds` | acts, steps with their effects, judgements |
//! | `persons` | approvals and pauses: what is asked of a person |
//! | `words` | notices and narrations |
//! | `belongings` | what could outlive the program |

pub(super) mod belongings;
pub(super) mod calls;
pub(super) mod decisions;
pub(super) mod deeds;
pub(super) mod looks;
pub(super) mod persons;
mod views;
mod words;

use rusqlite::Connection;

use crate::protocol::{Record, What};

/// Where a record stands: the session's number, the place in it, and when it happened.
#[expect(clippy::struct_field_names, reason = "the column is called so, and so is the field of every record")]
#[derive(Clone, Copy, Debug)]
pub(super) struct At {
    pub(super) session: i64,
    pub(super) seq: i64,
    pub(super) at_ms: i64,
}

/// A record and its place in the session.
pub(super) type Placed = (i64, Record);

/// Whether the words of the calls are read too, and what was said about actions where the models read less of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Whole,
    LeftOut,
}

/// Writes one record.
pub(super) fn put(connection: &Connection, at: At, what: &What) -> rusqlite::Result<()> {
    match what {
        What::Observed(observed) => looks::put(connection, at, observed),
        What::Questioned(questioned) => looks::put_question(connection, at, questioned),
        What::Asked(call) => calls::put_asked(connection, at, call),
        What::CallEnded(call) => calls::put_ended(connection, at, call),
        What::Decided(decided) => decisions::put(connection, at, decided),
        What::Acting { action, question } => deeds::put_act(connection, at, action, *question),
        What::Stepped(step) => deeds::put_step(connection, at, step),
        What::ApprovalNeeded(approval) => persons::put_approval(connection, at, approval),
        What::ApprovalClosed { approval, answer } => persons::put_answer(connection, at, *approval, answer),
        What::Judged(judgement) => deeds::put_judgement(connection, at, judgement),
        What::Noticed(notice) => words::put_notice(connection, at, notice),
        What::Narrated(narration) => words::put_narration(connection, at, narration),
        What::Paused { why } => persons::put_pause(connection, at, why),
        What::Resumed { word } => persons::put_resumed(connection, at, word.as_deref()),
        What::Opened(belonging) => belongings::put(connection, at, belonging, false),
        What::Closed(belonging) => belongings::put(connection, at, belonging, true),
    }
}

/// Everything of a session, in the order in which it happened.
pub(super) fn all(connection: &Connection, session: i64, said: Said) -> rusqlite::Result<Vec<Record>> {
    let mut placed = looks::of(connection, session)?;
    placed.extend(looks::questions_of(connection, session)?);
    placed.extend(calls::of(connection, session, said)?);
    placed.extend(decisions::of(connection, session)?);
    placed.extend(deeds::acts_of(connection, session)?);
    placed.extend(deeds::steps_of(connection, session, said)?);
    placed.extend(deeds::judgements_of(connection, session)?);
    placed.extend(persons::approvals_of(connection, session)?);
    placed.extend(persons::pauses_of(connection, session)?);
    placed.extend(words::notices_of(connection, session)?);
    placed.extend(words::narrations_of(connection, session)?);
    placed.extend(belongings::of(connection, session)?);
    placed.sort_by_key(|(seq, _)| *seq);
    Ok(placed.into_iter().map(|(_, record)| record).collect())
}
