//! What a child has started and what has left its group: found by the mark, killed, and looked for again.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};

use super::kin::{self, Kin};

/// How long killed strays may take to be gone. One that begets others all the time is named after that.
const SWEEP_MAY_TAKE: Duration = Duration::from_millis(400);
const LOOK_AGAIN_AFTER: Duration = Duration::from_millis(10);

/// What was found by the marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strays {
    /// Had to be killed, and are gone.
    pub killed: Vec<Kin>,
    /// Are still there.
    pub living: Vec<Kin>,
    /// False where this system does not tell, or did not in time.
    pub is_seen: bool,
}

/// Kills everything that carries the mark, until nothing does or the time is over.
pub async fn sweep(mark: &str, deadline: Instant) -> Strays {
    let until = deadline.min(Instant::now() + SWEEP_MAY_TAKE);
    let mut killed: Vec<Kin> = Vec::new();
    loop {
        let looking = timeout_at(deadline, kin::look_for(vec![mark.to_owned()]));
        let Some(living) = looking.await.ok().flatten() else {
            return Strays { killed: Vec::new(), living: killed, is_seen: false };
        };
        let is_living = |kin: &Kin| living.iter().any(|other| other.pid == kin.pid);
        if living.is_empty() || Instant::now() >= until {
            killed.retain(|kin| !is_living(kin));
            return Strays { killed, living, is_seen: true };
        }
        for stray in &living {
            kin::kill(stray);
        }
        killed.retain(|kin| !is_living(kin));
        killed.extend(living);
        sleep(LOOK_AGAIN_AFTER).await;
    }
}
