//! Whether what is pointed at is hit: targets are shown, found in a picture, clicked, and the click read back.

use std::{
    thread,
    time::{Duration, Instant},
};

use tokio_util::sync::CancellationToken;

use super::{
    grip::{Grip, GripError},
    machine::{Button, DesktopError, Eyes, Marks, Pressable, Target},
};
use crate::protocol::{CalibrationPoint, CalibrationReport, Problem, ScreenSource};

/// Everything together. Each wait below has what is left of it. A build that is not optimised looks through a picture four
/// times as long.
pub const MAY_TAKE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 5 });
/// How long a target may take until it is seen, and a click until it arrives.
const EACH_MAY_TAKE: Duration = Duration::from_millis(if cfg!(debug_assertions) { 2_800 } else { 700 });
const LOOK_AGAIN_AFTER: Duration = Duration::from_millis(25);
/// A click is shorter than a person's, so that nobody's hand comes in between.
const CLICK: Duration = Duration::from_millis(30);
/// Farther than this no scaling moves a target at once: half of its side.
const NEAR_PX: u32 = 60;
/// As far as clicks and pictures may be off.
const MOST_OFF_PX: f64 = 2.0;

/// What a calibration needs. It blocks, and belongs into a thread that may wait.
pub struct Calibration<'a> {
    pub eyes: &'a dyn Eyes,
    pub marks: &'a dyn Marks,
    pub grip: &'a Grip,
    /// Ends it early.
    pub end: &'a CancellationToken,
}

/// Why a calibration was not done to its end.
enum Broken {
    Ended,
    TooSlow,
    Unguarded(String),
    Desktop(DesktopError),
}

impl Calibration<'_> {
    /// Five targets, one after the other. The pointer is where it was afterwards, unless it was ended early.
    pub fn run(&self, source: &ScreenSource) -> CalibrationReport {
        let began = Instant::now();
        let before = self.grip.hands().pointer().ok();
        let mut report = CalibrationReport::default();
        let mut broken = None;
        for target in targets(source) {
            match self.try_target(source, target, began + MAY_TAKE) {
                Ok(point) => {
                    report.points.push(point);
                    // One that is not there is enough to know, and the others would each be waited for.
                    if point.seen.is_none() || point.clicked.is_none() {
                        break;
                    }
                }
                Err(why) => {
                    broken = Some(why);
                    break;
                }
            }
        }
        // Whoever ended it may have the mouse in their hand.
        if let Some((x, y)) = before.filter(|_| !self.end.is_cancelled()) {
            let _it_stays_where_it_is = self.grip.hands().point(x, y);
        }
        report.off_px = report.points.iter().map(off).fold(0.0, f64::max);
        report.took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        report.problem = broken.map(Broken::problem).or_else(|| problem(&report));
        report
    }

    fn try_target(&self, source: &ScreenSource, at: (i32, i32), until: Instant) -> Result<CalibrationPoint, Broken> {
        let mut target = self.marks.target(at.0, at.1)?;
        let seen = self.see(source, &*target, at, until)?;
        let (x, y) = seen.unwrap_or(at);
        self.grip.hands().point(x, y)?;
        let left = Pressable::Button(Button::Left);
        self.grip.press(&left, self.end)?;
        thread::sleep(CLICK);
        self.grip.release(&left)?;
        let left = EACH_MAY_TAKE.min(until.saturating_duration_since(Instant::now()));
        let clicked = target.clicked(u64::try_from(left.as_millis()).unwrap_or(0))?;
        Ok(CalibrationPoint { target: at, seen, clicked })
    }

    /// Where the target is seen, once it is. What is seen far from it may be what is left of the one before, until the
    /// program below has drawn over it, so it counts only once nothing else comes.
    fn see(
        &self,
        source: &ScreenSource,
        target: &dyn Target,
        at: (i32, i32),
        until: Instant,
    ) -> Result<Option<(i32, i32)>, Broken> {
        let began = Instant::now();
        loop {
            if self.end.is_cancelled() {
                return Err(Broken::Ended);
            }
            if Instant::now() >= until {
                return Err(Broken::TooSlow);
            }
            let seen = target.seen_in(&self.eyes.shoot(source)?);
            let is_near = seen.is_some_and(|(x, y)| x.abs_diff(at.0) <= NEAR_PX && y.abs_diff(at.1) <= NEAR_PX);
            if is_near || began.elapsed() >= EACH_MAY_TAKE {
                return Ok(seen);
            }
            thread::sleep(LOOK_AGAIN_AFTER);
        }
    }
}

/// The middle, and somewhat inside of each corner.
fn targets(source: &ScreenSource) -> [(i32, i32); 5] {
    let at = |across: i64, along: i64| {
        let part = |from: i32, side: u32, percent: i64| {
            i32::try_from(i64::from(from) + i64::from(side) * percent / 100).unwrap_or(from)
        };
        (part(source.x, source.width, across), part(source.y, source.height, along))
    };
    [at(50, 50), at(15, 15), at(85, 15), at(15, 85), at(85, 85)]
}

