//! Does asking several models pay? Every decision is judged once more without each of its experts, and over a session each
//! expert's influence is set beside what it took.
//!
//! A synthesizer cannot be asked again for every expert that is left out, so *would the decision have differed without it*
//! is answered by what is known: the decision stands with an expert if nobody else proposed what was done, or if the vote
//! by confidence would have gone to something else. That overstates no one who merely agreed.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{
    player::{Player, Took},
    reading::Opinion,
};
use crate::protocol::{ActionCall, EnsembleView, ProposalView, WorthView};

/// So many decisions are enough to speak of an expert.
const ENOUGH_TO_ADVISE: u64 = 10;

/// One expert's proposal in one decision.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub role: String,
    pub opinion: Opinion,
    pub took: Took,
}

/// What every expert of a session has been worth so far. Cheap to clone; all clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Worth(Arc<Mutex<Book>>);

#[derive(Debug, Default)]
struct Book {
    decisions: u64,
    /// The sum of the shares that agreed, over so many decisions with a proposal.
    agreed: f64,
    proposed: u64,
    own_ways: u64,
    experts: Vec<Expert>,
    synthesizer: Option<Expert>,
    /// The roles that were followed in the last decision, and whether each was decisive.
    last: Vec<(String, bool)>,
}

#[derive(Debug, Default)]
struct Expert {
    view: WorthView,
    total_ms: u64,
    usd: f64,
    is_unpriced: bool,
}

impl Worth {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes one decision; gives the proposals with what each was worth in it.
    pub fn judge(&self, asked: &[Arc<Player>], proposals: &[Proposal], action: &ActionCall) -> Vec<ProposalView> {
        let opinions: Vec<Opinion> = proposals.iter().map(|proposal| proposal.opinion.clone()).collect();
        let mut book = self.book();
        book.decisions += 1;
        if let Some(share) = agreement(&opinions) {
            book.agreed += share;
            book.proposed += 1;
        }
        book.own_ways += u64::from(!opinions.iter().any(|opinion| opinion.action.as_ref() == Some(action)));
        for player in asked {
            book.expert(player).view.asked += 1;
        }
        let views: Vec<ProposalView> = (proposals.iter().enumerate())
            .map(|(index, proposal)| ProposalView {
                title: proposal.opinion.title.clone(),
                action: proposal.opinion.action.clone(),
                thought: proposal.opinion.thought.clone(),
                confidence: proposal.opinion.confidence,
                followed: proposal.opinion.action.as_ref() == Some(action),
                decisive: is_decisive(&opinions, index, action),
                took_ms: proposal.took.total_ms,
                tokens: proposal.took.tokens,
                usd: proposal.took.usd,
            })
            .collect();
        for (proposal, view) in proposals.iter().zip(&views) {
            let Some(expert) = book.experts.iter_mut().find(|expert| expert.view.role == proposal.role) else {
                continue;
            };
            expert.view.followed += u64::from(view.followed);
            expert.view.decisive += u64::from(view.decisive);
            expert.paid(proposal.took);
        }
        let followed = proposals.iter().zip(&views).filter(|(_, view)| view.followed);
        book.last = followed.map(|(proposal, view)| (proposal.role.clone(), view.decisive)).collect();
        views
    }

    /// What was decided last was not done: somebody outside of the ensemble had more weight.
    pub fn overruled(&self) {
        let mut book = self.book();
        for (role, was_decisive) in std::mem::take(&mut book.last) {
            let Some(expert) = book.experts.iter_mut().find(|expert| expert.view.role == role) else { continue };
            expert.view.followed -= 1;
            expert.view.decisive -= u64::from(was_decisive);
        }
    }

    /// Notes what the one who decides took.
    pub fn note_synthesis(&self, player: &Player, took: Took) {
        let mut book = self.book();
        let synthesizer = book.synthesizer.get_or_insert_with(|| Expert::of(player));
        synthesizer.view.asked += 1;
        synthesizer.paid(took);
    }

