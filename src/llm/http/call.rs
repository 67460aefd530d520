//! What one request is made from.

use std::{collections::BTreeMap, time::Duration};

pub use reqwest::header::{HeaderName, HeaderValue};
use serde_json::Value;
use url::Url;

use super::client::secret_header;
use crate::{
    llm::{Gate, Limit},
    settings::{Provider, Secret},
};

/// The HTTP methods this program uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Delete,
}

impl Method {
    /// As it is written in a request.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// How a token travels. Never in the address, where logs and proxies would see it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TokenIn {
    /// `Authorization: Bearer`
    #[default]
    Bearer,
    /// A header of this name.
    Header(&'static str),
}

/// One request.
pub struct Call<'a> {
    /// Who asks, for the ledger: `expert.2`, `health check`.
    pub by: &'a str,
    /// Who is asked.
    pub provider: Provider,
    pub method: Method,
    pub url: Url,
    pub token: Option<&'a Secret>,
    /// The header that carries the token.
    pub token_in: TokenIn,
    /// Headers that this interface wants beside the usual ones.
    pub headers: &'static [(&'static str, &'static str)],
    /// Headers that are known only now. Those that are secret are marked as sensitive.
    pub more: &'a [(HeaderName, HeaderValue)],
    pub body: Option<&'a Value>,
    /// The model asked for, as evidence.
    pub model: Option<&'a str>,
    pub gate: Option<&'a Gate>,
    /// How long until the headers of the answer, and what that limit is called.
    pub limit: (Limit, Duration),
}

/// Headers from what a person has written, marked as sensitive, and the names that no header can have.
pub fn secret_headers(headers: BTreeMap<String, Secret>) -> (Vec<(HeaderName, HeaderValue)>, Vec<String>) {
    let (mut made, mut impossible) = (Vec::new(), Vec::new());
    for (name, value) in headers {
        match HeaderName::from_bytes(name.trim().as_bytes()) {
            Ok(header) => made.push((header, secret_header(&value))),
            Err(_no_header_is_called_so) => impossible.push(name),
        }
    }
    (made, impossible)
}

/// The value of a header that is shown nowhere, such as the number of a session; `None` if no header can carry it.
pub fn header_value(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_that_a_person_wrote_are_sensitive_and_impossible_names_are_told() {
        let secret = Secret::new("open sesame 1234").unwrap();
        let headers = BTreeMap::from([("X-Key".to_owned(), secret.clone()), ("no header".to_owned(), secret)]);
        let (made, impossible) = secret_headers(headers);
        assert_eq!((made.len(), made[0].0.as_str(), made[0].1.is_sensitive()), (1, "x-key", true));
        assert_eq!(made[0].1.to_str().unwrap(), "open sesame 1234");
        assert_eq!(impossible, ["no header"]);
        assert!(header_value("line\nbreak").is_none());
    }
}
