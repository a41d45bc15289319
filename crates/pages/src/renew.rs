//! Choosing a new password where the present one has become too old, or was somebody else's choice.

use askama::Template;
use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use kartoteka_directory::{Error, FieldError, FieldProblem};
use kartoteka_login::Logins;

use super::login::next;
use crate::context::{Outcome, Visit};
use crate::frame::{Flash, Frame};
use crate::input::{Form, Query};
use crate::navigation::RENEW;
use crate::state::Site;

/// `/renew-password`.
pub fn routes() -> Router<Site> {
    Router::new().route(RENEW, get(show).post(renew))
}

#[derive(Template)]
#[template(path = "renew.html")]
struct RenewPage {
    page: Frame,
    next: String,
    errors: Vec<FieldError>,
    wrong_password: bool,
}

fn render(visit: &Visit, next: &str, errors: Vec<FieldError>, wrong_password: bool) -> Outcome {
    let status = if errors.is_empty() && !wrong_password {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = RenewPage {
        page: visit.frame(visit.t("renew-title")),
        next: next.to_owned(),
        errors,
        wrong_password,
    };
    visit.render_with(status, &page)
}

async fn show(visit: Visit, query: Query) -> Outcome {
    if !visit.password_due {
        return visit.redirect(next(query.get("next")));
    }
    render(&visit, query.get("next"), Vec::new(), false)
}

async fn renew(visit: Visit, form: Form) -> Outcome {
    let (Some(token), true) = (&visit.token, visit.password_due) else {
        return visit.redirect(next(form.get("next")));
    };
    if form.get("new").is_empty() {
        let missing = FieldError::new("new", FieldProblem::Required);
        return render(&visit, form.get("next"), vec![missing], false);
    }
    let (old, new) = (form.secret("old"), form.secret("new"));
    match Logins::of(&visit.directory)
        .renew_password(token, old, new)
        .await
    {
        Ok(()) => {
            let flash = Flash::new("flash-password-changed");
            visit.redirect_with(next(form.get("next")), flash)
        }
        Err(Error::WrongCredentials) => render(&visit, form.get("next"), Vec::new(), true),
        Err(Error::Invalid(errors)) => {
            // Whatever the field is called inside: here it is the new password.
            let errors = errors
                .into_iter()
                .map(|error| FieldError::new("new", error.problem))
                .collect();
            render(&visit, form.get("next"), errors, false)
        }
        Err(error) => Err(error.into()),
    }
}
