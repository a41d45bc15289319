//! Many records at once, and copies of the whole.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use kartoteka_model::Record;
use kartoteka_store::Engine;

use crate::apply::Note;
use crate::error::{Error, Result};
use crate::rights::{Action, Object};
use crate::{Actor, Directory, Kind};

/// Rows in one transaction. Every one of them writes most pages of the table's indexes again: many small ones
/// would write a large table many times over.
const TRANSACTION: u64 = 50_000;

/// Rows in one statement: as many as are held in memory, twice.
const PORTION: usize = 500;

/// While it lives, nobody looks for changes: there would be nothing but what is being written.
struct Filling<'a>(&'a AtomicBool);

impl<'a> Filling<'a> {
    fn begin(filling: &'a AtomicBool) -> Self {
        filling.store(true, Ordering::Relaxed);
        Self(filling)
    }
}

impl Drop for Filling<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

impl Directory {
    /// Adds many records to the first writable source: for demo and benchmark data, and moves from another system. Each is
    /// looked at by itself as a save would, not beside others. One journal entry tells how many; the search index is made
    /// anew afterwards. Role: admin.
    ///
    /// # Errors
    /// `Invalid` for a record that can't be one, and what the database refuses; portions before it are kept.
    pub async fn bulk_create(
        &self,
        actor: &Actor,
        kind: Kind,
        records: impl Iterator<Item = Record> + Send,
        progress: impl Fn(u64) + Send,
    ) -> Result<u64> {
        actor.require(Action::Change, Object::Database)?;
        let handle = self.writable(kind, None)?;
        let table = handle.table().await?;
        let now = self.now_text();
        let mut records = records.peekable();
        let mut next = || {
            let mut portion: Vec<Record> = records.by_ref().take(PORTION).collect();
            let mut wrong = vec![];
            for record in &mut portion {
                wrong.extend(self.mistakes_alone(kind, handle, table, record));
            }
            if !wrong.is_empty() {
                return Err(Error::Invalid(wrong));
            }
            Ok((!portion.is_empty()).then(|| {
                let rows = table.rows(&portion, actor.id(), &now);
                (portion.len() as u64, rows)
            }))
        };
        let mut ready = next()?;
        let failed = |error| handle.failed(error);
        let db = table.db.apart().await.map_err(failed)?;
        let _filling = Filling::begin(&self.keeper(kind).filling);
        let mut count = 0;
        let mut written = Ok(());
        while ready.is_some() && written.is_ok() {
            let mut in_transaction = 0;
            written = async {
                let mut tx = db.begin().await.map_err(failed)?;
                while in_transaction < TRANSACTION
                    && let Some((number, rows)) = ready.take()
                {
                    // The next rows are made ready while the database writes these.
                    let inserting = table.insert_rows(&mut tx, rows);
                    let (outcome, following) = futures::join!(inserting, async { next() });
                    outcome.map_err(failed)?;
                    in_transaction += number;
                    ready = following?;
                }
                tx.commit().await.map_err(failed)
            }
            .await;
            if written.is_ok() {
                count += in_transaction;
                progress(count);
            }
        }
        db.close_apart().await;
        written?;
        self.note_import(actor, kind.name(), &handle.spec.id, count)
            .await?;
        Ok(count)
    }

    /// Notes in the journal that so many records were added at once.
    pub(crate) async fn note_import(
        &self,
        actor: &Actor,
        kind: &str,
        source: &str,
        count: u64,
    ) -> Result<()> {
        let key = count.to_string();
        self.save(|| async {
            let mut tx = self.begin_locked().await?;
            let note = Note {
                action: "import",
                kind,
                source,
                key: &key,
                key_before: "",
                changes: &[],
                effects: &[],
            };
            self.journal_entry(&mut tx, actor, note).await?;
            tx.commit().await.map_err(Error::home)
        })
        .await
    }

    /// Writes a consistent copy of an embedded database to a new file while work goes on. Role: admin.
    ///
    /// # Errors
    /// `Unknown` (`backup`) for other engines, which have tools of their own; `Internal` when the file can't be written.
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

    /// As [`Maintenance::settle`](crate::Maintenance::settle) says.
    pub(crate) async fn settle(&self) -> Result<()> {
        for kind in [Kind::CustomerUser, Kind::Customer] {
            let keeper = self.keeper(kind);
            loop {
                self.built(kind).await;
                let built = keeper.index().is_built().await;
                let built = built.map_err(Error::index)?;
                if built && !self.is_far_behind(kind).await? {
                    break;
                }
                // Whoever asks meanwhile has it made as well, unless it is known that somebody does.
                if keeper.building.swap(true, Ordering::Relaxed) {
                    continue;
                }
                let made = self.rebuild_index(kind).await;
                keeper.is_built();
                if made.is_err() && !built {
                    self.rebuild_in_background(kind);
                }
                break made?;
            }
        }
        Ok(())
    }
}
