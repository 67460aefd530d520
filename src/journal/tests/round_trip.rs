//! What is kept comes back as it was, in the order in which it happened, and takes no more room than it must.

use std::{sync::Arc, time::Duration};

use rusqlite::Connection;

use super::{
    super::{
        Journal, JournalError, columns,
        rows::{self, Said},
        sessions,
    },
    dice::{Dice, KINDS},
    files, place,
    samples::{self, beginning},
};
use crate::protocol::{Call, Observed, Record, SessionState, What};

/// Everything of a session, words and all.
pub async fn whole(journal: &Journal, session: &str) -> Vec<Record> {
    let session = session.to_owned();
    let read = move |connection: &Connection| {
        let number = sessions::find(connection, &session)?.expect("it was begun");
        rows::all(connection, number, Said::Whole)
    };
    journal.read(read).await.unwrap()
}

#[tokio::test]
async fn whatever_happens_comes_back_as_it_was() {
    for seed in 0..20 {
        let journal = Journal::in_memory().unwrap();
        journal.begin_session(beginning("s-1")).await.unwrap();
        let records = Dice(seed).records(10 * KINDS);
        for part in records.chunks(13) {
            journal.record("s-1", part.to_vec()).await.unwrap();
        }
        assert_eq!(whole(&journal, "s-1").await, records, "seed {seed}");
        let without_words = |record: Record| match record.what {
            What::Asked(call) => Record { what: What::Asked(Box::new(Call { said: None, ..*call })), ..record },
            What::CallEnded(call) => Record { what: What::CallEnded(Box::new(Call { said: None, ..*call })), ..record },
            What::Stepped(mut step) => {
                step.effect.whole = None;
                Record { what: What::Stepped(step), ..record }
            }
            what => Record { what, ..record },
        };
        let expected: Vec<_> = records.into_iter().map(without_words).collect();
        assert_eq!(journal.session("s-1").await.unwrap().unwrap().records, expected, "seed {seed}");
    }
}

#[tokio::test]
async fn a_session_comes_back_with_its_beginning_and_its_end() {
    let (_folder, path) = place();
    let journal = Journal::open(&path).unwrap();
    let began = beginning("s-1");
    journal.begin_session(began.clone()).await.unwrap();
    journal.begin_session(began.clone()).await.unwrap();
    let running = journal.session("s-1").await.unwrap().unwrap();
    assert_eq!((running.line.state, running.line.outcome, running.report), (SessionState::Running, None, None));
    let report = samples::report("s-1");
    journal.end_session(&report).await.unwrap();
    journal.keep_summary("s-1", "It went well").await.unwrap();
    journal.close().await.unwrap();
    let journal = Journal::open(&path).unwrap();
    let file = journal.session("latest").await.unwrap().unwrap();
    assert_eq!(file.started.as_ref(), Some(&began.started));
    assert_eq!((file.settings, file.summary.as_deref()), (began.settings, Some("It went well")));
    assert_eq!(file.report, Some(report));
    let line = file.line;
    assert_eq!((line.seed, line.strategy, line.demo), (began.started.seed, began.started.strategy, true));
    assert_eq!((line.steps, line.score, line.clean, line.state), (12, Some(41.5), Some(true), SessionState::Ended));
    assert!(line.last_at >= line.started_at && line.started_at.0 > 0);
}

#[tokio::test]
async fn a_step_tells_its_decision_what_came_of_it() {
    let journal = Journal::in_memory().unwrap();
    journal.begin_session(beginning("s-1")).await.unwrap();
    let what = [What::Decided(Box::new(samples::decided(1, 1))), What::Stepped(Box::new(samples::step(4, Some(1))))];
    let records = what.map(|what| Record { at_ms: 5, what }).to_vec();
    journal.record("s-1", records).await.unwrap();
    let file = journal.session("s-1").await.unwrap().unwrap();
    let What::Decided(decided) = &file.records[0].what else { panic!("{:?}", file.records[0]) };
    assert_eq!((decided.decision.step, decided.decision.effect.as_deref()), (4, Some("You walk")));
    assert_eq!((file.line.steps, file.line.score), (4, Some(2.5)));
}

