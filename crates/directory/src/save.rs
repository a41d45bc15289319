//! Creating and changing records: plan, then apply.

use secrecy::SecretString;

use crate::{Actor, Applied, Directory, Fields, Kind, Plan, Result, Version};

impl Directory {
    /// Plans a new record. Fields: as the source's field map names them, `UserPassword` among them (empty: none
    /// for customer users by REST, generated when `generate_password` is asked for by [`Plan::generate_password`]);
    /// for agents `UserLogin`, `UserFirstname`, `UserLastname`, `UserPassword`, `Role`, `ValidID`.
    /// Roles: editor; for agents admin.
    ///
    /// # Errors
    /// Mistakes in fields are in [`Plan::errors`]; an unknown or read-only source, or a lacking role, is an error.
    pub async fn plan_create(&self, actor: &Actor, kind: Kind, source: Option<&str>, fields: Fields) -> Result<Plan> {
        let _ = (actor, kind, source, fields);
        todo!()
    }

    /// Plans a change. With `had`, a record that changed since is a `Conflict` with both versions.
    pub async fn plan_update(
        &self,
        actor: &Actor,
        kind: Kind,
        key: &str,
        fields: Fields,
        had: Option<Version>,
    ) -> Result<Plan> {
        let _ = (actor, kind, key, fields, had);
        todo!()
    }

    /// Plans a new password; none is a generated one.
    pub async fn plan_password(
        &self,
        actor: &Actor,
        kind: Kind,
        key: &str,
        password: Option<SecretString>,
    ) -> Result<Plan> {
        let _ = (actor, kind, key, password);
        todo!()
    }

    /// Does what a plan says, in one transaction with its journal entry.
    ///
    /// # Errors
    /// `Invalid` when the plan has errors or somebody took the key meanwhile; `Conflict` when the record changed
    /// since the plan was made.
    pub async fn apply(&self, plan: Plan) -> Result<Applied> {
        let _ = plan;
        todo!()
    }
}

impl Plan {
    /// Asks for a generated password on saving, if none is set.
    pub fn generate_password(&mut self) {
        todo!()
    }
}
