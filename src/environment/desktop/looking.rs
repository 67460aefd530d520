//! Looking: a picture now and then, compared with the one before. One that shows nothing new costs no encoding and is
//! the same picture.

use std::{sync::Arc, time::Duration};

use tokio::time::Instant;

use super::{
    aside::{MAY_TAKE, aside},
    differing,
    geometry::Geometry,
    machine::{DesktopError, Eyes, Shot},
    picture,
};
use crate::{
    environment::EnvironmentError,
    protocol::{PictureView, ScreenSource},
};

/// Less of a picture than this is a blinking cursor or a clock: the picture is new, the moment is the same.
const MOVES_ON_FROM: f32 = 0.002;

/// Looks at one source.
pub struct Looker {
    eyes: Arc<dyn Eyes>,
    /// As in the settings.
    source: String,
    most_px: u32,
    every: Duration,
    last: Option<(Look, Instant)>,
    /// The picture of the moment, by which it is told whether another one has come.
    moment: Option<Arc<Shot>>,
    /// Pictures that were taken, and those of them that showed something new.
    pub looks: u64,
    pub changes: u64,
}

/// What was seen.
#[derive(Clone)]
pub struct Look {
    source: ScreenSource,
    shot: Arc<Shot>,
    /// The size of the picture for models.
    shown: (u32, u32),
    /// As a file, once somebody wanted one.
    pub jpeg: Option<Arc<[u8]>>,
    pub view: PictureView,
    /// How much is new since the look before, 0 to 1.
    pub share: f32,
}

/// What came of one look.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Seen {
    /// How much is new, 0 to 1; 0 too where an earlier look was used again.
    pub share: f32,
    /// It is another moment now, not only another picture.
    pub moves_on: bool,
}

/// One look, to be done aside.
struct Task {
    eyes: Arc<dyn Eyes>,
    source: String,
    most_px: u32,
    wants_file: bool,
    before: Option<Look>,
    moment: Option<Arc<Shot>>,
    number: u64,
}

impl Looker {
    pub fn new(eyes: Arc<dyn Eyes>, source: &str, most_px: u32, every_ms: u64) -> Self {
        Self {
            eyes,
            source: source.to_owned(),
            most_px,
            every: Duration::from_millis(every_ms),
            last: None,
            moment: None,
            looks: 0,
            changes: 0,
        }
    }

    pub fn eyes(&self) -> Arc<dyn Eyes> {
        Arc::clone(&self.eyes)
    }

    /// What was seen last.
    pub fn last(&self) -> Option<&Look> {
        self.last.as_ref().map(|(look, _)| look)
    }

    /// Where what was seen last lies.
    pub fn geometry(&self) -> Geometry {
        let Some(Look { source, shot, shown, .. }) = self.last() else { return Geometry::default() };
        let Shot { x, y, width, height, .. } = **shot;
        Geometry { source: source.clone(), at: (x, y), size: (width, height), shown: *shown }
    }

    /// Looks, unless that was done a moment ago and `at_once` is not asked for.
    pub async fn look(&mut self, wants_file: bool, at_once: bool) -> Result<Seen, EnvironmentError> {
        let is_fresh = |at: &Instant| at.elapsed() + self.every / 10 < self.every;
        let has_all = |look: &Look| look.jpeg.is_some() || !wants_file;
        if !at_once && self.last.as_ref().is_some_and(|(look, at)| is_fresh(at) && has_all(look)) {
            return Ok(Seen::default());
        }
        let task = Task {
            eyes: self.eyes(),
            source: self.source.clone(),
            most_px: self.most_px,
            wants_file,
            before: self.last().cloned(),
            moment: self.moment.clone(),
            number: self.looks + 1,
        };
        let (look, moves_on) = aside(MAY_TAKE, move || task.run()).await?.map_err(|error| trouble(&error))?;
        self.looks += 1;
        let seen = Seen { share: look.share, moves_on };
        if seen.share > 0.0 {
            self.changes += 1;
        }
        if moves_on {
            self.moment = Some(Arc::clone(&look.shot));
        }
        self.last = Some((look, Instant::now()));
        Ok(seen)
    }

    /// From here on it is another moment, whatever is seen.
    pub fn begin_moment(&mut self) {
        self.moment = self.last().map(|look| Arc::clone(&look.shot));
    }
}