    /// Everything so far, with advice.
    pub fn read(&self) -> EnsembleView {
        let book = self.book();
        let experts: Vec<WorthView> = book.experts.iter().chain(&book.synthesizer).map(Expert::read).collect();
        let advised = &experts[..book.experts.len()];
        EnsembleView {
            decisions: book.decisions,
            agreement: (book.proposed > 0).then(|| book.agreed / times(book.proposed)),
            own_ways: book.own_ways,
            advice: advice(book.decisions, book.own_ways, advised),
            experts,
        }
    }
}

impl Book {
    fn expert(&mut self, player: &Player) -> &mut Expert {
        let at = self.experts.iter().position(|expert| expert.view.role == player.role).unwrap_or_else(|| {
            self.experts.push(Expert::of(player));
            self.experts.len() - 1
        });
        &mut self.experts[at]
    }
}

impl Expert {
    fn of(player: &Player) -> Self {
        let view = WorthView {
            role: player.role.clone(),
            title: player.title.clone(),
            model: player.model_name.clone(),
            ..WorthView::default()
        };
        Self { view, ..Self::default() }
    }

    fn paid(&mut self, took: Took) {
        self.view.answered += 1;
        self.total_ms += took.total_ms;
        self.view.tokens += took.tokens.unwrap_or(0);
        self.usd += took.usd.unwrap_or(0.0);
        self.is_unpriced |= took.usd.is_none();
    }

    fn read(&self) -> WorthView {
        WorthView {
            mean_ms: self.total_ms / self.view.answered.max(1),
            usd: (!self.is_unpriced).then_some(self.usd),
            ..self.view.clone()
        }
    }
}

/// The opinion that most weight stands behind: its own confidence and that of those who say the same.
pub fn best(opinions: &[Opinion]) -> Option<(&Opinion, &ActionCall)> {
    let weight = |action: &ActionCall| -> f64 {
        opinions.iter().filter(|other| other.action.as_ref() == Some(action)).map(|other| other.confidence).sum()
    };
    opinions
        .iter()
        .filter_map(|opinion| opinion.action.as_ref().map(|action| (opinion, action)))
        .max_by(|left, right| weight(left.1).total_cmp(&weight(right.1)))
}

/// How much of all proposals stands behind what was done, each by how sure it is: 0 to 1.
pub fn backing(proposals: &[ProposalView]) -> f64 {
    let behind: f64 = proposals.iter().filter(|proposal| proposal.followed).map(|proposal| proposal.confidence).sum();
    behind / times(proposals.len().max(1) as u64)
}

/// Whether the decision would have been another one without this opinion.
fn is_decisive(opinions: &[Opinion], index: usize, action: &ActionCall) -> bool {
    if opinions[index].action.as_ref() != Some(action) {
        return false;
    }
    let others: Vec<Opinion> =
        opinions.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, opinion)| opinion.clone()).collect();
    let nobody_else = !others.iter().any(|other| other.action.as_ref() == Some(action));
    let vote_with = best(opinions).map(|(_, winner)| winner);
    let vote_without = best(&others).map(|(_, winner)| winner);
    nobody_else || (vote_with == Some(action) && vote_without != Some(action))
}

/// The share of proposals that named the action most of them named; `None` without any.
fn agreement(opinions: &[Opinion]) -> Option<f64> {
    let actions: Vec<&ActionCall> = opinions.iter().filter_map(|opinion| opinion.action.as_ref()).collect();
    let most = actions.iter().map(|action| actions.iter().filter(|other| *other == action).count()).max()?;
    Some(times(most as u64) / times(actions.len() as u64))
}

