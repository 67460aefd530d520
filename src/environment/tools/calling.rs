//! One call of a tool, and the four ways it can end.
//!
//! A server that needs more than was given says what, and is called once more: such rounds are one call to everybody else.
//!
//! Whoever waits must know whether something may have happened: an error means that nothing has, silence means that
//! nobody knows. Limits and stops therefore end a call as unclear, and the server is told that nobody waits any more.

mod rounds;

use std::{future::pending, ops::ControlFlow, time::Duration};

use rmcp::{
    ServiceError,
    model::{
        CallToolRequest, CallToolRequestParams, CallToolResult, ClientRequest, ContentBlock, ErrorData, ServerResult,
    },
    service::PeerRequestOptions,
};
use serde_json::Value;
use tokio::{
    sync::watch,
    time::{Instant, sleep_until, timeout},
};
use tokio_util::sync::CancellationToken;

use self::rounds::Rounds;
use super::{
    complaints::cleaned,
    connection::{Connection, LONGEST},
    http,
    trouble::{Trouble, seconds},
};
use crate::protocol::ActionCall;

/// So long the server may take to hear that nobody waits for it; one that is deaf is not waited for.
const CANCEL_MAY_TAKE: Duration = Duration::from_millis(200);
/// A process that has ended answers no more, unless what it has started still speaks through its pipe.
const ORPHAN_MAY_TAKE: Duration = Duration::from_secs(2);
/// So much of a server's words is kept, in letters.
const WORDS: usize = 4000;

const TOO_LONG: &str = "It answered with more than 16 MiB at once, which is too long to be read. Ask for less, such as \
                        a smaller picture or fewer lines";
const STRANGE_QUESTION: &str = "It asks for more than was given, in a way that is not known here";
const NO_RESULT: &str = "It answered with something that is no result of a tool";

/// How long a call may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallLimits {
    /// Without a sign of progress.
    pub quiet: Duration,
    /// However much progress there is.
    pub total: Duration,
}

/// How a call ended.
#[derive(Clone, Debug)]
pub enum Called {
    /// It answered. Whether it says that it failed stands in the result.
    Answered { result: CallToolResult, took: Duration },
    /// It said that there is no such tool, or that the arguments are wrong, or that it needs what nobody here gives, or was
    /// not asked at all: nothing happened.
    Refused { words: String, took: Duration },
    /// A limit passed, a stop came, or the answer could not be read: it may or may not have happened. The server was
    /// told that nobody waits.
    Unclear { words: String, took: Duration },
    /// It died or hung up in the middle of the call: it may or may not have happened.
    Died { trouble: Trouble, took: Duration },
}

/// What one call waits with, in all its rounds.
#[derive(Clone, Copy)]
struct Waiting<'a> {
    began: Instant,
    limits: CallLimits,
    stop: &'a CancellationToken,
    progress: &'a (dyn Fn(String) + Send + Sync),
}

impl Waiting<'_> {
    fn end(&self) -> Instant {
        self.began + self.limits.total
    }

    /// Waits before the next round. Words say why there is none.
    async fn rest(&self, pause: Duration) -> Option<String> {
        let until = (Instant::now() + pause).min(self.end());
        tokio::select! {
            biased;
            () = self.stop.cancelled() => Some("It was stopped before it was called once more".to_owned()),
            () = sleep_until(until) => (until == self.end()).then(|| not_done_after(self.limits.total)),
        }
    }
}

impl Connection {
    /// Calls a tool. `progress` hears what the server says of how far it has come; `stop` ends the wait at once.
    pub async fn call(
        &self,
        call: &ActionCall,
        limits: CallLimits,
        stop: &CancellationToken,
        progress: &(dyn Fn(String) + Send + Sync),
    ) -> Called {
        let began = Instant::now();
        if stop.is_cancelled() {
            return Called::Refused { words: "It was stopped before it was sent".to_owned(), took: Duration::ZERO };
        }
        let limits = CallLimits { quiet: limits.quiet.min(LONGEST), total: limits.total.min(LONGEST) };
        let waiting = Waiting { began, limits, stop, progress };
        let mut params = CallToolRequestParams::new(call.name.clone()).with_arguments(call.arguments.clone());
        let mut rounds = Rounds::default();
        loop {
            let wanted = match self.ask(&params, &waiting).await {
                ControlFlow::Break(end) => return end,
                ControlFlow::Continue(ServerResult::InputRequiredResult(wanted)) => wanted,
                ControlFlow::Continue(answer) => return answered(answer, began.elapsed()),
            };
            let is_first = rounds.are_none_yet();
            match rounds.answer(wanted, &mut params, &self.ears) {
                Ok(pause) => {
                    if let Some(words) = waiting.rest(pause).await {
                        return Called::Unclear { words, took: began.elapsed() };
                    }
                }
                // Before it was given anything it has done nothing but ask.
                Err(words) if is_first => return Called::Refused { words, took: began.elapsed() },
                Err(words) => return Called::Unclear { words, took: began.elapsed() },
            }
        }
    }

