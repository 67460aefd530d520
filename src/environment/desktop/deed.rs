//! What the agent wants done, read from its call: every argument checked, every point mapped to the desktop.

use serde_json::{Map, Value};

use super::{
    actions::{MOST_LETTERS, MOST_NOTCHES, MOST_TIMES, MOST_WAIT_MS, Terms},
    geometry::Spot,
    machine::Button,
    profile::MouseAction,
    stroke::Stroke,
};
use crate::protocol::ActionCall;

/// One action that can be done as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    Press {
        stroke: Stroke,
        times: u64,
    },
    Hold {
        stroke: Stroke,
        ms: u64,
    },
    Type {
        text: String,
    },
    /// Where the pointer is, if no point is given.
    Click {
        at: Option<Spot>,
        button: Button,
        is_double: bool,
    },
    Move {
        to: Spot,
    },
    /// Moves the pointer from where it is, in pixels of the desktop.
    Look {
        right: i32,
        down: i32,
    },
    Drag {
        from: Spot,
        to: Spot,
        button: Button,
    },
    /// In notches.
    Scroll {
        at: Option<Spot>,
        right: i32,
        down: i32,
    },
    Wait {
        ms: u64,
    },
    GoalReached {
        report: String,
    },
}

impl Deed {
    /// Reads a call. An error says in words what is wrong with it, for the model.
    pub fn read(call: &ActionCall, terms: &Terms) -> Result<Self, String> {
        let given = Given { arguments: &call.arguments, terms };
        match call.name.as_str() {
            "key" => {
                Ok(Self::Press { stroke: given.stroke()?, times: given.within("times", 1, MOST_TIMES)?.unwrap_or(1) })
            }
            "hold" => {
                let ms =
                    given.within("ms", 1, terms.most_hold_ms)?.ok_or("ms is missing: how long is it to be held?")?;
                Ok(Self::Hold { stroke: given.stroke()?, ms })
            }
            "type" if terms.profile.is_none() => given.writing().map(|text| Self::Type { text }),
            "click" if terms.allows(MouseAction::Click) => Ok(Self::Click {
                at: given.spot("x", "y")?,
                button: given.button()?,
                is_double: given.arguments.get("double").and_then(Value::as_bool).unwrap_or(false),
            }),
            "move" if terms.allows(MouseAction::Move) => Ok(Self::Move { to: given.needed_spot("x", "y")? }),
            "look" if terms.allows(MouseAction::Look) => {
                let (right, down) = (given.whole("right")?.unwrap_or(0), given.whole("down")?.unwrap_or(0));
                let (right, down) = terms.geometry.way(right, down);
                Ok(Self::Look { right, down })
            }
            "drag" if terms.allows(MouseAction::Drag) => Ok(Self::Drag {
                from: given.needed_spot("from_x", "from_y")?,
                to: given.needed_spot("to_x", "to_y")?,
                button: given.button()?,
            }),
            "scroll" if terms.allows(MouseAction::Scroll) => Ok(Self::Scroll {
                at: given.spot("x", "y")?,
                right: given.notches("right")?,
                down: given.notches("down")?,
            }),
            "wait" => given
                .within("ms", 0, MOST_WAIT_MS)?
                .map(|ms| Self::Wait { ms })
                .ok_or_else(|| "ms is missing: how long?".to_owned()),
            "goal_reached" => {
                Ok(Self::GoalReached { report: given.text("report").unwrap_or_default().trim().to_owned() })
            }
            other => Err(format!("there is no action called {other:?} here")),
        }
    }

