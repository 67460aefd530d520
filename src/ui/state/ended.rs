//! The last picture of a session once that is over.

use crate::protocol::{ExpertState, LoopState, SessionReport, Snapshot};

/// Ends the last picture: nothing in it is under way any more, and its sums are those of the report.
pub fn end(kept: &mut Snapshot, report: &SessionReport) {
    let now_ms = kept.elapsed_ms;
    for view in &mut kept.experts {
        if view.state.is_busy() {
            view.state = ExpertState::Idle;
        }
        let open = view.asks.iter_mut().filter(|ask| ask.ended_at_ms.is_none());
        open.for_each(|ask| ask.ended_at_ms = Some(now_ms));
    }
    kept.loops.iter_mut().for_each(|view| view.state = LoopState::Ended);
    kept.providers.iter_mut().for_each(|view| (view.under_way, view.waiting) = (0, 0));
    kept.approval = None;
    if report.regret.is_known {
        kept.regret = report.regret.clone();
    }
    if report.clock.decisions > 0 {
        kept.clock = report.clock;
    }
    if report.spending.calls > 0 {
        kept.spending = report.spending.clone();
        kept.ensemble = report.ensemble.clone();
        kept.egress.clone_from(&report.egress);
    }
}
