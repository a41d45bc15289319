//! Taking a change back: the plan that leads to the state before it, applied as a change of its own.

use std::collections::BTreeMap;

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::{body, readable};
use kartoteka_directory::{
    Action, Actor, Change, Effect, Error, FieldProblem, Fields, HistoryEntry, Kind, Object,
    Relation, RelationChange, Result, Topic,
};
use kartoteka_model::Validity;
use kartoteka_records::{Applied, MoveWanted, Plan};
use kartoteka_store::own::journal::{self, Entry};

use crate::Access;
use crate::plan::settings::{SettingsApplied, SettingsPlan, SettingsWanted};
use crate::plan::{RelationPlan, RelationsApplied, Wanted};

/// The plan that takes an entry back.
#[derive(Debug)]
pub enum UndoPlan {
    Relations(RelationPlan),
    Record(Box<Plan>),
    Settings(SettingsPlan),
}

/// What taking an entry back has done.
#[derive(Debug)]
pub enum UndoApplied {
    Relations(RelationsApplied),
    /// The fields that changed, and the record as it is now.
    Record(Vec<Change>, Box<Applied>),
    Settings(SettingsApplied),
}

impl Access<'_> {
    /// Plans to take back what an entry says, with all that was written together with it. What was created becomes
    /// invalid, since nothing is ever deleted. Roles as for the change itself.
    ///
    /// # Errors
    /// `Unknown` for an entry that is not there; `Invalid` (`CannotUndo`) for what can't be taken back, such as a
    /// password; everything that planning that change may say.
    #[boxed]
    pub async fn plan_undo(self, actor: &Actor, entry: i64) -> Result<UndoPlan> {
        actor.require(Action::Change, Object::Access)?;
        let unknown = || Error::Unknown {
            what: "journal entry",
            key: entry.to_string(),
        };
        let entry = journal::find(self.directory.home(), entry)
            .await
            .map_err(Error::home)?
            .ok_or_else(unknown)?;
        let said = body(&entry)?;
        if let Some(first) = said.batch {
            return self.undo_relations(actor, first, said.size).await;
        }
        let is_access = entry.key == crate::facts::settings::STATE;
        if entry.kind == crate::facts::settings::KIND && is_access {
            return self.undo_settings(actor, &entry).await;
        }
        let kind = Kind::parse(&entry.kind).filter(|kind| *kind != Kind::Agent);
        let cannot = || Error::field("entry", FieldProblem::CannotUndo);
        let kind = kind.ok_or_else(cannot)?;
        let key = self
            .directory
            .present_key(kind, &entry.key, entry.id)
            .await?;
        if entry.action == "move" {
            let plan = self
                .undo_move(actor, &key, said.effects, said.changes)
                .await?;
            return Ok(UndoPlan::Record(Box::new(plan)));
        }
        let mut fields = Fields::new();
        match entry.action.as_str() {
            "create" => {
                fields.insert("ValidID".into(), Validity::Invalid.id().to_string());
            }
            "update" | "rename" => {
                let changes = said.changes.into_iter();
                fields.extend(changes.map(|change| (change.field, change.before)));
            }
            _ => return Err(cannot()),
        }
        let plan = self
            .records()
            .plan_update(actor, kind, &key, fields, None)
            .await?;
        Ok(UndoPlan::Record(Box::new(plan)))
    }

    /// Leads back to the source that the person was in, with the values that changed on the way.
    async fn undo_move(
        self,
        actor: &Actor,
        login: &str,
        effects: Vec<Effect>,
        changes: Vec<Change>,
    ) -> Result<Plan> {
        let from = effects.into_iter().find_map(|effect| match effect {
            Effect::Moves { from, .. } => Some(from),
            _ => None,
        });
        let to = from.ok_or_else(|| Error::field("entry", FieldProblem::CannotUndo))?;
        let source = self.directory.source(Kind::CustomerUser, Some(&to))?;
        let map = Some(&source.spec.map).filter(|_| !source.spec.read_only);
        let has = |change: &Change| map.is_some_and(|map| map.find(&change.field).is_some());
        let fields = changes.into_iter().filter(has);
        let fields = fields.map(|change| (change.field, change.before)).collect();
        let wanted = MoveWanted {
            to,
            fields,
            ahead: false,
        };
        self.records().plan_move(actor, login, wanted, None).await
    }

    /// Adds to a plan what [`Access::preview`] adds, for those who look before they take back.
    ///
    /// # Errors
    /// When a source does not answer.
    #[boxed]
    pub async fn preview_undo(self, plan: UndoPlan) -> Result<UndoPlan> {
        Ok(match plan {
            UndoPlan::Record(plan) => UndoPlan::Record(Box::new(self.preview(*plan).await?)),
            // What relations and settings come to is in their plans.
            plan => plan,
        })
    }

    /// Does what a plan says.
    ///
    /// # Errors
    /// As applying that change.
    #[boxed]
    pub async fn apply_undo(self, plan: UndoPlan) -> Result<UndoApplied> {
        Ok(match plan {
            UndoPlan::Relations(plan) => UndoApplied::Relations(self.apply_relations(plan).await?),
            UndoPlan::Record(plan) => {
                let changes = plan.changes.clone();
                UndoApplied::Record(changes, Box::new(self.records().apply(*plan).await?))
            }
            UndoPlan::Settings(plan) => {
                UndoApplied::Settings(self.apply_access_settings(plan).await?)
            }
        })
    }

    /// One entry of the journal. Role: editor.
    ///
    /// # Errors
    /// `Unknown` for an entry that is not there.
    #[boxed]
    pub async fn journal_entry_of(self, actor: &Actor, entry: i64) -> Result<HistoryEntry> {
        actor.require(Action::Change, Object::Access)?;
        let found = journal::find(self.directory.home(), entry)
            .await
            .map_err(Error::home)?;
        let unknown = || Error::Unknown {
            what: "journal entry",
            key: entry.to_string(),
        };
        let found = found.ok_or_else(unknown)?;
        let of_admins = [
            Topic::Record(Kind::Agent),
            Topic::Token,
            Topic::LogIn,
            Topic::Settings,
        ];
        let topic = Topic::parse(&found.kind);
        if topic.is_none_or(|topic| of_admins.contains(&topic)) {
            actor.require(Action::See, Object::Journal)?;
        }
        readable(&found)
    }

    async fn undo_relations(self, actor: &Actor, first: i64, size: u64) -> Result<UndoPlan> {
        let entries = journal::after(self.directory.home(), first - 1, size as u32)
            .await
            .map_err(Error::home)?;
        let groups =
            kartoteka_store::access::groups(self.directory.home(), self.directory.collation())
                .await
                .map_err(Error::home)?;
        let services =
            kartoteka_store::access::services(self.directory.home(), self.directory.collation())
                .await
                .map_err(Error::home)?;
        let group = |id: i64, name: &String| {
            let found = groups.iter().find(|group| group.id == id);
            found.map_or_else(|| name.clone(), |group| group.name.clone())
        };
        let mut said: Vec<(i64, RelationChange)> = vec![];
        for entry in &entries {
            let relations = body(entry)?.relations.into_iter();
            said.extend(relations.map(|change| (entry.id, change)));
        }
        let people = self.now(Kind::CustomerUser, &said).await?;
        let customers = self.now(Kind::Customer, &said).await?;
        let now = |names: &Now, key: String, entry: i64| {
            let found = names.get(&(key.clone(), entry));
            found.cloned().unwrap_or(key)
        };
        let mut wanted = vec![];
        for (entry, RelationChange { relation, given }) in said {
            let given = !given;
            wanted.push(match relation {
                Relation::Customer { login, customer } => Wanted::Customer {
                    login: now(&people, login, entry),
                    customer: now(&customers, customer, entry),
                    given,
                },
                Relation::PersonGroup {
                    login,
                    group: name,
                    group_id,
                    permission,
                } => Wanted::PersonGroup {
                    login: now(&people, login, entry),
                    group: group(group_id, &name),
                    permission: permission.name().to_owned(),
                    given,
                },
                Relation::CustomerGroup {
                    customer,
                    group: name,
                    group_id,
                    permission,
                    context,
                } => Wanted::CustomerGroup {
                    customer: now(&customers, customer, entry),
                    group: group(group_id, &name),
                    permission: permission.name().to_owned(),
                    context,
                    given,
                },
                Relation::Service {
                    login,
                    service,
                    service_id,
                } => Wanted::Service {
                    login: now(&people, login, entry),
                    service: services
                        .iter()
                        .find(|one| one.id == service_id)
                        .map_or(service, |one| one.name.clone()),
                    given,
                },
            });
        }
        let plan = self.plan_relations_of_anybody(actor, wanted).await?;
        Ok(UndoPlan::Relations(plan))
    }

    /// The keys that people, or customers, have now which relations name.
    async fn now(self, kind: Kind, said: &[(i64, RelationChange)]) -> Result<Now> {
        let keys = said
            .iter()
            .filter_map(|(entry, change)| Some((change.relation.key_of(kind)?.clone(), *entry)));
        let keys: Vec<(String, i64)> = keys.collect();
        let present = self.directory.present_keys(kind, &keys).await?;
        Ok(keys.into_iter().zip(present).collect())
    }

    async fn undo_settings(self, actor: &Actor, entry: &Entry) -> Result<UndoPlan> {
        let mut wanted = SettingsWanted::default();
        for change in body(entry)?.changes {
            let before = serde_json::from_str(&change.before).map_err(Error::internal)?;
            wanted.insert(change.field, before);
        }
        let plan = self.plan_access_settings(actor, wanted).await?;
        Ok(UndoPlan::Settings(plan))
    }
}

/// Keys of now, by the keys that entries name, with the entries.
type Now = BTreeMap<(String, i64), String>;
