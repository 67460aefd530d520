//! How long ago the agent acted, as long as that is worth a flash. Where nothing is to move there is none.

use egui::{Id, Ui};

use crate::protocol::{ActionCall, WorldView};

/// It lasts so many times as long as other movements.
const TIMES: f32 = 6.0;

/// What the map showed last, and since when: seconds on the window's clock, where that was seen to change.
#[derive(Clone, PartialEq)]
struct Shown {
    world: (u64, u32, usize, Option<ActionCall>),
    since: Option<f64>,
}

/// How much of the flash is over, 0 to 1; `None` when all of it is, or nothing has happened.
pub fn age(ui: &Ui, world: &WorldView) -> Option<f32> {
    let length_s = ui.style().animation_time * TIMES;
    let now = ui.input(|input| input.time);
    let id = Id::unique("map_flash");
    let before: Option<Shown> = ui.ctx().data(|data| data.get_temp(id));
    let shown = next(before.as_ref(), world, now);
    let since = shown.since;
    if before.as_ref() != Some(&shown) {
        ui.ctx().data_mut(|data| data.insert_temp(id, shown));
    }
    let age = share(now - since?, length_s)?;
    ui.ctx().request_repaint();
    Some(age)
}

/// What is shown from now on. What is seen for the first time is not new.
fn next(before: Option<&Shown>, world: &WorldView, now: f64) -> Shown {
    let world = (world.seed, world.turn, world.path.len(), world.last_action.clone());
    match before {
        Some(before) if before.world == world => before.clone(),
        Some(before) if before.world.0 == world.0 => Shown { world, since: Some(now) },
        _ => Shown { world, since: None },
    }
}

fn share(passed_s: f64, length_s: f32) -> Option<f32> {
    let is_over = length_s <= 0.0 || passed_s < 0.0 || passed_s >= f64::from(length_s);
    #[expect(clippy::cast_possible_truncation, reason = "less than a second")]
    let share = (passed_s / f64::from(length_s.max(f32::EPSILON))) as f32;
    (!is_over).then_some(share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changes_flashes() {
        let world = WorldView { turn: 4, ..WorldView::default() };
        let first = next(None, &world, 1.0);
        assert_eq!(first.since, None, "what is seen first is not new");
        assert_eq!(next(Some(&first), &world, 2.0).since, None);
        let later = WorldView { turn: 5, ..world.clone() };
        let acted = next(Some(&first), &later, 3.0);
        assert_eq!((acted.since, next(Some(&acted), &later, 4.0).since), (Some(3.0), Some(3.0)));
        let other = WorldView { seed: 9, ..later };
        assert_eq!(next(Some(&acted), &other, 5.0).since, None, "another world");
    }

    #[test]
    fn a_flash_is_short_and_where_nothing_moves_there_is_none() {
        assert_eq!(share(0.0, 0.6), Some(0.0));
        assert_eq!(share(0.3, 0.6).map(|share| share > 0.4 && share < 0.6), Some(true));
        assert_eq!((share(0.7, 0.6), share(0.0, 0.0), share(-1.0, 0.6)), (None, None, None));
    }
}
