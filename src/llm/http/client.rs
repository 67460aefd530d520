//! Building the one client of the process: time to connect, proxy, no redirects.

use std::{sync::Arc, time::Duration};

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

/// A client that follows no redirect and asks no proxy for this machine or for the hosts that are to be asked directly.
pub(super) fn build(config: &HttpConfig, bypassed: &[String], lock: &Arc<Lock>) -> reqwest::Result<reqwest::Client> {
    let mut builder = reqwest::Client::builder()
        .connect_timeout(config.connect)
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("singularis/", env!("CARGO_PKG_VERSION")))
        .dns_resolver(Arc::new(Names { lock: Arc::clone(lock) }))
        .no_proxy();
    // A proxy is another machine, whatever it is asked for, so the lock leaves it out unless it is one of the user's own.
    if let Some(proxy) = config.proxy.as_deref().and_then(proxy_address).filter(|proxy| lock.pass(proxy).is_ok()) {
        let but = config.no_proxy.as_deref().and_then(reqwest::NoProxy::from_string);
        let bypassed = bypassed.to_vec();
        let is_direct = move |url: &Url| {
            is_loopback(url) || url.host_str().is_some_and(|host| bypassed.iter().any(|other| other == host))
        };
        // A proxy cannot reach this machine's own servers; asking it is a classic of failed connections.
        let proxy = reqwest::Proxy::custom(move |url| (!is_direct(url)).then(|| proxy.clone()));
        builder = builder.proxy(proxy.no_proxy(but));
    }
    builder.build()
}

/// Proxies are often written without their scheme.
pub(super) fn proxy_address(text: &str) -> Option<Url> {
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
