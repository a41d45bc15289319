//! Everything that REST refuses, as `application/problem+json` (RFC 9457).
//!
//! Endpoints answer with a [`Problem`]; [`render`], a layer around them all, writes it out with the request's
//! number and in the caller's language, and logs the cause of the ones that are our fault.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, ETAG, RETRY_AFTER, WWW_AUTHENTICATE,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use kartoteka_directory::Error;
use kartoteka_door::failure::chain;
use kartoteka_wire::records;
use serde_json::{Map, Value};

use super::messages::Mistake;
pub use super::places::{Place, in_body, mistakes};
use super::version;
use super::wished::wished;
use crate::language::Language;
use crate::observe::RequestId;

/// The media type of problems.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// How long callers should wait when something is unavailable and nobody knows for how long.
const RETRY: Duration = Duration::from_secs(5);

/// Why a request was refused. Boxed, since results carry it everywhere.
#[derive(Debug)]
pub struct Problem(Box<Parts>);

/// What a problem holds.
#[derive(Debug)]
pub struct Parts {
    pub status: StatusCode,
    /// A stable name for programs; the end of `type`.
    pub code: &'static str,
    pub detail: String,
    pub mistakes: Vec<(Place, Mistake)>,
    /// Further members: both versions of a conflict, the place in a malformed search.
    pub more: Map<String, Value>,
    headers: Vec<(HeaderName, HeaderValue)>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Deref for Problem {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl DerefMut for Problem {
    fn deref_mut(&mut self) -> &mut Parts {
        &mut self.0
    }
}

impl Problem {
    /// A problem without anything special.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self(Box::new(Parts {
            status,
            code,
            detail: detail.into(),
            mistakes: Vec::new(),
            more: Map::new(),
            headers: Vec::new(),
            cause: None,
        }))
    }

    /// 400: the request itself is malformed.
    pub fn malformed(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, detail)
    }

    /// 400: query parameters are wrong.
    pub fn parameters(detail: impl Into<String>, mistakes: Vec<(String, Mistake)>) -> Self {
        let mut problem = Self::malformed("bad-parameter", detail);
        problem.mistakes = mistakes
            .into_iter()
            .map(|(name, mistake)| (Place::Parameter(name), mistake))
            .collect();
        problem
    }

    /// 422: the body is JSON, but its content can't be taken.
    pub fn invalid(mistakes: Vec<(Place, Mistake)>) -> Self {
        let detail = match mistakes.len() {
            1 => "One field can't be taken as it is.".into(),
            n => format!("{n} fields can't be taken as they are."),
        };
        let mut problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", detail);
        problem.mistakes = mistakes;
        problem
    }

    /// 404: the API has no such address.
    pub fn no_such_address() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "no-such-address",
            "The API has no such address; /api/v1/docs lists them all.",
        )
    }

    /// 405: the address is there, but not for this method. axum adds `Allow`.
    pub fn method() -> Self {
        let detail =
            "This address does not take this method; the header Allow names those that it takes.";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", detail)
    }

    /// 401: no token, or one that does not count.
    pub fn unauthorized(given: bool) -> Self {
        let (detail, challenge) = if given {
            (
                "The token is unknown, expired or revoked.",
                r#"Bearer realm="kartoteka", error="invalid_token""#,
            )
        } else {
            (
                "Send a token as “Authorization: Bearer …”.",
                r#"Bearer realm="kartoteka""#,
            )
        };
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized", detail)
            .header(WWW_AUTHENTICATE, HeaderValue::from_static(challenge))
    }

    /// The same problem with a header.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The same problem with a further member.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.more.insert(name.into(), value.into());
        self
    }

    fn caused_by(mut self, cause: Box<dyn std::error::Error + Send + Sync>) -> Self {
        self.cause = Some(cause);
        self
    }

    /// The document, in a language and with the request's number.
    fn document(&self, language: Language, request: Option<&str>) -> Value {
        let mut document = Map::new();
        document.insert(
            "type".into(),
            format!("urn:kartoteka:problem:{}", self.code).into(),
        );
        document.insert(
            "title".into(),
            self.status.canonical_reason().unwrap_or("Error").into(),
        );
        document.insert("status".into(), self.status.as_u16().into());
        document.insert("detail".into(), self.detail.as_str().into());
        if let Some(request) = request {
            document.insert("request_id".into(), request.into());
        }
        if !self.mistakes.is_empty() {
            document.insert("errors".into(), mistakes(&self.mistakes, language));
        }
        document.extend(self.more.clone());
        Value::Object(document)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound { kind, key } => {
                let detail = format!("There is no {} “{key}”.", kind.name().replace('-', " "));
                Self::new(StatusCode::NOT_FOUND, "not-found", detail)
            }
            Error::Unknown { what, key } => Self::new(
                StatusCode::NOT_FOUND,
                "not-found",
                format!("There is no {what} “{key}”."),
            ),
            Error::Forbidden { needed } => {
                let challenge = format!(
                    r#"Bearer realm="kartoteka", error="insufficient_scope", scope="{}""#,
                    needed.name()
                );
                let detail = format!("A token with the scope “{}” is needed.", needed.name());
                let problem = Self::new(StatusCode::FORBIDDEN, "forbidden", detail)
                    .with("needed_scope", needed.name());
                match HeaderValue::try_from(challenge) {
                    Ok(challenge) => problem.header(WWW_AUTHENTICATE, challenge),
                    Err(_) => problem,
                }
            }
            Error::Invalid(errors) => Self::invalid(in_body(errors)),
            Error::Syntax(syntax) => Self::malformed(
                "malformed-search",
                format!("The search is malformed: {syntax}"),
            )
            .with("at", syntax.at),
            Error::Conflict(stale) => {
                let detail = format!(
                    "The {} “{}” was changed meanwhile.",
                    stale.kind.name().replace('-', " "),
                    stale.key
                );
                let wanted = stale
                    .wanted
                    .iter()
                    .filter(|(name, _)| !records::is_secret(name));
                let wanted: Map<_, _> = wanted
                    .map(|(name, value)| (name.clone(), value.as_str().into()))
                    .collect();
                let mut problem = Self::new(StatusCode::PRECONDITION_FAILED, "stale", detail)
                    .with(
                        "current",
                        records::full_document(
                            &stale.current.source,
                            &stale.current.record,
                            &stale.current.preferences,
                        ),
                    )
                    .with("wanted", wanted)
                    .with("current_version", stale.current.version.0.as_str())
                    .with("had_version", stale.had.0.as_str());
                if let Some(tag) = version::tag(&stale.current.version) {
                    problem = problem.header(ETAG, tag);
                }
                problem
            }
            Error::ReadOnly { source_id } => {
                let detail = format!("The source {source_id} is read-only.");
                Self::new(StatusCode::CONFLICT, "read-only", detail).with("source", source_id)
            }
            Error::WrongCredentials | Error::PasswordDue => Self::unauthorized(true),
            Error::TooMany { retry_after } => Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too-many",
                "Too many attempts.",
            )
            .retry_after(retry_after),
            Error::Busy { retry_after } => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "Too many log in at once.",
            )
            .retry_after(retry_after),
            Error::Unavailable { source_id, cause } => {
                let detail = format!("{source_id} does not answer; try again in a moment.");
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", detail)
                    .with("source", source_id)
                    .retry_after(RETRY)
                    .caused_by(cause)
            }
            Error::Internal(cause) => {
                let detail = "Something went wrong here. Nothing was changed; the log has the cause under the request_id.";
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail).caused_by(cause)
            }
        }
    }
}

