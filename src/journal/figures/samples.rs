//! Sessions for tests, put together record by record: an ordinary one whose figures can be counted by hand, and the
//! odd ones.

mod odd;

pub use odd::{HOSTILE, failed_at_once, hostile, interrupted, long};

use crate::{
    protocol::{
        ActionCall, AdviceCost, AdviserRegret, Approval, ApprovalAnswer, Call, CallState, Cause, Certificate,
        CertificateItem, ClockView, Decided, DecisionView, Effect, EffectStatus, EgressLine, Ending, EnsembleView,
        Judgement, LoopName, Moment, Narration, Notice, NoticeKind, Observed, OpenAfter, OpenKind, Outcome,
        PauseReason, Problem, ProposalView, Questioned, Record, RegretView, Risk, SessionFile, SessionLine,
        SessionReport, SessionStarted, SessionState, Spending, SpendingLine, StepReport, What, WorthView,
    },
    settings::{Provider, Strategy},
};

/// A session that has begun, and nothing more.
pub fn empty(session: &str) -> SessionFile {
    let goal = "Bring the relic home".to_owned();
    let line = SessionLine {
        session: session.to_owned(),
        started_at: Moment(1_790_000_000_000),
        last_at: Moment(1_790_000_000_000),
        environment: "world".to_owned(),
        goal: goal.clone(),
        seed: 7,
        strategy: Strategy::LocalExperts,
        ..SessionLine::default()
    };
    let started = SessionStarted {
        session: session.to_owned(),
        environment: "world".to_owned(),
        goal,
        seed: 7,
        strategy: Strategy::LocalExperts,
        demo: false,
    };
    SessionFile { line, started: Some(started), ..SessionFile::default() }
}

pub fn add(file: &mut SessionFile, at_ms: u64, what: What) {
    file.records.push(Record { at_ms, what });
}

/// A call that was answered; the times are those at which it was asked, left, said its first token and ended.
pub fn answered(call: u64, question: u64, role: &str, times: [u64; 4], rate: f64) -> Call {
    let [asked_at_ms, left, first, ended] = times;
    Call {
        call,
        question: Some(question),
        role: role.to_owned(),
        model: "small".to_owned(),
        model_answered: "small".to_owned(),
        endpoint: "http://127.0.0.1:1234".to_owned(),
        state: CallState::Answered,
        asked_at_ms,
        left_at_ms: Some(left),
        first_token_at_ms: Some(first),
        ended_at_ms: Some(ended),
        tokens_per_second: Some(rate),
        prompt_tokens: Some(100),
        answer_tokens: Some(30),
        ..Call::default()
    }
}

/// Puts both records of a call into the file.
pub fn ask(file: &mut SessionFile, call: Call) {
    let asked = Call {
        state: CallState::UnderWay,
        left_at_ms: None,
        first_token_at_ms: None,
        ended_at_ms: None,
        tokens_per_second: None,
        failure: None,
        cause: None,
        ..call.clone()
    };
    add(file, call.asked_at_ms, What::Asked(Box::new(asked)));
    add(file, call.ended_at_ms.unwrap_or(call.asked_at_ms), What::CallEnded(Box::new(call)));
}

/// A proposal, and what was decided in the end.
pub fn proposal(title: &str, action: &str, decided: &str) -> ProposalView {
    ProposalView {
        title: title.to_owned(),
        action: Some(ActionCall::bare(action)),
        thought: format!("I would {action}"),
        confidence: 0.5,
        followed: action == decided,
        decisive: false,
        took_ms: 1000,
        tokens: Some(130),
        usd: None,
    }
}

/// A decision with its proposals, each a title and an action.
pub fn decided(question: u64, by: &str, action: &str, proposals: &[(&str, &str)]) -> What {
    let decision = DecisionView {
        question,
        step: 0,
        action: ActionCall::bare(action),
        by: by.to_owned(),
        because: format!("{action} is best"),
        proposals: proposals.iter().map(|(title, proposed)| proposal(title, proposed, action)).collect(),
        shortfalls: Vec::new(),
        took_ms: 1000,
        effect: None,
    };
    What::Decided(Box::new(Decided { question, look: question, decision }))
}

