//! What the supervisor's tasks bring back, and what follows from it.

use std::{path::PathBuf, time::Duration};

use tokio::{task::JoinError, time::sleep};

use super::{LAST_MAY_TAKE, Stage, Supervisor};
use crate::{
    agent::LoopMessage,
    protocol::{Certificate, CertificateItem, Depth, Event, HealthReport, OpenKind, Problem, SessionReport},
    settings::Provider,
    worker::{
        session::{CLOSING_MAY_TAKE, STOP_MAY_TAKE, Session},
        stagehand::{Closed, Prepared, Stagehand},
        tasks::{TaskDone, TaskName, cannot_save, lost},
    },
};

/// How long the report of a session may take, from the journal to the disk; it can still be exported later.
const REPORT_MAY_TAKE: Duration = Duration::from_secs(10);
/// And how long it may keep the program from ending.
const REPORT_MAY_HOLD_UP: Duration = Duration::from_millis(1500);

impl<S: Stagehand> Supervisor<S> {
    pub(super) fn task_done(&mut self, name: TaskName, done: Result<TaskDone, JoinError>) -> Option<Certificate> {
        if name == TaskName::Load {
            self.loading = None;
        }
        match done {
            Ok(TaskDone::Saved(saved)) => self.saved(saved),
            Ok(TaskDone::KeysRead) => {}
            Ok(TaskDone::KeyChanged(provider, problem)) => self.key_changed(provider, problem),
            Ok(TaskDone::Checked(report)) => self.checked(report),
            Ok(TaskDone::Refreshed(lists)) => self.listed(lists),
            Ok(TaskDone::Forgotten(environment, forgotten)) => self.forgotten(environment, forgotten),
            Ok(TaskDone::Watched) => {}
            Ok(TaskDone::Fixed(Ok(()))) => self.check(Depth::Full),
            Ok(TaskDone::Fixed(Err(problem))) => self.refuse(problem),
            Ok(TaskDone::Prepared(prepared)) => self.prepared(*prepared),
            Ok(TaskDone::Closed(Some(closed))) => self.session_closed(*closed),
            Ok(TaskDone::Closed(None)) => self.closing_lost(),
            Ok(TaskDone::Kept(said, report)) => self.session_kept(said, report),
            Ok(TaskDone::Reported(session, reported)) => self.reported(session, reported),
            Ok(TaskDone::ReleaseAsked(found)) => self.release_known(found),
            Ok(TaskDone::RunErrand(brought)) => self.errand_run(brought),
            Ok(TaskDone::Last(items)) => return Some(self.conclude(items)),
            Err(error) => return self.task_failed(name, &error),
        }
        self.leave_when_nothing_runs();
        self.publish();
        None
    }

    /// A task was aborted, or broke down; what waits for it must not wait for ever.
    fn task_failed(&mut self, name: TaskName, error: &JoinError) -> Option<Certificate> {
        if error.is_panic() {
            let advice = "This is a fault of this program; please report it";
            self.refuse(Problem::plain("Something broke down inside", vec![format!("{name:?}: {error}")], advice));
        }
        match name {
            TaskName::Prepare => self.stage = Stage::Empty,
            TaskName::Close => self.closing_lost(),
            TaskName::Keep => self.session_lost(),
            TaskName::Last => return Some(self.conclude(vec![lost("program", LAST_MAY_TAKE)])),
            TaskName::Save
            | TaskName::Keys
            | TaskName::Key(_)
            | TaskName::Check
            | TaskName::Fix
            | TaskName::Load
            | TaskName::Refresh
            | TaskName::Forget
            | TaskName::Report(_)
            | TaskName::Release
            | TaskName::Errand(_)
            | TaskName::Watch => {}
        }
        self.leave_when_nothing_runs();
        self.publish();
        None
    }

    fn key_changed(&mut self, provider: Provider, problem: Option<Problem>) {
        self.link.tell(Event::KeyChanged { provider, problem });
        self.check(Depth::Full);
    }

    fn saved(&mut self, saved: std::io::Result<()>) {
        match saved {
            Ok(()) => self.link.tell(Event::SettingsSaved),
            Err(error) => self.refuse(cannot_save(&error)),
        }
        if std::mem::take(&mut self.again.save) {
            self.save();
        }
    }

    fn checked(&mut self, report: Box<HealthReport>) {
        while let Ok(finding) = self.findings.try_recv() {
            self.link.tell(Event::Checked(Box::new(finding)));
        }
        if let Some((_, found)) = &mut self.checked {
            *found = Some(report.clone());
        }
        let lists = self.stagehand.take_report(&report);
        self.link.tell(Event::CheckFinished(report));
        self.listed(lists);
        self.watch();
    }

