//! Every question to a model and what came of it, as the journal keeps it: heard along while the window listens too.

use crate::{
    journal::Recorder,
    llm::{Answer, Ask, Error, Sink, Turn},
    protocol::{Call, CallState, Said, What},
    settings::{Provider, cast::NARRATOR},
};

/// One question while it is being answered. Dropped before its end, it is kept as broken off, with what had come by then.
pub struct Hearing<'a> {
    sink: &'a mut dyn Sink,
    recorder: Recorder,
    call: Option<Box<Call>>,
}

impl<'a> Hearing<'a> {
    /// Keeps that the question is asked, before it leaves.
    pub async fn begin(recorder: &Recorder, role: &str, model: &str, ask: &Ask, sink: &'a mut dyn Sink) -> Self {
        if !recorder.is_on() {
            return Self { sink, recorder: recorder.clone(), call: None };
        }
        let said = Said { system: ask.system.clone(), prompt: prompt(&ask.turns), ..Said::default() };
        let call = Call {
            call: recorder.next_call(),
            // The narrator speaks beside the questions and belongs to none.
            question: recorder.question().filter(|_| role != NARRATOR),
            role: role.to_owned(),
            model: model.to_owned(),
            asked_at_ms: recorder.now_ms(),
            said: Some(Box::new(said)),
            ..Call::default()
        };
        let hearing = Self { sink, recorder: recorder.clone(), call: Some(Box::new(call.clone())) };
        recorder.keep(What::Asked(Box::new(call))).await;
        hearing
    }

    /// Keeps what came of it, before anybody acts on it.
    pub async fn end(mut self, answer: &Result<Answer, Error>) {
        let Some(mut call) = self.call.take() else { return };
        call.ended_at_ms = Some(self.recorder.now_ms());
        match answer {
            Ok(answer) => answered(&mut call, answer),
            Err(Error::GateShut) => call.state = CallState::BrokenOff,
            Err(error) => failed(&mut call, error),
        }
        self.recorder.keep(What::CallEnded(call)).await;
    }

    fn heard(&mut self, piece: &str, is_reasoning: bool) {
        let Some(call) = &mut self.call else { return };
        call.first_token_at_ms.get_or_insert_with(|| self.recorder.now_ms());
        let Some(said) = &mut call.said else { return };
        let whole = if is_reasoning { &mut said.reasoning } else { &mut said.answer };
        if whole.len() < HEARD_LIMIT {
            whole.push_str(piece);
        }
    }
}

/// A model that never ends must not fill the memory.
const HEARD_LIMIT: usize = 1 << 20;

impl Sink for Hearing<'_> {
    fn text(&mut self, piece: &str) {
        self.heard(piece, false);
        self.sink.text(piece);
    }

    fn reasoning(&mut self, piece: &str) {
        self.heard(piece, true);
        self.sink.reasoning(piece);
    }

    /// What somebody else had begun to say before is not the beginning of this answer.
    fn leaves(&mut self, provider: Provider, model: &str) {
        let now_ms = self.recorder.now_ms();
        if let Some(call) = &mut self.call {
            call.provider = provider;
            model.clone_into(&mut call.model);
            call.left_at_ms = Some(now_ms);
            call.first_token_at_ms = None;
            if let Some(said) = &mut call.said {
                said.answer.clear();
                said.reasoning.clear();
            }
        }
        self.sink.leaves(provider, model);
    }
}

impl Drop for Hearing<'_> {
    fn drop(&mut self) {
        if let Some(call) = self.call.take() {
            let ended_at_ms = Some(self.recorder.now_ms());
            let call = Call { state: CallState::BrokenOff, ended_at_ms, ..*call };
            self.recorder.keep_later(What::CallEnded(Box::new(call)));
        }
    }
}

fn answered(call: &mut Call, answer: &Answer) {
    call.state = CallState::Answered;
    call.provider = answer.by.provider;
    call.model.clone_from(&answer.by.model_asked);
    call.model_answered.clone_from(&answer.by.model_answered);
    call.endpoint.clone_from(&answer.by.endpoint);
    call.tokens_per_second = answer.timings.tokens_per_second;
    call.prompt_tokens = answer.usage.prompt_tokens;
    call.answer_tokens = answer.usage.answer_tokens;
    call.usd = answer.usd;
    if let Some(said) = &mut call.said {
        said.answer.clone_from(&answer.text);
        said.reasoning.clone_from(&answer.reasoning);
    }
}

fn failed(call: &mut Call, error: &Error) {
    call.state = CallState::Failed;
    let problem = error.problem();
    call.cause = problem.cause;
    call.failure = Some(problem.to_string());
}

/// All turns in one text; who spoke is said where it was not the user.
fn prompt(turns: &[Turn]) -> String {
    let turn = |turn: &Turn| match turn {
        Turn::User(text) => text.clone(),
        Turn::Assistant(text) => format!("Answered before: {text}"),
        Turn::Answered(answered) => format!("Answered before: {}", answered.text),
        Turn::Results(results) => {
            let results = results.iter().map(|result| format!("{} gave: {}", result.name, result.text));
            results.collect::<Vec<_>>().join("\n")
        }
    };
    turns.iter().map(turn).collect::<Vec<_>>().join("\n\n")
}
