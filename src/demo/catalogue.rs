//! The pretend catalogue: what is downloaded, what is loaded, and which instance answers to a name.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::sleep;

use super::{
    config::{DemoModel, DemoModelKind},
    slots::Slots,
};

/// Above this the guardrail refuses to load.
const GUARDRAIL_BYTES: u64 = 400_000_000_000;

/// One loaded copy of a model.
pub(super) struct Instance {
    /// The model's key for the first, `key:2` for the second, and so on.
    pub id: String,
    pub model: Arc<DemoModel>,
    pub context_length: u32,
    pub slots: Slots,
}

/// Why no instance can answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unservable {
    NoModelsLoaded,
    UnknownModel { asked: String, downloaded: Vec<String> },
    NotAmongLoaded { asked: String, loaded: Vec<String> },
    WrongKind { asked: String, wanted: DemoModelKind },
    TooBig { key: String },
}

/// Where a name leads.
pub(super) enum Target {
    Resident(Arc<Instance>),
    /// To be loaded first.
    Downloaded(Arc<Entry>),
}

impl Target {
    pub fn model(&self) -> &Arc<DemoModel> {
        match self {
            Self::Resident(instance) => &instance.model,
            Self::Downloaded(entry) => &entry.model,
        }
    }
}

/// One downloaded model and its instances.
pub(super) struct Entry {
    pub model: Arc<DemoModel>,
    instances: Mutex<Vec<Arc<Instance>>>,
    /// Held by the request that loads, so that the others wait for its instance.
    loading: tokio::sync::Mutex<()>,
    load_takes: Duration,
}

impl Entry {
    fn new(model: DemoModel, load_takes: Duration) -> Self {
        let is_loaded = model.loaded;
        let model = Arc::new(model);
        let entry = Self { model, instances: Mutex::new(Vec::new()), loading: tokio::sync::Mutex::new(()), load_takes };
        if is_loaded {
            entry.add(None);
        }
        entry
    }

    pub fn instances(&self) -> Vec<Arc<Instance>> {
        self.lock().clone()
    }

    /// Loads because a question needs the model: once, however many ask. With `duplicates` each one adds an instance
    /// of its own, as LM Studio 0.4.9 to 0.4.16 did.
    pub async fn load_once(&self, context_length: Option<u32>, duplicates: bool) -> Result<Arc<Instance>, Unservable> {
        if duplicates {
            return self.load(context_length).await;
        }
        let _nobody_else_loads = self.loading.lock().await;
        match self.instances().into_iter().next() {
            Some(instance) => Ok(instance),
            None => self.load(context_length).await,
        }
    }

    /// Loads one more instance, whether or not there is one: `POST /api/v1/models/load` is not idempotent.
    pub async fn load(&self, context_length: Option<u32>) -> Result<Arc<Instance>, Unservable> {
        if self.model.size_bytes > GUARDRAIL_BYTES {
            return Err(Unservable::TooBig { key: self.model.key.clone() });
        }
        sleep(self.load_takes).await;
        Ok(self.add(context_length))
    }

    fn add(&self, context_length: Option<u32>) -> Arc<Instance> {
        let mut instances = self.lock();
        let key = &self.model.key;
        let is_free = |id: &String| instances.iter().all(|instance| instance.id != *id);
        let id = Some(key.clone())
            .filter(is_free)
            .or_else(|| (2..=u32::MAX).map(|number| format!("{key}:{number}")).find(is_free))
            .unwrap_or_default();
        let wanted = context_length.unwrap_or(self.model.loaded_context_length);
        let instance = Arc::new(Instance {
            id,
            model: Arc::clone(&self.model),
            context_length: wanted.min(self.model.max_context_length),
            slots: Slots::new(self.model.parallel),
        });
        instances.push(Arc::clone(&instance));
        instance
    }

