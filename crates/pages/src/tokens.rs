//! Tokens with which programs use REST.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::{get, post};
use kartoteka_directory::{Error, FieldError, Role};
use kartoteka_login::{Logins, Token};
use secrecy::{ExposeSecret, SecretString};

use crate::context::{Ctx, Outcome};
use crate::frame::{Flash, Frame};
use crate::input::{Form, Pairs};
use crate::state::Site;

/// `/tokens`.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/tokens", get(list).post(create))
        .route("/tokens/{id}/revoke", post(revoke))
}

/// How long tokens may live: days and the text key; 0 is for ever.
const LIFETIMES: [(i64, &str); 4] = [
    (30, "token-days-30"),
    (90, "token-days-90"),
    (365, "token-days-365"),
    (0, "token-days-0"),
];

#[derive(Template)]
#[template(path = "tokens.html")]
struct TokensPage {
    page: Frame,
    tokens: Vec<Token>,
    form: Pairs,
    errors: Vec<FieldError>,
    made: Option<(String, SecretString)>,
    roles: [Role; 3],
    lifetimes: [(i64, &'static str); 4],
    now: i64,
}

impl TokensPage {
    /// Whether this moment is past.
    fn is_over(&self, at: &i64) -> bool {
        *at <= self.now
    }
}

async fn page(
    ctx: &Ctx,
    form: Pairs,
    errors: Vec<FieldError>,
    made: Option<(String, SecretString)>,
) -> Outcome {
    let frame = ctx
        .frame(ctx.t("tokens-title"))
        .group(ctx.t("nav-group-system"));
    let page = TokensPage {
        page: match made {
            Some(_) => frame.showing_once(),
            None => frame,
        },
        tokens: Logins::of(&ctx.directory).tokens(&ctx.actor).await?,
        form,
        made,
        roles: Role::ALL,
        lifetimes: LIFETIMES,
        now: ctx.site.now(),
        errors,
    };
    let status = if page.errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    ctx.render_with(status, &page)
}

async fn list(ctx: Ctx) -> Outcome {
    page(&ctx, Pairs::default(), Vec::new(), None).await
}

async fn create(ctx: Ctx, form: Form) -> Outcome {
    let scope = Role::parse(form.get("scope")).unwrap_or(Role::Reader);
    let days = form.number::<i64>("days").unwrap_or(90).clamp(0, 36_500);
    let expires = (days > 0).then(|| ctx.site.now() + days * 86_400);
    match Logins::of(&ctx.directory)
        .create_token(&ctx.actor, form.get("name").trim(), scope, expires)
        .await
    {
        Ok(new) => {
            page(
                &ctx,
                Pairs::default(),
                Vec::new(),
                Some((new.token.name, new.secret)),
            )
            .await
        }
        Err(Error::Invalid(errors)) => page(&ctx, form.0, errors, None).await,
        Err(error) => Err(error.into()),
    }
}

async fn revoke(ctx: Ctx, Path(id): Path<i64>) -> Outcome {
    Logins::of(&ctx.directory)
        .revoke_token(&ctx.actor, id)
        .await?;
    ctx.redirect_with("/tokens", Flash::new("flash-token-revoked"))
}
