//! The desktop as an environment: the screen is seen, keys and mouse are the actions.
//!
//! ```text
//! machine   x11  other                        what any desktop can do, and the desktops of each system
//! key  pressable  stroke                      names of keys, and what an action calls them
//! profile                                     which keys a program listens to
//! actions  deed  geometry  steps              what is offered, what is asked for, where it lies, how it is done
//! looking  differing  picture  describing     what is seen, what of it is new, how it is told
//! grip  acting  yielding                      pressing so that nothing stays down, and giving way to the user
//! calibration  taking                         before anything is touched
//! place  diary                                the environment, and what it did
//! releaser                                    for the guardian
//! ```
//!
//! A dry run is the default. It holds nothing that could send: `place::Control` has hands in a live session only.

mod acting;
mod actions;
mod aside;
mod calibration;
mod deed;
mod describing;
mod diary;
mod differing;
#[cfg(test)]
mod fake;
mod geometry;
mod grip;
mod key;
mod looking;
pub mod machine;
#[cfg(not(target_os = "linux"))]
mod other;
mod picture;
mod place;
mod pressable;
mod profile;
mod releaser;
mod steps;
mod stroke;
mod taking;
#[cfg(test)]
mod tests;
#[cfg(target_os = "linux")]
mod x11;
mod yielding;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use tokio_util::sync::CancellationToken;

#[cfg(not(target_os = "linux"))]
use self::other as system;
#[cfg(target_os = "linux")]
use self::x11 as system;
use self::{
    aside::{MAY_TAKE, aside},
    grip::{Grip, Tell},
    looking::Looker,
    machine::{DesktopError, Machine},
    place::{Control, DesktopEnvironment, Parts},
    profile::{Profile, Profiles},
    taking::{Aim, Means, told},
    yielding::Vigil,
};
pub use self::{key::Key, releaser::Releaser};
use super::{Environment, HeldKeys, Hooks};
use crate::{
    guardian::Guardian,
    protocol::{CalibrationReport, DesktopReport, NoticeKind, Problem, ScreenSource},
    settings::DesktopSettings,
};

/// What the desktop is opened with.
#[derive(Clone)]
pub struct Surroundings {
    pub hooks: Hooks,
    /// Ends the count-down and every wait.
    pub stop: CancellationToken,
    /// This program, to be started as the guardian; without it keys and mouse are not used.
    pub guardian: Option<PathBuf>,
    /// Where the user keeps key profiles of their own.
    pub profiles: Option<PathBuf>,
}

/// Finds the desktop, and where it is really to be used: calibrates, counts down and takes keys and mouse.
pub async fn open(settings: &DesktopSettings, around: Surroundings) -> Result<Box<dyn Environment>, Box<Problem>> {
    let machine = found().await?;
    let guardian = if settings.live { Some(taking::guardian(around.guardian.as_deref())?) } else { None };
    let opened = open_on(&machine, settings, &around, guardian).await?;
    Ok(Box::new(opened))
}

/// What can be seen of the desktop here.
pub async fn look(profiles: Option<&Path>) -> DesktopReport {
    let profiles = load(profiles).await;
    let mut report = DesktopReport {
        profiles: profiles.usable.iter().map(|profile| (profile.name.clone(), profile.title.clone())).collect(),
        troubles: profiles.troubles,
        ..DesktopReport::default()
    };
    let machine = match found().await {
        Ok(machine) => machine,
        Err(problem) => {
            report.problem = Some(*problem);
            return report;
        }
    };
    report.system.clone_from(&machine.system);
    if machine.hands.is_none() {
        report.troubles.push(format!("Only a dry run is possible: {}", machine.why_no_hands));
    }
    let eyes = machine.eyes;
    match aside(MAY_TAKE, move || eyes.sources()).await {
        Ok(Ok(sources)) => report.sources = sources,
        Ok(Err(error)) => report.problem = Some(error.problem()),
        Err(error) => report.problem = Some(*told(error)),
    }
    report
}

/// Shows targets, clicks them and reads the clicks back. `guardian` is this program, to be started as such.
pub async fn calibrate(
    settings: &DesktopSettings,
    guardian: Option<&Path>,
    stop: &CancellationToken,
) -> CalibrationReport {
    calibrated(settings, guardian, stop)
        .await
        .unwrap_or_else(|problem| CalibrationReport { problem: Some(*problem), ..CalibrationReport::default() })
}

