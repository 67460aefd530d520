//! The ledger beside what a forwarder on the way has counted, byte for byte.

use singularis::{
    protocol::{CertificateItem, Ending, OpenKind},
    settings::{CloudMode, Provider as Who, Strategy},
};

use crate::{
    counter::Counter,
    session::{World, played},
};

/// Of one answer, and of one question, that was cut off, in bytes.
const MOST_UNREAD: u64 = 4096;
const MOST_UNSENT: u64 = 65_536;

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
    let items = &played.report.certificate.items;
    let is_cut_off = |item: &&CertificateItem| item.kind == OpenKind::Request && !item.name.starts_with("generation");
    let cut_off = u64::try_from(items.iter().filter(is_cut_off).count()).unwrap();
    for (who, counter) in [(Who::Gemini, &gemini), (Who::Claude, &claude)] {
        let lines = played.report.egress.iter().filter(|line| line.provider == who);
        let (mut requests, mut sent, mut received) = (0, 0, 0);
        for line in lines {
            requests += line.requests;
            sent += line.sent_bytes;
            received += line.received_bytes;
        }
        // Of an answer that was cut off more may have passed by than was read; a narrator's sentence is shorter than that.
        let unread = counter.received_bytes().checked_sub(received).expect("nothing is read that did not pass by");
        assert!(unread <= MOST_UNREAD * cut_off, "{who:?}: {unread} bytes were not read");
        // One that was dropped in the moment in which it was to leave is counted here and was seen by nobody.
        let dropped = requests - counter.requests();
        assert!(dropped <= cut_off, "{who:?}: {requests} requests instead of {}", counter.requests());
        // Of a question that was cut off less may have passed by than was to be sent.
        let unsent = sent.checked_sub(counter.sent_bytes()).expect("nothing passes by that was not sent");
        assert!(unsent <= MOST_UNSENT * cut_off, "{who:?}: {sent} bytes instead of {}", counter.sent_bytes());
        println!(
            "{who:?}: {requests} requests, {sent} bytes out, {received} bytes in, both by the ledger and on the way"
        );
    }
}
