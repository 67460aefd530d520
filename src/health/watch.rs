//! What changes on a server while nobody checks it: a model thrown out or unloaded, another context, a surplus copy. Two
//! lists in, sentences out; pure.

use crate::protocol::{Fix, ModelEntry, ModelInstance, Notice, NoticeKind, Problem, Remedy};

/// A model that some role asks, by the name it asks for.
pub struct Part<'a> {
    pub role: &'a str,
    pub model: &'a str,
}

/// What is worth saying about the difference between two lists of one server. Only models that some part asks are worth
/// a warning; that a model was loaded is never said, because whoever did it knows.
pub fn changes(before: &[ModelEntry], after: &[ModelEntry], parts: &[Part<'_>]) -> Vec<Notice> {
    let mut notices = Vec::new();
    for model in before.iter().filter(|model| model.is_loaded()) {
        let roles = roles_of(model, parts);
        if roles.is_empty() {
            continue;
        }
        let now = after.iter().find(|other| other.key == model.key);
        match now.filter(|now| now.is_loaded()) {
            None => notices.push(gone(model, newcomer(before, after), &roles)),
            Some(now) => notices.extend(altered(model, now, &roles)),
        }
    }
    notices
}

fn roles_of(model: &ModelEntry, parts: &[Part<'_>]) -> String {
    let roles: Vec<&str> = parts.iter().filter(|part| model.answers_to(part.model)).map(|part| part.role).collect();
    roles.join(", ")
}

/// A model that is loaded now and was not before.
fn newcomer<'a>(before: &[ModelEntry], after: &'a [ModelEntry]) -> Option<&'a str> {
    let was_loaded = |key: &str| before.iter().any(|model| model.key == key && model.is_loaded());
    after.iter().find(|model| model.is_loaded() && !was_loaded(&model.key)).map(|model| model.key.as_str())
}

fn gone(model: &ModelEntry, newcomer: Option<&str>, roles: &str) -> Notice {
    let key = &model.key;
    let summary = match newcomer {
        Some(other) => format!("\u{201c}{key}\u{201d} was thrown out of memory when {other} was loaded"),
        None => format!("\u{201c}{key}\u{201d} was unloaded while it is needed"),
    };
    let context = model.instances.first().and_then(|instance| instance.context_length);
    let again = match context {
        Some(length) => Fix::load_with(key.clone(), length),
        None => Fix::load(key.clone()),
    };
    let advice = match newcomer {
        Some(_) => "LM Studio keeps one model that it loaded on demand; models that are loaded explicitly stay",
        None => "Somebody unloaded it, its idle time was over, or its engine ended; LM Studio's log says which",
    };
    notice(summary, vec![format!("It plays: {roles}")], vec![Remedy::Action(again), Remedy::advice(advice)])
}

fn altered(model: &ModelEntry, now: &ModelEntry, roles: &str) -> Option<Notice> {
    let context = |entry: &ModelEntry| entry.instances.iter().filter_map(|instance| instance.context_length).min();
    if let (Some(was), Some(is)) = (context(model), context(now))
        && is != was
    {
        let change = if is < was { "smaller" } else { "larger" };
        let summary = format!("\u{201c}{}\u{201d} now has a {change} context: {is} tokens instead of {was}", model.key);
        let remedies = vec![Remedy::Action(Fix::load_with(model.key.clone(), was))];
        return Some(notice(summary, vec![format!("It plays: {roles}")], remedies));
    }
    let surplus = now.instances.iter().find(|copy| !model.instances.iter().any(|other| other.id == copy.id))?;
    if now.instances.len() <= model.instances.len() {
        return None;
    }
    let copies: Vec<String> = now.instances.iter().map(ModelInstance::words).collect();
    let summary = format!("Another copy of \u{201c}{}\u{201d} was loaded; there are {} now", model.key, copies.len());
    let unload = Fix::UnloadModel { instance: surplus.id.clone(), endpoint: String::new() };
    Some(notice(summary, copies, vec![Remedy::Action(unload)]))
}

fn notice(summary: String, details: Vec<String>, remedies: Vec<Remedy>) -> Notice {
    let problem = Problem { cause: None, summary: summary.clone(), details, remedies };
    Notice { kind: NoticeKind::Warning, from: "server".to_owned(), text: summary, problem: Some(problem) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(key: &str, copies: &[(&str, u32)]) -> ModelEntry {
        let copy = |(id, length): &(&str, u32)| ModelInstance {
            id: (*id).to_owned(),
            context_length: Some(*length),
            parallel: None,
        };
        ModelEntry { key: key.into(), instances: copies.iter().map(copy).collect(), ..ModelEntry::default() }
    }

    fn said(before: &[ModelEntry], after: &[ModelEntry]) -> Vec<String> {
        let parts = [Part { role: "expert.1", model: "a" }, Part { role: "synthesizer", model: "a:2" }];
        changes(before, after, &parts).into_iter().map(|notice| notice.text).collect()
    }

    #[test]
    fn eviction_unloading_and_another_context_are_told_apart() {
        let loaded = [model("a", &[("a", 8192)]), model("b", &[])];
        let evicted = said(&loaded, &[model("a", &[]), model("b", &[("b", 4096)])]);
        assert_eq!(evicted, ["\u{201c}a\u{201d} was thrown out of memory when b was loaded"]);
        let unloaded = said(&loaded, &[model("a", &[]), model("b", &[])]);
        assert_eq!(unloaded, ["\u{201c}a\u{201d} was unloaded while it is needed"]);
        let shrunk = said(&loaded, &[model("a", &[("a", 2048)]), model("b", &[])]);
        assert_eq!(shrunk, ["\u{201c}a\u{201d} now has a smaller context: 2048 tokens instead of 8192"]);
        let copied = said(&loaded, &[model("a", &[("a", 8192), ("a:2", 8192)])]);
        assert_eq!(copied, ["Another copy of \u{201c}a\u{201d} was loaded; there are 2 now"]);
    }

    #[test]
    fn what_nobody_asks_and_what_was_only_loaded_is_not_said() {
        let before = [model("a", &[("a", 8192)]), model("b", &[("b", 1)])];
        assert!(said(&before, &[model("a", &[("a", 8192)]), model("b", &[])]).is_empty());
        assert!(said(&[model("a", &[])], &[model("a", &[("a", 8192)])]).is_empty());
        assert!(said(&before, &before).is_empty());
    }
}
