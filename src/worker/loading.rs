//! A model on its way into a server's memory: explicitly, once, watched, and given up when nobody wants it any more.
//!
//! LM Studio tells how far a load has come only to a chat that loads on demand, and a model that came that way is thrown
//! out by the next one. So models are loaded explicitly, and what is shown is the time it takes beside the time it took
//! before; what can be seen of a load that is stuck is said.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, sleep};

use crate::{
    llm::{Error, lm_studio::LmStudio, open::millis},
    protocol::{Belonging, BelongingKind, LoadingView},
};

/// Between two looks at the server while it loads.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// So many looks in vain are a stall: a server that loads still answers what costs nothing.
const LOOKS_IN_VAIN: u32 = 3;
/// A model that is listed as loaded while its load has not been answered for so long is taken for loaded.
const ANSWER_MAY_LAG: Duration = Duration::from_secs(6);
/// No load is called slow before this.
const NEVER_SLOW_BEFORE: Duration = Duration::from_secs(60);
/// Bytes a second that even a slow disk delivers.
const SLOW_DISK: u64 = 40_000_000;

/// The load that is under way and how long earlier ones took. Cheap to clone; all clones are the same.
#[derive(Clone, Default)]
pub struct Loads(Arc<Mutex<Book>>);

#[derive(Default)]
struct Book {
    now: Option<Now>,
    /// Milliseconds, by endpoint and model.
    took_ms: BTreeMap<(String, String), u64>,
    /// The copies that were loaded by this program and not unloaded by it, by endpoint and instance.
    ours: BTreeSet<(String, String)>,
}

struct Now {
    endpoint: String,
    model: String,
    began: Instant,
    stall: Option<String>,
}

/// Clears the picture however a load ends.
struct Under<'l>(&'l Loads);

impl Drop for Under<'_> {
    fn drop(&mut self) {
        self.0.book().now = None;
    }
}

impl Loads {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is being loaded now, for the window.
    pub fn view(&self) -> Option<LoadingView> {
        let book = self.book();
        let now = book.now.as_ref()?;
        let last_took_ms = book.took_ms.get(&(now.endpoint.clone(), now.model.clone())).copied();
        Some(LoadingView {
            endpoint: now.endpoint.clone(),
            model: now.model.clone(),
            elapsed_ms: millis(now.began.elapsed()) / 500 * 500,
            last_took_ms,
            stall: now.stall.clone(),
        })
    }

    /// Loads a model if no copy of it is loaded; gives the name under which it answers. Dropping the future gives it up,
    /// which the server may not notice.
    pub async fn load(
        &self,
        server: &LmStudio,
        endpoint: &str,
        model: &str,
        context_length: Option<u32>,
        within: Duration,
    ) -> Result<String, Error> {
        let began = Instant::now();
        let (endpoint, model) = (endpoint.to_owned(), model.to_owned());
        let was_there = copies(server, &model).await;
        self.book().now = Some(Now { endpoint: endpoint.clone(), model: model.clone(), began, stall: None });
        let _cleared_at_the_end = Under(self);
        let loaded = tokio::select! {
            loaded = server.load(&model, context_length, within) => loaded?,
            instance = self.look(server, &model, began) => instance,
        };
        let mut book = self.book();
        // A copy that was there belongs to whoever loaded it; in doubt it was.
        if was_there.is_some_and(|copies| !copies.contains(&loaded)) {
            book.ours.insert((endpoint.clone(), loaded.clone()));
        }
        book.took_ms.insert((endpoint, model), millis(began.elapsed()));
        drop(book);
        Ok(loaded)
    }

    /// The copies of models that are there because of this program.
    pub fn ours(&self) -> Vec<Belonging> {
        let belonging = |(endpoint, instance): &(String, String)| Belonging {
            kind: BelongingKind::Instance,
            name: format!("{instance} at {endpoint}"),
            handle: instance.clone(),
            place: endpoint.clone(),
        };
        self.book().ours.iter().map(belonging).collect()
    }

    /// A copy has been unloaded.
    pub fn forget(&self, endpoint: &str, instance: &str) {
        self.book().ours.remove(&(endpoint.to_owned(), instance.to_owned()));
    }

    /// Looks at the server while it loads, and says what seems to be stuck. Ends only if the model is there although
    /// nobody said so.
    async fn look(&self, server: &LmStudio, model: &str, began: Instant) -> String {
        let (mut in_vain, mut seen_since) = (0, None);
        let mut is_first_look = true;
        loop {
            sleep(LOOK_EVERY).await;
            let listing = server.listing().await;
            let entry = listing.as_ref().ok().and_then(|listing| listing.find(model));
            in_vain = if listing.is_ok() { 0 } else { in_vain + 1 };
            self.note(stall(in_vain, began.elapsed(), entry.and_then(|entry| entry.size_bytes)));
            let instance = entry.and_then(|entry| entry.instances.last()).map(|instance| instance.id.clone());
            match instance {
                // What was there before the load began is what the load replaces.
                Some(_) if is_first_look => return std::future::pending().await,
                Some(instance) => {
                    let since = *seen_since.get_or_insert_with(Instant::now);
                    if since.elapsed() >= ANSWER_MAY_LAG {
                        return instance;
                    }
                }
                None => is_first_look = false,
            }
        }
    }

    fn note(&self, stall: Option<String>) {
        if let Some(now) = &mut self.book().now {
            now.stall = stall;
        }
    }
}

/// The copies of a model that are loaded; `None` where the server does not say.
async fn copies(server: &LmStudio, model: &str) -> Option<Vec<String>> {
    let listing = server.listing().await.ok()?;
    let instances = listing.find(model).map(|entry| entry.instances.iter().map(|instance| instance.id.clone()));
    Some(instances.into_iter().flatten().collect())
}

/// Why a load seems to be stuck, if it does.
fn stall(looks_in_vain: u32, elapsed: Duration, size_bytes: Option<u64>) -> Option<String> {
    if looks_in_vain >= LOOKS_IN_VAIN {
        return Some("The server has stopped answering while it loads".to_owned());
    }
    let ordinary = size_bytes.map_or(NEVER_SLOW_BEFORE, |bytes| Duration::from_secs(bytes / SLOW_DISK));
    let ordinary = ordinary.max(NEVER_SLOW_BEFORE);
    (elapsed > ordinary).then(|| {
        let seconds = ordinary.as_secs();
        format!("It takes longer than the {seconds} s that even a slow disk would need; it may be stuck")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_load_that_is_stuck_is_told_from_one_that_is_slow() {
        let seconds = Duration::from_secs;
        assert_eq!(stall(2, seconds(59), None), None);
        assert!(stall(3, seconds(1), None).is_some_and(|words| words.contains("stopped answering")));
        assert!(stall(0, seconds(61), Some(1)).is_some());
        assert_eq!(stall(0, seconds(400), Some(20_000_000_000)), None, "twenty gigabytes take their time");
        assert!(stall(0, seconds(501), Some(20_000_000_000)).is_some());
    }
}
