//! Templates: named sets of changes, to be chosen for a job or for one person.

use kartoteka_model::text::{lower, sort_key};
use kartoteka_store::StoreError;
use kartoteka_store::own::templates::{self, TemplateRow};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::job::{JobChange, JobRelation};
use crate::actor::Actor;
use crate::apply::Note;
use crate::error::{Error, FieldProblem, Result};
use crate::journal::topic::Topic;
use crate::login::sessions::cut;
use crate::open::Directory;
use crate::plan::Change;
use crate::rights::{Action, Object};

/// The most characters of a name.
const LONGEST: usize = 100;

/// A named set of changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Template {
    pub id: i64,
    pub name: String,
    pub changes: Vec<JobChange>,
    /// Who saved it last, and when in seconds since 1970.
    pub changed_by: String,
    pub changed: i64,
    /// What a form was made from, so that nobody overwrites what they did not see.
    pub version: String,
}

pub(super) fn template(row: &TemplateRow) -> Result<Template> {
    let digest = Sha256::digest(format!("{}\n{}", row.name, row.changes));
    Ok(Template {
        id: row.id,
        name: row.name.clone(),
        changes: serde_json::from_str(&row.changes).map_err(Error::internal)?,
        changed_by: row.changed_by.clone(),
        changed: row.changed,
        version: hex::encode(&digest[..8]),
    })
}

/// Changes as the journal tells them.
pub(super) fn told(changes: &[JobChange]) -> String {
    let one = |change: &JobChange| {
        let way = if change.given { "+" } else { "-" };
        match &change.relation {
            JobRelation::Customer { customer } => format!("{way} {customer}"),
            JobRelation::PersonGroup { group, permission } => {
                format!("{way} {group}: {permission}")
            }
            JobRelation::Service { service } => format!("{way} {service}"),
        }
    };
    changes.iter().map(one).collect::<Vec<_>>().join(", ")
}

impl Directory {
    /// All templates by name. Role: editor.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn templates(&self, actor: &Actor) -> Result<Vec<Template>> {
        actor.require(Action::Change, Object::Jobs)?;
        let rows = templates::all(&self.inner.home)
            .await
            .map_err(Error::home)?;
        let mut all: Vec<Template> = rows.iter().map(template).collect::<Result<_>>()?;
        all.sort_by_key(|one| (sort_key(&one.name), one.id));
        Ok(all)
    }

    /// A template. Role: editor.
    ///
    /// # Errors
    /// `Unknown` for one that is not there.
    pub async fn template(&self, actor: &Actor, id: i64) -> Result<Template> {
        let all = self.templates(actor).await?;
        all.into_iter()
            .find(|one| one.id == id)
            .ok_or_else(|| Error::Unknown {
                what: "template",
                key: id.to_string(),
            })
    }

    /// Adds a template, or saves one (by its number and the version that the form had) anew. Role: editor, for changes
    /// that the actor may make.
    ///
    /// # Errors
    /// `Invalid` for an empty, overlong or taken name, no changes, changes that can't be made (at `0.Group` for the
    /// first), and one that somebody else saved meanwhile (`ChangedSince`); `Unknown` for one that is gone.
    pub async fn save_template(
        &self,
        actor: &Actor,
        before: Option<(i64, &str)>,
        name: &str,
        changes: Vec<JobChange>,
    ) -> Result<()> {
        actor.require(Action::Change, Object::Jobs)?;
        let name = name.trim();
        let wrong = |problem| Error::field("name", problem);
        if name.is_empty() {
            return Err(wrong(FieldProblem::Required));
        }
        if name.chars().count() > LONGEST {
            return Err(wrong(FieldProblem::TooLong { max: LONGEST }));
        }
        if name.chars().any(char::is_control) {
            return Err(wrong(FieldProblem::ControlCharacter));
        }
        self.check_changes(actor, &changes).await?;
        self.save(|| async {
            let mut tx = self.begin_locked().await?;
            let all = self.templates(actor).await?;
            let stored = match before {
                None => None,
                Some((id, version)) => {
                    let stored = self.template(actor, id).await?;
                    if stored.version != version {
                        let by = stored.changed_by;
                        return Err(Error::field("template", FieldProblem::ChangedSince { by }));
                    }
                    Some(stored)
                }
            };
            let own = stored.as_ref().map_or(0, |stored| stored.id);
            let taken = |name: &str| FieldProblem::Taken { by: name.into() };
            if let Some(other) = all
                .iter()
                .find(|one| one.id != own && lower(&one.name) == lower(name))
            {
                return Err(wrong(taken(&other.name)));
            }
            let row = row_of(own, name, &changes, actor, self.inner.clock.now())?;
            let written = match stored {
                None => templates::insert(&mut tx, &row).await,
                Some(_) => templates::update(&mut tx, &row).await,
            };
            written.map_err(|error| match error {
                StoreError::Duplicate(_) => wrong(taken(name)),
                error => Error::home(error),
            })?;
            let name_before = stored.as_ref().map_or("", |one| &one.name);
            let changes_before = stored.as_ref().map(|one| told(&one.changes));
            let changes_before = changes_before.unwrap_or_default();
            let fields = note_of((name_before, name), (&changes_before, &told(&changes)));
            let action = if own == 0 { "create" } else { "update" };
            if !fields.is_empty() {
                let note = note(action, name, &fields);
                self.journal_entry(&mut tx, actor, note).await?;
            }
            tx.commit().await.map_err(Error::home)
        })
        .await
    }

    /// Drops a template; jobs that were made from it stay. Role: editor.
    ///
    /// # Errors
    /// `Unknown` for one that is not there.
    pub async fn delete_template(&self, actor: &Actor, id: i64) -> Result<()> {
        actor.require(Action::Change, Object::Jobs)?;
        self.save(|| async {
            let mut tx = self.begin_locked().await?;
            let stored = self.template(actor, id).await?;
            templates::delete(&mut tx, id).await.map_err(Error::home)?;
            let gone = [Change {
                field: "Changes".into(),
                before: told(&stored.changes),
                after: String::new(),
            }];
            let note = note("delete", &stored.name, &gone);
            self.journal_entry(&mut tx, actor, note).await?;
            tx.commit().await.map_err(Error::home)
        })
        .await
    }
}

/// A template's row as it is to be.
pub(super) fn row_of(
    id: i64,
    name: &str,
    changes: &[JobChange],
    actor: &Actor,
    now: i64,
) -> Result<TemplateRow> {
    Ok(TemplateRow {
        id,
        name: name.to_owned(),
        changes: serde_json::to_string(changes).map_err(Error::internal)?,
        changed_by: cut(&actor.name(), 191),
        changed: now,
    })
}

/// What changed: the name and the changes, each before and after.
pub(super) fn note_of(name: (&str, &str), changes: (&str, &str)) -> Vec<Change> {
    let fields = [("Name", name), ("Changes", changes)].into_iter();
    fields
        .filter(|(_, (before, after))| before != after)
        .map(|(field, (before, after))| Change {
            field: field.into(),
            before: before.into(),
            after: after.into(),
        })
        .collect()
}

pub(super) fn note<'a>(action: &'a str, name: &'a str, changes: &'a [Change]) -> Note<'a> {
    Note {
        action,
        kind: Topic::Template.name(),
        source: "kt_template",
        key: name,
        key_before: "",
        changes,
        effects: &[],
    }
}
