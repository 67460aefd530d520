//! Reads one streamed answer as an expert's question does, and prints in one line what that took. `benches/run.py` sets it
//! beside other clients.
//!
//! `cargo run --example stream_reader -- [--watched] http://127.0.0.1:1234`
//!
//! With `--watched` every piece is also shown on the stage, where the window would read it: that is what a session does
//! beyond the client.

#![allow(clippy::large_futures, reason = "there is one of them, and it is not moved")]

#[path = "measured/cost.rs"]
mod cost;
#[path = "measured/expert.rs"]
mod expert;

use std::time::Instant;

use singularis::{
    llm::{Ask, Format, Model, Sink, Turn},
    mind::{Stage, prompts, schema, stage::Seat},
    settings::Provider,
};

use cost::{Cost, Failure, Heard, milliseconds};
use expert::{Server, question};

/// The part that asks.
const PART: &str = "expert.1";

/// Counts what it hears, and passes it on where somebody watches.
struct Ear {
    deltas: u64,
    bytes: u64,
    seat: Option<Seat>,
}

impl Sink for Ear {
    fn text(&mut self, piece: &str) {
        self.deltas += 1;
        self.bytes += piece.len() as u64;
        if let Some(seat) = &mut self.seat {
            seat.text(piece);
        }
    }

    fn reasoning(&mut self, piece: &str) {
        if let Some(seat) = &mut self.seat {
            seat.reasoning(piece);
        }
    }

    fn leaves(&mut self, provider: Provider, model: &str) {
        if let Some(seat) = &mut self.seat {
            seat.leaves(provider, model);
        }
    }
}

#[tokio::main(worker_threads = 2)]
async fn main() -> Result<(), Failure> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let url = given.iter().find(|given| given.starts_with("http")).ok_or("the address of a server is missing")?;
    let server = Server::at(url)?;
    let expert = server.play(PART);
    let stage = Stage::default();
    let is_watched = given.iter().any(|given| given == "--watched");
    let seat = is_watched.then(|| stage.sit(stage.add(PART, "threat", expert.name())));
    let ask = ask();
    let cost = Cost::begin();
    let round = Instant::now();
    let asking = tokio::spawn(async move {
        let mut ear = Ear { deltas: 0, bytes: 0, seat };
        let answer = expert.ask(&ask, &mut ear).await?;
        let is_whole = answer.text.len() as u64 == ear.bytes;
        if is_whole { Ok((ear.deltas, ear.bytes)) } else { Err(Failure::from("what was heard is not the answer")) }
    });
    let (deltas, bytes) = asking.await??;
    let rounds_ms = vec![milliseconds(round.elapsed())];
    println!("{}", cost.line(&Heard { rounds_ms, deltas, bytes, received_bytes: server.received_bytes() }));
    Ok(())
}

/// What an expert is asked.
fn ask() -> Ask {
    let question = question();
    Ask {
        system: prompts::of_part("threat"),
        turns: vec![Turn::User(question.prompt())],
        format: Format::Json { name: "opinion", schema: schema::opinion(&question) },
        answer_tokens: 1024,
        ..Ask::default()
    }
}