    /// What is done, as one would order it: `press w`, `click the left button at 10, 20`.
    pub fn words(&self) -> String {
        let place = |at: &Option<Spot>| at.map(|spot| format!(" at {}", point(spot))).unwrap_or_default();
        match self {
            Self::Press { stroke, times: 1 } => format!("press {}", stroke.words()),
            Self::Press { stroke, times } => format!("press {} {times} times", stroke.words()),
            Self::Hold { stroke, ms } => format!("hold {} for {ms} ms", stroke.words()),
            Self::Type { text } => format!("type {text:?}"),
            Self::Click { at, button, is_double } => {
                let verb = if *is_double { "double-click" } else { "click" };
                format!("{verb} the {} button{}", button.word(), place(at))
            }
            Self::Move { to } => format!("point at {}", point(*to)),
            Self::Look { right, down } => format!("move the mouse {right} to the right and {down} down"),
            Self::Drag { from, to, button } => {
                format!("drag with the {} button from {} to {}", button.word(), point(*from), point(*to))
            }
            Self::Scroll { at, right: 0, down } => format!("scroll {down} down{}", place(at)),
            Self::Scroll { at, right, down } => format!("scroll {right} to the right and {down} down{}", place(at)),
            Self::Wait { ms } => format!("wait {ms} ms"),
            Self::GoalReached { .. } => "say that the goal is reached".to_owned(),
        }
    }

    /// Where it points in the end.
    pub fn points_at(&self) -> Option<Spot> {
        match self {
            Self::Click { at, .. } | Self::Scroll { at, .. } => *at,
            Self::Move { to } | Self::Drag { to, .. } => Some(*to),
            _ => None,
        }
    }
}

fn point(spot: Spot) -> String {
    format!("{}, {}", spot.shown.0, spot.shown.1)
}

struct Given<'a> {
    arguments: &'a Map<String, Value>,
    terms: &'a Terms,
}

impl Given<'_> {
    fn text(&self, name: &str) -> Option<&str> {
        self.arguments.get(name).and_then(Value::as_str)
    }

    /// A whole number; one with a fraction is rounded.
    fn whole(&self, name: &str) -> Result<Option<i64>, String> {
        let Some(value) = self.arguments.get(name).filter(|value| !value.is_null()) else { return Ok(None) };
        let rounded = || value.as_f64().map(f64::round).filter(|number| number.abs() < 1e9);
        #[expect(clippy::cast_possible_truncation, reason = "it is rounded and small")]
        let number = value.as_i64().or_else(|| rounded().map(|number| number as i64));
        number.map(Some).ok_or_else(|| format!("{name} is {value}, which is no number that can be used"))
    }

    fn within(&self, name: &str, least: u64, most: u64) -> Result<Option<u64>, String> {
        let number = self.whole(name)?.map(|number| u64::try_from(number).unwrap_or(0));
        match number {
            Some(number) if !(least..=most).contains(&number) => {
                Err(format!("{name} must lie between {least} and {most}"))
            }
            number => Ok(number),
        }
    }

    fn notches(&self, name: &str) -> Result<i32, String> {
        let number = self.whole(name)?.unwrap_or(0);
        let number = i32::try_from(number).ok().filter(|number| (-MOST_NOTCHES..=MOST_NOTCHES).contains(number));
        number.ok_or_else(|| format!("{name} must lie between -{MOST_NOTCHES} and {MOST_NOTCHES} notches"))
    }

    fn stroke(&self) -> Result<Stroke, String> {
        let key = self.text("key").ok_or("key is missing: which one?")?;
        match &self.terms.profile {
            Some(profile) => profile.stroke(key),
            None => Stroke::parse(key),
        }
    }

    fn writing(&self) -> Result<String, String> {
        let text = self.text("text").filter(|text| !text.is_empty()).ok_or("text is missing: what is to be typed?")?;
        if text.chars().count() > MOST_LETTERS {
            return Err(format!("text has more than {MOST_LETTERS} letters; type it in parts"));
        }
        let odd = text.chars().find(|letter| letter.is_control() && !matches!(letter, '\n' | '\t'));
        odd.map_or_else(|| Ok(text.to_owned()), |odd| Err(format!("{odd:?} is on no key")))
    }

    fn button(&self) -> Result<Button, String> {
        self.text("button").map_or(Ok(Button::Left), Button::parse)
    }

    fn spot(&self, x: &str, y: &str) -> Result<Option<Spot>, String> {
        match (self.whole(x)?, self.whole(y)?) {
            (Some(x), Some(y)) => self.terms.geometry.spot(x, y).map(Some),
            (None, None) => Ok(None),
            _ => Err(format!("{x} and {y} go together")),
        }
    }

    fn needed_spot(&self, x: &str, y: &str) -> Result<Spot, String> {
        self.spot(x, y)?.ok_or_else(|| format!("{x} and {y} are missing"))
    }
}
