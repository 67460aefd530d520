//! Why a server could not be agreed with: what the library's errors mean.

use std::time::Duration;

use rmcp::{
    model::{ErrorCode, ErrorData, ProtocolVersion},
    service::ClientInitializeError,
};

use super::super::{calling::words_of, complaints::cleaned, http, trouble::Trouble};

/// So much of an answer that was not expected is shown, in letters.
const SHOWN: usize = 300;

/// Why an attempt to connect failed.
#[derive(Debug)]
pub enum Failure {
    /// It is known already what that means.
    Known(Trouble),
    /// The time was over.
    Late,
    /// The connection was closed, or nothing could be written to it.
    Closed,
    /// It answered the greeting with an error.
    Refused(Box<ErrorData>),
}

impl Failure {
    /// What an error in greeting means, as far as it tells by itself.
    pub fn greeting(error: ClientInitializeError) -> Self {
        match error {
            ClientInitializeError::JsonRpcError(data) => Self::Refused(Box::new(data)),
            ClientInitializeError::ConnectionClosed(_) => Self::Closed,
            ClientInitializeError::TransportError { error, .. } => {
                http::trouble(&error).map_or(Self::Closed, Self::Known)
            }
            ClientInitializeError::NoCompatibleProtocolVersion { server_supported, .. } => {
                let versions: Vec<&str> = server_supported.iter().map(ProtocolVersion::as_str).collect();
                let words = format!("it speaks {}", cleaned(&versions.join(", "), SHOWN));
                Self::Known(Trouble::WrongProtocol { words })
            }
            other => Self::Known(Trouble::WrongProtocol { words: cleaned(&other.to_string(), SHOWN) }),
        }
    }

    /// Whether the server said that it knows no greeting, or not in this version.
    pub fn wants_another_version(&self) -> bool {
        let Self::Refused(data) = self else { return false };
        let says_so = data.message.to_lowercase().contains("protocol version");
        says_so || matches!(data.code, ErrorCode::UNSUPPORTED_PROTOCOL_VERSION | ErrorCode::METHOD_NOT_FOUND)
    }

    /// What a person is told; `after` is the time to connect.
    pub fn trouble(self, after: Duration) -> Trouble {
        if self.wants_another_version()
            && let Self::Refused(data) = &self
        {
            return Trouble::WrongProtocol { words: words_of(data) };
        }
        match self {
            Self::Known(trouble) => trouble,
            Self::Late => Trouble::Silent { after },
            Self::Closed => Trouble::HungUp,
            Self::Refused(data) => Trouble::Refused { words: words_of(&data) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AFTER: Duration = Duration::from_secs(1);

    fn refused(code: ErrorCode, message: &'static str) -> Failure {
        Failure::greeting(ClientInitializeError::JsonRpcError(ErrorData::new(code, message, None)))
    }

    #[test]
    fn a_server_that_does_not_like_the_version_is_told_from_one_that_does_not_like_us() {
        let strange = refused(ErrorCode::INVALID_PARAMS, "Unsupported protocol version");
        assert!(strange.wants_another_version());
        assert!(matches!(strange.trouble(AFTER), Trouble::WrongProtocol { .. }));
        assert!(refused(ErrorCode::METHOD_NOT_FOUND, "initialize").wants_another_version());
        let unfriendly = refused(ErrorCode::INTERNAL_ERROR, "no licence");
        assert!(!unfriendly.wants_another_version());
        assert_eq!(unfriendly.trouble(AFTER), Trouble::Refused { words: "no licence".to_owned() });
    }

    #[test]
    fn versions_that_nobody_here_speaks_are_named() {
        let error = ClientInitializeError::NoCompatibleProtocolVersion {
            client_supported: vec![ProtocolVersion::V_2025_11_25],
            server_supported: vec![ProtocolVersion::V_2024_11_05],
        };
        let trouble = Failure::greeting(error).trouble(AFTER);
        assert_eq!(trouble, Trouble::WrongProtocol { words: "it speaks 2024-11-05".to_owned() });
    }

    #[test]
    fn a_closed_connection_and_the_end_of_the_time_are_two_things() {
        let closed = Failure::greeting(ClientInitializeError::ConnectionClosed("initialize response".to_owned()));
        assert_eq!(closed.trouble(AFTER), Trouble::HungUp);
        assert_eq!(Failure::Late.trouble(AFTER), Trouble::Silent { after: AFTER });
    }
}
