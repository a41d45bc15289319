//! What is seen from outside while serving: request numbers, logs, metrics.

use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

use crate::network::Origin;
use crate::state::Site;

/// The number under which the log knows a request, and which error pages show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RequestId(Arc<str>);

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives the request its number: a trusted proxy's, or a new one.
pub async fn identify(State(site): State<Site>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let origin = Origin::of(&parts, site.options());
    let fits = |id: &&str| {
        (1..=64).contains(&id.len()) && id.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-')
    };
    let given = parts.headers.get(REQUEST_ID);
    let given = given.and_then(|value| value.to_str().ok()).filter(fits);
    let id = match given.filter(|_| origin.trusted) {
        Some(id) => RequestId(id.into()),
        None => RequestId(format!("{:016x}", rand::random::<u64>()).into()),
    };
    let span = tracing::info_span!("request", id = %id);
    parts.extensions.insert(origin);
    parts.extensions.insert(id.clone());
    let request = Request::from_parts(parts, body);
    let mut response = next.run(request).instrument(span).await;
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// Logs and counts requests and how long they took, by the route. The address, headers and body are left out: they
/// hold names and secrets.
pub async fn count(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("unknown", MatchedPath::as_str)
        .to_owned();
    let method = match request.method().as_str() {
        method @ ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE") => method.to_owned(),
        _ => "other".to_owned(),
    };
    let response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), started.elapsed());
    tracing::info!(
        method,
        route,
        status,
        milliseconds = took.as_millis() as u64,
        "answered"
    );
    let status = status.to_string();
    metrics::histogram!("kartoteka_http_request_seconds", "method" => method.clone(), "route" => route.clone())
        .record(took.as_secs_f64());
    metrics::counter!("kartoteka_http_requests_total", "method" => method, "route" => route, "status" => status)
        .increment(1);
    response
}
