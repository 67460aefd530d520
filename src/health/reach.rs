//! Getting through to the server: the name, the port, encryption, proxies in between, and who answers at last.

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use futures_util::future::join_all;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpStream, lookup_host},
    time::timeout,
};

use super::{
    Subject,
    discovery::{JAN_PORT, app_is_running, neighbours},
    installation::installed,
    lms::Lms,
    rungs::{Rung, asked},
};
use crate::{
    llm::{
        BaseUrl, Error, Evidence, Fault, Limit, diagnose,
        evidence::{Kind, Observed},
        lm_studio::LmStudio,
        open::millis,
    },
    protocol::{Cause, Check, Fix, Problem, Product, Remedy, Server, Verdict},
};

const NAME_WITHIN: Duration = Duration::from_secs(3);
/// How long a port may take to say what it speaks.
const FIRST_BYTES_WITHIN: Duration = Duration::from_millis(800);

/// Where the host name leads.
pub async fn resolve(base: &BaseUrl, within: Duration) -> (Rung, Vec<IpAddr>) {
    let host = base.host().trim_matches(['[', ']']);
    if let Ok(address) = host.parse::<IpAddr>() {
        return (Rung::passed("An address already"), vec![address]);
    }
    match timeout(NAME_WITHIN.min(within), lookup_host((host, base.port()))).await {
        Ok(Ok(found)) => {
            let mut addresses: Vec<IpAddr> = Vec::new();
            for address in found.map(|found| found.ip()) {
                if !addresses.contains(&address) {
                    addresses.push(address);
                }
            }
            let list: Vec<_> = addresses.iter().map(ToString::to_string).collect();
            (Rung::passed(format!("{host} is {}", list.join(" and "))), addresses)
        }
        Ok(Err(error)) => (unresolved(base, &error.to_string()), Vec::new()),
        Err(_elapsed) => (unresolved(base, "the name server did not answer"), Vec::new()),
    }
}

fn unresolved(base: &BaseUrl, words: &str) -> Rung {
    let observed = Observed { transport_error: Some(words.to_owned()), ..Observed::default() };
    let evidence = Evidence { request: asked(base), observed, ..Evidence::default() };
    Rung::failed(diagnose(&evidence.with(Fault::NameNotResolved)).problem)
}

/// Opens a plain connection to every address of the name at once, so that each is known to answer or not.
pub async fn connect(subject: &Subject, base: &BaseUrl, addresses: &[IpAddr], within: Duration) -> Rung {
    let within = subject.connect.min(within);
    let tries = addresses.iter().map(|&address| knock(SocketAddr::new(address, base.port()), within));
    let answers: Vec<(IpAddr, Result<(), Fault>)> = addresses.iter().copied().zip(join_all(tries).await).collect();
    let names = |takes: bool| -> Vec<String> {
        let these = answers.iter().filter(|(_, answer)| answer.is_ok() == takes);
        these.map(|(address, _)| address.to_string()).collect()
    };
    let (open, shut) = (names(true), names(false));
    if !open.is_empty() {
        let verb = if open.len() == 1 { "takes" } else { "take" };
        let others = if shut.is_empty() { String::new() } else { format!(" ({} does not)", shut.join(", ")) };
        return Rung::passed(format!("{} {verb} connections at port {}{others}", open.join(" and "), base.port()));
    }
    // A refusal says more than silence: whoever refuses is there.
    let faults: Vec<Fault> = answers.into_iter().filter_map(|(_, answer)| answer.err()).collect();
    let fault = faults.iter().find(|fault| **fault == Fault::Refused).or(faults.first()).cloned();
    Rung::failed(nobody_there(subject, base, fault.unwrap_or(Fault::Unreachable)).await)
}

