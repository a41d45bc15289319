//! What a form sent is not lost when it can't be answered: the database is away, the session has ended, a defect.
//!
//! The page that says so shows what was typed, and holds all of it to be sent again. Only passwords are not sent
//! back; they are asked for once more.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use kartoteka_directory::{Error, Kind};

use super::records::fields;
use crate::context::Visit;
use crate::failure::Failure;
use crate::frame::Frame;
use crate::input::Pairs;
use crate::navigation::RENEW;
use crate::security::TIME_LIMIT;

/// The names of all fields of our own whose values no page may show.
pub const SECRETS: [&str; 4] = ["UserPassword", "password", "old", "new"];

/// The body of a form whose request failed; it travels with the response.
#[derive(Clone)]
pub struct Sent(Pairs);

/// Reads forms before they are answered, so that they are still there afterwards.
pub async fn keep(request: Request, next: Next) -> Response {
    let is_form = request.method() == Method::POST
        && request
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| {
                kind.as_bytes()
                    .starts_with(b"application/x-www-form-urlencoded")
            });
    if !is_form {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let copy = Request::from_parts(parts.clone(), body);
    let bytes = match tokio::time::timeout(TIME_LIMIT, Bytes::from_request(copy, &())).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(refused)) => return refused.into_response(),
        Err(_) => return Failure::Status(StatusCode::SERVICE_UNAVAILABLE).into_response(),
    };
    let request = Request::from_parts(parts, Body::from(bytes.clone()));
    let mut response = next.run(request).await;
    if response.extensions().get::<Failure>().is_some_and(is_kept)
        && let Some(pairs) = Pairs::parse(&bytes)
        && pairs.iter().any(|(_, value)| !value.trim().is_empty())
    {
        response.extensions_mut().insert(Sent(pairs));
    }
    response
}

/// Whether what was typed is of use after this failure; another site's forms are not given back.
fn is_kept(failure: &Failure) -> bool {
    match failure {
        Failure::Directory(_) | Failure::LogIn | Failure::Internal(_) => true,
        Failure::Status(status) => status.is_server_error(),
        Failure::CrossOrigin => false,
    }
}

/// What an error's page shows of the form.
#[derive(Debug, Default)]
pub struct Kept {
    /// Label and value of what was typed into fields that have a label.
    pub typed: Vec<(String, String)>,
    /// Where to send it again, and what; nothing if the same would fail again.
    pub again: Option<Again>,
}

/// A form that sends the same once more.
#[derive(Debug)]
pub struct Again {
    pub action: String,
    pub hidden: Vec<(String, String)>,
    /// Name and label of what has to be typed again.
    pub secrets: Vec<(String, String)>,
    /// Address and name of what has to be done first, in another tab.
    pub first: Option<(String, String)>,
}

impl Kept {
    /// What is kept of a form after this failure.
    pub fn of(visit: &Visit, page: &Frame, failure: &Failure, sent: &Sent) -> Self {
        let sources = [Kind::CustomerUser, Kind::Customer]
            .map(|kind| visit.directory.sources(kind))
            .concat();
        let mapped: Vec<&str> = sources
            .iter()
            .flat_map(|source| &source.fields)
            .filter(|shape| shape.secret)
            .map(|shape| shape.field.name.as_str())
            .collect();
        let is_secret = |name: &str| SECRETS.contains(&name) || mapped.contains(&name);
        let typed = fields::typed(page, &sources, &sent.0);
        let again = helps_again(failure).then(|| Again {
            action: page.url(&with_query(visit)),
            hidden: sent
                .0
                .iter()
                .filter(|(name, _)| !is_secret(name))
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            secrets: sent
                .0
                .iter()
                .filter(|(name, value)| is_secret(name) && !value.is_empty())
                .map(|(name, _)| (name.to_owned(), label_of_secret(page, name)))
                .collect(),
            first: first(page, failure),
        });
        Self { typed, again }
    }
}

/// Whether the very same form may be answered the next time.
fn helps_again(failure: &Failure) -> bool {
    match failure {
        Failure::Directory(error) => matches!(
            error.as_ref(),
            Error::Unavailable { .. }
                | Error::Internal(_)
                | Error::TooMany { .. }
                | Error::Busy { .. }
                | Error::PasswordDue
        ),
        other => is_kept(other),
    }
}

/// What has to be done before the form can be answered.
fn first(page: &Frame, failure: &Failure) -> Option<(String, String)> {
    match failure {
        Failure::LogIn => Some((page.url("/login"), page.t("error-session-login"))),
        Failure::Directory(error) if matches!(**error, Error::PasswordDue) => {
            Some((page.url(RENEW), page.t("renew-title")))
        }
        _ => None,
    }
}

fn with_query(visit: &Visit) -> String {
    match visit.query.as_str() {
        "" => visit.path.clone(),
        query => format!("{}?{query}", visit.path),
    }
}

fn label_of_secret(page: &Frame, name: &str) -> String {
    page.t(match name {
        "old" => "account-old-password",
        "new" => "account-new-password",
        _ => "login-password",
    })
}
