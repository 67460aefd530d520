//! A session of a minute, looked at in its moments.

use super::*;
use crate::{
    protocol::{
        ActionCall, AdviceCost, Approval, ApprovalAnswer, Call, CallState, Certificate, ClockView, Decided, Effect,
        EffectStatus, Ending, ExpertState, Judgement, LoopName, Narration, NoticeKind, Observed, ProposalView,
        Questioned, RegretView, Risk, Said, SessionReport, Spending, WorldView,
    },
    settings::{Provider, Strategy},
};

fn at(at_ms: u64, what: What) -> Record {
    Record { at_ms, what }
}

fn looked(at_ms: u64, look: u64, score: f64) -> Record {
    let world = WorldView { turn: u32::try_from(look).unwrap(), ..WorldView::default() };
    let view = EnvironmentView::World(Box::new(world));
    at(at_ms, What::Observed(Box::new(Observed { look, score: Some(score), view, ..Observed::default() })))
}

fn asked(call: u64, question: u64, role: &str, asked_at_ms: u64) -> Call {
    let model = "small".to_owned();
    Call { call, question: Some(question), role: role.into(), model, asked_at_ms, ..Call::default() }
}

/// Leaves after 50 ms and has its first token after 150 ms.
fn ended(call: &Call, ended_at_ms: u64, state: CallState) -> Record {
    let call = Call {
        state,
        left_at_ms: Some(call.asked_at_ms + 50),
        first_token_at_ms: Some(call.asked_at_ms + 150),
        ended_at_ms: Some(ended_at_ms),
        tokens_per_second: Some(40.0),
        prompt_tokens: Some(100),
        answer_tokens: Some(20),
        failure: (state == CallState::Failed).then(|| "no route".to_owned()),
        ..call.clone()
    };
    at(ended_at_ms, What::CallEnded(Box::new(call)))
}

fn proposal(title: &str, action: &str, thought: &str) -> ProposalView {
    ProposalView {
        title: title.into(),
        action: Some(ActionCall::bare(action)),
        thought: thought.into(),
        confidence: 0.5,
        followed: action == "talk",
        decisive: false,
        took_ms: 300,
        tokens: Some(120),
        usd: None,
    }
}

fn decided(at_ms: u64, question: u64, by: &str, proposals: Vec<ProposalView>) -> Record {
    let decision = DecisionView {
        question,
        // As the journal has it afterwards; the picture must not know it before.
        step: question,
        action: ActionCall::bare("talk"),
        by: by.into(),
        because: format!("because {question}"),
        proposals,
        shortfalls: Vec::new(),
        took_ms: 500,
        effect: Some("known too early".into()),
    };
    at(at_ms, What::Decided(Box::new(Decided { question, look: question, decision })))
}

fn acting(at_ms: u64, question: Option<u64>) -> Record {
    at(at_ms, What::Acting { action: ActionCall::bare("talk"), question })
}

fn stepped(at_ms: u64, step: u64, question: Option<u64>, score: Option<f64>) -> Record {
    let effect =
        Effect { status: EffectStatus::Done, text: format!("effect {step}"), score, changed: true, whole: None };
    let (action, ordered_by) = (ActionCall::bare("talk"), LoopName::Reasoning);
    let (by, because) = ("synthesizer".to_owned(), String::new());
    at(
        at_ms,
        What::Stepped(Box::new(StepReport {
            step,
            action,
            ordered_by,
            by,
            because,
            effect,
            score,
            took_ms: 1,
            question,
        })),
    )
}

