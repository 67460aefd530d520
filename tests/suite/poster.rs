//! llmposter, a mock server in Rust that runs in this process: our conditions as its fixtures.

use llmposter::{FailureConfig, Fixture, ToolCall};
use serde_json::json;

use crate::{
    cases::{BEGUN, Condition, TEXT, WITHHELD},
    client::Client,
    question::PLACE,
    refusals::{PASSING, PAUSE, said},
};

/// Letters in one event.
const LETTERS: usize = 4;
/// Longer than our clients wait where they are to lose patience, in milliseconds.
const SILENCE_MS: u64 = 2_000;
/// Between two events of a connection that is about to break, and until it does.
const PACE_MS: u64 = 100;
const BREAKS_AFTER_MS: u64 = 1_500;

/// The condition as a fixture, or why there is none.
pub fn fixture(client: Client, condition: Condition) -> Result<Fixture, &'static str> {
    let paced = |latency| Fixture::new().with_streaming(latency, Some(LETTERS));
    let speaks = |text: &str| paced(None).respond_with_content(text);
    let call = |name: &str, arguments| ToolCall { name: name.to_owned(), arguments };
    let filter = client.of(["content_filter", "refusal", "SAFETY"]);
    Ok(match condition {
        Condition::Speaks(text) => speaks(text),
        Condition::Calls(count) => {
            let mut calls = vec![call("go_to", json!({"place": PLACE})), call("wait", json!({}))];
            calls.truncate(count);
            Fixture::new().respond_with_tool_calls(calls)
        }
        Condition::KeepsShape => speaks("{\"answer\": \"yes\"}"),
        Condition::RefusesAtOnce => return Err("answers with 400 where a refusal is to be streamed"),
        Condition::RefusesAmid => speaks(WITHHELD).with_finish_reason(filter),
        Condition::Status(status) => {
            let (words, _kind) = said(client, status);
            if PASSING.contains(&status) {
                let pause = [("retry-after", PAUSE.as_secs_f64().to_string())];
                Fixture::new().with_error_headers(status, &words, pause).expect("a good header")
            } else {
                Fixture::new().with_error(status, &words)
            }
        }
        // Pieces of the answer have to be among the frames that are sent.
        Condition::Cut => speaks(BEGUN).with_failure(FailureConfig {
            truncate_after_frames: Some(client.of([3, 5, 2])),
            ..FailureConfig::default()
        }),
        Condition::Dropped => paced(Some(PACE_MS))
            .respond_with_content(BEGUN)
            .with_failure(FailureConfig { disconnect_after_ms: Some(BREAKS_AFTER_MS), ..FailureConfig::default() }),
        Condition::NoHead => {
            speaks(BEGUN).with_failure(FailureConfig { latency_ms: Some(SILENCE_MS), ..FailureConfig::default() })
        }
        Condition::NoWord if client == Client::Gemini => return Err("begins this format with a word"),
        Condition::NoWord | Condition::SilentAmid => paced(Some(SILENCE_MS)).respond_with_content(BEGUN),
        Condition::Heartbeats if client == Client::Claude => speaks(TEXT),
        Condition::Heartbeats | Condition::OnlyHeartbeats => return Err("sends no heartbeats, but for one to Claude"),
        Condition::UnknownFields if client == Client::LmStudio => speaks(TEXT),
        Condition::UnknownFields => return Err("sends no field that is not known"),
        Condition::ErrorUnder200 => return Err("gives no failure the status 200"),
        Condition::ErrorAmid => return Err("ends a stream well or not at all, never with an error in it"),
        Condition::Garbled => return Err("garbles into the word overloaded, which a client may take at its word"),
        Condition::WholeJson => return Err("streams where a stream is asked for"),
        Condition::Blanks | Condition::BlankCut => return Err("leaves out what is empty"),
        Condition::ByteByByte => return Err("cuts between letters, never inside one"),
    })
}
