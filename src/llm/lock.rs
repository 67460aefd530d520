//! The locality lock: while it is on, no request leaves for a host that is not this machine or one of the user's own.
//! It stands in the HTTP layer, so that no code above can be wrong about it.

use std::{
    net::{IpAddr, SocketAddr},
    sync::{
        PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use url::Url;

use super::address::is_loopback;

/// A switch and the list of the user's own hosts. It is off until somebody switches it on.
#[derive(Debug, Default)]
pub struct Lock {
    is_on: AtomicBool,
    own: RwLock<Vec<String>>,
}

/// The lock is on and this host is not one of the user's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locked {
    pub host: String,
}

impl Lock {
    /// Switches it; `own` are the hosts that the user listed. True if anything changed.
    pub fn set(&self, is_on: bool, own: &[String]) -> bool {
        let mut hosts = self.own.write().unwrap_or_else(PoisonError::into_inner);
        let is_new = *hosts != own || self.is_on.load(Ordering::SeqCst) != is_on;
        own.clone_into(&mut hosts);
        self.is_on.store(is_on, Ordering::SeqCst);
        is_new
    }

    pub fn is_on(&self) -> bool {
        self.is_on.load(Ordering::SeqCst)
    }

    /// Whether a request may leave for this address.
    pub fn pass(&self, url: &Url) -> Result<(), Locked> {
        let host = url.host_str().unwrap_or_default();
        let own = self.own.read().unwrap_or_else(PoisonError::into_inner);
        if !self.is_on() || is_loopback(url) || own.iter().any(|own| own.eq_ignore_ascii_case(host)) {
            return Ok(());
        }
        Err(Locked { host: host.to_owned() })
    }

    /// The addresses that a name may lead to while the lock is on. A name of this machine or of a home network that
    /// suddenly leads into the world is not followed; a name in the world that the user listed is.
    pub fn admit(&self, name: &str, addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
        if !self.is_on() {
            return addresses;
        }
        let is_this_machine = name.eq_ignore_ascii_case("localhost");
        let last = name.rsplit('.').next().unwrap_or_default();
        let is_home = !name.contains('.') || ["local", "lan", "internal", "home"].contains(&last);
        let is_admitted = |address: &SocketAddr| match (is_this_machine, is_home) {
            (true, _) => address.ip().is_loopback(),
            (false, true) => is_near(address.ip()),
            (false, false) => true,
        };
        addresses.into_iter().filter(is_admitted).collect()
    }
}

/// This machine, or a network that is not routed into the world.
fn is_near(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_loopback() || address.is_private() || address.is_link_local(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn only_this_machine_and_listed_hosts_pass_while_it_is_on() {
        let lock = Lock::default();
        assert_eq!(lock.pass(&url("https://api.anthropic.com/v1")), Ok(()));
        assert!(lock.set(true, &["nas.lan".to_owned(), "192.168.1.7".to_owned()]));
        assert!(!lock.set(true, &["nas.lan".to_owned(), "192.168.1.7".to_owned()]), "nothing is new");
        for passes in
            ["http://127.0.0.1:1/", "http://localhost/", "http://[::1]:9/", "http://NAS.lan/", "http://192.168.1.7/"]
        {
            assert_eq!(lock.pass(&url(passes)), Ok(()), "{passes}");
        }
        for stays in [
            "https://api.anthropic.com/",
            "http://192.168.1.8/",
            "http://localhost.evil.com/",
            "http://nas.lan.evil.com/",
        ] {
            assert!(lock.pass(&url(stays)).is_err(), "{stays}");
        }
    }

    #[test]
    fn a_name_that_leads_elsewhere_is_not_followed() {
        let lock = Lock::default();
        lock.set(true, &[]);
        let addresses = |list: &[&str]| -> Vec<SocketAddr> { list.iter().map(|text| text.parse().unwrap()).collect() };
        let both = addresses(&["127.0.0.1:0", "93.184.216.34:0"]);
        assert_eq!(lock.admit("localhost", both.clone()), addresses(&["127.0.0.1:0"]));
        assert_eq!(
            lock.admit("nas.local", addresses(&["192.168.1.9:0", "93.184.216.34:0"])),
            addresses(&["192.168.1.9:0"])
        );
        assert_eq!(lock.admit("models.example.com", both.clone()), both, "the user listed it, wherever it is");
        lock.set(false, &[]);
        assert_eq!(lock.admit("localhost", both.clone()), both);
    }
}
