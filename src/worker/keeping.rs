//! What a session says is kept before anybody is told of it; and its end is kept before the window sees it.

use tokio::{
    sync::mpsc,
    time::{Instant, timeout_at},
};

use crate::{
    agent::LoopMessage,
    journal::Recorder,
    llm::{BoxFuture, open::millis},
    protocol::{Certificate, CertificateItem, OpenKind, Outcome, SessionReport, What},
};

/// So many things that the loops have said are kept together.
const TOGETHER: usize = 256;

/// Whom a notice is from that tells why a session is not being recorded.
pub const FROM_JOURNAL: &str = "journal";

/// What the certificate calls it.
const RECORD: &str = "the record of the session";

/// What has been said and is on its way into the journal.
pub struct Writing {
    pub said: Vec<LoopMessage>,
    pub kept: BoxFuture<'static, ()>,
}

/// A session that has ended and has still to be kept.
pub struct Ended {
    pub report: Box<SessionReport>,
    pub recorder: Recorder,
    /// What is on its way into the journal, and what was said after it.
    pub writing: Option<Writing>,
    pub unsaid: Vec<LoopMessage>,
    /// When Stop was pressed, and until when everything has to be over.
    pub pressed: Instant,
    pub deadline: Instant,
}

/// What has been said and whatever else lies there, in its order, as far as it is kept together.
pub fn gather(mut said: Vec<LoopMessage>, messages: &mut mpsc::UnboundedReceiver<LoopMessage>) -> Vec<LoopMessage> {
    while said.len() < TOGETHER
        && let Ok(message) = messages.try_recv()
    {
        said.push(message);
    }
    said
}

/// Keeps what was said. Most of it is on its way already, by whoever said it; nothing is told before it has arrived.
pub fn keep(recorder: Recorder, said: Vec<LoopMessage>) -> Writing {
    let kept: Vec<What> = said.iter().filter_map(what).collect();
    let kept = async move {
        kept.into_iter().for_each(|what| recorder.keep_later(what));
        recorder.flush().await;
    };
    Writing { said, kept: Box::pin(kept) }
}

/// What has been through [`keep`], in the order to tell it in. Where the journal does not take it, the trouble goes ahead
/// of whatever may be missing from it: all that is told before the trouble is kept. `held` is what is to be kept next.
pub fn to_be_told(
    recorder: &Recorder,
    said: Vec<LoopMessage>,
    held: &mut Vec<LoopMessage>,
    messages: &mut mpsc::UnboundedReceiver<LoopMessage>,
) -> Vec<LoopMessage> {
    if recorder.not_recorded().is_none() {
        return said;
    }
    // It was sent before the write came back, so it lies there by now.
    held.extend(std::iter::from_fn(|| messages.try_recv().ok()));
    let troubles: Vec<LoopMessage> = held.extract_if(.., |message| is_trouble(message)).collect();
    troubles.iter().filter_map(what).for_each(|what| recorder.keep_later(what));
    trouble_first(said.into_iter().chain(troubles))
}

/// The journal's own trouble ahead of all else that is told of a session, but not of its beginning.
fn trouble_first(said: impl IntoIterator<Item = LoopMessage>) -> Vec<LoopMessage> {
    let mut said: Vec<LoopMessage> = said.into_iter().collect();
    // Sorting keeps the order of what is alike.
    said.sort_by_key(|message| match message {
        LoopMessage::Started(_) => 0,
        other if is_trouble(other) => 1,
        _ => 2,
    });
    said
}

fn is_trouble(message: &LoopMessage) -> bool {
    matches!(message, LoopMessage::Notice(notice) if notice.from == FROM_JOURNAL && notice.problem.is_some())
}

fn what(message: &LoopMessage) -> Option<What> {
    Some(match message {
        LoopMessage::Notice(notice) => What::Noticed(notice.clone()),
        LoopMessage::Paused { why } => What::Paused { why: why.clone() },
        LoopMessage::Resumed { word } => What::Resumed { word: word.clone() },
        LoopMessage::Started(_)
        | LoopMessage::Step(_)
        | LoopMessage::Judged(_)
        | LoopMessage::ApprovalNeeded(_)
        | LoopMessage::ApprovalClosed { .. } => return None,
    })
}

