//! How the room of the run screen is shared out.

use egui::{Rect, pos2};

use crate::ui::theme::{size, space};

/// The least height of the scene, in lines: what the agent has, and a map on which names still find room.
const SCENE: f32 = 14.5 * size::ROW;
/// The share of the width that the column beside the scene has at most, and its least width: where that is more, the column
/// stands under the scene.
const SIDE_SHARE: f32 = 0.4;
const SIDE_LEAST: f32 = 0.55 * size::SIDE_COLUMN;
/// Its height there.
const SIDE_HEIGHT: f32 = SCENE;

/// What stands below the scene.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Below {
    /// The strip with the last steps.
    pub has_strip: bool,
    /// The height of the experts over the whole width, if there are any.
    pub experts: Option<f32>,
    /// With so much they can still be read.
    pub experts_least: f32,
    /// The column stands under the scene and not beside it.
    pub has_side: bool,
}

/// Whether there is no room for a column beside the scene.
pub fn is_narrow(width: f32) -> bool {
    width * SIDE_SHARE < SIDE_LEAST
}

impl Below {
    /// The least height of everything.
    pub fn least(self) -> f32 {
        SCENE + self.strip() + self.side() + self.experts()
    }

    /// The same in a room of this height: where it is low the experts get less, and can be scrolled one by one.
    pub fn within(self, height: f32) -> Self {
        let missing = (self.least() - height).max(0.0);
        let experts = self.experts.map(|wanted| wanted.min((wanted - missing).max(self.experts_least)));
        Self { experts, ..self }
    }

    fn strip(self) -> f32 {
        if self.has_strip { space::S + size::ROW } else { 0.0 }
    }

    fn side(self) -> f32 {
        if self.has_side { space::M + SIDE_HEIGHT } else { 0.0 }
    }

    fn experts(self) -> f32 {
        self.experts.map_or(0.0, |height| space::M + height)
    }
}

/// Where each part is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    pub scene: Rect,
    pub strip: Option<Rect>,
    /// The column beside the scene.
    pub side: Option<Rect>,
    pub experts: Option<Rect>,
}

impl Plan {
    /// The scene gets what the others leave.
    pub fn of(full: Rect, has_side: bool, below: Below) -> Self {
        let bottom = (full.bottom() - below.experts() - below.side()).max(full.top() + SCENE + below.strip());
        let is_beside = has_side && !below.has_side;
        let side = if is_beside { size::SIDE_COLUMN.min(full.width() * SIDE_SHARE) } else { 0.0 };
        let right = if is_beside { full.right() - side - space::M } else { full.right() };
        let scene = Rect::from_min_max(full.min, pos2(right, bottom - below.strip()));
        let strip = Rect::from_min_max(pos2(full.left(), bottom - size::ROW), pos2(right, bottom));
        let side = if is_beside {
            Rect::from_min_max(pos2(full.right() - side, full.top()), pos2(full.right(), bottom))
        } else {
            Rect::from_min_max(pos2(full.left(), bottom + space::M), pos2(full.right(), bottom + below.side()))
        };
        let experts = below.experts.map(|height| {
            let top = bottom + below.side() + space::M;
            Rect::from_min_max(pos2(full.left(), top), pos2(full.right(), top + height))
        });
        Self { scene, strip: below.has_strip.then_some(strip), side: has_side.then_some(side), experts }
    }
}

#[cfg(test)]
mod tests {
    use egui::vec2;

    use super::*;

    fn full() -> Rect {
        Rect::from_min_size(pos2(100.0, 80.0), vec2(1000.0, 700.0))
    }

    fn with_experts(experts: Option<f32>) -> Below {
        Below { has_strip: true, experts, experts_least: 100.0, has_side: false }
    }

    #[test]
    fn parts_fill_the_room_and_do_not_overlap() {
        let below = with_experts(Some(120.0));
        let plan = Plan::of(full(), true, below);
        let (strip, side, experts) = (plan.strip.unwrap(), plan.side.unwrap(), plan.experts.unwrap());
        let all = [plan.scene, strip, side, experts];
        for (index, part) in all.iter().enumerate() {
            assert!(full().contains_rect(*part), "{part:?}");
            assert!(!all[..index].iter().any(|other| other.intersects(*part)), "{plan:?}");
        }
        assert_eq!((experts.bottom(), side.right()), (full().bottom(), full().right()));
    }

    #[test]
    fn where_it_is_narrow_the_column_stands_under_the_scene() {
        assert!(is_narrow(384.0) && !is_narrow(500.0));
        let below = Below { has_side: true, ..with_experts(Some(120.0)) };
        let narrow = Rect::from_min_size(pos2(10.0, 20.0), vec2(384.0, below.least()));
        let plan = Plan::of(narrow, true, below);
        let (strip, side, experts) = (plan.strip.unwrap(), plan.side.unwrap(), plan.experts.unwrap());
        let all = [plan.scene, strip, side, experts];
        for (upper, lower) in all.iter().zip(&all[1..]) {
            assert!(upper.bottom() < lower.top() + 0.1 && lower.width() == 384.0, "{plan:?}");
        }
        assert_eq!((side.height(), experts.bottom()), (SIDE_HEIGHT, narrow.bottom()));
    }

    #[test]
    fn what_the_experts_do_not_need_is_the_scenes() {
        let scene = |experts| Plan::of(full(), true, with_experts(experts)).scene.height();
        assert_eq!(scene(Some(120.0)) - scene(Some(224.0)), 104.0);
        assert!(scene(None) > scene(Some(120.0)));
    }

    #[test]
    fn choices_have_all_of_it() {
        let plan = Plan::of(full(), false, Below::default());
        assert_eq!((plan.scene, plan.strip, plan.side, plan.experts), (full(), None, None, None));
    }

    #[test]
    fn where_there_is_too_little_room_the_scene_keeps_its_least() {
        let below = with_experts(Some(224.0));
        let low = Rect::from_min_size(pos2(0.0, 0.0), vec2(600.0, 200.0));
        assert_eq!(Plan::of(low, true, below).scene.height(), SCENE);
        let enough = low.with_max_y(below.least());
        assert_eq!(Plan::of(enough, true, below).experts.unwrap().bottom(), enough.bottom());
    }

    #[test]
    fn in_a_low_room_the_experts_get_less_but_not_too_little() {
        let below = with_experts(Some(224.0));
        let experts = |height| below.within(height).experts.unwrap();
        assert_eq!(experts(below.least() + 50.0), 224.0);
        assert_eq!(experts(below.least() - 50.0), 174.0);
        assert_eq!(experts(below.least() - 500.0), 100.0);
        assert_eq!(with_experts(Some(24.0)).within(0.0).experts, Some(24.0), "those that are folded away stay so");
        assert_eq!(with_experts(None).within(0.0).experts, None);
    }
}
