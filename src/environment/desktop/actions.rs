//! What can be done with a desktop, as models are told it.
//!
//! How much harm an action can do depends on what it can reach. Keys and clicks on the whole screen or a monitor reach
//! everything that the user can: other programs, other machines, other people. In one window without a profile they can
//! still lose what is not saved there. In one window with a profile that somebody chose for it they are what that
//! program is made for. A dry run only notes them.

use serde_json::{Map, Value, json};

use super::{
    geometry::Geometry,
    profile::{MouseAction, Profile},
};
use crate::protocol::{ActionSpec, Risk};

/// The most of everything that one action does.
pub const MOST_TIMES: u64 = 20;
pub const MOST_LETTERS: usize = 200;
pub const MOST_WAIT_MS: u64 = 10_000;
pub const MOST_NOTCHES: i32 = 20;

/// Under which terms things can be done now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    pub profile: Option<Profile>,
    pub geometry: Geometry,
    pub risk: Risk,
    pub most_hold_ms: u64,
}

/// How much harm keys and clicks can do there.
pub fn risk(is_live: bool, source: &str, has_profile: bool) -> Risk {
    match (is_live, source.starts_with("window:"), has_profile) {
        (false, ..) => Risk::ReadOnly,
        (true, false, _) => Risk::OpenWorld,
        (true, true, false) => Risk::Destructive,
        (true, true, true) => Risk::Safe,
    }
}

impl Terms {
    /// Whether the profile, if there is one, leaves this to the mouse.
    pub fn allows(&self, action: MouseAction) -> bool {
        self.profile.as_ref().is_none_or(|profile| profile.mouse.allows(action))
    }

    /// Everything that can be done.
    pub fn specs(&self) -> Vec<ActionSpec> {
        let mut specs = self.keyboard();
        specs.extend(self.mouse());
        let wait = number("How long, in milliseconds", 0, MOST_WAIT_MS);
        specs.push(spec("wait", "Wait, and touch nothing.", &[("ms", wait)], &["ms"], Risk::ReadOnly));
        let report = json!({"type": "string", "description": "What was reached and found, for the user"});
        let words = "Say that the goal is reached, and report what was found. Ends the session.";
        specs.push(spec("goal_reached", words, &[("report", report)], &["report"], Risk::ReadOnly));
        specs
    }

    fn keyboard(&self) -> Vec<ActionSpec> {
        let most = self.most_hold_ms;
        let times = number("How often, 1 if left out", 1, MOST_TIMES);
        let ms = number("How long, in milliseconds", 1, most);
        let meanings =
            self.profile.as_ref().map_or_else(String::new, |profile| format!(" Keys: {}.", profile.meanings()));
        let press = format!("Press a key and let it go.{meanings}");
        let hold = format!("Hold a key down, such as one to walk, for at most {most} ms. The same keys as for key.");
        let mut specs = vec![
            spec("key", &press, &[("key", self.key()), ("times", times)], &["key"], self.risk),
            spec("hold", &hold, &[("key", self.key()), ("ms", ms)], &["key", "ms"], self.risk),
        ];
        if self.profile.is_none() {
            let words = format!(
                "Type a text into whatever has the keys, at most {MOST_LETTERS} letters; a line break presses enter."
            );
            let text = json!({"type": "string", "minLength": 1, "maxLength": MOST_LETTERS});
            specs.push(spec("type", &words, &[("text", text)], &["text"], self.risk));
        }
        specs
    }

    /// The keys of the profile, or any.
    fn key(&self) -> Value {
        match &self.profile {
            Some(profile) => json!({"type": "string", "enum": profile.names()}),
            None => json!({
                "type": "string",
                "description": "A key such as w, enter, f5 or page_up; a letter or sign as it is written, such as W or ?; \
                                several at once joined by +, such as ctrl+s; or left button",
            }),
        }
    }

    fn mouse(&self) -> Vec<ActionSpec> {
        let (width, height) = self.geometry.shown;
        let size =
            format!("in pixels of the picture, which is {width} wide and {height} high, from its upper left corner");
        let (across, along) = (u64::from(width.saturating_sub(1)), u64::from(height.saturating_sub(1)));
        let x = || json!({"type": "integer", "minimum": 0, "maximum": across});
        let y = || json!({"type": "integer", "minimum": 0, "maximum": along});
        let button =
            || json!({"type": "string", "enum": ["left", "middle", "right"], "description": "left if left out"});
        let way = |words: &str| json!({"type": "integer", "description": words});
        let notches = |words: &str| {
            let (least, most) = (-MOST_NOTCHES, MOST_NOTCHES);
            json!({"type": "integer", "minimum": least, "maximum": most, "description": words})
        };
        let double = json!({"type": "boolean"});
        let click = format!("Click at a point, {size}. Without x and y where the pointer is.");
        let point = format!("Move the pointer to a point, {size}.");
        let look = "Move the mouse from where it is, as games want it to turn the head, in pixels of the picture.";
        let drag = format!("Press a button at one point and let it go at another, {size}.");
        let scroll = format!("Turn the wheel, in notches, at a point if one is given, {size}.");
        let (right, down) = (way("to the right; negative for left"), way("down; negative for up"));
        let wheel = [
            ("x", x()),
            ("y", y()),
            ("down", notches("down; negative for up")),
            ("right", notches("to the right; negative for left")),
        ];
        let ends = [("from_x", x()), ("from_y", y()), ("to_x", x()), ("to_y", y()), ("button", button())];
        let clicked = [("x", x()), ("y", y()), ("button", button()), ("double", double)];
        let both = [("right", right), ("down", down)];
        let all = [
            (MouseAction::Click, spec("click", &click, &clicked, &[], self.risk)),
            (MouseAction::Move, spec("move", &point, &[("x", x()), ("y", y())], &["x", "y"], self.risk)),
            (MouseAction::Look, spec("look", look, &both, &["right", "down"], self.risk)),
            (MouseAction::Drag, spec("drag", &drag, &ends, &["from_x", "from_y", "to_x", "to_y"], self.risk)),
            (MouseAction::Scroll, spec("scroll", &scroll, &wheel, &[], self.risk)),
        ];
        all.into_iter().filter(|(action, _)| self.allows(*action)).map(|(_, spec)| spec).collect()
    }
}

fn number(words: &str, least: u64, most: u64) -> Value {
    json!({"type": "integer", "minimum": least, "maximum": most, "description": words})
}

fn spec(name: &str, words: &str, properties: &[(&str, Value)], required: &[&str], risk: Risk) -> ActionSpec {
    let properties: Map<String, Value> =
        properties.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    let input_schema = json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    });
    ActionSpec { name: name.to_owned(), description: words.to_owned(), input_schema, risk }
}

#[cfg(test)]
mod tests;
