//! Setting a person's password: typed, or generated and shown once.

use askama::Template;
use axum::http::StatusCode;
use kartoteka_directory::{Action, Error, FieldError, Kind, Object};
use kartoteka_records::Records;
use secrecy::{ExposeSecret, SecretString};

use super::edit::{NAME, Subject};
use super::key::Key;
use super::screen::Screen;
use super::{shown_once, title};
use crate::context::{Ctx, Outcome};
use crate::frame::{Flash, Frame};
use crate::input::Form;

/// The name of the input.
const INPUT: &str = "UserPassword";

#[derive(Template)]
#[template(path = "records/password.html")]
struct PasswordPage {
    page: Frame,
    action: String,
    cancel: String,
    name: String,
    /// For programs that keep passwords.
    login: String,
    errors: Vec<String>,
    locked: Option<String>,
}

/// `GET /customer-users/{login}/password`.
pub async fn show(ctx: Ctx, Key(key): Key, screen: Screen) -> Outcome {
    ctx.require(Action::Change, Object::Records(Kind::CustomerUser))?;
    let subject = Subject::find(&ctx, screen, &key).await?;
    ctx.render(&password_page(&ctx, screen, &subject, &[]))
}

/// `POST /customer-users/{login}/password`: an empty password asks for a generated one.
pub async fn submit(ctx: Ctx, Key(key): Key, Form(form): Form, screen: Screen) -> Outcome {
    ctx.require(Action::Change, Object::Records(Kind::CustomerUser))?;
    let subject = Subject::find(&ctx, screen, &key).await?;
    let typed: Option<SecretString> =
        Some(form.secret(INPUT)).filter(|typed| !typed.expose_secret().is_empty());
    let plan = Records::of(&ctx.directory)
        .plan_password(&ctx.actor, screen.kind, &key, typed)
        .await?;
    if !plan.errors.is_empty() {
        let page = password_page(&ctx, screen, &subject, &plan.errors);
        return ctx.render_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let applied = match Records::of(&ctx.directory).apply(plan).await {
        Ok(applied) => applied,
        Err(Error::Invalid(errors)) => {
            let page = password_page(&ctx, screen, &subject, &errors);
            return ctx.render_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
        Err(error) => return Err(error.into()),
    };
    match &applied.password {
        Some(password) => shown_once::show(&ctx, screen, &applied, password, false),
        None => {
            let flash = Flash::new("flash-record-password-set").with(NAME, applied.key.as_str());
            ctx.redirect_with(&screen.record(&applied.key), flash)
        }
    }
}

fn password_page(
    ctx: &Ctx,
    screen: Screen,
    subject: &Subject,
    errors: &[FieldError],
) -> PasswordPage {
    let Subject { found, source } = subject;
    let page = ctx
        .frame(ctx.t("records-password-title"))
        .crumb(&screen.list(), ctx.t(&screen.text("title")))
        .crumb(&screen.record(&found.key), title(found))
        .tabs_of(screen.kind, &found.key);
    let locked =
        (!found.writable).then(|| page.with("records-locked-source", "source", &source.name));
    PasswordPage {
        action: page.url(&screen.password(&found.key)),
        cancel: page.url(&screen.record(&found.key)),
        name: title(found),
        login: found.key.clone(),
        errors: errors
            .iter()
            .map(|error| page.problem(&error.problem))
            .collect(),
        locked,
        page,
    }
}
