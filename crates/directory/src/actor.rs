//! Who acts, and through which door.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// What an agent or token may do. Each role includes the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Sees customers and customer users: any permission on group `users` or `admin`.
    Reader,
    /// Changes customers and customer users: `rw` on group `users`.
    Editor,
    /// Everything, agents and tokens too: `rw` on group `admin`.
    Admin,
}

impl Role {
    /// All roles, the least first.
    pub const ALL: [Role; 3] = [Self::Reader, Self::Editor, Self::Admin];

    /// The name that REST, the terminal and the journal use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Editor => "editor",
            Self::Admin => "admin",
        }
    }

    /// The role of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// An agent who logged in.
    Agent { id: i64, login: String },
    /// A program with a token; it acts for the agent who made the token.
    Token { id: i64, name: String, agent: i64 },
    /// Whoever may run the program on the machine itself.
    Operator,
}

/// The way by which a request came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Door {
    Page,
    Rest,
    Terminal,
}

/// Who acts, with which role, through which door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub who: Who,
    pub role: Role,
    pub door: Door,
}

impl Actor {
    /// The operator at the terminal: everything is allowed.
    pub fn operator() -> Self {
        Self {
            who: Who::Operator,
            role: Role::Admin,
            door: Door::Terminal,
        }
    }

    /// The number that OTOBO's `create_by` and `change_by` columns get.
    pub fn id(&self) -> i64 {
        match self.who {
            Who::Agent { id, .. } => id,
            Who::Token { agent, .. } => agent,
            Who::Operator => 1,
        }
    }

    /// The name that the journal keeps: `ewa`, `token:import`, `operator`.
    pub fn name(&self) -> String {
        match &self.who {
            Who::Agent { login, .. } => login.clone(),
            Who::Token { name, .. } => format!("token:{name}"),
            Who::Operator => "operator".into(),
        }
    }

    /// Whether the actor has this role or a greater one.
    pub fn may(&self, role: Role) -> bool {
        self.role >= role
    }

    /// Refuses an actor who lacks a role.
    pub fn require(&self, role: Role) -> Result<()> {
        if self.may(role) {
            Ok(())
        } else {
            Err(Error::Forbidden { needed: role })
        }
    }
}
