//! A deed in single steps, each done at once: press, let go, point, turn, pause.

use super::{
    deed::Deed,
    geometry::Spot,
    key::Key,
    machine::{Button, Pressable},
    stroke::Stroke,
};

/// Between two presses, so that two stay two.
const BETWEEN_MS: u64 = 40;
/// A key is down so long, and then up so long, when a text is typed.
const LETTER_MS: u64 = 12;
/// What was pointed at may want to know before it is pressed.
const POINT_MS: u64 = 25;
/// A second click later than some 200 ms is no double-click any more.
const QUICK_MS: u64 = 40;
/// What is dragged has to be taken and let go of with some care.
const CARE_MS: u64 = 80;
const DRAG_STEPS: i32 = 8;
const DRAG_STEP_MS: u64 = 15;
/// Games lose the mouse where it moves too far at once. Pixels.
const LOOK_STEP: u32 = 60;
const LOOK_STEP_MS: u64 = 10;

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Down(Pressable),
    Up(Pressable),
    /// Whatever has to be pressed to write it, held for so long.
    Letter {
        letter: char,
        ms: u64,
    },
    Point {
        x: i32,
        y: i32,
    },
    /// From where the pointer is.
    Shift {
        right: i32,
        down: i32,
    },
    Turn {
        right: i32,
        down: i32,
    },
    Pause(u64),
}

/// The steps of a deed. `press_ms` is how long a key is down that is only to be pressed.
pub fn steps(deed: &Deed, press_ms: u64) -> Vec<Step> {
    match deed {
        Deed::Press { stroke, times } => {
            let once = held(stroke, press_ms);
            (0..*times).flat_map(|_| [once.clone(), vec![Step::Pause(BETWEEN_MS)]].concat()).collect()
        }
        Deed::Hold { stroke, ms } => held(stroke, *ms),
        Deed::Type { text } => text.chars().flat_map(typed).collect(),
        Deed::Click { at, button, is_double } => {
            let mut steps = at.map(pointed).unwrap_or_default();
            let ms = if *is_double { QUICK_MS.min(press_ms) } else { press_ms };
            steps.extend(pressed(&[Pressable::Button(*button)], ms));
            if *is_double {
                steps.push(Step::Pause(QUICK_MS));
                steps.extend(pressed(&[Pressable::Button(*button)], ms));
            }
            steps
        }
        Deed::Move { to } => pointed(*to),
        Deed::Look { right, down } => shifted(*right, *down),
        Deed::Drag { from, to, button } => dragged(*from, *to, *button),
        Deed::Scroll { at, right, down } => {
            let mut steps = at.map(pointed).unwrap_or_default();
            steps.push(Step::Turn { right: *right, down: *down });
            steps
        }
        Deed::Wait { ms } => vec![Step::Pause(*ms)],
        Deed::GoalReached { .. } => Vec::new(),
    }
}

fn held(stroke: &Stroke, ms: u64) -> Vec<Step> {
    match stroke {
        Stroke::Together(together) => pressed(together, ms),
        Stroke::Letter(letter) => vec![Step::Letter { letter: *letter, ms }],
    }
}

/// Down one after the other, and up the other way round.
fn pressed(together: &[Pressable], ms: u64) -> Vec<Step> {
    let down = together.iter().cloned().map(Step::Down);
    let up = together.iter().rev().cloned().map(Step::Up);
    down.chain([Step::Pause(ms)]).chain(up).collect()
}

fn typed(letter: char) -> Vec<Step> {
    let key = match letter {
        '\n' => Key::parse("enter").ok(),
        '\t' => Key::parse("tab").ok(),
        _ => None,
    };
    let mut steps = match key {
        Some(key) => pressed(&[Pressable::Key(key)], LETTER_MS),
        None => vec![Step::Letter { letter, ms: LETTER_MS }],
    };
    steps.push(Step::Pause(LETTER_MS));
    steps
}

fn pointed(spot: Spot) -> Vec<Step> {
    vec![Step::Point { x: spot.x, y: spot.y }, Step::Pause(POINT_MS)]
}

