//! The texts between quotes in a source, each with its line and with the code that leads to it.

/// One text between quotes.
#[derive(Debug, PartialEq, Eq)]
pub struct Literal {
    /// Counted from 1.
    pub line: usize,
    /// As it stands there; an escape is a blank.
    pub text: String,
    /// As the compiler reads it.
    pub said: String,
    /// The code of the same statement before it, without other texts and with single blanks.
    pub before: String,
}

/// All of them up to the unit tests at the end, none of those in comments.
pub fn literals(source: &str) -> Vec<Literal> {
    let end = source.find("#[cfg(test)]").unwrap_or(source.len());
    let mut reader = Reader { letters: source[..end].chars().collect(), at: 0, line: 1, before: String::new() };
    let mut found = Vec::new();
    while let Some(letter) = reader.peek(0) {
        match letter {
            '/' if reader.peek(1) == Some('/') => reader.skip_line(),
            '"' => found.push(reader.quoted()),
            'r' if reader.is_raw() => found.push(reader.raw()),
            '\'' => reader.letter_or_lifetime(),
            ';' | '{' | '}' => {
                reader.take();
                reader.before.clear();
            }
            letter => {
                reader.take();
                reader.lead(letter);
            }
        }
    }
    found
}

struct Reader {
    letters: Vec<char>,
    at: usize,
    line: usize,
    before: String,
}

impl Reader {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.letters.get(self.at + ahead).copied()
    }

    fn take(&mut self) -> Option<char> {
        let letter = self.peek(0)?;
        self.at += 1;
        self.line += usize::from(letter == '\n');
        Some(letter)
    }

    fn lead(&mut self, letter: char) {
        if !letter.is_whitespace() {
            self.before.push(letter);
        } else if !self.before.ends_with(' ') {
            self.before.push(' ');
        }
    }

    fn skip_line(&mut self) {
        while self.peek(0).is_some_and(|letter| letter != '\n') {
            self.take();
        }
    }

    fn quoted(&mut self) -> Literal {
        let mut literal = self.begun();
        self.take();
        while let Some(letter) = self.take().filter(|letter| *letter != '"') {
            if letter == '\\' {
                let begins = self.at + 1;
                self.escape(&mut literal.said);
                literal.text.push(' ');
                literal.text.extend(self.letters.get(begins..self.at).unwrap_or_default());
            } else {
                literal.text.push(letter);
                literal.said.push(letter);
            }
        }
        literal
    }

    fn begun(&self) -> Literal {
        Literal { line: self.line, text: String::new(), said: String::new(), before: self.before.clone() }
    }

    /// What stands behind a backslash. A line that goes on does so without the blanks at its beginning.
    fn escape(&mut self, said: &mut String) {
        match self.take() {
            Some('n') => said.push('\n'),
            Some('t') => said.push('\t'),
            Some('r') => said.push('\r'),
            Some('u') => {
                let mut code = String::new();
                while let Some(letter) = self.take().filter(|letter| *letter != '}') {
                    code.push(letter);
                }
                said.extend(u32::from_str_radix(code.trim_start_matches('{'), 16).ok().and_then(char::from_u32));
            }
            Some('\n') => {
                while self.peek(0).is_some_and(char::is_whitespace) {
                    self.take();
                }
            }
            other => said.extend(other),
        }
    }

    /// Whether `r"` or `r#"` stands here, and not the end of a name.
    fn is_raw(&self) -> bool {
        let is_name = self.before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
        let hashes = self.hashes();
        !is_name && self.peek(1 + hashes) == Some('"')
    }

    /// How many `#` stand behind the letter that is next.
    fn hashes(&self) -> usize {
        let mut hashes = 0;
        while self.peek(1 + hashes) == Some('#') {
            hashes += 1;
        }
        hashes
    }

    fn raw(&mut self) -> Literal {
        let mut literal = self.begun();
        let hashes = self.hashes();
        for _ in 0..hashes + 2 {
            self.take();
        }
        while let Some(letter) = self.take() {
            if letter == '"' && (0..hashes).all(|ahead| self.peek(ahead) == Some('#')) {
                for _ in 0..hashes {
                    self.take();
                }
                break;
            }
            literal.text.push(letter);
            literal.said.push(letter);
        }
        literal
    }

    /// `'a'`, `'\n'` or the lifetime `'a`.
    fn letter_or_lifetime(&mut self) {
        self.take();
        if self.peek(0) == Some('\\') {
            self.take();
            self.take();
            while self.take().is_some_and(|letter| letter != '\'') {}
        } else if self.peek(1) == Some('\'') {
            self.take();
            self.take();
        }
    }
}

#[test]
#[expect(clippy::needless_raw_string_hashes, reason = "what is read here has one hash less in it")]
fn texts_are_found_with_what_leads_to_them() {
    let source = r##"// "no"
        #[expect(a, reason = "why")]
        fn f<'a>() { let quote = '"'; g(1, "one \"two\"", r#"raw "x""#); }
        /// "no"
        h(
            "over \
             lines",
        )
        #[cfg(test)]
        "no""##;
    let found = literals(source);
    let texts: Vec<&str> = found.iter().map(|literal| literal.text.as_str()).collect();
    assert_eq!(texts[..3], ["why", "one  two ", "raw \"x\""]);
    assert_eq!(texts[3].split_whitespace().collect::<Vec<_>>(), ["over", "lines"]);
    assert_eq!(found.iter().map(|literal| literal.line).collect::<Vec<_>>(), [2, 3, 3, 6]);
    assert!(found[0].before.ends_with("#[expect(a, reason = "));
    assert!(found[3].before.trim().ends_with("h("));
    let said: Vec<&str> = found.iter().map(|literal| literal.said.as_str()).collect();
    assert_eq!(said, ["why", "one \"two\"", "raw \"x\"", "over lines"]);
    assert_eq!(literals("\"\\u{201c}a\\u{201d}\\n\"")[0].said, "\u{201c}a\u{201d}\n");
}
