//! Swim lanes: when each expert was asked, waited, spoke and ended, one bar a question. The parts of a bar differ in
//! form as well as in colour, and a legend names them.

use egui::{
    Align, Align2, Color32, Label, Layout, Painter, Rect, RichText, Role, Sense, StrokeKind, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};

use super::{capitalised, dense, icon};
use crate::{
    protocol::{AskView, ExpertState, ExpertView},
    ui::{
        icon as icons,
        theme::{LINE, Palette, ROUND_SMALL, blend, palette, size, space, stroke, text},
        words,
    },
};

/// So much of the past is shown, in milliseconds.
const SHOWN_MS: u64 = 60_000;
/// A session that has hardly begun is not stretched over the whole width.
const LEAST_MS: u64 = 1000;

/// Draws one lane for each expert, with now at the right edge, and the legend.
pub fn lanes(ui: &mut Ui, experts: &[ExpertView], now_ms: u64) {
    let span = Span::up_to(now_ms);
    ui.scope(|ui| {
        dense(ui);
        axis(ui, span);
        for view in experts {
            lane(ui, view, span);
        }
        ui.add_space(space::XS);
        legend(ui);
    });
}

/// The stretch of time that is shown.
#[derive(Clone, Copy)]
struct Span {
    begins_ms: u64,
    ends_ms: u64,
}

impl Span {
    fn up_to(now_ms: u64) -> Self {
        let ends_ms = now_ms.max(LEAST_MS);
        Self { begins_ms: ends_ms.saturating_sub(SHOWN_MS), ends_ms }
    }

    fn length_ms(self) -> u64 {
        self.ends_ms - self.begins_ms
    }

    fn words(self) -> String {
        let seconds = self.length_ms() / 1000;
        if self.begins_ms == 0 { format!("The whole session, {seconds} s") } else { format!("Last {seconds} s") }
    }

    /// Where a moment stands between two edges.
    fn x(self, at_ms: u64, edges: Rect) -> f32 {
        let share = words::share(at_ms.saturating_sub(self.begins_ms), self.length_ms());
        egui::lerp(edges.x_range(), share)
    }

    fn holds(self, ask: &AskView) -> bool {
        ask.ended_at_ms.unwrap_or(self.ends_ms) >= self.begins_ms
    }
}

/// How a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    UnderWay,
    Answered,
    Failed,
    BrokenOff,
    NoAnswer,
}

impl End {
    /// Only of the last question it is known why there is no answer.
    fn of(ask: &AskView, is_last: bool, state: ExpertState) -> Self {
        match state {
            _ if ask.ended_at_ms.is_none() => Self::UnderWay,
            _ if ask.is_answered => Self::Answered,
            ExpertState::Failed if is_last => Self::Failed,
            ExpertState::BrokenOff if is_last => Self::BrokenOff,
            _ => Self::NoAnswer,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::UnderWay => "under way",
            Self::Answered => "answered",
            Self::Failed => "failed",
            Self::BrokenOff => "broken off",
            Self::NoAnswer => "no answer",
        }
    }

    fn sign(self, palette: &Palette) -> Option<(&'static str, Color32)> {
        match self {
            Self::UnderWay => None,
            Self::Answered => Some((icons::CHECK, palette.good)),
            Self::Failed => Some((icons::FAILED, palette.bad)),
            Self::BrokenOff => Some((icons::SKIPPED, palette.weak)),
            Self::NoAnswer => Some((icons::WARNING, palette.warn)),
        }
    }
}

/// `queued 0.2 s, first token after 1.4 s, 83 tokens, 3.1 s in all, answered`.
fn in_words(ask: &AskView, end: End, now_ms: u64) -> String {
    let over_ms = ask.ended_at_ms.unwrap_or(now_ms);
    let is_over = end != End::UnderWay;
    let since = |from_ms: u64, to_ms: u64| words::duration(to_ms.saturating_sub(from_ms));
    let mut parts = Vec::new();
    match ask.sent_at_ms {
        Some(sent_ms) => parts.push(format!("queued {}", since(ask.queued_at_ms, sent_ms))),
        None if is_over => parts.push("never sent".to_owned()),
        None => parts.push("waiting for its turn".to_owned()),
    }
    match (ask.sent_at_ms, ask.first_token_at_ms) {
        (Some(sent_ms), Some(first_ms)) => {
            parts.push(format!("first token after {}", since(sent_ms, first_ms)));
            parts.push(words::counted(ask.answer_tokens, "token", "tokens"));
        }
        (Some(_), None) if is_over => parts.push("no token came".to_owned()),
        (Some(_), None) => parts.push("waiting for the first token".to_owned()),
        (None, _) => {}
    }
    parts.push(format!("{} in all", since(ask.queued_at_ms, over_ms)));
    parts.push(end.word().to_owned());
    parts.join(", ")
}

