//! What is seen of a server, in words for the models.

use super::shortened::short;

/// So much of what a server says of itself is repeated at every look. Characters.
const INSTRUCTIONS_CHARS: usize = 1500;
/// The last result has the observation beside it, and a place of its own in what the models remember.
const GIVEN_SHARE: usize = 3;

/// What there is to be told.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scenery<'a> {
    /// What people call the server.
    pub title: &'a str,
    /// What it says of itself; may be empty.
    pub instructions: &'a str,
    /// The names of its tools.
    pub tools: &'a [String],
    /// The last call and what came of it, in words.
    pub given: Option<(&'a str, &'a str)>,
    /// What the tool for looking gave; an error says why it gave nothing. `None` where there is no such tool.
    pub seen: Option<Result<&'a str, &'a str>>,
    /// So many characters of a result are shown.
    pub result_chars: usize,
}

/// The observation.
pub fn told(scenery: &Scenery<'_>) -> String {
    let Scenery { title, instructions, tools, given, seen, result_chars } = *scenery;
    let mut parts = Vec::new();
    if !instructions.trim().is_empty() {
        parts.push(format!("{title} says of itself:\n{}", short(instructions.trim(), INSTRUCTIONS_CHARS)));
    }
    if given.is_none() && seen.is_none() {
        parts.push(format!("Nothing was called yet. The tools of {title}: {}.", tools.join(", ")));
    }
    if let Some((call, text)) = given {
        let most = if seen.is_some() { result_chars / GIVEN_SHARE } else { result_chars };
        parts.push(format!("The last call was {call}. It gave:\n{}", short(text, most)));
    }
    match seen {
        Some(Ok(text)) => parts.push(format!("Now:\n{}", short(text, result_chars))),
        Some(Err(why)) => parts.push(format!("What it is like now cannot be seen: {why}")),
        None => {}
    }
    parts.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_any_call_the_tools_are_named() {
        let tools = ["look".to_owned(), "go".to_owned()];
        let scenery = Scenery { title: "Maze", instructions: " Be quick. ", tools: &tools, ..Scenery::default() };
        let expected = "Maze says of itself:\nBe quick.\n\nNothing was called yet. The tools of Maze: look, go.";
        assert_eq!(told(&scenery), expected);
    }

    #[test]
    fn the_last_result_is_what_is_seen_where_there_is_no_tool_for_looking() {
        let given = Some(("go {\"to\":\"Farm\"}", "You walk."));
        let scenery = Scenery { title: "Maze", given, result_chars: 1000, ..Scenery::default() };
        assert_eq!(told(&scenery), "The last call was go {\"to\":\"Farm\"}. It gave:\nYou walk.");
        let looked = Scenery { seen: Some(Ok("A farm.")), ..scenery };
        assert_eq!(told(&looked), "The last call was go {\"to\":\"Farm\"}. It gave:\nYou walk.\n\nNow:\nA farm.");
        let blind = Scenery { seen: Some(Err("a dialog is open")), given: None, ..scenery };
        assert_eq!(told(&blind), "What it is like now cannot be seen: a dialog is open");
    }
}
