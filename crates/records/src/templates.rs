//! Templates: named sets of changes, to be chosen for a job or for one person, as they are kept. They follow what is
//! renamed.

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::JournalDraft;
use kartoteka_directory::{
    Actor, Change, Error, JobChange, JobRelation, Kind, Result, Template, Topic,
};
use kartoteka_model::text::{cut, same_key};
use kartoteka_store::Tx;
use kartoteka_store::own::templates::{self, TemplateRow};
use sha2::{Digest, Sha256};

use crate::Records;

/// A template as it is kept.
///
/// # Errors
/// `Internal` for changes that can't be read.
pub fn template(row: &TemplateRow) -> Result<Template> {
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
pub fn told(changes: &[JobChange]) -> String {
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

/// A template's row as it is to be.
///
/// # Errors
/// `Internal` for changes that can't be written as JSON.
pub fn row_of(
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
pub fn note_of(name: (&str, &str), changes: (&str, &str)) -> Vec<Change> {
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

/// What the journal says of a template that was created, updated or deleted.
pub fn draft<'a>(action: &'a str, name: &'a str, changes: &'a [Change]) -> JournalDraft<'a> {
    JournalDraft {
        action,
        kind: Topic::Template.name(),
        source: "kt_template",
        key: name,
        key_before: "",
        changes,
        effects: &[],
    }
}

/// Lets a change name a renamed customer, group or service by its new name; whether it named that one.
fn follow(change: &mut JobChange, kind: Kind, from: &str, to: &str) -> bool {
    let named = match (kind, &mut change.relation) {
        (Kind::Customer, JobRelation::Customer { customer }) if same_key(customer, from) => {
            customer
        }
        (Kind::Group, JobRelation::PersonGroup { group, .. }) if group == from => group,
        (Kind::Service, JobRelation::Service { service }) if service == from => service,
        _ => return false,
    };
    to.clone_into(named);
    true
}

impl Records<'_> {
    /// Lets templates name what is renamed by its new name, each with an entry in the journal.
    ///
    /// # Errors
    /// When the database does not answer; `Internal` for a template that can't be read.
    #[boxed]
    pub(crate) async fn update_template_references(
        self,
        tx: &mut Tx,
        actor: &Actor,
        kind: Kind,
        from: &str,
        to: &str,
    ) -> Result<()> {
        let rows = templates::all(self.directory.home()).await;
        for row in rows.map_err(Error::home)? {
            let stored = template(&row)?;
            let mut changes = stored.changes.clone();
            let follows = changes.iter_mut().map(|one| follow(one, kind, from, to));
            if !follows.fold(false, |any, follows| any | follows) {
                continue;
            }
            let now = row_of(
                stored.id,
                &stored.name,
                &changes,
                actor,
                self.directory.clock().now(),
            )?;
            templates::update(tx, &now).await.map_err(Error::home)?;
            let fields = note_of(("", ""), (&told(&stored.changes), &told(&changes)));
            let draft = draft("update", &stored.name, &fields);
            self.directory.journal_entry(tx, actor, draft).await?;
        }
        Ok(())
    }
}
