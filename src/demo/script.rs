//! The script of one generation: a played answer cut into the pieces a stream tells one by one.

use super::player::Played;

/// No piece is longer than this, as no token of a real model is.
const LONGEST_PIECE: usize = 12;

/// What one streamed delta carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Reasoning(String),
    Text(String),
    ToolCall { id: String, name: String },
    Arguments(String),
}

/// Why the generation ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finish {
    Stop,
    Length,
    ToolCalls,
}

impl Finish {
    pub fn open_ai(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::Length => "length",
            Self::ToolCalls => "tool_calls",
        }
    }

    /// The name LM Studio's own interfaces use.
    pub fn native(self) -> &'static str {
        match self {
            Self::Stop => "eosFound",
            Self::Length => "maxPredictedTokensReached",
            Self::ToolCalls => "toolCalls",
        }
    }
}

/// Everything one generation says, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Script {
    pub pieces: Vec<Piece>,
    pub finish: Finish,
}

impl Script {
    /// Writes the script; with more to say than `budget` pieces it stops in mid-sentence, as a token limit does.
    pub fn write(played: &Played, budget: usize, seed: u64) -> Self {
        let mut pieces: Vec<Piece> = cut(&played.reasoning).into_iter().map(Piece::Reasoning).collect();
        pieces.extend(cut(&played.text).into_iter().map(Piece::Text));
        let mut finish = Finish::Stop;
        if let Some((name, arguments)) = &played.tool_call {
            // LM Studio's ids are nine digits.
            let id = format!("{:09}", seed % 1_000_000_000);
            pieces.push(Piece::ToolCall { id, name: name.clone() });
            pieces.extend(cut(&arguments.to_string()).into_iter().map(Piece::Arguments));
            finish = Finish::ToolCalls;
        }
        if pieces.len() > budget {
            pieces.truncate(budget);
            finish = Finish::Length;
        }
        Self { pieces, finish }
    }

    /// One token a piece. A generation stopped by its limit is counted one short, as LM Studio 0.4 counts it.
    pub fn completion_tokens(&self) -> usize {
        self.pieces.len().saturating_sub(usize::from(self.finish == Finish::Length))
    }

    pub fn reasoning_tokens(&self) -> usize {
        self.pieces.iter().filter(|piece| matches!(piece, Piece::Reasoning(_))).count()
    }

    pub fn reasoning(&self) -> String {
        self.collect(|piece| if let Piece::Reasoning(text) = piece { text } else { "" })
    }

    pub fn text(&self) -> String {
        self.collect(|piece| if let Piece::Text(text) = piece { text } else { "" })
    }

    /// Id, name and arguments of the tool call, as far as it got.
    pub fn tool_call(&self) -> Option<(&str, &str, String)> {
        let (id, name) = self.pieces.iter().find_map(|piece| match piece {
            Piece::ToolCall { id, name } => Some((id.as_str(), name.as_str())),
            _ => None,
        })?;
        let arguments = self.collect(|piece| if let Piece::Arguments(text) = piece { text } else { "" });
        Some((id, name, arguments))
    }

    fn collect(&self, part: fn(&Piece) -> &str) -> String {
        self.pieces.iter().map(part).collect()
    }
}

/// Cuts before each word, and long words again; put together the pieces are the text.
fn cut(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut length = 0;
    let mut after_word = true;
    for letter in text.chars() {
        let starts_word = letter.is_whitespace() && after_word;
        after_word = !letter.is_whitespace();
        match pieces.last_mut() {
            Some(piece) if !starts_word && length < LONGEST_PIECE => {
                piece.push(letter);
                length += 1;
            }
            _ => {
                pieces.push(letter.to_string());
                length = 1;
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn played(reasoning: &str, text: &str) -> Played {
        Played { reasoning: reasoning.to_owned(), text: text.to_owned(), tool_call: None }
    }

    #[test]
    fn pieces_are_words_with_the_space_before_them() {
        assert_eq!(cut("Go north, then  wait"), ["Go", " north,", " then", "  wait"]);
        assert_eq!(cut(""), Vec::<String>::new());
    }

    #[test]
    fn nothing_is_lost_whatever_the_alphabet() {
        for text in ["наблюдательностью", "日本語の文章はとても長いですよ、本当に", "  leading", "a\n\nb\n", "🦀🦀🦀"]
        {
            let pieces = cut(text);
            assert_eq!(pieces.concat(), text);
            assert!(pieces.iter().all(|piece| piece.chars().count() <= LONGEST_PIECE), "{pieces:?}");
        }
    }

    #[test]
    fn a_limit_cuts_in_mid_sentence_and_counts_one_short() {
        let script = Script::write(&played("hm", "one two three"), 3, 1);
        assert_eq!(script.text(), "one two");
        assert_eq!(script.reasoning(), "hm");
        assert_eq!(script.finish, Finish::Length);
        assert_eq!((script.completion_tokens(), script.reasoning_tokens()), (2, 1));
    }

    #[test]
    fn reasoning_can_eat_the_whole_budget() {
        let script = Script::write(&played("let me think about it", "yes"), 4, 1);
        assert_eq!(script.text(), "");
        assert_eq!(script.finish, Finish::Length);
    }

    #[test]
    fn a_tool_call_survives_the_cutting() {
        let arguments = json!({"direction": "north", "reason": "the berries are there"});
        let mut played = played("", "");
        played.tool_call = Some(("move".to_owned(), arguments.clone()));
        let script = Script::write(&played, usize::MAX, 42);
        let (id, name, told) = script.tool_call().expect("a tool call");
        assert_eq!((id, name), ("000000042", "move"));
        assert_eq!(told, arguments.to_string());
        assert_eq!(script.finish, Finish::ToolCalls);
        assert!(script.pieces.len() > 3, "told in pieces");
    }
}
