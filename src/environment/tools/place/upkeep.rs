//! What keeps a server usable: its list of tools, what is called at the start, and starting it again.

use tokio_util::sync::CancellationToken;

use super::{ToolsPlace, seconds};
use crate::{
    environment::{
        EnvironmentError,
        tools::{
            calling::Called,
            listing::Listed,
            offered::actions,
            restart::{Again, MOST_RESTARTS},
            results::read,
            spoken::{Opens, Spoken},
            trouble::Trouble,
        },
    },
    protocol::{ActionCall, NoticeKind, Problem},
    settings::PresetCall,
};

impl<O: Opens> ToolsPlace<O> {
    /// Lists the tools of a server that was just started and calls what is called at the start.
    pub(super) async fn settle(&mut self, stop: &CancellationToken) -> Result<(), Box<Problem>> {
        let within = seconds(self.settings.extras.connect_s);
        let Some(server) = self.standing.server() else { return Err(Box::new(self.told(&Trouble::HungUp))) };
        let about = server.about();
        let (product, version, instructions) =
            (about.product.clone(), about.version.clone(), about.instructions.clone());
        let changes = server.changes();
        let listed = stop.run_until_cancelled(server.list(within)).await;
        let listed = listed.unwrap_or_else(|| Err(Trouble::ListFailed { words: "it was stopped first".to_owned() }));
        (self.product, self.version, self.instructions, self.changes) = (product, version, instructions, changes);
        let listed = listed.map_err(|trouble| Box::new(self.told(&trouble)))?;
        let skipped = listed.skipped.clone();
        self.take(listed);
        self.must_be_usable(skipped)?;
        self.reset(stop).await?;
        self.is_settled = true;
        Ok(())
    }

    /// What is offered from now on.
    fn take(&mut self, listed: Listed) {
        self.tools = listed.tools;
        let actions = actions(&self.settings.extras, &self.tools);
        if actions != self.actions {
            self.actions = actions;
            self.generation += 1;
            self.tick += 1;
            self.look = None;
        }
    }

    /// A server without tools, or without those that the settings call, is none that anybody can act in.
    fn must_be_usable(&self, skipped: Vec<String>) -> Result<(), Box<Problem>> {
        let name = &self.settings.name;
        if self.actions.len() < 2 {
            let (summary, advice) = if self.tools.is_empty() {
                (format!("{name} has no tools"), "Check its arguments and its documentation, then test it again")
            } else {
                let summary = format!("None of the tools of {name} is offered");
                (summary, "Change the lists of tools that are allowed and denied for this server")
            };
            return Err(Box::new(Problem::plain(summary, skipped, advice)));
        }
        let extras = &self.settings.extras;
        for (preset, purpose) in [(&extras.observe, "to look"), (&extras.reset, "at the start")] {
            let Some(PresetCall { tool, .. }) = preset else { continue };
            if !self.tools.iter().any(|listed| listed.name == *tool) {
                let summary = format!("{name} has no tool {tool}, which is to be called {purpose}");
                let names: Vec<&str> = self.tools.iter().map(|tool| &*tool.name).collect();
                let details = vec![format!("Its tools: {}", names.join(", "))];
                let advice = "Choose one of its tools for that, or none";
                return Err(Box::new(Problem::plain(summary, details, advice)));
            }
        }
        Ok(())
    }

    /// Calls what is called at the start. What it gave is what is seen first.
    async fn reset(&mut self, stop: &CancellationToken) -> Result<(), Box<Problem>> {
        let Some(PresetCall { tool, arguments }) = self.settings.extras.reset.clone() else { return Ok(()) };
        let (call, limits) = (ActionCall { name: tool, arguments }, self.limits());
        let words = match self.standing.call(&call, limits, stop, &|_| {}).await {
            Called::Answered { result, .. } => {
                let said = read(result).await;
                if !said.is_error {
                    self.draw(&said);
                    self.given = Some((call, said));
                    self.look = None;
                    return Ok(());
                }
                said.text
            }
            Called::Refused { words, .. } | Called::Unclear { words, .. } => words,
            Called::Died { trouble, .. } => return Err(Box::new(self.told(&trouble))),
        };
        let summary = format!("{} did not do what is to be called at the start", self.settings.name);
        let details = vec![format!("Call: {call}"), format!("It said: {words}")];
        let advice = "Change the call at the start and its arguments for this server, or take it out";
        Err(Box::new(Problem::plain(summary, details, advice)))
    }

    /// Reads the list of tools again if the server has said that it has changed.
    pub(super) async fn follow_changes(&mut self, stop: &CancellationToken) {
        let within = seconds(self.settings.extras.connect_s);
        let Some(server) = self.standing.alive() else { return };
        let changes = server.changes();
        if changes == self.changes {
            return;
        }
        // What is stopped here is done at the next look.
        let Some(listed) = stop.run_until_cancelled(server.list(within)).await else { return };
        self.changes = changes;
        match listed {
            Ok(listed) => self.take(listed),
            // The old ones may still be there, and a call of one that is not is refused in the server's words.
            Err(trouble) => {
                let text = format!("{} has changed its tools and did not list them", self.settings.name);
                self.say(NoticeKind::Warning, text, Some(self.told(&trouble)));
            }
        }
    }

    /// Starts the server again if it is dead, and makes it usable. A new process knows nothing of what was done before, so
    /// what is called at the start is called again.
    pub(super) async fn revive(&mut self, stop: &CancellationToken) -> Result<Again, EnvironmentError> {
        loop {
            match self.standing.stand(stop).await.map_err(|trouble| self.given_up(&trouble))? {
                Again::Stopped => return Ok(Again::Stopped),
                Again::Stands if self.is_settled => return Ok(Again::Stands),
                // It was started just now, or before, and whoever waited for it to be usable has gone.
                Again::Stands | Again::Started { .. } => {}
            }
            (self.is_settled, self.given) = (false, None);
            match self.settle(stop).await {
                Ok(()) => {
                    self.tick += 1;
                    self.look = None;
                    let times = self.standing.restarts();
                    let text = format!(
                        "{} had ended and was started again, {times} of {MOST_RESTARTS}: it may have forgotten everything",
                        self.settings.name
                    );
                    self.say(NoticeKind::Warning, text, None);
                    return Ok(Again::Started { times });
                }
                Err(_) if stop.is_cancelled() => return Ok(Again::Stopped),
                // It has died once more on the way, which counts.
                Err(_) if self.standing.alive().is_none() => {}
                Err(problem) => return Err(EnvironmentError::Trouble(problem)),
            }
        }
    }

    fn told(&self, trouble: &Trouble) -> Problem {
        let complaints = self.standing.server().map(Spoken::complaints).unwrap_or_default();
        trouble.problem(&self.settings, &complaints)
    }

    fn given_up(&self, trouble: &Trouble) -> EnvironmentError {
        let mut problem = self.told(trouble);
        problem.details.push(format!("It was started again {} times in this session", self.standing.restarts()));
        EnvironmentError::Trouble(Box::new(problem))
    }

    pub(super) fn say(&self, kind: NoticeKind, text: String, problem: Option<Problem>) {
        (self.hooks.notice)(kind, text, problem);
    }
}