/// Two experts and a synthesizer on one question, then a reflex, a decision that is overtaken, one that is refused.
fn minute() -> SessionFile {
    let (threat, navigation) = (asked(1, 1, "expert.1", 1000), asked(2, 1, "expert.2", 1000));
    let synthesizer = asked(3, 1, "synthesizer", 1500);
    let narrator = Call { call: 4, question: None, role: "narrator".into(), ..asked(4, 1, "narrator", 1600) };
    let failing = asked(5, 2, "expert.1", 20_000);
    let ask = |call: &Call| at(call.asked_at_ms, What::Asked(Box::new(call.clone())));
    let proposals = vec![proposal("one", "talk", "Talk to them"), proposal("two", "wait", "Wait and see")];
    let approval = Approval {
        id: 1,
        action: ActionCall::bare("talk"),
        risk: Risk::Safe,
        ordered_by: LoopName::Reasoning,
        by: "synthesizer".into(),
        because: String::new(),
        server: None,
        waits_ms: 60_000,
    };
    let advice =
        |title: &str, cost, was_followed| AdviceCost { title: title.into(), cost, was_followed, is_proved: true };
    let judgement = Judgement {
        step: 1,
        cost: 3.0,
        still_possible: 80.0,
        advice: vec![advice("one", 3.0, true), advice("two", 1.0, false)],
        ..Judgement::default()
    };
    let narration = Narration { text: "It talks".into(), by: "small".into(), step: 1, dropped: 0 };
    let notice = Notice { kind: NoticeKind::Warning, from: "test".into(), text: "oh".into(), problem: None };
    let question = |question| What::Questioned(Questioned { question, look: question });
    let records = vec![
        looked(100, 1, 5.0),
        at(1000, question(1)),
        ask(&threat),
        ask(&navigation),
        ended(&threat, 1300, CallState::Answered),
        ended(&navigation, 1400, CallState::Answered),
        ask(&synthesizer),
        ask(&narrator),
        ended(&narrator, 1700, CallState::Answered),
        ended(&synthesizer, 2000, CallState::Answered),
        decided(2000, 1, "synthesizer", proposals),
        at(2000, What::ApprovalNeeded(Box::new(approval))),
        at(
            2500,
            What::ApprovalClosed {
                approval: 1,
                answer: ApprovalAnswer::Approved { for_session: false, for_ever: false },
            },
        ),
        acting(2500, Some(1)),
        stepped(2600, 1, Some(1), Some(9.0)),
        // Kept a little late: it counts where it stands.
        at(2590, What::Noticed(Box::new(notice))),
        looked(2610, 2, 9.0),
        at(4000, What::Judged(Box::new(judgement))),
        at(4100, What::Narrated(narration)),
        acting(10_000, None),
        stepped(10_001, 2, None, None),
        at(20_000, question(2)),
        ask(&failing),
        ended(&failing, 21_000, CallState::Failed),
        // The world moved on, and this was never done.
        decided(21_000, 2, "rules", Vec::new()),
        at(30_000, question(3)),
        decided(31_000, 3, "synthesizer", Vec::new()),
        stepped(31_500, 3, Some(3), None),
    ];
    let report = SessionReport {
        session: "s-1".into(),
        outcome: Ending::Stopped,
        steps: 3,
        score: Some(9.0),
        took_ms: 60_000,
        problem: None,
        certificate: Certificate::default(),
        egress: Vec::new(),
        spending: Spending { calls: 9, ..Spending::default() },
        ensemble: EnsembleView::default(),
        regret: RegretView::default(),
        clock: ClockView::default(),
        last_picture: Box::default(),
    };
    let settings = "[agent]\nworld_waits = false\nturn_s = 0.4\n[[role]]\nname = \"expert.1\"\ninstruction = \"one\"\n\
                    [[role]]\nname = \"expert.2\"\ninstruction = \"two\"\n[[role]]\nname = \"synthesizer\"\n";
    let mut file = SessionFile { settings: settings.into(), records, report: Some(report), ..SessionFile::default() };
    file.line.session = "s-1".into();
    file.line.goal = "find it".into();
    file.line.strategy = Strategy::LocalExperts;
    file
}

fn picture(at_ms: u64) -> Snapshot {
    let mut replay = Replay::new(minute());
    replay.seek(at_ms);
    drawn(&replay)
}

fn drawn(replay: &Replay) -> Snapshot {
    let mut snapshot = Snapshot::default();
    replay.draw(&mut snapshot);
    snapshot
}

#[test]
fn each_moment_shows_what_had_happened_by_then_and_no_more() {
    let first = picture(0);
    assert_eq!((first.step, first.score, first.goal.as_str()), (0, None, "find it"));
    let seen = picture(100);
    assert_eq!(first.decision, None);
    assert_eq!(first.environment, seen.environment, "before the first look there is what it is going to show");
    assert_ne!(first.environment, EnvironmentView::Nothing);
    assert_eq!((seen.score, seen.elapsed_ms), (Some(5.0), 100));
    // It waits for a person, so it is not the decision that is being carried out.
    let waiting = picture(2000);
    assert_eq!((waiting.approval.map(|approval| approval.id), waiting.decision), (Some(1), None));
    let done = picture(2599);
    let decision = done.decision.unwrap();
    assert_eq!((decision.question, decision.step, decision.effect), (1, 0, None));
    assert_eq!((done.approval, done.step), (None, 0));
    let after = picture(2600);
    let decision = after.decision.unwrap();
    assert_eq!((decision.step, decision.effect.as_deref(), decision.proposals.len()), (1, Some("effect 1"), 2));
    assert_eq!((after.step, after.score, after.narration), (1, Some(9.0), None));
    let view = after.replay.unwrap();
    assert_eq!((view.question, view.total_ms, view.session.as_str()), (Some(1), 60_000, "s-1"));
    assert_eq!((view.steps.len(), view.notices.len()), (1, 1), "a late notice counts where it stands");
}