/// Which expert, and the model behind it.
fn names(view: &ExpertView) -> (String, String) {
    let is_named_by_role = view.role.is_empty() || view.role == view.title;
    let title = capitalised(&view.title);
    let title = if is_named_by_role { title } else { format!("{title} ({})", view.role) };
    let behind = match view.asks.last() {
        Some(ask) => format!("{}, {}", view.model, ask.provider.title()),
        None => view.model.clone(),
    };
    (title, behind)
}

/// What a screen reader says of one lane.
fn lane_in_words(view: &ExpertView, span: Span) -> String {
    let (title, behind) = names(view);
    let count = view.asks.iter().filter(|ask| span.holds(ask)).count();
    let last = match view.asks.last() {
        Some(ask) => format!("; the last one: {}", in_words(ask, End::of(ask, true, view.state), span.ends_ms)),
        None => String::new(),
    };
    format!("Lane of {title}, {behind}: {count} asked{last}")
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

fn axis(ui: &mut Ui, span: Span) {
    let palette = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::ROW), Sense::hover());
    response
        .widget_info(|| WidgetInfo::labeled(Role::Image, true, "Time runs from left to right, now is on the right"));
    let (left, right) = split(rect);
    let mut place = ui.new_child(UiBuilder::new().max_rect(left).layout(Layout::left_to_right(Align::Center)));
    let weak = |words: String| RichText::new(words).font(text::small()).color(palette.weak);
    place.add(Label::new(weak(span.words())).truncate());
    let plot = plot(right);
    let ago = |ms: u64| format!("{} s ago", ms / 1000);
    let painter = ui.painter();
    for (x, anchor, words) in [
        (plot.left(), Align2::LEFT_CENTER, ago(span.length_ms())),
        (plot.center().x, Align2::CENTER_CENTER, ago(span.length_ms() / 2)),
        (plot.right(), Align2::RIGHT_CENTER, "now".to_owned()),
    ] {
        painter.text(pos2(x, rect.center().y), anchor, words, text::small(), palette.weak);
    }
}

fn lane(ui: &mut Ui, view: &ExpertView, span: Span) {
    let colors = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::LANE), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, lane_in_words(view, span)));
    let (left, right) = split(rect);
    let mut place = ui.new_child(UiBuilder::new().max_rect(left).layout(Layout::top_down(Align::Min)));
    place.spacing_mut().item_spacing.y = 0.0;
    let (title, behind) = names(view);
    place.add(Label::new(RichText::new(title).font(text::strong())).truncate());
    place.add(Label::new(RichText::new(behind).font(text::small()).color(colors.weak)).truncate());
    let plot = plot(right);
    let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(right));
    painter.rect_filled(right, ROUND_SMALL, colors.well);
    painter.vline(plot.center().x, right.y_range(), stroke(LINE, colors.line));
    let drawing = Drawing { painter: &painter, colors, span, plot };
    let mut said = None;
    for (index, ask) in view.asks.iter().enumerate().filter(|(_, ask)| span.holds(ask)) {
        let end = End::of(ask, index + 1 == view.asks.len(), view.state);
        let reach = drawing.bar(ask, end).expand(size::MARK).x_range();
        if response.hover_pos().is_some_and(|at| at.x > right.left() && reach.contains(at.x)) {
            said = Some(in_words(ask, end, span.ends_ms));
        }
    }
    if let Some(said) = said {
        response.on_hover_text_at_pointer(said);
    }
}

struct Drawing<'a> {
    painter: &'a Painter,
    colors: &'a Palette,
    span: Span,
    plot: Rect,
}