#[tokio::test]
async fn figures_that_are_none_and_records_that_cannot_be_kept_take_nothing_with_them() {
    let journal = Journal::in_memory().unwrap();
    journal.begin_session(beginning("s-1")).await.unwrap();
    let mut step = samples::step(1, None);
    step.score = Some(f64::NAN);
    let mut decided = samples::decided(1, 1);
    decided.decision.proposals[0].confidence = f64::INFINITY;
    let call = What::Asked(Box::new(samples::asked(&samples::call(1, None))));
    let what = [
        What::Stepped(Box::new(step)),
        What::Decided(Box::new(decided)),
        call.clone(),
        // The same call is not asked twice.
        call,
        samples::notice("afterwards"),
    ];
    journal.record("s-1", what.map(|what| Record { at_ms: 0, what }).to_vec()).await.unwrap();
    let kept = whole(&journal, "s-1").await;
    assert_eq!(kept.len(), 4);
    assert!(matches!(&kept[0].what, What::Stepped(step) if step.score.is_none()));
    assert!(matches!(&kept[1].what, What::Decided(decided) if decided.decision.proposals[0].confidence == 0.0));
    assert_eq!(kept[3].what, samples::notice("afterwards"));
}

#[tokio::test]
async fn no_key_is_written_whatever_it_stands_in() {
    let (_folder, path) = place();
    let journal = Journal::open(&path).unwrap();
    // In two parts, so that no search for keys stops at this file.
    let key = ["sk-proj-4fJk29dLqWn8ZbT6", "xRv3YhPm7CsG1aUe0oKiDt5B"].concat();
    let mut began = beginning("s-1");
    began.started.goal = format!("use {key}");
    began.settings = format!("url = \"http://host/?api_key={key}\"");
    journal.begin_session(began).await.unwrap();
    let mut call = samples::call(1, Some(1));
    call.said.as_mut().unwrap().answer.clone_from(&key);
    call.failure = Some(format!("{{\"error\": \"{key}\"}}"));
    let mut step = samples::step(1, None);
    step.action.arguments.insert("deep".into(), serde_json::json!([{"text": format!("it is {key}")}]));
    let what = [
        What::CallEnded(Box::new(call)),
        What::Stepped(Box::new(step)),
        What::Observed(Box::new(Observed {
            text: key.clone(),
            facts: serde_json::json!([key]),
            ..Observed::default()
        })),
        What::Resumed { word: Some(key.clone()) },
        samples::notice(&key),
    ];
    journal.record("s-1", what.map(|what| Record { at_ms: 0, what }).to_vec()).await.unwrap();
    journal.keep_summary("s-1", &key).await.unwrap();
    assert_eq!(whole(&journal, "s-1").await.len(), 5, "nothing is lost over it");
    for (name, bytes) in files(path.parent().unwrap()) {
        let is_there = bytes.windows(key.len()).any(|window| window == key.as_bytes());
        assert!(!is_there, "a key stands in {}", name.display());
    }
}

#[tokio::test]
async fn a_picture_is_kept_once_and_goes_with_the_last_session_that_saw_it() {
    let journal = Journal::in_memory().unwrap();
    let look = |png: &[u8]| {
        let observed = Observed { picture_png: Some(png.into()), ..Observed::default() };
        Record { at_ms: 0, what: What::Observed(Box::new(observed)) }
    };
    for session in ["s-1", "s-2"] {
        journal.begin_session(beginning(session)).await.unwrap();
        let other = format!("only in {session}");
        journal.record(session, vec![look(b"same"), look(other.as_bytes()), look(b"same")]).await.unwrap();
        journal.end_session(&samples::report(session)).await.unwrap();
    }
    let numbers = |records: &[Record]| -> Vec<u64> {
        let number = |record: &Record| match &record.what {
            What::Observed(observed) => observed.picture,
            _ => None,
        };
        records.iter().filter_map(number).collect()
    };
    let first = numbers(&whole(&journal, "s-1").await);
    let second = numbers(&whole(&journal, "s-2").await);
    assert_eq!((first[0], first[2]), (second[0], second[2]));
    assert_ne!(first[1], second[1]);
    assert_eq!(journal.picture(first[0]).await, Ok(Some(b"same".to_vec())));
    assert_eq!(journal.remove_session("s-1").await, Ok(true));
    assert_eq!(journal.picture(first[0]).await, Ok(Some(b"same".to_vec())), "the other one still shows it");
    assert_eq!(journal.picture(first[1]).await, Ok(None));
    assert_eq!(journal.remove_session("s-2").await, Ok(true));
    assert_eq!(journal.picture(second[0]).await, Ok(None));
}