    fn remove(&self, instance_id: &str) -> Option<Arc<Instance>> {
        let mut instances = self.lock();
        let place = instances.iter().position(|instance| instance.id == instance_id)?;
        Some(instances.remove(place))
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Arc<Instance>>> {
        self.instances.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Everything downloaded, in the order of the configuration.
pub(super) struct Catalogue {
    entries: Vec<Arc<Entry>>,
    just_in_time_loading: bool,
}

impl Catalogue {
    pub fn new(models: Vec<DemoModel>, just_in_time_loading: bool, load_takes: Duration) -> Self {
        let entries = models.into_iter().map(|model| Arc::new(Entry::new(model, load_takes))).collect();
        Self { entries, just_in_time_loading }
    }

    pub fn entries(&self) -> &[Arc<Entry>] {
        &self.entries
    }

    pub fn instances(&self) -> Vec<Arc<Instance>> {
        self.entries.iter().flat_map(|entry| entry.instances()).collect()
    }

    /// The downloaded model of this key, or of a variant such as `key@q4_k_m`.
    pub fn entry(&self, asked: &str) -> Option<&Arc<Entry>> {
        let key = asked.split('@').next().unwrap_or(asked);
        self.entries.iter().find(|entry| entry.model.key == key)
    }

    /// Who answers when a question asks for this name: a key, a variant or the id of an instance.
    pub fn find(&self, asked: &str, wanted: DemoModelKind) -> Result<Target, Unservable> {
        if let Some(instance) = self.instances().into_iter().find(|instance| instance.id == asked) {
            must_be(wanted, &instance.model, asked)?;
            return Ok(Target::Resident(instance));
        }
        if let Some(entry) = self.entry(asked) {
            must_be(wanted, &entry.model, asked)?;
            if let Some(instance) = entry.instances().into_iter().next() {
                return Ok(Target::Resident(instance));
            }
            if self.just_in_time_loading {
                return Ok(Target::Downloaded(Arc::clone(entry)));
            }
        } else if self.just_in_time_loading {
            let downloaded = self.entries.iter().map(|entry| entry.model.key.clone()).collect();
            return Err(Unservable::UnknownModel { asked: asked.to_owned(), downloaded });
        }
        self.stand_in(asked, wanted)
    }

    /// Without loading on demand the only loaded model answers to any name, and nothing warns of it.
    fn stand_in(&self, asked: &str, wanted: DemoModelKind) -> Result<Target, Unservable> {
        let mut loaded = self.instances();
        loaded.retain(|instance| instance.model.kind == wanted);
        match loaded.as_slice() {
            [] => Err(Unservable::NoModelsLoaded),
            [only] => Ok(Target::Resident(Arc::clone(only))),
            several => {
                let loaded = several.iter().map(|instance| instance.id.clone()).collect();
                Err(Unservable::NotAmongLoaded { asked: asked.to_owned(), loaded })
            }
        }
    }

    /// Removes an instance; whoever queues for it is sent home. False if there is none of this id.
    pub fn unload(&self, instance_id: &str) -> bool {
        let removed = self.entries.iter().find_map(|entry| entry.remove(instance_id));
        if let Some(instance) = &removed {
            instance.slots.close();
        }
        removed.is_some()
    }
}

fn must_be(wanted: DemoModelKind, model: &DemoModel, asked: &str) -> Result<(), Unservable> {
    if model.kind == wanted { Ok(()) } else { Err(Unservable::WrongKind { asked: asked.to_owned(), wanted }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue(just_in_time_loading: bool, models: &[DemoModel]) -> Catalogue {
        Catalogue::new(models.to_vec(), just_in_time_loading, Duration::ZERO)
    }

    fn loaded(key: &str) -> DemoModel {
        DemoModel { loaded: true, ..DemoModel::llm(key) }
    }

    /// The id of the instance that answers, or the key of the model to load, or why not.
    fn answers(catalogue: &Catalogue, asked: &str) -> Result<String, Unservable> {
        catalogue.find(asked, DemoModelKind::Llm).map(|target| match target {
            Target::Resident(instance) => instance.id.clone(),
            Target::Downloaded(entry) => format!("load {}", entry.model.key),
        })
    }

    #[tokio::test]
    async fn loading_again_adds_an_instance_and_names_are_used_again() {
        let catalogue = catalogue(true, &[loaded("a")]);
        let entry = catalogue.entry("a").expect("downloaded");
        let second = entry.load(Some(100_000)).await.expect("small enough");
        assert_eq!((second.id.as_str(), second.context_length), ("a:2", 32_768));
        assert!(catalogue.unload("a"));
        assert!(!catalogue.unload("a"));
        assert_eq!(entry.load(None).await.expect("small enough").id, "a");
        assert_eq!(answers(&catalogue, "a:2"), Ok("a:2".to_owned()));
        assert_eq!(answers(&catalogue, "a@q4_k_m"), Ok("a:2".to_owned()));
    }

    #[test]
    fn with_loading_on_demand_a_name_must_be_downloaded() {
        let catalogue = catalogue(true, &[loaded("a"), DemoModel::llm("b"), DemoModel::embedding("e")]);
        assert_eq!(answers(&catalogue, "b"), Ok("load b".to_owned()));
        assert!(matches!(answers(&catalogue, "c"), Err(Unservable::UnknownModel { .. })));
        assert!(matches!(answers(&catalogue, "e"), Err(Unservable::WrongKind { .. })));
    }

    #[test]
    fn without_it_the_only_loaded_model_answers_to_any_name() {
        let one = catalogue(false, &[loaded("a"), DemoModel::llm("b")]);
        assert_eq!(answers(&one, "b"), Ok("a".to_owned()));
        assert_eq!(answers(&one, "nonsense"), Ok("a".to_owned()));
        let two = catalogue(false, &[loaded("a"), loaded("b")]);
        assert!(matches!(answers(&two, "c"), Err(Unservable::NotAmongLoaded { .. })));
        let none = catalogue(false, &[DemoModel::llm("a")]);
        assert_eq!(answers(&none, "a"), Err(Unservable::NoModelsLoaded));
    }

    #[tokio::test(start_paused = true)]
    async fn two_questions_load_once_unless_told_to_race() {
        let catalogue = Catalogue::new(vec![DemoModel::llm("a")], true, Duration::from_millis(400));
        let entry = catalogue.entry("a").expect("downloaded");
        let (first, second) = tokio::join!(entry.load_once(None, false), entry.load_once(None, false));
        assert_eq!(first.map(|instance| instance.id.clone()), second.map(|instance| instance.id.clone()));
        assert!(catalogue.unload("a"));
        let (_, _) = tokio::join!(entry.load_once(None, true), entry.load_once(None, true));
        assert_eq!(entry.instances().len(), 2);
    }

    #[tokio::test]
    async fn the_guardrail_refuses_a_giant() {
        let giant = DemoModel { size_bytes: 500_000_000_000, ..DemoModel::llm("g") };
        let catalogue = catalogue(true, &[giant]);
        let refused = catalogue.entry("g").expect("downloaded").load(None).await;
        assert!(matches!(refused, Err(Unservable::TooBig { .. })));
    }
}