    /// One round of a call: what the server answered, or how the whole call has ended.
    async fn ask(&self, params: &CallToolRequestParams, waiting: &Waiting<'_>) -> ControlFlow<Called, ServerResult> {
        let Waiting { began, limits, stop, progress } = *waiting;
        let mut told = self.ears.progress();
        let mut too_long = self.program.as_ref().map(|program| program.overheard().too_long());
        let request = ClientRequest::CallToolRequest(CallToolRequest::new(params.clone()));
        // The limits are kept here and not by the library, which cannot be stopped in between.
        let sent = self.peer().send_request_with_option(request, PeerRequestOptions::no_options()).await;
        let mut handle = match sent {
            Ok(handle) => handle,
            Err(error) => return ControlFlow::Break(self.without_answer(error, began).await),
        };
        let end = waiting.end();
        let mut quiet_until = Instant::now() + limits.quiet;
        let mut orphan_until = None;
        let words = loop {
            let until = quiet_until.min(end).min(orphan_until.unwrap_or(end));
            tokio::select! {
                biased;
                answer = &mut handle.rx => {
                    return match answer.unwrap_or(Err(ServiceError::TransportClosed)) {
                        Ok(answer) => ControlFlow::Continue(answer),
                        Err(error) => ControlFlow::Break(self.without_answer(error, began).await),
                    };
                }
                () = stop.cancelled() => break "It was stopped before an answer came".to_owned(),
                () = one_more(&mut too_long) => break TOO_LONG.to_owned(),
                Ok(()) = told.changed() => {
                    let news = told.borrow_and_update().clone();
                    if let Some(news) = news.filter(|news| news.token == handle.progress_token) {
                        quiet_until = Instant::now() + limits.quiet;
                        progress(news.text);
                    }
                }
                () = self.program_ended(), if orphan_until.is_none() => {
                    orphan_until = Some(Instant::now() + ORPHAN_MAY_TAKE);
                }
                () = sleep_until(until) => {
                    if orphan_until.is_some_and(|orphan_until| orphan_until <= until) {
                        let trouble = self.end_of_it().await;
                        return ControlFlow::Break(Called::Died { trouble, took: began.elapsed() });
                    }
                    break self.silence_in_words(limits, until == end);
                }
            }
        };
        let took = began.elapsed();
        let _deaf_or_gone = timeout(CANCEL_MAY_TAKE, handle.cancel(Some(words.clone()))).await;
        ControlFlow::Break(Called::Unclear { words, took })
    }

    /// Waits until the process has ended; for ever where there is none.
    async fn program_ended(&self) {
        match &self.program {
            Some(program) => {
                program.ended().await;
            }
            None => pending().await,
        }
    }

    fn silence_in_words(&self, limits: CallLimits, is_total: bool) -> String {
        if is_total {
            return not_done_after(limits.total);
        }
        let heard = self.program.as_ref().and_then(|program| program.overheard().quiet_for());
        let last = heard.map(|ago| format!("; the last it wrote came {} ago", seconds(ago))).unwrap_or_default();
        format!("Neither an answer nor a sign of progress came for {}{last}", seconds(limits.quiet))
    }

    /// What an error in place of an answer means.
    async fn without_answer(&self, error: ServiceError, began: Instant) -> Called {
        match error {
            ServiceError::McpError(data) => Called::Refused { words: words_of(&data), took: began.elapsed() },
            ServiceError::TransportClosed => self.died(began).await,
            ServiceError::TransportSend(error) => match http::trouble(&error) {
                Some(Trouble::Http { status, words }) if refuses_one(status) => {
                    let said = if words.is_empty() { "and no words".to_owned() } else { format!("and said: {words}") };
                    let words = cleaned(&format!("It answered with status {status} {said}"), WORDS);
                    Called::Refused { words, took: began.elapsed() }
                }
                Some(trouble) => Called::Died { trouble, took: began.elapsed() },
                None => self.died(began).await,
            },
            other => Called::Unclear { words: cleaned(&other.to_string(), WORDS), took: began.elapsed() },
        }
    }

    async fn died(&self, began: Instant) -> Called {
        let took = began.elapsed();
        Called::Died { trouble: self.end_of_it().await, took }
    }
}

fn not_done_after(total: Duration) -> String {
    format!("It was not done after {}, which is the most a call may take", seconds(total))
}

/// Whether a status means this one request alone: too large, too soon, not for us. Who has to sign in or has been forgotten
/// (401, 404) needs another connection, and whoever waited too long (408) does not know what has happened.
fn refuses_one(status: u16) -> bool {
    matches!(status, 400..500) && !matches!(status, 401 | 404 | 408)
}

/// Waits for one more line that is too long. The library drops it without a word, and the call would wait for nothing.
async fn one_more(too_long: &mut Option<watch::Receiver<u64>>) {
    let is_told = match too_long {
        Some(lines) => lines.changed().await.is_ok(),
        None => false,
    };
    if !is_told {
        pending::<()>().await;
    }
}