/// Opens one connection and closes it again.
async fn knock(address: SocketAddr, within: Duration) -> Result<(), Fault> {
    match timeout(within, TcpStream::connect(address)).await {
        Ok(Ok(_stream)) => Ok(()),
        Ok(Err(error)) => Err(match error.kind() {
            std::io::ErrorKind::ConnectionRefused => Fault::Refused,
            std::io::ErrorKind::ConnectionReset | std::io::ErrorKind::ConnectionAborted => Fault::Reset,
            _ => Fault::Unreachable,
        }),
        Err(_elapsed) => Err(Fault::TimedOut { limit: Limit::Connect, after_ms: millis(within) }),
    }
}

/// What cannot be reached directly may still be reached through the proxy, whose word then counts.
pub fn or_proxy(rung: Rung, subject: &Subject, base: &BaseUrl) -> Rung {
    let is_bypassed = subject.bypass_proxy.iter().any(|host| host == base.host());
    if rung.verdict != Verdict::Failed || subject.proxy.is_none() || base.is_loopback() || is_bypassed {
        return rung;
    }
    Rung::passed(format!("Not directly ({}); the proxy is asked", rung.note))
}

/// Nothing takes connections: looks whether LM Studio runs all the same, and who else is there.
async fn nobody_there(subject: &Subject, base: &BaseUrl, fault: Fault) -> Problem {
    let observed = Observed { kind: Kind::Transport, ..Observed::default() };
    let mut evidence = Evidence { request: asked(base), observed, ..Evidence::default() };
    if !base.is_loopback() || fault != Fault::Refused {
        return diagnose(&evidence.with(fault)).problem;
    }
    let user_home = subject.user_home.as_deref();
    let (is_running, others) =
        tokio::join!(app_is_running(&subject.http), neighbours(&subject.http, user_home, base.port()));
    // LM Studio that serves at another port is not switched off; only the address is wrong.
    let elsewhere = others.iter().find(|(product, _)| *product == Product::LmStudio).map(|(_, base)| base.to_string());
    let serves_elsewhere = elsewhere.is_some();
    evidence.app_is_running = Some(is_running && !serves_elsewhere);
    let mut problem = diagnose(&evidence.with(fault)).problem;
    let mut ways: Vec<Remedy> = Vec::new();
    for (product, other) in others {
        let name = match product {
            // Jan says nowhere who it is; nobody else uses its port.
            Product::Unknown if other.port() == JAN_PORT => "Jan (by its port)",
            Product::Unknown => "A model server",
            known => known.title(),
        };
        problem.details.push(format!("{name} answers at {other}"));
        ways.push(Remedy::Action(Fix::use_address(other.to_string())));
    }
    if !serves_elsewhere {
        ways.extend(ways_to_start(subject, base.port(), is_running, &mut problem.details));
    }
    if let Some(elsewhere) = &elsewhere {
        problem.summary.push_str(&format!(", but LM Studio answers at {elsewhere}"));
    }
    // Who can start it, or has it running elsewhere, needs no advice to start it.
    if serves_elsewhere
        || ways.iter().any(|way| matches!(way, Remedy::Action(Fix::StartServer { .. } | Fix::OpenLmStudio)))
    {
        problem.remedies.retain(|way| matches!(way, Remedy::Action(_)));
    }
    problem.remedies.splice(0..0, ways);
    problem
}

/// How LM Studio's server can be had, and what was found of LM Studio on this machine.
fn ways_to_start(subject: &Subject, port: u16, is_running: bool, details: &mut Vec<String>) -> Vec<Remedy> {
    let user_home = subject.user_home.as_deref();
    let mut ways = Vec::new();
    if Lms::find(user_home, subject.path.as_deref()).is_some() {
        ways.push(Remedy::Action(Fix::StartServer { port }));
    }
    if is_running {
        return ways;
    }
    match installed(user_home) {
        Some(installation) if installation.can_be_opened() => {
            details.push(format!("LM Studio is installed ({}) and does not run", installation.words()));
            ways.push(Remedy::Action(Fix::OpenLmStudio));
        }
        Some(_) => details.push("LM Studio is installed and does not run".to_owned()),
        None if ways.is_empty() => {
            details.push("LM Studio was not found on this machine".to_owned());
            ways.push(Remedy::advice("Install LM Studio from lmstudio.ai, or use the demo"));
        }
        None => {}
    }
    ways
}

