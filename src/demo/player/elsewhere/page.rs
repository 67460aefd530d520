//! A page as a browser's tool server tells it: the outline of everything that can be read or used, a line each, such as
//! `- link "Blue kettle" [ref=e14] [cursor=pointer]:`.

/// A page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Page {
    /// Empty where none is told.
    pub address: String,
    pub title: String,
    pub parts: Vec<Part>,
}

/// One thing on it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Part {
    /// `link`, `button`, `textbox`, `heading`, `text`, …
    pub kind: String,
    /// What it is called; empty for text.
    pub name: String,
    /// How to point at it; empty where it cannot be used.
    pub reference: String,
    /// What it says.
    pub text: String,
}

impl Part {
    /// Everything that can be read of it.
    pub fn words(&self) -> String {
        [self.name.as_str(), self.text.as_str()].join(" ").trim().to_owned()
    }

    pub fn says(&self, word: &str) -> bool {
        self.words().to_lowercase().contains(word)
    }
}

impl Page {
    /// What the last call gave may be told before it, and may be of a page that is gone.
    pub fn read(text: &str) -> Self {
        let text = text.rsplit_once("\nNow:\n").map_or(text, |(_, now)| now);
        let told = |what: &str| {
            let line = text.lines().find_map(|line| line.trim().trim_start_matches("- ").strip_prefix(what));
            line.map(|line| line.trim().to_owned()).unwrap_or_default()
        };
        let parts = text.lines().filter_map(|line| part(line.trim().strip_prefix("- ")?)).collect();
        Self { address: told("Page URL:"), title: told("Page Title:"), parts }
    }

    /// The first part of one of these kinds for which this holds and that can be pointed at.
    pub fn usable(&self, kinds: &[&str], holds: impl Fn(&Part) -> bool) -> Option<&Part> {
        let is_usable = |part: &&Part| kinds.contains(&part.kind.as_str()) && !part.reference.is_empty();
        self.parts.iter().filter(is_usable).find(|part| holds(part))
    }

    /// Whether a heading, or the title, says all these words.
    pub fn is_about(&self, words: &[String]) -> bool {
        let says_all = |text: &str| words.iter().all(|word| text.to_lowercase().contains(word));
        says_all(&self.title) || self.parts.iter().any(|part| part.kind == "heading" && says_all(&part.words()))
    }
}

/// A line without its dash. Lines that tell no part, such as an address, are none.
fn part(line: &str) -> Option<Part> {
    // Where the line would be ambiguous it stands in quotation marks as a whole.
    let unquoted = line.strip_prefix('\'').map(unquoted);
    let line = unquoted.as_deref().unwrap_or(line);
    let end = line.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(line.len());
    let (kind, mut rest) = line.split_at(end);
    if kind.is_empty() || kind == "Page" || kind == "Console" {
        return None;
    }
    let mut found = Part { kind: kind.to_owned(), ..Part::default() };
    rest = rest.trim_start();
    if let Some((name, after)) = rest.strip_prefix('"').and_then(quoted) {
        (found.name, rest) = (name, after.trim_start());
    }
    while let Some((mark, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        if let Some(reference) = mark.strip_prefix("ref=") {
            reference.clone_into(&mut found.reference);
        }
        rest = after.trim_start();
    }
    let text = rest.strip_prefix(':').unwrap_or_default().trim();
    found.text = match text.strip_prefix('"').and_then(quoted) {
        Some((text, _)) => text,
        None => text.to_owned(),
    };
    Some(found)
}

/// A line in single quotation marks, of which the first is gone; doubled ones in it stand for one.
fn unquoted(rest: &str) -> String {
    rest.replace("''", "\0").replacen('\'', "", 1).replace('\0', "'")
}

/// What stands before the closing quotation mark, and what after it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut said = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((said, &text[at + 1..])),
            '\\' => said.extend(letters.next().map(|(_, letter)| letter)),
            letter => said.push(letter),
        }
    }
    None
}
