//! A session told in words, by whoever narrates: asked once, on request, when nothing else runs.

use std::{fmt::Write, sync::Arc};

use tokio_util::sync::CancellationToken;

use super::{
    backstage::Backstage,
    cloud_side,
    prepare::{Ingredients, manner},
    troupe::Troupe,
};
use crate::{
    llm::{Ask, Brake, Gate, Model, Purse, Turn, ask::Unwatched},
    mind::{answering::Answering, prompts},
    protocol::{Depth, Problem, SessionFile, Until, What},
    settings::{Need, Part, Settings, Strategy, cast::NARRATOR},
};

/// So many steps are told of, the first and the last ones: a model's memory is not endless.
const STEPS: usize = 40;
/// As long as one step may be told, in letters.
const STEP_LETTERS: usize = 200;

impl Backstage {
    /// Asks the narrator's model. Dropping the future gives it up.
    pub(super) async fn told_in_words(&self, settings: &Settings, file: &SessionFile) -> Result<String, Problem> {
        self.keys.ready().await;
        // Whatever way of thinking is chosen, only one model is needed here.
        let mut settings = settings.clone();
        settings.agent.strategy = Strategy::Single;
        let subjects =
            if cloud_side::is_alone(&settings) { Vec::new() } else { self.subjects(&settings, Depth::Quick).await? };
        self.obey(&settings);
        let ingredients = Ingredients {
            until: Until::default(),
            gate: Gate::default(),
            stop: CancellationToken::new(),
            loads: self.loads.clone(),
            http: Arc::clone(&self.http),
            accounts: self.accounts(&settings)?,
            throttles: self.throttles.clone(),
            memory: self.memory.clone(),
            settings,
        };
        let part = Part {
            role: NARRATOR.to_owned(),
            instruction: "summary".to_owned(),
            need: Need::Anyone,
            temperature: None,
            sees: false,
        };
        let troupe = Troupe::gather(&ingredients, &subjects, std::slice::from_ref(&part)).await?;
        let settings = &ingredients.settings;
        let silent = || Arc::new(|_words: String| {});
        let purse = Purse::new(settings.budget.clone(), settings.prices.clone(), Brake::default(), silent());
        let teller = troupe.storyteller(settings, &purse, &Answering::new(silent()));
        if teller.is_empty() {
            return Err(troupe.why_nobody());
        }
        let manner = manner(&settings.limits);
        let ask = Ask {
            system: prompts::of_part(&part.instruction),
            turns: vec![Turn::User(notes(file))],
            answer_tokens: manner.answer_tokens,
            limits: manner.limits,
            ..Ask::default()
        };
        let answer = teller.ask(&ask, &mut Unwatched).await.map_err(|error| error.problem())?;
        let words = answer.text.trim();
        if words.is_empty() {
            let advice = "Try again, or choose another model for the narrator";
            return Err(Problem::plain("The narrator's model said nothing", Vec::new(), advice));
        }
        Ok(words.to_owned())
    }
}

/// The session in notes.
fn notes(file: &SessionFile) -> String {
    let line = &file.line;
    let mut notes = format!(
        "The session is over.\nGoal: {}\nEnvironment: {}\nOutcome: {}\nSteps: {}\n",
        line.goal,
        line.environment,
        line.outcome.map_or("It was interrupted", |outcome| outcome.words()),
        line.steps
    );
    if let Some(score) = line.score {
        let _infallible = writeln!(notes, "Score: {score:.0}");
    }
    for error in &file.figures.errors {
        let _infallible = writeln!(notes, "Trouble, {} times: {}", error.count, error.words);
    }
    let steps: Vec<String> = file.records.iter().filter_map(|record| step(&record.what)).collect();
    let left_out = steps.len().saturating_sub(STEPS);
    for (index, step) in steps.iter().enumerate() {
        if left_out > 0 && index == STEPS / 2 {
            let _infallible = writeln!(notes, "({left_out} steps are left out)");
        }
        if index < STEPS / 2 || index >= STEPS / 2 + left_out {
            let _infallible = writeln!(notes, "{step}");
        }
    }
    notes
}

fn step(what: &What) -> Option<String> {
    let What::Stepped(step) = what else { return None };
    let line = format!("Step {}: {}, because: {}; then: {}", step.step, step.action, step.because, step.effect.text);
    let line = line.replace('\n', " ");
    Some(line[..line.floor_char_boundary(STEP_LETTERS)].to_owned())
}
