//! The land under everything else: its light, its relief, the stars by night, and the fog over what nobody has seen.

use egui::{Color32, Mesh, Pos2, Rect, Shape, pos2, vec2};

use super::Drawing;
use crate::ui::theme::{blend, size, stroke};

/// The net that is shaded point by point.
const COLUMNS: u16 = 40;
const ROWS: u16 = 20;
/// How thick the fog is where nobody has been.
const THICK: f32 = 0.8;
/// How far can be seen around a place that was visited, and around one that is only known, beside the map's lesser side.
const SEEN: f32 = 0.34;
const KNOWN: f32 = 0.18;
/// How far the agent's light reaches by night.
const LAMP: f32 = 0.4;

impl Drawing<'_> {
    pub(super) fn ground(&self) {
        self.painter.add(net(self.rect, |at| self.shade(at)));
        self.relief();
        self.stars();
        let clear = self.clear();
        self.painter.add(net(self.rect, |at| self.colors.fog.gamma_multiply(THICK * fog_at(at, &clear))));
    }

    fn side(&self) -> f32 {
        self.rect.width().min(self.rect.height())
    }

    /// The land at one point: brighter where the sky is, darker at the edges, and by night lit around the agent.
    fn shade(&self, at: Pos2) -> Color32 {
        let half = self.rect.size() / 2.0;
        let off = (at - self.rect.center()) / half;
        let edge = (off.length_sq() / 2.0).min(1.0);
        let sky = (1.0 - (at.y - self.rect.top()) / self.rect.height().max(1.0)) * self.world.daylight;
        let lit = blend(self.land, self.colors.relief, 0.3 * sky);
        let land = blend(lit, self.colors.land_by_night, 0.3 * edge);
        let Some(here) = self.here() else { return land };
        let near = 1.0 - at.distance(self.at(here)) / (LAMP * self.side()).max(1.0);
        let night = (1.0 - 2.0 * self.world.daylight).max(0.0);
        blend(land, self.colors.halo, 0.22 * night * near.max(0.0))
    }

    /// Soft bands of hills, always the same, so that the land is not a bare sheet.
    fn relief(&self) {
        const HILLS: [(f32, f32, f32); 7] = [
            (0.08, 0.9, 0.20),
            (0.33, 0.16, 0.14),
            (0.52, 0.72, 0.17),
            (0.74, 0.34, 0.13),
            (0.95, 0.85, 0.22),
            (0.02, 0.28, 0.12),
            (0.88, 0.05, 0.11),
        ];
        let color = blend(self.land, self.colors.relief, 0.8);
        for (x, y, radius) in HILLS {
            let center = self.rect.lerp_inside(vec2(x, y));
            let radius = radius * self.side();
            self.painter.circle_filled(center, radius, color.gamma_multiply(0.25));
            for ring in 0..3_u8 {
                let share = 1.0 - 0.3 * f32::from(ring);
                self.painter.circle_stroke(center, radius * share, stroke(size::ROAD, color));
            }
        }
    }

    fn stars(&self) {
        const STARS: [(f32, f32); 11] = [
            (0.06, 0.12),
            (0.17, 0.43),
            (0.23, 0.07),
            (0.38, 0.30),
            (0.44, 0.92),
            (0.57, 0.10),
            (0.63, 0.55),
            (0.71, 0.80),
            (0.83, 0.22),
            (0.92, 0.62),
            (0.97, 0.35),
        ];
        let night = (1.0 - 2.0 * self.world.daylight).clamp(0.0, 1.0);
        let shine = self.colors.ink.gamma_multiply(0.7 * night);
        for (x, y) in STARS {
            self.painter.circle_filled(self.rect.lerp_inside(vec2(x, y)), size::STAR, shine);
        }
    }

    /// Points with how far one sees around them: places, and the ways between known ones.
    fn clear(&self) -> Vec<(Pos2, f32)> {
        let (seen, known) = (SEEN * self.side(), KNOWN * self.side());
        let places = self.world.places.iter().enumerate().filter(|(_, place)| place.known);
        let mut clear: Vec<(Pos2, f32)> = places
            .map(|(index, place)| {
                let is_seen = place.visited || index == self.world.here;
                (self.at(place), if is_seen { seen } else { known })
            })
            .collect();
        for road in &self.world.roads {
            if let Some((from, to)) = self.ends(road.from, road.to)
                && self.is_known(road.from)
                && self.is_known(road.to)
            {
                clear.extend([0.25, 0.5, 0.75].map(|share| (from.lerp(to, share), known)));
            }
        }
        clear
    }
}

/// How much of a point is hidden, 0 to 1.
fn fog_at(at: Pos2, clear: &[(Pos2, f32)]) -> f32 {
    let hidden = clear.iter().map(|(center, reach)| {
        let share = (at.distance(*center) / reach.max(1.0) - 0.6) / 0.6;
        let share = share.clamp(0.0, 1.0);
        share * share * (3.0 - 2.0 * share)
    });
    hidden.fold(1.0, f32::min)
}

/// A surface with a colour for each of its points; between them they run into one another.
fn net(rect: Rect, color: impl Fn(Pos2) -> Color32) -> Shape {
    let mut mesh = Mesh::default();
    for row in 0..=ROWS {
        let y = rect.top() + rect.height() * f32::from(row) / f32::from(ROWS);
        for column in 0..=COLUMNS {
            let at = pos2(rect.left() + rect.width() * f32::from(column) / f32::from(COLUMNS), y);
            mesh.colored_vertex(at, color(at));
        }
    }
    let across = u32::from(COLUMNS) + 1;
    for row in 0..u32::from(ROWS) {
        for column in 0..u32::from(COLUMNS) {
            let first = row * across + column;
            mesh.add_triangle(first, first + 1, first + across);
            mesh.add_triangle(first + 1, first + across, first + across + 1);
        }
    }
    Shape::mesh(mesh)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fog_lifts_around_what_was_seen() {
        let clear = [(pos2(0.0, 0.0), 100.0), (pos2(500.0, 0.0), 50.0)];
        assert_eq!(fog_at(pos2(10.0, 0.0), &clear), 0.0);
        assert_eq!(fog_at(pos2(250.0, 0.0), &clear), 1.0);
        assert_eq!(fog_at(pos2(510.0, 0.0), &clear), 0.0);
        let edge = fog_at(pos2(90.0, 0.0), &clear);
        assert!(edge > 0.0 && edge < 1.0, "{edge}");
        assert_eq!(fog_at(pos2(10.0, 0.0), &[]), 1.0, "where nothing is known everything is hidden");
    }

    #[test]
    fn the_net_covers_the_whole_map() {
        let rect = Rect::from_min_max(pos2(10.0, 20.0), pos2(110.0, 70.0));
        let Shape::Mesh(mesh) = net(rect, |_| Color32::WHITE) else { panic!("it is a net") };
        assert!(mesh.is_valid());
        assert_eq!(mesh.calc_bounds(), rect);
        assert_eq!(mesh.indices.len(), usize::from(COLUMNS) * usize::from(ROWS) * 6);
    }
}
