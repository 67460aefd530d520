//! What the window knows of the desktop before a session: what can be looked at, how well a calibration aimed, and who is
//! to be shown the screen.

use super::State;
use crate::{
    protocol::{CalibrationReport, Command, DesktopReport},
    settings::{Role, cast::SYNTHESIZER},
};

/// Everything the window remembers of the desktop.
#[derive(Default)]
pub struct DesktopState {
    /// As the worker last said; `None` before anybody looked.
    pub seen: Option<DesktopReport>,
    pub calibration: Option<CalibrationReport>,
    pub is_looking: bool,
    pub is_calibrating: bool,
    has_asked: bool,
}

impl DesktopState {
    /// The order to look, once, when the desktop is first wanted.
    pub fn ask(&mut self) -> Option<Command> {
        (!self.has_asked).then(|| self.look())
    }

    /// The order to look again.
    pub fn look(&mut self) -> Command {
        (self.has_asked, self.is_looking) = (true, true);
        Command::LookAtDesktop
    }

    /// The order to calibrate.
    pub fn calibrate(&mut self) -> Command {
        self.is_calibrating = true;
        self.calibration = None;
        Command::Calibrate
    }

    /// The worker has looked.
    pub fn seen(&mut self, report: DesktopReport) {
        self.is_looking = false;
        self.seen = Some(report);
    }

    /// The worker has calibrated.
    pub fn calibrated(&mut self, report: CalibrationReport) {
        self.is_calibrating = false;
        self.calibration = Some(report);
    }

    /// Whatever was refused, nothing of it is waited for.
    pub fn refused(&mut self) {
        (self.is_looking, self.is_calibrating) = (false, false);
    }

    /// Why the desktop cannot be used, in a few words, if it cannot.
    pub fn obstacle(&self) -> Option<&str> {
        let problem = self.seen.as_ref()?.problem.as_ref()?;
        Some(&problem.summary)
    }
}

impl State {
    /// True when a model that decides or advises is shown pictures of the screen.
    pub fn shows_screen(&self) -> bool {
        self.settings.roles.iter().any(|role| may_be_shown(role) && role.needs.vision)
    }

    /// Has all of them shown pictures, or none. The part that is there to look stays as it is.
    pub fn show_screen(&mut self, is_shown: bool) {
        let roles = self.settings.roles.iter_mut().filter(|role| may_be_shown(role));
        roles.for_each(|role| role.needs.vision = is_shown);
    }
}

fn may_be_shown(role: &Role) -> bool {
    role.is_expert() || role.name == SYNTHESIZER
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{protocol::Problem, settings::cast::VISION};

    #[test]
    fn it_is_asked_once_and_a_refusal_does_not_ask_again() {
        let mut state = DesktopState::default();
        assert_eq!((state.ask(), state.ask()), (Some(Command::LookAtDesktop), None));
        state.refused();
        assert!(state.ask().is_none() && !state.is_looking);
        assert_eq!(state.look(), Command::LookAtDesktop);
        state.seen(DesktopReport {
            problem: Some(Problem::plain("No screen", vec![], "x")),
            ..DesktopReport::default()
        });
        assert_eq!((state.is_looking, state.obstacle()), (false, Some("No screen")));
    }

    #[test]
    fn an_old_calibration_is_gone_while_a_new_one_goes_on() {
        let mut state = DesktopState::default();
        state.calibrated(CalibrationReport::default());
        assert_eq!(state.calibrate(), Command::Calibrate);
        assert!(state.calibration.is_none() && state.is_calibrating);
        state.calibrated(CalibrationReport::default());
        assert!(state.calibration.is_some() && !state.is_calibrating);
    }

    #[test]
    fn the_screen_is_shown_to_all_that_decide_or_advise_or_to_none() {
        let mut state = State::default();
        assert!(!state.shows_screen(), "off from the start");
        let roles = &mut state.settings.roles;
        roles.extend(["narrator", VISION].map(|name| Role::new(name, name)));
        state.show_screen(true);
        let seeing = |state: &State| {
            let roles = state.settings.roles.iter().filter(|role| role.needs.vision);
            roles.map(|role| role.name.clone()).collect::<Vec<_>>()
        };
        let all = ["expert.1", "expert.2", "expert.3", "expert.4", SYNTHESIZER, VISION];
        assert_eq!(seeing(&state), all);
        state.show_screen(false);
        assert_eq!((seeing(&state), state.shows_screen()), (vec![VISION.to_owned()], false));
        state.settings.roles[0].needs.vision = true;
        assert!(state.shows_screen(), "one that is shown it is enough to say so");
    }
}