impl Ended {
    /// Keeps the rest and the report; gives what has still to be told, and the report with the journal's own line. Never
    /// takes longer than the deadline: what is not kept by then is said to be missing.
    pub async fn keep(self) -> (Vec<LoopMessage>, Box<SessionReport>) {
        let Self { mut report, recorder, writing, unsaid, pressed, deadline } = self;
        let began = Instant::now();
        let mut told = Vec::new();
        for Writing { said, kept } in writing.into_iter().chain([keep(recorder.clone(), unsaid)]) {
            let _what_is_missing_is_found_below = timeout_at(deadline, kept).await;
            told.extend(said);
        }
        if recorder.is_on() {
            let flushed = timeout_at(deadline, recorder.flush()).await;
            let missing = recorder.not_recorded().or_else(|| flushed.is_err().then(|| TOO_LONG.to_owned()));
            let was_missing = missing.is_some();
            conclude(&mut report, pressed, item(began, missing));
            let kept = timeout_at(deadline, recorder.end(&report)).await;
            let missing = match kept {
                Ok(Ok(())) => None,
                Ok(Err(unsaved)) => Some(unsaved.to_string()),
                // What is known of it says more than that it took long.
                Err(_too_long) => Some(recorder.not_recorded().unwrap_or_else(|| TOO_LONG.to_owned())),
            };
            // What is kept and what is told must be one certificate.
            if missing.is_some() || was_missing {
                report.certificate.items.pop();
                conclude(&mut report, pressed, item(began, missing));
                let _as_far_as_possible = timeout_at(deadline, recorder.end(&report)).await;
            }
        }
        (trouble_first(told), report)
    }
}

const TOO_LONG: &str = "the journal did not answer in time";

fn item(began: Instant, missing: Option<String>) -> CertificateItem {
    CertificateItem {
        kind: OpenKind::Journal,
        name: RECORD.to_owned(),
        outcome: if missing.is_none() { Outcome::Closed } else { Outcome::Failed },
        took_ms: millis(began.elapsed()),
        note: missing.unwrap_or_default(),
    }
}

/// The certificate with one more line, drawn anew.
fn conclude(report: &mut SessionReport, pressed: Instant, item: CertificateItem) {
    let Certificate { gate_closed_ms, mut items, open_after, .. } = std::mem::take(&mut report.certificate);
    items.push(item);
    let stopped_ms = pressed.elapsed().as_secs_f64() * 1000.0;
    report.certificate = Certificate::conclude(gate_closed_ms, stopped_ms, items, open_after);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        journal::{Beginning, JournalError},
        protocol::{Judgement, Notice, NoticeKind, Problem, SessionStarted},
        settings::Strategy,
    };

    fn notice(from: &str, problem: Option<Problem>) -> LoopMessage {
        let text = String::new();
        LoopMessage::Notice(Box::new(Notice { kind: NoticeKind::Warning, from: from.to_owned(), text, problem }))
    }

    fn judged(step: u64) -> LoopMessage {
        LoopMessage::Judged(Box::new(Judgement { step, ..Judgement::default() }))
    }

    fn beginning() -> Beginning {
        let started = SessionStarted {
            session: "a".to_owned(),
            environment: "world".to_owned(),
            goal: String::new(),
            seed: 0,
            strategy: Strategy::Heuristic,
            demo: true,
        };
        Beginning { started, settings: String::new(), owner: String::new(), version: String::new() }
    }

    fn told(messages: &[LoopMessage]) -> Vec<String> {
        let word = |message: &LoopMessage| match message {
            LoopMessage::Started(_) => "started".to_owned(),
            LoopMessage::Judged(judgement) => format!("judged {}", judgement.step),
            LoopMessage::Notice(notice) if notice.problem.is_some() => format!("trouble of the {}", notice.from),
            LoopMessage::Notice(notice) => format!("a word of the {}", notice.from),
            other => format!("{other:?}"),
        };
        messages.iter().map(word).collect()
    }

    #[tokio::test]
    async fn a_trouble_of_the_journal_is_told_before_what_may_be_missing_from_it() {
        let (tell, mut messages) = mpsc::unbounded_channel();
        let mut held = vec![judged(2)];
        let working = Recorder::none();
        tell.send(judged(3)).unwrap();
        let undisturbed = to_be_told(&working, vec![judged(1)], &mut held, &mut messages);
        assert_eq!((told(&undisturbed), told(&held)), (vec!["judged 1".to_owned()], vec!["judged 2".to_owned()]));

        let telling = tell.clone();
        let trouble = Arc::new(move |problem: &Problem| {
            telling.send(notice(FROM_JOURNAL, Some(problem.clone()))).unwrap();
        });
        let failing = Recorder::ready(Err(JournalError::Closed), beginning(), trouble);
        tell.send(notice("exploration", None)).unwrap();
        let writing = keep(failing.clone(), vec![LoopMessage::Started(Box::new(beginning().started)), judged(1)]);
        writing.kept.await;
        let disturbed = to_be_told(&failing, writing.said, &mut held, &mut messages);
        assert_eq!(told(&disturbed), ["started", "trouble of the journal", "judged 1"]);
        assert_eq!(told(&held), ["judged 2", "judged 3", "a word of the exploration"], "the rest keeps its order");
    }
}
