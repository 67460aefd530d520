//! The course of a session: begun, heard, ended when somebody or something says so, closed once its loops have ended.

use tokio::{task::JoinError, time::Instant};
use tokio_util::sync::CancellationToken;

use super::{Stage, Supervisor};
use crate::{
    agent::{LoopMessage, LoopResult},
    llm::Gate,
    protocol::{Ending, Event, LoopName, Problem, Until},
    worker::{
        session::CLOSING_MAY_TAKE,
        stagehand::Stagehand,
        tasks::{TaskDone, TaskName, lost},
    },
};

impl<S: Stagehand> Supervisor<S> {
    pub(super) fn start(&mut self, until: Until) {
        if self.leaving.is_some() || !matches!(self.stage, Stage::Empty) {
            self.refuse(Problem::plain(
                "A session is running already",
                Vec::new(),
                "Stop it before starting another one",
            ));
            return;
        }
        if let Some(why) = self.stagehand.read_only() {
            let advice = "Use the copy that runs already, or close it and start this one again";
            self.refuse(Problem::plain("No session can be started here", vec![why], advice));
            return;
        }
        self.desk.close_replay();
        let known = self.checked.as_ref().filter(|(settings, _)| settings.asks_the_same(&self.settings));
        // Where another side may step in, what one side lacks is no obstacle yet.
        let report = known.and_then(|(_, report)| report.as_ref()).filter(|_| !self.settings.cloud.is_mixed());
        if let Some(problem) = report.and_then(|report| report.obstacle(self.settings.agent.strategy)) {
            self.refuse(problem.clone());
            return;
        }
        // What asks servers beside the session, or uses the desktop, would have to be explained by its certificate.
        let in_the_way = self.tasks.keys().find_map(|name| match name {
            TaskName::Errand(name) => name.in_the_way(),
            _ => None,
        });
        if let Some(summary) = in_the_way {
            self.refuse(Problem::plain(summary, Vec::new(), "Start once that is done"));
            return;
        }
        self.break_release_off();
        self.word = None;
        let (gate, stop) = (Gate::default(), CancellationToken::new());
        let preparing = self.stagehand.prepare(self.settings.clone(), until, gate.clone(), stop.clone());
        self.tasks.spawn(TaskName::Prepare, async move { TaskDone::Prepared(Box::new(preparing.await)) });
        self.stage = Stage::Starting { gate, stop };
    }

    pub(super) fn stop(&mut self, at: Instant, ending: Ending) {
        match &mut self.stage {
            Stage::Empty | Stage::Keeping(_) => {}
            Stage::Starting { gate, stop } => {
                gate.shut();
                stop.cancel();
                self.tasks.abort(&TaskName::Prepare);
            }
            Stage::On(session) if session.is_stopping() => {}
            Stage::On(session) => {
                session.stop(at, ending, || self.stagehand.begin_stop());
                // A check or a load would keep connections open that the certificate then has to explain.
                self.again.check |= self.tasks.contains_key(&TaskName::Check);
                for name in [TaskName::Check, TaskName::Fix, TaskName::Load, TaskName::Refresh, TaskName::Watch] {
                    self.tasks.abort(&name);
                }
            }
        }
        self.publish();
    }

    pub(super) fn shut_down(&mut self, at: Instant) {
        if self.leaving.is_none() {
            self.leaving = Some(at);
            self.hurry.cancel();
            self.stop(at, Ending::Stopped);
            self.tasks.abort_matching(|name| !name.has_to_end());
        }
    }

    pub(super) fn loop_ended(&mut self, name: LoopName, result: Result<LoopResult, JoinError>) {
        let Stage::On(session) = &mut self.stage else { return };
        if let Some(ending) = session.loop_ended(name, result) {
            self.stop(Instant::now(), ending);
        }
    }

    /// What the loops say is kept before anybody is told of it.
    pub(super) fn write(&mut self, message: LoopMessage) {
        if let Stage::On(session) = &mut self.stage {
            session.write(message);
        }
    }

    pub(super) fn written(&mut self, said: Vec<LoopMessage>) {
        let Stage::On(session) = &mut self.stage else { return };
        let said = session.written(said);
        self.pass_on(said);
    }

    pub(super) fn pass_on(&mut self, said: Vec<LoopMessage>) {
        let has_begun = said.iter().any(|message| matches!(message, LoopMessage::Started(_)));
        for message in said {
            if let Stage::On(session) = &mut self.stage {
                session.note(&message);
            }
            if let LoopMessage::Notice(notice) = &message {
                notice.problem.iter().for_each(|problem| self.desk.remember(problem));
            }
            self.tell_whoever_is_elsewhere(&message);
            self.link.tell(match message {
                LoopMessage::Step(step) => Event::Step(step),
                LoopMessage::Notice(notice) => Event::Notice(notice),
                LoopMessage::Judged(judgement) => Event::Judged(judgement),
                LoopMessage::ApprovalNeeded(approval) => Event::ApprovalNeeded(approval),
                LoopMessage::ApprovalClosed { approval, answer } => Event::ApprovalClosed { approval, answer },
                LoopMessage::Started(started) => Event::SessionStarted(started),
                LoopMessage::Paused { why } => Event::Paused { why },
                LoopMessage::Resumed { .. } => Event::Resumed,
            });
        }
        if let Stage::On(session) = &mut self.stage {
            session.write_held();
            // A window has looked after the journal when it opened; whoever has none does so beside a session.
            if has_begun && self.home.is_none() {
                self.tend_the_journal();
            }
        }
    }

    pub(super) fn deadline_passed(&mut self) {
        let Stage::On(session) = &mut self.stage else { return };
        if session.deadline_passed() {
            // It blocks its thread, so nobody else can end it.
            self.tasks.abort(&TaskName::Close);
            let closed = session.lost(lost("session", CLOSING_MAY_TAKE));
            self.session_closed(closed);
        }
    }

    pub(super) fn close_when_loops_have_ended(&mut self) {
        if let Stage::On(session) = &self.stage
            && let Some(at) = session.stop_asked().filter(|_| !session.is_stopping())
        {
            self.stop(at, Ending::Stopped);
        }
        let Stage::On(session) = &mut self.stage else { return };
        if let Some((closing, deadline)) = session.begin_closing() {
            self.tasks.spawn(TaskName::Close, async move {
                let closed = tokio::time::timeout_at(deadline, closing).await;
                TaskDone::Closed(closed.ok().map(Box::new))
            });
        }
    }
}
