//! Why an LDAP server gives no answer that can be used.

use std::path::PathBuf;
use std::time::Duration;

/// A failure of an LDAP server, or of what is set up for it.
#[derive(Debug, thiserror::Error)]
pub enum LdapFailure {
    #[error("no server is named")]
    NoHost,
    #[error("{host} can't be reached: {cause}")]
    Connect { host: String, cause: String },
    #[error("no server answers: {0}")]
    NoServer(String),
    #[error("{host} refuses to let {name:?} in: {cause}")]
    Bind {
        host: String,
        name: String,
        cause: String,
    },
    #[error("{host} says that the password of {name:?} is wrong: {cause}")]
    WrongPassword {
        host: String,
        name: String,
        cause: String,
    },
    #[error("the server has not got it, and names another: {0}")]
    Elsewhere(String),
    #[error("no answer within {} s", .0.as_secs())]
    Slow(Duration),
    #[error("the connection broke: {0}")]
    Broken(String),
    #[error("{0:?} is no filter")]
    Filter(String),
    #[error("there is no entry {0:?}")]
    NoEntry(String),
    #[error("the server gives at most {0} entries to this user, which are not all")]
    SizeLimit(usize),
    #[error("the server refuses: {0}")]
    Refused(String),
    #[error("what the server answered can't be read: {0}")]
    Unreadable(&'static str),
    #[error("{}: {cause}", file.display())]
    CaFile { file: PathBuf, cause: String },
    #[error("TLS can't be set up: {0}")]
    Tls(String),
}

impl LdapFailure {
    /// Whether the server answers all the same, and only this can't be had of it.
    pub fn is_answer(&self) -> bool {
        matches!(self, Self::SizeLimit(_))
    }

    /// Whether another connection may do better.
    pub(super) fn is_of_connection(&self) -> bool {
        matches!(self, Self::Broken(_) | Self::Slow(_) | Self::Unreadable(_))
    }
}
