//! Keys in addresses: any percent-encoded text, slashes (`%2F`) and all.

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
        let [key] = keys(parts, state).await?;
        Ok(Self(key))
    }
}

/// Two keys in an address, the one below the other.
pub struct Keys(pub String, pub String);

impl FromRequestParts<Site> for Keys {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &Site) -> Result<Self, Problem> {
        let [above, below] = keys(parts, state).await?;
        Ok(Self(above, below))
    }
}

/// The keys in an address, as many as it has places for.
async fn keys<const N: usize>(parts: &mut Parts, state: &Site) -> Result<[String; N], Problem> {
    let path = Path::<Vec<String>>::from_request_parts(parts, state).await;
    let keys = path.map_err(|_| malformed())?.0;
    // No record has NUL in its key, and PostgreSQL takes no such text.
    if keys.iter().any(|key| key.contains('\0')) {
        return Err(Problem::no_such_address());
    }
    keys.try_into().map_err(|_| malformed())
}

fn malformed() -> Problem {
    Problem::malformed("bad-encoding", "The address is not UTF-8 text.")
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