async fn calibrated(
    settings: &DesktopSettings,
    guardian: Option<&Path>,
    stop: &CancellationToken,
) -> Result<CalibrationReport, Box<Problem>> {
    let machine = found().await?;
    let source = located(&machine, &settings.source).await?;
    let Means { hands, marks } = Means::of(&machine)?;
    let guardian = taking::guardian(guardian)?;
    let keys = HeldKeys::default();
    let vigil = Vigil::new(keys.clone(), Hooks::default(), stop, &settings.stop_key);
    // Whatever becomes of this, nothing is clicked after it.
    let _ends_with_it = vigil.halt().clone().drop_guard();
    let sentry = match &machine.sentry {
        Some(sentry) => Some(taking::watch(Arc::clone(sentry), &vigil, &settings.stop_key).await?),
        // Nothing is held for longer than a click.
        None => None,
    };
    let quiet = Duration::try_from_secs_f64(settings.hands_off_s).unwrap_or_default();
    let grip = Grip::new(hands, taking::telling(&guardian), keys);
    let calibrated = Aim { eyes: machine.eyes, marks, grip, quiet }.calibrate(&source, &vigil).await;
    // It waits for a thread.
    let _what_hangs_is_left_behind = aside(MAY_TAKE, move || drop(sentry)).await;
    let _no_certificate_is_asked_for = guardian.end().await;
    calibrated
}

/// Opens one machine, with a guardian that was started for it.
async fn open_on(
    machine: &Machine,
    settings: &DesktopSettings,
    around: &Surroundings,
    guardian: Option<Guardian>,
) -> Result<DesktopEnvironment, Box<Problem>> {
    let source = located(machine, &settings.source).await?;
    let profile = chosen(settings, around).await?;
    let means = if settings.live { Some(Means::of(machine)?) } else { None };
    let keys = HeldKeys::default();
    let vigil = Vigil::new(keys.clone(), around.hooks.clone(), &around.stop, &settings.stop_key);
    // Whoever waits for it may stop waiting, and then nothing may be clicked any more.
    let unless_opened = vigil.halt().clone().drop_guard();
    let sentry = match &machine.sentry {
        Some(sentry) => match taking::watch(Arc::clone(sentry), &vigil, &settings.stop_key).await {
            Ok(watching) => Some(watching),
            Err(problem) if settings.live => return Err(problem),
            Err(problem) => {
                let words = format!("The stop key {} cannot be used here", settings.stop_key);
                (around.hooks.notice)(NoticeKind::Warning, words, Some(*problem));
                None
            }
        },
        None if settings.live => {
            let details = vec![machine.why_no_hands.clone()];
            let advice = "Choose the dry run, which only shows what would be done";
            return Err(Box::new(Problem::plain("Your own hands would not be noticed here", details, advice)));
        }
        None => None,
    };
    let control = match means {
        Some(means) => {
            let tell = guardian.as_ref().map_or_else(|| -> Tell { Arc::new(unguarded) }, taking::telling);
            let (held, watched) = ((guardian, tell), (keys.clone(), &vigil));
            Control::Live(Box::new(taking::take(machine, means, settings, &source, held, watched).await?))
        }
        None => Control::Dry,
    };
    let looker = Looker::new(Arc::clone(&machine.eyes), &settings.source, settings.most_px, settings.look_every_ms);
    let parts = Parts { looker, control, vigil, sentry, profile, keys };
    let opened = DesktopEnvironment::new(settings, parts).await.map_err(told)?;
    let _goes_on = unless_opened.disarm();
    Ok(opened)
}

/// Without a guardian nothing is pressed.
fn unguarded(_: &crate::guardian::Message) -> std::io::Result<()> {
    Err(std::io::Error::from(std::io::ErrorKind::BrokenPipe))
}

/// The desktop of this machine. Blocks while it is connected to.
fn connected() -> Result<Machine, DesktopError> {
    system::open()
}

async fn found() -> Result<Machine, Box<Problem>> {
    aside(MAY_TAKE, connected).await.map_err(told)?.map_err(|error| Box::new(error.problem()))
}

async fn located(machine: &Machine, source: &str) -> Result<ScreenSource, Box<Problem>> {
    let (eyes, source) = (Arc::clone(&machine.eyes), source.to_owned());
    let located = aside(MAY_TAKE, move || eyes.find(&source)).await;
    located.map_err(told)?.map_err(|error| Box::new(error.problem()))
}

async fn load(folder: Option<&Path>) -> Profiles {
    let folder = folder.map(Path::to_path_buf);
    let loaded = aside(MAY_TAKE, move || Profiles::load(folder.as_deref())).await;
    loaded.unwrap_or_else(|error| Profiles { troubles: vec![error.to_string()], ..Profiles::load(None) })
}

/// The profile of the settings; a problem names those that there are.
async fn chosen(settings: &DesktopSettings, around: &Surroundings) -> Result<Option<Profile>, Box<Problem>> {
    let name = settings.profile.trim();
    if name.is_empty() {
        return Ok(None);
    }
    let profiles = load(around.profiles.as_deref()).await;
    if let Some(profile) = profiles.find(name) {
        return Ok(Some(profile.clone()));
    }
    let names: Vec<&str> = profiles.usable.iter().map(|profile| profile.name.as_str()).collect();
    let mut details = vec![format!("there are {}", names.join(", "))];
    details.extend(profiles.troubles);
    let summary = format!("There is no key profile called {name}");
    Err(Box::new(Problem::plain(summary, details, "Choose another profile, or none")))
}