impl Drawing<'_> {
    /// Draws one question; gives the edges of its whole bar.
    fn bar(&self, ask: &AskView, end: End) -> Rect {
        let over_ms = ask.ended_at_ms.unwrap_or(self.span.ends_ms);
        let first_ms = ask.first_token_at_ms.unwrap_or(over_ms).min(over_ms);
        let sent_ms = ask.sent_at_ms.unwrap_or(over_ms).min(first_ms);
        for (form, from_ms, to_ms) in [
            (Form::Queued, ask.queued_at_ms, sent_ms),
            (Form::Prefill, sent_ms, first_ms),
            (Form::Tokens, first_ms, over_ms),
        ] {
            if to_ms > from_ms && to_ms >= self.span.begins_ms {
                form.draw(self.painter, self.colors, self.edges(from_ms, to_ms));
            }
        }
        let whole = self.edges(ask.queued_at_ms, over_ms);
        if let Some((symbol, color)) = end.sign(self.colors) {
            let at = pos2(whole.right(), whole.center().y);
            // A ground of its own, so that the sign can be read on any bar.
            self.painter.circle_filled(at, size::MARK + LINE, self.colors.card);
            self.painter.text(at, Align2::CENTER_CENTER, symbol, text::icon(2.0 * size::MARK), color);
        }
        whole
    }

    /// However short a part was, a line of it is seen.
    fn edges(&self, from_ms: u64, to_ms: u64) -> Rect {
        let (left, right) = (self.span.x(from_ms, self.plot), self.span.x(to_ms, self.plot));
        let (middle, half) = (self.plot.center().y, size::LANE_BAR / 2.0);
        Rect::from_min_max(pos2(left, middle - half), pos2(right.max(left + LINE), middle + half))
    }
}

/// The parts of a bar.
#[derive(Clone, Copy)]
enum Form {
    /// Hollow.
    Queued,
    /// Pale within a line.
    Prefill,
    /// Full.
    Tokens,
}

impl Form {
    fn draw(self, painter: &Painter, colors: &Palette, edges: Rect) {
        let pale = blend(colors.well, colors.accent, 0.3);
        let (fill, line) = match self {
            Self::Queued => (colors.well, colors.weak),
            Self::Prefill => (pale, colors.accent),
            Self::Tokens => (colors.accent, colors.accent),
        };
        painter.rect(edges, 0.0, fill, stroke(LINE, line), StrokeKind::Inside);
    }

    fn words(self) -> &'static str {
        match self {
            Self::Queued => "hollow: waiting for its turn",
            Self::Prefill => "pale: until the first token",
            Self::Tokens => "full: tokens come",
        }
    }
}

fn legend(ui: &mut Ui) {
    let colors = palette(ui);
    let small = |words: &str| Label::new(RichText::new(words).font(text::small()).color(colors.weak)).extend();
    ui.horizontal_wrapped(|ui| {
        for form in [Form::Queued, Form::Prefill, Form::Tokens] {
            let (rect, _) = ui.allocate_exact_size(vec2(size::SAMPLE, size::LANE_BAR), Sense::hover());
            form.draw(ui.painter(), colors, rect);
            ui.add(small(form.words()));
        }
        for end in [End::Answered, End::Failed, End::BrokenOff, End::NoAnswer] {
            if let Some((symbol, color)) = end.sign(colors) {
                icon(ui, symbol, size::ICON, color);
                ui.add(small(end.word()));
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked() -> AskView {
        AskView {
            queued_at_ms: 1000,
            sent_at_ms: Some(1200),
            first_token_at_ms: Some(2600),
            ended_at_ms: Some(4100),
            answer_tokens: 83,
            is_answered: true,
            ..AskView::default()
        }
    }

    #[test]
    fn a_question_is_said_in_words() {
        let said = |ask: &AskView, state| in_words(ask, End::of(ask, true, state), 5000);
        let whole = "queued 0.2 s, first token after 1.4 s, 83 tokens, 3.1 s in all, answered";
        assert_eq!(said(&asked(), ExpertState::Done), whole);
        let waiting = AskView { sent_at_ms: None, first_token_at_ms: None, ended_at_ms: None, ..asked() };
        assert_eq!(said(&waiting, ExpertState::Queued), "waiting for its turn, 4.0 s in all, under way");
        let dead = AskView { first_token_at_ms: None, is_answered: false, ..asked() };
        assert_eq!(said(&dead, ExpertState::Failed), "queued 0.2 s, no token came, 3.1 s in all, failed");
        assert_eq!(End::of(&dead, false, ExpertState::Failed), End::NoAnswer, "of an older one nobody knows");
    }

    #[test]
    fn the_last_minute_is_shown_or_less() {
        assert_eq!(Span::up_to(12_000).words(), "The whole session, 12 s");
        let late = Span::up_to(90_000);
        assert_eq!((late.words().as_str(), late.begins_ms), ("Last 60 s", 30_000));
        assert!(!late.holds(&asked()));
        let plot = Rect::from_min_max(pos2(100.0, 0.0), pos2(160.0, 10.0));
        assert_eq!((late.x(30_000, plot), late.x(90_000, plot), late.x(0, plot)), (100.0, 160.0, 100.0));
    }
}
