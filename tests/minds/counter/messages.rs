//! HTTP/1.1 as it passes by in pieces of any size: where heads are, and how many bytes of a body came.

/// Who speaks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Questions,
    Answers,
}

/// Something that passed by.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A head is complete; this is its first line.
    Head(String),
    /// So many bytes of a body, without their framing.
    Body(u64),
}

/// One side of a connection as far as it has been read.
pub(super) struct Messages {
    side: Side,
    stage: Stage,
    /// The lines of the head that is being read.
    head: Vec<String>,
    /// The line that is being read.
    line: Vec<u8>,
}

/// What comes next.
#[derive(Clone, Copy)]
enum Stage {
    Head,
    Body {
        left: usize,
    },
    /// A body of unknown length.
    ToTheEnd,
    ChunkSize,
    Chunk {
        left: usize,
    },
    /// The end of the line behind a chunk.
    ChunkEnd,
    Trailer,
}

impl Messages {
    pub fn of(side: Side) -> Self {
        Self { side, stage: Stage::Head, head: Vec::new(), line: Vec::new() }
    }

    /// Everything that is found in the next bytes.
    pub fn read(&mut self, mut bytes: &[u8]) -> Vec<Found> {
        let mut found = Vec::new();
        while !bytes.is_empty() {
            let body = match self.stage {
                Stage::Body { left } | Stage::Chunk { left } => left.min(bytes.len()),
                Stage::ToTheEnd => bytes.len(),
                Stage::Head | Stage::ChunkSize | Stage::ChunkEnd | Stage::Trailer => 0,
            };
            if body > 0 {
                self.stage = self.stage.after(body);
                found.push(Found::Body(body as u64));
                bytes = &bytes[body..];
            } else {
                self.line.push(bytes[0]);
                bytes = &bytes[1..];
                if self.line.ends_with(b"\n") {
                    let line = String::from_utf8_lossy(&std::mem::take(&mut self.line)).trim_end().to_owned();
                    found.extend(self.take(line));
                }
            }
        }
        found
    }

    /// Takes one line in, which may complete a head.
    fn take(&mut self, line: String) -> Option<Found> {
        let is_empty = line.is_empty();
        match self.stage {
            // Empty lines in front of a message mean nothing.
            Stage::Head if is_empty && self.head.is_empty() => {}
            Stage::Head if is_empty => {
                self.stage = self.behind_head();
                return Some(Found::Head(self.head.drain(..).next().unwrap_or_default()));
            }
            Stage::Head => self.head.push(line),
            Stage::ChunkSize => {
                let size = line.split(';').next().unwrap_or_default().trim();
                self.stage = match usize::from_str_radix(size, 16) {
                    Ok(left @ 1..) => Stage::Chunk { left },
                    _ => Stage::Trailer,
                };
            }
            Stage::ChunkEnd => self.stage = Stage::ChunkSize,
            Stage::Trailer if is_empty => self.stage = Stage::Head,
            Stage::Trailer => {}
            Stage::Body { .. } | Stage::ToTheEnd | Stage::Chunk { .. } => unreachable!("a body has no lines"),
        }
        None
    }

    /// How the body comes that belongs to the head.
    fn behind_head(&self) -> Stage {
        let field = |wanted: &str| {
            self.head.iter().skip(1).find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case(wanted).then(|| value.trim().to_lowercase())
            })
        };
        let status = self.head.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default();
        let is_bare = self.side == Side::Answers && (status.starts_with('1') || ["204", "304"].contains(&status));
        if is_bare {
            return Stage::Head;
        }
        if field("transfer-encoding").is_some_and(|coding| coding.contains("chunked")) {
            return Stage::ChunkSize;
        }
        match (field("content-length").and_then(|length| length.parse::<usize>().ok()), self.side) {
            (Some(left @ 1..), _) => Stage::Body { left },
            (Some(_), _) | (None, Side::Questions) => Stage::Head,
            (None, Side::Answers) => Stage::ToTheEnd,
        }
    }
}

impl Stage {
    /// What comes after so many bytes of a body.
    fn after(self, bytes: usize) -> Self {
        match self {
            Self::Body { left } if left == bytes => Self::Head,
            Self::Body { left } => Self::Body { left: left - bytes },
            Self::Chunk { left } if left == bytes => Self::ChunkEnd,
            Self::Chunk { left } => Self::Chunk { left: left - bytes },
            other => other,
        }
    }
}
