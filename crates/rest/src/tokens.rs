//! `/api/v1/tokens`: the tokens of programs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kartoteka_directory::{Directory, Error, Role};
use kartoteka_login::{Logins, Token};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::Admin;
use super::key::Key;
use super::messages::Mistake;
use super::problem::Problem;
use super::query::NoQuery;
use super::reply::{Reply, once};
use super::request::Write;
use super::schema::{PostHeaders, TokenCreate, TokenList};
use super::time;
use crate::state::Site;

/// The routes of tokens.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(revoke))
}

/// Lists all tokens, without their secrets.
#[utoipa::path(
    get, path = "/api/v1/tokens", tag = "tokens", operation_id = "list_tokens", security(("token" = ["admin"])),
    responses((status = 200, description = "All tokens", body = TokenList)),
)]
async fn list(
    State(site): State<Site>,
    Admin(actor): Admin,
    _: NoQuery,
) -> Result<Json<Value>, Problem> {
    let tokens = Logins::of(&site.directory).tokens(&actor).await?;
    Ok(Json(
        json!({"items": tokens.iter().map(document).collect::<Vec<_>>()}),
    ))
}

/// Makes a token; its secret is answered once, as `token`.
#[utoipa::path(
    post, path = "/api/v1/tokens", tag = "tokens", operation_id = "create_token",
    params(PostHeaders), request_body = TokenCreate, security(("token" = ["admin"])),
    responses((status = 201, description = "The new token", body = super::schema::Token)),
)]
async fn create(
    State(site): State<Site>,
    Admin(actor): Admin,
    write: Write,
) -> Result<Response, Problem> {
    let Write {
        dry_run,
        mut body,
        fingerprint,
        ..
    } = write;
    if dry_run {
        return Err(Problem::parameters(
            "Tokens have no dry_run.",
            vec![("dry_run".into(), Mistake::Unknown)],
        ));
    }
    let name = body.required("name").unwrap_or_default();
    let scope = body.required("scope").map(|scope| Role::parse(&scope));
    if scope == Some(None) {
        body.mistake(
            "scope",
            Mistake::Choice {
                of: "reader, editor, admin",
            },
        );
    }
    let expires = body.nullable("expires").map(|text| time::seconds(&text));
    if expires == Some(None) {
        body.mistake("expires", Mistake::Time);
    }
    body.finish()?;
    let maker = &actor;
    let work = |directory: Directory| async move {
        let scope = scope.flatten().unwrap_or(Role::Reader);
        let made = Logins::of(&directory)
            .create_token(maker, &name, scope, expires.flatten())
            .await?;
        let secret = made.secret.expose_secret();
        Ok(Reply::new(StatusCode::CREATED, document(&made.token)).secret("token", Some(secret)))
    };
    Ok(once(&site.directory, &actor, &fingerprint, work)
        .await?
        .into_response())
}

/// Revokes a token: requests with it are refused from now on.
#[utoipa::path(
    delete, path = "/api/v1/tokens/{id}", tag = "tokens", operation_id = "revoke_token",
    params(("id" = i64, Path, description = "The token's number")), security(("token" = ["admin"])),
    responses((status = 204, description = "The token is revoked")),
)]
async fn revoke(
    State(site): State<Site>,
    Admin(actor): Admin,
    Key(id): Key,
    _: NoQuery,
) -> Result<StatusCode, Problem> {
    let number = id.parse().map_err(|_| Error::Unknown {
        what: "token",
        key: id,
    })?;
    Logins::of(&site.directory)
        .revoke_token(&actor, number)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

fn document(token: &Token) -> Value {
    json!({
        "id": token.id,
        "name": token.name,
        "scope": token.scope.name(),
        "prefix": token.prefix,
        "created": time::text(token.created),
        "expires": token.expires.map(time::text),
        "last_used": token.last_used.map(time::text),
        "revoked": token.revoked.map(time::text),
        "created_by": token.created_by,
    })
}