/// Who answers, and what stood in between.
pub struct Introduction {
    pub server: Server,
    /// Encryption, proxy and server, as far as they were reached.
    pub rungs: Vec<(Check, Rung)>,
}

/// Has the server introduce itself.
pub async fn introduce(subject: &Subject, server: &LmStudio) -> Introduction {
    let answer = server.identify().await;
    let problem = match &answer {
        Ok(identity) if identity.evidence.observed.is_html() => Some(diagnose(&identity.evidence).problem),
        Ok(_) => None,
        Err(error) => Some(misunderstood(server.base(), error).await),
    };
    let mut introduction = Introduction { server: Server::default(), rungs: Vec::new() };
    let rungs = &mut introduction.rungs;
    match problem.as_ref().and_then(|problem| problem.cause) {
        Some(Cause::TlsMismatch) => rungs.extend(problem.map(|problem| (Check::Tls, Rung::failed(problem)))),
        Some(Cause::ProxyInterference) => {
            rungs.push((Check::Tls, encryption(server.base())));
            rungs.extend(problem.map(|problem| (Check::Proxy, Rung::failed(problem))));
        }
        _ => {
            rungs.push((Check::Tls, encryption(server.base())));
            rungs.push((Check::Proxy, no_proxy(subject, server.base())));
            match (answer, problem) {
                (Ok(identity), None) => {
                    rungs.push((Check::Identity, Rung::passed(who(&identity.server))));
                    introduction.server = identity.server;
                }
                (_, problem) => rungs.extend(problem.map(|problem| (Check::Identity, Rung::failed(problem)))),
            }
        }
    }
    introduction
}

/// A plain request that was not understood may have met an encrypted port, which says so in its first bytes.
async fn misunderstood(base: &BaseUrl, error: &Error) -> Problem {
    let Some(evidence) = error.evidence() else { return error.problem() };
    let is_garbled = matches!(evidence.fault, Some(Fault::Transport | Fault::Reset));
    if !base.is_https() && is_garbled && speaks_tls(base).await {
        return diagnose(&evidence.clone().with(Fault::Tls)).problem;
    }
    error.problem()
}

/// An encrypted port answers a plain request with an alert record: 21, then version 3.
async fn speaks_tls(base: &BaseUrl) -> bool {
    let talking = async {
        let mut stream = TcpStream::connect((base.host().trim_matches(['[', ']']), base.port())).await?;
        stream.write_all(b"GET / HTTP/1.0\r\n\r\n").await?;
        let mut first = [0; 2];
        stream.read_exact(&mut first).await?;
        Ok::<_, std::io::Error>(first)
    };
    matches!(timeout(FIRST_BYTES_WITHIN, talking).await, Ok(Ok([0x15, 0x03])))
}

pub fn encryption(base: &BaseUrl) -> Rung {
    Rung::passed(if base.is_https() { "https, as the address says" } else { "Plain http, as the address says" })
}

pub fn no_proxy(subject: &Subject, base: &BaseUrl) -> Rung {
    match &subject.proxy {
        Some(_) if base.is_loopback() => Rung::passed("There is one, and it is not asked for this machine"),
        Some(_) if subject.bypass_proxy.iter().any(|host| host == base.host()) => {
            Rung::passed("There is one, and this host is asked without it, as chosen")
        }
        Some(_) => Rung::passed("Requests to this host go through the proxy of this machine"),
        None => Rung::passed("None is in between"),
    }
}

fn who(server: &Server) -> String {
    let version = server.version.as_deref().map(|version| format!(" {version}")).unwrap_or_default();
    let title = server.product.title();
    match server.product {
        Product::LmStudio => format!("{title}{version}"),
        Product::Demo => format!("{title}{version}, not a language model"),
        Product::Unknown => "A server of unknown kind".to_owned(),
        _ => format!("{title}{version}, not LM Studio; it can serve all the same"),
    }
}
