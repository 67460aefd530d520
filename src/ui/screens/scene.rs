//! The environment, as large as there is room: for the built-in world the map with the agent's state over it, for a tool
//! server what was called and what came of it, for the desktop its picture.

mod desktop;
mod tools;

use egui::{Color32, Frame, Label, Rect, RichText, Ui, Vec2, vec2};

use crate::{
    protocol::{EnvironmentView, FightView, Snapshot, WorldView},
    ui::{
        catalogue::{said, say},
        icon,
        theme::{LINE, ROUND, margins, palette, size, space, stroke, text},
        widgets::{Measure, bar, icon as draw_icon, map, region, under_way},
        words,
    },
};

/// Draws the environment into the given size; gives where its picture is.
pub fn ui(ui: &mut Ui, snapshot: &Snapshot, room: Vec2, is_live: bool) -> Rect {
    let whole = Rect::from_min_size(ui.cursor().min, room);
    match &snapshot.environment {
        EnvironmentView::World(world) => return self::world(ui, world, cost_of_last(snapshot).as_deref(), room),
        EnvironmentView::Tools(view) => tools::ui(ui, view, room),
        EnvironmentView::Desktop(view) => desktop::ui(ui, view, room),
        EnvironmentView::Nothing => {
            ui.centered_and_justified(|ui| {
                let words = say!("scene-nothing");
                // What was never seen in a past session is not on its way.
                let words = if is_live { under_way(ui, &words) } else { words };
                ui.add(Label::new(RichText::new(words).color(palette(ui).weak)).wrap());
            });
        }
    }
    whole
}

/// What the last step cost, once that is known.
fn cost_of_last(snapshot: &Snapshot) -> Option<String> {
    let judgement = snapshot.regret.judgements.iter().rev().find(|judgement| judgement.step == snapshot.step)?;
    Some(words::cost_of(judgement))
}

fn world(ui: &mut Ui, world: &WorldView, cost: Option<&str>, room: Vec2) -> Rect {
    ui.spacing_mut().item_spacing.y = space::S;
    measures(ui, world);
    words(ui, world);
    let picture = Rect::from_min_size(ui.cursor().min, vec2(room.x, ui.available_height()));
    map::map(ui, world, cost, picture.size());
    if let Some(fight) = &world.fight {
        region(ui, "fight", map::free_spot(world, picture), |ui| self::fight(ui, fight));
    }
    picture
}

fn measures(ui: &mut Ui, world: &WorldView) {
    let palette = palette(ui);
    #[expect(clippy::cast_precision_loss, reason = "figures of a game")]
    let share = |part: i32, whole: i32| part as f32 / whole.max(1) as f32;
    let turns_left = world.turn_limit.saturating_sub(world.turn);
    let health = share(world.health, world.max_health);
    let names = [say!("scene-health"), say!("scene-turns-left"), say!("scene-score")];
    #[expect(clippy::cast_possible_wrap, clippy::cast_possible_truncation, reason = "turns and scores are small")]
    let measures = [
        Measure {
            symbol: icon::HEART,
            name: &names[0],
            words: say!("scene-of", part = world.health, whole = world.max_health),
            share: health,
            color: if health < 0.34 { palette.bad } else { palette.good },
        },
        Measure {
            symbol: icon::CLOCK,
            name: &names[1],
            words: say!("scene-of", part = turns_left, whole = world.turn_limit),
            share: share(turns_left as i32, world.turn_limit as i32),
            color: palette.accent,
        },
        Measure {
            symbol: icon::TROPHY,
            name: &names[2],
            words: say!("scene-of", part = words::decimal(world.score, 0), whole = 100),
            share: share(world.score as i32, 100),
            color: palette.warn,
        },
    ];
    ui.scope(|ui| {
        // The figure of one must not be read together with the name of the next.
        ui.spacing_mut().item_spacing.x = space::XL;
        ui.columns(measures.len(), |columns| {
            for (column, measure) in columns.iter_mut().zip(&measures) {
                bar(column, measure);
            }
        });
    });
}

/// What it carries, and what it did last.
fn words(ui: &mut Ui, world: &WorldView) {
    let palette = palette(ui);
    let mut carried = vec![say!("scene-gold", gold = world.gold), say!("scene-potions", potions = world.potions)];
    carried.extend(world.items.iter().cloned());
    let most = if world.last_action.is_some() { ui.available_width() * 0.5 } else { ui.available_width() };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        draw_icon(ui, icon::COINS, size::ICON, palette.weak);
        ui.scope(|ui| {
            ui.set_max_width(most);
            ui.add(small(&carried.join(", "), palette.weak).truncate());
        });
        if let Some(action) = &world.last_action {
            ui.add_space(space::M);
            draw_icon(ui, icon::FOOTPRINTS, size::ICON, palette.accent);
            let effect = said(world.last_effect.as_deref().unwrap_or_default());
            let line = format!("{}: {effect}", words::action(action)).replace('\n', " ");
            ui.add(small(&line, palette.text).truncate());
        }
    });
    if let Some(ended) = &world.ended {
        ui.add(Label::new(RichText::new(said(ended)).font(text::strong()).color(palette.accent)).wrap());
    }
}

fn small(words: &str, color: Color32) -> Label {
    Label::new(RichText::new(words).font(text::small()).color(color))
}

fn fight(ui: &mut Ui, fight: &FightView) {
    let palette = palette(ui);
    Frame::new()
        .fill(palette.card)
        .stroke(stroke(LINE, palette.bad))
        .corner_radius(ROUND)
        .inner_margin(margins(space::M, space::S))
        .show(ui, |ui| {
            #[expect(clippy::cast_precision_loss, reason = "figures of a game")]
            let share = fight.health as f32 / fight.max_health.max(1) as f32;
            let words = say!("scene-of", part = fight.health, whole = fight.max_health);
            let name = say!("scene-fight", enemy = fight.enemy.as_str());
            bar(ui, &Measure { symbol: icon::SWORD, name: &name, words, share, color: palette.bad });
            ui.add(Label::new(RichText::new(&fight.intent).font(text::small())).wrap());
        });
}
