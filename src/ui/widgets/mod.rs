//! The handful of pieces that screens are made of. Each takes data and draws; none of them acts.

mod bar;
mod button;
mod card;
mod certificate;
mod choice;
mod costs;
mod decision;
mod expert;
mod field;
mod heartbeat;
mod lanes;
pub mod map;
mod plot;
mod problem;
mod rows;
mod scrubber;
mod table;
mod verdict;

pub use bar::{Measure, bar};
pub use button::{Button, Look};
pub use card::{Tint, announce, banner, card, dense, icon, label_icon, region, section, selectable, sentence};
pub use certificate::certificate;
pub use choice::{choice, named, number, toggle};
pub use costs::{costs, sparks};
pub use decision::decision;
pub use expert::{capitalised, expert};
pub use field::{Field, field, line_field, word_field};
pub use heartbeat::heartbeat;
pub use lanes::lanes;
pub use plot::{Span, marks, moments, plot};
pub use problem::{actions, problem};
pub use rows::rows;
pub use scrubber::scrubber;
pub use table::{Column, Row, table};
pub use verdict::verdict_icon;