#[test]
fn a_step_without_a_question_leaves_the_decision_and_the_score() {
    let reflex = picture(15_000);
    assert_eq!((reflex.step, reflex.score), (2, Some(9.0)));
    assert_eq!(reflex.decision.map(|decision| decision.step), Some(1));
    assert_eq!(reflex.narration.map(|narration| narration.text), Some("It talks".into()));
}

#[test]
fn what_was_overtaken_is_never_shown_and_what_was_refused_is() {
    let overtaken = picture(29_000);
    assert_eq!(overtaken.decision.map(|decision| decision.question), Some(1));
    assert_eq!((overtaken.clock.decisions, overtaken.clock.by_rules, overtaken.clock.misses), (2, 1, 2));
    let refused = picture(31_500);
    assert_eq!(refused.decision.map(|decision| (decision.question, decision.step)), Some((3, 3)));
}

#[test]
fn an_expert_is_seen_waiting_speaking_and_done() {
    let states = |at_ms| {
        let views = picture(at_ms).experts;
        views.iter().map(|view| (view.title.clone(), view.state)).collect::<Vec<_>>()
    };
    let is =
        |one, two, three| vec![("one".to_owned(), one), ("two".to_owned(), two), ("synthesizer".to_owned(), three)];
    assert_eq!(states(0), is(ExpertState::Idle, ExpertState::Idle, ExpertState::Idle));
    assert_eq!(states(1049), is(ExpertState::Queued, ExpertState::Queued, ExpertState::Idle));
    assert_eq!(states(1100), is(ExpertState::Asked, ExpertState::Asked, ExpertState::Idle));
    assert_eq!(states(1200), is(ExpertState::Answering, ExpertState::Answering, ExpertState::Idle));
    assert_eq!(states(1350), is(ExpertState::Done, ExpertState::Answering, ExpertState::Idle));
    let done = picture(2000).experts;
    let two = &done[1];
    assert_eq!((two.text.as_str(), two.proposal.clone()), ("Wait and see", Some(ActionCall::bare("wait"))));
    assert_eq!((two.first_token_ms, two.confidence, two.tokens_per_second), (Some(100), Some(0.5), Some(40.0)));
    assert_eq!((two.asks.len(), two.asks[0].is_answered, two.asks[0].answer_tokens), (1, true, 20));
    assert_eq!((done[2].text.as_str(), done[2].proposal.clone()), ("because 1", Some(ActionCall::bare("talk"))));
}

#[test]
fn with_a_new_question_an_expert_begins_anew_and_its_words_stay() {
    let anew = picture(20_000).experts;
    assert_eq!((anew[0].state, anew[0].text.as_str()), (ExpertState::Queued, "Talk to them"));
    assert_eq!((anew[1].state, anew[1].text.as_str()), (ExpertState::Idle, "Wait and see"));
    assert_eq!((anew[1].proposal.clone(), anew[1].asks.len()), (None, 1));
    let failed = picture(21_000).experts;
    assert_eq!((failed[0].state, failed[0].failure.as_deref()), (ExpertState::Failed, Some("no route")));
    assert_eq!(failed[0].asks.len(), 2);
}

#[test]
fn what_was_said_is_shown_where_it_is_there() {
    let said = |answer: &str| Some(Box::new(Said { answer: answer.into(), ..Said::default() }));
    for (answer, shown) in [("{\"thought\": \" Run \", \"action\": 1}", "Run"), ("plain words", "plain words")] {
        let call = Call { said: said(answer), ..asked(1, 1, "expert.9", 0) };
        let mut replay = Replay::new(SessionFile {
            records: vec![ended(&call, 500, CallState::Answered)],
            ..SessionFile::default()
        });
        replay.seek(500);
        let views = drawn(&replay).experts;
        assert_eq!((views[0].text.as_str(), views[0].title.as_str()), (shown, "expert.9"));
    }
}

