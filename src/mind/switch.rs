//! One part, two models: a local one and one in the cloud. The policy says who is asked; a side that fails again and again
//! is left alone for a while, and a change of who answers is announced before the question goes out.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::route::{Side, Standing, route};
use crate::{
    llm::{Answer, Ask, BoxFuture, Error, Model, Sink, ask::Ear, diagnose},
    protocol::Cause,
    settings::CloudMode,
};

/// So many failures in a row close a side.
const FAILURES_IN_A_ROW: u32 = 2;
/// For so long; then it is tried again by itself.
const LEFT_ALONE_FOR: Duration = Duration::from_secs(60);

/// How both sides stand, for all parts of a session. Cheap to clone; all clones are the same.
#[derive(Clone, Default)]
pub struct Standings(Arc<Mutex<Book>>);

#[derive(Default)]
struct Book {
    local: Circuit,
    cloud: Circuit,
    answering: Option<Side>,
    announced: Option<String>,
}

#[derive(Default)]
struct Circuit {
    failures: u32,
    closed_until: Option<Instant>,
    why: String,
}

impl Standings {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who answers and why, once that has changed in this session.
    pub fn announced(&self) -> Option<String> {
        self.book().announced.clone()
    }

    fn order(&self, mode: CloudMode, has_local: bool, has_cloud: bool) -> Vec<Side> {
        let book = self.book();
        let standing = |is_there, circuit: &Circuit| Standing {
            is_there,
            is_paused: circuit.closed_until.is_some_and(|until| until > Instant::now()),
        };
        route(mode, standing(has_local, &book.local), standing(has_cloud, &book.cloud))
    }

    /// Says who is asked next, if that is another side than before. Before the question goes out.
    fn announce(&self, side: Side) {
        let mut book = self.book();
        let before = book.answering.replace(side);
        if before == Some(side) || (before.is_none() && side == Side::Local) {
            return;
        }
        let why = match side {
            Side::Cloud => book.local.why.clone(),
            Side::Local => book.cloud.why.clone(),
        };
        let reason = if why.is_empty() { String::new() } else { format!(": {why}") };
        book.announced = Some(match side {
            Side::Cloud => format!("The cloud answers{reason}"),
            Side::Local => format!("Local models answer{reason}"),
        });
    }

    fn note(&self, side: Side, failure: Option<&Error>) {
        let mut book = self.book();
        let circuit = match side {
            Side::Local => &mut book.local,
            Side::Cloud => &mut book.cloud,
        };
        let Some(error) = failure else {
            *circuit = Circuit::default();
            return;
        };
        circuit.failures += 1;
        circuit.why = error.problem().summary;
        if circuit.failures >= FAILURES_IN_A_ROW {
            circuit.closed_until = Some(Instant::now() + LEFT_ALONE_FOR);
        }
    }
}

/// A model that is two.
pub struct Switch {
    mode: CloudMode,
    local: Option<Arc<dyn Model>>,
    cloud: Option<Arc<dyn Model>>,
    standings: Standings,
}

impl Switch {
    /// At least one of both must be there, or every question fails as if a stop were under way.
    pub fn new(
        mode: CloudMode,
        local: Option<Arc<dyn Model>>,
        cloud: Option<Arc<dyn Model>>,
        standings: Standings,
    ) -> Self {
        Self { mode, local, cloud, standings }
    }

    fn side(&self, side: Side) -> Option<&Arc<dyn Model>> {
        match side {
            Side::Local => self.local.as_ref(),
            Side::Cloud => self.cloud.as_ref(),
        }
    }
}

impl Model for Switch {
    fn ask<'a>(&'a self, ask: &'a Ask, sink: &'a mut dyn Sink) -> BoxFuture<'a, Result<Answer, Error>> {
        Box::pin(async move {
            let mut last = Error::GateShut;
            for side in self.standings.order(self.mode, self.local.is_some(), self.cloud.is_some()) {
                let Some(model) = self.side(side) else { continue };
                self.standings.announce(side);
                let mut ear = Ear::on(&mut *sink);
                match model.ask(ask, &mut ear).await {
                    Ok(answer) => {
                        self.standings.note(side, None);
                        return Ok(answer);
                    }
                    Err(error) if !is_of_the_side(&error) => return Err(error),
                    Err(error) => {
                        self.standings.note(side, Some(&error));
                        // What somebody has begun to say is not said again by somebody else.
                        if ear.has_heard {
                            return Err(error);
                        }
                        last = error;
                    }
                }
            }
            Err(last)
        })
    }

    fn name(&self) -> &str {
        let first = if self.mode == CloudMode::CloudFirst { &self.cloud } else { &self.local };
        first.as_ref().or(self.local.as_ref()).or(self.cloud.as_ref()).map_or("nobody", |model| model.name())
    }
}

