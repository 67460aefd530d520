//! What a person types as an address, understood as the base of a server, with a note of what was changed.

use url::{Host, Url};

/// LM Studio's port unless the user changed it.
pub const LM_STUDIO_PORT: u16 = 1234;

/// Paths that people copy along from examples; the client adds them itself.
const KNOWN_TAILS: [&str; 14] = [
    "/api/v1/chat",
    "/api/v1/models/load",
    "/api/v0/chat/completions",
    "/v1/responses",
    "/v1/messages",
    "/api/v1/models",
    "/api/v0/models",
    "/v1/chat/completions",
    "/v1/completions",
    "/v1/embeddings",
    "/v1/models",
    "/api/v1",
    "/api/v0",
    "/v1",
];

/// The root of a server: scheme, host, port, and a path only where a gateway puts one in front.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    url: Url,
    /// What was changed to understand it, one sentence each.
    pub notes: Vec<String>,
}

/// The text cannot be understood as the address of a server.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    #[error("the address is empty")]
    Empty,
    #[error("{scheme} is not a scheme this program speaks; use http or https")]
    Scheme { scheme: String },
    #[error("this is not an address: {reason}")]
    Syntax { reason: String },
}

impl BaseUrl {
    /// Understands what people type: without a scheme, with `/v1` or a whole endpoint behind it, with spaces around.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim().trim_matches('"');
        if text.is_empty() {
            return Err(AddressError::Empty);
        }
        let mut notes = Vec::new();
        let has_scheme = text.contains("://");
        if !has_scheme {
            notes.push("http:// was added".to_owned());
        }
        let with_scheme = if has_scheme { text.to_owned() } else { format!("http://{text}") };
        let mut url = Url::parse(&with_scheme).map_err(|error| AddressError::Syntax { reason: error.to_string() })?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(AddressError::Scheme { scheme: url.scheme().to_owned() });
        }
        if url.host().is_none() {
            return Err(AddressError::Syntax { reason: "there is no host in it".to_owned() });
        }
        strip_secrets(&mut url, &mut notes);
        strip_path(&mut url, &mut notes);
        // `Url` hides a port that is the scheme's default, so one that was typed as `:80` is looked for in the text.
        let host =
            with_scheme.split("://").nth(1).unwrap_or_default().split(['/', '?', '#']).next().unwrap_or_default();
        let typed_port = url.port().is_some() || host.ends_with(":80") || host.ends_with(":443");
        if !typed_port && url.scheme() == "http" && (is_loopback(&url) || !has_scheme) {
            let set = url.set_port(Some(LM_STUDIO_PORT));
            debug_assert!(set.is_ok(), "an http address can carry a port");
            notes.push(format!("port {LM_STUDIO_PORT} was added"));
        }
        Ok(Self { url, notes })
    }

    /// The address of a server on this machine.
    pub fn loopback(port: u16) -> Self {
        let mut url = Url::parse("http://127.0.0.1/").unwrap_or_else(|_| unreachable!("a constant address"));
        let set = url.set_port(Some(port));
        debug_assert!(set.is_ok(), "an http address can carry a port");
        Self { url, notes: Vec::new() }
    }

    /// The address of a path on this server, such as `/v1/models`.
    pub fn at(&self, path: &str) -> Url {
        let mut url = self.url.clone();
        let root = self.url.path().trim_end_matches('/');
        url.set_path(&format!("{root}{path}"));
        url
    }

    /// True when the request never leaves this machine.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }

    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    pub fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or(LM_STUDIO_PORT)
    }

    pub fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// The same address with the other of http and https.
    pub fn with_other_scheme(&self) -> Self {
        let mut text = self.to_string();
        text = match text.strip_prefix("https") {
            Some(rest) => format!("http{rest}"),
            None => text.replacen("http", "https", 1),
        };
        Self::parse(&text).unwrap_or_else(|_| self.clone())
    }
}

/// Without a slash at the end, as people write it.
impl std::fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.url.as_str().trim_end_matches('/'))
    }
}

/// True for `localhost`, 127.0.0.0/8 and `::1`.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// True for addresses of a home or office network and of containers on this machine.
pub fn is_private(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            let last = name.rsplit('.').next().unwrap_or_default();
            !name.contains('.') || ["local", "lan", "internal"].iter().any(|home| last.eq_ignore_ascii_case(home))
        }
        Some(Host::Ipv4(address)) => address.is_private() || address.is_link_local(),
        Some(Host::Ipv6(address)) => address.is_unique_local() || address.is_unicast_link_local(),
        None => false,
    }
}

/// Credentials and queries would end up in files and on screen.
fn strip_secrets(url: &mut Url, notes: &mut Vec<String>) {
    if !url.username().is_empty() || url.password().is_some() {
        let _http_urls_allow_this = url.set_username("");
        let _http_urls_allow_this = url.set_password(None);
        notes.push("the user name and password were left out; use a token instead".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        url.set_query(None);
        url.set_fragment(None);
        notes.push("what followed the path was left out".to_owned());
    }
}

fn strip_path(url: &mut Url, notes: &mut Vec<String>) {
    let path = url.path().replace("//", "/");
    let path = path.trim_end_matches('/');
    let stem = KNOWN_TAILS.iter().find_map(|tail| path.strip_suffix(tail));
    if let Some(stem) = stem {
        notes.push(format!("{} was left out, it is added where it is needed", &path[stem.len()..]));
    }
    let stem = stem.unwrap_or(path).to_owned();
    url.set_path(&stem);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_understood() {
        for (typed, understood) in [
            ("127.0.0.1", "http://127.0.0.1:1234"),
            (" localhost:1234/v1/ ", "http://localhost:1234"),
            ("http://127.0.0.1:1234/v1/chat/completions", "http://127.0.0.1:1234"),
            ("http://127.0.0.1:8080/api/v1/models", "http://127.0.0.1:8080"),
            ("https://llm.example.com/gateway/v1", "https://llm.example.com/gateway"),
            ("http://llm.example.com", "http://llm.example.com"),
            ("http://localhost:80", "http://localhost"),
            ("192.168.1.5", "http://192.168.1.5:1234"),
            ("http://[::1]:1234/v1", "http://[::1]:1234"),
            ("http://me:secret@host:1/?token=x#y", "http://host:1"),
        ] {
            assert_eq!(BaseUrl::parse(typed).map(|base| base.to_string()), Ok(understood.to_owned()), "{typed}");
        }
    }

    #[test]
    fn what_is_no_address_is_said() {
        assert_eq!(BaseUrl::parse("  "), Err(AddressError::Empty));
        assert!(matches!(BaseUrl::parse("ws://localhost:1234"), Err(AddressError::Scheme { .. })));
        assert!(matches!(BaseUrl::parse("http://:1234"), Err(AddressError::Syntax { .. })));
        assert!(matches!(BaseUrl::parse("http://host:99999"), Err(AddressError::Syntax { .. })));
    }

    #[test]
    fn paths_are_joined_behind_a_gateway_prefix() {
        let base = BaseUrl::parse("https://host/pre/v1/").unwrap();
        assert_eq!(base.at("/v1/models").as_str(), "https://host/pre/v1/models");
        assert_eq!(base.with_other_scheme().to_string(), "http://host/pre");
        assert!(BaseUrl::loopback(1234).is_loopback());
    }
}
