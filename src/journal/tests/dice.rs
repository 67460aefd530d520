//! Lots that are drawn: whatever can happen in a session, with whatever can stand in it.

use serde_json::json;

use super::samples::{approval, asked, map};
use crate::{
    protocol::{
        ActionCall, AdviceCost, Approval, ApprovalAnswer, Belonging, BelongingKind, Breaker, Call, CallState, Cause,
        Decided, DecisionView, Effect, EffectStatus, EnvironmentView, Judgement, LoopName, Narration, Notice,
        NoticeKind, Observed, PauseReason, Problem, ProposalView, Questioned, Record, Said, Scene, StepReport, What,
        WorldView,
    },
    settings::Provider,
};

/// How many kinds of records [`Dice::what`] makes.
pub const KINDS: u64 = 16;

/// Draws lots, the same ones for the same seed.
pub struct Dice(pub u64);

impl Dice {
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, limit: u64) -> u64 {
        self.number() % limit
    }

    fn flag(&mut self) -> bool {
        self.below(2) == 0
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.below(of.len() as u64)).unwrap()].clone()
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.flag().then(|| make(self))
    }

    /// Small ones, and the largest there are.
    fn count(&mut self) -> u64 {
        let any = self.number();
        self.one(&[0, 1, 77, u64::MAX, 1 << 63, any])
    }

    fn figure(&mut self) -> f64 {
        let any = f64::from(u32::try_from(self.below(1 << 31)).unwrap()) / 7.0;
        self.one(&[0.0, 0.1 + 0.2, -1e-300, 1e300, any, -any])
    }

    fn text(&mut self) -> String {
        let pieces =
            ["", "it's ", "a \0 in it ", "{\"a\": [1]} ", "grün 🦊 ", "two\nlines ", "' OR 1 = 1 -- ", "%_\\ "];
        (0..self.below(6)).map(|_| self.one(&pieces)).collect()
    }

    fn action(&mut self) -> ActionCall {
        let mut action = ActionCall::bare(&self.text());
        if self.flag() {
            action.arguments.insert(self.text(), json!({"deep": [self.text(), self.figure(), null]}));
        }
        action
    }

    fn view(&mut self) -> EnvironmentView {
        match self.below(3) {
            0 => EnvironmentView::Nothing,
            1 => map(u32::try_from(self.below(300)).unwrap()),
            _ => EnvironmentView::World(Box::new(WorldView { text: self.text(), ..WorldView::default() })),
        }
    }

    fn proposal(&mut self) -> ProposalView {
        ProposalView {
            title: self.text(),
            action: self.maybe(Self::action),
            thought: self.text(),
            confidence: self.figure(),
            followed: self.flag(),
            decisive: self.flag(),
            took_ms: self.count(),
            tokens: self.maybe(Self::count),
            usd: self.maybe(Self::figure),
        }
    }

    fn call(&mut self, number: u64) -> Call {
        Call {
            call: number,
            question: self.maybe(Self::count),
            role: self.text(),
            provider: self.one(&Provider::ALL),
            model: self.text(),
            model_answered: self.text(),
            endpoint: self.text(),
            state: self.one(&[CallState::Answered, CallState::Failed, CallState::BrokenOff]),
            asked_at_ms: self.count(),
            left_at_ms: self.maybe(Self::count),
            first_token_at_ms: self.maybe(Self::count),
            ended_at_ms: self.maybe(Self::count),
            tokens_per_second: self.maybe(Self::figure),
            prompt_tokens: self.maybe(Self::count),
            answer_tokens: self.maybe(Self::count),
            usd: self.maybe(Self::figure),
            failure: self.maybe(Self::text),
            cause: self.maybe(|dice| dice.one(Cause::ALL)),
            said: Some(Box::new(Said {
                system: self.text(),
                prompt: self.text(),
                answer: self.text(),
                reasoning: self.text(),
            })),
        }
    }

    fn decided(&mut self) -> Decided {
        let decision = DecisionView {
            question: self.count(),
            step: self.count(),
            action: self.action(),
            by: self.text(),
            because: self.text(),
            proposals: (0..self.below(4)).map(|_| self.proposal()).collect(),
            shortfalls: (0..self.below(3)).map(|_| self.text()).collect(),
            took_ms: self.count(),
            effect: self.maybe(Self::text),
        };
        Decided { question: self.below(1000), look: self.count(), decision }
    }

    fn stepped(&mut self) -> StepReport {
        use EffectStatus::*;
        StepReport {
            step: self.count(),
            action: self.action(),
            ordered_by: self.one(&LoopName::ALL),
            by: self.text(),
            because: self.text(),
            effect: Effect {
                status: self.one(&[Done, Rejected, Failed, Uncertain]),
                text: self.text(),
                score: self.maybe(Self::figure),
                changed: self.flag(),
                whole: self.maybe(Self::text),
            },
            score: self.maybe(Self::figure),
            took_ms: self.count(),
            // A decision on the same question would be changed by it.
            question: self.maybe(|dice| dice.below(1000) + 1000),
        }
    }

    fn belonging(&mut self) -> Belonging {
        let kind = self.one(&[BelongingKind::Child, BelongingKind::Instance]);
        Belonging { kind, name: self.text(), handle: self.text(), place: self.text() }
    }

    fn answer(&mut self) -> ApprovalAnswer {
        let (for_session, word) = (self.flag(), self.text());
        self.one(&[
            ApprovalAnswer::Approved { for_session, for_ever: false },
            ApprovalAnswer::Rejected { word },
            ApprovalAnswer::Unanswered,
        ])
    }

    fn pause(&mut self) -> PauseReason {
        let words = self.text();
        let breaker = self.one(&Breaker::ALL);
        self.one(&[
            PauseReason::Person,
            PauseReason::OneDecision,
            PauseReason::Budget { words: words.clone() },
            PauseReason::Breaker { breaker, words: words.clone() },
            PauseReason::NotRecorded { words },
        ])
    }

    fn observed(&mut self) -> Observed {
        Observed {
            look: self.count(),
            tick: self.count(),
            scene: self.one(&[Scene::Town, Scene::Combat, Scene::Unknown]),
            situation: self.text(),
            text: self.text(),
            facts: json!({"health": self.figure(), "names": [self.text()], "none": null}),
            score: self.maybe(Self::figure),
            view: self.view(),
            picture_png: None,
            picture: None,
        }
    }

    fn judgement(&mut self) -> Judgement {
        let advice = |dice: &mut Self| {
            let (title, cost) = (dice.text(), dice.figure());
            AdviceCost { title, cost, was_followed: dice.flag(), is_proved: dice.flag() }
        };
        Judgement {
            step: self.count(),
            cost: self.figure(),
            is_proved: self.flag(),
            still_possible: self.figure(),
            advice: (0..self.below(4)).map(|_| advice(self)).collect(),
        }
    }

    fn approval(&mut self) -> Approval {
        Approval {
            action: self.action(),
            by: self.text(),
            because: self.text(),
            server: None,
            waits_ms: self.count(),
            ..approval(self.count())
        }
    }

    fn notice(&mut self) -> Notice {
        let problem = self.maybe(|dice| Problem::plain(dice.text(), vec![dice.text()], &dice.text()));
        Notice { kind: NoticeKind::Warning, from: self.text(), text: self.text(), problem }
    }

    /// Something of this kind; calls that were asked wait in `open` for their end.
    fn what(&mut self, kind: u64, number: u64, open: &mut Vec<Call>) -> What {
        match kind {
            0 => What::Observed(Box::new(self.observed())),
            1 => What::Questioned(Questioned { question: self.count(), look: self.count() }),
            2 => {
                let call = self.call(number);
                let left_at_ms = self.maybe(Self::count);
                let at_first = Call { left_at_ms, ..asked(&call) };
                open.push(call);
                What::Asked(Box::new(at_first))
            }
            // One that nobody knew of is kept as well.
            3 => What::CallEnded(Box::new(open.pop().unwrap_or_else(|| self.call(number)))),
            4 => What::Decided(Box::new(self.decided())),
            5 => What::Acting { action: self.action(), question: self.maybe(Self::count) },
            6 => What::Stepped(Box::new(self.stepped())),
            7 => What::ApprovalNeeded(Box::new(self.approval())),
            8 => What::ApprovalClosed { approval: self.count(), answer: self.answer() },
            9 => What::Judged(Box::new(self.judgement())),
            10 => What::Noticed(Box::new(self.notice())),
            11 => What::Narrated(Narration {
                text: self.text(),
                by: self.text(),
                step: self.count(),
                dropped: self.count(),
            }),
            12 => What::Paused { why: self.pause() },
            13 => What::Resumed { word: self.maybe(Self::text) },
            14 => What::Opened(self.belonging()),
            _ => What::Closed(self.belonging()),
        }
    }

    /// So many records of every kind in turn, and each kind at least once where there are enough.
    pub fn records(&mut self, how_many: u64) -> Vec<Record> {
        let (mut records, mut open) = (Vec::new(), Vec::new());
        for number in 0..how_many {
            let kind = if number < KINDS { number } else { self.below(KINDS) };
            records.push(Record { at_ms: number * 10, what: self.what(kind, number, &mut open) });
        }
        records
    }
}
