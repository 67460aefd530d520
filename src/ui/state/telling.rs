//! Which events are worth a message, and whether it floats: what the screen already says is only kept.

use super::{Screen, State, messages::Weight};
use crate::{
    protocol::{Ending, Event, LoopName, NewestRelease, Notice, NoticeKind, Problem, SessionReport},
    ui::{catalogue::say, words},
};

impl State {
    /// Keeps what an event has to say to the person.
    pub(super) fn tell(&mut self, event: &Event) {
        match event {
            // They stand on the first screen.
            Event::SettingsLoaded { warnings, .. } => {
                warnings.iter().for_each(|words| self.messages.note(Weight::Warning, words.clone(), None));
            }
            Event::Notice(notice) => self.tell_notice(notice),
            Event::FileSaved { place } => {
                self.messages.say(Weight::Done, say!("shell-saved-as", place = place.clone()), None);
            }
            Event::LessonsForgotten { environment, lessons } => {
                let text = words::forgotten(environment, *lessons);
                self.say_unless(self.screen == Screen::Learning, Weight::Done, text, None);
            }
            Event::NewestRelease(release) => self.tell_release(release),
            Event::SessionEnded(report) => self.tell_end(report),
            // It stands over every screen.
            Event::Refused(problem) => {
                self.messages.note(Weight::Error, problem.summary.clone(), Some((**problem).clone()));
            }
            _ => {}
        }
    }

    /// Text is in the clipboard.
    pub fn copied(&mut self) {
        self.messages.say(Weight::Done, say!("shell-copied"), None);
    }

    fn tell_notice(&mut self, notice: &Notice) {
        let (weight, is_beside_the_scene) = match notice.kind {
            NoticeKind::Information => (Weight::Information, false),
            NoticeKind::Warning => (Weight::Warning, self.screen == Screen::Run && self.session.is_some()),
        };
        let is_of_learning = self.screen == Screen::Learning && notice.from == LoopName::Learning.title();
        let is_seen = is_beside_the_scene || is_of_learning;
        self.say_unless(is_seen, weight, notice.text.clone(), notice.problem.clone());
    }

    /// It can wait, so it does not float; and once is enough. What could not be learnt stands in the settings.
    fn tell_release(&mut self, release: &NewestRelease) {
        if let NewestRelease::Newer { version, .. } = release
            && self.release.as_ref() != Some(release)
        {
            self.messages.leave(Weight::Information, words::newer(version), None);
        }
    }

    fn tell_end(&mut self, report: &SessionReport) {
        let (weight, text) = match report.outcome {
            Ending::Stopped => (Weight::Done, say!("shell-session-stopped", count = report.steps)),
            Ending::Finished => (Weight::Done, say!("shell-session-finished", count = report.steps)),
            Ending::GoalReached => (Weight::Done, say!("shell-session-reached", count = report.steps)),
            Ending::LimitReached => (Weight::Done, say!("shell-session-limited", count = report.steps)),
            Ending::Failed => (Weight::Error, say!("shell-session-failed", count = report.steps)),
        };
        self.say_unless(self.screen == Screen::Run, weight, text, report.problem.clone());
    }

    fn say_unless(&mut self, is_seen: bool, weight: Weight, words: String, problem: Option<Problem>) {
        if is_seen {
            self.messages.note(weight, words, problem);
        } else {
            self.messages.say(weight, words, problem);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(kind: NoticeKind) -> Event {
        let notice = Notice { kind, from: "reasoning".into(), text: "threat did not answer".into(), problem: None };
        Event::Notice(Box::new(notice))
    }

    fn floating(state: &State) -> usize {
        state.messages.floating().0.len()
    }

    #[test]
    fn what_the_screen_says_already_does_not_float() {
        let mut state = State::default();
        state.take(notice(NoticeKind::Warning));
        assert_eq!(floating(&state), 1);
        let mut state = State { screen: Screen::Learning, ..State::default() };
        state.take(Event::LessonsForgotten { environment: "world".into(), lessons: 2 });
        state.take(Event::Refused(Box::new(Problem::plain("No", vec![], "Yes"))));
        assert_eq!((floating(&state), state.messages.newest_first().count()), (0, 2));
    }

    #[test]
    fn a_newer_version_is_told_once_and_does_not_float() {
        let mut state = State::default();
        let newer = |version: &str| {
            let page = Some("https://example.org/".to_owned());
            Event::NewestRelease(Box::new(NewestRelease::Newer { version: version.to_owned(), page }))
        };
        state.take(newer("7.8.9"));
        state.take(newer("7.8.9"));
        assert_eq!((floating(&state), state.messages.newest_first().count()), (0, 1));
        let message = state.messages.newest_first().next().unwrap();
        assert_eq!((message.times, message.is_new), (1, true));
        assert!(message.words.starts_with("Version 7.8.9 is out; this is "), "{}", message.words);
        state.take(Event::NewestRelease(Box::new(NewestRelease::NoneNewer)));
        assert_eq!(state.messages.newest_first().count(), 1, "that is no news");
        state.take(newer("7.9.0"));
        assert_eq!(state.messages.newest_first().count(), 2);
    }

    #[test]
    fn what_was_wanted_is_confirmed_and_is_nothing_new() {
        let mut state = State::default();
        state.take(Event::FileSaved { place: "/tmp/a.html".into() });
        state.copied();
        let (messages, _) = state.messages.floating();
        let words: Vec<&str> = messages.iter().map(|message| message.words.as_str()).collect();
        assert_eq!(words, ["It is in the clipboard", "Saved as /tmp/a.html"]);
        assert_eq!(state.messages.unread(), 0);
    }
}
