//! The handful of pieces that screens are made of. Each takes data and draws; none of them acts.

mod bar;
mod button;
mod card;
mod certificate;
mod choice;
mod decision;
mod expert;
mod heartbeat;
pub mod map;
mod problem;
mod verdict;

pub use bar::{Measure, bar};
pub use button::{Button, Look};
pub use card::{Tint, banner, card, dense, icon, label_icon, region, section, selectable};
pub use certificate::certificate;
pub use choice::{choice, toggle};
pub use decision::decision;
pub use expert::expert;
pub use heartbeat::heartbeat;
pub use problem::{actions, problem};
pub use verdict::verdict_icon;
