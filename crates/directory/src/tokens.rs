//! Tokens with which programs use REST.

use secrecy::SecretString;
use serde::Serialize;

use crate::actor::Role;

/// A token as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Token {
    pub id: i64,
    pub name: String,
    pub scope: Role,
    /// The first characters, to tell tokens apart.
    pub prefix: String,
    /// Seconds since 1970.
    pub created: i64,
    pub expires: Option<i64>,
    pub last_used: Option<i64>,
    pub revoked: Option<i64>,
    pub created_by: String,
}

/// A token that was just made; the secret is shown once.
#[derive(Debug)]
pub struct NewToken {
    pub token: Token,
    pub secret: SecretString,
}

impl crate::Directory {
    /// Makes a token. Role: admin.
    ///
    /// # Errors
    /// `Invalid` for an empty or taken name.
    pub async fn create_token(&self, actor: &crate::Actor, name: &str, scope: Role, expires: Option<i64>) -> crate::Result<NewToken> {
        let _ = (actor, name, scope, expires);
        todo!()
    }

    /// All tokens. Role: admin.
    pub async fn tokens(&self, actor: &crate::Actor) -> crate::Result<Vec<Token>> {
        let _ = actor;
        todo!()
    }

    /// Ends a token. Role: admin.
    pub async fn revoke_token(&self, actor: &crate::Actor, id: i64) -> crate::Result<()> {
        let _ = (actor, id);
        todo!()
    }

    /// The actor that a token stands for.
    ///
    /// # Errors
    /// `WrongCredentials` for unknown, expired and revoked tokens.
    pub async fn authenticate(&self, secret: &SecretString) -> crate::Result<crate::Actor> {
        let _ = secret;
        todo!()
    }

    /// The reply that was given under an `Idempotency-Key`, if there was one.
    ///
    /// # Errors
    /// `Invalid` on field `Idempotency-Key` when the key was used for another request.
    pub async fn reply_given(&self, actor: &crate::Actor, key: &str, request: &[u8]) -> crate::Result<Option<(u16, String)>> {
        let _ = (actor, key, request);
        todo!()
    }

    /// Keeps a reply under an `Idempotency-Key` for a day.
    pub async fn keep_reply(&self, actor: &crate::Actor, key: &str, request: &[u8], status: u16, body: &str) -> crate::Result<()> {
        let _ = (actor, key, request, status, body);
        todo!()
    }
}