/// What came of it.
pub fn stepped(step: u64, question: u64, action: &str, took_ms: u64, score: f64) -> StepReport {
    StepReport {
        step,
        action: ActionCall::bare(action),
        ordered_by: LoopName::Reasoning,
        by: "synthesizer".to_owned(),
        because: format!("{action} is best"),
        effect: Effect {
            status: EffectStatus::Done,
            text: "It is done".to_owned(),
            score: Some(score),
            changed: true,
            whole: None,
        },
        score: Some(score),
        took_ms,
        question: Some(question),
    }
}

/// The same, refused by the environment.
pub fn refused(step: StepReport, text: &str) -> What {
    let effect = Effect {
        status: EffectStatus::Rejected,
        text: text.to_owned(),
        score: step.score,
        changed: false,
        whole: None,
    };
    What::Stepped(Box::new(StepReport { effect, ..step }))
}

pub fn look(look: u64, text: &str, score: f64) -> What {
    What::Observed(Box::new(Observed {
        look,
        situation: "town, calm".to_owned(),
        text: text.to_owned(),
        score: Some(score),
        ..Observed::default()
    }))
}

pub fn notice(from: &str, summary: &str, cause: Option<Cause>) -> What {
    let problem = Problem { cause, ..Problem::plain(summary, vec!["after 30 s".to_owned()], "Try again") };
    What::Noticed(Box::new(Notice {
        kind: NoticeKind::Warning,
        from: from.to_owned(),
        text: summary.to_owned(),
        problem: Some(problem),
    }))
}

/// How it ended, with a certificate that could not see everything.
pub fn report(session: &str, outcome: Ending, steps: u64) -> SessionReport {
    let item = |kind, name: &str, outcome| CertificateItem {
        kind,
        name: name.to_owned(),
        outcome,
        took_ms: 12,
        note: "stopped cleanly at cycle 4".to_owned(),
    };
    let items = vec![
        item(OpenKind::Loop, "reasoning", Outcome::Closed),
        item(OpenKind::Client, "127.0.0.1:1234", Outcome::NotVerifiable),
    ];
    SessionReport {
        session: session.to_owned(),
        outcome,
        steps,
        score: Some(20.0),
        took_ms: 7000,
        problem: None,
        certificate: Certificate::conclude(0.4, 31.0, items, OpenAfter { sockets: Some(0), ..OpenAfter::default() }),
        egress: vec![EgressLine {
            host: "api.example.com".to_owned(),
            provider: Provider::Claude,
            purpose: "expert.2".to_owned(),
            is_this_machine: false,
            requests: 2,
            sent_bytes: 2500,
            received_bytes: 800,
        }],
        spending: Spending {
            calls: 6,
            prompt_tokens: 500,
            answer_tokens: 150,
            usd: 0.12,
            lines: vec![SpendingLine {
                provider: Provider::Claude,
                model: "small".to_owned(),
                calls: 6,
                prompt_tokens: 500,
                answer_tokens: 150,
                usd: Some(0.12),
            }],
            ..Spending::default()
        },
        ensemble: EnsembleView {
            experts: vec![title("expert.1", "perception"), title("expert.2", "threat")],
            advice: vec!["threat changed nothing in 4 decisions".to_owned()],
            ..EnsembleView::default()
        },
        regret: RegretView {
            is_known: true,
            judgements: vec![judgement(1, 3.1)],
            total: 3.1,
            advisers: vec![AdviserRegret {
                title: "perception".to_owned(),
                judged: 1,
                mean_cost: 3.1,
                cost_followed: 3.1,
                lost_by_overruling: 0.0,
            }],
        },
        clock: ClockView { waits: true, decisions: 4, by_rules: 1, ..ClockView::default() },
        last_picture: Box::default(),
    }
}

fn title(role: &str, title: &str) -> WorthView {
    WorthView { role: role.to_owned(), title: title.to_owned(), ..WorthView::default() }
}

