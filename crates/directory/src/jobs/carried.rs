//! Templates follow what is renamed.

use kartoteka_model::text::same_key;
use kartoteka_store::Tx;
use kartoteka_store::own::templates;

use super::job::{JobChange, JobRelation};
use super::templates::{note, note_of, row_of, template, told};
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::kind::Kind;
use crate::open::Directory;

impl JobChange {
    /// Lets it name a renamed customer, group or service by its new name; whether it named that one.
    fn follow(&mut self, kind: Kind, from: &str, to: &str) -> bool {
        let named = match (kind, &mut self.relation) {
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
}

impl Directory {
    /// Lets templates name what is renamed by its new name, each with an entry in the journal.
    pub(crate) async fn carry_templates(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        kind: Kind,
        from: &str,
        to: &str,
    ) -> Result<()> {
        let rows = templates::all(&self.inner.home).await;
        for row in rows.map_err(Error::home)? {
            let stored = template(&row)?;
            let mut changes = stored.changes.clone();
            let follows = changes.iter_mut().map(|one| one.follow(kind, from, to));
            if !follows.fold(false, |any, follows| any | follows) {
                continue;
            }
            let now = row_of(
                stored.id,
                &stored.name,
                &changes,
                actor,
                self.inner.clock.now(),
            )?;
            templates::update(tx, &now).await.map_err(Error::home)?;
            let fields = note_of(("", ""), (&told(&stored.changes), &told(&changes)));
            let note = note("update", &stored.name, &fields);
            self.journal_entry(tx, actor, note).await?;
        }
        Ok(())
    }
}
