//! Which model answers for which role, decided from what the server lists, and whether it fits.

use crate::{
    llm::{
        Evidence, Fault, diagnose,
        evidence::{Asked, Observed},
        lm_studio::Listing,
        nearest::{is_same_but_for_spelling, nearest},
    },
    protocol::{Cause, Certainty, Diagnosis, Fix, ModelEntry, ModelKind, Problem, Remedy, RoleReport, Verdict},
    settings::Role,
};

/// A prompt with an observation, the last steps and an answer takes about this many tokens.
const CONTEXT_WANTED: u32 = 4096;

/// Chooses the model of one role and judges it without asking it anything.
pub fn judge(role: &Role, listing: &Listing) -> RoleReport {
    let report = |model: String, verdict: Verdict, problem: Option<Problem>| RoleReport {
        role: role.name.clone(),
        endpoint: role.endpoint.clone(),
        model,
        verdict,
        problem,
        speed: None,
    };
    let wanted = role.model.trim();
    let entry = match (wanted.is_empty(), choose(wanted, listing)) {
        (_, Some(entry)) => entry,
        (true, None) => return report(String::new(), Verdict::Failed, Some(nothing_loaded(listing))),
        (false, None) => return report(wanted.to_owned(), Verdict::Failed, Some(not_here(wanted, listing))),
    };
    let name = if wanted.is_empty() { instance_name(entry) } else { wanted.to_owned() };
    if entry.kind == ModelKind::Embedding {
        return report(name, Verdict::Failed, Some(wrong_kind(entry, wanted, listing)));
    }
    if !entry.is_loaded() && listing.api == crate::protocol::Api::OpenAi {
        // Whether it is loaded is not told here; the test answer will show.
        return report(name, Verdict::Passed, None);
    }
    if !entry.is_loaded() {
        return report(name, Verdict::Warned, Some(not_loaded(entry)));
    }
    match entry.instances[0].context_length.filter(|length| *length < CONTEXT_WANTED) {
        Some(length) => report(name, Verdict::Warned, Some(small_context(entry, length))),
        None => report(name, Verdict::Passed, None),
    }
}

/// A role that is to be asked at another endpoint than the one that is checked. Its questions must not go to the wrong
/// server, so it cannot be played.
pub fn elsewhere(role: &Role) -> RoleReport {
    let problem = Problem::plain(
        format!("{} is to be asked at {}, and this version asks one endpoint only", role.name, role.endpoint),
        Vec::new(),
        "Give the role the endpoint of the others in the settings",
    );
    RoleReport {
        role: role.name.clone(),
        endpoint: role.endpoint.clone(),
        model: role.model.clone(),
        verdict: Verdict::Failed,
        problem: Some(problem),
        speed: None,
    }
}

/// The named model; without a name the first loaded one that is not for embeddings.
fn choose<'l>(wanted: &str, listing: &'l Listing) -> Option<&'l ModelEntry> {
    if !wanted.is_empty() {
        return listing.find(wanted);
    }
    // Where the server tells kinds, one it has no name for (a voice, a painter) is not taken for a language model.
    let tells_kinds = listing.models.iter().any(|entry| entry.kind == ModelKind::Llm);
    let answers = |entry: &&ModelEntry| match entry.kind {
        ModelKind::Llm => true,
        ModelKind::Unknown => !tells_kinds,
        ModelKind::Embedding => false,
    };
    let loaded = listing.models.iter().filter(answers).find(|entry| entry.is_loaded());
    // Where the server does not tell what is loaded, it loads on demand; the first one is as good as any.
    let unknowable = listing.api == crate::protocol::Api::OpenAi;
    loaded.or_else(|| listing.models.iter().find(answers).filter(|_| unknowable))
}

fn instance_name(entry: &ModelEntry) -> String {
    entry.instances.first().map_or_else(|| entry.key.clone(), |instance| instance.id.clone())
}

/// The loaded models a role could use instead, best first.
fn alternatives(listing: &Listing) -> Vec<&ModelEntry> {
    let mut fitting: Vec<_> = listing.models.iter().filter(|entry| entry.kind != ModelKind::Embedding).collect();
    fitting.sort_by_key(|entry| !entry.is_loaded());
    fitting
}

fn nothing_loaded(listing: &Listing) -> Problem {
    let load = |entry: &&ModelEntry| Remedy::Action(Fix::LoadModel { model: entry.key.clone(), context_length: None });
    let mut remedies: Vec<Remedy> = alternatives(listing).iter().take(3).map(load).collect();
    if remedies.is_empty() {
        remedies.push(Remedy::advice("Download a language model in LM Studio, then load it"));
    }
    Problem {
        cause: Some(Cause::NoModelLoaded),
        summary: "No language model is loaded".to_owned(),
        details: vec![format!("{} models are downloaded, none of them is loaded", listing.models.len())],
        remedies,
    }
}

fn not_here(wanted: &str, listing: &Listing) -> Problem {
    let names = listing.names();
    let is_spelling = names.iter().any(|name| is_same_but_for_spelling(wanted, name));
    let use_it =
        |model: String| Remedy::Action(Fix::UseModel { role: String::new(), instead_of: wanted.to_owned(), model });
    let mut remedies: Vec<Remedy> = nearest(wanted, &names).into_iter().map(use_it).collect();
    if remedies.is_empty() {
        let loaded = alternatives(listing).into_iter().take(2).map(|entry| use_it(instance_name(entry)));
        remedies.extend(loaded);
    }
    remedies.push(Remedy::advice("Download the model in LM Studio if it should be this one"));
    Problem {
        cause: Some(if is_spelling { Cause::ModelNameMismatch } else { Cause::ModelNotFound }),
        summary: format!("There is no model called \u{201c}{wanted}\u{201d} on this server"),
        details: vec![format!("The server lists: {}", short_list(&names))],
        remedies,
    }
}