/// How far a click or a picture is off.
fn off(point: &CalibrationPoint) -> f64 {
    let from_target = |other: (i32, i32)| {
        let (x, y) = (f64::from(other.0) - f64::from(point.target.0), f64::from(other.1) - f64::from(point.target.1));
        x.hypot(y)
    };
    point.seen.into_iter().chain(point.clicked).map(from_target).fold(0.0, f64::max)
}

/// Why it cannot be relied on, if it cannot.
fn problem(report: &CalibrationReport) -> Option<Problem> {
    let CalibrationReport { points, off_px, .. } = report;
    let lines = || points.iter().map(line).collect::<Vec<_>>();
    if points.iter().any(|point| point.seen.is_none()) {
        let advice = "Look at a source that lies on this screen and is not covered, and try again";
        return Some(Problem::plain("A target was shown and is not in the picture", lines(), advice));
    }
    if points.iter().any(|point| point.clicked.is_none()) {
        let advice = "Close what lies on top, such as a menu or a locked screen, and try again";
        return Some(Problem::plain("A click on a target did not arrive there", lines(), advice));
    }
    let advice = "Set the scaling of the screen to 100 %, or look at one monitor only, and try again";
    let words = format!("Clicks arrive {off_px:.0} pixels off");
    (*off_px > MOST_OFF_PX).then(|| Problem::plain(words, lines(), advice))
}

fn line(point: &CalibrationPoint) -> String {
    let place = |at: Option<(i32, i32)>| at.map_or_else(|| "nowhere".to_owned(), |(x, y)| format!("at {x}, {y}"));
    let CalibrationPoint { target, seen, clicked } = *point;
    format!("target {}: seen {}, clicked {}", place(Some(target)), place(seen), place(clicked))
}

impl Broken {
    fn problem(self) -> Problem {
        match self {
            Self::Ended => Problem::plain("Stopped before the calibration was over", Vec::new(), "Start again"),
            Self::TooSlow => {
                let details = vec![format!("it took longer than {} s", MAY_TAKE.as_secs())];
                Problem::plain("The calibration took too long", details, "Try again while less is going on")
            }
            Self::Unguarded(words) => {
                Problem::plain("The guardian of keys and mouse is gone", vec![words], "Start again")
            }
            Self::Desktop(error) => error.problem(),
        }
    }
}

impl From<DesktopError> for Broken {
    fn from(error: DesktopError) -> Self {
        Self::Desktop(error)
    }
}

impl From<GripError> for Broken {
    fn from(error: GripError) -> Self {
        match error {
            GripError::Ended => Self::Ended,
            GripError::Unguarded(words) => Self::Unguarded(words),
            GripError::Desktop(error) => Self::Desktop(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::environment::{HeldKeys, desktop::fake::Fake};

    fn calibrate(fake: &Fake, end: &CancellationToken) -> CalibrationReport {
        let grip = Grip::new(Arc::new(fake.clone()), Arc::new(|_| Ok(())), HeldKeys::default());
        let source = fake.find("screen").unwrap();
        Calibration { eyes: fake, marks: fake, grip: &grip, end }.run(&source)
    }

    #[test]
    fn five_targets_are_hit_and_the_pointer_is_where_it_was() {
        let fake = Fake::default();
        let report = calibrate(&fake, &CancellationToken::new());
        assert_eq!((report.points.len(), report.off_px, report.problem), (5, 0.0, None));
        assert_eq!(report.points[0].target, (320, 240));
        assert_eq!(report.points[4].clicked, Some((544, 408)));
        assert_eq!(fake.sent().last().map(String::as_str), Some("point 0, 0"));
        assert!(fake.down_now().is_empty());
    }

    #[test]
    fn clicks_that_miss_or_do_not_arrive_are_a_problem() {
        let fake = Fake::default();
        fake.miss_by((2, 0));
        assert_eq!(calibrate(&fake, &CancellationToken::new()).problem, None);
        fake.miss_by((2, 2));
        let report = calibrate(&fake, &CancellationToken::new());
        assert!(report.off_px > 2.8 && report.problem.unwrap().summary.contains("3 pixels off"));
        let covered = Fake::default();
        covered.cover();
        let report = calibrate(&covered, &CancellationToken::new());
        let problem = report.problem.unwrap();
        assert!(problem.summary.contains("not in the picture"), "{problem}");
        assert!(problem.details[0].contains("clicked nowhere"), "{problem}");
    }

    #[test]
    fn one_that_is_ended_or_refused_says_so() {
        let end = CancellationToken::new();
        end.cancel();
        let fake = Fake::default();
        assert!(calibrate(&fake, &end).problem.unwrap().summary.contains("Stopped"));
        fake.refuse(true);
        assert!(calibrate(&fake, &CancellationToken::new()).problem.unwrap().summary.contains("refused"));
    }
}
