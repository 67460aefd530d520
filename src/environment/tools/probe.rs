//! One test of a server: started, listed, ended, with the time of each.

use std::time::{Duration, Instant};

use super::{
    Surroundings,
    connection::{Connection, milliseconds},
    offered::lines,
};
use crate::{
    guardian::Guardian,
    process::{Children, GRACE},
    protocol::{Problem, ServerReport},
    settings::ServerSettings,
};

/// Starts the server, lists its tools and ends it again. Nothing of it is left afterwards.
pub async fn test(server: &ServerSettings, around: &Surroundings, guardian: Option<Guardian>) -> ServerReport {
    let children = Children::default();
    let mut report = ServerReport { name: server.name.clone(), ..ServerReport::default() };
    match Box::pin(Connection::open(server, around, &children, guardian.as_ref())).await {
        Ok(connection) => look_at(server, connection, &mut report).await,
        Err(trouble) => {
            report.errors = trouble.complaints().to_vec();
            report.problem = Some(trouble.problem(server, &[]));
        }
    }
    // There is nothing unless closing it has failed.
    children.end_all(tokio::time::Instant::now() + 2 * GRACE).await;
    if let Some(guardian) = guardian {
        let _nobody_asked_for_its_certificate = guardian.end().await;
    }
    report
}

async fn look_at(server: &ServerSettings, connection: Connection, report: &mut ServerReport) {
    let about = connection.about();
    (report.product, report.version) = (about.product.clone(), about.version.clone());
    (report.protocol, report.capabilities) = (about.protocol.clone(), about.capabilities.clone());
    report.connect_ms = about.connect_ms;
    let within = Duration::try_from_secs_f64(server.extras.connect_s).unwrap_or(Duration::from_secs(60));
    match connection.list(within).await {
        Ok(listed) => {
            report.tools = lines(&server.extras, &listed.tools);
            report.skipped = listed.skipped;
            report.list_ms = listed.took_ms;
            report.problem = report.tools.is_empty().then(|| no_tools(server, &report.skipped));
        }
        Err(trouble) => report.problem = Some(trouble.problem(server, &connection.complaints())),
    }
    report.errors = connection.complaints();
    let began = Instant::now();
    let _nobody_asked_for_its_certificate = connection.close().await;
    report.close_ms = milliseconds(began.elapsed());
}

fn no_tools(server: &ServerSettings, skipped: &[String]) -> Problem {
    let summary = format!("{} has no tools that can be used", server.name);
    let advice = "Check its arguments and its documentation, then test it again";
    Problem::plain(summary, skipped.to_vec(), advice)
}
