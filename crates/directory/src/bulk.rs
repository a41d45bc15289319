//! What is done with all records at once: loads, copies, and waiting for the indexes.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use kartoteka_boxed::boxed;
use kartoteka_store::Engine;

use crate::actor::Actor;
use crate::directory::{Directory, Inside};
use crate::error::{Error, Result};
use crate::journal::draft::JournalDraft;
use crate::kind::Kind;
use crate::rights::{Action, Object};

/// While it lives, nobody looks for changes: there would be nothing but what is being written.
pub struct BulkLoadGuard<'a>(&'a AtomicBool);

impl<'a> BulkLoadGuard<'a> {
    fn begin(filling: &'a AtomicBool) -> Self {
        filling.store(true, Ordering::Relaxed);
        Self(filling)
    }
}

impl Drop for BulkLoadGuard<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

impl Directory {
    /// Writes a consistent copy of an embedded database to a new file while work goes on. Role: admin.
    ///
    /// # Errors
    /// `Unknown` (`backup`) for other engines, which have tools of their own; `Internal` when the file can't be written.
    #[boxed]
    pub async fn backup(&self, actor: &Actor, to: &Path) -> Result<()> {
        actor.require(Action::Change, Object::Database)?;
        if self.inner.home.engine() != Engine::Sqlite {
            return Err(Error::Unknown {
                what: "backup",
                key: "only an embedded database".into(),
            });
        }
        let path = to.to_string_lossy().into_owned();
        // It reads, for as long as it needs: those who write go on.
        let apart = self.inner.home.apart().await.map_err(Error::home)?;
        let copied = apart
            .execute("VACUUM INTO ?", &kartoteka_store::args![path])
            .await;
        apart.close_apart().await;
        copied.map_err(Error::home)?;
        Ok(())
    }

    /// As [`Maintenance::wait_for_index`](crate::Maintenance::wait_for_index) says.
    pub(crate) async fn wait_for_index(&self) -> Result<()> {
        for kind in [Kind::CustomerUser, Kind::Customer] {
            let index_sync = self.index_sync(kind);
            loop {
                self.built(kind).await;
                let built = index_sync.index().is_built().await;
                let built = built.map_err(Error::index)?;
                if built && !self.is_far_behind(kind).await? {
                    break;
                }
                // Whoever asks meanwhile has it made as well, unless it is known that somebody does.
                if index_sync.building.swap(true, Ordering::Relaxed) {
                    continue;
                }
                let made = self.rebuild_index(kind).await;
                index_sync.is_built();
                if made.is_err() && !built {
                    self.rebuild_in_background(kind);
                }
                break made?;
            }
        }
        Ok(())
    }
}

impl<'d> Inside<'d> {
    /// Begins to load many records of a kind: until what this gives is dropped, nobody looks for changes.
    pub fn begin_bulk_load(self, kind: Kind) -> BulkLoadGuard<'d> {
        BulkLoadGuard::begin(&self.0.index_sync(kind).filling)
    }

    /// Notes in the journal that so many records were added at once.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn note_import(
        self,
        actor: &Actor,
        kind: &str,
        source: &str,
        count: u64,
    ) -> Result<()> {
        let key = count.to_string();
        self.save(|| async {
            let mut tx = self.begin_locked().await?;
            let draft = JournalDraft {
                action: "import",
                kind,
                source,
                key: &key,
                key_before: "",
                changes: &[],
                effects: &[],
            };
            self.journal_entry(&mut tx, actor, draft).await?;
            tx.commit().await.map_err(Error::home)
        })
        .await
    }
}
