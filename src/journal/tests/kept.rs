//! What is asked of kept sessions: the list, the search, why, what was cut off, and what is let go.

use std::{sync::mpsc, time::Duration};

use futures_util::FutureExt;
use rusqlite::Connection;

use super::{
    super::{
        Journal, JournalError,
        migrations::{MIGRATIONS, VERSION},
        retention, sessions,
    },
    lesson, place,
    samples::{self, beginning},
    soon,
};
use crate::protocol::{
    ActionCall, ApprovalAnswer, Belonging, BelongingKind, Judgement, Observed, Questioned, Record, SessionState, What,
};

async fn keep(journal: &Journal, session: &str, what: Vec<What>) {
    let records = what.into_iter().map(|what| Record { at_ms: 1, what }).collect();
    journal.record(session, records).await.unwrap();
}

/// Begins these sessions, one after the other, and ends them.
async fn ended(journal: &Journal, sessions: &[&str]) {
    for (number, session) in (1_i64..).zip(sessions) {
        journal.begin_session(beginning(session)).await.unwrap();
        journal.end_session(&samples::report(session)).await.unwrap();
        // In the same millisecond nobody could tell which was first.
        let sql = format!("UPDATE sessions SET started_at = {number} WHERE id = '{session}'");
        journal.ask(move |connection| connection.execute_batch(&sql)).await.unwrap();
    }
}

async fn found(journal: &Journal, search: &str) -> Vec<String> {
    journal.sessions(search).await.unwrap().lines.into_iter().map(|line| line.session).collect()
}

fn look(look: u64, text: &str) -> What {
    What::Observed(Box::new(Observed { look, text: text.to_owned(), ..Observed::default() }))
}

#[tokio::test]
async fn the_list_is_newest_first_and_the_search_looks_everywhere() {
    let journal = Journal::in_memory().unwrap();
    ended(&journal, &["s-1", "s-2", "s-3", "s-4"]).await;
    keep(&journal, "s-1", vec![samples::notice("100 % of the bridge has burnt")]).await;
    let mut step = samples::step(1, None);
    step.action = ActionCall::bare("sharpen_axe");
    keep(&journal, "s-2", vec![What::Stepped(Box::new(step))]).await;
    keep(&journal, "s-3", vec![What::CallEnded(Box::new(samples::call(1, None)))]).await;
    let all = journal.sessions("").await.unwrap();
    assert_eq!((all.total, all.bytes > 0, all.interrupted), (4, true, Vec::new()));
    assert_eq!(found(&journal, " ").await, ["s-4", "s-3", "s-2", "s-1"]);
    assert_eq!(found(&journal, "the BRIDGE has").await, ["s-1"]);
    assert_eq!(found(&journal, "0 % of").await, ["s-1"], "signs mean themselves");
    assert_eq!(found(&journal, "sharpen_axe").await, ["s-2"]);
    assert_eq!(found(&journal, "sharpenXaxe").await, Vec::<String>::new());
    assert_eq!(found(&journal, "before dusk").await, ["s-3"], "what a model said");
    assert_eq!(found(&journal, "wolf is far").await, ["s-3"], "and what it thought");
    assert_eq!(found(&journal, "relic").await.len(), 4, "the goal");
    assert_eq!(found(&journal, "local experts").await.len(), 4, "the way of thinking");
    assert_eq!(found(&journal, "s-4").await, ["s-4"]);
    assert_eq!(found(&journal, &"long ".repeat(100_000)).await, Vec::<String>::new());
    let none = journal.sessions("nowhere").await.unwrap();
    assert_eq!((none.search.as_str(), none.lines, none.total), ("nowhere", Vec::new(), 4));
}

#[tokio::test]
async fn a_session_is_called_by_its_name_its_beginning_or_latest() {
    let journal = Journal::in_memory().unwrap();
    assert_eq!(journal.session("latest").await, Ok(None));
    ended(&journal, &["s-10", "s-100", "s-200"]).await;
    let name = async |id: &str| journal.session(id).await.map(|file| file.map(|file| file.line.session));
    assert_eq!(name("latest").await, Ok(Some("s-200".into())));
    assert_eq!(name("s-2").await, Ok(Some("s-200".into())));
    assert_eq!(name("s-10").await, Ok(Some("s-10".into())), "a whole name is no beginning");
    assert_eq!(name("s-1").await, Err(JournalError::Ambiguous { beginning: "s-1".into() }));
    assert_eq!(name("").await, Ok(None));
    assert_eq!(name("s-%").await, Ok(None));
    assert_eq!(journal.why("s-9", 1).await, Ok(None));
    let error = journal.keep_summary("s-9", "").await.unwrap_err();
    assert_eq!(error, JournalError::NoSession { session: "s-9".into() });
    assert_eq!(journal.remove_session("s-9").await, Ok(false));
    assert_eq!(journal.remove_session("s-100").await, Ok(true));
    assert_eq!(found(&journal, "").await, ["s-200", "s-10"]);
}

