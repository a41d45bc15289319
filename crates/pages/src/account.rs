//! The agent's own account: sessions, password, language, theme, keys.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::{get, post};
use kartoteka_directory::{Error, FieldError, FieldProblem};
use kartoteka_login::{Logins, Session};

use crate::context::{Ctx, Outcome};
use crate::frame::{Flash, Frame};
use crate::input::Form;
use crate::state::Site;

/// `/account`.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/account", get(show))
        .route("/account/password", post(change_password))
        .route("/account/sessions/{id}/end", post(end_session))
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    page: Frame,
    login: String,
    sessions: Vec<Session>,
    errors: Vec<FieldError>,
    wrong_password: bool,
}

async fn page(ctx: &Ctx, errors: Vec<FieldError>, wrong_password: bool) -> Outcome {
    let status = if errors.is_empty() && !wrong_password {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = AccountPage {
        page: ctx
            .frame(ctx.t("account-title"))
            .group(ctx.t("nav-group-system")),
        login: ctx.login().to_owned(),
        sessions: Logins::of(&ctx.directory)
            .sessions(&ctx.actor, ctx.token.as_ref())
            .await?,
        errors,
        wrong_password,
    };
    ctx.render_with(status, &page)
}

async fn show(ctx: Ctx) -> Outcome {
    page(&ctx, Vec::new(), false).await
}

async fn change_password(ctx: Ctx, form: Form) -> Outcome {
    if form.get("new").is_empty() {
        return page(
            &ctx,
            vec![FieldError::new("new", FieldProblem::Required)],
            false,
        )
        .await;
    }
    let (old, new) = (form.secret("old"), form.secret("new"));
    match Logins::of(&ctx.directory)
        .change_own_password(&ctx.actor, old, new, ctx.token.as_ref())
        .await
    {
        Ok(()) => ctx.redirect_with("/account", Flash::new("flash-password-changed")),
        Err(Error::WrongCredentials) => page(&ctx, Vec::new(), true).await,
        Err(Error::Invalid(errors)) => {
            // Whatever the field is called inside: here it is the new password.
            let errors = errors
                .into_iter()
                .map(|error| FieldError::new("new", error.problem))
                .collect();
            page(&ctx, errors, false).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn end_session(ctx: Ctx, Path(id): Path<i64>) -> Outcome {
    Logins::of(&ctx.directory)
        .end_session(&ctx.actor, id)
        .await?;
    ctx.redirect_with("/account", Flash::new("flash-session-ended"))
}
