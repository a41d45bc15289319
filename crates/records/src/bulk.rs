//! Many records at once.

use kartoteka_directory::{Action, Actor, Error, Kind, Object, Result};
use kartoteka_model::Record;

use crate::Records;

/// Rows in one transaction. Every one of them writes most pages of the table's indexes again: many small ones
/// would write a large table many times over.
const TRANSACTION: u64 = 50_000;

/// Rows in one statement: as many as are held in memory, twice.
const PORTION: usize = 500;

impl Records<'_> {
    /// Adds many records to the first writable source: for demo and benchmark data, and moves from another system. Each is
    /// looked at by itself as a save would, not beside others. One journal entry tells how many; the search index is made
    /// anew afterwards. Role: admin.
    ///
    /// # Errors
    /// `Invalid` for a record that can't be one, and what the database refuses; portions before it are kept.
    pub async fn bulk_create(
        self,
        actor: &Actor,
        kind: Kind,
        records: impl Iterator<Item = Record> + Send,
        progress: impl Fn(u64) + Send,
    ) -> Result<u64> {
        actor.require(Action::Change, Object::Database)?;
        let handle = self.directory.writable(kind, None)?;
        let table = handle.table().await?;
        let now = self.directory.now_text();
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
        let _filling = self.directory.begin_bulk_load(kind);
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
        self.directory
            .note_import(actor, kind.name(), &handle.spec.id, count)
            .await?;
        Ok(count)
    }
}
