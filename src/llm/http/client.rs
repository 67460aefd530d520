//! The clients behind everything that leaves: time to connect, proxy, whose certificates, no redirects.

use std::{
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::Duration,
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::Url;

use crate::{
    llm::{address::is_loopback, lock::Lock},
    settings::Secret,
};

/// What the layer is made from.
#[derive(Clone, Debug)]
pub struct HttpConfig {
    /// How long opening a connection may take.
    pub connect: Duration,
    /// The proxy for hosts that are not this machine, as the environment names it.
    pub proxy: Option<String>,
    /// Hosts that it is not asked for, as the environment lists them.
    pub no_proxy: Option<String>,
}

impl Default for HttpConfig {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), proxy: None, no_proxy: None }
    }
}

/// One client for what goes out plain and one for what is encrypted. The second reads the system's certificates first.
/// That takes longer than all else before a window opens, and whoever has only servers in the house never wants it.
pub(super) struct Clients {
    config: HttpConfig,
    lock: Arc<Lock>,
    /// Hosts that the proxy is not asked for, as the user chose.
    bypassed: RwLock<Vec<String>>,
    made: RwLock<Made>,
    /// Many ask at once when a check begins. One of them makes a client and the others wait for it, which is quicker than to
    /// make it several times.
    making: Mutex<()>,
}

/// Each is empty until a request needs it, and again after the idle connections were closed.
#[derive(Default)]
struct Made {
    /// How often the idle ones were closed.
    round: u64,
    plain: Option<reqwest::Client>,
    encrypted: Option<reqwest::Client>,
}

/// Whose certificates a client believes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trust {
    /// No one's: whatever is encrypted fails.
    Nobody,
    /// Those that the system believes.
    System,
}

impl Clients {
    /// Prepares the plain one. Fails only if no client can be made at all.
    pub(super) fn new(config: HttpConfig, lock: Arc<Lock>) -> reqwest::Result<Self> {
        let clients =
            Self { config, lock, bypassed: RwLock::default(), made: RwLock::default(), making: Mutex::default() };
        let _ready = clients.client(Trust::Nobody)?;
        Ok(clients)
    }

    /// The client for a request to there.
    pub(super) fn client_for(&self, url: &Url) -> reqwest::Result<reqwest::Client> {
        self.client(self.trust(url))
    }

    /// From now on these hosts are asked directly, whatever proxy there is.
    pub(super) fn bypass_proxy(&self, hosts: &[String]) {
        let mut bypassed = self.bypassed.write().unwrap_or_else(PoisonError::into_inner);
        if *bypassed != hosts {
            hosts.clone_into(&mut bypassed);
            drop(bypassed);
            self.close_idle();
        }
    }

    /// Closes every idle connection; requests under way keep theirs.
    pub(super) fn close_idle(&self) {
        let mut made = self.made.write().unwrap_or_else(PoisonError::into_inner);
        *made = Made { round: made.round + 1, ..Made::default() };
    }

    /// The proxy that is asked now. It is another machine, whatever it is asked for, so the lock leaves it out unless it is
    /// one of the user's own.
    pub(super) fn proxy(&self) -> Option<Url> {
        self.config.proxy.as_deref().and_then(proxy_address).filter(|proxy| self.lock.pass(proxy).is_ok())
    }

    /// A proxy too may be spoken to encrypted; this machine is not asked through one.
    fn trust(&self, url: &Url) -> Trust {
        let is_plain = |url: &Url| url.scheme() == "http";
        let is_way_plain = || is_loopback(url) || self.proxy().as_ref().is_none_or(is_plain);
        if is_plain(url) && is_way_plain() { Trust::Nobody } else { Trust::System }
    }

