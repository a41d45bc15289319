//! Agents: the people who work in Kartoteka.

use crate::actor::Role;
use kartoteka_model::Validity;

/// An agent as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    pub id: i64,
    pub login: String,
    pub first_name: String,
    pub last_name: String,
    pub validity: Validity,
    /// None: may not do anything here.
    pub role: Option<Role>,
}

impl crate::Directory {
    /// All agents by login. Role: admin.
    pub async fn agents(&self, actor: &crate::Actor) -> crate::Result<Vec<Agent>> {
        let _ = actor;
        todo!()
    }
}
