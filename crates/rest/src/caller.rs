//! Who calls: `Authorization: Bearer` tokens and their scopes. Cookies count for nothing here, so that a page
//! of somebody else can't use the API with an agent's session.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use kartoteka_directory::{Actor, Error, Role};
use kartoteka_login::Logins;
use secrecy::SecretString;

use super::problem::Problem;
use crate::state::Site;

/// A caller with the scope `reader` or a greater one.
pub struct Reader(pub Actor);
/// A caller with the scope `editor` or a greater one.
pub struct Editor(pub Actor);
/// A caller with the scope `admin`.
pub struct Admin(pub Actor);

macro_rules! caller {
    ($($name:ident),*) => {$(
        impl FromRequestParts<Site> for $name {
            type Rejection = Problem;

            async fn from_request_parts(parts: &mut Parts, state: &Site) -> Result<Self, Problem> {
                let actor = authenticate(parts, state).await?;
                if actor.principal.role() < Some(Role::$name) {
                    return Err(Error::Forbidden { needed: Role::$name }.into());
                }
                Ok(Self(actor))
            }
        }
    )*};
}
caller!(Reader, Editor, Admin);

async fn authenticate(parts: &Parts, state: &Site) -> Result<Actor, Problem> {
    let Some(header) = parts.headers.get(AUTHORIZATION) else {
        return Err(Problem::unauthorized(false));
    };
    let secret = header
        .to_str()
        .ok()
        .and_then(bearer)
        .ok_or_else(|| Problem::unauthorized(false))?;
    Ok(Logins::of(&state.directory).authenticate(&secret).await?)
}

/// The token of `Bearer …`; the scheme's case does not matter.
fn bearer(header: &str) -> Option<SecretString> {
    let (scheme, token) = header.trim().split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then(|| SecretString::from(token))
}
