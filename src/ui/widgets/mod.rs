//! The handful of pieces that screens are made of. Each takes data and draws; none of them acts.

mod bar;
mod button;
mod card;
mod certificate;
mod choice;
mod decision;
mod expert;
mod field;
mod heartbeat;
mod lanes;
pub mod map;
mod problem;
mod table;
mod verdict;

pub use bar::{Measure, bar};
pub use button::{Button, Look};
pub use card::{Tint, banner, card, dense, icon, label_icon, region, section, selectable};
pub use certificate::certificate;
pub use choice::{choice, toggle};
pub use decision::decision;
pub use expert::{capitalised, expert};
pub use field::{Field, field};
pub use heartbeat::heartbeat;
pub use lanes::lanes;
pub use problem::{actions, problem};
pub use table::{Column, Row, table};
pub use verdict::verdict_icon;