#[test]
fn proposals_of_one_title_belong_to_those_who_answered_in_their_order() {
    let settings = "[[role]]\nname = \"expert.1\"\ninstruction = \"one\"\n[[role]]\nname = \"expert.2\"\n\
                    instruction = \"one\"\n[[role]]\nname = \"expert.3\"\ninstruction = \"one\"\n";
    let calls = [asked(1, 1, "expert.1", 0), asked(2, 1, "expert.2", 0), asked(3, 1, "expert.3", 0)];
    let records = vec![
        ended(&calls[2], 400, CallState::Answered),
        ended(&calls[1], 450, CallState::BrokenOff),
        ended(&calls[0], 500, CallState::Answered),
        decided(600, 1, "x", vec![proposal("one", "talk", "first"), proposal("one", "wait", "third")]),
    ];
    let mut replay = Replay::new(SessionFile { settings: settings.into(), records, ..SessionFile::default() });
    replay.seek(600);
    let views = drawn(&replay).experts;
    let texts: Vec<(&str, &str)> = views.iter().map(|view| (view.role.as_str(), view.text.as_str())).collect();
    assert_eq!(texts, [("expert.1", "first"), ("expert.2", ""), ("expert.3", "third")]);
}

#[test]
fn spending_and_costs_add_up() {
    let early = picture(1350);
    assert_eq!((early.spending.calls, early.spending.prompt_tokens, early.spending.usd), (2, 100, 0.0));
    let later = picture(25_000);
    let line = &later.spending.lines[0];
    assert_eq!((later.spending.calls, line.calls, line.answer_tokens, line.usd), (5, 5, 80, Some(0.0)));
    assert_eq!((later.spending.unpriced_calls, later.spending.uncounted_calls), (0, 0));
    assert!(picture(3999).regret.judgements.is_empty() && picture(0).regret.is_known);
    let regret = later.regret;
    assert_eq!((regret.total, regret.judgements.len()), (3.0, 1));
    assert_eq!((regret.advisers[0].cost_followed, regret.advisers[1].lost_by_overruling), (3.0, 2.0));
    assert_eq!(picture(60_000).spending.calls, 9, "at the end the report knows better");
}

#[test]
fn a_call_that_never_left_or_has_no_price_is_counted_as_such() {
    let gone = Call { state: CallState::BrokenOff, ended_at_ms: Some(10), ..asked(1, 1, "expert.1", 0) };
    let cloud = Call { provider: Provider::Claude, ..asked(2, 1, "expert.1", 0) };
    let records = vec![at(10, What::CallEnded(Box::new(gone))), ended(&cloud, 20, CallState::Answered)];
    let mut replay = Replay::new(SessionFile { records, ..SessionFile::default() });
    replay.seek(10);
    assert_eq!((drawn(&replay).spending.calls, drawn(&replay).spending.lines.len()), (0, 0));
    replay.seek(20);
    let spending = drawn(&replay).spending;
    assert_eq!((spending.calls, spending.unpriced_calls, spending.lines[0].usd), (1, 1, None));
}

#[test]
fn going_on_bit_by_bit_and_going_there_at_once_show_the_same() {
    let mut walking = Replay::new(minute());
    let times: Vec<u64> = walking.records().map(|(time, _)| time).collect();
    assert!(times.is_sorted());
    for at_ms in times.into_iter().chain([60_000]) {
        walking.advance_to(at_ms);
        assert_eq!(drawn(&walking), picture(at_ms), "at {at_ms}");
    }
    walking.advance_to(5);
    assert_eq!(walking.at_ms(), 60_000, "it only goes on");
    walking.seek(2600);
    assert_eq!(drawn(&walking), picture(2600), "and back as well");
}

#[test]
fn steps_and_records_are_found_from_any_moment() {
    let replay = Replay::new(minute());
    assert_eq!((replay.len_ms(), replay.next_step_after(0)), (60_000, Some(2600)));
    assert_eq!((replay.first_look_ms(), Replay::new(SessionFile::default()).first_look_ms()), (100, 0));
    assert_eq!((replay.next_step_after(2600), replay.next_step_after(31_500)), (Some(10_001), None));
    assert_eq!((replay.step_before(2601), replay.step_before(2600)), (Some(2600), None));
    assert_eq!((replay.next_record_after(0), replay.next_record_after(31_500)), (Some(100), None));
}

#[test]
fn a_live_question_is_not_hidden_and_nothing_of_another_session_stays() {
    let mut replay = Replay::new(SessionFile::default());
    replay.seek(99);
    assert_eq!(replay.at_ms(), 0, "an empty session has no length");
    let mut snapshot = picture(2000);
    snapshot.phase = Phase::Running;
    replay.draw(&mut snapshot);
    assert_eq!(snapshot.approval.map(|approval| approval.id), Some(1));
    assert!(snapshot.experts.is_empty() && snapshot.decision.is_none() && snapshot.spending.lines.is_empty());
}