fn wrong_kind(entry: &ModelEntry, wanted: &str, listing: &Listing) -> Problem {
    let use_it = |other: &&ModelEntry| {
        let model = instance_name(other);
        Remedy::Action(Fix::UseModel { role: String::new(), instead_of: wanted.to_owned(), model })
    };
    let mut remedies: Vec<Remedy> = alternatives(listing).iter().take(2).map(use_it).collect();
    remedies.push(Remedy::advice("Choose a language model for this role"));
    Problem {
        cause: Some(Cause::WrongModelType),
        summary: format!("\u{201c}{}\u{201d} is an embedding model and cannot answer questions", entry.key),
        details: vec!["The server lists it with the type embedding".to_owned()],
        remedies,
    }
}

fn not_loaded(entry: &ModelEntry) -> Problem {
    Problem {
        cause: Some(Cause::NoModelLoaded),
        summary: format!("\u{201c}{}\u{201d} is downloaded, but not loaded", entry.key),
        details: vec!["The first question will have to wait until it is loaded".to_owned()],
        remedies: vec![
            Remedy::Action(Fix::LoadModel { model: entry.key.clone(), context_length: None }),
            Remedy::advice("Load it in LM Studio"),
        ],
    }
}

fn small_context(entry: &ModelEntry, length: u32) -> Problem {
    let wanted = entry.max_context_length.unwrap_or(2 * CONTEXT_WANTED).min(2 * CONTEXT_WANTED);
    let mut remedies = vec![Remedy::advice("Load the model with a larger context")];
    if wanted > length {
        let load = Fix::LoadModel { model: entry.key.clone(), context_length: Some(wanted) };
        remedies.insert(0, Remedy::Action(load));
    }
    Problem {
        cause: Some(Cause::ContextOverflow),
        summary: format!(
            "\u{201c}{}\u{201d} is loaded with {length} tokens of context; this role can need {CONTEXT_WANTED}",
            entry.key
        ),
        details: entry.max_context_length.map(|max| format!("The model could have {max}")).into_iter().collect(),
        remedies,
    }
}

/// The judgement on a role whose model answered a test question under another name.
pub fn other_model(role: &RoleReport, answered: &str) -> Diagnosis {
    let evidence = Evidence {
        request: Asked { model: Some(role.model.clone()), ..Asked::default() },
        observed: Observed::default(),
        ..Evidence::default()
    };
    let diagnosis = diagnose(&evidence.with(Fault::OtherModel { answered: answered.to_owned() }));
    debug_assert_eq!(diagnosis.certainty, Certainty::Certain);
    diagnosis
}

fn short_list(names: &[String]) -> String {
    const SHOWN: usize = 6;
    let mut text = names.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    match names.len() {
        0 => "nothing".clone_into(&mut text),
        count if count > SHOWN => text.push_str(&format!(" and {} more", count - SHOWN)),
        _ => {}
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Api, ModelInstance};

    fn entry(key: &str, kind: ModelKind, loaded: Option<u32>) -> ModelEntry {
        let instance = |length| ModelInstance { id: key.into(), context_length: Some(length), parallel: Some(4) };
        ModelEntry {
            key: key.into(),
            kind,
            instances: loaded.map(instance).into_iter().collect(),
            ..ModelEntry::default()
        }
    }

    fn judged(wanted: &str, models: Vec<ModelEntry>) -> RoleReport {
        let role = Role { model: wanted.into(), ..Role::new("expert.1", "threat") };
        judge(&role, &Listing { api: Api::V1, models, everything_is_loaded: false })
    }

    fn cause(report: &RoleReport) -> Option<Cause> {
        report.problem.as_ref().and_then(|problem| problem.cause)
    }

    #[test]
    fn without_a_name_a_loaded_language_model_is_taken() {
        let models = vec![
            entry("nomic", ModelKind::Embedding, Some(2048)),
            entry("cold", ModelKind::Llm, None),
            entry("warm", ModelKind::Llm, Some(8192)),
        ];
        let report = judged("", models);
        assert_eq!((report.model.as_str(), report.verdict), ("warm", Verdict::Passed));
    }

    #[test]
    fn what_is_wrong_is_named_with_a_button() {
        let models =
            || vec![entry("qwen/qwen3-8b", ModelKind::Llm, Some(8192)), entry("nomic", ModelKind::Embedding, Some(9))];
        let typo = judged("qwen3-8", models());
        assert_eq!((typo.verdict, cause(&typo)), (Verdict::Failed, Some(Cause::ModelNotFound)));
        let fix = Fix::UseModel { role: String::new(), instead_of: "qwen3-8".into(), model: "qwen/qwen3-8b".into() };
        assert_eq!(typo.problem.unwrap().remedies[0], Remedy::Action(fix));
        assert_eq!(cause(&judged("Qwen3-8B", models())), Some(Cause::ModelNameMismatch));
        assert_eq!(cause(&judged("nomic", models())), Some(Cause::WrongModelType));
        assert_eq!(cause(&judged("", vec![entry("a", ModelKind::Llm, None)])), Some(Cause::NoModelLoaded));
        assert_eq!(judged("a", vec![entry("a", ModelKind::Llm, None)]).verdict, Verdict::Warned);
        assert_eq!(cause(&judged("a", vec![entry("a", ModelKind::Llm, Some(512))])), Some(Cause::ContextOverflow));
    }
}
