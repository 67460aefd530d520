//! One model in one part: it is asked, watched and closed.

use std::sync::{Arc, Mutex, PoisonError};

use super::{
    Question, Stage,
    reading::{Opinion, opinion},
    schema,
};
use crate::llm::{Answer, Ask, Error, Format, Limits, Model, Turn};

/// A part in the play.
pub struct Player {
    /// The role in the settings, such as `expert.3`.
    pub role: String,
    /// What it looks at, such as `threat`.
    pub title: String,
    pub system: String,
    /// Taken out when the part is closed.
    model: Mutex<Option<Arc<dyn Model>>>,
    pub model_name: String,
    /// 0 for the same answer every time, higher for variety; `None` leaves it to the server.
    temperature: Option<f32>,
    /// It is shown pictures.
    pub sees: bool,
    stage: Stage,
    seat: usize,
}

/// How every part is asked.
#[derive(Clone, Debug)]
pub struct Manner {
    pub limits: Limits,
    pub answer_tokens: u32,
}

/// A question as it is put to everybody who is to give an opinion: its words and its shape are made once.
pub struct Put {
    pub question: Question,
    prompt: String,
    format: Format,
}

impl Put {
    pub fn new(question: &Question) -> Self {
        let format = Format::Json { name: "opinion", schema: schema::opinion(question) };
        Self { question: question.clone(), prompt: question.prompt(), format }
    }

    /// The same with what somebody has seen in it.
    pub fn with_sight(question: &Question, seen: &str) -> Self {
        Self { prompt: question.prompt_with_sight(seen), ..Self::new(question) }
    }
}

/// An answer as an opinion, with what it took.
pub struct Spoken {
    pub opinion: Opinion,
    /// What was not as it should be, one sentence each.
    pub shortfalls: Vec<String>,
    pub took: Took,
}

/// What one answer took.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Took {
    pub total_ms: u64,
    /// Prompt and answer together, where the server counted them.
    pub tokens: Option<u64>,
    /// US dollars, where the price is known.
    pub usd: Option<f64>,
}

impl Took {
    /// As the server and the purse have it.
    pub fn by(answer: &Answer) -> Self {
        let tokens = answer.usage.prompt_tokens.zip(answer.usage.answer_tokens);
        Self {
            total_ms: answer.timings.total_ms,
            tokens: tokens.map(|(prompt, answered)| prompt + answered),
            usd: answer.usd,
        }
    }
}

impl Player {
    pub fn new(role: &str, title: &str, system: String, model: Arc<dyn Model>, stage: &Stage) -> Self {
        let model_name = model.name().to_owned();
        let seat = stage.add(role, title, &model_name);
        Self {
            role: role.to_owned(),
            title: title.to_owned(),
            system,
            model: Mutex::new(Some(model)),
            model_name,
            temperature: None,
            sees: false,
            stage: stage.clone(),
            seat,
        }
    }

    /// The same part, answering with this much variety.
    pub fn warmed_to(self, temperature: Option<f32>) -> Self {
        Self { temperature, ..self }
    }

    /// The same part, shown pictures or not.
    pub fn shown_pictures(self, sees: bool) -> Self {
        Self { sees, ..self }
    }

    /// Its place on the stage.
    pub fn seat(&self) -> usize {
        self.seat
    }

    /// Asks for an opinion on the question.
    pub async fn opine(&self, put: &Put, manner: &Manner) -> Result<Spoken, Error> {
        self.speak(&put.question, put.prompt.clone(), put.format.clone(), manner).await
    }

    /// Asks for the decision over the others' opinions.
    pub async fn decide(&self, question: &Question, opinions: &[Opinion], manner: &Manner) -> Result<Spoken, Error> {
        let format = Format::Json { name: "decision", schema: schema::verdict(question) };
        self.speak(question, question.prompt_with(opinions), format, manner).await
    }

    async fn speak(
        &self,
        question: &Question,
        prompt: String,
        format: Format,
        manner: &Manner,
    ) -> Result<Spoken, Error> {
        let mut seat = self.stage.sit(self.seat);
        match self.ask(question, prompt, format, manner, &mut seat).await {
            Ok(answer) => {
                let mut opinion = opinion(&self.title, &answer, &question.observation.legal);
                if let Some(action) = opinion.action.as_mut().filter(|_| question.observation.legal.is_empty()) {
                    question.leave_out_nothings(action);
                }
                seat.finish(&answer, Some(&opinion));
                let mut shortfalls = self.shortfalls(&answer);
                if opinion.action.is_none() {
                    shortfalls.push(format!("{} named no action that is possible now", self.title));
                }
                Ok(Spoken { took: Took::by(&answer), opinion, shortfalls })
            }
            Err(error) => {
                seat.fail(&error.to_string());
                Err(error)
            }
        }
    }

    /// Asks for words about what is there.
    pub async fn look(&self, question: &Question, manner: &Manner) -> Result<Answer, Error> {
        let mut seat = self.stage.sit(self.seat);
        let answer = self.ask(question, question.prompt(), Format::Text, manner, &mut seat).await;
        match &answer {
            Ok(answer) => seat.finish(answer, None),
            Err(error) => seat.fail(&error.to_string()),
        }
        answer
    }

    async fn ask(
        &self,
        question: &Question,
        prompt: String,
        format: Format,
        manner: &Manner,
        seat: &mut super::stage::Seat,
    ) -> Result<Answer, Error> {
        let model = self.model.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or(Error::GateShut)?;
        let ask = Ask {
            system: self.system.clone(),
            turns: vec![Turn::User(prompt)],
            // Only to parts that are meant to see: the others may not be able to, and each look costs tokens.
            pictures: question.observation.picture.iter().filter(|_| self.sees).cloned().collect(),
            format,
            answer_tokens: manner.answer_tokens,
            temperature: self.temperature,
            limits: manner.limits,
            ..Ask::default()
        };
        model.ask(&ask, seat).await
    }

    /// What was not as asked, one sentence each.
    pub fn shortfalls(&self, answer: &Answer) -> Vec<String> {
        let mut shortfalls: Vec<String> =
            answer.detours.iter().map(|detour| format!("{}: {detour}", self.title)).collect();
        if answer.by.is_other_model() {
            let answered = &answer.by.model_answered;
            shortfalls.push(format!("{}: {answered} answered instead of {}", self.title, answer.by.model_asked));
        }
        shortfalls
    }

    /// Lets go of the model; whoever still holds it is found in the ledger of open things.
    pub fn close(&self) {
        self.model.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}
