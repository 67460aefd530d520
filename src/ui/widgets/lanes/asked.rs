//! One question in a lane: how it stands, in words and as a sign, and its bar. The parts of a bar differ in form as well
//! as in colour.

use egui::{Align2, Color32, Painter, Rect, StrokeKind, Ui, pos2};

use super::{legend::sample, span::Span};
use crate::{
    protocol::{AskView, ExpertState},
    ui::{
        catalogue::say,
        icon,
        theme::{LINE, Palette, blend, palette, size, stroke, text},
        words,
    },
};

/// How a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    UnderWay,
    Answered,
    Failed,
    BrokenOff,
    NoAnswer,
}

impl End {
    /// Only of the last question it is known why there is no answer.
    pub fn of(ask: &AskView, is_last: bool, state: ExpertState) -> Self {
        match state {
            _ if ask.ended_at_ms.is_none() => Self::UnderWay,
            _ if ask.is_answered => Self::Answered,
            ExpertState::Failed if is_last => Self::Failed,
            ExpertState::BrokenOff if is_last => Self::BrokenOff,
            _ => Self::NoAnswer,
        }
    }

    fn words(self) -> String {
        match self {
            Self::UnderWay => say!("experts-under-way"),
            Self::Answered => say!("experts-answered"),
            Self::Failed => say!("experts-failed"),
            Self::BrokenOff => say!("experts-broken-off"),
            Self::NoAnswer => say!("experts-no-answer"),
        }
    }

    fn sign(self, palette: &Palette) -> Option<(&'static str, Color32)> {
        match self {
            Self::UnderWay => None,
            Self::Answered => Some((icon::CHECK, palette.good)),
            Self::Failed => Some((icon::FAILED, palette.bad)),
            Self::BrokenOff => Some((icon::SKIPPED, palette.weak)),
            Self::NoAnswer => Some((icon::WARNING, palette.warn)),
        }
    }
}

/// `queued 0.2 s, first token after 1.4 s, 83 tokens, 3.1 s in all, answered`.
pub fn in_words(ask: &AskView, end: End, now_ms: u64) -> String {
    let over_ms = ask.ended_at_ms.unwrap_or(now_ms);
    let is_over = end != End::UnderWay;
    let since = |from_ms: u64, to_ms: u64| words::duration(to_ms.saturating_sub(from_ms));
    let mut parts = Vec::new();
    match ask.sent_at_ms {
        Some(sent_ms) => parts.push(say!("experts-queued", took = since(ask.queued_at_ms, sent_ms))),
        None if is_over => parts.push(say!("experts-never-sent")),
        None => parts.push(say!("experts-waiting-for-turn")),
    }
    match (ask.sent_at_ms, ask.first_token_at_ms) {
        (Some(sent_ms), Some(first_ms)) => {
            parts.push(say!("experts-first-token", took = since(sent_ms, first_ms)));
            parts.push(say!("experts-tokens", count = ask.answer_tokens));
        }
        (Some(_), None) if is_over => parts.push(say!("experts-no-token")),
        (Some(_), None) => parts.push(say!("experts-waiting-for-token")),
        (None, _) => {}
    }
    // What still grows is told in whole seconds.
    let took_ms = over_ms.saturating_sub(ask.queued_at_ms);
    let took = if is_over { words::duration(took_ms) } else { words::whole_seconds(took_ms) };
    parts.push(say!("experts-in-all", took = took));
    parts.push(end.words());
    parts.join(", ")
}

/// Where questions are drawn, and how.
pub struct Drawing<'a> {
    pub painter: &'a Painter,
    pub colors: &'a Palette,
    pub span: Span,
    pub plot: Rect,
}

impl Drawing<'_> {
    /// Draws one question without its sign; gives the edges of its whole bar.
    pub fn bar(&self, ask: &AskView) -> Rect {
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
        self.edges(ask.queued_at_ms, over_ms)
    }

    /// Draws how each ended over the bars, oldest first. Of answers that came close together not each has its sign;
    /// what went wrong always has.
    pub fn signs(&self, bars: impl Iterator<Item = (End, Rect)>) {
        let reach = size::MARK + LINE;
        let mut free_from = f32::NEG_INFINITY;
        for (end, bar) in bars {
            let Some((symbol, color)) = end.sign(self.colors) else { continue };
            let at = pos2(bar.right(), bar.center().y);
            if end == End::Answered && at.x - reach < free_from {
                continue;
            }
            // A ground of its own, so that the sign can be read on any bar.
            self.painter.circle_filled(at, reach, self.colors.card);
            self.painter.text(at, Align2::CENTER_CENTER, symbol, text::icon(2.0 * size::MARK), color);
            free_from = at.x + reach;
        }
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

    fn words(self) -> String {
        match self {
            Self::Queued => say!("experts-hollow"),
            Self::Prefill => say!("experts-pale"),
            Self::Tokens => say!("experts-full"),
        }
    }
}

/// Draws what the forms and the signs mean.
pub fn legend(ui: &mut Ui) {
    let colors = palette(ui);
    ui.horizontal_wrapped(|ui| {
        for form in [Form::Queued, Form::Prefill, Form::Tokens] {
            sample(ui, &form.words(), |painter, edges| form.draw(painter, colors, edges));
        }
        for end in [End::Answered, End::Failed, End::BrokenOff, End::NoAnswer] {
            let Some((symbol, color)) = end.sign(colors) else { continue };
            sample(ui, &end.words(), |painter, edges| {
                painter.text(edges.center(), Align2::CENTER_CENTER, symbol, text::icon(size::ICON), color);
            });
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_said_in_words() {
        let asked = AskView {
            queued_at_ms: 1000,
            sent_at_ms: Some(1200),
            first_token_at_ms: Some(2600),
            ended_at_ms: Some(4100),
            answer_tokens: 83,
            is_answered: true,
            ..AskView::default()
        };
        let said = |ask: &AskView, state| in_words(ask, End::of(ask, true, state), 5000);
        let whole = "queued 0.2\u{a0}s, first token after 1.4\u{a0}s, 83 tokens, 3.1\u{a0}s in all, answered";
        assert_eq!(said(&asked, ExpertState::Done), whole);
        let waiting = AskView { sent_at_ms: None, first_token_at_ms: None, ended_at_ms: None, ..asked.clone() };
        assert_eq!(said(&waiting, ExpertState::Queued), "waiting for its turn, 4\u{a0}s in all, under way");
        let dead = AskView { first_token_at_ms: None, is_answered: false, ..asked };
        assert_eq!(said(&dead, ExpertState::Failed), "queued 0.2\u{a0}s, no token came, 3.1\u{a0}s in all, failed");
        assert_eq!(End::of(&dead, false, ExpertState::Failed), End::NoAnswer, "of an older one nobody knows");
    }
}
