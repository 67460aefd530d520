//! The rounds of a call: a server that needs more than was given says what, and is called once more with the answers.
//!
//! It keeps nothing in between, so what it sends of its state goes back to it as it was.

use std::time::Duration;

use rmcp::model::{CallToolRequestParams, InputRequest, InputRequiredResult, InputResponses};
use serde_json::json;

use super::super::ears::Ears;

/// Whoever asks more often goes in circles.
const MOST: u32 = 5;
/// A server that asks nothing is not ready. It is called once more after so long, and each time after twice as long.
const NOT_READY_PAUSE: Duration = Duration::from_millis(100);

/// The rounds of one call so far.
#[derive(Debug, Default)]
pub struct Rounds {
    asked: u32,
    /// How often in a row nothing was asked.
    not_ready: u32,
}

impl Rounds {
    /// Whether nothing has been asked so far.
    pub fn are_none_yet(&self) -> bool {
        self.asked == 0
    }

    /// Puts the answers to what is asked into the next call, and gives how long to wait before it. What is answered in the
    /// user's place is told. An error says in words what is asked and not answered; then there is no next call.
    pub fn answer(
        &mut self,
        wanted: InputRequiredResult,
        params: &mut CallToolRequestParams,
        ears: &Ears,
    ) -> Result<Duration, String> {
        if self.asked == MOST {
            return Err(format!("It was called {MOST} times more with what it asked for, and still asks"));
        }
        let requests = wanted.input_requests.unwrap_or_default();
        let (mut answers, mut consents) = (InputResponses::new(), Vec::new());
        for (key, request) in requests {
            let answer = match request {
                InputRequest::Elicitation(question) => {
                    let consent = ears.consent(&question.params)?;
                    let answer = json!(consent.result);
                    consents.push(consent);
                    answer
                }
                InputRequest::CreateMessage(_) => {
                    return Err("It wants to ask a model, which is not offered".to_owned());
                }
                InputRequest::ListRoots(_) => json!({"roots": []}),
                _ => return Err(super::STRANGE_QUESTION.to_owned()),
            };
            answers.insert(key, answer);
        }
        // Not before it is known that all of them are given.
        consents.iter().for_each(|consent| ears.tell(consent));
        let pause = self.pause_before_next(answers.is_empty());
        params.input_responses = Some(answers).filter(|answers| !answers.is_empty());
        params.request_state = wanted.request_state;
        Ok(pause)
    }

    fn pause_before_next(&mut self, asks_nothing: bool) -> Duration {
        self.asked += 1;
        if !asks_nothing {
            self.not_ready = 0;
            return Duration::ZERO;
        }
        let pause = NOT_READY_PAUSE * 2_u32.pow(self.not_ready);
        self.not_ready += 1;
        pause
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use serde_json::Value;

    use super::*;
    use crate::{
        environment::Hooks,
        protocol::{NoticeKind, Problem},
        settings::ServerSettings,
    };

    /// Ears that may consent or not, and what they tell.
    fn ears(may_consent: bool) -> (Ears, Arc<Mutex<Vec<String>>>) {
        let told = Arc::new(Mutex::new(Vec::new()));
        let hear = Arc::clone(&told);
        let notice = Arc::new(move |_: NoticeKind, words: String, _: Option<Problem>| hear.lock().unwrap().push(words));
        let mut server = ServerSettings::program("maze", "run", &[]);
        server.extras.answers_with_defaults = may_consent;
        (Ears::of(&server, &Hooks { notice, ..Hooks::default() }), told)
    }

    /// As it comes over the wire.
    fn wanted(requests: &Value, state: Option<&str>) -> InputRequiredResult {
        let mut result = json!({"resultType": "input_required", "inputRequests": requests});
        if let Some(state) = state {
            result["requestState"] = json!(state);
        }
        serde_json::from_value(result).unwrap()
    }

    fn question() -> Value {
        let schema = json!({"type": "object", "properties": {"sure": {"type": "boolean", "default": true}}});
        json!({"method": "elicitation/create", "params": {"message": "Go on?", "requestedSchema": schema}})
    }

    #[test]
    fn the_next_call_has_the_answers_and_the_state_as_it_was() {
        let (ears, told) = ears(true);
        let (mut rounds, mut params) = (Rounds::default(), CallToolRequestParams::new("dig"));
        let asked = wanted(&json!({"a": question(), "b": {"method": "roots/list"}}), Some("{\"x\": 1} "));
        assert_eq!(rounds.answer(asked, &mut params, &ears), Ok(Duration::ZERO));
        let sent = serde_json::to_value(&params).unwrap();
        let answers = json!({"a": {"action": "accept", "content": {"sure": true}}, "b": {"roots": []}});
        assert_eq!(sent, json!({"name": "dig", "inputResponses": answers, "requestState": "{\"x\": 1} "}));
        let told = told.lock().unwrap().clone();
        assert!(told.len() == 1 && told[0].starts_with("maze: ") && told[0].contains("Go on?"), "{told:?}");
        let without_state = wanted(&json!({"a": question()}), None);
        assert!(rounds.answer(without_state, &mut params, &ears).is_ok());
        assert_eq!(params.request_state, None);
    }

    #[test]
    fn a_server_that_is_not_ready_is_called_again_after_longer_and_longer() {
        let (ears, _told) = ears(false);
        let (mut rounds, mut params) = (Rounds::default(), CallToolRequestParams::new("dig"));
        let pauses: Vec<_> = (0..6).map(|_| rounds.answer(wanted(&json!({}), Some("s")), &mut params, &ears)).collect();
        let milliseconds = |pause: &Result<Duration, String>| pause.as_ref().map(Duration::as_millis).ok();
        let expected = [Some(100_u128), Some(200), Some(400), Some(800), Some(1600), None];
        assert_eq!(pauses.iter().map(milliseconds).collect::<Vec<_>>(), expected);
        assert_eq!((params.input_responses, params.request_state.as_deref()), (None, Some("s")));
    }

    #[test]
    fn what_nobody_here_answers_is_told_in_words_and_nothing_is_consented_to() {
        let message = json!({"method": "sampling/createMessage", "params": {"messages": [], "maxTokens": 9}});
        for (may_consent, requests, expected) in
            [(false, json!({"a": question()}), "Go on?"), (true, json!({"a": question(), "b": message}), "ask a model")]
        {
            let (ears, told) = ears(may_consent);
            let (mut rounds, mut params) = (Rounds::default(), CallToolRequestParams::new("dig"));
            let why = rounds.answer(wanted(&requests, None), &mut params, &ears).unwrap_err();
            assert!(why.contains(expected) && rounds.are_none_yet(), "{why}");
            assert_eq!((params.input_responses, told.lock().unwrap().len()), (None, 0));
        }
    }
}
