//! Plays a kept session again: what a person does with it, and how time passes in it. It has no model and no world,
//! so it can ask and do nothing.

use std::time::Duration;

use tokio::time::Instant;

use super::kept_pictures::KeptPictures;
use crate::{
    journal::replay::Replay,
    llm::open::millis,
    protocol::{PictureView, Playback, SessionFile, Snapshot},
};

/// A stretch of the session in which nothing happened takes no longer than this much of its time. Milliseconds.
pub const LONGEST_QUIET_MS: u64 = 2000;
/// The slowest and the quickest; 1 is as quick as it was.
pub const SPEEDS: std::ops::RangeInclusive<f64> = 0.25..=64.0;

/// A session that is played again.
#[derive(Clone, Debug)]
pub struct Replaying {
    replay: Replay,
    pictures: KeptPictures,
    speed: f64,
    /// Up to when it has been played, by the clock; `None` while it stands still.
    played_until: Option<Instant>,
    /// What has been played since the last thing that happened, or since somebody went somewhere. Milliseconds.
    quiet_ms: u64,
    /// Session time that is due and less than a millisecond.
    rest: Duration,
}

impl Replaying {
    /// Begins to play where there is something to see, as quick as it was.
    pub fn new(file: SessionFile, now: Instant) -> Self {
        let mut replay = Replay::new(file);
        replay.seek(replay.first_look_ms());
        let (pictures, played_until) = (KeptPictures::default(), Some(now));
        Self { replay, pictures, speed: 1.0, played_until, quiet_ms: 0, rest: Duration::ZERO }
    }

    /// Does what a person wants; false if it is to be closed.
    pub fn obey(&mut self, playback: Playback, now: Instant) -> bool {
        self.advance(now);
        match playback {
            Playback::Play => self.play(now),
            Playback::Pause => self.played_until = None,
            Playback::Step { back } => self.step(back),
            Playback::Seek { at_ms } => self.go_to(at_ms),
            Playback::Speed { times } => self.set_speed(times),
            Playback::Close => return false,
        }
        true
    }

    /// Plays what is due by now; at the end it stands still.
    pub fn advance(&mut self, now: Instant) {
        let Some(until) = self.played_until.replace(now) else {
            self.played_until = None;
            return;
        };
        let mut due = now.saturating_duration_since(until).mul_f64(self.speed) + self.rest;
        self.rest = Duration::ZERO;
        while self.replay.at_ms() < self.replay.len_ms() {
            let at_ms = self.replay.at_ms();
            let next_ms = self.replay.next_record_after(at_ms).unwrap_or_else(|| self.replay.len_ms());
            // What is left of a long quiet stretch is left out.
            let to_play_ms = (next_ms - at_ms).min(LONGEST_QUIET_MS.saturating_sub(self.quiet_ms));
            let Some(left) = due.checked_sub(Duration::from_millis(to_play_ms)) else {
                let whole_ms = millis(due);
                self.replay.advance_to(at_ms + whole_ms);
                self.quiet_ms += whole_ms;
                self.rest = due.saturating_sub(Duration::from_millis(whole_ms));
                return;
            };
            due = left;
            self.replay.advance_to(next_ms);
            self.quiet_ms = 0;
        }
        self.played_until = None;
    }

    /// Whether the picture changes by itself.
    pub fn is_playing(&self) -> bool {
        self.played_until.is_some()
    }

    /// The session that is played.
    pub fn session(&self) -> &str {
        &self.replay.file().line.session
    }

    /// Draws the moment; the phase stays as it is.
    pub fn draw(&self, snapshot: &mut Snapshot) {
        self.replay.draw(snapshot);
        self.pictures.draw(self.replay.picture(), &mut snapshot.environment);
        if let Some(view) = &mut snapshot.replay {
            (view.is_playing, view.speed) = (self.is_playing(), self.speed);
        }
    }

    /// The number of the picture that has to be brought for this moment, told once.
    pub fn picture_to_bring(&mut self) -> Option<u64> {
        self.pictures.bring_next(self.replay.picture())
    }

    /// The picture has come, or cannot be had.
    pub fn take_picture(&mut self, number: u64, picture: Option<PictureView>) {
        self.pictures.take(number, picture);
    }

    /// At the end, playing begins anew.
    fn play(&mut self, now: Instant) {
        if self.replay.at_ms() >= self.replay.len_ms() {
            self.go_to(self.replay.first_look_ms());
        }
        self.played_until = Some(now);
    }

