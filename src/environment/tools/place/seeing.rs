//! Looking: the tool for it is called once after each change, else the last result is what is seen.

use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::{Look, ToolsPlace};
use crate::{
    environment::{
        EnvironmentError, Observation, Want,
        tools::{
            calling::Called,
            looking::{Scenery, told},
            offered::is_offered,
            pointers::Figures,
            results::{Said, read},
            spoken::Opens,
        },
    },
    protocol::{ActionCall, Scene},
    settings::PresetCall,
};

/// What came of calling the tool for looking.
enum Looked {
    /// There is no such tool.
    Unaided,
    Saw(Said),
    /// It gave nothing, for this reason.
    Blind(String),
}

impl<O: Opens> ToolsPlace<O> {
    pub(super) async fn see(&mut self, want: Want) -> Result<Observation, EnvironmentError> {
        self.must_be_open()?;
        // Whoever looks ends the look by dropping it.
        let never = CancellationToken::new();
        loop {
            self.revive(&never).await?;
            self.follow_changes(&never).await;
            if let Some(look) = &self.look {
                let picture = look.picture.clone().filter(|_| want.picture);
                return Ok(Observation { picture, ..look.observation.clone() });
            }
            // It has died of being looked at otherwise; each restart is counted, so this ends.
            if let Some(looked) = self.call_to_look(&never).await {
                self.note(&looked);
            }
        }
    }

    /// Calls the tool for looking, if there is one. `None` if the server died.
    async fn call_to_look(&mut self, stop: &CancellationToken) -> Option<Looked> {
        let Some(PresetCall { tool, arguments }) = self.settings.extras.observe.clone() else {
            return Some(Looked::Unaided);
        };
        let call = ActionCall { name: tool, arguments };
        // The agent has just looked itself.
        if let Some((_, said)) = self.given.as_ref().filter(|(last, said)| *last == call && !said.is_error) {
            return Some(Looked::Saw(said.clone()));
        }
        let limits = self.limits();
        Some(match self.standing.call(&call, limits, stop, &|_| {}).await {
            Called::Answered { result, .. } => match read(result).await {
                said if said.is_error => Looked::Blind(said.text),
                said => Looked::Saw(said),
            },
            Called::Refused { words, .. } | Called::Unclear { words, .. } => Looked::Blind(words),
            Called::Died { .. } => return None,
        })
    }

    /// Makes an observation of what was seen and keeps it until something is done.
    fn note(&mut self, looked: &Looked) {
        let (seen, saw) = match looked {
            Looked::Unaided => (None, None),
            Looked::Saw(said) => (Some(Ok(said.text.as_str())), Some(said)),
            Looked::Blind(why) => (Some(Err(why.as_str())), None),
        };
        if let Some(said) = saw {
            self.draw(said);
        }
        let given = self.given.as_ref();
        // A picture of before would contradict the words of now.
        let last = saw.or_else(|| given.map(|(_, said)| said));
        let picture = last.and_then(|said| Some(said.picture.as_ref()?.file.clone()));
        let facts = last.and_then(|said| said.structured.clone()).unwrap_or(Value::Null);
        let figures = Figures { seen: &facts, given: self.given_figures() };
        let extras = &self.settings.extras;
        let has = |name: &str| is_offered(extras, name) && self.tools.iter().any(|tool| tool.name == name);
        let legal = figures.legal(extras, has);
        let (score, ended) = (figures.score(extras).or(self.score), figures.ended(extras));
        let names: Vec<String> = self.actions.iter().map(|action| action.name.clone()).collect();
        // What was looked at by the agent itself need not be told twice.
        let given = given.filter(|(call, _)| !extras.observe.as_ref().is_some_and(|preset| is_same(preset, call)));
        let given = given.map(|(call, said)| (call.to_string(), said.text.as_str()));
        let text = told(&Scenery {
            title: self.title(),
            instructions: &self.instructions,
            tools: &names,
            given: given.as_ref().map(|(call, text)| (call.as_str(), *text)),
            seen,
            result_chars: extras.result_chars,
        });
        let is_over = self.reached.is_some() || ended.is_some();
        let observation = Observation {
            tick: self.tick,
            scene: if is_over { Scene::End } else { Scene::Unknown },
            text: text.clone(),
            facts,
            legal: if is_over { Vec::new() } else { legal },
            score,
            ended: self.reached.clone().or_else(|| ended.clone()),
            ..Observation::default()
        };
        (self.score, self.ended, self.shown) = (score, ended, text);
        self.look = Some(Look { observation, picture });
    }
}

fn is_same(preset: &PresetCall, call: &ActionCall) -> bool {
    preset.tool == call.name && preset.arguments == call.arguments
}
