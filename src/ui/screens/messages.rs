//! Messages: the newest float at the lower right for a while, and all of them stand in a list that the status bar opens.

use egui::{
    Align2, Area, Context, Frame, Id, Key, Label, Memory, Modifiers, Order, RichText, ScrollArea, Ui, Vec2,
    accesskit::Role,
};

use super::Wishes;
use crate::{
    protocol::Moment,
    ui::{
        catalogue::{said, say},
        icon,
        state::{
            State,
            messages::{Message, Weight},
        },
        theme::{LINE, ROUND, margin, margins, palette, size, space, stroke, text},
        widgets::{Button, Look, Pressed, Tint, Toast, problem, section, sentence, toast},
    },
};

/// Draws the list while it is open, else what floats.
pub fn ui(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    if state.messages.is_open {
        list(ui, state, wishes);
    } else {
        floating(ui, state);
    }
}

/// The corner above the status bar.
fn corner(id: &str) -> Area {
    Area::new(Id::unique(id))
        .order(Order::Middle)
        .movable(false)
        .anchor(Align2::RIGHT_BOTTOM, Vec2::new(-space::L, -(size::STATUS + space::S)))
}

fn width(ctx: &Context, wanted: f32) -> f32 {
    wanted.min(ctx.content_rect().width() - 2.0 * space::L)
}

fn floating(ui: &mut Ui, state: &mut State) {
    let (messages, more) = state.messages.floating();
    if messages.is_empty() {
        return;
    }
    let ctx = ui.ctx().clone();
    let shown = corner("toasts").show(&ctx, |ui| {
        ui.set_width(width(&ctx, size::SETUP_SIDE));
        let mut pressed = None;
        if more > 0 {
            let words = say!("shell-toasts-more", count = more);
            if more_than_fit(ui, &words) {
                pressed = Some((0, Pressed::More));
            }
        }
        // The newest stands lowest, nearest to the eye.
        for message in messages.iter().rev() {
            let (tint, symbol) = look(message.weight);
            let has_more = message.problem.is_some();
            let words = said(&message.words);
            let floats = Toast { tint, symbol, words: &words, times: message.times, has_more };
            if let Some(what) = ui.push_id(message.number, |ui| toast(ui, &floats)).inner {
                pressed = Some((message.number, what));
            }
        }
        pressed
    });
    match shown.inner {
        Some((number, Pressed::Close)) => state.messages.close_one(number),
        Some((_, Pressed::More)) => state.messages.open(ui.memory(Memory::focused)),
        None => {}
    }
    let now = ui.input(|input| input.time);
    let is_hovered = ctx.rect_contains_pointer(shown.response.layer_id, shown.response.rect);
    if let Some(left_s) = state.messages.let_go(now, is_hovered) {
        ctx.request_repaint_after(std::time::Duration::from_secs_f64(left_s));
    }
}

/// As wide as what floats below it, so that nothing of the screen shows beside it; true when it was pressed.
fn more_than_fit(ui: &mut Ui, words: &str) -> bool {
    let colors = palette(ui);
    let frame = Frame::new().fill(colors.card).stroke(stroke(LINE, colors.line)).corner_radius(ROUND);
    let framed = frame.inner_margin(margins(space::M, space::XS)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.vertical_centered(|ui| ui.add(Button::new(words).look(Look::Quiet)).clicked()).inner
    });
    framed.inner
}

fn look(weight: Weight) -> (Tint, &'static str) {
    match weight {
        Weight::Done => (Tint::Good, icon::CHECK),
        Weight::Information => (Tint::Calm, icon::INFORMATION),
        Weight::Warning => (Tint::Warn, icon::WARNING),
        Weight::Error => (Tint::Bad, icon::FAILED),
    }
}

fn list(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    let is_left = !state.palette.is_open && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    let (ctx, colors) = (ui.ctx().clone(), palette(ui));
    let frame = Frame::new().fill(colors.card).stroke(stroke(LINE, colors.line)).corner_radius(ROUND);
    let frame = frame.inner_margin(margin(space::L));
    let area = corner("messages").role(Role::Dialog).accessible_name(say!("shell-messages"));
    let is_closed = area.show(&ctx, |ui| {
        frame
            .show(ui, |ui| {
                ui.set_width(width(&ctx, size::DIALOG) - 2.0 * space::L);
                let is_closed = head(ui, state);
                entries(ui, state, wishes);
                is_closed
            })
            .inner
    });
    if is_closed.inner || is_left {
        let before = state.messages.close();
        give_back(&ctx, before);
    }
}

/// Gives the focus back to what had it.
fn give_back(ctx: &Context, before: Option<Id>) {
    if let Some(before) = before {
        ctx.memory_mut(|memory| memory.request_focus(before));
    }
}

/// The title and the way out; true when it is to be closed.
fn head(ui: &mut Ui, state: &mut State) -> bool {
    let mut is_closed = false;
    let wants_focus = std::mem::take(&mut state.messages.is_fresh);
    section(ui, &say!("shell-messages"), |ui| {
        let close = say!("shell-messages-close");
        let response = ui.add(Button::new(&close).icon(icon::CLOSE).look(Look::Quiet).icon_only());
        if wants_focus {
            response.request_focus();
        }
        is_closed = response.clicked();
    });
    is_closed
}

fn entries(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    let shown: Vec<Message> = state.messages.newest_first().take(state.messages.shown).cloned().collect();
    let has_older = state.messages.newest_first().nth(shown.len()).is_some();
    if shown.is_empty() {
        ui.add(Label::new(RichText::new(say!("shell-messages-none")).color(palette(ui).weak)).wrap());
        return;
    }
    let most = ui.ctx().content_rect().height() - size::HEADER - size::STATUS - 2.0 * space::XXL - size::BUTTON;
    let most = most.max(size::BUTTON);
    // The panel is as high as it was; without a least height the list could never become longer again.
    let area = ScrollArea::vertical().id_salt("messages").auto_shrink([false, true]);
    let area = area.max_height(most).min_scrolled_height(most);
    area.show(ui, |ui| {
        // Beside the bar, not under it.
        ui.set_width(ui.available_width() - space::M);
        let now = Moment::now();
        for message in &shown {
            ui.push_id(message.number, |ui| entry(ui, state, message, now, wishes));
        }
        if has_older && ui.add(Button::new(&say!("shell-messages-older"))).clicked() {
            state.messages.show_older();
        }
    });
}

/// When it was said and what, with what can be done about it.
fn entry(ui: &mut Ui, state: &mut State, message: &Message, now: Moment, wishes: &mut Wishes) {
    let (tint, symbol) = look(message.weight);
    let (ink, _) = tint.colors(palette(ui));
    ui.spacing_mut().item_spacing.y = space::XS;
    let at = message.at.clock(now);
    let at = match message.times {
        1 => at,
        times => say!("shell-message-again", at = at, count = times),
    };
    ui.add(Label::new(RichText::new(at).font(text::small()).color(palette(ui).weak)));
    match &message.problem {
        None => sentence(ui, symbol, &said(&message.words), ink),
        Some(found) => {
            if found.summary != message.words {
                sentence(ui, symbol, &said(&message.words), ink);
            }
            if let Some(fix) = problem(ui, tint, found) {
                state.wish_for(fix, wishes);
                state.refused = None;
            }
        }
    }
    ui.add_space(space::S);
}
