//! Asks so many experts at once, in rounds, through the way of thinking that sessions use (`local_experts`), and prints in
//! one line what that took. `benches/run.py` sets it beside other clients.
//!
//! `cargo run --example fan_out -- [--at-once N] [--rounds N] http://127.0.0.1:1234`
//!
//! A round is one decision: everybody's opinion, and then the synthesizer's question, which the server of the bench answers
//! at once. So what a round takes beyond the server's own time is all that deciding costs, and more than the others do.

#![allow(clippy::large_futures, reason = "there is one of them, and it is not moved")]

#[path = "measured/cost.rs"]
mod cost;
#[path = "measured/expert.rs"]
mod expert;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use singularis::{
    llm::{Brake, Limits},
    mind::{Mind, Stage, company::Company, patience::Patience, player::Manner, worth::Worth},
    protocol::Problem,
    settings::{Part, Role, Strategy},
};

use cost::{Cost, Failure, Heard, milliseconds};
use expert::{Server, question};

const SYNTHESIZER: &str = "synthesizer";
/// As in the settings.
const ANSWER_TOKENS: u32 = 1024;
const PATIENCE: Patience = Patience { quorum: 2, deadline: Duration::from_secs(240) };

#[tokio::main(worker_threads = 2)]
async fn main() -> Result<(), Failure> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let url = given.iter().find(|given| given.starts_with("http")).ok_or("the address of a server is missing")?;
    let (experts, rounds) = (number(&given, "--at-once")?, number(&given, "--rounds")?);
    let server = Server::at(url)?;
    let stage = Stage::default();
    let mind = mind(&server, &stage, experts)?;
    let question = Arc::new(question());
    let mut rounds_ms = Vec::new();
    let cost = Cost::begin();
    for _ in 0..rounds {
        let round = Instant::now();
        let (mind, question) = (Arc::clone(&mind), Arc::clone(&question));
        let decision = tokio::spawn(async move { mind.decide(&question).await }).await??;
        rounds_ms.push(milliseconds(round.elapsed()));
        // A question that failed took no time worth measuring.
        if !decision.shortfalls.is_empty() {
            return Err(decision.shortfalls.join("; ").into());
        }
    }
    let received_bytes = server.received_bytes();
    let views = stage.read();
    let asks = views.iter().filter(|view| view.role != SYNTHESIZER).flat_map(|view| &view.asks);
    let deltas = asks.map(|ask| ask.answer_tokens).sum();
    println!("{}", cost.line(&Heard { rounds_ms, deltas, bytes: received_bytes, received_bytes }));
    Ok(())
}

/// What follows a flag; 1 where it is not given.
fn number(given: &[String], flag: &str) -> Result<usize, Failure> {
    match given.iter().position(|given| given == flag) {
        Some(at) => Ok(given.get(at + 1).ok_or("a number is missing")?.parse()?),
        None => Ok(1),
    }
}

fn mind(server: &Server, stage: &Stage, experts: usize) -> Result<Arc<dyn Mind>, Failure> {
    let experts = (1..=experts).map(|number| Role::new(&format!("expert.{number}"), "threat"));
    let roles: Vec<Role> = experts.chain([Role::new(SYNTHESIZER, SYNTHESIZER)]).collect();
    let who_plays = |part: &Part| server.play(&part.role);
    let why_nobody = || Problem::plain("Nobody can be asked", Vec::new(), "Start the server");
    let company = Company {
        parts: Strategy::LocalExperts.parts(&roles),
        who_plays: &who_plays,
        why_nobody: &why_nobody,
        stage: stage.clone(),
        manner: Manner { limits: Limits::default(), answer_tokens: ANSWER_TOKENS },
        patience: PATIENCE,
        worth: Worth::default(),
        brake: Brake::default(),
    };
    company.cast(Strategy::LocalExperts).map_err(|problem| problem.to_string().into())
}