impl Task {
    fn run(self) -> Result<(Look, bool), DesktopError> {
        let source = self.eyes.find(&self.source)?;
        let shot = Arc::new(self.eyes.shoot(&source)?);
        let same = self.before.as_ref().filter(|before| differing::is_same(&before.shot, &shot));
        let share = self.before.as_ref().map_or(1.0, |before| differing::share(&before.shot, &shot));
        let shown = picture::fitting(shot.width, shot.height, self.most_px);
        let view = match same {
            Some(before) => before.view.clone(),
            None => view(&shot, self.number)?,
        };
        let old = same.and_then(|before| before.jpeg.clone());
        let jpeg = match old {
            None if self.wants_file => Some(picture::jpeg(&shot, shown)?),
            old => old,
        };
        let is_new = |moment: &Arc<Shot>| differing::share(moment, &shot) >= MOVES_ON_FROM;
        let moves_on = self.moment.as_ref().is_none_or(is_new);
        Ok((Look { source, shot, shown, jpeg, view, share }, moves_on))
    }
}

fn view(shot: &Shot, number: u64) -> Result<PictureView, DesktopError> {
    let (width, height, rgb) = picture::for_window(shot)?;
    Ok(PictureView { number, width, height, rgb })
}

/// What is wrong with the desktop is something that it knows itself.
pub fn trouble(error: &DesktopError) -> EnvironmentError {
    EnvironmentError::Trouble(Box::new(error.problem()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::environment::desktop::fake::Fake;

    fn looker(fake: &Fake) -> Looker {
        Looker::new(Arc::new(fake.clone()), "screen", 320, 500)
    }

    #[tokio::test(start_paused = true)]
    async fn a_picture_that_shows_nothing_new_is_not_encoded_again() {
        let fake = Fake::default();
        let mut looker = looker(&fake);
        assert_eq!(looker.look(true, true).await.unwrap(), Seen { share: 1.0, moves_on: true });
        let (first, view) = (looker.last().unwrap().jpeg.clone().unwrap(), looker.last().unwrap().view.clone());
        assert_eq!(looker.look(true, true).await.unwrap(), Seen::default());
        assert!(Arc::ptr_eq(&first, looker.last().unwrap().jpeg.as_ref().unwrap()), "it is the same file");
        assert!(Arc::ptr_eq(&view.rgb, &looker.last().unwrap().view.rgb));
        assert_eq!((looker.looks, looker.changes, looker.last().unwrap().view.number), (2, 1, 1));
        fake.paint(0, 0, 64);
        assert!(looker.look(true, true).await.unwrap().moves_on);
        assert!(!Arc::ptr_eq(&first, looker.last().unwrap().jpeg.as_ref().unwrap()));
        assert_eq!((looker.looks, looker.changes, looker.last().unwrap().view.number), (3, 2, 3));
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_pays_for_a_file_that_nobody_wants() {
        let fake = Fake::default();
        let mut looker = looker(&fake);
        looker.look(false, true).await.unwrap();
        assert!(looker.last().unwrap().jpeg.is_none());
        looker.look(true, false).await.unwrap();
        assert!(looker.last().unwrap().jpeg.is_some(), "a fresh look without a file is not enough");
        let shots = fake.shots();
        assert_eq!(looker.look(true, false).await.unwrap(), Seen::default());
        assert_eq!(fake.shots(), shots, "it was looked at a moment ago");
        tokio::time::advance(Duration::from_millis(500)).await;
        looker.look(true, false).await.unwrap();
        assert_eq!(fake.shots(), shots + 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_blinking_cursor_is_another_picture_and_the_same_moment() {
        let fake = Fake::large();
        let mut looker = looker(&fake);
        looker.look(false, true).await.unwrap();
        for blink in 0..3 {
            fake.paint(5, 5, 8);
            let seen = looker.look(false, true).await.unwrap();
            assert!(seen.share > 0.0 && seen.share < MOVES_ON_FROM && !seen.moves_on, "blink {blink}: {seen:?}");
        }
        // Small changes that add up are another moment.
        for (at, moves_on) in [(100, true), (200, false), (300, true)] {
            fake.paint(at, at, 8);
            assert_eq!(looker.look(false, true).await.unwrap().moves_on, moves_on, "{at}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_gone_is_said_with_a_way_out() {
        let fake = Fake::default();
        fake.lose_source();
        let Err(EnvironmentError::Trouble(problem)) = looker(&fake).look(false, true).await else {
            panic!("it is gone");
        };
        assert!(problem.summary.contains("gone") && !problem.remedies.is_empty(), "{problem}");
    }
}
