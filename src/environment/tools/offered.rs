//! The tools of a server that a session may use, as actions; and the one action that is ours.

use rmcp::model::Tool;
use serde_json::{Value, json};

use super::risk::{is_annotated, risk};
use crate::{
    protocol::{ActionSpec, Risk, ToolLine},
    settings::ServerExtras,
};

/// The action with which an agent says that it is done. It goes to no server.
pub const GOAL_REACHED: &str = "goal_reached";

/// Whether sessions may use a tool, by the lists in the settings. Ours takes its name away from any other.
pub fn is_offered(extras: &ServerExtras, tool: &str) -> bool {
    let is_among = |list: &[String]| list.iter().any(|name| name == tool);
    tool != GOAL_REACHED && (extras.allow.is_empty() || is_among(&extras.allow)) && !is_among(&extras.deny)
}

/// What can be done with these tools, with our own action at the end.
pub fn actions(extras: &ServerExtras, tools: &[Tool]) -> Vec<ActionSpec> {
    let offered = tools.iter().filter(|tool| is_offered(extras, &tool.name));
    let action = |tool: &Tool| ActionSpec {
        name: tool.name.to_string(),
        description: description(tool),
        input_schema: Value::Object((*tool.input_schema).clone()),
        risk: risk(tool),
    };
    offered.map(action).chain([goal_reached()]).collect()
}

/// The tools as a test lists them.
pub fn lines(extras: &ServerExtras, tools: &[Tool]) -> Vec<ToolLine> {
    let line = |tool: &Tool| ToolLine {
        name: tool.name.to_string(),
        description: description(tool),
        risk: risk(tool),
        is_annotated: is_annotated(tool),
        is_offered: is_offered(extras, &tool.name),
    };
    tools.iter().map(line).collect()
}

fn description(tool: &Tool) -> String {
    let said = tool.description.as_deref().map(str::trim).filter(|said| !said.is_empty());
    said.or(tool.title.as_deref()).unwrap_or_default().to_owned()
}

fn goal_reached() -> ActionSpec {
    ActionSpec {
        name: GOAL_REACHED.to_owned(),
        description: "Say that the goal is reached, and report what was found".to_owned(),
        input_schema: json!({
            "type": "object",
            "properties": {"report": {"type": "string", "description": "What was found or done, in a few sentences"}},
            "required": ["report"],
            "additionalProperties": false,
        }),
        risk: Risk::ReadOnly,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn tools(names: &[&'static str]) -> Vec<Tool> {
        names.iter().map(|name| Tool::new(*name, "does it", Arc::new(serde_json::Map::new()))).collect()
    }

    fn names(extras: &ServerExtras) -> Vec<String> {
        let tools = tools(&["look", "run_code", GOAL_REACHED]);
        actions(extras, &tools).into_iter().map(|action| action.name).collect()
    }

    #[test]
    fn the_lists_decide_what_is_offered_and_ours_is_always_there() {
        let mut extras = ServerExtras::default();
        assert_eq!(names(&extras), ["look", "run_code", GOAL_REACHED]);
        extras.deny = vec!["run_code".to_owned()];
        assert_eq!(names(&extras), ["look", GOAL_REACHED]);
        extras.allow = vec!["run_code".to_owned()];
        assert_eq!(names(&extras), [GOAL_REACHED], "what is denied stays denied");
        let lines = lines(&extras, &tools(&["look"]));
        assert_eq!((lines[0].is_offered, lines[0].is_annotated, lines[0].risk), (false, false, Risk::Destructive));
    }

    #[test]
    fn a_tool_without_description_has_its_title() {
        let mut tool = tools(&["look"]).remove(0);
        (tool.title, tool.description) = (Some("Look around".to_owned()), None);
        assert_eq!(description(&tool), "Look around");
    }
}