/// True for a failure of whoever was asked; a question that is wrong in itself is wrong everywhere, and a stop is a stop.
fn is_of_the_side(error: &Error) -> bool {
    let Some(evidence) = error.evidence() else { return false };
    !matches!(
        diagnose(evidence).cause,
        Cause::WrongRequestShape
            | Cause::InvalidMessageSequence
            | Cause::UnsupportedParameter
            | Cause::BadImageInput
            | Cause::SafetyBlocked
            | Cause::OutputBudgetSpent
    )
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

    use super::*;
    use crate::llm::{
        Evidence,
        ask::Unwatched,
        evidence::{Asked, Fault},
    };

    /// Answers while it is up.
    #[derive(Default)]
    struct Side {
        is_down: AtomicBool,
        asked: AtomicUsize,
    }

    impl Model for Side {
        fn ask<'a>(&'a self, _ask: &'a Ask, _sink: &'a mut dyn Sink) -> BoxFuture<'a, Result<Answer, Error>> {
            Box::pin(async move {
                self.asked.fetch_add(1, Ordering::SeqCst);
                if !self.is_down.load(Ordering::SeqCst) {
                    return Ok(Answer::default());
                }
                let request = Asked { url: Some("http://127.0.0.1:1234/v1".into()), ..Asked::default() };
                Err(Evidence { request, ..Evidence::default() }.with(Fault::Refused).into())
            })
        }

        fn name(&self) -> &'static str {
            "side"
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_side_that_goes_away_is_replaced_announced_left_alone_and_tried_again() {
        let (local, cloud, standings) = (Arc::<Side>::default(), Arc::<Side>::default(), Standings::default());
        let both = (Some(Arc::clone(&local) as Arc<dyn Model>), Some(Arc::clone(&cloud) as Arc<dyn Model>));
        let switch = Switch::new(CloudMode::LocalFirst, both.0, both.1, standings.clone());
        let asked = || (local.asked.load(Ordering::SeqCst), cloud.asked.load(Ordering::SeqCst));
        let ask = Ask::default();
        assert!(switch.ask(&ask, &mut Unwatched).await.is_ok());
        assert_eq!((asked(), standings.announced()), ((1, 0), None));
        local.is_down.store(true, Ordering::SeqCst);
        for expected in [(2, 1), (3, 2), (3, 3)] {
            assert!(switch.ask(&ask, &mut Unwatched).await.is_ok());
            assert_eq!(asked(), expected, "after two failures the local side is left alone");
        }
        assert_eq!(standings.announced().unwrap(), "The cloud answers: Nothing answers at 127.0.0.1:1234");
        local.is_down.store(false, Ordering::SeqCst);
        tokio::time::advance(LEFT_ALONE_FOR + Duration::from_secs(1)).await;
        assert!(switch.ask(&ask, &mut Unwatched).await.is_ok());
        assert_eq!(asked(), (4, 3), "and tried again by itself");
        assert!(standings.announced().unwrap().starts_with("Local models answer"));
    }

    #[tokio::test(start_paused = true)]
    async fn local_only_never_asks_the_cloud() {
        let (local, cloud) = (Arc::<Side>::default(), Arc::<Side>::default());
        local.is_down.store(true, Ordering::SeqCst);
        let both = (Some(Arc::clone(&local) as Arc<dyn Model>), Some(Arc::clone(&cloud) as Arc<dyn Model>));
        let switch = Switch::new(CloudMode::LocalOnly, both.0, both.1, Standings::default());
        for _ in 0..4 {
            assert!(switch.ask(&Ask::default(), &mut Unwatched).await.is_err());
        }
        assert_eq!((local.asked.load(Ordering::SeqCst), cloud.asked.load(Ordering::SeqCst)), (4, 0));
    }
}
