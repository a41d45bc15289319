//! Saving an agent: one transaction with its journal entry.

use kartoteka_directory::inside::{JournalDraft, role_of};
use kartoteka_directory::{Effect, Error, FieldProblem, Kind, Result, Role, Stale, Version};
use kartoteka_model::Validity;
use kartoteka_passwords::is_usable;
use kartoteka_store::own::agents::{self, AgentRow, AgentValues};
use kartoteka_store::own::principal::PrincipalKey;
use kartoteka_store::own::sessions;
use kartoteka_store::{StoreError, Tx};
use secrecy::ExposeSecret;

use crate::Records;
use crate::plan::{Applied, RecordPlan};
use crate::validate::valid_id;

impl Records<'_> {
    /// Refuses to take the last admin who can log in: nobody could get in any more. Asked behind the lock, so that two do
    /// not each rely on the other.
    async fn keep_an_admin(self, tx: &mut Tx, row: &AgentRow, plan: &RecordPlan) -> Result<()> {
        let demoted = plan.after.get("Role") != Role::Admin.name();
        if !demoted && Validity::parse(plan.after.get("ValidID")) == Some(Validity::Valid) {
            return Ok(());
        }
        let others = agents::passwords_of_other_admins(tx, row.id)
            .await
            .map_err(Error::home)?;
        if others.iter().any(|stored| is_usable(stored)) {
            return Ok(());
        }
        // Who can't log in either is no loss.
        if !row.password.as_deref().is_some_and(is_usable) {
            return Ok(());
        }
        let field = if demoted { "Role" } else { "ValidID" };
        Err(Error::field(field, FieldProblem::LastAdmin))
    }

    pub(crate) async fn apply_agent(self, plan: RecordPlan) -> Result<Applied> {
        let hashes = self.directory.hashed(plan.password.clone(), true).await?;
        self.directory
            .save(|| async {
                let plan = plan.clone();
                let mut tx = self.directory.begin_locked().await?;
                let login_before = plan
                    .before
                    .as_ref()
                    .map(|before| before.get("UserLogin").to_owned());
                let mut current = None;
                if let Some(login) = &login_before {
                    let found = self.directory.find_agent(login).await?;
                    if Some(&found.version) != plan.version.as_ref() {
                        let had = plan.version.unwrap_or_else(|| Version(String::new()));
                        let key = found.key.clone();
                        let stale = Stale {
                            kind: Kind::Agent,
                            key,
                            current: found,
                            wanted: plan.wanted,
                            had,
                        };
                        return Err(Error::Conflict(Box::new(stale)));
                    }
                    current = agents::find(self.directory.home(), login)
                        .await
                        .map_err(Error::home)?;
                }
                if let Some(row) = &current
                    && row.valid_id == 1
                    && role_of(&row.rights) == Some(Role::Admin)
                {
                    self.keep_an_admin(&mut tx, row, &plan).await?;
                }
                let values = AgentValues {
                    login: plan.after.get("UserLogin"),
                    first_name: plan.after.get("UserFirstname"),
                    last_name: plan.after.get("UserLastname"),
                    valid_id: valid_id(&plan.after)?,
                    password: hashes.as_ref().map(|hashes| hashes.stored.expose_secret()),
                };
                let now = self.directory.now_text();
                let refused = |error: StoreError| match error {
                    StoreError::Duplicate(_) => Error::field(
                        "UserLogin",
                        FieldProblem::Taken {
                            by: plan.after.get("UserLogin").to_owned(),
                        },
                    ),
                    error => Error::home(error),
                };
                let actor = plan.actor.id();
                let id = match &current {
                    Some(row) => {
                        agents::update(&mut tx, row.id, &values, actor, &now)
                            .await
                            .map_err(refused)?;
                        row.id
                    }
                    None => agents::insert(&mut tx, &values, actor, &now)
                        .await
                        .map_err(refused)?,
                };
                if let Some(hashes) = &hashes {
                    self.directory
                        .keep_password(&mut tx, &PrincipalKey::agent(id), hashes, plan.chosen)
                        .await?;
                }
                let mut effects = plan.effects.clone();
                if plan.changes.iter().any(|change| change.field == "Role") {
                    let role = Role::parse(plan.after.get("Role"));
                    agents::set_rights(&mut tx, id, rights(role), actor, &now)
                        .await
                        .map_err(Error::home)?;
                }
                // A new password, another role or validity ends what was begun under the old one.
                let fresh = plan.password.is_some()
                    || plan.changes.iter().any(|change| {
                        matches!(change.field.as_str(), "Role" | "ValidID" | "UserLogin")
                    });
                if current.is_some() && fresh {
                    let count = sessions::end_all(&mut tx, &PrincipalKey::agent(id), None)
                        .await
                        .map_err(Error::home)?;
                    effects.push(Effect::EndsSessions { count });
                }
                let renamed = login_before
                    .as_deref()
                    .filter(|before| *before != plan.key)
                    .unwrap_or_default();
                let action = match (&login_before, plan.changes.is_empty()) {
                    (None, _) => "create",
                    (Some(_), true) => "set-password",
                    (Some(_), false) if !renamed.is_empty() => "rename",
                    (Some(_), false) => "update",
                };
                let changed = plan.changes_anything();
                let draft = JournalDraft {
                    action,
                    kind: Kind::Agent.name(),
                    source: "users",
                    key: &plan.key,
                    key_before: renamed,
                    changes: &plan.changes,
                    effects: &effects,
                };
                let journal = match changed {
                    true => Some(
                        self.directory
                            .journal_entry(&mut tx, &plan.actor, draft)
                            .await?,
                    ),
                    false => None,
                };
                tx.commit().await.map_err(Error::home)?;
                let found = self.directory.find_agent(&plan.key).await?;
                Ok(Applied {
                    kind: Kind::Agent,
                    source: plan.source,
                    key: found.key,
                    record: found.record,
                    preferences: found.preferences,
                    version: found.version,
                    password: plan.password.filter(|_| plan.generated),
                    journal,
                    effects,
                })
            })
            .await
    }
}

fn rights(role: Option<Role>) -> &'static [(&'static str, &'static str)] {
    match role {
        Some(Role::Admin) => &[("admin", "rw"), ("users", "rw")],
        Some(Role::Editor) => &[("users", "rw")],
        Some(Role::Reader) => &[("users", "ro")],
        None => &[],
    }
}