#[tokio::test]
async fn a_step_is_explained_from_what_was_seen_to_what_came_of_it() {
    let journal = Journal::in_memory().unwrap();
    journal.begin_session(beginning("s-1")).await.unwrap();
    let (call, narrator) = (samples::call(1, Some(1)), samples::call(2, None));
    let other = ActionCall::bare("wait");
    let earlier = crate::protocol::Approval { action: other, ..samples::approval(1) };
    let answer = ApprovalAnswer::Approved { for_session: false, for_ever: false };
    let judgement = Judgement { step: 1, cost: 1.5, ..Judgement::default() };
    let action = ActionCall::with("go_to", "place", "Farm");
    keep(
        &journal,
        "s-1",
        vec![
            look(1, "the mill"),
            look(2, "seen meanwhile"),
            What::Questioned(Questioned { question: 1, look: 1 }),
            What::Asked(Box::new(samples::asked(&call))),
            What::CallEnded(Box::new(call.clone())),
            What::CallEnded(Box::new(narrator)),
            What::Decided(Box::new(samples::decided(1, 1))),
            What::ApprovalNeeded(Box::new(earlier)),
            What::ApprovalNeeded(Box::new(samples::approval(2))),
            What::ApprovalClosed { approval: 2, answer: answer.clone() },
            What::Acting { action, question: Some(1) },
            What::Stepped(Box::new(samples::step(1, Some(1)))),
            What::Judged(Box::new(judgement.clone())),
            look(3, "the farm"),
            What::Stepped(Box::new(samples::step(2, None))),
        ],
    )
    .await;
    let why = journal.why("latest", 1).await.unwrap().unwrap();
    assert_eq!((why.session.as_str(), why.question), ("s-1", Some(1)));
    assert_eq!(why.observed.map(|observed| observed.text), Some("the mill".into()), "not what was seen meanwhile");
    assert_eq!(why.calls, [call], "with what was said, and without the narrator");
    let decided = why.decided.unwrap();
    assert_eq!(decided.decision.effect.as_deref(), Some("You walk"));
    assert_eq!(decided.decision.proposals, samples::decided(1, 1).decision.proposals);
    assert_eq!(why.approval, Some((samples::approval(2), Some(answer))));
    assert_eq!(why.judged, Some(judgement));
    assert_eq!(why.step, Some(samples::step(1, Some(1))));
    let reflex = journal.why("s-1", 2).await.unwrap().unwrap();
    assert_eq!(reflex.observed.map(|observed| observed.text), Some("the farm".into()));
    assert_eq!((reflex.question, reflex.calls, reflex.decided, reflex.approval), (None, Vec::new(), None, None));
    assert_eq!(journal.why("s-1", 3).await, Ok(None));
}

