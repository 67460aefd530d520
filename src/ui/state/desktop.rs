//! What the window knows of the desktop before a session: what can be looked at, and how well a calibration aimed.

use crate::protocol::{CalibrationReport, Command, DesktopReport};

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Problem;

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
}
