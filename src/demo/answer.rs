//! The answers on the wire: JSON, text and event streams as `hyper` responses.

use std::io;

use http_body_util::{BodyExt, Full, combinators::UnsyncBoxBody};
use hyper::{
    Response, StatusCode,
    body::Bytes,
    header::{CONTENT_TYPE, HeaderValue},
};
use serde_json::Value;

use super::stream::EventBody;

pub(super) type Body = UnsyncBoxBody<Bytes, io::Error>;

const EVENT_STREAM: &str = "text/event-stream";
const JSON: &str = "application/json; charset=utf-8";
const PAGE: &str = "<!DOCTYPE html>\n<html><head><title>Welcome</title></head><body><h1>It works!</h1></body></html>\n";

pub(super) fn json(status: StatusCode, value: &Value) -> Response<Body> {
    whole(status, HeaderValue::from_static(JSON), value.to_string())
}

pub(super) fn ok(value: &Value) -> Response<Body> {
    json(StatusCode::OK, value)
}

/// Any answer a fault dictates, sensible or not.
pub(super) fn dictated(status: u16, content_type: &str, text: String) -> Response<Body> {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let content_type = HeaderValue::from_str(content_type).unwrap_or_else(|_| HeaderValue::from_static("text/plain"));
    whole(status, content_type, text)
}

pub(super) fn web_page() -> Response<Body> {
    whole(StatusCode::OK, HeaderValue::from_static("text/html; charset=utf-8"), PAGE.to_owned())
}

/// A stream that is told piece by piece.
pub(super) fn event_stream(events: EventBody) -> Response<Body> {
    with_headers(StatusCode::OK, HeaderValue::from_static(EVENT_STREAM), events.boxed_unsync())
}

/// A stream that is known from the start.
pub(super) fn short_event_stream(events: String) -> Response<Body> {
    whole(StatusCode::OK, HeaderValue::from_static(EVENT_STREAM), events)
}

fn whole(status: StatusCode, content_type: HeaderValue, text: String) -> Response<Body> {
    let body = Full::new(Bytes::from(text)).map_err(|never| match never {}).boxed_unsync();
    with_headers(status, content_type, body)
}

fn with_headers(status: StatusCode, content_type: HeaderValue, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    response
}
