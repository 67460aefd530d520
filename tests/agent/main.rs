//! The loops of a session on a stopped clock, between a scripted land and a scripted mind.
//!
//! | file | what |
//! |---|---|
//! | `land`, `play`, `judge`, `thinker` | a place and a mind that do what the test says and remember what they were asked |
//! | `stage` | all loops of a session, and the reins in the hand of the test |
//! | `perception`, `clock` | looking, and the world's time |
//! | `reasoning`, `late` | asking, and decisions that come late |
//! | `action`, `alone`, `approval` | acting among the others and alone, and a person's yes and no |
//! | `reflex`, `exploration`, `learning` | the other loops |
//! | `repertoire` | what is offered may change |
//! | `pause`, `breakers`, `ordinary` | what stops a session for breath, and what must not |
//! | `schedules` | a thousand sessions by chance, and what holds in all of them |
//! | `endings` | every loop ends and says so |

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::large_futures,
    reason = "a test that cannot go on says so"
)]

mod action;
mod alone;
mod approval;
mod breakers;
mod clock;
mod endings;
mod exploration;
mod judge;
mod land;
mod late;
mod learning;
mod ordinary;
mod pause;
mod perception;
mod play;
mod reasoning;
mod reflex;
mod repertoire;
mod schedules;
mod stage;
mod thinker;
