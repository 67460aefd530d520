//! What a worker could tell of past sessions: a list, a session with three steps, another one, one that was cut off.

use singularis::protocol::{
    ActionCall, Belonging, BelongingKind, Call, CallState, Cause, Certificate, CertificateItem, Decided, DecisionView,
    Effect, EffectStatus, Ending, ErrorPattern, Event, ExpertFigures, Interrupted, Judgement, Left, LoopName, Moment,
    Notice, NoticeKind, Observed, OpenAfter, OpenKind, Outcome, PauseReason, Plot, PlotLine, ProposalView, Record,
    Said, SessionFigures, SessionFile, SessionLine, SessionReport, SessionState, SessionsList, StepReport, What, Why,
    WorthReading,
};

use crate::{
    samples::{ensemble, spending},
    scenes::{clock, regret},
};

/// Long ago, so that a day that ends while a test runs changes nothing.
const BEGAN: u64 = 1_700_000_000_000;

/// The session that most tests look at.
pub fn won() -> SessionLine {
    SessionLine {
        session: "s-1".into(),
        state: SessionState::Ended,
        started_at: Moment(BEGAN),
        last_at: Moment(BEGAN + 10_000),
        environment: "world".into(),
        goal: "Bring the relic home".into(),
        seed: 7,
        outcome: Some(Ending::GoalReached),
        steps: 3,
        score: Some(62.0),
        clean: Some(true),
        ..SessionLine::default()
    }
}

/// An older one that did worse.
pub fn stopped() -> SessionLine {
    SessionLine {
        session: "s-2".into(),
        started_at: Moment(BEGAN - 3_600_000),
        goal: "Earn 30 gold".into(),
        outcome: Some(Ending::Stopped),
        steps: 2,
        score: Some(48.0),
        clean: Some(false),
        ..won()
    }
}

/// One that the program's end cut off.
pub fn cut_off() -> Interrupted {
    let line = SessionLine {
        session: "s-3".into(),
        state: SessionState::Interrupted,
        goal: "Fell the wolf".into(),
        outcome: None,
        clean: None,
        ..won()
    };
    let left = |name: &str, is_there| Left {
        belonging: Belonging { kind: BelongingKind::Child, name: name.into(), ..Belonging::default() },
        is_there,
    };
    Interrupted {
        line,
        in_flight: vec!["threat had been asked and had not answered".into()],
        left: vec![left("MCP server files", Some(true)), left("MCP server notes", Some(false))],
    }
}

/// One before that.
pub fn older() -> Interrupted {
    let line = SessionLine { session: "s-4".into(), state: SessionState::Interrupted, ..stopped() };
    Interrupted { line, ..Interrupted::default() }
}

pub fn listed(search: &str, lines: Vec<SessionLine>) -> Event {
    // What is not found is there all the same.
    let (total, bytes) = if search.is_empty() && lines.is_empty() { (0, 0) } else { (2, 3_400_000) };
    let list = SessionsList { search: search.into(), lines, total, bytes, ..SessionsList::default() };
    Event::SessionsListed(Box::new(list))
}

pub fn listed_with(interrupted: Vec<Interrupted>) -> Event {
    let list = SessionsList { lines: vec![won()], interrupted, total: 1, ..SessionsList::default() };
    Event::SessionsListed(Box::new(list))
}

pub fn opened(file: SessionFile) -> Event {
    Event::SessionOpened(Box::new(file))
}

fn stepped(at_ms: u64, step: u64, action: &str, score: f64) -> Record {
    let text = format!("What {action} did");
    let report = StepReport {
        step,
        action: ActionCall::bare(action),
        ordered_by: LoopName::Reasoning,
        by: "synthesizer".into(),
        because: "It is open to a blow".into(),
        effect: Effect { status: EffectStatus::Done, text, score: Some(score), changed: true, whole: None },
        score: Some(score),
        took_ms: 1000 * step,
        question: (step != 3).then_some(step),
    };
    Record { at_ms, what: What::Stepped(Box::new(report)) }
}

/// So many steps, one every ten milliseconds.
pub fn long(steps: u64) -> SessionFile {
    let records = (1..=steps).map(|step| stepped(10 * step, step, "wait", 1.0)).collect();
    SessionFile { line: SessionLine { steps, ..won() }, records, ..SessionFile::default() }
}

