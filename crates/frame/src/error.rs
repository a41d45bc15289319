//! The one renderer of everything that was refused or failed, for pages.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use fluent_templates::fluent_bundle::FluentValue;
use kartoteka_directory::{Error, Kind};

use crate::context::Visit;
use crate::failure::Failure;
use crate::frame::Frame;
use crate::navigation::RENEW;
use crate::state::Site;
use crate::unsent_form::{Kept, Sent};

/// Title key, text key, and the value that the text mentions.
fn texts(failure: &Failure) -> (&'static str, &'static str, String) {
    let none = String::new();
    match failure {
        Failure::CrossOrigin => ("error-cross-origin-title", "error-cross-origin-text", none),
        Failure::LogIn => ("error-session-title", "error-session-text", none),
        Failure::Internal(_) => ("error-internal-title", "error-internal-text", none),
        Failure::Directory(error) => match error.as_ref() {
            Error::NotFound { key, .. } => {
                ("error-unknown-title", "error-unknown-text", key.clone())
            }
            // What has a number is not renamed, nor found by a search.
            Error::Unknown { key, .. } if key.bytes().all(|c| c.is_ascii_digit()) => (
                "error-unknown-title",
                "error-unknown-number-text",
                key.clone(),
            ),
            Error::Unknown { key, .. } => {
                ("error-unknown-title", "error-unknown-text", key.clone())
            }
            Error::Forbidden { needed } => (
                "error-forbidden-title",
                "error-forbidden-text",
                needed.name().into(),
            ),
            Error::ReadOnly { source_id } => (
                "error-read-only-title",
                "error-read-only-text",
                source_id.clone(),
            ),
            Error::Invalid(_) => ("error-invalid-title", "error-invalid-text", none),
            Error::Syntax(error) => ("error-syntax-title", "error-syntax-text", error.to_string()),
            Error::WrongCredentials => ("error-credentials-title", "error-credentials-text", none),
            Error::PasswordDue => ("renew-title", "error-renew-text", none),
            Error::Conflict(stale) => (
                "error-conflict-title",
                "error-conflict-text",
                stale.key.clone(),
            ),
            Error::TooMany { .. } => ("error-too-many-title", "error-too-many-text", none),
            Error::Busy { .. } => ("error-busy-title", "error-busy-text", none),
            Error::Unavailable { source_id, .. } => (
                "error-unavailable-title",
                "error-unavailable-text",
                source_id.clone(),
            ),
            Error::Internal(_) => ("error-internal-title", "error-internal-text", none),
        },
        Failure::Status(status) => match status.as_u16() {
            400 => ("error-400-title", "error-400-text", none),
            404 => ("error-404-title", "error-404-text", none),
            405 => ("error-405-title", "error-405-text", none),
            413 => ("error-413-title", "error-413-text", none),
            415 => ("error-415-title", "error-415-text", none),
            421 => ("error-421-title", "error-421-text", none),
            503 => ("error-timeout-title", "error-timeout-text", none),
            500.. => ("error-internal-title", "error-internal-text", none),
            _ => ("error-400-title", "error-400-text", none),
        },
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    page: Frame,
    status: u16,
    text: String,
    /// Fields and what is wrong with each.
    problems: Vec<(String, String)>,
    /// What the form held that could not be answered.
    kept: Kept,
}

/// Turns failures into pages in the visitor's language; plain refusals of the framework too.
pub async fn render(State(site): State<Site>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let before = parts.clone();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let failure = response.extensions_mut().remove::<Failure>();
    let sent = response.extensions_mut().remove::<Sent>();
    let status = response.status();
    let path = before
        .uri
        .path()
        .strip_prefix(site.options().base_path.as_str())
        .unwrap_or_default();
    let api = path.starts_with("/api/");
    let plain = (status.is_client_error() || status.is_server_error())
        && !api
        && !["/assets/", "/health/"]
            .iter()
            .any(|begin| path.starts_with(begin))
        && response
            .headers()
            .get(header::CONTENT_TYPE)
            .is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    let failure = match failure {
        Some(failure) => failure,
        None if plain => Failure::Status(status),
        None => return forget_flash(before.headers, response, &site),
    };
    failure.log();
    if api {
        return problem(&before, &failure);
    }
    let visit = Visit::of(&before, &site);
    if matches!(failure, Failure::LogIn) && sent.is_none() {
        return Redirect::to(&visit.url(&visit.login_path())).into_response();
    }
    if matches!(&failure, Failure::Directory(error) if matches!(**error, Error::PasswordDue))
        && sent.is_none()
    {
        return Redirect::to(&visit.url(&visit.detour(RENEW))).into_response();
    }
    let mut rendered = page(visit, &failure, sent.as_ref()).await;
    for name in [header::ALLOW] {
        if let Some(value) = response.headers().get(&name) {
            rendered.headers_mut().insert(name, value.clone());
        }
    }
    rendered
}

/// The name of a source as people know it; something else that does not answer is called by its own.
fn name_of(visit: &Visit, source: &str) -> String {
    let of_kind = |kind| visit.directory.sources(kind);
    let mut sources = [Kind::CustomerUser, Kind::Customer]
        .into_iter()
        .flat_map(of_kind);
    let known = sources.find(|one| one.id == source);
    known.map_or_else(|| source.to_owned(), |known| known.name)
}

async fn page(visit: Visit, failure: &Failure, sent: Option<&Sent>) -> Response {
    // The database may be what failed: then the page does without a name.
    let visit = match visit.clone().with_visitor().await {
        Ok(visit) => visit,
        Err(_) => visit,
    };
    let (title, text, value) = texts(failure);
    let frame = visit.frame(visit.t(title));
    let value = match failure {
        Failure::Directory(error) => match error.as_ref() {
            Error::Forbidden { needed } => frame.role_name(needed),
            Error::Unavailable { source_id, .. } | Error::ReadOnly { source_id } => {
                name_of(&visit, source_id)
            }
            _ => value,
        },
        _ => value,
    };
    let mut arguments = vec![("value", FluentValue::from(value))];
    let mut wait = None;
    let mut problems = Vec::new();
    if let Failure::Directory(error) = failure {
        match error.as_ref() {
            Error::TooMany { retry_after } => {
                wait = Some(retry_after.as_secs().max(1));
                arguments.push(("seconds", FluentValue::from(retry_after.as_secs().max(1))));
            }
            Error::Busy { retry_after } => wait = Some(retry_after.as_secs().max(1)),
            Error::Unavailable { .. } => wait = Some(10),
            Error::Invalid(errors) => {
                problems = errors
                    .iter()
                    .map(|error| (error.field.clone(), frame.problem(&error.problem)))
                    .collect();
            }
            _ => {}
        }
    }
    let status = match failure.status() {
        // Whoever sent a form gets it back before being sent elsewhere.
        status if status.is_redirection() => StatusCode::FORBIDDEN,
        status => status,
    };
    let kept = sent.map(|sent| Kept::of(&visit, &frame, failure, sent));
    let page = ErrorPage {
        kept: kept.unwrap_or_default(),
        text: visit.t_args(text, &arguments),
        status: status.as_u16(),
        problems,
        page: frame,
    };
    let mut response = match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "the error page can't be rendered");
            (StatusCode::INTERNAL_SERVER_ERROR, "internal error").into_response()
        }
    };
    if let Some(seconds) = wait {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// What programs get when a request fails before it reaches REST (RFC 9457).
fn problem(parts: &axum::http::request::Parts, failure: &Failure) -> Response {
    let status = failure.status();
    let id = parts
        .extensions
        .get::<crate::observe::RequestId>()
        .map(ToString::to_string)
        .unwrap_or_default();
    let title = status.canonical_reason().unwrap_or("Error");
    let body = serde_json::json!({"type": "about:blank", "title": title, "status": status.as_u16(), "request_id": id});
    let mut response = (
        status,
        [(header::CONTENT_TYPE, "application/problem+json")],
        body.to_string(),
    )
        .into_response();
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(10));
    }
    response
}

/// A message is shown once: the page that showed it removes its cookie.
fn forget_flash(headers: axum::http::HeaderMap, mut response: Response, site: &Site) -> Response {
    use crate::cookies;
    let page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if page
        && !headers.contains_key("x-fragment")
        && cookies::find(&headers, cookies::FLASH).is_some()
    {
        let secure = site.options().secure_cookies == crate::state::SecureCookies::Always;
        if let Some(cookie) = cookies::set(cookies::FLASH, "", Some(0), secure) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}
