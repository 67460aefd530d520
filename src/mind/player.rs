//! One model in one part: it is asked, watched and closed by name.

use std::sync::{Arc, Mutex, PoisonError};

use super::{
    Question, Stage,
    reading::{Opinion, opinion},
    schema,
};
use crate::{
    llm::{Answer, Ask, Error, Format, Limits, Model, Turn},
    protocol::{CertificateItem, OpenKind, Outcome},
};

/// A part in the play.
pub struct Player {
    /// The role in the settings, such as `expert.3`.
    pub role: String,
    /// What it looks at, such as `threat`.
    pub title: String,
    pub system: String,
    /// Taken out when the part is closed.
    model: Mutex<Option<Arc<dyn Model>>>,
    model_name: String,
    /// 0 for the same answer every time, higher for variety; `None` leaves it to the server.
    temperature: Option<f32>,
    stage: Stage,
    seat: usize,
}

/// How every part is asked.
#[derive(Clone, Debug)]
pub struct Manner {
    pub limits: Limits,
    pub answer_tokens: u32,
}

/// An answer as an opinion.
pub struct Spoken {
    pub opinion: Opinion,
    /// What was not as it should be, one sentence each.
    pub shortfalls: Vec<String>,
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
            stage: stage.clone(),
            seat,
        }
    }

    /// The same part, answering with this much variety.
    pub fn warmed_to(self, temperature: f32) -> Self {
        Self { temperature: Some(temperature), ..self }
    }

    /// Asks for an opinion on the question.
    pub async fn opine(&self, question: &Question, manner: &Manner) -> Result<Spoken, Error> {
        let format = Format::Json { name: "opinion", schema: schema::opinion(question) };
        self.ask(question, question.prompt(), format, manner).await
    }

    /// Asks for the decision over the others' opinions.
    pub async fn decide(&self, question: &Question, opinions: &[Opinion], manner: &Manner) -> Result<Spoken, Error> {
        let format = Format::Json { name: "decision", schema: schema::verdict(question) };
        self.ask(question, question.prompt_with(opinions), format, manner).await
    }

    async fn ask(&self, question: &Question, prompt: String, format: Format, manner: &Manner) -> Result<Spoken, Error> {
        let model = self.model.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or(Error::GateShut)?;
        let ask = Ask {
            system: self.system.clone(),
            turns: vec![Turn::User(prompt)],
            format,
            answer_tokens: manner.answer_tokens,
            temperature: self.temperature,
            limits: manner.limits,
            ..Ask::default()
        };
        let mut seat = self.stage.sit(self.seat);
        match model.ask(&ask, &mut seat).await {
            Ok(answer) => {
                let opinion = opinion(&self.title, &answer, &question.observation.legal);
                seat.finish(&answer, &opinion);
                let shortfalls = self.shortfalls(&answer, &opinion);
                Ok(Spoken { opinion, shortfalls })
            }
            Err(error) => {
                seat.fail(&error.to_string());
                Err(error)
            }
        }
    }

    /// `expert.3 threat (small-talker)`, and nothing twice.
    fn name(&self) -> String {
        let Self { role, title, model_name, .. } = self;
        if role == title { format!("{role} ({model_name})") } else { format!("{role} {title} ({model_name})") }
    }

    fn shortfalls(&self, answer: &Answer, opinion: &Opinion) -> Vec<String> {
        let mut shortfalls: Vec<String> =
            answer.detours.iter().map(|detour| format!("{}: {detour}", self.title)).collect();
        if answer.by.is_other_model() {
            let answered = &answer.by.model_answered;
            shortfalls.push(format!("{}: {answered} answered instead of {}", self.title, answer.by.model_asked));
        }
        if opinion.action.is_none() {
            shortfalls.push(format!("{} named no action that is possible now", self.title));
        }
        shortfalls
    }

    /// Closes the client. It is only called closed if nobody else still holds it.
    pub fn close(&self) -> Option<CertificateItem> {
        let model = self.model.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        let is_last = Arc::strong_count(&model) == 1;
        drop(model);
        Some(CertificateItem {
            kind: OpenKind::Client,
            name: self.name(),
            outcome: if is_last { Outcome::Closed } else { Outcome::Failed },
            took_ms: 0,
            note: if is_last { String::new() } else { "somebody still holds it".to_owned() },
        })
    }
}
