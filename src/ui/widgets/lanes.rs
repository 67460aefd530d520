//! Swim lanes: when each expert was asked, waited, spoke and ended, one bar a question, and a legend that names the parts
//! of a bar.

mod asked;
pub mod legend;
mod span;

use egui::{
    Align, Align2, Label, Layout, Rect, RichText, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2,
    text::{LayoutJob, TextFormat},
    vec2,
};

use super::{capitalised, dense, steady};
use crate::{
    protocol::ExpertView,
    ui::{
        catalogue::{said, say},
        theme::{LINE, ROUND_SMALL, palette, size, space, stroke, text},
        words,
    },
};

use asked::{Drawing, End, in_words};
use span::Span;

/// Where there are more experts than these, each lane is one line high, so that all of them are seen at once.
const ROOMY: usize = 6;

/// Draws one lane for each expert, with now at the right edge, and the legend.
pub fn lanes(ui: &mut Ui, experts: &[ExpertView], now_ms: u64) {
    let span = Span::up_to(now_ms);
    let height = if experts.len() > ROOMY { size::ROW } else { size::LANE };
    ui.scope(|ui| {
        dense(ui);
        axis(ui, span);
        for view in experts {
            lane(ui, view, span, height);
        }
        ui.add_space(space::XS);
        asked::legend(ui);
    });
}

/// Which expert, and the model behind it.
fn names(view: &ExpertView) -> (String, String) {
    let is_named_by_role = view.role.is_empty() || view.role == view.title;
    let title = capitalised(&said(&view.title));
    let title = if is_named_by_role { title } else { format!("{title} ({})", view.role) };
    let behind = match view.asks.last() {
        Some(ask) => format!("{}, {}", view.model, words::provider(ask.provider)),
        None => view.model.clone(),
    };
    (title, behind)
}

/// What a screen reader says of one lane.
fn lane_in_words(view: &ExpertView, span: Span) -> String {
    let (title, behind) = names(view);
    let count = view.asks.iter().filter(|ask| span.holds(ask)).count();
    match view.asks.last() {
        Some(ask) => {
            let last = in_words(ask, End::of(ask, true, view.state), span.ends_ms);
            say!("experts-lane", title = title, behind = behind, count = count, last = last)
        }
        None => say!("experts-lane-unasked", title = title, behind = behind),
    }
}

/// The names on the left, the bars on the right.
fn split(whole: Rect) -> (Rect, Rect) {
    let names = size::LANE_NAME.min(whole.width() * 0.4);
    let (left, right) = whole.split_left_right_at_x(whole.left() + names);
    (left.with_max_x(left.right() - space::S), right)
}

/// The marks of the last answers need room at the right edge.
fn plot(right: Rect) -> Rect {
    right.with_max_x(right.right() - size::MARK - LINE)
}

/// How much of the session is shown, and the moments that the lines across the lanes stand for.
fn axis(ui: &mut Ui, span: Span) {
    let colors = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::ROW), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, say!("experts-axis")));
    let (left, right) = split(rect);
    let mut place = ui.new_child(UiBuilder::new().max_rect(left).layout(Layout::left_to_right(Align::Center)));
    place.add(Label::new(RichText::new(span.words()).font(text::small()).color(colors.weak)).truncate());
    let plot = plot(right);
    let first = plot.left() + size::MOMENT / 2.0;
    for ago in span.ticks(plot.width()) {
        let x = span.x(span.ago(ago), plot);
        // Nothing reaches beyond the edges.
        let (anchor, words) = match ago {
            0 => (Align2::RIGHT_CENTER, say!("experts-now")),
            _ if x < first => (Align2::LEFT_CENTER, say!("experts-ago", seconds = ago)),
            _ => (Align2::CENTER_CENTER, say!("experts-ago", seconds = ago)),
        };
        ui.painter().text(pos2(x, rect.center().y), anchor, words, text::small(), colors.weak);
    }
}

fn lane(ui: &mut Ui, view: &ExpertView, span: Span, height: f32) {
    let colors = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    // Time goes on with every frame.
    let said = steady(ui, ("lane", view.role.as_str()), lane_in_words(view, span));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &said));
    let (left, right) = split(rect);
    named(ui, view, left);
    let plot = plot(right);
    let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(right));
    painter.rect_filled(right, ROUND_SMALL, colors.well);
    for ago in span.ticks(plot.width()).skip(1) {
        painter.vline(span.x(span.ago(ago), plot), right.y_range(), stroke(LINE, colors.line));
    }
    let drawing = Drawing { painter: &painter, colors, span, plot };
    let asks = view.asks.iter().enumerate().filter(|(_, ask)| span.holds(ask));
    let bars: Vec<_> = asks
        .map(|(index, ask)| (ask, End::of(ask, index + 1 == view.asks.len(), view.state), drawing.bar(ask)))
        .collect();
    drawing.signs(bars.iter().map(|(_, end, bar)| (*end, *bar)));
    let mut said = None;
    for (ask, end, bar) in bars {
        let reach = bar.expand(size::MARK).x_range();
        if response.hover_pos().is_some_and(|at| at.x > right.left() && reach.contains(at.x)) {
            said = Some(in_words(ask, end, span.ends_ms));
        }
    }
    if let Some(said) = said {
        response.on_hover_text_at_pointer(said);
    }
}

/// Who it is, and the model under it, or beside it where a lane has only one line.
fn named(ui: &mut Ui, view: &ExpertView, edges: Rect) {
    let colors = palette(ui);
    let (title, behind) = names(view);
    if edges.height() < size::LANE {
        let layout = Layout::left_to_right(Align::Center);
        let mut place = ui.new_child(UiBuilder::new().max_rect(edges).layout(layout));
        let mut both = LayoutJob::default();
        both.append(&title, 0.0, TextFormat::simple(text::strong(), colors.text));
        both.append(&format!(", {behind}"), 0.0, TextFormat::simple(text::small(), colors.weak));
        place.add(Label::new(both).truncate());
        return;
    }
    let mut place = ui.new_child(UiBuilder::new().max_rect(edges).layout(Layout::top_down(Align::Min)));
    place.spacing_mut().item_spacing.y = 0.0;
    place.add(Label::new(RichText::new(title).font(text::strong())).truncate());
    place.add(Label::new(RichText::new(behind).font(text::small()).color(colors.weak)).truncate());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::AskView;

    #[test]
    fn a_lane_is_said_whether_somebody_was_asked_or_not() {
        let mut view = ExpertView {
            role: "expert.threat".into(),
            title: "threat".into(),
            model: "qwen/qwen3-8b".into(),
            ..ExpertView::default()
        };
        let span = Span::up_to(5000);
        assert_eq!(lane_in_words(&view, span), "Lane of Threat (expert.threat), qwen/qwen3-8b: 0 asked");
        view.asks = vec![AskView { queued_at_ms: 1000, ..AskView::default() }];
        let asked = "Lane of Threat (expert.threat), qwen/qwen3-8b, Local models: 1 asked; the last one: waiting for its \
                     turn, 4\u{a0}s in all, under way";
        assert_eq!(lane_in_words(&view, span), asked);
    }
}
