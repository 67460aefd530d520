//! The ledger beside what a forwarder on the way has counted, byte for byte.

use singularis::{
    protocol::Ending,
    settings::{CloudMode, Provider as Who, Strategy},
};

use crate::{
    counter::Counter,
    session::{World, played},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_totals_are_what_a_forwarder_saw() {
    let world = World::begin().await;
    let mut settings = world.settings(Strategy::Parallel, CloudMode::CloudFirst);
    let (gemini, claude) = (Counter::before(&world.gemini.url()).await, Counter::before(&world.claude.url()).await);
    settings.providers.gemini.url = gemini.url();
    settings.providers.claude.url = claude.url();
    settings.agent.narrate_every_s = 0.5;
    let played = played(settings, 4, |_step| {}).await;
    assert_eq!(played.report.outcome, Ending::LimitReached, "{:?}", played.report.problem);
    for (who, counter) in [(Who::Gemini, &gemini), (Who::Claude, &claude)] {
        let lines = played.report.egress.iter().filter(|line| line.provider == who);
        let (mut requests, mut sent, mut received) = (0, 0, 0);
        for line in lines {
            requests += line.requests;
            sent += line.sent_bytes;
            received += line.received_bytes;
        }
        let counted = (counter.requests(), counter.sent_bytes(), counter.received_bytes());
        assert_eq!((requests, sent, received), counted, "{who:?}");
        println!(
            "{who:?}: {requests} requests, {sent} bytes out, {received} bytes in, both by the ledger and on the way"
        );
    }
}
