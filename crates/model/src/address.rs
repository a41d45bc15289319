//! Addresses of databases.

/// The address of a database. It may hold a password, so it never prints itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// Takes an address such as `postgres://user:password@host/name`.
    pub fn new(address: impl Into<String>) -> Self {
        Self(address.into())
    }

    /// The address with its password, for opening a connection only.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The address without its password, for messages.
    pub fn masked(&self) -> String {
        let Some((scheme, rest)) = self.0.split_once("://") else {
            return "…".into();
        };
        // What stands behind the question mark may be a password, too.
        let rest = match rest.split_once('?') {
            Some((rest, query)) if query.to_ascii_lowercase().contains("password") => {
                format!("{rest}?…")
            }
            _ => rest.to_owned(),
        };
        match rest.rsplit_once('@') {
            Some((user, host)) => {
                let user = user.split(':').next().unwrap_or_default();
                format!("{scheme}://{user}:…@{host}")
            }
            None => format!("{scheme}://{rest}"),
        }
    }
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.masked())
    }
}
