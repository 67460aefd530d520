//! Looks at the servers now and then: what they have, what changed, whether they still answer. One request for a list a
//! few times a minute costs a server nothing to speak of.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::mpsc, time::sleep};

use crate::{
    health::{
        Subject,
        watch::{Part, changes},
    },
    llm::lm_studio::LmStudio,
    protocol::{HealthReport, ModelsListed, Notice, NoticeKind, Product, RoleReport, Server},
};

/// Between two looks while a session runs.
const EVERY_IN_A_SESSION: Duration = Duration::from_secs(5);
/// And while nothing runs, when nobody waits for what is seen.
const EVERY_AT_REST: Duration = Duration::from_secs(15);

/// What a look showed.
#[derive(Clone, Debug, PartialEq)]
pub enum Sighting {
    /// A list that differs from the last one, or could not be read.
    Listed(Box<ModelsListed>),
    /// Something that should be said.
    Notice(Box<Notice>),
    /// Everything is as it was; only the time of the look is new.
    Unchanged,
}

/// What was seen last on every endpoint. Cheap to clone; all clones are the same.
#[derive(Clone, Default)]
pub struct Seen(Arc<Mutex<Book>>);

#[derive(Default)]
struct Book {
    lists: BTreeMap<String, ModelsListed>,
    /// What a look since the last check showed to be wrong, in a few words. A check speaks for itself.
    troubles: BTreeMap<String, String>,
}

impl Seen {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes over what a check found; gives the lists.
    pub fn take(&self, report: &HealthReport) -> Vec<ModelsListed> {
        let listed = |report: &HealthReport| ModelsListed {
            endpoint: report.name.clone(),
            url: report.endpoint.clone(),
            server: report.server.clone(),
            models: report.models.clone(),
            problem: report
                .findings
                .iter()
                .find_map(|finding| finding.problem.clone())
                .filter(|_| report.models.is_empty()),
        };
        let lists: Vec<ModelsListed> = report.all().map(listed).collect();
        let seen = lists.iter().map(|listed| (listed.endpoint.clone(), listed.clone())).collect();
        *self.book() = Book { lists: seen, troubles: BTreeMap::new() };
        lists
    }

    /// What is wrong with a server since the last check, in a few words.
    pub fn trouble(&self) -> Option<String> {
        self.book().troubles.values().next().cloned()
    }

    fn get(&self, endpoint: &str) -> Option<ModelsListed> {
        self.book().lists.get(endpoint).cloned()
    }

    fn put(&self, listed: ModelsListed) {
        let mut book = self.book();
        match &listed.problem {
            Some(problem) => book.troubles.insert(listed.endpoint.clone(), problem.summary.clone()),
            None => book.troubles.remove(&listed.endpoint),
        };
        book.lists.insert(listed.endpoint.clone(), listed);
    }
}

/// Looks at every server until it is dropped. `roles` are those that a model was found for.
pub async fn watch(
    subjects: Vec<Subject>,
    roles: Vec<RoleReport>,
    in_session: bool,
    seen: Seen,
    sightings: mpsc::UnboundedSender<Sighting>,
) {
    loop {
        sleep(if in_session { EVERY_IN_A_SESSION } else { EVERY_AT_REST }).await;
        for subject in &subjects {
            for sighting in look(subject, &roles, &seen).await {
                if sightings.send(sighting).is_err() {
                    return;
                }
            }
        }
    }
}

/// Looks at every server once, for a person who asked for it.
pub async fn refresh(subjects: Vec<Subject>, seen: Seen) -> Vec<ModelsListed> {
    let mut lists = Vec::new();
    for subject in &subjects {
        look(subject, &[], &seen).await;
        lists.extend(seen.get(&subject.endpoint));
    }
    lists
}

async fn look(subject: &Subject, roles: &[RoleReport], seen: &Seen) -> Vec<Sighting> {
    let Ok(found) = &subject.found else { return Vec::new() };
    let server = LmStudio::new(Arc::clone(&subject.http), found.base.clone(), subject.token.clone()).asked_by("watch");
    let before = seen.get(&subject.endpoint).unwrap_or_default();
    let product = before.server.product;
    let listing = server.known_as(product).listing_of(product).await;
    let now = match listing {
        Ok(listing) => {
            subject.http.open().note_good_answer();
            let api = Some(listing.api);
            let server = Server { api, ..before.server.clone() };
            ModelsListed { models: listing.models, problem: None, server, ..named(subject, &before) }
        }
        Err(error) => {
            let problem = Some(error.about(product).problem());
            ModelsListed {
                models: before.models.clone(),
                problem,
                server: before.server.clone(),
                ..named(subject, &before)
            }
        }
    };
    let sightings = compare(&before, &now, roles, &subject.endpoint);
    seen.put(now);
    sightings
}

