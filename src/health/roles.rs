//! Which model answers for which role, decided from what the server lists, and whether it fits.

use crate::{
    llm::{
        Evidence, Fault, diagnose,
        evidence::{Asked, Observed},
        lm_studio::Listing,
        nearest::{is_same_but_for_spelling, nearest},
    },
    protocol::{
        Cause, Certainty, Diagnosis, Fix, ModelEntry, ModelInstance, ModelKind, Problem, Remedy, RoleReport, Verdict,
    },
    settings::{Needs, Role},
};

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
    let entry = match (wanted.is_empty(), choose(wanted, &role.needs, listing)) {
        (_, Some(entry)) => entry,
        (true, None) => return report(String::new(), Verdict::Failed, Some(nothing_loaded(listing))),
        (false, None) => return report(wanted.to_owned(), Verdict::Failed, Some(not_here(wanted, listing))),
    };
    let name = if wanted.is_empty() { instance_name(entry) } else { wanted.to_owned() };
    if entry.kind == ModelKind::Embedding {
        let said = "The server lists it with the type embedding";
        let summary = format!("\u{201c}{}\u{201d} is an embedding model and cannot answer questions", entry.key);
        return report(name, Verdict::Failed, Some(unfit(Cause::WrongModelType, summary, said, wanted, role, listing)));
    }
    if role.needs.vision && entry.vision == Some(false) {
        let said = "The server lists it without vision";
        let summary = format!("\u{201c}{}\u{201d} cannot see pictures, and this part is shown some", entry.key);
        return report(name, Verdict::Failed, Some(unfit(Cause::WrongModelType, summary, said, wanted, role, listing)));
    }
    if role.needs.tools && entry.tool_use == Some(false) {
        let said = "The server lists it as not trained for tool use";
        let summary = format!("\u{201c}{}\u{201d} was not trained to call tools, and this part calls some", entry.key);
        let problem = unfit(Cause::UnsupportedTools, summary, said, wanted, role, listing);
        return report(name, Verdict::Failed, Some(problem));
    }
    if !entry.is_loaded() && listing.api == crate::protocol::Api::OpenAi {
        // Whether it is loaded is not told here; the test answer will show.
        return report(name, Verdict::Passed, None);
    }
    if !entry.is_loaded() {
        return report(name, Verdict::Warned, Some(not_loaded(entry)));
    }
    let instance = entry.instances.iter().find(|instance| instance.id == name).unwrap_or(&entry.instances[0]);
    let wanted_context = role.needs.context();
    if let Some(length) = instance.context_length.filter(|length| *length < wanted_context) {
        return report(name, Verdict::Warned, Some(small_context(entry, length, wanted_context)));
    }
    match entry.instances.as_slice() {
        [_first, surplus, ..] => report(name, Verdict::Warned, Some(several_copies(entry, &surplus.id))),
        _ => report(name, Verdict::Passed, None),
    }
}

/// A role whose server could not even be reached.
pub fn skipped(role: &Role) -> RoleReport {
    RoleReport {
        role: role.name.clone(),
        endpoint: role.endpoint.clone(),
        model: role.model.trim().to_owned(),
        verdict: Verdict::Skipped,
        problem: None,
        speed: None,
    }
}

/// The named model; without a name the first loaded one that is not for embeddings and can do what is needed.
fn choose<'l>(wanted: &str, needs: &Needs, listing: &'l Listing) -> Option<&'l ModelEntry> {
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
    let ready = || listing.models.iter().filter(answers).filter(|entry| entry.is_loaded());
    let loaded = ready().find(|entry| can(entry, needs)).or_else(|| ready().next());
    // Where the server does not tell what is loaded, it loads on demand; the first one is as good as any.
    let unknowable = listing.api == crate::protocol::Api::OpenAi;
    loaded.or_else(|| listing.models.iter().find(answers).filter(|_| unknowable))
}

/// False where the server says that the model lacks something; what it does not say is found out by asking.
fn can(entry: &ModelEntry, needs: &Needs) -> bool {
    !(needs.vision && entry.vision == Some(false) || needs.tools && entry.tool_use == Some(false))
}

fn instance_name(entry: &ModelEntry) -> String {
    entry.instances.first().map_or_else(|| entry.key.clone(), |instance| instance.id.clone())
}

/// The models that can answer: loaded ones first, then the small before the large, which may not fit into memory.
pub fn alternatives(listing: &Listing) -> Vec<&ModelEntry> {
    let mut fitting: Vec<_> = listing.models.iter().filter(|entry| entry.kind != ModelKind::Embedding).collect();
    fitting.sort_by_key(|entry| (!entry.is_loaded(), entry.size_bytes.unwrap_or(u64::MAX)));
    fitting
}

