//! Taking keys and mouse: a guardian first, then a calibration, then a frame around the screen and a count-down that
//! everybody can see and stop.

use std::{
    any::Any,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{select, time::sleep};

use super::{
    acting::Actor,
    aside::{MAY_TAKE, aside},
    calibration::{self, Calibration},
    grip::{Grip, Tell},
    machine::{Activity, DesktopError, Eyes, Frame, Hands, Machine, Marks, Sentry},
    place::Live,
    yielding::{LeftAlone, Vigil},
};
use crate::{
    environment::{EnvironmentError, HeldKeys},
    guardian::Guardian,
    protocol::{CalibrationReport, Problem, ScreenSource},
    settings::DesktopSettings,
};

/// The longest that a calibration waits for the user to take the hands off, each time, beside the time that they are to
/// be off.
const HANDS_OFF_WITHIN: Duration = Duration::from_secs(10);
/// So often it is begun where the user's hand ends it: whoever has just started it has the mouse in the hand.
const ATTEMPTS: usize = 3;

/// What is needed to touch anything.
pub struct Means {
    pub hands: Arc<dyn Hands>,
    pub marks: Arc<dyn Marks>,
}

impl Means {
    /// What the machine has; a problem where something is missing.
    pub fn of(machine: &Machine) -> Result<Self, Box<Problem>> {
        let missing = |what: &str| {
            let details = vec![machine.why_no_hands.clone(), machine.system.clone()];
            let details = details.into_iter().filter(|detail| !detail.is_empty()).collect();
            let advice =
                "Choose the dry run, which only shows what would be done, or log in to another kind of session";
            Box::new(Problem::plain(format!("{what} cannot be used here"), details, advice))
        };
        let hands = machine.hands.clone().ok_or_else(|| missing("Keys and mouse"))?;
        let marks =
            machine.marks.clone().ok_or_else(|| missing("Marks on the screen, without which nothing is touched,"))?;
        Ok(Self { hands, marks })
    }
}

/// Starts the second process that lets go of keys if this one is killed.
pub fn guardian(program: Option<&Path>) -> Result<Guardian, Box<Problem>> {
    let failed = |details: Vec<String>| {
        let advice = "Start the program from its own file, or choose the dry run";
        Box::new(Problem::plain("Nobody would let go of keys if this program were killed", details, advice))
    };
    let program = program.ok_or_else(|| failed(vec!["it is not known where this program lies".to_owned()]))?;
    Guardian::start(program).map_err(|error| failed(vec![format!("{}: {error}", program.display())]))
}

/// Tells this guardian.
pub fn telling(guardian: &Guardian) -> Tell {
    let guardian = guardian.clone();
    Arc::new(move |message| guardian.tell(message))
}

/// Watches the user and waits for the stop key.
pub async fn watch(
    sentry: Arc<dyn Sentry>,
    vigil: &Arc<Vigil>,
    stop_key: &str,
) -> Result<Box<dyn Any + Send + Sync>, Box<Problem>> {
    let (vigil, key) = (Arc::clone(vigil), stop_key.to_owned());
    let heard = Box::new(move |activity: Activity| vigil.heard(activity));
    let watching = aside(MAY_TAKE, move || sentry.watch(&key, heard)).await;
    watching.map_err(told)?.map_err(|error| Box::new(error.problem()))
}

/// Calibrates, counts down and takes keys and mouse.
pub async fn take(
    machine: &Machine,
    means: Means,
    settings: &DesktopSettings,
    source: &ScreenSource,
    (guardian, tell): (Option<Guardian>, Tell),
    (keys, vigil): (HeldKeys, &Arc<Vigil>),
) -> Result<Live, Box<Problem>> {
    let Means { hands, marks } = means;
    let grip = Grip::new(hands, tell, keys);
    let quiet = Duration::try_from_secs_f64(settings.hands_off_s).unwrap_or_default();
    let aim = Aim { eyes: Arc::clone(&machine.eyes), marks: Arc::clone(&marks), grip: grip.clone(), quiet };
    if let Some(problem) = aim.calibrate(source, vigil).await?.problem {
        return Err(Box::new(problem));
    }
    let frame = count_down(marks, source, settings, vigil).await?;
    let actor = Actor { grip, vigil: Arc::clone(vigil), press_ms: settings.press_ms, quiet };
    Ok(Live { actor: Arc::new(actor), frame: Some(Arc::new(Mutex::new(frame))), guardian })
}

/// What a calibration needs.
pub struct Aim {
    pub eyes: Arc<dyn Eyes>,
    pub marks: Arc<dyn Marks>,
    pub grip: Grip,
    /// How long nobody else may have touched mouse or keyboard before.
    pub quiet: Duration,
}

impl Aim {
    /// Calibrates. The user's hand ends it, and then it is begun anew: clicks of two tell nothing.
    pub async fn calibrate(
        &self,
        source: &ScreenSource,
        vigil: &Arc<Vigil>,
    ) -> Result<CalibrationReport, Box<Problem>> {
        for _attempt in 0..ATTEMPTS {
            match vigil.left_alone(self.quiet, self.quiet + HANDS_OFF_WITHIN, vigil.halt()).await {
                LeftAlone::Yes => {}
                LeftAlone::StillInUse => break,
                LeftAlone::Stopped => {
                    return Err(Box::new(Problem::plain("Stopped before the calibration", Vec::new(), "Start again")));
                }
            }
            let under_way = vigil.begin_before_the_session();
            let (eyes, marks, grip) = (Arc::clone(&self.eyes), Arc::clone(&self.marks), self.grip.clone());
            let (end, source) = (under_way.token().clone(), source.clone());
            let run = move || Calibration { eyes: &*eyes, marks: &*marks, grip: &grip, end: &end }.run(&source);
            let report = aside(calibration::MAY_TAKE + MAY_TAKE, run).await.map_err(told)?;
            if under_way.because().is_none() {
                return Ok(report);
            }
        }
        let advice = "Take your hands off both until the frame is there, and start again";
        Err(Box::new(Problem::plain("Mouse or keyboard were used during the calibration", Vec::new(), advice)))
    }
}

/// What the frame says while the agent may act.
pub fn at_the_controls(stop_key: &str) -> String {
    format!("Singularis is at the controls · {stop_key} stops it")
}

/// The same while the session is paused.
pub fn paused(stop_key: &str) -> String {
    format!("Singularis is paused · {stop_key} stops it")
}

/// A frame, and in it the seconds that are left.
async fn count_down(
    marks: Arc<dyn Marks>,
    source: &ScreenSource,
    settings: &DesktopSettings,
    vigil: &Vigil,
) -> Result<Box<dyn Frame>, Box<Problem>> {
    let stopped = || Box::new(Problem::plain("Stopped before keys and mouse were taken", Vec::new(), "Start again"));
    let soon = |seconds: u64| format!("Singularis takes mouse and keyboard in {seconds}…");
    let (around, words) = (source.clone(), soon(settings.countdown_s));
    let shown = aside(MAY_TAKE, move || marks.frame(&around, &words)).await.map_err(told)?;
    let mut frame = shown.map_err(|error| Box::new(error.problem()))?;
    for seconds in (1..=settings.countdown_s).rev() {
        frame = say(frame, soon(seconds)).await?;
        select! {
            biased;
            () = vigil.halt().cancelled() => return Err(stopped()),
            () = sleep(Duration::from_secs(1)) => {}
        }
    }
    if vigil.halt().is_cancelled() {
        return Err(stopped());
    }
    say(frame, at_the_controls(&settings.stop_key)).await
}

async fn say(mut frame: Box<dyn Frame>, words: String) -> Result<Box<dyn Frame>, Box<Problem>> {
    let saying = move || frame.say(&words).map(|()| frame);
    let said: Result<Result<Box<dyn Frame>, DesktopError>, EnvironmentError> = aside(MAY_TAKE, saying).await;
    said.map_err(told)?.map_err(|error| Box::new(error.problem()))
}

/// What came out of a thread that hangs or broke, for people.
#[expect(clippy::unnecessary_box_returns, reason = "whoever opens something gives its problem boxed")]
pub fn told(error: EnvironmentError) -> Box<Problem> {
    match error {
        EnvironmentError::Trouble(problem) => problem,
        other => {
            let advice = "Try again; if it happens again, log in to the desktop once more";
            Box::new(Problem::plain("The desktop does not answer", vec![other.to_string()], advice))
        }
    }
}