#[tokio::test]
async fn what_was_cut_off_is_told_until_somebody_has_looked_after_it() {
    let journal = Journal::in_memory().unwrap();
    let child = |handle: &str| Belonging {
        kind: BelongingKind::Child,
        name: "MCP server files".into(),
        handle: handle.into(),
        place: "mark".into(),
    };
    let gone = crate::protocol::Approval { action: ActionCall::bare("answered"), ..samples::approval(1) };
    journal.begin_session(beginning("s-1")).await.unwrap();
    keep(
        &journal,
        "s-1",
        vec![
            What::Opened(child("11")),
            What::Opened(child("12")),
            What::Closed(child("11")),
            What::ApprovalNeeded(Box::new(gone)),
            What::ApprovalClosed { approval: 1, answer: ApprovalAnswer::Unanswered },
            What::ApprovalNeeded(Box::new(samples::approval(2))),
            What::CallEnded(Box::new(samples::call(1, None))),
            What::Asked(Box::new(samples::asked(&samples::call(2, None)))),
            What::Acting { action: ActionCall::bare("over"), question: None },
            What::Stepped(Box::new(samples::step(1, None))),
            What::Acting { action: ActionCall::bare("dig"), question: None },
        ],
    )
    .await;
    let mut other = beginning("s-2");
    other.owner = "program-2".into();
    journal.begin_session(other).await.unwrap();
    assert_eq!(journal.mark_interrupted(&["program-1".into(), "program-2".into()]).await, Ok(0));
    assert_eq!(journal.mark_interrupted(&["program-2".into()]).await, Ok(1));
    let list = journal.sessions("no such session").await.unwrap();
    let [interrupted] = list.interrupted.as_slice() else { panic!("{:?}", list.interrupted) };
    assert_eq!((interrupted.line.session.as_str(), interrupted.line.state), ("s-1", SessionState::Interrupted));
    let expected = [
        "qwen3-8b, asked as expert.1, had not answered",
        "dig had been begun, and what came of it is not known",
        "go_to {\"place\":\"Farm\"} was waiting for a yes or no",
    ];
    assert_eq!(interrupted.in_flight, expected);
    assert_eq!(interrupted.left.len(), 1);
    assert_eq!((&interrupted.left[0].belonging, interrupted.left[0].is_there), (&child("12"), None));
    assert_eq!(journal.belongings_open("s-1").await, Ok(vec![child("12")]));
    journal.acknowledge("s-1").await.unwrap();
    assert_eq!(journal.sessions("").await.unwrap().interrupted, Vec::new());
    assert_eq!(journal.mark_interrupted(&[]).await, Ok(1), "without a program that runs no session does");
}

#[tokio::test]
async fn old_sessions_are_let_go_and_those_that_are_needed_are_not() {
    let journal = Journal::in_memory().unwrap();
    ended(&journal, &["ended-old", "ended-new"]).await;
    for session in ["running", "interrupted", "acknowledged"] {
        journal.begin_session(beginning(session)).await.unwrap();
    }
    let sql = "
        UPDATE sessions SET last_at = 1000 WHERE id <> 'ended-new';
        UPDATE sessions SET state = 'interrupted' WHERE id IN ('interrupted', 'acknowledged');
        UPDATE sessions SET acknowledged = 1 WHERE id = 'acknowledged';";
    journal.ask(move |connection| connection.execute_batch(sql)).await.unwrap();
    assert_eq!(journal.retain(0, 0).await, Ok(0), "no limit");
    assert_eq!(journal.retain(30, 0).await, Ok(2));
    let mut left = found(&journal, "").await;
    left.sort();
    assert_eq!(left, ["ended-new", "interrupted", "running"]);
    assert_eq!(journal.remove_session("running").await, Ok(false), "it is still written");
}