pub fn judgement(step: u64, cost: f64) -> Judgement {
    let advice = AdviceCost { title: "threat".to_owned(), cost: 0.0, was_followed: false, is_proved: true };
    Judgement { step, cost, is_proved: true, still_possible: 90.0, advice: vec![advice] }
}

/// Four decisions: a dear one, one that the environment refused, one by rules, one that a person did not allow.
pub fn ordinary() -> SessionFile {
    let mut file = empty("s-ordinary");
    add(&mut file, 100, look(1, "You stand in a town.", 0.0));
    add(&mut file, 150, What::Questioned(Questioned { question: 1, look: 1 }));
    ask(&mut file, answered(1, 1, "expert.1", [200, 250, 450, 1250], 20.0));
    ask(&mut file, answered(2, 1, "expert.2", [200, 700, 1000, 1700], 10.0));
    ask(&mut file, answered(3, 1, "synthesizer", [1700, 1700, 1900, 2500], 40.0));
    add(&mut file, 2500, decided(1, "synthesizer", "go", &[("perception", "go"), ("threat", "wait")]));
    add(&mut file, 2510, What::Acting { action: ActionCall::bare("go"), question: Some(1) });
    add(&mut file, 2600, What::Stepped(Box::new(stepped(1, 1, "go", 2500, 10.0))));
    add(&mut file, 2700, What::Judged(Box::new(judgement(1, 3.1))));
    ask(&mut file, answered(4, 2, "expert.1", [3000, 3000, 3300, 4000], 30.0));
    let late = Call {
        state: CallState::Failed,
        failure: Some("No first token came within 30 s".to_owned()),
        cause: Some(Cause::TimeoutSlowModel),
        first_token_at_ms: None,
        tokens_per_second: None,
        answer_tokens: None,
        ..answered(5, 2, "expert.2", [3000, 3000, 0, 3500], 0.0)
    };
    ask(&mut file, late);
    add(&mut file, 3600, notice("reasoning", "threat did not answer in time", Some(Cause::TimeoutSlowModel)));
    ask(&mut file, answered(6, 2, "synthesizer", [4000, 4000, 4100, 4600], 20.0));
    add(&mut file, 4600, decided(2, "synthesizer", "attack", &[("perception", "attack")]));
    add(&mut file, 4700, refused(stepped(2, 2, "attack", 1700, 10.0), "Nobody is here"));
    add(&mut file, 6000, decided(3, "rules", "wait", &[]));
    add(&mut file, 6000, notice("reasoning", "Rules decided 3 times in a row", None));
    add(&mut file, 6100, What::Stepped(Box::new(stepped(3, 3, "wait", 1000, 20.0))));
    add(&mut file, 6200, What::Paused { why: PauseReason::Person });
    add(&mut file, 6300, What::Resumed { word: Some("Be careful".to_owned()) });
    add(&mut file, 6350, decided(4, "synthesizer", "sell", &[("perception", "sell"), ("threat", "sell")]));
    add(&mut file, 6400, What::ApprovalNeeded(Box::new(approval(1, "sell"))));
    let answer = ApprovalAnswer::Rejected { word: "keep it".to_owned() };
    add(&mut file, 6500, What::ApprovalClosed { approval: 1, answer });
    add(&mut file, 6550, refused(stepped(4, 4, "sell", 250, 20.0), "A person did not allow it: keep it"));
    let narration =
        Narration { text: "The agent waits in town.".to_owned(), by: "small".to_owned(), step: 4, dropped: 0 };
    add(&mut file, 6600, What::Narrated(narration));
    file.report = Some(report("s-ordinary", Ending::GoalReached, 4));
    file.line.state = SessionState::Ended;
    file
}

pub fn approval(id: u64, action: &str) -> Approval {
    Approval {
        id,
        action: ActionCall::bare(action),
        risk: Risk::Destructive,
        ordered_by: LoopName::Reasoning,
        by: "synthesizer".to_owned(),
        because: "it is not needed".to_owned(),
        server: None,
        waits_ms: 600_000,
    }
}
