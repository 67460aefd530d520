//! What each check of the ladder can come to, as pure as possible: verdict, note and problem.

use std::time::Duration;

use super::{capacity::Capacity, discovery::Found, roles::alternatives};
use crate::{
    llm::{BaseUrl, Error, Evidence, Fault, Limit, diagnose, evidence::Asked, lm_studio::Listing, open::millis},
    protocol::{Api, Cause, Fix, ModelEntry, ModelKind, Problem, Product, Remedy, Speed, Verdict},
};

/// So many models are named in a line; the rest is counted.
const NAMED: usize = 4;

/// What one check came to.
pub struct Rung {
    pub verdict: Verdict,
    pub note: String,
    pub problem: Option<Problem>,
}

impl Rung {
    pub fn passed(note: impl Into<String>) -> Self {
        Self { verdict: Verdict::Passed, note: note.into(), problem: None }
    }

    pub fn warned(note: impl Into<String>, problem: Problem) -> Self {
        Self { verdict: Verdict::Warned, note: note.into(), problem: Some(problem) }
    }

    pub fn failed(problem: Problem) -> Self {
        Self { verdict: Verdict::Failed, note: problem.summary.clone(), problem: Some(problem) }
    }

    pub fn of_error(error: &Error) -> Self {
        Self::failed(error.problem())
    }
}

/// A request that was never more than an address.
pub fn asked(base: &BaseUrl) -> Asked {
    Asked { method: None, url: Some(base.to_string()), ..Asked::default() }
}

/// The address as it was understood, and from where it comes.
pub fn address_note(found: &Found) -> String {
    let mut note = format!("{}, {}", found.base, found.source.words());
    for change in &found.base.notes {
        note.push_str("; ");
        note.push_str(change);
    }
    note
}

/// The address is no address.
pub fn bad_address(reason: &str) -> Problem {
    Problem {
        cause: Some(Cause::WrongHostOrDns),
        summary: "The address cannot be understood".to_owned(),
        details: vec![reason.to_owned()],
        remedies: vec![
            Remedy::Action(Fix::use_address("http://127.0.0.1:1234")),
            Remedy::advice("Write it like this: http://127.0.0.1:1234"),
        ],
    }
}

/// Whether the list holds anything that could answer.
pub fn models_rung(listing: &Listing) -> Rung {
    let llms = listing.models.iter().filter(|model| model.kind != ModelKind::Embedding).count();
    if llms == 0 {
        let what = if listing.models.is_empty() { "no models" } else { "embedding models only" };
        return Rung::failed(Problem {
            cause: Some(if listing.models.is_empty() { Cause::NoModelLoaded } else { Cause::WrongModelType }),
            summary: format!("The server lists {what}"),
            details: Vec::new(),
            remedies: vec![
                Remedy::advice("Download a language model in LM Studio and load it"),
                Remedy::Action(Fix::CheckAgain),
            ],
        });
    }
    let embedding = listing.models.len() - llms;
    Rung::passed(match embedding {
        0 => format!("{llms} listed"),
        _ => format!("{llms} listed, and {embedding} for embeddings"),
    })
}

/// Whether a language model is ready. `every_role_is_named`: each role names a model that exists, so the server can load them on demand.
pub fn loaded_rung(listing: &Listing, every_role_is_named: bool) -> Rung {
    let loaded: Vec<&str> = listing
        .models
        .iter()
        .filter(|model| model.is_loaded() && model.kind != ModelKind::Embedding)
        .map(|model| model.key.as_str())
        .collect();
    if !loaded.is_empty() {
        let mut note = loaded.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        if loaded.len() > NAMED {
            note.push_str(&format!(" and {} more", loaded.len() - NAMED));
        }
        return Rung::passed(note);
    }
    if listing.api == Api::OpenAi {
        return Rung::passed("This server does not tell loaded from downloaded");
    }
    let load = |model: &&ModelEntry| Remedy::Action(Fix::load(model.key.clone()));
    let chat = alternatives(listing);
    let mut remedies: Vec<Remedy> = chat.iter().take(3).map(load).collect();
    remedies.push(Remedy::Action(Fix::CheckAgain));
    let problem = Problem {
        cause: Some(Cause::NoModelLoaded),
        summary: "No language model is loaded".to_owned(),
        details: vec![format!("{} are downloaded", chat.len())],
        remedies,
    };
    if every_role_is_named {
        Rung::warned("None yet; the server can load them when asked", problem)
    } else {
        Rung::failed(problem)
    }
}

/// A test answer in figures.
pub fn speed_note(speed: &Speed) -> String {
    match speed.tokens_per_second {
        Some(rate) => format!("First token after {} ms, {rate:.0} tokens a second", speed.first_token_ms),
        None => format!("First token after {} ms", speed.first_token_ms),
    }
}

/// Whether experts will wait for one another, with what to change.
pub fn capacity_rung(capacity: &Capacity) -> Rung {
    if !capacity.is_tight() {
        return Rung::passed(capacity.note());
    }
    let problem = Problem::plain(
        format!("{} experts on this model will wait for one another", capacity.together),
        vec![capacity.note()],
        "Raise the model's concurrent predictions in LM Studio, use fewer experts, or spread them over two models",
    );
    Rung::warned(capacity.note(), problem)
}

/// The time for everything was over before this check was.
pub fn out_of_time(base: &BaseUrl, product: Product, limit: Limit, waited: Duration) -> Rung {
    let evidence = Evidence { request: asked(base), product: Some(product), ..Evidence::default() };
    Rung::failed(diagnose(&evidence.with(Fault::TimedOut { limit, after_ms: millis(waited) })).problem)
}

/// The models before this one took all the time.
pub fn no_time_left(model: &str) -> Rung {
    let summary = format!("There was no time left to test \u{201c}{model}\u{201d}");
    let problem = Problem {
        cause: None,
        summary: summary.clone(),
        details: vec!["A check takes ten seconds at most; the models before this one took all of it".to_owned()],
        remedies: vec![Remedy::Action(Fix::CheckPatiently)],
    };
    Rung::warned(summary, problem)
}

/// A test that was broken off early: a slow model deserves a longer one.
pub fn with_patience(mut problem: Problem) -> Problem {
    problem.details.push("A check waits less than ten seconds; a slow model may only need longer".to_owned());
    problem.remedies.insert(0, Remedy::Action(Fix::CheckPatiently));
    problem
}

/// What becomes of several models that are not all loaded yet. `evicts` is LM Studio's own setting.
pub fn together_rung(cold: &[String], api: Api, evicts: bool) -> Rung {
    let list = cold.join(", ");
    if api == Api::V1 {
        return Rung::passed(format!("{list}: loaded one by one before a session, so that none evicts another"));
    }
    if !evicts {
        return Rung::passed(format!("{list}: loaded when first asked; LM Studio is set to keep what is loaded"));
    }
    let mut remedies: Vec<Remedy> =
        vec![Remedy::advice(format!("Load them before: lms load {}", cold.join("; lms load ")))];
    remedies.push(Remedy::advice(
        "Or switch off \u{201c}Only keep last JIT loaded model\u{201d} in LM Studio's Developer page",
    ));
    let problem = Problem {
        cause: None,
        summary: "The models of the roles will throw each other out of memory".to_owned(),
        details: vec![
            format!("Loaded only when asked: {list}"),
            "LM Studio keeps one model that was loaded on demand; each question would load its model anew".to_owned(),
        ],
        remedies,
    };
    Rung::warned("They will evict one another", problem)
}