/// What follows from the figures, in plain words.
fn advice(decisions: u64, own_ways: u64, experts: &[WorthView]) -> Vec<String> {
    if decisions < ENOUGH_TO_ADVISE {
        return Vec::new();
    }
    let mut advice = Vec::new();
    let is_idle = |expert: &WorthView| expert.answered > 0 && expert.decisive == 0;
    if experts.len() > 1 && own_ways == 0 && experts.iter().all(is_idle) {
        return vec![format!(
            "No single one of {} experts changed any of {decisions} decisions; fewer of them would do",
            experts.len()
        )];
    }
    for expert in experts {
        let cost = match expert.usd {
            Some(usd) if usd > 0.0 => format!(" and ${usd:.4}"),
            _ => String::new(),
        };
        let title = if expert.role.is_empty() || expert.role == expert.title {
            expert.title.clone()
        } else {
            format!("{} ({})", expert.title, expert.role)
        };
        if expert.asked >= ENOUGH_TO_ADVISE && expert.answered == 0 {
            advice.push(format!("{title} has not answered once in {} decisions", expert.asked));
        } else if expert.asked >= ENOUGH_TO_ADVISE && expert.decisive == 0 {
            let followed = match expert.followed {
                0 => "was never followed".to_owned(),
                count => format!("only agreed with others, {count} times"),
            };
            let tokens = match expert.tokens {
                0 => "tokens that nobody counted".to_owned(),
                count => format!("{count} tokens"),
            };
            let asked = expert.asked;
            advice.push(format!("{title} changed nothing in {asked} decisions ({followed}); it took {tokens}{cost}"));
        }
    }
    if own_ways * 2 > decisions {
        advice.push(format!(
            "In {own_ways} of {decisions} decisions whoever decides took what no expert had proposed; one model alone may do"
        ));
    }
    if advice.is_empty() {
        advice.push(format!("Every expert changed at least one of {decisions} decisions"));
    }
    advice
}

#[expect(clippy::cast_precision_loss, reason = "counts of decisions")]
fn times(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opinion(title: &str, action: &str, confidence: f64) -> Opinion {
        Opinion { title: title.into(), thought: String::new(), action: Some(ActionCall::bare(action)), confidence }
    }

    #[test]
    fn one_who_stands_alone_or_tips_the_vote_is_decisive_and_one_who_agrees_is_not() {
        let flee = ActionCall::bare("flee");
        let alone = [opinion("a", "flee", 0.2), opinion("b", "attack", 0.9)];
        assert!(is_decisive(&alone, 0, &flee) && !is_decisive(&alone, 1, &flee));
        let tipped = [opinion("a", "flee", 0.5), opinion("b", "flee", 0.3), opinion("c", "attack", 0.6)];
        assert!(is_decisive(&tipped, 0, &flee) && is_decisive(&tipped, 1, &flee) && !is_decisive(&tipped, 2, &flee));
        let crowd = [opinion("a", "flee", 0.5), opinion("b", "flee", 0.5), opinion("c", "flee", 0.5)];
        assert!((0..3).all(|index| !is_decisive(&crowd, index, &flee)));
        assert_eq!(agreement(&tipped), Some(2.0 / 3.0));
        assert_eq!(agreement(&[]), None);
    }

    #[test]
    fn an_expert_that_changes_nothing_is_named_after_enough_decisions() {
        let view = |title: &str, followed, decisive, answered| WorthView {
            title: title.into(),
            asked: 40,
            answered,
            followed,
            decisive,
            tokens: 12_000,
            ..WorthView::default()
        };
        let experts = [view("threat", 12, 3, 40), view("navigation", 9, 0, 40), view("opportunity", 0, 0, 0)];
        let advice = advice(40, 2, &experts);
        assert_eq!(
            advice,
            [
                "navigation changed nothing in 40 decisions (only agreed with others, 9 times); it took 12000 tokens",
                "opportunity has not answered once in 40 decisions",
            ]
        );
        let idle = [view("threat", 9, 0, 40), view("navigation", 9, 0, 40)];
        assert_eq!(
            super::advice(40, 0, &idle),
            ["No single one of 2 experts changed any of 40 decisions; fewer of them would do"]
        );
        assert_eq!(super::advice(9, 9, &experts), Vec::<String>::new(), "too few to say anything");
        let words = super::advice(40, 30, &experts[..1]);
        assert!(words[0].contains("30 of 40"), "{words:?}");
    }
}
