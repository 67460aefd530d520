//! The small things that are done very often: a step of the world, a text of the window, a piece of an answer.
//!
//! `cargo bench --bench micro`, or `cargo bench --bench micro -- diagnosis` for those whose name holds a word.

use std::{convert::Infallible, hint::black_box, sync::Arc};

use divan::Bencher;
use fluent_bundle::FluentValue;
use futures_util::{FutureExt, StreamExt, future::ready, stream};
use hyper::body::Bytes;
use singularis::{
    environment::world::{
        Difficulty, Move, State, World,
        baseline::{Baseline, moves_of, oracle::Search, walks::Walks},
        observe, step,
    },
    llm::{Evidence, ask::Unwatched, diagnose, lm_studio::Gathered, stream::Reader},
    mind::Question,
    protocol::ActionCall,
    ui::catalogue::{self, Language},
};
use sse_stream::SseByteStream;

/// Any world would do; this one is not the first.
const SEED: u64 = 7;
/// So many moments the oracle looks at in one slice.
const SLICE_NODES: usize = 1_000;
/// So many pieces come with one read of a socket.
const PIECES: usize = 64;
/// One piece of an answer, as servers in the manner of LM Studio send it.
const PIECE: &str = r#"{"id":"chatcmpl-4f","object":"chat.completion.chunk","created":1790000000,"model":"qwen/qwen3-8b","system_fingerprint":"qwen/qwen3-8b","choices":[{"index":0,"delta":{"role":"assistant","content":" word"},"logprobs":null,"finish_reason":null}]}"#;
/// A refusal, as it is seen.
const REFUSAL: &str = r#"{"request":{"method":"POST","url":"http://127.0.0.1:1234/v1/chat/completions","model":"Qwen/Qwen3-8B"},"observed":{"kind":"http","status":400,"body":"{\"error\": {\"message\": \"Invalid model identifier \\\"Qwen/Qwen3-8B\\\". Please specify a valid downloaded model (e.g., qwen/qwen3-8b).\", \"code\": \"model_not_found\"}}"},"models_listed":["qwen/qwen3-8b"]}"#;

fn main() {
    divan::main();
}

fn world() -> World {
    World::new(SEED, Difficulty::Normal)
}

/// The middle of a game: something is carried, something was read, and much is possible.
fn middle(world: &World) -> (State, ActionCall) {
    let calls: Vec<ActionCall> = moves_of(Baseline::Reader, world, SEED).into_iter().map(Move::call).collect();
    let (before, after) = calls.split_at(calls.len() / 2);
    let state = before.iter().fold(State::start(), |state, call| step(world, &state, call).state);
    (state, after.first().cloned().unwrap_or_default())
}

#[divan::bench]
fn world_step(bencher: Bencher) {
    let world = world();
    let (state, call) = middle(&world);
    bencher.bench_local(|| step(black_box(&world), black_box(&state), black_box(&call)));
}

#[divan::bench]
fn world_observation(bencher: Bencher) {
    let world = world();
    let (state, _) = middle(&world);
    bencher.bench_local(|| observe(black_box(&world), black_box(&state)));
}

#[divan::bench]
fn oracle_slice(bencher: Bencher) {
    let world = world();
    let walks = Walks::new(&world);
    let search = || Search::new(&world, &walks, &State::start());
    bencher.with_inputs(search).bench_local_values(|mut search: Search<'_>| {
        search.advance(SLICE_NODES);
        search.nodes()
    });
}

#[divan::bench]
fn question_in_words(bencher: Bencher) {
    let world = world();
    let (state, _) = middle(&world);
    let observation = Arc::new(observe(&world, &state));
    let question = Question { goal: "Bring the relic home".to_owned(), observation, ..Question::default() };
    bencher.bench_local(|| black_box(&question).prompt());
}

#[divan::bench]
fn text_of_the_window(bencher: Bencher) {
    catalogue::speak(Language::English);
    bencher.bench_local(|| catalogue::text(black_box("run-steps"), &[]));
}

#[divan::bench]
fn text_with_figures(bencher: Bencher) {
    catalogue::speak(Language::German);
    bencher.bench_local(|| {
        let figures = [("busy", FluentValue::from(black_box(2))), ("count", FluentValue::from(black_box(4)))];
        catalogue::text(black_box("run-experts-busy"), &figures)
    });
}

/// A read of a socket into events.
#[divan::bench]
fn events_of_one_read(bencher: Bencher) {
    let read = Bytes::from(format!("data: {PIECE}\n\n").repeat(PIECES));
    bencher.counter(PIECES).bench_local(|| {
        let reads = stream::iter([Ok::<_, Infallible>(black_box(&read).clone())]);
        let events = SseByteStream::new(reads).filter(|event| ready(event.is_ok())).count();
        assert_eq!(events.now_or_never(), Some(PIECES));
    });
}

/// One event into the piece of text that it holds.
#[divan::bench]
fn piece_of_an_answer(bencher: Bencher) {
    bencher.with_inputs(Gathered::default).bench_local_values(|mut gathered: Gathered| {
        let step = gathered.event(None, black_box(PIECE), &mut Unwatched);
        (step, gathered.text)
    });
}

#[divan::bench]
fn diagnosis(bencher: Bencher) {
    let evidence = Evidence::from_text(REFUSAL);
    bencher.bench_local(|| diagnose(black_box(&evidence)));
}