fn named(subject: &Subject, before: &ModelsListed) -> ModelsListed {
    let url = subject.found.as_ref().map_or_else(|_| before.url.clone(), |found| found.base.to_string());
    ModelsListed { endpoint: subject.endpoint.clone(), url, ..ModelsListed::default() }
}

/// What to say about the difference between two looks.
fn compare(before: &ModelsListed, now: &ModelsListed, roles: &[RoleReport], endpoint: &str) -> Vec<Sighting> {
    let cause = |listed: &ModelsListed| listed.problem.as_ref().map(|problem| problem.cause);
    if before.models == now.models && cause(before) == cause(now) {
        return vec![Sighting::Unchanged];
    }
    let mut sightings = vec![Sighting::Listed(Box::new(now.clone()))];
    let say = |text: String, problem| Notice { kind: NoticeKind::Warning, from: "server".to_owned(), text, problem };
    match (&before.problem, &now.problem) {
        (None, Some(problem)) => {
            let notice = say(problem.summary.clone(), Some(problem.clone()));
            sightings.push(Sighting::Notice(Box::new(notice)));
        }
        (Some(_), None) if before.server.product != Product::Unknown => {
            let text = format!("{} answers again", before.server.product.title());
            let notice = Notice { kind: NoticeKind::Information, ..say(text, None) };
            sightings.push(Sighting::Notice(Box::new(notice)));
        }
        _ => {}
    }
    if now.problem.is_none() {
        let here = roles.iter().filter(|role| role.endpoint == endpoint);
        let parts: Vec<Part<'_>> = here.map(|role| Part { role: &role.role, model: &role.model }).collect();
        let notices = changes(&before.models, &now.models, &parts);
        sightings.extend(notices.into_iter().map(|notice| Sighting::Notice(Box::new(notice))));
    }
    sightings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{ModelEntry, ModelInstance, Problem, Verdict};

    fn listed(is_loaded: bool) -> ModelsListed {
        let copy = ModelInstance { id: "a".into(), ..ModelInstance::default() };
        let instances = if is_loaded { vec![copy] } else { Vec::new() };
        let models = vec![ModelEntry { key: "a".into(), instances, ..ModelEntry::default() }];
        let server = Server { product: Product::LmStudio, ..Server::default() };
        ModelsListed { endpoint: "lm_studio".into(), models, server, ..ModelsListed::default() }
    }

    fn texts(before: &ModelsListed, now: &ModelsListed) -> Vec<String> {
        let role = RoleReport {
            role: "expert.1".into(),
            endpoint: "lm_studio".into(),
            model: "a".into(),
            verdict: Verdict::Passed,
            problem: None,
            speed: None,
        };
        let notice = |sighting| match sighting {
            Sighting::Notice(notice) => Some(notice.text),
            _ => None,
        };
        compare(before, now, &[role], "lm_studio").into_iter().filter_map(notice).collect()
    }

    #[test]
    fn trouble_is_what_a_look_showed_and_goes_when_the_server_answers_again() {
        let seen = Seen::default();
        let problem = Some(Problem::plain("Nothing answers", vec![], ""));
        seen.put(ModelsListed { problem, ..listed(true) });
        assert_eq!(seen.trouble().as_deref(), Some("Nothing answers"));
        seen.put(listed(true));
        assert_eq!(seen.trouble(), None);
    }

    #[test]
    fn what_changed_is_said_once_and_what_did_not_is_not() {
        assert_eq!(compare(&listed(true), &listed(true), &[], "x"), [Sighting::Unchanged]);
        assert_eq!(texts(&listed(true), &listed(false)), ["\u{201c}a\u{201d} was unloaded while it is needed"]);
        let dead = ModelsListed { problem: Some(Problem::plain("Nothing answers", vec![], "")), ..listed(true) };
        assert_eq!(texts(&listed(true), &dead), ["Nothing answers"]);
        assert!(texts(&dead, &dead).is_empty());
        assert_eq!(texts(&dead, &listed(true)), ["LM Studio answers again"]);
    }
}