/// A session of ten seconds: steps after 1, 5 and 9 s, a pause after 6 s.
pub fn file(line: SessionLine) -> SessionFile {
    let paused = Record { at_ms: 6000, what: What::Paused { why: PauseReason::Person } };
    let warning = Notice {
        kind: NoticeKind::Warning,
        from: "reasoning".into(),
        text: "threat did not answer".into(),
        problem: None,
    };
    let noticed = Record { at_ms: 500, what: What::Noticed(Box::new(warning)) };
    let records = vec![
        noticed,
        stepped(1000, 1, "look", 3.0),
        stepped(5000, 2, "attack", 12.0),
        paused,
        stepped(9000, 3, "talk", 62.0),
    ];
    let item = CertificateItem {
        kind: OpenKind::Loop,
        name: "reasoning".into(),
        outcome: Outcome::Closed,
        took_ms: 3,
        note: String::new(),
    };
    let report = SessionReport {
        session: line.session.clone(),
        outcome: line.outcome.unwrap_or(Ending::Failed),
        steps: line.steps,
        score: line.score,
        took_ms: 10_000,
        problem: None,
        certificate: Certificate::conclude(
            0.4,
            12.0,
            vec![item],
            OpenAfter { sockets: Some(0), ..OpenAfter::default() },
        ),
        egress: Vec::new(),
        spending: spending(),
        ensemble: ensemble(),
        regret: regret(),
        clock: clock(),
        last_picture: Box::default(),
    };
    SessionFile {
        report: (line.state == SessionState::Ended).then_some(report),
        line,
        settings: "version = 1".into(),
        records,
        figures: figures(),
        ..SessionFile::default()
    }
}

fn figures() -> SessionFigures {
    let line = |name: &str, points: &[(u64, f64)]| PlotLine { name: name.into(), points: points.to_vec() };
    let plot = |title: &str, unit: &str, lines, events| Plot { title: title.into(), unit: unit.into(), lines, events };
    let threat = ExpertFigures {
        role: "expert.1".into(),
        title: "threat".into(),
        model: "qwen3-8b".into(),
        asked: 3,
        answered: 2,
        failed: 1,
        median_first_token_ms: Some(1400),
        median_total_ms: Some(3100),
        median_tokens_per_second: Some(27.0),
        prompt_tokens: 800,
        answer_tokens: 90,
        followed: 2,
        ..ExpertFigures::default()
    };
    SessionFigures {
        plots: vec![
            plot("Score", "points", vec![line("score", &[(1000, 3.0), (5000, 12.0), (9000, 62.0)])], false),
            plot(
                "Time to first token",
                "s",
                vec![line("threat", &[(900, 1.4), (4800, 1.9)]), line("navigation", &[(950, 0.7)])],
                false,
            ),
            plot("Errors by cause", "", vec![line("no answer in time", &[(500, 1.0)])], true),
        ],
        experts: vec![threat],
        errors: vec![ErrorPattern {
            cause: Some(Cause::ServerNotRunning),
            words: "connection refused".into(),
            seen_by: vec!["expert.1".into()],
            count: 12,
            first_at_ms: 500,
            last_at_ms: 4200,
        }],
        worth_reading: vec![WorthReading { question: 2, why: "the dearest decision: 3.1 points".into() }],
    }
}

/// Everything about the second step.
pub fn why() -> Event {
    let said = |answer: &str| Said {
        system: "You are an expert on threats".into(),
        prompt: "A wolf stands before you".into(),
        answer: answer.into(),
        reasoning: String::new(),
    };
    let call = |call, role: &str, answer: &str| Call {
        call,
        question: Some(2),
        role: role.into(),
        model: "qwen3-8b".into(),
        endpoint: "http://127.0.0.1:1234".into(),
        state: CallState::Answered,
        asked_at_ms: 2000,
        left_at_ms: Some(2200),
        first_token_at_ms: Some(3600),
        ended_at_ms: Some(5100),
        tokens_per_second: Some(27.0),
        prompt_tokens: Some(812),
        answer_tokens: Some(83),
        said: Some(Box::new(said(answer))),
        ..Call::default()
    };
    let proposal = ProposalView {
        title: "threat".into(),
        action: Some(ActionCall::bare("attack")),
        thought: "It is weak".into(),
        confidence: 0.8,
        followed: true,
        decisive: true,
        took_ms: 3100,
        tokens: Some(895),
        usd: Some(0.0),
    };
    let decision = DecisionView {
        question: 2,
        step: 2,
        action: ActionCall::bare("attack"),
        by: "synthesizer".into(),
        because: "Both agree".into(),
        proposals: vec![proposal],
        shortfalls: Vec::new(),
        took_ms: 3400,
        effect: None,
    };
    let What::Stepped(step) = stepped(5000, 2, "attack", 12.0).what else { panic!("that was a step") };
    let observed = Observed { look: 2, tick: 4, text: "A wolf bars the way".into(), ..Observed::default() };
    Event::WhyShown(Box::new(Why {
        session: "s-1".into(),
        question: Some(2),
        observed: Some(observed),
        calls: vec![call(1, "expert.1", "I say attack"), call(2, "synthesizer", "So be it")],
        decided: Some(Decided { question: 2, look: 2, decision }),
        approval: None,
        step: Some(*step),
        judged: Some(Judgement { step: 2, cost: 3.1, is_proved: true, still_possible: 92.0, ..Judgement::default() }),
    }))
}

/// Everything about the third step, which nobody was asked about.
pub fn why_without_a_question() -> Event {
    let What::Stepped(step) = stepped(9000, 3, "talk", 62.0).what else { panic!("that was a step") };
    Event::WhyShown(Box::new(Why { session: "s-1".into(), step: Some(*step), ..Why::default() }))
}
