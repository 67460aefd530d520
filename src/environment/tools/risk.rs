//! How much harm a tool can do, as its server says.
//!
//! What a server says of its tools is its own word and proves nothing: it decides which tools run without a question,
//! so a server that is not trusted should be asked about from its first tool on.

use rmcp::model::{Tool, ToolAnnotations};

use crate::protocol::Risk;

/// The risk by the hints of the server; a tool about which it says nothing counts as destructive.
pub fn risk(tool: &Tool) -> Risk {
    tool.annotations.as_ref().filter(|hints| say_something(hints)).map_or(Risk::Destructive, by_hints)
}

/// Whether the server says at all how much harm a tool can do.
pub fn is_annotated(tool: &Tool) -> bool {
    tool.annotations.as_ref().is_some_and(say_something)
}

/// A title alone, or that a call may be repeated, says nothing about harm.
fn say_something(hints: &ToolAnnotations) -> bool {
    hints.read_only_hint.is_some() || hints.destructive_hint.is_some() || hints.open_world_hint.is_some()
}

/// What is not said counts as in the protocol: it changes things, can lose some, and reaches beyond. Only that a tool
/// reaches beyond is not concluded from silence alone, or nearly every tool would.
fn by_hints(hints: &ToolAnnotations) -> Risk {
    if hints.read_only_hint == Some(true) {
        return Risk::ReadOnly;
    }
    match (hints.destructive_hint, hints.open_world_hint) {
        (Some(false), Some(false)) => Risk::Safe,
        (Some(false), _) | (_, Some(true)) => Risk::OpenWorld,
        (_, _) => Risk::Destructive,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn tool(hints: Option<[Option<bool>; 3]>) -> Tool {
        let mut tool = Tool::new("t", "", Arc::new(serde_json::Map::new()));
        tool.annotations = hints.map(|[read_only, destructive, open_world]| {
            ToolAnnotations::from_raw(Some("T".to_owned()), read_only, destructive, None, open_world)
        });
        tool
    }

    #[test]
    fn hints_become_risks_and_silence_counts_as_destructive() {
        let (yes, no) = (Some(true), Some(false));
        for (hints, expected) in [
            (None, Risk::Destructive),
            (Some([None, None, None]), Risk::Destructive),
            (Some([yes, None, None]), Risk::ReadOnly),
            (Some([yes, yes, yes]), Risk::ReadOnly),
            (Some([no, no, no]), Risk::Safe),
            (Some([None, no, no]), Risk::Safe),
            (Some([no, no, None]), Risk::OpenWorld),
            (Some([no, no, yes]), Risk::OpenWorld),
            (Some([no, yes, no]), Risk::Destructive),
            (Some([no, None, None]), Risk::Destructive),
            (Some([no, yes, yes]), Risk::OpenWorld),
            (Some([None, None, yes]), Risk::OpenWorld),
        ] {
            assert_eq!(risk(&tool(hints)), expected, "{hints:?}");
        }
    }

    #[test]
    fn a_title_alone_is_no_annotation() {
        assert!(!is_annotated(&tool(None)));
        assert!(!is_annotated(&tool(Some([None, None, None]))));
        assert!(is_annotated(&tool(Some([None, None, Some(false)]))));
    }
}
