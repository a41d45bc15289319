//! Who acts, and through which door.

use kartoteka_store::own::principal::PrincipalKey;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::rights::{Action, Object, Role};

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    /// An agent who logged in.
    Agent { id: i64, login: String, role: Role },
    /// A customer user who logged in: nothing that agents do is theirs to do.
    CustomerUser { login: String },
    /// A program with a token. It acts for the agent who made the token, and may do what both may.
    Token {
        id: i64,
        name: String,
        agent: i64,
        role: Role,
    },
    /// Whoever may run the program on the machine itself.
    Operator,
    /// The program by itself, as for somebody who is not known.
    Program,
}

/// The way by which a request came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Door {
    Page,
    Rest,
    Terminal,
}

/// Who acts, through which door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub principal: Principal,
    pub door: Door,
}

impl Principal {
    /// The name that the journal keeps: `ewa`, `customer-user:anna`, `token:import`, `operator`.
    pub fn name(&self) -> String {
        match self {
            Self::Agent { login, .. } => login.clone(),
            Self::CustomerUser { login } => format!("customer-user:{login}"),
            Self::Token { name, .. } => format!("token:{name}"),
            Self::Operator => "operator".into(),
            Self::Program => "unknown".into(),
        }
    }

    /// What agents are given by their groups, and tokens by their scope.
    pub fn role(&self) -> Option<Role> {
        match self {
            Self::Agent { role, .. } | Self::Token { role, .. } => Some(*role),
            Self::CustomerUser { .. } | Self::Operator | Self::Program => None,
        }
    }

    /// Whose sessions it may have: none where it is not somebody who logs in.
    pub fn key(&self) -> Option<PrincipalKey> {
        match self {
            Self::Agent { id, .. } => Some(PrincipalKey::agent(*id)),
            Self::CustomerUser { login } => Some(PrincipalKey::customer_user(login)),
            Self::Token { .. } | Self::Operator | Self::Program => None,
        }
    }

    /// Whether it may do something to something.
    pub fn may(&self, action: Action, object: Object) -> bool {
        match self {
            Self::Agent { role, .. } | Self::Token { role, .. } => role.may(action, object),
            Self::CustomerUser { .. } => false,
            Self::Operator | Self::Program => true,
        }
    }
}

impl Actor {
    /// The operator at the terminal: everything is allowed.
    pub fn operator() -> Self {
        Self {
            principal: Principal::Operator,
            door: Door::Terminal,
        }
    }

    /// An agent on pages.
    pub fn agent(id: i64, login: impl Into<String>, role: Role) -> Self {
        let login = login.into();
        Self {
            principal: Principal::Agent { id, login, role },
            door: Door::Page,
        }
    }

    /// The number that OTOBO's `create_by` and `change_by` columns get.
    pub fn id(&self) -> i64 {
        match self.principal {
            Principal::Agent { id, .. } => id,
            Principal::Token { agent, .. } => agent,
            Principal::CustomerUser { .. } | Principal::Operator | Principal::Program => 1,
        }
    }

    /// As [`Principal::name`].
    pub fn name(&self) -> String {
        self.principal.name()
    }

    /// As [`Principal::may`].
    pub fn may(&self, action: Action, object: Object) -> bool {
        self.principal.may(action, object)
    }

    /// Refuses an actor who may not.
    pub fn require(&self, action: Action, object: Object) -> Result<()> {
        match self.may(action, object) {
            true => Ok(()),
            false => Err(Error::Forbidden {
                needed: Role::that_may(action, object),
            }),
        }
    }
}
