//! Many relations at once, without looking at each.

use kartoteka_directory::{Action, Actor, Error, Object, Relation, Result, Topic};
use kartoteka_store::access;

use crate::Access;

/// Relations in one transaction.
const PORTION: usize = 20_000;

impl Access<'_> {
    /// Gives many relations without looking at each: for benchmark data, and moves from another system. They must not
    /// be there yet. One journal entry tells how many. Role: admin.
    ///
    /// # Errors
    /// What the database refuses; portions before it are kept.
    pub async fn bulk_relate(
        self,
        actor: &Actor,
        relations: impl Iterator<Item = Relation> + Send,
    ) -> Result<u64> {
        actor.require(Action::Change, Object::Database)?;
        let mut relations = relations.peekable();
        let mut count = 0;
        while relations.peek().is_some() {
            let portion: Vec<_> = relations
                .by_ref()
                .take(PORTION)
                .map(|relation| relation.row())
                .collect();
            self.directory
                .save(|| async {
                    let mut tx = self.directory.begin().await?;
                    access::change(
                        &mut tx,
                        &[],
                        &portion,
                        actor.id(),
                        &self.directory.now_text(),
                    )
                    .await
                    .map_err(Error::home)?;
                    tx.commit().await.map_err(Error::home)
                })
                .await?;
            count += portion.len() as u64;
        }
        self.directory
            .note_import(actor, Topic::Relation.name(), "", count)
            .await?;
        Ok(count)
    }
}
