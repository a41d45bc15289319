//! The key in an address.

use axum::extract::{FromRequestParts, Path};
use axum::http::StatusCode;
use axum::http::request::Parts;

use super::address;
use crate::failure::Failure;
use crate::state::Site;

/// The login or customer ID that an address names.
pub struct Key(pub String);

impl FromRequestParts<Site> for Key {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Failure> {
        let Ok(Path(segment)) = Path::<String>::from_request_parts(parts, site).await else {
            return Err(Failure::Status(StatusCode::BAD_REQUEST));
        };
        match address::key(&segment) {
            key if key.is_empty() || key.contains('\0') => {
                Err(Failure::Status(StatusCode::NOT_FOUND))
            }
            key => Ok(Self(key.to_owned())),
        }
    }
}