impl Problem {
    fn retry_after(self, after: Duration) -> Self {
        self.header(RETRY_AFTER, HeaderValue::from(after.as_secs().max(1)))
    }
}

/// A problem on its way to [`render`].
#[derive(Clone)]
struct Pending(Arc<Problem>);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        for (name, value) in &self.headers {
            response.headers_mut().append(name.clone(), value.clone());
        }
        response.extensions_mut().insert(Pending(Arc::new(self)));
        response
    }
}

/// The layer that writes problems out, and keeps answers out of caches.
pub async fn render(request: Request, next: Next) -> Response {
    let language = wished(request.headers());
    let id = request
        .extensions()
        .get::<RequestId>()
        .map(ToString::to_string);
    let mut response = next.run(request).await;
    if let Some(Pending(problem)) = response.extensions_mut().remove() {
        log(&problem, id.as_deref());
        let document = problem.document(language, id.as_deref());
        *response.body_mut() = Body::from(document.to_string());
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        response.headers_mut().remove(CONTENT_LENGTH);
    }
    response
        .headers_mut()
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

fn log(problem: &Problem, request: Option<&str>) {
    if let Some(cause) = &problem.cause {
        tracing::error!(request_id = request, code = problem.code, cause = %chain(cause.as_ref()), "request failed");
    }
}
