//! The command palette: what is typed into it, and which command is chosen.

use egui::Id;

use super::{LEAST_LOOK_S, shortcuts::Deed};

/// The palette, open or not.
#[derive(Default)]
pub struct PaletteState {
    pub is_open: bool,
    /// It was opened in this frame and wants the focus.
    pub is_fresh: bool,
    pub typed: String,
    /// A command and not its place in the list: the list changes while one looks at it.
    chosen: Option<Deed>,
    /// The approval whose answers stand in the list, and since when: seconds on the window's clock.
    asked: Option<(u64, f64)>,
    /// What had the focus before.
    before: Option<Id>,
    /// What is carried out in the next frame, when the field that is being typed into has said what was typed.
    pub next: Option<Deed>,
    /// Another plan was chosen here: its field is to have the focus.
    pub wants_word: bool,
}

impl PaletteState {
    /// Shows it. `focused` is what has the focus now.
    pub fn open(&mut self, focused: Option<Id>) {
        *self = Self { is_open: true, is_fresh: true, before: focused, next: self.next.take(), ..Self::default() };
    }

    /// Puts it away; gives what had the focus before.
    pub fn close(&mut self) -> Option<Id> {
        self.is_open = false;
        self.before.take()
    }

    /// Other letters were typed, so the first of what they find is chosen.
    pub fn typed(&mut self) {
        self.chosen = None;
    }

    /// Chooses this one.
    pub fn choose(&mut self, deed: Deed) {
        self.chosen = Some(deed);
    }

    /// Where the chosen one stands; the first is chosen where none is, or the chosen one is gone.
    pub fn place(&mut self, found: &[(Deed, String)]) -> Option<usize> {
        let place = found.iter().position(|(deed, _)| Some(deed) == self.chosen.as_ref());
        let place = place.or((!found.is_empty()).then_some(0))?;
        self.chosen = Some(found[place].0.clone());
        Some(place)
    }

    /// Looks at what stands in the list now. True when a command of it can be carried out, which an answer can only once
    /// somebody can have read it there: what is entered out of habit must not approve anything. `now` in seconds on the
    /// window's clock.
    pub fn can_answer(&mut self, found: &[(Deed, String)], now: f64) -> bool {
        let Some(approval) = found.iter().find_map(|(deed, _)| deed.answers()) else {
            self.asked = None;
            return true;
        };
        let since = self.asked.filter(|(asked, _)| *asked == approval).map_or(now, |(_, since)| since);
        self.asked = Some((approval, since));
        now - since >= LEAST_LOOK_S
    }

    /// Chooses one further down (or up), round the ends of the list.
    pub fn step(&mut self, found: &[(Deed, String)], down: usize, up: usize) {
        let Some(place) = self.place(found) else { return };
        let count = found.len();
        let place = (place + down % count + count - up % count) % count;
        self.chosen = Some(found[place].0.clone());
    }
}

/// The commands whose names have every typed word, in any order; those in which the words begin like that come first.
pub fn found(deeds: Vec<Deed>, typed: &str) -> Vec<(Deed, String)> {
    let named = deeds.into_iter().map(|deed| {
        let name = deed.name();
        (deed, name)
    });
    let mut found: Vec<(Deed, String)> = named.filter(|(_, name)| has(name, typed)).collect();
    found.sort_by_key(|(_, name)| !begins(name, typed));
    found
}

/// Whether every typed word occurs in a name, whatever the case and the order.
fn has(name: &str, typed: &str) -> bool {
    let name = name.to_lowercase();
    typed.to_lowercase().split_whitespace().all(|word| name.contains(word))
}

/// Whether every typed word begins a word of the name.
fn begins(name: &str, typed: &str) -> bool {
    let name = name.to_lowercase();
    let mut typed = typed.to_lowercase();
    typed.retain(|letter| letter.is_alphanumeric() || letter.is_whitespace());
    let words: Vec<&str> = name.split(|letter: char| !letter.is_alphanumeric()).collect();
    typed.split_whitespace().all(|typed| words.iter().any(|word| word.starts_with(typed)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::state::Screen;

    fn some() -> Vec<Deed> {
        vec![Deed::Stop, Deed::Show(Screen::Sessions), Deed::Show(Screen::Settings), Deed::ZoomIn]
    }

    #[test]
    fn every_typed_word_must_occur_in_any_order_and_case() {
        for (typed, is_found) in [
            ("", true),
            ("  ", true),
            ("report COPY", true),
            ("cop rep", true),
            ("ort", true),
            ("copy copy", true),
            ("copy stop", false),
            ("reporter", false),
        ] {
            assert_eq!(has("Copy the report", typed), is_found, "{typed:?}");
        }
        assert!(has("Größe der Übersicht", "übersicht größe"));
    }

    #[test]
    fn what_begins_as_typed_comes_before_what_only_has_it() {
        assert!(begins("Go to Sessions", "se") && !begins("Go to Sessions", "ss"));
        let names: Vec<Deed> = found(some(), "s").into_iter().map(|(deed, _)| deed).collect();
        assert_eq!(names[..3], some()[..3]);
        let only: Vec<Deed> = found(some(), "ssions").into_iter().map(|(deed, _)| deed).collect();
        assert_eq!(only, [Deed::Show(Screen::Sessions)]);
    }

    #[test]
    fn an_answer_can_be_given_only_after_it_could_be_read() {
        let mut state = PaletteState::default();
        state.open(None);
        let asking = |approval| vec![(Deed::Approve(approval), "Approve".to_owned()), (Deed::Stop, "Stop".to_owned())];
        let mut can = |found: &[(Deed, String)], now| state.can_answer(found, now);
        assert!(can(&found(some(), ""), 1.0), "there is nothing to be answered");
        assert!(!can(&asking(1), 2.0) && !can(&asking(1), 2.3));
        assert!(can(&asking(1), 2.5));
        assert!(!can(&asking(2), 2.6), "that is another question");
        assert!(can(&asking(2), 3.1));
        state.open(None);
        assert!(!state.can_answer(&asking(2), 3.2), "it has been opened anew");
    }

    #[test]
    fn the_choice_goes_round_and_stays_with_its_command() {
        let mut state = PaletteState::default();
        state.open(None);
        let all = found(some(), "");
        assert_eq!(state.place(&all), Some(0));
        state.step(&all, 0, 1);
        assert_eq!(state.place(&all), Some(3));
        state.step(&all, 2, 0);
        assert_eq!(state.place(&all), Some(1));
        let mut changed = all.clone();
        changed.insert(0, (Deed::Approve(1), "Approve".into()));
        assert_eq!(state.place(&changed), Some(2), "what appears above must not be carried out instead");
        assert_eq!(state.place(&all[2..]), Some(0), "the chosen one is gone");
        state.choose(Deed::ZoomIn);
        state.typed();
        assert_eq!((state.place(&all), state.place(&[])), (Some(0), None));
    }
}
