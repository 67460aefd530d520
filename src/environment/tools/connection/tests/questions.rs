//! Servers that are not greeted, and such as ask something in the middle of a call or before it.

use super::*;

fn newest(may_consent: bool) -> ServerSettings {
    let mut settings = settings("newest");
    settings.extras.greets_with = Greeting::Discover;
    settings.extras.answers_with_defaults = may_consent;
    settings
}

async fn met(settings: &ServerSettings) -> (Connection, Children) {
    let (opened, children) = opened(settings).await;
    (opened.map_err(|trouble| format!("{trouble:?}")).unwrap(), children)
}

#[tokio::test]
async fn one_that_wants_no_greeting_is_not_greeted() {
    let (connection, children) = met(&newest(false)).await;
    assert_eq!(connection.about().protocol, "2026-07-28");
    assert_eq!(connection.list(PATIENCE).await.unwrap().tools.len(), 3);
    assert_eq!(words(&called(&connection, "echo", LIMITS).await), "{\"word\": \"hello\"}");
    connection.close().await;
    assert_eq!(children.alive(), 0);
    let greeted = bare("newest").await;
    assert_eq!(greeted, Trouble::EndedAtOnce { exit: "with code 4".to_owned() });
}

#[tokio::test]
async fn a_question_in_the_middle_of_a_call_is_declined_or_answered_with_its_defaults() {
    let mut settings = settings("good");
    let (connection, _children) = met(&settings).await;
    assert_eq!(words(&called(&connection, "ask", LIMITS).await), "{\"action\": \"decline\"}");
    settings.extras.answers_with_defaults = true;
    let (connection, _children) = met(&settings).await;
    let accepted = "{\"action\": \"accept\", \"content\": {\"sure\": true}}";
    assert_eq!(words(&called(&connection, "ask", LIMITS).await), accepted);
}

#[tokio::test]
async fn one_that_asks_before_it_begins_is_called_once_more_with_the_answer() {
    let (connection, _children) = met(&newest(true)).await;
    let answer = called(&connection, "ask_first", LIMITS).await;
    let expected = "[{\"action\": \"accept\", \"content\": {\"sure\": true}}, \"so far\"]";
    assert_eq!(words(&answer), expected, "{answer:?}");
}

#[tokio::test]
async fn one_that_asks_what_nobody_answers_is_not_called_once_more() {
    let (connection, _children) = met(&newest(false)).await;
    let refused = called(&connection, "ask_first", LIMITS).await;
    assert!(matches!(refused, Called::Refused { .. }), "{refused:?}");
    assert!(words(&refused).contains("\u{201c}Are you sure?\u{201d}"), "{refused:?}");
}

#[tokio::test]
async fn one_that_is_not_ready_is_called_again_until_the_time_is_over() {
    let (connection, _children) = met(&newest(false)).await;
    assert_eq!(words(&called(&connection, "later", LIMITS).await), "ready");
    let short = CallLimits { quiet: PATIENCE, total: Duration::from_millis(200) };
    let late = called(&connection, "later", short).await;
    assert!(matches!(late, Called::Unclear { .. }) && words(&late).contains("not done after 0.2 s"), "{late:?}");
}
