//! Sessions that were cut off, failed at once, went on for long, or are full of texts that try to break out.

use super::{add, answered, approval, ask, decided, empty, look, notice, proposal, refused, report, stepped};
use crate::protocol::{
    ActionCall, Approval, ApprovalAnswer, Belonging, BelongingKind, Call, CallState, Cause, Decided, DecisionView,
    Ending, Narration, PauseReason, Problem, ProposalView, SessionFile, SessionReport, SessionState, StepReport, What,
};

/// What tries to get out of the place where a text belongs.
pub const HOSTILE: &str = "<script>alert(1)</script> | a | b |\n# big\n1. one\n`code` ![x](http://evil.example/x.png) \
                           [y](javascript:alert(1)) @somebody #12 www.evil.example\u{0}\u{1b}[31m\u{202e}\" onload='x' \
                           </style>-->&amp;<img src=x>";

/// The program ended while a model was asked and an action was under way.
pub fn interrupted() -> SessionFile {
    let mut file = empty("s-interrupted");
    add(&mut file, 100, look(1, "You stand in a town.", 0.0));
    ask(&mut file, answered(1, 1, "expert.1", [200, 200, 400, 900], 20.0));
    add(&mut file, 1000, decided(1, "synthesizer", "go", &[("perception", "go")]));
    add(&mut file, 1100, What::Acting { action: ActionCall::bare("go"), question: Some(1) });
    let open =
        Call { state: CallState::UnderWay, ended_at_ms: None, ..answered(2, 2, "expert.2", [1200, 1200, 0, 0], 0.0) };
    add(&mut file, 1200, What::Asked(Box::new(open)));
    add(&mut file, 1300, What::ApprovalNeeded(Box::new(approval(1, "sell"))));
    let child = Belonging { kind: BelongingKind::Child, name: "MCP server files".to_owned(), ..Belonging::default() };
    add(&mut file, 1400, What::Opened(child));
    file.line.state = SessionState::Interrupted;
    file
}

/// It failed before anything was recorded.
pub fn failed_at_once() -> SessionFile {
    let mut file = empty("s-failed");
    let problem = Problem {
        cause: Some(Cause::ServerNotRunning),
        ..Problem::plain("LM Studio does not answer", vec![], "Start it")
    };
    let failed = report("s-failed", Ending::Failed, 0);
    file.report = Some(SessionReport { problem: Some(problem), score: None, took_ms: 40, ..failed });
    file.line.state = SessionState::Ended;
    file
}

/// So many decisions, one a second, every tenth of them refused.
pub fn long(steps: u64) -> SessionFile {
    let mut file = empty("s-long");
    for step in 1..=steps {
        let at_ms = step * 1000;
        add(&mut file, at_ms, look(step, "You stand in a town.", 1.0));
        ask(&mut file, answered(step, step, "expert.1", [at_ms + 10, at_ms + 10, at_ms + 200, at_ms + 500], 20.0));
        add(&mut file, at_ms + 600, decided(step, "synthesizer", "go", &[("perception", "go"), ("threat", "wait")]));
        let done = stepped(step, step, "go", 700, f64::from(u32::try_from(step % 100).unwrap_or(0)));
        let what = if step % 10 == 0 {
            refused(done, &format!("Road {step} is closed"))
        } else {
            What::Stepped(Box::new(done))
        };
        add(&mut file, at_ms + 700, what);
    }
    file.report = Some(report("s-long", Ending::LimitReached, steps));
    file.line.state = SessionState::Ended;
    file
}

/// Every text that comes from outside tries to break out.
pub fn hostile() -> SessionFile {
    let mut file = empty(HOSTILE);
    let text = || HOSTILE.to_owned();
    let call = ActionCall::with(HOSTILE, "place", HOSTILE);
    file.line.goal = text();
    file.line.environment = text();
    if let Some(started) = &mut file.started {
        (started.goal, started.environment) = (text(), text());
    }
    add(&mut file, 100, look(1, HOSTILE, 0.0));
    ask(
        &mut file,
        Call {
            model: text(),
            model_answered: text(),
            endpoint: text(),
            ..answered(1, 1, HOSTILE, [200, 200, 300, 900], 20.0)
        },
    );
    let failure = Call {
        state: CallState::Failed,
        failure: Some(text()),
        ..answered(2, 1, "expert.2", [200, 200, 300, 950], 20.0)
    };
    ask(&mut file, failure);
    let decision = DecisionView {
        question: 1,
        step: 0,
        action: call.clone(),
        by: text(),
        because: text(),
        proposals: vec![ProposalView { action: Some(call.clone()), thought: text(), ..proposal(HOSTILE, "go", "go") }],
        shortfalls: vec![text()],
        took_ms: 100,
        effect: None,
    };
    add(&mut file, 1000, What::Decided(Box::new(Decided { question: 1, look: 1, decision })));
    add(
        &mut file,
        1050,
        What::ApprovalNeeded(Box::new(Approval { action: call.clone(), because: text(), ..approval(1, "go") })),
    );
    add(&mut file, 1060, What::ApprovalClosed { approval: 1, answer: ApprovalAnswer::Rejected { word: text() } });
    add(&mut file, 1100, refused(StepReport { action: call, by: text(), ..stepped(1, 1, "go", 900, 3.0) }, HOSTILE));
    add(&mut file, 1200, notice(HOSTILE, HOSTILE, None));
    add(&mut file, 1300, What::Narrated(Narration { text: text(), by: text(), step: 1, dropped: 0 }));
    add(&mut file, 1400, What::Paused { why: PauseReason::Budget { words: text() } });
    add(&mut file, 1500, What::Resumed { word: Some(text()) });
    add(&mut file, 1600, What::Opened(Belonging { name: text(), ..Belonging::default() }));
    let mut ended = report(HOSTILE, Ending::Failed, 1);
    ended.problem = Some(Problem::plain(HOSTILE, vec![text()], HOSTILE));
    ended.ensemble.advice = vec![text()];
    ended.egress.iter_mut().for_each(|line| (line.host, line.purpose) = (text(), text()));
    ended.spending.lines.iter_mut().for_each(|line| line.model = text());
    ended.regret.advisers.iter_mut().for_each(|adviser| adviser.title = text());
    ended.certificate.items.iter_mut().for_each(|item| (item.name, item.note) = (text(), text()));
    file.report = Some(ended);
    file.summary = Some(text());
    file.line.state = SessionState::Ended;
    file
}
