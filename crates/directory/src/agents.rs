//! Agents: the people who work in Kartoteka.

use kartoteka_boxed::boxed;
use kartoteka_model::{Field, Record, Selections, Validity};
use kartoteka_store::own::agents::{self, AgentRow};
use kartoteka_store::source::SourceRow;

use crate::actor::Actor;
use crate::directory::{Directory, Inside};
use crate::error::{Error, Result};
use crate::failures::not_found;
use crate::found::{Found, version};
use crate::kind::Kind;
use crate::plan::Fields;
use crate::rights::{Action, Object, Role, role_of};
use crate::source_info::{FieldShape, SourceInfo};

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

impl Directory {
    /// All agents by login. Role: admin.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn agents(&self, actor: &Actor) -> Result<Vec<Agent>> {
        actor.require(Action::See, Object::Records(Kind::Agent))?;
        let mut rows = agents::all(&self.inner.home).await.map_err(Error::home)?;
        rows.sort_by_cached_key(|row| (self.collation().key(&row.login), row.login.clone()));
        Ok(rows.into_iter().map(agent).collect())
    }
}

impl Inside<'_> {
    /// The agent of this login.
    ///
    /// # Errors
    /// `NotFound`; when the database does not answer.
    #[boxed]
    pub async fn find_agent(self, login: &str) -> Result<Found> {
        let row = agents::find(self.home(), login)
            .await
            .map_err(Error::home)?;
        let row = row.ok_or_else(|| not_found(Kind::Agent, login))?;
        let stored = stored(&row);
        let name = format!("{} {}", row.first_name, row.last_name);
        let name = name.trim().to_owned();
        Ok(Found {
            key: row.login.clone(),
            source: "users".into(),
            version: version(&stored, &Fields::new()),
            shown_name: name.clone(),
            full_name: name,
            text: row.login,
            writable: true,
            unavailable_since: None,
            as_of: None,
            customer: None,
            customer_source: None,
            preferences: Fields::new(),
            record: stored.record,
        })
    }
}

fn agent(row: AgentRow) -> Agent {
    Agent {
        id: row.id,
        role: role_of(&row.rights),
        validity: Validity::from_id(row.valid_id).unwrap_or(Validity::Invalid),
        login: row.login,
        first_name: row.first_name,
        last_name: row.last_name,
    }
}

fn stored(row: &AgentRow) -> SourceRow {
    let role = role_of(&row.rights).map_or("", Role::name);
    let record = Record::from_iter([
        ("UserLogin", row.login.as_str()),
        ("UserFirstname", &row.first_name),
        ("UserLastname", &row.last_name),
        ("ValidID", &row.valid_id.to_string()),
        ("Role", role),
    ]);
    SourceRow {
        record,
        password: row.password.clone(),
        id: None,
    }
}

/// The table of agents, as forms see it.
pub(crate) fn source() -> SourceInfo {
    let field = |name: &str, label: &str, column: &str, max: usize| FieldShape {
        field: Field::new(name, label, column).required(),
        max_length: Some(max),
        secret: name == "UserPassword",
    };
    SourceInfo {
        id: "users".into(),
        name: "users".into(),
        module: "DB",
        writable: true,
        fields: vec![
            field("UserFirstname", "Firstname", "first_name", 100),
            field("UserLastname", "Lastname", "last_name", 100),
            field("UserLogin", "Username", "login", 191),
            field("UserPassword", "Password", "pw", 1024),
            field("Role", "Role", "role", 20),
            field("ValidID", "Valid", "valid_id", 20),
        ],
        searched: vec![],
        selections: Selections::new(),
        auto_login: false,
        customer_support: false,
        preferences: vec![],
        preferences_in_pages: false,
    }
}
