//! Logging in and out.

use askama::Template;
use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use axum::routing::{get, post};
use fluent_templates::fluent_bundle::FluentValue;
use kartoteka_directory::Error;
use kartoteka_login::{Login, Logins};
use secrecy::ExposeSecret;

use super::opened;
use crate::context::{Outcome, Visit};
use crate::cookies;
use crate::frame::Frame;
use crate::input::{Form, Query};
use crate::security::is_local;
use crate::state::Site;

/// `/login`, `/logout`.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/login", get(show).post(log_in))
        .route("/logout", post(log_out))
}

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    page: Frame,
    login: String,
    next: String,
    error: Option<String>,
}

async fn show(visit: Visit, query: Query) -> Outcome {
    if Logins::of(&visit.directory).setup_needed().await? {
        return visit.redirect("/setup");
    }
    if visit.visitor.is_some() {
        return visit.redirect(next(query.get("next")));
    }
    let page = visit.frame(visit.t("login-title"));
    visit.render(&LoginPage {
        page,
        login: String::new(),
        next: query.get("next").to_owned(),
        error: None,
    })
}

async fn log_in(visit: Visit, form: Form) -> Outcome {
    let attempt = Login {
        login: form.get("login").trim().to_owned(),
        password: form.secret("password"),
        address: visit.origin.address.clone(),
        user_agent: visit.user_agent.clone(),
    };
    let (status, error, wait) = match Logins::of(&visit.directory).log_in(attempt).await {
        Ok(session) => {
            // The session that the browser had until now ends: a new login, a new secret.
            if let Some(old) = &visit.token {
                Logins::of(&visit.directory).log_out(old).await?;
            }
            let secure = visit.secure();
            let cookie = cookies::set(
                cookies::session_name(secure),
                session.token.expose_secret(),
                None,
                secure,
            );
            // What was open in this browser was somebody else's.
            let cookies = [cookie, opened::forget(secure)].into_iter().flatten();
            let cookie = AppendHeaders(cookies.map(|cookie| (header::SET_COOKIE, cookie)));
            return Ok((cookie, visit.redirect(next(form.get("next")))?).into_response());
        }
        Err(Error::WrongCredentials) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            visit.t("login-wrong"),
            None,
        ),
        Err(Error::TooMany { retry_after }) => {
            let seconds = retry_after.as_secs().max(1);
            let text = visit.t_args(
                "login-too-many",
                &[("count", FluentValue::from(seconds.div_ceil(60)))],
            );
            (StatusCode::TOO_MANY_REQUESTS, text, Some(seconds))
        }
        Err(Error::Busy { retry_after }) => (
            StatusCode::SERVICE_UNAVAILABLE,
            visit.t("error-busy-text"),
            Some(retry_after.as_secs().max(1)),
        ),
        Err(error) => return Err(error.into()),
    };
    let page = LoginPage {
        page: visit.frame(visit.t("login-title")),
        login: form.get("login").to_owned(),
        next: form.get("next").to_owned(),
        error: Some(error),
    };
    let mut response = visit.render_with(status, &page)?;
    if let Some(seconds) = wait {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(response)
}

async fn log_out(visit: Visit) -> Outcome {
    if let Some(token) = &visit.token {
        Logins::of(&visit.directory).log_out(token).await?;
    }
    let secure = visit.secure();
    let cookie = cookies::set(cookies::session_name(secure), "", Some(0), secure);
    let cookies = [cookie, opened::forget(secure)].into_iter().flatten();
    let cookie = AppendHeaders(cookies.map(|cookie| (header::SET_COOKIE, cookie)));
    Ok((cookie, visit.redirect("/login")?).into_response())
}

/// Where to go after logging in: a page of this site, or home.
pub(super) fn next(wanted: &str) -> &str {
    if is_local(wanted) { wanted } else { "/" }
}