#[tokio::test]
async fn a_map_that_hardly_changes_takes_little_room() {
    let journal = Journal::in_memory().unwrap();
    journal.begin_session(beginning("s-1")).await.unwrap();
    let look = |turn: u32| {
        let observed = Observed { look: u64::from(turn), view: samples::map(turn), ..Observed::default() };
        Record { at_ms: u64::from(turn), what: What::Observed(Box::new(observed)) }
    };
    let looks: Vec<Record> = (1..=200).map(look).collect();
    journal.record("s-1", looks.clone()).await.unwrap();
    assert_eq!(whole(&journal, "s-1").await, looks);
    let sql = "SELECT sum(length(view)), sum(view_base IS NULL) FROM observations";
    let kept: Option<(i64, i64)> = journal
        .read(move |connection| columns::first(connection, sql, [], |row| Ok((row.plain()?, row.plain()?))))
        .await
        .unwrap();
    let (bytes, whole_ones) = kept.unwrap();
    let each = i64::try_from(serde_json::to_string(&samples::map(1)).unwrap().len()).unwrap();
    assert_eq!(whole_ones, 1);
    assert!(bytes < 200 * each / 4, "{bytes} bytes for 200 maps of {each}");
}

#[tokio::test]
async fn a_step_with_four_experts_takes_less_than_fifty_kilobytes() {
    let journal = Journal::in_memory().unwrap();
    journal.begin_session(beginning("s-1")).await.unwrap();
    let empty = journal.sessions("").await.unwrap().bytes;
    for step in 1..=100 {
        let observed = Observed {
            look: step,
            text: "You stand at the mill. ".repeat(20),
            view: samples::map(u32::try_from(step).unwrap()),
            ..Observed::default()
        };
        let mut what = vec![What::Observed(Box::new(observed))];
        for expert in 0..4 {
            let mut call = samples::call(step * 4 + expert, Some(step));
            let said = call.said.as_mut().unwrap();
            (said.system, said.prompt) = ("Look for threats. ".repeat(100), "You stand at the mill. ".repeat(100));
            (said.answer, said.reasoning) = ("Walk on. ".repeat(50), "It is late. ".repeat(100));
            what.push(What::Asked(Box::new(samples::asked(&call))));
            what.push(What::CallEnded(Box::new(call)));
        }
        what.push(What::Decided(Box::new(samples::decided(step, step))));
        what.push(What::Stepped(Box::new(samples::step(step, Some(step)))));
        let records = what.into_iter().map(|what| Record { at_ms: step, what }).collect();
        journal.record("s-1", records).await.unwrap();
    }
    let each = (journal.sessions("").await.unwrap().bytes - empty) / 100;
    assert!(each < 50_000, "{each} bytes");
}

#[tokio::test]
async fn one_row_that_cannot_be_read_takes_no_other_with_it() {
    let journal = Journal::in_memory().unwrap();
    journal.begin_session(beginning("s-1")).await.unwrap();
    let records = Dice(7).records(4 * KINDS);
    journal.record("s-1", records.clone()).await.unwrap();
    journal.end_session(&samples::report("s-1")).await.unwrap();
    let spoil = "
        UPDATE notices SET kind = 'no such kind' WHERE seq = (SELECT min(seq) FROM notices);
        UPDATE observations SET facts = '{' WHERE seq = (SELECT min(seq) FROM observations);
        UPDATE session_texts SET report = 'no report';";
    journal.ask(move |connection| connection.execute_batch(spoil)).await.unwrap();
    let file = journal.session("s-1").await.unwrap().unwrap();
    assert_eq!(file.records.len(), records.len() - 2);
    assert_eq!(file.report, None);
    assert!(file.started.is_some());
}

#[tokio::test]
async fn the_same_records_handed_over_again_are_not_doubled() {
    let journal = Journal::in_memory().unwrap();
    journal.begin_session(beginning("s-1")).await.unwrap();
    let numbered = |number: u64| {
        let what = samples::notice(&format!("notice {number}"));
        Arc::new(sessions::Numbered { number, record: Record { at_ms: number, what } })
    };
    let limit = Duration::from_secs(10);
    journal.record_within(limit, "s-1", (1..=5).map(numbered).collect()).await.unwrap();
    // Six was given up meanwhile.
    journal.record_within(limit, "s-1", [3, 4, 5, 7, 8].map(numbered).to_vec()).await.unwrap();
    let kept: Vec<u64> = whole(&journal, "s-1").await.iter().map(|record| record.at_ms).collect();
    assert_eq!(kept, [1, 2, 3, 4, 5, 7, 8]);
    let error = journal.record("s-9", Vec::new()).await.unwrap_err();
    assert_eq!(error, JournalError::NoSession { session: "s-9".into() });
}