fn nothing_loaded(listing: &Listing) -> Problem {
    let load = |entry: &&ModelEntry| Remedy::Action(Fix::load(entry.key.clone()));
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

/// A model that is there and cannot do what the role needs, with those that can.
fn unfit(cause: Cause, summary: String, said: &str, wanted: &str, role: &Role, listing: &Listing) -> Problem {
    let use_it = |other: &ModelEntry| {
        let (role, instead_of) =
            if wanted.is_empty() { (role.name.clone(), String::new()) } else { (String::new(), wanted.to_owned()) };
        Remedy::Action(Fix::UseModel { role, instead_of, model: instance_name(other) })
    };
    let fitting = alternatives(listing).into_iter().filter(|other| can(other, &role.needs));
    let mut remedies: Vec<Remedy> = fitting.take(2).map(use_it).collect();
    remedies.push(Remedy::advice("Choose a model of the right kind for this part, or download one in LM Studio"));
    Problem { cause: Some(cause), summary, details: vec![said.to_owned()], remedies }
}

fn several_copies(entry: &ModelEntry, surplus: &str) -> Problem {
    let copies: Vec<String> = entry.instances.iter().map(ModelInstance::words).collect();
    Problem {
        cause: None,
        summary: format!("{} copies of \u{201c}{}\u{201d} are loaded, and one is enough", copies.len(), entry.key),
        details: copies,
        remedies: vec![
            Remedy::Action(Fix::UnloadModel { instance: surplus.to_owned(), endpoint: String::new() }),
            Remedy::advice("Each copy takes memory of its own; keep them only if you loaded them on purpose"),
        ],
    }
}

fn not_loaded(entry: &ModelEntry) -> Problem {
    Problem {
        cause: Some(Cause::NoModelLoaded),
        summary: format!("\u{201c}{}\u{201d} is downloaded, but not loaded", entry.key),
        details: vec!["The first question will have to wait until it is loaded".to_owned()],
        remedies: vec![Remedy::Action(Fix::load(entry.key.clone())), Remedy::advice("Load it in LM Studio")],
    }
}

fn small_context(entry: &ModelEntry, length: u32, wanted: u32) -> Problem {
    let enough = wanted.saturating_mul(2);
    let offered = entry.max_context_length.unwrap_or(enough).min(enough);
    let mut remedies = vec![Remedy::advice("Load the model with a larger context")];
    if offered > length {
        remedies.insert(0, Remedy::Action(Fix::load_with(entry.key.clone(), offered)));
    }
    Problem {
        cause: Some(Cause::ContextOverflow),
        summary: format!(
            "\u{201c}{}\u{201d} is loaded with {length} tokens of context; this role can need {wanted}",
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
    fn a_part_that_is_shown_pictures_takes_a_model_that_sees() {
        let blind = ModelEntry { vision: Some(false), ..entry("blind", ModelKind::Llm, Some(8192)) };
        let sees = ModelEntry { vision: Some(true), ..entry("sees", ModelKind::Llm, Some(8192)) };
        let listing = |models| Listing { api: Api::V1, models, everything_is_loaded: false };
        let role = Role::new("vision", "perception");
        assert_eq!(judge(&role, &listing(vec![blind.clone(), sees.clone()])).model, "sees");
        let alone = judge(&role, &listing(vec![blind.clone()]));
        assert_eq!((alone.verdict, cause(&alone)), (Verdict::Failed, Some(Cause::WrongModelType)));
        let named = judge(&Role { model: "blind".into(), ..role }, &listing(vec![blind, sees]));
        let fix = Fix::UseModel { role: String::new(), instead_of: "blind".into(), model: "sees".into() };
        assert_eq!(named.problem.unwrap().remedies[0], Remedy::Action(fix));
    }

    #[test]
    fn a_second_copy_is_told_of_and_can_be_unloaded() {
        let mut twice = entry("a", ModelKind::Llm, Some(8192));
        twice.instances.push(ModelInstance { id: "a:2".into(), ..twice.instances[0].clone() });
        let report = judged("a", vec![twice]);
        let fix = Fix::UnloadModel { instance: "a:2".into(), endpoint: String::new() };
        assert_eq!((report.verdict, &report.problem.unwrap().remedies[0]), (Verdict::Warned, &Remedy::Action(fix)));
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
