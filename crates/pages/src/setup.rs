//! The first agent of a new installation, guarded by the code that the program printed.

use askama::Template;
use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use axum::routing::get;
use kartoteka_directory::{Error, FieldError, Fields};
use kartoteka_login::{Login, Logins};
use secrecy::ExposeSecret;

use crate::context::{Outcome, Visit};
use crate::cookies;
use crate::frame::{Flash, Frame};
use crate::input::{Form, Pairs};
use crate::state::Site;

/// `/setup`.
pub fn routes() -> Router<Site> {
    Router::new().route("/setup", get(show).post(set_up))
}

#[derive(Template)]
#[template(path = "setup.html")]
struct SetupPage {
    page: Frame,
    form: Pairs,
    errors: Vec<FieldError>,
    refused: Option<String>,
}

const FIELDS: [&str; 4] = ["UserLogin", "UserFirstname", "UserLastname", "UserPassword"];

async fn show(visit: Visit) -> Outcome {
    if !Logins::of(&visit.directory).setup_needed().await? {
        return visit.redirect("/login");
    }
    let page = visit.frame(visit.t("setup-title"));
    visit.render(&SetupPage {
        page,
        form: Pairs::default(),
        errors: Vec::new(),
        refused: None,
    })
}

async fn set_up(visit: Visit, form: Form) -> Outcome {
    let fields: Fields = FIELDS
        .iter()
        .map(|name| ((*name).to_owned(), form.get(name).to_owned()))
        .collect();
    let (status, errors, refused) = match Logins::of(&visit.directory)
        .set_up(&form.secret("code"), fields)
        .await
    {
        Ok(()) => return enter(&visit, &form).await,
        Err(Error::Invalid(errors)) => (StatusCode::UNPROCESSABLE_ENTITY, errors, None),
        Err(Error::WrongCredentials) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            Vec::new(),
            Some(visit.t("setup-wrong-code")),
        ),
        Err(error) => return Err(error.into()),
    };
    let page = visit.frame(visit.t("setup-title"));
    visit.render_with(
        status,
        &SetupPage {
            page,
            form: form.0,
            errors,
            refused,
        },
    )
}

/// Logs the new agent in and leads to the first customer.
async fn enter(visit: &Visit, form: &Form) -> Outcome {
    let login = Login {
        login: form.get("UserLogin").trim().to_owned(),
        password: form.secret("UserPassword"),
        address: visit.origin.address.clone(),
        user_agent: visit.user_agent.clone(),
    };
    let Ok(session) = Logins::of(&visit.directory).log_in(login).await else {
        return visit.redirect_with("/login", Flash::new("flash-setup-done"));
    };
    let secure = visit.secure();
    let cookie = cookies::set(
        cookies::session_name(secure),
        session.token.expose_secret(),
        None,
        secure,
    );
    let cookie = AppendHeaders(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    Ok((
        cookie,
        visit.redirect_with("/customers/new", Flash::new("flash-setup-done"))?,
    )
        .into_response())
}
