//! Breakers among the loops: agents that go round in circles are paused at exactly the limit that was set.

use singularis::{
    protocol::{ActionCall, Breaker, EffectStatus, NoticeKind, PauseReason},
    settings::BreakerSettings,
};

use crate::{
    land::{Land, Play},
    stage::{Plot, Stage},
    thinker::{Thinker, Thought},
};

const OFF: BreakerSettings = BreakerSettings { same_action: 0, no_change: 0, same_error: 0, time_s: 0 };

/// A mind that takes a second and digs at a place that depends on the number of the question.
fn digging(at: fn(usize) -> usize) -> Thinker {
    Thinker::new(move |_, number| Thought::after(1_000, ActionCall::with("dig", "number", at(number))))
}

/// Lets a looper run until it is paused, and on, and once more; it must be stopped after `limit` steps both times.
async fn stops_after(limit: usize, land: &Land, thinker: &Thinker, breakers: BreakerSettings, why: PauseReason) {
    let mut plot = Plot::waiting().await;
    plot.breakers = breakers;
    let stage = Stage::begin(land, thinker, plot);
    stage.at(100_000).await;
    assert_eq!((stage.steps().len(), thinker.asked().len()), (limit, limit), "{why:?}");
    assert_eq!(stage.reins().why_paused(), Some(why.clone()));
    let notices = stage.notices();
    let [notice] = &notices[..] else { panic!("one word about it: {notices:?}") };
    let text = format!("Paused: {}", why.words());
    assert_eq!((notice.kind, notice.from.as_str(), &notice.text), (NoticeKind::Warning, "action", &text));
    // Whoever lets it go on grants as much again.
    stage.reins().resume(None);
    stage.at(200_000).await;
    assert_eq!((stage.steps().len(), thinker.asked().len()), (2 * limit, 2 * limit), "{why:?}");
    assert_eq!((stage.reins().why_paused(), stage.notices().len()), (Some(why), 2));
    stage.stop().await;
}

fn struck(breaker: Breaker, words: String) -> PauseReason {
    PauseReason::Breaker { breaker, words }
}

#[tokio::test(start_paused = true)]
async fn the_same_action_without_effect_stops_at_exactly_the_limit() {
    for (limit, same_action) in [(2, 2), (5, 5), (9, 9)] {
        let land = Land::new(|_| Play::idle());
        let why =
            struck(Breaker::SameAction, format!("dig {{\"number\":7}} was done {limit} times in a row without effect"));
        let breakers = BreakerSettings { same_action, ..BreakerSettings::default() };
        stops_after(limit, &land, &digging(|_| 7), breakers, why).await;
        assert_eq!(land.acts().len(), 2 * limit);
    }
}

#[tokio::test(start_paused = true)]
async fn actions_in_turn_that_change_nothing_stop_at_exactly_the_limit() {
    for (limit, no_change) in [(2, 2), (7, 7), (12, 12)] {
        let land = Land::new(|_| Play::idle());
        let why = struck(Breaker::NoChange, format!("{limit} steps in a row changed nothing"));
        let breakers = BreakerSettings { no_change, ..BreakerSettings::default() };
        stops_after(limit, &land, &digging(|number| number % 2), breakers, why).await;
        assert_eq!(land.acts().len(), 2 * limit);
    }
}

#[tokio::test(start_paused = true)]
async fn the_same_error_again_and_again_stops_at_exactly_the_limit() {
    for (limit, same_error) in [(2, 2), (5, 5), (9, 9)] {
        for (status, kind) in [
            (EffectStatus::Rejected, "dig was refused"),
            (EffectStatus::Failed, "dig failed"),
            (EffectStatus::Uncertain, "it stayed unclear whether dig happened"),
        ] {
            let land = Land::new(move |_| Play::of(status, "not so"));
            let why = struck(Breaker::SameError, format!("{limit} times in a row {kind}"));
            let breakers = BreakerSettings { same_error, ..BreakerSettings::default() };
            stops_after(limit, &land, &digging(|number| number), breakers, why).await;
            assert_eq!(land.acts().len(), 2 * limit);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_does_not_fit_counts_as_an_error_although_the_environment_was_not_asked() {
    let land = Land::new(|_| Play::done());
    let thinker =
        Thinker::new(|_, number| Thought::after(1_000, ActionCall::with("dig", "number", number.to_string())));
    let why = struck(Breaker::SameError, "3 times in a row dig was refused".to_owned());
    stops_after(3, &land, &thinker, BreakerSettings { same_error: 3, ..OFF }, why).await;
    assert!(land.acts().is_empty());
}

#[tokio::test(start_paused = true)]
async fn whatever_changes_something_keeps_them_quiet() {
    let mut acts = 0;
    let land = Land::new(move |_| {
        acts += 1;
        // Four steps in vain of every five.
        if acts % 5 == 0 { Play::done() } else { Play::of(EffectStatus::Failed, "not so") }
    });
    let thinker = Thinker::always(1_000, "dig");
    let mut plot = Plot::waiting().await;
    plot.breakers = BreakerSettings::default();
    let stage = Stage::begin(&land, &thinker, plot);
    stage.at(300_500).await;
    assert_eq!((land.acts().len(), stage.reins().why_paused()), (300, None));
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn the_time_is_over_when_it_is_over_and_pauses_do_not_count() {
    let why = struck(Breaker::Time, "The minute that was granted is over".to_owned());
    for pause in [0, 100_000] {
        let (land, thinker) = (Land::new(|_| Play::done()), Thinker::always(1_000, "dig"));
        let mut plot = Plot::waiting().await;
        plot.breakers = BreakerSettings { time_s: 60, ..OFF };
        let stage = Stage::begin(&land, &thinker, plot);
        stage.at(10_500).await;
        if pause > 0 {
            stage.reins().pause();
            stage.at(10_500 + pause).await;
            stage.reins().resume(None);
        }
        stage.at(59_500 + pause).await;
        assert_eq!(stage.reins().why_paused(), None);
        stage.at(300_000).await;
        assert_eq!(stage.reins().why_paused(), Some(why.clone()), "after {pause} ms of pause");
        // The decision that came in the pause was carried out after it, so half a second of thinking was saved.
        let acts = if pause > 0 { 61 } else { 60 };
        assert_eq!((land.acts().len(), thinker.asked().len()), (acts, acts));
        assert_eq!(stage.said("Paused: The minute that was granted is over"), 1);
        // As much again, counted from the moment at which somebody lets it go on.
        stage.reins().resume(None);
        stage.at(358_500).await;
        assert_eq!((land.acts().len(), stage.reins().why_paused()), (acts + 58, None));
        stage.at(500_000).await;
        assert_eq!(land.acts().len(), acts + 60);
        let why = stage.reins().why_paused();
        assert!(matches!(why, Some(PauseReason::Breaker { breaker: Breaker::Time, .. })), "{why:?}");
        stage.stop().await;
    }
}
