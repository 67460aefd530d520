//! `POST /api/v1/chat`, which can load its model and tells how that goes.

use std::{pin::pin, sync::Arc, time::Duration};

use hyper::{Response, StatusCode};
use tokio::time::{Instant, sleep};

use super::{
    answer::{self, Body},
    call::Call,
    catalogue::{Entry, Instance, Target, Unservable},
    config::DemoModelKind,
    errors::{MODEL_IS_UNLOADED, Refusal, does_not_fit},
    faults::FaultKind,
    generation::{self, Dialect, Generation, Pace},
    native_events::NativeEvents,
    native_input,
    question::Question,
    slots::Ticket,
    stream::{self, Pipe},
};

/// How often the progress of loading is told.
const PROGRESS_EVERY: Duration = Duration::from_millis(50);

pub(super) async fn chat(call: &Call) -> Result<Response<Body>, Refusal> {
    let question = native_input::read(&call.body)?;
    let target = call.state.catalogue.find(call.model_asked(), DemoModelKind::Llm).map_err(|why| why.native())?;
    native_input::must_reason_as_asked(&call.body, target.model())?;
    if question.has_image && !target.model().vision {
        return Err(Refusal::text("Model does not support images. Please use a model that does."));
    }
    let number = call.state.next_number();
    // The answer is kept on the server unless the question says otherwise; only then has it an id.
    let response_id = (call.body["store"] != false).then(|| format!("resp_{number:020}"));
    let name = call.trouble.wrong_model.clone();
    let id = name.clone().unwrap_or_else(|| name_of(&target));
    let talk = Talk {
        events: NativeEvents::new(id, response_id, question.prompt_tokens),
        question,
        target,
        number,
        ticket: call.ticket(),
        pace: call.pace(),
        context_length: call.body["context_length"].as_u64().and_then(|length| u32::try_from(length).ok()),
        duplicates_instances: call.trouble.duplicates_instances,
        other_name: name,
    };
    if call.streams() {
        let fault = call.trouble.answer.clone();
        return Ok(stream::open(call, |pipe| talk.tell(pipe, fault)));
    }
    talk.sit_out(call).await
}

fn name_of(target: &Target) -> String {
    match target {
        Target::Resident(instance) => instance.id.clone(),
        Target::Downloaded(entry) => entry.model.key.clone(),
    }
}

/// One question and all it needs, independent of the request it came with.
struct Talk {
    question: Question,
    target: Target,
    events: NativeEvents,
    number: u64,
    ticket: Ticket,
    pace: Pace,
    /// What to load the model with, if it is to be loaded.
    context_length: Option<u32>,
    duplicates_instances: bool,
    /// Who is said to answer, if not who does.
    other_name: Option<String>,
}

impl Talk {
    async fn tell(mut self, pipe: Pipe, fault: Option<FaultKind>) {
        pipe.send(self.events.start()).await;
        let instance = match self.load_aloud(&pipe).await {
            Ok(instance) => instance,
            Err(why) => {
                let body = why.native().body;
                let text = |key: &str| body["error"][key].as_str().unwrap_or_default();
                pipe.send(self.events.failure_of(text("type"), text("message"))).await;
                return self.ticket.finish();
            }
        };
        if !self.question.fits(&instance) {
            let message = does_not_fit(self.question.prompt_tokens, instance.context_length);
            pipe.send(self.events.failure_of("invalid_request", &message)).await;
            return self.ticket.finish();
        }
        let script = self.question.script(&instance, self.number);
        let generation = Generation { ticket: self.ticket, instance, script, pace: self.pace };
        generation::tell(generation, self.events, pipe, fault).await;
    }

    /// Loads the model if need be, with a report of how far it is.
    async fn load_aloud(&mut self, pipe: &Pipe) -> Result<Arc<Instance>, Unservable> {
        let entry = match &self.target {
            Target::Resident(instance) => return Ok(Arc::clone(instance)),
            Target::Downloaded(entry) => Arc::clone(entry),
        };
        pipe.send(self.events.load_start()).await;
        let started = Instant::now();
        let mut loading = pin!(entry.load_once(self.context_length, self.duplicates_instances));
        let mut progress = 0.0;
        let instance = loop {
            tokio::select! {
                loaded = &mut loading => break loaded?,
                () = sleep(PROGRESS_EVERY) => {
                    // Nobody knows how long it takes: each step goes a quarter of what is left.
                    progress += (1.0 - progress) / 4.0;
                    pipe.send(self.events.load_progress(progress)).await;
                }
            }
        };
        self.note_loaded(&instance, started);
        pipe.send(self.events.load_progress(1.0)).await;
        pipe.send(self.events.load_end()).await;
        Ok(instance)
    }

    fn note_loaded(&mut self, instance: &Instance, started: Instant) {
        let id = self.other_name.clone().unwrap_or_else(|| instance.id.clone());
        self.events.loaded_as(id, started.elapsed().as_secs_f64());
    }

    async fn load_silently(&mut self) -> Result<Arc<Instance>, Unservable> {
        let entry: Arc<Entry> = match &self.target {
            Target::Resident(instance) => return Ok(Arc::clone(instance)),
            Target::Downloaded(entry) => Arc::clone(entry),
        };
        let started = Instant::now();
        let instance = entry.load_once(self.context_length, self.duplicates_instances).await?;
        self.note_loaded(&instance, started);
        Ok(instance)
    }

    async fn sit_out(mut self, call: &Call) -> Result<Response<Body>, Refusal> {
        let instance = match self.load_silently().await {
            Ok(instance) if self.question.fits(&instance) => instance,
            outcome => {
                self.ticket.finish();
                return Err(match outcome {
                    Ok(instance) => overflow(&self.question, &instance),
                    Err(why) => why.native(),
                });
            }
        };
        let script = self.question.script(&instance, self.number);
        for piece in &script.pieces {
            let _ = self.events.piece(piece);
        }
        let generation = Generation { ticket: self.ticket, instance, script, pace: self.pace };
        match generation::sit_out(call, generation).await {
            Ok(timing) => Ok(answer::ok(&self.events.result(&timing))),
            Err(_unloaded) => Err(Refusal::text(MODEL_IS_UNLOADED)),
        }
    }
}

fn overflow(question: &Question, instance: &Instance) -> Refusal {
    let message = does_not_fit(question.prompt_tokens, instance.context_length);
    Refusal::native(StatusCode::BAD_REQUEST, "invalid_request", &message)
}
