//! A tree of people in an LDAP server, as it is set up: OTOBO's module `LDAP`.

use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

/// How much of the tree below the base is looked at: OTOBO's `SSCOPE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// The base alone.
    Base,
    /// What is right below it.
    One,
    /// All below it.
    #[default]
    Sub,
}

/// How a connection is kept from being read and changed on its way.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Security {
    /// `StartTLS` on a connection that begins in the clear; servers named by `ldaps://` are spoken to in TLS from the start.
    pub start_tls: bool,
    /// Whether the server's certificate is looked at.
    pub verify: bool,
    /// Certificates of authorities, in PEM, that are believed besides those of the system.
    pub ca_file: Option<PathBuf>,
}

/// Who asks.
#[derive(Debug, Clone)]
pub struct Bind {
    /// The name of an entry, or with Active Directory `name@domain`.
    pub name: String,
    pub password: SecretString,
}

impl PartialEq for Bind {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.password.expose_secret() == other.password.expose_secret()
    }
}

impl Eq for Bind {}

/// A tree of an LDAP server. It is only read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LdapTree {
    /// Addresses of servers with the same tree (`ldap://host:389`), tried in their order.
    pub hosts: Vec<String>,
    pub security: Security,
    pub base: String,
    pub scope: Scope,
    /// Who asks, with a password; anonymously without.
    #[serde(skip)]
    pub bind: Option<Bind>,
    /// A filter that everybody has to meet (`AlwaysFilter`), in parentheses.
    pub always_filter: Option<String>,
    /// A filter that those meet who are valid (`CustomerUserValidFilter`), in parentheses.
    pub valid_filter: Option<String>,
    /// The entry whose `memberUid` lists the people who are searched (`GroupDN`).
    pub group: Option<String>,
    /// What of the entry of a manager is shown in place of its name in the tree (`TranslateManagerTo`).
    pub manager: Option<String>,
    /// Whether text that is not UTF-8 is Latin-1 (`SourceCharset`), as in servers of LDAP version 2.
    pub latin1: bool,
    /// The longest that an answer may take, in seconds.
    pub timeout: u32,
    /// The attribute that stays when a person is renamed or moved; without one it is what the server has: `entryUUID` or
    /// `objectGUID`.
    pub identity: Option<String>,
}

/// What an LDAP source has in the place of a column for the validity: whether an entry meets the filter.
pub const VALID_FILTER: &str = "CustomerUserValidFilter";

impl Default for LdapTree {
    fn default() -> Self {
        Self {
            hosts: vec![],
            security: Security {
                verify: true,
                ..Security::default()
            },
            base: String::new(),
            scope: Scope::Sub,
            bind: None,
            always_filter: None,
            valid_filter: None,
            group: None,
            manager: None,
            latin1: false,
            timeout: 10,
            identity: None,
        }
    }
}