/// The words of an error, with what the server adds to them.
pub fn words_of(data: &ErrorData) -> String {
    let more = match &data.data {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(more)) => format!(": {more}"),
        Some(more) => format!(": {more}"),
    };
    cleaned(&format!("{}{more}", data.message), WORDS)
}

fn answered(answer: ServerResult, took: Duration) -> Called {
    let result = match answer {
        ServerResult::CallToolResult(result) => Ok(result),
        // Nothing to say is an answer too.
        ServerResult::EmptyResult(_) | ServerResult::TaskAckResult(_) => Ok(CallToolResult::success(Vec::new())),
        ServerResult::CreateTaskResult(_) => Err("It works on as a task of its own, which is not waited for"),
        ServerResult::CustomResult(answer)
            if answer.0.get("resultType").is_some_and(|kind| kind == "input_required") =>
        {
            Err(STRANGE_QUESTION)
        }
        ServerResult::CustomResult(answer) => rescued(answer.0).ok_or(NO_RESULT),
        other => serde_json::to_value(other).ok().and_then(rescued).ok_or(NO_RESULT),
    };
    match result {
        Ok(result) => Called::Answered { result, took },
        Err(words) => Called::Unclear { words: words.to_owned(), took },
    }
}

/// A result of which only a part is malformed; the part becomes text.
fn rescued(answer: Value) -> Option<CallToolResult> {
    let Value::Object(mut fields) = answer else { return None };
    let structured = fields.remove("structuredContent");
    let is_error = fields.get("isError").and_then(Value::as_bool);
    let blocks = match fields.remove("content") {
        Some(Value::Array(blocks)) => blocks,
        Some(Value::Null) | None => Vec::new(),
        Some(other) => vec![other],
    };
    let is_bare = blocks.is_empty() && structured.is_none() && is_error.is_none();
    if is_bare && fields.keys().any(|field| field != "_meta") {
        return None;
    }
    let content = blocks.into_iter().map(block).collect();
    let is_error = is_error.unwrap_or_default();
    let mut result = if is_error { CallToolResult::error(content) } else { CallToolResult::success(content) };
    result.structured_content = structured;
    Some(result)
}

fn block(value: Value) -> ContentBlock {
    serde_json::from_value(value.clone()).unwrap_or_else(|_malformed| match value {
        Value::String(text) => ContentBlock::text(text),
        other => ContentBlock::text(other.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use rmcp::model::ErrorCode;
    use serde_json::json;

    use super::*;

    fn called(answer: Value) -> Called {
        answered(serde_json::from_value(answer).unwrap(), Duration::ZERO)
    }

    /// The texts of an answer, and whether it says that it failed.
    fn answer(value: Value) -> (Vec<String>, bool) {
        let Called::Answered { result, .. } = called(value) else { panic!("it is an answer") };
        let texts = result.content.iter().filter_map(|block| block.as_text().map(|text| text.text.clone()));
        (texts.collect(), result.is_error == Some(true))
    }

    #[test]
    fn results_are_answers_whether_they_failed_or_not() {
        let good = json!({"content": [{"type": "text", "text": "4"}]});
        assert_eq!(answer(good), (vec!["4".to_owned()], false));
        let bad = json!({"content": [{"type": "text", "text": "no"}], "isError": true});
        assert_eq!(answer(bad), (vec!["no".to_owned()], true));
        assert_eq!(answer(json!({})), (Vec::new(), false));
    }

    #[test]
    fn a_result_that_is_malformed_in_part_is_rescued() {
        let odd =
            json!({"content": [{"type": "text", "text": "first"}, {"type": "hologram"}, "bare"], "isError": true});
        let expected = vec!["first".to_owned(), "{\"type\":\"hologram\"}".to_owned(), "bare".to_owned()];
        assert_eq!(answer(odd), (expected, true));
        assert_eq!(answer(json!({"content": "just words"})), (vec!["just words".to_owned()], false));
    }

    #[test]
    fn what_is_no_result_leaves_it_unclear() {
        for odd in [json!(7), json!({"tools": []}), json!({"something": "else"})] {
            assert!(matches!(called(odd.clone()), Called::Unclear { .. }), "{odd}");
        }
        let riddle = json!({"resultType": "input_required", "inputRequests": {"it": {"method": "riddle/pose"}}});
        assert!(matches!(called(riddle), Called::Unclear { words, .. } if words == STRANGE_QUESTION));
    }

    #[test]
    fn a_status_that_is_about_one_request_does_not_end_the_server() {
        assert!([400, 403, 413, 422, 429].into_iter().all(refuses_one));
        assert!(![200, 302, 401, 404, 408, 500, 503].into_iter().any(refuses_one));
    }

    #[test]
    fn an_error_is_told_in_the_servers_words() {
        let error = |data| words_of(&ErrorData::new(ErrorCode::INVALID_PARAMS, "Unknown\ntool", data));
        assert_eq!(error(None), "Unknown tool");
        assert_eq!(error(Some(json!("fly"))), "Unknown tool: fly");
        assert_eq!(error(Some(json!({"name": "fly"}))), "Unknown tool: {\"name\":\"fly\"}");
    }
}