    fn prepared(&mut self, prepared: Result<Prepared, Problem>) {
        let Stage::Starting { gate, stop } = std::mem::replace(&mut self.stage, Stage::Empty) else { return };
        match prepared {
            Err(problem) => self.refuse(problem),
            // Stop came while the last of the preparation was under way: no loop was started, and dropping the place ends
            // what was opened for it.
            Ok(_) if gate.is_shut() => {}
            Ok(mut prepared) => {
                // A start without a check before it brings its own, so that there is something to watch.
                if let Some(report) = prepared.report.take().filter(|_| self.checked.is_none()) {
                    let lists = self.stagehand.take_report(&report);
                    self.listed(lists);
                    self.checked = Some((self.settings.clone(), Some(report)));
                }
                self.stage = Stage::On(Box::new(Session::begin(prepared, gate, stop)));
                self.watch();
            }
        }
    }

    /// Nobody has told what closing came to, so what is still open is counted here.
    fn closing_lost(&mut self) {
        // The task of an older session, which was given up, may end only now.
        let Stage::On(session) = &self.stage else { return };
        if !session.is_closing() {
            return;
        }
        let closed = session.lost(lost("session", CLOSING_MAY_TAKE));
        self.session_closed(closed);
    }

    pub(super) fn session_closed(&mut self, closed: Closed) {
        if !matches!(&self.stage, Stage::On(session) if session.is_closing()) {
            return;
        }
        let Stage::On(session) = std::mem::replace(&mut self.stage, Stage::Empty) else { return };
        let ended = session.end(closed);
        self.stage = Stage::Keeping(ended.report.clone());
        self.tasks.spawn(TaskName::Keep, async move {
            let (said, report) = ended.keep().await;
            TaskDone::Kept(said, report)
        });
    }

    /// The end is kept, so that it can be told.
    fn session_kept(&mut self, said: Vec<LoopMessage>, report: Box<SessionReport>) {
        self.stage = Stage::Empty;
        self.pass_on(said);
        if self.leaving.is_some() {
            self.last = report.certificate.clone();
        }
        self.tell_of_the_end(&report);
        let session = report.session.clone();
        self.link.tell(Event::SessionEnded(report));
        self.report_on(session);
        self.list_again();
        if std::mem::take(&mut self.again.check) && self.leaving.is_none() {
            self.check(Depth::Full);
        } else {
            self.watch();
        }
    }

    /// Writes its report; whoever leaves does not wait long for it.
    fn report_on(&mut self, session: String) {
        let writing = self.stagehand.write_report(session.clone(), REPORT_MAY_TAKE);
        let hurry = self.hurry.clone();
        self.reports += 1;
        self.tasks.spawn(TaskName::Report(self.reports), async move {
            let hurried = async {
                hurry.cancelled().await;
                sleep(REPORT_MAY_HOLD_UP).await;
            };
            let written = tokio::select! {
                biased;
                written = writing => written,
                () = hurried => Err(report_is_late()),
            };
            TaskDone::Reported(session, written)
        });
    }

    fn reported(&mut self, session: String, reported: Result<Option<PathBuf>, Problem>) {
        match reported {
            Ok(Some(path)) => self.link.tell(Event::ReportWritten { session, place: path.display().to_string() }),
            Ok(None) => {}
            Err(problem) => self.refuse(problem),
        }
    }

    /// Keeping it broke down; what is known of it is told all the same, with the journal's line as it deserves.
    fn session_lost(&mut self) {
        if let Stage::Keeping(mut report) = std::mem::replace(&mut self.stage, Stage::Empty) {
            let item = lost("record of the session", STOP_MAY_TAKE);
            report.certificate.items.push(CertificateItem { kind: OpenKind::Journal, ..item });
            report.certificate.clean = false;
            self.session_kept(Vec::new(), report);
        }
    }

    /// The certificate of the program's end: that of the session that ended with it, and what outlives sessions.
    fn conclude(&mut self, items: Vec<CertificateItem>) -> Certificate {
        let last = std::mem::take(&mut self.last);
        let elapsed_ms = self.leaving.map_or(0.0, |at| at.elapsed().as_secs_f64() * 1000.0);
        Certificate::conclude(last.gate_closed_ms, elapsed_ms, [last.items, items].concat(), last.open_after)
    }
}

fn report_is_late() -> Problem {
    let advice = "The session is in the journal; export its report from the Sessions screen";
    Problem::plain("The report of the session was not written before the end", Vec::new(), advice)
}
