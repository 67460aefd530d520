//! Whether a server has really stopped generating, asked where it can tell.
//!
//! llama.cpp tells by its slots and the demo by its state page. LM Studio tells nothing over HTTP, only through its
//! command line tool (`lms ps --json`); where that is missing the answer is *not verifiable*, which is never green.

use std::time::Duration;

use serde_json::Value;
use tokio::time::{Instant, sleep, timeout, timeout_at};

use super::lms::Lms;
use crate::{llm::lm_studio::LmStudio, protocol::Product};

/// Between two looks at a server that is still busy.
const LOOK_AGAIN_AFTER: Duration = Duration::from_millis(20);
/// llama.cpp notices a closed connection while it reads a prompt only after a second in which nothing else is asked of
/// it, so after two quick looks it must be left alone for longer than that: looking more often keeps it busy.
const LEAVE_IN_PEACE_FOR: Duration = Duration::from_millis(1300);
/// `lms` answers within a fifth of a second where it works.
const LMS_WITHIN: Duration = Duration::from_secs(2);

/// What could be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Idle {
    /// No generation is running or queued.
    Yes,
    /// So many are.
    Busy(usize),
    /// There is no means here to tell, and why.
    NotVerifiable(&'static str),
}

/// Looks until the server is idle or the deadline has come. A server never becomes idle the instant a connection closes.
/// A last look that does not end in time leaves what the one before it has seen.
pub async fn wait_until_idle(server: &LmStudio, product: Product, lms: Option<&Lms>, deadline: Instant) -> Idle {
    let mut looks = 0_u32;
    let mut last = Idle::NotVerifiable("the server did not say in time");
    loop {
        let Ok(seen) = timeout_at(deadline, look(server, product, lms)).await else { return last };
        last = seen.clone();
        looks += 1;
        let pause = pause_after(looks, product);
        match seen {
            Idle::Busy(_) if Instant::now() + pause < deadline => sleep(pause).await,
            seen => return seen,
        }
    }
}

fn pause_after(looks: u32, product: Product) -> Duration {
    match product {
        Product::LlamaCpp if looks > 2 => LEAVE_IN_PEACE_FOR,
        _ => LOOK_AGAIN_AFTER * looks.min(12),
    }
}

async fn look(server: &LmStudio, product: Product, lms: Option<&Lms>) -> Idle {
    match product {
        Product::Demo => match server.get_json("/demo/state").await {
            Ok((state, _)) => count(state.get("busy").and_then(Value::as_u64)),
            Err(_gone) => Idle::NotVerifiable("the demo did not say"),
        },
        Product::LlamaCpp => match server.get_json("/slots").await {
            Ok((slots, _)) => slots_busy(&slots),
            Err(_switched_off) => Idle::NotVerifiable("this llama.cpp server does not show its slots"),
        },
        Product::LmStudio if server.base().is_loopback() => match server.get("/lmstudio-greeting").await {
            Ok(_it_runs) => lms_busy(lms).await,
            Err(_gone) => Idle::NotVerifiable("LM Studio no longer answers"),
        },
        Product::LmStudio => Idle::NotVerifiable("LM Studio on another machine does not tell"),
        _ => Idle::NotVerifiable("this server does not tell"),
    }
}

fn count(busy: Option<u64>) -> Idle {
    match busy {
        Some(0) => Idle::Yes,
        Some(busy) => Idle::Busy(usize::try_from(busy).unwrap_or(usize::MAX)),
        None => Idle::NotVerifiable("the server did not say"),
    }
}

fn slots_busy(slots: &Value) -> Idle {
    let Some(slots) = slots.as_array() else {
        return Idle::NotVerifiable("the list of slots could not be read");
    };
    let busy: Option<Vec<bool>> = slots.iter().map(|slot| slot.get("is_processing").and_then(Value::as_bool)).collect();
    count_of(busy)
}

/// Asks LM Studio's own command line tool. It is only run while its server answers, because it would start the app.
async fn lms_busy(lms: Option<&Lms>) -> Idle {
    let Some(lms) = lms else {
        return Idle::NotVerifiable("LM Studio's command line tool lms was not found");
    };
    match timeout(LMS_WITHIN, lms.command(&["ps", "--json"]).output()).await {
        Ok(Ok(output)) if output.status.success() => instances_busy(&output.stdout),
        _ => Idle::NotVerifiable("lms did not answer"),
    }
}

/// `queued` counts the request being worked on too.
fn instances_busy(json: &[u8]) -> Idle {
    let Ok(Value::Array(instances)) = serde_json::from_slice(json) else {
        return Idle::NotVerifiable("the answer of lms could not be read");
    };
    let is_busy = |instance: &Value| {
        let queued = instance.get("queued").and_then(Value::as_u64)?;
        let status = instance.get("status").and_then(Value::as_str)?;
        Some(queued > 0 || status != "idle")
    };
    count_of(instances.iter().map(is_busy).collect())
}

/// One that does not say leaves the whole unsaid: silence is not idleness.
fn count_of(busy: Option<Vec<bool>>) -> Idle {
    count(busy.and_then(|busy| u64::try_from(busy.into_iter().filter(|is_busy| *is_busy).count()).ok()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_tool_of_lm_studio_is_understood() {
        let idle = br#"[{"identifier":"a","status":"idle","queued":0,"parallel":2,"ttlMs":null}]"#;
        assert_eq!(instances_busy(idle), Idle::Yes);
        let busy = br#"[{"status":"generating","queued":2},{"status":"idle","queued":0}]"#;
        assert_eq!(instances_busy(busy), Idle::Busy(1));
        assert_eq!(instances_busy(b"[]"), Idle::Yes);
        assert!(matches!(instances_busy(b"Waking up LM Studio"), Idle::NotVerifiable(_)));
        assert!(matches!(instances_busy(br#"[{"status":"idle"}]"#), Idle::NotVerifiable(_)));
    }

    #[test]
    fn slots_are_counted() {
        let slots = json!([{"id": 0, "is_processing": true}, {"id": 1, "is_processing": false}]);
        assert_eq!(slots_busy(&slots), Idle::Busy(1));
        assert!(matches!(slots_busy(&json!({"error": {}})), Idle::NotVerifiable(_)));
        assert!(matches!(slots_busy(&json!([{"id": 0, "state": 1}])), Idle::NotVerifiable(_)));
    }
}
