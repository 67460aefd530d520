//! What is asked: the goal, what is seen, what can be done, what was done before.

use std::{fmt::Write, sync::Arc};

use serde_json::Value;

use super::{offered, reading::Opinion};
use crate::{
    environment::Observation,
    protocol::{ActionCall, ActionSpec},
};

/// One question, the same for every expert.
#[derive(Clone, Debug, Default)]
pub struct Question {
    pub goal: String,
    pub observation: Arc<Observation>,
    /// Everything the environment offers, with schemas.
    pub actions: Arc<Vec<ActionSpec>>,
    /// The last steps and what came of them, oldest first.
    pub recent: Vec<String>,
    /// What a person told the models on the way, oldest first.
    pub notes: Vec<String>,
    /// What possible actions have been worth in moments like this one.
    pub hints: Vec<String>,
}

impl Question {
    /// The question as every expert reads it.
    pub fn prompt(&self) -> String {
        let mut prompt = format!("Goal: {}\n\nObservation:\n{}\n", self.goal, self.observation.text.trim_end());
        list(&mut prompt, "What was done before", &self.recent);
        list(&mut prompt, "A person told you", &self.notes);
        list(&mut prompt, "What was worth how much in moments like this", &self.hints);
        if self.observation.legal.is_empty() {
            prompt.push_str("\nArguments that are marked with ? may be left out.\n");
        }
        prompt.push_str("\nLegal actions:\n");
        if self.observation.legal.is_empty() {
            prompt.push_str(&offered::list(&self.actions));
        }
        for action in &self.observation.legal {
            let _infallible = writeln!(prompt, "- {action}");
        }
        prompt
    }

    /// Some models fill in everything that they are shown: an argument that is nothing and need not be there is left out.
    pub fn leave_out_nothings(&self, call: &mut ActionCall) {
        let Some(action) = self.actions.iter().find(|action| action.name == call.name) else { return };
        let required = action.input_schema.get("required").and_then(Value::as_array);
        let is_required = |name: &str| required.is_some_and(|names| names.iter().any(|other| other == name));
        call.arguments.retain(|name, value| !value.is_null() || is_required(name));
    }

    /// The question with what somebody has seen in it; nothing is added where nobody looked.
    pub fn prompt_with_sight(&self, seen: &str) -> String {
        let mut prompt = self.prompt();
        if !seen.is_empty() {
            let _infallible = writeln!(prompt, "\nWhat a careful observer sees:\n{seen}");
        }
        prompt
    }

    /// The question with the experts' opinions, as the synthesizer reads it.
    pub fn prompt_with(&self, opinions: &[Opinion]) -> String {
        let mut prompt = self.prompt();
        prompt.push_str("\nOpinions:\n");
        for opinion in opinions {
            let Some(action) = &opinion.action else { continue };
            let thought = opinion.thought.replace('\n', " ");
            let _infallible =
                writeln!(prompt, "- {} [{:.2}] proposes {action}: {thought}", opinion.title, opinion.confidence);
        }
        prompt
    }
}

/// A heading and its lines; nothing where there are none.
fn list(prompt: &mut String, heading: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    let _infallible = writeln!(prompt, "\n{heading}:");
    for line in lines {
        let _infallible = writeln!(prompt, "- {line}");
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::protocol::Risk;

    #[test]
    fn where_nothing_lists_what_is_possible_every_action_is_told_with_its_arguments() {
        let action = ActionSpec {
            name: "read_file".into(),
            description: "Read a file".into(),
            input_schema: json!({"properties": {"path": {"type": "string"}}, "required": ["path"]}),
            risk: Risk::ReadOnly,
        };
        let question = Question { goal: "Look".into(), actions: Arc::new(vec![action]), ..Question::default() };
        assert!(
            question.prompt().ends_with("\n\nLegal actions:\n- read_file {\"path\": string}: Read a file\n"),
            "{}",
            question.prompt()
        );
        let mut call = ActionCall::with("read_file", "path", Value::Null);
        call.arguments.insert("lines".into(), Value::Null);
        question.leave_out_nothings(&mut call);
        assert_eq!(
            call,
            ActionCall::with("read_file", "path", Value::Null),
            "that it must not be nothing is for others"
        );
    }

    #[test]
    fn the_prompt_holds_everything_that_is_needed_to_decide() {
        let legal = vec![ActionCall::with("go_to", "place", "Farm"), ActionCall::bare("wait")];
        let observation = Observation { text: "You are at Town.".into(), legal, ..Observation::default() };
        let question = Question {
            goal: "Come home".into(),
            observation: Arc::new(observation),
            actions: Arc::default(),
            recent: vec!["wait: nothing happened".into()],
            notes: vec!["Hurry".into()],
            hints: vec!["wait: -1.0 points on average, tried 3 times".into()],
        };
        let opinion = Opinion {
            title: "threat".into(),
            thought: "All is\nquiet.".into(),
            action: Some(ActionCall::bare("wait")),
            confidence: 0.5,
        };
        assert_eq!(
            question.prompt_with(&[opinion]),
            "Goal: Come home\n\nObservation:\nYou are at Town.\n\nWhat was done before:\n- wait: nothing happened\n\n\
             A person told you:\n- Hurry\n\nWhat was worth how much in moments like this:\n\
             - wait: -1.0 points on average, tried 3 times\n\n\
             Legal actions:\n- go_to {\"place\":\"Farm\"}\n- wait\n\nOpinions:\n- threat [0.50] proposes wait: All is quiet.\n"
        );
    }
}