#[tokio::test]
async fn the_oldest_go_until_all_fits_and_the_disk_gets_its_space_back() {
    let (_folder, path) = place();
    let journal = Journal::open(&path).unwrap();
    let names: Vec<String> = (0..12).map(|number| format!("s-{number:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    ended(&journal, &names).await;
    for name in &names {
        keep(&journal, name, vec![samples::notice(&format!("{name} ").repeat(50_000))]).await;
    }
    let before = journal.sessions("").await.unwrap().bytes;
    assert!(before > 2_400_000, "{before}");
    let removed = journal.retain(0, 1).await.unwrap();
    let after = journal.sessions("").await.unwrap();
    let gone = usize::try_from(removed).unwrap();
    let newest: Vec<&str> = names[gone..].iter().rev().copied().collect();
    assert_eq!(found(&journal, "").await, newest, "the oldest went");
    assert!((7..=10).contains(&removed), "{removed}");
    assert!(after.bytes < 1_100_000, "{} bytes are left of {before}", after.bytes);
    assert_eq!(journal.retain(0, 1).await, Ok(0), "and it stays so");
}

#[tokio::test]
async fn a_session_that_is_gone_is_gone_also_where_its_space_cannot_be_given_back() {
    let (_folder, path) = place();
    let journal = Journal::open(&path).unwrap();
    ended(&journal, &["s-1", "s-2"]).await;
    keep(&journal, "s-1", vec![samples::notice(&"long ".repeat(100_000))]).await;
    let impatient = |connection: &mut Connection| connection.busy_timeout(Duration::from_millis(10));
    journal.ask(impatient).await.unwrap();
    let before = journal.sessions("").await.unwrap().bytes;
    let other = Connection::open(&path).unwrap();
    let (gate, wait) = mpsc::channel::<()>();
    let busy = journal.ask(move |_connection| {
        let _gate_is_open = wait.recv();
        Ok(())
    });
    assert!(busy.now_or_never().is_none(), "handed over, and not waited for");
    let mut removing = Box::pin(journal.remove_session("s-1"));
    assert!(removing.as_mut().now_or_never().is_none());
    // Carried out between the removal and what gives back its space.
    let mut locking = Box::pin(journal.ask(move |_connection| {
        other.execute_batch("BEGIN IMMEDIATE")?;
        Ok(other)
    }));
    assert!(locking.as_mut().now_or_never().is_none());
    drop(gate);
    assert_eq!(soon(removing).await, Ok(true));
    let other = soon(locking).await.unwrap();
    assert_eq!(found(&journal, "").await, ["s-2"]);
    assert!(journal.sessions("").await.unwrap().bytes >= before, "nothing could be given back yet");
    other.execute_batch("COMMIT").unwrap();
    assert_eq!(journal.retain(0, 0).await, Ok(0), "nothing else has to go");
    let after = journal.sessions("").await.unwrap().bytes;
    assert!(after + 300_000 < before, "{after} bytes are left of {before}");
}

#[tokio::test]
async fn space_is_given_back_in_slices_and_others_write_in_between() {
    let (_folder, path) = place();
    let journal = Journal::open(&path).unwrap();
    ended(&journal, &["s-1", "s-2"]).await;
    // More pages than one slice gives back.
    keep(&journal, "s-1", vec![samples::notice(&"long ".repeat(4_000_000))]).await;
    let begun = journal.ask(|connection| sessions::remove(connection, "s-1")).await;
    assert_eq!(begun, Ok(true));
    let free = async || {
        let sql = "freelist_count";
        let count = journal.ask(move |connection| connection.pragma_query_value(None, sql, |row| row.get::<_, i64>(0)));
        count.await.unwrap()
    };
    let mut slices = 0;
    let mut before = free().await;
    while journal.ask(|connection| retention::give_back_some(connection)).await.unwrap() {
        slices += 1;
        keep(&journal, "s-2", vec![samples::notice("meanwhile")]).await;
        let now = free().await;
        assert!(now < before, "{now} pages are free, after {before}");
        before = now;
    }
    assert!(slices >= 2, "{slices}");
    assert_eq!(free().await, 0);
    assert_eq!(journal.session("s-2").await.unwrap().unwrap().records.len(), slices);
}

#[tokio::test]
async fn an_ending_takes_no_steps_away() {
    let journal = Journal::in_memory().unwrap();
    journal.begin_session(beginning("s-1")).await.unwrap();
    keep(&journal, "s-1", vec![What::Stepped(Box::new(samples::step(40, None)))]).await;
    journal.end_session(&samples::report("s-1")).await.unwrap();
    assert_eq!(journal.session("s-1").await.unwrap().unwrap().line.steps, 40, "the report knew of 12");
}

#[tokio::test]
async fn a_file_of_the_first_version_is_brought_up_to_date() {
    let (_folder, path) = place();
    let first = Connection::open(&path).unwrap();
    first.execute_batch(MIGRATIONS[0].1).unwrap();
    first.execute_batch("INSERT INTO lessons VALUES ('world', 'calm', 'wait', 1.0, 3, 5)").unwrap();
    first.pragma_update(None, "user_version", 1).unwrap();
    drop(first);
    let older = Journal::open_read_only(&path).unwrap_err();
    assert_eq!(older, JournalError::Older { found: 1, known: VERSION, path: path.clone() });
    let journal = Journal::open(&path).unwrap();
    assert_eq!(journal.lessons("world").await.unwrap().len(), 1);
    journal.keep_lessons(vec![lesson("calm", 1.0)]).await.unwrap();
    ended(&journal, &["s-1"]).await;
    assert_eq!(journal.remove_session("s-1").await, Ok(true));
    let vacuum =
        journal.ask(|connection| connection.pragma_query_value(None, "auto_vacuum", |row| row.get::<_, i64>(0)));
    assert_eq!(vacuum.await, Ok(2), "from now on it gives back its pages");
    assert_eq!(journal.lessons("world").await.unwrap().len(), 2);
}
