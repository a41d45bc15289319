//! Whose something is, in tables of sessions, tokens, attempts and used passwords: their columns `kind` and `owner`.

use crate::args;
use crate::db::{Arg, TextRow, Tx};
use crate::error::StoreError;
use crate::spelling::{ExtraColumns, KeyColumn, Renamed};
use kartoteka_boxed::boxed;

/// What somebody is who logs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrincipalKind {
    Agent,
    CustomerUser,
}

/// Somebody who logs in: what they are, and an agent's number or a customer user's login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrincipalKey {
    pub kind: PrincipalKind,
    pub key: String,
}

impl PrincipalKind {
    /// The name that tables have.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::CustomerUser => "customer-user",
        }
    }

    fn parse(name: &str) -> Result<Self, StoreError> {
        let mut kinds = [Self::Agent, Self::CustomerUser].into_iter();
        let kind = kinds.find(|kind| kind.name() == name);
        kind.ok_or_else(|| StoreError::Unreadable(format!("no kind of principal: {name}")))
    }
}

impl PrincipalKey {
    /// An agent, by number.
    pub fn agent(id: i64) -> Self {
        Self {
            kind: PrincipalKind::Agent,
            key: id.to_string(),
        }
    }

    /// A customer user, by login.
    pub fn customer_user(login: impl Into<String>) -> Self {
        Self {
            kind: PrincipalKind::CustomerUser,
            key: login.into(),
        }
    }

    /// An agent's number; none for whoever is no agent.
    pub fn agent_id(&self) -> Option<i64> {
        let key = (self.kind == PrincipalKind::Agent).then_some(&self.key);
        key.and_then(|key| key.parse().ok())
    }

    /// Out of the columns `kind` and `owner`, the first of which is this one.
    pub(crate) fn read(row: &TextRow, kind: usize) -> Result<Self, StoreError> {
        Ok(Self {
            kind: PrincipalKind::parse(row.text(kind))?,
            key: row.text(kind + 1).to_owned(),
        })
    }

    /// What the columns `kind` and `owner` hold.
    pub(crate) fn args(&self) -> [Arg; 2] {
        args![self.kind.name(), self.key.as_str()]
    }
}

/// Lets what is a customer user's follow their new login.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn update_references(tx: &mut Tx, renamed: Renamed<'_>) -> Result<(), StoreError> {
    for table in ["kt_session", "kt_token", "kt_used_password"] {
        let owners = KeyColumn {
            table,
            column: "owner",
            only: "kind = 'customer-user'",
        };
        owners
            .update_references(tx, renamed, ExtraColumns::NOTHING)
            .await?;
    }
    Ok(())
}

/// Ends the sessions of somebody who is another person than before, and forgets from where they came and what they tried.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn forget(tx: &mut Tx, owner: &PrincipalKey) -> Result<(), StoreError> {
    for table in ["kt_session", "kt_known_network", "kt_attempt"] {
        let sql = format!("DELETE FROM {table} WHERE kind = ? AND owner = ?");
        tx.execute(&sql, &owner.args()).await?;
    }
    Ok(())
}
