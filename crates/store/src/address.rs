//! Addresses of databases: `sqlite://`, `postgres://`, `mysql://`.

use crate::db::Engine;
use crate::error::StoreError;

/// The engine that an address names.
///
/// # Errors
/// `Address` for any other scheme.
pub fn engine(address: &str) -> Result<Engine, StoreError> {
    match address.split_once(':').map(|(scheme, _)| scheme) {
        Some("sqlite") => Ok(Engine::Sqlite),
        Some("postgres" | "postgresql") => Ok(Engine::Postgres),
        Some("mysql" | "mariadb") => Ok(Engine::MySql),
        _ => Err(StoreError::Address(
            "a database address begins with sqlite://, postgres:// or mysql://".into(),
        )),
    }
}
