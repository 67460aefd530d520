//! One suite for every client: LM Studio's, Claude's and Gemini's have to do the same in the same situation. Servers
//! that somebody else wrote play the situations, and a raw one of our own plays them all.
//!
//! | file | what |
//! |---|---|
//! | `cases` | the table: what is asked, what the server does, what has to come of it |
//! | `question`, `client` | what is asked, and by whom |
//! | `trial` | one case: asks, and looks at the answer, the failure and the request |
//! | `sent` | what has to stand in a request |
//! | `counterpart` | who plays the server |
//! | `poster` | llmposter, in this process |
//! | `llmock` | llmock, a process of its own that `run_llmock.py` starts |
//! | `raw`, `script`, `formats`, `oddities`, `refusals` | our own: bytes, replies, wire formats, bodies of failures |
//! | `judge`, `retries` | who asks again, how often and how soon; our judge and llmock's |
//!
//! llmock takes part if `SINGULARIS_LLMOCK` holds its address or several, and has to if `SINGULARIS_LLMOCK_REQUIRED` is
//! `1`:
//!
//! ```text
//! tests/suite/run_llmock.py VENV/bin -- cargo test --test suite -- --nocapture
//! ```

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::large_futures,
    reason = "a test fails by panicking"
)]
#![allow(clippy::too_many_lines, reason = "a table is as long as what it lists")]

mod cases;
mod client;
mod counterpart;
mod formats;
mod judge;
mod llmock;
mod oddities;
mod poster;
mod question;
mod raw;
mod refusals;
mod retries;
mod script;
mod sent;
mod trial;

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;

use cases::CASES;
use client::{Client, http};
use counterpart::Counterpart;
use llmock::Llmock;
use trial::put;

/// What became of one case.
enum Cell {
    Passed,
    /// The counterpart cannot play it, and why.
    Cannot(&'static str),
    /// The counterpart is not there.
    Off,
    Failed(String),
}

impl Cell {
    fn title(&self) -> &'static str {
        match self {
            Self::Passed => "ok",
            Self::Cannot(_) => "-",
            Self::Off => "off",
            Self::Failed(_) => "FAILED",
        }
    }
}

/// The cells of one counterpart: a row for every client, a cell for every case.
struct Column {
    name: &'static str,
    rows: Vec<Vec<Cell>>,
}

/// Every case for one client, one after the other.
async fn row(counterpart: &Counterpart, client: Client) -> Vec<Cell> {
    let http = http();
    let mut cells = Vec::new();
    for case in CASES {
        cells.push(match counterpart.stage(client, case.condition).await {
            Err(reason) => Cell::Cannot(reason),
            Ok(stage) => match put(&http, client, case, &stage).await {
                Ok(()) => Cell::Passed,
                Err(complaint) => Cell::Failed(complaint),
            },
        });
    }
    cells
}

/// A server of its own for every case, so the clients need not wait for each other.
async fn side_by_side(counterpart: Counterpart) -> Column {
    let rows = join_all(Client::ALL.map(|client| row(&counterpart, client))).await;
    Column { name: counterpart.name(), rows }
}

/// A server of another program for every client, if it is there.
async fn beside_us() -> Column {
    let rows = Client::ALL.map(|client| async move {
        match Llmock::of(client).await {
            Some(llmock) => row(&Counterpart::Llmock(llmock), client).await,
            None => CASES.iter().map(|_| Cell::Off).collect(),
        }
    });
    Column { name: llmock::NAME, rows: join_all(rows).await }
}

/// The table, then why some cells are empty.
fn print(columns: &[Column]) {
    let wide = |text: &str| format!("{text:<10}");
    let heads: String = columns.iter().map(|column| wide(column.name)).collect();
    let clients: String = Client::ALL.map(|client| format!("{:<1$}", client.title(), heads.len())).concat();
    let margin = " ".repeat(34);
    println!("\n{margin}{clients}\n{margin}{}", heads.repeat(Client::ALL.len()));
    let mut reasons: BTreeMap<(&str, &str), BTreeSet<String>> = BTreeMap::new();
    for (at, case) in CASES.iter().enumerate() {
        let mut line = format!("{:<34}", case.name);
        for client in Client::ALL {
            for column in columns {
                let cell = &column.rows[client as usize][at];
                line.push_str(&wide(cell.title()));
                if let Cell::Cannot(reason) = cell {
                    let what = format!("{} ({})", case.name, client.title());
                    reasons.entry((column.name, *reason)).or_default().insert(what);
                }
            }
        }
        println!("{}", line.trim_end());
    }
    for ((name, reason), what) in reasons {
        println!("\n{name} {reason}:\n    {}", what.into_iter().collect::<Vec<_>>().join(", "));
    }
    println!();
}

#[tokio::test]
async fn every_client_passes_every_case() {
    let columns: [Column; 3] =
        tokio::join!(side_by_side(Counterpart::Raw), side_by_side(Counterpart::Poster), beside_us()).into();
    print(&columns);
    let mut complaints = Vec::new();
    for (at, case) in CASES.iter().enumerate() {
        for client in Client::ALL {
            let cells = columns.iter().map(|column| (column.name, &column.rows[client as usize][at]));
            if !cells.clone().any(|(_, cell)| matches!(cell, Cell::Passed | Cell::Failed(_))) {
                complaints.push(format!("{}: {} was tried against nobody", client.title(), case.name));
            }
            complaints.extend(cells.filter_map(|(name, cell)| match cell {
                Cell::Failed(complaint) => {
                    Some(format!("{}: {} against {name}: {complaint}", client.title(), case.name))
                }
                _ => None,
            }));
        }
    }
    assert!(complaints.is_empty(), "{} failures:\n{}", complaints.len(), complaints.join("\n"));
}
