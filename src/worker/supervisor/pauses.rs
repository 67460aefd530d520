//! What a person has in hand while a session runs: pause, go on, one decision, yes or no to an action; and what was learnt
//! is forgotten on request.

use super::{Stage, Supervisor};
use crate::{
    agent::LoopMessage,
    protocol::{Approval, ApprovalAnswer, Event, Phase, Problem},
    worker::{
        stagehand::Stagehand,
        tasks::{TaskDone, TaskName},
    },
};

impl<S: Stagehand> Supervisor<S> {
    pub(super) fn pause(&mut self) {
        if let Stage::On(session) = &self.stage {
            session.pause();
        }
    }

    pub(super) fn resume(&mut self, word: Option<String>) {
        if let Stage::On(session) = &self.stage {
            if session.why_paused().is_some() {
                self.word.clone_from(&word);
            }
            session.resume(word);
        }
    }

    pub(super) fn step(&mut self) {
        self.word = None;
        if let Stage::On(session) = &self.stage {
            session.step();
        }
    }

    pub(super) fn answer(&mut self, approval: u64, answer: ApprovalAnswer) {
        let is_for_ever = matches!(answer, ApprovalAnswer::Approved { for_ever: true, .. });
        let waiting = match &self.stage {
            Stage::On(session) => session.waiting_as(approval),
            _ => None,
        };
        let is_heard = matches!(&self.stage, Stage::On(session) if session.answer(approval, answer));
        if !is_heard {
            self.refuse(Problem::plain(
                "That action is not waited for any more",
                Vec::new(),
                "Look at the steps for what came of it",
            ));
        } else if let Some(Approval { server: Some(server), action, .. }) = waiting.filter(|_| is_for_ever) {
            self.allow_for_ever(&server, action.name);
        }
    }

    /// This tool of that server is not asked about any more, in no session. Only the window's settings are kept; without
    /// a home it holds until the program ends.
    fn allow_for_ever(&mut self, server: &str, tool: String) {
        let Some(server) = self.settings.servers.iter_mut().find(|known| known.name == server) else { return };
        if server.extras.allowed.contains(&tool) {
            return;
        }
        server.extras.allowed.push(tool);
        self.save();
        let settings = Box::new(self.settings.clone());
        self.link.tell(Event::SettingsLoaded { settings, warnings: Vec::new() });
    }

    pub(super) fn forget_lessons(&mut self, environment: String) {
        let forgetting = self.stagehand.forget_lessons(environment.clone());
        self.tasks.spawn(TaskName::Forget, async move { TaskDone::Forgotten(environment, forgetting.await) });
    }

    pub(super) fn forgotten(&mut self, environment: String, forgotten: Result<u64, Problem>) {
        match forgotten {
            Ok(lessons) => self.link.tell(Event::LessonsForgotten { environment, lessons }),
            Err(problem) => self.refuse(problem),
        }
    }

    fn write_last(&mut self, message: LoopMessage) {
        if let Stage::On(session) = &mut self.stage {
            session.write_last(message);
        }
    }

    /// A pause begins and ends in the loops; whoever has no picture hears of both.
    pub(super) fn tell_of_pauses(&mut self, phase: &Phase) {
        let is_paused = matches!(phase, Phase::Paused { .. });
        if is_paused == std::mem::replace(&mut self.was_paused, is_paused) {
            return;
        }
        match phase {
            Phase::Paused { why } => self.write_last(LoopMessage::Paused { why: why.clone() }),
            Phase::Running => {
                let word = self.word.take();
                self.write_last(LoopMessage::Resumed { word });
            }
            Phase::Idle | Phase::Starting | Phase::Stopping { .. } | Phase::Gone => {}
        }
    }
}