/// In parts none of which is too far.
fn shifted(right: i32, down: i32) -> Vec<Step> {
    let parts = right.unsigned_abs().max(down.unsigned_abs()).div_ceil(LOOK_STEP).clamp(1, 200);
    let parts = i32::try_from(parts).unwrap_or(1);
    let share = |way: i32, part: i32| part_of(way, part + 1, parts) - part_of(way, part, parts);
    let step = |part| [Step::Shift { right: share(right, part), down: share(down, part) }, Step::Pause(LOOK_STEP_MS)];
    (0..parts).flat_map(step).collect()
}

/// So many parts of a way, out of all.
fn part_of(way: i32, parts: i32, all: i32) -> i32 {
    i32::try_from(i64::from(way) * i64::from(parts) / i64::from(all.max(1))).unwrap_or(way)
}

fn dragged(from: Spot, to: Spot, button: Button) -> Vec<Step> {
    let on_the_way = |part| {
        let (right, down) = (to.x.saturating_sub(from.x), to.y.saturating_sub(from.y));
        let (x, y) = (from.x + part_of(right, part, DRAG_STEPS), from.y + part_of(down, part, DRAG_STEPS));
        [Step::Point { x, y }, Step::Pause(DRAG_STEP_MS)]
    };
    let begin = pointed(from).into_iter().chain([Step::Down(Pressable::Button(button)), Step::Pause(CARE_MS)]);
    let end = [Step::Pause(CARE_MS), Step::Up(Pressable::Button(button))];
    begin.chain((1..=DRAG_STEPS).flat_map(on_the_way)).chain(end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(x: i32, y: i32) -> Spot {
        Spot { shown: (0, 0), inside: (0, 0), x, y }
    }

    fn pressable(text: &str) -> Pressable {
        text.parse().unwrap()
    }

    /// What is down after all steps, none of which lets go of what is up.
    fn down_after(steps: &[Step]) -> Vec<Pressable> {
        let mut down: Vec<Pressable> = Vec::new();
        for step in steps {
            match step {
                Step::Down(what) => {
                    assert!(!down.contains(what), "{what} is down already");
                    down.push(what.clone());
                }
                Step::Up(what) => assert_eq!(down.pop().as_ref(), Some(what), "the last one goes up first"),
                _ => {}
            }
        }
        down
    }

    #[test]
    fn whatever_goes_down_comes_up_again() {
        let stroke = Stroke::parse("ctrl+shift+t").unwrap();
        let at = Some(spot(5, 5));
        for deed in [
            Deed::Press { stroke: stroke.clone(), times: 3 },
            Deed::Hold { stroke, ms: 500 },
            Deed::Type { text: "a\n\tb".to_owned() },
            Deed::Click { at, button: Button::Left, is_double: true },
            Deed::Drag { from: spot(0, 0), to: spot(100, 9), button: Button::Right },
        ] {
            assert!(down_after(&steps(&deed, 80)).is_empty(), "{deed:?}");
        }
    }

    #[test]
    fn several_at_once_go_down_in_order() {
        let steps = steps(&Deed::Hold { stroke: Stroke::parse("ctrl+s").unwrap(), ms: 500 }, 80);
        let (ctrl, s) = (pressable("key ctrl"), pressable("key s"));
        let expected = [Step::Down(ctrl.clone()), Step::Down(s.clone()), Step::Pause(500), Step::Up(s), Step::Up(ctrl)];
        assert_eq!(steps, expected);
    }

    #[test]
    fn a_long_way_is_gone_in_parts_that_add_up() {
        for way in [(0, 0), (59, -3), (601, -1207), (-7, 100_000)] {
            let steps = steps(&Deed::Look { right: way.0, down: way.1 }, 80);
            let shifts = steps.iter().filter_map(|step| match step {
                Step::Shift { right, down } => Some((*right, *down)),
                _ => None,
            });
            let sum = shifts.fold((0, 0), |sum, shift| (sum.0 + shift.0, sum.1 + shift.1));
            assert_eq!(sum, way);
        }
    }

    #[test]
    fn what_is_dragged_arrives() {
        let steps = steps(&Deed::Drag { from: spot(-10, 0), to: spot(90, -41), button: Button::Left }, 80);
        let last = steps.iter().rev().find_map(|step| match step {
            Step::Point { x, y } => Some((*x, *y)),
            _ => None,
        });
        assert_eq!(last, Some((90, -41)));
    }
}
