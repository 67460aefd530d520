//! Mends: what changes the settings is done at once, what a server must do becomes a task, and the check runs again.

use tokio::time::Instant;

use super::{Stage, Supervisor};
use crate::{
    protocol::{Depth, Ending, Event, Fix, HealthReport, Problem, Remedy},
    worker::{
        build,
        mending::mend,
        stagehand::Stagehand,
        tasks::{TaskDone, TaskName},
    },
};

impl<S: Stagehand> Supervisor<S> {
    pub(super) fn fix(&mut self, fix: Fix) {
        match fix {
            Fix::CheckAgain => self.check(Depth::Full),
            Fix::CheckPatiently => self.check(Depth::Patient),
            Fix::CopyReport => self.copy_report(),
            // The field is in the window; whoever asks from elsewhere is told by the button's words.
            Fix::EnterToken => {}
            Fix::LoadModel { model, context_length, endpoint } => self.load(model, context_length, endpoint),
            Fix::UnloadModel { .. } | Fix::StartServer { .. } | Fix::OpenLmStudio => self.fix_outside(fix),
            Fix::UseAddress { .. } | Fix::UseModel { .. } | Fix::BypassProxy { .. } | Fix::TryDemo | Fix::LeaveDemo => {
                self.mend_settings(&fix);
            }
        }
    }

    fn fix_outside(&mut self, fix: Fix) {
        if self.refuses_while_ending() {
            return;
        }
        let fixing = self.stagehand.fix(self.settings.clone(), fix);
        self.tasks.spawn(TaskName::Fix, async move { TaskDone::Fixed(fixing.await) });
    }

    /// One load at a time: a second press must not begin a second one, nor give up the first.
    fn load(&mut self, model: String, context_length: Option<u32>, endpoint: String) {
        if self.refuses_while_ending() {
            return;
        }
        if self.loading.is_some() || matches!(self.stage, Stage::Starting { .. }) {
            let advice = "Wait until it is done, or cancel it";
            return self.refuse(Problem::plain(
                "A model is being loaded already",
                vec![format!("Asked for: {model}")],
                advice,
            ));
        }
        self.loading = Some((endpoint.clone(), model.clone()));
        let loading = self.stagehand.load(self.settings.clone(), endpoint, model, context_length);
        self.tasks.spawn(TaskName::Load, async move { TaskDone::Fixed(loading.await) });
    }

    /// Nobody waits for the load any more. LM Studio does not notice that, so it is said.
    pub(super) fn cancel_load(&mut self) {
        if !self.tasks.abort(&TaskName::Load) {
            // What a start loads ends with the start.
            if matches!(self.stage, Stage::Starting { .. }) {
                self.stop(Instant::now(), Ending::Stopped);
            }
            return;
        }
        let Some((endpoint, model)) = self.loading.take() else { return };
        let unload = Fix::UnloadModel { instance: model.clone(), endpoint };
        self.refuse(Problem {
            cause: None,
            summary: format!("Loading \u{201c}{model}\u{201d} is not waited for any more"),
            details: vec!["A server that has begun to load usually goes on until it is done".to_owned()],
            remedies: vec![Remedy::Action(Fix::CheckAgain), Remedy::Action(unload)],
        });
    }

    pub(super) fn refresh(&mut self) {
        if self.refuses_while_ending() {
            return;
        }
        let refreshing = self.stagehand.refresh(self.settings.clone());
        self.tasks.spawn(TaskName::Refresh, async move { TaskDone::Refreshed(refreshing.await) });
    }

    fn copy_report(&mut self) {
        match self.checked.as_ref().and_then(|(_, report)| report.as_ref()) {
            Some(report) => self.link.tell(Event::CopyText { text: for_others(report) }),
            None => self.refuse(Problem::plain("Nothing has been checked yet", Vec::new(), "Check first, then copy")),
        }
    }

    fn refuses_while_ending(&mut self) -> bool {
        let is_ending = self.leaving.is_some() || self.is_stopping();
        if is_ending {
            self.refuse(Problem::plain("Not while a session ends", Vec::new(), "Try again once it has ended"));
        }
        is_ending
    }

    fn mend_settings(&mut self, fix: &Fix) {
        mend(&mut self.settings, fix);
        let settings = Box::new(self.settings.clone());
        self.link.tell(Event::SettingsLoaded { settings, warnings: Vec::new() });
        self.save();
        self.check(Depth::Full);
    }
}

/// The report with what whoever reads it elsewhere has to know about this program.
fn for_others(report: &HealthReport) -> String {
    format!("Singularis {} on {}\n{report}", build::VERSION, std::env::consts::OS)
}
