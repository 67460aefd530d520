//! Will the experts really run side by side? One short question alone, then as many at once as there are experts.

use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::llm::{
    Ask, Limits, Model, Turn,
    ask::Unwatched,
    lm_studio::{ChatModel, LmStudio},
    open::millis,
};

/// Long enough to measure, short enough not to annoy.
pub const TOKENS: u32 = 32;

/// What was measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Capacity {
    pub together: usize,
    /// Empty where it would have taken too long to measure.
    pub measured: Option<Measured>,
    /// How many the server says it works on at once.
    pub parallel: Option<u32>,
}

/// Times of one question and of several at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    pub alone_ms: u64,
    pub together_ms: u64,
    /// How many times the work of one was done in the time of one; `together` would be perfect, 1 is a queue.
    pub speed_up: f64,
}

/// What the server says, unmeasured; `None` if it says nothing.
pub fn claimed(parallel: Option<u32>, together: usize) -> Option<Capacity> {
    parallel.map(|parallel| Capacity { together, measured: None, parallel: Some(parallel) })
}

/// Measures one model; `None` if a question failed, which the test answer has told of already.
pub async fn measure(
    server: &LmStudio,
    model: &str,
    parallel: Option<u32>,
    together: usize,
    limits: Limits,
) -> Option<Capacity> {
    let alone = timed(server, model, 1, limits).await?;
    let all = timed(server, model, together, limits).await?;
    #[expect(clippy::cast_precision_loss, reason = "a handful of questions")]
    let speed_up = together as f64 * alone.as_secs_f64() / all.as_secs_f64().max(0.001);
    let measured = Measured { alone_ms: millis(alone), together_ms: millis(all), speed_up };
    Some(Capacity { together, measured: Some(measured), parallel })
}

async fn timed(server: &LmStudio, model: &str, count: usize, limits: Limits) -> Option<Duration> {
    let mut asked = JoinSet::new();
    let began = Instant::now();
    for number in 0..count {
        let chat = ChatModel::new(server, "health check", model, Vec::new());
        let ask = Ask {
            // Each a little different, so that no cache of prompts answers for the others.
            turns: vec![Turn::User(format!("Count slowly upwards from {}, one number a line", number * 7 + 3))],
            answer_tokens: TOKENS,
            limits,
            ..Ask::default()
        };
        asked.spawn(async move { chat.ask(&ask, &mut Unwatched).await });
    }
    while let Some(answer) = asked.join_next().await {
        answer.ok()?.ok()?;
    }
    Some(began.elapsed())
}

impl Capacity {
    /// True when experts will wait for one another noticeably.
    pub fn is_tight(&self) -> bool {
        let waits = self.parallel.is_some_and(|parallel| (parallel as usize) < self.together);
        // Below this, what is measured is the machine's mood and not the server.
        let is_queue = self.measured.is_some_and(|measured| measured.alone_ms >= 100 && measured.speed_up < 1.3);
        self.together > 1 && (waits || is_queue)
    }

    /// For people.
    pub fn note(&self) -> String {
        let together = self.together;
        let says = self.parallel.map(|parallel| format!("the server works on {parallel} at once"));
        let measured = match self.measured {
            Some(Measured { alone_ms, together_ms, speed_up }) => format!(
                "{together} together take {together_ms} ms, one alone {alone_ms} ms: {speed_up:.1} times the work"
            ),
            None => format!("Not measured, which would take longer than ten seconds; {together} will ask together"),
        };
        [Some(measured), says].into_iter().flatten().collect::<Vec<_>>().join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queue_is_told_from_work_side_by_side() {
        let capacity = |speed_up: f64, parallel| {
            let measured = Some(Measured { alone_ms: 100, together_ms: 110, speed_up });
            Capacity { together: 4, measured, parallel }
        };
        assert!(!capacity(3.6, Some(4)).is_tight());
        assert!(capacity(3.6, Some(2)).is_tight(), "the server says that two will wait");
        assert!(capacity(1.0, None).is_tight(), "four take four times as long as one");
        assert!(!Capacity { together: 1, measured: None, parallel: Some(1) }.is_tight());
        let unmeasured = claimed(Some(2), 4).unwrap();
        assert!(unmeasured.is_tight() && unmeasured.note().contains("Not measured"), "{}", unmeasured.note());
        assert_eq!(claimed(None, 4), None);
    }
}
