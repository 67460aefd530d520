//! How far a check has come: how many there will be, as far as one can tell before, and how long they have run.

use std::time::Duration;

use egui::{Id, Ui};

use crate::{
    protocol::{Check, Finding, Verdict},
    settings::{CloudMode, Settings},
    ui::words,
};

/// How often the time is drawn.
const TICK: Duration = Duration::from_millis(100);
/// Whoever has not looked for so long may have missed the beginning of another check. Seconds.
const AWAY: f64 = 2.0;
/// Checks of a server, whatever it is asked for.
const EVERY_SERVER: usize = 9;
/// A model gives a test answer, and then several side by side.
const EVERY_MODEL: usize = 2;

/// What was seen of a check when it was drawn last. Seconds on the window's clock.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Watch {
    began: f64,
    seen: f64,
    findings: usize,
}

impl Watch {
    /// The next look at a check. What was not seen from its beginning has run at least as long as its longest part.
    fn next(before: Option<Self>, now: f64, findings: usize, longest: f64) -> Self {
        let same = before.filter(|before| now - before.seen < AWAY && findings >= before.findings);
        Self { began: same.map_or(now - longest, |before| before.began), seen: now, findings }
    }

    fn elapsed_ms(self) -> u64 {
        let elapsed = Duration::try_from_secs_f64((self.seen - self.began).max(0.0)).unwrap_or_default();
        u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
    }
}

/// How long the check that is under way has run, in milliseconds; it is drawn again soon.
pub fn elapsed_ms(ui: &Ui, findings: &[Finding]) -> u64 {
    let id = Id::unique("check-under-way");
    let now = ui.input(|input| input.time);
    let longest_ms = findings.iter().map(|finding| finding.took_ms).max().unwrap_or_default();
    let before = ui.data(|data| data.get_temp::<Watch>(id));
    let watch = Watch::next(before, now, findings.len(), words::seconds(longest_ms));
    ui.data_mut(|data| data.insert_temp(id, watch));
    ui.ctx().request_repaint_after(TICK);
    watch.elapsed_ms()
}

/// About how many checks there will be; nothing where accounts in the cloud are asked, which have as many as they like.
pub fn expected(settings: &Settings, findings: &[Finding]) -> Option<usize> {
    if settings.cloud != CloudMode::LocalOnly && !settings.demo {
        return None;
    }
    let is_asked = |name: &str| settings.roles.iter().any(|role| role.endpoint == name);
    let further = settings.endpoints.iter().skip(1).filter(|endpoint| is_asked(&endpoint.name)).count();
    let servers = if settings.demo { 1 } else { 1 + further };
    let is_role = |finding: &&Finding| finding.verdict == Verdict::Passed && matches!(finding.check, Check::Role(_));
    let mut models: Vec<&str> = findings.iter().filter(is_role).map(|finding| finding.note.as_str()).collect();
    models.sort_unstable();
    models.dedup();
    let planned = EVERY_SERVER * servers + settings.roles.len() + EVERY_MODEL * models.len().max(1);
    Some(planned.max(findings.len() + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(name: &str, model: &str) -> Finding {
        Finding {
            check: Check::Role(name.into()),
            verdict: Verdict::Passed,
            because: None,
            took_ms: 1,
            note: model.into(),
            problem: None,
            at: String::new(),
        }
    }

    #[test]
    fn a_check_that_was_seen_from_the_beginning_is_timed_and_another_one_begins_anew() {
        let first = Watch::next(None, 10.0, 0, 0.0);
        let later = Watch::next(Some(first), 11.5, 4, 0.2);
        assert_eq!((first.elapsed_ms(), later.elapsed_ms()), (0, 1500));
        assert_eq!(Watch::next(Some(later), 12.0, 0, 0.0).elapsed_ms(), 0, "its findings are gone");
        let back = Watch::next(Some(later), 60.0, 7, 0.25);
        assert_eq!(back.elapsed_ms(), 250, "nobody looked for a while");
    }

    #[test]
    fn as_many_checks_are_expected_as_servers_parts_and_models_have() {
        let settings = Settings::default();
        assert_eq!(expected(&settings, &[]), Some(16));
        let found = [role("expert.1", "small"), role("expert.2", "large"), role("expert.3", "small")];
        assert_eq!(expected(&settings, &found), Some(18));
        let many: Vec<Finding> = (0..30).map(|_| role("expert.1", "small")).collect();
        assert_eq!(expected(&settings, &many), Some(31), "never fewer than there are");
        assert_eq!(expected(&Settings { cloud: CloudMode::CloudOnly, ..settings }, &[]), None);
    }
}
