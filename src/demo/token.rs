//! Whether a request may pass: LM Studio's API tokens and its three ways to refuse one.

use hyper::{HeaderMap, StatusCode, header::AUTHORIZATION};
use serde_json::json;

use super::errors::Refusal;

const MISSING: &str = "An LM Studio API token is required to make requests to this server, but none was provided using \
    the Authorization header using the 'Bearer' scheme (i.e., 'Authorization: Bearer $LM_API_TOKEN'). Learn more at: \
    https://lmstudio.ai/docs/developer/core/authentication.";

/// Passes everybody when no token is required.
pub(super) fn check(headers: &HeaderMap, required: Option<&str>) -> Result<(), Refusal> {
    let Some(required) = required else { return Ok(()) };
    let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    match header.and_then(|value| value.strip_prefix("Bearer ")) {
        Some(given) if given == required => Ok(()),
        Some(given) if is_well_formed(given) => Err(refusal("Invalid LM Studio API token provided.")),
        Some(given) => Err(refusal(&malformed(given))),
        None => Err(refusal(MISSING)),
    }
}

/// As the server does, this echoes the beginning of the token: a client must not pass it on.
fn malformed(given: &str) -> String {
    let shown: String = given.chars().take(10).collect();
    let rest = if given.chars().count() > 10 { "..." } else { "" };
    format!("Malformed LM Studio API token provided: {shown}{rest} Ensure you are using a valid token.")
}

fn refusal(message: &str) -> Refusal {
    let error = json!({"type": "invalid_request", "code": "invalid_api_key", "message": message});
    Refusal { status: StatusCode::UNAUTHORIZED, body: json!({"error": error}) }
}

/// `sk-lm-`, eight letters or digits, a colon, twenty letters or digits.
fn is_well_formed(token: &str) -> bool {
    let is_word =
        |text: &str, length: usize| text.len() == length && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    token
        .strip_prefix("sk-lm-")
        .and_then(|rest| rest.split_once(':'))
        .is_some_and(|(client, key)| is_word(client, 8) && is_word(key, 20))
}

#[cfg(test)]
mod tests {
    use hyper::header::HeaderValue;

    use super::*;

    const TOKEN: &str = "sk-lm-abcdefgh:abcdefghij0123456789";

    fn message(given: Option<&'static str>) -> Option<String> {
        let mut headers = HeaderMap::new();
        if let Some(given) = given {
            headers.insert(AUTHORIZATION, HeaderValue::from_static(given));
        }
        let refusal = check(&headers, Some(TOKEN)).err()?;
        assert_eq!(refusal.status, StatusCode::UNAUTHORIZED);
        assert_eq!(refusal.body["error"]["code"], "invalid_api_key");
        refusal.body["error"]["message"].as_str().map(str::to_owned)
    }

    #[test]
    fn missing_malformed_unknown_and_right_are_four_answers() {
        assert_eq!(message(None).as_deref(), Some(MISSING));
        assert_eq!(message(Some("Basic abc")).as_deref(), Some(MISSING));
        let placeholder = "Malformed LM Studio API token provided: lm-studio Ensure you are using a valid token.";
        assert_eq!(message(Some("Bearer lm-studio")).as_deref(), Some(placeholder));
        let unknown = message(Some("Bearer sk-lm-ABCDEFGH:abcdefghij0123456789"));
        assert_eq!(unknown.as_deref(), Some("Invalid LM Studio API token provided."));
        assert_eq!(message(Some("Bearer sk-lm-abcdefgh:abcdefghij0123456789")), None);
    }

    #[test]
    fn nobody_is_asked_where_no_token_is_required() {
        assert!(check(&HeaderMap::new(), None).is_ok());
    }
}
