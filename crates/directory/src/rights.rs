//! What agents and tokens may do. This is the one place that says so.

use serde::{Deserialize, Serialize};

use crate::kind::Kind;

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    See,
    Change,
}

/// What it is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Object {
    /// Records of a kind, with the preferences of people.
    Records(Kind),
    /// Who has which permissions, further customers and services.
    Access,
    /// The same in every group, and one's own: otherwise only in groups in which one has `rw`, and never one's own.
    AnyAccess,
    /// Which source keeps a person.
    Moves,
    /// What was changed in records that one may see.
    History,
    /// Everything that was ever done.
    Journal,
    /// Changes for many people at once.
    Jobs,
    /// Those that somebody else ordered.
    JobsOfOthers,
    Reviews,
    /// Who has to wait after wrong passwords, and others' sessions.
    Logins,
    Tokens,
    Settings,
    /// All that is there at once: a copy of it, and records and relations written without looking at each.
    Database,
}

/// What agents are given by their groups, and tokens by their scope.
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

    /// Whether it allows something.
    pub fn may(self, action: Action, object: Object) -> bool {
        use Action::{Change, See};
        use Kind::{Agent, Customer, CustomerUser};
        match (self, action, object) {
            (Self::Admin, ..) => true,
            (_, See, Object::Records(Agent)) => false,
            (_, See, Object::Records(_) | Object::Access | Object::History | Object::Reviews) => {
                true
            }
            (Self::Editor, See, Object::Jobs) => true,
            (
                Self::Editor,
                Change,
                Object::Records(CustomerUser | Customer)
                | Object::Access
                | Object::Jobs
                | Object::Reviews,
            ) => true,
            _ => false,
        }
    }

    /// The least role that allows something.
    pub fn that_may(action: Action, object: Object) -> Self {
        let mut roles = Self::ALL.into_iter();
        let least = roles.find(|role| role.may(action, object));
        least.unwrap_or(Self::Admin)
    }
}

/// The role that permissions in the groups `admin` and `users` come to.
pub fn role_of(rights: &[String]) -> Option<Role> {
    let has = |right: &str| rights.iter().any(|one| one == right);
    if has("admin:rw") {
        Some(Role::Admin)
    } else if has("users:rw") {
        Some(Role::Editor)
    } else {
        (!rights.is_empty()).then_some(Role::Reader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each role may, written out.
    #[test]
    fn roles_allow_what_is_said_here_and_nothing_else() {
        use Object::*;
        let kinds = [
            Kind::CustomerUser,
            Kind::Customer,
            Kind::Group,
            Kind::Service,
            Kind::Agent,
        ];
        let others = [
            Access,
            AnyAccess,
            Moves,
            History,
            Journal,
            Jobs,
            JobsOfOthers,
            Reviews,
            Logins,
            Tokens,
            Settings,
            Database,
        ];
        let objects = kinds.map(Records).into_iter().chain(others);
        let allowed = |role: Role, action| {
            let allowed = objects.clone().filter(|object| role.may(action, *object));
            allowed
                .map(|object| format!("{object:?}"))
                .collect::<Vec<_>>()
                .join(" ")
        };
        let seen = "Records(CustomerUser) Records(Customer) Records(Group) Records(Service) Access History";
        assert_eq!(
            allowed(Role::Reader, Action::See),
            format!("{seen} Reviews")
        );
        assert_eq!(allowed(Role::Reader, Action::Change), "");
        assert_eq!(
            allowed(Role::Editor, Action::See),
            format!("{seen} Jobs Reviews")
        );
        assert_eq!(
            allowed(Role::Editor, Action::Change),
            "Records(CustomerUser) Records(Customer) Access Jobs Reviews"
        );
        for action in [Action::See, Action::Change] {
            assert_eq!(allowed(Role::Admin, action).split(' ').count(), 17);
        }
        assert_eq!(Role::that_may(Action::Change, Jobs), Role::Editor);
        assert_eq!(
            Role::that_may(Action::Change, Records(Kind::Group)),
            Role::Admin
        );
    }
}
