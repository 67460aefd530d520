//! A desktop for tests: it shows what was painted, and keeps what was sent.

use std::{
    any::Any,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use super::machine::{Activity, DesktopError, Eyes, Frame, Hands, Machine, Marks, Pressable, Sentry, Shot, Target};
use crate::protocol::ScreenSource;

type Hook = Box<dyn FnOnce() + Send>;
type Heard = Arc<dyn Fn(Activity) + Send + Sync>;

/// Cheap to clone; all clones are the same.
#[derive(Clone, Default)]
pub struct Fake(Arc<State>);

struct State {
    shot: Mutex<Shot>,
    /// Everything that was sent, in order: `down w`, `up w`, `point 1, 2`, `turn 0, 1`.
    sent: Mutex<Vec<String>>,
    down: Mutex<Vec<String>>,
    pointer: Mutex<(i32, i32)>,
    refuses: AtomicBool,
    is_lost: AtomicBool,
    before_press: Mutex<Option<Hook>>,
    after_press: Mutex<Option<Hook>>,
    heard: Mutex<Option<Heard>>,
    shots: AtomicU64,
    /// Where clicks arrive, off from where they were meant to go.
    off: Mutex<(i32, i32)>,
    /// The target that is shown, and the clicks on it.
    target: Mutex<Option<(i32, i32)>>,
    is_covered: AtomicBool,
    clicks: Mutex<Vec<(i32, i32)>>,
    /// What the frame says.
    frame: Mutex<Vec<String>>,
    is_framed: AtomicBool,
}

impl Default for State {
    fn default() -> Self {
        Self {
            shot: Mutex::new(grey(640, 480)),
            sent: Mutex::default(),
            down: Mutex::default(),
            pointer: Mutex::default(),
            refuses: AtomicBool::default(),
            is_lost: AtomicBool::default(),
            before_press: Mutex::default(),
            after_press: Mutex::default(),
            heard: Mutex::default(),
            shots: AtomicU64::default(),
            off: Mutex::default(),
            target: Mutex::default(),
            is_covered: AtomicBool::default(),
            clicks: Mutex::default(),
            frame: Mutex::default(),
            is_framed: AtomicBool::default(),
        }
    }
}

fn grey(width: u32, height: u32) -> Shot {
    let bytes = usize::try_from(width * height * 3).unwrap();
    Shot { x: 0, y: 0, width, height, rgb: vec![128; bytes] }
}

impl Fake {
    /// One of 1280 by 800.
    pub fn large() -> Self {
        let fake = Self::default();
        *fake.0.shot.lock().unwrap() = grey(1280, 800);
        fake
    }

    pub fn machine(&self) -> Machine {
        Machine {
            system: "made up".to_owned(),
            eyes: Arc::new(self.clone()),
            hands: Some(Arc::new(self.clone())),
            why_no_hands: String::new(),
            marks: Some(Arc::new(self.clone())),
            sentry: Some(Arc::new(self.clone())),
        }
    }

    /// Changes a square of so many pixels.
    pub fn paint(&self, x: usize, y: usize, side: usize) {
        let mut shot = self.0.shot.lock().unwrap();
        let width = usize::try_from(shot.width).unwrap();
        for row in y..y + side {
            let from = (row * width + x) * 3;
            shot.rgb[from..from + side * 3].iter_mut().for_each(|byte| *byte = byte.wrapping_add(99));
        }
    }

    pub fn sent(&self) -> Vec<String> {
        self.0.sent.lock().unwrap().clone()
    }

    pub fn down_now(&self) -> Vec<String> {
        self.0.down.lock().unwrap().clone()
    }

    pub fn shots(&self) -> u64 {
        self.0.shots.load(Ordering::SeqCst)
    }

    pub fn framed(&self) -> Option<String> {
        let is_framed = self.0.is_framed.load(Ordering::SeqCst);
        self.0.frame.lock().unwrap().last().cloned().filter(|_| is_framed)
    }

    /// Whether the frame has said this.
    pub fn has_framed(&self, words: &str) -> bool {
        self.0.frame.lock().unwrap().iter().any(|said| said == words)
    }

    /// Somebody else holds a key.
    pub fn user_holds(&self, key: &str) {
        self.0.down.lock().unwrap().push(key.to_owned());
    }

    /// What is looked at has another size.
    pub fn resize(&self, width: u32, height: u32) {
        *self.0.shot.lock().unwrap() = grey(width, height);
    }

    pub fn refuse(&self, refuses: bool) {
        self.0.refuses.store(refuses, Ordering::SeqCst);
    }

    pub fn lose_source(&self) {
        self.0.is_lost.store(true, Ordering::SeqCst);
    }

    /// Something lies on top of every target.
    pub fn cover(&self) {
        self.0.is_covered.store(true, Ordering::SeqCst);
    }

    /// Clicks arrive so far from where they were meant to go.
    pub fn miss_by(&self, off: (i32, i32)) {
        *self.0.off.lock().unwrap() = off;
    }

    /// Is done just before something goes down.
    pub fn before_next_press(&self, hook: impl FnOnce() + Send + 'static) {
        *self.0.before_press.lock().unwrap() = Some(Box::new(hook));
    }

    /// Is done as soon as something is down.
    pub fn after_next_press(&self, hook: impl FnOnce() + Send + 'static) {
        *self.0.after_press.lock().unwrap() = Some(Box::new(hook));
    }

    /// The user does something.
    pub fn user(&self, activity: Activity) {
        let heard = self.0.heard.lock().unwrap().clone();
        if let Some(heard) = heard {
            heard(activity);
        }
    }

    pub fn is_watched(&self) -> bool {
        self.0.heard.lock().unwrap().is_some()
    }

    fn send(&self, words: String) -> Result<(), DesktopError> {
        if self.0.refuses.load(Ordering::SeqCst) {
            return Err(DesktopError::Refused("not now".to_owned()));
        }
        self.0.sent.lock().unwrap().push(words);
        Ok(())
    }

    fn click(&self) {
        let (pointer, off) = (*self.0.pointer.lock().unwrap(), *self.0.off.lock().unwrap());
        if self.0.target.lock().unwrap().is_some() && !self.0.is_covered.load(Ordering::SeqCst) {
            self.0.clicks.lock().unwrap().push((pointer.0 + off.0, pointer.1 + off.1));
        }
    }
}

impl Eyes for Fake {
    fn sources(&self) -> Result<Vec<ScreenSource>, DesktopError> {
        self.find("screen").map(|source| vec![source])
    }

    fn find(&self, source: &str) -> Result<ScreenSource, DesktopError> {
        if self.0.is_lost.load(Ordering::SeqCst) {
            return Err(DesktopError::Gone(source.to_owned()));
        }
        let Shot { x, y, width, height, .. } = *self.0.shot.lock().unwrap();
        Ok(ScreenSource { source: source.to_owned(), title: "Whole screen".to_owned(), x, y, width, height })
    }

    fn shoot(&self, _: &ScreenSource) -> Result<Shot, DesktopError> {
        self.0.shots.fetch_add(1, Ordering::SeqCst);
        Ok(self.0.shot.lock().unwrap().clone())
    }

    fn focus(&self, _: &ScreenSource) -> Result<(), DesktopError> {
        Ok(())
    }
}

impl Hands for Fake {
    fn set(&self, what: &Pressable, is_down: bool) -> Result<(), DesktopError> {
        let words = what.words();
        if !is_down {
            self.send(format!("up {words}"))?;
            self.0.down.lock().unwrap().retain(|other| *other != words);
            return Ok(());
        }
        let before = self.0.before_press.lock().unwrap().take();
        if let Some(hook) = before {
            hook();
        }
        self.send(format!("down {words}"))?;
        if matches!(what, Pressable::Button(_)) {
            self.click();
        }
        self.0.down.lock().unwrap().push(words);
        let after = self.0.after_press.lock().unwrap().take();
        if let Some(hook) = after {
            hook();
        }
        Ok(())
    }

    fn point(&self, x: i32, y: i32) -> Result<(), DesktopError> {
        self.send(format!("point {x}, {y}"))?;
        *self.0.pointer.lock().unwrap() = (x, y);
        Ok(())
    }

    fn pointer(&self) -> Result<(i32, i32), DesktopError> {
        Ok(*self.0.pointer.lock().unwrap())
    }

    fn scroll(&self, right: i32, down: i32) -> Result<(), DesktopError> {
        self.send(format!("turn {right}, {down}"))
    }

    fn strokes(&self, letter: char) -> Result<Vec<Pressable>, DesktopError> {
        let key = letter.to_lowercase().collect::<String>();
        let key: Pressable = format!("key {key}").parse().map_err(DesktopError::Refused)?;
        let shift = letter.is_uppercase().then(|| "key shift".parse().unwrap());
        Ok(shift.into_iter().chain([key]).collect())
    }

    fn down(&self) -> Result<Vec<String>, DesktopError> {
        Ok(self.down_now())
    }
}

impl Marks for Fake {
    fn frame(&self, _: &ScreenSource, words: &str) -> Result<Box<dyn Frame>, DesktopError> {
        self.0.is_framed.store(true, Ordering::SeqCst);
        let mut frame = FakeFrame(self.clone());
        frame.say(words)?;
        Ok(Box::new(frame))
    }

    fn target(&self, x: i32, y: i32) -> Result<Box<dyn Target>, DesktopError> {
        *self.0.target.lock().unwrap() = Some((x, y));
        Ok(Box::new(FakeTarget(self.clone())))
    }
}

struct FakeFrame(Fake);

impl Frame for FakeFrame {
    fn say(&mut self, words: &str) -> Result<(), DesktopError> {
        self.0.0.frame.lock().unwrap().push(words.to_owned());
        Ok(())
    }
}

impl Drop for FakeFrame {
    fn drop(&mut self) {
        self.0.0.is_framed.store(false, Ordering::SeqCst);
    }
}

struct FakeTarget(Fake);

impl Target for FakeTarget {
    fn seen_in(&self, _: &Shot) -> Option<(i32, i32)> {
        let is_covered = self.0.0.is_covered.load(Ordering::SeqCst);
        self.0.0.target.lock().unwrap().filter(|_| !is_covered)
    }

    fn clicked(&mut self, _: u64) -> Result<Option<(i32, i32)>, DesktopError> {
        Ok(self.0.0.clicks.lock().unwrap().pop())
    }
}

impl Drop for FakeTarget {
    fn drop(&mut self) {
        *self.0.0.target.lock().unwrap() = None;
    }
}

impl Sentry for Fake {
    fn watch(
        &self,
        _: &str,
        heard: Box<dyn Fn(Activity) + Send + Sync>,
    ) -> Result<Box<dyn Any + Send + Sync>, DesktopError> {
        *self.0.heard.lock().unwrap() = Some(Arc::from(heard));
        Ok(Box::new(Watching(self.clone())))
    }
}

struct Watching(Fake);

impl Drop for Watching {
    fn drop(&mut self) {
        *self.0.0.heard.lock().unwrap() = None;
    }
}
