//! What a program that broke off has left behind: whether it is still there, and how to end it.
//!
//! A process counts as ours only if it carries the mark; its number alone may belong to a stranger by now.

use std::{slice, time::Duration};

use tokio::{
    task::spawn_blocking,
    time::{Instant, sleep, timeout},
};

use super::{group, kin, strays};
use crate::protocol::{Belonging, BelongingKind};

/// How long what was left may take to end when it is asked.
const ASKED_FOR: Duration = Duration::from_millis(700);
/// How long killing it may take after that.
const FORCE_MAY_TAKE: Duration = Duration::from_millis(1000);
const LOOK_AGAIN_AFTER: Duration = Duration::from_millis(20);

/// Whether anything of a child is still there; `None` where that cannot be told. Reads a file of every process, which
/// takes some milliseconds.
pub fn is_there(belonging: &Belonging) -> Option<bool> {
    if belonging.kind != BelongingKind::Child || belonging.place.is_empty() {
        return None;
    }
    // The system has ended it together with the program that started it.
    if group::HOLDS_ALL {
        return Some(false);
    }
    if let Some(living) = kin::carriers(slice::from_ref(&belonging.place)) {
        return Some(!living.is_empty());
    }
    // Without a look at marks only one thing is certain: that nobody has the number.
    let number = belonging.handle.parse().ok()?;
    (!group::lives(number)).then_some(false)
}

/// Asks everything that carries the child's mark to end, and kills what does not. An error says in words what is still
/// there, or why nothing was done.
pub async fn end(belonging: &Belonging) -> Result<(), String> {
    let number = &belonging.handle;
    if belonging.kind != BelongingKind::Child || belonging.place.is_empty() {
        return Err("it was not written down how it can be recognised".to_owned());
    }
    if group::HOLDS_ALL {
        return Ok(());
    }
    let marks = vec![belonging.place.clone()];
    let until = Instant::now() + ASKED_FOR;
    let mut is_asked = false;
    loop {
        let Some(living) = kin::look_for(marks.clone()).await else {
            return if is_surely_gone(belonging).await { Ok(()) } else { Err(untold(number)) };
        };
        if living.is_empty() {
            return Ok(());
        }
        if !is_asked {
            living.iter().for_each(kin::ask);
            is_asked = true;
        }
        if Instant::now() >= until {
            break;
        }
        sleep(LOOK_AGAIN_AFTER).await;
    }
    let strays = strays::sweep(&belonging.place, Instant::now() + FORCE_MAY_TAKE).await;
    if !strays.living.is_empty() {
        let names: Vec<String> = strays.living.iter().map(ToString::to_string).collect();
        return Err(format!("still there after it was killed: {}", names.join(", ")));
    }
    if strays.is_seen { Ok(()) } else { Err(untold(number)) }
}

/// The last look, by the number too. The system may have fallen silent meanwhile, so it has a limit and a thread of its
/// own.
async fn is_surely_gone(belonging: &Belonging) -> bool {
    let belonging = belonging.clone();
    let looking = spawn_blocking(move || is_there(&belonging));
    matches!(timeout(kin::LOOK_MAY_TAKE, looking).await, Ok(Ok(Some(false))))
}

fn untold(number: &str) -> String {
    format!(
        "this system does not tell whether process {number} is still the one that was started; look for it and end it"
    )
}
