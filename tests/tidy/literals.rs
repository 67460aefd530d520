//! The texts between quotes in a source, each with its line and with the code that leads to it.

/// One text between quotes.
#[derive(Debug, PartialEq, Eq)]
pub struct Literal {
    /// Counted from 1.
    pub line: usize,
    /// As it stands there; an escape is a blank.
    pub text: String,
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
        let mut literal = Literal { line: self.line, text: String::new(), before: self.before.clone() };
        self.take();
        while let Some(letter) = self.take().filter(|letter| *letter != '"') {
            if letter == '\\' {
                self.take();
                literal.text.push(' ');
            } else {
                literal.text.push(letter);
            }
        }
        literal
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
        let mut literal = Literal { line: self.line, text: String::new(), before: self.before.clone() };
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
}
