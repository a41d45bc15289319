//! Keys in addresses: any percent-encoded text, slashes (`%2F`) and all.

use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;

use super::problem::Problem;
use crate::encoding::escape_key;
use crate::state::Site;

/// The login, customer ID or number at the end of an address.
pub struct Key(pub String);

impl FromRequestParts<Site> for Key {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &Site) -> Result<Self, Problem> {
        let path: Result<Path<String>, PathRejection> =
            Path::from_request_parts(parts, state).await;
        match path {
            // No record has NUL in its key, and PostgreSQL takes no such text.
            Ok(Path(key)) if key.contains('\0') => Err(Problem::no_such_address()),
            Ok(Path(key)) => Ok(Self(key)),
            Err(_) => Err(Problem::malformed(
                "bad-encoding",
                "The address is not UTF-8 text.",
            )),
        }
    }
}

/// The address of a record: `collection` with its key, percent-encoded.
pub fn address(collection: &str, key: &str) -> String {
    format!("/api/v1/{collection}/{}", escape_key(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_carry_any_key() {
        assert_eq!(
            address("customers", "a/b ł?"),
            "/api/v1/customers/a%2Fb%20%C5%82%3F"
        );
        assert_eq!(address("customers", ".."), "/api/v1/customers/%2E%2E");
    }
}
