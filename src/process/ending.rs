//! Ending one child: close its input, ask its group, kill its group, then look for what got away.

mod words;

use std::time::Duration;

use tokio::time::Instant;

use super::{
    Exit, group,
    kept::Kept,
    strays::{self, Strays},
};
use crate::protocol::{CertificateItem, OpenKind};

/// The share of the grace for which only the closed input asks, where there is a louder way to ask after it.
const INPUT_SHARE: f64 = 0.3;
/// How long a killed group may take to be gone.
const GONE_WITHIN: Duration = Duration::from_millis(500);

/// What ending a child came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Ended {
    pub item: CertificateItem,
    /// Nothing of it is left, as far as this system tells.
    pub is_gone: bool,
}

/// How far it had to be pushed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Push {
    /// It had ended before, and all its group with it.
    Nothing,
    /// It ended when its input was closed.
    Input,
    /// It ended when its group was asked.
    Request,
    /// It was killed after this time; `asked` if it had a chance to end by itself before.
    Force { after: Duration, asked: bool },
}

/// What was seen of the end.
#[derive(Clone, Copy, Debug)]
struct Course {
    /// How the process had ended before anybody asked.
    before: Option<Exit>,
    push: Push,
    /// The process has ended and its group is empty.
    is_over: bool,
}

/// Ends a child with all it has started. It is killed once `grace` is over; all is done by the deadline.
pub async fn end(child: &Kept, grace: Duration, deadline: Instant) -> Ended {
    let began = Instant::now();
    child.begin_ending();
    child.look();
    let before = child.exit();
    let push = push(child, began, grace, deadline).await;
    let is_over = child.look();
    child.end_the_rest();
    let strays = if group::HOLDS_ALL {
        Strays { is_seen: true, ..Strays::default() }
    } else {
        strays::sweep(&child.mark, deadline).await
    };
    if before.is_some_and(|exit| !exit.is_success()) {
        child.read_the_rest().await;
    }
    // A process that was too slow to die may have died since.
    let course = Course { before, push, is_over: is_over || child.look() };
    let item = CertificateItem {
        kind: OpenKind::Child,
        name: child.name.clone(),
        outcome: words::outcome(course, &strays, child.was_let_go()),
        took_ms: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        note: words::note(child, course, &strays),
    };
    Ended { item, is_gone: course.is_over && strays.living.is_empty() }
}

async fn push(child: &Kept, began: Instant, grace: Duration, deadline: Instant) -> Push {
    if child.look() {
        return Push::Nothing;
    }
    let mut asked = false;
    // Once the process itself has ended, nobody reads its input.
    if child.exit().is_none() && child.input.close() {
        asked = true;
        let patience = if group::CAN_ASK { grace.mul_f64(INPUT_SHARE) } else { grace };
        if child.gone_by(began + patience).await {
            return Push::Input;
        }
    }
    if group::CAN_ASK {
        asked = true;
        child.ask();
        if child.gone_by(began + grace).await {
            return Push::Request;
        }
    }
    let after = began.elapsed();
    child.kill();
    // Whether it is gone is looked at by whoever asked for this.
    let _seen_afterwards = child.gone_by(deadline.min(Instant::now() + GONE_WITHIN)).await;
    Push::Force { after, asked: asked && !grace.is_zero() }
}
