//! Whether anybody asks for newer releases, and where.

use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// No honest address is longer. Bytes.
const LONGEST: usize = 2000;

/// Asking whether a newer release exists. Nobody does until somebody switches it on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UpdateSettings {
    pub check: bool,
    /// Who is asked. Empty means the address that this build was given, if it was given one.
    pub address: String,
}

impl UpdateSettings {
    /// The address that the build of a release was given.
    pub const STAMP: Option<&'static str> = option_env!("SINGULARIS_RELEASES");

    /// Who is to be asked; `None` where no address is known that can be.
    pub fn place(&self) -> Option<Url> {
        match self.address.trim() {
            "" => Self::STAMP.and_then(Self::understand),
            typed => Self::understand(typed),
        }
    }

    /// An address that can be asked: with https, so that nobody on the way answers instead, or with http on this machine.
    pub fn understand(text: &str) -> Option<Url> {
        if text.len() > LONGEST {
            return None;
        }
        let url = Url::parse(text.trim()).ok()?;
        let is_here = match url.host()? {
            Host::Domain(name) => name.eq_ignore_ascii_case("localhost"),
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
        };
        let is_private = url.username().is_empty() && url.password().is_none();
        let is_usable = is_private && (url.scheme() == "https" || (is_here && url.scheme() == "http"));
        is_usable.then_some(url)
    }

    /// Forgets an address that can be read but not asked.
    pub(super) fn mend(&mut self, warnings: &mut Vec<String>) {
        if !self.address.trim().is_empty() && Self::understand(&self.address).is_none() {
            warnings.push("The address under [updates] cannot be used and is forgotten; it takes https".to_owned());
            self.address.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_asks_until_somebody_switches_it_on() {
        assert!(!UpdateSettings::default().check);
        assert_eq!(UpdateSettings::default().place(), UpdateSettings::STAMP.and_then(UpdateSettings::understand));
    }

    #[test]
    fn an_address_is_asked_where_nobody_on_the_way_can_answer() {
        for good in ["https://example.org/newest.json", " https://a.b/c?d=e ", "http://127.0.0.1:8/x", "http://[::1]/"]
        {
            assert!(UpdateSettings::understand(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "example.org",
            "http://example.org/newest.json",
            "http://localhost.example.org/",
            "file:///etc/passwd",
            "ftp://127.0.0.1/",
            "https://user:word@example.org/",
            "https://user@example.org/",
        ] {
            assert_eq!(UpdateSettings::understand(bad), None, "{bad}");
        }
        assert_eq!(UpdateSettings::understand(&format!("https://example.org/{}", "x".repeat(LONGEST))), None);
    }

    #[test]
    fn an_address_that_cannot_be_asked_is_forgotten_and_that_is_said() {
        let mut updates = UpdateSettings { check: true, address: "http://example.org/".into() };
        let mut warnings = Vec::new();
        updates.mend(&mut warnings);
        assert_eq!((updates.check, updates.address.as_str(), warnings.len()), (true, "", 1));
        updates.address = "https://example.org/".into();
        updates.mend(&mut warnings);
        assert_eq!((updates.address.as_str(), warnings.len()), ("https://example.org/", 1));
    }
}
