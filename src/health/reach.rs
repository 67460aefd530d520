//! Getting through to the server: the name, the port, encryption, proxies in between, and who answers at last.

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpStream, lookup_host},
    time::timeout,
};

use super::{
    Subject,
    discovery::{app_is_running, lm_studio_home, neighbours},
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
    protocol::{Cause, Check, Fix, Problem, Product, Remedy, Server},
};

const NAME_WITHIN: Duration = Duration::from_secs(5);
/// How long a port may take to say what it speaks.
const FIRST_BYTES_WITHIN: Duration = Duration::from_millis(800);

/// Where the host name leads.
pub async fn resolve(base: &BaseUrl) -> (Rung, Vec<IpAddr>) {
    let host = base.host().trim_matches(['[', ']']);
    if let Ok(address) = host.parse::<IpAddr>() {
        return (Rung::passed("An address already"), vec![address]);
    }
    match timeout(NAME_WITHIN, lookup_host((host, base.port()))).await {
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

/// Opens a plain connection to each address of the name until one takes it.
pub async fn connect(subject: &Subject, base: &BaseUrl, addresses: &[IpAddr]) -> Rung {
    let mut deaf = Vec::new();
    let mut fault = Fault::Unreachable;
    for &address in addresses {
        match timeout(subject.connect, TcpStream::connect(SocketAddr::new(address, base.port()))).await {
            Ok(Ok(_stream)) => {
                let others = if deaf.is_empty() { String::new() } else { format!(" ({} does not)", deaf.join(", ")) };
                return Rung::passed(format!("{address} takes connections at port {}{others}", base.port()));
            }
            Ok(Err(error)) => match error.kind() {
                std::io::ErrorKind::ConnectionRefused => fault = Fault::Refused,
                std::io::ErrorKind::ConnectionReset | std::io::ErrorKind::ConnectionAborted => fault = Fault::Reset,
                _ => {}
            },
            Err(_elapsed) => fault = Fault::TimedOut { limit: Limit::Connect, after_ms: millis(subject.connect) },
        }
        deaf.push(address.to_string());
    }
    Rung::failed(nobody_there(subject, base, fault).await)
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
    evidence.app_is_running = Some(is_running);
    let mut problem = diagnose(&evidence.with(fault)).problem;
    let mut ways: Vec<Remedy> = Vec::new();
    for (product, other) in others {
        let name = if product == Product::Unknown { "A model server" } else { product.title() };
        problem.details.push(format!("{name} answers at {other}"));
        ways.push(Remedy::Action(Fix::UseAddress { url: other.to_string() }));
    }
    if Lms::find(user_home, subject.path.as_deref()).is_some() {
        ways.push(Remedy::Action(Fix::StartServer { port: base.port() }));
    } else if !is_running && user_home.and_then(lm_studio_home).is_none() {
        problem.details.push("LM Studio was not found on this machine".to_owned());
        ways.push(Remedy::advice("Install LM Studio from lmstudio.ai, or use the demo"));
    }
    problem.remedies.splice(0..0, ways);
    problem
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

fn encryption(base: &BaseUrl) -> Rung {
    Rung::passed(if base.is_https() { "https, as the address says" } else { "Plain http, as the address says" })
}

fn no_proxy(subject: &Subject, base: &BaseUrl) -> Rung {
    match &subject.proxy {
        Some(_) if base.is_loopback() => Rung::passed("There is one, and it is not asked for this machine"),
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