    /// To the next step or the one before, and where there is none, to the end or the beginning. Whoever goes step by
    /// step wants to look at each.
    fn step(&mut self, back: bool) {
        self.played_until = None;
        let at_ms = self.replay.at_ms();
        self.go_to(if back {
            self.replay.step_before(at_ms).unwrap_or(0)
        } else {
            self.replay.next_step_after(at_ms).unwrap_or_else(|| self.replay.len_ms())
        });
    }

    fn go_to(&mut self, at_ms: u64) {
        self.replay.seek(at_ms);
        (self.quiet_ms, self.rest) = (0, Duration::ZERO);
    }

    /// What is no number changes nothing.
    fn set_speed(&mut self, times: f64) {
        if times.is_finite() {
            self.speed = times.clamp(*SPEEDS.start(), *SPEEDS.end());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{
        ActionCall, Effect, EffectStatus, EnvironmentView, LoopName, Notice, NoticeKind, Observed, Phase, Record,
        StepReport, What,
    };

    fn noticed(at_ms: u64) -> Record {
        let notice = Notice { kind: NoticeKind::Information, from: String::new(), text: String::new(), problem: None };
        Record { at_ms, what: What::Noticed(Box::new(notice)) }
    }

    fn stepped(at_ms: u64, step: u64) -> Record {
        let effect =
            Effect { status: EffectStatus::Done, text: String::new(), score: None, changed: true, whole: None };
        let report = StepReport {
            step,
            action: ActionCall::bare("wait"),
            ordered_by: LoopName::Reasoning,
            by: String::new(),
            because: String::new(),
            effect,
            score: None,
            took_ms: 0,
            question: None,
        };
        Record { at_ms, what: What::Stepped(Box::new(report)) }
    }

    /// Steps after one second, two, and ten; the last thing happens half a second later.
    fn file() -> SessionFile {
        let records = vec![stepped(1000, 1), stepped(2000, 2), stepped(10_000, 3), noticed(10_500)];
        SessionFile { records, ..SessionFile::default() }
    }

    struct Show {
        replaying: Replaying,
        now: Instant,
    }

    impl Show {
        fn begin() -> Self {
            let now = Instant::now();
            Self { replaying: Replaying::new(file(), now), now }
        }

        fn wait(&mut self, ms: u64) -> u64 {
            self.now += Duration::from_millis(ms);
            self.replaying.advance(self.now);
            self.at()
        }

        fn obey(&mut self, playback: Playback) -> u64 {
            assert!(self.replaying.obey(playback, self.now));
            self.at()
        }

        fn at(&self) -> u64 {
            self.replaying.replay.at_ms()
        }
    }

    #[test]
    fn time_passes_as_it_did_and_quiet_is_cut_short() {
        let mut show = Show::begin();
        assert_eq!((show.wait(400), show.wait(600), show.wait(1000)), (400, 1000, 2000));
        assert_eq!(show.wait(1999), 3999);
        assert_eq!(show.wait(1), 10_000, "eight quiet seconds take two");
        assert_eq!((show.wait(499), show.replaying.is_playing()), (10_499, true));
        assert_eq!((show.wait(5000), show.replaying.is_playing()), (10_500, false));
        assert_eq!(show.wait(5000), 10_500);
        assert_eq!(show.obey(Playback::Play), 0, "from the end it begins anew");
        assert_eq!(show.wait(1500), 1500);
    }

    #[test]
    fn many_small_looks_and_one_late_look_come_to_the_same() {
        for speed in [0.25, 0.3, 1.0, 3.0, 64.0] {
            let (mut often, mut seldom) = (Show::begin(), Show::begin());
            often.obey(Playback::Speed { times: speed });
            seldom.obey(Playback::Speed { times: speed });
            for _ in 0..40 {
                often.wait(7);
            }
            let (often, seldom) = (often.at(), seldom.wait(280));
            assert!(often.abs_diff(seldom) <= 1, "at {speed}: {often} and {seldom}");
        }
    }

    #[test]
    fn the_speed_has_bounds_and_holds_from_now_on() {
        let mut show = Show::begin();
        show.now += Duration::from_millis(100);
        assert_eq!(show.obey(Playback::Speed { times: 4.0 }), 100, "what has passed has passed as quick as it was");
        assert_eq!(show.wait(100), 500);
        show.obey(Playback::Speed { times: f64::NAN });
        assert_eq!(show.replaying.speed, 4.0);
        show.obey(Playback::Speed { times: 1000.0 });
        assert_eq!(show.replaying.speed, 64.0);
        show.obey(Playback::Speed { times: -1.0 });
        assert_eq!(show.replaying.speed, 0.25);
    }

    #[test]
    fn a_pause_stands_still_and_playing_goes_on_from_there() {
        let mut show = Show::begin();
        show.wait(300);
        assert_eq!(show.obey(Playback::Pause), 300);
        assert_eq!((show.wait(60_000), show.replaying.is_playing()), (300, false));
        show.obey(Playback::Play);
        assert_eq!(show.wait(50), 350);
        assert_eq!(show.obey(Playback::Play), 350, "pressed twice it plays no quicker");
        assert_eq!(show.wait(50), 400);
    }

    #[test]
    fn steps_are_gone_through_forwards_and_backwards() {
        let mut show = Show::begin();
        let (next, back) = (Playback::Step { back: false }, Playback::Step { back: true });
        assert_eq!([next; 5].map(|step| show.obey(step)), [1000, 2000, 10_000, 10_500, 10_500]);
        assert_eq!([back; 5].map(|step| show.obey(step)), [10_000, 2000, 1000, 0, 0]);
        assert_eq!((show.wait(1000), show.replaying.is_playing()), (0, false), "whoever steps wants to look");
    }

    #[test]
    fn whoever_goes_somewhere_plays_on_from_there() {
        let mut show = Show::begin();
        assert_eq!(show.obey(Playback::Seek { at_ms: 5000 }), 5000);
        assert_eq!(show.wait(1999), 6999, "the quiet begins anew");
        assert_eq!(show.wait(1), 10_000);
        assert_eq!(show.obey(Playback::Seek { at_ms: u64::MAX }), 10_500);
        assert_eq!((show.wait(1), show.replaying.is_playing()), (10_500, false));
    }

    #[test]
    fn the_picture_says_how_it_is_played_and_the_phase_stays() {
        let mut show = Show::begin();
        show.obey(Playback::Speed { times: 2.0 });
        show.wait(600);
        let mut snapshot = Snapshot::default();
        show.replaying.draw(&mut snapshot);
        let view = snapshot.replay.clone().unwrap();
        assert_eq!((snapshot.phase, snapshot.step, view.at_ms), (Phase::Idle, 1, 1200));
        assert_eq!((view.is_playing, view.speed, view.total_ms), (true, 2.0, 10_500));
        assert!(!show.replaying.obey(Playback::Close, show.now));
    }

    #[test]
    fn the_last_picture_that_was_kept_is_shown_and_before_the_first_look_that_one() {
        let now = Instant::now();
        let looked = |at_ms, picture| {
            let view = EnvironmentView::Desktop(Box::default());
            Record { at_ms, what: What::Observed(Box::new(Observed { view, picture, ..Observed::default() })) }
        };
        let records = vec![noticed(100), looked(300, Some(8)), looked(1000, None), looked(2000, Some(9))];
        let mut replaying = Replaying::new(SessionFile { records, ..SessionFile::default() }, now);
        let mut at = |at_ms| {
            replaying.obey(Playback::Seek { at_ms }, now);
            let number = replaying.picture_to_bring();
            if let Some(number) = number {
                let picture = PictureView { number, width: 1, height: 1, rgb: vec![0; 3].into() };
                replaying.take_picture(number, Some(picture));
            }
            let mut snapshot = Snapshot::default();
            replaying.draw(&mut snapshot);
            let EnvironmentView::Desktop(view) = snapshot.environment else { panic!("it was a desktop") };
            (number, view.picture.map(|picture| picture.number))
        };
        assert_eq!(at(0), (Some(8), Some(8)));
        assert_eq!([at(300), at(1500)], [(None, Some(8)); 2]);
        assert_eq!(at(2000), (Some(9), Some(9)));
        assert_eq!(at(400), (Some(8), Some(8)));
    }

    #[test]
    fn it_begins_with_the_first_look() {
        let now = Instant::now();
        let looked = |at_ms| Record { at_ms, what: What::Observed(Box::default()) };
        let records = vec![noticed(100), looked(300), stepped(1000, 1), looked(1100)];
        let mut replaying = Replaying::new(SessionFile { records, ..SessionFile::default() }, now);
        assert_eq!((replaying.replay.at_ms(), replaying.is_playing()), (300, true));
        replaying.obey(Playback::Seek { at_ms: u64::MAX }, now);
        replaying.obey(Playback::Play, now);
        assert_eq!(replaying.replay.at_ms(), 300, "and so it does when it is played anew");
    }

    #[test]
    fn an_empty_session_is_over_at_once() {
        let now = Instant::now();
        let mut replaying = Replaying::new(SessionFile::default(), now);
        replaying.advance(now + Duration::from_secs(1));
        assert!(!replaying.is_playing());
        assert!(replaying.obey(Playback::Step { back: false }, now) && !replaying.is_playing());
    }
}