    fn client(&self, trust: Trust) -> reqwest::Result<reqwest::Client> {
        let already = || {
            let made = self.made.read().unwrap_or_else(PoisonError::into_inner);
            (made.of(trust).cloned(), made.round)
        };
        if let (Some(client), _) = already() {
            return Ok(client);
        }
        let _alone = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let (client, round) = already();
            if let Some(client) = client {
                return Ok(client);
            }
            // Nobody who has a client, or closes them all, waits for this.
            let fresh = self.build(trust)?;
            let mut made = self.made.write().unwrap_or_else(PoisonError::into_inner);
            // What was made before the idle ones were closed must not come after it.
            if made.round == round {
                return Ok(made.of_mut(trust).insert(fresh).clone());
            }
        }
    }

    /// A client that follows no redirect and asks no proxy for this machine or for the hosts that are to be asked directly.
    fn build(&self, trust: Trust) -> reqwest::Result<reqwest::Client> {
        let mut builder = reqwest::Client::builder()
            .connect_timeout(self.config.connect)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("singularis/", env!("CARGO_PKG_VERSION")))
            .dns_resolver(Arc::new(Names { lock: Arc::clone(&self.lock) }))
            .no_proxy();
        if trust == Trust::Nobody {
            builder = builder.tls_certs_only([]);
        }
        if let Some(proxy) = self.proxy() {
            let but = self.config.no_proxy.as_deref().and_then(reqwest::NoProxy::from_string);
            let bypassed = self.bypassed.read().unwrap_or_else(PoisonError::into_inner).clone();
            let is_direct = move |url: &Url| {
                is_loopback(url) || url.host_str().is_some_and(|host| bypassed.iter().any(|other| other == host))
            };
            // A proxy cannot reach this machine's own servers; asking it is a classic of failed connections.
            let proxy = reqwest::Proxy::custom(move |url| (!is_direct(url)).then(|| proxy.clone()));
            builder = builder.proxy(proxy.no_proxy(but));
        }
        builder.build()
    }
}

impl Made {
    fn of(&self, trust: Trust) -> Option<&reqwest::Client> {
        match trust {
            Trust::Nobody => self.plain.as_ref(),
            Trust::System => self.encrypted.as_ref(),
        }
    }

    fn of_mut(&mut self, trust: Trust) -> &mut Option<reqwest::Client> {
        match trust {
            Trust::Nobody => &mut self.plain,
            Trust::System => &mut self.encrypted,
        }
    }
}

/// Proxies are often written without their scheme.
fn proxy_address(text: &str) -> Option<Url> {
    let text = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
    Url::parse(&text).ok()
}

/// A token that no header can carry becomes an empty one, which the server refuses in its own words.
pub(super) fn secret_header(token: &Secret) -> reqwest::header::HeaderValue {
    let mut value = reqwest::header::HeaderValue::from_str(token.reveal())
        .unwrap_or_else(|_| reqwest::header::HeaderValue::from_static(""));
    value.set_sensitive(true);
    value
}

/// The system's own names, of which the lock may not admit every address.
struct Names {
    lock: Arc<Lock>,
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let lock = Arc::clone(&self.lock);
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let admitted = lock.admit(name.as_str(), found);
            if admitted.is_empty() {
                return Err("the name leads to no address that may be asked while local only is on".into());
            }
            Ok(Box::new(admitted.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn behind(proxy: Option<&str>) -> Clients {
        let config = HttpConfig { proxy: proxy.map(str::to_owned), ..HttpConfig::default() };
        Clients::new(config, Arc::default()).unwrap()
    }

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn certificates_are_read_for_the_first_request_that_is_encrypted() {
        let clients = behind(None);
        let is_made = |trust| clients.made.read().unwrap().of(trust).is_some();
        clients.client_for(&url("http://127.0.0.1:1234/v1/models")).unwrap();
        assert!(is_made(Trust::Nobody) && !is_made(Trust::System), "a server on this machine wants none");
        clients.client_for(&url("https://api.anthropic.com/v1/models")).unwrap();
        assert!(is_made(Trust::System));
        clients.close_idle();
        assert!(!is_made(Trust::Nobody) && !is_made(Trust::System), "nothing is left open");
    }

    #[test]
    fn whoever_believes_nobody_is_asked_only_where_nothing_is_encrypted() {
        let (plain, here) = (url("http://192.168.1.20:1234/"), url("http://localhost:1234/"));
        for (proxy, to_plain) in [
            (None, Trust::Nobody),
            (Some("proxy.example:3128"), Trust::Nobody),
            (Some("https://proxy.example:3129"), Trust::System),
            (Some("socks5h://proxy.example:1080"), Trust::System),
        ] {
            let clients = behind(proxy);
            assert_eq!((clients.trust(&plain), clients.trust(&here)), (to_plain, Trust::Nobody), "{proxy:?}");
            assert_eq!(clients.trust(&url("https://models.example/")), Trust::System, "{proxy:?}");
        }
    }

    #[test]
    fn a_proxy_that_the_lock_shuts_out_is_not_asked() {
        let clients = behind(Some("https://proxy.example:3129"));
        clients.lock.set(true, &[]);
        assert_eq!((clients.proxy(), clients.trust(&url("http://192.168.1.20:1234/"))), (None, Trust::Nobody));
    }
}
