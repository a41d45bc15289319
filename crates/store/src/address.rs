//! Addresses of databases: `sqlite://`, `postgres://`, `mysql://`.

use crate::db::Engine;
use crate::error::StoreError;

/// The engine that an address names.
///
/// # Errors
/// `Address` for any other scheme.
pub fn engine(address: &str) -> Result<Engine, StoreError> {
    match address.split_once(':').map(|(scheme, _)| scheme) {
        Some("postgres" | "postgresql" | "mysql" | "mariadb") if names_several(address) => {
            Err(StoreError::Address(
                "the database address names several servers, and Kartoteka connects to one: put a proxy before them that \
                 hands connections to the one that can be written to (docs/clusters.md shows how), and name the proxy"
                    .into(),
            ))
        }
        Some("sqlite") => Ok(Engine::Sqlite),
        Some("postgres" | "postgresql") => Ok(Engine::Postgres),
        Some("mysql" | "mariadb") => Ok(Engine::MySql),
        _ => Err(StoreError::Address(
            "a database address begins with sqlite://, postgres:// or mysql://".into(),
        )),
    }
}

/// Whether the part that names the server has several, as clients of PostgreSQL take them: `h1:1,h2:2`.
fn names_several(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    // Before the last `@` stand user and password, which may have commas.
    let servers = authority.rsplit('@').next().unwrap_or(authority);
    servers.contains(',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_servers_are_refused_with_the_way_out() {
        for address in [
            "postgres://h1:1,h2:2/db?target_session_attrs=read-write",
            "postgresql://kt:secret@h1,h2/db",
            "mysql://root@h1:3306,h2:3306/db",
            "mariadb://h1,h2",
        ] {
            let error = engine(address).unwrap_err().to_string();
            assert!(error.contains("docs/clusters.md"), "{address}: {error}");
        }
        for address in [
            "postgres://kt:a,b@h1:5432/db",
            "postgres://h1/db?options=a,b",
            "mysql://root@h1/a,b",
        ] {
            assert!(engine(address).is_ok(), "{address}");
        }
    }
}
